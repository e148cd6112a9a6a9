//! Where an Elastic IP can go: an instance, and behind which of its private addresses when it has several.

use std::net::Ipv4Addr;

use super::form::TextInput;
use super::instance_groups::instance_note;
use super::inventory::Inventory;
use super::modal::{ChoiceItem, ChoiceModal, Picked, Purpose};
use super::tasks::associate::Associate;
use crate::domain::id::AllocationId;
use crate::domain::instance::{Instance, InstanceState};
use crate::message::AddressTarget;
use crate::text;
use crate::text::Text;

/// The instances that an address can go to, running ones without an Elastic IP first; those that cannot take one now
/// say why. `None`: there is no instance. `on_leave` is said when the person chooses none.
pub(super) fn targets(
    address: &AllocationId,
    ip: Ipv4Addr,
    inventory: &Inventory,
    title: Text,
    on_leave: Option<Text>,
) -> Option<ChoiceModal> {
    let mut instances: Vec<&Instance> = inventory.instances.rows.iter().collect();
    instances.sort_by_key(|one| (rank(one, inventory), one.label().to_lowercase(), one.id.clone()));
    let items: Vec<ChoiceItem> =
        instances.into_iter().map(|one| item(address, ip, one, inventory, on_leave.as_ref())).collect();
    (!items.is_empty()).then(|| choice(title, items, on_leave))
}

/// Where an address goes on an instance when nobody chooses: its only place, or the primary one.
pub(super) fn primary_target(instance: &Instance) -> AddressTarget {
    let several = instance.interfaces.len() > 1;
    let interface = instance.interfaces.first().filter(|_| several).map(|interface| interface.id.clone());
    AddressTarget { instance: instance.id.clone(), interface, private_ip: None }
}

fn rank(instance: &Instance, inventory: &Inventory) -> u8 {
    let has_one = inventory.address_of(&instance.id).is_some();
    match (instance.state, has_one) {
        (InstanceState::Running, false) => 0,
        (InstanceState::Stopped | InstanceState::Stopping, false) => 1,
        (InstanceState::Running, true) => 2,
        (InstanceState::Stopped | InstanceState::Stopping, true) => 3,
        (InstanceState::Pending | InstanceState::Unknown, _) => 4,
        (InstanceState::ShuttingDown | InstanceState::Terminated, _) => 5,
    }
}

fn item(
    address: &AllocationId,
    ip: Ipv4Addr,
    instance: &Instance,
    inventory: &Inventory,
    on_leave: Option<&Text>,
) -> ChoiceItem {
    let places = places(instance);
    let is_there = inventory.addresses.get(address.as_str()).is_some_and(|one| one.is_on(&instance.id));
    let disabled = match instance.state {
        InstanceState::Pending | InstanceState::Unknown => Some(text!("why-still-starting")),
        InstanceState::ShuttingDown | InstanceState::Terminated => Some(text!("why-terminated")),
        _ if is_there && places.len() < 2 => Some(text!("why-address-is-there")),
        _ => None,
    };
    let label = || instance.label().to_owned();
    let picked = match places.as_slice() {
        [] | [_] => {
            let job = Associate::new(address.clone(), ip, primary_target(instance), label());
            Picked::Begin(Box::new(job.just_allocated(on_leave.cloned()).into()))
        }
        several => {
            let items =
                several.iter().map(|place| place_item(address, ip, instance, place, inventory, on_leave)).collect();
            let title = text!("associate-behind-title", name = instance.label());
            Picked::Choose(Box::new(choice(title, items, on_leave.cloned())))
        }
    };
    let note = match inventory.address_of(&instance.id) {
        Some(other) if other.id != *address => {
            let state = Text::new(instance.state.text_key(), Vec::new());
            text!("associate-note-has", state = state, address = other.ip)
        }
        _ => instance_note(instance),
    };
    ChoiceItem { label: text!("words", words = instance.label()), note: Some(note), key: None, disabled, picked }
}

/// All private addresses of an instance, each with its interface.
pub(super) fn places(instance: &Instance) -> Vec<AddressTarget> {
    let of = |interface: &crate::domain::instance::Interface| {
        let id = interface.id.clone();
        let place = move |ip: &Ipv4Addr| AddressTarget {
            instance: instance.id.clone(),
            interface: Some(id.clone()),
            private_ip: Some(*ip),
        };
        interface.private_ips.iter().map(place).collect::<Vec<_>>()
    };
    instance.interfaces.iter().flat_map(of).collect()
}

fn place_item(
    address: &AllocationId,
    ip: Ipv4Addr,
    instance: &Instance,
    place: &AddressTarget,
    inventory: &Inventory,
    on_leave: Option<&Text>,
) -> ChoiceItem {
    let at = |one: &&crate::domain::address::Address| {
        one.association.as_ref().is_some_and(|on| {
            on.interface == place.interface && on.private_ip == place.private_ip && on.private_ip.is_some()
        })
    };
    let other = inventory.addresses.rows.iter().find(at);
    let interface = place.interface.as_ref().map(ToString::to_string).unwrap_or_default();
    let note = match other {
        Some(other) => text!("associate-note-behind-has", interface = interface, address = other.ip),
        None => text!("words", words = interface),
    };
    let disabled = other.filter(|other| other.id == *address).map(|_| text!("why-address-is-there"));
    let job = Associate::new(address.clone(), ip, place.clone(), instance.label().to_owned())
        .just_allocated(on_leave.cloned());
    ChoiceItem {
        label: text!("words", words = place.private_ip.map(|ip| ip.to_string()).unwrap_or_default()),
        note: Some(note),
        key: None,
        disabled,
        picked: Picked::Begin(Box::new(job.into())),
    }
}

fn choice(title: Text, items: Vec<ChoiceItem>, on_leave: Option<Text>) -> ChoiceModal {
    ChoiceModal { title, purpose: Purpose::Object, filter: TextInput::default(), items, cursor: 0, on_leave }
}

#[cfg(test)]
mod tests;
