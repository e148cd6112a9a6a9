//! Which security groups an instance carries: what can be attached and detached is chosen here; the work itself is
//! [`super::tasks::regroup`].

use super::App;
use super::modal::{ChoiceItem, ChoiceModal, Picked, Purpose};
use super::notice::Tone;
use super::tasks::Job;
use super::tasks::regroup::Regroup;
use crate::domain::id::{InstanceId, InterfaceId};
use crate::domain::instance::{Instance, Interface};
use crate::domain::limits::GROUPS_PER_INTERFACE;
use crate::domain::security_group::SecurityGroup;
use crate::text;
use crate::text::Text;

impl App {
    /// `a` on an instance: a group that it does not carry yet.
    pub(super) fn choose_group_to_attach(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        let title = text!("attach-title", name = instance.label());
        let interfaces = instance.interfaces.clone();
        let several = interfaces.len() > 1;
        let mut items = Vec::new();
        for interface in &interfaces {
            let full = interface.groups.len() >= GROUPS_PER_INTERFACE;
            for group in self.attachable(&instance, interface) {
                let job = attaching(&instance, interface, group);
                items.push(group_item(group, several.then_some(&interface.id), job, full.then(full_words)));
            }
        }
        self.choose_object(title, items, &text!("attach-none"));
    }

    /// `x` on an instance: a group or the Elastic IP that it carries.
    pub(super) fn choose_what_to_detach(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        let title = text!("detach-title", name = instance.label());
        let several = instance.interfaces.len() > 1;
        let mut items = Vec::new();
        for interface in &instance.interfaces {
            let last = interface.groups.len() <= 1;
            for of in &interface.groups {
                let Some(group) = self.inventory.groups.get(of.id.as_str()) else { continue };
                let job = detaching(&instance, interface, group);
                items.push(group_item(
                    group,
                    several.then_some(&interface.id),
                    job,
                    last.then(|| text!("detach-last")),
                ));
            }
        }
        items.extend(self.detachable_addresses(&instance.id));
        self.choose_object(title, items, &text!("detach-none"));
    }

    /// `a` on a group: an instance that does not carry it yet.
    pub(super) fn choose_instance_to_attach_to(&mut self) {
        let Some(group) = self.selected_group().cloned() else { return };
        let title = text!("attach-to-title", name = group.name.as_str());
        let mut items = Vec::new();
        for instance in self.inventory.instances.rows.iter().filter(|one| !one.state.is_ending()) {
            let Some(interface) = instance.interfaces.first() else { continue };
            if instance.vpc != group.vpc || interface.groups.iter().any(|of| of.id == group.id) {
                continue;
            }
            let full = interface.groups.len() >= GROUPS_PER_INTERFACE;
            let job = attaching(instance, interface, &group);
            items.push(instance_item(instance, job, full.then(full_words)));
        }
        self.choose_object(title, items, &text!("attach-to-none"));
    }

    /// `x` on a group: an instance that carries it.
    pub(super) fn choose_instance_to_detach_from(&mut self) {
        let Some(group) = self.selected_group().cloned() else { return };
        let title = text!("detach-from-title", name = group.name.as_str());
        let mut items = Vec::new();
        for instance in self.inventory.instances.rows.iter().filter(|one| !one.state.is_ending()) {
            let carries = |interface: &&Interface| interface.groups.iter().any(|of| of.id == group.id);
            for interface in instance.interfaces.iter().filter(carries) {
                let last = interface.groups.len() <= 1;
                let job = detaching(instance, interface, &group);
                items.push(instance_item(instance, job, last.then(|| text!("detach-last"))));
            }
        }
        self.choose_object(title, items, &text!("detach-from-none"));
    }

    /// Lets the person choose what something is to be done with; an empty list says why it is empty.
    pub(super) fn choose_object(&mut self, title: Text, items: Vec<ChoiceItem>, nothing: &Text) {
        if items.is_empty() {
            self.notify(nothing.clone(), Tone::Warning);
            return;
        }
        let filter = super::form::TextInput::default();
        self.open_choice(ChoiceModal { title, purpose: Purpose::Object, filter, items, cursor: 0, on_leave: None });
    }

    /// The selected group.
    #[must_use]
    pub fn selected_group(&self) -> Option<&SecurityGroup> {
        self.inventory.groups.get(&self.selected_id(super::panes::PaneKind::SecurityGroups)?)
    }

    fn attachable(&self, instance: &Instance, interface: &Interface) -> Vec<&SecurityGroup> {
        let carried = |group: &SecurityGroup| interface.groups.iter().any(|of| of.id == group.id);
        let mut groups: Vec<&SecurityGroup> =
            self.inventory.groups.rows.iter().filter(|group| group.vpc == instance.vpc && !carried(group)).collect();
        groups.sort_by_key(|group| group.name.to_lowercase());
        groups
    }
}

fn attaching(instance: &Instance, interface: &Interface, group: &SecurityGroup) -> Job {
    Regroup::attach(instance, &interface.id, group).into()
}

fn detaching(instance: &Instance, interface: &Interface, group: &SecurityGroup) -> Job {
    Regroup::detach(instance, &interface.id, group).into()
}

pub(super) fn full_words() -> Text {
    text!("attach-full", most = GROUPS_PER_INTERFACE)
}

fn group_item(group: &SecurityGroup, interface: Option<&InterfaceId>, job: Job, disabled: Option<Text>) -> ChoiceItem {
    let note = match interface {
        Some(interface) => text!("attach-note-interface", n = group.inbound.len(), interface = interface),
        None => text!("count-rules", n = group.inbound.len()),
    };
    ChoiceItem {
        label: text!("words", words = group.name.as_str()),
        note: Some(note),
        key: None,
        disabled,
        picked: Picked::Begin(Box::new(job)),
    }
}

/// An instance to do something with.
#[must_use]
pub fn instance_item(instance: &Instance, job: Job, disabled: Option<Text>) -> ChoiceItem {
    ChoiceItem {
        label: text!("words", words = instance.label()),
        note: Some(instance_note(instance)),
        key: None,
        disabled,
        picked: Picked::Begin(Box::new(job)),
    }
}

/// State and id of an instance, beside its name in a list.
#[must_use]
pub fn instance_note(instance: &Instance) -> Text {
    let state = Text::new(instance.state.text_key(), Vec::new());
    text!("instance-note", state = state, id = &instance.id)
}

/// Which instance an id stands for, as a line of a list.
#[must_use]
pub fn label_of(id: &InstanceId, inventory: &super::inventory::Inventory) -> String {
    inventory.instance(id).map_or_else(|| id.to_string(), |one| one.label().to_owned())
}
