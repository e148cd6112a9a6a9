//! Elastic IPs from the dashboard: what each key begins, and the questions before it.

use super::App;
use super::address_choice::targets;
use super::instance_groups::label_of;
use super::modal::{ChoiceItem, Confirm, Picked, Then};
use super::notice::Tone;
use super::panes::PaneKind;
use super::tasks::Job;
use super::tasks::allocate::Allocate;
use super::tasks::associate::{loses_address, name_of, target_of};
use super::tasks::change::{Change, Reread};
use super::tasks::fixed_address::FixedAddress;
use super::tasks::release::Release;
use crate::domain::address::{Address, Association};
use crate::domain::id::InstanceId;
use crate::keymap::Action;
use crate::message::{Write, WriteId};
use crate::text;
use crate::text::Text;

impl App {
    /// `n`: one more address.
    pub(super) fn allocate_address(&mut self) {
        self.begin(Allocate::default().into());
    }

    /// `a`: where the selected address is to go.
    pub(super) fn choose_instance_for_address(&mut self) {
        let Some(address) = self.selected_address() else { return };
        let title = text!("associate-title", address = address.ip);
        match targets(&address.id, address.ip, &self.inventory, title, None) {
            Some(choice) => self.open_choice(choice),
            None => self.notify(text!("associate-no-instance"), Tone::Warning),
        }
    }

    /// `x` on an address: takes it off what it is on.
    pub(super) fn disassociate_address(&mut self) {
        if let Some(job) = self.selected_address().and_then(|address| self.taking_off(address)) {
            self.begin(job);
        }
    }

    /// `d` on an address: gives it back for good, after its own address was typed.
    pub(super) fn release_address(&mut self) {
        let Some(address) = self.selected_address().cloned() else { return };
        let job = Release::asking(&address, &self.inventory);
        self.begin(job.into());
    }

    /// `E` on an instance: an address that it keeps.
    pub(super) fn give_fixed_address(&mut self) {
        if let Some(instance) = self.selected_instance() {
            let job = FixedAddress::new(instance);
            self.begin(job.into());
        }
    }

    /// Whether an action on Elastic IPs can be done now, and why not.
    pub(super) fn address_availability(&self, action: Action) -> Result<(), Text> {
        self.can_write()?;
        let selected = || self.selected_address().ok_or(text!("why-nothing-selected"));
        match action {
            Action::AllocateAddress if self.session.region().is_none() => Err(text!("why-no-region")),
            Action::Associate | Action::ReleaseAddress => selected().map(|_| ()),
            Action::Disassociate if selected()?.association.is_none() => Err(text!("why-address-is-idle")),
            Action::FixedAddress => self.can_give_fixed_address(),
            _ => Ok(()),
        }
    }

    fn can_give_fixed_address(&self) -> Result<(), Text> {
        let instance = self.selected_instance().ok_or(text!("why-nothing-selected"))?;
        if self.operations.requested_state(&instance.id, instance.state).is_ending() {
            return Err(text!("why-terminated"));
        }
        if let Some(address) = self.inventory.address_of(&instance.id) {
            return Err(text!("why-has-fixed-address", address = address.ip));
        }
        if self.tasks.is_giving_address_to(&instance.id) {
            return Err(text!("why-gets-fixed-address"));
        }
        Ok(())
    }

    /// The Elastic IPs of an instance as things to take off it.
    pub(super) fn detachable_addresses(&self, instance: &InstanceId) -> Vec<ChoiceItem> {
        let item = |address: &Address| {
            let private = address.association.as_ref().and_then(|on| on.private_ip);
            Some(ChoiceItem {
                label: text!("words", words = address.ip.to_string()),
                note: Some(match private {
                    Some(private) => text!("detach-address-note", address = private),
                    None => text!("details-elastic-ip"),
                }),
                key: None,
                disabled: None,
                picked: Picked::Begin(Box::new(self.taking_off(address)?)),
            })
        };
        self.inventory.addresses_of(instance).filter_map(item).collect()
    }

    /// Releases Elastic IPs once the terminations of the instances that hold them have worked.
    pub(super) fn release_after(&mut self, terminations: &[(InstanceId, WriteId)], addresses: Vec<Address>) {
        for address in addresses {
            let holder = address.association.as_ref().and_then(|on| on.instance.as_ref());
            let write = holder.and_then(|holder| terminations.iter().find(|(id, _)| id == holder));
            if let Some((holder, write)) = write {
                let name = label_of(holder, &self.inventory);
                self.begin(Release::after(&address, *write, name).into());
            }
        }
    }

    /// The selected address.
    #[must_use]
    pub fn selected_address(&self) -> Option<&Address> {
        self.inventory.addresses.get(&self.selected_id(PaneKind::Addresses)?)
    }

    /// Taking an address off what it is on, after a question.
    fn taking_off(&self, address: &Address) -> Option<Job> {
        let on: &Association = address.association.as_ref()?;
        let name = name_of(on, &self.inventory);
        let mut lines = loses_address(on, &name);
        lines.push(text!("disassociate-costs"));
        let question = Confirm {
            title: text!("disassociate-title", address = address.ip, name = name.as_str()),
            lines,
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        };
        let off = Change::new(
            text!("task-disassociate", address = address.ip, name = name.as_str()),
            vec![Write::DisassociateAddress(on.id.clone())],
            text!("done-disassociate", address = address.ip, name = name.as_str()),
            Reread::Addresses(on.instance.clone()),
        )
        .asking(question);
        let back = target_of(on, &self.inventory).map(|target| Write::AssociateAddress {
            address: address.id.clone(),
            target,
            // Nobody else's by then, or it stays where it is.
            take_over: false,
        });
        Some(match back {
            Some(back) => {
                let what = text!("undo-disassociate", address = address.ip, name = name.as_str());
                off.undone_by(what, vec![back]).into()
            }
            None => off.into(),
        })
    }
}
