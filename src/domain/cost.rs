//! What things cost at list prices: an instance with all that hangs on it, and a region. An amount that is not known is
//! never taken for nothing: a sum says how many of its parts are missing, and why.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rust_decimal::Decimal;

use super::address::Address;
use super::instance::Instance;
use super::money::{HOURS_PER_MONTH, Money};
use super::price::{PricePart, Prices};
use super::problem::Problem;
use super::volume::{Volume, VolumeKind, VolumeState};

/// Why an amount is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is on its way.
    Reading,
    /// AWS was asked and did not answer, or refused.
    Refused(Box<Problem>),
    /// The Price List does not name it, or not clearly.
    NotListed,
    /// The price of the spot market changes.
    Spot,
    /// Hardware of its own has other prices.
    Dedicated,
    /// EC2 does not say what is billed.
    NoOperation,
    /// The volume, its type, or the IOPS that it is paid by are not known.
    Volume,
    /// The region's prices are in another currency.
    OtherCurrency,
}

/// An amount, or why it is not known.
pub type Known = Result<Money, Unknown>;

/// Prices with what is known about those that are missing.
#[derive(Clone, Copy, Debug)]
pub struct PriceBook<'a> {
    /// The last good ones.
    pub prices: Option<&'a Prices>,
    /// Why the last question was not answered at all.
    pub problem: Option<&'a Problem>,
    /// Whether the region's prices are in US dollars.
    pub in_dollars: bool,
}

impl PriceBook<'_> {
    /// An hour of a machine.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn machine_hour(&self, operation: Option<&str>, instance_type: &str) -> Known {
        if !self.in_dollars {
            return Err(Unknown::OtherCurrency);
        }
        let operation = operation.ok_or(Unknown::NoOperation)?;
        let hour = self.prices.and_then(|prices| prices.instance_hour(operation, instance_type));
        hour.ok_or_else(|| self.why(&PricePart::Machines(operation.to_owned())))
    }

    /// A month of a volume.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn volume_month(
        &self,
        kind: Option<VolumeKind>,
        size_gib: u32,
        iops: Option<u32>,
        throughput: Option<u32>,
    ) -> Known {
        let kind = kind.ok_or(Unknown::Volume)?;
        if kind.lacks_iops(iops) && self.prices.is_some() {
            return Err(Unknown::Volume);
        }
        let price = |iops, throughput| self.prices?.volume_month(kind, size_gib, iops, throughput);
        if let Some(month) = price(iops, throughput) {
            return Ok(month);
        }
        // The first part without which there is no price.
        Err(self.why(if self.prices.is_none_or(|prices| !prices.gib_months.contains_key(kind.as_str())) {
            &PricePart::Volumes
        } else if price(iops, None).is_none() {
            &PricePart::Iops
        } else {
            &PricePart::Throughput
        }))
    }

    /// An hour of a public IPv4 address.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn address_hour(&self, in_use: bool) -> Known {
        let hour = |prices: &Prices| if in_use { prices.address_hour } else { prices.idle_address_hour };
        self.prices.and_then(hour).ok_or_else(|| self.why(&PricePart::Addresses))
    }

    /// Why something of this part is not known.
    #[must_use]
    pub fn why(&self, part: &PricePart) -> Unknown {
        if !self.in_dollars {
            return Unknown::OtherCurrency;
        }
        if self.prices.is_some_and(|prices| prices.answered.contains_key(part)) {
            return Unknown::NotListed;
        }
        let own = self.prices.and_then(|prices| prices.refused.get(part));
        match own.or(self.problem) {
            Some(problem) => Unknown::Refused(Box::new(problem.clone())),
            None => Unknown::Reading,
        }
    }
}

/// A sum of which some parts may not be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// What the known parts come to.
    pub known: Money,
    /// How many parts are in it.
    pub counted: u32,
    /// How many are not.
    pub missing: u32,
    /// Why the first of them is not.
    pub why: Option<Unknown>,
}

impl Sum {
    /// Puts in one part.
    pub fn add(&mut self, part: Known) {
        match part {
            Ok(amount) => {
                self.known = self.known + amount;
                self.counted += 1;
            }
            Err(why) => {
                self.missing += 1;
                self.why.get_or_insert(why);
            }
        }
    }

    /// Puts in the parts of another sum.
    pub fn take_in(&mut self, other: &Self) {
        self.known = self.known + other.known;
        self.counted += other.counted;
        self.missing += other.missing;
        if self.why.is_none() {
            self.why.clone_from(&other.why);
        }
    }

    /// Whether nothing of it is known although there is something.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.missing > 0 && self.counted == 0
    }

    /// Whether there is nothing that could cost anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing == 0 && self.counted == 0
    }
}

/// What something costs as long as it stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// In an hour.
    pub hour: Sum,
    /// In a month of 730 hours.
    pub month: Sum,
    /// Since the time that the caller has named; empty without one.
    pub since: Sum,
}

/// How a price is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rate {
    Hourly(Money),
    Monthly(Money),
}

impl Rate {
    fn hour(self) -> Money {
        match self {
            Self::Hourly(price) => price,
            Self::Monthly(price) => price.divided_by(HOURS_PER_MONTH).unwrap_or_default(),
        }
    }

    fn month(self) -> Money {
        match self {
            Self::Hourly(price) => price.month_of_hours(),
            Self::Monthly(price) => price,
        }
    }

    fn within(self, span: Span) -> Money {
        match self {
            Self::Hourly(price) => price.times(span.seconds()).divided_by(3_600).unwrap_or_default(),
            Self::Monthly(price) => price.times(span.months()),
        }
    }
}

impl Running {
    fn add(&mut self, rate: &Result<Rate, Unknown>, span: Option<Span>) {
        self.hour.add(rate.clone().map(Rate::hour));
        self.month.add(rate.clone().map(Rate::month));
        if let Some(span) = span {
            self.since.add(rate.clone().map(|rate| rate.within(span)));
        }
    }

    fn take_in(&mut self, other: &Self) {
        self.hour.take_in(&other.hour);
        self.month.take_in(&other.month);
        self.since.take_in(&other.since);
    }
}

/// From when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Timestamp,
    to: Timestamp,
}

impl Span {
    fn seconds(self) -> i64 {
        self.to.duration_since(self.from).as_secs().max(0)
    }

    /// How many calendar months it is: AWS's months are those of UTC, and a GiB-month is a whole one, long or short.
    fn months(self) -> Decimal {
        let first = |at: Timestamp| Offset::UTC.to_datetime(at).date().first_of_month();
        let begins = |date: Date| Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
        let mut months = Decimal::ZERO;
        let mut date = first(self.from);
        while let Some(begin) = begins(date).filter(|begin| *begin < self.to) {
            let Ok(next) = date.checked_add(jiff::Span::new().months(1)) else { break };
            let Some(end) = begins(next) else { break };
            let inside = Self { from: begin.max(self.from), to: end.min(self.to) }.seconds();
            months += Decimal::from(inside) / Decimal::from(end.duration_since(begin).as_secs().max(1));
            date = next;
        }
        months
    }
}

/// What an instance costs, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceCost {
    /// The machine; nothing while it does not run.
    pub machine: Running,
    /// Its volumes, whether it runs or not.
    pub storage: Running,
    /// Its public IPv4 addresses.
    pub addresses: Running,
    /// All of it.
    pub total: Running,
    /// From when `since` counts: its last start or, of one that is stopped, its stop.
    pub from: Option<Timestamp>,
}

impl InstanceCost {
    /// The list of Elastic IPs is not known: there may be one on it.
    pub fn without_addresses(&mut self, why: &Unknown) {
        let (unknown, span) = (Err(why.clone()), self.from.map(|from| Span { from, to: from }));
        self.addresses.add(&unknown, span);
        self.total.add(&unknown, span);
    }
}

/// What an instance costs; its volumes and Elastic IPs are looked for among these.
#[must_use]
pub fn of_instance<'a>(
    instance: &Instance,
    volumes: &[Volume],
    addresses: impl IntoIterator<Item = &'a Address>,
    book: &PriceBook<'_>,
    now: Timestamp,
) -> InstanceCost {
    let mut cost = InstanceCost::default();
    if instance.state.is_ending() {
        return cost;
    }
    let runs = instance.state.runs_or_starts();
    cost.from = if runs { instance.launched_at } else { instance.stopped_at };
    let span = cost.from.map(|from| Span { from, to: now.max(from) });
    if runs {
        cost.machine.add(&machine(instance, book), span);
    }
    for attached in &instance.volumes {
        let volume = volumes.iter().find(|volume| volume.id == attached.id);
        // One that was made later costs since it was made.
        let made = volume.and_then(|volume| volume.created);
        let span =
            span.map(|span| Span { from: made.map_or(span.from, |made| made.clamp(span.from, span.to)), ..span });
        cost.storage.add(&volume.ok_or(Unknown::Volume).and_then(|volume| storage(volume, book)), span);
    }
    let fixed: Vec<&Address> = addresses.into_iter().filter(|one| one.is_on(&instance.id)).collect();
    for one in &fixed {
        // On a machine that does not run an Elastic IP counts as idle.
        cost.addresses.add(&elastic(one, runs, book), span);
    }
    if instance.public_ip.is_some_and(|ip| fixed.iter().all(|one| one.ip != ip)) {
        cost.addresses.add(&book.address_hour(runs).map(Rate::Hourly), span);
    }
    for part in [&cost.machine, &cost.storage, &cost.addresses] {
        cost.total.take_in(part);
    }
    cost
}

fn machine(instance: &Instance, book: &PriceBook<'_>) -> Result<Rate, Unknown> {
    machine_hour(instance, book).map(Rate::Hourly)
}

/// An hour of an instance's machine while it runs.
///
/// # Errors
/// Why it is not known.
pub fn machine_hour(instance: &Instance, book: &PriceBook<'_>) -> Known {
    if instance.spot {
        return Err(Unknown::Spot);
    }
    if instance.dedicated {
        return Err(Unknown::Dedicated);
    }
    book.machine_hour(instance.usage_operation.as_deref(), &instance.instance_type)
}

fn storage(volume: &Volume, book: &PriceBook<'_>) -> Result<Rate, Unknown> {
    book.volume_month(volume.kind, volume.size_gib, volume.iops, volume.throughput).map(Rate::Monthly)
}

/// An Elastic IP; the list's price is for those of Amazon's own pool.
fn elastic(address: &Address, in_use: bool, book: &PriceBook<'_>) -> Result<Rate, Unknown> {
    if address.own_pool { Err(Unknown::NotListed) } else { book.address_hour(in_use).map(Rate::Hourly) }
}

/// What a region costs as it is now, as far as this program knows what is there: addresses of load balancers, NAT
/// gateways and the like are only counted when they are Elastic IPs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionCost {
    /// Machines that run or start.
    pub machines: Running,
    /// All volumes, attached or not.
    pub volumes: Running,
    /// Public addresses of instances that run or start, and all Elastic IPs.
    pub addresses: Running,
    /// All of it.
    pub total: Running,
}

/// What a region costs now.
#[must_use]
pub fn of_region(
    instances: &[Instance],
    volumes: &[Volume],
    addresses: &[Address],
    book: &PriceBook<'_>,
) -> RegionCost {
    let mut cost = RegionCost::default();
    let runs = |instance: &&Instance| instance.state.runs_or_starts();
    for instance in instances.iter().filter(runs) {
        cost.machines.add(&machine(instance, book), None);
    }
    for volume in volumes.iter().filter(|volume| volume.state != VolumeState::Gone) {
        cost.volumes.add(&storage(volume, book), None);
    }
    let fixed: BTreeSet<Ipv4Addr> = addresses.iter().map(|address| address.ip).collect();
    let given = instances.iter().filter(runs).filter_map(|instance| instance.public_ip);
    for _ in given.filter(|ip| !fixed.contains(ip)).collect::<BTreeSet<_>>() {
        cost.addresses.add(&book.address_hour(true).map(Rate::Hourly), None);
    }
    for address in addresses {
        let on = address.association.as_ref();
        let rests = on
            .and_then(|on| on.instance.as_ref())
            .is_some_and(|id| instances.iter().any(|instance| instance.id == *id && !instance.state.runs_or_starts()));
        cost.addresses.add(&elastic(address, on.is_some() && !rests, book), None);
    }
    for part in [&cost.machines, &cost.volumes, &cost.addresses] {
        cost.total.take_in(part);
    }
    cost
}

impl RegionCost {
    /// A whole list is not known: what it holds costs something that nobody knows.
    pub fn without(&mut self, part: fn(&mut Self) -> &mut Running, why: &Unknown) {
        let unknown: Result<Rate, Unknown> = Err(why.clone());
        part(self).add(&unknown, None);
        self.total.add(&unknown, None);
    }
}

/// What would be launched, for [`of_launch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchParts<'a> {
    /// Of the image.
    pub operation: Option<&'a str>,
    /// For example `t3.micro`.
    pub instance_type: &'a str,
    /// Type, GiB, IOPS, MiB/s of each volume.
    pub volumes: Vec<(VolumeKind, u32, Option<u32>, Option<u32>)>,
    /// Whether each gets a public IPv4 address.
    pub address: bool,
    /// How many instances.
    pub count: u16,
}

/// What a launch would cost while it runs, all its instances together.
#[must_use]
pub fn of_launch(parts: &LaunchParts<'_>, book: &PriceBook<'_>) -> Running {
    let mut cost = Running::default();
    for _ in 0..parts.count {
        cost.add(&book.machine_hour(parts.operation, parts.instance_type).map(Rate::Hourly), None);
        for (kind, size, iops, throughput) in &parts.volumes {
            let month = book.volume_month(Some(*kind), *size, *iops, *throughput);
            cost.add(&month.map(Rate::Monthly), None);
        }
        if parts.address {
            cost.add(&book.address_hour(true).map(Rate::Hourly), None);
        }
    }
    cost
}

#[cfg(test)]
mod tests;
