//! What costs money and does nothing for it: the sum, one row for each leak, what the amount under the cursor is, and
//! what could not be looked for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::{below, most_cells, open};
use crate::app::App;
use crate::app::leaks::{Blind, LeakCursor, Obstacle, words as told};
use crate::domain::leak::{Basis, Leak, total};
use crate::tr;
use crate::ui::boxed::{self, put, put_lines};
use crate::ui::look::{DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use crate::ui::table::{self, Cell, Row, Spec};
use crate::ui::{explained, layout, words};

/// The widest that the box becomes.
const WIDEST: usize = 112;

/// Draws the leaks.
pub(super) fn draw(app: &App, cursor: &LeakCursor, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let leaks = app.leaks();
    let here = App::leak_index(&leaks, cursor);
    let width = WIDEST.min(most_cells(area));
    let specs = specs(app, &leaks, look);
    let under = under(app, here.and_then(|index| leaks.get(index)), &specs, look, width);
    let height = (leaks.len().max(1) + 4 + under.len()).min(usize::from(area.height).saturating_sub(4)).max(4);
    let (room, place) = open(area, look, Some(tr!(look.language, "leaks-title")), (width, height), frame);
    if room.is_empty() {
        return;
    }
    let buffer = frame.buffer_mut();
    put(buffer, room.x, room.y, room.right(), &sum(app, &leaks, look));
    let mut list = below(room, 2);
    // The list keeps a few rows, whatever there is to say below it.
    let least = 4.min(leaks.len().max(1) + 1).min(usize::from(list.height));
    let rows_room = usize::from(list.height).saturating_sub(under.len() + 1).max(least);
    put_lines(buffer, below(list, rows_room + 1), &under);
    list.height = layout::cells(rows_room);
    if leaks.is_empty() {
        return;
    }
    let shown = usize::from(list.height).saturating_sub(1).max(1);
    let first = layout::first_shown(here.unwrap_or(0), leaks.len(), shown);
    let rows: Vec<Row> = leaks
        .iter()
        .enumerate()
        .skip(first)
        .take(shown)
        .map(|(index, leak)| Row {
            cursor: Some(index) == here,
            related: false,
            marked: false,
            sign: None,
            cells: cells(app, leak, look).into(),
        })
        .collect();
    table::draw(buffer, list, look, &specs, &rows, true);
    boxed::draw_scroll(place, look, first, shown.min(leaks.len()), leaks.len(), buffer);
}

/// What all of them cost together.
pub(super) fn sum(app: &App, leaks: &[Leak], look: Look) -> Line<'static> {
    let language = look.language;
    let (known, unknown) = total(leaks);
    // A part that is an upper bound makes the sum one.
    let is_bound = leaks.iter().any(|leak| leak.month.is_ok() && leak.basis == Basis::AtMost);
    let known = known.to_string();
    let sum = if is_bound {
        tr!(language, "leaks-sum-at-most", sum = known)
    } else {
        tr!(language, "leaks-sum", sum = known)
    };
    let (text, style) = match (leaks.len() - unknown, unknown) {
        (0, 0) if app.leak_blind_spots().is_empty() => (tr!(language, "leaks-none"), GOOD),
        (0, 0) => (tr!(language, "leaks-none-so-far"), DIM),
        (0, unknown) => (tr!(language, "leaks-all-unknown", n = unknown), MONEY),
        (_, 0) => (sum, MONEY.patch(STRONG)),
        (_, unknown) => (tr!(language, "leaks-and-unknown", sum = sum, n = unknown), MONEY.patch(STRONG)),
    };
    Line::styled(text, style)
}

fn specs(app: &App, leaks: &[Leak], look: Look) -> Vec<Spec> {
    let rows: Vec<[Cell; 3]> = leaks.iter().map(|leak| cells(app, leak, look)).collect();
    let headings = ["leaks-column-name", "leaks-column-what", "leaks-column-month"];
    let spec = |column: usize, least: usize, right: bool, importance: u8| {
        let heading = look.language.say(headings[column]);
        let widest = rows.iter().map(|row| words::width(&row[column].text)).chain([words::width(&heading)]).max();
        Spec { heading, wide: widest.unwrap_or_default(), least, right, importance }
    };
    vec![spec(0, 14, false, 50), spec(1, 20, false, 40), spec(2, 30, true, 100)]
}

fn cells(app: &App, leak: &Leak, look: Look) -> [Cell; 3] {
    let cell = |text: String, style: Style, middle: bool| Cell { text, style, middle };
    let language = look.language;
    let month = if leak.month.is_ok() { MONEY } else { DIM };
    [
        cell(leak.label.clone(), PLAIN, leak.label == leak.what.id()),
        cell(told::what(leak, &app.inventory).say(language), PLAIN, false),
        cell(told::month(leak).say(language), month, false),
    ]
}

/// What stands below the list: the leak under the cursor, what could not be looked for, and where the prices come from.
fn under(app: &App, leak: Option<&Leak>, specs: &[Spec], look: Look, width: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines = Vec::new();
    if let Some(leak) = leak {
        let row = cells(app, leak, look);
        for cell in table::cut(specs, &row, width) {
            lines.extend(words::wrap_text(&cell.text, PLAIN, width));
        }
        let id = format!("{}  {}", leak.what.id(), told::basis(leak).say(language));
        lines.extend(words::wrap_text(&id, DIM, width));
        lines.extend(words::wrap_text(&told::end(leak).say(language), PLAIN, width));
    }
    lines.extend(app.leak_blind_spots().iter().flat_map(|spot| blind(app, spot, look, width)));
    lines.extend(words::wrap_text(&source(app, look), DIM, width));
    lines
}

pub(super) fn blind(app: &App, spot: &Blind<'_>, look: Look, width: usize) -> Vec<Line<'static>> {
    let what = spot.what.say(look.language);
    let (text, style) = match spot.why {
        Some(obstacle) => {
            let why = match obstacle {
                Obstacle::Problem(problem) => explained::of(problem, app).why.say(look.language),
                Obstacle::OtherCurrency => tr!(look.language, "price-why-currency"),
            };
            (tr!(look.language, "leak-blind-because", what = what, why = why), WARNING)
        }
        None => (tr!(look.language, "leak-blind-loading", what = what), DIM),
    };
    words::wrap_text(&text, style, width)
}

fn source(app: &App, look: Look) -> String {
    match &app.costs.prices.value {
        Some(prices) => {
            let when = prices.asked_at.strftime("%Y-%m-%d %H:%M UTC").to_string();
            if app.costs.is_cached() {
                tr!(look.language, "leaks-source-cache", when = when)
            } else {
                tr!(look.language, "leaks-source", when = when)
            }
        }
        None => tr!(look.language, "leaks-source-none"),
    }
}
