//! A private key for PuTTY, or one of PuTTY's for ssh: which file, where to, and with what passphrase.

use super::key_fields::{INPUT_PASSPHRASE, Locked};
use super::{Asked, Dialog};
use crate::app::environment::Environment;
use crate::app::form::{Choice, Field, Form};
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::export_key::ExportKey;
use crate::app::world::World;
use crate::domain::key_file_name::key_file_name;
use crate::domain::key_pair::{KeyFileForm, LocalKey, PpkVersion};
use crate::domain::problem::Problem;
use crate::text;
use crate::text::Text;

const FROM: &str = "from";
const TO: &str = "to";
const VERSION: &str = "version";
const PASSPHRASE: &str = "passphrase";
const AGAIN: &str = "again";

/// A key that is being converted.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportKeyDialog {
    name: String,
    files: Vec<LocalKey>,
    /// The output as it follows from the input, until the person writes another.
    suggested: String,
    locked: Locked,
}

impl ExportKeyDialog {
    /// The dialog for a key pair whose private key is in these files.
    #[must_use]
    pub fn open(name: &str, files: Vec<LocalKey>, environment: &Environment) -> Dialog {
        let option = |value: String, label| Choice { value, label };
        let from = files
            .iter()
            .enumerate()
            .map(|(index, file)| option(index.to_string(), text!("words", words = environment.short_path(&file.path))));
        let versions = vec![
            option("3".to_owned(), text!("export-key-version-3")),
            option("2".to_owned(), text!("export-key-version-2")),
        ];
        let fields = vec![
            Field::choice(FROM, "export-key-from", from.collect()),
            Locked::field(),
            Field::text(TO, "export-key-to", "", 1_000).with_hint(text!("export-key-to-hint")),
            Field::choice(VERSION, "export-key-version", versions).with_hint(text!("export-key-version-hint")),
            Field::secret(PASSPHRASE, "export-key-passphrase").with_hint(text!("export-key-passphrase-hint")),
            Field::secret(AGAIN, "export-key-again"),
        ];
        let owner = Self { name: name.to_owned(), files, suggested: String::new(), locked: Locked::default() };
        let mut dialog = Dialog::new(text!("export-key-title", name = name), fields, owner);
        if dialog.form.field(FROM).is_some_and(|field| !field.has_several()) {
            dialog.form.focus_on(TO);
        }
        dialog
    }

    fn file(&self, form: &Form) -> Option<&LocalKey> {
        form.value(FROM).parse::<usize>().ok().and_then(|index| self.files.get(index))
    }

    /// Beside the private key, called after the key pair.
    fn suggestion(&self, file: &LocalKey, environment: &Environment) -> String {
        let pem = key_file_name(&self.name);
        let name = match file.form {
            KeyFileForm::Ppk => pem,
            _ => format!("{}.ppk", pem.strip_suffix(".pem").unwrap_or(&pem)),
        };
        environment.short_path(&file.path.with_file_name(name))
    }
}

impl Asked for ExportKeyDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let Some(file) = self.file(form).cloned() else { return Vec::new() };
        let from_putty = file.form == KeyFileForm::Ppk;
        self.locked.fit(&file.path, form);
        form.show(VERSION, !from_putty);
        let follows = form.value(TO) == self.suggested;
        self.suggested = self.suggestion(&file, world.environment);
        if follows && let Some(field) = form.field_mut(TO) {
            field.set_value(&self.suggested);
        }
        let note = if from_putty { text!("export-key-note-pem") } else { text!("export-key-note-ppk") };
        let mut notes = vec![(note, Tone::Plain)];
        if form.secret(PASSPHRASE).is_none() {
            notes.push((text!("export-key-no-passphrase"), Tone::Warning));
        }
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let file = self.file(form)?.clone();
        let to = world.environment.full_path(form.value(TO));
        if to.as_os_str().is_empty() {
            form.set_error(TO, text!("export-key-to-empty"));
        }
        let passphrase = form.secret(PASSPHRASE);
        if passphrase != form.secret(AGAIN) {
            form.set_error(AGAIN, text!("export-key-differs"));
        }
        if form.has_errors() {
            return None;
        }
        let job = ExportKey {
            name: self.name.clone(),
            from: file.path,
            to,
            for_putty: file.form != KeyFileForm::Ppk,
            input_passphrase: form.secret(INPUT_PASSPHRASE),
            output_passphrase: passphrase,
            ppk_version: if form.value(VERSION) == "2" { PpkVersion::V2 } else { PpkVersion::V3 },
        };
        Some(job.into())
    }

    fn failed(&mut self, form: &mut Form, problem: &Problem, job: &Job) {
        if let Job::ExportKey(job) = job {
            self.locked.after(&job.from, problem, form);
        }
    }
}
