//! Shows the password of Windows' administrator: EC2 tells it encrypted, and the private key on this machine opens it.

use std::path::{Path, PathBuf};

use super::{Event, Step, Work};
use crate::app::dialogs::unlock::UnlockDialog;
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::domain::instance::Instance;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;
use crate::message::{Found, LocalDone, LocalTask, Read};
use crate::text;
use crate::text::Text;

/// Showing a password.
#[derive(Clone, Debug, PartialEq)]
pub struct ShowPassword {
    instance: InstanceId,
    label: String,
    key: PathBuf,
    passphrase: Option<Secret>,
    /// Whether a passphrase was asked for.
    unlocked: bool,
}

impl ShowPassword {
    /// The task before it begins.
    #[must_use]
    pub fn new(instance: &Instance, key: &Path) -> Self {
        let (label, key) = (instance.label().to_owned(), key.to_owned());
        Self { instance: instance.id.clone(), label, key, passphrase: None, unlocked: false }
    }

    /// The same with the passphrase of the private key.
    #[must_use]
    pub fn unlocked_by(&self, passphrase: Secret) -> Self {
        Self { passphrase: Some(passphrase), unlocked: true, ..self.clone() }
    }

    fn found(&mut self, encrypted: Option<String>, world: &mut World<'_>) -> Step {
        let Some(encrypted) = encrypted else {
            let lines = vec![text!("password-none-yet"), text!("password-none-ever")];
            let title = text!("password-title", name = self.label.as_str());
            world.wish(Wish::Page(PageContent::Lines { title, lines }));
            return Step::told(text!("password-none", name = self.label.as_str()), Tone::Warning);
        };
        let (path, passphrase) = (self.key.clone(), self.passphrase.take());
        Step::local(world.outbox.local(LocalTask::DecryptPassword { path, passphrase, encrypted }))
    }

    fn failed(&self, problem: &Problem, world: &mut World<'_>) -> Step {
        if problem.wants_passphrase() && !self.unlocked {
            world.wish(Wish::Dialog(Box::new(UnlockDialog::open(&self.label, self.clone()))));
            return Step::Dropped;
        }
        Step::Failed(problem.clone())
    }
}

impl Work for ShowPassword {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => Step::read(Read::PasswordData(self.instance.clone()), world),
            Event::Found(Ok(Found::PasswordData(encrypted))) => self.found(encrypted.clone(), world),
            Event::Local(Ok(LocalDone::Password(secret))) => {
                let page = PageContent::Password { name: self.label.clone(), secret: secret.clone() };
                world.wish(Wish::Page(page));
                Step::told(text!("password-shown"), Tone::Plain)
            }
            Event::Found(Err(problem)) => Step::Failed(problem.clone()),
            Event::Local(Err(problem)) => self.failed(problem, world),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-password", name = self.label.as_str())
    }
}
