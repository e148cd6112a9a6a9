//! The rules of a group: one direction at a time, with the rule under the cursor in full below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{below, most_cells, open};
use crate::app::App;
use crate::app::rules::{RulesModal, peer_words};
use crate::domain::security_group::{Direction, Rule, SecurityGroup};
use crate::tr;
use crate::ui::boxed::{self, put, put_lines};
use crate::ui::look::{ACCENT, DANGER, DIM, GOOD, Look, PLAIN, STRONG};
use crate::ui::{layout, words};

/// Cells before a row: the bar and a space.
const LEAD: usize = 2;
/// Cells between two columns.
const GAP: usize = 2;
/// Lines below the list: a gap, and the rule under the cursor.
const BELOW: usize = 4;

/// Draws the rules.
pub(super) fn draw(app: &App, modal: &RulesModal, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let language = look.language;
    let Some(group) = app.inventory.groups.get(modal.group.as_str()) else {
        let width = 40.min(most_cells(area));
        let (room, _) = open(area, look, Some(modal.group.to_string()), (width, 1), frame);
        let gone = tr!(language, "group-is-gone", name = &modal.group);
        put(frame.buffer_mut(), room.x, room.y, room.right(), &Line::styled(gone, DIM));
        return;
    };
    let rules = modal.rules(group);
    let width = 96.min(most_cells(area));
    // Both directions in the same box, so that nothing jumps when one is changed for the other.
    let longest = group.inbound.len().max(group.outbound.len()).max(1);
    let height = (longest + 3 + BELOW).min(usize::from(area.height).saturating_sub(4)).max(4);
    let title = tr!(language, "rules-title", name = group.name.as_str(), id = &group.id);
    let (room, place) = open(area, look, Some(title), (width, height), frame);
    if room.is_empty() {
        return;
    }
    let buffer = frame.buffer_mut();
    put(buffer, room.x, room.y, room.right(), &tabs(group, modal.direction, look));
    let mut list = below(room, 1);
    let cursor = modal.index(&rules);
    if room.height > 7 {
        let with_details = usize::from(room.height).saturating_sub(1 + BELOW);
        list.height = layout::cells(with_details);
        let under = below(room, 1 + with_details);
        let rule = cursor.and_then(|index| rules.get(index));
        put_lines(buffer, below(under, 1), &details(app, rule.copied(), look, usize::from(room.width)));
    }
    if rules.is_empty() {
        let text = match modal.direction {
            Direction::Inbound => tr!(language, "details-nobody"),
            Direction::Outbound => tr!(language, "details-nowhere"),
        };
        put(buffer, list.x, list.y, list.right(), &Line::styled(format!("  {text}"), DIM));
        return;
    }
    let rows: Vec<[String; 3]> = rules.iter().map(|rule| cells(app, rule, look)).collect();
    let heads = ["group-column-type", "group-column-port", peer_head(modal.direction)].map(|key| language.say(key));
    let wide = |column: usize| rows.iter().chain([&heads]).map(|row| words::width(&row[column])).max().unwrap_or(0);
    let widths = [wide(0).min(24), wide(1).min(13), wide(2).min(44)];
    let mut y = list.y;
    if list.height > 2 {
        put(buffer, list.x, y, list.right(), &row(&heads, widths, None, look, DIM, None));
        y += 1;
    }
    let height = usize::from(list.bottom().saturating_sub(y));
    let first = layout::first_shown(cursor.unwrap_or(0), rules.len(), height);
    for ((index, rule), y) in rules.iter().enumerate().skip(first).take(height).zip(y..list.bottom()) {
        let danger = modal.direction == Direction::Inbound && rule.opens_admin_port_to_world();
        let here = Some(index) == cursor;
        let style = if danger { DANGER } else { PLAIN };
        let style = if here { style.patch(STRONG) } else { style };
        let note = note(app, rule, modal.direction, look);
        put(buffer, list.x, y, list.right(), &row(&rows[index], widths, Some(here), look, style, note));
    }
    boxed::draw_scroll(place, look, first, height.min(rules.len()), rules.len(), buffer);
}

fn peer_head(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "group-column-source",
        Direction::Outbound => "rules-column-destination",
    }
}

fn tabs(group: &SecurityGroup, shown: Direction, look: Look) -> Line<'static> {
    let language = look.language;
    let tab = |direction: Direction, text: String| {
        let style = if direction == shown { ACCENT.patch(STRONG) } else { DIM };
        let bar = if direction == shown { look.pointer() } else { " " };
        [Span::styled(bar, ACCENT), Span::raw(" "), Span::styled(text, style), Span::raw("    ")]
    };
    let mut spans = Vec::new();
    spans.extend(tab(Direction::Inbound, tr!(language, "rules-inbound", n = group.inbound.len())));
    spans.extend(tab(Direction::Outbound, tr!(language, "rules-outbound", n = group.outbound.len())));
    Line::from(spans)
}

fn cells(app: &App, rule: &Rule, look: Look) -> [String; 3] {
    let language = look.language;
    [
        rule.traffic.type_text().say(language),
        rule.traffic.ports_text().say(language),
        peer_words(&rule.peer, &app.inventory, &app.catalog).say(language),
    ]
}

fn note(app: &App, rule: &Rule, direction: Direction, look: Look) -> Option<Span<'static>> {
    if direction == Direction::Outbound {
        return None;
    }
    if rule.opens_admin_port_to_world() {
        return Some(Span::styled(tr!(look.language, "rule-open-to-world"), DANGER));
    }
    let mine = app.catalog.my_ip.value.is_some_and(|me| rule.peer.contains(me)) && !rule.peer.is_world();
    if mine {
        return Some(Span::styled(tr!(look.language, "rule-my-ip"), GOOD));
    }
    let own = app.environment.who.made(rule);
    own.then(|| Span::styled(tr!(look.language, "rule-my-old-ip"), crate::ui::look::WARNING))
}

fn row(
    cells: &[String; 3],
    widths: [usize; 3],
    here: Option<bool>,
    look: Look,
    style: ratatui::style::Style,
    note: Option<Span<'static>>,
) -> Line<'static> {
    let bar = if here == Some(true) { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") };
    let mut spans = vec![bar, words::blank(LEAD - 1)];
    for (cell, wide) in cells.iter().zip(widths) {
        let cut = words::cut_end(cell, wide, look.ellipsis());
        spans.push(Span::styled(words::fill(&cut, wide, false), style));
        spans.push(words::blank(GAP));
    }
    spans.extend(note);
    Line::from(spans)
}

/// The rule under the cursor in full: its id, description and tags.
fn details(app: &App, rule: Option<&Rule>, look: Look, width: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let Some(rule) = rule else { return Vec::new() };
    let id = if rule.has_id() { rule.id.to_string() } else { tr!(language, "why-no-rule-ids") };
    let protocol = tr!(language, "rules-protocol", protocol = rule.traffic.protocol());
    let peer = match &rule.peer {
        crate::domain::security_group::Peer::Group(id) => id.to_string(),
        other => other.to_string(),
    };
    let own = if app.environment.who.made(rule) { tr!(language, "rules-made-here") } else { String::new() };
    let first = [id, protocol, peer, own].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    let mut lines = vec![Line::styled(words::cut_end(&first, width, look.ellipsis()), DIM)];
    if let Some(description) = rule.description.as_deref().filter(|text| !text.is_empty()) {
        lines.push(Line::styled(words::cut_end(description, width, look.ellipsis()), PLAIN));
    }
    if !rule.tags.is_empty() {
        let tags: Vec<String> = rule.tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
        lines.push(Line::styled(words::cut_end(&tags.join("  "), width, look.ellipsis()), DIM));
    }
    lines
}
