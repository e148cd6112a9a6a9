//! The free tier: plan and credits, or the month's allowances, each with where the number comes from.

use jiff::Timestamp;
use ratatui::text::{Line, Span};

use super::gauge;
use crate::app::App;
use crate::app::costs_view::kind_name;
use crate::app::free_tier::{Credits, FreeTier, MeterUse, More, day};
use crate::domain::account_plan::{PlanKind, PlanStatus};
use crate::domain::allowance::Meter;
use crate::domain::forecast::hours_between;
use crate::domain::problem::Problem;
use crate::tr;
use crate::ui::explained;
use crate::ui::look::{DANGER, DIM, Look, PLAIN, STRONG, WARNING};
use crate::ui::sheet::{Sheet, Spans};
use crate::ui::words;

/// Cells of a bar.
const BAR: usize = 24;
/// As credits last no longer than this, they are on the way out.
const SOON_DAYS: f64 = 14.0;

/// The section's lines.
pub(super) fn lines(app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut sheet = Sheet::default();
    let bar = BAR.min(cells / 3);
    sheet.heading(tr!(look.language, "free-tier-heading"));
    match app.free_tier(&More::default()) {
        FreeTier::Asking => {
            sheet.text(vec![Span::styled(
                format!("{} {}", look.loading(), tr!(look.language, "free-tier-asking")),
                DIM,
            )]);
        }
        FreeTier::Credits(credits) => credit_lines(app, &credits, bar, look, &mut sheet),
        FreeTier::Allowances { meters, counted } => allowance_lines(app, &meters, counted, bar, look, &mut sheet),
        FreeTier::Billed { told } => {
            let key = if told { "free-tier-billed-told" } else { "free-tier-billed-said" };
            sheet.text(vec![Span::styled(look.language.say(key), PLAIN)]);
        }
        FreeTier::Unknown { meters } => unknown_lines(app, &meters, bar, look, &mut sheet),
    }
    refusals(app, look, &mut sheet);
    sheet.lines(cells)
}

fn credit_lines(app: &App, credits: &Credits, bar: usize, look: Look, sheet: &mut Sheet) {
    let language = look.language;
    if let Some(plan) = &credits.plan {
        let kind = match plan.kind {
            PlanKind::Free => "plan-free",
            PlanKind::Paid => "plan-paid",
            PlanKind::Other => "plan-other",
        };
        let status = match plan.status {
            PlanStatus::NotStarted => "plan-not-started",
            PlanStatus::Active => "plan-active",
            PlanStatus::Expired => "plan-expired",
            PlanStatus::Other => "plan-status-other",
        };
        let mut spans =
            vec![Span::styled(language.say(kind), STRONG), Span::styled(format!(", {}", language.say(status)), PLAIN)];
        if let Some(ends) = plan.ends {
            let text = tr!(language, "plan-ends", day = day(ends), in = days_until(ends, app.now));
            spans.push(Span::styled(format!(" · {text}"), ends_style(ends, app.now)));
        }
        sheet.pair(language.say("plan-label"), spans);
        match plan.credits {
            Some(left) => sheet.pair(
                language.say("credits-label"),
                vec![Span::styled(tr!(language, "credits-left", amount = left.to_string()), STRONG)],
            ),
            None => sheet.pair(language.say("credits-label"), vec![Span::styled(language.say("credits-unknown"), DIM)]),
        }
    } else {
        sheet.text(vec![Span::styled(
            tr!(language, "free-tier-said", kind = kind_name(app.said_account_kind())),
            PLAIN,
        )]);
        sheet.pair(language.say("credits-label"), vec![Span::styled(language.say("credits-unknown"), DIM)]);
    }
    source(app.costs.plan.read_at.filter(|_| credits.plan.is_some()), look, sheet);
    burn_lines(app, credits, bar, look, sheet);
    sheet.text(vec![Span::styled(language.say("free-tier-burn-estimate"), DIM)]);
    sheet.text(vec![Span::styled(language.say("free-tier-region-only"), DIM)]);
    if credits.plan.as_ref().is_some_and(|plan| plan.kind == PlanKind::Free) {
        sheet.text(vec![Span::styled(language.say("plan-free-note"), DIM)]);
    }
}

fn burn_lines(app: &App, credits: &Credits, bar: usize, look: Look, sheet: &mut Sheet) {
    let language = look.language;
    let Some(burn) = credits.burn else {
        sheet.pair(language.say("burn-label"), vec![Span::styled(language.say("burn-unknown"), DIM)]);
        return;
    };
    let mut rate = tr!(language, "burn-per-day", amount = burn.per_day().to_string());
    if burn.unknown > 0 {
        rate = tr!(language, "burn-at-least", rate = rate, n = burn.unknown);
    }
    sheet.pair(language.say("burn-label"), vec![Span::styled(rate, PLAIN)]);
    let ends = credits.plan.as_ref().and_then(|plan| plan.ends);
    let gone = match (credits.gone, ends) {
        (Some(gone), Some(ends)) if gone >= ends => tr!(language, "credits-outlast-plan", day = day(ends)),
        (Some(gone), _) if burn.unknown > 0 => {
            tr!(language, "credits-gone-latest", day = day(gone), in = days_until(gone, app.now))
        }
        (Some(gone), _) => tr!(language, "credits-gone", day = day(gone), in = days_until(gone, app.now)),
        (None, _) if credits.plan.as_ref().is_some_and(|plan| plan.credits.is_some()) => language.say("credits-never"),
        (None, _) => return,
    };
    let style = credits.gone.map_or(PLAIN, |gone| ends_style(gone, app.now));
    let mut spans = Spans::new();
    if let Some((gone, ends)) = credits.gone.zip(ends) {
        // How much of the plan's time the credits pay for.
        let share = hours_between(app.now, gone) / hours_between(app.now, ends).max(1.0);
        spans.extend(
            gauge::bar(share, share, bar, look)
                .into_iter()
                .map(|span| Span::styled(span.content, if share < 1.0 { WARNING } else { PLAIN })),
        );
        spans.push(words::blank(2));
    }
    spans.push(Span::styled(gone, style));
    sheet.pair(language.say("credits-last-label"), spans);
}

fn ends_style(at: Timestamp, now: Timestamp) -> ratatui::style::Style {
    if hours_between(now, at) < SOON_DAYS * 24.0 { DANGER } else { PLAIN }
}

#[expect(clippy::cast_possible_truncation, reason = "days of a calendar")]
fn days_until(at: Timestamp, now: Timestamp) -> i64 {
    (hours_between(now, at) / 24.0).floor() as i64
}

fn allowance_lines(app: &App, meters: &[MeterUse], counted: bool, bar: usize, look: Look, sheet: &mut Sheet) {
    let language = look.language;
    if !counted {
        sheet.text(vec![Span::styled(
            tr!(language, "free-tier-said", kind = kind_name(app.said_account_kind())),
            PLAIN,
        )]);
    }
    gauges(app, meters, bar, look, sheet);
    if meters.is_empty() {
        sheet.text(vec![Span::styled(language.say("free-tier-nothing-used"), DIM)]);
    }
    if counted {
        sheet.text(vec![Span::styled(language.say("free-tier-counted-note"), DIM)]);
        source(app.costs.allowances.read_at, look, sheet);
    }
    if meters.iter().any(|one| one.told.is_none()) {
        sheet.text(vec![Span::styled(language.say("free-tier-is-estimate"), WARNING)]);
    }
}

fn gauges(app: &App, meters: &[MeterUse], bar: usize, look: Look, sheet: &mut Sheet) {
    let language = look.language;
    for one in meters {
        let forecast = &one.forecast;
        let share = |amount: f64| amount / forecast.limit;
        let mut spans = gauge::bar(share(forecast.used), share(forecast.at_month_end), bar, look);
        let used = one.told.map_or(forecast.used, |told| told.used);
        let (used, limit) = (number(used, one.meter), number(forecast.limit, one.meter));
        let used = match one.meter {
            Meter::Storage => tr!(language, "meter-of-gib", used = used, limit = limit),
            _ => tr!(language, "meter-of-hours", used = used, limit = limit),
        };
        spans.push(Span::styled(format!("  {used}"), PLAIN));
        let end = tr!(language, "meter-at-month-end", sum = number(forecast.at_month_end, one.meter));
        spans.push(Span::styled(format!(" · {end}"), gauge::style(share(forecast.at_month_end))));
        if let Some(out) = forecast.runs_out {
            let text = if out <= app.now {
                language.say("meter-used-up")
            } else {
                tr!(language, "meter-runs-out", day = day(out))
            };
            spans.push(Span::styled(format!(" · {text}"), DANGER));
        }
        let note = match one.told {
            Some(told) if told.expected > 0.0 => {
                Some(tr!(language, "meter-aws-expects", sum = number(told.expected, one.meter)))
            }
            Some(_) => None,
            None => Some(language.say("meter-estimate")),
        };
        spans.extend(note.map(|note| Span::styled(format!(" · {note}"), DIM)));
        sheet.pair(language.say(one.meter.text_key()), spans);
    }
    for gap in app.meter_gaps() {
        sheet.text(vec![Span::styled(gap.say(language), WARNING)]);
    }
}

fn number(amount: f64, meter: Meter) -> String {
    if meter == Meter::Storage { format!("{amount:.1}") } else { format!("{amount:.0}") }
}

fn unknown_lines(app: &App, meters: &[MeterUse], bar: usize, look: Look, sheet: &mut Sheet) {
    let language = look.language;
    // A plan whose credits are not told is a plan.
    let answered = app.costs.plan.value == Some(None) && app.costs.allowances.value.is_some();
    let key = if answered { "free-tier-none-told" } else { "free-tier-unknown" };
    sheet.text(vec![Span::styled(language.say(key), WARNING)]);
    sheet.text(vec![Span::styled(language.say("free-tier-say-it"), DIM)]);
    if !meters.is_empty() {
        sheet.text(vec![Span::styled(language.say("free-tier-if"), PLAIN)]);
        gauges(app, meters, bar, look, sheet);
        sheet.text(vec![Span::styled(language.say("free-tier-is-estimate"), WARNING)]);
    }
}

/// Why AWS has not answered, each question with its own reason.
fn refusals(app: &App, look: Look, sheet: &mut Sheet) {
    for problem in [&app.costs.plan.problem, &app.costs.allowances.problem].into_iter().flatten() {
        sheet.text(vec![Span::styled(why(app, problem, look), WARNING)]);
    }
}

fn why(app: &App, problem: &Problem, look: Look) -> String {
    let said = explained::of(problem, app).why.say(look.language);
    tr!(look.language, "costs-not-asked", operation = problem.operation.as_str(), why = said)
}

fn source(read_at: Option<Timestamp>, look: Look, sheet: &mut Sheet) {
    if let Some(at) = read_at {
        let time = at.strftime("%Y-%m-%d %H:%M").to_string();
        sheet.text(vec![Span::styled(tr!(look.language, "source-free-tier", time = time), DIM)]);
    }
}
