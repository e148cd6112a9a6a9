//! One key: allow SSH (RDP on Windows) from where the person is now. What a rule covers already stays; one's own older
//! rule moves, without a gap; else a rule is added. Nobody else's rule is touched.

use std::net::IpAddr;

use super::undo::{Place, Undo};
use super::{Event, Step, Work, my_address};
use crate::app::App;
use crate::app::dialogs::my_address::MyAddressDialog;
use crate::app::notice::Tone;
use crate::app::rules::rule_words;
use crate::app::world::{Wish, World};
use crate::domain::allow::{self, Candidate, Decision};
use crate::domain::id::{GroupId, InstanceId, PrefixListId};
use crate::domain::instance::Platform;
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{Direction, Rule, SecurityGroup, Traffic};
use crate::message::{Read, Write, Written};
use crate::text;
use crate::text::Text;

/// Allowing one's own address.
#[derive(Clone, Debug, PartialEq)]
pub struct AllowMe {
    target: Target,
    state: State,
    /// What the person typed, when no service could tell.
    typed: Option<IpAddr>,
    /// The prefix lists that it has asked for: once each, for one that cannot be read covers nobody.
    asked: Vec<PrefixListId>,
}

/// Where to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The instance, when it was asked for one.
    pub instance: Option<InstanceId>,
    /// What it is called.
    pub label: String,
    /// The groups that could take the rule.
    pub groups: Vec<GroupId>,
    /// Where administrators come in.
    pub port: u16,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    AskingAddress,
    ReadingGroups(IpAddr),
    ReadingList(IpAddr),
    Adding {
        me: IpAddr,
        group: GroupId,
    },
    /// No clear answer came to the adding: the list tells.
    Checking {
        me: IpAddr,
        group: GroupId,
        problem: Problem,
    },
    Moving {
        me: IpAddr,
        group: GroupId,
        old: Rule,
    },
}

impl AllowMe {
    /// The task before it begins.
    #[must_use]
    pub fn new(target: Target) -> Self {
        Self { target, state: State::AskingAddress, typed: None, asked: Vec::new() }
    }

    /// The same for an address that the person typed.
    #[must_use]
    pub fn from_address(mut self, typed: IpAddr) -> Self {
        self.typed = Some(typed);
        self
    }

    fn read_groups(&mut self, me: IpAddr, world: &mut World<'_>) -> Step {
        self.state = State::ReadingGroups(me);
        world.inventory.groups.ask();
        Step::read(Read::SecurityGroups, world)
    }

    /// Decides on fresh groups; prefix lists whose blocks are not known are read first.
    fn decide(&mut self, me: IpAddr, world: &mut World<'_>) -> Step {
        let port = self.target.port;
        let groups = self.groups(world);
        let candidates = self.candidates(&groups, world);
        let blocks = world.catalog.known_blocks();
        let unknown = allow::lists_to_know(&candidates, port, &blocks);
        if let Some(list) = unknown.into_iter().find(|list| !self.asked.contains(list)) {
            self.state = State::ReadingList(me);
            self.asked.push(list.clone());
            world.catalog.prefix_list_entries.entry(list.clone()).or_default().ask();
            return Step::read(Read::PrefixListEntries(list), world);
        }
        let who = &world.environment.who;
        let traffic = Traffic::Tcp(port, port);
        let new = allow::own_rule(traffic, me, &who.description(world.now));
        match allow::decide(&candidates, me, port, who, &blocks) {
            None => Step::told(text!("allow-no-group", name = self.target.label.as_str()), Tone::Warning),
            Some(Decision::Covered { group, rule }) => Step::told(
                text!(
                    "allow-covered",
                    rule = rule_words(&rule, world.inventory, world.catalog),
                    group = name_of(&group, world),
                    me = me
                ),
                Tone::Good,
            ),
            Some(Decision::Move { group, rule }) => {
                let changes = vec![(rule.id.clone(), new)];
                self.state = State::Moving { me, group: group.clone(), old: rule };
                Step::write(world.outbox.write(Write::ModifyRules { group, changes }))
            }
            Some(Decision::Add { group }) => {
                self.state = State::Adding { me, group: group.clone() };
                let direction = Direction::Inbound;
                Step::write(world.outbox.write(Write::AuthorizeRules { group, direction, rules: vec![new] }))
            }
        }
    }

    /// After a lost answer: the rule is there, or it is not known whether it will be.
    fn check(&self, me: IpAddr, group: &GroupId, problem: Problem, world: &mut World<'_>) -> Step {
        let port = self.target.port;
        let made = world.inventory.groups.get(group.as_str()).and_then(|group| {
            let mine = |rule: &&Rule| rule.admits(me, port) && world.environment.who.made(rule);
            group.inbound.iter().find(mine).map(|rule| rule.id.clone())
        });
        match made {
            Some(rule) => {
                let direction = Direction::Inbound;
                let back = Write::RevokeRules { group: group.clone(), direction, rules: vec![rule] };
                self.done(me, group, None, vec![back], world)
            }
            None => Step::Failed(problem),
        }
    }

    fn groups(&self, world: &World<'_>) -> Vec<SecurityGroup> {
        self.target.groups.iter().filter_map(|id| world.inventory.groups.get(id.as_str()).cloned()).collect()
    }

    fn candidates<'a>(&self, groups: &'a [SecurityGroup], world: &World<'_>) -> Vec<Candidate<'a>> {
        groups.iter().map(|group| Candidate { group, shared_by: self.shared_by(&group.id, world) }).collect()
    }

    /// How many instances besides the one in question carry a group.
    fn shared_by(&self, group: &GroupId, world: &World<'_>) -> usize {
        let users = world.inventory.instances_in_group(group.as_str());
        users.filter(|one| self.target.instance.as_ref() != Some(&one.id)).count()
    }

    fn done(&self, me: IpAddr, group: &GroupId, moved: Option<&Rule>, back: Vec<Write>, world: &mut World<'_>) -> Step {
        let name = name_of(group, world);
        let traffic = Traffic::Tcp(self.target.port, self.target.port).type_text();
        let shared = match (&self.target.instance, self.shared_by(group, world)) {
            (Some(_), others @ 1..) => text!("allow-shared", n = others),
            _ => text!("words", words = ""),
        };
        let said = match moved {
            Some(old) => {
                text!("allow-moved", kind = traffic, old = old.peer.to_string(), me = me, group = name, shared = shared)
            }
            None => text!("allow-added", kind = traffic, me = me, group = name, shared = shared),
        };
        world.reread_groups();
        let what = text!("undo-allow", me = me, group = name_of(group, world));
        Step::done_with(said, Undo { what, writes: back, place: Place::of(world) })
    }
}

impl Work for AllowMe {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (self.state.clone(), event) {
            (_, Event::Begin) => match my_address::ask(self.typed, world) {
                Ok(me) => self.read_groups(me, world),
                Err(step) => *step,
            },
            (State::AskingAddress, Event::Found(outcome)) => {
                if let Some(me) = my_address::answered(outcome, world) {
                    return self.read_groups(me, world);
                }
                let job = Self::new(self.target.clone());
                world.wish(Wish::Dialog(Box::new(MyAddressDialog::to_allow(job))));
                Step::Dropped
            }
            (State::ReadingGroups(me), Event::Found(outcome)) => match outcome {
                Ok(_) => self.decide(me, world),
                Err(problem) => Step::Failed(problem.clone()),
            },
            (State::ReadingList(me), Event::Found(_)) => self.decide(me, world),
            (State::Adding { me, group }, Event::Written(outcome)) => match outcome {
                Ok(Written::Rules(ids)) if !ids.is_empty() => {
                    let direction = Direction::Inbound;
                    let back = Write::RevokeRules { group: group.clone(), direction, rules: ids.clone() };
                    self.done(me, &group, None, vec![back], world)
                }
                Ok(_) => {
                    // Somebody was quicker, or EC2 showed an old list.
                    world.reread_groups();
                    Step::told(text!("allow-there-already", me = me, group = name_of(&group, world)), Tone::Good)
                }
                Err(problem) if problem.cause == Cause::UnclearOutcome => {
                    self.state = State::Checking { me, group, problem: problem.clone() };
                    world.inventory.groups.ask();
                    Step::read(Read::SecurityGroups, world)
                }
                Err(problem) => Step::Failed(problem.clone()),
            },
            (State::Checking { me, group, problem }, Event::Found(_)) => self.check(me, &group, problem, world),
            (State::Moving { me, group, old }, Event::Written(outcome)) => match outcome {
                Ok(_) => {
                    let changes = vec![(old.id.clone(), old.as_new())];
                    let back = Write::ModifyRules { group: group.clone(), changes };
                    self.done(me, &group, Some(&old), vec![back], world)
                }
                Err(problem) => {
                    world.reread_groups();
                    Step::Failed(problem.clone())
                }
            },
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-allow", name = self.target.label.as_str())
    }
}

fn name_of(group: &GroupId, world: &World<'_>) -> String {
    world.inventory.groups.get(group.as_str()).map_or_else(|| group.to_string(), |group| group.name.clone())
}

impl App {
    /// `i` where the focus is: on an instance, or on a group.
    pub(in crate::app) fn allow_my_ip(&mut self) {
        use crate::app::panes::PaneKind;
        if self.panes.subject == PaneKind::SecurityGroups {
            if let Some(id) = self.selected_id(PaneKind::SecurityGroups) {
                self.allow_my_ip_in(&GroupId::new(id));
            }
            return;
        }
        let Some(instance) = self.selected_instance() else { return };
        let target = Target {
            instance: Some(instance.id.clone()),
            label: instance.label().to_owned(),
            groups: instance.groups.iter().map(|group| group.id.clone()).collect(),
            port: instance.platform.admin_port(),
        };
        self.begin(AllowMe::new(target).into());
    }

    /// Allows one's own address in a group: RDP when only Windows instances carry it.
    pub(in crate::app) fn allow_my_ip_in(&mut self, group: &GroupId) {
        let users = self.inventory.instances_in_group(group.as_str());
        let platforms: Vec<Platform> = users.map(|one| one.platform).collect();
        let windows = !platforms.is_empty() && platforms.iter().all(|platform| *platform == Platform::Windows);
        let port = if windows { Platform::Windows } else { Platform::Linux }.admin_port();
        let label = self.inventory.groups.get(group.as_str()).map_or_else(|| group.to_string(), |one| one.name.clone());
        let target = Target { instance: None, label, groups: vec![group.clone()], port };
        self.begin(AllowMe::new(target).into());
    }
}
