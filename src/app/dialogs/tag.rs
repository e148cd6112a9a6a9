//! One tag of a resource: key and value.

use super::{Asked, Dialog};
use crate::app::form::{Field, Form};
use crate::app::notice::Tone;
use crate::app::tags::TagsModal;
use crate::app::tasks::Job;
use crate::app::tasks::change::{Change, Reread};
use crate::app::world::World;
use crate::domain::tag::{self, MOST_TAGS, Tag, TagProblem};
use crate::message::Write;
use crate::text;
use crate::text::Text;

const KEY: &str = "key";
const VALUE: &str = "value";

/// A tag that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct TagDialog {
    resource: String,
    /// The tag that is changed; `None`: a new one.
    old: Option<Tag>,
    others: Vec<Tag>,
    reread: Reread,
}

impl TagDialog {
    /// The dialog for a new tag, or for one that is there.
    #[must_use]
    pub fn open(modal: &TagsModal, old: Option<&Tag>, all: Vec<Tag>) -> Dialog {
        let title = if old.is_some() { text!("tag-title-edit") } else { text!("tag-title-new") };
        // The first tag that people want is the name.
        let suggested = if all.is_empty() { tag::NAME } else { "" };
        let fields = vec![
            Field::text(KEY, "launch-tags-key", old.map_or(suggested, |tag| &tag.key), 128),
            Field::text(VALUE, "launch-tags-value", old.map_or("", |tag| &tag.value), 256),
        ];
        let others = all.into_iter().filter(|other| old.is_none_or(|old| old.key != other.key)).collect();
        let owner = Self { resource: modal.id.clone(), old: old.cloned(), others, reread: modal.reread() };
        let mut dialog = Dialog::new(title, fields, owner);
        if !dialog.form.value(KEY).is_empty() {
            dialog.form.focus_on(VALUE);
        }
        dialog
    }
}

impl Asked for TagDialog {
    fn fit(&mut self, _form: &mut Form, _world: &mut World<'_>) -> Vec<(Text, Tone)> {
        Vec::new()
    }

    fn send(&mut self, form: &mut Form, _world: &mut World<'_>) -> Option<Job> {
        let new = Tag::new(form.value(KEY).trim(), form.value(VALUE).trim());
        if let Err(problem) = tag::check(&new) {
            let field = if problem == TagProblem::ValueTooLong { VALUE } else { KEY };
            form.set_error(field, crate::app::launch::tags::wording(problem));
            return None;
        }
        if self.others.iter().any(|other| other.key == new.key) {
            form.set_error(KEY, crate::app::launch::tags::wording(TagProblem::DuplicateKey));
            return None;
        }
        if self.old.is_none() && self.others.len() >= MOST_TAGS {
            form.set_error(KEY, crate::app::launch::tags::wording(TagProblem::TooMany));
            return None;
        }
        let resource = &self.resource;
        let put = |tag: Tag| Write::PutTags { resource: resource.clone(), tags: vec![tag] };
        let remove = |key: &str| Write::RemoveTags { resource: resource.clone(), keys: vec![key.to_owned()] };
        let (mut writes, mut back) = (vec![put(new.clone())], Vec::new());
        match &self.old {
            Some(old) if old.key == new.key => back.push(put(old.clone())),
            Some(old) => {
                writes.push(remove(&old.key));
                back.extend([put(old.clone()), remove(&new.key)]);
            }
            None => back.push(remove(&new.key)),
        }
        let said = text!("done-tag", key = new.key.as_str());
        Some(
            Change::new(text!("task-tags"), writes, said, self.reread.clone())
                .undone_by(text!("undo-tag", key = new.key.as_str()), back)
                .into(),
        )
    }
}
