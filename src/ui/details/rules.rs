//! Rules of security groups as people read them: type, port, where from.

use std::net::IpAddr;

use ratatui::text::Span;

use super::value;
use crate::app::rules::peer_words;
use crate::domain::security_group::{Rule, in_order};
use crate::tr;
use crate::ui::look::{DANGER, DIM, GOOD, PLAIN};
use crate::ui::sheet::Spans;
use crate::ui::view::View;

/// One row for each rule: type, ports, peer, and what is worth knowing of it.
pub(super) fn rows<'a>(view: &View<'_>, rules: impl Iterator<Item = &'a Rule>, inbound: bool) -> Vec<Vec<Spans>> {
    let my_ip = view.app.catalog.my_ip.value;
    in_order(rules)
        .into_iter()
        .map(|rule| {
            let danger = inbound && rule.opens_admin_port_to_world();
            let style = if danger { DANGER } else { PLAIN };
            vec![
                value(rule.traffic.type_text().say(view.look.language), style),
                value(rule.traffic.ports_text().say(view.look.language), style),
                value(peer_words(&rule.peer, &view.app.inventory, &view.app.catalog).say(view.look.language), style),
                note(view, rule, danger, my_ip.filter(|_| inbound)),
            ]
        })
        .collect()
}

/// The same with all that a rule has: its protocol, id and tags, too.
pub(super) fn rows_in_full<'a>(
    view: &View<'_>,
    rules: impl Iterator<Item = &'a Rule>,
    inbound: bool,
) -> Vec<Vec<Spans>> {
    let rules: Vec<&Rule> = rules.collect();
    let short = rows(view, rules.iter().copied(), inbound);
    in_order(rules)
        .into_iter()
        .zip(short)
        .map(|(rule, mut cells)| {
            cells.insert(1, value(rule.traffic.protocol(), DIM));
            if let Some(note) = cells.last_mut() {
                for tag in &rule.tags {
                    note.push(Span::styled(format!("  {}={}", tag.key, tag.value), DIM));
                }
                note.push(Span::styled(format!("  {}", rule.id), DIM));
            }
            cells
        })
        .collect()
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
