//! What things cost by AWS's Price List: one region, on demand, before tax, credits and savings plans. There is no
//! price in this program's code; what the list does not name is not known.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::volume::{Volume, VolumeKind};

/// IOPS that every gp3 volume has without paying for them (EBS user guide, "General Purpose SSD volumes").
const GP3_IOPS: u32 = 3_000;

/// MiB/s that every gp3 volume has without paying for them (likewise).
const GP3_THROUGHPUT: u32 = 125;

/// The operation of a plain Linux instance, as the Price List and `UsageOperation` call it.
pub const LINUX: &str = "RunInstances";

/// Prices of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    /// When AWS was asked.
    pub asked_at: Timestamp,
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
            VolumeKind::Io1 | VolumeKind::Io2 => iops.unwrap_or_default(),
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
