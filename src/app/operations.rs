//! Actions on instances that are under way, and what came of them.

use std::collections::BTreeMap;

use crate::domain::id::InstanceId;
use crate::domain::instance::{InstanceAction, InstanceState};
use crate::domain::problem::Problem;
use crate::message::WriteId;

/// All actions under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    batches: Vec<Batch>,
    /// What was asked and accepted, until the list shows it: EC2's answer may lag behind.
    requested: BTreeMap<InstanceId, InstanceAction>,
}

/// The same action on one or more instances, each with its own outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// What.
    pub action: InstanceAction,
    /// Each instance with its label, its write and its outcome.
    pub parts: Vec<BatchPart>,
}

/// One instance of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchPart {
    /// Which one.
    pub id: InstanceId,
    /// What it was called when it was asked.
    pub label: String,
    /// The write that was sent for it.
    pub write: WriteId,
    /// What came of it; `None` while it is on its way.
    pub outcome: Option<Result<(), Problem>>,
}

impl Batch {
    fn is_done(&self) -> bool {
        self.parts.iter().all(|part| part.outcome.is_some())
    }
}

impl Operations {
    /// Writes were sent.
    pub fn begin(&mut self, batch: Batch) {
        for part in &batch.parts {
            self.requested.insert(part.id.clone(), batch.action);
        }
        self.batches.push(batch);
    }

    /// A write has ended. Gives the batch when this was its last one; nothing when the write is not ours.
    pub fn end(&mut self, write: WriteId, outcome: &Result<(), Problem>) -> Option<Batch> {
        let index = self.batches.iter().position(|batch| batch.parts.iter().any(|part| part.write == write))?;
        let batch = self.batches.get_mut(index)?;
        for part in &mut batch.parts {
            if part.write == write {
                if outcome.is_err() {
                    self.requested.remove(&part.id);
                }
                part.outcome = Some(outcome.clone());
            }
        }
        batch.is_done().then(|| self.batches.remove(index))
    }

    /// Whether a write is one of ours, and for which instance.
    #[must_use]
    pub fn target_of(&self, write: WriteId) -> Option<&InstanceId> {
        self.batches.iter().flat_map(|batch| &batch.parts).find(|part| part.write == write).map(|part| &part.id)
    }

    /// How many writes have not ended.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.batches.iter().flat_map(|batch| &batch.parts).filter(|part| part.outcome.is_none()).count()
    }

    /// Whether an instance has a write under way or one that the list does not show yet.
    #[must_use]
    pub fn is_requested(&self, id: &InstanceId) -> bool {
        self.requested.contains_key(id)
    }

    /// The state to show: what was asked for, while the list lags behind.
    #[must_use]
    pub fn requested_state(&self, id: &InstanceId, listed: InstanceState) -> InstanceState {
        use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping};
        match (self.requested.get(id), listed) {
            (Some(InstanceAction::Start), Stopped) => Pending,
            (Some(InstanceAction::Stop), Running) => Stopping,
            (Some(InstanceAction::Terminate), Running | Stopped | Pending | Stopping) => ShuttingDown,
            _ => listed,
        }
    }

    /// The list shows this state now: what was asked for is no longer needed once it has moved.
    pub fn settle(&mut self, id: &InstanceId, listed: InstanceState) {
        let still_waiting = self.requested_state(id, listed) != listed;
        let writing =
            self.batches.iter().flat_map(|batch| &batch.parts).any(|part| part.id == *id && part.outcome.is_none());
        if !still_waiting && !writing {
            self.requested.remove(id);
        }
    }

    /// Instances whose accepted action the list does not show yet: worth asking again soon.
    #[must_use]
    pub fn waiting(&self) -> Vec<InstanceId> {
        self.requested.keys().cloned().collect()
    }

    /// Another account or region: outcomes still come in, but nothing is shown on rows.
    pub fn forget_rows(&mut self) {
        self.requested.clear();
    }
}
