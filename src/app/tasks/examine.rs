//! Why can't I connect? The ten checks of [`crate::domain::doctor`] on one instance, in their order, one question at a
//! time, each with what is so now. A question that fails becomes "could not look", and the next check follows.

mod judge;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use super::{Event, Step, Work};
use crate::app::world::World;
use crate::domain::doctor::{Finding, LoginWords, Looked, Missing, Reach, Service};
use crate::domain::id::{InstanceId, PrefixListId};
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::login::{Login, Mode, SshPath, UnknownHost};
use crate::domain::problem::Problem;
use crate::message::{Found, LocalDone, LocalTask, Read};
use crate::text;
use crate::text::Text;

/// How long a port may take to accept, and once more to greet.
const PROBE: Duration = Duration::from_secs(5);
/// How long ssh may take for the connection, seconds, and for all of it.
const CONNECT: u16 = 8;
const LOGIN: Duration = Duration::from_secs(15);
/// So often the instance is looked for before it is gone.
const LOOKS: u8 = 3;

/// An examination.
#[derive(Clone, Debug, PartialEq)]
pub struct Examine {
    id: InstanceId,
    label: String,
    /// Another port than the usual one.
    port: Option<u16>,
    stage: Stage,
    /// What the checks have found so far.
    findings: Vec<Finding>,
    seen: Seen,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Instance,
    Status,
    Addresses,
    Settings,
    Hosts,
    Me,
    Routes,
    Acls,
    Groups,
    List,
    Pairs,
    Keys,
    Image,
    Reach,
    Console,
    KnownKeys,
    Login,
}

/// What was seen for later checks.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    /// Answers about instances that did not name it.
    misses: u8,
    /// The instance as it is.
    instance: Option<Box<Instance>>,
    /// Why the Elastic IPs are not known.
    addresses: Option<Missing>,
    /// What the remembered host has as its `HostName`.
    remembered: Option<String>,
    /// Where a connection goes, and how.
    login: Option<Login>,
    target: Option<IpAddr>,
    me: Looked<IpAddr>,
    /// Prefix lists that were asked for, and why one could not be read.
    lists: BTreeSet<PrefixListId>,
    unread: Option<Missing>,
    /// Why the key pairs are not known.
    pairs: Option<Missing>,
    reach: Option<Reach>,
    /// Why the console is not known.
    console: Option<Missing>,
    words: Option<LoginWords>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            misses: 0,
            instance: None,
            addresses: None,
            remembered: None,
            login: None,
            target: None,
            me: Err(Missing::Failed(String::new())),
            lists: BTreeSet::new(),
            unread: None,
            pairs: None,
            reach: None,
            console: None,
            words: None,
        }
    }
}

impl Examine {
    /// The task before it begins; `port` is another one than the usual.
    #[must_use]
    pub fn new(instance: &InstanceId, label: &str, port: Option<u16>) -> Self {
        let (id, label) = (instance.clone(), label.to_owned());
        Self { id, label, port, stage: Stage::Instance, findings: Vec::new(), seen: Seen::default() }
    }

    fn service(&self) -> Service {
        self.seen.instance.as_ref().map_or(Service::Ssh, |instance| Service::of(instance.platform))
    }

    fn read(&mut self, stage: Stage, read: Read, world: &mut World<'_>) -> Step {
        self.stage = stage;
        Step::read(read, world)
    }

    fn local(&mut self, stage: Stage, task: LocalTask, world: &mut World<'_>) -> Step {
        self.stage = stage;
        Step::local(world.outbox.local(task))
    }

    /// A read has answered, or failed.
    fn found(&mut self, problem: Option<&Problem>, world: &mut World<'_>) -> Step {
        let missing = problem.map(Missing::from);
        match self.stage {
            Stage::Instance => self.saw_instance(problem, world),
            Stage::Status => {
                self.judge_status(missing, world);
                self.ask_addresses(world)
            }
            Stage::Addresses => {
                self.seen.addresses = missing;
                self.ask_settings(world)
            }
            Stage::Me => {
                self.seen.me = match (missing, world.catalog.my_ip.value) {
                    (None, Some(me)) => Ok(me),
                    (missing, _) => Err(missing.unwrap_or(Missing::Failed(String::new()))),
                };
                self.ask_routes(world)
            }
            Stage::Routes => {
                self.judge_route(missing, world);
                self.ask_acls(world)
            }
            Stage::Acls => {
                self.judge_acl(missing, world);
                self.ask_groups(world)
            }
            Stage::Groups => match missing {
                Some(missing) => {
                    self.judge_rule(Some(missing), world);
                    self.ask_pairs(world)
                }
                None => self.ask_list(world),
            },
            Stage::List => {
                self.seen.unread = missing.or(self.seen.unread.take());
                self.ask_list(world)
            }
            Stage::Pairs => {
                self.seen.pairs = missing;
                let folders = world.environment.key_folders.clone();
                world.inventory.local_keys.ask();
                self.local(Stage::Keys, LocalTask::ScanKeys { folders }, world)
            }
            Stage::Image => {
                self.judge_user(missing, world);
                self.ask_port(world)
            }
            Stage::Console => {
                self.seen.console = missing;
                self.ask_login(world)
            }
            _ => Step::Dropped,
        }
    }

    /// Work on this machine has ended.
    fn heard(&mut self, outcome: &Result<LocalDone, Problem>, world: &mut World<'_>) -> Step {
        match self.stage {
            Stage::Settings => self.ask_hosts(world),
            Stage::Hosts => {
                if let Ok(LocalDone::Hosts(text)) = outcome {
                    self.seen.remembered = crate::domain::ssh_hosts::remembered_host(text, &self.id);
                }
                self.ask_me(world)
            }
            Stage::Keys => {
                self.judge_key(outcome.as_ref().err().map(Missing::from), world);
                self.ask_image(world)
            }
            Stage::Reach => {
                if let Ok(LocalDone::Probe(reach)) = outcome {
                    self.seen.reach = Some(reach.clone());
                }
                self.judge_port(world);
                self.ask_console(world)
            }
            Stage::KnownKeys => {
                let known = matches!(outcome, Ok(LocalDone::HostKeys(keys)) if !keys.is_empty());
                self.try_login(known, world)
            }
            Stage::Login => {
                match outcome {
                    Ok(LocalDone::Login(words)) => self.seen.words = Some(words.clone()),
                    Err(problem) => {
                        self.say(Finding::blind(crate::domain::doctor::Check::Login, &Missing::from(problem)), world);
                        return self.end(world);
                    }
                    Ok(_) => {}
                }
                self.judge_login(world);
                self.end(world)
            }
            _ => Step::Dropped,
        }
    }

    /// An answer without the instance: EC2 does not list it yet, or it is gone.
    fn missed(&mut self, world: &mut World<'_>) -> Step {
        self.seen.misses += 1;
        if self.seen.misses < LOOKS {
            return self.read(Stage::Instance, Read::InstancesById(vec![self.id.clone()]), world);
        }
        self.judge_state(None, world);
        Step::Dropped
    }

    fn saw_instance(&mut self, problem: Option<&Problem>, world: &mut World<'_>) -> Step {
        self.seen.instance = world.inventory.instance(&self.id).cloned().map(Box::new);
        let state = self.seen.instance.as_ref().map(|instance| instance.state);
        if problem.is_none() && state == Some(InstanceState::Running) {
            world.inventory.statuses.ask();
            return self.read(Stage::Status, Read::InstanceStatuses, world);
        }
        self.judge_state(problem, world);
        if self.seen.instance.is_none() { Step::Dropped } else { self.ask_addresses(world) }
    }

    fn ask_addresses(&mut self, world: &mut World<'_>) -> Step {
        world.inventory.addresses.ask();
        self.read(Stage::Addresses, Read::Addresses, world)
    }

    fn ask_settings(&mut self, world: &mut World<'_>) -> Step {
        let Some(places) = &world.environment.ssh_places else { return self.ask_me(world) };
        let file = places.settings.clone();
        world.inventory.remembered.ask();
        self.local(Stage::Settings, LocalTask::ReadRemembered { file }, world)
    }

    fn ask_hosts(&mut self, world: &mut World<'_>) -> Step {
        let Some(places) = &world.environment.ssh_places else { return self.ask_me(world) };
        let file = places.hosts();
        self.local(Stage::Hosts, LocalTask::ReadHosts { file }, world)
    }

    fn ask_me(&mut self, world: &mut World<'_>) -> Step {
        self.judge_address(world);
        world.catalog.my_ip.ask();
        self.read(Stage::Me, Read::MyIp, world)
    }

    /// The VPC, where the way through it is worth a look.
    fn vpc(&self) -> Option<crate::domain::id::VpcId> {
        let target = self.seen.target.filter(|target| !crate::domain::doctor::is_private(*target));
        target.and(self.seen.instance.as_ref()?.vpc.clone())
    }

    fn ask_routes(&mut self, world: &mut World<'_>) -> Step {
        let Some(vpc) = self.vpc() else {
            self.judge_route(None, world);
            return self.ask_acls(world);
        };
        world.catalog.route_tables.entry(vpc.clone()).or_default().ask();
        self.read(Stage::Routes, Read::RouteTables(vpc), world)
    }

    fn ask_acls(&mut self, world: &mut World<'_>) -> Step {
        let Some(vpc) = self.vpc() else {
            self.judge_acl(None, world);
            return self.ask_groups(world);
        };
        world.catalog.network_acls.entry(vpc.clone()).or_default().ask();
        self.read(Stage::Acls, Read::NetworkAcls(vpc), world)
    }

    fn ask_groups(&mut self, world: &mut World<'_>) -> Step {
        world.inventory.groups.ask();
        self.read(Stage::Groups, Read::SecurityGroups, world)
    }

    /// The next prefix list that may hold one's own address; the rule, when there is none left.
    fn ask_list(&mut self, world: &mut World<'_>) -> Step {
        let Some(list) = self.list_to_know(world) else {
            self.judge_rule(None, world);
            return self.ask_pairs(world);
        };
        self.seen.lists.insert(list.clone());
        world.catalog.prefix_list_entries.entry(list.clone()).or_default().ask();
        self.read(Stage::List, Read::PrefixListEntries(list), world)
    }

    fn ask_pairs(&mut self, world: &mut World<'_>) -> Step {
        if self.service() == Service::Rdp {
            self.judge_key(None, world);
            return self.ask_image(world);
        }
        world.inventory.key_pairs.ask();
        self.read(Stage::Pairs, Read::KeyPairs, world)
    }

    fn ask_image(&mut self, world: &mut World<'_>) -> Step {
        let image = self.seen.instance.as_ref().map(|instance| instance.image.clone());
        match image.filter(|id| !matches!(world.inventory.images.get(id), Some(Some(_)))) {
            Some(id) if self.service() == Service::Ssh => self.read(Stage::Image, Read::Images(vec![id]), world),
            _ => {
                self.judge_user(None, world);
                self.ask_port(world)
            }
        }
    }

    fn ask_port(&mut self, world: &mut World<'_>) -> Step {
        let jumps = self.seen.login.as_ref().is_some_and(|login| login.jump().is_some());
        match self.seen.target {
            // Past a jump host nothing can be reached from here.
            Some(host) if !jumps => {
                let port = self.examined_port(world);
                self.local(Stage::Reach, LocalTask::Probe { host, port, patience: PROBE }, world)
            }
            _ => {
                self.judge_port(world);
                self.ask_console(world)
            }
        }
    }

    /// Before the login: it tells which host keys are the instance's own.
    fn ask_console(&mut self, world: &mut World<'_>) -> Step {
        world.inventory.consoles.entry(self.id.clone()).or_default().ask();
        self.read(Stage::Console, Read::ConsoleOutput(self.id.clone()), world)
    }

    fn ask_login(&mut self, world: &mut World<'_>) -> Step {
        let greeted = matches!(&self.seen.reach, Some(Reach::Banner(banner)) if banner.starts_with("SSH-"));
        let places = world.environment.ssh_places.as_ref();
        match (&self.seen.login, places) {
            (Some(login), Some(places)) if self.service() == Service::Ssh && (greeted || login.jump().is_some()) => {
                let task = LocalTask::KnownHostKeys { file: places.known_hosts.clone(), instance: self.id.clone() };
                self.local(Stage::KnownKeys, task, world)
            }
            _ => {
                self.judge_login(world);
                self.end(world)
            }
        }
    }

    /// A key that is not known yet is taken for this attempt and not kept: the first connection compares it with the
    /// console.
    fn try_login(&mut self, known: bool, world: &mut World<'_>) -> Step {
        let own = world.environment.ssh_places.as_ref().map(|places| places.known_hosts.clone()).unwrap_or_default();
        let file = match known {
            true => own,
            // Windows has nothing that every ssh there takes for no file.
            false if cfg!(windows) => own.with_file_name("known_hosts.doctor"),
            false => "/dev/null".into(),
        };
        let (Some(login), Ok(file)) = (&self.seen.login, SshPath::of_file(&file)) else {
            self.judge_login(world);
            return self.end(world);
        };
        let mode = Mode::Batch { timeout: CONNECT };
        let arguments = login.ssh_arguments(&file, UnknownHost::Accept, mode, &["true".to_owned()]);
        let task = LocalTask::TryLogin { program: "ssh".into(), arguments, patience: LOGIN };
        self.local(Stage::Login, task, world)
    }

    fn end(&mut self, world: &mut World<'_>) -> Step {
        self.judge_console(world);
        Step::Dropped
    }
}

impl Work for Examine {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => self.read(Stage::Instance, Read::InstancesById(vec![self.id.clone()]), world),
            Event::Found(Ok(Found::Instances(page))) if !page.rows.iter().any(|one| one.id == self.id) => {
                self.missed(world)
            }
            Event::Found(outcome) => self.found(outcome.as_ref().err(), world),
            Event::Local(outcome) => self.heard(outcome, world),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-examine", name = self.label.as_str())
    }
}
