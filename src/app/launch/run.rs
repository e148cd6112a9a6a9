//! The launch under way: a state machine in which each step is one request, and its reply decides the next.
//!
//! What exists by now is kept in a [`Ledger`], so that trying again never makes a second of anything, and so that what
//! was made can be named and removed. `steps` sends and takes replies, `settle` finds out what became of a write whose
//! reply never came, `watch` waits for the instances, `cleanup` removes, `report` says how to get in.

pub mod cleanup;
pub mod ledger;
pub mod report;
mod settle;
pub mod stage;
mod steps;
mod watch;

use jiff::{SignedDuration, Timestamp};

use self::cleanup::Removal;
use self::ledger::{Ledger, Stale};
use self::settle::Settling;
use self::stage::{Failure, Stage, StageKind, StageState};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::instance::Platform;
use crate::domain::launch_plan::{ClientToken, LaunchPlan};
use crate::domain::problem::Problem;
use crate::keymap::Action;
use crate::message::{Found, LocalDone, LocalId, Read, WriteId, Written};
use crate::text;
use crate::text::Text;

const SPIN: SignedDuration = SignedDuration::from_millis(120);

/// What is launched.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Everything that Review showed.
    pub plan: LaunchPlan,
    /// The same for every try.
    pub token: ClientToken,
    /// Who logs in.
    pub login_user: String,
    /// Decides between SSH and RDP.
    pub platform: Platform,
}

/// A launch under way or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What is launched.
    pub order: Order,
    /// What exists by now.
    pub ledger: Ledger,
    /// The visible steps.
    pub stages: Vec<Stage>,
    /// The removal of what was made, once it was asked for.
    pub removal: Option<Removal>,
    /// Counts on while something is under way.
    pub spinner: usize,
    stale: Vec<Stale>,
    waiting: Waiting,
    attempts: u8,
    spinner_due: Option<Timestamp>,
    token_spent: bool,
    wants_back: bool,
}

/// What the run waits for.
#[derive(Clone, Debug, PartialEq)]
enum Waiting {
    Nothing,
    Local(LocalId),
    Write(WriteId),
    Settling(Settling),
    /// Before the same call is sent again.
    Pause(Timestamp),
    /// For the instances; asks again at this time.
    Watch(Timestamp),
}

impl Run {
    /// Begins. `ledger` is what earlier tries of the same draft have made.
    pub fn begin(order: Order, mut ledger: Ledger, world: &mut World<'_>) -> Self {
        let stale = ledger.fit(&order.plan, || world.outbox.unique_token());
        let mut run = Self {
            stages: Stage::all_of(&order.plan, !stale.is_empty()),
            order,
            ledger,
            removal: None,
            spinner: 0,
            stale,
            waiting: Waiting::Nothing,
            attempts: 0,
            spinner_due: None,
            token_spent: false,
            wants_back: false,
        };
        run.go_on(world);
        run
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        match action {
            Action::Choose => match self.instance_to_show(world.inventory) {
                Some(id) => {
                    world.wish(Wish::ShowInstance(id));
                    world.wish(Wish::RefreshAll);
                }
                None => world.wish(Wish::Notice(text!("run-nothing-to-show"), Tone::Warning)),
            },
            Action::Retry => self.retry(world),
            Action::RemoveMade => self.ask_to_remove(world),
            Action::CopySsh => self.copy_connect(world),
            Action::Leave => self.leave(world),
            _ => {}
        }
    }

    /// A read has answered; the inventory holds the answer already.
    pub fn on_read(&mut self, read: &Read, outcome: &Result<Found, Problem>, world: &mut World<'_>) {
        match read {
            Read::MadeBy { marker, .. } => self.on_made(marker, outcome, world),
            Read::Instances | Read::InstancesById(_) => self.on_watched(StageKind::Running, outcome, world),
            Read::InstanceStatuses => self.on_watched(StageKind::StatusChecks, outcome, world),
            _ => {}
        }
    }

    /// A write has ended; not necessarily ours.
    pub fn on_write(&mut self, id: WriteId, outcome: &Result<Written, Problem>, world: &mut World<'_>) {
        if self.waiting != Waiting::Write(id) {
            return;
        }
        self.waiting = Waiting::Nothing;
        if self.removal.is_some() {
            self.on_removed(outcome, world);
        } else {
            self.on_step_written(outcome, world);
        }
    }

    /// A local task has ended; not necessarily ours.
    pub fn on_local(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>, world: &mut World<'_>) {
        if self.waiting == Waiting::Local(id) {
            self.waiting = Waiting::Nothing;
            self.on_key_written(outcome, world);
        }
    }

    /// A deadline has passed; not necessarily ours.
    pub fn wake(&mut self, world: &mut World<'_>) {
        let now = world.now;
        if self.is_working() && self.spinner_due.is_none_or(|due| due <= now) {
            self.spinner = self.spinner.wrapping_add(1);
            self.spinner_due = later(now, SPIN);
        }
        match &self.waiting {
            Waiting::Pause(until) if *until <= now => {
                self.waiting = Waiting::Nothing;
                if self.removal.is_some() {
                    self.remove_next(world);
                } else {
                    self.go_on(world);
                }
            }
            Waiting::Settling(settling) if settling.due.is_some_and(|due| due <= now) => self.look(world),
            Waiting::Watch(due) if *due <= now => self.ask_watched(world),
            _ => {}
        }
    }

    /// When it wants to be woken.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let due = match &self.waiting {
            Waiting::Pause(at) | Waiting::Watch(at) => Some(*at),
            Waiting::Settling(settling) => settling.due,
            Waiting::Nothing | Waiting::Local(_) | Waiting::Write(_) => None,
        };
        let spin = self.spinner_due.filter(|_| self.is_working());
        [due, spin].into_iter().flatten().min()
    }

    /// Whether something is under way, so that a spinner turns.
    #[must_use]
    pub fn is_working(&self) -> bool {
        let removing = self.removal.as_ref().is_some_and(Removal::is_working);
        removing || self.stages.iter().any(|stage| stage.state == StageState::Working)
    }

    /// Whether a change is being made at this moment, or its outcome is being looked for: leaving would lose it.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        matches!(self.waiting, Waiting::Local(_) | Waiting::Write(_) | Waiting::Settling(_) | Waiting::Pause(_))
    }

    /// Whether it waits a moment before it sends the same call again.
    #[must_use]
    pub fn is_trying_again(&self) -> bool {
        matches!(self.waiting, Waiting::Pause(_))
    }

    /// Whether everything is done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.removal.is_none() && self.stages.iter().all(|stage| stage.state == StageState::Done)
    }

    /// The step that failed, and why.
    #[must_use]
    pub fn failure(&self) -> Option<(&Stage, &Failure)> {
        self.stages.iter().find_map(|stage| match &stage.state {
            StageState::Failed(failure) => Some((stage, failure.as_ref())),
            _ => None,
        })
    }

    /// The refused call behind the failure that is shown, of a step or of a removal.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        let removal = self.removal.as_ref().and_then(Removal::failure);
        removal.or(self.failure().map(|(_, failure)| failure)).and_then(Failure::problem)
    }

    /// Whether the person wants to go back to Review, with the draft and what exists by now.
    #[must_use]
    pub fn wants_back(&self) -> bool {
        self.wants_back
    }

    /// Whether the token has done its work: another launch needs another one.
    #[must_use]
    pub fn token_spent(&self) -> bool {
        self.token_spent
    }

    fn current(&mut self) -> Option<&mut Stage> {
        self.stages.iter_mut().find(|stage| stage.state != StageState::Done)
    }

    fn current_kind(&self) -> Option<StageKind> {
        self.stages.iter().find(|stage| stage.state != StageState::Done).map(|stage| stage.kind)
    }

    fn note(&mut self, note: Text) {
        if let Some(stage) = self.current() {
            stage.note = Some(note);
        }
    }

    /// The present step has worked.
    fn done(&mut self, note: Text, world: &mut World<'_>) {
        if let Some(stage) = self.current() {
            stage.state = StageState::Done;
            stage.note = Some(note);
        }
        self.attempts = 0;
        self.waiting = Waiting::Nothing;
        self.go_on(world);
    }

    /// The present step has not.
    fn fail(&mut self, failure: Failure) {
        if let Some(stage) = self.current() {
            stage.state = StageState::Failed(Box::new(failure));
            stage.note = None;
        }
        self.attempts = 0;
        self.waiting = Waiting::Nothing;
    }

    fn pause(&mut self, wait: SignedDuration, now: Timestamp) {
        self.waiting = Waiting::Pause(later(now, wait).unwrap_or(now));
    }

    /// Tries the failed step again, with everything that exists by now.
    fn retry(&mut self, world: &mut World<'_>) {
        if let Some(removal) = &self.removal {
            if removal.is_done() {
                self.start_over(world);
            } else if !removal.is_working() {
                self.remove_next(world);
            }
            return;
        }
        match self.failure() {
            Some((_, Failure::Ended(_))) => self.start_over(world),
            Some(_) => self.go_on(world),
            None => world.wish(Wish::Notice(text!("run-nothing-failed"), Tone::Plain)),
        }
    }

    /// Launches the same plan anew, after its instances have ended or were removed.
    fn start_over(&mut self, world: &mut World<'_>) {
        if self.token_spent {
            self.order.token = ClientToken::new(world.outbox.unique_token());
            self.token_spent = false;
        }
        self.ledger.instances.clear();
        self.removal = None;
        self.stages = Stage::all_of(&self.order.plan, false);
        self.go_on(world);
    }

    fn leave(&mut self, world: &mut World<'_>) {
        if self.is_writing() {
            world.wish(Wish::Notice(text!("run-wait"), Tone::Warning));
            return;
        }
        let ended = matches!(self.failure(), Some((_, Failure::Ended(_))));
        let removed = self.removal.as_ref().is_some_and(Removal::is_done);
        if self.ledger.launch_unclear.is_some() {
            world.wish(Wish::Notice(text!("run-look-in-list"), Tone::Warning));
        } else if removed || ended || self.ledger.instances.is_empty() {
            self.wants_back = true;
            return;
        }
        world.wish(Wish::Close);
        world.wish(Wish::RefreshAll);
    }
}

fn later(now: Timestamp, wait: SignedDuration) -> Option<Timestamp> {
    now.checked_add(wait).ok()
}

#[cfg(test)]
mod tests;
