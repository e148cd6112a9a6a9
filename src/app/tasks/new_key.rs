//! A new key pair: the private key is made and written on this machine, then EC2 gets its public half. A private key
//! that was written stays whatever comes after, and the next try of the same dialog imports that very key.

use super::import::{Import, Imported};
use super::{Event, Step, Work};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::key_pair::{KeyKind, LocalKey, RsaBits, same_public_key};
use crate::domain::problem::{LocalCause, Problem};
use crate::message::{LocalDone, LocalTask};
use crate::text;
use crate::text::Text;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The key pair's name.
    pub name: String,
    /// Algorithm.
    pub kind: KeyKind,
    /// How many bits, if it is RSA.
    pub rsa_bits: RsaBits,
}

/// A private key that was made here and whose public half EC2 has not got yet, as far as anybody knows.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeKey {
    /// What was wanted.
    pub wanted: Wanted,
    /// The file.
    pub file: LocalKey,
    /// Value of the request tag: the same for every try.
    marker: String,
}

/// Making a key pair.
#[derive(Clone, Debug, PartialEq)]
pub struct NewKey {
    wanted: Wanted,
    marker: String,
    made: Option<Box<MadeKey>>,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Whether the key of an earlier try is still in its file.
    Checking,
    Generating,
    Importing(Box<Import>),
}

impl NewKey {
    /// The task before it begins; `made` is what an earlier try has left.
    #[must_use]
    pub fn new(wanted: Wanted, made: Option<MadeKey>, marker: String) -> Self {
        let state = if made.is_some() { State::Checking } else { State::Generating };
        Self { wanted, marker, made: made.map(Box::new), state }
    }

    /// The private key that is on this machine by now.
    #[must_use]
    pub fn made(&self) -> Option<&MadeKey> {
        self.made.as_deref()
    }

    fn generate(&mut self, world: &mut World<'_>) -> Step {
        self.made = None;
        self.state = State::Generating;
        Step::local(world.outbox.local(LocalTask::GenerateKey {
            folder: world.environment.key_folder.clone(),
            name: self.wanted.name.clone(),
            kind: self.wanted.kind,
            rsa_bits: self.wanted.rsa_bits,
        }))
    }

    fn import(&mut self, world: &mut World<'_>) -> Step {
        let Some(made) = &self.made else { return Step::Dropped };
        let Some(public_key) = made.file.public_key.clone() else {
            let path = world.environment.short_path(&made.file.path);
            return Step::Failed(Problem::local("GenerateKey", LocalCause::NotAKey(path), ""));
        };
        let mut import = Import::new(self.wanted.name.clone(), public_key, made.marker.clone());
        let step = import.send(world);
        self.state = State::Importing(Box::new(import));
        step
    }

    fn is_still_there(&self, read: &Result<LocalDone, Problem>) -> bool {
        let ours = self.made.as_ref().and_then(|made| made.file.public_key.as_deref());
        matches!((read, ours), (Ok(LocalDone::PublicKey(half)), Some(ours)) if same_public_key(&half.line, ours))
    }

    fn imported(&mut self, outcome: Imported, world: &mut World<'_>) -> Step {
        let path = self.made.as_ref().map(|made| world.environment.short_path(&made.file.path)).unwrap_or_default();
        let name = self.wanted.name.as_str();
        match outcome {
            Imported::Going(step) => step,
            Imported::Done => Step::done(text!("done-new-key", name = name, path = path)),
            Imported::Failed(problem) => {
                world.wish(Wish::Notice(text!("new-key-file-stays", path = path), Tone::Warning));
                Step::Failed(problem)
            }
        }
    }
}

impl Work for NewKey {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (&mut self.state, event) {
            (State::Checking, Event::Begin) => match &self.made {
                Some(made) => Step::local(
                    world.outbox.local(LocalTask::ReadPublicKey { path: made.file.path.clone(), passphrase: None }),
                ),
                None => self.generate(world),
            },
            (State::Checking, Event::Local(read)) => {
                // If somebody has moved it away, its public half would be of no use to anybody.
                if self.is_still_there(read) { self.import(world) } else { self.generate(world) }
            }
            (State::Generating, Event::Begin) => self.generate(world),
            (State::Generating, Event::Local(Ok(LocalDone::KeyWritten(file)))) => {
                let (wanted, marker) = (self.wanted.clone(), self.marker.clone());
                self.made = Some(Box::new(MadeKey { wanted, file: file.clone(), marker }));
                self.import(world)
            }
            (State::Generating, Event::Local(Err(problem))) => Step::Failed(problem.clone()),
            (State::Importing(import), event) => {
                let outcome = import.on(event, world);
                self.imported(outcome, world)
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-new-key", name = self.wanted.name.as_str())
    }

    fn leaves_behind(&self) -> Option<Text> {
        let made = self.made.as_ref()?;
        Some(text!(
            "new-key-left-behind",
            name = self.wanted.name.as_str(),
            path = crate::domain::clean::clean(&made.file.path.display().to_string())
        ))
    }
}

#[cfg(test)]
mod tests;
