//! Step 7: every answer with the way back to it, the key pair, what the dry run says, and the launch.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as Drawn, Span};

use super::super::boxed::put;
use super::super::layout::{cells, first_shown};
use super::super::look::{ACCENT, DANGER, DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use super::super::{explained, field, money, words};
use super::step_title;
use crate::app::App;
use crate::app::form::FieldKind;
use crate::app::launch::review::key::{KeyMode, KeyPart};
use crate::app::launch::review::{Line, ReviewStep, Verdict, summary};
use crate::app::launch::{Launch, Step};
use crate::domain::cost::of_launch;
use crate::domain::instance::Platform;
use crate::domain::launch_plan::LaunchPlan;
use crate::text::{Language, Text};
use crate::tr;

/// Cells before a label: the bar and a space.
const LEAD: usize = 2;

/// All lines of the step, and where the cursor's are.
struct Lines {
    all: Vec<Drawn<'static>>,
    focus: usize,
    /// The line in which the name of a new key pair is typed, and the cell it begins at.
    input: Option<(usize, usize)>,
}

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    let look = Look::of(app);
    let lines = lines(app, launch, look, usize::from(area.width));
    let first = first_shown(lines.focus, lines.all.len(), usize::from(area.height));
    for (line, y) in lines.all.iter().skip(first).zip(area.top()..area.bottom()) {
        put(frame.buffer_mut(), area.x, y, area.right(), line);
    }
    let Some((row, column)) = lines.input else { return };
    let FieldKind::Text { input, .. } = &launch.review.key.name.kind else { return };
    let x = area.x.saturating_add(cells(column));
    if let Some(row) = row.checked_sub(first).map(cells).filter(|row| *row < area.height && x < area.right()) {
        let room = Rect { x, y: area.y + row, width: (area.right() - x).min(48), height: 1 };
        let style = PLAIN.add_modifier(Modifier::UNDERLINED);
        frame.buffer_mut().set_style(room, style);
        field::draw(input, room, style, frame);
    }
}

fn lines(app: &App, launch: &Launch, look: Look, room: usize) -> Lines {
    let language = look.language;
    let review = &launch.review;
    let width = label_width(language).min(room / 3);
    let mut lines = Lines { all: Vec::new(), focus: 0, input: None };
    let plan = review.plan.as_ref().and_then(|plan| plan.as_ref().ok());
    for line in review.lines() {
        let here = line == review.line;
        match line {
            Line::Step(step) => {
                let texts = plan.map(|plan| summary::of(step, plan, launch, &app.catalog, &app.inventory));
                let value = joined(&texts.unwrap_or_default(), look);
                lines.push(here, &step_title(step, language), &value, width, room, look);
            }
            Line::Key => {
                if room > 40 {
                    lines.all.push(Drawn::default());
                }
                let mode = match review.key.mode {
                    KeyMode::New => tr!(language, "review-key-new"),
                    KeyMode::Existing => tr!(language, "review-key-existing"),
                    KeyMode::None => tr!(language, "review-key-none"),
                };
                lines.push(here, &tr!(language, "review-key"), &choice(mode, here, look), width, room, look);
                if review.key.mode == KeyMode::None {
                    lines.hint(&tr!(language, "review-key-none-hint"), WARNING, width, room);
                }
            }
            Line::KeyName => key_name_lines(app, review, here, width, room, look, &mut lines),
            Line::KeyPair => key_pair_lines(app, review, here, width, room, look, &mut lines),
            Line::Launch => {
                cost_lines(app, launch, width, room, look, &mut lines);
                verdict_lines(app, review, width, room, look, &mut lines);
                launch_line(app, review, plan, here, look, room, &mut lines);
            }
        }
    }
    lines
}

impl Lines {
    /// A label and its value, wrapped under itself.
    fn push(&mut self, here: bool, label: &str, value: &[Span<'static>], width: usize, room: usize, look: Look) {
        if here {
            self.focus = self.all.len();
        }
        let style = if here { STRONG } else { DIM };
        let indent = LEAD + width + 2;
        let values = words::wrap(value, room.saturating_sub(indent));
        for (index, mut value) in values.into_iter().enumerate() {
            let mut spans = if index == 0 {
                let label = words::fill(&words::cut_end(label, width, look.ellipsis()), width, false);
                vec![bar(here, look), Span::raw(" "), Span::styled(label, style), words::blank(2)]
            } else {
                vec![words::blank(indent)]
            };
            spans.append(&mut value.spans);
            self.all.push(Drawn::from(spans));
        }
    }

    /// A sentence under a value.
    fn hint(&mut self, text: &str, style: Style, width: usize, room: usize) {
        let wide_enough = room.saturating_sub(LEAD + width + 2) >= 24;
        let indent = if wide_enough { LEAD + width + 2 } else { LEAD };
        self.all.extend(explained::indented(text, style, indent, room));
    }
}

fn bar(here: bool, look: Look) -> Span<'static> {
    if here { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") }
}

fn label_width(language: Language) -> usize {
    let steps = Step::ALL.into_iter().map(|step| step_title(step, language));
    let own = [tr!(language, "review-key"), tr!(language, "review-cost"), tr!(language, "review-verdict")];
    steps.chain(own).map(|label| words::width(&label)).max().unwrap_or(0)
}

fn joined(texts: &[Text], look: Look) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled(look.sign(" · ", " - "), DIM));
        }
        spans.push(Span::raw(text.say(look.language)));
    }
    spans
}

fn choice(label: String, here: bool, look: Look) -> Vec<Span<'static>> {
    if !here {
        return vec![Span::raw(label)];
    }
    vec![Span::styled(look.sign("‹ ", "< "), ACCENT), Span::raw(label), Span::styled(look.sign(" ›", " >"), ACCENT)]
}

fn key_name_lines(
    app: &App,
    review: &ReviewStep,
    here: bool,
    width: usize,
    room: usize,
    look: Look,
    lines: &mut Lines,
) {
    let language = look.language;
    // The focused one is drawn with its cursor on top.
    let value = if here { String::new() } else { review.key.name.value().to_owned() };
    if here {
        lines.input = Some((lines.all.len(), LEAD + width + 2));
    }
    lines.push(here, &tr!(language, "review-key-name"), &[Span::raw(value)], width, room, look);
    if let Some(error) = &review.key.name.error {
        lines.hint(&error.say(language), DANGER, width, room);
    }
    let folder = app.environment.short_path(&app.environment.key_folder);
    lines.hint(&tr!(language, "review-key-new-hint", folder = folder), DIM, width, room);
    if review.platform == Platform::Windows {
        lines.hint(&tr!(language, "review-key-rsa"), DIM, width, room);
    }
}

fn key_pair_lines(
    app: &App,
    review: &ReviewStep,
    here: bool,
    width: usize,
    room: usize,
    look: Look,
    lines: &mut Lines,
) {
    let language = look.language;
    let name = review.key.pair.clone().unwrap_or_default();
    let several = KeyPart::offered(review.platform, &app.inventory).len() > 1;
    let value = choice(name.clone(), here && several, look);
    lines.push(here, &tr!(language, "review-key-which"), &value, width, room, look);
    let key = app.inventory.key_pair_named(&name).and_then(|pair| app.inventory.local_key_of(pair));
    let (text, style) = match key {
        Some(key) if key.open_to_others => {
            (tr!(language, "review-key-open", path = app.environment.short_path(&key.path)), WARNING)
        }
        Some(key) => (tr!(language, "review-key-here", path = app.environment.short_path(&key.path)), GOOD),
        None => (tr!(language, "review-key-not-here"), WARNING),
    };
    lines.hint(&text, style, width, room);
    if review.platform == Platform::Windows {
        lines.hint(&tr!(language, "review-key-rsa"), DIM, width, room);
    }
}

/// What exactly this launch comes to in a month, and where the prices come from.
fn cost_lines(app: &App, launch: &Launch, width: usize, room: usize, look: Look, lines: &mut Lines) {
    let language = look.language;
    let Some(parts) = launch.priced(&app.catalog) else { return };
    let month = of_launch(&parts, &app.price_book()).month;
    let (text, style) = money::month(&month, language);
    let count = u32::from(parts.count);
    let what = if parts.address {
        tr!(language, "review-cost-parts", count = count)
    } else {
        tr!(language, "review-cost-parts-no-address", count = count)
    };
    lines.all.push(Drawn::default());
    let dot = Span::styled(look.sign(" · ", " - "), DIM);
    let value = vec![Span::styled(text, style), dot, Span::styled(what, DIM)];
    lines.push(false, &tr!(language, "review-cost"), &value, width, room, look);
    for line in app.free_tier_with(&app.more_by_launching(&parts)).lines() {
        lines.hint(&line.say(language), MONEY, width, room);
    }
    for (note, style) in money::notes([&month], app, language) {
        lines.hint(&note, style, width, room);
    }
}

fn verdict_lines(app: &App, review: &ReviewStep, width: usize, room: usize, look: Look, lines: &mut Lines) {
    let language = look.language;
    let (sign, text, style) = match &review.verdict {
        Verdict::NotAsked => (look.neutral(), tr!(language, "review-verdict-not-asked"), DIM),
        Verdict::Asking => (look.neutral(), tr!(language, "review-verdict-asking"), DIM),
        Verdict::Allowed => (look.good(), tr!(language, "review-verdict-allowed"), GOOD),
        Verdict::Refused(_) => (look.bad(), tr!(language, "review-verdict-refused"), DANGER),
        Verdict::CouldNotAsk(_) => (look.neutral(), tr!(language, "review-verdict-could-not-ask"), WARNING),
    };
    lines.all.push(Drawn::default());
    let value = vec![Span::styled(format!("{sign} {text}"), style)];
    lines.push(false, &tr!(language, "review-verdict"), &value, width, room, look);
    if let Verdict::Refused(problem) | Verdict::CouldNotAsk(problem) = &review.verdict {
        let words = explained::of(problem, app);
        lines.hint(&words.why.say(language), PLAIN, width, room);
        if let Some(next) = words.next {
            lines.hint(&next.say(language), DIM, width, room);
        }
    }
    if let Some(Err(missing)) = &review.plan {
        lines.hint(&missing.say(language), DANGER, width, room);
    }
    lines.all.push(Drawn::default());
}

fn launch_line(
    app: &App,
    review: &ReviewStep,
    plan: Option<&LaunchPlan>,
    here: bool,
    look: Look,
    room: usize,
    lines: &mut Lines,
) {
    let language = look.language;
    let count = plan.map_or(1, |plan| plan.count);
    if app.environment.read_only {
        lines.all.extend(explained::indented(&tr!(language, "review-read-only"), WARNING, LEAD, room));
    }
    for fact in review.ledger.facts(&app.environment) {
        lines.all.extend(explained::indented(&fact.say(language), DIM, LEAD, room));
    }
    if here {
        lines.focus = lines.all.len();
    }
    let style = if here { STRONG.patch(ACCENT) } else { PLAIN };
    let label = tr!(language, "review-launch", count = count);
    lines.all.push(Drawn::from(vec![bar(here, look), Span::raw(" "), Span::styled(format!("[ {label} ]"), style)]));
}
