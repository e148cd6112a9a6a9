//! Keys: the top layer gets them. A bound key acts, another one is text where text is being typed.

use super::App;
use super::extent::scrolled;
use super::form::TextInput;
use super::modal::{ChoiceModal, Confirm, Modal, PageContent, Picked, Purpose, Then};
use super::notice::Tone;
use super::panes::PaneKind;
use crate::keymap::{Action, Context, Key, resolve};
use crate::text;

impl App {
    pub(super) fn key(&mut self, key: Key) {
        self.notice = None;
        let context = self.context();
        if self.modals.is_empty() && self.launch.is_some() {
            if resolve(context, key) == Some(Action::FillAllowance)
                && let Err(why) = self.has_allowance_to_fill()
            {
                return self.notify(why, Tone::Warning);
            }
            self.with_launch(|launch, world| launch.key(key, world));
            return;
        }
        if context == Context::Dialog {
            self.key_for_dialog(key);
            return;
        }
        match (self.modals.is_empty(), resolve(context, key)) {
            (false, Some(action)) => self.act_on_modal(action),
            (false, None) => self.type_into_modal(key),
            (true, Some(action)) if context == Context::Filter => self.act_on_filter(action),
            (true, Some(action)) => self.act(action),
            (true, None) if context == Context::Filter => self.type_into_filter(key),
            (true, None) if context == Context::Details => self.act_on_subject(key),
            (true, None) => {}
        }
    }

    /// In the details, what can be done to their subject is one key away, too.
    fn act_on_subject(&mut self, key: Key) {
        match resolve(self.panes.subject.context(), key) {
            None | Some(Action::Mark | Action::MarkAll | Action::Filter | Action::Sort) => {}
            Some(action) => self.act(action),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.context() == Context::Dialog {
            self.paste_into_dialog(text);
        } else if let Some(modal) = self.modals.last_mut() {
            if let Some(field) = modal.field() {
                field.paste(text);
                modal.narrowed();
            }
        } else if self.launch.is_some() {
            self.with_launch(|launch, world| launch.paste(text, world));
        } else if self.context() == Context::Filter {
            let kind = self.panes.focus;
            self.panes.list_mut(kind).filter.paste(text);
        }
    }

    fn act_on_filter(&mut self, action: Action) {
        let kind = self.panes.focus;
        match action {
            Action::Leave => {
                let list = self.panes.list_mut(kind);
                list.filter = TextInput::default();
                list.filtering = false;
            }
            Action::Choose => self.panes.list_mut(kind).filtering = false,
            Action::Down => self.move_cursor(kind, 1),
            Action::Up => self.move_cursor(kind, -1),
            _ => {}
        }
    }

    fn type_into_filter(&mut self, key: Key) {
        let kind = self.panes.focus;
        self.panes.list_mut(kind).filter.press(key);
    }

    fn type_into_modal(&mut self, key: Key) {
        let Some(modal) = self.modals.last_mut() else { return };
        if modal.field().is_some_and(|field| field.press(key)) {
            modal.narrowed();
        }
    }

    fn act_on_modal(&mut self, action: Action) {
        match self.modals.last_mut() {
            Some(Modal::Choice(_)) => self.act_on_choice(action),
            Some(Modal::Confirm(_)) => self.act_on_confirm(action),
            Some(Modal::Page(page)) => {
                let screen = self.size.1.saturating_sub(4).max(1);
                match (scrolled(page.scroll, action, screen, self.extent.page), action) {
                    (Some(scroll), _) => page.scroll = scroll,
                    (None, Action::CopyValue) => self.copy_from_page(),
                    (None, _) => {
                        self.modals.pop();
                    }
                }
            }
            Some(Modal::Rules(_)) => self.act_on_rules(action),
            Some(Modal::Tags(_)) => self.act_on_tags(action),
            Some(Modal::Leaks(_) | Modal::Costs(_)) if action == Action::Help => {
                self.open_page(PageContent::Help(self.context()));
            }
            Some(Modal::Leaks(_)) => self.act_on_leaks(action),
            Some(Modal::Doctor(_)) => self.act_on_doctor(action),
            Some(Modal::Costs(_)) => self.act_on_costs(action),
            Some(Modal::Metrics(_)) => self.act_on_metrics(action),
            // Its keys go to it before they are resolved.
            Some(Modal::Dialog(_)) | None => {}
        }
    }

    fn act_on_choice(&mut self, action: Action) {
        let language = self.environment.language;
        let Some(Modal::Choice(choice)) = self.modals.last_mut() else { return };
        let count = choice.visible(language).len();
        match action {
            Action::Down => choice.cursor = (choice.cursor + 1).min(count.saturating_sub(1)),
            Action::Up => choice.cursor = choice.cursor.saturating_sub(1),
            Action::PageDown => choice.cursor = (choice.cursor + 10).min(count.saturating_sub(1)),
            Action::PageUp => choice.cursor = choice.cursor.saturating_sub(10),
            Action::Leave if choice.purpose == Purpose::FirstRegion => self.act(Action::Quit),
            Action::Leave => {
                let said = choice.on_leave.take();
                self.modals.pop();
                if let Some(said) = said {
                    self.notify(said, Tone::Warning);
                }
            }
            Action::Choose => self.choose(),
            _ => {}
        }
    }

    fn choose(&mut self) {
        let language = self.environment.language;
        let Some(Modal::Choice(choice)) = self.modals.last() else { return };
        let Some(item) = choice.visible(language).get(choice.cursor).map(|item| (*item).clone()) else { return };
        if let Some(why) = item.disabled {
            self.notify(why, Tone::Warning);
            return;
        }
        self.modals.pop();
        match item.picked {
            Picked::Action(action) => self.act(action),
            Picked::Region(_) | Picked::Profile(_) if self.tasks.under_way() > 0 => self.act(Action::SwitchRegion),
            Picked::Region(region) => {
                let profile = self.session.chosen_profile.clone();
                self.switch_session(profile, Some(region));
            }
            Picked::Profile(profile) => self.switch_session(Some(profile), None),
            Picked::Column(column) => self.sort_by(column),
            Picked::Begin(job) => {
                self.begin(*job);
            }
            Picked::Dialog(dialog) => self.open_dialog(*dialog),
            Picked::Choose(choice) => self.open_choice(*choice),
            Picked::Rules(group) => self.open_rules(group),
            Picked::Copy(text) => {
                self.notify(text!("copied", value = text.clone()), Tone::Good);
                self.outbox.copy(text);
            }
        }
    }

    fn act_on_confirm(&mut self, action: Action) {
        let Some(Modal::Confirm(confirm)) = self.modals.last_mut() else { return };
        match action {
            Action::Right => confirm.yes = !confirm.yes,
            Action::ToggleOption => {
                if let Some(option) = confirm.typed.as_mut().and_then(|typed| typed.option.as_mut()) {
                    option.on = !option.on;
                }
            }
            Action::Yes => self.confirmed(),
            Action::No | Action::Leave => self.refused(),
            Action::Choose => match &confirm.typed {
                Some(typed) if typed.fits() => self.confirmed(),
                Some(_) => self.notify(text!("confirm-word-differs"), Tone::Warning),
                None if confirm.yes => self.confirmed(),
                None => self.refused(),
            },
            _ => {}
        }
    }

    fn confirmed(&mut self) {
        let Some(Modal::Confirm(confirm)) = self.modals.pop() else { return };
        match confirm.then {
            Then::Instances { action, ids } => {
                let option = confirm.typed.and_then(|typed| typed.option).filter(|option| option.on);
                let writes = self.send(action, &ids);
                if let Some(option) = option {
                    self.release_after(&writes, option.release);
                }
            }
            Then::Quit => self.outbox.quit(),
            Then::Begin(job) => {
                self.begin(*job);
            }
            Then::Answer(task) => self.answer_task(task, true),
            then => self.with_launch(|launch, world| launch.confirmed(&then, world)),
        }
    }

    fn refused(&mut self) {
        if let Some(Modal::Confirm(Confirm { then: Then::Answer(task), .. })) = self.modals.pop() {
            self.answer_task(task, false);
        }
    }

    /// Moves the cursor of a list by rows; the details go back to their top.
    pub(super) fn move_cursor(&mut self, kind: PaneKind, step: isize) {
        let ids = self.visible_ids(kind);
        if let Some(index) = self.cursor_index(kind, &ids) {
            self.move_cursor_to(kind, index.saturating_add_signed(step));
        }
    }

    pub(super) fn open_choice(&mut self, choice: ChoiceModal) {
        self.lay_over(Modal::Choice(choice));
    }
}
