//! The graphs of an instance: CPU with its baseline, CPU credits, network, status checks. What there is no data for
//! says why.

use jiff::{SignedDuration, Timestamp};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{most_cells, open};
use crate::app::App;
use crate::app::metering::AGAIN;
use crate::app::metrics::{Graph, MetricsModal};
use crate::domain::credit_outlook::{Outlook, outlook};
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::instance_type::{CreditMode, CreditRate, credit_rate};
use crate::domain::metric::{Metric, Range, Readings, largest, latest, total};
use crate::tr;
use crate::ui::boxed::{self, put_lines};
use crate::ui::look::{ACCENT, BAD_NEWS, DANGER, DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use crate::ui::plot::{self, Plot};
use crate::ui::{explained, words};

/// From this width on, two graphs stand side by side.
const TWO_COLUMNS: usize = 108;
/// Cells between them.
const GAP: usize = 3;
/// The widest that it gets.
const WIDEST: usize = 190;
/// Lines of a graph's columns.
const HEIGHTS: (usize, usize) = (3, 9);
/// A new instance has no data for this long.
const NEW: SignedDuration = SignedDuration::from_mins(15);

/// One graph with its heading.
struct Block {
    title: String,
    notes: Vec<Span<'static>>,
    shape: Shape,
}

enum Shape {
    Columns { metric: Metric, top: f64, top_label: String, across: Option<(f64, String)>, lowest: bool },
    Checks,
}

/// Draws the graphs. Says which line could be the first one at most.
pub(super) fn draw(app: &App, modal: &MetricsModal, look: Look, area: Rect, frame: &mut Frame<'_>) -> usize {
    let cells = WIDEST.min(most_cells(area));
    let height = usize::from(area.height).saturating_sub(2).max(1);
    let title = tr!(look.language, "metrics-title", name = modal.label.as_str());
    let lines = lines(app, modal, look, cells, height);
    let (room, place) = open(area, look, Some(title), (cells, height), frame);
    let shown = usize::from(room.height);
    let most_scroll = lines.len().saturating_sub(shown);
    let first = usize::from(modal.scroll).min(most_scroll);
    put_lines(frame.buffer_mut(), room, &lines[first..]);
    if place.height > room.height {
        boxed::draw_scroll(place, look, first, shown.min(lines.len()), lines.len(), frame.buffer_mut());
    }
    most_scroll
}

fn lines(app: &App, modal: &MetricsModal, look: Look, cells: usize, height: usize) -> Vec<Line<'static>> {
    let mut lines = vec![tabs(modal.range, look), Line::default()];
    let instance = app.inventory.instance(&modal.instance);
    let graph = app.graph_of(modal);
    let problem = graph.and_then(|graph| graph.readings.problem.as_ref());
    let Some(readings) = graph.and_then(|graph| graph.readings.value.as_ref()) else {
        match problem {
            Some(problem) => lines.extend(explained::lines(problem, app, look, cells)),
            None => {
                lines.push(Line::styled(format!("{} {}", look.loading(), tr!(look.language, "metrics-reading")), DIM));
            }
        }
        return lines;
    };
    if let Some(problem) = problem {
        let what = explained::of(problem, app);
        for text in [what.what, what.why] {
            lines.extend(explained::indented(&text.say(look.language), DANGER, 2, cells));
        }
        lines.push(Line::default());
    }
    let below = source_lines(app, modal, graph, readings, look, cells);
    if readings.is_empty(&modal.instance) {
        let why = why_empty(app, instance, look);
        let heading =
            if is_on(instance) { tr!(look.language, "metrics-no-data") } else { tr!(look.language, "metrics-none") };
        lines.extend(words::wrap_text(&heading, STRONG, cells));
        lines.extend(words::wrap_text(&why, PLAIN, cells));
        lines.push(Line::default());
        lines.extend(below);
        return lines;
    }
    let blocks = blocks(app, modal, instance, readings, look);
    let beside = cells >= TWO_COLUMNS;
    let rows = if beside { blocks.len().div_ceil(2) } else { blocks.len() };
    let spare = height.saturating_sub(lines.len() + below.len());
    let columns_high = (spare / rows.max(1)).saturating_sub(3).clamp(HEIGHTS.0, HEIGHTS.1);
    let room = if beside { (cells - GAP) / 2 } else { cells };
    let drawn: Vec<Vec<Line<'static>>> =
        blocks.iter().map(|block| block_lines(block, modal, readings, look, room, columns_high)).collect();
    if beside {
        for pair in drawn.chunks(2) {
            lines.extend(side_by_side(pair, room));
            lines.push(Line::default());
        }
    } else {
        for block in drawn {
            lines.extend(block);
            lines.push(Line::default());
        }
    }
    lines.extend(below);
    lines
}

fn tabs(range: Range, look: Look) -> Line<'static> {
    let mut spans = Vec::new();
    for (index, one) in Range::ALL.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled(look.sign(" │ ", " | "), DIM));
        }
        spans.push(Span::styled((index + 1).to_string(), ACCENT));
        let style = if one == range { ACCENT.patch(STRONG) } else { PLAIN };
        spans.push(Span::styled(format!(" {}", span_of(one.length(), look)), style));
    }
    Line::from(spans)
}

/// A duration in its two largest units, in the program's own words.
fn span_of(time: SignedDuration, look: Look) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    let (days, hours, left) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let language = look.language;
    let parts = [
        (days, tr!(language, "age-days", n = days)),
        (hours, tr!(language, "age-hours", n = hours)),
        (left, tr!(language, "age-minutes", n = left)),
    ];
    let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    let said = parts.iter().skip(first).take(2).filter(|(count, _)| *count > 0 || first == 2);
    said.map(|(_, text)| text.clone()).collect::<Vec<_>>().join(" ")
}

fn why_empty(app: &App, instance: Option<&Instance>, look: Look) -> String {
    let language = look.language;
    let Some(instance) = instance else { return tr!(language, "metrics-empty-gone") };
    let is_new = instance.launched_at.is_none_or(|at| app.now.duration_since(at) < NEW);
    match (is_on(Some(instance)), is_new) {
        (true, true) => tr!(language, "metrics-empty-new"),
        (true, false) => tr!(language, "metrics-empty-running"),
        _ => tr!(language, "metrics-empty-stopped"),
    }
}

/// Whether there will be new values.
fn is_on(instance: Option<&Instance>) -> bool {
    instance.is_some_and(|one| matches!(one.state, InstanceState::Running | InstanceState::Pending))
}

fn blocks(app: &App, modal: &MetricsModal, instance: Option<&Instance>, readings: &Readings, look: Look) -> Vec<Block> {
    let language = look.language;
    let nothing = Vec::new();
    let of = |metric| readings.of(&modal.instance, metric).unwrap_or(&nothing);
    let rate = instance.and_then(|one| credit_rate(&one.instance_type));
    let burstable = readings.of(&modal.instance, Metric::CreditBalance).is_some();

    let cpu = of(Metric::CpuUse);
    let mut notes = figures(cpu, look, percent);
    let baseline = rate.filter(|_| burstable).map(|rate| rate.baseline_percent);
    if let Some(baseline) = baseline {
        notes.push(note(&tr!(language, "metrics-baseline", percent = percent(baseline)), WARNING));
    } else if burstable {
        let kind = instance.map_or("", |one| one.instance_type.as_str());
        notes.push(note(&tr!(language, "metrics-no-baseline", type = kind), DIM));
    }
    let top = plot::round_up(largest(cpu).unwrap_or_default().max(baseline.unwrap_or_default() * 1.5), 10.0).min(100.0);
    let mut blocks = vec![Block {
        title: tr!(language, "metrics-cpu"),
        notes,
        shape: Shape::Columns {
            metric: Metric::CpuUse,
            top,
            top_label: percent(top),
            across: baseline.map(|baseline| (baseline, percent(baseline))),
            lowest: false,
        },
    }];
    if burstable {
        blocks.extend(credit_blocks(app, modal, readings, rate, look));
    }
    let seconds = f64::from(readings.grid.period);
    for (metric, title) in [
        (Metric::NetworkIn, tr!(language, "metrics-network-in")),
        (Metric::NetworkOut, tr!(language, "metrics-network-out")),
    ] {
        let top = plot::round_up(largest(of(metric)).unwrap_or_default() / seconds, 100.0);
        let notes = figures(of(metric), look, |bytes| per_second(bytes / seconds));
        let top_label = per_second(top);
        let shape = Shape::Columns { metric, top: top * seconds, top_label, across: None, lowest: false };
        blocks.push(Block { title, notes, shape });
    }
    let failed = [Metric::SystemCheckFailed, Metric::InstanceCheckFailed]
        .map(|metric| of(metric).iter().flatten().filter(|value| **value > 0.0).count());
    let known = [Metric::SystemCheckFailed, Metric::InstanceCheckFailed]
        .iter()
        .any(|metric| of(*metric).iter().any(Option::is_some));
    let said = match failed {
        _ if !known => note(&tr!(language, "metrics-none"), DIM),
        [0, 0] => note(&tr!(language, "metrics-checks-passed"), GOOD),
        [system, own] => note(&tr!(language, "metrics-checks-failed", system = system, instance = own), BAD_NEWS),
    };
    blocks.push(Block { title: tr!(language, "metrics-checks"), notes: vec![said], shape: Shape::Checks });
    blocks
}

fn credit_blocks(
    app: &App,
    modal: &MetricsModal,
    readings: &Readings,
    rate: Option<CreditRate>,
    look: Look,
) -> [Block; 2] {
    let language = look.language;
    let nothing = Vec::new();
    let of = |metric| readings.of(&modal.instance, metric).unwrap_or(&nothing);
    let balance = of(Metric::CreditBalance);
    let mut notes = match latest(balance) {
        Some(now) => vec![note(&tr!(language, "metrics-now", value = amount(now)), PLAIN)],
        None => figures(balance, look, amount),
    };
    if let Some((balance, rate, percent)) = latest(balance)
        .zip(rate)
        .zip(latest(of(Metric::CpuUse)))
        .map(|((balance, rate), percent)| (balance, rate, percent))
    {
        let period = span_of(SignedDuration::from_secs(i64::from(readings.grid.period)), look);
        notes.push(match outlook(balance, percent, rate) {
            Outlook::Lasts => note(&tr!(language, "metrics-lasts", period = period), GOOD),
            Outlook::Empty => note(&tr!(language, "metrics-used-up"), WARNING),
            Outlook::EmptyIn(time) => {
                note(&tr!(language, "metrics-empty-in", time = span_of(time, look), period = period), WARNING)
            }
        });
    }
    let most = rate.map_or(0.0, |rate| rate.most).max(largest(balance).unwrap_or_default()).max(1.0);
    let use_of = of(Metric::CreditUse);
    let mut spent = figures(use_of, look, amount);
    spent.push(match (total(of(Metric::SurplusCharged)), app.credit_mode(&modal.instance)) {
        (Some(charged), _) if charged > 0.0 => note(&tr!(language, "metrics-surplus", n = amount(charged)), MONEY),
        (Some(_), _) => note(&tr!(language, "metrics-no-surplus"), DIM),
        // In this mode there is none.
        (None, Some(CreditMode::Standard)) => note(&tr!(language, "metrics-surplus-never"), DIM),
        (None, _) => note(&tr!(language, "metrics-surplus-no-data"), DIM),
    });
    let top = plot::round_up(largest(use_of).unwrap_or_default(), 1.0);
    [
        Block {
            title: tr!(language, "metrics-balance"),
            notes,
            shape: Shape::Columns {
                metric: Metric::CreditBalance,
                top: most,
                top_label: amount(most),
                across: None,
                lowest: true,
            },
        },
        Block {
            title: tr!(language, "metrics-credit-use"),
            notes: spent,
            shape: Shape::Columns {
                metric: Metric::CreditUse,
                top,
                top_label: amount(top),
                across: None,
                lowest: false,
            },
        },
    ]
}

fn note(text: &str, style: ratatui::style::Style) -> Span<'static> {
    Span::styled(text.to_owned(), style)
}

/// The last value and the largest.
fn figures(values: &[Option<f64>], look: Look, say: impl Fn(f64) -> String) -> Vec<Span<'static>> {
    let language = look.language;
    let Some(most) = largest(values) else { return vec![note(&tr!(language, "metrics-none"), DIM)] };
    let now = latest(values).map(|now| note(&tr!(language, "metrics-now", value = say(now)), PLAIN));
    now.into_iter().chain([note(&tr!(language, "metrics-most", value = say(most)), DIM)]).collect()
}

fn block_lines(
    block: &Block,
    modal: &MetricsModal,
    readings: &Readings,
    look: Look,
    cells: usize,
    height: usize,
) -> Vec<Line<'static>> {
    let mut heading = vec![Span::styled(block.title.clone(), STRONG)];
    for note in &block.notes {
        heading.push(words::blank(2));
        heading.push(note.clone());
    }
    // What the credits come to must be read, on a second line if need be.
    let mut lines = words::wrap(&heading, cells);
    let nothing = Vec::new();
    let of = |metric| readings.of(&modal.instance, metric).unwrap_or(&nothing);
    let count = readings.grid.count;
    match &block.shape {
        Shape::Columns { metric, top, top_label, across, lowest } => {
            let plot = Plot {
                values: of(*metric),
                top: *top,
                top_label: top_label.clone(),
                across: across.clone(),
                lowest: *lowest,
            };
            lines.extend(plot::lines(&plot, look, cells, height));
        }
        Shape::Checks => {
            for (metric, label) in [
                (Metric::SystemCheckFailed, tr!(look.language, "metrics-check-system")),
                (Metric::InstanceCheckFailed, tr!(look.language, "metrics-check-instance")),
            ] {
                lines.push(plot::strip(of(metric), &label, look, cells));
            }
        }
    }
    lines.push(plot::times(&times(modal.range, readings), count, cells));
    lines
}

fn times(range: Range, readings: &Readings) -> [String; 3] {
    let grid = readings.grid;
    let form = if range == Range::Week { "%m-%d %H:%M" } else { "%H:%M" };
    [grid.start, grid.at(grid.count / 2), grid.end()].map(|at: Timestamp| at.strftime(form).to_string())
}

fn side_by_side(pair: &[Vec<Line<'static>>], room: usize) -> Vec<Line<'static>> {
    let high = pair.iter().map(Vec::len).max().unwrap_or_default();
    (0..high)
        .map(|index| {
            let mut spans: Vec<Span<'static>> = Vec::new();
            for (place, block) in pair.iter().enumerate() {
                let line = block.get(index).cloned().unwrap_or_default();
                if place > 0 {
                    let wide = words::spans_width(&spans);
                    spans.push(words::blank(room.saturating_sub(wide) + GAP));
                }
                let style = line.style;
                spans.extend(line.spans.into_iter().map(|span| Span { style: style.patch(span.style), ..span }));
            }
            Line::from(spans)
        })
        .collect()
}

/// Where the numbers are from, what they stand for, and what becomes of the credits.
fn source_lines(
    app: &App,
    modal: &MetricsModal,
    graph: Option<&Graph>,
    readings: &Readings,
    look: Look,
    cells: usize,
) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines = Vec::new();
    let burstable = readings.of(&modal.instance, Metric::CreditBalance).is_some();
    if burstable {
        let modes = &app.costs.credit_modes;
        let said = match (app.credit_mode(&modal.instance), &modes.problem) {
            (Some(CreditMode::Standard), _) => tr!(language, "metrics-mode-standard"),
            (Some(CreditMode::Unlimited), _) => tr!(language, "metrics-mode-unlimited"),
            (None, _) if modes.loading => tr!(language, "metrics-mode-reading"),
            (None, Some(problem)) => {
                let why = explained::of(problem, app).why.say(language);
                tr!(language, "metrics-mode-refused", why = why)
            }
            (None, None) => tr!(language, "metrics-mode-unknown"),
        };
        lines.extend(words::wrap_text(&said, PLAIN, cells));
    }
    for note in &readings.notes {
        lines.extend(words::wrap_text(&tr!(language, "metrics-partial", note = note.as_str()), WARNING, cells));
    }
    let read_at = graph.and_then(|graph| graph.readings.read_at);
    let loading = graph.is_some_and(|graph| graph.readings.loading);
    let period = span_of(SignedDuration::from_secs(i64::from(readings.grid.period)), look);
    let said = tr!(
        language,
        "metrics-source",
        n = graph.map_or(0, |graph| graph.metrics),
        time = read_at.map(|at| at.strftime("%H:%M:%S").to_string()).unwrap_or_default(),
        period = period
    );
    let said = if loading { format!("{} {said}", look.loading()) } else { said };
    lines.extend(words::wrap_text(&said, DIM, cells));
    let charged = tr!(language, "metrics-charged", total = app.metrics.meter.total());
    let charged = if is_on(app.inventory.instance(&modal.instance)) {
        format!("{} {charged}", tr!(language, "metrics-again", again = span_of(AGAIN, look)))
    } else {
        charged
    };
    lines.extend(words::wrap_text(&charged, DIM, cells));
    lines
}

fn percent(value: f64) -> String {
    // Whole numbers say enough from ten on.
    if value < 9.95 && (value - value.round()).abs() > 0.049 {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

fn amount(value: f64) -> String {
    if value < 99.95 && (value - value.round()).abs() > 0.049 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// Network speed, in steps of a thousand as AWS counts it.
fn per_second(bytes: f64) -> String {
    let units = ["B/s", "kB/s", "MB/s", "GB/s"];
    let mut value = bytes;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1_000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && value < 9.95 && (value - value.round()).abs() > 0.049);
    format!("{value:.digits$} {}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [(0.0, "0 %"), (3.14, "3.1 %"), (9.99, "10 %"), (34.4, "34 %"), (100.0, "100 %")] {
            assert_eq!(percent(value), expected);
        }
        for (value, expected) in
            [(0.0, "0 B/s"), (812.4, "812 B/s"), (1_500.0, "1.5 kB/s"), (999_600.0, "1 MB/s"), (23e9, "23 GB/s")]
        {
            assert_eq!(per_second(value), expected);
        }
        for (value, expected) in [(0.0, "0"), (12.34, "12.3"), (288.0, "288"), (104.6, "105")] {
            assert_eq!(amount(value), expected);
        }
    }

    #[test]
    fn durations_have_two_units() {
        let look = Look { language: Language::English, ascii: false };
        for (seconds, expected) in
            [(300, "5 m"), (9_600, "2 h 40 m"), (3_600, "1 h"), (7 * 86_400, "7 d"), (90_000, "1 d 1 h"), (20, "0 m")]
        {
            assert_eq!(span_of(SignedDuration::from_secs(seconds), look), expected);
        }
    }
}
