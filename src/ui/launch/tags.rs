//! Step 5: the name, then keys and values in two columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::boxed::{put, put_lines};
use super::super::layout::{cells, first_shown};
use super::super::look::{ACCENT, DANGER, DIM, Look, PLAIN, STRONG};
use super::super::{field, words};
use crate::app::App;
use crate::app::form::{Field, FieldKind};
use crate::app::launch::Launch;
use crate::app::launch::tags::{TagFocus, TagsStep};
use crate::tr;

/// A line of the step.
enum Row<'a> {
    /// Words.
    Words(Line<'static>),
    /// Two halves that can be typed into: label or key, and value.
    Pair(Half<'a>, Half<'a>),
}

/// One half of a row.
enum Half<'a> {
    /// A label.
    Label(String),
    /// A field.
    Field(&'a Field, bool),
}

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let look = Look::of(app);
    let step = &launch.tags;
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let note = words::wrap_text(&tr!(look.language, "launch-tags-note"), DIM, room);
    let (rows, focus) = rows(step, look, room);
    let notes = cells(note.len()) + 1;
    let with_note = area.height > notes + 5;
    let height = if with_note { area.height - notes } else { area.height }.min(cells(rows.len()));
    let first = first_shown(focus, rows.len(), usize::from(height));
    let left = left_width(step, look, room);
    for (row, y) in rows.iter().skip(first).zip(area.y..area.y + height) {
        draw_row(row, look, left, Rect { y, height: 1, ..area }, frame);
    }
    if with_note {
        let y = area.y + height + 1;
        put_lines(frame.buffer_mut(), Rect { y, height: area.bottom().saturating_sub(y), ..area }, &note);
    }
}

/// All lines, and which one has the focus.
fn rows(step: &TagsStep, look: Look, room: usize) -> (Vec<Row<'_>>, usize) {
    let language = look.language;
    let mut rows = Vec::new();
    let mut focus = 0;
    let on_name = step.focus == TagFocus::Name;
    rows.push(Row::Pair(Half::Label(language.say(step.name.label)), Half::Field(&step.name, on_name)));
    push_error(&step.name, look, room, &mut rows);
    if let Some(hint) = step.name.hint.as_ref().filter(|_| on_name && step.name.error.is_none()) {
        rows.extend(indented(&hint.say(language), DIM, room));
    }
    rows.push(Row::Words(Line::default()));
    rows.push(Row::Pair(
        Half::Label(tr!(language, "launch-tags-column-key")),
        Half::Label(tr!(language, "launch-tags-column-value")),
    ));
    for (index, tag) in step.rows.iter().enumerate() {
        let (key, value) = (step.focus == TagFocus::Key(index), step.focus == TagFocus::Value(index));
        if key || value {
            focus = rows.len();
        }
        rows.push(Row::Pair(Half::Field(&tag.key, key), Half::Field(&tag.value, value)));
        push_error(&tag.key, look, room, &mut rows);
        push_error(&tag.value, look, room, &mut rows);
    }
    (rows, focus)
}

fn push_error(field: &Field, look: Look, room: usize, rows: &mut Vec<Row<'_>>) {
    if let Some(error) = &field.error {
        rows.extend(indented(&error.say(look.language), DANGER, room));
    }
}

fn indented<'a>(text: &str, style: ratatui::style::Style, room: usize) -> Vec<Row<'a>> {
    words::wrap_text(text, style, room.saturating_sub(2))
        .into_iter()
        .map(|mut line| {
            line.spans.insert(0, words::blank(2));
            Row::Words(line)
        })
        .collect()
}

/// Cells of the left column: as wide as its widest key, within a third and a half of the room.
fn left_width(step: &TagsStep, look: Look, room: usize) -> usize {
    let label = words::width(&look.language.say(step.name.label));
    let widest = step.rows.iter().map(|row| words::width(row.key.value()) + 1).max().unwrap_or(0);
    widest.max(label).max(room / 3).min(room / 2)
}

fn draw_row(row: &Row<'_>, look: Look, left: usize, area: Rect, frame: &mut Frame<'_>) {
    let (first, second) = match row {
        Row::Words(line) => {
            put(frame.buffer_mut(), area.x, area.y, area.right(), line);
            return;
        }
        Row::Pair(first, second) => (first, second),
    };
    let focused = |half: &Half<'_>| matches!(half, Half::Field(_, true));
    if focused(first) || focused(second) {
        put(frame.buffer_mut(), area.x, area.y, area.right(), &Line::from(Span::styled(look.cursor(), ACCENT)));
    }
    let here = focused(second);
    let lead = 2.min(area.width);
    let (x, width) = (area.x + lead, cells(left).min(area.width - lead));
    draw_half(first, here, look, Rect { x, width, ..area }, frame);
    let x = x + width + 2.min(area.right() - x - width);
    let width = (area.right() - x).min(60);
    draw_half(second, here, look, Rect { x, width, ..area }, frame);
}

fn draw_half(half: &Half<'_>, strong: bool, look: Look, area: Rect, frame: &mut Frame<'_>) {
    match half {
        Half::Label(label) => {
            let label = words::cut_end(label, usize::from(area.width), look.ellipsis());
            let style = if strong { STRONG } else { DIM };
            put(frame.buffer_mut(), area.x, area.y, area.right(), &Line::styled(label, style));
        }
        Half::Field(Field { kind: FieldKind::Text { input, .. }, .. }, true) => {
            let style = PLAIN.add_modifier(Modifier::UNDERLINED);
            let shown = area.intersection(frame.area());
            frame.buffer_mut().set_style(shown, style);
            field::draw(input, area, style, frame);
        }
        Half::Field(field, _) => {
            let value = words::cut_end(field.value(), usize::from(area.width), look.ellipsis());
            let line = if value.is_empty() { Line::styled(look.nothing(), DIM) } else { Line::raw(value) };
            put(frame.buffer_mut(), area.x, area.y, area.right(), &line);
        }
    }
}
