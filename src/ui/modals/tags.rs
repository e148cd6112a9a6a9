//! The tags of a resource, key and value in two columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{most_cells, open};
use crate::app::App;
use crate::app::tags::TagsModal;
use crate::tr;
use crate::ui::boxed::{self, put, put_lines};
use crate::ui::look::{ACCENT, DIM, Look, PLAIN, STRONG};
use crate::ui::{layout, words};

/// Draws the tags.
pub(super) fn draw(app: &App, modal: &TagsModal, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let language = look.language;
    let tags = app.shown_tags(modal);
    let key = tags.iter().map(|tag| words::width(&tag.key)).max().unwrap_or(0).min(32);
    let value = tags.iter().map(|tag| words::width(&tag.value)).max().unwrap_or(0);
    let title = tr!(language, "tags-title", id = modal.id.as_str());
    let width = (2 + key + 2 + value).max(words::width(&title) + 4).clamp(44, 84).min(most_cells(area));
    let none = words::wrap_text(&tr!(language, "tags-none"), DIM, width);
    let lines = if tags.is_empty() { none.len() } else { tags.len() };
    let height = lines.min(usize::from(area.height).saturating_sub(4)).max(1);
    let (room, place) = open(area, look, Some(title), (width, height), frame);
    let buffer = frame.buffer_mut();
    if tags.is_empty() {
        put_lines(buffer, room, &none);
        return;
    }
    let cursor = modal.index(&tags);
    let height = usize::from(room.height);
    let first = layout::first_shown(cursor.unwrap_or(0), tags.len(), height);
    for ((index, tag), y) in tags.iter().enumerate().skip(first).take(height).zip(room.top()..room.bottom()) {
        let here = Some(index) == cursor;
        let style = if here { STRONG } else { PLAIN };
        let rest = usize::from(room.width).saturating_sub(2 + key + 2);
        let line = Line::from(vec![
            if here { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") },
            Span::raw(" "),
            Span::styled(words::fill(&words::cut_end(&tag.key, key, look.ellipsis()), key, false), style.patch(DIM)),
            Span::raw("  "),
            Span::styled(words::cut_end(&tag.value, rest, look.ellipsis()), style),
        ]);
        put(buffer, room.x, y, room.right(), &line);
    }
    boxed::draw_scroll(place, look, first, height.min(tags.len()), tags.len(), buffer);
}
