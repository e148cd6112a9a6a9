//! The four lists: title, rows, and what stands there when there are none.

mod columns;
mod empty;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::boxed::{self, put, put_lines};
use super::look::{ACCENT, BAD_NEWS, DANGER, DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use super::table::{self, Row};
use super::view::View;
use super::{explained, layout};
use crate::app::App;
use crate::app::panes::{Cell, Column, Meaning, PaneKind, ShownRow};
use crate::domain::instance::InstanceState;
use crate::domain::problem::Problem;
use crate::tr;

/// The state of one list, whatever it lists.
struct Listed<'a> {
    loading: bool,
    known: bool,
    problem: Option<&'a Problem>,
}

fn listed(app: &App, kind: PaneKind) -> Listed<'_> {
    macro_rules! of {
        ($list:expr) => {
            Listed { loading: $list.loading, known: $list.is_known(), problem: $list.problem.as_ref() }
        };
    }
    match kind {
        PaneKind::Instances | PaneKind::Details => of!(app.inventory.instances),
        PaneKind::SecurityGroups => of!(app.inventory.groups),
        PaneKind::Addresses => of!(app.inventory.addresses),
        PaneKind::KeyPairs => of!(app.inventory.key_pairs),
    }
}

/// Draws one list pane. `alone`: no other pane is on the screen.
pub fn draw(view: &View<'_>, kind: PaneKind, area: Rect, alone: bool, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let (app, look) = (view.app, view.look);
    let bordered = layout::has_border(area);
    let mut room = if bordered {
        let bright = app.panes.focus == kind;
        boxed::draw(area, look, bright, title(view, kind, bright), figures(view, kind), buffer)
    } else {
        area
    };
    let list = listed(app, kind);
    let rows = view.rows(kind);
    if rows.ids.is_empty() {
        let lines = empty::lines(view, kind, &list, alone, usize::from(room.width));
        put_lines(buffer, room, &lines);
        return;
    }
    // What is listed is old by now: say so above it.
    if let Some(problem) = app.session.problem.as_ref().or(list.problem)
        && room.height > 3
    {
        put(buffer, room.x, room.y, room.right(), &stale_line(problem, app, look));
        room = Rect { y: room.y + 1, height: room.height - 1, ..room };
    }
    let roomy = room.width >= columns::ROOMY;
    let headings = (kind == PaneKind::Instances || alone || (roomy && room.height > 6)) && room.height > 3;
    let height = usize::from(room.height) - usize::from(headings);
    let cursor = rows.cursor.unwrap_or_default();
    let first = layout::first_shown(cursor, rows.ids.len(), height);
    let end = (first + height).min(rows.ids.len());
    let columns = app.columns(kind, alone || roomy);
    // Only what is on the screen is formatted: a thousand rows cost what twenty do.
    let shown = app.shown_rows(kind, &rows.ids[first..end], &columns);
    let specs = columns::specs(app, kind, &columns, &shown, headings);
    let selected = view.selected(app.panes.subject);
    let address_wide = columns::widest_address(app, kind);
    let drawn: Vec<Row> = shown
        .into_iter()
        .map(|row| {
            let cursor = rows.ids.get(cursor) == Some(&row.id);
            drawn_row(app, look, kind, cursor, selected, row, (&columns, address_wide))
        })
        .collect();
    // Air before the border.
    let room = if bordered { Rect { width: room.width.saturating_sub(1), ..room } } else { room };
    table::draw(buffer, room, look, &specs, &drawn, headings);
    if bordered {
        boxed::draw_scroll(area, look, first, end - first, rows.ids.len(), buffer);
    }
}

fn drawn_row(
    app: &App,
    look: Look,
    kind: PaneKind,
    at_cursor: bool,
    selected: Option<&str>,
    row: ShownRow,
    (columns, address_wide): (&[Column], usize),
) -> Row {
    // The cursor of a pane that has no focus and is not described either would say nothing.
    let described = kind == app.panes.subject;
    let state = row.cells.iter().find_map(|cell| match cell.meaning {
        Meaning::State(state) => Some(state),
        _ => None,
    });
    let sign = (kind == PaneKind::Instances)
        .then(|| state.map_or((" ", PLAIN), |state| (look.state_sign(state), look.state_style(state))));
    // What is gone for good is listed for an hour more: it steps back.
    let gone = kind == PaneKind::Instances && state == Some(InstanceState::Terminated);
    let cells = row.cells.into_iter().zip(columns);
    Row {
        cursor: at_cursor && described,
        related: selected.is_some_and(|selected| app.is_related_to(selected, kind, &row.id)),
        marked: kind == PaneKind::Instances && app.panes.list(kind).marks.contains(&row.id),
        sign,
        cells: cells
            .map(|(cell, column)| {
                let cell = drawn_cell(cell, *column, look, address_wide);
                if gone { table::Cell { style: DIM, ..cell } } else { cell }
            })
            .collect(),
    }
}

fn drawn_cell(cell: Cell, column: Column, look: Look, address_wide: usize) -> table::Cell {
    let style = match cell.meaning {
        Meaning::Plain => PLAIN,
        Meaning::Dim => DIM,
        Meaning::State(state) => look.state_style(state),
        Meaning::Good => GOOD,
        Meaning::Warning => WARNING,
        Meaning::Danger => DANGER,
        Meaning::Money => MONEY,
    };
    if cell.text.is_empty() && columns::says_when_nothing(column) {
        return table::Cell { text: look.nothing().to_owned(), style: DIM, middle: false };
    }
    let text = match (column, cell.text.split_once(' ')) {
        // The mark of an Elastic IP stands right behind the widest address of the list.
        (Column::PublicIp, Some((ip, mark))) => format!("{ip:<address_wide$} {}", mark.trim_start()),
        _ => cell.text,
    };
    // An instance without a name shows its id in the place of the name.
    let middle = columns::is_id(column) || (column == Column::Name && cell.meaning == Meaning::Dim);
    table::Cell { text, style, middle }
}

fn title(view: &View<'_>, kind: PaneKind, bright: bool) -> Vec<Span<'static>> {
    let (app, look) = (view.app, view.look);
    let list = app.panes.list(kind);
    let style = if bright { STRONG } else { PLAIN };
    let name = format!("{} {}", kind.number(), look.language.say(kind.title_key()));
    let mut spans = vec![Span::styled(name, style)];
    let filter = list.filter.value();
    if !filter.is_empty() || list.filtering {
        spans.push(Span::styled(format!("  /{filter}"), ACCENT));
    }
    if let Some(sort) = list.sort {
        let arrow = if sort.descending { look.sign("↓", "v") } else { look.sign("↑", "^") };
        let column = look.language.say(sort.column.title_key()).to_lowercase();
        spans.push(Span::styled(format!("  {arrow} {column}"), DIM));
    }
    spans
}

fn figures(view: &View<'_>, kind: PaneKind) -> Vec<Span<'static>> {
    let (app, look) = (view.app, view.look);
    let list = listed(app, kind);
    let mut spans = Vec::new();
    if list.problem.is_some() || app.session.problem.is_some() {
        spans.push(Span::styled(tr!(look.language, "title-failed"), BAD_NEWS));
    } else if list.loading || app.session.opening {
        spans.push(Span::styled(look.loading(), DIM));
    }
    let total = app.row_count(kind);
    if list.known || total > 0 {
        let count = if app.panes.list(kind).filter.value().is_empty() {
            total.to_string()
        } else {
            tr!(look.language, "title-count", n = view.rows(kind).ids.len(), total = total)
        };
        if !spans.is_empty() {
            spans.push(Span::raw(" "));
        }
        spans.push(Span::styled(count, DIM));
    }
    spans
}

fn stale_line(problem: &Problem, app: &App, look: Look) -> Line<'static> {
    let what = explained::of(problem, app).what.say(look.language);
    Line::from(vec![
        Span::styled(format!("{} ", look.bad()), BAD_NEWS),
        Span::styled(what, DANGER),
        Span::raw("  "),
        Span::styled("!", ACCENT),
        Span::styled(format!(" {}", tr!(look.language, "hint-details")), DIM),
    ])
}
