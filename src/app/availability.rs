//! Whether an action can be done now, and if not, why: the footer shows only what can, the menu greys the rest with
//! the reason.

use super::App;
use super::panes::PaneKind;
use crate::domain::instance::{Instance, InstanceAction, InstanceState, Platform};
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
            let can = launch.can(action, &self.catalog, &self.inventory);
            return if can { Ok(()) } else { Err(text!("why-not-in-this-step")) };
        }
        match action {
            Action::Launch => {
                self.can_write()?;
                if self.session.region().is_none() {
                    return Err(text!("why-no-region"));
                }
                Ok(())
            }
            Action::Start => self.can_change(InstanceAction::Start),
            Action::Stop => self.can_change(InstanceAction::Stop),
            Action::Reboot => self.can_change(InstanceAction::Reboot),
            Action::Terminate => self.can_change(InstanceAction::Terminate),
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

    fn can_write(&self) -> Result<(), Text> {
        if self.environment.read_only { Err(text!("why-read-only")) } else { Ok(()) }
    }

    fn can_change(&self, action: InstanceAction) -> Result<(), Text> {
        self.can_write()?;
        let targets = self.targets();
        let Some(first) = targets.first() else { return Err(text!("why-nothing-selected")) };
        if targets.iter().any(|one| action.is_possible_in(self.state_of(one))) {
            return Ok(());
        }
        if targets.len() > 1 {
            return Err(text!("why-none-of-marked"));
        }
        Err(why_not(action, self.state_of(first)))
    }

    /// The state as it will be once what was asked for shows.
    fn state_of(&self, instance: &Instance) -> InstanceState {
        self.operations.requested_state(&instance.id, instance.state)
    }
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
