//! A question. It names what it will touch and starts on No; what cannot be undone wants a word typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{below, most_cells, open};
use crate::app::modal::{Confirm, ConfirmOption, TypedWord};
use crate::tr;
use crate::ui::boxed::{put, put_lines};
use crate::ui::look::{ACCENT, BAD_NEWS, DANGER, DIM, GOOD, Look, PLAIN, STRONG};
use crate::ui::{field, words};

/// Draws the question.
pub(super) fn draw(confirm: &Confirm, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let language = look.language;
    let title = confirm.title.say(language);
    let said: Vec<String> = confirm.lines.iter().map(|line| line.say(language)).collect();
    let ask = confirm.typed.as_ref().map(|typed| what_to_type(typed, look));
    let option = confirm.typed.as_ref().and_then(|typed| typed.option.as_ref());
    let option_words = option.map(|option| format!("[ ] {}", option.label.say(language)));
    let width = said
        .iter()
        .chain(&ask)
        .chain(&option_words)
        .chain([&title])
        .map(|text| words::width(text))
        .max()
        .unwrap_or(0)
        .clamp(40, 72)
        .min(most_cells(area));
    let title_style = if confirm.danger { BAD_NEWS } else { STRONG };
    let mut lines = words::wrap_text(&title, title_style, width);
    lines.push(Line::default());
    for text in &said {
        lines.extend(words::wrap_text(text, PLAIN, width));
    }
    lines.push(Line::default());
    if let Some(ask) = &ask {
        lines.extend(words::wrap_text(ask, DIM, width));
    }
    let switch = option.map(|option| switch_lines(option, look, width)).unwrap_or_default();
    let below_answer = if switch.is_empty() { 0 } else { switch.len() + 1 };
    let (room, _) = open(area, look, None, (width, lines.len() + 1 + below_answer), frame);
    // The answer is what must be seen, and what it does besides: on a low screen the explanation gives way.
    let explained = lines.len().min(usize::from(room.height).saturating_sub(1 + below_answer));
    put_lines(frame.buffer_mut(), room, &lines[..explained]);
    put_lines(frame.buffer_mut(), below(room, explained + 2), &switch);
    let answer = Rect { height: 1, ..below(room, explained) }.intersection(room);
    match &confirm.typed {
        Some(typed) => draw_typed(typed, look, answer, frame),
        None => put(frame.buffer_mut(), answer.x, answer.y, answer.right(), &answers(confirm, look)),
    }
}

fn what_to_type(typed: &TypedWord, look: Look) -> String {
    match typed.expected.as_slice() {
        [id, name, ..] => tr!(look.language, "confirm-type-either", word = name, other = id),
        [word] => tr!(look.language, "confirm-type", word = word),
        [] => String::new(),
    }
}

/// `[ ] also ...`
fn switch_lines(option: &ConfirmOption, look: Look, width: usize) -> Vec<Line<'static>> {
    let sign = if option.on { "[x]" } else { "[ ]" };
    let style = if option.on { DANGER.patch(STRONG) } else { PLAIN };
    words::wrap_text(&format!("{sign} {}", option.label.say(look.language)), style, width)
}

fn draw_typed(typed: &TypedWord, look: Look, room: Rect, frame: &mut Frame<'_>) {
    let (sign, style) = if typed.fits() { (look.good(), GOOD) } else { (look.pointer(), ACCENT) };
    put(frame.buffer_mut(), room.x, room.y, room.right(), &Line::styled(sign, style));
    let input = Rect { x: (room.x + 2).min(room.right()), width: room.width.saturating_sub(2), ..room };
    field::draw(&typed.input, input, STRONG, frame);
}

fn answers(confirm: &Confirm, look: Look) -> Line<'static> {
    let language = look.language;
    let mut spans = Vec::new();
    let yes_style = if confirm.danger { DANGER } else { ACCENT };
    for (chosen, text, style) in
        [(!confirm.yes, tr!(language, "answer-no"), ACCENT), (confirm.yes, tr!(language, "answer-yes"), yes_style)]
    {
        let bar = if chosen { Span::styled(look.cursor(), style) } else { Span::raw(" ") };
        let style = if chosen { style.patch(STRONG) } else { DIM };
        spans.extend([bar, Span::raw(" "), Span::styled(text, style), Span::raw("      ")]);
    }
    Line::from(spans)
}
