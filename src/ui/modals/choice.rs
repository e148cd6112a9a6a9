//! A list to choose from, narrowed by typing. The box keeps its size while the list shrinks.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{below, most_cells, open};
use crate::app::modal::{ChoiceItem, ChoiceModal, Purpose};
use crate::tr;
use crate::ui::boxed::{self, put};
use crate::ui::look::{ACCENT, DIM, Look, PLAIN, STRONG};
use crate::ui::{field, key_name, layout, words};

/// An item as words.
struct Entry {
    label: String,
    note: String,
    key: String,
    disabled: bool,
}

impl Entry {
    fn of(item: &ChoiceItem, look: Look) -> Self {
        let say = |text: &crate::text::Text| text.say(look.language);
        Self {
            label: say(&item.label),
            note: item.disabled.as_ref().or(item.note.as_ref()).map(say).unwrap_or_default(),
            key: item.key.map(|key| key_name::shown(key, look.ascii)).unwrap_or_default(),
            disabled: item.disabled.is_some(),
        }
    }
}

/// Draws the list.
pub(super) fn draw(choice: &ChoiceModal, look: Look, area: Rect, frame: &mut Frame<'_>) {
    // Sized by all items, not by those that the filter leaves, so that nothing jumps while typing.
    let all: Vec<Entry> = choice.items.iter().map(|item| Entry::of(item, look)).collect();
    let widest = |of: fn(&Entry) -> &str| all.iter().map(|entry| words::width(of(entry))).max().unwrap_or(0);
    let widths = (widest(|one| &one.label), widest(|one| &one.note), widest(|one| &one.key));
    let title = choice.title.say(look.language);
    let width =
        (2 + widths.0 + 2 + widths.1 + 2 + widths.2).max(words::width(&title) + 4).clamp(36, 84).min(most_cells(area));
    let height = (all.len() + 2).min(usize::from(area.height).saturating_sub(4)).max(3);
    let (room, place) = open(area, look, Some(title), (width, height), frame);
    if room.is_empty() {
        return;
    }
    draw_filter(choice, look, room, frame);
    let list = below(room, if room.height > 5 { 2 } else { 1 });
    let visible = choice.visible(look.language);
    let buffer = frame.buffer_mut();
    if visible.is_empty() {
        put(buffer, list.x, list.y, list.right(), &Line::styled(tr!(look.language, "choice-nothing"), DIM));
        return;
    }
    let height = usize::from(list.height);
    let first = layout::first_shown(choice.cursor, visible.len(), height);
    for ((index, item), y) in visible.iter().enumerate().skip(first).take(height).zip(list.top()..) {
        let entry = Entry::of(item, look);
        let line = line(&entry, index == choice.cursor, look, widths, usize::from(list.width));
        put(buffer, list.x, y, list.right(), &line);
    }
    if place.height > room.height {
        boxed::draw_scroll(place, look, first, height.min(visible.len()), visible.len(), buffer);
    }
}

fn draw_filter(choice: &ChoiceModal, look: Look, room: Rect, frame: &mut Frame<'_>) {
    let sign = if matches!(choice.purpose, Purpose::Palette) { ":" } else { "/" };
    put(frame.buffer_mut(), room.x, room.y, room.right(), &Line::styled(sign, ACCENT));
    let input = Rect { x: (room.x + 2).min(room.right()), width: room.width.saturating_sub(2), ..room };
    if choice.filter.value().is_empty() {
        let hint = Line::styled(tr!(look.language, "choice-type-to-narrow"), DIM);
        put(frame.buffer_mut(), input.x, input.y, input.right(), &hint);
    }
    field::draw(&choice.filter, input, PLAIN, frame);
}

fn line(
    entry: &Entry,
    cursor: bool,
    look: Look,
    (label_wide, note_wide, key_wide): (usize, usize, usize),
    room: usize,
) -> Line<'static> {
    let label_wide = label_wide.min(room.saturating_sub(2));
    let keys = if key_wide > 0 { key_wide + 2 } else { 0 };
    let note_room = room.saturating_sub(2 + label_wide + 2 + keys);
    let bar = if cursor { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") };
    let style = if entry.disabled { DIM } else { Style::new() };
    let label = words::cut_end(&entry.label, label_wide, look.ellipsis());
    let note = words::cut_end(&entry.note, note_room.min(note_wide.max(1)), look.ellipsis());
    let mut spans = vec![
        bar,
        Span::raw(" "),
        Span::styled(words::fill(&label, label_wide, false), style),
        Span::raw("  "),
        Span::styled(words::fill(&note, note_room, false), DIM),
    ];
    if keys > 0 && room > label_wide + keys + 4 {
        let style = if entry.disabled { DIM } else { ACCENT };
        spans.push(Span::styled(words::fill(&entry.key, keys, true), style));
    }
    let line = Line::from(spans);
    if cursor { line.patch_style(STRONG) } else { line }
}
