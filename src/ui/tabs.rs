//! One line that names all panes where only one has room: what else there is, and the key that shows it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
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
    let mut spans = tabs(view, |_| true, true);
    if spans_width(&spans) > room {
        spans = tabs(view, |_| true, false);
    }
    if spans_width(&spans) > room {
        spans = tabs(view, |kind| kind == view.app.panes.focus, true);
    }
    put(buffer, area.x + 1, area.y, area.right(), &Line::from(spans));
}

fn tabs(view: &View<'_>, named: impl Fn(PaneKind) -> bool, counted: bool) -> Vec<Span<'static>> {
    let (app, look) = (view.app, view.look);
    let mut spans = Vec::new();
    for kind in PaneKind::ALL {
        let focused = app.panes.focus == kind;
        if kind != PaneKind::Instances {
            spans.push(Span::styled(look.sign(" │ ", " | "), DIM));
        }
        let (key, name) = if focused { (ACCENT, ACCENT.patch(STRONG)) } else { (ACCENT, PLAIN) };
        spans.push(Span::styled(kind.number().to_string(), key));
        if !named(kind) {
            continue;
        }
        spans.push(Span::styled(format!(" {}", look.language.say(kind.title_key())), name));
        let count = app.row_count(kind);
        if counted && kind != PaneKind::Details && count > 0 {
            spans.push(Span::styled(format!(" {count}"), Style::new().patch(DIM)));
        }
    }
    spans
}
