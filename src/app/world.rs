//! What a part of the state (the launch flow) sees of the rest while it handles a message.

use jiff::Timestamp;

use super::catalog::Catalog;
use super::environment::Environment;
use super::inventory::Inventory;
use super::modal::{Confirm, PageContent};
use super::notice::Tone;
use super::outbox::Outbox;
use crate::domain::id::InstanceId;
use crate::domain::region::Region;
use crate::text::Text;

/// The rest of the state, borrowed for one update.
#[derive(Debug)]
pub struct World<'a> {
    /// Settings of the run.
    pub environment: &'a Environment,
    /// What the account has.
    pub inventory: &'a mut Inventory,
    /// What a launch chooses from.
    pub catalog: &'a mut Catalog,
    /// Where effects go.
    pub outbox: &'a mut Outbox,
    /// The region in use.
    pub region: Option<&'a Region>,
    /// The profile in use.
    pub profile: &'a str,
    /// The time of this update.
    pub now: Timestamp,
    /// What the part asks of the whole, in order.
    pub wishes: Vec<Wish>,
}

/// What a part asks of the whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Ask the person.
    Confirm(Confirm),
    /// Show a page over the screen.
    Page(PageContent),
    /// Say something at the bottom.
    Notice(Text, Tone),
    /// Leave the part for the dashboard.
    Close,
    /// Leave the part and select this instance in its pane.
    ShowInstance(InstanceId),
    /// Read the instances and the lists beside them again.
    RefreshAll,
}

impl World<'_> {
    /// Asks something of the whole.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }
}
