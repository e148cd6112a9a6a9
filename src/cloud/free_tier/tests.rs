//! Replies as FreeTier sends them over the wire, written after its API reference, through the SDK's own parsing.

use aws_smithy_mocks::{Rule, mock};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;

use super::*;
use crate::cloud::test_support::{cloud_of, read_all};
use crate::domain::problem::Cause;
use crate::message::{Found, Read};

fn reply(status: u16, body: &'static str) -> HttpResponse {
    HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body))
}

fn plan_rule(status: u16, body: &'static str) -> Rule {
    mock!(aws_sdk_freetier::Client::get_account_plan_state).then_http_response(move || reply(status, body))
}

async fn plan(status: u16, body: &'static str) -> Result<Vec<Found>, Problem> {
    read_all(&cloud_of(&[&plan_rule(status, body)]), Read::AccountPlan).await
}

#[tokio::test]
async fn a_plan_its_credits_and_its_end() {
    let found = plan(
        200,
        r#"{"accountId":"123456789012","accountPlanType":"FREE","accountPlanStatus":"ACTIVE",
            "accountPlanRemainingCredits":{"amount":83.1,"unit":"USD"},"accountPlanExpirationDate":"2027-02-11T09:30:00Z"}"#,
    );
    let expected = AccountPlan {
        kind: PlanKind::Free,
        status: PlanStatus::Active,
        credits: Money::parse("83.1"),
        ends: "2027-02-11T09:30:00Z".parse().ok(),
    };
    assert_eq!(found.await, Ok(vec![Found::AccountPlan(Some(expected))]));
}

#[tokio::test]
async fn a_word_that_is_new_and_a_credit_in_another_currency_are_not_guessed() {
    let found = plan(
        200,
        r#"{"accountId":"1","accountPlanType":"GOLD","accountPlanStatus":"PAUSED",
            "accountPlanRemainingCredits":{"amount":83.1,"unit":"EUR"}}"#,
    );
    let expected = AccountPlan { kind: PlanKind::Other, status: PlanStatus::Other, credits: None, ends: None };
    assert_eq!(found.await, Ok(vec![Found::AccountPlan(Some(expected))]));
}

#[tokio::test]
async fn an_account_without_a_plan_is_no_failure() {
    let body = r#"{"__type":"ResourceNotFoundException","message":"No plan"}"#;
    assert_eq!(plan(400, body).await, Ok(vec![Found::AccountPlan(None)]));
}

#[tokio::test]
async fn a_refusal_names_the_permission() {
    let denied = plan(400, r#"{"__type":"AccessDeniedException","message":""}"#).await.unwrap_err();
    assert_eq!(denied.cause, Cause::NotAllowed { action: "freetier:GetAccountPlanState".to_owned() });
    let usage = mock!(aws_sdk_freetier::Client::get_free_tier_usage)
        .then_http_response(|| reply(400, r#"{"__type":"AccessDeniedException","message":"User: x is not authorized to perform: freetier:GetFreeTierUsage"}"#));
    let denied = read_all(&cloud_of(&[&usage]), Read::Allowances).await.unwrap_err();
    assert_eq!(denied.cause, Cause::NotAllowed { action: "freetier:GetFreeTierUsage".to_owned() });
}

#[tokio::test]
async fn allowances_come_in_pages_and_are_told_apart() {
    let first = mock!(aws_sdk_freetier::Client::get_free_tier_usage)
        .match_requests(|asked| asked.next_token().is_none())
        .then_http_response(|| {
            reply(
                200,
                r#"{"nextToken":"more","freeTierUsages":[{"service":"Amazon Elastic Compute Cloud",
                    "operation":"RunInstances","usageType":"Global-BoxUsage:freetier.micro","region":"global",
                    "actualUsageAmount":412.5,"forecastedUsageAmount":560.2,"limit":750.0,"unit":"Hrs",
                    "description":"750.0 Hrs","freeTierType":"12 Months Free"}]}"#,
            )
        });
    let second = mock!(aws_sdk_freetier::Client::get_free_tier_usage)
        .match_requests(|asked| asked.next_token() == Some("more"))
        .then_http_response(|| {
            reply(
                200,
                r#"{"freeTierUsages":[{"service":"AWS Lambda","usageType":"Global-Request","actualUsageAmount":1.0,
                    "forecastedUsageAmount":2.0,"limit":1000000.0,"unit":"Requests","freeTierType":"Always Free"}]}"#,
            )
        });
    let found = read_all(&cloud_of(&[&first, &second]), Read::Allowances).await.unwrap();
    let [Found::Allowances(allowances)] = found.as_slice() else { panic!("{found:?}") };
    let meters: Vec<_> = allowances.iter().map(|one| (one.meter, one.used, one.limit, one.unit.as_str())).collect();
    assert_eq!(meters, [(Some(Meter::LinuxHours), 412.5, 750.0, "Hrs"), (None, 1.0, 1_000_000.0, "Requests")]);
}
