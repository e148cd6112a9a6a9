//! FreeTier: which plan the account is on, what credits are left, and what of the month's allowances was used. One
//! service for all regions.

use aws_sdk_freetier::error::ProvideErrorMetadata;
use aws_sdk_freetier::types as sdk;

use super::Cloud;
use super::convert::{time, words};
use super::error::{Call, problem};
use crate::domain::account_plan::{AccountPlan, PlanKind, PlanStatus};
use crate::domain::allowance::{Allowance, Meter};
use crate::domain::money::Money;
use crate::domain::problem::Problem;

/// The most that one page holds (FreeTier API reference, `GetFreeTierUsage`).
const PAGE: i32 = 1_000;

impl Cloud {
    /// `freetier:GetAccountPlanState`. An account without a plan is answered with `ResourceNotFoundException`.
    pub(super) async fn account_plan(&self) -> Result<Option<AccountPlan>, Problem> {
        let answer = match self.clients.free_tier.get_account_plan_state().send().await {
            Ok(answer) => answer,
            Err(failure) if failure.code() == Some("ResourceNotFoundException") => return Ok(None),
            Err(failure) => {
                return Err(problem(&failure, &Call::read("freetier", "GetAccountPlanState", &self.hosts)));
            }
        };
        let credits = answer.account_plan_remaining_credits();
        Ok(Some(AccountPlan {
            kind: match answer.account_plan_type() {
                sdk::AccountPlanType::Free => PlanKind::Free,
                sdk::AccountPlanType::Paid => PlanKind::Paid,
                _ => PlanKind::Other,
            },
            status: match answer.account_plan_status() {
                sdk::AccountPlanStatus::NotStarted => PlanStatus::NotStarted,
                sdk::AccountPlanStatus::Active => PlanStatus::Active,
                sdk::AccountPlanStatus::Expired => PlanStatus::Expired,
                _ => PlanStatus::Other,
            },
            credits: credits
                .filter(|credits| *credits.unit() == sdk::CurrencyCode::Usd)
                .and_then(|credits| Money::from_f64(credits.amount())),
            ends: time(answer.account_plan_expiration_date()),
        }))
    }

    /// `freetier:GetFreeTierUsage`, all pages.
    pub(super) async fn allowances(&self) -> Result<Vec<Allowance>, Problem> {
        let mut pages = self.clients.free_tier.get_free_tier_usage().into_paginator().page_size(PAGE).send();
        let mut allowances = Vec::new();
        while let Some(page) = pages.next().await {
            let page =
                page.map_err(|failure| problem(&failure, &Call::read("freetier", "GetFreeTierUsage", &self.hosts)))?;
            allowances.extend(page.free_tier_usages().iter().map(allowance));
        }
        Ok(allowances)
    }
}

fn allowance(from: &sdk::FreeTierUsage) -> Allowance {
    Allowance {
        meter: Meter::of(from.usage_type().unwrap_or_default(), from.operation().unwrap_or_default()),
        usage_type: words(from.usage_type()),
        used: from.actual_usage_amount(),
        expected: from.forecasted_usage_amount(),
        limit: from.limit(),
        unit: words(from.unit()),
        offer: words(from.free_tier_type()),
    }
}

#[cfg(test)]
mod tests;
