//! Of an instance's details: when it stops or ends by itself, who sees to it, and how sure that is.

use ratatui::text::Span;

use super::value;
use crate::app::auto_stop::{Certainty, countdown_said, local};
use crate::domain::auto_stop::Ending;
use crate::domain::instance::Instance;
use crate::tr;
use crate::ui::look::{DANGER, DIM, PLAIN, WARNING};
use crate::ui::sheet::Sheet;
use crate::ui::view::View;

/// One pair for each end that is to come.
pub(super) fn add(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let (app, language) = (view.app, view.look.language);
    for countdown in app.countdowns(instance) {
        let told = &countdown.told;
        let style = match told.auto_stop.ending {
            _ if countdown.certainty == Certainty::Gone || told.is_overdue(app.now) => WARNING,
            Ending::Terminate => DANGER,
            Ending::Stop => PLAIN,
        };
        let said = countdown_said(&countdown, app.now, true);
        let time = local(told.auto_stop.at, &app.environment.zone);
        sheet.pair(
            tr!(language, "details-auto-stop"),
            value(tr!(language, "details-auto-stop-at", said = said, time = time), style),
        );
        let by = match countdown.certainty {
            Certainty::OnServer => tr!(language, "details-auto-stop-server"),
            Certainty::Scheduled => tr!(language, "details-auto-stop-scheduler"),
            Certainty::Unchecked => tr!(language, "details-auto-stop-unchecked"),
            Certainty::Gone => tr!(language, "details-auto-stop-gone"),
        };
        let mut spans = value(by, DIM);
        if !told.set_by.is_empty() {
            let who = tr!(language, "details-auto-stop-by", name = told.set_by.as_str());
            spans.push(Span::styled(format!("  {who}"), DIM));
        }
        sheet.pair(String::new(), spans);
    }
}
