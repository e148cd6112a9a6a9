//! What the selected instance costs: part by part, by the hour, by the month and since it started.

use ratatui::text::Span;

use super::value;
use crate::app::panes::age;
use crate::domain::cost::Running;
use crate::domain::instance::Instance;
use crate::tr;
use crate::ui::look::{DIM, PLAIN, STRONG};
use crate::ui::money;
use crate::ui::sheet::{Sheet, Spans};
use crate::ui::view::View;

/// Adds the section; nothing for an instance that is gone.
pub(super) fn add(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    if instance.state.is_ending() {
        return;
    }
    let (app, language) = (view.app, view.look.language);
    let cost = app.cost_of(instance);
    sheet.heading(tr!(language, "cost-heading"));
    let runs = instance.state.runs_or_starts();
    let mut head =
        vec![value("", DIM), value(tr!(language, "cost-hour"), DIM), value(tr!(language, "cost-month"), DIM)];
    if cost.from.is_some() {
        let since = if runs { tr!(language, "cost-since-start") } else { tr!(language, "cost-since-stop") };
        head.push(value(since, DIM));
    }
    let row = |label: String, part: &Running, strong: bool| -> Vec<Spans> {
        let amount = |(text, style): (String, ratatui::style::Style)| {
            vec![Span::styled(text, if strong { style.patch(STRONG) } else { style })]
        };
        let mut cells = vec![
            value(label, if strong { STRONG } else { PLAIN }),
            amount(money::sum(&part.hour, money::hourly, language)),
            amount(money::sum(&part.month, money::cents, language)),
        ];
        if cost.from.is_some() {
            cells.push(amount(money::sum(&part.since, money::cents, language)));
        }
        cells
    };
    let mut rows = vec![head, row(tr!(language, "cost-machine"), &cost.machine, false)];
    rows.push(row(tr!(language, "cost-storage"), &cost.storage, false));
    rows.push(row(tr!(language, "cost-addresses"), &cost.addresses, false));
    rows.push(row(tr!(language, "cost-total"), &cost.total, true));
    sheet.grid(rows);
    if let Some(from) = cost.from {
        let time = age::long(from, app.now, language);
        let text = if runs {
            tr!(language, "cost-estimate-start", time = time)
        } else {
            tr!(language, "cost-estimate-stop", time = time)
        };
        sheet.text(value(format!(" {text}"), DIM));
    }
    let spot = app.costs.spot_of(instance.usage_operation.as_deref(), &instance.instance_type);
    if let Some((text, style)) = money::spot(spot, app, language) {
        sheet.text(value(format!(" {text}"), style));
    }
    let parts = [&cost.machine.month, &cost.storage.month, &cost.addresses.month];
    for (text, style) in money::notes(parts, app, language) {
        sheet.text(value(format!(" {text}"), style));
    }
}
