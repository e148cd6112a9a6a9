//! `AssociateAddress`: after an unclear answer the list shows whether the address is where it was to go.

use super::{Looks, Progress, look_later};
use crate::app::tasks::{Event, Step};
use crate::app::world::World;
use crate::domain::address::Association;
use crate::domain::id::{AllocationId, AssociationId};
use crate::domain::problem::{Cause, Problem};
use crate::message::{AddressTarget, Read, Write, Written};

/// One association.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app::tasks) struct Associating {
    address: AllocationId,
    target: AddressTarget,
    looks: Looks,
    unclear: Option<Problem>,
    /// Whether the last list that was read shows the address on nothing.
    shown_on_nothing: bool,
}

impl Associating {
    /// Sends it. `take_over`: the person has agreed to take the address, or the place, from what has it now.
    pub fn begin(address: AllocationId, target: AddressTarget, take_over: bool, world: &mut World<'_>) -> (Self, Step) {
        let write = Write::AssociateAddress { address: address.clone(), target: target.clone(), take_over };
        let step = Step::write(world.outbox.write(write));
        (Self { address, target, looks: Looks::default(), unclear: None, shown_on_nothing: false }, step)
    }

    /// What comes next.
    pub fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Progress<AssociationId> {
        match event {
            Event::Written(Ok(Written::Associated(id))) => Progress::Done(id.clone()),
            Event::Written(Err(problem)) if problem.cause == Cause::UnclearOutcome => {
                self.unclear = Some(problem.clone());
                look(world)
            }
            Event::Written(Err(problem)) => Progress::Failed(problem.clone()),
            Event::Found(found) => {
                if found.is_ok() {
                    if let Some(id) = self.found(world) {
                        return Progress::Done(id);
                    }
                    let shown = world.inventory.addresses.get(self.address.as_str());
                    self.shown_on_nothing = shown.is_some_and(|address| address.association.is_none());
                }
                match &self.unclear {
                    Some(unclear) => look_later(&mut self.looks, found.is_ok(), unclear, world),
                    None => look(world),
                }
            }
            _ => look(world),
        }
    }

    /// After it failed: whether the address is surely on nothing, because EC2 refused or because the list shows it.
    pub fn is_surely_off(&self) -> bool {
        self.unclear.is_none() || self.shown_on_nothing
    }

    fn found(&self, world: &World<'_>) -> Option<AssociationId> {
        let on = world.inventory.addresses.get(self.address.as_str())?.association.as_ref()?;
        is_at(on, &self.target).then(|| on.id.clone())
    }
}

fn look(world: &mut World<'_>) -> Progress<AssociationId> {
    Progress::Going(Step::read(Read::Addresses, world))
}

/// Whether an address is where it was to go.
pub(in crate::app::tasks) fn is_at(on: &Association, target: &AddressTarget) -> bool {
    on.instance.as_ref() == Some(&target.instance)
        && target.interface.as_ref().is_none_or(|interface| on.interface.as_ref() == Some(interface))
        && target.private_ip.is_none_or(|ip| on.private_ip == Some(ip))
}
