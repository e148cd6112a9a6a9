//! What CloudWatch measures of an instance: which metrics, over which range, and the answer with its gaps. A gap is a
//! gap, never a zero: a stopped instance has no CPU use, and a new one has no data yet.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::id::InstanceId;

/// Queries that one `GetMetricData` takes at most (CloudWatch API reference, `GetMetricData`).
pub const MOST_QUERIES: usize = 500;

/// One metric of the namespace `AWS/EC2` (EC2 user guide, "List the available CloudWatch metrics for your instances").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// CPU use, percent of the whole instance.
    CpuUse,
    /// CPU credits that are left, T types only.
    CreditBalance,
    /// CPU credits that were spent, T types only.
    CreditUse,
    /// CPU credits beyond the balance that are charged, T types only.
    SurplusCharged,
    /// Bytes that came in.
    NetworkIn,
    /// Bytes that went out.
    NetworkOut,
    /// AWS's side failed its status check: 1, else 0.
    SystemCheckFailed,
    /// The instance failed its status check: 1, else 0.
    InstanceCheckFailed,
}

/// How CloudWatch sums up the values of one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// Of a level.
    Average,
    /// Of an amount.
    Sum,
    /// Of a sign that something went wrong.
    Maximum,
}

impl Statistic {
    /// The API's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Average => "Average",
            Self::Sum => "Sum",
            Self::Maximum => "Maximum",
        }
    }
}

impl Metric {
    /// Those of any instance.
    const OF_ALL: [Self; 5] =
        [Self::CpuUse, Self::NetworkIn, Self::NetworkOut, Self::SystemCheckFailed, Self::InstanceCheckFailed];

    /// Those of an instance with CPU credits.
    const OF_BURSTABLE: [Self; 8] = [
        Self::CpuUse,
        Self::CreditBalance,
        Self::CreditUse,
        Self::SurplusCharged,
        Self::NetworkIn,
        Self::NetworkOut,
        Self::SystemCheckFailed,
        Self::InstanceCheckFailed,
    ];

    /// What is asked to draw the graphs of an instance: other types than T have no CPU credits, and asking costs.
    #[must_use]
    pub fn of_graphs(burstable: bool) -> &'static [Self] {
        if burstable { &Self::OF_BURSTABLE } else { &Self::OF_ALL }
    }

    /// The API's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CpuUse => "CPUUtilization",
            Self::CreditBalance => "CPUCreditBalance",
            Self::CreditUse => "CPUCreditUsage",
            Self::SurplusCharged => "CPUSurplusCreditsCharged",
            Self::NetworkIn => "NetworkIn",
            Self::NetworkOut => "NetworkOut",
            Self::SystemCheckFailed => "StatusCheckFailed_System",
            Self::InstanceCheckFailed => "StatusCheckFailed_Instance",
        }
    }

    /// What makes sense of several values in one period: levels are averaged, amounts add up.
    #[must_use]
    pub fn statistic(self) -> Statistic {
        match self {
            Self::CpuUse | Self::CreditBalance => Statistic::Average,
            Self::CreditUse | Self::SurplusCharged | Self::NetworkIn | Self::NetworkOut => Statistic::Sum,
            Self::SystemCheckFailed | Self::InstanceCheckFailed => Statistic::Maximum,
        }
    }
}

/// How far back graphs go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// One hour.
    #[default]
    Hour,
    /// Six hours.
    SixHours,
    /// One day.
    Day,
    /// Seven days.
    Week,
}

impl Range {
    /// From the shortest to the longest.
    pub const ALL: [Self; 4] = [Self::Hour, Self::SixHours, Self::Day, Self::Week];

    /// How long it is.
    #[must_use]
    pub fn length(self) -> SignedDuration {
        match self {
            Self::Hour => SignedDuration::from_hours(1),
            Self::SixHours => SignedDuration::from_hours(6),
            Self::Day => SignedDuration::from_hours(24),
            Self::Week => SignedDuration::from_hours(7 * 24),
        }
    }

    /// Seconds that one value stands for: a multiple of 300, as credits are counted every five minutes only, and
    /// coarser for what a screen could not show anyway.
    #[must_use]
    pub fn period(self) -> u32 {
        match self {
            Self::Hour | Self::SixHours => 300,
            Self::Day => 900,
            Self::Week => 3_600,
        }
    }
}

/// The periods of an answer: `count` of them, `period` seconds each, from `start` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grid {
    /// Begin of the first period.
    pub start: Timestamp,
    /// Seconds.
    pub period: u32,
    /// How many.
    pub count: usize,
}

impl Grid {
    /// The last whole periods of a length before `now`. A period that still goes on is left out: its sum would look
    /// like a fall.
    #[must_use]
    pub fn ending(now: Timestamp, period: u32, length: SignedDuration) -> Self {
        let seconds = i64::from(period.max(1));
        let end = now.as_second().div_euclid(seconds) * seconds;
        let count = length.as_secs().div_euclid(seconds).max(1);
        let start = Timestamp::from_second(end - count * seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { start, period: period.max(1), count: usize::try_from(count).unwrap_or(1) }
    }

    /// The grid of a range.
    #[must_use]
    pub fn of(range: Range, now: Timestamp) -> Self {
        Self::ending(now, range.period(), range.length())
    }

    /// Begin of a period.
    #[must_use]
    pub fn at(&self, index: usize) -> Timestamp {
        let seconds = i64::from(self.period).saturating_mul(i64::try_from(index).unwrap_or(i64::MAX));
        self.start.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
    }

    /// End of the last period.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.at(self.count)
    }

    /// The period that a moment is in.
    #[must_use]
    pub fn index_of(&self, at: Timestamp) -> Option<usize> {
        let seconds = at.as_second().checked_sub(self.start.as_second())?;
        let index = usize::try_from(seconds.div_euclid(i64::from(self.period))).ok()?;
        (index < self.count).then_some(index)
    }
}

/// One value for each period of a [`Grid`]; `None` where CloudWatch has none.
pub type Values = Vec<Option<f64>>;

/// The last value, if it is not older than a few periods: what was so an hour ago is not so "now".
#[must_use]
pub fn latest(values: &[Option<f64>]) -> Option<f64> {
    /// CloudWatch is late by a period or two.
    const RECENT: usize = 3;
    values.iter().rev().take(RECENT).find_map(|value| *value)
}

/// The largest value.
#[must_use]
pub fn largest(values: &[Option<f64>]) -> Option<f64> {
    values.iter().flatten().copied().reduce(f64::max)
}

/// All values added up; `None` without any.
#[must_use]
pub fn total(values: &[Option<f64>]) -> Option<f64> {
    values.iter().flatten().copied().reduce(|sum, value| sum + value)
}

/// The mean of the values that are there.
#[must_use]
pub fn mean(values: &[Option<f64>]) -> Option<f64> {
    let count = values.iter().flatten().count();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred values")]
    let count = count as f64;
    total(values).map(|sum| sum / count)
}

/// What is asked: each metric of each instance is one that AWS charges for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Of which instance which metric; at most [`MOST_QUERIES`].
    pub queries: Vec<(InstanceId, Metric)>,
    /// When.
    pub grid: Grid,
}

/// What CloudWatch has answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// When.
    pub grid: Grid,
    /// One list of values for each query, as long as the grid; without any value where there is no data.
    pub values: BTreeMap<(InstanceId, Metric), Values>,
    /// What CloudWatch says about values that are missing, cleaned; empty when the answer is whole.
    pub notes: Vec<String>,
}

impl Readings {
    /// The values of a metric, `None` if nobody asked for it.
    #[must_use]
    pub fn of(&self, instance: &InstanceId, metric: Metric) -> Option<&Values> {
        // A key of borrowed parts would need its own type; there are a handful of instances and metrics.
        self.values.iter().find(|((id, of), _)| id == instance && *of == metric).map(|(_, values)| values)
    }

    /// Whether there is no value at all of an instance.
    #[must_use]
    pub fn is_empty(&self, instance: &InstanceId) -> bool {
        self.values.iter().filter(|((id, _), _)| id == instance).all(|(_, values)| values.iter().all(Option::is_none))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_range_is_whole_periods_of_five_minutes_that_are_over() {
        let now = at("2026-11-23T09:07:31Z");
        for (range, start, end, count) in [
            (Range::Hour, "2026-11-23T08:05:00Z", "2026-11-23T09:05:00Z", 12),
            (Range::SixHours, "2026-11-23T03:05:00Z", "2026-11-23T09:05:00Z", 72),
            (Range::Day, "2026-11-22T09:00:00Z", "2026-11-23T09:00:00Z", 96),
            (Range::Week, "2026-11-16T09:00:00Z", "2026-11-23T09:00:00Z", 168),
        ] {
            let grid = Grid::of(range, now);
            assert_eq!((grid.start, grid.end(), grid.count), (at(start), at(end), count), "{range:?}");
            assert_eq!(grid.period % 300, 0, "credits are counted every five minutes");
            assert_eq!(grid.start.as_second() % i64::from(grid.period), 0, "aligned as CloudWatch aligns");
        }
    }

    #[test]
    fn a_moment_is_in_one_period_or_in_none() {
        let grid = Grid::of(Range::Hour, at("2026-11-23T09:00:00Z"));
        for (moment, index) in [
            ("2026-11-23T07:59:59Z", None),
            ("2026-11-23T08:00:00Z", Some(0)),
            ("2026-11-23T08:04:59Z", Some(0)),
            ("2026-11-23T08:55:00Z", Some(11)),
            ("2026-11-23T09:00:00Z", None),
        ] {
            assert_eq!(grid.index_of(at(moment)), index, "{moment}");
        }
        for index in 0..grid.count {
            assert_eq!(grid.index_of(grid.at(index)), Some(index));
        }
    }

    #[test]
    fn gaps_are_no_zeros() {
        let values = [None, Some(2.0), None, Some(4.0), None];
        assert_eq!((mean(&values), largest(&values), total(&values)), (Some(3.0), Some(4.0), Some(6.0)));
        assert_eq!(latest(&values), Some(4.0));
        assert_eq!(latest(&[Some(1.0), None, None, None]), None, "too long ago to be called present");
        assert_eq!((mean(&[None]), largest(&[]), total(&[None]), latest(&[])), (None, None, None, None));
    }

    #[test]
    fn types_without_credits_are_not_asked_for_them() {
        use Metric::{CreditBalance, CreditUse, SurplusCharged};
        let of_credits = |metric: &&Metric| matches!(metric, CreditBalance | CreditUse | SurplusCharged);
        assert_eq!(Metric::of_graphs(false).iter().filter(of_credits).count(), 0);
        assert_eq!(Metric::of_graphs(true).iter().filter(of_credits).count(), 3);
    }
}
