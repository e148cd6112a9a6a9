//! What costs money and does nothing for it: found in what was read of the account, priced by AWS's list, worst first.
//!
//! Nothing is counted twice: each leak is about one part of a resource's cost that no other leak is about. Of what the
//! list does not tell the cost is unknown, with the reason, and never nothing.

mod find;
mod successor;

pub use find::{Known, leaks};
pub use successor::successor;

use std::cmp::{Ordering, Reverse};
use std::net::Ipv4Addr;

use super::id::{AllocationId, AssociationId, ImageId, InstanceId, InterfaceId, SnapshotId, VolumeId};
use super::money::Money;

/// An instance that has been stopped for so many days is stopped for long.
pub const LONG_DAYS: i64 = 30;

/// One leak.
#[derive(Clone, Debug, PartialEq)]
pub struct Leak {
    /// What leaks.
    pub what: What,
    /// What to call it: a name, an address, or an id.
    pub label: String,
    /// What it costs in a month of 730 hours, on demand, or why that is not known.
    pub month: Result<Money, Unpriced>,
    /// How sure the amount is.
    pub basis: Basis,
}

/// What leaks, with what is needed to end it.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// An Elastic IP that is on nothing.
    IdleAddress {
        /// Which one.
        address: AllocationId,
        /// The address itself.
        ip: Ipv4Addr,
    },
    /// An Elastic IP that waits on a stopped instance.
    AddressOnStopped {
        /// Which one.
        address: AllocationId,
        /// The address itself.
        ip: Ipv4Addr,
        /// What takes it off.
        association: AssociationId,
        /// The instance.
        instance: InstanceId,
    },
    /// An Elastic IP on a network interface that is attached to nothing.
    AddressOnLooseInterface {
        /// Which one.
        address: AllocationId,
        /// The address itself.
        ip: Ipv4Addr,
        /// What takes it off.
        association: AssociationId,
        /// The interface.
        interface: InterfaceId,
    },
    /// A volume that is attached to nothing.
    LooseVolume(VolumeId),
    /// A snapshot that was made for an image that is gone.
    OrphanSnapshot {
        /// Which one.
        snapshot: SnapshotId,
        /// The image that is gone.
        image: ImageId,
    },
    /// The volumes of a stopped instance.
    StoppedVolumes {
        /// The instance.
        instance: InstanceId,
        /// For how many whole days it has been stopped; `None`: AWS does not tell.
        days: Option<i64>,
        /// How many volumes.
        volumes: usize,
    },
    /// An instance that runs and does next to nothing.
    IdleInstance {
        /// Which one.
        instance: InstanceId,
        /// The busiest hour's CPU use over the days that were looked at, percent.
        busiest: f64,
    },
    /// An instance of a previous generation that has a cheaper successor.
    OldType {
        /// Which one.
        instance: InstanceId,
        /// Its type.
        from: String,
        /// The successor.
        to: String,
    },
    /// An instance that pays for CPU credits beyond its balance.
    Surplus {
        /// Which one.
        instance: InstanceId,
        /// Credits that were charged.
        credits: f64,
        /// Over how many days: those that there is data of.
        days: u32,
    },
}

impl What {
    /// The id of the resource.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::IdleAddress { address, .. }
            | Self::AddressOnStopped { address, .. }
            | Self::AddressOnLooseInterface { address, .. } => address.as_str(),
            Self::LooseVolume(id) => id.as_str(),
            Self::OrphanSnapshot { snapshot, .. } => snapshot.as_str(),
            Self::StoppedVolumes { instance, .. }
            | Self::IdleInstance { instance, .. }
            | Self::OldType { instance, .. }
            | Self::Surplus { instance, .. } => instance.as_str(),
        }
    }

    /// Which part of a resource's cost it is about; orders leaks of equal cost.
    #[must_use]
    pub fn part(&self) -> Part {
        match self {
            Self::IdleAddress { .. } | Self::AddressOnStopped { .. } | Self::AddressOnLooseInterface { .. } => {
                Part::Address
            }
            Self::LooseVolume(_) | Self::StoppedVolumes { .. } => Part::Volumes,
            Self::OrphanSnapshot { .. } => Part::Snapshot,
            Self::IdleInstance { .. } | Self::OldType { .. } => Part::Hours,
            Self::Surplus { .. } => Part::Surplus,
        }
    }

    /// What tells one row from another over refreshes: the part and the id.
    #[must_use]
    pub fn key(&self) -> (Part, String) {
        (self.part(), self.id().to_owned())
    }
}

/// A part of what a resource costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The hours of an instance.
    Hours,
    /// CPU credits beyond the balance.
    Surplus,
    /// Volumes.
    Volumes,
    /// A snapshot.
    Snapshot,
    /// A public address.
    Address,
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The list's price for a whole month.
    List,
    /// So much at most: a snapshot stores only what older ones do not, and AWS does not tell how much that is.
    AtMost,
    /// The last days carried on for a month.
    Estimate,
}

/// Why a cost is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unpriced {
    /// The prices are on their way.
    Loading,
    /// The prices could not be read.
    NoPrices,
    /// The list has no price for it.
    NotListed,
    /// A volume's size, or the IOPS that it is paid by, were not read.
    SizeUnknown,
    /// Bought on the spot market: the list's price is not its price.
    Spot,
    /// On hardware of its own: the list's price is not its price.
    Dedicated,
    /// Not of Amazon's own address pool: the list's price is not its price.
    OwnPool,
    /// In the archive tier: the list's price is not its price.
    Archived,
    /// EC2 does not say which system is billed.
    NoOperation,
    /// The region's prices are in another currency.
    OtherCurrency,
}

/// Worst first: the known amounts from high to low, then the unknown ones; equal ones by part and id.
fn worse(one: &Leak, other: &Leak) -> Ordering {
    let rank = |leak: &Leak| (leak.month.is_err(), Reverse(leak.month.unwrap_or_default()));
    rank(one).cmp(&rank(other)).then_with(|| one.what.key().cmp(&other.what.key()))
}

/// What the leaks cost together, as far as it is known, and how many are unknown.
#[must_use]
pub fn total(leaks: &[Leak]) -> (Money, usize) {
    let known = leaks.iter().filter_map(|leak| leak.month.ok()).sum();
    (known, leaks.iter().filter(|leak| leak.month.is_err()).count())
}

#[cfg(test)]
mod tests;
