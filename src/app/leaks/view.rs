//! The list of leaks over the dashboard: look at them, and end the one under the cursor.

use super::LeakCursor;
use crate::app::App;
use crate::app::metrics::BY_KEY;
use crate::app::modal::Modal;
use crate::app::notice::Tone;
use crate::domain::leak::Leak;
use crate::keymap::Action;
use crate::text;
use crate::text::Text;

impl App {
    /// Shows the leaks, and asks for all that they are found in.
    pub(in crate::app) fn open_leaks(&mut self) {
        self.modals.push(Modal::Leaks(LeakCursor::default()));
        self.ask_for_leaks();
    }

    /// Whether the list, or their sum, is on the screen, whatever lies over it.
    pub(in crate::app) fn looks_at_leaks(&self) -> bool {
        self.modals.iter().any(|modal| matches!(modal, Modal::Leaks(_) | Modal::Costs(_)))
    }

    /// The leak under the cursor.
    #[must_use]
    pub fn shown_leak(&self) -> Option<Leak> {
        let Some(Modal::Leaks(cursor)) = self.modals.last() else { return None };
        let leaks = self.leaks();
        leaks.get(Self::leak_index(&leaks, cursor)?).cloned()
    }

    /// Whether the leak under the cursor can be ended now.
    pub(in crate::app) fn end_leak_availability(&self) -> Result<(), Text> {
        self.can_end_leak(&self.shown_leak().ok_or(text!("why-no-leak"))?)
    }

    pub(in crate::app) fn act_on_leaks(&mut self, action: Action) {
        match action {
            Action::Down => self.move_among_leaks(1),
            Action::Up => self.move_among_leaks(-1),
            Action::PageDown => self.move_among_leaks(10),
            Action::PageUp => self.move_among_leaks(-10),
            Action::First => self.move_among_leaks(isize::MIN),
            Action::Last => self.move_among_leaks(isize::MAX),
            Action::Leave => {
                self.modals.pop();
            }
            Action::Refresh => {
                self.costs.forget_refusals();
                self.costs.credit_modes.problem = None;
                self.refresh_all();
                if self.may_ask_uses_again() {
                    self.ask_uses_again();
                }
                self.ask_for_leaks();
            }
            Action::EndLeak => match self.shown_leak() {
                Some(leak) => self.end_leak(&leak),
                None => self.notify(text!("why-no-leak"), Tone::Warning),
            },
            _ => {}
        }
    }

    /// The key that reads again costs money at CloudWatch, which has nothing newer so soon. A refusal may be gone.
    fn may_ask_uses_again(&self) -> bool {
        let uses = &self.costs.uses;
        uses.problem.is_some() || uses.read_at.is_none_or(|at| self.now.duration_since(at) >= BY_KEY)
    }

    fn move_among_leaks(&mut self, step: isize) {
        let leaks = self.leaks();
        let Some(Modal::Leaks(cursor)) = self.modals.last_mut() else { return };
        let Some(index) = Self::leak_index(&leaks, cursor) else { return };
        let index = index.saturating_add_signed(step).min(leaks.len().saturating_sub(1));
        *cursor = LeakCursor { key: leaks.get(index).map(|leak| leak.what.key()), index };
    }
}
