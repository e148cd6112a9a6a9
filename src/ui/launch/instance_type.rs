//! Step 2: the types, and what is to know of the chosen one: eligibility, and CPU credits of the T families.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::boxed::{put, put_lines};
use super::super::layout::{cells, first_shown};
use super::super::look::{ACCENT, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use super::super::table::{self, Cell, Row, Spec};
use super::super::{field, words};
use super::{error_lines, list_and_block, packed, problem_lines};
use crate::app::App;
use crate::app::launch::Launch;
use crate::app::launch::instance_type::{TypeStep, gib};
use crate::domain::image::Architecture;
use crate::domain::instance::Platform;
use crate::domain::instance_type::{CreditMode, CreditRate, InstanceType, credit_rate};
use crate::tr;

/// Memory below which Windows Server is hard to use, MiB.
const LITTLE_FOR_WINDOWS: u64 = 2048;

/// Importance of the network column.
const NETWORK: u8 = 40;
/// Cells that the network column has at least.
const LEAST_NETWORK: usize = 10;

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let look = Look::of(app);
    let step = &launch.instance_type;
    let rows = step.rows(&app.catalog, app.costs.prices.value.as_ref());
    let room = draw_head(app, step, rows.len(), look, frame, area);
    let block = block_lines(app, launch, look, usize::from(room.width));
    let (list, below) = list_and_block(room, rows.len() + usize::from(!rows.is_empty()), block.len());
    draw_rows(&rows, step.chosen(&app.catalog), look, list, frame);
    put_lines(frame.buffer_mut(), below, &block);
}

/// One line: the filter while there is one, else how many types there are and how they are sorted.
fn draw_head(app: &App, step: &TypeStep, shown: usize, look: Look, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let language = look.language;
    let all = step.count(&app.catalog);
    let filtered = step.typing || !step.filter.value().is_empty();
    let sort = language.say(step.sort.title_key());
    let architecture = step.architecture().as_str();
    let mut right = if filtered {
        tr!(language, "launch-type-filtered", shown = shown, all = all)
    } else {
        tr!(language, "launch-type-count", count = all, architecture = architecture, sort = sort)
    };
    if app.catalog.types.loading {
        right = format!("{right}  {}", tr!(language, "launch-type-loading"));
    }
    let buffer = frame.buffer_mut();
    if filtered {
        let wide = cells(words::width(&right));
        put(buffer, area.x, area.y, area.right(), &Line::styled("/ ", ACCENT));
        let x = area.right().saturating_sub(wide).max(area.x + 14).min(area.right());
        put(buffer, x, area.y, area.right(), &Line::styled(right, DIM));
        let from = area.x.saturating_add(2);
        let room = Rect { x: from, y: area.y, width: x.saturating_sub(from + 1), height: 1 };
        if step.typing {
            field::draw(&step.filter, room, PLAIN, frame);
        } else {
            let typed = words::cut_end(step.filter.value(), usize::from(room.width), look.ellipsis());
            put(frame.buffer_mut(), room.x, room.y, room.right(), &Line::raw(typed));
        }
    } else {
        put(buffer, area.x, area.y, area.right(), &Line::styled(right, DIM));
    }
    let used = (1 + u16::from(area.height > 16)).min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

fn draw_rows(rows: &[&InstanceType], chosen: Option<&InstanceType>, look: Look, area: Rect, frame: &mut Frame<'_>) {
    if rows.is_empty() || area.is_empty() {
        return;
    }
    let language = look.language;
    let eligible = tr!(language, "launch-type-column-mark");
    let none_eligible = !rows.iter().any(|row| row.free_tier_eligible);
    let columns = [
        (tr!(language, "launch-type-column-name"), false, 100),
        (tr!(language, "launch-type-column-vcpus"), true, 90),
        (tr!(language, "launch-type-column-memory"), true, 95),
        (tr!(language, "launch-type-column-network"), false, NETWORK),
        (tr!(language, "launch-type-column-architecture"), false, 20),
        (if none_eligible { String::new() } else { tr!(language, "launch-type-column-eligible") }, false, 99),
    ];
    let cell = |row: &InstanceType| {
        [
            row.name.clone(),
            row.vcpus.to_string(),
            format!("{} GiB", gib(row.memory_mib)),
            row.network.clone(),
            architectures(row),
            if row.free_tier_eligible { eligible.clone() } else { String::new() },
        ]
    };
    let specs: Vec<Spec> = columns
        .into_iter()
        .enumerate()
        .map(|(index, (heading, right, importance))| {
            let widest = rows.iter().map(|row| words::width(&cell(row)[index])).max().unwrap_or(0);
            let wide = widest.max(words::width(&heading));
            // The network's words are cut before the column goes.
            let least = if importance == NETWORK { LEAST_NETWORK } else { wide };
            Spec { heading, wide, least, right, importance }
        })
        .collect();
    let headings = area.height > 1;
    let height = usize::from(area.height) - usize::from(headings);
    let cursor = chosen.and_then(|chosen| rows.iter().position(|row| row.name == chosen.name));
    let first = first_shown(cursor.unwrap_or(0), rows.len(), height);
    let shown: Vec<Row> = rows
        .iter()
        .enumerate()
        .skip(first)
        .take(height)
        .map(|(index, row)| {
            let styles = [PLAIN, PLAIN, PLAIN, DIM, DIM, GOOD];
            let cells = cell(row).into_iter().zip(styles);
            let cells = cells.map(|(text, style)| Cell { text, style, middle: false }).collect();
            Row { cursor: Some(index) == cursor, related: false, marked: false, sign: None, cells }
        })
        .collect();
    table::draw(frame.buffer_mut(), area, look, &specs, &shown, headings);
}

fn block_lines(app: &App, launch: &Launch, look: Look, room: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let step = &launch.instance_type;
    let types = &app.catalog.types;
    // What Enter did not go on for must be seen even where there is little room.
    let mut lines = error_lines(step.error.as_ref(), look, room);
    if let Some(problem) = types.problem.as_ref().filter(|_| !types.is_known() && !types.loading) {
        lines.extend(problem_lines(problem, app, look, room));
        return lines;
    }
    if types.rows.is_empty() && types.loading {
        lines.extend(words::wrap_text(&tr!(language, "launch-type-reading"), DIM, room));
        return lines;
    }
    let Some(row) = step.chosen(&app.catalog) else {
        if types.is_known() && !step.any_eligible(&app.catalog) {
            lines.extend(words::wrap_text(&tr!(language, "launch-type-none-eligible"), WARNING, room));
        }
        return lines;
    };
    let (words_on_eligibility, style) = if row.free_tier_eligible {
        (tr!(language, "launch-type-eligible-note"), GOOD)
    } else if step.any_eligible(&app.catalog) {
        (tr!(language, "launch-type-not-eligible-note"), WARNING)
    } else {
        (tr!(language, "launch-type-none-eligible"), WARNING)
    };
    lines.push(Line::styled(row.name.clone(), STRONG));
    lines.extend(words::wrap_text(&words_on_eligibility, style, room));
    let windows = launch.image.chosen(&app.catalog).is_some_and(|image| image.platform == Platform::Windows);
    if windows && row.memory_mib < LITTLE_FOR_WINDOWS {
        let text = tr!(language, "launch-type-little-for-windows", memory = gib(row.memory_mib));
        lines.extend(words::wrap_text(&text, WARNING, room));
    }
    if row.bare_metal {
        lines.extend(words::wrap_text(&tr!(language, "launch-type-bare-metal"), WARNING, room));
    }
    if row.burstable {
        lines.extend(credit_lines(row, step.credit_mode(&app.catalog), look, room));
    }
    lines
}

/// What CPU credits are, what happens when they are used up, and the mode to choose.
fn credit_lines(row: &InstanceType, mode: Option<CreditMode>, look: Look, room: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let default = CreditMode::default_of(&row.name);
    let name = |mode: CreditMode| match mode {
        CreditMode::Standard => tr!(language, "launch-credits-standard"),
        CreditMode::Unlimited => tr!(language, "launch-credits-unlimited"),
    };
    let mut modes = vec![vec![Span::styled(tr!(language, "launch-credits-mode"), DIM)]];
    let family = row.family();
    let options = [
        (None, tr!(language, "launch-credits-default", family = family, mode = name(default))),
        (Some(CreditMode::Standard), name(CreditMode::Standard)),
        (Some(CreditMode::Unlimited), name(CreditMode::Unlimited)),
    ];
    for (option, label) in options {
        let (mark, style) = if option == mode { ("(x) ", STRONG) } else { ("( ) ", DIM) };
        modes.push(vec![Span::styled(format!("{mark}{label}"), style)]);
    }
    let mut lines = packed(modes, room);
    if let Some(rate) = credit_rate(&row.name) {
        lines.extend(words::wrap_text(&rate_text(&rate, look), DIM, room));
    }
    let (consequence, style) = match mode.unwrap_or(default) {
        CreditMode::Standard => (tr!(language, "launch-credits-standard-note"), PLAIN),
        CreditMode::Unlimited => (tr!(language, "launch-credits-unlimited-note"), WARNING),
    };
    lines.extend(words::wrap_text(&consequence, style, room));
    lines
}

fn rate_text(rate: &CreditRate, look: Look) -> String {
    tr!(
        look.language,
        "launch-credits-rate",
        earned = plain(rate.earned_per_hour),
        most = plain(rate.most),
        baseline = plain(rate.baseline_percent)
    )
}

/// The processor families that images can be for.
fn architectures(row: &InstanceType) -> String {
    let known = row.architectures.iter().filter(|one| **one != Architecture::Other);
    known.map(|one| one.as_str()).collect::<Vec<_>>().join(" ")
}

/// `12`, `81.6`, `22.5`
fn plain(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}
