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
use crate::app::panes::{Cell, Meaning, PaneKind, ShownRow};
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
    let headings = (kind == PaneKind::Instances || alone) && room.height > 3;
    let height = usize::from(room.height) - usize::from(headings);
    let cursor = rows.cursor.unwrap_or_default();
    let first = layout::first_shown(cursor, rows.ids.len(), height);
    let last = (first + height).min(rows.ids.len());
    let columns = app.columns(kind, alone || room.width >= columns::ROOMY);
    // Only what is on the screen is formatted: a thousand rows cost what twenty do.
    let shown = app.shown_rows(kind, &rows.ids[first..last], columns);
    let specs = columns::specs(app, kind, columns, &shown, headings);
    let selected = view.selected(app.panes.subject);
    let drawn: Vec<Row> = shown
        .into_iter()
        .map(|row| {
            let cursor = rows.ids.get(cursor) == Some(&row.id);
            drawn_row(app, look, kind, cursor, selected, row, columns)
        })
        .collect();
    table::draw(buffer, room, look, &specs, &drawn, headings);
    if bordered {
        boxed::draw_scroll(area, look, first, last - first, rows.ids.len(), buffer);
    }
}

fn drawn_row(
    app: &App,
    look: Look,
    kind: PaneKind,
    at_cursor: bool,
    selected: Option<&str>,
    row: ShownRow,
    columns: &[crate::app::panes::Column],
) -> Row {
    // The cursor of a pane that has no focus and is not described either would say nothing.
    let described = kind == app.panes.subject;
    let sign = (kind == PaneKind::Instances).then(|| {
        let state = row.cells.iter().find_map(|cell| match cell.meaning {
            Meaning::State(state) => Some(state),
            _ => None,
        });
        state.map_or((" ", PLAIN), |state| (look.state_sign(state), look.state_style(state)))
    });
    Row {
        cursor: at_cursor && described,
        related: selected.is_some_and(|selected| app.is_related_to(selected, kind, &row.id)),
        marked: kind == PaneKind::Instances && app.panes.list(kind).marks.contains(&row.id),
        sign,
        cells: row.cells.into_iter().zip(columns).map(|(cell, column)| drawn_cell(cell, *column, look)).collect(),
    }
}

fn drawn_cell(cell: Cell, column: crate::app::panes::Column, look: Look) -> (String, ratatui::style::Style) {
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
        return (look.nothing().to_owned(), DIM);
    }
    (cell.text, style)
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
