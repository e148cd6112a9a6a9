//! Details of a security group: what it lets in and out, and who carries it.

use ratatui::text::Span;

use super::{add_instances, add_tags, rules, value};
use crate::domain::security_group::{Peer, SecurityGroup};
use crate::tr;
use crate::ui::look::{BAD_NEWS, DANGER, DIM, PLAIN};
use crate::ui::sheet::Sheet;
use crate::ui::view::View;

/// The page of one group.
pub(super) fn sheet(view: &View<'_>, group: &SecurityGroup) -> Sheet {
    let language = view.look.language;
    let mut sheet = Sheet::default();
    if let Some(rule) = group.rules_open_to_world().next() {
        let what = rule.traffic.type_text().say(language);
        sheet.text(vec![
            Span::styled(format!("{} ", view.look.bad()), BAD_NEWS),
            Span::styled(tr!(language, "details-group-open", what = what), DANGER),
        ]);
        sheet.gap();
    }
    sheet.pair(tr!(language, "details-id"), value(group.id.as_str(), PLAIN));
    sheet.pair(tr!(language, "details-description"), value(group.description.clone(), PLAIN));
    if let Some(vpc) = &group.vpc {
        sheet.pair("VPC".to_owned(), value(vpc.as_str(), PLAIN));
    }
    for (heading, rules, inbound) in [
        (tr!(language, "details-inbound"), &group.inbound, true),
        (tr!(language, "details-outbound"), &group.outbound, false),
    ] {
        sheet.heading(heading);
        if rules.is_empty() {
            let text = if inbound { tr!(language, "details-nobody") } else { tr!(language, "details-nowhere") };
            sheet.text(value(format!(" {text}"), DIM));
        } else {
            sheet.grid(rules::rows_in_full(view, rules.iter(), inbound));
        }
    }
    let inventory = &view.app.inventory;
    let users = inventory.instances_in_group(group.id.as_str());
    add_instances(&mut sheet, view, tr!(language, "details-used-by"), users);
    let others = inventory.interfaces_in_group(&group.id).filter(|interface| interface.instance.is_none());
    let others: Vec<_> = others
        .map(|interface| {
            let words = if interface.description.is_empty() { &interface.kind } else { &interface.description };
            vec![value(words.as_str(), PLAIN), value(interface.id.as_str(), DIM)]
        })
        .collect();
    if !others.is_empty() {
        sheet.heading(tr!(language, "details-used-by-others"));
        sheet.grid(others);
    }
    let peer = Peer::Group(group.id.clone());
    let named: Vec<_> = inventory
        .groups
        .rows
        .iter()
        .filter(|other| other.id != group.id)
        .filter(|other| other.inbound.iter().chain(&other.outbound).any(|rule| rule.peer == peer))
        .map(|other| vec![value(other.name.as_str(), PLAIN), value(other.id.as_str(), DIM)])
        .collect();
    if !named.is_empty() {
        sheet.heading(tr!(language, "details-used-by-rules"));
        sheet.grid(named);
    }
    add_tags(&mut sheet, view, &group.tags);
    sheet
}
