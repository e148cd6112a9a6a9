//! The last line: the keys that act now in the order of use, or what just happened, or the filter that is being typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::boxed::{put, put_lines};
use super::field;
use super::key_name;
use super::layout::cells;
use super::look::{ACCENT, DANGER, GOOD, Look, PLAIN, WARNING};
use super::words::{self, spans_width};
use crate::app::App;
use crate::app::modal::Modal;
use crate::app::notice::{Notice, Tone};
use crate::app::panes::PaneKind;
use crate::keymap::{Action, Binding, Context, bindings_of};
use crate::tr;

/// Cells between two hints.
const GAP: usize = 3;

/// Rows that a notice may take.
const MOST_ROWS: u16 = 3;

/// Draws the footer.
pub fn draw(app: &App, look: Look, area: Rect, frame: &mut Frame<'_>) {
    if area.is_empty() {
        return;
    }
    let margin = u16::from(area.width > 10);
    let room = Rect { x: area.x + margin, width: area.width - margin, ..area };
    if app.context() == Context::Filter {
        draw_filter(app, look, room, frame);
    } else if let Some(notice) = &app.notice {
        draw_notice(notice, look, area, frame);
    } else {
        draw_hints(app, look, room, frame);
    }
}

/// What just happened, whole: a long notice lies over the last rows of the panes until it goes.
fn draw_notice(notice: &Notice, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let margin = u16::from(area.width > 10);
    let (sign, style) = match notice.tone {
        Tone::Good => (look.good(), GOOD),
        Tone::Plain => (look.neutral(), PLAIN),
        Tone::Warning => (look.neutral(), WARNING),
        Tone::Bad => (look.bad(), DANGER),
    };
    let wide = area.width.saturating_sub(2 * margin);
    let lines = words::wrap_text(&notice.text.say(look.language), style, usize::from(wide.saturating_sub(2)).max(1));
    let tall = cells(lines.len()).min(MOST_ROWS).min(area.bottom());
    let over = Rect { y: area.bottom() - tall, height: tall, ..area };
    if tall > 1 {
        frame.render_widget(Clear, over);
    }
    let buffer = frame.buffer_mut();
    let left = over.x + margin;
    put(buffer, left, over.y, over.right(), &Line::styled(sign, style));
    put_lines(buffer, Rect { x: (left + 2).min(over.right()), width: wide.saturating_sub(2), ..over }, &lines);
}

fn draw_filter(app: &App, look: Look, room: Rect, frame: &mut Frame<'_>) {
    let list = app.panes.list(app.panes.focus);
    let buffer = frame.buffer_mut();
    put(buffer, room.x, room.y, room.right(), &Line::styled("/", ACCENT));
    let hints = hints(app, look, usize::from(room.width / 2));
    let wide = cells(spans_width(&hints));
    let mut input = Rect { x: (room.x + 1).min(room.right()), width: room.width.saturating_sub(1), ..room };
    if wide > 0 && room.width > wide + 20 {
        input.width -= wide + 3;
        put(buffer, room.right() - wide - 1, room.y, room.right(), &Line::from(hints));
    }
    field::draw(&list.filter, input, PLAIN, frame);
}

fn draw_hints(app: &App, look: Look, room: Rect, frame: &mut Frame<'_>) {
    let buffer = frame.buffer_mut();
    let mut room = room;
    let marks = app.panes.list(PaneKind::Instances).marks.len();
    if marks > 0 && app.context() == Context::Instances {
        let marked = Line::styled(tr!(look.language, "footer-marked", n = marks), ACCENT);
        let wide = cells(marked.width() + GAP).min(room.width);
        put(buffer, room.x, room.y, room.right(), &marked);
        room = Rect { x: room.x + wide, width: room.width - wide, ..room };
    }
    let hints = hints(app, look, usize::from(room.width));
    put(buffer, room.x, room.y, room.right(), &Line::from(hints));
}

/// The keys that act now, as many as fit; the way to the help page is always among them.
fn hints(app: &App, look: Look, room: usize) -> Vec<Span<'static>> {
    let context = app.context();
    let bindings: Vec<&Binding> =
        bindings_of(context).filter(|binding| binding.in_footer && acts_now(app, context, binding.action)).collect();
    let help = bindings.iter().find(|binding| binding.action == Action::Help).map(|binding| hint(binding, look));
    let mut reserved = help.as_ref().map_or(0, |spans| spans_width(spans) + GAP);
    let mut out: Vec<Span<'static>> = Vec::new();
    for binding in bindings {
        let spans = hint(binding, look);
        if binding.action == Action::Help {
            reserved = 0;
        }
        let gap = if out.is_empty() { 0 } else { GAP };
        if spans_width(&out) + gap + spans_width(&spans) + reserved > room {
            continue;
        }
        out.push(super::words::blank(gap));
        out.extend(spans);
    }
    out
}

fn hint(binding: &Binding, look: Look) -> Vec<Span<'static>> {
    let key = binding.keys.first().map_or_else(String::new, |key| key_name::shown(key, look.ascii));
    vec![Span::styled(key, ACCENT), Span::raw(format!(" {}", look.language.say(binding.label)))]
}

/// Whether pressing it now would do something.
fn acts_now(app: &App, context: Context, action: Action) -> bool {
    match (context, app.modals.last()) {
        (Context::TypedConfirm, Some(Modal::Confirm(confirm))) if action == Action::Choose => {
            confirm.typed.as_ref().is_none_or(crate::app::modal::TypedWord::fits)
        }
        (Context::TypedConfirm, Some(Modal::Confirm(confirm))) if action == Action::ToggleOption => {
            confirm.typed.as_ref().is_some_and(|typed| typed.option.is_some())
        }
        (Context::Choice, Some(Modal::Choice(choice))) if action == Action::Choose => {
            choice.visible(app.environment.language).get(choice.cursor).is_some_and(|item| item.disabled.is_none())
        }
        (Context::Rules | Context::Tags | Context::Doctor | Context::Leaks, Some(_)) => {
            app.availability(action).is_ok()
        }
        (_, Some(_)) => true,
        (_, None) => app.availability(action).is_ok(),
    }
}
