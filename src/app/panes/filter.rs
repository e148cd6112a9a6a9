//! What was typed after `/`: words that all must match, each anywhere or, as `key:value`, in one column or tag.

use super::cell::{Column, Row};
use crate::app::App;

/// A parsed filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    key: Option<String>,
    value: String,
}

impl Filter {
    /// Parses what was typed; upper and lower case are the same.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let terms = typed
            .to_lowercase()
            .split_whitespace()
            .map(|word| match word.split_once(':') {
                Some((key, value)) if !key.is_empty() => Term { key: Some(key.to_owned()), value: value.to_owned() },
                _ => Term { key: None, value: word.to_owned() },
            })
            .collect();
        Self { terms }
    }

    /// Whether it narrows anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub(super) fn admits<R: Row>(&self, row: &R, columns: &[Column], app: &App) -> bool {
        if self.terms.is_empty() {
            return true;
        }
        let cells: Vec<(Column, String)> =
            columns.iter().map(|column| (*column, row.cell(*column, app).text.to_lowercase())).collect();
        let extra = row.extra_words().to_lowercase();
        self.terms.iter().all(|term| term.matches(row, &cells, &extra))
    }
}

impl Term {
    fn matches<R: Row>(&self, row: &R, cells: &[(Column, String)], extra: &str) -> bool {
        let anywhere = |value: &str| {
            cells.iter().any(|(_, text)| text.contains(value))
                || extra.contains(value)
                || row
                    .tags()
                    .iter()
                    .any(|tag| tag.key.to_lowercase().contains(value) || tag.value.to_lowercase().contains(value))
        };
        let Some(key) = &self.key else { return anywhere(&self.value) };
        let in_column = cells.iter().any(|(column, text)| column.filter_name() == key && text.contains(&self.value))
            || (key == "state" && extra.split(' ').next().is_some_and(|state| state.contains(&self.value)));
        let in_tag = row
            .tags()
            .iter()
            .any(|tag| tag.key.to_lowercase() == *key && tag.value.to_lowercase().contains(&self.value));
        // An address such as `fe80:1` holds a colon without naming a column.
        let known = cells.iter().any(|(column, _)| column.filter_name() == key);
        in_column || in_tag || (!known && anywhere(&format!("{key}:{}", self.value)))
    }
}
