//! What the key pairs pane shows.

use super::age;
use super::cell::{Cell, Column, Meaning, Row};
use crate::app::App;
use crate::domain::key_pair::KeyPair;
use crate::domain::tag::Tag;
use crate::tr;

pub(super) const COLUMNS: &[Column] = &[Column::Name, Column::Here];

pub(super) const ALL_COLUMNS: &[Column] =
    &[Column::Name, Column::Algorithm, Column::Here, Column::UsedBy, Column::Fingerprint, Column::Age, Column::Id];

impl Row for KeyPair {
    fn cell(&self, column: Column, app: &App) -> Cell {
        let language = app.environment.language;
        match column {
            Column::Name => Cell::plain(&self.name),
            Column::Algorithm => Cell::plain(self.kind.as_str()),
            Column::Fingerprint => Cell::plain(&self.fingerprint),
            Column::Id => Cell::plain(self.id.as_str()),
            Column::Age => Cell::optional(self.created.map(|at| age::short(at, app.now).say(language))),
            Column::UsedBy => {
                let users = app.inventory.instances_with_key(&self.name).count();
                let text = tr!(language, "count-instances", n = users);
                Cell::meaning(text, if users == 0 { Meaning::Dim } else { Meaning::Plain })
            }
            Column::Here => match app.inventory.local_key_of(self) {
                Some(key) if key.open_to_others => Cell::meaning(tr!(language, "mark-key-open"), Meaning::Danger),
                Some(_) => Cell::meaning(tr!(language, "mark-key-here"), Meaning::Good),
                None if app.inventory.local_keys.value.is_none() => Cell::nothing(),
                None => Cell::meaning(tr!(language, "mark-key-not-here"), Meaning::Dim),
            },
            _ => Cell::nothing(),
        }
    }

    fn order(&self, column: Column, app: &App) -> Option<i64> {
        match column {
            Column::Age => Some(self.created.map_or(i64::MAX, |at| app.now.duration_since(at).as_secs())),
            Column::Here => Some(i64::from(app.inventory.local_key_of(self).is_none())),
            Column::UsedBy => i64::try_from(app.inventory.instances_with_key(&self.name).count()).ok(),
            _ => None,
        }
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }
}
