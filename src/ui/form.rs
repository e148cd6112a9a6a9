//! A form: aligned labels, the accent bar at the focused field, what is wrong in red under its field. It scrolls so
//! that the focused field is on the screen, and puts the terminal's cursor into a focused line of text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::boxed::put;
use super::layout::{cells, first_shown};
use super::look::{ACCENT, DANGER, DIM, Look, PLAIN, STRONG};
use super::{field, words};
use crate::app::form::{Field, FieldKind, Form, SecretInput, TextInput};
use crate::tr;

/// Cells before a label: the bar and a space.
const LEAD: usize = 2;
/// Cells between label and value.
const GAP: usize = 2;
/// The widest line of text that is underlined while it is typed.
const WIDEST_INPUT: usize = 48;

/// The lines of a form, and where the focused field is among them.
struct Lines {
    all: Vec<Line<'static>>,
    /// First line of the focused field, and the line behind its last.
    focus: (usize, usize),
    /// The line with the focused value.
    value_at: usize,
}

/// Draws a form into an area.
pub fn draw(form: &Form, look: Look, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() || form.fields.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let label = label_width(form, look, room);
    let lines = lines(form, look, label, room);
    let height = usize::from(area.height);
    let first = first_line(&lines, height);
    let buffer = frame.buffer_mut();
    for (line, y) in lines.all.iter().skip(first).zip(area.top()..area.bottom()) {
        put(buffer, area.x, y, area.right(), line);
    }
    let more = |up: bool| Line::styled(if up { look.sign("↑", "^") } else { look.sign("↓", "v") }, DIM);
    if first > 0 {
        put(buffer, area.right() - 1, area.y, area.right(), &more(true));
    }
    if first + height < lines.all.len() {
        put(buffer, area.right() - 1, area.bottom() - 1, area.right(), &more(false));
    }
    let dots;
    let input = match form.focused().map(|field| &field.kind) {
        Some(FieldKind::Text { input, .. }) => input,
        Some(FieldKind::Secret(secret)) => {
            dots = TextInput::new(&masked(secret, look));
            &dots
        }
        _ => return,
    };
    let Some(row) = lines.value_at.checked_sub(first).filter(|row| *row < height) else { return };
    let x = area.x.saturating_add(cells(value_at(label)));
    if x < area.right() {
        let width = (area.right() - x).min(cells(WIDEST_INPUT));
        let room = Rect { x, y: area.y + cells(row), width, height: 1 };
        let style = PLAIN.add_modifier(Modifier::UNDERLINED);
        let shown = room.intersection(frame.area());
        frame.buffer_mut().set_style(shown, style);
        field::draw(input, room, style, frame);
    }
}

/// Lines that the form takes in a room of this width.
#[must_use]
pub fn height(form: &Form, look: Look, room: u16) -> u16 {
    let room = usize::from(room);
    cells(lines(form, look, label_width(form, look, room), room).all.len())
}

/// Cells before the value.
fn value_at(label: usize) -> usize {
    LEAD + label + GAP
}

fn label_width(form: &Form, look: Look, room: usize) -> usize {
    let widest = form.fields.iter().map(|field| words::width(&look.language.say(field.label))).max();
    widest.unwrap_or(0).min(room * 2 / 5)
}

/// The first line to show so that the focused field is whole, its first line at least.
fn first_line(lines: &Lines, height: usize) -> usize {
    let (start, end) = lines.focus;
    let middle = first_shown(usize::midpoint(start, end), lines.all.len(), height);
    middle.max(end.saturating_sub(height)).min(start)
}

fn lines(form: &Form, look: Look, label: usize, room: usize) -> Lines {
    let mut lines = Lines { all: Vec::new(), focus: (0, 0), value_at: 0 };
    for (index, field) in form.fields.iter().enumerate().filter(|(_, field)| !field.hidden) {
        let focused = index == form.focus();
        let start = lines.all.len();
        if let Some(heading) = &field.heading {
            if !lines.all.is_empty() {
                lines.all.push(Line::default());
            }
            let text = words::cut_end(&heading.say(look.language), room, look.ellipsis());
            lines.all.push(Line::styled(text, STRONG));
        }
        if focused {
            lines.value_at = lines.all.len();
        }
        lines.all.push(field_line(field, focused, look, label, room));
        below(field, focused, look, label, room, &mut lines.all);
        if focused {
            lines.focus = (start, lines.all.len());
        }
    }
    lines
}

fn field_line(field: &Field, focused: bool, look: Look, label: usize, room: usize) -> Line<'static> {
    let style = if focused { STRONG } else { PLAIN };
    let bar = if focused { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") };
    let name = words::cut_end(&look.language.say(field.label), label, look.ellipsis());
    let mut spans = vec![
        bar,
        Span::raw(" "),
        Span::styled(words::fill(&name, label, false), if field.disabled.is_some() { DIM } else { style }),
        words::blank(GAP),
    ];
    spans.extend(value(field, focused, look, room.saturating_sub(value_at(label))));
    Line::from(spans)
}

fn value(field: &Field, focused: bool, look: Look, room: usize) -> Vec<Span<'static>> {
    let style = if field.disabled.is_some() { DIM } else { PLAIN };
    match &field.kind {
        // The focused one is drawn with its cursor on top.
        FieldKind::Text { .. } | FieldKind::Secret(_) if focused => Vec::new(),
        FieldKind::Text { input, .. } if input.value().is_empty() => {
            let empty = field.placeholder.as_ref().map(|text| text.say(look.language));
            let empty = empty.unwrap_or_else(|| look.nothing().to_owned());
            vec![Span::styled(words::cut_end(&empty, room, look.ellipsis()), DIM)]
        }
        FieldKind::Text { input, .. } => {
            vec![Span::styled(words::cut_end(input.value(), room, look.ellipsis()), style)]
        }
        FieldKind::Secret(input) if input.count() == 0 => vec![Span::styled(look.nothing().to_owned(), DIM)],
        FieldKind::Secret(input) => {
            vec![Span::styled(words::cut_end(&masked(input, look), room, look.ellipsis()), style)]
        }
        FieldKind::Switch(on) => switch(*on, style, focused, look),
        FieldKind::Choice { options, chosen } => {
            let label = options.get(*chosen).map_or_else(String::new, |choice| choice.label.say(look.language));
            choice(&label, focused && options.len() > 1, style, look, room)
        }
    }
}

/// A dot for each character of a passphrase.
fn masked(input: &SecretInput, look: Look) -> String {
    look.sign("•", "*").repeat(input.count())
}

fn switch(on: bool, style: Style, focused: bool, look: Look) -> Vec<Span<'static>> {
    let word = if on { tr!(look.language, "form-yes") } else { tr!(look.language, "form-no") };
    let mark = if on { "[x] " } else { "[ ] " };
    vec![Span::styled(mark, if focused { ACCENT } else { style }), Span::styled(word, style)]
}

fn choice(label: &str, arrows: bool, style: Style, look: Look, room: usize) -> Vec<Span<'static>> {
    if !arrows {
        return vec![Span::styled(words::cut_end(label, room, look.ellipsis()), style)];
    }
    let label = words::cut_end(label, room.saturating_sub(4), look.ellipsis());
    vec![
        Span::styled(look.sign("‹ ", "< "), ACCENT),
        Span::styled(label, style),
        Span::styled(look.sign(" ›", " >"), ACCENT),
    ]
}

/// What stands under a field: what is wrong, what came of it, why it cannot be changed, and what is meant by it.
fn below(field: &Field, focused: bool, look: Look, label: usize, room: usize, lines: &mut Vec<Line<'static>>) {
    let hint = field.hint.as_ref().filter(|_| focused && field.error.is_none());
    let parts =
        [(field.error.as_ref(), DANGER), (field.note.as_ref(), PLAIN), (field.disabled.as_ref(), DIM), (hint, DIM)];
    // In a narrow form the words start at the left, or a sentence would take ten lines.
    let wide_enough = room.saturating_sub(value_at(label)) >= 30;
    let indent = if wide_enough { value_at(label) } else { LEAD.min(room / 2) };
    for (text, style) in parts.into_iter().filter_map(|(text, style)| text.map(|text| (text, style))) {
        for mut line in words::wrap_text(&text.say(look.language), style, room.saturating_sub(indent)) {
            line.spans.insert(0, words::blank(indent));
            lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::app::form::Choice;
    use crate::keymap::Key;
    use crate::text;
    use crate::text::Language;

    fn look(language: Language) -> Look {
        Look { language, ascii: false }
    }

    fn form() -> Form {
        let option = |value: &str| Choice { value: value.to_owned(), label: text!("city-seoul") };
        let mut form = Form::new(vec![
            Field::number("a", "launch-storage-size", Some(8)).with_heading(text!("city-tokyo")),
            Field::choice("b", "launch-storage-kind", vec![option("x"), option("y")]).with_hint(text!("city-paris")),
            Field::switch("c", "launch-storage-delete", true),
            Field::text("d", "launch-tags-name", "웹 서버", 50),
        ]);
        form.set_error("a", text!("city-london"));
        form
    }

    fn screen(form: &Form, language: Language, width: u16, height: u16) -> (String, Option<(u16, u16)>) {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal
            .draw(|frame| {
                draw(form, look(language), frame, frame.area());
            })
            .unwrap();
        let position = terminal.get_cursor_position().unwrap();
        let cursor = Some((position.x, position.y));
        let buffer = terminal.backend().buffer();
        let text = (0..height)
            .map(|y| {
                let mut line = String::new();
                let mut x = 0;
                while x < width {
                    let symbol = buffer[(x, y)].symbol();
                    line.push_str(symbol);
                    x += cells(words::width(symbol)).max(1);
                }
                line.trim_end().to_owned()
            })
            .collect::<Vec<_>>()
            .join("\n");
        (text, cursor)
    }

    #[test]
    fn the_focused_field_has_the_bar_the_hint_and_the_cursor() {
        let mut form = form();
        let (first, cursor) = screen(&form, Language::English, 60, 10);
        let line = first.lines().position(|line| line.starts_with('▌')).unwrap();
        assert_eq!(line, 1, "{first}");
        assert!(first.lines().nth(2).unwrap().trim() == "London", "the error stands under its field: {first}");
        assert!(!first.contains("Paris"), "{first}");
        let column = words::width(first.lines().nth(1).unwrap().split('8').next().unwrap()) + 1;
        assert_eq!(cursor, Some((u16::try_from(column).unwrap(), 1)), "behind the 8: {first}");
        form.focus_next();
        let (second, _) = screen(&form, Language::English, 60, 10);
        assert!(second.contains("‹ Seoul ›") && second.contains("Paris"), "{second}");
    }

    #[test]
    fn values_stand_in_one_column_in_both_languages() {
        for language in [Language::English, Language::Korean] {
            let mut form = form();
            form.focus_on("d");
            form.focused_mut().unwrap().press(Key::parse("x").unwrap());
            let (text, cursor) = screen(&form, language, 60, 10);
            let at = |needle: &str| {
                let line =
                    text.lines().find(|line| line.contains(needle)).unwrap_or_else(|| panic!("{needle}: {text}"));
                words::width(line.split(needle).next().unwrap())
            };
            assert_eq!(at("[x]"), at("웹 서버x"), "{text}");
            assert_eq!(usize::from(cursor.unwrap().0), at("웹 서버x") + 8, "{text}");
        }
    }

    #[test]
    fn it_fits_any_room_and_the_focus_is_always_on_the_screen() {
        for (width, height) in [(60, 3), (40, 1), (20, 5), (7, 2), (2, 2), (1, 1)] {
            let mut form = form();
            for _ in 0..form.fields.len() {
                let (text, _) = screen(&form, Language::Korean, width, height);
                if height >= 3 {
                    assert!(text.contains('▌'), "{width}x{height}: {text}");
                }
                form.focus_next();
            }
        }
    }
}
