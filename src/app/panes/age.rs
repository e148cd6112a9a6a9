//! Ages in one short word, as lists show them.

use jiff::{SignedDuration, Timestamp};

use crate::text::Text;
use crate::{text, tr};

/// How long ago something was, in its largest unit: `8 s`, `3 h`, `41 d`.
#[must_use]
pub fn short(since: Timestamp, now: Timestamp) -> Text {
    let seconds = now.duration_since(since).max(SignedDuration::ZERO).as_secs();
    match seconds {
        0..60 => text!("age-seconds", n = seconds),
        60..3_600 => text!("age-minutes", n = seconds / 60),
        3_600..86_400 => text!("age-hours", n = seconds / 3_600),
        _ => text!("age-days", n = seconds / 86_400),
    }
}

/// The same in its two largest units: `3 h 12 m`.
#[must_use]
pub fn long(since: Timestamp, now: Timestamp, language: crate::text::Language) -> String {
    let seconds = now.duration_since(since).max(SignedDuration::ZERO).as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    if days > 0 {
        return format!("{} {}", tr!(language, "age-days", n = days), tr!(language, "age-hours", n = hours % 24));
    }
    if hours > 0 {
        return format!("{} {}", tr!(language, "age-hours", n = hours), tr!(language, "age-minutes", n = minutes % 60));
    }
    short(since, now).say(language)
}
