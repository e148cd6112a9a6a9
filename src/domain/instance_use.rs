//! How much of an instance was used over the last days, from CloudWatch: what tells an idle one, and one that pays for
//! surplus CPU credits.

use super::id::InstanceId;

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
