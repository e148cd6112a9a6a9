//! The rows that a pane shows, in their order, and the cursor among them.

use super::cell::{Cell, Column, Row};
use super::filter::Filter;
use super::{PaneKind, instances};
use crate::app::App;
use crate::app::remote::Identified;

/// One row as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// Its id.
    pub id: String,
    /// One cell for each column that was asked for.
    pub cells: Vec<Cell>,
}

impl App {
    /// The columns of a pane.
    #[must_use]
    pub fn columns(&self, kind: PaneKind, zoomed: bool) -> Vec<Column> {
        let mut columns = instances::columns(kind, zoomed).to_vec();
        let after_state = columns.iter().position(|column| *column == Column::State).map_or(0, |at| at + 1);
        // An hour of CPU use only where the list has the whole screen.
        if kind == PaneKind::Instances && zoomed && self.shows_sparklines() {
            columns.insert(after_state, Column::Cpu);
        }
        // While something is to end by itself.
        if matches!(kind, PaneKind::Instances | PaneKind::Details) && self.any_countdown() {
            columns.insert(after_state, if zoomed { Column::AutoStop } else { Column::AutoStopShort });
        }
        columns
    }

    /// Ids of the rows that a pane shows, filtered and sorted.
    #[must_use]
    pub fn visible_ids(&self, kind: PaneKind) -> Vec<String> {
        match kind {
            PaneKind::Instances => self.narrowed(kind, &self.inventory.instances.rows),
            PaneKind::SecurityGroups => self.narrowed(kind, &self.inventory.groups.rows),
            PaneKind::Addresses => self.narrowed(kind, &self.inventory.addresses.rows),
            PaneKind::KeyPairs => self.narrowed(kind, &self.inventory.key_pairs.rows),
            PaneKind::Details => self.visible_ids(self.panes.subject),
        }
    }

    /// How many rows a pane has without its filter.
    #[must_use]
    pub fn row_count(&self, kind: PaneKind) -> usize {
        match kind {
            PaneKind::Instances => self.inventory.instances.rows.len(),
            PaneKind::SecurityGroups => self.inventory.groups.rows.len(),
            PaneKind::Addresses => self.inventory.addresses.rows.len(),
            PaneKind::KeyPairs => self.inventory.key_pairs.rows.len(),
            PaneKind::Details => self.row_count(self.panes.subject),
        }
    }

    /// The cells of some rows; the screen asks only for those that it shows.
    #[must_use]
    pub fn shown_rows(&self, kind: PaneKind, ids: &[String], columns: &[Column]) -> Vec<ShownRow> {
        fn shown<R: Row>(app: &App, row: Option<&R>, id: &str, columns: &[Column]) -> Option<ShownRow> {
            let row = row?;
            let cells = columns.iter().map(|column| row.cell(*column, app)).collect();
            Some(ShownRow { id: id.to_owned(), cells })
        }
        ids.iter()
            .filter_map(|id| match kind {
                PaneKind::Instances => shown(self, self.inventory.instances.get(id), id, columns),
                PaneKind::SecurityGroups => shown(self, self.inventory.groups.get(id), id, columns),
                PaneKind::Addresses => shown(self, self.inventory.addresses.get(id), id, columns),
                PaneKind::KeyPairs => shown(self, self.inventory.key_pairs.get(id), id, columns),
                PaneKind::Details => None,
            })
            .collect()
    }

    /// Id of the selected row. A cursor whose row is gone (or filtered away) is where it was, by position.
    #[must_use]
    pub fn selected_id(&self, kind: PaneKind) -> Option<String> {
        // Mostly the cursor's row is there: to know that, nothing needs to be sorted.
        let cursor = self.panes.list(kind).cursor.as_ref();
        if let Some(cursor) = cursor.filter(|cursor| self.is_visible(kind, cursor)) {
            return Some(cursor.clone());
        }
        let ids = self.visible_ids(kind);
        self.cursor_index(kind, &ids).and_then(|index| ids.get(index).cloned())
    }

    /// Whether a pane has this row, and its filter lets it through.
    fn is_visible(&self, kind: PaneKind, id: &str) -> bool {
        fn admits<R: Row>(app: &App, kind: PaneKind, row: Option<&R>) -> bool {
            let filter = Filter::parse(app.panes.list(kind).filter.value());
            row.is_some_and(|row| filter.is_empty() || filter.admits(row, &app.columns(kind, true), app))
        }
        match kind {
            PaneKind::Instances => admits(self, kind, self.inventory.instances.get(id)),
            PaneKind::SecurityGroups => admits(self, kind, self.inventory.groups.get(id)),
            PaneKind::Addresses => admits(self, kind, self.inventory.addresses.get(id)),
            PaneKind::KeyPairs => admits(self, kind, self.inventory.key_pairs.get(id)),
            PaneKind::Details => self.is_visible(self.panes.subject, id),
        }
    }

    /// Position of the cursor among the visible rows.
    #[must_use]
    pub fn cursor_index(&self, kind: PaneKind, ids: &[String]) -> Option<usize> {
        let list = self.panes.list(kind);
        if ids.is_empty() {
            return None;
        }
        let found = list.cursor.as_ref().and_then(|cursor| ids.iter().position(|id| id == cursor));
        Some(found.unwrap_or_else(|| list.position.min(ids.len() - 1)))
    }

    /// Puts the cursor on a row by its position.
    pub(in crate::app) fn move_cursor_to(&mut self, kind: PaneKind, index: usize) {
        let ids = self.visible_ids(kind);
        let index = index.min(ids.len().saturating_sub(1));
        let list = self.panes.list_mut(kind);
        if list.cursor.as_ref() != ids.get(index) {
            list.position = index;
            list.cursor = ids.get(index).cloned();
            self.panes.details_scroll = 0;
        }
    }

    fn narrowed<R: Row + Identified>(&self, kind: PaneKind, rows: &[R]) -> Vec<String> {
        let list = self.panes.list(kind);
        let filter = Filter::parse(list.filter.value());
        let columns = if filter.is_empty() { Vec::new() } else { self.columns(kind, true) };
        let mut rows: Vec<&R> = rows.iter().filter(|row| filter.admits(*row, &columns, self)).collect();
        match list.sort {
            None => rows.sort_by_cached_key(|row| (row.sinks(), sort_key(*row, default_column(kind), self))),
            Some(sort) => {
                rows.sort_by_cached_key(|row| sort_key(*row, sort.column, self));
                if sort.descending {
                    rows.reverse();
                }
            }
        }
        rows.into_iter().map(|row| row.id().to_owned()).collect()
    }
}

/// First row to show so that the cursor is in the middle: it follows from the cursor alone, so a refresh or a resize
/// cannot lose it.
#[must_use]
pub fn first_shown(cursor: usize, rows: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(rows.saturating_sub(height))
}

fn default_column(kind: PaneKind) -> Column {
    match kind {
        PaneKind::Addresses => Column::Address,
        _ => Column::Name,
    }
}

/// Numbers order by their value, everything else by its text; the id decides between equals.
fn sort_key<R: Row + Identified>(row: &R, column: Column, app: &App) -> (i64, String, String) {
    let (number, text) = match row.order(column, app) {
        Some(number) => (number, String::new()),
        None => (0, row.cell(column, app).text.to_lowercase()),
    };
    (number, text, row.id().to_owned())
}
