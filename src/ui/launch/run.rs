//! The launch under way: its steps with a spinner and the outcome of each, what exists when one fails, and at the end
//! how to get in.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::boxed::put_lines;
use super::super::layout::first_shown;
use super::super::look::{ACCENT, BAD_NEWS, DANGER, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use super::super::{explained, words};
use super::group::keys_lines;
use crate::app::App;
use crate::app::launch::Launch;
use crate::app::launch::run::Run;
use crate::app::launch::run::cleanup::Removal;
use crate::app::launch::run::report::WayIn;
use crate::app::launch::run::stage::{Failure, Stage, StageKind, StageState};
use crate::domain::instance::Instance;
use crate::domain::launch_plan::KeyChoice;
use crate::keymap::{Action, Context};
use crate::text::Language;
use crate::tr;

/// The most instances whose way in is shown.
const MOST_SHOWN: usize = 6;

/// Draws the run.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let Some(run) = &launch.run else { return };
    if area.is_empty() {
        return;
    }
    let look = Look::of(app);
    let room = usize::from(area.width);
    let mut lines = stage_lines(run, look, room);
    // What is under way has to be seen; behind it, what came of it.
    let mut focus = run.stages.iter().position(|stage| stage.state != StageState::Done).unwrap_or(run.stages.len());
    if let Some(removal) = &run.removal {
        lines.push(Line::default());
        removal_lines(app, run, removal, look, room, &mut lines);
        focus = lines.len();
    } else if let Some((_, failure)) = run.failure() {
        lines.push(Line::default());
        failure_lines(app, run, failure, look, room, &mut lines);
        focus = lines.len();
    }
    if run.removal.is_none() && !run.running(&app.inventory).is_empty() {
        lines.push(Line::default());
        report_lines(app, run, look, room, &mut lines);
        focus = lines.len();
    }
    let first = first_shown(focus, lines.len(), usize::from(area.height));
    put_lines(frame.buffer_mut(), area, lines.get(first..).unwrap_or_default());
}

fn title(kind: StageKind, language: Language) -> String {
    match kind {
        StageKind::Tidy => tr!(language, "run-stage-tidy"),
        StageKind::KeyPair => tr!(language, "run-stage-key-pair"),
        StageKind::SecurityGroup => tr!(language, "run-stage-group"),
        StageKind::Rules => tr!(language, "run-stage-rules"),
        StageKind::Instance => tr!(language, "run-stage-instance"),
        StageKind::Running => tr!(language, "run-stage-running"),
        StageKind::StatusChecks => tr!(language, "run-stage-checks"),
    }
}

fn sign(state: &StageState, spinner: usize, look: Look) -> Span<'static> {
    const FANCY: [&str; 8] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠧", "⠇", "⠏"];
    const PLAIN_SIGNS: [&str; 4] = ["|", "/", "-", "\\"];
    match state {
        StageState::Waiting => Span::styled(look.neutral(), DIM),
        StageState::Working => {
            Span::styled(look.sign(FANCY[spinner % FANCY.len()], PLAIN_SIGNS[spinner % PLAIN_SIGNS.len()]), ACCENT)
        }
        StageState::Done => Span::styled(look.good(), GOOD),
        StageState::Failed(_) => Span::styled(look.bad(), BAD_NEWS),
    }
}

fn style_of(state: &StageState) -> Style {
    match state {
        StageState::Waiting => DIM,
        StageState::Working => STRONG,
        StageState::Done => PLAIN,
        StageState::Failed(_) => DANGER,
    }
}

fn stage_lines(run: &Run, look: Look, room: usize) -> Vec<Line<'static>> {
    let titles = run.stages.iter().map(|stage| words::width(&title(stage.kind, look.language)));
    let width = titles.max().unwrap_or(0).min(room / 2);
    run.stages.iter().map(|stage| stage_line(stage, run.spinner, width, look, room)).collect()
}

fn stage_line(stage: &Stage, spinner: usize, width: usize, look: Look, room: usize) -> Line<'static> {
    let name = words::cut_end(&title(stage.kind, look.language), width, look.ellipsis());
    let mut spans = vec![
        sign(&stage.state, spinner, look),
        Span::raw(" "),
        Span::styled(words::fill(&name, width, false), style_of(&stage.state)),
    ];
    if let Some(note) = &stage.note {
        let left = room.saturating_sub(width + 4);
        let note = words::cut_end(&note.say(look.language), left, look.ellipsis());
        spans.push(Span::styled(format!("  {note}"), DIM));
    }
    Line::from(spans)
}

fn failure_lines(app: &App, run: &Run, failure: &Failure, look: Look, room: usize, lines: &mut Vec<Line<'static>>) {
    let language = look.language;
    if let Some(problem) = failure.problem() {
        lines.extend(explained::lines(problem, app, look, room));
    }
    let sentence = match failure {
        Failure::Problem(_) => None,
        Failure::NameTaken(_) => Some(tr!(language, "run-failed-name-taken")),
        Failure::NothingMade(_) => Some(tr!(language, "run-failed-nothing-made")),
        Failure::Unsettled { .. } => Some(tr!(language, "run-failed-unsettled")),
        Failure::Ended(_) => Some(tr!(language, "run-failed-ended")),
        Failure::Impaired(ids) => {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            Some(tr!(language, "run-failed-impaired", ids = ids.join(", ")))
        }
    };
    if let Some(sentence) = sentence {
        lines.extend(words::wrap_text(&sentence, STRONG, room));
    }
    if let Failure::Ended(reasons) = failure {
        for (id, reason) in reasons {
            let words = match reason {
                Some(reason) => tr!(language, "run-ended-reason", id = id, reason = reason),
                None => tr!(language, "run-ended-no-reason", id = id),
            };
            lines.extend(explained::indented(&words, DANGER, 2, room));
        }
    }
    lines.push(Line::default());
    fact_lines(app, run, look, room, lines);
    lines.push(Line::default());
    let removable = !run.ledger.is_empty() && run.ledger.launch_unclear.is_none();
    let actions: &[Action] =
        if removable { &[Action::Retry, Action::RemoveMade, Action::Leave] } else { &[Action::Retry, Action::Leave] };
    let back = run.ledger.instances.is_empty() && run.ledger.launch_unclear.is_none();
    if back || matches!(failure, Failure::Ended(_)) {
        lines.extend(words::wrap_text(&tr!(language, "run-back-hint"), DIM, room));
    }
    lines.extend(keys_lines(Context::LaunchRun, actions, look, room));
}

/// What exists by now.
fn fact_lines(app: &App, run: &Run, look: Look, room: usize, lines: &mut Vec<Line<'static>>) {
    let language = look.language;
    let facts = run.ledger.facts(&app.environment);
    if run.ledger.is_empty() {
        lines.extend(words::wrap_text(&tr!(language, "run-exists-nothing"), PLAIN, room));
    }
    if facts.is_empty() {
        return;
    }
    lines.push(Line::styled(tr!(language, "run-exists"), STRONG));
    for fact in facts {
        lines.extend(explained::indented(&fact.say(language), PLAIN, 2, room));
    }
}

fn removal_lines(app: &App, run: &Run, removal: &Removal, look: Look, room: usize, lines: &mut Vec<Line<'static>>) {
    let language = look.language;
    lines.push(Line::styled(tr!(language, "run-removal"), STRONG));
    for item in &removal.items {
        let mut spans = vec![sign(&item.state, run.spinner, look), Span::raw(" ")];
        spans.push(Span::styled(item.what.words().say(language), style_of(&item.state)));
        if item.state == StageState::Working && run.is_trying_again() {
            spans.push(Span::styled(format!("  {}", tr!(language, "run-still-in-use")), DIM));
        }
        lines.push(Line::from(spans));
    }
    if let Some(problem) = removal.failure().and_then(Failure::problem) {
        lines.push(Line::default());
        lines.extend(explained::lines(problem, app, look, room));
        lines.extend(keys_lines(Context::LaunchRun, &[Action::Retry, Action::Leave], look, room));
    }
    if removal.is_done() {
        lines.push(Line::default());
        lines.push(Line::styled(tr!(language, "run-removed-all"), GOOD));
        if let Some(file) = run.ledger.key_file() {
            let path = app.environment.short_path(&file.path);
            lines.extend(words::wrap_text(&tr!(language, "run-key-file-stays", path = path), DIM, room));
        }
        lines.extend(keys_lines(Context::LaunchRun, &[Action::Retry, Action::Leave], look, room));
    }
}

/// How to get in.
fn report_lines(app: &App, run: &Run, look: Look, room: usize, lines: &mut Vec<Line<'static>>) {
    let language = look.language;
    lines.push(Line::styled(tr!(language, "run-ready"), STRONG.patch(GOOD)));
    let labels = ["run-address", "run-ssh", "run-private-key"].map(|key| words::width(&language.say(key)));
    let width = labels.into_iter().max().unwrap_or(0).min(room / 3);
    let several = run.ledger.instances.len() > 1;
    for instance in run.instances(&app.inventory).take(MOST_SHOWN) {
        if several {
            lines.push(Line::from(vec![
                Span::styled(look.state_sign(instance.state), look.state_style(instance.state)),
                Span::styled(format!(" {} ", instance.label()), STRONG),
                Span::styled(instance.id.to_string(), DIM),
            ]));
        }
        instance_lines(app, run, instance, width, look, room, lines);
    }
    let more = run.ledger.instances.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        lines.push(Line::styled(tr!(language, "run-others", count = more), DIM));
    }
    let key = match (&run.order.plan.key, run.private_key(&app.inventory, &app.environment)) {
        (_, Some(path)) => Span::raw(path),
        (KeyChoice::None, None) => Span::styled(tr!(language, "run-no-key"), WARNING),
        (_, None) => Span::styled(tr!(language, "run-key-elsewhere"), WARNING),
    };
    lines.extend(pair(&tr!(language, "run-private-key"), key, width, look, room));
    if !run.is_over() && run.failure().is_none() {
        lines.extend(words::wrap_text(&tr!(language, "run-may-leave"), DIM, room));
    }
    lines.push(Line::default());
    lines.extend(keys_lines(Context::LaunchRun, &[Action::Choose, Action::CopySsh, Action::Leave], look, room));
}

fn instance_lines(
    app: &App,
    run: &Run,
    instance: &Instance,
    width: usize,
    look: Look,
    room: usize,
    lines: &mut Vec<Line<'static>>,
) {
    let language = look.language;
    let address = instance.public_ip.map(|address| address.to_string());
    let shown = match address {
        Some(address) => Span::raw(address),
        None => Span::styled(tr!(language, "run-no-address"), WARNING),
    };
    lines.extend(pair(&tr!(language, "run-address"), shown, width, look, room));
    let way = match run.way_in(instance, &app.inventory, &app.environment) {
        WayIn::Ssh(command) => Span::styled(command, ACCENT),
        WayIn::Rdp(address) => Span::raw(tr!(language, "run-rdp", address = address)),
        WayIn::NoPublicAddress => return,
    };
    lines.extend(pair(&tr!(language, "run-ssh"), way, width, look, room));
}

/// A label and a value, wrapped under itself.
fn pair(label: &str, value: Span<'static>, width: usize, look: Look, room: usize) -> Vec<Line<'static>> {
    let label = words::fill(&words::cut_end(label, width, look.ellipsis()), width, false);
    let mut lines = words::wrap(&[value], room.saturating_sub(width + 4));
    for (index, line) in lines.iter_mut().enumerate() {
        let lead = if index == 0 { Span::styled(format!("  {label}  "), DIM) } else { words::blank(width + 4) };
        line.spans.insert(0, lead);
    }
    lines
}

#[cfg(test)]
mod tests;
