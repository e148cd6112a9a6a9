//! When a server stops or ends by itself: what a person types, the moment that it means, and the tags that tell it to
//! everybody who looks at the account.
//!
//! Moments are absolute (UTC) from the first step on; a time zone is only needed to understand what was typed.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::clean::clean;
use super::instance::{Instance, InstanceState};
use super::launch_plan::ShutdownBehavior;
use super::tag::Tag;

mod typed;

pub use typed::{LEAST, MOST, WhenProblem, moment};

/// The tag that tells what EventBridge Scheduler will do.
pub const SCHEDULED: &str = "ec2deck:auto-stop";

/// The tag that tells what a timer on the server itself will do: a fact of its own, since a schedule that comes or goes
/// changes nothing about it.
pub const ON_SERVER: &str = "ec2deck:auto-stop-timer";

/// The longest name of a person that is kept in a tag.
const LONGEST_NAME: usize = 64;

/// How late something may be before it counts as overdue, seconds: EventBridge Scheduler is exact to a minute, and a
/// system takes a while to go down.
const GRACE: i64 = 120;

/// What happens at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The instance is stopped and can be started again.
    Stop,
    /// The instance is terminated.
    Terminate,
}

impl Ending {
    /// The word in a tag.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Terminate => "terminate",
        }
    }

    /// The ending behind a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Stop, Self::Terminate].into_iter().find(|ending| ending.word() == word)
    }

    /// What a shutdown from inside must do for this to happen.
    #[must_use]
    pub fn shutdown(self) -> ShutdownBehavior {
        match self {
            Self::Stop => ShutdownBehavior::Stop,
            Self::Terminate => ShutdownBehavior::Terminate,
        }
    }
}

/// What happens, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AutoStop {
    /// What.
    pub ending: Ending,
    /// When, in whole seconds.
    pub at: Timestamp,
}

impl fmt::Display for AutoStop {
    /// As a tag has it: `stop 2026-11-24T14:00:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.ending.word(), self.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// Who sees to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// EventBridge Scheduler, from outside.
    Scheduler,
    /// A timer on the server itself.
    Server,
}

impl By {
    /// The key of its tag.
    #[must_use]
    pub fn tag_key(self) -> &'static str {
        match self {
            Self::Scheduler => SCHEDULED,
            Self::Server => ON_SERVER,
        }
    }
}

/// What an instance's tag tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What and when.
    pub auto_stop: AutoStop,
    /// Who sees to it.
    pub by: By,
    /// Who has set it; empty when the tag does not say.
    pub set_by: String,
}

impl Told {
    /// The tag that tells it.
    #[must_use]
    pub fn tag(&self) -> Tag {
        let name: String = clean(&self.set_by).chars().filter(|c| !c.is_whitespace()).take(LONGEST_NAME).collect();
        let value = if name.is_empty() { self.auto_stop.to_string() } else { format!("{} {name}", self.auto_stop) };
        Tag::new(self.by.tag_key(), value)
    }

    /// What a tag's value tells; `None` for anything else than what [`Self::tag`] writes. Anybody who may tag can have
    /// written it: nothing of it is believed but its shape.
    #[must_use]
    pub fn parse(by: By, value: &str) -> Option<Self> {
        let mut words = value.split_whitespace();
        let ending = Ending::parse(words.next()?)?;
        let time = words.next()?.strip_suffix('Z')?;
        // As it is written, nothing else that a date parser takes, and no year that a countdown cannot show.
        let at = DateTime::strptime("%Y-%m-%dT%H:%M:%S", time).ok()?;
        if time.len() != 19 || !(2000..=2999).contains(&at.year()) {
            return None;
        }
        let at = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        let set_by = clean(words.next().unwrap_or_default()).chars().take(LONGEST_NAME).collect();
        Some(Self { auto_stop: AutoStop { ending, at }, by, set_by })
    }

    /// What one of an instance's tags tells.
    #[must_use]
    pub fn of(by: By, tags: &[Tag]) -> Option<Self> {
        tags.iter().find(|tag| tag.key == by.tag_key()).and_then(|tag| Self::parse(by, &tag.value))
    }

    /// Whether it still means anything for an instance: an hour that came before the last start is over, and a timer on
    /// a server that does not run comes to nothing until it is started.
    #[must_use]
    pub fn concerns(&self, instance: &Instance) -> bool {
        let over = instance.launched_at.is_some_and(|started| started >= self.auto_stop.at);
        let there = match instance.state {
            InstanceState::Pending | InstanceState::Running | InstanceState::Unknown => true,
            // A schedule terminates what is stopped, too.
            InstanceState::Stopped | InstanceState::Stopping => {
                self.by == By::Scheduler && self.auto_stop.ending == Ending::Terminate
            }
            InstanceState::ShuttingDown | InstanceState::Terminated => false,
        };
        there && !over
    }

    /// Whether its time has passed by more than what is usual.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.duration_since(self.auto_stop.at).as_secs() > GRACE
    }
}

#[cfg(test)]
mod tests;
