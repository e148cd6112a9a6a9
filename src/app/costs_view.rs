//! What does it cost? The free tier, what runs now, and what is paid for nothing, over the dashboard.

use super::App;
use super::extent::scrolled;
use super::modal::{ChoiceItem, ChoiceModal, Modal, Picked, Purpose};
use super::notice::Tone;
use super::tasks::remember::Remember;
use crate::domain::account_plan::AccountKind;
use crate::keymap::Action;
use crate::text;
use crate::text::Text;

/// The view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostsModal {
    /// First line that is shown.
    pub scroll: u16,
}

impl App {
    /// `$`: opens the view, and asks what is not known yet or is old.
    pub(super) fn open_costs(&mut self) {
        self.ask_free_tier();
        self.ask_for_leaks();
        self.modals.push(Modal::Costs(CostsModal::default()));
    }

    pub(super) fn act_on_costs(&mut self, action: Action) {
        let (screen, most) = (self.size.1.saturating_sub(4).max(1), self.extent.page);
        let Some(Modal::Costs(costs)) = self.modals.last_mut() else { return };
        if let Some(scroll) = scrolled(costs.scroll, action, screen, most) {
            costs.scroll = scroll;
            return;
        }
        match action {
            Action::Leave => {
                self.modals.pop();
            }
            Action::Leaks => self.open_leaks(),
            Action::AccountKind => self.choose_account_kind(),
            Action::Refresh => {
                self.ask_free_tier();
                self.costs.forget_refusals();
                self.ask_for_leaks();
                self.refresh_all();
            }
            _ => {}
        }
    }

    /// The person says what kind of account this is; where AWS tells, that holds.
    fn choose_account_kind(&mut self) {
        let Some(account) = self.session.account.value.clone() else {
            return self.notify(text!("why-not-read-yet"), Tone::Warning);
        };
        if let Some(problem) = self.inventory.remembered.problem.clone() {
            return self.show_problem(problem);
        }
        let remembered = self.inventory.remembered();
        let said = remembered.account_kind(&account.id);
        let item = |kind: Option<AccountKind>| {
            let mut after = remembered.clone();
            after.set_account_kind(&account.id, kind);
            ChoiceItem {
                label: kind_name(kind),
                note: (kind == said).then(|| text!("choice-in-use")),
                key: None,
                disabled: None,
                picked: Picked::Begin(Box::new(Remember::new(after, &account.id).into())),
            }
        };
        let items: Vec<ChoiceItem> = AccountKind::ALL.into_iter().map(Some).chain([None]).map(item).collect();
        self.open_choice(ChoiceModal {
            title: text!("account-kind-title"),
            purpose: Purpose::Object,
            filter: super::form::TextInput::default(),
            items,
            cursor: 0,
            on_leave: None,
        });
    }
}

/// What the person calls a kind of account.
#[must_use]
pub fn kind_name(kind: Option<AccountKind>) -> Text {
    match kind {
        Some(AccountKind::Allowances) => text!("account-kind-allowances"),
        Some(AccountKind::Credits) => text!("account-kind-credits"),
        Some(AccountKind::Billed) => text!("account-kind-billed"),
        None => text!("account-kind-unknown"),
    }
}
