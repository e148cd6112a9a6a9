//! One line of text with a cursor.

use tui_input::{Input, InputRequest};

use crate::domain::clean::is_hostile;
use crate::keymap::{Key, KeyCode};

/// What was typed and where the cursor stands.
#[derive(Clone, Debug, Default)]
pub struct TextInput(Input);

impl PartialEq for TextInput {
    fn eq(&self, other: &Self) -> bool {
        self.0.value() == other.0.value() && self.0.cursor() == other.0.cursor()
    }
}

impl TextInput {
    /// A line with the cursor at its end.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(Input::new(value.to_owned()))
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        self.0.value()
    }

    /// Cells between the start of the line and the cursor; a Korean character is two.
    #[must_use]
    pub fn cursor_cells(&self) -> usize {
        self.0.visual_cursor()
    }

    /// Edits as readline does; says whether text or cursor changed. Characters that a terminal would obey are not
    /// taken.
    pub fn press(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        self.0.handle(request).is_some()
    }

    /// Types a text, only its first line.
    pub fn paste(&mut self, text: &str) {
        for c in text.lines().next().unwrap_or_default().chars() {
            self.press(Key::plain(KeyCode::Char(c)));
        }
    }
}

fn request(key: Key) -> Option<InputRequest> {
    if key.ctrl {
        return match key.code {
            KeyCode::Char('a') => Some(InputRequest::GoToStart),
            KeyCode::Char('e') => Some(InputRequest::GoToEnd),
            KeyCode::Char('w') => Some(InputRequest::DeletePrevWord),
            KeyCode::Char('u') => Some(InputRequest::DeleteLine),
            KeyCode::Char('k') => Some(InputRequest::DeleteTillEnd),
            KeyCode::Left => Some(InputRequest::GoToPrevWord),
            KeyCode::Right => Some(InputRequest::GoToNextWord),
            _ => None,
        };
    }
    match key.code {
        KeyCode::Char(c) if !key.alt && !is_hostile(c) => Some(InputRequest::InsertChar(c)),
        KeyCode::Backspace => Some(InputRequest::DeletePrevChar),
        KeyCode::Delete => Some(InputRequest::DeleteNextChar),
        KeyCode::Left => Some(InputRequest::GoToPrevChar),
        KeyCode::Right => Some(InputRequest::GoToNextChar),
        KeyCode::Home => Some(InputRequest::GoToStart),
        KeyCode::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
}
