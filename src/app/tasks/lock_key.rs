//! Closes the files of a private key to everybody but their owner, one after the other.

use std::path::PathBuf;

use super::{Event, Step, Work};
use crate::app::world::World;
use crate::message::{LocalDone, LocalTask};
use crate::text;
use crate::text::Text;

/// Closing key files.
#[derive(Clone, Debug, PartialEq)]
pub struct LockKey {
    name: String,
    /// Those that are still open.
    open: Vec<PathBuf>,
    /// Those that were, as they are shown.
    closed: Vec<String>,
}

impl LockKey {
    /// The task before it begins.
    #[must_use]
    pub fn new(name: String, open: Vec<PathBuf>) -> Self {
        Self { name, open, closed: Vec::new() }
    }

    fn next(&mut self, world: &mut World<'_>) -> Step {
        if self.open.is_empty() {
            return Step::done(text!("done-lock-key", n = self.closed.len(), paths = self.closed.join(", ")));
        }
        Step::local(world.outbox.local(LocalTask::LockKey(self.open.remove(0))))
    }
}

impl Work for LockKey {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => self.next(world),
            Event::Local(Ok(LocalDone::Locked(path))) => {
                self.closed.push(world.environment.short_path(path));
                self.next(world)
            }
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-lock-key", name = self.name.as_str())
    }
}
