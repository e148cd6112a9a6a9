//! Puts an Elastic IP on an instance. What is in use is never moved silently: EC2 is asked not to, and a question names
//! from where to where, and what the other side will be reachable under.

use std::net::Ipv4Addr;

use super::address_calls::{Associating, Looks, NOT_FOUND, Progress, is_at, wait};
use super::undo::{Place, Undo};
use super::{Event, Step, Work};
use crate::app::address_choice::{places, primary_target};
use crate::app::instance_groups::label_of;
use crate::app::inventory::Inventory;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::address::{Address, Association};
use crate::domain::id::{AllocationId, AssociationId, InstanceId};
use crate::message::{AddressTarget, Read, Write};
use crate::text;
use crate::text::Text;

/// Associating an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Associate {
    address: AllocationId,
    ip: Ipv4Addr,
    target: AddressTarget,
    /// What the instance is called.
    label: String,
    /// What the instance was reachable under before.
    before: Option<Ipv4Addr>,
    /// Of an address that was bought a moment ago: what is said when it stays idle.
    left_idle: Option<Text>,
    /// How often it was looked for in vain.
    looks: Looks,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    /// The list is read; `refused`: EC2 has said that something is in use.
    Reading {
        refused: bool,
    },
    /// A new address is not visible yet.
    Pausing {
        refused: bool,
    },
    Asking(Conflict),
    Sending(Box<Associating>, Conflict),
}

/// What has to give way.
#[derive(Clone, Debug, Default, PartialEq)]
struct Conflict {
    /// What the address is on now.
    from: Option<Association>,
    /// The other Elastic IP that is where this one goes.
    displaced: Option<(AllocationId, Ipv4Addr)>,
    /// Whether the person has agreed.
    agreed: bool,
}

impl Conflict {
    fn is_none(&self) -> bool {
        self.from.is_none() && self.displaced.is_none()
    }
}

impl Associate {
    /// The task before it begins; `label` is what the instance is called.
    #[must_use]
    pub fn new(address: AllocationId, ip: Ipv4Addr, target: AddressTarget, label: String) -> Self {
        let state = State::Reading { refused: false };
        Self { address, ip, target, label, before: None, left_idle: None, looks: Looks::default(), state }
    }

    /// The address was bought a moment ago, if there is something to say when it stays idle: then EC2 may not show it
    /// yet.
    #[must_use]
    pub fn just_allocated(self, left_idle: Option<Text>) -> Self {
        Self { left_idle, ..self }
    }

    fn read(&mut self, refused: bool, world: &mut World<'_>) -> Step {
        self.state = State::Reading { refused };
        world.inventory.addresses.ask();
        Step::read(Read::Addresses, world)
    }

    /// The address is not there: one that was just bought may not be visible yet, another one is gone.
    fn look_later(&mut self, refused: bool, world: &mut World<'_>) -> Step {
        if self.left_idle.is_none() {
            return Step::told(text!("address-is-gone", address = self.ip), Tone::Warning);
        }
        match self.looks.after(true) {
            Some(pause) => {
                self.state = State::Pausing { refused };
                wait(pause, world)
            }
            None => Step::told(text!("associate-not-visible", address = self.ip), Tone::Warning),
        }
    }

    /// Decides on the list as it is now.
    fn decide(&mut self, refused: bool, world: &mut World<'_>) -> Step {
        let Some(address) = world.inventory.addresses.get(self.address.as_str()) else {
            return self.look_later(refused, world);
        };
        if address.association.as_ref().is_some_and(|on| is_at(on, &self.target)) {
            return Step::told(text!("associate-there", address = self.ip, name = self.label.as_str()), Tone::Plain);
        }
        let conflict = self.conflict(address, world.inventory);
        if conflict.is_none() && !refused {
            return self.send(conflict, world);
        }
        let question = self.question(&conflict, world.inventory);
        self.state = State::Asking(conflict);
        Step::Ask(question)
    }

    fn conflict(&self, address: &Address, inventory: &Inventory) -> Conflict {
        let in_place = |other: &&Address| {
            other.id != self.address && other.association.as_ref().is_some_and(|on| takes_place_of(on, &self.target))
        };
        let displaced = inventory.addresses.rows.iter().find(in_place).map(|other| (other.id.clone(), other.ip));
        Conflict { from: address.association.clone(), displaced, agreed: false }
    }

    fn question(&self, conflict: &Conflict, inventory: &Inventory) -> Confirm {
        let mut lines = Vec::new();
        if let Some(from) = &conflict.from {
            let name = name_of(from, inventory);
            lines.push(text!("associate-from-to", from = name.as_str(), to = self.label.as_str()));
            lines.extend(loses_address(from, &name));
        }
        if let Some((_, other)) = &conflict.displaced {
            lines.push(text!("associate-displaces", address = *other, name = self.label.as_str()));
        }
        if conflict.is_none() {
            lines.push(text!("associate-in-use-somewhere"));
        }
        Confirm {
            title: text!("associate-move-title", address = self.ip, name = self.label.as_str()),
            lines,
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        }
    }

    fn send(&mut self, conflict: Conflict, world: &mut World<'_>) -> Step {
        self.before = world.inventory.instance(&self.target.instance).and_then(|one| one.public_ip);
        let (address, target) = (self.address.clone(), self.target.clone());
        let (sending, step) = Associating::begin(address, target, conflict.agreed, world);
        self.state = State::Sending(Box::new(sending), conflict);
        step
    }

    fn reread(&self, conflict: &Conflict, world: &mut World<'_>) {
        let from = conflict.from.as_ref().and_then(|on| on.instance.as_ref());
        world.reread_addresses_on(from.into_iter().chain([&self.target.instance]));
    }

    fn done(&self, association: AssociationId, conflict: &Conflict, world: &mut World<'_>) -> Step {
        self.reread(conflict, world);
        // First off here, so that nothing is taken from where others have put it meanwhile.
        let mut writes = vec![Write::DisassociateAddress(association)];
        if let Some(target) = conflict.from.as_ref().and_then(|on| target_of(on, world.inventory)) {
            writes.push(Write::AssociateAddress { address: self.address.clone(), target, take_over: false });
        }
        if let Some((other, _)) = &conflict.displaced {
            let target = self.target.clone();
            writes.push(Write::AssociateAddress { address: other.clone(), target, take_over: false });
        }
        let name = self.label.as_str();
        let undo =
            Undo { what: text!("undo-associate", address = self.ip, name = name), writes, place: Place::of(world) };
        let said = match self.before.filter(|before| *before != self.ip) {
            Some(before) => text!("done-associate-instead", address = self.ip, name = name, before = before),
            None => text!("done-associate", address = self.ip, name = name),
        };
        Step::done_with(said, undo)
    }
}

impl Work for Associate {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (&mut self.state, event) {
            (_, Event::Begin) => self.read(false, world),
            (State::Reading { .. }, Event::Found(Err(problem))) => Step::Failed(problem.clone()),
            (State::Reading { refused }, Event::Found(Ok(_))) => {
                let refused = *refused;
                self.decide(refused, world)
            }
            (State::Pausing { refused }, Event::Woken) => {
                let refused = *refused;
                self.read(refused, world)
            }
            (State::Asking(_), Event::No) => match &self.left_idle {
                Some(left) => Step::told(left.clone(), Tone::Warning),
                None => Step::Dropped,
            },
            (State::Asking(asked), Event::Yes) => {
                let asked = asked.clone();
                // The list may have moved on while the question stood: agreed is only what was asked.
                let now = world.inventory.addresses.get(self.address.as_str());
                match now.map(|address| self.conflict(address, world.inventory)) {
                    Some(now) if now != asked => self.decide(!now.is_none(), world),
                    _ => self.send(Conflict { agreed: true, ..asked }, world),
                }
            }
            (State::Sending(sending, conflict), event) => {
                let conflict = conflict.clone();
                match sending.on(event, world) {
                    Progress::Going(step) => step,
                    Progress::Done(association) => self.done(association, &conflict, world),
                    Progress::Failed(problem) if problem.is("Resource.AlreadyAssociated") && !conflict.agreed => {
                        self.read(true, world)
                    }
                    Progress::Failed(problem) if problem.is(NOT_FOUND) && self.left_idle.is_some() => {
                        self.look_later(false, world)
                    }
                    Progress::Failed(problem) => {
                        self.reread(&conflict, world);
                        Step::Failed(problem)
                    }
                }
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-associate", address = self.ip, name = self.label.as_str())
    }
}

/// What the other side is reachable under when an address leaves it.
pub(in crate::app) fn loses_address(from: &Association, name: &str) -> Vec<Text> {
    let mut lines = vec![text!("address-loses", name = name)];
    if let Some(ip) = from.private_ip {
        lines.push(text!("address-private-stays", address = ip));
    }
    lines
}

/// What an address is on, in words: the instance's name, or the interface.
pub(in crate::app) fn name_of(on: &Association, inventory: &Inventory) -> String {
    match (&on.instance, &on.interface) {
        (Some(instance), _) => label_of(instance, inventory),
        (None, Some(interface)) => interface.to_string(),
        (None, None) => on.id.to_string(),
    }
}

/// Where an address is, as a place to put it back to; `None` where it is on no instance.
pub(in crate::app) fn target_of(on: &Association, inventory: &Inventory) -> Option<AddressTarget> {
    let id: &InstanceId = on.instance.as_ref()?;
    match inventory.instance(id) {
        Some(instance) if places(instance).len() < 2 => Some(primary_target(instance)),
        _ => Some(AddressTarget { instance: id.clone(), interface: on.interface.clone(), private_ip: on.private_ip }),
    }
}

/// Whether an Elastic IP that is there has to leave: a private address has one at most.
fn takes_place_of(on: &Association, target: &AddressTarget) -> bool {
    let other_interface = target.interface.is_some() && on.interface.is_some() && target.interface != on.interface;
    let other_ip = target.private_ip.is_some() && on.private_ip.is_some() && target.private_ip != on.private_ip;
    on.instance.as_ref() == Some(&target.instance) && !other_interface && !other_ip
}

#[cfg(test)]
mod tests;
