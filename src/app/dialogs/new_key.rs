//! A new key pair: its name, and what kind of key.

use super::key_fields::{NAME, is_taken, name_error, name_field};
use super::{Asked, Dialog};
use crate::app::form::{Choice, Field, Form};
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::new_key::{MadeKey, NewKey, Wanted};
use crate::app::world::World;
use crate::domain::key_file_name::key_file_name;
use crate::domain::key_pair::{KeyKind, RsaBits, check_key_name, same_public_key};
use crate::domain::problem::Problem;
use crate::text;
use crate::text::Text;

const KIND: &str = "kind";
const RSA_3072: &str = "rsa-3072";

/// A key pair that is being made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewKeyDialog {
    /// What earlier tries have left on this machine.
    made: Vec<MadeKey>,
}

impl NewKeyDialog {
    /// The dialog with nothing in it yet.
    #[must_use]
    pub fn open() -> Dialog {
        let option = |value: &str, label| Choice { value: value.to_owned(), label };
        let mut kinds = vec![option("ed25519", text!("new-key-ed25519"))];
        for bits in RsaBits::ALL {
            kinds.push(option(&format!("rsa-{}", bits.bits()), text!("new-key-rsa", bits = bits.bits().to_string())));
        }
        let fields = vec![name_field(""), Field::choice(KIND, "new-key-kind", kinds)];
        Dialog::new(text!("new-key-title"), fields, Self::default())
    }

    /// The key of an earlier try that is just what is wanted.
    fn made(&self, wanted: &Wanted) -> Option<&MadeKey> {
        self.made.iter().find(|made| made.wanted == *wanted)
    }

    /// Whether a key pair of this name is the one that an earlier try has made after all.
    fn is_ours(&self, wanted: &Wanted, world: &World<'_>) -> bool {
        let ours = self.made(wanted).and_then(|made| made.file.public_key.as_deref());
        let theirs = world.inventory.key_pair_named(&wanted.name).and_then(|pair| pair.public_key.as_deref());
        ours.zip(theirs).is_some_and(|(ours, theirs)| same_public_key(ours, theirs))
    }
}

fn wanted(form: &Form) -> Wanted {
    let kind = form.value(KIND);
    let bits = RsaBits::ALL.into_iter().find(|bits| kind == format!("rsa-{}", bits.bits()));
    Wanted {
        name: form.value(NAME).to_owned(),
        kind: if bits.is_some() { KeyKind::Rsa } else { KeyKind::Ed25519 },
        rsa_bits: bits.unwrap_or_default(),
    }
}

impl Asked for NewKeyDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let wanted = wanted(form);
        let hint = match form.value(KIND) {
            "ed25519" => text!("new-key-ed25519-hint"),
            RSA_3072 => text!("new-key-rsa-3072-hint"),
            _ => text!("new-key-rsa-hint"),
        };
        if let Some(field) = form.field_mut(KIND) {
            field.hint = Some(hint);
        }
        let path = world.environment.key_folder.join(key_file_name(&wanted.name));
        let shown = world.environment.short_path(&path);
        let is_name = check_key_name(&wanted.name).is_ok();
        let made = self.made(&wanted).is_some();
        if let Some(field) = form.field_mut(NAME) {
            field.note = match (is_name, made) {
                (false, _) => None,
                (true, false) => Some(text!("new-key-file", path = shown.as_str())),
                (true, true) => Some(text!("new-key-file-made", path = shown.as_str())),
            };
        }
        let mut notes = Vec::new();
        if is_taken(&wanted.name, world.inventory) && !self.is_ours(&wanted, world) {
            notes.push((text!("review-key-name-taken"), Tone::Warning));
        }
        let in_the_way = world.inventory.local_keys.value.iter().flatten().any(|file| file.path == path);
        if is_name && in_the_way && !made {
            notes.push((text!("new-key-file-there", path = shown), Tone::Warning));
        }
        notes.push((text!("new-key-note"), Tone::Plain));
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let wanted = wanted(form);
        if let Some(error) = name_error(&wanted.name, world.inventory)
            && !self.is_ours(&wanted, world)
        {
            form.set_error(NAME, error);
            return None;
        }
        let made = self.made(&wanted).cloned();
        let marker = world.outbox.unique_token();
        Some(NewKey::new(wanted, made, marker).into())
    }

    fn failed(&mut self, _form: &mut Form, _problem: &Problem, job: &Job) {
        if let Job::NewKey(job) = job
            && let Some(made) = job.made()
        {
            self.made.retain(|other| other.wanted.name != made.wanted.name);
            self.made.push(made.clone());
        }
    }
}
