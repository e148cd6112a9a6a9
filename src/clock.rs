//! What time it is, for the loop and for the demo account: the wall clock at start plus tokio's clock since, so that a
//! paused test clock moves both.

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// A clock that a test can pause and advance.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    base: Timestamp,
    started: Instant,
}

impl Clock {
    /// A clock that shows `base` at this moment. Must be called on a tokio runtime in tests with a paused clock.
    #[must_use]
    pub fn starting_at(base: Timestamp) -> Self {
        Self { base, started: Instant::now() }
    }

    /// A clock that shows the system's time.
    #[must_use]
    pub fn system() -> Self {
        Self::starting_at(Timestamp::now())
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX);
        self.base.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// The moment at which this clock will show `at`; now, if that has passed.
    #[must_use]
    pub fn instant_of(&self, at: Timestamp) -> Instant {
        let ahead = at.duration_since(self.base);
        self.started + std::time::Duration::try_from(ahead).unwrap_or_default()
    }
}
