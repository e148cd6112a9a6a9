//! Which of the launch flow's keys would do something now: the footer shows no others.

use super::{Launch, Step};
use crate::app::catalog::Catalog;
use crate::app::inventory::Inventory;
use crate::domain::problem::Problem;
use crate::keymap::{Action, Key, KeyCode};

impl Launch {
    /// The failure that the run or the review shows, for its details.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match &self.run {
            Some(run) => run.problem(),
            None if self.step == Step::Review => self.review.verdict.problem(),
            None => None,
        }
    }

    /// Whether `action` would do something in the step, or the run, that is shown.
    #[must_use]
    pub fn can(&self, action: Action, catalog: &Catalog, inventory: &Inventory) -> bool {
        if let Some(run) = &self.run {
            let failed = run.failure().is_some();
            return match action {
                Action::Choose | Action::CopySsh => run.instances(inventory).next().is_some(),
                Action::Retry => failed,
                Action::ShowProblem => self.problem().is_some(),
                Action::RemoveMade => failed && !run.ledger.is_empty(),
                Action::Leave => !run.is_writing(),
                _ => true,
            };
        }
        match action {
            Action::Left => !self.takes_as_text(Key::plain(KeyCode::Left)),
            Action::Right => !self.takes_as_text(Key::plain(KeyCode::Right)),
            Action::ShowProblem | Action::AskAgain if self.takes_as_text(Key::plain(KeyCode::Char('r'))) => false,
            Action::ShowProblem => self.problem().is_some(),
            Action::ToggleCredits => self.instance_type.chosen(catalog).is_some_and(|one| one.burstable),
            Action::PreviousStep => self.step != Step::Image,
            _ => true,
        }
    }
}
