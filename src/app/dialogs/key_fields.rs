//! What the dialogs about keys have in common: the name of a key pair, and passphrases that are asked for when they
//! turn out to be needed.

use std::path::{Path, PathBuf};

use crate::app::form::{Field, Form};
use crate::app::inventory::Inventory;
use crate::app::launch::review::key::words_of;
use crate::domain::key_pair::check_key_name;
use crate::domain::problem::Problem;
use crate::text;
use crate::text::Text;

/// The field with a key pair's name.
pub(super) const NAME: &str = "name";
/// The field with the passphrase that opens a file.
pub(super) const INPUT_PASSPHRASE: &str = "input-passphrase";

/// The field for a key pair's name.
pub(super) fn name_field(value: &str) -> Field {
    Field::text(NAME, "review-key-name", value, 255)
}

/// What is wrong with a key pair's name.
pub(super) fn name_error(name: &str, inventory: &Inventory) -> Option<Text> {
    match check_key_name(name) {
        Err(problem) => Some(words_of(problem)),
        Ok(()) => is_taken(name, inventory).then(|| text!("review-key-name-taken")),
    }
}

/// Whether a key pair of the region has the name.
pub(super) fn is_taken(name: &str, inventory: &Inventory) -> bool {
    inventory.key_pair_named(name).is_some()
}

/// A file that wants a passphrase, once that is known: only then is there a field for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locked(Option<PathBuf>);

impl Locked {
    /// The field for the passphrase of a file, not shown yet.
    pub(super) fn field() -> Field {
        Field::secret(INPUT_PASSPHRASE, "key-input-passphrase").with_hint(text!("key-input-passphrase-hint")).hidden()
    }

    /// Shows the field while this file is the chosen one.
    pub(super) fn fit(&self, chosen: &Path, form: &mut Form) {
        form.show(INPUT_PASSPHRASE, self.0.as_deref() == Some(chosen));
    }

    /// A try with this file has failed: asks for the passphrase if that would help.
    pub(super) fn after(&mut self, path: &Path, problem: &Problem, form: &mut Form) {
        if problem.wants_passphrase() {
            self.0 = Some(path.to_owned());
            if let Some(field) = form.field_mut(INPUT_PASSPHRASE) {
                field.set_value("");
            }
            form.focus_on(INPUT_PASSPHRASE);
        }
    }
}
