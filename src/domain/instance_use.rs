//! How much of an instance was used over the last days, from CloudWatch: what tells an idle one, and one that pays for
//! surplus CPU credits.

use std::collections::{BTreeMap, BTreeSet};

use super::id::InstanceId;
use super::metric::{Metric, Readings, Values, largest, mean, total};

/// How many days back are looked at.
pub const DAYS: u32 = 7;

/// Below this a running instance counts as idle: not once in [`DAYS`] days was it busier, percent of the whole machine.
pub const IDLE_PERCENT: f64 = 5.0;

/// One instance's use.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceUse {
    /// Whose.
    pub id: InstanceId,
    /// On how many of the days there is data; an instance that is younger has fewer.
    pub days: u32,
    /// The busiest hour's average CPU use, percent of the whole machine; `None` without data.
    pub busiest_hour: Option<f64>,
    /// The mean CPU use, percent of the whole machine; `None` without data.
    pub mean: Option<f64>,
    /// CPU credits beyond the balance that were charged, over all the days.
    pub surplus_charged: f64,
}

impl InstanceUse {
    /// Whether it has run all the days and done next to nothing.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.days >= DAYS && self.busiest_hour.is_some_and(|percent| percent < IDLE_PERCENT)
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The use of each instance in an answer, of hourly CPU use and charged surplus credits.
#[must_use]
pub fn of_readings(readings: &Readings) -> BTreeMap<InstanceId, InstanceUse> {
    let nothing = Values::new();
    let ids: BTreeSet<&InstanceId> = readings.values.keys().map(|(id, _)| id).collect();
    let one = |id: &InstanceId| {
        let of = |metric| readings.values.get(&(id.clone(), metric)).unwrap_or(&nothing);
        let cpu = of(Metric::CpuUse);
        // Days as long as the answer, not those of the calendar: seven of them are seven.
        let days: BTreeSet<i64> = cpu
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_some())
            .map(|(index, _)| (readings.grid.at(index).as_second() - readings.grid.start.as_second()) / DAY)
            .collect();
        InstanceUse {
            id: id.clone(),
            days: u32::try_from(days.len()).unwrap_or(u32::MAX),
            busiest_hour: largest(cpu),
            mean: mean(cpu),
            surplus_charged: total(of(Metric::SurplusCharged)).unwrap_or_default(),
        }
    };
    ids.into_iter().map(|id| (id.clone(), one(id))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::domain::metric::Grid;

    #[test]
    fn idle_is_who_was_there_all_days_and_never_busy() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let grid = Grid::ending(now, 3_600, SignedDuration::from_hours(i64::from(DAYS) * 24));
        let id = |name: &str| InstanceId::new(name);
        let idle = vec![Some(1.5); 168];
        let mut once_busy = idle.clone();
        once_busy[80] = Some(60.0);
        // Two days old: nothing in the first five.
        let mut young = idle.clone();
        young[..120].fill(None);
        let mut surplus = vec![None; 168];
        surplus[100] = Some(12.5);
        surplus[101] = Some(2.5);
        let readings = Readings {
            grid,
            values: [
                ((id("i-idle"), Metric::CpuUse), idle),
                ((id("i-busy"), Metric::CpuUse), once_busy),
                ((id("i-busy"), Metric::SurplusCharged), surplus),
                ((id("i-young"), Metric::CpuUse), young),
                ((id("i-off"), Metric::CpuUse), vec![None; 168]),
            ]
            .into(),
            notes: vec![],
        };
        let uses = of_readings(&readings);
        for (name, days, busiest, surplus, is_idle) in [
            ("i-idle", 7, Some(1.5), 0.0, true),
            ("i-busy", 7, Some(60.0), 15.0, false),
            ("i-young", 2, Some(1.5), 0.0, false),
            ("i-off", 0, None, 0.0, false),
        ] {
            let one = &uses[&id(name)];
            assert_eq!((one.days, one.busiest_hour), (days, busiest), "{name}");
            assert!((one.surplus_charged - surplus).abs() < 1e-9, "{name}");
            assert_eq!(one.is_idle(), is_idle, "{name}");
        }
    }
}
