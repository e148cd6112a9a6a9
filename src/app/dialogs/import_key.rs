//! A key that the person has, for EC2: which file, and under what name.

use std::path::{Path, PathBuf};

use super::key_fields::{INPUT_PASSPHRASE, Locked, NAME, is_taken, name_error, name_field};
use super::{Asked, Dialog};
use crate::app::environment::Environment;
use crate::app::form::{Choice, Field, Form};
use crate::app::inventory::Inventory;
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::import_key::ImportKey;
use crate::app::world::World;
use crate::domain::problem::Problem;
use crate::text;
use crate::text::Text;

const FOUND: &str = "found";
const PATH: &str = "path";

/// A key that is being imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportKeyDialog {
    /// Private keys on this machine that are in no key pair yet.
    found: Vec<PathBuf>,
    /// The name as it follows from the file, until the person writes another.
    suggested: String,
    locked: Locked,
    /// What was sent last, and its request tag: trying the same again is the same request.
    sent: Option<(PathBuf, String, String)>,
}

impl ImportKeyDialog {
    /// The dialog with the first key that is in no key pair yet, if there is any.
    #[must_use]
    pub fn open(inventory: &Inventory, environment: &Environment) -> Dialog {
        let mut owner = Self::default();
        let options = owner.options(inventory, environment);
        let fields = vec![
            Field::choice(FOUND, "import-key-found", options).with_hint(text!("import-key-found-hint")),
            Field::text(PATH, "import-key-path", "", 1_000).with_hint(text!("import-key-path-hint")),
            Locked::field(),
            name_field(""),
        ];
        let mut dialog = Dialog::new(text!("import-key-title"), fields, owner.clone());
        if owner.found.is_empty() {
            dialog.form.focus_on(PATH);
        }
        dialog
    }

    fn options(&mut self, inventory: &Inventory, environment: &Environment) -> Vec<Choice> {
        self.found = inventory.unpaired_local_keys().into_iter().map(|key| key.path.clone()).collect();
        let found = self.found.iter().map(|path| Choice {
            value: path.display().to_string(),
            label: text!("words", words = environment.short_path(path)),
        });
        found.chain([Choice { value: String::new(), label: text!("import-key-other") }]).collect()
    }

    /// The chosen file: one of those found, or what was typed.
    fn path(&self, form: &Form, environment: &Environment) -> PathBuf {
        let chosen = form.value(FOUND);
        let found = self.found.iter().find(|path| path.display().to_string() == chosen);
        found.cloned().unwrap_or_else(|| environment.full_path(form.value(PATH)))
    }
}

/// A name for the key pair after the file.
fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = [".pub", ".pem", ".ppk", ".key"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    stem.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(255).collect::<String>().trim().to_owned()
}

impl Asked for ImportKeyDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let options = self.options(world.inventory, world.environment);
        if let Some(field) = form.field_mut(FOUND) {
            field.set_options(options);
        }
        form.show(FOUND, !self.found.is_empty());
        form.show(PATH, form.value(FOUND).is_empty());
        let path = self.path(form, world.environment);
        self.locked.fit(&path, form);
        let follows = form.value(NAME) == self.suggested;
        self.suggested = name_of(&path);
        if follows && let Some(field) = form.field_mut(NAME) {
            field.set_value(&self.suggested);
        }
        let mut notes = Vec::new();
        if is_taken(form.value(NAME), world.inventory) {
            notes.push((text!("review-key-name-taken"), Tone::Warning));
        }
        notes.push((text!("import-key-note"), Tone::Plain));
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let path = self.path(form, world.environment);
        if path.as_os_str().is_empty() {
            form.set_error(PATH, text!("import-key-path-empty"));
        }
        let name = form.value(NAME).to_owned();
        if let Some(error) = name_error(&name, world.inventory) {
            form.set_error(NAME, error);
        }
        if form.has_errors() {
            return None;
        }
        let marker = match &self.sent {
            Some((sent, named, marker)) if *sent == path && *named == name => marker.clone(),
            _ => world.outbox.unique_token(),
        };
        self.sent = Some((path.clone(), name.clone(), marker.clone()));
        Some(ImportKey::new(path, form.secret(INPUT_PASSPHRASE), name, marker).into())
    }

    fn failed(&mut self, form: &mut Form, problem: &Problem, job: &Job) {
        if let Job::ImportKey(job) = job {
            self.locked.after(job.path(), problem, form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pair_is_called_after_its_file() {
        for (path, name) in [
            ("/home/me/.ssh/id_ed25519.pub", "id_ed25519"),
            ("~/laptop.pem", "laptop"),
            ("office.ppk", "office"),
            ("web.v1", "web.v1"),
            ("/keys/팀 1", "1"),
            ("/keys/..", ""),
            ("", ""),
        ] {
            assert_eq!(name_of(Path::new(path)), name, "{path}");
        }
    }
}
