//! The import of a public key, to its clear end: a reply that never came, and a name that is taken, are settled by the
//! request's tag before anything counts as failed.

use jiff::SignedDuration;

use super::{Event, Step, Wait};
use crate::app::panes::PaneKind;
use crate::app::world::{Wish, World};
use crate::domain::id::KeyPairId;
use crate::domain::problem::Problem;
use crate::message::{Found, MadeKind, Read, Write, Written};

/// How often it looks for what it may have made: EC2 may take a moment to show it.
const LOOKS: u8 = 3;
const WAIT: SignedDuration = SignedDuration::from_secs(2);

/// One import.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Import {
    name: String,
    public_key: String,
    marker: String,
    /// What the write said, and how many looks are left, once it has ended without a clear answer.
    unclear: Option<(Problem, u8)>,
}

/// How far it has got.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Imported {
    /// It goes on.
    Going(Step),
    /// The key pair exists, and this program has made it.
    Done,
    /// It does not, or nobody can tell.
    Failed(Problem),
}

impl Import {
    /// The import before it begins. The same `marker` for every try of the same key.
    pub fn new(name: String, public_key: String, marker: String) -> Self {
        Self { name, public_key, marker, unclear: None }
    }

    /// Sends it off.
    pub fn send(&mut self, world: &mut World<'_>) -> Step {
        self.unclear = None;
        Step::write(world.outbox.write(Write::ImportKeyPair {
            name: self.name.clone(),
            public_key: self.public_key.clone(),
            marker: self.marker.clone(),
        }))
    }

    /// Takes what has happened.
    pub fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Imported {
        match (event, self.unclear.take()) {
            (Event::Written(Ok(Written::KeyPair(id))), _) => Self::done(&id.clone(), world),
            (Event::Written(Err(problem)), _) if problem.may_have_happened() => {
                self.look(problem.clone(), LOOKS, world)
            }
            // Ours, perhaps, from a try whose reply was lost: that is seen at once.
            (Event::Written(Err(problem)), _) if problem.is("InvalidKeyPair.Duplicate") => {
                self.look(problem.clone(), 1, world)
            }
            (Event::Written(Err(problem)), _) => Imported::Failed(problem.clone()),
            (Event::Found(Ok(Found::Made(made))), _) if !made.key_pairs.is_empty() => match made.key_pairs.first() {
                Some(id) => Self::done(&id.clone(), world),
                None => Imported::Going(Step::Dropped),
            },
            (Event::Found(_), Some((problem, 0))) => {
                // Whoever has the name: the list shows it.
                world.reread_key_pairs();
                Imported::Failed(problem)
            }
            (Event::Found(_), unclear) => {
                self.unclear = unclear;
                Imported::Going(Step::Wait(Wait::Until(world.now.saturating_add(WAIT).unwrap_or(world.now))))
            }
            (Event::Woken, Some((problem, looks))) => self.look(problem, looks, world),
            _ => Imported::Going(Step::Dropped),
        }
    }

    fn look(&mut self, problem: Problem, looks: u8, world: &mut World<'_>) -> Imported {
        self.unclear = Some((problem, looks.saturating_sub(1)));
        Imported::Going(Step::read(Read::MadeBy { marker: self.marker.clone(), kind: MadeKind::KeyPair }, world))
    }

    fn done(id: &KeyPairId, world: &mut World<'_>) -> Imported {
        world.reread_key_pairs();
        world.wish(Wish::Select(PaneKind::KeyPairs, id.to_string()));
        Imported::Done
    }
}
