//! What becomes of an allowance until the end of the month, and of credits, with what runs now. AWS's months are UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rust_decimal::prelude::ToPrimitive;

use super::money::Money;

/// Seconds in an hour.
const HOUR: f64 = 3_600.0;

/// The first moment of this month, UTC.
#[must_use]
pub fn month_start(now: Timestamp) -> Timestamp {
    at_midnight(now.to_zoned_datetime(TimeZone::UTC).date().first_of_month()).unwrap_or(now)
}

/// The first moment of the next month, UTC.
#[must_use]
pub fn month_end(now: Timestamp) -> Timestamp {
    let first = now.to_zoned_datetime(TimeZone::UTC).date().first_of_month();
    first.checked_add(1.month()).ok().and_then(at_midnight).unwrap_or(now)
}

fn at_midnight(date: Date) -> Option<Timestamp> {
    date.to_zoned_datetime(TimeZone::UTC).ok().map(|midnight| midnight.timestamp())
}

/// Hours of this month, UTC: 672 to 744.
#[must_use]
pub fn hours_of_month(now: Timestamp) -> f64 {
    hours_between(month_start(now), month_end(now))
}

/// Hours from one moment to a later one; 0 when it is not later.
#[must_use]
pub fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64().max(0.0) / HOUR
}

/// An allowance at the end of the month, if nothing changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Used so far.
    pub used: f64,
    /// What the month allows.
    pub limit: f64,
    /// What will be used by the end of the month.
    pub at_month_end: f64,
    /// When the limit is reached, if that is in this month; now, when it is reached already.
    pub runs_out: Option<Timestamp>,
}

impl Forecast {
    /// What becomes of `used` at so much an hour.
    #[must_use]
    pub fn of_month(used: f64, limit: f64, per_hour: f64, now: Timestamp) -> Self {
        let end = month_end(now);
        let at_month_end = used + per_hour * hours_between(now, end);
        let runs_out = if used >= limit && (per_hour > 0.0 || used > limit) {
            Some(now)
        } else if per_hour > 0.0 {
            later(now, (limit - used) / per_hour).filter(|at| *at < end)
        } else {
            None
        };
        Self { used, limit, at_month_end, runs_out }
    }

    /// Whether it is used up before the month ends.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.runs_out.is_some()
    }
}

/// Instance hours of this month by the times at which the running instances were started last: an estimate, for one
/// that was stopped before has hours that nobody tells.
#[must_use]
pub fn hours_since_launch(launched: impl IntoIterator<Item = Timestamp>, now: Timestamp) -> f64 {
    let start = month_start(now);
    launched.into_iter().map(|at| hours_between(at.max(start), now)).sum()
}

/// When credits are gone at so much an hour; `None`: never, or beyond any calendar.
#[must_use]
pub fn credits_end(credits: Money, per_hour: Money, now: Timestamp) -> Option<Timestamp> {
    if credits.is_none() {
        return Some(now);
    }
    if per_hour.is_none() {
        return None;
    }
    let hours = credits.amount().checked_div(per_hour.amount())?.to_f64()?;
    later(now, hours)
}

fn later(now: Timestamp, hours: f64) -> Option<Timestamp> {
    let wait = SignedDuration::try_from_secs_f64(hours * HOUR).ok()?;
    now.checked_add(wait).ok()
}

#[cfg(test)]
mod tests;
