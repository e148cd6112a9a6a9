//! How much the running instances were used over the last days: asked only when somebody wants to know, once an hour at
//! most, and in as many questions as the meter lets through.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::id::InstanceId;
use crate::domain::instance::InstanceState;
use crate::domain::instance_use::{DAYS, InstanceUse, of_readings};
use crate::domain::metric::{Grid, MOST_QUERIES, Metric, Question, Readings};
use crate::domain::problem::{Cause, Problem};
use crate::message::Read;

/// Hours of a week do not change by the minute.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// Seconds that one value stands for.
const PERIOD: u32 = 3_600;

/// What is still to be asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UseQueue {
    queries: VecDeque<(InstanceId, Metric)>,
    found: BTreeMap<InstanceId, InstanceUse>,
    asked_at: Option<Timestamp>,
    under_way: bool,
}

impl App {
    /// Asks how much the running instances were used, unless that was asked less than an hour ago:
    /// [`super::costs::Costs::uses`] has the answer. One metric for each, two for T types.
    pub fn ask_uses(&mut self) {
        let old = self.metrics.uses.asked_at.is_none_or(|at| self.now.duration_since(at) >= KEPT);
        if old {
            self.ask_uses_again();
        }
    }

    /// Asks anew, for the key that reads again; not while an answer is on its way.
    pub fn ask_uses_again(&mut self) {
        // Without the list nobody knows whom to ask for; see `follow_leaks`.
        if self.costs.uses.loading || self.session.region().is_none() || !self.inventory.instances.is_known() {
            return;
        }
        let running = self.inventory.instances.rows.iter().filter(|one| one.state == InstanceState::Running);
        let queries = running.flat_map(|one| {
            let surplus = self.is_burstable(one).then(|| (one.id.clone(), Metric::SurplusCharged));
            std::iter::once((one.id.clone(), Metric::CpuUse)).chain(surplus)
        });
        let queries: VecDeque<_> = queries.collect();
        self.metrics.uses = UseQueue { queries, asked_at: Some(self.now), ..UseQueue::default() };
        self.costs.uses.ask();
        if self.metrics.uses.queries.is_empty() {
            self.costs.uses.answer(Ok(BTreeMap::new()), self.now);
        }
    }

    /// How many metrics the next question would be; `None`: there is none.
    pub(super) fn wanted_uses(&self) -> Option<usize> {
        let queue = &self.metrics.uses;
        (!queue.under_way && !queue.queries.is_empty()).then(|| next_count(&queue.queries))
    }

    pub(super) fn ask_next_uses(&mut self) {
        let now = self.now;
        let queue = &mut self.metrics.uses;
        let queries: Vec<_> = queue.queries.drain(..next_count(&queue.queries)).collect();
        queue.under_way = true;
        self.metrics.meter.count(queries.len(), now);
        let grid = Grid::ending(now, PERIOD, SignedDuration::from_hours(i64::from(DAYS) * 24));
        self.outbox.read(Read::InstanceUses(Box::new(Question { queries, grid })));
    }

    /// A part of the answer is here.
    pub(super) fn uses_answered(&mut self, outcome: Result<Readings, Problem>) {
        let now = self.now;
        let queue = &mut self.metrics.uses;
        queue.under_way = false;
        match outcome.and_then(whole) {
            Ok(readings) => {
                queue.found.extend(of_readings(&readings));
                if queue.queries.is_empty() {
                    let found = std::mem::take(&mut queue.found);
                    self.costs.uses.answer(Ok(found), now);
                }
            }
            Err(problem) => {
                // An hour of waiting is for answers.
                *queue = UseQueue::default();
                self.costs.uses.answer(Err(problem), now);
            }
        }
    }
}

/// As many as one question takes; both metrics of an instance stay together.
fn next_count(queries: &VecDeque<(InstanceId, Metric)>) -> usize {
    let most = queries.len().min(MOST_QUERIES);
    let split = queries.get(most).is_some_and(|(id, _)| queries.get(most - 1).is_some_and(|(last, _)| last == id));
    if split { most - 1 } else { most }
}

/// An answer that is not whole may lack just the hour in which an instance was busy: it would be called idle.
fn whole(readings: Readings) -> Result<Readings, Problem> {
    if readings.notes.is_empty() {
        return Ok(readings);
    }
    Err(Problem {
        cause: Cause::Unreadable,
        operation: "GetMetricData".to_owned(),
        code: String::new(),
        message: readings.notes.join("; "),
        request_id: None,
    })
}
