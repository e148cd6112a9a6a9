//! The four panes and the details: which one has the focus, and for each list its cursor, filter, sorting and marks,
//! all by id, so that a refresh moves nothing.

mod addresses;
pub mod age;
pub mod cell;
mod filter;
mod instances;
mod key_pairs;
mod related;
mod security_groups;
mod view;

use std::collections::BTreeSet;

pub use cell::{Cell, Column, Meaning};
pub use filter::Filter;
pub use view::{ShownRow, first_shown};

use super::form::TextInput;
use crate::keymap::Context;

/// One of the panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaneKind {
    /// `1`
    #[default]
    Instances,
    /// `2`
    SecurityGroups,
    /// `3`
    Addresses,
    /// `4`
    KeyPairs,
    /// `5`: what there is to know of the selection.
    Details,
}

impl PaneKind {
    /// In the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Instances, Self::SecurityGroups, Self::Addresses, Self::KeyPairs, Self::Details];

    /// The four lists.
    pub const LISTS: [Self; 4] = [Self::Instances, Self::SecurityGroups, Self::Addresses, Self::KeyPairs];

    /// The keys that act in it.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Self::Instances => Context::Instances,
            Self::SecurityGroups => Context::SecurityGroups,
            Self::Addresses => Context::Addresses,
            Self::KeyPairs => Context::KeyPairs,
            Self::Details => Context::Details,
        }
    }

    /// The text key of its title.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Instances => "pane-instances",
            Self::SecurityGroups => "pane-security-groups",
            Self::Addresses => "pane-addresses",
            Self::KeyPairs => "pane-key-pairs",
            Self::Details => "pane-details",
        }
    }

    /// 1 to 5, as its key says.
    #[must_use]
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// All panes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panes {
    /// The pane that the keys go to.
    pub focus: PaneKind,
    /// The list that the details describe: the one that was focused last.
    pub subject: PaneKind,
    /// Whether the focused pane has the whole screen.
    pub zoomed: bool,
    /// First line of the details that is shown.
    pub details_scroll: u16,
    lists: [ListPane; 4],
}

/// One list's own state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPane {
    /// Id of the selected row; `None` until rows are there.
    pub cursor: Option<String>,
    /// Where the cursor was last, for when its row goes.
    pub position: usize,
    /// What narrows the list.
    pub filter: TextInput,
    /// Whether the filter is being typed.
    pub filtering: bool,
    /// What orders the list; `None`: its own order.
    pub sort: Option<Sort>,
    /// Marked rows, by id.
    pub marks: BTreeSet<String>,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

impl Panes {
    /// The state of a list; the details have the one of their subject.
    #[must_use]
    pub fn list(&self, kind: PaneKind) -> &ListPane {
        &self.lists[Self::index(kind, self.subject)]
    }

    /// The state of a list, to change.
    pub fn list_mut(&mut self, kind: PaneKind) -> &mut ListPane {
        &mut self.lists[Self::index(kind, self.subject)]
    }

    fn index(kind: PaneKind, subject: PaneKind) -> usize {
        match kind {
            PaneKind::Details => match subject {
                PaneKind::Details => 0,
                list => list as usize,
            },
            list => list as usize,
        }
    }

    /// Puts the focus on a pane.
    pub fn focus_on(&mut self, kind: PaneKind) {
        if kind != PaneKind::Details && kind != self.subject {
            self.subject = kind;
            self.details_scroll = 0;
        }
        self.focus = kind;
    }

    /// The pane `step` further, round and round.
    pub fn focus_by(&mut self, step: isize) {
        let count = PaneKind::ALL.len();
        let next = (self.focus as usize + count).saturating_add_signed(step) % count;
        self.focus_on(PaneKind::ALL[next]);
    }

    /// Forgets cursors, marks and filters: another account or region has other rows.
    pub fn forget_rows(&mut self) {
        for list in &mut self.lists {
            *list = ListPane { sort: list.sort, ..ListPane::default() };
        }
        self.details_scroll = 0;
    }
}
