//! What a person types for a moment: after a time (`4h`, `90m`, `1h30`), at an hour (`23:00`), or on a day at an hour
//! (`2026-11-25 09:00`).

use jiff::civil::{DateTime, Time};
use jiff::tz::{Disambiguation, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::text;
use crate::text::Text;

/// The nearest moment: a new server is hardly up before this.
pub const LEAST: SignedDuration = SignedDuration::from_mins(5);

/// The farthest moment; what is farther is mistyped.
pub const MOST: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Why something typed is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenProblem {
    /// Nothing was typed.
    Empty,
    /// A number alone: hours or minutes?
    NoUnit,
    /// Nothing that is understood.
    Unknown,
    /// Less than [`LEAST`] from now.
    TooSoon,
    /// More than [`MOST`] from now.
    TooFar,
    /// A day and hour that have passed.
    Past,
}

impl WhenProblem {
    /// The sentence for the person.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Empty => text!("auto-stop-when-empty"),
            Self::NoUnit => text!("auto-stop-when-no-unit"),
            Self::Unknown => text!("auto-stop-when-unknown"),
            Self::TooSoon => text!("auto-stop-when-too-soon", minutes = LEAST.as_mins()),
            Self::TooFar => text!("auto-stop-when-too-far"),
            Self::Past => text!("auto-stop-when-past"),
        }
    }
}

/// The moment that was typed, rounded up to a whole minute: EventBridge Scheduler is no more exact than that.
///
/// An hour is the person's own: the next time that their clock shows it. Where the clock is put forward past it, the
/// hour is as much later as the clock was put forward (02:30 becomes 03:30); where it comes twice, the next of the two
/// counts.
///
/// # Errors
/// See [`WhenProblem`].
pub fn moment(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, WhenProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(WhenProblem::Empty);
    }
    if typed.chars().all(|c| c.is_ascii_digit()) {
        return Err(WhenProblem::NoUnit);
    }
    let at = if let Some(time) = hour(typed) {
        next(time, now, zone)?
    } else if let Some(local) = day_and_hour(typed) {
        occurrences(local, zone).into_iter().find(|at| *at > now).ok_or(WhenProblem::Past)?
    } else {
        let after = duration(typed).ok_or(WhenProblem::Unknown)??;
        now.checked_add(after).map_err(|_| WhenProblem::TooFar)?
    };
    let at = whole_minute(at).ok_or(WhenProblem::TooFar)?;
    let wait = at.duration_since(now);
    if wait < LEAST {
        return Err(WhenProblem::TooSoon);
    }
    if wait > MOST + SignedDuration::from_mins(1) { Err(WhenProblem::TooFar) } else { Ok(at) }
}

/// The next whole minute, or the moment itself.
fn whole_minute(at: Timestamp) -> Option<Timestamp> {
    let seconds = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    Timestamp::from_second(seconds.checked_add(59)?.div_euclid(60) * 60).ok()
}

/// `23:00`, `7:05`.
fn hour(typed: &str) -> Option<Time> {
    let (hour, minute) = typed.split_once(':')?;
    let number = |digits: &str, least: usize| {
        let fits = (least..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i8>().ok()).flatten()
    };
    Time::new(number(hour, 1)?, number(minute, 2)?, 0, 0).ok()
}

/// `2026-11-25 09:00`.
fn day_and_hour(typed: &str) -> Option<DateTime> {
    let (day, time) = typed.split_once([' ', 'T'])?;
    let day = (day.len() == 10).then(|| day.parse::<jiff::civil::Date>().ok()).flatten()?;
    Some(day.to_datetime(hour(time.trim())?))
}

fn next(time: Time, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, WhenProblem> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    // Clocks go back across midnight in some zones: then even yesterday's hour is yet to come.
    for days in -1..=2 {
        let Ok(day) = today.checked_add(days.days()) else { continue };
        if let Some(at) = occurrences(day.to_datetime(time), zone).into_iter().find(|at| *at > now) {
            return Ok(at);
        }
    }
    Err(WhenProblem::Unknown)
}

/// When a clock shows this: once, twice where it is put back, and as much later as it is put forward where it is not
/// shown at all.
fn occurrences(local: DateTime, zone: &TimeZone) -> Vec<Timestamp> {
    let of = |how: Disambiguation| {
        zone.to_ambiguous_zoned_datetime(local).disambiguate(how).ok().map(|zoned| zoned.timestamp())
    };
    let ways = if zone.to_ambiguous_zoned_datetime(local).is_ambiguous() && is_fold(local, zone) {
        vec![of(Disambiguation::Earlier), of(Disambiguation::Later)]
    } else {
        vec![of(Disambiguation::Compatible)]
    };
    let mut times: Vec<Timestamp> = ways.into_iter().flatten().collect();
    times.sort();
    times
}

fn is_fold(local: DateTime, zone: &TimeZone) -> bool {
    matches!(zone.to_ambiguous_timestamp(local).offset(), jiff::tz::AmbiguousOffset::Fold { .. })
}

/// `4h`, `90m`, `1h30`, `1h 30m`, `2d`, and the same in Korean. The inner failure is a number too large to mean.
fn duration(typed: &str) -> Option<Result<SignedDuration, WhenProblem>> {
    let words = typed.to_lowercase().replace("시간", "h").replace('분', "m").replace('일', "d").replace("min", "m");
    let mut rest: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    // "1h30": what follows hours without a unit is minutes.
    if rest.contains('h') && rest.ends_with(|c: char| c.is_ascii_digit()) {
        rest.push('m');
    }
    let mut rest = rest.as_str();
    let mut total = 0_i64;
    let mut units = "dhm".chars();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (digits, unit) = (&rest[..end], rest[end..].chars().next()?);
        // Each once, the larger first.
        units.by_ref().find(|next| *next == unit)?;
        if digits.is_empty() {
            return None;
        }
        let seconds = match unit {
            'd' => 86_400,
            'h' => 3_600,
            _ => 60,
        };
        let Some(more) = digits.parse::<i64>().ok().and_then(|number| number.checked_mul(seconds)) else {
            return Some(Err(WhenProblem::TooFar));
        };
        let Some(sum) = total.checked_add(more) else { return Some(Err(WhenProblem::TooFar)) };
        total = sum;
        rest = &rest[end + unit.len_utf8()..];
    }
    Some(Ok(SignedDuration::from_secs(total)))
}
