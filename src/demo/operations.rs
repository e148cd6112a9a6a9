//! Which operation is answered where: one line each, in the order of the modules.

use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::Arc;

use aws_smithy_mocks::{MockResponse, MockResponseInterceptor, Rule, RuleBuilder, RuleMode};

use super::account::Account;
use super::fault::{Dialect, Fault};
use super::world::World;
use super::{
    addresses, attributes, console, describe, free_tier, groups, images, instance_connect, interfaces, keys, launch,
    lifecycle, metrics, networks, prefix_lists, prices, regions, rules, schedules, snapshots, tags, types, volumes,
    ways,
};

/// Answers the operations of one client: the account behind it, the region it asks, and how errors are worded.
struct Answers {
    account: Arc<Account>,
    region: String,
    dialect: Dialect,
}

impl Answers {
    /// A rule that answers one operation from the account's state. Refusals go out as HTTP replies, so the rule's own
    /// error type is never used.
    fn rule<I, O>(
        &self,
        operation: &'static str,
        handle: fn(&mut World, &I) -> Result<O, Fault>,
        dry_run: fn(&I) -> bool,
    ) -> Rule
    where
        I: Debug + Send + Sync + 'static,
        O: Debug + Send + Sync + 'static,
    {
        let (account, region, dialect) = (Arc::clone(&self.account), self.region.clone(), self.dialect);
        RuleBuilder::<I, O, Infallible>::new().then_compute_response(move |input| {
            match account.answer(&region, dialect, operation, dry_run(input), |world| handle(world, input)) {
                Ok(output) => MockResponse::Output(output),
                Err(response) => MockResponse::Http(*response),
            }
        })
    }
}

macro_rules! rules {
    ($answers:expr; $($operation:literal => $handle:path,)*) => {
        vec![$($answers.rule($operation, $handle, |input| input.dry_run().unwrap_or_default())),*]
    };
}

/// What answers an EC2 client of that region.
pub(super) fn ec2(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Ec2 };
    interceptor(rules! { answers;
        "DescribeRegions" => regions::describe_regions,
        "DescribeAvailabilityZones" => regions::describe_zones,
        "DescribeInstances" => describe::describe_instances,
        "DescribeInstanceStatus" => describe::describe_status,
        "StartInstances" => lifecycle::start,
        "StopInstances" => lifecycle::stop,
        "RebootInstances" => lifecycle::reboot,
        "TerminateInstances" => lifecycle::terminate,
        "RunInstances" => launch::run,
        "DescribeInstanceAttribute" => attributes::describe_attribute,
        "ModifyInstanceAttribute" => attributes::modify_attribute,
        "ModifyInstanceCreditSpecification" => attributes::modify_credits,
        "DescribeInstanceCreditSpecifications" => attributes::describe_credits,
        "GetConsoleOutput" => console::console_output,
        "GetPasswordData" => console::password_data,
        "DescribeImages" => images::describe_images,
        "DescribeInstanceTypes" => types::describe_types,
        "DescribeInstanceTypeOfferings" => types::describe_offerings,
        "DescribeSpotPriceHistory" => prices::describe_spot_prices,
        "DescribeVpcs" => networks::describe_vpcs,
        "DescribeSubnets" => networks::describe_subnets,
        "DescribeRouteTables" => ways::describe_route_tables,
        "DescribeNetworkAcls" => ways::describe_network_acls,
        "DescribeInternetGateways" => networks::describe_internet_gateways,
        "DescribeNetworkInterfaces" => interfaces::describe_interfaces,
        "ModifyNetworkInterfaceAttribute" => interfaces::modify_interface,
        "DescribeSecurityGroups" => groups::describe_groups,
        "CreateSecurityGroup" => groups::create_group,
        "DeleteSecurityGroup" => groups::delete_group,
        "DescribeSecurityGroupRules" => rules::describe_rules,
        "AuthorizeSecurityGroupIngress" => rules::authorize_ingress,
        "AuthorizeSecurityGroupEgress" => rules::authorize_egress,
        "RevokeSecurityGroupIngress" => rules::revoke_ingress,
        "RevokeSecurityGroupEgress" => rules::revoke_egress,
        "ModifySecurityGroupRules" => rules::modify_rules,
        "DescribeManagedPrefixLists" => prefix_lists::describe_prefix_lists,
        "GetManagedPrefixListEntries" => prefix_lists::prefix_list_entries,
        "DescribeAddresses" => addresses::describe_addresses,
        "AllocateAddress" => addresses::allocate,
        "AssociateAddress" => addresses::associate,
        "DisassociateAddress" => addresses::disassociate,
        "ReleaseAddress" => addresses::release,
        "DescribeKeyPairs" => keys::describe_keys,
        "ImportKeyPair" => keys::import_key,
        "DeleteKeyPair" => keys::delete_key,
        "DescribeVolumes" => volumes::describe_volumes,
        "DeleteVolume" => volumes::delete_volume,
        "DescribeSnapshots" => snapshots::describe_snapshots,
        "DeleteSnapshot" => snapshots::delete_snapshot,
        "CreateTags" => tags::create_tags,
        "DeleteTags" => tags::delete_tags,
    })
}

/// What answers a client of EC2 Instance Connect.
pub(super) fn instance_connect(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Json };
    interceptor(vec![answers.rule("SendSSHPublicKey", instance_connect::send_key, |_| false)])
}

/// What answers a client of FreeTier that looks at this region.
pub(super) fn free_tier(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Json };
    interceptor(vec![
        answers.rule("GetAccountPlanState", free_tier::plan_state, |_| false),
        answers.rule("GetFreeTierUsage", free_tier::usage, |_| false),
    ])
}

/// What answers a client of the Price List that asks about this region.
pub(super) fn pricing(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Json };
    interceptor(vec![answers.rule("GetProducts", prices::get_products, |_| false)])
}

/// What answers a CloudWatch client of that region.
pub(super) fn cloudwatch(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Cbor };
    interceptor(vec![answers.rule("GetMetricData", metrics::metric_data, |_| false)])
}

/// What answers a client of EventBridge Scheduler in that region.
pub(super) fn scheduler(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Json };
    interceptor(vec![
        answers.rule("CreateSchedule", schedules::create, |_| false),
        answers.rule("UpdateSchedule", schedules::update, |_| false),
        answers.rule("DeleteSchedule", schedules::delete, |_| false),
        answers.rule("GetSchedule", schedules::get, |_| false),
        answers.rule("ListSchedules", schedules::list, |_| false),
    ])
}

/// What answers an STS client.
pub(super) fn sts(account: &Arc<Account>, region: &str) -> MockResponseInterceptor {
    let answers = Answers { account: Arc::clone(account), region: region.to_owned(), dialect: Dialect::Query };
    interceptor(vec![answers.rule("GetCallerIdentity", regions::caller_identity, |_| false)])
}

/// Operations without a rule pass through to [`super::http`], which refuses them in so many words.
fn interceptor(rules: Vec<Rule>) -> MockResponseInterceptor {
    rules
        .into_iter()
        .fold(MockResponseInterceptor::new(), |interceptor, rule| interceptor.with_rule(&rule))
        .rule_mode(RuleMode::MatchAny)
        .allow_passthrough()
}
