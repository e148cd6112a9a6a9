//! One line at the bottom that says what just happened, for a few seconds.

use jiff::{SignedDuration, Timestamp};

use crate::text::Text;

/// What just happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// In words.
    pub text: Text,
    /// How it is meant.
    pub tone: Tone,
    /// When it goes.
    pub until: Timestamp,
}

/// How something is meant; the screen has a colour for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// For your information.
    Plain,
    /// It did not, or cannot now.
    Warning,
    /// It failed.
    Bad,
}

impl Notice {
    /// A notice that stays for a few seconds.
    #[must_use]
    pub fn new(text: Text, tone: Tone, now: Timestamp) -> Self {
        let until = now.saturating_add(SignedDuration::from_secs(6)).unwrap_or(Timestamp::MAX);
        Self { text, tone, until }
    }
}
