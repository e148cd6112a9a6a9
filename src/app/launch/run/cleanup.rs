//! Removes what an unfinished launch has made: instances first, then the key pair in EC2 and the security group. A
//! private key file is never removed.

use jiff::SignedDuration;

use super::stage::{Failure, StageState, is_unclear};
use super::{Run, SPIN, Waiting, later};
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::{GroupId, InstanceId, KeyPairId};
use crate::domain::instance::InstanceAction;
use crate::domain::problem::Problem;
use crate::message::{Write, Written};
use crate::text;
use crate::text::Text;

/// A group can go only when its instances are gone, which takes EC2 up to a minute or two.
const IN_USE_TRIES: u8 = 30;
const IN_USE_WAIT: SignedDuration = SignedDuration::from_secs(5);
/// Removing twice does no harm, so a lost reply is answered by asking again.
const UNCLEAR_TRIES: u8 = 2;

/// The removal, item by item.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    /// In the order in which they go.
    pub items: Vec<RemovalItem>,
}

/// One thing to remove.
#[derive(Clone, Debug, PartialEq)]
pub struct RemovalItem {
    /// What.
    pub what: Removable,
    /// Where it stands.
    pub state: StageState,
}

/// What a launch can have made in EC2.
#[derive(Clone, Debug, PartialEq)]
pub enum Removable {
    /// Terminated.
    Instance(InstanceId),
    /// Deleted in EC2; its private key file stays.
    KeyPair(KeyPairId, String),
    /// Deleted.
    Group(GroupId, String),
}

impl Removable {
    /// What happens to it.
    #[must_use]
    pub fn words(&self) -> Text {
        match self {
            Self::Instance(id) => text!("run-remove-instance", id = id),
            Self::KeyPair(id, name) => text!("run-remove-key-pair", name = name, id = id.as_str()),
            Self::Group(id, name) => text!("run-remove-group", name = name, id = id),
        }
    }

    fn write(&self) -> Write {
        match self {
            Self::Instance(id) => Write::Instance { action: InstanceAction::Terminate, id: id.clone() },
            Self::KeyPair(id, _) => Write::DeleteKeyPair(id.clone()),
            Self::Group(id, _) => Write::DeleteSecurityGroup(id.clone()),
        }
    }
}

impl Removal {
    /// Whether an item is being removed.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.items.iter().any(|item| item.state == StageState::Working)
    }

    /// Whether everything is gone.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.items.iter().all(|item| item.state == StageState::Done)
    }

    /// Why it stopped.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.items.iter().find_map(|item| match &item.state {
            StageState::Failed(failure) => Some(failure.as_ref()),
            _ => None,
        })
    }
}

impl Run {
    /// Asks whether what was made shall be removed; only after a failure.
    pub(super) fn ask_to_remove(&mut self, world: &mut World<'_>) {
        let refusal = if self.removal.is_some() {
            Some(text!("run-remove-under-way"))
        } else if self.failure().is_none() {
            Some(text!("run-remove-only-after-failure"))
        } else if self.ledger.launch_unclear.is_some() {
            Some(text!("run-remove-settle-first"))
        } else if self.ledger.is_empty() {
            Some(text!("run-remove-nothing"))
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return world.wish(Wish::Notice(refusal, Tone::Warning));
        }
        let mut lines: Vec<Text> = self.removables().iter().map(Removable::words).collect();
        if let Some(file) = self.ledger.key_file() {
            lines.push(text!("run-key-file-stays", path = world.environment.short_path(&file.path)));
        }
        world.wish(Wish::Confirm(Confirm {
            title: text!("run-remove-title"),
            lines,
            typed: None,
            yes: false,
            danger: true,
            then: Then::RemoveMade,
        }));
    }

    /// Removes what was made; the person has said yes.
    pub fn remove_made(&mut self, world: &mut World<'_>) {
        if self.removal.is_some() || self.is_writing() {
            return;
        }
        let items =
            self.removables().into_iter().map(|what| RemovalItem { what, state: StageState::Waiting }).collect();
        self.removal = Some(Removal { items });
        self.attempts = 0;
        self.remove_next(world);
    }

    fn removables(&self) -> Vec<Removable> {
        let instances = self.ledger.instances.iter().cloned().map(Removable::Instance);
        let key = self.ledger.key.as_ref();
        let key = key.and_then(|key| key.pair.clone().map(|id| Removable::KeyPair(id, key.name.clone())));
        let group = self.ledger.group.as_ref();
        let group = group.and_then(|made| made.id.clone().map(|id| Removable::Group(id, made.group.name.clone())));
        instances.chain(key).chain(group).collect()
    }

    /// Removes the first item that is not gone.
    pub(super) fn remove_next(&mut self, world: &mut World<'_>) {
        let Some(removal) = &mut self.removal else { return };
        let Some(item) = removal.items.iter_mut().find(|item| item.state != StageState::Done) else {
            world.wish(Wish::RefreshAll);
            return;
        };
        item.state = StageState::Working;
        let write = item.what.write();
        self.spinner_due = later(world.now, SPIN);
        self.waiting = Waiting::Write(world.outbox.write(write));
    }

    /// An item's removal has ended.
    pub(super) fn on_removed(&mut self, outcome: &Result<Written, Problem>, world: &mut World<'_>) {
        let Some(removal) = &mut self.removal else { return };
        let Some(item) = removal.items.iter_mut().find(|item| item.state == StageState::Working) else { return };
        match outcome {
            Err(problem) if !problem.is_not_found() => {
                if problem.is("DependencyViolation") && self.attempts < IN_USE_TRIES {
                    self.attempts += 1;
                    return self.pause(IN_USE_WAIT, world.now);
                }
                if is_unclear(problem) && self.attempts < UNCLEAR_TRIES {
                    self.attempts += 1;
                    return self.remove_next(world);
                }
                item.state = StageState::Failed(Box::new(Failure::Problem(problem.clone())));
                self.attempts = 0;
            }
            _ => {
                item.state = StageState::Done;
                match item.what.clone() {
                    Removable::Instance(id) => self.ledger.instances.retain(|other| *other != id),
                    Removable::KeyPair(..) => {
                        if let Some(key) = &mut self.ledger.key {
                            key.pair = None;
                        }
                    }
                    Removable::Group(..) => self.ledger.forget_group(),
                }
                self.attempts = 0;
                self.remove_next(world);
            }
        }
    }
}
