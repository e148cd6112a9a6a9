//! Deadlines: each exists only while it is needed.

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::launch::Launch;
use crate::domain::id::InstanceId;
use crate::message::Read;

/// While something is on its way, it is asked again this often.
const POLL: SignedDuration = SignedDuration::from_secs(3);

/// What EC2 has just done may not be shown before this.
const SOON: SignedDuration = SignedDuration::from_secs(3);

/// The header says how old the data is, to this many seconds.
const CLOCK: SignedDuration = SignedDuration::from_secs(5);

/// When what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timers {
    /// All lists are read again.
    pub refresh: Option<Timestamp>,
    /// What is changing is asked again.
    pub poll: Option<Timestamp>,
    /// The header's "read ... ago" changes.
    pub clock: Option<Timestamp>,
}

impl Timers {
    /// The earliest of them.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        [self.refresh, self.poll, self.clock].into_iter().flatten().min()
    }
}

impl App {
    /// A deadline has passed: does what is due.
    pub(super) fn wake(&mut self) {
        let due = |at: Option<Timestamp>, now: Timestamp| at.is_some_and(|at| at <= now);
        if self.notice.as_ref().is_some_and(|notice| notice.until <= self.now) {
            self.notice = None;
        }
        if due(self.timers.clock, self.now) {
            self.timers.clock = self.after(CLOCK);
        }
        if due(self.timers.poll, self.now) {
            self.timers.poll = None;
            self.poll();
        }
        if due(self.timers.refresh, self.now) {
            self.refresh_all();
        }
        self.with_launch(Launch::wake);
        self.wake_tasks();
    }

    /// Reads every list again; the next time is one interval from now.
    pub(super) fn refresh_all(&mut self) {
        if self.session.region().is_none() || self.session.opening {
            return;
        }
        let inventory = &mut self.inventory;
        inventory.instances.ask();
        inventory.statuses.ask();
        inventory.groups.ask();
        inventory.addresses.ask();
        inventory.key_pairs.ask();
        inventory.volumes.ask();
        inventory.interfaces.ask();
        for read in [
            Read::Instances,
            Read::InstanceStatuses,
            Read::SecurityGroups,
            Read::Addresses,
            Read::KeyPairs,
            Read::Volumes,
            Read::Interfaces,
        ] {
            self.outbox.read(read);
        }
        self.keep_free_tier_fresh();
        if self.session.account.is_missing() {
            self.session.account.ask();
            self.outbox.read(Read::Account);
        }
        let interval = SignedDuration::try_from(self.environment.refresh).unwrap_or(SignedDuration::from_secs(30));
        self.timers.refresh = self.after(interval);
        self.timers.clock = self.after(CLOCK);
    }

    /// All lists are read again in a few seconds, or earlier if that is due.
    pub(super) fn look_again_soon(&mut self) {
        let soon = self.after(SOON);
        self.timers.refresh = [self.timers.refresh, soon].into_iter().flatten().min();
    }

    /// Asks again for what is changing, by id, and sees to it that this goes on as long as it is needed.
    fn poll(&mut self) {
        let ids = self.unsettled();
        if ids.is_empty() || self.session.region().is_none() {
            return;
        }
        // A slow answer is waited for: asking again would call it off.
        if !self.outbox.is_asking_by_id() {
            self.outbox.read(Read::InstancesById(ids));
        }
        self.schedule_poll();
    }

    /// Makes sure that something that is changing will be asked again soon.
    pub(super) fn schedule_poll(&mut self) {
        if self.timers.poll.is_none() && !self.unsettled().is_empty() {
            self.timers.poll = self.after(POLL);
        }
    }

    fn unsettled(&self) -> Vec<InstanceId> {
        let mut ids = self.inventory.changing();
        ids.extend(self.operations.waiting());
        ids.sort();
        ids.dedup();
        ids
    }

    fn after(&self, wait: SignedDuration) -> Option<Timestamp> {
        self.now.checked_add(wait).ok()
    }
}
