//! Elastic IPs from the dashboard. (The work on them follows.)

use super::App;
use super::modal::ChoiceItem;
use crate::domain::id::InstanceId;

impl App {
    /// The Elastic IPs of an instance as things to take off it.
    pub(super) fn detachable_addresses(&self, _instance: &InstanceId) -> Vec<ChoiceItem> {
        Vec::new()
    }
}
