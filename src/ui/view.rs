//! What several parts of one frame need, worked out once: filtering and sorting a thousand rows is not free.

use super::look::Look;
use crate::app::App;
use crate::app::panes::PaneKind;

/// The state, how it looks, and which rows each list shows.
#[derive(Debug)]
pub struct View<'a> {
    /// The state.
    pub app: &'a App,
    /// Language and signs.
    pub look: Look,
    lists: [Rows; 4],
}

/// The rows of one list.
#[derive(Debug, Default)]
pub struct Rows {
    /// Ids, filtered and sorted.
    pub ids: Vec<String>,
    /// Where the cursor is among them.
    pub cursor: Option<usize>,
}

impl<'a> View<'a> {
    /// Works out the lists.
    #[must_use]
    pub fn of(app: &'a App) -> Self {
        let lists = PaneKind::LISTS.map(|kind| {
            let ids = app.visible_ids(kind);
            let cursor = app.cursor_index(kind, &ids);
            Rows { ids, cursor }
        });
        Self { app, look: Look::of(app), lists }
    }

    /// The rows of a list; the details have those of their subject.
    #[must_use]
    pub fn rows(&self, kind: PaneKind) -> &Rows {
        let kind = if kind == PaneKind::Details { self.app.panes.subject } else { kind };
        // A subject is always a list.
        self.lists.get(kind as usize).unwrap_or(&self.lists[0])
    }

    /// Id of the row that the details describe.
    #[must_use]
    pub fn selected(&self, kind: PaneKind) -> Option<&str> {
        let rows = self.rows(kind);
        rows.ids.get(rows.cursor?).map(String::as_str)
    }
}
