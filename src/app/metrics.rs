//! The graphs of one instance over the dashboard, and what was read for them. What is asked follows from what is on
//! the screen: after every message `App::mind_metrics` sends what is wanted, due and let through by the meter.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::extent::scrolled;
use super::metering::{AGAIN, Meter};
use super::modal::{Modal, PageContent};
use super::notice::Tone;
use super::remote::Remote;
use super::sparklines::Sparklines;
use super::uses::UseQueue;
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::instance_type::{CreditMode, credit_rate};
use crate::domain::metric::{Grid, Metric, Question, Range, Readings};
use crate::domain::problem::Problem;
use crate::keymap::{Action, Context};
use crate::message::Read;
use crate::text;

/// A person who asks again by a key waits at least this long: CloudWatch has nothing newer.
pub(super) const BY_KEY: SignedDuration = SignedDuration::from_mins(1);

/// Graphs that are kept, so that going back and forth asks nothing again.
const MOST_GRAPHS: usize = 40;

/// Everything from CloudWatch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// What every question goes through. It outlives the session: the bound is for the program.
    pub meter: Meter,
    /// What was read for graphs.
    pub graphs: BTreeMap<(InstanceId, Range), Graph>,
    /// CPU use of rows.
    pub sparklines: Sparklines,
    /// What is still to be asked for [`super::costs::Costs::uses`].
    pub uses: UseQueue,
}

/// What was read for the graphs of one instance and range.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The values.
    pub readings: Remote<Readings>,
    /// When AWS was asked last.
    pub asked_at: Option<Timestamp>,
    /// How many metrics that was.
    pub metrics: usize,
    again: bool,
}

/// The graphs that are open.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricsModal {
    /// Of which instance.
    pub instance: InstanceId,
    /// What it is called.
    pub label: String,
    /// How far back.
    pub range: Range,
    /// First line that is shown.
    pub scroll: u16,
}

/// What is wanted of CloudWatch, and when.
enum Want {
    Graph(InstanceId, Range),
    Sparklines(Vec<InstanceId>),
    Uses,
}

impl Metrics {
    /// Another profile or region: only the meter goes on.
    pub(super) fn forget(&mut self) {
        *self = Self { meter: std::mem::take(&mut self.meter), ..Self::default() };
    }
}

impl App {
    /// The graphs that are open.
    #[must_use]
    pub fn metrics_modal(&self) -> Option<&MetricsModal> {
        self.modals.iter().find_map(|modal| match modal {
            Modal::Metrics(modal) => Some(modal),
            _ => None,
        })
    }

    /// What was read for them.
    #[must_use]
    pub fn graph_of(&self, modal: &MetricsModal) -> Option<&Graph> {
        self.metrics.graphs.get(&(modal.instance.clone(), modal.range))
    }

    /// Whether an instance has CPU credits: as `DescribeInstanceTypes` says, or, before it has answered, as the table
    /// of T types.
    #[must_use]
    pub fn is_burstable(&self, instance: &Instance) -> bool {
        let told = self.catalog.types.get(&instance.instance_type).map(|of| of.burstable);
        told.unwrap_or_else(|| credit_rate(&instance.instance_type).is_some())
    }

    /// Whether an instance is slowed or billed when its credits are used up, if that is known.
    #[must_use]
    pub fn credit_mode(&self, id: &InstanceId) -> Option<CreditMode> {
        self.costs.credit_modes.value.as_ref()?.get(id).copied()
    }

    /// `m`: the graphs of the selected instance.
    pub(super) fn open_metrics(&mut self) {
        let Some(instance) = self.selected_instance() else { return };
        let (id, label) = (instance.id.clone(), instance.label().to_owned());
        self.modals.push(Modal::Metrics(MetricsModal {
            instance: id.clone(),
            label,
            range: Range::default(),
            scroll: 0,
        }));
        self.ask_credit_mode(&id);
    }

    /// Asks for the credit mode of one instance, unless it is known or on its way.
    fn ask_credit_mode(&mut self, id: &InstanceId) {
        let burstable = self.inventory.instance(id).is_some_and(|one| self.is_burstable(one));
        if burstable && self.credit_mode(id).is_none() && !self.costs.credit_modes.loading {
            self.ask_credit_modes(vec![id.clone()]);
        }
    }

    /// Asks whether these instances (T types only: EC2 refuses others) are slowed or billed when their credits are used
    /// up. The answer is added to what is known.
    pub fn ask_credit_modes(&mut self, ids: Vec<InstanceId>) {
        if !ids.is_empty() {
            self.costs.credit_modes.ask();
            self.outbox.read(Read::CreditModes(ids));
        }
    }

    /// Whether a key of the graphs does something now.
    pub(super) fn metrics_availability(modal: &MetricsModal, action: Action) -> Result<(), text::Text> {
        match action {
            Action::Left if modal.range == Range::Hour => Err(text!("why-shortest-range")),
            Action::Right if modal.range == Range::Week => Err(text!("why-longest-range")),
            _ => Ok(()),
        }
    }

    pub(super) fn act_on_metrics(&mut self, action: Action) {
        let (screen, most) = (self.size.1.saturating_sub(4).max(1), self.extent.page);
        let Some(Modal::Metrics(modal)) = self.modals.last_mut() else { return };
        if let Err(why) = Self::metrics_availability(modal, action) {
            return self.notify(why, Tone::Warning);
        }
        let place = Range::ALL.iter().position(|range| *range == modal.range).unwrap_or_default();
        let range = match action {
            Action::Left => Range::ALL.get(place.saturating_sub(1)),
            Action::Right => Range::ALL.get(place + 1),
            Action::RangeHour => Some(&Range::Hour),
            Action::RangeSixHours => Some(&Range::SixHours),
            Action::RangeDay => Some(&Range::Day),
            Action::RangeWeek => Some(&Range::Week),
            _ => None,
        };
        if let Some(range) = range {
            modal.range = *range;
            return;
        }
        if let Some(scroll) = scrolled(modal.scroll, action, screen, most) {
            modal.scroll = scroll;
            return;
        }
        match action {
            Action::Refresh => self.read_metrics_again(),
            Action::Help => self.open_page(PageContent::Help(Context::Metrics)),
            _ => {
                self.modals.pop();
            }
        }
    }

    /// `r`: AWS is asked again, unless it has nothing newer or the meter is at its bound.
    fn read_metrics_again(&mut self) {
        let Some(modal) = self.metrics_modal().cloned() else { return };
        let (now, key) = (self.now, (modal.instance.clone(), modal.range));
        let Some(graph) = self.metrics.graphs.get_mut(&key) else { return };
        let waits = graph.asked_at.map_or(SignedDuration::ZERO, |at| BY_KEY - now.duration_since(at));
        if graph.readings.loading {
            return;
        }
        if waits > SignedDuration::ZERO && graph.readings.problem.is_none() {
            return self.notify(text!("metrics-nothing-newer"), Tone::Warning);
        }
        graph.again = true;
        self.ask_credit_mode(&modal.instance);
        let metrics = self.graph_metrics(&modal.instance).len();
        if self.metrics.meter.free_at(metrics, now) > now {
            self.notify(text!("metrics-bound-reached"), Tone::Warning);
        }
    }

    fn graph_metrics(&self, id: &InstanceId) -> &'static [Metric] {
        Metric::of_graphs(self.inventory.instance(id).is_some_and(|one| self.is_burstable(one)))
    }

    /// What is wanted next, and when it may be asked for; `None`: nothing.
    fn wanted(&self) -> Option<(Timestamp, Want)> {
        if self.session.region().is_none() || self.session.opening {
            return None;
        }
        let graph = self.wanted_graph().map(|(due, id, range)| {
            let metrics = self.graph_metrics(&id).len();
            (self.metrics.meter.free_at(metrics, due.max(self.now)), Want::Graph(id, range))
        });
        let lines = self
            .wanted_sparklines()
            .map(|(due, ids)| (self.metrics.meter.free_at(ids.len(), due.max(self.now)), Want::Sparklines(ids)));
        let uses = self.wanted_uses().map(|metrics| (self.metrics.meter.free_at(metrics, self.now), Want::Uses));
        [graph, lines, uses].into_iter().flatten().min_by_key(|(due, _)| *due)
    }

    fn wanted_graph(&self) -> Option<(Timestamp, InstanceId, Range)> {
        let modal = self.metrics_modal()?;
        let known = self.graph_of(modal);
        let due = match known {
            None => self.now,
            Some(graph) if graph.readings.loading => return None,
            Some(graph) if graph.again => self.now,
            Some(graph) => {
                // Only what runs has new values.
                let runs = self
                    .inventory
                    .instance(&modal.instance)
                    .is_some_and(|one| matches!(one.state, InstanceState::Running | InstanceState::Pending));
                let asked = graph.asked_at?;
                if !runs {
                    return None;
                }
                asked.checked_add(AGAIN).ok()?
            }
        };
        Some((due, modal.instance.clone(), modal.range))
    }

    /// When the next [`crate::message::Message::Wake`] for CloudWatch is due; there is none while nothing of it is on
    /// the screen.
    pub(super) fn metrics_deadline(&self) -> Option<Timestamp> {
        self.wanted().map(|(due, _)| due)
    }

    /// Sends what is wanted and due.
    pub(super) fn mind_metrics(&mut self) {
        while let Some((due, want)) = self.wanted() {
            if due > self.now {
                return;
            }
            match want {
                Want::Graph(instance, range) => self.ask_graph(instance, range),
                Want::Sparklines(ids) => self.ask_sparklines(ids),
                Want::Uses => self.ask_next_uses(),
            }
        }
    }

    fn ask_graph(&mut self, instance: InstanceId, range: Range) {
        let now = self.now;
        let metrics = self.graph_metrics(&instance);
        let queries: Vec<_> = metrics.iter().map(|metric| (instance.clone(), *metric)).collect();
        self.metrics.meter.count(queries.len(), now);
        if self.metrics.graphs.len() >= MOST_GRAPHS {
            let oldest = self.metrics.graphs.iter().min_by_key(|(_, graph)| graph.asked_at).map(|(key, _)| key.clone());
            oldest.and_then(|key| self.metrics.graphs.remove(&key));
        }
        let graph = self.metrics.graphs.entry((instance.clone(), range)).or_default();
        graph.readings.ask();
        graph.asked_at = Some(now);
        graph.metrics = queries.len();
        graph.again = false;
        let question = Box::new(Question { queries, grid: Grid::of(range, now) });
        self.outbox.read(Read::Metrics { instance, range, question });
    }

    /// The graphs' answer is here.
    pub(super) fn graph_answered(&mut self, key: &(InstanceId, Range), outcome: Result<Readings, Problem>) {
        let now = self.now;
        if let Some(graph) = self.metrics.graphs.get_mut(key) {
            graph.readings.answer(outcome, now);
        }
    }

    /// The answer about credit modes is here.
    pub(super) fn credit_modes_answered(&mut self, outcome: Result<BTreeMap<InstanceId, CreditMode>, Problem>) {
        let now = self.now;
        let known = self.costs.credit_modes.value.clone().unwrap_or_default();
        let all = outcome.map(|modes| known.into_iter().chain(modes).collect());
        self.costs.credit_modes.answer(all, now);
    }
}

#[cfg(test)]
mod tests;
