//! Deletes a security group; when EC2 refuses, the page says what still uses it.

use super::{Event, Step, Work};
use crate::app::App;
use crate::app::inventory::Inventory;
use crate::app::modal::{Confirm, PageContent, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::GroupId;
use crate::domain::problem::Problem;
use crate::domain::security_group::Peer;
use crate::message::{Read, Write};
use crate::text;
use crate::text::Text;

/// The most users that the question names; the page names all.
const MOST_NAMED: usize = 6;

/// Deleting a group.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteGroup {
    group: GroupId,
    name: String,
    /// EC2's refusal, while what still uses the group is being read.
    refusal: Option<Problem>,
}

impl DeleteGroup {
    fn question(&self, inventory: &Inventory) -> Confirm {
        let mut lines = vec![text!("delete-group-final")];
        let mut users = users(inventory, &self.group);
        if !users.is_empty() {
            lines.push(text!("delete-group-used"));
            let more = users.len().saturating_sub(MOST_NAMED);
            users.truncate(MOST_NAMED);
            lines.extend(users);
            if more > 0 {
                lines.push(text!("confirm-and-more", n = more));
            }
        }
        Confirm {
            title: text!("delete-group-title", name = self.name.as_str(), id = &self.group),
            lines,
            typed: None,
            yes: false,
            danger: true,
            then: Then::Quit,
        }
    }
}

impl Work for DeleteGroup {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => Step::Ask(self.question(world.inventory)),
            Event::Yes => Step::write(world.outbox.write(Write::DeleteSecurityGroup(self.group.clone()))),
            Event::Written(Ok(_)) => {
                world.reread_groups();
                Step::done(text!("done-delete-group", name = self.name.as_str()))
            }
            Event::Written(Err(problem)) if problem.is("DependencyViolation") || problem.is("InvalidGroup.InUse") => {
                self.refusal = Some(problem.clone());
                world.reread_groups();
                world.inventory.interfaces.ask();
                Step::read(Read::Interfaces, world)
            }
            Event::Written(Err(problem)) => {
                world.reread_groups();
                Step::Failed(problem.clone())
            }
            Event::Found(_) => {
                let Some(refusal) = self.refusal.take() else { return Step::Dropped };
                let users = users(world.inventory, &self.group);
                if users.is_empty() {
                    return Step::Failed(refusal);
                }
                let mut lines = vec![text!("delete-group-refused", name = self.name.as_str())];
                lines.extend(users);
                lines.push(text!("code-in-use-next"));
                let title = text!("delete-group-still-used", name = self.name.as_str());
                world.wish(Wish::Page(PageContent::Lines { title, lines }));
                Step::told(text!("delete-group-not", name = self.name.as_str()), Tone::Warning)
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-delete-group", name = self.name.as_str())
    }
}

/// What uses a group: instances, other interfaces, and rules of other groups.
fn users(inventory: &Inventory, group: &GroupId) -> Vec<Text> {
    let instances = inventory.instances_in_group(group.as_str()).map(|one| match &one.name {
        Some(name) => text!("uses-instance-named", name = name.as_str(), id = &one.id),
        None => text!("uses-instance", id = &one.id),
    });
    let listed: Vec<_> = inventory.instances_in_group(group.as_str()).map(|one| one.id.clone()).collect();
    let interfaces = inventory
        .interfaces_in_group(group)
        .filter(|interface| interface.instance.as_ref().is_none_or(|id| !listed.contains(id)))
        .map(|interface| match interface.description.as_str() {
            "" => text!("uses-interface", id = &interface.id, kind = interface.kind.as_str()),
            words => text!("uses-interface-described", id = &interface.id, words = words),
        });
    let peer = Peer::Group(group.clone());
    let rules = inventory
        .groups
        .rows
        .iter()
        .filter(|other| other.id != *group)
        .filter(|other| other.inbound.iter().chain(&other.outbound).any(|rule| rule.peer == peer))
        .map(|other| text!("uses-rule", name = other.name.as_str(), id = &other.id));
    instances.chain(interfaces).chain(rules).collect()
}

impl App {
    /// `d` on a group.
    pub(in crate::app) fn delete_group(&mut self, group: &GroupId) {
        let name = self.inventory.groups.get(group.as_str()).map_or_else(|| group.to_string(), |one| one.name.clone());
        self.begin(DeleteGroup { group: group.clone(), name, refusal: None }.into());
    }
}
