//! Waits for the instances: until they run, and until their status checks have passed.

use jiff::SignedDuration;

use super::stage::{Failure, StageKind};
use super::{Run, Waiting, later};
use crate::app::inventory::Inventory;
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::domain::instance::{CheckResult, InstanceState};
use crate::domain::problem::Problem;
use crate::message::{Found, Read};
use crate::text;

const RUNNING_POLL: SignedDuration = SignedDuration::from_secs(3);
const CHECKS_POLL: SignedDuration = SignedDuration::from_secs(5);
/// An answer that is not there after this long is asked for again.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);

impl Run {
    /// Begins to wait for the instances.
    pub(super) fn begin_watch(&mut self, kind: StageKind, world: &mut World<'_>) {
        let wait = if kind == StageKind::Running { RUNNING_POLL } else { SignedDuration::ZERO };
        self.waiting = Waiting::Watch(later(world.now, wait).unwrap_or(world.now));
        if kind == StageKind::StatusChecks {
            self.ask_watched(world);
        }
    }

    /// Asks how the instances are.
    pub(super) fn ask_watched(&mut self, world: &mut World<'_>) {
        self.waiting = Waiting::Watch(later(world.now, PATIENCE).unwrap_or(world.now));
        if self.current_kind() == Some(StageKind::StatusChecks) {
            world.inventory.statuses.ask();
            world.outbox.read(Read::InstanceStatuses);
        } else {
            world.outbox.read(Read::InstancesById(self.ledger.instances.clone()));
        }
    }

    /// A read that may tell of the instances has answered, whoever asked it.
    pub(super) fn on_watched(&mut self, kind: StageKind, outcome: &Result<Found, Problem>, world: &mut World<'_>) {
        if !matches!(self.waiting, Waiting::Watch(_)) || self.current_kind() != Some(kind) || self.removal.is_some() {
            return;
        }
        let poll = if kind == StageKind::Running { RUNNING_POLL } else { CHECKS_POLL };
        self.waiting = Waiting::Watch(later(world.now, poll).unwrap_or(world.now));
        match outcome {
            Err(problem) if problem.is_not_found() => self.note(text!("run-not-visible-yet")),
            Err(problem) => self.note(text!("run-could-not-ask", code = word_of(problem))),
            Ok(_) if kind == StageKind::Running => self.look_at_states(world),
            Ok(_) => self.look_at_checks(world),
        }
    }

    fn look_at_states(&mut self, world: &mut World<'_>) {
        let inventory = &*world.inventory;
        let total = self.ledger.instances.len();
        let known: Vec<_> = self.ledger.instances.iter().filter_map(|id| inventory.instance(id)).collect();
        let running = known.iter().filter(|instance| instance.state == InstanceState::Running).count();
        let settled = known.len() == total
            && known.iter().all(|instance| !matches!(instance.state, InstanceState::Pending | InstanceState::Unknown));
        if !settled {
            return self.note(text!("run-running-so-far", running = running, total = total));
        }
        if running == 0 {
            let ended = known.iter().map(|instance| (instance.id.clone(), instance.state_reason.clone())).collect();
            self.fail(Failure::Ended(ended));
            world.wish(Wish::RefreshAll);
            return;
        }
        world.wish(Wish::RefreshAll);
        self.done(text!("run-running-done", running = running, total = total), world);
    }

    fn look_at_checks(&mut self, world: &mut World<'_>) {
        let ids = self.running(world.inventory);
        if ids.is_empty() {
            let reason = |id: &InstanceId| world.inventory.instance(id).and_then(|one| one.state_reason.clone());
            let ended = self.ledger.instances.iter().map(|id| (id.clone(), reason(id))).collect();
            return self.fail(Failure::Ended(ended));
        }
        let statuses = ids.iter().map(|id| world.inventory.statuses.get(id.as_str()));
        let (mut passed, mut impaired) = (0_usize, Vec::new());
        for status in statuses.flatten() {
            if [status.system, status.instance].contains(&CheckResult::Impaired) {
                impaired.push(status.id.clone());
            }
            passed += usize::from(status.passed() == 2);
        }
        if passed == ids.len() {
            return self.done(text!("run-checks-done"), world);
        }
        if impaired.is_empty() {
            self.note(text!("run-checks-so-far", passed = passed, total = ids.len()));
        } else {
            self.fail(Failure::Impaired(impaired));
        }
    }

    /// The instances of this launch that run.
    #[must_use]
    pub fn running(&self, inventory: &Inventory) -> Vec<InstanceId> {
        let runs = |id: &&InstanceId| inventory.instance(id).is_some_and(|one| one.state == InstanceState::Running);
        self.ledger.instances.iter().filter(runs).cloned().collect()
    }
}

/// The shortest word for a failure: the code, or the operation that had no answer.
fn word_of(problem: &Problem) -> String {
    if problem.code.is_empty() { problem.operation.clone() } else { problem.code.clone() }
}
