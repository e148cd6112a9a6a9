//! What the choices of a rule's form offer, and what stands for a rule in them.

use super::{BLOCK, GROUP, ICMP_CODE, ICMP_TYPE, LIST, PORTS, PROTOCOL, option};
use crate::app::catalog::Catalog;
use crate::app::form::Choice;
use crate::app::inventory::Inventory;
use crate::domain::security_group::{Peer, SecurityGroup, Traffic};
use crate::text;
use crate::text::Text;

/// Types without a port of their own.
const WHOLE: &[(&str, Traffic)] = &[
    ("all-tcp", Traffic::Tcp(0, u16::MAX)),
    ("all-udp", Traffic::Udp(0, u16::MAX)),
    ("all-icmp", Traffic::Icmp(-1, -1)),
    ("all-icmpv6", Traffic::Icmpv6(-1, -1)),
    ("all", Traffic::All),
];

/// The console's list of types: what people look for first, then the custom ones, then the rest.
pub(super) fn types() -> Vec<Choice> {
    let mut types = Vec::new();
    let named = |(traffic, name): (Traffic, &'static str)| {
        option(name, text!("rule-type-named", name = name, ports = traffic.ports_text()))
    };
    let mut well_known = Traffic::all_well_known();
    types.extend(well_known.by_ref().take(4).map(named));
    types.extend([
        option("tcp", text!("rule-type-tcp")),
        option("udp", text!("rule-type-udp")),
        option("icmp", text!("rule-type-icmp")),
        option("icmpv6", text!("rule-type-icmpv6")),
        option("protocol", text!("rule-type-protocol")),
        option("all", text!("rule-type-all")),
        option("all-tcp", text!("rule-type-all-tcp")),
        option("all-udp", text!("rule-type-all-udp")),
        option("all-icmp", text!("rule-type-all-icmp")),
        option("all-icmpv6", text!("rule-type-all-icmpv6")),
    ]);
    types.extend(well_known.map(named));
    types
}

/// What a type that needs nothing more lets through.
pub(super) fn named(value: &str) -> Option<Traffic> {
    let whole = WHOLE.iter().find(|(name, _)| *name == value).map(|(_, traffic)| *traffic);
    whole.or_else(|| Traffic::all_well_known().find(|(_, name)| *name == value).map(|(traffic, _)| traffic))
}

/// The type that stands for what a rule lets through.
pub(super) fn type_of(traffic: Traffic) -> String {
    if let Some(name) = traffic.well_known() {
        return name.to_owned();
    }
    if let Some((name, _)) = WHOLE.iter().find(|(_, whole)| *whole == traffic) {
        return (*name).to_owned();
    }
    match traffic {
        Traffic::Tcp(..) => "tcp",
        Traffic::Udp(..) => "udp",
        Traffic::Icmp(..) => "icmp",
        Traffic::Icmpv6(..) => "icmpv6",
        Traffic::Protocol(_) => "protocol",
        Traffic::All => "all",
    }
    .to_owned()
}

/// A protocol by its number; EC2 keeps the four that have words under these.
pub(super) fn of_protocol(number: u8) -> Traffic {
    match number {
        1 => Traffic::Icmp(-1, -1),
        6 => Traffic::Tcp(0, u16::MAX),
        17 => Traffic::Udp(0, u16::MAX),
        58 => Traffic::Icmpv6(-1, -1),
        other => Traffic::Protocol(other),
    }
}

/// The other ends.
pub(super) fn peers() -> Vec<Choice> {
    vec![
        option("me", text!("rule-peer-me")),
        option("v4", text!("rule-peer-v4")),
        option("v6", text!("rule-peer-v6")),
        option("cidr", text!("rule-peer-cidr")),
        option("group", text!("rule-peer-group")),
        option("list", text!("rule-peer-list")),
    ]
}

/// The groups of the same VPC, the one of the rule among them even when it is of another VPC or account.
pub(super) fn groups(of: &SecurityGroup, kept: Option<&Peer>, inventory: &Inventory) -> Vec<Choice> {
    let mut groups: Vec<&SecurityGroup> = inventory.groups.rows.iter().filter(|group| group.vpc == of.vpc).collect();
    groups.sort_by_key(|group| (group.id != of.id, group.name.to_lowercase()));
    let mut options: Vec<Choice> = groups
        .into_iter()
        .map(|group| option(group.id.as_str(), text!("rule-group-option", name = group.name.as_str(), id = &group.id)))
        .collect();
    if let Some(Peer::Group(id)) = kept
        && !options.iter().any(|option| option.value == id.as_str())
    {
        options.push(option(id.as_str(), text!("words", words = id)));
    }
    options
}

/// The prefix lists of the region, the one of the rule among them.
pub(super) fn lists(kept: Option<&Peer>, catalog: &Catalog) -> Vec<Choice> {
    let known = catalog.prefix_lists.value.iter().flatten();
    let mut options: Vec<Choice> = known
        .map(|list| {
            let (name, id) = (list.name.as_str(), &list.id);
            let label = match list.most_entries {
                // AWS does not say it of its own lists.
                0 => text!("rule-group-option", name = name, id = id),
                most => text!("rule-list-option", name = name, id = id, n = most),
            };
            option(id.as_str(), label)
        })
        .collect();
    if let Some(Peer::PrefixList(id)) = kept
        && !options.iter().any(|option| option.value == id.as_str())
    {
        options.push(option(id.as_str(), text!("words", words = id)));
    }
    options
}

/// What is wrong with a field.
pub(super) fn wrong(field: &str) -> Text {
    match field {
        PORTS => text!("group-port-wrong"),
        ICMP_TYPE => text!("rule-wrong-icmp-type"),
        ICMP_CODE => text!("rule-wrong-icmp-code"),
        PROTOCOL => text!("rule-wrong-protocol"),
        GROUP => text!("rule-wrong-group"),
        LIST => text!("rule-wrong-list"),
        BLOCK => text!("group-block-wrong"),
        _ => text!("rule-wrong-type"),
    }
}
