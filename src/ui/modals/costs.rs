//! What does it cost? The free tier with its gauges, what runs now, and what is paid for nothing.

mod free_tier;
mod gauge;
mod total;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{most_cells, open};
use crate::app::App;
use crate::app::costs_view::CostsModal;
use crate::tr;
use crate::ui::boxed::{self, put_lines};
use crate::ui::look::{DIM, Look, STRONG};
use crate::ui::words;

/// The widest that it gets.
const WIDEST: usize = 114;

/// Draws the view. Says which line could be the first one at most.
pub(super) fn draw(app: &App, costs: &CostsModal, look: Look, area: Rect, frame: &mut Frame<'_>) -> usize {
    let width = WIDEST.min(most_cells(area));
    let lines = lines(app, look, width);
    let height = usize::from(area.height).saturating_sub(4).max(1);
    let title = tr!(look.language, "costs-title");
    let (room, place) = open(area, look, Some(title), (width, lines.len().min(height)), frame);
    let shown = usize::from(room.height);
    let most_scroll = lines.len().saturating_sub(shown);
    let first = usize::from(costs.scroll).min(most_scroll);
    put_lines(frame.buffer_mut(), room, &lines[first..]);
    if place.height > room.height {
        boxed::draw_scroll(place, look, first, shown.min(lines.len()), lines.len(), frame.buffer_mut());
    }
    most_scroll
}

fn lines(app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut lines = free_tier::lines(app, look, cells);
    lines.push(Line::default());
    lines.extend(total::lines(app, look, cells));
    lines.push(Line::default());
    lines.extend(leak_lines(app, look, cells));
    lines
}

/// What the leaks come to; the list has a layer of its own.
fn leak_lines(app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(look.language.say("leaks-title"), STRONG)];
    lines.extend(words::wrap(&super::leaks::sum(app, &app.leaks(), look).spans, cells));
    lines.extend(app.leak_blind_spots().iter().flat_map(|spot| super::leaks::blind(app, spot, look, cells)));
    lines.extend(words::wrap_text(&look.language.say("costs-see-leaks"), DIM, cells));
    lines
}
