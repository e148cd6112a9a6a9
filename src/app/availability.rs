//! Whether an action can be done now, and if not, why: the footer shows only what can, the menu greys the rest with
//! the reason.

use super::App;
use super::modal::Modal;
use super::panes::PaneKind;
use crate::domain::instance::{Instance, InstanceAction, InstanceState, Platform};
use crate::domain::security_group::{Rule, SecurityGroup};
use crate::keymap::Action;
use crate::text;
use crate::text::Text;

impl App {
    /// Whether `action` can be done now.
    ///
    /// # Errors
    /// Returns why not, in words for the person.
    pub fn availability(&self, action: Action) -> Result<(), Text> {
        if let Some(launch) = &self.launch {
            if action == Action::FillAllowance {
                self.has_allowance_to_fill()?;
            }
            let can = launch.can(action, &self.catalog, &self.inventory);
            return if can { Ok(()) } else { Err(text!("why-not-in-this-step")) };
        }
        if let Some(Modal::Doctor(doctor)) = self.modals.last() {
            return self.doctor_availability(doctor, action);
        }
        if let Some(Modal::Metrics(modal)) = self.modals.last() {
            return Self::metrics_availability(modal, action);
        }
        match action {
            Action::Launch => self.can_launch(),
            Action::Start => self.can_change(InstanceAction::Start),
            Action::Stop => self.can_change(InstanceAction::Stop),
            Action::Reboot => self.can_change(InstanceAction::Reboot),
            Action::Terminate => self.can_change(InstanceAction::Terminate),
            action if is_about_getting_in(action) => self.getting_in_availability(action),
            Action::AllowMyIp => self.can_allow_my_ip(),
            Action::Metrics => self.selected_instance().map(|_| ()).ok_or(text!("why-nothing-selected")),
            Action::AttachGroup | Action::Detach | Action::AutoStop => {
                self.can_write()?;
                let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
                if instance.state.is_ending() { Err(text!("why-terminated")) } else { Ok(()) }
            }
            Action::NewGroup | Action::NewRule => {
                self.can_write()?;
                if self.inventory.groups.is_known() { Ok(()) } else { Err(text!("why-not-read-yet")) }
            }
            Action::CopyGroup | Action::AttachToInstance | Action::DetachFromInstance => {
                self.can_write()?;
                self.selected_group().map(|_| ()).ok_or(text!("why-nothing-selected"))
            }
            Action::DeleteGroup => {
                self.can_write()?;
                let group = self.selected_group().ok_or(text!("why-nothing-selected"))?;
                if group.name == "default" { Err(text!("code-cannot-delete")) } else { Ok(()) }
            }
            Action::CloseToMe => {
                self.can_write()?;
                let group = self.group_in_question().ok_or(text!("why-nothing-selected"))?;
                let mut open = group.rules_open_to_world().peekable();
                if open.peek().is_none() {
                    return Err(text!("why-not-open"));
                }
                if open.any(Rule::has_id) { Ok(()) } else { Err(text!("why-no-rule-ids")) }
            }
            Action::EditRules if self.panes.focus == PaneKind::SecurityGroups => {
                self.selected_group().map(|_| ()).ok_or(text!("why-nothing-selected"))
            }
            Action::EditRules => {
                let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
                if instance.groups.is_empty() { Err(text!("why-no-groups")) } else { Ok(()) }
            }
            Action::EditRule | Action::DeleteRule => {
                self.can_write()?;
                let (_, rule) = self.shown_rule().ok_or(text!("why-nothing-selected"))?;
                let rule = rule.ok_or(text!("why-nothing-selected"))?;
                if rule.has_id() { Ok(()) } else { Err(text!("why-no-rule-ids")) }
            }
            Action::NewKey | Action::ImportKey | Action::DeleteKey | Action::ExportKey | Action::LockKey => {
                self.can_write()?;
                self.can_do_with_key_pairs(action)
            }
            Action::EditTags => self.selected_id(self.panes.subject).map(|_| ()).ok_or(text!("why-nothing-selected")),
            Action::NewTag => self.can_write(),
            Action::EditTag | Action::RemoveTag => self.can_change_tag(),
            action if is_about_addresses(action) => self.address_availability(action),
            Action::EndLeak => self.end_leak_availability(),
            Action::Leaks if self.session.region().is_none() => Err(text!("why-no-region")),
            Action::Undo => self.can_undo(),
            Action::SwitchRegion | Action::SwitchProfile if self.tasks.under_way() > 0 => {
                Err(text!("why-task-under-way", task = self.tasks.label().unwrap_or(text!("words", words = ""))))
            }
            Action::Menu | Action::CopyValue | Action::Mark => {
                let kind = if action == Action::Mark { PaneKind::Instances } else { self.panes.subject };
                self.selected_id(kind).map(|_| ()).ok_or(text!("why-nothing-selected"))
            }
            Action::CopySsh => {
                let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
                if instance.platform == Platform::Windows {
                    return Err(text!("why-windows-has-no-ssh"));
                }
                if instance.public_ip.is_none() && instance.private_ip.is_none() {
                    return Err(text!("no-ssh-command"));
                }
                Ok(())
            }
            Action::MarkAll | Action::Filter | Action::Sort => {
                if self.row_count(self.panes.focus) == 0 {
                    return Err(text!("why-list-is-empty"));
                }
                Ok(())
            }
            Action::ShowProblem => self.pane_problem(self.panes.subject).map(|_| ()).ok_or(text!("why-no-problem")),
            Action::SwitchProfile if self.environment.demo => Err(text!("why-demo-has-one-profile")),
            _ => Ok(()),
        }
    }

    /// Whether there may be a storage allowance that a volume could fill.
    pub(super) fn has_allowance_to_fill(&self) -> Result<(), Text> {
        if self.may_have_allowances() { Ok(()) } else { Err(text!("why-no-allowance")) }
    }

    fn can_launch(&self) -> Result<(), Text> {
        self.can_write()?;
        self.session.region().map(|_| ()).ok_or(text!("why-no-region"))
    }

    fn getting_in_availability(&self, action: Action) -> Result<(), Text> {
        if action == Action::RememberHosts {
            self.can_write()?;
            return self.can_remember_hosts();
        }
        if action == Action::LoginSettings {
            self.can_write()?;
        }
        let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
        match (action, instance.platform) {
            (Action::LoginSettings, Platform::Windows) => Err(text!("why-windows-has-no-ssh")),
            (Action::Connect, _) => can_be_entered(instance),
            _ => Ok(()),
        }
    }

    fn can_change_tag(&self) -> Result<(), Text> {
        self.can_write()?;
        let tag = self.shown_tag().ok_or(text!("why-nothing-selected"))?;
        if is_of_aws(&tag.key) {
            return Err(text!("why-tag-of-aws"));
        }
        // It is shown cleaned: EC2 knows it by another key.
        if tag.key.contains('\u{FFFD}') { Err(text!("why-tag-unreadable")) } else { Ok(()) }
    }

    fn can_undo(&self) -> Result<(), Text> {
        self.can_write()?;
        if self.tasks.is_taking_back() {
            return Err(text!("why-task-under-way", task = text!("task-undo")));
        }
        if self.undos.is_empty() { Err(text!("why-nothing-to-undo")) } else { Ok(()) }
    }

    fn can_allow_my_ip(&self) -> Result<(), Text> {
        self.can_write()?;
        if self.group_in_question().is_some() {
            return Ok(());
        }
        if self.panes.subject == PaneKind::SecurityGroups {
            return Err(text!("why-nothing-selected"));
        }
        let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
        if instance.state.is_ending() {
            return Err(text!("why-terminated"));
        }
        if instance.groups.is_empty() { Err(text!("why-no-groups")) } else { Ok(()) }
    }

    /// The group that a key is about: the one whose rules are shown, or the selected one in its own pane.
    fn group_in_question(&self) -> Option<&SecurityGroup> {
        match self.modals.last() {
            Some(Modal::Rules(modal)) => self.inventory.groups.get(modal.group.as_str()),
            _ if self.panes.subject == PaneKind::SecurityGroups => self.selected_group(),
            _ => None,
        }
    }

    pub(super) fn can_write(&self) -> Result<(), Text> {
        if self.environment.read_only { Err(text!("why-read-only")) } else { Ok(()) }
    }

    fn can_change(&self, action: InstanceAction) -> Result<(), Text> {
        self.can_write()?;
        let targets = self.targets();
        let Some(first) = targets.first() else { return Err(text!("why-nothing-selected")) };
        if targets.iter().any(|one| action.is_possible_in(self.state_of(one)) && !self.is_held(one, action)) {
            return Ok(());
        }
        if targets.len() > 1 {
            return Err(text!("why-none-of-marked"));
        }
        if self.is_held(first, action) {
            return Err(text!("why-type-changes"));
        }
        Err(why_not(action, self.state_of(first)))
    }

    /// Whether the instance is stopped and started by a change of its type: who stops it, too, ends up with the old
    /// type, or with a stopped server. It may be ended all the same.
    pub(super) fn is_held(&self, instance: &Instance, action: InstanceAction) -> bool {
        action != InstanceAction::Terminate && self.tasks.is_changing_type_of(&instance.id)
    }

    /// The state as it will be once what was asked for shows.
    fn state_of(&self, instance: &Instance) -> InstanceState {
        self.operations.requested_state(&instance.id, instance.state)
    }
}

fn is_about_getting_in(action: Action) -> bool {
    use Action::{Connect, Doctor, LoginSettings, RememberHosts, WaysIn};
    matches!(action, Connect | WaysIn | Doctor | LoginSettings | RememberHosts)
}

fn is_about_addresses(action: Action) -> bool {
    use Action::{AllocateAddress, Associate, Disassociate, FixedAddress, ReleaseAddress};
    matches!(action, AllocateAddress | Associate | Disassociate | ReleaseAddress | FixedAddress)
}

fn is_of_aws(key: &str) -> bool {
    key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:"))
}

fn why_not(action: InstanceAction, state: InstanceState) -> Text {
    use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};
    match (action, state) {
        (_, Terminated | ShuttingDown) => text!("why-terminated"),
        (InstanceAction::Start, Running) => text!("why-runs-already"),
        (InstanceAction::Stop, Stopped) => text!("why-stopped-already"),
        (InstanceAction::Reboot, Stopped) => text!("why-reboot-needs-running"),
        (_, Pending) => text!("why-still-starting"),
        (_, Stopping) => text!("why-still-stopping"),
        _ => text!("why-not-in-this-state"),
    }
}

/// Whether there is somebody to connect to.
///
/// # Errors
/// Why there is not.
pub(super) fn can_be_entered(instance: &Instance) -> Result<(), Text> {
    match instance.state {
        InstanceState::Running => Ok(()),
        InstanceState::Pending => Err(text!("why-still-starting")),
        _ => Err(text!("why-not-running")),
    }
}
