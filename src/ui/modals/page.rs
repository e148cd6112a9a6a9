//! A page to read: help, one failure with its details, what came of an action on several rows, commands.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{help, most_cells, open};
use crate::app::App;
use crate::app::modal::{PageContent, PageModal};
use crate::domain::clean::clean;
use crate::domain::instance::InstanceAction;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;
use crate::text::Text;
use crate::tr;
use crate::ui::boxed::{self, put_lines};
use crate::ui::explained;
use crate::ui::look::{BAD_NEWS, DANGER, DIM, GOOD, Look, PLAIN, STRONG};
use crate::ui::sheet::Sheet;
use crate::ui::words;

/// Wide enough for a sentence, narrow enough to be read.
pub(super) const READABLE: usize = 76;

/// Draws the page from its scroll on; a scroll past the end shows the end. Says which line could be the first one at
/// most.
pub(super) fn draw(app: &App, page: &PageModal, look: Look, area: Rect, frame: &mut Frame<'_>) -> usize {
    let most = most_cells(area);
    let height = usize::from(area.height).saturating_sub(4).max(1);
    let (title, lines) = match &page.content {
        PageContent::Help(context) => (tr!(look.language, "help-title"), help::lines(*context, look, most, height)),
        PageContent::Problem(problem) => {
            (tr!(look.language, "problem-title"), problem_lines(problem, app, look, most.min(READABLE)))
        }
        PageContent::Aftermath { lines, problems } => {
            (tr!(look.language, "problem-title"), aftermath_lines(lines, problems, app, look, most.min(READABLE)))
        }
        PageContent::Outcomes { action, results } => {
            (action_name(*action, look), outcome_lines(results, app, look, most.min(READABLE)))
        }
        PageContent::Lines { title, lines } => {
            let said = lines.iter().map(|line| line.say(look.language));
            let lines = said.flat_map(|line| words::wrap_text(&line, PLAIN, most.min(READABLE))).collect();
            (title.say(look.language), lines)
        }
        PageContent::Password { name, secret } => {
            (tr!(look.language, "password-title", name = name.as_str()), password_lines(secret, look, most))
        }
        PageContent::Commands(commands) => (tr!(look.language, "commands-title"), command_lines(commands, most)),
    };
    let width = lines.iter().map(Line::width).max().unwrap_or(0).max(words::width(&title) + 4).min(most);
    let (room, place) = open(area, look, Some(title), (width, lines.len().min(height)), frame);
    let shown = usize::from(room.height);
    let most_scroll = lines.len().saturating_sub(shown);
    let first = usize::from(page.scroll).min(most_scroll);
    put_lines(frame.buffer_mut(), room, &lines[first..]);
    if place.height > room.height {
        boxed::draw_scroll(place, look, first, shown.min(lines.len()), lines.len(), frame.buffer_mut());
    }
    most_scroll
}

fn action_name(action: InstanceAction, look: Look) -> String {
    match action {
        InstanceAction::Start => tr!(look.language, "key-start"),
        InstanceAction::Stop => tr!(look.language, "key-stop"),
        InstanceAction::Reboot => tr!(look.language, "key-reboot"),
        InstanceAction::Terminate => tr!(look.language, "key-terminate"),
    }
}

fn problem_lines(problem: &Problem, app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines = explained::lines(problem, app, look, cells);
    let mut sheet = Sheet::default();
    let details = [
        (tr!(language, "problem-operation"), problem.operation.as_str()),
        (tr!(language, "problem-code"), problem.code.as_str()),
        (tr!(language, "problem-message"), problem.message.as_str()),
        (tr!(language, "problem-request"), problem.request_id.as_deref().unwrap_or_default()),
    ];
    for (label, text) in details.into_iter().filter(|(_, text)| !text.is_empty()) {
        sheet.pair(label, vec![Span::styled(text.to_owned(), PLAIN)]);
    }
    lines.push(Line::default());
    lines.push(Line::styled(tr!(language, "problem-details"), STRONG));
    lines.extend(sheet.lines(cells));
    lines
}

fn aftermath_lines(said: &[Text], problems: &[Problem], app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> =
        said.iter().flat_map(|text| words::wrap_text(&text.say(look.language), STRONG, cells)).collect();
    for problem in problems {
        lines.push(Line::default());
        lines.extend(problem_lines(problem, app, look, cells));
    }
    lines
}

fn outcome_lines(results: &[(String, Result<(), Problem>)], app: &App, look: Look, cells: usize) -> Vec<Line<'static>> {
    let failed = results.iter().filter(|(_, outcome)| outcome.is_err()).count();
    let summary = tr!(look.language, "outcomes-summary", done = results.len() - failed, failed = failed);
    let mut lines = vec![Line::styled(summary, STRONG), Line::default()];
    let label_wide = results.iter().map(|(label, _)| words::width(label)).max().unwrap_or(0).min(cells / 2);
    for (label, outcome) in results {
        let label = words::fill(&words::cut_end(label, label_wide, look.ellipsis()), label_wide, false);
        let (sign, style, said) = match outcome {
            Ok(()) => (look.good(), GOOD, vec![Line::styled(tr!(look.language, "outcome-done"), DIM)]),
            Err(problem) => {
                let why = explained::of(problem, app);
                let text = format!("{} {}", why.what.say(look.language), why.why.say(look.language));
                (look.bad(), BAD_NEWS, words::wrap_text(&text, DANGER, cells.saturating_sub(label_wide + 4)))
            }
        };
        for (index, mut line) in said.into_iter().enumerate() {
            if index == 0 {
                line.spans.insert(0, Span::raw(format!("{label}  ")));
                line.spans.insert(0, Span::styled(format!("{sign} "), style));
            } else {
                line.spans.insert(0, words::blank(label_wide + 4));
            }
            lines.push(line);
        }
    }
    lines
}

fn password_lines(secret: &Secret, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(clean(secret.as_str()), STRONG), Line::default()];
    for note in [tr!(look.language, "password-user"), tr!(look.language, "password-kept")] {
        lines.extend(words::wrap_text(&note, PLAIN, cells.min(READABLE)));
    }
    lines
}

fn command_lines(commands: &[String], cells: usize) -> Vec<Line<'static>> {
    commands.iter().flat_map(|command| words::wrap_text(command, PLAIN, cells)).collect()
}
