//! The import of a key that the person has: its public half is read from a file on this machine, then EC2 gets it.

use std::path::{Path, PathBuf};

use super::import::{Import, Imported};
use super::{Event, Step, Work};
use crate::app::world::World;
use crate::domain::key_pair::{KeyKind, PublicHalf};
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::secret::Secret;
use crate::message::{LocalDone, LocalTask};
use crate::text;
use crate::text::Text;

/// Importing a key.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportKey {
    path: PathBuf,
    passphrase: Option<Secret>,
    name: String,
    marker: String,
    import: Option<Import>,
}

impl ImportKey {
    /// The task before it begins.
    #[must_use]
    pub fn new(path: PathBuf, passphrase: Option<Secret>, name: String, marker: String) -> Self {
        Self { path, passphrase, name, marker, import: None }
    }

    /// The file that it reads.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read(&mut self, half: &PublicHalf, world: &mut World<'_>) -> Step {
        if !matches!(half.kind, KeyKind::Rsa | KeyKind::Ed25519) {
            let kind = half.line.split_ascii_whitespace().next().unwrap_or_default();
            let cause = LocalCause::NotForEc2(world.environment.short_path(&self.path));
            return Step::Failed(Problem::local("ImportKeyPair", cause, crate::domain::clean::clean(kind)));
        }
        let mut import = Import::new(self.name.clone(), half.line.clone(), self.marker.clone());
        let step = import.send(world);
        self.import = Some(import);
        step
    }
}

impl Work for ImportKey {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (&mut self.import, event) {
            (None, Event::Begin) => {
                let (path, passphrase) = (self.path.clone(), self.passphrase.take());
                Step::local(world.outbox.local(LocalTask::ReadPublicKey { path, passphrase }))
            }
            (None, Event::Local(Ok(LocalDone::PublicKey(half)))) => self.read(half, world),
            (None, Event::Local(Err(problem))) => Step::Failed(problem.clone()),
            (Some(import), event) => match import.on(event, world) {
                Imported::Going(step) => step,
                Imported::Done => Step::done(text!(
                    "done-import-key",
                    name = self.name.as_str(),
                    path = world.environment.short_path(&self.path)
                )),
                Imported::Failed(problem) => Step::Failed(problem),
            },
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-import-key", name = self.name.as_str())
    }
}
