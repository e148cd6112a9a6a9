//! One key: gives an instance a fixed address. An Elastic IP that is on nothing is taken, or one is bought after a
//! question; it goes on the instance as soon as that can take it. One that was bought for nothing is given back.

use std::net::Ipv4Addr;

use jiff::{SignedDuration, Timestamp};

use super::address_calls::{Allocating, Associating, NOT_FOUND, Progress, Releasing, wait};
use super::allocate::Allocate;
use super::undo::{Place, Undo};
use super::{Event, Step, Work};
use crate::app::address_choice::primary_target;
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::address::Address;
use crate::domain::id::{AllocationId, AssociationId, InstanceId};
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::problem::{Cause, Problem};
use crate::message::{AddressTarget, Read, Write};
use crate::text;
use crate::text::Text;

/// How often an instance that cannot take an address yet is looked at.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_secs(3);
/// And for how long.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// So often a new address is released again while EC2 counts it as in use.
const RELEASE_TRIES: u8 = 2;

/// Giving an instance a fixed address.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedAddress {
    instance: InstanceId,
    /// What the instance is called.
    label: String,
    /// Its `Name` tag, which a new address gets, too.
    name: Option<String>,
    address: Option<Held>,
    /// Since when the instance is waited for.
    since: Option<Timestamp>,
    /// What EC2 said last about an instance that cannot take an address yet.
    refusal: Option<Problem>,
    state: State,
}

/// The address in hand.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    id: AllocationId,
    ip: Ipv4Addr,
    /// Whether it was bought for this.
    new: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    ReadingAddresses,
    Asking,
    Allocating(Box<Allocating>),
    WaitingForInstance,
    LookingAtInstance,
    Associating(Box<Associating>),
    /// Why it did not work, while the address that was bought for it is released.
    GivingBack(Box<Releasing>, Box<Failure>),
}

/// Why it did not work.
#[derive(Clone, Debug, PartialEq)]
struct Failure {
    said: Text,
    problem: Option<Problem>,
}

impl FixedAddress {
    /// The task before it begins.
    #[must_use]
    pub fn new(instance: &Instance) -> Self {
        Self {
            instance: instance.id.clone(),
            label: instance.label().to_owned(),
            name: instance.name.clone(),
            address: None,
            since: None,
            refusal: None,
            state: State::ReadingAddresses,
        }
    }

    /// The instance that gets the address.
    #[must_use]
    pub fn instance(&self) -> &InstanceId {
        &self.instance
    }

    /// Decides on the addresses as they are now.
    fn choose(&mut self, world: &mut World<'_>) -> Step {
        if let Some(present) = world.inventory.address_of(&self.instance) {
            return Step::told(text!("why-has-fixed-address", address = present.ip), Tone::Plain);
        }
        if let Some(held) = self.unused(world) {
            world.inventory.promise(held.id.clone());
            self.address = Some(held);
            return self.go_on(world);
        }
        self.state = State::Asking;
        Step::Ask(Allocate::question(Some(&self.label), world))
    }

    /// The unused address of the instance's name, or the first one.
    fn unused(&self, world: &World<'_>) -> Option<Held> {
        let unused = world.inventory.unused_addresses();
        let meant = |one: &&&Address| self.name.is_some() && one.name == self.name;
        let taken = unused.iter().find(meant).or(unused.first())?;
        Some(Held { id: taken.id.clone(), ip: taken.ip, new: false })
    }

    /// Puts the address on the instance if that can take it, waits if it cannot yet.
    fn go_on(&mut self, world: &mut World<'_>) -> Step {
        match world.inventory.instance(&self.instance).map(|one| (one.state, primary_target(one))) {
            Some((InstanceState::Running | InstanceState::Stopping | InstanceState::Stopped, target)) => {
                self.associate(target, world)
            }
            Some((InstanceState::Pending | InstanceState::Unknown, _)) => self.wait(world),
            None if world.inventory.may_be_invisible(&self.instance, world.now) => self.wait(world),
            Some((InstanceState::ShuttingDown | InstanceState::Terminated, _)) | None => {
                let said = text!("fixed-instance-gone", name = self.label.as_str());
                self.give_up(Failure { said, problem: None }, world)
            }
        }
    }

    fn wait(&mut self, world: &mut World<'_>) -> Step {
        let since = *self.since.get_or_insert(world.now);
        if world.now.duration_since(since) >= PATIENCE {
            let problem = self.refusal.take();
            let said = match &problem {
                // The address never showed; the instance may have been ready all the time.
                Some(problem) if problem.is(NOT_FOUND) => text!("fixed-failed", name = self.label.as_str()),
                _ => text!("fixed-not-ready", name = self.label.as_str()),
            };
            return self.give_up(Failure { said, problem }, world);
        }
        self.state = State::WaitingForInstance;
        wait(BETWEEN_LOOKS, world)
    }

    fn associate(&mut self, target: AddressTarget, world: &mut World<'_>) -> Step {
        let Some(held) = &self.address else { return Step::Dropped };
        let (associating, step) = Associating::begin(held.id.clone(), target, false, world);
        self.state = State::Associating(Box::new(associating));
        step
    }

    fn done(&self, association: AssociationId, world: &mut World<'_>) -> Step {
        world.reread_addresses_on([&self.instance]);
        let Some(held) = &self.address else { return Step::Dropped };
        let name = self.label.as_str();
        // An address that was bought stays bought: taking it off is all that can be taken back.
        let (said, what) = if held.new {
            (
                text!("done-fixed-new", address = held.ip, name = name),
                text!("undo-fixed-new", address = held.ip, name = name),
            )
        } else {
            (
                text!("done-fixed-idle", address = held.ip, name = name),
                text!("undo-associate", address = held.ip, name = name),
            )
        };
        let writes = vec![Write::DisassociateAddress(association)];
        Step::done_with(said, Undo { what, writes, place: Place::of(world) })
    }

    /// It does not work: an address that was bought for it is released again.
    fn give_up(&mut self, failure: Failure, world: &mut World<'_>) -> Step {
        match &self.address {
            Some(held) if held.new => {
                let (releasing, step) = Releasing::begin_new(held.id.clone(), RELEASE_TRIES, world);
                self.state = State::GivingBack(Box::new(releasing), Box::new(failure));
                step
            }
            _ => {
                world.reread_addresses_on([&self.instance]);
                match failure.problem {
                    Some(problem) => Step::Failed(problem),
                    None => Step::told(failure.said, Tone::Warning),
                }
            }
        }
    }

    /// The address that was bought is released again, or, with a problem of its own, it is not.
    fn gave_back(&self, failure: Failure, kept: Option<Problem>, world: &mut World<'_>) -> Step {
        world.reread_addresses_on([&self.instance]);
        let Some(held) = &self.address else { return Step::Dropped };
        let (line, notice, tone) = match &kept {
            Some(problem) if problem.cause == Cause::UnclearOutcome => {
                let line = text!("fixed-release-unclear", address = held.ip, id = &held.id);
                (line, text!("release-unclear", address = held.ip), Tone::Bad)
            }
            Some(_) => {
                let line = text!("fixed-left-behind", address = held.ip, id = &held.id);
                (line, text!("release-not", address = held.ip), Tone::Bad)
            }
            None => {
                let said = text!("fixed-released-again", address = held.ip);
                (said.clone(), said, Tone::Warning)
            }
        };
        let problems = failure.problem.into_iter().chain(kept).collect();
        world.wish(Wish::Page(PageContent::Aftermath { lines: vec![failure.said, line], problems }));
        Step::told(notice, tone)
    }

    /// It is not known whether the address that was bought is on the instance: nothing is done to it.
    fn in_doubt(&self, problem: Problem, world: &mut World<'_>) -> Step {
        world.reread_addresses_on([&self.instance]);
        let Some(held) = &self.address else { return Step::Dropped };
        let said = text!("fixed-in-doubt", address = held.ip, id = &held.id, name = self.label.as_str());
        world.wish(Wish::Page(PageContent::Aftermath { lines: vec![said], problems: vec![problem] }));
        Step::told(text!("fixed-in-doubt-short", address = held.ip, name = self.label.as_str()), Tone::Bad)
    }

    fn is_new(&self) -> bool {
        self.address.as_ref().is_some_and(|held| held.new)
    }

    fn allocating(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let State::Allocating(allocating) = &mut self.state else { return Step::Dropped };
        match allocating.on(event, world) {
            Progress::Going(step) => step,
            Progress::Failed(problem) => Allocate::failed(problem, world),
            Progress::Done((id, ip)) => {
                world.reread_addresses();
                world.inventory.promise(id.clone());
                self.address = Some(Held { id, ip, new: true });
                self.go_on(world)
            }
        }
    }

    fn associating(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let State::Associating(associating) = &mut self.state else { return Step::Dropped };
        let progress = associating.on(event, world);
        let is_surely_off = associating.is_surely_off();
        match progress {
            Progress::Going(step) => step,
            Progress::Done(association) => self.done(association, world),
            Progress::Failed(problem) if self.is_not_ready(&problem, world) => {
                self.refusal = Some(problem);
                self.wait(world)
            }
            Progress::Failed(problem) if self.is_new() && !is_surely_off => self.in_doubt(problem, world),
            Progress::Failed(problem) => {
                let said = text!("fixed-failed", name = self.label.as_str());
                self.give_up(Failure { said, problem: Some(problem) }, world)
            }
        }
    }

    /// Whether EC2 means "not yet": of an instance that still starts, or of one or an address that it does not show
    /// yet.
    fn is_not_ready(&self, problem: &Problem, world: &World<'_>) -> bool {
        problem.is("IncorrectInstanceState")
            || (problem.is("InvalidInstanceID") && problem.message.contains("state"))
            || (problem.is(NOT_FOUND) && self.is_new())
            || (problem.is_not_found()
                && !problem.is(NOT_FOUND)
                && world.inventory.may_be_invisible(&self.instance, world.now))
    }

    /// What comes next.
    fn next(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (&mut self.state, event) {
            (_, Event::Begin) => {
                world.inventory.addresses.ask();
                Step::read(Read::Addresses, world)
            }
            (State::ReadingAddresses, Event::Found(Ok(_))) => self.choose(world),
            (State::ReadingAddresses, Event::Found(Err(problem))) => Step::Failed(problem.clone()),
            (State::Asking, Event::Yes) => {
                let (allocating, step) = Allocating::begin(self.name.as_deref(), world);
                self.state = State::Allocating(Box::new(allocating));
                step
            }
            (State::Allocating(_), event) => self.allocating(event, world),
            (State::WaitingForInstance, Event::Woken) => {
                self.state = State::LookingAtInstance;
                Step::read(Read::InstancesById(vec![self.instance.clone()]), world)
            }
            (State::LookingAtInstance, Event::Found(Ok(_))) => self.go_on(world),
            (State::LookingAtInstance, Event::Found(Err(problem))) => {
                self.refusal = Some(problem.clone());
                self.wait(world)
            }
            (State::Associating(_), event) => self.associating(event, world),
            (State::GivingBack(releasing, failure), event) => {
                let failure = (**failure).clone();
                match releasing.on(event, world) {
                    Progress::Going(step) => step,
                    Progress::Done(()) => self.gave_back(failure, None, world),
                    Progress::Failed(problem) => self.gave_back(failure, Some(problem), world),
                }
            }
            _ => Step::Dropped,
        }
    }
}

impl Work for FixedAddress {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let step = self.next(event, world);
        if let (Step::Done(_) | Step::Failed(_) | Step::Dropped, Some(held)) = (&step, &self.address) {
            world.inventory.end_promise(&held.id);
        }
        step
    }

    fn label(&self) -> Text {
        match self.state {
            State::WaitingForInstance | State::LookingAtInstance => {
                text!("task-fixed-waits", name = self.label.as_str())
            }
            _ => text!("task-fixed", name = self.label.as_str()),
        }
    }

    fn leaves_behind(&self) -> Option<Text> {
        match (&self.address, &self.state) {
            (Some(held), _) if held.new => Some(text!("fixed-unfinished", address = held.ip)),
            (None, State::Allocating(_)) => Some(text!("allocate-unfinished")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
