//! The account behind all clients: a world per region, the faults that a test has ordered, and the list of calls.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::fault::{Dialect, Fault, outage};
use super::free_tier::DemoPlan;
use super::http::Outage;
use super::regions;
use super::seed::{self, Seed};
use super::world::{World, scramble};
use crate::clock::Clock;

/// What a test has ordered for the next call of an operation.
#[derive(Clone, Debug)]
enum Order {
    /// Refuse it.
    Fail(Fault),
    /// Do it, but let the reply get lost.
    LoseReply,
}

/// The account.
#[derive(Debug)]
pub(super) struct Account {
    clock: Clock,
    seed: Seed,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    worlds: HashMap<String, World>,
    orders: HashMap<String, VecDeque<Order>>,
    calls: Vec<String>,
    access: Access,
    plan: DemoPlan,
    no_default_vpc: bool,
    /// Operations whose service is not there.
    missing: BTreeSet<String>,
}

/// Whether calls get through at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Access {
    /// They do.
    #[default]
    Open,
    /// The credentials have expired.
    Expired,
    /// No connection can be made.
    Unreachable,
}

impl Account {
    /// An account that begins as the seed says, at the clock's present time.
    pub fn new(clock: Clock, seed: Seed) -> Self {
        let account = Self { clock, seed, state: Mutex::default() };
        // The home region exists from the start: its ages count from here, not from the first look.
        account.with_world(seed::HOME, |_| ());
        account
    }

    /// Sets what FreeTier tells, for all regions.
    pub fn set_plan(&self, plan: &DemoPlan) {
        let mut state = self.lock();
        state.plan = plan.clone();
        state.worlds.values_mut().for_each(|world| world.plan = plan.clone());
    }

    /// The time.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Takes the default VPC away in every region: what is there belongs to an ordinary one.
    pub fn remove_default_vpc(&self) {
        let mut state = self.lock();
        state.no_default_vpc = true;
        state.worlds.values_mut().for_each(|world| world.network.make_ordinary());
    }

    /// Whether all calls answer that the credentials have expired.
    pub fn set_expired(&self, yes: bool) {
        self.lock().access = if yes { Access::Expired } else { Access::Open };
    }

    /// Whether no connection can be made.
    pub fn set_unreachable(&self, yes: bool) {
        self.lock().access = if yes { Access::Unreachable } else { Access::Open };
    }

    /// Orders refusals for the next calls of an operation.
    pub fn fail_next(&self, operation: &str, fault: &Fault, times: u32) {
        let mut state = self.lock();
        let orders = state.orders.entry(operation.to_owned()).or_default();
        orders.extend((0..times).map(|_| Order::Fail(fault.clone())));
    }

    /// Orders that the reply to the next call of an operation gets lost.
    pub fn lose_reply(&self, operation: &str) {
        self.lock().orders.entry(operation.to_owned()).or_default().push_back(Order::LoseReply);
    }

    /// The services of these operations are not there: no connection can be made.
    pub fn take_away(&self, operations: &[&str]) {
        self.lock().missing.extend(operations.iter().map(|operation| (*operation).to_owned()));
    }

    /// The operations called so far.
    pub fn calls(&self) -> Vec<String> {
        self.lock().calls.clone()
    }

    /// Answers one call: what stands in the way first, then the operation itself on the settled world. A dry run
    /// tries the operation on a copy.
    pub fn answer<T>(
        &self,
        region: &str,
        dialect: Dialect,
        operation: &'static str,
        dry_run: bool,
        handle: impl FnOnce(&mut World) -> Result<T, Fault>,
    ) -> Result<T, Box<HttpResponse>> {
        let name = if dry_run { format!("{operation}{DRY_RUN}") } else { operation.to_owned() };
        let mut state = self.lock();
        state.calls.push(name.clone());
        let request_id = request_id(state.calls.len());
        let refuse = |fault: Fault| Box::new(fault.to_response(dialect, &request_id));
        let is_away = state.access == Access::Unreachable || state.missing.contains(operation);
        if is_away || (regions::find(region).is_none() && dialect != Dialect::Query) {
            return Err(Box::new(outage(Outage::Unreachable)));
        }
        if state.access == Access::Expired {
            return Err(refuse(expired(dialect)));
        }
        // The list of regions is the exception: the program asks an enabled region for it, under this client's name.
        if regions::find(region).is_some_and(|row| !row.is_enabled()) && operation != "DescribeRegions" {
            let code = match dialect {
                Dialect::Ec2 => "AuthFailure",
                Dialect::Query => "InvalidClientTokenId",
                Dialect::Json | Dialect::Cbor => "UnrecognizedClientException",
            };
            let message = "AWS was not able to validate the provided access credentials";
            return Err(refuse(Fault::new(code, message)));
        }
        let order = state.orders.get_mut(&name).and_then(VecDeque::pop_front);
        if let Some(Order::Fail(fault)) = order {
            return Err(refuse(fault));
        }
        let Some(world) = self.world(&mut state, region) else { return Err(Box::new(outage(Outage::Unreachable))) };
        let outcome = if dry_run {
            let mut copy = world.clone();
            // EC2 does not look at quotas in a dry run.
            copy.vcpu_limit = u32::MAX;
            handle(&mut copy).and_then(|_| {
                Err(Fault::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set."))
            })
        } else {
            handle(world)
        };
        match (order, outcome) {
            (Some(Order::LoseReply), _) => Err(Box::new(outage(Outage::ReplyLost))),
            (_, outcome) => outcome.map_err(refuse),
        }
    }

    /// Does something in a region's settled world without a call; `None`: there is no such region.
    pub fn with_world<T>(&self, region: &str, act: impl FnOnce(&mut World) -> T) -> Option<T> {
        self.world(&mut self.lock(), region).map(act)
    }

    /// The region's world, settled; made on the first look. STS has no regions of its own to be wrong about.
    fn world<'a>(&self, state: &'a mut State, region: &str) -> Option<&'a mut World> {
        let row = regions::find(region).or_else(|| regions::find(seed::HOME))?;
        let now = self.clock.now();
        let (plan, no_default_vpc) = (state.plan.clone(), state.no_default_vpc);
        let world = state.worlds.entry(row.code.clone()).or_insert_with(|| {
            let mut world = seed::grow(self.seed, row, now);
            world.plan = plan;
            if no_default_vpc {
                world.network.make_ordinary();
            }
            world
        });
        world.settle(now);
        Some(world)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state stays whole if a test panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a dry run's name ends with in the list of calls.
const DRY_RUN: &str = " (dry run)";

fn expired(dialect: Dialect) -> Fault {
    match dialect {
        Dialect::Ec2 => Fault::new("RequestExpired", "Request has expired."),
        Dialect::Json | Dialect::Cbor => {
            Fault::new("ExpiredTokenException", "The security token included in the request is expired")
        }
        Dialect::Query => Fault::new("ExpiredToken", "The security token included in the request is expired"),
    }
}

/// Looks like a request id, and is the same in every run.
fn request_id(number: usize) -> String {
    let bits = scramble(u64::try_from(number).unwrap_or_default());
    format!("{:08x}-{:04x}-4{:03x}-a000-{number:012x}", bits >> 32, (bits >> 16) & 0xffff, bits & 0xfff)
}
