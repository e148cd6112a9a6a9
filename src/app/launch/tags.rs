//! Step 5: tags, the `Name` tag first. There is always one empty row at the end to type into.

use crate::app::form::Field;
use crate::app::world::World;
use crate::domain::auto_stop::{ON_SERVER, SCHEDULED};
use crate::domain::tag::{self, MOST_TAGS, NAME, Tag, TagProblem};
use crate::keymap::{Action, Key};
use crate::text;
use crate::text::Text;

/// The most tags of the person: one more is this program's own (`ec2deck:request`).
pub const MOST_OWN_TAGS: usize = MOST_TAGS - 1;

/// The most characters that can be typed; EC2's own limits are checked on top, so that a long paste is not cut
/// silently.
const LONGEST: usize = 1024;

/// One tag besides `Name`.
#[derive(Clone, Debug, PartialEq)]
pub struct TagRow {
    /// The key; its error is the row's.
    pub key: Field,
    /// The value.
    pub value: Field,
}

impl TagRow {
    fn new() -> Self {
        Self {
            key: Field::text("key", "launch-tags-key", "", LONGEST),
            value: Field::text("value", "launch-tags-value", "", LONGEST),
        }
    }

    /// Whether nothing was typed into it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.key.value().trim().is_empty() && self.value.value().trim().is_empty()
    }

    /// The tag, without spaces around key and value: those are never meant.
    #[must_use]
    pub fn tag(&self) -> Tag {
        Tag::new(self.key.value().trim(), self.value.value().trim())
    }
}

/// Where the text cursor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagFocus {
    /// In the name.
    #[default]
    Name,
    /// In the key of a row.
    Key(usize),
    /// In the value of a row.
    Value(usize),
}

/// What step 5 holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TagsStep {
    /// The value of the `Name` tag.
    pub name: Field,
    /// The other tags, an empty row last.
    pub rows: Vec<TagRow>,
    /// Where the text cursor is.
    pub focus: TagFocus,
}

impl Default for TagsStep {
    fn default() -> Self {
        Self::new()
    }
}

impl TagsStep {
    /// No tags.
    #[must_use]
    pub fn new() -> Self {
        let name = Field::text("name", "launch-tags-name", "", LONGEST).with_hint(text!("launch-tags-name-hint"));
        Self { name, rows: vec![TagRow::new()], focus: TagFocus::Name }
    }

    /// The value of the `Name` tag; empty when there is none.
    #[must_use]
    pub fn name(&self) -> String {
        tag::name_of(&self.tags()).unwrap_or_default()
    }

    /// All tags in their order, `Name` first.
    #[must_use]
    pub fn tags(&self) -> Vec<Tag> {
        let name = self.name.value().trim();
        let name = (!name.is_empty()).then(|| Tag::new(NAME, name));
        name.into_iter().chain(self.rows.iter().filter(|row| !row.is_empty()).map(TagRow::tag)).collect()
    }

    /// The step is shown.
    pub fn enter(&mut self, _world: &mut World<'_>) {
        self.keep_empty_row();
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, _world: &mut World<'_>) {
        let last = self.rows.len().saturating_sub(1);
        self.focus = match (action, self.focus) {
            (Action::Down | Action::NextField, TagFocus::Name) => TagFocus::Key(0),
            (Action::Down, TagFocus::Key(row)) => TagFocus::Key((row + 1).min(last)),
            (Action::Down, TagFocus::Value(row)) => TagFocus::Value((row + 1).min(last)),
            (Action::Up, TagFocus::Key(0) | TagFocus::Value(0)) => TagFocus::Name,
            (Action::Up, TagFocus::Key(row)) => TagFocus::Key(row - 1),
            (Action::Up, TagFocus::Value(row)) => TagFocus::Value(row - 1),
            (Action::NextField, TagFocus::Key(row)) => TagFocus::Value(row),
            (Action::NextField, TagFocus::Value(row)) if row < last => TagFocus::Key(row + 1),
            (Action::NextField, TagFocus::Value(_)) => TagFocus::Name,
            (_, focus) => focus,
        };
    }

    /// A key that is text.
    pub fn press(&mut self, key: Key, _world: &mut World<'_>) {
        if self.focused_mut().press(key) {
            self.changed();
        }
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str, _world: &mut World<'_>) {
        self.focused_mut().paste(text);
        self.changed();
    }

    /// Whether EC2 would take all tags; what it would not take says so under its row.
    pub fn check(&mut self) -> bool {
        self.drop_empty_rows();
        self.name.error = match tag::check(&Tag::new(NAME, self.name.value().trim())) {
            Ok(()) => None,
            Err(problem) => Some(wording(problem)),
        };
        let name_is_set = !self.name.value().trim().is_empty();
        let mut first_wrong = self.name.error.is_some().then_some(TagFocus::Name);
        for index in 0..self.rows.len() {
            let row = &self.rows[index];
            let problem = if row.is_empty() {
                None
            } else {
                let tag = row.tag();
                let twice = (name_is_set && tag.key == NAME)
                    || self.rows[..index].iter().any(|other| !other.is_empty() && other.tag().key == tag.key);
                let too_many = index + usize::from(name_is_set) >= MOST_OWN_TAGS;
                match tag::check(&tag) {
                    Err(problem) => Some(problem),
                    Ok(()) if [tag::REQUEST, SCHEDULED, ON_SERVER].contains(&tag.key.as_str()) => {
                        Some(TagProblem::DuplicateKey)
                    }
                    Ok(()) if twice => Some(TagProblem::DuplicateKey),
                    Ok(()) if too_many => Some(TagProblem::TooMany),
                    Ok(()) => None,
                }
            };
            let in_value = problem == Some(TagProblem::ValueTooLong);
            let row = &mut self.rows[index];
            row.key.error = problem.filter(|_| !in_value).map(wording);
            row.value.error = problem.filter(|_| in_value).map(wording);
            if problem.is_some() && first_wrong.is_none() {
                first_wrong = Some(if in_value { TagFocus::Value(index) } else { TagFocus::Key(index) });
            }
        }
        if let Some(focus) = first_wrong {
            self.focus = focus;
        }
        first_wrong.is_none()
    }

    fn focused_mut(&mut self) -> &mut Field {
        match self.focus {
            TagFocus::Key(row) if row < self.rows.len() => &mut self.rows[row].key,
            TagFocus::Value(row) if row < self.rows.len() => &mut self.rows[row].value,
            _ => &mut self.name,
        }
    }

    fn changed(&mut self) {
        // An error of the row may be about either half, or about a key that stood twice.
        for row in &mut self.rows {
            row.key.error = None;
            row.value.error = None;
        }
        self.keep_empty_row();
    }

    fn keep_empty_row(&mut self) {
        if self.rows.last().is_none_or(|row| !row.is_empty()) {
            self.rows.push(TagRow::new());
        }
    }

    /// Rows that were emptied again go; the focus stays on what it was on.
    fn drop_empty_rows(&mut self) {
        let focused = match self.focus {
            TagFocus::Name => None,
            TagFocus::Key(row) | TagFocus::Value(row) => Some(row),
        };
        let before = focused.map_or(0, |focused| self.rows.iter().take(focused).filter(|row| !row.is_empty()).count());
        self.rows.retain(|row| !row.is_empty());
        self.keep_empty_row();
        self.focus = match self.focus {
            TagFocus::Name => TagFocus::Name,
            TagFocus::Key(_) => TagFocus::Key(before),
            TagFocus::Value(_) => TagFocus::Value(before),
        };
    }
}

pub(in crate::app) fn wording(problem: TagProblem) -> Text {
    match problem {
        TagProblem::EmptyKey => text!("launch-tags-empty-key"),
        TagProblem::KeyTooLong => text!("launch-tags-key-long"),
        TagProblem::ValueTooLong => text!("launch-tags-value-long"),
        TagProblem::ReservedPrefix => text!("launch-tags-reserved"),
        TagProblem::DuplicateKey => text!("launch-tags-duplicate"),
        TagProblem::TooMany => text!("launch-tags-too-many", most = MOST_OWN_TAGS),
        TagProblem::ControlCharacter => text!("launch-tags-control"),
    }
}

#[cfg(test)]
mod tests;
