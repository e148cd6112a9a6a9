//! Which rows of the other panes belong to the selected one.

use super::PaneKind;
use crate::app::App;

impl App {
    /// Whether a row of `kind` belongs to the row that is selected in the subject pane: an instance's groups, address
    /// and key pair, and the other way round.
    #[must_use]
    pub fn is_related(&self, kind: PaneKind, id: &str) -> bool {
        self.selected_id(self.panes.subject).is_some_and(|selected| self.is_related_to(&selected, kind, id))
    }

    /// The same when the selected row of the subject pane is known already: finding it means sorting that list.
    #[must_use]
    pub fn is_related_to(&self, selected: &str, kind: PaneKind, id: &str) -> bool {
        match (self.panes.subject, kind) {
            (subject, kind) if subject == kind => false,
            (PaneKind::Instances, other) => self.instance_has(selected, other, id),
            (list, PaneKind::Instances) => self.instance_has(id, list, selected),
            // Two lists that meet only on an instance: no mark, it would mean too little.
            _ => false,
        }
    }

    fn instance_has(&self, instance: &str, kind: PaneKind, id: &str) -> bool {
        let Some(instance) = self.inventory.instances.get(instance) else { return false };
        match kind {
            PaneKind::SecurityGroups => instance.groups.iter().any(|group| group.id.as_str() == id),
            PaneKind::Addresses => {
                self.inventory.address_of(&instance.id).is_some_and(|address| address.id.as_str() == id)
            }
            PaneKind::KeyPairs => self
                .inventory
                .key_pairs
                .get(id)
                .is_some_and(|pair| instance.key_name.as_deref() == Some(pair.name.as_str())),
            PaneKind::Instances | PaneKind::Details => false,
        }
    }
}
