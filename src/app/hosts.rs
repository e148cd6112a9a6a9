//! Remembered hosts: the region's instances as ssh is to know them, `H` that writes them down, and their entries that
//! follow their addresses without a word.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::App;
use super::inventory::Inventory;
use super::notice::Tone;
use super::remote::Listing;
use super::tasks::remember_hosts::RememberHosts;
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, InstanceState, Platform};
use crate::domain::login::{AddressKind, Login};
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::domain::ssh_hosts::{HostsScope, RegionHosts};
use crate::message::{LocalDone, LocalId, LocalTask};
use crate::text;
use crate::text::Text;

/// How far the remembered hosts have followed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Follow {
    /// What they were brought up to date with.
    followed: Option<RegionHosts>,
    /// The write that is under way.
    waits: Option<LocalId>,
    /// When the instances were read whose addresses could not be written.
    failed: Option<Timestamp>,
    /// Whether the person has heard of it.
    told: bool,
}

impl Inventory {
    /// The region's instances as ssh is to know them, in the order of their ids.
    #[must_use]
    pub fn region_hosts(&self, profile: &str, account: Option<&str>, region: &Region) -> RegionHosts {
        let (mut hosts, mut asleep) = (Vec::new(), BTreeSet::new());
        for instance in &self.instances.rows {
            if instance.platform != Platform::Linux || instance.state.is_ending() {
                continue;
            }
            match self.login(instance) {
                Ok((login, kind)) if self.is_reached_at(instance, kind) => {
                    hosts.push((instance.name.clone(), login));
                }
                _ => {
                    asleep.insert(instance.id.clone());
                }
            }
        }
        hosts.sort_by(|(_, one): &(_, Login), (_, other)| one.instance().cmp(other.instance()));
        let (profile, account) = (profile.to_owned(), account.map(str::to_owned));
        RegionHosts { profile, account, region: region.clone(), hosts, asleep }
    }

    /// Whether everything is there that an entry is made of. Half a list would lose entries, and an image that is still
    /// on its way would change who logs in.
    #[must_use]
    pub fn knows_hosts(&self) -> bool {
        fn is_there<T: super::remote::Identified + Clone>(list: &Listing<T>) -> bool {
            list.is_known() && list.problem.is_none()
        }
        is_there(&self.instances)
            && is_there(&self.addresses)
            && is_there(&self.key_pairs)
            && self.images_are_known()
            && self.local_keys.value.is_some()
            && self.remembered.value.is_some()
            && self.remembered.problem.is_none()
    }

    /// Whether one of those lists is being read: what is there may not fit together.
    fn is_reading_hosts(&self) -> bool {
        self.instances.loading || self.addresses.loading || self.key_pairs.loading || self.local_keys.loading
    }

    /// An instance that does not run has lost its public address, and its private one is not where it was reached.
    fn is_reached_at(&self, instance: &Instance, kind: AddressKind) -> bool {
        kind != AddressKind::Private
            || instance.state == InstanceState::Running
            || self.remembered().prefers_private(instance.vpc.as_ref())
    }
}

impl App {
    pub(super) fn can_remember_hosts(&self) -> Result<(), Text> {
        if self.environment.ssh_places.is_none() {
            return Err(text!("connect-no-home"));
        }
        // A settings file with a mistake in it is shown, not waited for.
        if self.inventory.knows_hosts() || self.inventory.remembered.problem.is_some() {
            return Ok(());
        }
        Err(text!("why-not-read-yet"))
    }

    /// `H`: `ssh web-1` in every tool.
    pub(super) fn remember_hosts(&mut self) {
        if let Some(problem) = self.inventory.remembered.problem.clone() {
            self.show_problem(problem);
            return;
        }
        let Some(hosts) = self.hosts_now() else { return };
        let preferred: Option<InstanceId> = self.selected_instance().map(|instance| instance.id.clone());
        self.begin(RememberHosts::new(hosts, preferred).into());
    }

    /// Brings the remembered hosts up to date, silently, whenever something about them has changed. What is not
    /// remembered stays so, and `~/.ssh/config` is not touched.
    pub(super) fn follow_hosts(&mut self) {
        let follow = &self.hosts;
        let is_due = !self.environment.read_only
            && follow.waits.is_none()
            && !self.session.opening
            && !self.tasks.is_remembering_hosts()
            && self.inventory.knows_hosts()
            && !self.inventory.is_reading_hosts()
            && (follow.failed.is_none() || follow.failed != self.inventory.instances.read_at);
        if !is_due {
            return;
        }
        let (Some(places), Some(hosts)) = (self.environment.ssh_places.clone(), self.hosts_now()) else { return };
        if self.hosts.followed.as_ref() == Some(&hosts) {
            return;
        }
        self.hosts.followed = Some(hosts.clone());
        let task = LocalTask::WriteHosts { places, hosts: Box::new(hosts), scope: HostsScope::Remembered };
        self.hosts.waits = Some(self.outbox.local(task));
    }

    /// A write of hosts has ended, this one's or the one that the person asked for.
    pub(super) fn hosts_followed(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>) {
        if self.hosts.waits != Some(id) {
            if matches!(outcome, Ok(LocalDone::HostsWritten(_))) {
                // The question may have stood there for a while.
                self.hosts.followed = None;
            }
            return;
        }
        self.hosts.waits = None;
        if outcome.is_ok() {
            self.hosts.failed = None;
            self.hosts.told = false;
            return;
        }
        self.hosts.followed = None;
        self.hosts.failed = self.inventory.instances.read_at;
        if !std::mem::replace(&mut self.hosts.told, true) {
            self.notify(text!("hosts-not-followed"), Tone::Bad);
        }
    }

    fn hosts_now(&self) -> Option<RegionHosts> {
        let region = self.session.region()?;
        let account = self.session.account.value.as_ref().map(|account| account.id.as_str());
        Some(self.inventory.region_hosts(&self.session.info.profile, account, region))
    }
}
