//! The launch flow's screen: where it stands at the left, the step in the middle, what will be made at the right. In
//! a narrow terminal the list of steps becomes one line, and the summary another, if there is room.

pub mod details;
pub mod group;
pub mod image;
pub mod instance_type;
pub mod review;
pub mod run;
pub mod storage;
pub mod summary;
pub mod tags;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::boxed::put;
use super::layout::cells;
use super::look::{ACCENT, DANGER, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use super::{explained, words};
use crate::app::App;
use crate::app::launch::{Launch, Step};
use crate::domain::problem::Problem;
use crate::domain::region::city_key;
use crate::text::{Language, Text};
use crate::tr;

/// From this width on the steps stand at the left.
const WITH_STEPS: u16 = 92;
/// From this width on the summary stands at the right.
const WITH_SUMMARY: u16 = 112;
/// From this height on a narrow terminal has the summary as a line.
const WITH_SUMMARY_LINE: u16 = 16;

/// Where the parts of the screen are; a part that has no room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    title: Rect,
    steps: Rect,
    body: Rect,
    summary: Rect,
}

/// Draws the flow into the whole screen but its last line.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let look = Look::of(app);
    if launch.run.is_some() {
        let parts = run_parts(area);
        draw_title(app, look, parts.title, frame.buffer_mut());
        run::draw(app, launch, frame, parts.body);
        return;
    }
    let parts = parts(area);
    draw_title(app, look, parts.title, frame.buffer_mut());
    draw_steps(launch, look, parts.steps, frame.buffer_mut());
    summary::draw(app, launch, frame, parts.summary);
    let body = parts.body;
    match launch.step {
        Step::Image => image::draw(app, launch, frame, body),
        Step::InstanceType => instance_type::draw(app, launch, frame, body),
        Step::Details => details::draw(app, launch, frame, body),
        Step::Storage => storage::draw(app, launch, frame, body),
        Step::Tags => tags::draw(app, launch, frame, body),
        Step::SecurityGroup => group::draw(app, launch, frame, body),
        Step::Review => review::draw(app, launch, frame, body),
    }
}

/// The name of a step.
#[must_use]
pub fn step_title(step: Step, language: Language) -> String {
    match step {
        Step::Image => tr!(language, "launch-step-image"),
        Step::InstanceType => tr!(language, "launch-step-type"),
        Step::Details => tr!(language, "launch-step-details"),
        Step::Storage => tr!(language, "launch-step-storage"),
        Step::Tags => tr!(language, "launch-step-tags"),
        Step::SecurityGroup => tr!(language, "launch-step-group"),
        Step::Review => tr!(language, "launch-step-review"),
    }
}

fn run_parts(area: Rect) -> Parts {
    let title = u16::from(area.height >= 4);
    let air = u16::from(area.height >= 10);
    let top = title + air;
    Parts {
        title: Rect { height: title, ..area },
        body: inset(Rect { y: area.y + top, height: area.height - top, ..area }),
        ..Parts::default()
    }
}

fn parts(area: Rect) -> Parts {
    let mut parts = run_parts(area);
    let body = parts.body;
    if area.width < WITH_STEPS || area.height < 10 {
        let line = u16::from(area.height >= 6);
        // The line of the steps stands directly under the title.
        let y = parts.title.bottom();
        let top = if area.height >= 14 { y + line + 1 } else { y + line };
        let bottom = u16::from(area.height >= WITH_SUMMARY_LINE);
        parts.steps = Rect { y, height: line, ..area };
        parts.body = Rect { y: top, height: area.bottom().saturating_sub(top + bottom), ..body };
        parts.summary = Rect { y: area.bottom() - bottom, height: bottom, ..body };
        return parts;
    }
    let steps = if area.width >= 150 { 24 } else { 21 };
    parts.steps = Rect { width: steps, ..body };
    parts.body = Rect { x: body.x + steps, width: body.width - steps, ..body };
    if area.width >= WITH_SUMMARY {
        let summary = if area.width >= 150 { 40 } else { 33 };
        parts.body.width -= summary + 2;
        parts.summary = Rect { x: parts.body.right() + 2, width: summary, ..body };
    } else if area.height >= WITH_SUMMARY_LINE {
        parts.body.height -= 2;
        parts.summary = Rect { y: parts.body.bottom() + 1, height: 1, ..parts.body };
    }
    parts
}

fn inset(area: Rect) -> Rect {
    if area.width < 20 { area } else { Rect { x: area.x + 1, width: area.width - 2, ..area } }
}

fn draw_title(app: &App, look: Look, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let area = inset(area);
    let language = look.language;
    let mut spans = vec![Span::styled(tr!(language, "launch-title"), STRONG)];
    if let Some(region) = app.session.region() {
        spans.push(Span::styled(look.sign(" · ", " - "), DIM));
        if let Some(city) = city_key(region) {
            spans.push(Span::raw(format!("{} ", language.say(city))));
        }
        spans.push(Span::raw(region.to_string()));
    }
    if app.environment.demo {
        spans.push(Span::raw("  "));
        spans.push(Span::styled(tr!(language, "header-demo"), WARNING.patch(STRONG)));
    }
    if app.environment.read_only {
        spans.push(Span::raw("  "));
        spans.push(Span::styled(tr!(language, "header-read-only"), ACCENT.patch(STRONG)));
    }
    put(buffer, area.x, area.y, area.right(), &Line::from(spans.clone()));
    let hint = Line::from(vec![Span::styled("Esc ", ACCENT), Span::styled(tr!(language, "launch-leave"), DIM)]);
    let x = area.right().saturating_sub(cells(hint.width()));
    if usize::from(area.width) > words::spans_width(&spans) + hint.width() + 2 {
        put(buffer, x, area.y, area.right(), &hint);
    }
}

fn draw_steps(launch: &Launch, look: Look, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let language = look.language;
    if area.height == 1 {
        let area = inset(area);
        let text = tr!(
            language,
            "launch-step-of",
            number = launch.step.number(),
            all = Step::ALL.len(),
            title = step_title(launch.step, language)
        );
        put(buffer, area.x, area.y, area.right(), &Line::styled(text, ACCENT));
        return;
    }
    for (step, y) in Step::ALL.into_iter().zip(area.top()..area.bottom()) {
        let here = step == launch.step;
        let (sign, sign_style, style) = if here {
            (look.pointer(), ACCENT, STRONG)
        } else if step < launch.furthest {
            (look.good(), GOOD, PLAIN)
        } else {
            (" ", PLAIN, DIM)
        };
        let line = Line::from(vec![
            Span::styled(sign, sign_style),
            Span::styled(format!(" {} {}", step.number(), step_title(step, language)), style),
        ]);
        put(buffer, area.x, y, area.right(), &line);
    }
}

/// A label and a value.
fn pair(label: String, value: String) -> Vec<Span<'static>> {
    vec![Span::styled(label, DIM), Span::raw(" "), Span::raw(value)]
}

/// Lines with as many pieces in each as fit, so that no piece is torn apart unless it is wider than the room.
fn packed(pieces: Vec<Vec<Span<'static>>>, room: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    for piece in pieces {
        let wide = words::spans_width(&piece);
        match lines.last_mut() {
            Some(line) if line.width() + 2 + wide <= room => {
                line.spans.push(words::blank(2));
                line.spans.extend(piece);
            }
            _ => lines.extend(words::wrap(&piece, room)),
        }
    }
    lines
}

/// A failed answer in the place of what was asked for: what, why, what next, and the raw words for support.
fn problem_lines(problem: &Problem, app: &App, look: Look, room: usize) -> Vec<Line<'static>> {
    let mut lines = explained::lines(problem, app, look, room);
    lines.push(Line::default());
    lines.extend(words::wrap_text(&tr!(look.language, "launch-enter-asks-again"), PLAIN, room));
    let raw = [
        problem.operation.as_str(),
        &problem.code,
        &problem.message,
        problem.request_id.as_deref().unwrap_or_default(),
    ];
    let raw: Vec<&str> = raw.into_iter().filter(|part| !part.is_empty()).collect();
    lines.extend(words::wrap_text(&raw.join(look.sign(" · ", " - ")), DIM, room));
    lines
}

/// What is wrong with a step, wrapped.
fn error_lines(error: Option<&Text>, look: Look, room: usize) -> Vec<Line<'static>> {
    error.map(|error| words::wrap_text(&error.say(look.language), DANGER, room)).unwrap_or_default()
}

/// Splits a column into a list above and a block below it. The block never takes the list's last six rows.
fn list_and_block(area: Rect, list: usize, block: usize) -> (Rect, Rect) {
    let wanted = cells(list);
    let least = wanted.min(6).min(area.height);
    let block = cells(block).min(area.height - least);
    let air = u16::from(block > 0 && least > 0 && area.height > least + block);
    let list = (area.height - block - air).min(wanted);
    let below = Rect { y: area.y + list + air, height: area.height - list - air, ..area };
    (Rect { height: list, ..area }, below)
}

#[cfg(test)]
mod tests;
