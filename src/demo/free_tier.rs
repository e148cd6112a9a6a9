//! The account's plan: credits by default, allowances of an older account, or nothing at all. One for all regions.

use aws_sdk_freetier::operation::get_account_plan_state::{GetAccountPlanStateInput, GetAccountPlanStateOutput};
use aws_sdk_freetier::operation::get_free_tier_usage::{GetFreeTierUsageInput, GetFreeTierUsageOutput};
use aws_sdk_freetier::types;
use aws_smithy_types::DateTime;

use super::fault::Fault;
use super::world::{ACCOUNT, World};

/// What kind of account the demo is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DemoPlan {
    /// Neither plan nor allowances: everything is billed.
    #[default]
    None,
    /// On credits.
    Credits {
        /// Whether it is the Free Plan; else the Paid one.
        free: bool,
        /// US dollars.
        left: f64,
        /// When the plan ends, seconds since 1970.
        ends: i64,
    },
    /// With monthly allowances, of which so much was used.
    Allowances {
        /// Hours of Linux instances.
        hours: f64,
        /// Hours of public IPv4 addresses.
        address_hours: f64,
        /// GiB-months of volumes.
        gib_months: f64,
    },
}

impl DemoPlan {
    /// Whether only eligible types may be launched.
    pub(super) fn is_free(&self) -> bool {
        matches!(self, Self::Credits { free: true, .. })
    }
}

/// `GetAccountPlanState`
pub(super) fn plan_state(
    world: &mut World,
    _input: &GetAccountPlanStateInput,
) -> Result<GetAccountPlanStateOutput, Fault> {
    let DemoPlan::Credits { free, left, ends } = &world.plan else {
        return Err(Fault::new("ResourceNotFoundException", "The account has no plan."));
    };
    let credits = types::MonetaryAmount::builder().amount(*left).unit(types::CurrencyCode::Usd).build();
    GetAccountPlanStateOutput::builder()
        .account_id(ACCOUNT)
        .account_plan_type(if *free { types::AccountPlanType::Free } else { types::AccountPlanType::Paid })
        .account_plan_status(types::AccountPlanStatus::Active)
        .set_account_plan_remaining_credits(credits.ok())
        .account_plan_expiration_date(DateTime::from_secs(*ends))
        .build()
        .map_err(|_| Fault::new("InternalServerException", "The demo has no plan to tell."))
}

/// `GetFreeTierUsage`
pub(super) fn usage(world: &mut World, _input: &GetFreeTierUsageInput) -> Result<GetFreeTierUsageOutput, Fault> {
    let mut used = Vec::new();
    if let DemoPlan::Allowances { hours, address_hours, gib_months } = &world.plan {
        used.push((*hours, "RunInstances", "Global-BoxUsage:freetier.micro", 750.0, "Hrs"));
        used.push((*address_hours, "AllocateAddressVPC", "Global-PublicIPv4:InUseAddress", 750.0, "Hrs"));
        used.push((*gib_months, "", "Global-EBS:VolumeUsage", 30.0, "GB-Mo"));
    }
    // FreeTier tells only what something was used of.
    let rows = used
        .into_iter()
        .filter(|(used, ..)| *used > 0.0)
        .map(|(used, operation, usage, limit, unit)| row(operation, usage, used, limit, unit))
        .collect();
    GetFreeTierUsageOutput::builder()
        .set_free_tier_usages(Some(rows))
        .build()
        .map_err(|_| Fault::new("InternalServerException", "The demo has no allowances to tell."))
}

fn row(operation: &str, usage_type: &str, used: f64, limit: f64, unit: &str) -> types::FreeTierUsage {
    types::FreeTierUsage::builder()
        .service("Amazon Elastic Compute Cloud - Compute")
        .operation(operation)
        .usage_type(usage_type)
        .region("global")
        .actual_usage_amount(used)
        .forecasted_usage_amount(used)
        .limit(limit)
        .unit(unit)
        .description(format!("{limit} {unit} for free for 12 months as part of AWS Free Usage Tier ({usage_type})"))
        .free_tier_type("12 Months Free")
        .build()
}
