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

/// After this it is asked again although nobody looks: forecasts begin with it.
const OLD: SignedDuration = SignedDuration::from_hours(1);

const METERS: [Meter; 4] = [Meter::LinuxHours, Meter::WindowsHours, Meter::AddressHours, Meter::Storage];

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
    Unknown {
        /// What the allowances would come to, if it has any: an estimate.
        meters: Vec<MeterUse>,
    },
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
        self.costs.free_tier_asked_at = Some(self.now);
        if !self.costs.plan.loading && is_old(self.costs.plan.read_at, self.now) {
            self.costs.plan.ask();
            self.outbox.read(Read::AccountPlan);
        }
        if !self.costs.allowances.loading && is_old(self.costs.allowances.read_at, self.now) {
            self.costs.allowances.ask();
            self.outbox.read(Read::Allowances);
        }
    }

    /// With each refresh: what is old is asked for again.
    pub(super) fn keep_free_tier_fresh(&mut self) {
        if self.costs.free_tier_asked_at.is_some_and(|at| self.now.duration_since(at) >= OLD) {
            self.ask_free_tier();
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
        let told = plan.value.as_ref().and_then(Option::as_ref);
        if let Some(plan) = told {
            let has_credits = plan.credits.is_some_and(|credits| !credits.is_none());
            if plan.kind == PlanKind::Free || has_credits {
                return FreeTier::Credits(self.credits(Some(plan), more));
            }
        }
        if self.has_meters() {
            return FreeTier::Allowances { meters: self.meters(more), counted: true };
        }
        let waits = |loading: bool, known: bool| loading && !known;
        if waits(plan.loading, plan.value.is_some()) || waits(allowances.loading, allowances.value.is_some()) {
            return FreeTier::Asking;
        }
        // No credits, told as such, and no allowance although AWS has answered: nothing is left that could be free.
        let is_billed = |plan: &AccountPlan| plan.kind == PlanKind::Paid && plan.credits.is_some();
        if told.is_some_and(is_billed) && allowances.value.is_some() {
            return FreeTier::Billed { told: true };
        }
        match self.said_account_kind() {
            Some(AccountKind::Allowances) => FreeTier::Allowances { meters: self.meters(more), counted: false },
            Some(AccountKind::Credits) => FreeTier::Credits(self.credits(None, more)),
            Some(AccountKind::Billed) => FreeTier::Billed { told: false },
            None => FreeTier::Unknown { meters: self.meters(more) },
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
        let now = self.region_cost().total.hour;
        let mut hour = now.clone();
        hour.take_in(&more.per_hour);
        let burn = (!now.is_unknown()).then_some(Burn { per_hour: hour.known, unknown: hour.missing });
        // What was left when AWS was asked has been drawn on since.
        let since = self.costs.plan.read_at.map_or(0, |at| self.now.duration_since(at).as_secs().max(0));
        let drawn = now.known.times(since).divided_by(3_600).unwrap_or_default();
        let credits = plan.and_then(|plan| plan.credits);
        let left = credits.map(|credits| if credits.amount() > drawn.amount() { credits - drawn } else { Money::ZERO });
        let gone = left.zip(burn).and_then(|(left, burn)| credits_end(left, burn.per_hour, self.now));
        Credits { plan: plan.cloned(), burn, gone }
    }

    /// What each meter comes to: as AWS has counted, and where it has not, as the times of launch tell.
    fn meters(&self, more: &More) -> Vec<MeterUse> {
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

    /// What becomes of the free tier with `more`; nothing where there is nothing to lose.
    #[must_use]
    pub fn free_tier_with(&self, more: &More) -> Outlook {
        let (before, after) = (self.free_tier(&More::default()), self.free_tier(more));
        let maybe_address = || more.maybe_address.then(|| text!("free-tier-more-address"));
        let mut outlook = Outlook::default();
        match (before, after) {
            (_, FreeTier::Asking) => outlook.notes.push(text!("free-tier-more-asking")),
            (FreeTier::Credits(before), FreeTier::Credits(after)) => {
                outlook.forecast = credit_lines(&before, &after);
                outlook.notes.extend(after.burn.and_then(|_| maybe_address()));
                outlook.notes.extend(source(self.costs.plan.read_at.filter(|_| after.plan.is_some())));
            }
            (FreeTier::Allowances { meters: before, .. }, FreeTier::Allowances { meters: after, .. }) => {
                let changed: Vec<&MeterUse> = after.iter().filter(|meter| !before.contains(meter)).collect();
                if changed.is_empty() {
                    return outlook;
                }
                outlook.forecast = changed.iter().map(|meter| meter_line(meter)).collect();
                if changed.iter().any(|meter| meter.meter == Meter::AddressHours) {
                    outlook.notes.extend(maybe_address());
                }
                let any_told = changed.iter().any(|meter| meter.told.is_some());
                outlook.notes.extend(source(self.costs.allowances.read_at.filter(|_| any_told)));
                if changed.iter().any(|meter| meter.told.is_none()) {
                    outlook.notes.push(text!("free-tier-is-estimate"));
                }
                outlook.notes.extend(self.meter_gaps());
            }
            (FreeTier::Unknown { meters: before }, FreeTier::Unknown { meters: after }) => {
                outlook.forecast.extend(unknown_line(&before, &after));
            }
            _ => {}
        }
        outlook
    }
}

/// What becomes of the free tier with one more, in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// The new forecast.
    pub forecast: Vec<Text>,
    /// Where it comes from, and what is not sure of it.
    pub notes: Vec<Text>,
}

impl Outlook {
    /// All of it, the forecast first.
    #[must_use]
    pub fn lines(self) -> Vec<Text> {
        self.forecast.into_iter().chain(self.notes).collect()
    }
}

/// What would become of allowances, if it has any: of those that one more changes, the one that is worst off. Where more
/// runs already than one covers there is nothing to lose of it, if there ever was.
fn unknown_line(before: &[MeterUse], after: &[MeterUse]) -> Option<Text> {
    let was_over = |meter: Meter| before.iter().any(|one| one.meter == meter && one.forecast.is_over());
    let changed = after.iter().filter(|one| !before.contains(one) && !was_over(one.meter));
    let share = |one: &&MeterUse| one.forecast.at_month_end / one.forecast.limit;
    let worst = changed.max_by(|one, other| share(one).total_cmp(&share(other)))?;
    Some(text!("free-tier-more-if", line = meter_line(worst)))
}

fn source(at: Option<Timestamp>) -> Option<Text> {
    at.map(|at| text!("source-free-tier", time = at.strftime("%Y-%m-%d %H:%M").to_string()))
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
    // The plan's end is the end of its credits, too.
    let ends = after.plan.as_ref().and_then(|plan| plan.ends);
    let bound = |gone: Timestamp| ends.map_or(gone, |ends| gone.min(ends));
    let mut lines = vec![match (after.gone, before.gone) {
        (Some(gone), _) if ends.is_some_and(|ends| gone >= ends) => {
            text!("free-tier-more-outlast", rate = per_day, day = day(bound(gone)))
        }
        (Some(gone), Some(was)) => {
            text!("free-tier-more-credits", rate = per_day, day = day(gone), was = day(bound(was)))
        }
        (Some(gone), None) => text!("free-tier-more-credits-first", rate = per_day, day = day(gone)),
        (None, _) => text!("free-tier-more-burn", rate = per_day),
    }];
    if burn.unknown > 0 {
        lines.push(text!("free-tier-more-unknown", n = burn.unknown));
    }
    lines
}

#[cfg(test)]
mod tests;
