//! One rule of a security group: the console's list of types, ports, the other end, a description.

mod parts;

use super::{Asked, Dialog};
use crate::app::catalog::Catalog;
use crate::app::form::{Choice, Field, Form};
use crate::app::inventory::Inventory;
use crate::app::launch::group::rules::{parse_block, parse_ports};
use crate::app::launch::group::words_of;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::rules::words_of as words_of_rule;
use crate::app::tasks::Job;
use crate::app::tasks::add_rule::AddRule;
use crate::app::tasks::change::{Change, Reread};
use crate::app::world::World;
use crate::domain::id::{GroupId, PrefixListId};
use crate::domain::security_group::{Direction, NewRule, Peer, Rule, SecurityGroup, Traffic, check_description};
use crate::message::Write;
use crate::text;
use crate::text::Text;

const TYPE: &str = "type";
const PORTS: &str = "ports";
const ICMP_TYPE: &str = "icmp-type";
const ICMP_CODE: &str = "icmp-code";
const PROTOCOL: &str = "protocol";
const PEER: &str = "peer";
const BLOCK: &str = "block";
const GROUP: &str = "group";
const LIST: &str = "list";
const DESCRIPTION: &str = "description";

/// A rule that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleDialog {
    group: GroupId,
    direction: Direction,
    /// The rule that is changed; `None`: a new one.
    old: Option<Rule>,
    /// Whether the source was "my IP" at the last look, so that turning to it is noticed.
    was_me: bool,
}

impl RuleDialog {
    /// The dialog for a new rule.
    #[must_use]
    pub fn new_rule(group: &SecurityGroup, direction: Direction, inventory: &Inventory, catalog: &Catalog) -> Dialog {
        let title = match direction {
            Direction::Inbound => text!("rule-title-new-inbound", name = group.name.as_str()),
            Direction::Outbound => text!("rule-title-new-outbound", name = group.name.as_str()),
        };
        let mut dialog = Self::dialog(title, group, direction, None, inventory, catalog);
        // What is most often added, and the safest way to add it.
        set(&mut dialog.form, TYPE, "tcp");
        set(&mut dialog.form, PEER, if direction == Direction::Inbound { "me" } else { "v4" });
        dialog
    }

    /// The dialog for a rule that is there.
    #[must_use]
    pub fn edit(
        group: &SecurityGroup,
        direction: Direction,
        rule: &Rule,
        inventory: &Inventory,
        catalog: &Catalog,
    ) -> Dialog {
        let title = text!("rule-title-edit", name = group.name.as_str(), id = &rule.id);
        let mut dialog = Self::dialog(title, group, direction, Some(rule.clone()), inventory, catalog);
        let form = &mut dialog.form;
        set(form, TYPE, &parts::type_of(rule.traffic));
        match rule.traffic {
            Traffic::Tcp(from, to) | Traffic::Udp(from, to) => {
                set(form, PORTS, &if from == to { from.to_string() } else { format!("{from}-{to}") });
            }
            Traffic::Icmp(kind, code) | Traffic::Icmpv6(kind, code) => {
                let number = |number: i32| if number < 0 { String::new() } else { number.to_string() };
                set(form, ICMP_TYPE, &number(kind));
                set(form, ICMP_CODE, &number(code));
            }
            Traffic::Protocol(number) => set(form, PROTOCOL, &number.to_string()),
            Traffic::All => {}
        }
        match &rule.peer {
            Peer::V4(net) if net.prefix_len() == 0 => set(form, PEER, "v4"),
            Peer::V6(net) if net.prefix_len() == 0 => set(form, PEER, "v6"),
            Peer::V4(_) | Peer::V6(_) => {
                set(form, PEER, "cidr");
                set(form, BLOCK, &rule.peer.to_string());
            }
            Peer::Group(id) => {
                set(form, PEER, "group");
                set(form, GROUP, id.as_str());
            }
            Peer::PrefixList(id) => {
                set(form, PEER, "list");
                set(form, LIST, id.as_str());
            }
        }
        set(form, DESCRIPTION, rule.description.as_deref().unwrap_or_default());
        dialog
    }

    fn dialog(
        title: Text,
        group: &SecurityGroup,
        direction: Direction,
        old: Option<Rule>,
        inventory: &Inventory,
        catalog: &Catalog,
    ) -> Dialog {
        let peer_label = match direction {
            Direction::Inbound => "rule-field-source",
            Direction::Outbound => "rule-field-destination",
        };
        let kept = old.as_ref().map(|rule| &rule.peer);
        let fields = vec![
            Field::choice(TYPE, "rule-field-type", parts::types()).with_hint(text!("rule-hint-type")),
            Field::text(PORTS, "rule-field-ports", "", 11).with_hint(text!("rule-hint-ports")),
            Field::number(ICMP_TYPE, "rule-field-icmp-type", None)
                .with_placeholder(text!("rule-all-ports"))
                .with_hint(text!("rule-hint-icmp")),
            Field::number(ICMP_CODE, "rule-field-icmp-code", None).with_placeholder(text!("rule-all-ports")),
            Field::number(PROTOCOL, "rule-field-protocol", None).with_hint(text!("rule-hint-protocol")),
            Field::choice(PEER, peer_label, parts::peers()),
            Field::text(BLOCK, "rule-field-block", "", 49).with_hint(text!("rule-hint-block")),
            Field::choice(GROUP, "rule-field-group", parts::groups(group, kept, inventory)),
            Field::choice(LIST, "rule-field-list", parts::lists(kept, catalog)),
            Field::text(DESCRIPTION, "rule-field-description", "", 255).with_hint(text!("rule-hint-description")),
        ];
        Dialog::new(title, fields, Self { group: group.id.clone(), direction, old, was_me: false })
    }

    /// What is let through, as far as it is written.
    fn traffic(form: &Form) -> Result<Traffic, &'static str> {
        let number = |id| match form.value(id).trim() {
            "" => Some(-1),
            text => text.parse::<u8>().ok().map(i32::from),
        };
        let ports = || parse_ports(form.value(PORTS)).ok_or(PORTS);
        Ok(match form.value(TYPE) {
            "tcp" => ports().map(|(from, to)| Traffic::Tcp(from, to))?,
            "udp" => ports().map(|(from, to)| Traffic::Udp(from, to))?,
            kind @ ("icmp" | "icmpv6") => {
                let (of, code) = (number(ICMP_TYPE).ok_or(ICMP_TYPE)?, number(ICMP_CODE).ok_or(ICMP_CODE)?);
                // EC2: the code must be "all" when the type is.
                if of == -1 && code != -1 {
                    return Err(ICMP_CODE);
                }
                if kind == "icmp" { Traffic::Icmp(of, code) } else { Traffic::Icmpv6(of, code) }
            }
            "protocol" => form.value(PROTOCOL).trim().parse().map(parts::of_protocol).map_err(|_| PROTOCOL)?,
            named => parts::named(named).ok_or(TYPE)?,
        })
    }

    /// The other end, as far as it is written.
    fn peer(form: &Form, catalog: &Catalog) -> Result<Peer, &'static str> {
        match form.value(PEER) {
            "me" => my_address(catalog).map(Peer::host).ok_or(PEER),
            "v4" => Ok(Peer::anywhere_v4()),
            "v6" => Ok(Peer::anywhere_v6()),
            "group" if !form.value(GROUP).is_empty() => Ok(Peer::Group(GroupId::new(form.value(GROUP)))),
            "list" if !form.value(LIST).is_empty() => Ok(Peer::PrefixList(PrefixListId::new(form.value(LIST)))),
            "group" => Err(GROUP),
            "list" => Err(LIST),
            _ => parse_block(form.value(BLOCK)).map(|(peer, _)| peer).ok_or(BLOCK),
        }
    }

    fn opens_to_world(&self, traffic: Traffic, peer: &Peer) -> bool {
        self.direction == Direction::Inbound && Rule::opens(traffic, peer)
    }

    /// The rule, with what is wrong said in the form.
    fn rule(&self, form: &mut Form, world: &World<'_>) -> Option<NewRule> {
        let traffic = Self::traffic(form).map_err(|field| form.set_error(field, parts::wrong(field))).ok();
        let peer = Self::peer(form, world.catalog);
        if let Err(field) = peer {
            let error = match field {
                PEER if world.catalog.my_ip.loading => text!("group-my-ip-wait"),
                PEER => text!("rule-wrong-my-ip"),
                other => parts::wrong(other),
            };
            form.set_error(field, error);
        }
        let mut description = form.value(DESCRIPTION).trim().to_owned();
        if let Err(problem) = check_description(&description) {
            form.set_error(DESCRIPTION, words_of(problem));
        }
        if description.is_empty() && form.value(PEER) == "me" {
            // So that `i` finds it again and moves it along.
            description = world.environment.who.description(world.now);
        }
        let (traffic, peer) = (traffic?, peer.ok()?);
        let group = world.inventory.groups.get(self.group.as_str());
        let there = group.is_some_and(|group| {
            group.rules(self.direction).iter().any(|other| {
                other.traffic == traffic && other.peer == peer && self.old.as_ref().is_none_or(|old| old.id != other.id)
            })
        });
        if there {
            form.set_error(PEER, text!("rule-exists"));
        }
        (!form.has_errors()).then_some(NewRule { traffic, peer, description })
    }
}

impl Asked for RuleDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let is_me = form.value(PEER) == "me";
        if is_me && !self.was_me {
            // People move: what was true when the program began may not be by now.
            world.catalog.ask_my_ip(world.outbox);
        }
        self.was_me = is_me;
        if let Some(field) = form.field_mut(LIST) {
            field.set_options(parts::lists(self.old.as_ref().map(|rule| &rule.peer), world.catalog));
        }
        let (kind, peer) = (form.value(TYPE).to_owned(), form.value(PEER).to_owned());
        for (field, shown) in [
            (PORTS, matches!(kind.as_str(), "tcp" | "udp")),
            (ICMP_TYPE, matches!(kind.as_str(), "icmp" | "icmpv6")),
            (ICMP_CODE, matches!(kind.as_str(), "icmp" | "icmpv6")),
            (PROTOCOL, kind == "protocol"),
            (BLOCK, peer == "cidr"),
            (GROUP, peer == "group"),
            (LIST, peer == "list"),
        ] {
            if let Some(field) = form.field_mut(field) {
                field.hidden = !shown;
            }
        }
        let note = match peer.as_str() {
            "me" => Some(match my_address(world.catalog) {
                Some(me) => text!("words", words = Peer::host(me).to_string()),
                None if world.catalog.my_ip.loading => text!("group-source-asking"),
                None => text!("rule-wrong-my-ip"),
            }),
            _ => None,
        };
        if let Some(field) = form.field_mut(PEER) {
            field.note = note;
        }
        let kept = match parse_block(form.value(BLOCK)) {
            Some((kept, true)) if peer == "cidr" => {
                Some(text!("group-block-rewritten", typed = form.value(BLOCK).trim(), kept = kept.to_string()))
            }
            _ => None,
        };
        if let Some(field) = form.field_mut(BLOCK) {
            field.note = kept;
        }
        // What the description will be, unless something is written.
        let own = (peer == "me").then(|| world.environment.who.description(world.now));
        if let Some(field) = form.field_mut(DESCRIPTION) {
            field.placeholder = own.map(|own| text!("words", words = own));
        }
        let mut notes = Vec::new();
        if let (Ok(traffic), Ok(peer)) = (Self::traffic(form), Self::peer(form, world.catalog))
            && self.opens_to_world(traffic, &peer)
        {
            notes.push((text!("group-world-why"), Tone::Bad));
        }
        let users = world.inventory.instances_in_group(self.group.as_str()).count();
        notes.push((text!("rule-users", n = users), Tone::Plain));
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let rule = self.rule(form, world)?;
        let words = words_of_rule(rule.traffic, &rule.peer, world.inventory, world.catalog);
        let name = world.inventory.groups.get(self.group.as_str()).map_or("", |group| group.name.as_str()).to_owned();
        let question = self.opens_to_world(rule.traffic, &rule.peer).then(|| Confirm {
            title: text!("group-world-title"),
            lines: vec![words.clone(), text!("group-world-why")],
            typed: None,
            yes: false,
            danger: true,
            then: Then::Quit,
        });
        let Some(old) = &self.old else {
            let add = AddRule::new(self.group.clone(), name, self.direction, rule, words);
            return Some(add.asking(question).into());
        };
        if !old.peer.is_of_same_kind(&rule.peer) {
            // EC2 keeps a rule to its kind of other end: the new one is added before the old one goes.
            let replace = AddRule::new(self.group.clone(), name, self.direction, rule, words).instead_of(old.clone());
            return Some(replace.asking(question).into());
        }
        let change =
            |rule: NewRule| Write::ModifyRules { group: self.group.clone(), changes: vec![(old.id.clone(), rule)] };
        let said = text!("done-edit-rule", rule = words, group = name);
        let job = Change::new(text!("task-edit-rule"), vec![change(rule)], said, Reread::Groups)
            .undone_by(text!("undo-edit-rule"), vec![change(old.as_new())]);
        Some(match question {
            Some(question) => job.asking(question).into(),
            None => job.into(),
        })
    }
}

/// One's own address, once the service has answered to the last question.
fn my_address(catalog: &Catalog) -> Option<std::net::IpAddr> {
    let settled = !catalog.my_ip.loading && catalog.my_ip.problem.is_none();
    catalog.my_ip.value.filter(|_| settled)
}

fn set(form: &mut Form, id: &str, value: &str) {
    if let Some(field) = form.field_mut(id) {
        field.set_value(value);
    }
}

/// A choice by its value and label.
fn option(value: &str, label: Text) -> Choice {
    Choice { value: value.to_owned(), label }
}

#[cfg(test)]
mod tests;
