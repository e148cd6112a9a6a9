//! One key: what is open to the world on an administrator's port is closed to the person's own address, after a
//! question that names the rules.

use std::net::IpAddr;

use super::undo::{Place, Undo};
use super::{Event, Step, Work, my_address};
use crate::app::App;
use crate::app::dialogs::my_address::MyAddressDialog;
use crate::app::modal::{Confirm, PageContent, Then};
use crate::app::notice::Tone;
use crate::app::rules::{rule_words, words_of};
use crate::app::world::{Wish, World};
use crate::domain::allow::Closing;
use crate::domain::id::{GroupId, RuleId};
use crate::domain::problem::Problem;
use crate::domain::security_group::{Direction, Peer, Rule, Traffic};
use crate::message::{Read, Write, Written};
use crate::text;
use crate::text::Text;

/// The most rules that have a line each in the question.
const MOST_LINES: usize = 8;

/// Closing a group.
#[derive(Clone, Debug, PartialEq)]
pub struct CloseToMe {
    group: GroupId,
    name: String,
    typed: Option<IpAddr>,
    /// Rules that were added.
    made: Vec<RuleId>,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    AskingAddress,
    ReadingGroups(IpAddr),
    Asking(IpAddr, Closing),
    /// The person agreed; the group may have changed while the question stood.
    ReadingAgain(IpAddr, Closing),
    Narrowing(IpAddr, Closing),
    Adding(IpAddr, Closing),
    Removing(IpAddr, Closing),
}

impl CloseToMe {
    /// The task before it begins.
    #[must_use]
    pub fn new(group: GroupId, name: String) -> Self {
        Self { group, name, typed: None, made: Vec::new(), state: State::AskingAddress }
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

    /// Asks about the group as it is now; what the person has agreed to already is done.
    fn ask(&mut self, me: IpAddr, agreed: Option<Closing>, world: &mut World<'_>) -> Step {
        let Some(group) = world.inventory.groups.get(self.group.as_str()) else {
            return Step::told(text!("group-is-gone", name = self.name.as_str()), Tone::Warning);
        };
        let closing = Closing::of(group, me);
        if closing.is_empty() {
            return Step::told(text!("close-nothing", name = self.name.as_str()), Tone::Good);
        }
        if agreed.as_ref() == Some(&closing) {
            return self.narrow(me, closing, world);
        }
        let changed = agreed.map(|_| text!("close-changed"));
        let mut lines: Vec<Text> = changed.into_iter().chain(rule_lines(&closing, me, world)).collect();
        if closing.closes_more() {
            lines.push(text!("close-closes-more"));
        }
        let users = world.inventory.instances_in_group(self.group.as_str()).count();
        lines.push(text!("close-users", n = users));
        self.state = State::Asking(me, closing);
        Step::Ask(Confirm {
            title: text!("close-title", name = self.name.as_str(), id = &self.group, me = me),
            lines,
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        })
    }

    fn narrow(&mut self, me: IpAddr, closing: Closing, world: &mut World<'_>) -> Step {
        let changes = closing.changes(me, &world.environment.who.description(world.now));
        if changes.is_empty() {
            return self.add(me, closing, world);
        }
        self.state = State::Narrowing(me, closing);
        Step::write(world.outbox.write(Write::ModifyRules { group: self.group.clone(), changes }))
    }

    /// EC2 keeps a rule to its family of addresses: where only the other one is open, a rule of its own is needed.
    fn add(&mut self, me: IpAddr, closing: Closing, world: &mut World<'_>) -> Step {
        let rules = closing.additions(me, &world.environment.who.description(world.now));
        if rules.is_empty() {
            return self.remove(me, closing, world);
        }
        self.state = State::Adding(me, closing);
        let direction = Direction::Inbound;
        Step::write(world.outbox.write(Write::AuthorizeRules { group: self.group.clone(), direction, rules }))
    }

    /// After the others, so that there is no moment in which nobody gets in.
    fn remove(&mut self, me: IpAddr, closing: Closing, world: &mut World<'_>) -> Step {
        let rules: Vec<_> = closing.removed.iter().map(|rule| rule.id.clone()).collect();
        if rules.is_empty() {
            return self.done(me, &closing, world);
        }
        self.state = State::Removing(me, closing);
        let direction = Direction::Inbound;
        Step::write(world.outbox.write(Write::RevokeRules { group: self.group.clone(), direction, rules }))
    }

    fn done(&self, me: IpAddr, closing: &Closing, world: &mut World<'_>) -> Step {
        world.reread_groups();
        let undo = self.undo(closing, true, true, world);
        Step::done_with(text!("close-done", name = self.name.as_str(), me = me), undo)
    }

    /// How what was done is taken back.
    fn undo(&self, closing: &Closing, narrowed: bool, removed: bool, world: &World<'_>) -> Undo {
        let group = &self.group;
        let direction = Direction::Inbound;
        let mut writes = Vec::new();
        if narrowed && !closing.narrowed.is_empty() {
            let changes = closing.narrowed.iter().map(|rule| (rule.id.clone(), rule.as_new())).collect();
            writes.push(Write::ModifyRules { group: group.clone(), changes });
        }
        if removed && !closing.removed.is_empty() {
            let rules = closing.removed.iter().map(Rule::as_new).collect();
            writes.push(Write::AuthorizeRules { group: group.clone(), direction, rules });
        }
        if !self.made.is_empty() {
            writes.push(Write::RevokeRules { group: group.clone(), direction, rules: self.made.clone() });
        }
        Undo { what: text!("undo-close", name = self.name.as_str()), writes, place: Place::of(world) }
    }

    /// A step has failed: what was done before it is said, and can be taken back.
    fn failed(
        &self,
        closing: &Closing,
        (narrowed, removed): (bool, bool),
        problem: &Problem,
        world: &mut World<'_>,
    ) -> Step {
        world.reread_groups();
        let undo = self.undo(closing, narrowed, removed, world);
        if undo.writes.is_empty() {
            return Step::Failed(problem.clone());
        }
        world.wish(Wish::CanTakeBack(Box::new(undo.into())));
        let said = text!("close-unfinished", name = self.name.as_str());
        let page = PageContent::Aftermath { lines: vec![said.clone()], problems: vec![problem.clone()] };
        world.wish(Wish::Page(page));
        Step::told(said, Tone::Warning)
    }
}

/// All that is changed, by name: one line each, or one line for each kind of change where there are many.
fn rule_lines(closing: &Closing, me: IpAddr, world: &World<'_>) -> Vec<Text> {
    let words = |rule: &Rule| rule_words(rule, world.inventory, world.catalog);
    let narrowed: Vec<Text> = closing.narrowed.iter().map(words).collect();
    let own = |traffic: &Traffic| words_of(*traffic, &Peer::host(me), world.inventory, world.catalog);
    let added: Vec<Text> = closing.added.iter().map(own).collect();
    let removed: Vec<Text> = closing.removed.iter().map(words).collect();
    if narrowed.len() + added.len() + removed.len() > MOST_LINES {
        let narrowed = in_one(narrowed).map(|rules| text!("close-narrows-several", rules = rules, me = me));
        let added = in_one(added).map(|rules| text!("close-adds-several", rules = rules));
        let removed = in_one(removed).map(|rules| text!("close-removes-several", rules = rules));
        return narrowed.into_iter().chain(added).chain(removed).collect();
    }
    let narrowed = narrowed.into_iter().map(|rule| text!("close-narrows", rule = rule, me = me));
    let added = added.into_iter().map(|rule| text!("close-adds", rule = rule));
    let removed = removed.into_iter().map(|rule| text!("close-removes", rule = rule));
    narrowed.chain(added).chain(removed).collect()
}

fn in_one(rules: Vec<Text>) -> Option<Text> {
    rules.into_iter().reduce(|first, next| text!("close-both", first = first, next = next))
}

impl Work for CloseToMe {
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
                let job = Self::new(self.group.clone(), self.name.clone());
                world.wish(Wish::Dialog(Box::new(MyAddressDialog::to_close(job))));
                Step::Dropped
            }
            (State::ReadingGroups(me), Event::Found(outcome)) => match outcome {
                Ok(_) => self.ask(me, None, world),
                Err(problem) => Step::Failed(problem.clone()),
            },
            (State::Asking(me, closing), Event::Yes) => {
                self.state = State::ReadingAgain(me, closing);
                world.inventory.groups.ask();
                Step::read(Read::SecurityGroups, world)
            }
            (State::ReadingAgain(me, closing), Event::Found(outcome)) => match outcome {
                Ok(_) => self.ask(me, Some(closing), world),
                Err(problem) => Step::Failed(problem.clone()),
            },
            (State::Narrowing(me, closing), Event::Written(Ok(_))) => self.add(me, closing, world),
            (State::Adding(me, closing), Event::Written(Ok(written))) => {
                if let Written::Rules(ids) = written {
                    self.made.clone_from(ids);
                }
                self.remove(me, closing, world)
            }
            (State::Removing(me, closing), Event::Written(Ok(_))) => self.done(me, &closing, world),
            (State::Narrowing(_, closing), Event::Written(Err(problem))) => {
                self.failed(&closing, (false, false), problem, world)
            }
            (State::Adding(_, closing), Event::Written(Err(problem))) => {
                self.failed(&closing, (true, false), problem, world)
            }
            (State::Removing(_, closing), Event::Written(Err(problem))) => {
                self.failed(&closing, (true, problem.may_have_happened()), problem, world)
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-close", name = self.name.as_str())
    }
}

impl App {
    /// `w`: closes a group to the person's own address.
    pub(in crate::app) fn close_to_me(&mut self, group: &GroupId) {
        let name = self.inventory.groups.get(group.as_str()).map_or_else(|| group.to_string(), |one| one.name.clone());
        self.begin(CloseToMe::new(group.clone(), name).into());
    }
}
