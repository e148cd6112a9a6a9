//! What lies over the screen: lists to choose from, questions, pages to read. Each is one box, sized by its content.

mod choice;
mod confirm;
mod costs;
mod dialog;
mod doctor;
mod help;
mod leaks;
mod metrics;
mod page;
mod rules;
mod tags;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Clear;

use super::boxed;
use super::layout::{cells, centred};
use super::look::{Look, STRONG};
use crate::app::App;
use crate::app::modal::Modal;

/// Draws all layers, the top one last. Says how far that one scrolls.
pub fn draw(app: &App, look: Look, area: Rect, frame: &mut Frame<'_>) -> usize {
    let mut most_scroll = 0;
    for modal in &app.modals {
        match modal {
            Modal::Choice(choice) => choice::draw(choice, look, area, frame),
            Modal::Confirm(confirm) => confirm::draw(confirm, look, area, frame),
            Modal::Page(page) => most_scroll = page::draw(app, page, look, area, frame),
            Modal::Dialog(dialog) => dialog::draw(app, dialog, look, area, frame),
            Modal::Rules(modal) => rules::draw(app, modal, look, area, frame),
            Modal::Leaks(cursor) => leaks::draw(app, cursor, look, area, frame),
            Modal::Doctor(doctor) => most_scroll = doctor::draw(doctor, look, area, frame),
            Modal::Costs(costs) => most_scroll = costs::draw(app, costs, look, area, frame),
            Modal::Metrics(modal) => most_scroll = metrics::draw(app, modal, look, area, frame),
            Modal::Tags(modal) => tags::draw(app, modal, look, area, frame),
        }
    }
    most_scroll
}

/// The widest that a box's content may be.
fn most_cells(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(6)).max(4)
}

/// Clears a place in the middle for that much content and draws the border around it. Gives the room for the content
/// and the whole box; where there is no room for a border there is none.
fn open(
    area: Rect,
    look: Look,
    title: Option<String>,
    (width, height): (usize, usize),
    frame: &mut Frame<'_>,
) -> (Rect, Rect) {
    if area.width < 20 || area.height < 6 {
        frame.render_widget(Clear, area);
        return (area, area);
    }
    let place = centred(area, width + 4, height + 2);
    // One more cell on each side keeps wide characters of the screen below from being cut in half.
    let around = Rect { x: place.x.saturating_sub(1).max(area.x), width: (place.width + 2).min(area.width), ..place }
        .intersection(area);
    frame.render_widget(Clear, around);
    let title = title.map(|title| vec![Span::styled(title, STRONG)]).unwrap_or_default();
    let inner = boxed::draw(place, look, true, title, Vec::new(), frame.buffer_mut());
    let room = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    (room, place)
}

/// The lines of `room` below its first `lines`.
fn below(room: Rect, lines: usize) -> Rect {
    let skip = cells(lines).min(room.height);
    Rect { y: room.y + skip, height: room.height - skip, ..room }
}
