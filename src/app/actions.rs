//! What the dashboard's actions do, whether a key, the menu or the palette asked for them.

use super::App;
use super::dialogs::group::GroupDialog;
use super::dialogs::import_key::ImportKeyDialog;
use super::dialogs::new_key::NewKeyDialog;
use super::modal::{ChoiceItem, Confirm, ConfirmOption, Modal, PageContent, PageModal, Picked, Then, TypedWord};
use super::notice::Tone;
use super::operations::{Batch, BatchPart};
use super::panes::{Column, PaneKind, Sort};
use crate::domain::address::Address;
use crate::domain::id::{GroupId, InstanceId};
use crate::domain::instance::{GroupRef, Instance, InstanceAction, Platform};
use crate::domain::ssh_command::ssh_command;
use crate::keymap::Action;
use crate::message::{Read, Write, WriteId};
use crate::text;
use crate::text::Text;

impl App {
    /// Does what was asked, or says why it cannot be done now.
    pub(super) fn act(&mut self, action: Action) {
        if let Err(why) = self.availability(action) {
            self.notify(why, Tone::Warning);
            return;
        }
        let focus = self.panes.focus;
        match action {
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                self.move_in(focus, action);
            }
            Action::FocusInstances => self.panes.focus_on(PaneKind::Instances),
            Action::FocusGroups => self.panes.focus_on(PaneKind::SecurityGroups),
            Action::FocusAddresses => self.panes.focus_on(PaneKind::Addresses),
            Action::FocusKeys => self.panes.focus_on(PaneKind::KeyPairs),
            Action::FocusDetails => self.panes.focus_on(PaneKind::Details),
            Action::NextPane => self.panes.focus_by(1),
            Action::PreviousPane => self.panes.focus_by(-1),
            Action::Zoom => self.panes.zoomed = !self.panes.zoomed,
            Action::Filter => self.panes.list_mut(focus).filtering = true,
            Action::Sort => self.choose_sort(),
            Action::Refresh => {
                if self.session.problem.is_some() {
                    self.reopen_session();
                }
                self.costs.forget_refusals();
                self.inventory.ask_types_again(&self.catalog.types);
                self.refresh_all();
                self.scan_keys();
            }
            Action::Help => self.open_page(PageContent::Help(self.context())),
            Action::Palette => self.choose_command(),
            Action::Menu => self.choose_from_menu(),
            Action::SwitchRegion => self.choose_region(),
            Action::SwitchProfile => self.choose_profile(),
            Action::ShowProblem => {
                if let Some(problem) = self.pane_problem(self.panes.subject).cloned() {
                    self.show_problem(problem);
                }
            }
            Action::CopyValue => self.copy_value(),
            Action::CopySsh => self.copy_ssh(),
            Action::Mark => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::Leave => self.leave_layer(),
            Action::Quit => self.quit(),
            Action::Launch => self.open_launch(),
            Action::Start => {
                self.confirm_start(self.targets_of(InstanceAction::Start));
            }
            Action::Stop => self.confirm_stop(self.targets_of(InstanceAction::Stop)),
            Action::Reboot => self.confirm_reboot(self.targets_of(InstanceAction::Reboot)),
            Action::Terminate => self.confirm_terminate(),
            Action::Connect => self.connect_to_selected(),
            Action::Doctor => self.examine_selected(),
            Action::Costs => self.open_costs(),
            Action::Metrics => self.open_metrics(),
            Action::WaysIn => self.choose_way_in(),
            Action::LoginSettings => self.edit_login(),
            Action::RememberHosts => self.remember_hosts(),
            Action::AllowMyIp => self.allow_my_ip(),
            Action::AttachGroup => self.choose_group_to_attach(),
            Action::Detach => self.choose_what_to_detach(),
            Action::NewGroup => self.open_dialog(GroupDialog::new_group(&self.catalog, &self.inventory)),
            Action::CopyGroup => {
                if let Some(group) = self.selected_group() {
                    self.open_dialog(GroupDialog::copy(group, &self.catalog, &self.inventory));
                }
            }
            Action::DeleteGroup => self.with_selected_group(Self::delete_group),
            Action::CloseToMe => self.with_selected_group(Self::close_to_me),
            Action::AttachToInstance => self.choose_instance_to_attach_to(),
            Action::DetachFromInstance => self.choose_instance_to_detach_from(),
            Action::EditRules => self.edit_rules(),
            Action::NewKey => self.open_dialog(NewKeyDialog::open()),
            Action::ImportKey => self.open_dialog(ImportKeyDialog::open(&self.inventory, &self.environment)),
            Action::DeleteKey => self.with_selected_key_pair(Self::delete_key_pair),
            Action::ExportKey => self.with_selected_key_pair(Self::export_key),
            Action::LockKey => self.with_selected_key_pair(Self::lock_key),
            Action::AllocateAddress => self.allocate_address(),
            Action::Associate => self.choose_instance_for_address(),
            Action::Disassociate => self.disassociate_address(),
            Action::ReleaseAddress => self.release_address(),
            Action::FixedAddress => self.give_fixed_address(),
            Action::EditTags => self.open_tags(),
            Action::AutoStop => self.edit_auto_stop(),
            Action::Leaks => self.open_leaks(),
            Action::Undo => self.undo_last(),
            _ => {}
        }
    }

    fn with_selected_group(&mut self, act: impl FnOnce(&mut Self, &GroupId)) {
        if let Some(id) = self.selected_group().map(|group| group.id.clone()) {
            act(self, &id);
        }
    }

    /// The rules of the selected group, or of the selected instance's; of several groups one is chosen.
    fn edit_rules(&mut self) {
        if self.panes.focus == PaneKind::SecurityGroups {
            return self.with_selected_group(|app, id| app.open_rules(id.clone()));
        }
        let Some(instance) = self.selected_instance().cloned() else { return };
        if let [only] = instance.groups.as_slice() {
            return self.open_rules(only.id.clone());
        }
        let item = |group: &GroupRef| ChoiceItem {
            label: text!("words", words = group.name.as_str()),
            note: Some(text!("words", words = &group.id)),
            key: None,
            disabled: None,
            picked: Picked::Rules(group.id.clone()),
        };
        let items = instance.groups.iter().map(item).collect();
        let title = text!("rules-of-which", name = instance.label());
        self.choose_object(title, items, &text!("why-no-groups"));
    }

    /// The failure that a pane shows: of the session, or of its own list.
    #[must_use]
    pub fn pane_problem(&self, kind: PaneKind) -> Option<&crate::domain::problem::Problem> {
        let own = match kind {
            PaneKind::Instances | PaneKind::Details => {
                let lines = self.metrics.sparklines.last.problem.as_ref().filter(|_| self.shows_sparklines());
                self.inventory.instances.problem.as_ref().or(lines)
            }
            PaneKind::SecurityGroups => self.inventory.groups.problem.as_ref(),
            PaneKind::Addresses => self.inventory.addresses.problem.as_ref(),
            PaneKind::KeyPairs => self.inventory.key_pairs.problem.as_ref(),
        };
        self.session.problem.as_ref().or(own)
    }

    /// The selected instance, wherever the focus is.
    #[must_use]
    pub fn selected_instance(&self) -> Option<&Instance> {
        self.inventory.instances.get(&self.selected_id(PaneKind::Instances)?)
    }

    /// The instances that an action would go to: the marked ones, or the selected one.
    #[must_use]
    pub fn targets(&self) -> Vec<&Instance> {
        let marks = &self.panes.list(PaneKind::Instances).marks;
        if marks.is_empty() {
            return self.selected_instance().into_iter().collect();
        }
        self.inventory.instances.rows.iter().filter(|one| marks.contains(one.id.as_str())).collect()
    }

    /// Those targets whose state allows the action.
    fn targets_of(&self, action: InstanceAction) -> Vec<InstanceId> {
        let can = |one: &&Instance| action.is_possible_in(one.state) && !self.is_held(one, action);
        self.targets().into_iter().filter(can).map(|one| one.id.clone()).collect()
    }

    /// Sends one write for each instance; gives them in the same order.
    pub(super) fn send(&mut self, action: InstanceAction, ids: &[InstanceId]) -> Vec<(InstanceId, WriteId)> {
        let parts: Vec<BatchPart> = ids
            .iter()
            .map(|id| BatchPart {
                id: id.clone(),
                label: self.inventory.instance(id).map_or(id.as_str(), Instance::label).to_owned(),
                write: self.outbox.write(Write::Instance { action, id: id.clone() }),
                outcome: None,
            })
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let writes = parts.iter().map(|part| (part.id.clone(), part.write)).collect();
        self.operations.begin(Batch { action, parts });
        self.doctor_waits_for(ids);
        self.panes.list_mut(PaneKind::Instances).marks.clear();
        self.schedule_poll();
        writes
    }

    /// Starts them: at once where nothing of a free tier can be lost, else after the new forecast was shown.
    pub(super) fn confirm_start(&mut self, ids: Vec<InstanceId>) {
        let more = self.more_by_starting(ids.iter().filter_map(|id| self.inventory.instance(id)));
        let forecast = self.free_tier_with(&more).lines();
        if forecast.is_empty() {
            self.send(InstanceAction::Start, &ids);
            return;
        }
        let mut lines = self.lines_naming(&ids);
        lines.extend(forecast);
        self.ask_about(text!("confirm-start", n = ids.len()), lines, InstanceAction::Start, ids, None);
    }

    pub(super) fn confirm_stop(&mut self, ids: Vec<InstanceId>) {
        let mut lines = self.lines_naming(&ids);
        let loses_address = |id: &InstanceId| {
            self.inventory.instance(id).is_some_and(|one| one.public_ip.is_some())
                && self.inventory.address_of(id).is_none()
        };
        if ids.iter().any(loses_address) {
            lines.push(text!("stop-address-changes"));
        }
        if ids.iter().any(|id| self.inventory.address_of(id).is_some()) {
            lines.push(text!("stop-address-costs"));
        }
        let has_own_disks = |id: &InstanceId| {
            let kind = self.inventory.instance(id).map(|one| one.instance_type.as_str());
            kind.and_then(|name| self.catalog.types.get(name)).is_some_and(|known| known.instance_storage_gb > 0)
        };
        if ids.iter().any(has_own_disks) {
            lines.push(text!("stop-erases-instance-store"));
        }
        lines.push(text!("stop-volumes-cost"));
        let title = text!("confirm-stop", n = ids.len());
        self.ask_about(title, lines, InstanceAction::Stop, ids, None);
    }

    pub(super) fn confirm_reboot(&mut self, ids: Vec<InstanceId>) {
        let mut lines = self.lines_naming(&ids);
        lines.push(text!("reboot-keeps-everything"));
        let title = text!("confirm-reboot", n = ids.len());
        self.ask_about(title, lines, InstanceAction::Reboot, ids, None);
    }

    fn confirm_terminate(&mut self) {
        self.confirm_terminate_of(self.targets_of(InstanceAction::Terminate), Vec::new());
    }

    /// Asks before these instances are terminated; `more` is what else is to be said of them.
    pub(super) fn confirm_terminate_of(&mut self, ids: Vec<InstanceId>, more: Vec<Text>) {
        let mut lines = self.lines_naming(&ids);
        lines.push(text!("terminate-is-final"));
        lines.extend(more);
        let kept: usize = ids
            .iter()
            .filter_map(|id| self.inventory.instance(id))
            .flat_map(|one| &one.volumes)
            .filter(|volume| !volume.delete_on_termination)
            .count();
        if kept > 0 {
            lines.push(text!("terminate-keeps-volumes", n = kept));
        }
        let held: Vec<Address> = ids.iter().flat_map(|id| self.inventory.addresses_of(id)).cloned().collect();
        for address in &held {
            lines.push(text!("terminate-keeps-address", address = address.ip));
        }
        let option = match held.as_slice() {
            [] => None,
            [one] => Some(text!("terminate-also-release", address = one.ip)),
            several => Some(text!("terminate-also-release-several", n = several.len())),
        };
        let option = option.map(|label| ConfirmOption { label, on: false, release: held });
        let expected = match ids.as_slice() {
            [id] => {
                let mut words = vec![id.as_str().to_owned()];
                words.extend(self.inventory.instance(id).and_then(|one| one.name.clone()));
                words
            }
            // Several: the number, so that nobody ends ten servers by typing one name.
            several => vec![several.len().to_string()],
        };
        for id in &ids {
            self.outbox.read(Read::TerminationProtection(id.clone()));
        }
        let title = text!("confirm-terminate", n = ids.len());
        let typed = TypedWord { expected, input: super::form::TextInput::default(), option };
        self.ask_about(title, lines, InstanceAction::Terminate, ids, Some(typed));
    }

    /// An instance that is about to be terminated is protected: says so in the question, before EC2 refuses.
    pub(super) fn warn_of_protection(&mut self, id: &InstanceId) {
        let label = self.inventory.instance(id).map_or(id.as_str(), Instance::label).to_owned();
        let Some(Modal::Confirm(confirm)) = self.modals.last_mut() else { return };
        if matches!(&confirm.then, Then::Instances { action: InstanceAction::Terminate, ids } if ids.contains(id)) {
            confirm.lines.push(text!("terminate-is-protected", name = label));
        }
    }

    fn ask_about(
        &mut self,
        title: Text,
        lines: Vec<Text>,
        action: InstanceAction,
        ids: Vec<InstanceId>,
        typed: Option<TypedWord>,
    ) {
        let danger = action == InstanceAction::Terminate;
        self.ask(Confirm { title, lines, typed, yes: false, danger, then: Then::Instances { action, ids } });
    }

    fn lines_naming(&self, ids: &[InstanceId]) -> Vec<Text> {
        const MOST: usize = 8;
        let mut lines: Vec<Text> = ids
            .iter()
            .take(MOST)
            .map(|id| match self.inventory.instance(id).and_then(|one| one.name.as_deref()) {
                Some(name) => text!("confirm-instance", name = name, id = id),
                None => text!("words", words = id),
            })
            .collect();
        if ids.len() > MOST {
            lines.push(text!("confirm-and-more", n = ids.len() - MOST));
        }
        lines
    }

    fn move_in(&mut self, kind: PaneKind, action: Action) {
        let page = isize::try_from(self.size.1 / 2).unwrap_or(1).max(1);
        if kind == PaneKind::Details {
            let page = self.size.1 / 2;
            let scroll = self.panes.details_scroll;
            self.panes.details_scroll = match action {
                Action::Down => scroll.saturating_add(1),
                Action::Up => scroll.saturating_sub(1),
                Action::PageDown => scroll.saturating_add(page),
                Action::PageUp => scroll.saturating_sub(page),
                Action::First => 0,
                _ => self.extent.details,
            }
            .min(self.extent.details);
            return;
        }
        match action {
            Action::Down => self.move_cursor(kind, 1),
            Action::Up => self.move_cursor(kind, -1),
            Action::PageDown => self.move_cursor(kind, page),
            Action::PageUp => self.move_cursor(kind, -page),
            Action::First => self.move_cursor_to(kind, 0),
            _ => self.move_cursor_to(kind, usize::MAX),
        }
    }

    fn mark(&mut self) {
        let Some(id) = self.selected_id(PaneKind::Instances) else { return };
        let marks = &mut self.panes.list_mut(PaneKind::Instances).marks;
        if !marks.remove(&id) {
            marks.insert(id);
        }
        self.move_cursor(PaneKind::Instances, 1);
    }

    fn mark_all(&mut self) {
        let ids = self.visible_ids(PaneKind::Instances);
        let marks = &mut self.panes.list_mut(PaneKind::Instances).marks;
        if ids.iter().all(|id| marks.contains(id)) {
            marks.clear();
        } else {
            marks.extend(ids);
        }
    }

    pub(super) fn sort_by(&mut self, column: Column) {
        let list = self.panes.list_mut(self.panes.focus);
        list.sort = match list.sort {
            Some(sort) if sort.column == column && sort.descending => None,
            Some(sort) if sort.column == column => Some(Sort { column, descending: true }),
            _ => Some(Sort { column, descending: false }),
        };
    }

    /// One layer less: marks, then a filter, then the zoom.
    fn leave_layer(&mut self) {
        let focus = self.panes.focus;
        let list = self.panes.list_mut(focus);
        if !list.marks.is_empty() {
            list.marks.clear();
        } else if !list.filter.value().is_empty() {
            list.filter = super::form::TextInput::default();
        } else {
            self.panes.zoomed = false;
        }
    }

    fn quit(&mut self) {
        let under_way = self.operations.under_way() + self.tasks.under_way();
        let mut lines = self.tasks.left_behind();
        if under_way == 0 && lines.is_empty() {
            self.outbox.quit();
            return;
        }
        lines.insert(0, text!("quit-writes-under-way", n = under_way));
        self.ask(Confirm {
            title: text!("confirm-quit"),
            lines,
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        });
    }

    fn copy_value(&mut self) {
        let Some(value) = self.value_to_copy() else { return };
        self.notify(text!("copied", value = value.clone()), Tone::Good);
        self.outbox.copy(value);
    }

    /// The password on the page; other pages have nothing to copy.
    pub(super) fn copy_from_page(&mut self) {
        match self.modals.last() {
            Some(Modal::Page(PageModal { content: PageContent::Password { secret, .. }, .. })) => {
                self.outbox.copy(secret.as_str().to_owned());
                self.notify(text!("password-copied"), Tone::Good);
            }
            Some(Modal::Page(PageModal { content: PageContent::ToCopy { copy, .. }, .. })) => {
                self.outbox.copy(copy.clone());
                self.notify(text!("page-copied"), Tone::Good);
            }
            _ => {}
        }
    }

    /// The row's address where it has one, else its id.
    fn value_to_copy(&self) -> Option<String> {
        let subject = self.panes.subject;
        let id = self.selected_id(subject)?;
        Some(match subject {
            PaneKind::Instances | PaneKind::Details => {
                let instance = self.inventory.instances.get(&id)?;
                instance.public_ip.map_or_else(|| id.clone(), |ip| ip.to_string())
            }
            PaneKind::Addresses => self.inventory.addresses.get(&id)?.ip.to_string(),
            PaneKind::KeyPairs => self.inventory.key_pairs.get(&id)?.name.clone(),
            PaneKind::SecurityGroups => id,
        })
    }

    fn copy_ssh(&mut self) {
        match self.ssh_command_of_selected() {
            Some(command) => {
                self.notify(text!("copied", value = command.clone()), Tone::Good);
                self.outbox.copy(command);
            }
            None => self.notify(text!("no-ssh-command"), Tone::Warning),
        }
    }

    /// The ready ssh command of the selected instance, when it has an address.
    #[must_use]
    pub fn ssh_command_of_selected(&self) -> Option<String> {
        let instance = self.selected_instance()?;
        if instance.platform == Platform::Windows {
            return None;
        }
        let host = instance.public_ip.or(instance.private_ip)?.to_string();
        let key = instance
            .key_name
            .as_deref()
            .and_then(|name| self.inventory.key_pair_named(name))
            .and_then(|pair| self.inventory.local_key_of(pair))
            .map(|key| self.environment.short_path(&key.path));
        ssh_command(self.login_user(instance), &host, key.as_deref())
    }

    /// Who logs in to an instance, from its image; a guess from the platform when the image is gone.
    #[must_use]
    pub fn login_user(&self, instance: &Instance) -> &'static str {
        match self.inventory.images.get(&instance.image) {
            Some(Some(image)) => image.login_user(),
            _ => crate::domain::image::login_user("", "", instance.platform),
        }
    }

    /// Asks for the first region: none is configured anywhere.
    pub(super) fn ask_first_region(&mut self) {
        let choice = self.region_choice(super::modal::Purpose::FirstRegion);
        self.modals.retain(|modal| !matches!(modal, Modal::Choice(_)));
        self.open_choice(choice);
    }

    fn choose_region(&mut self) {
        self.catalog.ask_regions(&mut self.outbox);
        let choice = self.region_choice(super::modal::Purpose::Region);
        self.open_choice(choice);
    }
}
