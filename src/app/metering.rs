//! The meter that every question to CloudWatch goes through: AWS charges for each metric that is asked for, so however
//! keys are pressed, no more goes out than this lets through.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// Values are new every five minutes; nothing is asked again by itself before.
pub const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// What the bound counts over.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(1);

/// `GetMetricData` calls in any [`WINDOW`].
pub const MOST_CALLS: usize = 6;

/// Metrics asked for in any [`WINDOW`]: two whole questions.
pub const MOST_METRICS: usize = 1_000;

/// What went out lately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    sent: VecDeque<(Timestamp, usize)>,
    total: usize,
}

impl Meter {
    /// When so many metrics may be asked for in one call: `now`, or later.
    #[must_use]
    pub fn free_at(&self, metrics: usize, now: Timestamp) -> Timestamp {
        let ends = |at: Timestamp| at.checked_add(WINDOW).unwrap_or(Timestamp::MAX);
        let recent: Vec<(Timestamp, usize)> = self.sent.iter().copied().filter(|(at, _)| ends(*at) > now).collect();
        // As the oldest fall out of the window one after the other, until what is left has room.
        for (index, _) in recent.iter().enumerate().chain([(recent.len(), &(now, 0))]) {
            let left = &recent[index..];
            let asked: usize = left.iter().map(|(_, metrics)| metrics).sum();
            if left.len() < MOST_CALLS && (asked + metrics <= MOST_METRICS || left.is_empty()) {
                return index.checked_sub(1).and_then(|last| recent.get(last)).map_or(now, |(at, _)| ends(*at));
            }
        }
        now
    }

    /// A call has gone out.
    pub fn count(&mut self, metrics: usize, now: Timestamp) {
        self.sent.retain(|(at, _)| at.checked_add(WINDOW).unwrap_or(Timestamp::MAX) > now);
        self.sent.push_back((now, metrics));
        self.total += metrics;
    }

    /// Metrics that were asked for since the program began.
    #[must_use]
    pub fn total(&self) -> usize {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_full_minute_waits_for_its_oldest_call() {
        let mut meter = Meter::default();
        for second in 0..6 {
            assert_eq!(meter.free_at(8, at(second)), at(second));
            meter.count(8, at(second));
        }
        assert_eq!(meter.free_at(8, at(6)), at(60));
        assert_eq!(meter.free_at(8, at(60)), at(60));
        assert_eq!(meter.total(), 48);

        let mut meter = Meter::default();
        meter.count(500, at(0));
        meter.count(400, at(10));
        assert_eq!(meter.free_at(100, at(20)), at(20));
        assert_eq!(meter.free_at(101, at(20)), at(60));
        assert_eq!(meter.free_at(500, at(20)), at(60));
        assert_eq!(meter.free_at(700, at(20)), at(70));
    }

    proptest! {
        #[test]
        fn whoever_waits_for_the_meter_stays_below_the_bound(
            steps in prop::collection::vec((0_i64..40, 1_usize..500), 1..60)
        ) {
            let mut meter = Meter::default();
            let mut now = 0;
            let mut sent: Vec<(i64, usize)> = Vec::new();
            for (wait, metrics) in steps {
                now += wait;
                let free = meter.free_at(metrics, at(now));
                prop_assert!(free >= at(now));
                // What is due then goes out then: no waiting in circles.
                prop_assert_eq!(meter.free_at(metrics, free), free);
                now = free.as_second();
                meter.count(metrics, free);
                sent.push((now, metrics));
                let window = || sent.iter().filter(|(at, _)| now - at < 60);
                prop_assert!(window().count() <= MOST_CALLS);
                prop_assert!(window().map(|(_, metrics)| metrics).sum::<usize>() <= MOST_METRICS);
            }
        }
    }
}
