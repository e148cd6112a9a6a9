//! Step 1: the sources, the images of the shown one, and what is to know of the chosen one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::boxed::{put, put_lines};
use super::super::layout::{cells, first_shown};
use super::super::look::{ACCENT, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use super::super::table::{self, Cell, Row, Spec};
use super::super::{field, words};
use super::{error_lines, list_and_block, packed, pair, problem_lines};
use crate::app::App;
use crate::app::launch::Launch;
use crate::app::launch::image::{Absence, ImageRow, ImageStep, Source};
use crate::domain::image::{Image, QuickStart};
use crate::tr;

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let look = Look::of(app);
    let step = &launch.image;
    let room = draw_sources(step, look, frame, area);
    let rows = step.rows(&app.catalog);
    let block = block_lines(app, step, &rows, look, usize::from(room.width));
    let (list, below) = list_and_block(room, rows.len() + usize::from(!rows.is_empty()), block.len());
    draw_rows(app, &rows, look, list, frame);
    put_lines(frame.buffer_mut(), below, &block);
}

/// The line of the sources and, for a search, its words; gives the room below.
fn draw_sources(step: &ImageStep, look: Look, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let language = look.language;
    let mut spans = Vec::new();
    for source in Source::ALL {
        let title = language.say(source.title_key());
        if source == step.source {
            spans.push(Span::styled(look.sign("‹ ", "< "), ACCENT));
            spans.push(Span::styled(title, STRONG));
            spans.push(Span::styled(look.sign(" ›", " >"), ACCENT));
        } else {
            spans.push(Span::styled(format!("  {title}  "), DIM));
        }
        spans.push(Span::raw(" "));
    }
    if step.source == Source::QuickStart {
        spans.push(Span::raw(" "));
        spans.extend(pair(tr!(language, "launch-image-architecture"), step.architecture.as_str().to_owned()));
    }
    put(frame.buffer_mut(), area.x, area.y, area.right(), &Line::from(spans));
    let mut used = 1;
    if step.source == Source::Search && area.height > 2 {
        used = 2;
        let label = format!("/ {} ", tr!(language, "launch-image-search-label"));
        let y = area.y + 1;
        put(
            frame.buffer_mut(),
            area.x,
            y,
            area.right(),
            &Line::styled(label.clone(), if step.typing { ACCENT } else { DIM }),
        );
        let x = area.x.saturating_add(cells(words::width(&label)));
        let room = Rect { x, y, width: area.right().saturating_sub(x), height: 1 };
        if step.typing {
            field::draw(&step.search, room, PLAIN, frame);
        } else {
            let typed = words::cut_end(step.search.value(), usize::from(room.width), look.ellipsis());
            put(frame.buffer_mut(), room.x, y, room.right(), &Line::raw(typed));
        }
    }
    let air = u16::from(area.height > 10);
    let used = (used + air).min(area.height);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

fn draw_rows(app: &App, rows: &[ImageRow<'_>], look: Look, area: Rect, frame: &mut Frame<'_>) {
    if rows.is_empty() || area.is_empty() {
        return;
    }
    let cells: Vec<Cells> = rows.iter().map(|row| row_cells(app, row, look)).collect();
    let language = look.language;
    let columns = [
        (tr!(language, "launch-image-column-name"), false, 14, 100),
        (tr!(language, "launch-image-column-date"), false, 10, 80),
        (tr!(language, "launch-image-column-note"), false, usize::MAX, 95),
        (tr!(language, "launch-image-column-size"), true, usize::MAX, 60),
        (tr!(language, "launch-image-column-user"), false, usize::MAX, 55),
        (tr!(language, "launch-image-column-architecture"), false, usize::MAX, 70),
        (tr!(language, "launch-image-column-root"), false, usize::MAX, 20),
        (tr!(language, "launch-image-column-id"), false, 11, 50),
    ];
    let specs: Vec<Spec> = columns
        .into_iter()
        .enumerate()
        .map(|(index, (heading, right, least, importance))| {
            let widest = cells.iter().map(|row| words::width(&row[index].text)).max().unwrap_or(0);
            // A column that says nothing takes no room.
            let wide = if widest == 0 { 0 } else { widest.max(words::width(&heading)) };
            Spec { heading, wide, least, right, importance }
        })
        .collect();
    let (specs, cells) = without_empty(specs, cells);
    let headings = area.height > 1;
    let height = usize::from(area.height) - usize::from(headings);
    let cursor = rows.iter().position(|row| row.chosen).unwrap_or(0);
    let first = first_shown(cursor, rows.len(), height);
    let shown: Vec<Row> = cells
        .into_iter()
        .enumerate()
        .skip(first)
        .take(height)
        .map(|(index, cells)| Row { cursor: index == cursor, related: false, marked: false, sign: None, cells })
        .collect();
    table::draw(frame.buffer_mut(), area, look, &specs, &shown, headings);
}

type Cells = Vec<Cell>;

fn without_empty(specs: Vec<Spec>, cells: Vec<Cells>) -> (Vec<Spec>, Vec<Cells>) {
    let kept: Vec<bool> = specs.iter().map(|spec| spec.wide > 0).collect();
    let keep = |row: Cells| row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect();
    let cells = cells.into_iter().map(keep).collect();
    (specs.into_iter().filter(|spec| spec.wide > 0).collect(), cells)
}

fn row_cells(app: &App, row: &ImageRow<'_>, look: Look) -> Cells {
    let language = look.language;
    let cell = |text: String, style| Cell { text, style, middle: false };
    let nothing = || cell(String::new(), DIM);
    match row.image {
        Err(absence) => {
            let why = match absence {
                Absence::OnItsWay => look.ellipsis().to_owned(),
                Absence::Unknown => tr!(language, "launch-image-unknown"),
                Absence::NotInRegion => tr!(language, "launch-image-not-in-region"),
                Absence::NotForArchitecture => tr!(language, "launch-image-not-for-architecture"),
            };
            let name = row.family.map_or("", QuickStart::title);
            let mut cells = vec![cell(name.to_owned(), DIM), nothing(), cell(why, DIM)];
            cells.resize_with(8, nothing);
            cells
        }
        Ok(image) => {
            let old = if is_deprecated(app, image) { tr!(language, "launch-image-deprecated") } else { String::new() };
            // All quick-start images have the architecture that the line above names.
            let architecture = if row.family.is_some() { "" } else { image.architecture.as_str() };
            let name: &str = row.family.map_or(&image.name, |family| family.title());
            vec![
                Cell { text: name.to_owned(), style: PLAIN, middle: true },
                cell(date(image.created), PLAIN),
                cell(old, WARNING),
                cell(format!("{} GiB", image.least_root_gib()), PLAIN),
                cell(image.login_user().to_owned(), PLAIN),
                cell(architecture.to_owned(), PLAIN),
                cell(image.root_device.clone(), DIM),
                Cell { text: image.id.to_string(), style: DIM, middle: true },
            ]
        }
    }
}

/// What stands below the list: the chosen image, or why there is none.
fn block_lines(app: &App, step: &ImageStep, rows: &[ImageRow<'_>], look: Look, room: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines = Vec::new();
    let mut say = |text: String, style| lines.extend(words::wrap_text(&text, style, room));
    let chosen = rows.iter().find(|row| row.chosen).and_then(|row| row.image.ok().map(|image| (row.family, image)));
    if let Some((family, image)) = chosen {
        return chosen_lines(app, step, family, image, look, room);
    }
    if step.is_loading(&app.catalog) {
        say(tr!(language, "launch-image-loading"), DIM);
    } else if let Some(problem) = step.problem(&app.catalog) {
        lines.extend(problem_lines(problem, app, look, room));
    } else {
        match step.source {
            Source::QuickStart => say(tr!(language, "launch-image-no-quick-start"), DIM),
            Source::Mine => say(tr!(language, "launch-image-no-mine"), DIM),
            Source::Search if app.catalog.searched.is_empty() => say(tr!(language, "launch-image-search-hint"), DIM),
            Source::Search => {
                say(tr!(language, "launch-image-nothing-found", words = &app.catalog.searched), DIM);
                say(tr!(language, "launch-image-search-hint"), DIM);
            }
        }
    }
    lines.extend(error_lines(step.error.as_ref(), look, room));
    lines
}

fn chosen_lines(
    app: &App,
    step: &ImageStep,
    family: Option<QuickStart>,
    image: &Image,
    look: Look,
    room: usize,
) -> Vec<Line<'static>> {
    let language = look.language;
    let name = words::cut_middle(&image.name, room, look.ellipsis());
    let mut lines = vec![Line::styled(name, STRONG)];
    let facts = vec![
        pair("AMI".to_owned(), image.id.to_string()),
        pair(tr!(language, "launch-image-made"), date(image.created)),
        pair(tr!(language, "launch-image-root"), image.root_device.clone()),
        pair(tr!(language, "launch-image-least"), format!("{} GiB", image.least_root_gib())),
        pair(tr!(language, "launch-image-login"), image.login_user().to_owned()),
    ];
    lines.extend(packed(facts, room));
    if is_deprecated(app, image) {
        let text = tr!(language, "launch-image-deprecated-since", date = date(image.deprecated));
        lines.extend(words::wrap_text(&text, WARNING, room));
    }
    if image.free_tier_eligible == Some(true) {
        lines.extend(words::wrap_text(&tr!(language, "launch-image-eligible"), GOOD, room));
    }
    if step.source == Source::Search && image.owner_alias.is_none() && image.public && family.is_none() {
        let text = tr!(language, "launch-image-owner", owner = &image.owner);
        lines.extend(words::wrap_text(&text, WARNING, room));
    }
    if family == Some(QuickStart::AmazonLinux2023) {
        lines.extend(words::wrap_text(&tr!(language, "launch-image-why"), DIM, room));
    }
    lines.extend(error_lines(step.error.as_ref(), look, room));
    lines
}

/// Whether its owner has marked it as too old by now.
pub(super) fn is_deprecated(app: &App, image: &Image) -> bool {
    image.deprecated.is_some_and(|at| at <= app.now)
}

/// The day, as everyone can read it: `2026-11-10`.
fn date(at: Option<jiff::Timestamp>) -> String {
    at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}
