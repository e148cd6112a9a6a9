//! What another list of security groups changes about who can reach an instance, in sentences.

use super::catalog::Catalog;
use super::inventory::Inventory;
use super::rules::words_of;
use super::world::World;
use crate::domain::id::GroupId;
use crate::domain::instance::Instance;
use crate::domain::security_group::{Peer, Rule, Traffic, in_order};
use crate::text;
use crate::text::Text;

/// The most rules that a question about it names.
const MOST_NAMED: usize = 8;

/// One way to come in: what, from where.
type Way = (Traffic, Peer);

/// What a change of groups means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupEffect {
    /// What is let in from now on, and no longer.
    rules: Vec<Text>,
    /// What it means for the person, and for the world.
    others: Vec<Text>,
    /// Whether it opens an administrator's port to the world.
    pub opens_to_world: bool,
}

impl GroupEffect {
    /// The effect on an instance.
    #[must_use]
    pub fn of(instance: &Instance, before: &[GroupId], after: &[GroupId], world: &World<'_>) -> Self {
        let (inventory, catalog): (&Inventory, &Catalog) = (world.inventory, world.catalog);
        let (had, has) = (ways(before, inventory), ways(after, inventory));
        let words = |way: &Way| words_of(way.0, &way.1, inventory, catalog);
        let gained = has.iter().filter(|way| !had.contains(way)).map(|way| text!("effect-gains", rule = words(way)));
        let lost = had.iter().filter(|way| !has.contains(way)).map(|way| text!("effect-loses", rule = words(way)));
        let mut rules: Vec<Text> = gained.chain(lost).collect();
        if rules.is_empty() {
            rules.push(text!("effect-none"));
        }
        let mut others = Vec::new();
        let port = instance.platform.admin_port();
        let kind = Traffic::Tcp(port, port).type_text();
        if let Some(me) = catalog.my_ip.value {
            let lets_in = |ids: &[GroupId]| rules_of(ids, inventory).iter().any(|rule| rule.admits(me, port));
            match (lets_in(before), lets_in(after)) {
                (true, false) => others.push(text!("effect-me-out", kind = kind, me = me)),
                (false, true) => others.push(text!("effect-me-in", kind = kind, me = me)),
                _ => {}
            }
        }
        let open = |ids: &[GroupId]| rules_of(ids, inventory).iter().any(|rule| rule.opens_admin_port_to_world());
        let opens_to_world = open(after) && !open(before);
        if opens_to_world {
            others.push(text!("group-world-why"));
        }
        Self { rules, others, opens_to_world }
    }

    /// The lines of a question; of many rules, the first.
    #[must_use]
    pub fn lines(&self) -> Vec<Text> {
        let mut lines: Vec<Text> = self.rules.iter().take(MOST_NAMED).cloned().collect();
        if self.rules.len() > MOST_NAMED {
            lines.push(text!("confirm-and-more", n = self.rules.len() - MOST_NAMED));
        }
        lines.extend(self.others.iter().cloned());
        lines
    }
}

fn ways(groups: &[GroupId], inventory: &Inventory) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for rule in rules_of(groups, inventory) {
        let way = (rule.traffic, rule.peer.clone());
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

fn rules_of<'a>(groups: &[GroupId], inventory: &'a Inventory) -> Vec<&'a Rule> {
    let found = groups.iter().filter_map(|id| inventory.groups.get(id.as_str()));
    in_order(found.flat_map(|group| &group.inbound))
}
