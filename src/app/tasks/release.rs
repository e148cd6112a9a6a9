//! Gives an Elastic IP back for good: on its own, taken off first where it is on something, or after the instance that
//! holds it was terminated.
//!
//! In a default VPC `ReleaseAddress` takes an address off whatever it is on, so the list is read before it is sent:
//! what went into use meanwhile is not touched.

use std::net::Ipv4Addr;

use super::address_calls::{BETWEEN_TRIES, IN_USE, Looks, Progress, Releasing, wait};
use super::associate::{loses_address, name_of};
use super::{Event, Step, Wait, Work};
use crate::app::form::TextInput;
use crate::app::inventory::Inventory;
use crate::app::modal::{Confirm, PageContent, Then, TypedWord};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::address::{Address, Association};
use crate::domain::id::{AllocationId, InstanceId};
use crate::domain::instance::InstanceState;
use crate::domain::problem::{Cause, Problem};
use crate::message::{Read, Write, WriteId};
use crate::text;
use crate::text::Text;

/// So often EC2 may say "in use" of an address that was just taken off, three seconds apart.
const TRIES: u8 = 5;
/// The same while an instance is being terminated: five minutes.
const TRIES_WHILE_ENDING: u8 = 100;

/// Releasing an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    address: AllocationId,
    ip: Ipv4Addr,
    /// What it was on when the person agreed.
    held: Option<Association>,
    begins: Begins,
    /// How often it is tried again.
    tries_left: u8,
    /// Whether it was taken off, or was to be: it is not asked about a second time.
    taken_off: bool,
    state: State,
}

/// What has to happen first.
#[derive(Clone, Debug, PartialEq)]
enum Begins {
    /// The person agrees.
    Asking(Box<Confirm>),
    /// The instance that holds it is terminated; this is what it is called.
    Terminating(WriteId, String),
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Waiting,
    /// Whether the instance is being terminated is not known; the problem says why.
    LookingAtInstance(Looks),
    /// The list is read before anything is sent.
    Checking,
    Freeing,
    Releasing(Releasing),
    /// EC2 counts it as in use for a moment still.
    Pausing,
}

impl Release {
    /// The task before it begins with a question.
    #[must_use]
    pub fn asking(address: &Address, inventory: &Inventory) -> Self {
        Self::new(address, Begins::Asking(Box::new(question(address, inventory, None))), TRIES)
    }

    /// The task that begins when this write, the termination of the instance of this name, has worked.
    #[must_use]
    pub fn after(address: &Address, termination: WriteId, name: String) -> Self {
        Self::new(address, Begins::Terminating(termination, name), TRIES_WHILE_ENDING)
    }

    fn new(address: &Address, begins: Begins, tries_left: u8) -> Self {
        Self {
            address: address.id.clone(),
            ip: address.ip,
            held: address.association.clone(),
            begins,
            tries_left,
            taken_off: false,
            state: State::Waiting,
        }
    }

    fn holder(&self) -> Option<&InstanceId> {
        self.held.as_ref().and_then(|on| on.instance.as_ref())
    }

    fn check(&mut self, world: &mut World<'_>) -> Step {
        self.state = State::Checking;
        world.inventory.addresses.ask();
        Step::read(Read::Addresses, world)
    }

    /// Goes on if the address is where the person knows it to be.
    fn decide(&mut self, world: &mut World<'_>) -> Step {
        // One that is not listed is gone or not visible: it is on nothing that could be shown.
        let shown = world.inventory.addresses.get(self.address.as_str()).cloned();
        match shown {
            Some(address) if !self.is_as_agreed(address.association.as_ref()) => self.has_changed(&address, world),
            Some(Address { association: None, .. }) => self.release(world),
            Some(address) => {
                self.held = address.association;
                self.free(world)
            }
            None => self.free(world),
        }
    }

    fn is_as_agreed(&self, now: Option<&Association>) -> bool {
        match (&self.begins, now) {
            (Begins::Terminating(..), Some(on)) => on.instance.as_ref() == self.holder(),
            (Begins::Terminating(..), None) => true,
            (Begins::Asking(_), None) => self.taken_off || self.held.is_none(),
            (Begins::Asking(_), Some(on)) => self.held.as_ref().is_some_and(|held| held.id == on.id),
        }
    }

    /// It is on something else by now: nothing is done to that unasked.
    fn has_changed(&mut self, address: &Address, world: &mut World<'_>) -> Step {
        self.reread(world);
        match (&self.begins, &address.association) {
            (Begins::Asking(_), _) if !self.taken_off => {
                self.held.clone_from(&address.association);
                self.state = State::Waiting;
                Step::Ask(question(address, world.inventory, Some(text!("release-changed", address = self.ip))))
            }
            (_, Some(on)) => {
                let name = name_of(on, world.inventory);
                Step::told(text!("release-moved", address = self.ip, name = name), Tone::Warning)
            }
            (_, None) => self.release(world),
        }
    }

    fn free(&mut self, world: &mut World<'_>) -> Step {
        match &self.held {
            Some(held) if !self.taken_off => {
                let write = Write::DisassociateAddress(held.id.clone());
                self.taken_off = true;
                self.state = State::Freeing;
                Step::write(world.outbox.write(write))
            }
            _ => self.release(world),
        }
    }

    fn release(&mut self, world: &mut World<'_>) -> Step {
        let (releasing, step) = Releasing::begin(self.address.clone(), world);
        self.state = State::Releasing(releasing);
        step
    }

    fn pause(&mut self, world: &World<'_>) -> Step {
        self.tries_left -= 1;
        self.state = State::Pausing;
        wait(BETWEEN_TRIES, world)
    }

    fn reread(&self, world: &mut World<'_>) {
        world.reread_addresses_on(self.holder());
    }

    /// The termination has failed; where even that is not known, the instance shows it.
    fn not_terminated(&mut self, problem: &Problem, world: &mut World<'_>) -> Step {
        if problem.cause == Cause::UnclearOutcome && self.holder().is_some() {
            self.state = State::LookingAtInstance(Looks::default());
            return self.look_at_instance(world);
        }
        let Begins::Terminating(_, name) = &self.begins else { return Step::Dropped };
        Step::told(text!("release-not-terminated", address = self.ip, name = name.as_str()), Tone::Warning)
    }

    fn look_at_instance(&self, world: &mut World<'_>) -> Step {
        Step::read(Read::InstancesById(self.holder().into_iter().cloned().collect()), world)
    }

    /// An answer about the instance, or none.
    fn looked_at_instance(&mut self, answered: bool, world: &mut World<'_>) -> Step {
        let state = self.holder().and_then(|id| world.inventory.instance(id)).map(|one| one.state);
        if answered && matches!(state, Some(InstanceState::ShuttingDown | InstanceState::Terminated)) {
            return self.check(world);
        }
        let (State::LookingAtInstance(looks), Begins::Terminating(_, name)) = (&mut self.state, &self.begins) else {
            return Step::Dropped;
        };
        match looks.after(answered) {
            Some(pause) => wait(pause, world),
            None => Step::told(
                text!("release-not-terminated-unclear", address = self.ip, name = name.as_str()),
                Tone::Warning,
            ),
        }
    }

    /// It exists still. Where it was taken off or its instance is gone, that is worth more than the refusal.
    fn failed(&self, problem: Problem, world: &mut World<'_>) -> Step {
        self.reread(world);
        if self.held.is_none() {
            return Step::Failed(problem);
        }
        let (line, notice) = if problem.cause == Cause::UnclearOutcome {
            (text!("release-unclear", address = self.ip), text!("release-unclear", address = self.ip))
        } else {
            (text!("release-left-idle", address = self.ip), text!("release-not", address = self.ip))
        };
        world.wish(Wish::Page(PageContent::Aftermath { lines: vec![line], problems: vec![problem] }));
        Step::told(notice, Tone::Bad)
    }

    fn done(&self, world: &mut World<'_>) -> Step {
        self.reread(world);
        Step::done(match &self.begins {
            Begins::Asking(_) => text!("done-release", address = self.ip),
            Begins::Terminating(_, name) => text!("done-terminate-release", address = self.ip, name = name.as_str()),
        })
    }
}

impl Work for Release {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let terminating = matches!(self.begins, Begins::Terminating(..));
        match (&mut self.state, event) {
            (_, Event::Begin) => match &self.begins {
                Begins::Asking(question) => Step::Ask((**question).clone()),
                Begins::Terminating(write, _) => Step::Wait(Wait::Write(*write)),
            },
            (State::Waiting, Event::Yes | Event::Written(Ok(_))) | (State::Pausing, Event::Woken) => self.check(world),
            (State::Waiting, Event::Written(Err(problem))) => self.not_terminated(problem, world),
            (State::LookingAtInstance(_), Event::Found(found)) => self.looked_at_instance(found.is_ok(), world),
            (State::LookingAtInstance(_), Event::Woken) => self.look_at_instance(world),
            (State::Checking, Event::Found(Ok(_))) => self.decide(world),
            (State::Checking, Event::Found(Err(_))) if (terminating || self.taken_off) && self.tries_left > 0 => {
                self.pause(world)
            }
            (State::Checking, Event::Found(Err(problem))) => {
                if terminating || self.taken_off {
                    self.failed(problem.clone(), world)
                } else {
                    Step::Failed(problem.clone())
                }
            }
            // EC2 takes it off itself when the instance is gone.
            (State::Freeing, Event::Written(Err(problem))) if !terminating => {
                self.reread(world);
                Step::Failed(problem.clone())
            }
            (State::Freeing, Event::Written(_)) => self.release(world),
            (State::Releasing(releasing), event) => match releasing.on(event, world) {
                Progress::Going(step) => step,
                Progress::Failed(problem)
                    if problem.is(IN_USE) && (terminating || self.taken_off) && self.tries_left > 0 =>
                {
                    self.pause(world)
                }
                Progress::Failed(problem) => self.failed(problem, world),
                Progress::Done(()) => self.done(world),
            },
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-release", address = self.ip)
    }

    fn leaves_behind(&self) -> Option<Text> {
        let asks = self.state == State::Waiting && matches!(self.begins, Begins::Asking(_));
        (!asks).then(|| text!("release-unfinished", address = self.ip))
    }
}

/// The question before an address is given back: its own address has to be typed. `news` is why it is asked again.
fn question(address: &Address, inventory: &Inventory, news: Option<Text>) -> Confirm {
    let mut lines: Vec<Text> = news.into_iter().collect();
    lines.push(text!("release-is-final"));
    if let Some(on) = &address.association {
        let name = name_of(on, inventory);
        lines.push(text!("release-takes-off", name = name.as_str()));
        lines.extend(loses_address(on, &name));
    }
    let expected = vec![address.ip.to_string()];
    Confirm {
        title: text!("release-title", address = address.ip),
        lines,
        typed: Some(TypedWord { expected, input: TextInput::default(), option: None }),
        yes: false,
        danger: true,
        then: Then::Quit,
    }
}

#[cfg(test)]
mod tests;
