//! What runs and what lies in the region, an hour and a month, with where the prices come from.

use ratatui::text::{Line, Span};

use crate::app::App;
use crate::domain::cost::{Running, Sum};
use crate::tr;
use crate::ui::look::{DIM, Look, PLAIN, STRONG};
use crate::ui::money;
use crate::ui::sheet::{Sheet, Spans};
use crate::ui::words;

/// The section's lines.
pub(super) fn lines(app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let cost = app.region_cost();
    let mut sheet = Sheet::default();
    let region = app.session.region().map(ToString::to_string).unwrap_or_default();
    sheet.heading(tr!(language, "costs-region", region = region));
    if cost.total.month.is_empty() {
        sheet.text(vec![Span::styled(language.say("costs-region-empty"), DIM)]);
        sheet.text(vec![Span::styled(language.say("costs-not-in-it"), DIM)]);
        return sheet.lines(cells);
    }
    let head = ["", "costs-per-hour", "costs-per-month"]
        .map(|key| vec![Span::styled(if key.is_empty() { String::new() } else { language.say(key) }, DIM)]);
    let mut rows: Vec<Vec<Spans>> = vec![head.into()];
    for (key, part) in [
        ("costs-machines", &cost.machines),
        ("costs-volumes", &cost.volumes),
        ("costs-addresses", &cost.addresses),
        ("costs-total", &cost.total),
    ] {
        let label = if key == "costs-total" { STRONG } else { PLAIN };
        rows.push(vec![
            vec![Span::styled(language.say(key), label)],
            amount(&part.hour, money::hourly, look),
            amount(&part.month, money::cents, look),
        ]);
    }
    sheet.grid(right_aligned(rows));
    let sums: [&Running; 3] = [&cost.machines, &cost.volumes, &cost.addresses];
    for (note, style) in money::notes(sums.map(|part| &part.month), app, language) {
        sheet.text(vec![Span::styled(note, style)]);
    }
    sheet.text(vec![Span::styled(language.say("costs-not-in-it"), DIM)]);
    sheet.lines(cells)
}

fn amount(sum: &Sum, show: fn(crate::domain::money::Money) -> String, look: Look) -> Spans {
    let (text, style) = money::sum(sum, show, look.language);
    vec![Span::styled(text, style)]
}

/// The same rows with the amounts of each column ending where its widest one does.
fn right_aligned(mut rows: Vec<Vec<Spans>>) -> Vec<Vec<Spans>> {
    for column in 1..=2 {
        let width = |row: &Vec<Spans>| row.get(column).map_or(0, |cell| words::spans_width(cell));
        let widest = rows.iter().map(width).max().unwrap_or(0);
        for row in &mut rows {
            let short = widest - width(row);
            if let Some(cell) = row.get_mut(column) {
                cell.insert(0, words::blank(short));
            }
        }
    }
    rows
}
