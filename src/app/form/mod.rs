//! A form is data: fields with label, kind and errors, one of them focused. What a finished form yields is up to its
//! owner; the owner also sets the errors.

mod secret_input;
mod text_input;

pub use secret_input::SecretInput;
pub use text_input::TextInput;

use crate::domain::secret::Secret;
use crate::keymap::{Key, KeyCode};
use crate::text::{Language, Text};

/// The most characters of a passphrase.
const LONGEST_SECRET: usize = 255;

/// Fields, one of them focused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// In the order in which they stand.
    pub fields: Vec<Field>,
    focus: usize,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What its owner calls it; unique in its form.
    pub id: &'static str,
    /// Text key of its label.
    pub label: &'static str,
    /// What can be entered.
    pub kind: FieldKind,
    /// A line above it, where a new group of fields begins.
    pub heading: Option<Text>,
    /// What stands in an empty line of text: what EC2 takes then.
    pub placeholder: Option<Text>,
    /// A line under the focused field that says what is meant.
    pub hint: Option<Text>,
    /// A line under the field that is always there: what came of what was entered.
    pub note: Option<Text>,
    /// What is wrong with what was entered; it stays until the field changes.
    pub error: Option<Text>,
    /// Why it cannot be changed now; the focus passes it by.
    pub disabled: Option<Text>,
    /// Whether it means nothing with the other answers: it is not shown.
    pub hidden: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// One line of text.
    Text {
        /// What was typed.
        input: TextInput,
        /// What may be typed.
        accepts: Accepts,
        /// The most characters.
        limit: usize,
    },
    /// A passphrase: shown as dots.
    Secret(SecretInput),
    /// Yes or no.
    Switch(bool),
    /// One of several.
    Choice {
        /// In their order; empty while they are on their way.
        options: Vec<Choice>,
        /// Index into them.
        chosen: usize,
    },
}

/// Which characters a text field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// All that can be shown.
    Anything,
    /// `0` to `9`.
    Digits,
}

/// One of several values.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What its owner calls it.
    pub value: String,
    /// What the person reads.
    pub label: Text,
}

impl Field {
    /// A line of text.
    #[must_use]
    pub fn text(id: &'static str, label: &'static str, value: &str, limit: usize) -> Self {
        Self::of(id, label, FieldKind::Text { input: TextInput::new(value), accepts: Accepts::Anything, limit })
    }

    /// A number; an empty field is allowed, its owner decides what it means.
    #[must_use]
    pub fn number(id: &'static str, label: &'static str, value: Option<u32>) -> Self {
        let value = value.map(|number| number.to_string()).unwrap_or_default();
        Self::of(id, label, FieldKind::Text { input: TextInput::new(&value), accepts: Accepts::Digits, limit: 6 })
    }

    /// A passphrase.
    #[must_use]
    pub fn secret(id: &'static str, label: &'static str) -> Self {
        Self::of(id, label, FieldKind::Secret(SecretInput::default()))
    }

    /// Yes or no.
    #[must_use]
    pub fn switch(id: &'static str, label: &'static str, on: bool) -> Self {
        Self::of(id, label, FieldKind::Switch(on))
    }

    /// One of several, the first one chosen.
    #[must_use]
    pub fn choice(id: &'static str, label: &'static str, options: Vec<Choice>) -> Self {
        Self::of(id, label, FieldKind::Choice { options, chosen: 0 })
    }

    /// The same field with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The same field with words for "empty".
    #[must_use]
    pub fn with_placeholder(mut self, placeholder: Text) -> Self {
        self.placeholder = Some(placeholder);
        self
    }

    /// The same field with a heading above it.
    #[must_use]
    pub fn with_heading(mut self, heading: Text) -> Self {
        self.heading = Some(heading);
        self
    }

    /// The same field, not shown yet.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    fn of(id: &'static str, label: &'static str, kind: FieldKind) -> Self {
        Self {
            id,
            label,
            kind,
            heading: None,
            placeholder: None,
            hint: None,
            note: None,
            error: None,
            disabled: None,
            hidden: false,
        }
    }

    /// The text that was typed, or the chosen option's value; empty for a switch and for a passphrase.
    #[must_use]
    pub fn value(&self) -> &str {
        match &self.kind {
            FieldKind::Text { input, .. } => input.value(),
            FieldKind::Choice { options, chosen } => options.get(*chosen).map_or("", |choice| &choice.value),
            FieldKind::Switch(_) | FieldKind::Secret(_) => "",
        }
    }

    /// The number that was typed; `None` when the field is empty or the number is too large.
    #[must_use]
    pub fn number_value(&self) -> Option<u32> {
        self.value().parse().ok()
    }

    /// Whether there is anything to choose between.
    #[must_use]
    pub fn has_several(&self) -> bool {
        matches!(&self.kind, FieldKind::Choice { options, .. } if options.len() > 1)
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        matches!(self.kind, FieldKind::Switch(true))
    }

    /// Puts a value in, as if typed or chosen; an unknown choice changes nothing, and a passphrase is forgotten.
    pub fn set_value(&mut self, value: &str) {
        match &mut self.kind {
            FieldKind::Text { input, .. } => *input = TextInput::new(value),
            FieldKind::Choice { options, chosen } => {
                if let Some(index) = options.iter().position(|choice| choice.value == value) {
                    *chosen = index;
                }
            }
            FieldKind::Secret(input) => *input = SecretInput::default(),
            FieldKind::Switch(_) => {}
        }
    }

    /// New options; the chosen value stays chosen if it is still there.
    pub fn set_options(&mut self, new: Vec<Choice>) {
        if let FieldKind::Choice { options, chosen } = &mut self.kind {
            let kept = options.get(*chosen).and_then(|old| new.iter().position(|choice| choice.value == old.value));
            *chosen = kept.unwrap_or(0);
            *options = new;
        }
    }

    /// Another value to the left (-1) or right (+1): switches flip, choices go round. Says whether anything changed.
    pub fn turn(&mut self, step: isize) -> bool {
        self.error = None;
        match &mut self.kind {
            FieldKind::Switch(on) => {
                *on = !*on;
                true
            }
            FieldKind::Choice { options, chosen } if options.len() > 1 => {
                *chosen = (chosen.saturating_add_signed(step)
                    + if step < 0 && *chosen == 0 { options.len() - 1 } else { 0 })
                    % options.len();
                true
            }
            _ => false,
        }
    }

    /// A key for this field: text is typed, space flips or goes on. Says whether anything changed.
    pub fn press(&mut self, key: Key) -> bool {
        match &mut self.kind {
            FieldKind::Text { input, accepts, limit } => {
                if let KeyCode::Char(c) = key.code {
                    let refused = *accepts == Accepts::Digits && !c.is_ascii_digit() && !key.ctrl && !key.alt;
                    if refused || (!key.ctrl && input.value().chars().count() >= *limit) {
                        return false;
                    }
                }
                let changed = input.press(key);
                if changed {
                    self.error = None;
                }
                changed
            }
            FieldKind::Secret(input) => {
                if matches!(key.code, KeyCode::Char(_)) && !key.ctrl && input.count() >= LONGEST_SECRET {
                    return false;
                }
                let changed = input.press(key);
                if changed {
                    self.error = None;
                }
                changed
            }
            _ if key == Key::plain(KeyCode::Char(' ')) => self.turn(1),
            FieldKind::Choice { options, chosen } if options.len() > 2 && !key.ctrl && !key.alt => {
                let KeyCode::Char(c) = key.code else { return false };
                let begins = |choice: &Choice| {
                    [Language::English, Language::Korean]
                        .iter()
                        .any(|language| choice.label.say(*language).to_lowercase().starts_with(c.to_ascii_lowercase()))
                };
                // The next one that begins with the letter, round and round.
                let next = (1..=options.len()).map(|step| (*chosen + step) % options.len());
                let found = next.into_iter().find(|index| begins(&options[*index]));
                if let Some(index) = found {
                    self.error = None;
                    *chosen = index;
                }
                found.is_some()
            }
            _ => false,
        }
    }

    /// Pasted text: only its first line, only what the field takes.
    pub fn paste(&mut self, text: &str) {
        for c in text.lines().next().unwrap_or_default().chars() {
            self.press(Key::plain(KeyCode::Char(c)));
        }
    }

    /// Whether a key of the arrows left and right moves the text cursor instead of turning the value.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.kind, FieldKind::Text { .. } | FieldKind::Secret(_))
    }
}

impl Form {
    /// A form with its first field focused.
    #[must_use]
    pub fn new(fields: Vec<Field>) -> Self {
        Self { fields, focus: 0 }
    }

    /// Index of the focused field.
    #[must_use]
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The focused field.
    #[must_use]
    pub fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    /// The focused field, to change.
    pub fn focused_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// Puts the focus on the field with this id.
    pub fn focus_on(&mut self, id: &str) {
        if let Some(index) = self.fields.iter().position(|field| field.id == id) {
            self.focus = index;
        }
    }

    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The field with this id, to change.
    pub fn field_mut(&mut self, id: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.id == id)
    }

    /// The value of the field with this id; empty when there is none.
    #[must_use]
    pub fn value(&self, id: &str) -> &str {
        self.field(id).map_or("", Field::value)
    }

    /// The passphrase in the field with this id, if one was typed and the field is shown.
    #[must_use]
    pub fn secret(&self, id: &str) -> Option<Secret> {
        match self.field(id) {
            Some(Field { kind: FieldKind::Secret(input), hidden: false, .. }) => input.secret(),
            _ => None,
        }
    }

    /// The same form with the focus elsewhere: for drawing a form beside a table that has the keys.
    #[must_use]
    pub fn without_focus(&self) -> Self {
        Self { fields: self.fields.clone(), focus: usize::MAX }
    }

    /// The next field that can be changed, `false` when the focus is on the last one already.
    pub fn focus_next(&mut self) -> bool {
        let next = (self.focus + 1..self.fields.len()).find(|index| self.can_focus(*index));
        self.focus = next.unwrap_or(self.focus);
        next.is_some()
    }

    /// The previous field that can be changed, `false` when the focus is on the first one already.
    pub fn focus_previous(&mut self) -> bool {
        let previous = (0..self.focus).rev().find(|index| self.can_focus(*index));
        self.focus = previous.unwrap_or(self.focus);
        previous.is_some()
    }

    /// Puts the focus on the first field that can be changed.
    pub fn focus_first(&mut self) {
        self.focus = (0..self.fields.len()).find(|index| self.can_focus(*index)).unwrap_or(self.focus);
    }

    /// Puts the focus on the last field that can be changed.
    pub fn focus_last(&mut self) {
        self.focus = (0..self.fields.len()).rev().find(|index| self.can_focus(*index)).unwrap_or(self.focus);
    }

    /// Says what is wrong with a field.
    pub fn set_error(&mut self, id: &str, error: Text) {
        if let Some(field) = self.field_mut(id) {
            field.error = Some(error);
        }
    }

    /// Shows a field, or hides it because it means nothing with the other answers.
    pub fn show(&mut self, id: &str, shown: bool) {
        if let Some(field) = self.field_mut(id) {
            field.hidden = !shown;
        }
    }

    /// Forgets all errors, before checking anew.
    pub fn clear_errors(&mut self) {
        for field in &mut self.fields {
            field.error = None;
        }
    }

    /// Whether any field is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.fields.iter().any(|field| field.error.is_some())
    }

    /// Puts the focus on the first field that is wrong.
    pub fn focus_first_error(&mut self) {
        if let Some(index) = self.fields.iter().position(|field| field.error.is_some()) {
            self.focus = index;
        }
    }

    fn can_focus(&self, index: usize) -> bool {
        self.fields.get(index).is_some_and(|field| field.disabled.is_none() && !field.hidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn choice() -> Field {
        let option = |value: &str| Choice { value: value.to_owned(), label: text!("city-seoul") };
        Field::choice("c", "label", vec![option("a"), option("b"), option("c")])
    }

    #[test]
    fn a_choice_goes_round_in_both_directions() {
        let mut field = choice();
        assert!(field.turn(-1));
        assert_eq!(field.value(), "c");
        assert!(field.turn(1));
        assert_eq!(field.value(), "a");
    }

    #[test]
    fn new_options_keep_what_was_chosen() {
        let mut field = choice();
        field.set_value("b");
        let option = |value: &str| Choice { value: value.to_owned(), label: text!("city-seoul") };
        field.set_options(vec![option("x"), option("b")]);
        assert_eq!(field.value(), "b");
        field.set_options(vec![option("x")]);
        assert_eq!(field.value(), "x");
    }

    #[test]
    fn a_number_field_takes_digits_only() {
        let mut field = Field::number("n", "label", Some(8));
        for key in ["x", "-", "3"] {
            field.press(Key::parse(key).unwrap());
        }
        assert_eq!(field.number_value(), Some(83));
        field.paste("1 000\n5");
        assert_eq!(field.value(), "831000");
    }
}
