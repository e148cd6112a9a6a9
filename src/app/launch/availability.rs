//! Which of the launch flow's keys would do something now: the footer shows no others.

use super::{Launch, Step};
use crate::app::catalog::Catalog;
use crate::app::inventory::Inventory;
use crate::keymap::{Action, Key, KeyCode};

impl Launch {
    /// Whether `action` would do something in the step, or the run, that is shown.
    #[must_use]
    pub fn can(&self, action: Action, catalog: &Catalog, inventory: &Inventory) -> bool {
        if let Some(run) = &self.run {
            let failed = run.failure().is_some();
            return match action {
                Action::Choose | Action::CopySsh => run.instances(inventory).next().is_some(),
                Action::Retry => failed,
                Action::RemoveMade => failed && !run.ledger.is_empty(),
                Action::Leave => !run.is_writing(),
                _ => true,
            };
        }
        match action {
            Action::Left => !self.takes_as_text(action, Key::plain(KeyCode::Left)),
            Action::Right => !self.takes_as_text(action, Key::plain(KeyCode::Right)),
            Action::ToggleCredits => self.instance_type.chosen(catalog).is_some_and(|one| one.burstable),
            Action::PreviousStep => self.step != Step::Image,
            _ => true,
        }
    }
}
