//! A new security group, empty or with the rules of another one: made, given its inbound rules, and its outbound rules
//! brought to those of the original.

use jiff::SignedDuration;

use super::{Event, Step, Wait, Work};
use crate::app::notice::Tone;
use crate::app::panes::PaneKind;
use crate::app::world::{Wish, World};
use crate::domain::id::GroupId;
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{Direction, NewGroup, NewRule, Peer, Rule, SecurityGroup};
use crate::domain::tag::Tag;
use crate::message::{Found, MadeKind, Read, Write, Written};
use crate::text;
use crate::text::Text;

/// How often it waits for a new group to become visible, and how much longer each time.
const VISIBILITY_TRIES: u8 = 5;
const VISIBILITY_WAIT: SignedDuration = SignedDuration::from_secs(2);

/// Making a group.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeGroup {
    new: NewGroup,
    tags: Vec<Tag>,
    /// The group whose rules it gets.
    original: Option<SecurityGroup>,
    marker: String,
    made: Option<GroupId>,
    /// How often in a row it has waited for the group to become visible.
    waits: u8,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Creating,
    /// No clear answer came: looked for by the request's tag.
    Looking(Problem),
    Inbound,
    ReadingBack,
    AddingOutbound {
        extra: Vec<Rule>,
    },
    RemovingOutbound {
        extra: Vec<Rule>,
    },
}

impl MakeGroup {
    /// The task before it begins.
    #[must_use]
    pub fn new(new: NewGroup, tags: Vec<Tag>, original: Option<SecurityGroup>, marker: String) -> Self {
        Self { new, tags, original, marker, made: None, waits: 0, state: State::Creating }
    }

    fn created(&mut self, id: &GroupId, world: &mut World<'_>) -> Step {
        self.made = Some(id.clone());
        let rules = self.rules(Direction::Inbound, id);
        if rules.is_empty() {
            return self.read_back(world);
        }
        self.state = State::Inbound;
        let direction = Direction::Inbound;
        Step::write(world.outbox.write(Write::AuthorizeRules { group: id.clone(), direction, rules }))
    }

    /// The original's rules, with the new group wherever the original names itself.
    fn rules(&self, direction: Direction, made: &GroupId) -> Vec<NewRule> {
        let Some(original) = &self.original else { return Vec::new() };
        let itself = Peer::Group(original.id.clone());
        let renamed = |rule: &Rule| {
            let mut rule = rule.as_new();
            if rule.peer == itself {
                rule.peer = Peer::Group(made.clone());
            }
            rule
        };
        original.rules(direction).iter().map(renamed).collect()
    }

    /// A new group lets everything out: what the original does not let out is found by reading it back.
    fn read_back(&mut self, world: &mut World<'_>) -> Step {
        self.state = State::ReadingBack;
        world.inventory.groups.ask();
        Step::read(Read::SecurityGroups, world)
    }

    fn fit_outbound(&mut self, world: &mut World<'_>) -> Step {
        let Some(id) = self.made.clone() else { return Step::Dropped };
        if self.original.is_none() {
            return self.done(&id, world);
        }
        let wanted = self.rules(Direction::Outbound, &id);
        // EC2 lets every new group send anything to anybody: what is to go can only be told once the group is listed.
        let Some(present) = world.inventory.groups.get(id.as_str()).map(|group| group.outbound.clone()) else {
            return match self.patience(world) {
                Some(step) => step,
                None => self.unfinished(world),
            };
        };
        self.waits = 0;
        let same = |new: &NewRule, old: &Rule| new.traffic == old.traffic && new.peer == old.peer;
        let missing: Vec<NewRule> =
            wanted.iter().filter(|new| !present.iter().any(|old| same(new, old))).cloned().collect();
        let extra: Vec<Rule> =
            present.into_iter().filter(|old| old.has_id() && !wanted.iter().any(|new| same(new, old))).collect();
        if missing.is_empty() {
            return self.remove_extra(&extra, world);
        }
        self.state = State::AddingOutbound { extra };
        let direction = Direction::Outbound;
        Step::write(world.outbox.write(Write::AuthorizeRules { group: id, direction, rules: missing }))
    }

    fn remove_extra(&mut self, extra: &[Rule], world: &mut World<'_>) -> Step {
        let Some(id) = self.made.clone() else { return Step::Dropped };
        if extra.is_empty() {
            return self.done(&id, world);
        }
        self.state = State::RemovingOutbound { extra: extra.to_vec() };
        let rules = extra.iter().map(|rule| rule.id.clone()).collect();
        let direction = Direction::Outbound;
        Step::write(world.outbox.write(Write::RevokeRules { group: id, direction, rules }))
    }

    fn done(&self, id: &GroupId, world: &mut World<'_>) -> Step {
        world.reread_groups();
        world.wish(Wish::Select(PaneKind::SecurityGroups, id.to_string()));
        let name = self.new.name.as_str();
        Step::done(match &self.original {
            Some(original) => text!("done-copy-group", name = name, original = original.name.as_str()),
            None => text!("done-new-group", name = name),
        })
    }

    /// EC2 may not know yet what it has just made: waits, longer each time, unless it has waited long enough.
    fn patience(&mut self, world: &World<'_>) -> Option<Step> {
        if self.waits >= VISIBILITY_TRIES {
            return None;
        }
        self.waits += 1;
        let at = world.now.checked_add(VISIBILITY_WAIT * i32::from(self.waits)).ok()?;
        Some(Step::Wait(Wait::Until(at)))
    }

    /// It waits no longer; the group does not have the rules of the original.
    fn unfinished(&self, world: &mut World<'_>) -> Step {
        world.reread_groups();
        Step::told(text!("copy-group-unfinished", name = self.new.name.as_str()), Tone::Warning)
    }

    /// The waiting is over: sends again what was sent too early.
    fn again(&mut self, world: &mut World<'_>) -> Step {
        match (self.state.clone(), self.made.clone()) {
            (State::Inbound, Some(id)) => self.created(&id, world),
            (State::ReadingBack, _) => self.read_back(world),
            (State::AddingOutbound { .. }, _) => self.fit_outbound(world),
            (State::RemovingOutbound { extra }, _) => self.remove_extra(&extra, world),
            _ => Step::Dropped,
        }
    }

    fn failed(&mut self, problem: &Problem, world: &mut World<'_>) -> Step {
        if self.made.is_some()
            && problem.is("InvalidGroup.NotFound")
            && let Some(step) = self.patience(world)
        {
            return step;
        }
        if self.made.is_some() {
            world.reread_groups();
            let said = text!("copy-group-unfinished", name = self.new.name.as_str());
            world.wish(Wish::Notice(said, Tone::Warning));
        }
        Step::Failed(problem.clone())
    }
}

impl Work for MakeGroup {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (self.state.clone(), event) {
            (State::Creating, Event::Begin) => Step::write(world.outbox.write(Write::CreateSecurityGroup {
                group: self.new.clone(),
                tags: self.tags.clone(),
                marker: self.marker.clone(),
            })),
            (State::Creating, Event::Written(Ok(Written::Group(id)))) => self.created(&id.clone(), world),
            (State::Creating, Event::Written(Err(problem))) if problem.cause == Cause::UnclearOutcome => {
                self.state = State::Looking(problem.clone());
                Step::read(Read::MadeBy { marker: self.marker.clone(), kind: MadeKind::SecurityGroup }, world)
            }
            (State::Looking(problem), Event::Found(found)) => match found {
                Ok(Found::Made(made)) => match made.groups.first() {
                    Some(id) => self.created(&id.clone(), world),
                    None => Step::Failed(problem),
                },
                _ => Step::Failed(problem),
            },
            (_, Event::Woken) => self.again(world),
            (State::Inbound, Event::Written(Ok(_))) => self.read_back(world),
            (State::ReadingBack, Event::Found(Ok(_))) => self.fit_outbound(world),
            (State::AddingOutbound { extra }, Event::Written(Ok(_))) => self.remove_extra(&extra, world),
            (State::RemovingOutbound { .. }, Event::Written(Ok(_))) => match self.made.clone() {
                Some(id) => self.done(&id, world),
                None => Step::Dropped,
            },
            (_, Event::Written(Err(problem)) | Event::Found(Err(problem))) => self.failed(&problem.clone(), world),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-new-group", name = self.new.name.as_str())
    }
}

#[cfg(test)]
mod tests;
