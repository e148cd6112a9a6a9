//! The tags of one resource over the dashboard: add, change and remove.

use super::App;
use super::dialogs::tag::TagDialog;
use super::modal::Modal;
use super::notice::Tone;
use super::panes::PaneKind;
use super::tasks::change::{Change, Reread};
use crate::domain::id::InstanceId;
use crate::domain::tag::Tag;
use crate::keymap::Action;
use crate::message::Write;
use crate::text;

/// The tags of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct TagsModal {
    /// In which pane it stands.
    pub pane: PaneKind,
    /// The resource's id.
    pub id: String,
    /// The key under the cursor.
    pub cursor: Option<String>,
    /// Where the cursor was last, for when its tag goes.
    pub position: usize,
}

impl TagsModal {
    /// Position of the cursor among the tags.
    #[must_use]
    pub fn index(&self, tags: &[Tag]) -> Option<usize> {
        if tags.is_empty() {
            return None;
        }
        let found = self.cursor.as_ref().and_then(|cursor| tags.iter().position(|tag| tag.key == *cursor));
        Some(found.unwrap_or_else(|| self.position.min(tags.len() - 1)))
    }

    /// What its changes make old.
    #[must_use]
    pub fn reread(&self) -> Reread {
        match self.pane {
            PaneKind::Instances | PaneKind::Details => Reread::Instance(InstanceId::new(self.id.as_str())),
            PaneKind::SecurityGroups => Reread::Groups,
            PaneKind::Addresses => Reread::Addresses(None),
            PaneKind::KeyPairs => Reread::KeyPairs,
        }
    }
}

impl App {
    /// Shows the tags of the selected row.
    pub(super) fn open_tags(&mut self) {
        let pane = self.panes.subject;
        if let Some(id) = self.selected_id(pane) {
            self.modals.push(Modal::Tags(TagsModal { pane, id, cursor: None, position: 0 }));
        }
    }

    /// The tags that are shown, `Name` first, the others by key.
    #[must_use]
    pub fn shown_tags(&self, modal: &TagsModal) -> Vec<Tag> {
        let inventory = &self.inventory;
        let tags = match modal.pane {
            PaneKind::Instances | PaneKind::Details => inventory.instances.get(&modal.id).map(|one| &one.tags),
            PaneKind::SecurityGroups => inventory.groups.get(&modal.id).map(|one| &one.tags),
            PaneKind::Addresses => inventory.addresses.get(&modal.id).map(|one| &one.tags),
            PaneKind::KeyPairs => inventory.key_pairs.get(&modal.id).map(|one| &one.tags),
        };
        let mut tags: Vec<Tag> = tags.cloned().unwrap_or_default();
        tags.sort_by_key(|tag| (tag.key != crate::domain::tag::NAME, tag.key.clone()));
        tags
    }

    /// The tag under the cursor.
    #[must_use]
    pub fn shown_tag(&self) -> Option<Tag> {
        let Some(Modal::Tags(modal)) = self.modals.last() else { return None };
        let tags = self.shown_tags(modal);
        modal.index(&tags).and_then(|index| tags.get(index).cloned())
    }

    pub(super) fn act_on_tags(&mut self, action: Action) {
        match action {
            Action::Down => self.move_among_tags(1),
            Action::Up => self.move_among_tags(-1),
            Action::PageDown => self.move_among_tags(10),
            Action::PageUp => self.move_among_tags(-10),
            Action::First => self.move_among_tags(isize::MIN),
            Action::Last => self.move_among_tags(isize::MAX),
            Action::Leave => {
                self.modals.pop();
            }
            _ => {
                if let Err(why) = self.availability(action) {
                    self.notify(why, Tone::Warning);
                    return;
                }
                let Some(Modal::Tags(modal)) = self.modals.last() else { return };
                let (modal, tag) = (modal.clone(), self.shown_tag());
                match (action, tag) {
                    (Action::NewTag, _) => self.open_dialog(TagDialog::open(&modal, None, self.shown_tags(&modal))),
                    (Action::EditTag, Some(tag)) => {
                        self.open_dialog(TagDialog::open(&modal, Some(&tag), self.shown_tags(&modal)));
                    }
                    (Action::RemoveTag, Some(tag)) => self.remove_tag(&modal, tag),
                    (Action::Undo, _) => self.undo_last(),
                    _ => {}
                }
            }
        }
    }

    fn move_among_tags(&mut self, step: isize) {
        let Some(Modal::Tags(modal)) = self.modals.last() else { return };
        let tags = self.shown_tags(modal);
        let Some(index) = modal.index(&tags) else { return };
        let index = index.saturating_add_signed(step).min(tags.len().saturating_sub(1));
        if let Some(Modal::Tags(modal)) = self.modals.last_mut() {
            modal.position = index;
            modal.cursor = tags.get(index).map(|tag| tag.key.clone());
        }
    }

    /// Easy to take back, so it does not ask.
    fn remove_tag(&mut self, modal: &TagsModal, tag: Tag) {
        let change = Change::new(
            text!("task-tags"),
            vec![Write::RemoveTags { resource: modal.id.clone(), keys: vec![tag.key.clone()] }],
            text!("done-remove-tag", key = tag.key.as_str()),
            modal.reread(),
        )
        .undone_by(
            text!("undo-tag", key = tag.key.as_str()),
            vec![Write::PutTags { resource: modal.id.clone(), tags: vec![tag] }],
        );
        self.begin(change.into());
    }
}
