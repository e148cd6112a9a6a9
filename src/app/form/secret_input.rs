//! One line of text that nobody sees.

use crate::domain::clean::is_hostile;
use crate::domain::secret::Secret;
use crate::keymap::{Key, KeyCode};

/// A passphrase that is being typed. It grows and shrinks at its end only: where nothing is shown, a cursor inside it
/// would help nobody. Each change makes a new text and wipes the old one, so that growing leaves no copy behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretInput(Secret);

impl Default for SecretInput {
    fn default() -> Self {
        Self(Secret::new(String::new()))
    }
}

impl SecretInput {
    /// What was typed; `None` when nothing was.
    #[must_use]
    pub fn secret(&self) -> Option<Secret> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }

    /// How many characters were typed: one dot each on the screen.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.as_str().chars().count()
    }

    /// Types a character, takes the last one back (Backspace), or all (Ctrl-u). Says whether anything changed.
    pub fn press(&mut self, key: Key) -> bool {
        let text = self.0.as_str();
        let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (kept, more) = match key.code {
            KeyCode::Char('u') if key.ctrl => (0, None),
            KeyCode::Char(c) if !key.ctrl && !key.alt && !is_hostile(c) => (text.len(), Some(c)),
            KeyCode::Backspace if !key.ctrl && !key.alt => (last, None),
            _ => return false,
        };
        if more.is_none() && kept == text.len() {
            return false;
        }
        // As large as it becomes, so that it does not move while it is filled.
        let mut changed = String::with_capacity(kept + more.map_or(0, char::len_utf8));
        changed.push_str(&text[..kept]);
        changed.extend(more);
        self.0 = Secret::new(changed);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_typed_taken_back_and_never_shown() {
        let mut input = SecretInput::default();
        assert_eq!(input.secret(), None);
        for name in ["p", "a", "ß", "비", "backspace", "left", "ctrl-a", "delete"] {
            input.press(Key::parse(name).unwrap());
        }
        assert_eq!(input.secret().unwrap().as_str(), "paß");
        assert_eq!((input.count(), format!("{input:?}").contains("pa")), (3, false));
        assert!(input.press(Key::parse("ctrl-u").unwrap()));
        assert!(!input.press(Key::parse("backspace").unwrap()), "there is nothing left to take back");
        assert_eq!(input.secret(), None);
    }
}
