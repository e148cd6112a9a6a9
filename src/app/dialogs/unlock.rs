//! The passphrase of a private key, asked for when work on it turns out to need one.

use super::{Asked, Dialog};
use crate::app::form::{Field, Form};
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::save_putty::SavePutty;
use crate::app::tasks::show_password::ShowPassword;
use crate::app::world::World;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;
use crate::text;
use crate::text::Text;

const PASSPHRASE: &str = "passphrase";

/// A passphrase that is being typed, for the work that waits for it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnlockDialog {
    work: Locked,
}

/// Work on a private key.
#[derive(Clone, Debug, PartialEq)]
pub enum Locked {
    /// A session for PuTTY.
    Putty(Box<SavePutty>),
    /// The password of Windows' administrator.
    Password(Box<ShowPassword>),
}

impl From<SavePutty> for Locked {
    fn from(work: SavePutty) -> Self {
        Self::Putty(Box::new(work))
    }
}

impl From<ShowPassword> for Locked {
    fn from(work: ShowPassword) -> Self {
        Self::Password(Box::new(work))
    }
}

impl Locked {
    fn unlocked_by(&self, passphrase: Secret) -> Job {
        match self {
            Self::Putty(work) => work.unlocked_by(passphrase).into(),
            Self::Password(work) => work.unlocked_by(passphrase).into(),
        }
    }
}

impl UnlockDialog {
    /// The dialog for work about an instance.
    #[must_use]
    pub fn open(label: &str, work: impl Into<Locked>) -> Dialog {
        let field = Field::secret(PASSPHRASE, "key-input-passphrase").with_hint(text!("key-input-passphrase-hint"));
        Dialog::new(text!("unlock-title", name = label), vec![field], Self { work: work.into() })
    }
}

impl Asked for UnlockDialog {
    fn fit(&mut self, _form: &mut Form, _world: &mut World<'_>) -> Vec<(Text, Tone)> {
        match self.work {
            Locked::Putty(_) => vec![(text!("unlock-note-putty"), Tone::Plain)],
            Locked::Password(_) => Vec::new(),
        }
    }

    fn send(&mut self, form: &mut Form, _world: &mut World<'_>) -> Option<Job> {
        let Some(passphrase) = form.secret(PASSPHRASE) else {
            form.set_error(PASSPHRASE, text!("unlock-empty"));
            return None;
        };
        Some(self.work.unlocked_by(passphrase))
    }

    fn failed(&mut self, form: &mut Form, problem: &Problem, _job: &Job) {
        if problem.wants_passphrase()
            && let Some(field) = form.field_mut(PASSPHRASE)
        {
            field.set_value("");
        }
    }
}
