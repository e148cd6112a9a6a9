//! The conversion of a private key for PuTTY, or back from it.

use std::path::PathBuf;

use super::{Event, Step, Work};
use crate::app::world::World;
use crate::domain::key_pair::PpkVersion;
use crate::domain::secret::Secret;
use crate::message::{LocalDone, LocalTask};
use crate::text;
use crate::text::Text;

/// Converting a key.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportKey {
    /// The key pair's name, for the header.
    pub name: String,
    /// The private key that is there.
    pub from: PathBuf,
    /// The file to write.
    pub to: PathBuf,
    /// Whether that is for PuTTY, and not from it.
    pub for_putty: bool,
    /// Opens `from`.
    pub input_passphrase: Option<Secret>,
    /// Encrypts `to`.
    pub output_passphrase: Option<Secret>,
    /// Of a `.ppk` file that is written.
    pub ppk_version: PpkVersion,
}

impl Work for ExportKey {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => Step::local(world.outbox.local(LocalTask::ExportKey {
                from: self.from.clone(),
                to: self.to.clone(),
                input_passphrase: self.input_passphrase.take(),
                output_passphrase: self.output_passphrase.take(),
                ppk_version: self.ppk_version,
                force: false,
            })),
            Event::Local(Ok(LocalDone::Exported { path })) => {
                let path = world.environment.short_path(path);
                Step::done(if self.for_putty {
                    text!("done-export-ppk", path = path)
                } else {
                    text!("done-export-pem", path = path)
                })
            }
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-export-key", name = self.name.as_str())
    }
}
