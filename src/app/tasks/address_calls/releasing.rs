//! `ReleaseAddress`: it may be refused for a moment after the address was taken off, and after an unclear answer the
//! list shows whether it is gone.

use jiff::SignedDuration;

use super::{BETWEEN_LOOKS, LOOKS, Progress, wait};
use crate::app::tasks::{Event, Step};
use crate::app::world::World;
use crate::domain::id::AllocationId;
use crate::domain::problem::{Cause, Problem};
use crate::message::{Read, Write};

/// Between two tries while EC2 still counts the address as in use.
const BETWEEN_TRIES: SignedDuration = SignedDuration::from_secs(3);

/// One release.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app::tasks) struct Releasing {
    address: AllocationId,
    /// How often it is tried again while the address counts as in use.
    tries_left: u8,
    looks_left: u8,
    unclear: Option<Problem>,
}

impl Releasing {
    /// Sends it; while EC2 says that the address is in use, it is tried `tries` times more.
    pub fn begin(address: AllocationId, tries: u8, world: &mut World<'_>) -> (Self, Step) {
        let step = Step::write(world.outbox.write(Write::ReleaseAddress(address.clone())));
        (Self { address, tries_left: tries, looks_left: LOOKS, unclear: None }, step)
    }

    /// What comes next.
    pub fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Progress<()> {
        match event {
            Event::Written(Ok(_)) => Progress::Done(()),
            Event::Written(Err(problem)) if problem.cause == Cause::UnclearOutcome => {
                self.unclear = Some(problem.clone());
                self.look(world)
            }
            Event::Written(Err(problem)) if problem.is("InvalidIPAddress.InUse") && self.tries_left > 0 => {
                self.tries_left -= 1;
                Progress::Going(wait(BETWEEN_TRIES, world))
            }
            Event::Written(Err(problem)) => Progress::Failed(problem.clone()),
            Event::Woken if self.unclear.is_some() => self.look(world),
            Event::Woken => {
                Progress::Going(Step::write(world.outbox.write(Write::ReleaseAddress(self.address.clone()))))
            }
            Event::Found(Ok(_)) if world.inventory.addresses.get(self.address.as_str()).is_none() => Progress::Done(()),
            _ => match &self.unclear {
                Some(problem) if self.looks_left == 0 => Progress::Failed(problem.clone()),
                _ => Progress::Going(wait(BETWEEN_LOOKS, world)),
            },
        }
    }

    fn look(&mut self, world: &mut World<'_>) -> Progress<()> {
        self.looks_left = self.looks_left.saturating_sub(1);
        Progress::Going(Step::read(Read::Addresses, world))
    }
}
