//! Step 4: the volumes. The root volume stands under the image's own root device name, since another name would
//! silently add a second disk; its size and type follow the image until the person sets them.

use super::volume_fields::{self as fields, MOST_EXTRA, Slot};
use crate::app::form::{Field, Form};
use crate::app::inventory::Inventory;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::free_tier::{STORAGE_ALLOWANCE_GIB, storage_left_gib, storage_used_gib};
use crate::domain::id::ImageId;
use crate::domain::image::Image;
use crate::domain::launch_plan::NewVolume;
use crate::domain::volume::VolumeKind;
use crate::keymap::{Action, Key};
use crate::message::Read;
use crate::text;
use crate::text::Text;

/// The least size that a gp3 root volume starts with.
const LEAST_GP3_ROOT_GIB: u32 = 8;

/// What step 4 holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StorageStep {
    /// The fields of all volumes, root first.
    pub form: Form,
    slots: Vec<Slot>,
    /// Fields that the chosen volume type does not have; they keep what was typed.
    hidden: Vec<Field>,
    fitted: Option<Fitted>,
    size_is_own: bool,
    count: u32,
}

/// What the step knows of the image it was fitted to.
#[derive(Clone, Debug, PartialEq)]
struct Fitted {
    image: ImageId,
    device: String,
    least: u32,
    /// Volumes that the image brings besides the root: device, GiB, type.
    brought: Vec<(String, u32, VolumeKind)>,
}

/// The meter of the storage allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// GiB in this region now; `None` until the volumes were read.
    pub used: Option<u32>,
    /// GiB that this launch adds; what is typed wrong counts as nothing.
    pub added: u32,
    /// GiB of the allowance.
    pub allowance: u32,
}

impl Meter {
    /// GiB after this launch.
    #[must_use]
    pub fn after(self) -> Option<u32> {
        self.used.map(|used| used.saturating_add(self.added))
    }

    /// Whether the launch goes beyond the allowance.
    #[must_use]
    pub fn is_exceeded(self) -> bool {
        self.after().is_some_and(|after| after > self.allowance)
    }
}

impl StorageStep {
    /// Nothing yet: the image decides.
    #[must_use]
    pub fn new() -> Self {
        Self { count: 1, ..Self::default() }
    }

    /// The volumes as they will be sent, root first; for an image that the step has not seen yet, its defaults.
    ///
    /// # Errors
    /// Says what is wrong with the first field that is.
    pub fn volumes(&self, image: &Image) -> Result<Vec<NewVolume>, Text> {
        let mut step = self.clone();
        step.fit(image);
        step.slots.iter().map(|slot| step.volume(slot).map_err(|(_, wrong)| wrong)).collect()
    }

    /// What the storage allowance would count, now and after this launch.
    #[must_use]
    pub fn meter(&self, inventory: &Inventory) -> Meter {
        let used = inventory.volumes.is_known().then(|| storage_used_gib(&inventory.volumes.rows));
        let own = self.slots.iter().filter_map(|slot| self.counted(slot)).fold(0, u32::saturating_add);
        let added = own.saturating_add(self.brought_counted()).saturating_mul(self.count.max(1));
        Meter { used, added, allowance: STORAGE_ALLOWANCE_GIB }
    }

    /// Volumes that the image brings besides the root: device, GiB, type.
    pub fn brought(&self) -> impl Iterator<Item = (&str, u32, VolumeKind)> {
        self.fitted
            .iter()
            .flat_map(|fitted| fitted.brought.iter())
            .map(|(device, gib, kind)| (device.as_str(), *gib, *kind))
    }

    /// The root device name and the least size of the root volume, once an image is chosen.
    #[must_use]
    pub fn root(&self) -> Option<(&str, u32)> {
        self.fitted.as_ref().map(|fitted| (fitted.device.as_str(), fitted.least))
    }

    /// The step is shown, or something has arrived. `count` is the number of instances.
    pub fn enter(&mut self, image: Option<&Image>, count: u16, world: &mut World<'_>) {
        self.count = u32::from(count);
        let volumes = &mut world.inventory.volumes;
        if !volumes.is_known() && !volumes.loading && volumes.problem.is_none() {
            volumes.ask();
            world.outbox.read(Read::Volumes);
        }
        if let Some(image) = image {
            self.fit(image);
        }
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        match action {
            Action::Up | Action::PreviousField => {
                self.form.focus_previous();
            }
            Action::Down | Action::NextField => {
                let moved = self.form.focus_next();
                if !moved && action == Action::NextField {
                    self.form.focus_on(fields::ROOT.size);
                }
            }
            Action::Left => self.turn(-1),
            Action::Right => self.turn(1),
            Action::FillAllowance => self.fill_allowance(world),
            Action::AddVolume => self.add_volume(world),
            Action::RemoveVolume => self.remove_volume(world),
            _ => {}
        }
    }

    /// A key that is text, or space on a switch.
    pub fn press(&mut self, key: Key, _world: &mut World<'_>) {
        let Some(field) = self.form.focused_mut() else { return };
        let (id, before) = (field.id, field.value().to_owned());
        if field.press(key) {
            self.changed(id, &before);
        }
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str, _world: &mut World<'_>) {
        let Some(field) = self.form.focused_mut() else { return };
        let (id, before) = (field.id, field.value().to_owned());
        field.paste(text);
        self.changed(id, &before);
    }

    /// Whether all volumes are within EC2's limits; what is not says so under its field.
    pub fn check(&mut self, image: Option<&Image>, _world: &mut World<'_>) -> bool {
        let Some(image) = image else { return false };
        self.fit(image);
        self.form.clear_errors();
        let wrong: Vec<_> = self.slots.iter().filter_map(|slot| self.volume(slot).err()).collect();
        for (id, error) in wrong {
            self.form.set_error(id, error);
        }
        self.form.focus_first_error();
        !self.form.has_errors()
    }

    /// The volume of a slot, or the field that is wrong and why.
    fn volume(&self, slot: &Slot) -> Result<NewVolume, (&'static str, Text)> {
        let least = if slot.is_root() { self.fitted.as_ref().map_or(1, |fitted| fitted.least) } else { 1 };
        fields::volume(&self.form, slot, least)
    }

    /// GiB of a slot that the allowance counts, as far as its size can be read.
    fn counted(&self, slot: &Slot) -> Option<u32> {
        let kind = fields::kind_of(&self.form, slot);
        self.form.field(slot.ids.size).and_then(Field::number_value).filter(|_| kind.counts_for_allowance())
    }

    fn brought_counted(&self) -> u32 {
        self.brought()
            .filter(|(_, _, kind)| kind.counts_for_allowance())
            .fold(0, |sum, (_, gib, _)| sum.saturating_add(gib))
    }

    /// Takes over the image's root device, least size and encryption; a size that the person set stays if it is
    /// still allowed.
    fn fit(&mut self, image: &Image) {
        if self.fitted.as_ref().is_some_and(|fitted| fitted.image == image.id) {
            return;
        }
        let least = image.least_root_gib();
        let brought: Vec<_> = image
            .mappings
            .iter()
            .filter(|mapping| mapping.device != image.root_device)
            .map(|mapping| (mapping.device.clone(), mapping.size_gib, mapping.kind))
            .collect();
        let root = Slot::root(image.root_device.clone());
        if self.slots.is_empty() {
            self.form = Form::new(fields::fresh(&root, least.max(LEAST_GP3_ROOT_GIB)));
            self.slots.push(root);
        } else {
            self.slots[0] = root;
        }
        // A device name that the image brings is not free any more.
        for index in 1..self.slots.len() {
            let used = |device: &str| brought.iter().any(|(of, _, _)| of == device) || device == image.root_device;
            if used(&self.slots[index].device) {
                let others: Vec<String> = self.slots.iter().map(|slot| slot.device.clone()).collect();
                let free = fields::devices().find(|device| !used(device) && !others.contains(device));
                if let Some(device) = free {
                    self.slots[index].device = device;
                }
            }
        }
        self.fitted = Some(Fitted { image: image.id.clone(), device: image.root_device.clone(), least, brought });
        let kept = self.size_is_own && self.root_size().is_some_and(|size| size >= least);
        if !kept {
            self.size_is_own = false;
            self.set_root_size(least.max(LEAST_GP3_ROOT_GIB));
        }
        let encrypted = image.root().is_some_and(|root| root.encrypted);
        if let Some(field) = self.form.field_mut(fields::ROOT.encrypted) {
            if encrypted || field.disabled.is_some() {
                field.kind = crate::app::form::FieldKind::Switch(encrypted);
            }
            field.disabled = encrypted.then(|| text!("launch-storage-encrypted-by-image"));
        }
        self.arrange();
    }

    fn root_size(&self) -> Option<u32> {
        self.form.field(fields::ROOT.size).and_then(Field::number_value)
    }

    fn set_root_size(&mut self, gib: u32) {
        if let Some(field) = self.form.field_mut(fields::ROOT.size) {
            field.set_value(&gib.to_string());
            field.error = None;
        }
    }

    fn turn(&mut self, step: isize) {
        let Some(field) = self.form.focused_mut() else { return };
        let (id, before) = (field.id, field.value().to_owned());
        if field.turn(step) {
            self.changed(id, &before);
        }
    }

    fn changed(&mut self, id: &'static str, before: &str) {
        if self.form.value(id) == before && self.form.field(id).is_some_and(Field::is_text) {
            return;
        }
        if id == fields::ROOT.size {
            self.size_is_own = true;
        }
        if self.slots.iter().any(|slot| slot.ids.kind == id) {
            self.arrange();
        }
    }

    /// Sets the root volume to what is left of the allowance for each instance, at least the image's size.
    fn fill_allowance(&mut self, world: &mut World<'_>) {
        let Some(fitted) = &self.fitted else { return };
        if !world.inventory.volumes.is_known() {
            world.wish(Wish::Notice(text!("launch-storage-used-unknown"), Tone::Warning));
            return;
        }
        let least = fitted.least;
        let used = storage_used_gib(&world.inventory.volumes.rows);
        let extra = self.slots.iter().skip(1).filter_map(|slot| self.counted(slot)).fold(0, u32::saturating_add);
        let each = storage_left_gib(used) / self.count.max(1);
        let left = each.saturating_sub(extra.saturating_add(self.brought_counted()));
        let kind = self.slots.first().map(|slot| fields::kind_of(&self.form, slot)).unwrap_or_default();
        self.set_root_size(left.max(least).max(kind.size_limits().0));
        self.size_is_own = true;
        let notice = if !kind.counts_for_allowance() {
            Some(text!("launch-storage-not-counted", kind = kind.as_str()))
        } else if left < least {
            Some(text!("launch-storage-nothing-left", least = least))
        } else {
            None
        };
        if let Some(notice) = notice {
            world.wish(Wish::Notice(notice, Tone::Warning));
        }
    }

    fn add_volume(&mut self, world: &mut World<'_>) {
        let Some(fitted) = &self.fitted else { return };
        let used: Vec<&str> = self
            .slots
            .iter()
            .map(|slot| slot.device.as_str())
            .chain(fitted.brought.iter().map(|(device, _, _)| device.as_str()))
            .collect();
        let device = fields::devices().find(|device| !used.contains(&device.as_str()));
        let free = (0..MOST_EXTRA).find(|index| !self.slots.iter().any(|slot| slot.ids == Slot::ids_of_extra(*index)));
        let (Some(device), Some(index)) = (device, free) else {
            world.wish(Wish::Notice(text!("launch-storage-no-device"), Tone::Warning));
            return;
        };
        let slot = Slot::extra(index, device);
        self.hidden.retain(|field| !slot.ids.contains(field.id));
        let focus = slot.ids.size;
        self.form.fields.extend(fields::fresh(&slot, 8));
        self.slots.push(slot);
        self.arrange();
        self.form.focus_on(focus);
    }

    fn remove_volume(&mut self, world: &mut World<'_>) {
        let Some(id) = self.form.focused().map(|field| field.id) else { return };
        let at = self.slots.iter().position(|slot| slot.ids.contains(id)).unwrap_or(0);
        if at == 0 {
            let why = if self.slots.len() > 1 {
                text!("launch-storage-remove-which")
            } else {
                text!("launch-storage-root-stays")
            };
            world.wish(Wish::Notice(why, Tone::Plain));
            return;
        }
        let gone = self.slots.remove(at);
        self.hidden.retain(|field| !gone.ids.contains(field.id));
        self.form.fields.retain(|field| !gone.ids.contains(field.id));
        self.arrange();
        self.form.focus_on(self.slots[at - 1].ids.size);
    }

    /// Puts the fields in order, those that the volume type has; the others wait in `hidden` with what was typed.
    fn arrange(&mut self) {
        let focused = self.form.focused().map(|field| field.id);
        let mut all = std::mem::take(&mut self.form.fields);
        all.append(&mut self.hidden);
        let mut shown = Vec::new();
        for slot in &self.slots {
            let kind = fields::kind_among(&all, slot);
            for id in slot.ids.all() {
                let Some(at) = all.iter().position(|field| field.id == id) else { continue };
                let mut field = all.remove(at);
                if !slot.ids.has(id, kind) {
                    field.error = None;
                    self.hidden.push(field);
                    continue;
                }
                fields::word(&mut field, slot, kind, self.fitted.as_ref().map_or(1, |fitted| fitted.least));
                shown.push(field);
            }
        }
        self.form = Form::new(shown);
        if let Some(id) = focused {
            self.form.focus_on(id);
        }
    }
}

#[cfg(test)]
mod tests;
