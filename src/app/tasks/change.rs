//! The plainest task: a question where one is needed, then changes one after the other.

use super::undo::{Place, Undo};
use super::{Event, Step, Work};
use crate::app::modal::Confirm;
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::message::Write;
use crate::text::Text;

/// Changes that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it does, for the header.
    label: Text,
    /// Asked before anything is sent.
    ask: Option<Confirm>,
    writes: Vec<Write>,
    next: usize,
    said: Text,
    undo: Option<(Text, Vec<Write>)>,
    reread: Reread,
}

/// Which lists a change makes old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reread {
    /// The security groups.
    Groups,
    /// The Elastic IPs, and the instance that one of them came to or left.
    Addresses(Option<InstanceId>),
    /// The key pairs.
    KeyPairs,
    /// One instance.
    Instance(InstanceId),
    /// All lists.
    All,
}

impl Reread {
    /// Reads them again.
    pub fn ask(&self, world: &mut World<'_>) {
        match self {
            Self::Groups => world.reread_groups(),
            Self::Addresses(instance) => world.reread_addresses_on(instance),
            Self::KeyPairs => world.reread_key_pairs(),
            Self::Instance(id) => world.reread_instance(id),
            Self::All => world.wish(Wish::RefreshAll),
        }
    }
}

impl Change {
    /// Changes that are sent at once; `said` is told when all are done.
    #[must_use]
    pub fn new(label: Text, writes: Vec<Write>, said: Text, reread: Reread) -> Self {
        Self { label, ask: None, writes, next: 0, said, undo: None, reread }
    }

    /// The same after a question.
    #[must_use]
    pub fn asking(mut self, confirm: Confirm) -> Self {
        self.ask = Some(confirm);
        self
    }

    /// The same, and it can be taken back by these changes.
    #[must_use]
    pub fn undone_by(mut self, what: Text, writes: Vec<Write>) -> Self {
        self.undo = Some((what, writes));
        self
    }

    fn send_next(&mut self, world: &mut World<'_>) -> Step {
        let Some(write) = self.writes.get(self.next).cloned() else {
            self.reread.ask(world);
            let undo = self.undo.take().map(|(what, writes)| Undo { what, writes, place: Place::of(world) });
            return match undo {
                Some(undo) => Step::done_with(self.said.clone(), undo),
                None => Step::done(self.said.clone()),
            };
        };
        self.next += 1;
        Step::write(world.outbox.write(write))
    }
}

impl Work for Change {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => match self.ask.take() {
                Some(confirm) => Step::Ask(confirm),
                None => self.send_next(world),
            },
            Event::No => Step::Dropped,
            Event::Written(Err(problem)) => {
                // What was done before it, and what is there by now, is worth seeing.
                self.reread.ask(world);
                Step::Failed(problem.clone())
            }
            _ => self.send_next(world),
        }
    }

    fn label(&self) -> Text {
        self.label.clone()
    }
}
