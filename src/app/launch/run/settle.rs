//! A write whose reply never came: before anything is repeated, a look by the request's tag shows whether it happened.

use jiff::{SignedDuration, Timestamp};

use super::stage::Failure;
use super::{Run, Waiting, later};
use crate::app::world::World;
use crate::domain::problem::Problem;
use crate::message::{Found, Made, MadeKind, Read};
use crate::text;

/// EC2 may take a moment to show what it has just made.
const LOOKS: u8 = 3;
const WAIT: SignedDuration = SignedDuration::from_secs(2);

/// A look for what a write has made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settling {
    marker: String,
    kind: MadeKind,
    looks_left: u8,
    /// When to look again; `None` while the answer is on its way.
    pub(super) due: Option<Timestamp>,
    write: Problem,
}

impl Run {
    /// Looks for what a write of this kind has made.
    pub(super) fn settle(&mut self, kind: MadeKind, write: Problem, world: &mut World<'_>) {
        // A name that is taken is seen at once; a reply that was lost may be ahead of what EC2 shows.
        let looks_left = if is_duplicate(&write) { 1 } else { LOOKS };
        self.remember_unclear(kind, Some(write.clone()));
        self.note(text!("run-looking"));
        let marker = match kind {
            MadeKind::KeyPair => self.ledger.key.as_ref().map(|key| key.marker.clone()),
            MadeKind::SecurityGroup => self.ledger.group.as_ref().map(|made| made.marker.clone()),
            MadeKind::Instances => Some(self.order.token.as_str().to_owned()),
            // A launch allocates none.
            MadeKind::Address => None,
        };
        let Some(marker) = marker else { return self.fail(Failure::Problem(write)) };
        self.waiting = Waiting::Settling(Settling { marker, kind, looks_left, due: None, write });
        self.look(world);
    }

    /// Asks what carries the tag.
    pub(super) fn look(&mut self, world: &mut World<'_>) {
        let Waiting::Settling(settling) = &mut self.waiting else { return };
        settling.due = None;
        settling.looks_left = settling.looks_left.saturating_sub(1);
        world.outbox.read(Read::MadeBy { marker: settling.marker.clone(), kind: settling.kind });
    }

    /// The look has answered.
    pub(super) fn on_made(&mut self, marker: &str, outcome: &Result<Found, Problem>, world: &mut World<'_>) {
        let Waiting::Settling(settling) = &mut self.waiting else { return };
        if settling.marker != marker || settling.due.is_some() {
            return;
        }
        let kind = settling.kind;
        if let Ok(Found::Made(made)) = outcome
            && self.adopt(kind, made, world)
        {
            return;
        }
        let Waiting::Settling(settling) = &mut self.waiting else { return };
        if settling.looks_left > 0 {
            settling.due = later(world.now, WAIT);
            return;
        }
        let write = settling.write.clone();
        if let Err(look) = outcome {
            return self.fail(Failure::Unsettled { write, look: look.clone() });
        }
        self.remember_unclear(kind, None);
        self.fail(if is_duplicate(&write) { Failure::NameTaken(write) } else { Failure::NothingMade(write) });
    }

    /// Goes on with what was found; `false` when nothing was.
    fn adopt(&mut self, kind: MadeKind, made: &Made, world: &mut World<'_>) -> bool {
        match kind {
            MadeKind::KeyPair => {
                let Some(id) = made.key_pairs.first() else { return false };
                self.has_key_pair(id.clone(), world);
            }
            MadeKind::SecurityGroup => {
                let Some(id) = made.groups.first() else { return false };
                self.has_group(id.clone(), world);
            }
            MadeKind::Address => return false,
            MadeKind::Instances if made.instances.is_empty() => return false,
            MadeKind::Instances => self.has_instances(made.instances.clone(), world),
        }
        true
    }

    fn remember_unclear(&mut self, kind: MadeKind, problem: Option<Problem>) {
        match kind {
            MadeKind::KeyPair => {
                if let Some(key) = &mut self.ledger.key {
                    key.unclear = problem;
                }
            }
            MadeKind::SecurityGroup => {
                if let Some(made) = &mut self.ledger.group {
                    made.unclear = problem;
                }
            }
            MadeKind::Instances => self.ledger.launch_unclear = problem,
            MadeKind::Address => {}
        }
    }
}

fn is_duplicate(problem: &Problem) -> bool {
    problem.code.ends_with(".Duplicate")
}
