//! What is known about money: prices, plan and allowances, and how much the instances were used. All of it belongs to
//! one session; what could not be learnt says why.
//!
//! Prices come from the cache of this machine first. AWS is asked for the parts that are not there or older than a
//! week; a part that it refuses is asked for again after some minutes at the earliest, or when the person refreshes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::inventory::Inventory;
use super::launch::{Launch, Step};
use super::remote::Remote;
use crate::domain::account_plan::AccountPlan;
use crate::domain::allowance::Allowance;
use crate::domain::cost::{self, InstanceCost, PriceBook, RegionCost, Unknown};
use crate::domain::id::InstanceId;
use crate::domain::instance::Instance;
use crate::domain::instance_type::CreditMode;
use crate::domain::instance_use::InstanceUse;
use crate::domain::price::{LINUX, PricePart, Prices};
use crate::domain::problem::Problem;
use crate::domain::region::{CHINA, partition};
use crate::domain::spot::{SpotPrice, SpotPrices, product_description};
use crate::message::{LocalDone, LocalId, LocalTask, Read};

/// What was refused is not asked again before this.
const RETRY: SignedDuration = SignedDuration::from_mins(5);

/// A spot price is asked again after this, if somebody looks.
const SPOT_FRESH: SignedDuration = SignedDuration::from_hours(1);

/// The most types in one question for spot prices.
const MOST_SPOT_TYPES: usize = 50;

/// How many rows around the cursor the launch asks spot prices for.
const SPOT_ROWS: usize = 5;

/// What is known about money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    /// The account's plan; `None` in it: AWS keeps none.
    pub plan: Remote<Option<AccountPlan>>,
    /// What of the month's allowances was used.
    pub allowances: Remote<Vec<Allowance>>,
    /// The region's prices.
    pub prices: Remote<Prices>,
    /// How much the running instances were used, by id.
    pub uses: Remote<BTreeMap<InstanceId, InstanceUse>>,
    /// What happens to T instances when their CPU credits are used up, as far as somebody asked.
    pub credit_modes: Remote<BTreeMap<InstanceId, CreditMode>>,
    /// Spot prices, as far as somebody looked.
    pub spot: Spot,
    /// When the free tier was last asked about.
    pub(super) free_tier_asked_at: Option<Timestamp>,
    /// Parts that this session has got from AWS; the others come from the cache.
    from_aws: BTreeSet<PricePart>,
    /// When each part was last asked for in this session.
    tried: BTreeMap<PricePart, Timestamp>,
    cache: Cache,
}

/// Whether the cache was read.
#[derive(Clone, Debug, Default, PartialEq)]
enum Cache {
    #[default]
    Unread,
    Reading(LocalId),
    Read,
}

/// An operation and a type of instance: what a spot price is for.
type SpotKey = (String, String);

/// Spot prices by operation and type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// What AWS has answered.
    answered: BTreeMap<SpotKey, SpotAnswer>,
    /// When AWS was asked last, answered or not: what waiting times count from.
    asked: BTreeMap<SpotKey, Timestamp>,
    /// The question on its way.
    asking: BTreeSet<SpotKey>,
    /// Why the last question was not answered, until one is.
    refused: BTreeMap<SpotKey, Problem>,
    /// When the last refusal came, as long as nothing was answered since and nobody wants to know anew.
    refused_at: Option<Timestamp>,
}

/// What AWS has answered about a type.
#[derive(Clone, Debug, PartialEq)]
struct SpotAnswer {
    /// The cheapest zone first; empty: not on the spot market here.
    zones: Vec<SpotPrice>,
    at: Timestamp,
}

/// What is known of a type's spot price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SpotKnown<'a> {
    /// Nobody has asked, or there is no spot market for it.
    Nothing,
    /// It is on its way.
    Reading,
    /// The cheapest zone's, and when AWS answered.
    Price(&'a SpotPrice, Timestamp),
    /// AWS names none.
    NotOffered,
    /// Why it is not known.
    Refused(&'a Problem),
}

impl Costs {
    /// What the prices say, and why some do not.
    #[must_use]
    pub fn book(&self, in_dollars: bool) -> PriceBook<'_> {
        PriceBook { prices: self.prices.value.as_ref(), problem: self.prices.problem.as_ref(), in_dollars }
    }

    /// Whether any price that is shown comes from the cache of this machine.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        let prices = self.prices.value.as_ref();
        prices.is_some_and(|prices| prices.answered.keys().any(|part| !self.from_aws.contains(part)))
    }

    /// Why the last question was not answered, wholly or in part.
    #[must_use]
    pub fn price_problem(&self) -> Option<&Problem> {
        let partly = self.prices.value.as_ref().and_then(|prices| prices.refused.values().next());
        self.prices.problem.as_ref().or(partly)
    }

    /// The present spot price of a type.
    #[must_use]
    pub fn spot_of(&self, operation: Option<&str>, instance_type: &str) -> SpotKnown<'_> {
        let Some(operation) = operation else { return SpotKnown::Nothing };
        let key = (operation.to_owned(), instance_type.to_owned());
        let spot = &self.spot;
        let refused = spot.refused.get(&key);
        match spot.answered.get(&key) {
            Some(answer) if refused.is_none() => {
                answer.zones.first().map_or(SpotKnown::NotOffered, |price| SpotKnown::Price(price, answer.at))
            }
            // An older price says nothing of now.
            _ if spot.asking.contains(&key) => SpotKnown::Reading,
            _ => refused.map_or(SpotKnown::Nothing, SpotKnown::Refused),
        }
    }

    /// The person wants to know anew: what was refused may be asked again.
    pub(super) fn forget_refusals(&mut self) {
        self.tried.clear();
        let Spot { answered, asked, refused, refused_at, .. } = &mut self.spot;
        asked.retain(|key, _| answered.contains_key(key) && !refused.contains_key(key));
        *refused_at = None;
    }

    /// The next question: parts that are not known, too old, or just wanted, and that nobody has asked for lately.
    fn unasked(&mut self, wanted: BTreeSet<PricePart>, now: Timestamp) -> Vec<PricePart> {
        let fresh = |part: &PricePart| self.prices.value.as_ref().is_some_and(|prices| prices.is_fresh(part, now));
        let lately = |part: &PricePart| self.tried.get(part).is_some_and(|at| now.duration_since(*at) < RETRY);
        let parts: Vec<PricePart> = wanted.into_iter().filter(|part| !fresh(part) && !lately(part)).collect();
        self.tried.extend(parts.iter().map(|part| (part.clone(), now)));
        parts
    }

    fn take_prices(&mut self, found: Prices, now: Timestamp) {
        self.from_aws.extend(found.answered.keys().cloned());
        let mut prices = self.prices.value.take().unwrap_or_else(|| Prices::none(found.asked_at));
        prices.merge(found);
        self.prices.answer(Ok(prices), now);
    }

    pub(super) fn take_spot(&mut self, found: SpotPrices, asked: &[String], now: Timestamp) {
        let SpotPrices { operation, mut prices } = found;
        let spot = &mut self.spot;
        spot.asking.clear();
        spot.refused_at = None;
        for name in asked {
            let zones = prices.remove(name).unwrap_or_default();
            let key = (operation.clone(), name.clone());
            spot.refused.remove(&key);
            spot.answered.insert(key, SpotAnswer { zones, at: now });
        }
    }

    pub(super) fn spot_failed(&mut self, problem: &Problem, now: Timestamp) {
        let spot = &mut self.spot;
        let asked = std::mem::take(&mut spot.asking);
        spot.refused.extend(asked.into_iter().map(|key| (key, problem.clone())));
        spot.refused_at = Some(now);
    }

    /// Those types whose spot price is worth asking for now; marks them as asked.
    fn spot_to_ask(&mut self, operation: &str, types: impl Iterator<Item = String>, now: Timestamp) -> Vec<String> {
        let within = |at: Timestamp, wait: SignedDuration| now.duration_since(at) < wait;
        let spot = &mut self.spot;
        // After a refusal another type would be refused as well.
        let is_refused = spot.refused_at.is_some_and(|at| within(at, RETRY));
        if !spot.asking.is_empty() || is_refused || product_description(operation).is_none() {
            return Vec::new();
        }
        let mut names = Vec::new();
        for name in types {
            let key = (operation.to_owned(), name);
            let is_known = spot.answered.contains_key(&key) && !spot.refused.contains_key(&key);
            let wait = if is_known { SPOT_FRESH } else { RETRY };
            let lately = spot.asked.get(&key).is_some_and(|at| within(*at, wait));
            if lately {
                continue;
            }
            spot.asking.insert(key.clone());
            spot.asked.insert(key.clone(), now);
            names.push(key.1);
            if names.len() == MOST_SPOT_TYPES {
                break;
            }
        }
        names
    }
}

/// Why what is on a list that was not read costs nobody knows what.
fn unread(problem: Option<&Problem>) -> Unknown {
    problem.map_or(Unknown::Reading, |problem| Unknown::Refused(Box::new(problem.clone())))
}

/// What the region costs, with all that is listed in it.
#[must_use]
pub fn region_total(inventory: &Inventory, book: &PriceBook<'_>) -> RegionCost {
    cost::of_region(&inventory.instances.rows, &inventory.volumes.rows, &inventory.addresses.rows, book)
}

impl App {
    /// The region's prices, and why some are missing.
    #[must_use]
    pub fn price_book(&self) -> PriceBook<'_> {
        self.costs.book(self.prices_in_dollars())
    }

    /// What an instance costs, with its volumes and addresses.
    #[must_use]
    pub fn cost_of(&self, instance: &Instance) -> InstanceCost {
        let inventory = &self.inventory;
        let mut cost = cost::of_instance(
            instance,
            &inventory.volumes.rows,
            &inventory.addresses.rows,
            &self.price_book(),
            self.now,
        );
        if !inventory.addresses.is_known() && !instance.state.is_ending() {
            cost.without_addresses(&unread(inventory.addresses.problem.as_ref()));
        }
        cost
    }

    /// What the whole region costs now.
    #[must_use]
    pub fn region_cost(&self) -> RegionCost {
        let mut cost = region_total(&self.inventory, &self.price_book());
        let (instances, volumes, addresses) =
            (&self.inventory.instances, &self.inventory.volumes, &self.inventory.addresses);
        // A list that was not read is not an empty one.
        if !instances.is_known() {
            cost.without(|cost| &mut cost.machines, &unread(instances.problem.as_ref()));
        }
        if !volumes.is_known() {
            cost.without(|cost| &mut cost.volumes, &unread(volumes.problem.as_ref()));
        }
        if !addresses.is_known() {
            cost.without(|cost| &mut cost.addresses, &unread(addresses.problem.as_ref()));
        }
        cost
    }

    /// AWS's partition in China has prices in yuan only.
    pub(super) fn prices_in_dollars(&self) -> bool {
        self.session.region().is_none_or(|region| partition(region) != CHINA)
    }

    /// Asks for the prices that are needed and not there: the cache first, then AWS.
    pub(super) fn ask_prices(&mut self) {
        if self.session.region().is_none() || self.session.opening || !self.prices_in_dollars() {
            return;
        }
        match self.costs.cache {
            Cache::Reading(_) => return,
            Cache::Read => {}
            Cache::Unread => match self.price_file() {
                Some((file, region)) => {
                    let id = self.outbox.local(LocalTask::ReadPrices { file, region });
                    self.costs.cache = Cache::Reading(id);
                    return;
                }
                None => self.costs.cache = Cache::Read,
            },
        }
        if !self.costs.prices.loading {
            let wanted = self.wanted_parts();
            let parts = self.costs.unasked(wanted, self.now);
            if !parts.is_empty() {
                self.costs.prices.ask();
                self.outbox.read(Read::Prices { parts, at: self.now });
            }
        }
    }

    /// After a key: what is looked at now may have prices that nobody has asked for.
    pub(super) fn follow_money(&mut self) {
        if self.launch.is_some() {
            self.ask_prices();
        }
        if self.launch.is_some() || self.inventory.instances.is_known() {
            self.ask_spot_prices();
        }
    }

    fn wanted_parts(&self) -> BTreeSet<PricePart> {
        let used = self.inventory.instances.rows.iter().filter(|one| !one.state.is_ending());
        let used = used.filter_map(|one| one.usage_operation.clone());
        let launched = self.launch.as_ref().and_then(|launch| launch.operation(&self.catalog)).map(str::to_owned);
        let machines = used.chain(launched).map(PricePart::Machines);
        PricePart::standard().into_iter().chain(machines).collect()
    }

    /// Where this region's prices are kept. Not those of another endpoint than AWS's own.
    fn price_file(&self) -> Option<(PathBuf, String)> {
        let folder = self.environment.cache_folder.as_ref().filter(|_| self.session.info.endpoint.is_none())?;
        let region = self.session.region()?;
        Some((folder.join(format!("prices-{region}.json")), region.as_str().to_owned()))
    }

    /// The cache was read, or could not be: either way AWS is asked for what is missing.
    pub(super) fn prices_read(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>) {
        if self.costs.cache != Cache::Reading(id) {
            return;
        }
        self.costs.cache = Cache::Read;
        if let Ok(LocalDone::Prices(Some(prices))) = outcome {
            let read_at = prices.asked_at;
            self.costs.prices.answer(Ok(*prices.clone()), read_at);
        }
        self.ask_prices();
    }

    /// AWS has answered; what it said is kept for a week.
    pub(super) fn prices_found(&mut self, found: Prices) {
        self.costs.take_prices(found, self.now);
        if let (Some((file, region)), Some(prices)) = (self.price_file(), self.costs.prices.value.clone()) {
            self.outbox.local(LocalTask::WritePrices { file, region, prices: Box::new(prices) });
        }
    }

    /// Asks for the spot prices of what is looked at: the launch's types, or those in use.
    pub(super) fn ask_spot_prices(&mut self) {
        if self.session.region().is_none() || self.session.opening {
            return;
        }
        let (operation, types) = match &self.launch {
            Some(launch) if launch.run.is_some() => return,
            Some(launch) => match self.spot_rows(launch) {
                Some(rows) => rows,
                None => return,
            },
            None => match self.selected_instance() {
                Some(instance) => {
                    let operation = instance.usage_operation.clone().unwrap_or_else(|| LINUX.to_owned());
                    let same = |one: &&Instance| one.usage_operation.as_ref() == Some(&operation);
                    let first = instance.instance_type.clone();
                    let others = self.inventory.instances.rows.iter().filter(same).map(|one| one.instance_type.clone());
                    let types: Vec<String> = std::iter::once(first).chain(others).collect();
                    (operation, types)
                }
                None => return,
            },
        };
        let types = self.costs.spot_to_ask(&operation, types.into_iter(), self.now);
        if !types.is_empty() {
            self.outbox.read(Read::SpotPrices { operation, types, at: self.now });
        }
    }

    /// The highlighted type of a launch, and its neighbours.
    fn spot_rows(&self, launch: &Launch) -> Option<(String, Vec<String>)> {
        if launch.step != Step::InstanceType {
            return None;
        }
        let operation = launch.operation(&self.catalog)?.to_owned();
        let rows = launch.instance_type.rows(&self.catalog, self.costs.prices.value.as_ref());
        let chosen = &launch.instance_type.chosen(&self.catalog)?.name;
        let at = rows.iter().position(|row| row.name == *chosen)?;
        let around = rows.iter().skip(at.saturating_sub(SPOT_ROWS)).take(2 * SPOT_ROWS + 1);
        // Types that are bare metal or old may be missing on the spot market: AWS says so by leaving them out.
        let names = std::iter::once(chosen.clone()).chain(around.map(|row| row.name.clone()));
        Some((operation, names.collect()))
    }
}

#[cfg(test)]
mod tests;
