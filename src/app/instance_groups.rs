//! Which security groups an instance carries: attach and detach, with what that changes about who can reach it said
//! before it is done.

use super::App;
use super::modal::{ChoiceItem, ChoiceModal, Confirm, Picked, Purpose, Then};
use super::notice::Tone;
use super::rules::words_of;
use super::tasks::Job;
use super::tasks::change::{Change, Reread};
use crate::domain::id::{GroupId, InstanceId, InterfaceId};
use crate::domain::instance::{Instance, Interface};
use crate::domain::limits::GROUPS_PER_INTERFACE;
use crate::domain::security_group::{Peer, Rule, SecurityGroup, Traffic};
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// The most rules that the question names.
const MOST_NAMED: usize = 8;

/// One way to come in: what, from where.
type Way = (Traffic, Peer);

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
                let job = self.attaching(&instance, interface, group);
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
                let job = self.detaching(&instance, interface, group);
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
            let job = self.attaching(instance, interface, &group);
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
                let job = self.detaching(instance, interface, &group);
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

    fn attaching(&self, instance: &Instance, interface: &Interface, group: &SecurityGroup) -> Job {
        let before = ids(interface);
        let mut after = before.clone();
        after.push(group.id.clone());
        let said = text!("done-attach", group = group.name.as_str(), name = instance.label());
        let title = text!("attach-question", group = group.name.as_str(), name = instance.label());
        self.regroup(instance, interface, &before, after, title, said)
    }

    fn detaching(&self, instance: &Instance, interface: &Interface, group: &SecurityGroup) -> Job {
        let before = ids(interface);
        let after: Vec<GroupId> = before.iter().filter(|id| **id != group.id).cloned().collect();
        let said = text!("done-detach", group = group.name.as_str(), name = instance.label());
        let title = text!("detach-question", group = group.name.as_str(), name = instance.label());
        self.regroup(instance, interface, &before, after, title, said)
    }

    fn regroup(
        &self,
        instance: &Instance,
        interface: &Interface,
        before: &[GroupId],
        after: Vec<GroupId>,
        title: Text,
        said: Text,
    ) -> Job {
        let set = |groups: Vec<GroupId>| Write::SetInterfaceGroups { interface: interface.id.clone(), groups };
        let lines = self.effect(instance, before, &after);
        let danger = self.opens_to_world(before, &after);
        let question = Confirm { title, lines, typed: None, yes: false, danger, then: Then::Quit };
        Change::new(
            text!("task-groups", name = instance.label()),
            vec![set(after)],
            said,
            Reread::Instance(instance.id.clone()),
        )
        .asking(question)
        .undone_by(text!("undo-groups", name = instance.label()), vec![set(before.to_vec())])
        .into()
    }

    /// What changes about who can reach the instance, in sentences.
    fn effect(&self, instance: &Instance, before: &[GroupId], after: &[GroupId]) -> Vec<Text> {
        let (had, has) = (self.ways(before), self.ways(after));
        let words = |way: &Way| words_of(way.0, &way.1, &self.inventory, &self.catalog);
        let gained: Vec<Text> =
            has.iter().filter(|way| !had.contains(way)).map(|way| text!("effect-gains", rule = words(way))).collect();
        let lost: Vec<Text> =
            had.iter().filter(|way| !has.contains(way)).map(|way| text!("effect-loses", rule = words(way))).collect();
        let mut lines: Vec<Text> = gained.into_iter().chain(lost).collect();
        if lines.is_empty() {
            lines.push(text!("effect-none"));
        }
        if lines.len() > MOST_NAMED {
            let more = lines.len() - MOST_NAMED;
            lines.truncate(MOST_NAMED);
            lines.push(text!("confirm-and-more", n = more));
        }
        let port = instance.platform.admin_port();
        let kind = Traffic::Tcp(port, port).type_text();
        if let Some(me) = self.catalog.my_ip.value {
            let lets_in = |ids: &[GroupId]| self.rules(ids).iter().any(|rule| rule.admits(me, port));
            match (lets_in(before), lets_in(after)) {
                (true, false) => lines.push(text!("effect-me-out", kind = kind, me = me)),
                (false, true) => lines.push(text!("effect-me-in", kind = kind, me = me)),
                _ => {}
            }
        }
        if self.opens_to_world(before, after) {
            lines.push(text!("group-world-why"));
        }
        lines
    }

    fn opens_to_world(&self, before: &[GroupId], after: &[GroupId]) -> bool {
        let open = |ids: &[GroupId]| self.rules(ids).iter().any(|rule| rule.opens_admin_port_to_world());
        open(after) && !open(before)
    }

    fn ways(&self, groups: &[GroupId]) -> Vec<Way> {
        let mut ways: Vec<Way> = Vec::new();
        for rule in self.rules(groups) {
            let way = (rule.traffic, rule.peer.clone());
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    fn rules(&self, groups: &[GroupId]) -> Vec<&Rule> {
        let found = groups.iter().filter_map(|id| self.inventory.groups.get(id.as_str()));
        crate::domain::security_group::in_order(found.flat_map(|group| &group.inbound))
    }
}

fn ids(interface: &Interface) -> Vec<GroupId> {
    interface.groups.iter().map(|group| group.id.clone()).collect()
}

fn full_words() -> Text {
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
