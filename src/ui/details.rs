//! What there is to know of the selected row, beside the lists or, on a narrow terminal, in place of them.

mod address;
mod auto_stop;
mod cost;
mod group;
mod instance;
mod key_pair;
mod rules;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::boxed::{self, put, put_lines};
use super::look::{DIM, PLAIN, STRONG};
use super::sheet::Sheet;
use super::view::View;
use super::{layout, words};
use crate::app::panes::PaneKind;
use crate::domain::instance::Instance;
use crate::domain::tag::Tag;
use crate::tr;

/// Draws the details of the selection. Says which line could be the first one at most.
pub fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) -> usize {
    if area.is_empty() {
        return 0;
    }
    let (app, look) = (view.app, view.look);
    let focused = app.panes.focus == PaneKind::Details;
    let subject = app.panes.subject;
    let sheet = view.selected(subject).and_then(|id| sheet_of(view, subject, id));
    let bordered = layout::has_border(area);
    let name_style = if focused { STRONG } else { PLAIN };
    let title = match &sheet {
        Some((title, _)) => vec![Span::styled(title.clone(), name_style)],
        None => vec![Span::styled(format!("5 {}", tr!(look.language, "pane-details")), name_style)],
    };
    let mut room = if bordered { boxed::draw(area, look, focused, title, Vec::new(), buffer) } else { area };
    if room.width > 20 {
        room = Rect { x: room.x + 1, width: room.width - 2, ..room };
    }
    let Some((_, sheet)) = sheet else {
        put(buffer, room.x, room.y, room.right(), &Line::styled(tr!(look.language, "details-nothing"), DIM));
        return 0;
    };
    let lines = sheet.lines(usize::from(room.width));
    let height = usize::from(room.height);
    let most = lines.len().saturating_sub(height);
    let first = usize::from(app.panes.details_scroll).min(most);
    put_lines(buffer, room, &lines[first..]);
    if bordered {
        boxed::draw_scroll(area, look, first, height.min(lines.len()), lines.len(), buffer);
    }
    most
}

fn sheet_of(view: &View<'_>, kind: PaneKind, id: &str) -> Option<(String, Sheet)> {
    let inventory = &view.app.inventory;
    let dot = view.look.sign(" · ", " - ");
    let titled = |name: &str| if name == id { id.to_owned() } else { format!("{name}{dot}{id}") };
    Some(match kind {
        PaneKind::Instances | PaneKind::Details => {
            let instance = inventory.instances.get(id)?;
            (titled(instance.label()), instance::sheet(view, instance))
        }
        PaneKind::SecurityGroups => {
            let group = inventory.groups.get(id)?;
            (titled(&group.name), group::sheet(view, group))
        }
        PaneKind::Addresses => {
            let address = inventory.addresses.get(id)?;
            (titled(&address.ip.to_string()), address::sheet(view, address))
        }
        PaneKind::KeyPairs => {
            let pair = inventory.key_pairs.get(id)?;
            (titled(&pair.name), key_pair::sheet(view, pair))
        }
    })
}

/// One value in one style.
fn value(text: impl Into<String>, style: Style) -> Vec<Span<'static>> {
    vec![Span::styled(text.into(), style)]
}

/// A value with something secondary behind it.
fn with_note(text: impl Into<String>, note: impl Into<String>, style: Style) -> Vec<Span<'static>> {
    vec![Span::raw(text.into()), Span::raw("  "), Span::styled(note.into(), style)]
}

/// A point in time in UTC, as EC2 and its logs tell it.
fn utc(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn add_tags(sheet: &mut Sheet, view: &View<'_>, tags: &[Tag]) {
    if tags.is_empty() {
        return;
    }
    sheet.heading(tr!(view.look.language, "details-tags"));
    let mut tags: Vec<&Tag> = tags.iter().collect();
    tags.sort();
    sheet
        .grid(tags.into_iter().map(|tag| vec![value(tag.key.clone(), DIM), value(tag.value.clone(), PLAIN)]).collect());
}

/// Instances by sign, name and id.
fn add_instances<'a>(
    sheet: &mut Sheet,
    view: &View<'_>,
    heading: String,
    instances: impl Iterator<Item = &'a Instance>,
) {
    const MOST: usize = 40;
    let look = view.look;
    let mut rows: Vec<Vec<Vec<Span<'static>>>> = instances
        .take(MOST)
        .map(|one| {
            let label = vec![
                Span::styled(look.state_sign(one.state), look.state_style(one.state)),
                Span::raw(format!(" {}", one.label())),
            ];
            let id = if one.name.is_some() { one.id.to_string() } else { String::new() };
            vec![label, value(look.language.say(one.state.text_key()), look.state_style(one.state)), value(id, DIM)]
        })
        .collect();
    sheet.heading(heading);
    if rows.is_empty() {
        rows.push(vec![value(tr!(look.language, "details-none"), DIM)]);
    }
    sheet.grid(rows);
}

/// The name and id of a thing that has both.
fn named(name: Option<&str>, id: &str) -> Vec<Span<'static>> {
    match name {
        Some(name) if words::width(name) > 0 => with_note(name, id, DIM),
        _ => value(id, PLAIN),
    }
}
