//! How far the details and an open page scroll: only a frame knows, because lines wrap at its width. The loop hands it
//! back after drawing, so that scrolling stops at the end instead of running on unseen.

use crate::keymap::Action;

/// First lines that the last frame could show at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Of the details.
    pub details: u16,
    /// Of the page on top.
    pub page: u16,
}

impl Default for Extent {
    /// Before the first frame nothing is known, so nothing is limited.
    fn default() -> Self {
        Self { details: u16::MAX, page: u16::MAX }
    }
}

/// Where something that begins at line `first` begins after `action`; `None`: that is no scrolling. It goes by `page`
/// lines and to line `most` at the furthest.
#[must_use]
pub(super) fn scrolled(first: u16, action: Action, page: u16, most: u16) -> Option<u16> {
    let first = first.min(most);
    let first = match action {
        Action::Down => first.saturating_add(1),
        Action::Up => first.saturating_sub(1),
        Action::PageDown => first.saturating_add(page),
        Action::PageUp => first.saturating_sub(page),
        Action::First => 0,
        Action::Last => most,
        _ => return None,
    };
    Some(first.min(most))
}
