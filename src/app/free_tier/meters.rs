//! Allowances and what they come to: as AWS counts them, or as the times of launch tell.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::More;
use crate::app::App;
use crate::domain::allowance::{Allowance, Meter, documented_limit};
use crate::domain::forecast::{Forecast, hours_between, hours_of_month, hours_since_launch, month_start};
use crate::domain::instance::{Instance, Platform};
use crate::domain::volume::Volume;
use crate::text;
use crate::text::Text;

pub(super) const METERS: [Meter; 4] = [Meter::LinuxHours, Meter::WindowsHours, Meter::AddressHours, Meter::Storage];

/// One allowance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeterUse {
    /// Of what.
    pub meter: Meter,
    /// What AWS tells of it; `None`: an estimate from the times of launch and the documented limit.
    pub told: Option<Told>,
    /// What it comes to.
    pub forecast: Forecast,
}

/// What AWS tells of an allowance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// Used so far.
    pub used: f64,
    /// What AWS expects by the end of the month.
    pub expected: f64,
}

impl App {
    /// What each meter comes to: as AWS has counted, and where it has not, as the times of launch tell.
    pub(super) fn meters(&self, more: &More) -> Vec<MeterUse> {
        let allowances = || self.costs.allowances.value.iter().flatten().filter(|one| one.limit > 0.0);
        let told = |meter: Meter| allowances().find(|one| one.meter == Some(meter));
        let each = METERS.into_iter().filter_map(|meter| match told(meter) {
            Some(allowance) => Some(self.told_meter(meter, allowance, more)),
            None => self.estimated_meter(meter, more),
        });
        each.collect()
    }

    fn told_meter(&self, meter: Meter, allowance: &Allowance, more: &More) -> MeterUse {
        let now = self.now;
        // What was used when AWS was asked has gone on since; a new month begins with nothing.
        let told_at = self.costs.allowances.read_at.unwrap_or(now);
        let (used, from) = if told_at < month_start(now) { (0.0, month_start(now)) } else { (allowance.used, told_at) };
        let used = used + self.per_hour(meter, &More::default()) * hours_between(from, now);
        let forecast = Forecast::of_month(used, allowance.limit, self.per_hour(meter, more), now);
        MeterUse { meter, told: Some(Told { used: allowance.used, expected: allowance.expected }), forecast }
    }

    /// What this month has used by the times of launch: what was stopped or deleted since is not among it.
    fn estimated_meter(&self, meter: Meter, more: &More) -> Option<MeterUse> {
        let now = self.now;
        let used = match meter {
            Meter::LinuxHours => hours_since_launch(launches(self.eligible(Platform::Linux)), now),
            Meter::WindowsHours => hours_since_launch(launches(self.eligible(Platform::Windows)), now),
            Meter::AddressHours => hours_since_launch(launches(self.by_address()), now),
            Meter::Storage => self.gib_months(now),
        };
        let per_hour = self.per_hour(meter, more);
        let forecast = Forecast::of_month(used, documented_limit(meter), per_hour, now);
        (used > 0.0 || per_hour > 0.0).then_some(MeterUse { meter, told: None, forecast })
    }

    /// GiB-months of this month so far, by the volumes of now and when they were made.
    fn gib_months(&self, now: Timestamp) -> f64 {
        let start = month_start(now);
        let hours = |one: &Volume| hours_between(one.created.map_or(start, |made| made.max(start)), now);
        let volumes = self.inventory.volumes.rows.iter().filter(|one| one.counts_for_allowance());
        volumes.map(|one| f64::from(one.size_gib) * hours(one)).sum::<f64>() / hours_of_month(now)
    }

    /// What the meters leave out, because it is not known.
    #[must_use]
    pub fn meter_gaps(&self) -> Vec<Text> {
        let mut gaps = Vec::new();
        if !self.inventory.instances.is_known() {
            gaps.push(text!("free-tier-gap-instances"));
        }
        if !self.inventory.volumes.is_known() {
            gaps.push(text!("free-tier-gap-volumes"));
        }
        let unread = self.running().filter(|one| self.catalog.types.get(&one.instance_type).is_none()).count();
        if unread > 0 {
            gaps.push(text!("free-tier-gap-types", n = unread));
        }
        gaps
    }

    /// How much of an allowance an hour uses.
    fn per_hour(&self, meter: Meter, more: &More) -> f64 {
        let count = |count: usize, more: u32| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) + f64::from(more);
        match meter {
            Meter::LinuxHours => count(self.eligible(Platform::Linux).count(), more.linux),
            Meter::WindowsHours => count(self.eligible(Platform::Windows).count(), more.windows),
            Meter::AddressHours => count(self.by_address().count(), more.addresses),
            Meter::Storage => {
                let gib = crate::domain::free_tier::storage_used_gib(&self.inventory.volumes.rows);
                (f64::from(gib) + f64::from(more.gib)) / hours_of_month(self.now)
            }
        }
    }

    fn eligible(&self, platform: Platform) -> impl Iterator<Item = &Instance> {
        let types = self.catalog.types.rows.iter().filter(|one| one.free_tier_eligible);
        let names: BTreeSet<&str> = types.map(|one| one.name.as_str()).collect();
        self.running().filter(move |one| one.platform == platform && names.contains(one.instance_type.as_str()))
    }

    /// Each running instance as often as it has a public address that is billed.
    fn by_address(&self) -> impl Iterator<Item = &Instance> {
        self.running().flat_map(|one| {
            let own = one.public_ip.is_some_and(|ip| self.inventory.addresses_of(&one.id).all(|fixed| fixed.ip != ip));
            std::iter::repeat_n(one, self.billed_addresses(one) + usize::from(own))
        })
    }

    /// How many Elastic IPs are on an instance; those of one's own pool are not billed.
    pub(super) fn billed_addresses(&self, instance: &Instance) -> usize {
        self.inventory.addresses_of(&instance.id).filter(|one| !one.own_pool).count()
    }

    fn running(&self) -> impl Iterator<Item = &Instance> {
        self.inventory.instances.rows.iter().filter(|one| one.state.runs_or_starts())
    }
}

fn launches<'a>(instances: impl Iterator<Item = &'a Instance>) -> impl Iterator<Item = Timestamp> {
    instances.filter_map(|one| one.launched_at)
}
