//! What comes back from outside: stale reads are dropped at the door, a write's outcome never is.

use super::App;
use super::catalog::Catalog;
use super::inventory::Inventory;
use super::modal::PageContent;
use super::notice::Tone;
use super::operations::Batch;
use super::panes::PaneKind;
use super::remote::Remote;
use crate::domain::instance::{Instance, InstanceAction};
use crate::domain::metric::Readings;
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::domain::remembered::READ_REMEMBERED;
use crate::message::{Found, LocalDone, LocalId, LocalTask, Page, Read, Reply, SessionInfo, WriteId, Written};
use crate::text;

impl App {
    pub(super) fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Session { session, outcome } if session == self.outbox.session() => self.session_opened(outcome),
            Reply::Read { session, read, outcome } if session == self.outbox.session() => {
                self.read_answered(&read, &outcome);
            }
            // Of another profile or region by now.
            Reply::Session { .. } | Reply::Read { .. } => {}
            Reply::Write { id, outcome, .. } => self.write_ended(id, &outcome),
            Reply::Program { id, ended } => self.tell_program(id, ended),
            Reply::Local { id, outcome } => self.local_ended(id, &outcome),
        }
    }

    /// Goes to another profile or region: everything that was read belongs to the old one.
    pub(super) fn switch_session(&mut self, profile: Option<String>, region: Option<Region>) {
        // Of this machine, whatever the account is.
        let local_keys = std::mem::take(&mut self.inventory.local_keys);
        let remembered = std::mem::take(&mut self.inventory.remembered);
        let tools = std::mem::take(&mut self.inventory.tools);
        self.inventory = Inventory::default();
        self.inventory.local_keys = local_keys;
        self.inventory.remembered = remembered;
        self.inventory.tools = tools;
        self.catalog = Catalog { my_ip: std::mem::take(&mut self.catalog.my_ip), ..Catalog::default() };
        self.costs = super::costs::Costs::default();
        self.metrics.forget();
        self.panes.forget_rows();
        self.operations.forget_rows();
        self.forget_tasks();
        self.hosts = super::hosts::Follow::default();
        self.launch = None;
        self.timers = super::timers::Timers::default();
        self.session.opening = true;
        self.session.problem = None;
        if profile != self.session.chosen_profile {
            self.session.account = Remote::default();
            self.session.info.profile = profile.clone().unwrap_or_default();
            self.session.chosen_profile.clone_from(&profile);
        }
        self.session.info.region.clone_from(&region);
        self.outbox.open_session(profile, region);
    }

    /// Tries again to build the clients, with the profile and region that were wanted.
    pub(super) fn reopen_session(&mut self) {
        self.session.opening = true;
        self.session.problem = None;
        self.outbox.open_session(self.session.chosen_profile.clone(), self.session.info.region.clone());
    }

    fn session_opened(&mut self, outcome: Result<SessionInfo, Problem>) {
        self.session.opening = false;
        match outcome {
            Ok(info) => {
                self.session.problem = None;
                self.session.info = info;
                if self.session.region().is_some() {
                    self.refresh_all();
                    self.ask_free_tier();
                    if self.looks_at_leaks() {
                        self.ask_for_leaks();
                    }
                    // Rules say "my IP" where they mean it.
                    self.catalog.ask_my_ip(&mut self.outbox);
                } else {
                    self.ask_first_region();
                }
            }
            Err(problem) => self.session.problem = Some(problem),
        }
    }

    fn read_answered(&mut self, read: &Read, outcome: &Result<Found, Problem>) {
        self.store(read, outcome.clone());
        self.schedule_poll();
        self.refresh_choices();
        if !outcome.as_ref().is_ok_and(Found::has_more) {
            self.with_launch(|launch, world| launch.on_read(read, outcome, world));
            if self.outbox.answered(read) {
                self.tell_found(read, outcome);
            }
            if matches!(read, Read::InstanceUses(_)) && self.looks_at_leaks() {
                self.ask_modes_of_surplus();
            }
            if matches!(read, Read::Instances | Read::InstancesById(_)) {
                self.doctor_looks_at_state();
            }
            if matches!(read, Read::Instances) {
                self.follow_leaks();
            }
            if matches!(read, Read::Instances | Read::Prices { .. }) {
                self.ask_prices();
            }
            if matches!(read, Read::Instances | Read::SpotPrices { .. } | Read::InstanceTypes) {
                self.ask_spot_prices();
            }
            self.fit_dialog();
            self.follow_hosts();
        }
    }

    fn store(&mut self, read: &Read, outcome: Result<Found, Problem>) {
        let now = self.now;
        match outcome {
            Ok(found) => self.store_found(read, found),
            Err(problem) => {
                let inventory = &mut self.inventory;
                let catalog = &mut self.catalog;
                match read {
                    Read::Account => self.session.account.answer(Err(problem), now),
                    Read::AccountPlan => self.costs.plan.answer(Err(problem), now),
                    Read::Allowances => self.costs.allowances.answer(Err(problem), now),
                    Read::Instances => inventory.instances.fail(problem),
                    Read::InstanceStatuses => inventory.statuses.fail(problem),
                    Read::SecurityGroups => inventory.groups.fail(problem),
                    Read::Addresses => inventory.addresses.fail(problem),
                    Read::KeyPairs => inventory.key_pairs.fail(problem),
                    Read::Volumes => inventory.volumes.fail(problem),
                    Read::Snapshots => inventory.snapshots.fail(problem),
                    Read::OwnImages => inventory.own_images.answer(Err(problem), now),
                    Read::Regions => catalog.regions.answer(Err(problem), now),
                    Read::QuickStartImages(architecture) => {
                        catalog.quick_start.entry(*architecture).or_default().answer(Err(problem), now);
                    }
                    Read::MyImages => catalog.my_images.answer(Err(problem), now),
                    Read::FindImages(words) if *words == catalog.searched => {
                        catalog.found_images.answer(Err(problem), now);
                    }
                    Read::InstanceTypes => catalog.types.fail(problem),
                    Read::Networks => catalog.networks.answer(Err(problem), now),
                    Read::Interfaces => inventory.interfaces.fail(problem),
                    Read::PrefixLists => catalog.prefix_lists.answer(Err(problem), now),
                    Read::PrefixListEntries(id) => {
                        catalog.prefix_list_entries.entry(id.clone()).or_default().answer(Err(problem), now);
                    }
                    Read::MyIp => catalog.my_ip.answer(Err(problem), now),
                    Read::RouteTables(vpc) => {
                        catalog.route_tables.entry(vpc.clone()).or_default().answer(Err(problem), now);
                    }
                    Read::NetworkAcls(vpc) => {
                        catalog.network_acls.entry(vpc.clone()).or_default().answer(Err(problem), now);
                    }
                    Read::ConsoleOutput(id) => {
                        inventory.consoles.entry(id.clone()).or_default().answer(Err(problem), now);
                    }
                    Read::Schedules => inventory.schedules.answer(Err(problem), now),
                    Read::ShutdownBehavior(id) => {
                        inventory.shutdown_behaviors.entry(id.clone()).or_default().answer(Err(problem), now);
                    }
                    Read::Prices { .. } => self.costs.prices.answer(Err(problem), now),
                    Read::SpotPrices { .. } => self.costs.spot_failed(&problem, now),
                    Read::Images(asked) => inventory.images_answered(asked, false),
                    Read::Metrics { instance, range, .. } => {
                        self.graph_answered(&(instance.clone(), *range), Err(problem));
                    }
                    Read::Sparklines(question) => self.sparklines_answered(question, Err(problem)),
                    Read::InstanceUses(_) => self.uses_answered(Err(problem)),
                    Read::CreditModes(_) => self.credit_modes_answered(Err(problem)),
                    Read::FindImages(_)
                    | Read::InstancesById(_)
                    | Read::TypesNamed(_)
                    | Read::LaunchDryRun { .. }
                    | Read::TerminationProtection(_)
                    | Read::Schedule(_)
                    | Read::PasswordData(_)
                    | Read::MadeBy { .. } => {}
                }
            }
        }
    }

    fn store_found(&mut self, read: &Read, found: Found) {
        let now = self.now;
        let inventory = &mut self.inventory;
        let catalog = &mut self.catalog;
        match found {
            Found::Account(account) => self.session.account.answer(Ok(account), now),
            Found::AccountPlan(plan) => self.costs.plan.answer(Ok(plan), now),
            Found::Allowances(allowances) => self.costs.allowances.answer(Ok(allowances), now),
            Found::Instances(page) => self.store_instances(read, page),
            Found::InstanceStatuses(page) => inventory.statuses.page(page, now, |_| false),
            Found::SecurityGroups(page) => inventory.groups.page(page, now, |_| false),
            Found::Addresses(page) => inventory.addresses.page(page, now, |_| false),
            Found::KeyPairs(page) => inventory.key_pairs.page(page, now, |_| false),
            Found::Volumes(page) => inventory.volumes.page(page, now, |_| false),
            Found::Snapshots(page) => inventory.snapshots.page(page, now, |_| false),
            Found::Regions(regions) => catalog.regions.answer(Ok(regions), now),
            Found::Images(images) => match read {
                Read::MyImages => catalog.my_images.answer(Ok(images), now),
                Read::OwnImages => inventory.own_images.answer(Ok(images), now),
                Read::FindImages(words) if *words == catalog.searched => {
                    catalog.found_images.answer(Ok(images), now);
                }
                Read::Images(asked) => {
                    inventory.images_answered(asked, true);
                    inventory.images.extend(images.into_iter().map(|image| (image.id.clone(), Some(image))));
                }
                _ => {}
            },
            Found::QuickStartImages(images) => {
                if let Read::QuickStartImages(architecture) = read {
                    catalog.quick_start.entry(*architecture).or_default().answer(Ok(images), now);
                }
            }
            Found::InstanceTypes(page) if matches!(read, Read::TypesNamed(_)) => catalog.types.put(page.rows),
            Found::InstanceTypes(page) => catalog.types.page(page, now, |_| false),
            Found::Networks(networks) => catalog.networks.answer(Ok(networks), now),
            Found::Interfaces(page) => inventory.interfaces.page(page, now, |_| false),
            Found::PrefixLists(lists) => catalog.prefix_lists.answer(Ok(lists), now),
            Found::PrefixListEntries(blocks) => {
                if let Read::PrefixListEntries(id) = read {
                    catalog.prefix_list_entries.entry(id.clone()).or_default().answer(Ok(blocks), now);
                }
            }
            Found::MyIp(address) => catalog.my_ip.answer(Ok(address), now),
            Found::TerminationProtection(true) => {
                if let Read::TerminationProtection(id) = read {
                    self.warn_of_protection(id);
                }
            }
            Found::Schedule(schedule) => {
                if let (Read::Schedule(instance), Some(known)) = (read, &mut inventory.schedules.value) {
                    known.learn(instance, schedule);
                }
            }
            Found::Schedules(schedules) => inventory.schedules.answer(Ok(schedules), now),
            Found::ShutdownBehavior(behavior) => {
                if let Read::ShutdownBehavior(id) = read {
                    inventory.shutdown_behaviors.entry(id.clone()).or_default().answer(Ok(behavior), now);
                }
            }
            Found::RouteTables(tables) => {
                if let Read::RouteTables(vpc) = read {
                    catalog.route_tables.entry(vpc.clone()).or_default().answer(Ok(tables), now);
                }
            }
            Found::NetworkAcls(acls) => {
                if let Read::NetworkAcls(vpc) = read {
                    catalog.network_acls.entry(vpc.clone()).or_default().answer(Ok(acls), now);
                }
            }
            Found::ConsoleOutput(text) => {
                if let Read::ConsoleOutput(id) = read {
                    inventory.consoles.entry(id.clone()).or_default().answer(Ok(text), now);
                }
            }
            Found::Prices(prices) => self.prices_found(*prices),
            Found::SpotPrices(prices) => {
                if let Read::SpotPrices { types, .. } = read {
                    self.costs.take_spot(prices, types, now);
                }
            }
            Found::Readings(readings) => self.store_readings(read, readings),
            Found::CreditModes(modes) => self.credit_modes_answered(Ok(modes)),
            // A password goes to whoever has asked, and is kept nowhere.
            Found::LaunchAllowed | Found::TerminationProtection(false) | Found::PasswordData(_) | Found::Made(_) => {}
        }
    }

    fn store_instances(&mut self, read: &Read, page: Page<Instance>) {
        let (now, more) = (self.now, page.more);
        let settled: Vec<_> = page.rows.iter().map(|one| (one.id.clone(), one.state)).collect();
        if matches!(read, Read::Instances) {
            self.inventory.instances_page(page, now);
        } else {
            self.inventory.instances.put(page.rows);
        }
        for (id, state) in settled {
            self.operations.settle(&id, state);
        }
        self.follow_instances();
        if !more {
            self.follow_auto_stops();
        }
    }

    fn store_readings(&mut self, read: &Read, readings: Readings) {
        match read {
            Read::Metrics { instance, range, .. } => {
                self.graph_answered(&(instance.clone(), *range), Ok(readings));
            }
            Read::InstanceUses(_) => self.uses_answered(Ok(readings)),
            Read::Sparklines(question) => self.sparklines_answered(question, Ok(readings)),
            _ => {}
        }
    }

    /// The list of instances has changed: reads what it names and nobody has read yet, drops marks of rows that went.
    fn follow_instances(&mut self) {
        if !self.inventory.instances.is_known() {
            return;
        }
        let images = self.inventory.images_to_ask();
        if !images.is_empty() {
            self.outbox.read(Read::Images(images));
        }
        let types = self.inventory.types_to_ask();
        if !types.is_empty() {
            self.outbox.read(Read::TypesNamed(types));
        }
        let rows = &self.inventory.instances;
        self.panes.list_mut(PaneKind::Instances).marks.retain(|id| rows.get(id).is_some());
    }

    fn write_ended(&mut self, id: WriteId, outcome: &Result<Written, Problem>) {
        if let Some(target) = self.operations.target_of(id).cloned() {
            let done = self.operations.end(id, &outcome.clone().map(|_| ()));
            // The affected row is read again at once, whatever came of it.
            self.outbox.read(Read::InstancesById(
                self.operations
                    .waiting()
                    .into_iter()
                    .chain([target])
                    .collect::<std::collections::BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            ));
            self.schedule_poll();
            if let Some(batch) = done {
                self.batch_done(batch);
            }
        }
        self.with_launch(|launch, world| launch.on_write(id, outcome, world));
        self.tell_written(id, outcome);
    }

    fn batch_done(&mut self, mut batch: Batch) {
        if batch.action == InstanceAction::Terminate {
            self.inventory.addresses.ask();
            self.outbox.read(Read::Addresses);
        }
        let failed = batch.parts.iter().filter(|part| matches!(part.outcome, Some(Err(_)))).count();
        match (batch.parts.len(), failed) {
            (1, 0) => {
                let label = batch.parts.remove(0).label;
                let text = match batch.action {
                    InstanceAction::Start => text!("done-start", name = label),
                    InstanceAction::Stop => text!("done-stop", name = label),
                    InstanceAction::Reboot => text!("done-reboot", name = label),
                    InstanceAction::Terminate => text!("done-terminate", name = label),
                };
                self.notify(text, Tone::Good);
            }
            (1, _) => {
                if let Some(Err(problem)) = batch.parts.remove(0).outcome {
                    self.show_problem(problem);
                }
            }
            (count, 0) => self.notify(text!("done-several", n = count), Tone::Good),
            _ => {
                let results =
                    batch.parts.into_iter().map(|part| (part.label, part.outcome.unwrap_or(Ok(())))).collect();
                self.open_page(PageContent::Outcomes { action: batch.action, results });
            }
        }
    }

    /// Looks for private keys on this machine.
    pub(super) fn scan_keys(&mut self) {
        self.inventory.local_keys.ask();
        let folders = self.environment.key_folders.clone();
        self.outbox.local(LocalTask::ScanKeys { folders });
    }

    fn local_ended(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>) {
        match outcome {
            Ok(LocalDone::Keys(keys)) => self.inventory.local_keys.answer(Ok(keys.clone()), self.now),
            Ok(LocalDone::KeyWritten(_) | LocalDone::Exported { .. } | LocalDone::Locked(_)) => self.scan_keys(),
            // A failed reading is kept, too: what is remembered must not be written over a file that was not read.
            Ok(LocalDone::Remembered(file)) => self.inventory.remembered.answer(Ok(file.clone()), self.now),
            Ok(LocalDone::RememberedWritten(remembered)) => self.inventory.remember(remembered.clone(), self.now),
            Ok(LocalDone::Tools(tools)) => {
                self.inventory.tools.answer(Ok(tools.clone()), self.now);
                self.refresh_choices();
            }
            Ok(LocalDone::PuttyWritten(written)) if written.key_is_new => self.scan_keys(),
            Ok(
                LocalDone::UserData(_)
                | LocalDone::PublicKey(_)
                | LocalDone::Hosts(_)
                | LocalDone::Prices(_)
                | LocalDone::PricesWritten
                | LocalDone::HostsPlanned(_)
                | LocalDone::HostsWritten(_)
                | LocalDone::PuttyWritten(_)
                | LocalDone::HostKeys(_)
                | LocalDone::HostKeysChanged(_)
                | LocalDone::OneTimeKey(_)
                | LocalDone::OneTimeKeyRemoved
                | LocalDone::Password(_)
                | LocalDone::Probe(_)
                | LocalDone::Login(_),
            ) => {}
            Err(problem) if problem.operation == READ_REMEMBERED => {
                self.inventory.remembered.answer(Err(problem.clone()), self.now);
            }
            Err(_) => {}
        }
        self.prices_read(id, outcome);
        self.hosts_followed(id, outcome);
        self.with_launch(|launch, world| launch.on_local(id, outcome, world));
        self.tell_local(id, outcome);
        self.follow_hosts();
    }
}
