//! `ReleaseAddress`: it may be refused for a moment after the address was taken off, and after an unclear answer the
//! list shows whether it is gone. Of an address that was bought a moment ago, "not found" and an empty list say nothing:
//! EC2 may not show it yet, and it costs money.

use jiff::SignedDuration;

use super::{Looks, Progress, look_later, wait};
use crate::app::tasks::{Event, Step};
use crate::app::world::World;
use crate::domain::id::AllocationId;
use crate::domain::problem::{Cause, Problem};
use crate::message::{Read, Write};

/// Between two tries while EC2 still counts the address as in use.
pub(in crate::app::tasks) const BETWEEN_TRIES: SignedDuration = SignedDuration::from_secs(3);
/// EC2's word for an address that something still uses.
pub(in crate::app::tasks) const IN_USE: &str = "InvalidIPAddress.InUse";
/// EC2's word for an address that the account does not have, or not yet.
pub(in crate::app::tasks) const NOT_FOUND: &str = "InvalidAllocationID.NotFound";

/// One release.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app::tasks) struct Releasing {
    address: AllocationId,
    /// Whether it was bought a moment ago, so that nothing but EC2's yes is a yes.
    new: bool,
    /// How often it is tried again while the address counts as in use.
    tries_left: u8,
    looks: Looks,
    unclear: Option<Problem>,
}

impl Releasing {
    /// Sends it for an address that was listed.
    pub fn begin(address: AllocationId, world: &mut World<'_>) -> (Self, Step) {
        Self::send(address, false, 0, world)
    }

    /// Sends it for an address that was bought a moment ago; while EC2 says that it is in use, it is tried `tries`
    /// times more.
    pub fn begin_new(address: AllocationId, tries: u8, world: &mut World<'_>) -> (Self, Step) {
        Self::send(address, true, tries, world)
    }

    fn send(address: AllocationId, new: bool, tries_left: u8, world: &mut World<'_>) -> (Self, Step) {
        let step = Step::write(world.outbox.write(Write::ReleaseAddress(address.clone())));
        (Self { address, new, tries_left, looks: Looks::default(), unclear: None }, step)
    }

    /// What comes next.
    pub fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Progress<()> {
        match event {
            Event::Written(Ok(_)) => Progress::Done(()),
            Event::Written(Err(problem)) if problem.cause == Cause::UnclearOutcome => {
                let unclear = self.unclear.insert(problem.clone());
                if self.new { look_later(&mut self.looks, true, unclear, world) } else { look(world) }
            }
            Event::Written(Err(problem)) if problem.is(NOT_FOUND) && self.new => {
                let told = self.unclear.as_ref().unwrap_or(problem);
                look_later(&mut self.looks, true, told, world)
            }
            Event::Written(Err(problem)) if problem.is(NOT_FOUND) => Progress::Done(()),
            Event::Written(Err(problem)) if problem.is(IN_USE) && self.tries_left > 0 => {
                self.tries_left -= 1;
                Progress::Going(wait(BETWEEN_TRIES, world))
            }
            Event::Written(Err(problem)) => Progress::Failed(problem.clone()),
            Event::Found(Ok(_)) if world.inventory.addresses.get(self.address.as_str()).is_none() => Progress::Done(()),
            Event::Found(found) => match &self.unclear {
                Some(unclear) => look_later(&mut self.looks, found.is_ok(), unclear, world),
                None => look(world),
            },
            _ if self.unclear.is_some() && !self.new => look(world),
            _ => Progress::Going(Step::write(world.outbox.write(Write::ReleaseAddress(self.address.clone())))),
        }
    }
}

fn look(world: &mut World<'_>) -> Progress<()> {
    Progress::Going(Step::read(Read::Addresses, world))
}
