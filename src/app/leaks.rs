//! The leaks of the account: what is asked for them, what could not be looked for, and what ends each.

mod view;
pub mod words;

use std::collections::BTreeSet;

use super::App;
use super::notice::Tone;
use super::remote::Remote;
use super::tasks::release::Release;
use crate::domain::id::InstanceId;
use crate::domain::instance::AttachedVolume;
use crate::domain::leak::{self, Known, Leak, Part, Unpriced, What};
use crate::domain::problem::Problem;
use crate::message::Read;
use crate::text;
use crate::text::Text;

/// Where the cursor is in the list of leaks: by resource, so that a refresh moves nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeakCursor {
    /// What it is on.
    pub key: Option<(Part, String)>,
    /// Where it was: once a leak is ended, the next one takes its place.
    pub index: usize,
}

/// Something that could not be looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Blind<'a> {
    /// What.
    pub what: Text,
    /// Why not; `None`: the answer is on its way.
    pub why: Option<Obstacle<'a>>,
}

/// Why something could not be looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Obstacle<'a> {
    /// AWS has refused, or did not answer.
    Problem(&'a Problem),
    /// It takes prices, and those of the region are in another currency.
    OtherCurrency,
}

impl App {
    /// All leaks, worst first, by what is known now.
    #[must_use]
    pub fn leaks(&self) -> Vec<Leak> {
        let inventory = &self.inventory;
        leak::leaks(&Known {
            instances: &inventory.instances.rows,
            // One that is on its way to an instance leaks no longer.
            addresses: &self.addresses_that_stay(),
            interfaces: &inventory.interfaces.rows,
            volumes: &inventory.volumes.rows,
            snapshots: &inventory.snapshots.rows,
            images: inventory.own_images.value.as_deref(),
            types: &self.catalog.types.rows,
            uses: self.costs.uses.value.as_ref(),
            credit_modes: self.costs.credit_modes.value.as_ref(),
            prices: match &self.costs.prices {
                _ if !self.prices_in_dollars() => Err(Unpriced::OtherCurrency),
                Remote { value: Some(prices), .. } => Ok(prices),
                Remote { problem: None, .. } => Err(Unpriced::Loading),
                Remote { .. } => Err(Unpriced::NoPrices),
            },
            now: self.now,
        })
    }

    fn addresses_that_stay(&self) -> Vec<crate::domain::address::Address> {
        let unused: BTreeSet<_> = self.inventory.unused_addresses().into_iter().map(|one| &one.id).collect();
        let rows = self.inventory.addresses.rows.iter();
        rows.filter(|one| one.association.is_some() || unused.contains(&one.id)).cloned().collect()
    }

    /// What could not be looked for, and why: that nothing is found there means nothing.
    #[must_use]
    pub fn leak_blind_spots(&self) -> Vec<Blind<'_>> {
        let (inventory, costs) = (&self.inventory, &self.costs);
        let charged = !self.charged_without_mode().is_empty();
        // An address on an interface that is no instance's: only the list of interfaces tells whether it is in use.
        let mut associations = inventory.addresses.rows.iter().filter_map(|one| one.association.as_ref());
        let on_others = associations.any(|on| on.instance.is_none());
        let interfaces = &inventory.interfaces;
        let interfaces_problem = interfaces.problem.as_ref().filter(|_| on_others);
        // In another currency there is nothing to wait for: each leak says why it has no price, and what takes prices
        // to be found is not.
        let in_dollars = self.prices_in_dollars();
        let has_prices = costs.prices.value.is_some() || !in_dollars;
        let unpriced = Blind { what: text!("leak-blind-types"), why: Some(Obstacle::OtherCurrency) };
        let list = [
            blind(text!("leak-blind-instances"), inventory.instances.is_known(), inventory.instances.problem.as_ref()),
            blind(text!("leak-blind-addresses"), inventory.addresses.is_known(), inventory.addresses.problem.as_ref()),
            blind(text!("leak-blind-interfaces"), !on_others || interfaces.is_known(), interfaces_problem),
            blind(text!("leak-blind-volumes"), inventory.volumes.is_known(), inventory.volumes.problem.as_ref()),
            blind(text!("leak-blind-snapshots"), inventory.snapshots.is_known(), inventory.snapshots.problem.as_ref()),
            value(text!("leak-blind-images"), &inventory.own_images),
            blind(text!("leak-blind-types"), self.catalog.types.is_known(), self.catalog.types.problem.as_ref()),
            blind(text!("leak-blind-prices"), has_prices, costs.price_problem()),
            value(text!("leak-blind-uses"), &costs.uses),
            blind(text!("leak-blind-modes"), !charged, costs.credit_modes.problem.as_ref().filter(|_| charged)),
        ];
        list.into_iter().flatten().chain((!in_dollars).then_some(unpriced)).collect()
    }

    /// Asks for what only the leaks need; the rest is read with the dashboard's lists, the prices and the use.
    pub(super) fn ask_for_leaks(&mut self) {
        if self.session.region().is_none() {
            return;
        }
        self.ask_prices();
        self.ask_uses();
        self.ask_modes_of_surplus();
        if !self.inventory.snapshots.loading {
            self.inventory.snapshots.ask();
            self.outbox.read(Read::Snapshots);
        }
        if !self.inventory.own_images.loading {
            self.inventory.own_images.ask();
            self.outbox.read(Read::OwnImages);
        }
        if !self.catalog.types.is_known() && !self.catalog.types.loading {
            self.catalog.types.ask();
            self.outbox.read(Read::InstanceTypes);
        }
    }

    /// Something that leaks are found by has become known: what needed it is asked for, while somebody looks.
    pub(super) fn follow_leaks(&mut self) {
        if self.looks_at_leaks() {
            self.ask_uses();
        }
    }

    /// Instances that were charged for surplus credits: whether they would be again. Asked when their use is known.
    pub(super) fn ask_modes_of_surplus(&mut self) {
        let ids = self.charged_without_mode();
        if !ids.is_empty() && !self.costs.credit_modes.loading && self.costs.credit_modes.problem.is_none() {
            self.ask_credit_modes(ids);
        }
    }

    /// Instances that were charged for surplus credits and whose mode is not known.
    fn charged_without_mode(&self) -> Vec<InstanceId> {
        let charged = self.costs.uses.value.iter().flatten().filter(|(_, one)| one.surplus_charged > 0.0);
        charged.map(|(id, _)| id).filter(|id| self.credit_mode(id).is_none()).cloned().collect()
    }

    /// Where the cursor is, as an index into [`App::leaks`].
    #[must_use]
    pub fn leak_index(leaks: &[Leak], cursor: &LeakCursor) -> Option<usize> {
        let last = leaks.len().checked_sub(1)?;
        let by_id = cursor.key.as_ref().and_then(|key| leaks.iter().position(|leak| leak.what.key() == *key));
        Some(by_id.unwrap_or(cursor.index.min(last)))
    }

    /// Whether this leak can be ended now.
    ///
    /// # Errors
    /// Why it cannot.
    pub(super) fn can_end_leak(&self, leak: &Leak) -> Result<(), Text> {
        self.can_write()?;
        let (What::StoppedVolumes { instance, .. }
        | What::IdleInstance { instance, .. }
        | What::OldType { instance, .. }
        | What::Surplus { instance, .. }) = &leak.what
        else {
            return Ok(());
        };
        if self.tasks.is_changing_type_of(instance) {
            return Err(text!("why-type-changes"));
        }
        if self.operations.is_requested(instance) { Err(text!("why-not-in-this-state")) } else { Ok(()) }
    }

    /// Begins what ends a leak: always with a question that names what it touches.
    pub(super) fn end_leak(&mut self, leak: &Leak) {
        if let Err(why) = self.can_end_leak(leak) {
            self.notify(why, Tone::Warning);
            return;
        }
        match &leak.what {
            What::IdleAddress { address, .. }
            | What::AddressOnStopped { address, .. }
            | What::AddressOnLooseInterface { address, .. } => {
                if let Some(address) = self.inventory.addresses.get(address.as_str()) {
                    let job = Release::asking(address, &self.inventory);
                    self.begin(job.into());
                }
            }
            What::LooseVolume(id) => self.delete_volume(id),
            What::OrphanSnapshot { snapshot, image } => self.delete_snapshot(snapshot, image),
            What::StoppedVolumes { instance, .. } => {
                let lines = self.fate_of_volumes(instance);
                self.confirm_terminate_of(vec![instance.clone()], lines);
            }
            What::IdleInstance { instance, .. } => self.confirm_stop(vec![instance.clone()]),
            What::OldType { instance, to, .. } => self.change_type(instance, to),
            What::Surplus { instance, .. } => self.set_credits_to_standard(instance),
        }
    }

    /// Which volumes go with an instance and which stay and go on costing money, by id.
    fn fate_of_volumes(&self, id: &InstanceId) -> Vec<Text> {
        let Some(instance) = self.inventory.instance(id) else { return Vec::new() };
        let line = |attached: &AttachedVolume| {
            let listed = self.inventory.volumes.get(attached.id.as_str());
            let size = listed.map_or_else(|| "?".to_owned(), |volume| volume.size_gib.to_string());
            let device = attached.device.as_str();
            if attached.delete_on_termination {
                text!("leak-volume-goes", id = &attached.id, size = size, device = device)
            } else {
                text!("leak-volume-stays", id = &attached.id, size = size, device = device)
            }
        };
        instance.volumes.iter().map(line).collect()
    }
}

fn blind(what: Text, known: bool, problem: Option<&Problem>) -> Option<Blind<'_>> {
    (!known || problem.is_some()).then_some(Blind { what, why: problem.map(Obstacle::Problem) })
}

fn value<T>(what: Text, value: &Remote<T>) -> Option<Blind<'_>> {
    blind(what, value.value.is_some(), value.problem.as_ref())
}

#[cfg(test)]
mod tests;
