//! How far the details and an open page scroll: only a frame knows, because lines wrap at its width. The loop hands it
//! back after drawing, so that scrolling stops at the end instead of running on unseen.

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
