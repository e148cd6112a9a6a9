//! Gives an Elastic IP back for good: on its own, taken off first where it is on something, or after the instance that
//! holds it was terminated.

use std::net::Ipv4Addr;

use super::address_calls::{Progress, Releasing};
use super::{Event, Step, Wait, Work};
use crate::app::modal::{Confirm, PageContent};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::address::Address;
use crate::domain::id::{AllocationId, AssociationId, InstanceId};
use crate::domain::problem::Problem;
use crate::message::{Write, WriteId};
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
    /// What it is on, and which instance that is.
    held: Option<(AssociationId, Option<InstanceId>)>,
    begins: Begins,
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
    Freeing,
    Releasing(Releasing),
}

impl Release {
    /// The task before it begins with a question.
    #[must_use]
    pub fn asking(address: &Address, question: Confirm) -> Self {
        Self::new(address, Begins::Asking(Box::new(question)))
    }

    /// The task that begins when this write, the termination of the instance of this name, has worked.
    #[must_use]
    pub fn after(address: &Address, termination: WriteId, name: String) -> Self {
        Self::new(address, Begins::Terminating(termination, name))
    }

    fn new(address: &Address, begins: Begins) -> Self {
        let held = address.association.as_ref().map(|on| (on.id.clone(), on.instance.clone()));
        Self { address: address.id.clone(), ip: address.ip, held, begins, state: State::Waiting }
    }

    fn is_terminating(&self) -> bool {
        matches!(self.begins, Begins::Terminating(..))
    }

    fn free(&mut self, world: &mut World<'_>) -> Step {
        match &self.held {
            Some((association, _)) => {
                let write = Write::DisassociateAddress(association.clone());
                self.state = State::Freeing;
                Step::write(world.outbox.write(write))
            }
            None => self.release(0, world),
        }
    }

    fn release(&mut self, tries: u8, world: &mut World<'_>) -> Step {
        let (releasing, step) = Releasing::begin(self.address.clone(), tries, world);
        self.state = State::Releasing(releasing);
        step
    }

    fn reread(&self, world: &mut World<'_>) {
        world.reread_addresses_on(self.held.as_ref().and_then(|(_, instance)| instance.as_ref()));
    }

    /// It exists still. Where it was taken off or its instance is gone, that is worth more than the refusal.
    fn failed(&self, problem: Problem, world: &mut World<'_>) -> Step {
        self.reread(world);
        if self.held.is_none() {
            return Step::Failed(problem);
        }
        let lines = vec![text!("release-left-idle", address = self.ip)];
        world.wish(Wish::Page(PageContent::Aftermath { lines, problems: vec![problem] }));
        Step::told(text!("release-not", address = self.ip), Tone::Bad)
    }
}

impl Work for Release {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let terminating = self.is_terminating();
        match (&mut self.state, event) {
            (_, Event::Begin) => match &self.begins {
                Begins::Asking(question) => Step::Ask((**question).clone()),
                Begins::Terminating(write, _) => Step::Wait(Wait::Write(*write)),
            },
            (State::Waiting, Event::Yes | Event::Written(Ok(_))) => self.free(world),
            (State::Waiting, Event::Written(Err(_))) => {
                let Begins::Terminating(_, name) = &self.begins else { return Step::Dropped };
                Step::told(text!("release-not-terminated", address = self.ip, name = name.as_str()), Tone::Warning)
            }
            (State::Freeing, Event::Written(Ok(_))) => {
                let tries = if terminating { TRIES_WHILE_ENDING } else { TRIES };
                self.release(tries, world)
            }
            // EC2 takes it off itself when the instance is gone.
            (State::Freeing, Event::Written(Err(_))) if terminating => self.release(TRIES_WHILE_ENDING, world),
            (State::Freeing, Event::Written(Err(problem))) => {
                self.reread(world);
                Step::Failed(problem.clone())
            }
            (State::Releasing(releasing), event) => match releasing.on(event, world) {
                Progress::Going(step) => step,
                Progress::Failed(problem) => self.failed(problem, world),
                Progress::Done(()) => {
                    self.reread(world);
                    Step::done(match &self.begins {
                        Begins::Asking(_) => text!("done-release", address = self.ip),
                        Begins::Terminating(_, name) => {
                            text!("done-terminate-release", address = self.ip, name = name.as_str())
                        }
                    })
                }
            },
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-release", address = self.ip)
    }

    fn leaves_behind(&self) -> Option<Text> {
        let asks = self.state == State::Waiting && !self.is_terminating();
        (!asks).then(|| text!("release-unfinished", address = self.ip))
    }
}
