//! What the keys of the key pairs pane begin.

use super::App;
use super::dialogs::export_key::ExportKeyDialog;
use super::modal::{Confirm, Then};
use super::panes::PaneKind;
use super::tasks::change::{Change, Reread};
use super::tasks::lock_key::LockKey;
use crate::domain::key_pair::{KeyPair, LocalKey};
use crate::keymap::Action;
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// The most instances that a question names.
const MOST_NAMED: usize = 6;

impl App {
    /// Whether one of the pane's own actions can be done now; those of files on this machine need files there.
    pub(super) fn can_do_with_key_pairs(&self, action: Action) -> Result<(), Text> {
        match action {
            Action::NewKey | Action::ImportKey if !self.inventory.key_pairs.is_known() => {
                Err(text!("why-not-read-yet"))
            }
            Action::NewKey | Action::ImportKey => Ok(()),
            Action::DeleteKey => self.selected_key_pair().map(|_| ()).ok_or(text!("why-nothing-selected")),
            Action::LockKey if !self.selected_key_files()?.iter().any(|file| file.open_to_others) => {
                Err(text!("why-key-is-closed"))
            }
            _ => self.selected_key_files().map(|_| ()),
        }
    }

    /// The selected key pair, wherever the focus is.
    #[must_use]
    pub fn selected_key_pair(&self) -> Option<&KeyPair> {
        self.inventory.key_pairs.get(&self.selected_id(PaneKind::KeyPairs)?)
    }

    /// The files on this machine that hold the selected pair's private key, or why there are none.
    fn selected_key_files(&self) -> Result<Vec<&LocalKey>, Text> {
        let pair = self.selected_key_pair().ok_or(text!("why-nothing-selected"))?;
        if self.inventory.local_keys.value.is_none() {
            return Err(text!("why-not-read-yet"));
        }
        let files = self.inventory.local_keys_of(pair);
        if files.is_empty() { Err(text!("why-key-not-here")) } else { Ok(files) }
    }

    pub(super) fn with_selected_key_pair(&mut self, act: impl FnOnce(&mut Self, &KeyPair)) {
        if let Some(pair) = self.selected_key_pair().cloned() {
            act(self, &pair);
        }
    }

    /// `d` on a key pair: by id, after naming who uses it, and saying what stays.
    pub(super) fn delete_key_pair(&mut self, pair: &KeyPair) {
        let name = pair.name.as_str();
        let change = Change::new(
            text!("task-delete-key", name = name),
            vec![Write::DeleteKeyPair(pair.id.clone())],
            text!("done-delete-key", name = name),
            Reread::KeyPairs,
        );
        self.ask(Confirm {
            title: text!("delete-key-title", name = name, id = pair.id.as_str()),
            lines: self.consequences_of_deleting(pair),
            typed: None,
            yes: false,
            danger: true,
            then: Then::Begin(Box::new(change.into())),
        });
    }

    fn consequences_of_deleting(&self, pair: &KeyPair) -> Vec<Text> {
        let users: Vec<Text> = self
            .inventory
            .instances_with_key(&pair.name)
            .map(|one| match &one.name {
                Some(named) => text!("uses-instance-named", name = named.as_str(), id = &one.id),
                None => text!("uses-instance", id = &one.id),
            })
            .collect();
        let mut lines = Vec::new();
        if !self.inventory.instances.is_known() {
            lines.push(text!("delete-key-users-unknown"));
        } else if users.is_empty() {
            lines.push(text!("delete-key-unused"));
        } else {
            let more = users.len().saturating_sub(MOST_NAMED);
            lines.push(text!("delete-key-users", n = users.len()));
            lines.extend(users.into_iter().take(MOST_NAMED));
            if more > 0 {
                lines.push(text!("confirm-and-more", n = more));
            }
        }
        lines.push(text!("delete-key-servers-keep-it"));
        let files = self.inventory.local_keys_of(pair);
        let paths: Vec<String> = files.iter().map(|file| self.environment.short_path(&file.path)).collect();
        lines.push(if paths.is_empty() {
            text!("delete-key-no-file")
        } else {
            text!("delete-key-file-stays", paths = paths.join(", "))
        });
        lines
    }

    /// `p` on a key pair.
    pub(super) fn export_key(&mut self, pair: &KeyPair) {
        let files = self.inventory.local_keys_of(pair).into_iter().cloned().collect();
        self.open_dialog(ExportKeyDialog::open(&pair.name, files, &self.environment));
    }

    /// `m` on a key pair: every file of it that others can read.
    pub(super) fn lock_key(&mut self, pair: &KeyPair) {
        let files = self.inventory.local_keys_of(pair);
        let open = files.into_iter().filter(|file| file.open_to_others).map(|file| file.path.clone()).collect();
        self.begin(LockKey::new(pair.name.clone(), open).into());
    }
}
