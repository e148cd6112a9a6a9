//! What the free tier comes to: allowances until the end of the month, or credits until they are gone, with what runs
//! now and with one more. AWS is asked; where it tells nothing, what the person has said, and an estimate, marked as one.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::domain::account_plan::{AccountKind, AccountPlan, PlanKind};
use crate::domain::allowance::{Allowance, Meter, documented_limit};
use crate::domain::cost::{LaunchParts, Sum, Unknown, machine_hour, of_launch};
use crate::domain::forecast::{Forecast, credits_end, hours_between, hours_of_month, hours_since_launch, month_start};
use crate::domain::instance::{Instance, Platform};
use crate::domain::money::Money;
use crate::domain::volume::{Volume, VolumeKind};
use crate::message::Read;
use crate::text;
use crate::text::Text;

/// FreeTier's data is hours old anyway: it is not asked again before this.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What the account's free tier comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum FreeTier {
    /// AWS has not answered yet.
    Asking,
    /// It lives on credits.
    Credits(Credits),
    /// It has monthly allowances.
    Allowances {
        /// Each that something was used of.
        meters: Vec<MeterUse>,
        /// Whether AWS has counted, or this program has estimated.
        counted: bool,
    },
    /// Everything is billed: by AWS's answer, or by the person's.
    Billed {
        /// Whether AWS says so.
        told: bool,
    },
    /// Nobody has told.
    Unknown,
}

/// What everything in the region costs an hour, as far as prices are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burn {
    /// The sum of what is known.
    pub per_hour: Money,
    /// Things that cost something nobody knows.
    pub unknown: u32,
}

impl Burn {
    /// A day of it.
    #[must_use]
    pub fn per_day(self) -> Money {
        self.per_hour.times(24_u32)
    }
}

/// An account on credits.
#[derive(Clone, Debug, PartialEq)]
pub struct Credits {
    /// What AWS tells; `None`: the person has said that it is on credits.
    pub plan: Option<AccountPlan>,
    /// What is burnt with what runs now; `None`: no price is known.
    pub burn: Option<Burn>,
    /// When the credits are gone at that rate; `None`: never, or nobody knows.
    pub gone: Option<Timestamp>,
}

/// One allowance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeterUse {
    /// Of what.
    pub meter: Meter,
    /// What it comes to.
    pub forecast: Forecast,
}

/// What a launch or a start would add to what runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct More {
    /// Linux instances of eligible types.
    pub linux: u32,
    /// Windows instances of eligible types.
    pub windows: u32,
    /// Public IPv4 addresses.
    pub addresses: u32,
    /// Whether one of them may not come: AWS does not tell before it is there.
    pub maybe_address: bool,
    /// GiB of volumes that allowances count.
    pub gib: u32,
    /// What all of it costs an hour.
    pub per_hour: Sum,
}

impl App {
    /// Asks what the account's free tier is, unless that was done a moment ago.
    pub(super) fn ask_free_tier(&mut self) {
        let is_old = |at: Option<Timestamp>, now: Timestamp| at.is_none_or(|at| now.duration_since(at) >= FRESH);
        if self.session.region().is_none() {
            return;
        }
        if !self.costs.plan.loading && is_old(self.costs.plan.read_at, self.now) {
            self.costs.plan.ask();
            self.outbox.read(Read::AccountPlan);
        }
        if !self.costs.allowances.loading && is_old(self.costs.allowances.read_at, self.now) {
            self.costs.allowances.ask();
            self.outbox.read(Read::Allowances);
        }
    }

    /// What the person has said about this account.
    #[must_use]
    pub fn said_account_kind(&self) -> Option<AccountKind> {
        let account = self.session.account.value.as_ref()?;
        self.inventory.remembered().account_kind(&account.id)
    }

    /// What the free tier comes to with `more` than runs now.
    #[must_use]
    pub fn free_tier(&self, more: &More) -> FreeTier {
        let (plan, allowances) = (&self.costs.plan, &self.costs.allowances);
        if let Some(Some(plan)) = &plan.value {
            let has_credits = plan.credits.is_some_and(|credits| !credits.is_none());
            if plan.kind == PlanKind::Free || has_credits {
                return FreeTier::Credits(self.credits(Some(plan), more));
            }
            if plan.kind == PlanKind::Paid && !self.has_meters() {
                return FreeTier::Billed { told: true };
            }
        }
        if self.has_meters() {
            let counted = allowances.value.iter().flatten();
            return FreeTier::Allowances {
                meters: counted.filter_map(|one| self.meter(one, more)).collect(),
                counted: true,
            };
        }
        let waits = |loading: bool, known: bool| loading && !known;
        if waits(plan.loading, plan.value.is_some()) || waits(allowances.loading, allowances.value.is_some()) {
            return FreeTier::Asking;
        }
        match self.said_account_kind() {
            Some(AccountKind::Allowances) => {
                FreeTier::Allowances { meters: self.estimated_meters(more), counted: false }
            }
            Some(AccountKind::Credits) => FreeTier::Credits(self.credits(None, more)),
            Some(AccountKind::Billed) => FreeTier::Billed { told: false },
            None => FreeTier::Unknown,
        }
    }

    /// Whether the account has allowances at all; what nobody has told is not ruled out.
    #[must_use]
    pub fn may_have_allowances(&self) -> bool {
        !matches!(self.free_tier(&More::default()), FreeTier::Credits(_) | FreeTier::Billed { .. })
    }

    fn has_meters(&self) -> bool {
        let of_servers = |one: &Allowance| one.meter.is_some() && one.limit > 0.0;
        self.costs.allowances.value.iter().flatten().any(of_servers)
    }

    fn credits(&self, plan: Option<&AccountPlan>, more: &More) -> Credits {
        let mut hour = self.region_cost().total.hour;
        let is_known = !hour.is_unknown();
        hour.take_in(&more.per_hour);
        let burn = is_known.then_some(Burn { per_hour: hour.known, unknown: hour.missing });
        let credits = plan.and_then(|plan| plan.credits);
        let gone = credits.zip(burn).and_then(|(credits, burn)| credits_end(credits, burn.per_hour, self.now));
        Credits { plan: plan.cloned(), burn, gone }
    }

    fn meter(&self, allowance: &Allowance, more: &More) -> Option<MeterUse> {
        let meter = allowance.meter.filter(|_| allowance.limit > 0.0)?;
        let per_hour = self.per_hour(meter, more);
        Some(MeterUse { meter, forecast: Forecast::of_month(allowance.used, allowance.limit, per_hour, self.now) })
    }

    /// What this month has used by the times of launch: what was stopped or deleted since is not among it.
    fn estimated_meters(&self, more: &More) -> Vec<MeterUse> {
        let (now, mut meters) = (self.now, Vec::new());
        for meter in [Meter::LinuxHours, Meter::WindowsHours, Meter::AddressHours, Meter::Storage] {
            let used = match meter {
                Meter::LinuxHours => hours_since_launch(launches(self.eligible(Platform::Linux)), now),
                Meter::WindowsHours => hours_since_launch(launches(self.eligible(Platform::Windows)), now),
                Meter::AddressHours => hours_since_launch(launches(self.by_address()), now),
                Meter::Storage => {
                    let hours = |one: &Volume| {
                        let start = month_start(now);
                        hours_between(one.created.map_or(start, |made| made.max(start)), now)
                    };
                    let volumes = self.inventory.volumes.rows.iter();
                    volumes
                        .filter(|one| one.counts_for_allowance())
                        .map(|one| f64::from(one.size_gib) * hours(one))
                        .sum::<f64>()
                        / hours_of_month(now)
                }
            };
            let per_hour = self.per_hour(meter, more);
            if used > 0.0 || per_hour > 0.0 {
                let forecast = Forecast::of_month(used, documented_limit(meter), per_hour, now);
                meters.push(MeterUse { meter, forecast });
            }
        }
        meters
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
    fn billed_addresses(&self, instance: &Instance) -> usize {
        self.inventory.addresses_of(&instance.id).filter(|one| !one.own_pool).count()
    }

    fn running(&self) -> impl Iterator<Item = &Instance> {
        self.inventory.instances.rows.iter().filter(|one| one.state.runs_or_starts())
    }

    /// What starting these would add. Whether one without an Elastic IP gets a public address is not told before it
    /// runs: it is counted as if it did.
    pub(super) fn more_by_starting<'a>(&self, instances: impl Iterator<Item = &'a Instance>) -> More {
        let mut more = More::default();
        let book = self.price_book();
        for instance in instances {
            if self.catalog.is_eligible(&instance.instance_type) {
                match instance.platform {
                    Platform::Linux => more.linux += 1,
                    Platform::Windows => more.windows += 1,
                }
            }
            // Its volumes cost already.
            more.per_hour.add(machine_hour(instance, &book));
            if !self.inventory.addresses.is_known() {
                more.per_hour.add(Err(Unknown::Reading));
            } else if self.inventory.address_of(&instance.id).is_none() {
                let hour = book.address_hour(true);
                more.maybe_address |= hour.is_ok();
                more.per_hour.add(hour);
                more.addresses += 1;
            }
            // An Elastic IP costs already, and goes from idle to in use.
            for _ in 0..self.billed_addresses(instance) {
                more.per_hour.add(book.address_hour(true).and_then(|hour| Ok(hour - book.address_hour(false)?)));
                more.addresses += 1;
            }
        }
        more
    }

    /// What a launch would add.
    #[must_use]
    pub fn more_by_launching(&self, parts: &LaunchParts<'_>) -> More {
        let count = u32::from(parts.count);
        let eligible = self.catalog.is_eligible(parts.instance_type);
        let windows = parts.operation.is_some_and(|operation| operation.contains(":0002"));
        let counted = |(kind, size, ..): &(VolumeKind, u32, Option<u32>, Option<u32>)| {
            if kind.counts_for_allowance() { *size } else { 0 }
        };
        let gib = parts.volumes.iter().map(counted).fold(0_u32, u32::saturating_add);
        let hour = of_launch(parts, &self.price_book()).hour;
        More {
            linux: if eligible && !windows { count } else { 0 },
            windows: if eligible && windows { count } else { 0 },
            addresses: if parts.address { count } else { 0 },
            maybe_address: false,
            gib: gib.saturating_mul(count),
            per_hour: hour,
        }
    }

    /// What becomes of the free tier with `more`, in sentences; none where there is nothing to lose.
    #[must_use]
    pub fn free_tier_with(&self, more: &More) -> Vec<Text> {
        let (before, after) = (self.free_tier(&More::default()), self.free_tier(more));
        let maybe_address = || more.maybe_address.then(|| text!("free-tier-more-address"));
        match (before, after) {
            (FreeTier::Credits(before), FreeTier::Credits(after)) => {
                let mut lines = credit_lines(&before, &after);
                lines.extend(after.burn.and_then(|_| maybe_address()));
                lines
            }
            (FreeTier::Allowances { meters: before, .. }, FreeTier::Allowances { meters: after, counted }) => {
                let changed: Vec<&MeterUse> = after.iter().filter(|meter| !before.contains(meter)).collect();
                let mut lines: Vec<Text> = changed.iter().map(|meter| meter_line(meter)).collect();
                if changed.iter().any(|meter| meter.meter == Meter::AddressHours) {
                    lines.extend(maybe_address());
                }
                if !lines.is_empty() && !counted {
                    lines.push(text!("free-tier-is-estimate"));
                }
                lines
            }
            _ => Vec::new(),
        }
    }
}

fn launches<'a>(instances: impl Iterator<Item = &'a Instance>) -> impl Iterator<Item = Timestamp> {
    instances.filter_map(|one| one.launched_at)
}

/// A day of AWS's calendar.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn meter_line(meter: &MeterUse) -> Text {
    let forecast = &meter.forecast;
    let (name, sum) = (Text::new(meter.meter.text_key(), Vec::new()), format!("{:.0}", forecast.at_month_end));
    let limit = format!("{:.0}", forecast.limit);
    match forecast.runs_out {
        Some(at) => text!("free-tier-more-over", meter = name, sum = sum, limit = limit, day = day(at)),
        None => text!("free-tier-more-fits", meter = name, sum = sum, limit = limit),
    }
}

fn credit_lines(before: &Credits, after: &Credits) -> Vec<Text> {
    let Some(burn) = after.burn else { return vec![text!("free-tier-more-unpriced")] };
    let per_day = burn.per_day().to_string();
    let mut lines = vec![match (after.gone, before.gone) {
        (Some(gone), Some(was)) => {
            text!("free-tier-more-credits", rate = per_day, day = day(gone), was = day(was))
        }
        (Some(gone), None) => text!("free-tier-more-credits-first", rate = per_day, day = day(gone)),
        (None, _) => text!("free-tier-more-burn", rate = per_day),
    }];
    if burn.unknown > 0 {
        lines.push(text!("free-tier-more-unknown", n = burn.unknown));
    }
    lines
}
