//! What the free tier comes to: allowances until the end of the month, or credits until they are gone, with what runs
//! now and with one more. AWS is asked; where it tells nothing, what the person has said, and an estimate, marked as one.

mod meters;
mod outlook;

use jiff::{SignedDuration, Timestamp};

pub use self::meters::{MeterUse, Told};
pub use self::outlook::{More, Outlook};
use super::App;
use crate::domain::account_plan::{AccountKind, AccountPlan, PlanKind};
use crate::domain::allowance::Allowance;
use crate::domain::forecast::credits_end;
use crate::domain::money::Money;
use crate::message::Read;

/// FreeTier's data is hours old anyway: it is not asked again before this.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// After this it is asked again although nobody looks: forecasts begin with it.
const OLD: SignedDuration = SignedDuration::from_hours(1);

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
}

/// A day of AWS's calendar.
#[must_use]
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests;
