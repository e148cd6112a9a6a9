//! Finds the leaks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Basis, LONG_DAYS, Leak, Unpriced, What, successor, worse};
use crate::domain::address::{Address, Association};
use crate::domain::id::{ImageId, InstanceId, SnapshotId, VolumeId};
use crate::domain::image::Image;
use crate::domain::instance::{Instance, InstanceState, Platform};
use crate::domain::instance_type::{CreditMode, InstanceType, family};
use crate::domain::instance_use::{DAYS, InstanceUse};
use crate::domain::interface::{NetworkInterface, unattached};
use crate::domain::money::{HOURS_PER_MONTH, Money};
use crate::domain::price::Prices;
use crate::domain::snapshot::Snapshot;
use crate::domain::volume::{Volume, VolumeState};

/// CPU credits in a vCPU-hour: one credit is one vCPU at 100 % for one minute.
const CREDITS_PER_VCPU_HOUR: u32 = 60;

/// Bytes in a GiB.
const GIB: u64 = 1 << 30;

/// What is known of the account; what was not read is `None` or empty, and then nothing is said about it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Instances.
    pub instances: &'a [Instance],
    /// Elastic IPs.
    pub addresses: &'a [Address],
    /// Network interfaces; one that is not among them is not called loose.
    pub interfaces: &'a [NetworkInterface],
    /// Volumes.
    pub volumes: &'a [Volume],
    /// The account's own snapshots.
    pub snapshots: &'a [Snapshot],
    /// All images of the account's own, disabled ones too; without them no snapshot is called an orphan.
    pub images: Option<&'a [Image]>,
    /// All types of the region.
    pub types: &'a [InstanceType],
    /// How much the running instances were used.
    pub uses: Option<&'a BTreeMap<InstanceId, InstanceUse>>,
    /// What happens when their credits are used up.
    pub credit_modes: Option<&'a BTreeMap<InstanceId, CreditMode>>,
    /// The prices, or why there are none.
    pub prices: Result<&'a Prices, Unpriced>,
    /// The time.
    pub now: Timestamp,
}

/// All leaks, worst first; those of unknown cost at the end.
#[must_use]
pub fn leaks(known: &Known<'_>) -> Vec<Leak> {
    let mut found = Vec::new();
    found.extend(known.addresses.iter().filter_map(|address| known.address(address)));
    found.extend(known.volumes.iter().filter_map(|volume| known.loose_volume(volume)));
    found.extend(known.orphans());
    found.extend(known.stopped());
    found.extend(known.instances.iter().filter_map(|instance| known.hours(instance)));
    found.extend(known.instances.iter().filter_map(|instance| known.surplus(instance)));
    found.sort_by(worse);
    found
}

impl Known<'_> {
    fn instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.id == *id)
    }

    fn price(&self, read: impl FnOnce(&Prices) -> Option<Money>) -> Result<Money, Unpriced> {
        read(self.prices?).ok_or(Unpriced::NotListed)
    }

    fn address(&self, address: &Address) -> Option<Leak> {
        let what = match &address.association {
            None => What::IdleAddress { address: address.id.clone(), ip: address.ip },
            Some(on) => self.address_on(address, on)?,
        };
        let month = if address.own_pool {
            Err(Unpriced::OwnPool)
        } else {
            self.price(|prices| prices.idle_address_hour).map(Money::month_of_hours)
        };
        Some(Leak { what, label: address.ip.to_string(), month, basis: Basis::List })
    }

    /// An address on something that nothing is reached by.
    fn address_on(&self, address: &Address, on: &Association) -> Option<What> {
        let (id, ip, association) = (address.id.clone(), address.ip, on.id.clone());
        if let Some(interface) = unattached(on, self.interfaces) {
            let interface = interface.id.clone();
            return Some(What::AddressOnLooseInterface { address: id, ip, association, interface });
        }
        let instance = self.instance(on.instance.as_ref()?)?;
        let instance = (instance.state == InstanceState::Stopped).then(|| instance.id.clone())?;
        Some(What::AddressOnStopped { address: id, ip, association, instance })
    }

    fn loose_volume(&self, volume: &Volume) -> Option<Leak> {
        (volume.state == VolumeState::Available).then(|| Leak {
            what: What::LooseVolume(volume.id.clone()),
            label: volume.label().to_owned(),
            month: self.month_of(volume),
            basis: Basis::List,
        })
    }

    /// Snapshots that EC2 made for an image that is gone and that no image names. One made by hand is wanted.
    fn orphans(&self) -> Vec<Leak> {
        let Some(images) = self.images else { return Vec::new() };
        let there: BTreeSet<&ImageId> = images.iter().map(|image| &image.id).collect();
        let named: BTreeSet<&SnapshotId> =
            images.iter().flat_map(|image| &image.mappings).filter_map(|mapping| mapping.snapshot.as_ref()).collect();
        let orphan = |snapshot: &Snapshot| {
            let image = snapshot.made_for()?;
            if !snapshot.completed || there.contains(&image) || named.contains(&snapshot.id) {
                return None;
            }
            Some(Leak {
                what: What::OrphanSnapshot { snapshot: snapshot.id.clone(), image },
                label: snapshot.label().to_owned(),
                month: self.snapshot_month(snapshot),
                basis: Basis::AtMost,
            })
        };
        self.snapshots.iter().filter_map(orphan).collect()
    }

    fn snapshot_month(&self, snapshot: &Snapshot) -> Result<Money, Unpriced> {
        if snapshot.archived {
            return Err(Unpriced::Archived);
        }
        let gib_month = self.price(|prices| prices.snapshot_gib_month)?;
        match snapshot.full_bytes {
            Some(bytes) => gib_month.times(bytes).divided_by(GIB).ok_or(Unpriced::SizeUnknown),
            None => Ok(gib_month.times(snapshot.volume_gib)),
        }
    }

    /// The volumes of each stopped instance: one row, however long it has been stopped. A volume that is attached to
    /// several instances counts where something runs, and else once.
    fn stopped(&self) -> Vec<Leak> {
        let of = |state: fn(InstanceState) -> bool| self.instances.iter().filter(move |instance| state(instance.state));
        let mut counted: BTreeSet<&VolumeId> =
            of(|state| state != InstanceState::Stopped).flat_map(|one| &one.volumes).map(|volume| &volume.id).collect();
        let mut found = Vec::new();
        for instance in of(|state| state == InstanceState::Stopped) {
            let own: Vec<&VolumeId> =
                instance.volumes.iter().map(|volume| &volume.id).filter(|id| counted.insert(id)).collect();
            if own.is_empty() {
                continue;
            }
            let month = own.iter().try_fold(Money::ZERO, |sum, id| Ok(sum + self.volume_month(id)?));
            found.push(Leak {
                what: What::StoppedVolumes {
                    instance: instance.id.clone(),
                    days: instance.stopped_at.map(|at| self.now.duration_since(at).as_hours() / 24),
                    volumes: own.len(),
                },
                label: instance.label().to_owned(),
                month,
                basis: Basis::List,
            });
        }
        found
    }

    fn volume_month(&self, id: &VolumeId) -> Result<Money, Unpriced> {
        let volume = self.volumes.iter().find(|volume| volume.id == *id).ok_or(Unpriced::SizeUnknown)?;
        self.month_of(volume)
    }

    fn month_of(&self, volume: &Volume) -> Result<Money, Unpriced> {
        if volume.kind.is_some_and(|kind| kind.lacks_iops(volume.iops)) {
            return Err(Unpriced::SizeUnknown);
        }
        self.price(|prices| prices.month_of(volume))
    }

    /// The hours of a running instance: idle ones whole, others what a cheaper type would save.
    fn hours(&self, instance: &Instance) -> Option<Leak> {
        if instance.state != InstanceState::Running {
            return None;
        }
        let use_of = self.uses.and_then(|uses| uses.get(&instance.id));
        if let Some(busiest) = use_of.filter(|one| one.is_idle()).and_then(|one| one.busiest_hour) {
            return Some(Leak {
                what: What::IdleInstance { instance: instance.id.clone(), busiest },
                label: instance.label().to_owned(),
                month: self.hour(instance).map(Money::month_of_hours),
                basis: Basis::List,
            });
        }
        if instance.spot || instance.dedicated {
            return None;
        }
        let old = self.types.iter().find(|one| one.name == instance.instance_type)?;
        let operation = instance.usage_operation.as_deref()?;
        let (to, saved) = successor(old, instance.architecture, operation, self.types, self.prices.ok()?)?;
        Some(Leak {
            what: What::OldType { instance: instance.id.clone(), from: old.name.clone(), to: to.name.clone() },
            label: instance.label().to_owned(),
            month: Ok(saved.month_of_hours()),
            basis: Basis::List,
        })
    }

    fn hour(&self, instance: &Instance) -> Result<Money, Unpriced> {
        if instance.spot {
            return Err(Unpriced::Spot);
        }
        if instance.dedicated {
            return Err(Unpriced::Dedicated);
        }
        let operation = instance.usage_operation.as_deref().ok_or(Unpriced::NoOperation)?;
        self.price(|prices| prices.instance_hour(operation, &instance.instance_type))
    }

    /// What was charged beyond the credits in the days that were looked at, carried on for a month.
    fn surplus(&self, instance: &Instance) -> Option<Leak> {
        let InstanceUse { surplus_charged: credits, days, .. } = *self.uses?.get(&instance.id)?;
        // A server that is younger than what was looked at was charged in its own days only.
        let days = days.clamp(1, DAYS);
        if credits <= 0.0 || self.credit_modes?.get(&instance.id) != Some(&CreditMode::Unlimited) {
            return None;
        }
        if instance.state.is_ending() {
            return None;
        }
        // The list is read for Linux; Windows has a price of its own.
        let vcpu_hour = |prices: &Prices| {
            (instance.platform != Platform::Windows)
                .then_some(prices)?
                .surplus_vcpu_hours
                .get(family(&instance.instance_type))
                .copied()
        };
        let month = self.price(vcpu_hour).and_then(|price| {
            let charged = Money::from_f64(credits).ok_or(Unpriced::SizeUnknown)?.amount();
            let charged = price.times(charged).divided_by(CREDITS_PER_VCPU_HOUR);
            let a_month = charged.and_then(|charged| charged.times(HOURS_PER_MONTH).divided_by(days * 24));
            a_month.ok_or(Unpriced::SizeUnknown)
        });
        Some(Leak {
            what: What::Surplus { instance: instance.id.clone(), credits, days },
            label: instance.label().to_owned(),
            month,
            basis: Basis::Estimate,
        })
    }
}

impl What {
    /// Whether it is an instance that has been stopped for long.
    #[must_use]
    pub fn is_stopped_for_long(&self) -> bool {
        matches!(self, Self::StoppedVolumes { days: Some(days), .. } if *days >= LONG_DAYS)
    }
}
