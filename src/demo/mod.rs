//! A simulated account behind the real SDK clients: `--demo` changes one thing, where the SDK's answers come from.
//!
//! [`DemoAccount`] holds the state; AWS's own client mocking (`aws-smithy-mocks`) hands each typed request to it and
//! the typed answer back. Refusals carry EC2's own codes and go through the SDK's error parsing. The state is pure data
//! and moves by the [`Clock`]: nothing sleeps, and a test's paused clock moves it.
//!
//! Addresses in here are set aside for documentation and benchmarks (RFC 5737, RFC 2544): whoever tries to reach a demo
//! server reaches nobody.

mod account;
mod addresses;
mod arrange;
mod attributes;
mod balancer;
mod console;
mod describe;
mod disks;
mod fault;
mod free_tier;
mod groups;
mod http;
mod images;
mod instance_connect;
mod instance_view;
mod instances;
mod interfaces;
mod keys;
mod launch;
mod launch_checks;
mod leftovers;
mod lifecycle;
mod metrics;
mod networks;
mod operations;
mod permissions;
mod prefix_lists;
mod prices;
mod query;
mod regions;
mod rules;
mod schedules;
mod seed;
mod snapshots;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod volumes;
mod ways;
mod world;

use std::fmt;
use std::sync::Arc;

use aws_sdk_ec2::config::retry::RetryConfig;
use aws_sdk_ec2::config::timeout::TimeoutConfig;
use aws_sdk_ec2::config::{BehaviorVersion, Credentials, IdentityCache, StalledStreamProtectionConfig};

use crate::clock::Clock;
use crate::cloud::{Clients, MyIp, ReadyClients};
use crate::domain::region::Region;
use account::Account;
pub use arrange::DemoRule;
use fault::{Dialect, Fault};
pub use free_tier::DemoPlan;
use http::DemoHttp;
pub use instance_connect::SentKey;
use seed::Seed;
pub use ways::DemoRoute;

/// A simulated account; cheap to clone, all clones are the same account.
#[derive(Clone)]
pub struct DemoAccount {
    account: Arc<Account>,
}

impl fmt::Debug for DemoAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DemoAccount")
    }
}

impl DemoAccount {
    /// A small account that somebody has used for a year; most of it is in Seoul.
    #[must_use]
    pub fn lived_in(clock: Clock) -> Self {
        Self::of(clock, Seed::LivedIn)
    }

    /// An account with nothing but the default network of each region.
    #[must_use]
    pub fn empty(clock: Clock) -> Self {
        Self::of(clock, Seed::Empty)
    }

    /// An account with `n` instances in Seoul, for tests of long lists and for benches. The default network holds
    /// about 16,000.
    #[must_use]
    pub fn large(clock: Clock, n: usize) -> Self {
        Self::of(clock, Seed::Large(n))
    }

    fn of(clock: Clock, seed: Seed) -> Self {
        Self { account: Arc::new(Account::new(clock, seed)) }
    }

    /// The same account on the free plan: it refuses instance types that are not eligible.
    #[must_use]
    pub fn on_free_plan(self) -> Self {
        self.on_credits_of(true, 100.0, 180)
    }

    /// The same account with so many US dollars of credits on the Paid Plan, which ends in so many days.
    #[must_use]
    pub fn on_credits(self, left: f64, days: i64) -> Self {
        self.on_credits_of(false, left, days)
    }

    fn on_credits_of(self, free: bool, left: f64, days: i64) -> Self {
        let ends = self.account.now().as_second().saturating_add(days.saturating_mul(86_400));
        self.with_plan(&DemoPlan::Credits { free, left, ends })
    }

    /// The same account, of which FreeTier tells this.
    #[must_use]
    pub fn with_plan(self, plan: &DemoPlan) -> Self {
        self.account.set_plan(plan);
        self
    }

    /// The same account without a default VPC: a launch must name a subnet.
    #[must_use]
    pub fn without_default_vpc(self) -> Self {
        self.account.remove_default_vpc();
        self
    }

    /// The same account with a load balancer in its home region: the group `front` is on an interface that is no
    /// instance's.
    #[must_use]
    pub fn with_load_balancer(self) -> Self {
        self.account.with_world(seed::HOME, world::World::add_load_balancer);
        self
    }

    /// Clients for any region; each region is its own world.
    #[must_use]
    pub fn ready_clients(&self) -> ReadyClients {
        let account = Arc::clone(&self.account);
        Arc::new(move |region| clients(&account, region))
    }

    /// The next `times` calls of `operation` (for example `RunInstances`, or `RunInstances (dry run)`) are refused with
    /// this code and message, and change nothing.
    pub fn fail_next(&self, operation: &str, code: &str, message: &str, times: u32) {
        self.account.fail_next(operation, &Fault::new(code, message), times);
    }

    /// The next call of `operation` does its work, but the reply never arrives: the SDK sees a time-out.
    pub fn lose_reply(&self, operation: &str) {
        self.account.lose_reply(operation);
    }

    /// Whether every call answers that the credentials have expired.
    pub fn set_credentials_expired(&self, yes: bool) {
        self.account.set_expired(yes);
    }

    /// Whether no call reaches AWS: every connection is refused.
    pub fn set_unreachable(&self, yes: bool) {
        self.account.set_unreachable(yes);
    }

    /// The region has none of the services of these operations: their connections are refused.
    #[must_use]
    pub fn lacking(self, operations: &[&str]) -> Self {
        self.account.take_away(operations);
        self
    }

    /// The operations called so far, in order; the name of a dry run ends with ` (dry run)`.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.account.calls()
    }
}

/// One client of the demo: which SDK crate, how its refusals are worded, what answers it.
macro_rules! client {
    ($sdk:ident, $region:expr, $dialect:ident, $answers:expr) => {
        $sdk::Client::from_conf(
            $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region($sdk::config::Region::new($region.to_owned()))
                .credentials_provider(Credentials::new(
                    "AKIADEMODEMODEMO0000",
                    "demo",
                    None,
                    None,
                    "ec2deck demo account",
                ))
                .identity_cache(IdentityCache::no_cache())
                .retry_config(RetryConfig::disabled())
                .timeout_config(TimeoutConfig::disabled())
                .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
                .http_client(DemoHttp::new(Dialect::$dialect))
                .interceptor($answers)
                .build(),
        )
    };
}

/// The clients of one region. No time-outs and no retries: a mocked request is answered once, and at once.
fn clients(account: &Arc<Account>, region: &Region) -> Clients {
    let code = region.as_str();
    Clients {
        ec2: client!(aws_sdk_ec2, code, Ec2, operations::ec2(account, code)),
        instance_connect: client!(aws_sdk_ec2instanceconnect, code, Json, operations::instance_connect(account, code)),
        sts: client!(aws_sdk_sts, code, Query, operations::sts(account, code)),
        free_tier: client!(aws_sdk_freetier, "us-east-1", Json, operations::free_tier(account, code)),
        pricing: client!(aws_sdk_pricing, "us-east-1", Json, operations::pricing(account, code)),
        cloudwatch: client!(aws_sdk_cloudwatch, code, Cbor, operations::cloudwatch(account, code)),
        scheduler: client!(aws_sdk_scheduler, code, Json, operations::scheduler(account, code)),
        my_ip: MyIp::Fixed(seed::MY_IP),
    }
}
