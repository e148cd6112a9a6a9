//! What a part of the state (the launch flow, a task, a dialog) sees of the rest while it handles a message.

use jiff::Timestamp;

use super::catalog::Catalog;
use super::dialogs::Dialog;
use super::environment::Environment;
use super::inventory::Inventory;
use super::modal::{ChoiceModal, Confirm, PageContent};
use super::notice::Tone;
use super::outbox::Outbox;
use super::panes::PaneKind;
use super::tasks::undo::Undoable;
use crate::domain::doctor::Finding;
use crate::domain::explain::{Explained, Explaining, explain};
use crate::domain::id::InstanceId;
use crate::domain::instance_type::CreditMode;
use crate::domain::price::Prices;
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::message::Read;
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
    /// The region's prices, as far as they are known.
    pub prices: Option<&'a Prices>,
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
    /// Let the person choose.
    Choose(ChoiceModal),
    /// Show a page over the screen.
    Page(PageContent),
    /// Show a form over the screen.
    Dialog(Box<Dialog>),
    /// Say something at the bottom.
    Notice(Text, Tone),
    /// Leave the part for the dashboard.
    Close,
    /// Leave the part and select this instance in its pane.
    ShowInstance(InstanceId),
    /// Select a row in its pane, whatever is filtered there.
    Select(PaneKind, String),
    /// Read the instances and the lists beside them again.
    RefreshAll,
    /// Read all lists once more in a few seconds: EC2 may not show yet what it has just done.
    LookAgain,
    /// Look for private keys on this machine again.
    ScanKeys,
    /// Show what an examination has found.
    Finding(Box<Finding>),
    /// EC2 has said yes: this happens when the instance's CPU credits are used up.
    CreditModeIs(InstanceId, CreditMode),
    /// This can be taken back.
    CanTakeBack(Box<Undoable>),
}

impl World<'_> {
    /// A problem in words.
    #[must_use]
    pub fn explain(&self, problem: &Problem) -> Explained {
        explain(problem, &Explaining { profile: self.profile, region: self.region, sso: false, eligible: &[] })
    }

    /// Asks something of the whole.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// Reads the security groups again.
    pub fn reread_groups(&mut self) {
        self.inventory.groups.ask();
        self.outbox.read(Read::SecurityGroups);
    }

    /// Reads the Elastic IPs again.
    pub fn reread_addresses(&mut self) {
        self.inventory.addresses.ask();
        self.outbox.read(Read::Addresses);
    }

    /// Reads the Elastic IPs and the instances that one of them came to or left again, at once and once more soon.
    pub fn reread_addresses_on<'a>(&mut self, instances: impl IntoIterator<Item = &'a InstanceId>) {
        self.reread_addresses();
        let ids: Vec<InstanceId> = instances.into_iter().cloned().collect();
        if !ids.is_empty() {
            self.outbox.read(Read::InstancesById(ids));
        }
        self.wish(Wish::LookAgain);
    }

    /// Reads the key pairs again.
    pub fn reread_key_pairs(&mut self) {
        self.inventory.key_pairs.ask();
        self.outbox.read(Read::KeyPairs);
    }

    /// Reads one instance again, and what hangs on interfaces.
    pub fn reread_instance(&mut self, id: &InstanceId) {
        self.outbox.read(Read::InstancesById(vec![id.clone()]));
        self.inventory.interfaces.ask();
        self.outbox.read(Read::Interfaces);
    }
}
