//! Rules of security groups as people read them: type, port, where from.

use std::net::IpAddr;

use ratatui::text::Span;

use super::value;
use crate::domain::security_group::{Peer, Rule, Traffic};
use crate::text::Language;
use crate::tr;
use crate::ui::look::{DANGER, DIM, GOOD, PLAIN};
use crate::ui::sheet::Spans;
use crate::ui::view::View;

/// One row for each rule: type, ports, peer, and what is worth knowing of it.
pub(super) fn rows<'a>(view: &View<'_>, rules: impl Iterator<Item = &'a Rule>, inbound: bool) -> Vec<Vec<Spans>> {
    let my_ip = view.app.catalog.my_ip.value;
    let mut rules: Vec<&Rule> = rules.collect();
    rules.sort_by_key(|rule| (order(rule.traffic), rule.peer.to_string()));
    rules
        .into_iter()
        .map(|rule| {
            let danger = inbound && rule.opens_admin_port_to_world();
            let style = if danger { DANGER } else { PLAIN };
            vec![
                value(type_name(rule.traffic, view.look.language), style),
                value(ports(rule.traffic, view.look.language), style),
                value(peer(view, &rule.peer), style),
                note(view, rule, danger, my_ip.filter(|_| inbound)),
            ]
        })
        .collect()
}

/// The ports that people look for first come first.
fn order(traffic: Traffic) -> (u8, i32) {
    match traffic {
        Traffic::Tcp(from, _) => (0, i32::from(from)),
        Traffic::Udp(from, _) => (1, i32::from(from)),
        Traffic::All => (2, 0),
        Traffic::Icmp(kind, _) | Traffic::Icmpv6(kind, _) => (3, kind),
        Traffic::Protocol(number) => (4, i32::from(number)),
    }
}

/// The console's name of a rule's type.
pub(super) fn type_name(traffic: Traffic, language: Language) -> String {
    match (traffic.well_known(), traffic) {
        (Some(name), _) => name.to_owned(),
        (None, Traffic::Tcp(..)) => "TCP".to_owned(),
        (None, Traffic::Udp(..)) => "UDP".to_owned(),
        (None, Traffic::Icmp(..)) => "ICMP".to_owned(),
        (None, Traffic::Icmpv6(..)) => "ICMPv6".to_owned(),
        (None, Traffic::All) => tr!(language, "rule-all-traffic"),
        (None, Traffic::Protocol(number)) => tr!(language, "rule-protocol", n = number),
    }
}

/// The ports; "all" where EC2 ignores what the rule says.
pub(super) fn ports(traffic: Traffic, language: Language) -> String {
    match traffic {
        Traffic::Tcp(0, u16::MAX) | Traffic::Udp(0, u16::MAX) => tr!(language, "rule-all-ports"),
        Traffic::Tcp(from, to) | Traffic::Udp(from, to) if from == to => from.to_string(),
        Traffic::Tcp(from, to) | Traffic::Udp(from, to) => format!("{from}-{to}"),
        Traffic::Icmp(kind, _) | Traffic::Icmpv6(kind, _) if kind >= 0 => tr!(language, "rule-icmp-type", n = kind),
        Traffic::All | Traffic::Protocol(_) | Traffic::Icmp(..) | Traffic::Icmpv6(..) => {
            tr!(language, "rule-all-ports")
        }
    }
}

fn peer(view: &View<'_>, peer: &Peer) -> String {
    let language = view.look.language;
    match peer {
        Peer::V4(net) if net.prefix_len() == 0 => tr!(language, "rule-anywhere"),
        Peer::V6(net) if net.prefix_len() == 0 => tr!(language, "rule-anywhere-v6"),
        Peer::Group(id) => match view.app.inventory.groups.get(id.as_str()) {
            Some(group) => tr!(language, "rule-group", name = group.name.as_str()),
            None => id.to_string(),
        },
        Peer::V4(_) | Peer::V6(_) | Peer::PrefixList(_) => peer.to_string(),
    }
}

fn note(view: &View<'_>, rule: &Rule, danger: bool, my_ip: Option<IpAddr>) -> Spans {
    let language = view.look.language;
    let mut spans: Spans = Vec::new();
    if danger {
        spans.push(Span::styled(tr!(language, "rule-open-to-world"), DANGER));
    } else if my_ip.is_some_and(|ip| rule.peer.contains(ip)) && !rule.peer.is_world() {
        spans.push(Span::styled(tr!(language, "rule-my-ip"), GOOD));
    }
    if let Some(description) = rule.description.as_deref().filter(|text| !text.is_empty()) {
        if !spans.is_empty() {
            spans.push(Span::raw("  "));
        }
        spans.push(Span::styled(description.to_owned(), DIM));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_say_all_where_ec2_ignores_them() {
        for (traffic, name, shown) in [
            (Traffic::Tcp(22, 22), "SSH", "22"),
            (Traffic::Tcp(8000, 8100), "TCP", "8000-8100"),
            (Traffic::Tcp(0, 65535), "TCP", "all"),
            (Traffic::All, "all traffic", "all"),
            (Traffic::Protocol(50), "protocol 50", "all"),
            (Traffic::Icmp(-1, -1), "ICMP", "all"),
            (Traffic::Icmp(8, 0), "ICMP", "type 8"),
        ] {
            assert_eq!(type_name(traffic, Language::English), name);
            assert_eq!(ports(traffic, Language::English), shown);
        }
    }
}
