//! Forms over the dashboard: a rule, a group, a tag, a key pair. A dialog is a [`Form`] with an owner ([`Asked`]) that
//! knows what its fields mean; sending it off begins a task, and the dialog stays open until that is done.

pub mod auto_stop;
pub mod export_key;
pub mod group;
pub mod import_key;
mod key_fields;
mod kind;
pub mod login;
pub mod my_address;
pub mod new_key;
pub mod rule;
pub mod tag;
pub mod unlock;

pub use self::kind::DialogKind;
use super::App;
use super::form::{Field, Form};
use super::modal::Modal;
use super::notice::Tone;
use super::tasks::{Job, TaskId};
use super::world::World;
use crate::domain::problem::Problem;
use crate::keymap::Context;
use crate::keymap::{Action, Key, KeyCode, resolve};
use crate::text;
use crate::text::Text;

/// A form over the dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// Above the form.
    pub title: Text,
    /// The fields.
    pub form: Form,
    /// What the answers mean, below the form; kept up to date while they change.
    pub notes: Vec<(Text, Tone)>,
    /// Why the last try failed, until something changes.
    pub problem: Option<Problem>,
    kind: DialogKind,
    task: Option<TaskId>,
}

/// What the owner of a form knows.
pub trait Asked {
    /// The form has changed or is shown for the first time: fits fields to one another, and says what the answers
    /// mean.
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)>;

    /// The work that the answers ask for; `None` when something is wrong, with the errors set in the form.
    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job>;

    /// What it was sent off for did not work: what the work has done by then is kept for the next try, and the form
    /// asks for what was missing.
    fn failed(&mut self, _form: &mut Form, _problem: &Problem, _job: &Job) {}
}

impl Dialog {
    /// A dialog before it is shown.
    #[must_use]
    pub fn new(title: Text, fields: Vec<Field>, kind: impl Into<DialogKind>) -> Self {
        Self { title, form: Form::new(fields), notes: Vec::new(), problem: None, kind: kind.into(), task: None }
    }

    /// Fits it to what is known now.
    pub fn fit(&mut self, world: &mut World<'_>) {
        self.notes = self.kind.asked().fit(&mut self.form, world);
    }

    /// Whether it has been sent off and nothing has come back yet.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.task.is_some()
    }

    /// The task that it has been sent off as.
    #[must_use]
    pub fn task(&self) -> Option<TaskId> {
        self.task
    }

    pub(super) fn sent(&mut self, task: TaskId) {
        self.task = Some(task);
        self.problem = None;
    }

    /// It was called off before anything was done: it can be changed and sent again.
    pub(super) fn called_off(&mut self) {
        self.task = None;
    }

    /// What it was sent off for did not work: it can be changed and sent again.
    pub(super) fn failed(&mut self, problem: Problem, job: &Job) {
        self.task = None;
        self.kind.asked().failed(&mut self.form, &problem, job);
        self.problem = Some(problem);
    }
}

impl App {
    /// Shows a form over the screen.
    pub(super) fn open_dialog(&mut self, mut dialog: Dialog) {
        self.in_world(|world| dialog.fit(world));
        self.lay_over(Modal::Dialog(Box::new(dialog)));
    }

    /// A key for the dialog on top: text where text is typed, else what it is bound to.
    pub(super) fn key_for_dialog(&mut self, key: Key) {
        let Some(Modal::Dialog(dialog)) = self.modals.last() else { return };
        let typing = dialog.form.focused().is_some_and(Field::is_text);
        let is_text = match key.code {
            KeyCode::Char(_) => !key.ctrl && !key.alt,
            KeyCode::Left | KeyCode::Right => true,
            _ => false,
        };
        match resolve(Context::Dialog, key) {
            Some(action) if !(typing && is_text) => self.act_on_dialog(action),
            _ => self.change_dialog(|form| form.focused_mut().is_some_and(|field| field.press(key))),
        }
    }

    /// Pasted text goes into the focused field.
    pub(super) fn paste_into_dialog(&mut self, text: &str) {
        self.change_dialog(|form| {
            if let Some(field) = form.focused_mut() {
                field.paste(text);
            }
            true
        });
    }

    fn act_on_dialog(&mut self, action: Action) {
        match action {
            Action::NextField | Action::Down => self.move_in_dialog(true),
            Action::PreviousField | Action::Up => self.move_in_dialog(false),
            Action::Left => self.change_dialog(|form| form.focused_mut().is_some_and(|field| field.turn(-1))),
            Action::Right => self.change_dialog(|form| form.focused_mut().is_some_and(|field| field.turn(1))),
            Action::Choose => self.send_dialog(),
            Action::Leave => self.leave_dialog(),
            _ => {}
        }
    }

    fn move_in_dialog(&mut self, forward: bool) {
        let Some(Modal::Dialog(dialog)) = self.modals.last_mut() else { return };
        let form = &mut dialog.form;
        let moved = if forward { form.focus_next() } else { form.focus_previous() };
        if !moved {
            // Round.
            if forward { form.focus_first() } else { form.focus_last() }
        }
    }

    fn change_dialog(&mut self, change: impl FnOnce(&mut Form) -> bool) {
        let Some(Modal::Dialog(dialog)) = self.modals.last_mut() else { return };
        if dialog.is_waiting() {
            return;
        }
        if change(&mut dialog.form) {
            dialog.problem = None;
            self.fit_dialog();
        }
    }

    /// What a dialog shows of the rest of the state follows it.
    pub(super) fn fit_dialog(&mut self) {
        let Some(Modal::Dialog(mut dialog)) = self.modals.pop_if(|modal| matches!(modal, Modal::Dialog(_))) else {
            return;
        };
        self.in_world(|world| dialog.fit(world));
        self.modals.push(Modal::Dialog(dialog));
    }

    fn send_dialog(&mut self) {
        let Some(Modal::Dialog(mut dialog)) = self.modals.pop_if(|modal| matches!(modal, Modal::Dialog(_))) else {
            return;
        };
        if dialog.is_waiting() {
            self.modals.push(Modal::Dialog(dialog));
            self.notify(text!("dialog-wait"), Tone::Plain);
            return;
        }
        dialog.form.clear_errors();
        let (job, wishes) = self.work_in_world(|world| {
            let Dialog { kind, form, .. } = dialog.as_mut();
            kind.asked().send(form, world)
        });
        if dialog.form.has_errors() {
            dialog.form.focus_first_error();
        }
        self.modals.push(Modal::Dialog(dialog));
        // A page that it shows lies over it.
        for wish in wishes {
            self.grant(wish);
        }
        if let Some(job) = job {
            self.begin_for_dialog(job);
        }
    }

    /// Leaves it; what it has sent off goes on, and tells its end at the bottom of the screen.
    fn leave_dialog(&mut self) {
        self.modals.pop();
    }
}
