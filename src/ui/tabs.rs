//! One line that names all panes where only one has room: what else there is, and the key that shows it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::boxed::put;
use super::look::{ACCENT, DIM, PLAIN, STRONG};
use super::view::View;
use super::words::spans_width;
use crate::app::panes::PaneKind;

/// Draws the tabs; where they do not all fit, the others shrink to their numbers.
pub fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width.saturating_sub(1));
    let focus = view.app.panes.focus;
    let every = |_: PaneKind| true;
    let only = |kind: PaneKind| kind == focus;
    let nothing = |_: PaneKind| false;
    // From the most that could be said to the least.
    let spans = [tabs(view, every, every), tabs(view, every, only), tabs(view, every, nothing), tabs(view, only, only)]
        .into_iter()
        .find(|spans| spans_width(spans) <= room)
        .unwrap_or_else(|| tabs(view, nothing, nothing));
    put(buffer, area.x + 1, area.y, area.right(), &Line::from(spans));
}

fn tabs(view: &View<'_>, named: impl Fn(PaneKind) -> bool, counted: impl Fn(PaneKind) -> bool) -> Vec<Span<'static>> {
    let (app, look) = (view.app, view.look);
    let mut spans = Vec::new();
    for kind in PaneKind::ALL {
        let focused = app.panes.focus == kind;
        if kind != PaneKind::Instances {
            spans.push(Span::styled(look.sign(" │ ", " | "), DIM));
        }
        let name = if focused { ACCENT.patch(STRONG) } else { PLAIN };
        spans.push(Span::styled(kind.number().to_string(), ACCENT));
        if !named(kind) {
            continue;
        }
        spans.push(Span::styled(format!(" {}", look.language.say(kind.title_key())), name));
        let count = app.row_count(kind);
        if counted(kind) && kind != PaneKind::Details && count > 0 {
            spans.push(Span::styled(format!(" {count}"), DIM));
        }
    }
    spans
}
