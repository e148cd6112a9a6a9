//! What things cost by AWS's Price List: one region, on demand, before tax, credits and savings plans. There is no
//! price in this program's code; what the list does not name is not known.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::problem::Problem;
use super::volume::{Volume, VolumeKind};

/// IOPS that every gp3 volume has without paying for them (EBS user guide, "General Purpose SSD volumes").
const GP3_IOPS: u32 = 3_000;

/// MiB/s that every gp3 volume has without paying for them (likewise).
const GP3_THROUGHPUT: u32 = 125;

/// The operation of a plain Linux instance, as the Price List and `UsageOperation` call it.
pub const LINUX: &str = "RunInstances";

/// After this, prices are asked again.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The operation behind an image's `PlatformDetails` (EC2 user guide, "AMI billing information fields"); `None` for
/// what that table has under several names.
#[must_use]
pub fn operation_of(platform_details: &str) -> Option<&'static str> {
    match platform_details {
        "Linux/UNIX" => Some(LINUX),
        "Windows" => Some("RunInstances:0002"),
        "Red Hat Enterprise Linux" => Some("RunInstances:0010"),
        "SUSE Linux" => Some("RunInstances:000g"),
        _ => None,
    }
}

/// What the Price List is asked in one question, and what one refusal loses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PricePart {
    /// Machines with this operation.
    Machines(String),
    /// GiB-months of volumes.
    Volumes,
    /// IOPS of volumes.
    Iops,
    /// Throughput of volumes.
    Throughput,
    /// Snapshots.
    Snapshots,
    /// CPU beyond the credits.
    Credits,
    /// Public IPv4 addresses.
    Addresses,
}

impl PricePart {
    /// Those that every account needs.
    #[must_use]
    pub fn standard() -> BTreeSet<Self> {
        [
            Self::Machines(LINUX.to_owned()),
            Self::Volumes,
            Self::Iops,
            Self::Throughput,
            Self::Snapshots,
            Self::Credits,
            Self::Addresses,
        ]
        .into()
    }
}

impl fmt::Display for PricePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machines(operation) => write!(f, "machines {operation}"),
            Self::Volumes => f.write_str("volumes"),
            Self::Iops => f.write_str("iops"),
            Self::Throughput => f.write_str("throughput"),
            Self::Snapshots => f.write_str("snapshots"),
            Self::Credits => f.write_str("credits"),
            Self::Addresses => f.write_str("addresses"),
        }
    }
}

impl From<PricePart> for String {
    fn from(part: PricePart) -> Self {
        part.to_string()
    }
}

impl TryFrom<String> for PricePart {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        Ok(match word.as_str() {
            "volumes" => Self::Volumes,
            "iops" => Self::Iops,
            "throughput" => Self::Throughput,
            "snapshots" => Self::Snapshots,
            "credits" => Self::Credits,
            "addresses" => Self::Addresses,
            other => Self::Machines(other.strip_prefix("machines ").ok_or("not a part of the Price List")?.to_owned()),
        })
    }
}

/// Prices of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    /// When AWS was asked; of parts that were asked at different times, the longest ago.
    pub asked_at: Timestamp,
    /// When each part was answered.
    #[serde(default)]
    pub answered: BTreeMap<PricePart, Timestamp>,
    /// Why a part was not answered the last time; what it said before stays. Never kept on disk.
    #[serde(skip)]
    pub refused: BTreeMap<PricePart, Problem>,
    /// An hour of an instance, by operation ([`LINUX`] and others) and type.
    pub instance_hours: BTreeMap<String, BTreeMap<String, Money>>,
    /// A GiB-month of a volume, by the API's word for its type.
    pub gib_months: BTreeMap<String, Money>,
    /// An IOPS-month beyond what is included, by the API's word; io2 has steps and is left out.
    pub iops_months: BTreeMap<String, Money>,
    /// A MiB/s-month of gp3 beyond what is included.
    pub throughput_month: Option<Money>,
    /// A GiB-month of a snapshot in the standard tier.
    pub snapshot_gib_month: Option<Money>,
    /// An hour of a public IPv4 address in use.
    pub address_hour: Option<Money>,
    /// An hour of a public IPv4 address that nothing uses.
    pub idle_address_hour: Option<Money>,
    /// A vCPU-hour beyond the CPU credits, by family (`t3`).
    pub surplus_vcpu_hours: BTreeMap<String, Money>,
}

impl Prices {
    /// A list with nothing in it.
    #[must_use]
    pub fn none(asked_at: Timestamp) -> Self {
        Self {
            asked_at,
            answered: BTreeMap::new(),
            refused: BTreeMap::new(),
            instance_hours: BTreeMap::new(),
            gib_months: BTreeMap::new(),
            iops_months: BTreeMap::new(),
            throughput_month: None,
            snapshot_gib_month: None,
            address_hour: None,
            idle_address_hour: None,
            surplus_vcpu_hours: BTreeMap::new(),
        }
    }

    /// Whether this part was answered within the last week. What claims to come from the future was not.
    #[must_use]
    pub fn is_fresh(&self, part: &PricePart, now: Timestamp) -> bool {
        let age = self.answered.get(part).map(|at| now.duration_since(*at));
        age.is_some_and(|age| age >= SignedDuration::ZERO && age < FRESH)
    }

    /// Takes what a later question has found. A part that it was refused keeps its old prices and their date.
    pub fn merge(&mut self, newer: Self) {
        for (part, at) in newer.answered {
            match &part {
                PricePart::Machines(operation) => {
                    let hours = newer.instance_hours.get(operation).cloned().unwrap_or_default();
                    self.instance_hours.insert(operation.clone(), hours);
                }
                PricePart::Volumes => self.gib_months.clone_from(&newer.gib_months),
                PricePart::Iops => self.iops_months.clone_from(&newer.iops_months),
                PricePart::Throughput => self.throughput_month = newer.throughput_month,
                PricePart::Snapshots => self.snapshot_gib_month = newer.snapshot_gib_month,
                PricePart::Credits => self.surplus_vcpu_hours.clone_from(&newer.surplus_vcpu_hours),
                PricePart::Addresses => {
                    self.address_hour = newer.address_hour;
                    self.idle_address_hour = newer.idle_address_hour;
                }
            }
            self.refused.remove(&part);
            self.answered.insert(part, at);
        }
        self.refused.extend(newer.refused);
        self.asked_at = self.answered.values().min().copied().unwrap_or(newer.asked_at);
    }

    /// Whether every amount could be a price: what a damaged file says must not be shown.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let maps = self.instance_hours.values().chain([&self.gib_months, &self.iops_months, &self.surplus_vcpu_hours]);
        let single = [self.throughput_month, self.snapshot_gib_month, self.address_hour, self.idle_address_hour];
        !self.answered.is_empty()
            && maps
                .flat_map(BTreeMap::values)
                .copied()
                .chain(single.into_iter().flatten())
                .all(|price| !price.is_none())
    }

    /// An hour of this type with this operation.
    #[must_use]
    pub fn instance_hour(&self, operation: &str, instance_type: &str) -> Option<Money> {
        self.instance_hours.get(operation)?.get(instance_type).copied()
    }

    /// A month of a volume of this kind: its size, and IOPS and throughput beyond what is included.
    #[must_use]
    pub fn volume_month(
        &self,
        kind: VolumeKind,
        size_gib: u32,
        iops: Option<u32>,
        throughput: Option<u32>,
    ) -> Option<Money> {
        let storage = self.gib_months.get(kind.as_str())?.times(size_gib);
        let paid_iops = match kind {
            VolumeKind::Gp3 => iops.unwrap_or_default().saturating_sub(GP3_IOPS),
            // These are paid from the first one on.
            VolumeKind::Io1 | VolumeKind::Io2 => iops?,
            _ => 0,
        };
        let paid_throughput = match kind {
            VolumeKind::Gp3 => throughput.unwrap_or_default().saturating_sub(GP3_THROUGHPUT),
            _ => 0,
        };
        let part = |count: u32, price: Option<Money>| match count {
            0 => Some(Money::ZERO),
            _ => price.map(|price| price.times(count)),
        };
        let operations = part(paid_iops, self.iops_months.get(kind.as_str()).copied())?;
        Some(storage + operations + part(paid_throughput, self.throughput_month)?)
    }

    /// A month of a volume that exists.
    #[must_use]
    pub fn month_of(&self, volume: &Volume) -> Option<Money> {
        self.volume_month(volume.kind?, volume.size_gib, volume.iops, volume.throughput)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn problem() -> Problem {
        Problem::local("GetProducts", crate::domain::problem::LocalCause::EmptyPassphrase, "no")
    }

    #[test]
    fn a_refused_part_keeps_its_old_prices_and_their_date() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let mut prices = Prices::none(at(10));
        prices.answered = [PricePart::Volumes, PricePart::Addresses].map(|part| (part, at(10))).into();
        prices.gib_months.insert("gp3".to_owned(), money("0.1"));
        prices.address_hour = Some(money("0.005"));
        let mut newer = Prices::none(at(20));
        let windows = "RunInstances:0002".to_owned();
        newer.answered = [PricePart::Volumes, PricePart::Machines(windows.clone())].map(|part| (part, at(20))).into();
        newer.gib_months.insert("gp3".to_owned(), money("0.2"));
        newer.instance_hours.insert(windows.clone(), [("t3.micro".to_owned(), money("0.02"))].into());
        newer.refused.insert(PricePart::Addresses, problem());
        prices.merge(newer);
        assert_eq!(prices.gib_months["gp3"], money("0.2"));
        assert_eq!((prices.address_hour, prices.asked_at), (Some(money("0.005")), at(10)));
        assert_eq!(prices.instance_hour(&windows, "t3.micro"), Some(money("0.02")));
        assert!(prices.refused.contains_key(&PricePart::Addresses));
        let mut again = Prices::none(at(30));
        again.answered.insert(PricePart::Addresses, at(30));
        prices.merge(again);
        assert_eq!((prices.address_hour, prices.refused.len(), prices.asked_at), (None, 0, at(20)));
    }

    #[test]
    fn a_week_is_fresh_and_the_future_is_not() {
        let now = Timestamp::from_second(10_000_000).unwrap();
        let week = 7 * 24 * 3_600;
        for (age, fresh) in [(0, true), (week - 1, true), (week, false), (-1, false)] {
            let mut prices = Prices::none(now);
            prices.answered.insert(PricePart::Volumes, now - SignedDuration::from_secs(age));
            assert_eq!(prices.is_fresh(&PricePart::Volumes, now), fresh, "{age}");
            assert!(!prices.is_fresh(&PricePart::Iops, now));
        }
    }

    #[test]
    fn prices_survive_a_file_and_unsound_ones_are_seen() {
        let mut prices = Prices::none(Timestamp::UNIX_EPOCH);
        assert!(!prices.is_sound(), "nothing was answered");
        for part in PricePart::standard() {
            prices.answered.insert(part, Timestamp::UNIX_EPOCH);
        }
        prices.gib_months.insert("gp3".to_owned(), money("0.0912"));
        prices.refused.insert(PricePart::Addresses, problem());
        let read: Prices = serde_json::from_str(&serde_json::to_string(&prices).unwrap()).unwrap();
        prices.refused.clear();
        assert_eq!(read, prices);
        assert!(read.is_sound());
        prices.address_hour = Some(Money::ZERO);
        assert!(!prices.is_sound());
    }

    #[test]
    fn a_volume_costs_its_size_and_what_goes_beyond_what_is_included() {
        let mut prices = Prices::none(Timestamp::UNIX_EPOCH);
        let month = |prices: &Prices, kind, iops, throughput| prices.volume_month(kind, 30, iops, throughput);
        assert_eq!(month(&prices, VolumeKind::Gp3, None, None), None, "unknown is not nothing");
        prices.gib_months = [("gp3", "0.1"), ("io2", "0.2"), ("gp2", "0.11")]
            .map(|(kind, price)| (kind.to_owned(), money(price)))
            .into();
        assert_eq!(month(&prices, VolumeKind::Gp3, Some(3_000), Some(125)), Some(money("3")));
        assert_eq!(month(&prices, VolumeKind::Gp3, Some(4_000), None), None, "the price of IOPS is not known");
        assert_eq!(month(&prices, VolumeKind::Io2, Some(100), None), None);
        assert_eq!(month(&prices, VolumeKind::Gp2, Some(100), None), Some(money("3.3")));
        prices.iops_months.insert("gp3".to_owned(), money("0.005"));
        prices.throughput_month = Some(money("0.04"));
        assert_eq!(month(&prices, VolumeKind::Gp3, Some(4_000), Some(225)), Some(money("12")));
    }
}
