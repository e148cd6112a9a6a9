//! A failure in words: what happened, why, and what to do next.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::look::{BAD_NEWS, DIM, Look, PLAIN, STRONG};
use super::words;
use crate::app::App;
use crate::domain::explain::{Explained, Explaining, explain};
use crate::domain::problem::Problem;

/// The explanation of a problem for this account and region.
#[must_use]
pub fn of(problem: &Problem, app: &App) -> Explained {
    let info = &app.session.info;
    let eligible = app.catalog.eligible_types();
    let (profile, region, sso) = (info.profile.as_str(), info.region.as_ref(), info.sso);
    explain(problem, &Explaining { profile, region, sso, eligible: &eligible })
}

/// What, why and next, as lines of at most `cells`, with air between them.
#[must_use]
pub fn lines(problem: &Problem, app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let explained = of(problem, app);
    let language = look.language;
    let indent = words::width(look.bad()) + 1;
    let mut lines = Vec::new();
    for (index, line) in
        words::wrap_text(&explained.what.say(language), STRONG, cells.saturating_sub(indent)).into_iter().enumerate()
    {
        let sign = if index == 0 { format!("{} ", look.bad()) } else { " ".repeat(indent) };
        lines.push(prefixed(Span::styled(sign, BAD_NEWS), line));
    }
    lines.push(Line::default());
    lines.extend(indented(&explained.why.say(language), DIM, indent, cells));
    if let Some(next) = &explained.next {
        lines.push(Line::default());
        lines.extend(indented(&next.say(language), PLAIN, indent, cells));
    }
    lines
}

/// A wrapped text behind an indent.
#[must_use]
pub fn indented(text: &str, style: Style, indent: usize, cells: usize) -> Vec<Line<'static>> {
    words::wrap_text(text, style, cells.saturating_sub(indent))
        .into_iter()
        .map(|line| prefixed(words::blank(indent), line))
        .collect()
}

fn prefixed(prefix: Span<'static>, mut line: Line<'static>) -> Line<'static> {
    line.spans.insert(0, prefix);
    line
}
