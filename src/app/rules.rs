//! The rules of one security group over the dashboard: look at them in either direction, add, edit and delete.

use super::App;
use super::catalog::Catalog;
use super::dialogs::rule::RuleDialog;
use super::inventory::Inventory;
use super::modal::{Confirm, Modal, Then};
use super::notice::Tone;
use super::tasks::change::{Change, Reread};
use crate::domain::id::{GroupId, RuleId};
use crate::domain::security_group::{Direction, Peer, Rule, SecurityGroup, Traffic};
use crate::keymap::Action;
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// The rules of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesModal {
    /// The group.
    pub group: GroupId,
    /// Which of its rules.
    pub direction: Direction,
    /// The rule under the cursor, by id, so that a refresh moves nothing.
    pub cursor: Option<RuleId>,
    /// Where the cursor was last, for when its rule goes.
    pub position: usize,
}

impl RulesModal {
    /// The rules in the order in which they are shown.
    #[must_use]
    pub fn rules<'a>(&self, group: &'a SecurityGroup) -> Vec<&'a Rule> {
        group.rules_in_order(self.direction)
    }

    /// Position of the cursor among them.
    #[must_use]
    pub fn index(&self, rules: &[&Rule]) -> Option<usize> {
        if rules.is_empty() {
            return None;
        }
        // Rules that were read without ids are told apart by their place only.
        let cursor = self.cursor.as_ref().filter(|cursor| !cursor.as_str().is_empty());
        let found = cursor.and_then(|cursor| rules.iter().position(|rule| rule.id == *cursor));
        Some(found.unwrap_or_else(|| self.position.min(rules.len() - 1)))
    }
}

impl App {
    /// Shows the rules of a group.
    pub(super) fn open_rules(&mut self, group: GroupId) {
        self.modals.push(Modal::Rules(RulesModal { group, direction: Direction::Inbound, cursor: None, position: 0 }));
        if self.catalog.prefix_lists.is_missing() {
            self.catalog.ask_prefix_lists(&mut self.outbox);
        }
    }

    /// The group whose rules are shown, and the rule under the cursor.
    #[must_use]
    pub fn shown_rule(&self) -> Option<(&SecurityGroup, Option<&Rule>)> {
        let Some(Modal::Rules(modal)) = self.modals.last() else { return None };
        let group = self.inventory.groups.get(modal.group.as_str())?;
        let rules = modal.rules(group);
        Some((group, modal.index(&rules).and_then(|index| rules.get(index).copied())))
    }

    pub(super) fn act_on_rules(&mut self, action: Action) {
        let Some(Modal::Rules(modal)) = self.modals.last() else { return };
        let direction = modal.direction;
        match action {
            Action::Down => self.move_among_rules(1),
            Action::Up => self.move_among_rules(-1),
            Action::PageDown => self.move_among_rules(10),
            Action::PageUp => self.move_among_rules(-10),
            Action::First => self.move_among_rules(isize::MIN),
            Action::Last => self.move_among_rules(isize::MAX),
            Action::Leave => {
                self.modals.pop();
            }
            Action::OtherDirection => {
                if let Some(Modal::Rules(modal)) = self.modals.last_mut() {
                    modal.direction = match modal.direction {
                        Direction::Inbound => Direction::Outbound,
                        Direction::Outbound => Direction::Inbound,
                    };
                    modal.cursor = None;
                    modal.position = 0;
                }
            }
            _ => {
                if let Err(why) = self.availability(action) {
                    self.notify(why, Tone::Warning);
                    return;
                }
                let Some((group, rule)) = self.shown_rule() else { return };
                let (group, rule) = (group.clone(), rule.cloned());
                match (action, rule) {
                    (Action::NewRule, _) => {
                        self.open_dialog(RuleDialog::new_rule(&group, direction, &self.inventory, &self.catalog));
                    }
                    (Action::EditRule, Some(rule)) => {
                        self.open_dialog(RuleDialog::edit(&group, direction, &rule, &self.inventory, &self.catalog));
                    }
                    (Action::DeleteRule, Some(rule)) => self.ask_to_delete_rule(&group, direction, &rule),
                    (Action::AllowMyIp, _) => self.allow_my_ip_in(&group.id),
                    (Action::CloseToMe, _) => self.close_to_me(&group.id),
                    (Action::Undo, _) => self.undo_last(),
                    _ => {}
                }
            }
        }
    }

    fn move_among_rules(&mut self, step: isize) {
        let Some(Modal::Rules(modal)) = self.modals.last() else { return };
        let Some(group) = self.inventory.groups.get(modal.group.as_str()) else { return };
        let rules = modal.rules(group);
        let Some(index) = modal.index(&rules) else { return };
        let index = index.saturating_add_signed(step).min(rules.len().saturating_sub(1));
        let cursor = rules.get(index).map(|rule| rule.id.clone());
        if let Some(Modal::Rules(modal)) = self.modals.last_mut() {
            modal.position = index;
            modal.cursor = cursor;
        }
    }

    fn ask_to_delete_rule(&mut self, group: &SecurityGroup, direction: Direction, rule: &Rule) {
        // For the next question, should the person have moved; this one says what is known.
        self.catalog.ask_my_ip(&mut self.outbox);
        let users = self.inventory.instances_in_group(group.id.as_str()).count();
        let mut lines = vec![
            text!("delete-rule-which", rule = rule_words(rule, &self.inventory, &self.catalog), id = &rule.id),
            text!("delete-rule-group", name = group.name.as_str(), id = &group.id, n = users),
        ];
        let me = self.catalog.my_ip.value;
        let keeps_me_out = direction == Direction::Inbound
            && me.is_some_and(|me| {
                [22, 3389].into_iter().any(|port| {
                    rule.admits(me, port)
                        && !group.inbound.iter().any(|other| other.id != rule.id && other.admits(me, port))
                })
            });
        if keeps_me_out {
            lines.push(text!("delete-rule-keeps-me-out"));
        }
        let change = Change::new(
            text!("task-delete-rule"),
            vec![Write::RevokeRules { group: group.id.clone(), direction, rules: vec![rule.id.clone()] }],
            text!(
                "done-delete-rule",
                rule = rule_words(rule, &self.inventory, &self.catalog),
                group = group.name.as_str()
            ),
            Reread::Groups,
        )
        .undone_by(
            text!("undo-delete-rule"),
            vec![Write::AuthorizeRules { group: group.id.clone(), direction, rules: vec![rule.as_new()] }],
        );
        self.ask(Confirm {
            title: text!("delete-rule-title"),
            lines,
            typed: None,
            yes: false,
            danger: false,
            then: Then::Begin(Box::new(change.into())),
        });
    }
}

/// A rule in a sentence: `SSH 22, 198.51.100.7/32`.
#[must_use]
pub fn rule_words(rule: &Rule, inventory: &Inventory, catalog: &Catalog) -> Text {
    words_of(rule.traffic, &rule.peer, inventory, catalog)
}

/// The same of its parts.
#[must_use]
pub fn words_of(traffic: Traffic, peer: &Peer, inventory: &Inventory, catalog: &Catalog) -> Text {
    let (kind, ports) = (traffic.type_text(), traffic.ports_text());
    let peer = peer_words(peer, inventory, catalog);
    match traffic {
        Traffic::All => text!("rule-words-all", kind = kind, peer = peer),
        _ => text!("rule-words", kind = kind, ports = ports, peer = peer),
    }
}

/// The other end of a rule; a group or a prefix list by its name.
#[must_use]
pub fn peer_words(peer: &Peer, inventory: &Inventory, catalog: &Catalog) -> Text {
    match peer {
        Peer::V4(net) if net.prefix_len() == 0 => text!("rule-anywhere"),
        Peer::V6(net) if net.prefix_len() == 0 => text!("rule-anywhere-v6"),
        Peer::Group(id) => match inventory.groups.get(id.as_str()) {
            Some(group) => text!("rule-group", name = group.name.as_str()),
            None => text!("words", words = id),
        },
        Peer::PrefixList(id) => match catalog.prefix_list(id) {
            Some(list) => text!("rule-list", name = list.name.as_str()),
            None => text!("words", words = id),
        },
        Peer::V4(_) | Peer::V6(_) => text!("words", words = peer.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_without_ids_are_told_apart_by_their_place() {
        let rule = |port| Rule {
            id: RuleId::new(""),
            traffic: Traffic::Tcp(port, port),
            peer: Peer::anywhere_v4(),
            description: None,
            tags: vec![],
        };
        let (first, second, third) = (rule(80), rule(443), rule(8080));
        let modal = RulesModal {
            group: GroupId::new("sg-1"),
            direction: Direction::Inbound,
            cursor: Some(RuleId::new("")),
            position: 2,
        };
        assert_eq!(modal.index(&[&first, &second, &third]), Some(2));
    }
}
