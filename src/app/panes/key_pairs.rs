//! What the key pairs pane shows.

use super::cell::{Cell, Column, Meaning, Row};
use crate::app::App;
use crate::domain::instance::Instance;
use crate::domain::key_pair::{KeyFileForm, KeyPair};
use crate::domain::tag::Tag;
use crate::tr;

pub(super) const COLUMNS: &[Column] = &[Column::Name, Column::Algorithm, Column::Here];

pub(super) const ALL_COLUMNS: &[Column] =
    &[Column::Name, Column::Algorithm, Column::Here, Column::UsedBy, Column::Fingerprint, Column::Created, Column::Id];

impl Row for KeyPair {
    fn cell(&self, column: Column, app: &App) -> Cell {
        match column {
            Column::Name => Cell::plain(&self.name),
            Column::Algorithm => Cell::plain(self.kind.as_str()),
            Column::Fingerprint => Cell::plain(&self.fingerprint),
            Column::Id => Cell::plain(self.id.as_str()),
            Column::Created => Cell::optional(self.created.map(|at| at.strftime("%Y-%m-%d").to_string())),
            Column::UsedBy => used_by(self, app),
            Column::Here => here(self, app),
            _ => Cell::nothing(),
        }
    }

    fn order(&self, column: Column, app: &App) -> Option<i64> {
        match column {
            Column::Created => Some(self.created.map_or(i64::MIN, jiff::Timestamp::as_second)),
            Column::Here => Some(i64::from(app.inventory.local_key_of(self).is_none())),
            Column::UsedBy => i64::try_from(app.inventory.instances_with_key(&self.name).count()).ok(),
            _ => None,
        }
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }
}

/// The instances by name, as far as there is room.
fn used_by(pair: &KeyPair, app: &App) -> Cell {
    let users: Vec<&str> = app.inventory.instances_with_key(&pair.name).map(Instance::label).collect();
    if users.is_empty() && app.inventory.instances.is_known() {
        return Cell::meaning(tr!(app.environment.language, "count-instances", n = 0), Meaning::Dim);
    }
    Cell::plain(users.join(", "))
}

/// Whether the private key is on this machine: a file that others can read comes before all else, for ssh refuses it.
fn here(pair: &KeyPair, app: &App) -> Cell {
    let language = app.environment.language;
    if app.inventory.local_keys.value.is_none() {
        return Cell::nothing();
    }
    let files = app.inventory.local_keys_of(pair);
    match files.first() {
        Some(_) if files.iter().any(|file| file.open_to_others) => {
            Cell::meaning(tr!(language, "mark-key-open"), Meaning::Danger)
        }
        Some(file) if file.form == KeyFileForm::Ppk => Cell::meaning(tr!(language, "mark-key-ppk"), Meaning::Warning),
        Some(_) => Cell::meaning(tr!(language, "mark-key-here"), Meaning::Good),
        None => Cell::meaning(tr!(language, "mark-key-not-here"), Meaning::Dim),
    }
}
