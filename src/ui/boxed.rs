//! The border around a pane or a layer, with its titles and the mark of how far it is scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::border::{ROUNDED, Set};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};

use super::look::{ACCENT, DIM, Look};
use super::words::{self, spans_width};

const ASCII: Set<'_> = Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Draws a border and gives the room inside. The right title stands only where both fit; the left one is cut.
pub fn draw(
    area: Rect,
    look: Look,
    bright: bool,
    left: Vec<Span<'static>>,
    right: Vec<Span<'static>>,
    buffer: &mut Buffer,
) -> Rect {
    let style = if bright { ACCENT } else { DIM };
    let set = if look.ascii { ASCII } else { ROUNDED };
    let block = Block::bordered().border_set(set).border_style(style);
    let inner = block.inner(area);
    let room = usize::from(area.width.saturating_sub(4));
    let (left_wide, right_wide) = (spans_width(&left), spans_width(&right));
    let both = right_wide > 0 && left_wide + right_wide + 3 <= room;
    let mut title = Line::from(padded(fitted(left, room.saturating_sub(2), look)));
    title.style = style;
    block.title_top(title).render(area, buffer);
    if both {
        let line = Line::from(padded(right));
        let x = area.right().saturating_sub(super::layout::cells(line.width()) + 1);
        put(buffer, x, area.y, area.right(), &line);
    }
    inner
}

/// Shows on the right border which part of a long list is on the screen.
pub fn draw_scroll(area: Rect, look: Look, first: usize, shown: usize, total: usize, buffer: &mut Buffer) {
    let track = usize::from(area.height.saturating_sub(2));
    if total <= shown || track < 3 || shown == 0 {
        return;
    }
    let thumb = (track * shown / total).clamp(1, track - 1);
    let travel = total - shown;
    let start = (track - thumb) * first.min(travel) / travel;
    for row in start..start + thumb {
        let y = area.y + 1 + super::layout::cells(row);
        put(buffer, area.right() - 1, y, area.right(), &Line::styled(look.sign("┃", "#"), DIM));
    }
}

/// Draws one line at a place, cut at `right`; outside the screen it draws nothing.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, right: u16, line: &Line<'_>) {
    let area = buffer.area;
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= right.min(area.right()) {
        return;
    }
    buffer.set_line(x, y, line, right.min(area.right()) - x);
}

/// Draws lines from the top of a room, as many as fit.
pub fn put_lines(buffer: &mut Buffer, room: Rect, lines: &[Line<'_>]) {
    for (line, y) in lines.iter().zip(room.top()..room.bottom()) {
        put(buffer, room.x, y, room.right(), line);
    }
}

/// The spans cut at the end to fit.
#[must_use]
pub fn fitted(spans: Vec<Span<'static>>, cells: usize, look: Look) -> Vec<Span<'static>> {
    if spans_width(&spans) <= cells {
        return spans;
    }
    let mut left = cells;
    let mut out = Vec::new();
    for span in spans {
        let wide = words::width(&span.content);
        if wide <= left.saturating_sub(1) {
            left -= wide;
            out.push(span);
        } else {
            let mut text = words::start(&span.content, left.saturating_sub(1)).to_owned();
            if left > 0 {
                text.push_str(look.ellipsis());
            }
            out.push(Span::styled(text, span.style));
            break;
        }
    }
    out
}

fn padded(mut spans: Vec<Span<'static>>) -> Vec<Span<'static>> {
    if spans.is_empty() {
        return spans;
    }
    spans.insert(0, Span::raw(" "));
    spans.push(Span::raw(" "));
    spans
}
