//! CPU use beside each row of the zoomed instances list: one question for all rows on the screen that run.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::metering::AGAIN;
use super::notice::Tone;
use super::panes::{PaneKind, first_shown};
use super::remote::Remote;
use crate::domain::id::InstanceId;
use crate::domain::instance::InstanceState;
use crate::domain::metric::{Grid, MOST_QUERIES, Metric, Question, Range, Readings, Values};
use crate::domain::problem::Problem;
use crate::message::Read;
use crate::text;

/// Scrolling to rows that nobody has asked for yet asks no more often than this.
const NEW_ROWS: SignedDuration = SignedDuration::from_secs(10);

/// What was read so long ago and refused since is no longer shown as if it were so now.
const TOO_OLD: SignedDuration = SignedDuration::from_mins(10);

/// Below this width the column has no room, and what nobody sees is not asked for.
const LEAST_COLUMNS: u16 = 80;

/// CPU use of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparklines {
    /// The last answer's state: whether one is on its way, and why the last one failed.
    pub last: Remote<()>,
    rows: BTreeMap<InstanceId, Asked>,
    asked_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    at: Timestamp,
    values: Option<Values>,
    /// When these values were answered.
    answered_at: Option<Timestamp>,
    refused: bool,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sparkline<'a> {
    /// Nobody has asked yet, or the answer is on its way.
    Awaited,
    /// The last question about it was refused.
    Refused,
    /// CloudWatch has nothing.
    NoData,
    /// An hour of CPU use.
    Values(&'a [Option<f64>]),
}

impl Asked {
    /// Whether there is nothing better to show than that it was refused.
    fn is_refused(&self, now: Timestamp) -> bool {
        self.refused && self.answered_at.is_none_or(|at| now.duration_since(at) > TOO_OLD)
    }
}

impl Sparklines {
    /// What there is of an instance.
    #[must_use]
    pub fn of(&self, id: &InstanceId, now: Timestamp) -> Sparkline<'_> {
        match self.rows.get(id) {
            Some(asked) if asked.is_refused(now) => Sparkline::Refused,
            Some(Asked { values: Some(values), .. }) if values.iter().all(Option::is_none) => Sparkline::NoData,
            Some(Asked { values: Some(values), .. }) => Sparkline::Values(values),
            _ => Sparkline::Awaited,
        }
    }
}

/// Rows of a zoomed list: what header, border, headings and footer leave, and the line that names all panes where only
/// one has room.
#[must_use]
pub fn rows_of_zoomed((columns, lines): (u16, u16)) -> usize {
    let around = if columns >= 100 && lines >= 24 { 5 } else { 6 };
    usize::from(lines.saturating_sub(around))
}

impl App {
    /// Whether the column is on the screen: a zoomed list of instances with nothing over it.
    #[must_use]
    pub fn shows_sparklines(&self) -> bool {
        self.panes.zoomed && self.panes.focus == PaneKind::Instances && self.size.0 >= LEAST_COLUMNS
    }

    /// The rows on the screen that run.
    fn running_on_screen(&self) -> Vec<InstanceId> {
        let ids = self.visible_ids(PaneKind::Instances);
        let height = rows_of_zoomed(self.size).min(MOST_QUERIES);
        let cursor = self.cursor_index(PaneKind::Instances, &ids).unwrap_or_default();
        let first = first_shown(cursor, ids.len(), height);
        let shown = ids.iter().skip(first).take(height);
        shown
            .filter_map(|id| self.inventory.instances.get(id))
            .filter(|instance| instance.state == InstanceState::Running)
            .map(|instance| instance.id.clone())
            .collect()
    }

    /// Which rows are to be asked for, and when. New rows wait a little, so that scrolling asks once for several; the
    /// others are asked together, once the last of them is old.
    pub(super) fn wanted_sparklines(&self) -> Option<(Timestamp, Vec<InstanceId>)> {
        let lines = &self.metrics.sparklines;
        if !self.shows_sparklines() || !self.modals.is_empty() || self.launch.is_some() || lines.last.loading {
            return None;
        }
        let shown = self.running_on_screen();
        let again = |id: &InstanceId| lines.rows.get(id).and_then(|asked| asked.at.checked_add(AGAIN).ok());
        let due = if shown.iter().any(|id| !lines.rows.contains_key(id)) {
            let last = lines.asked_at.and_then(|at| at.checked_add(NEW_ROWS).ok());
            last.map_or(self.now, |at| at.max(self.now))
        } else {
            shown.iter().filter_map(again).max()?
        };
        // At that moment: those that are new, and those that are old by then.
        let moment = due.max(self.now);
        let ids: Vec<InstanceId> = shown.into_iter().filter(|id| again(id).is_none_or(|at| at <= moment)).collect();
        (!ids.is_empty()).then_some((due, ids))
    }

    pub(super) fn ask_sparklines(&mut self, ids: Vec<InstanceId>) {
        let now = self.now;
        self.metrics.meter.count(ids.len(), now);
        let lines = &mut self.metrics.sparklines;
        lines.last.ask();
        lines.asked_at = Some(now);
        for id in &ids {
            let new = Asked { at: now, values: None, answered_at: None, refused: false };
            let asked = lines.rows.entry(id.clone()).or_insert(new);
            asked.at = now;
        }
        let queries = ids.into_iter().map(|id| (id, Metric::CpuUse)).collect();
        self.outbox.read(Read::Sparklines(Box::new(Question { queries, grid: Grid::of(Range::Hour, now) })));
    }

    /// The rows' answer is here.
    pub(super) fn sparklines_answered(&mut self, question: &Question, outcome: Result<Readings, Problem>) {
        let now = self.now;
        let lines = &mut self.metrics.sparklines;
        match outcome {
            Ok(readings) => {
                lines.last.answer(Ok(()), now);
                for ((id, _), values) in readings.values {
                    if let Some(asked) = lines.rows.get_mut(&id) {
                        asked.values = Some(values);
                        asked.answered_at = Some(now);
                        asked.refused = false;
                    }
                }
            }
            Err(problem) => {
                lines.last.answer(Err(problem), now);
                for (id, _) in &question.queries {
                    // The last values stay for a while.
                    if let Some(asked) = lines.rows.get_mut(id) {
                        asked.refused = true;
                    }
                }
                self.notify(text!("sparklines-refused"), Tone::Warning);
            }
        }
    }
}
