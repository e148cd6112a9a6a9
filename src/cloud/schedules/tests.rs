use aws_sdk_scheduler::operation::create_schedule::CreateScheduleOutput;
use aws_smithy_mocks::{Rule, mock};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use super::*;
use crate::cloud::test_support::{cloud_of, read_all};
use crate::domain::auto_stop::Ending;
use crate::domain::launch_plan::ClientToken;
use crate::domain::problem::Cause;
use crate::message::{Found, Read, Write};

const ID: &str = "i-0123456789abcdef0";
const ROLE: &str = "arn:aws:iam::123456789012:role/ec2deck-auto-stop";

fn new() -> NewSchedule {
    NewSchedule {
        instance: InstanceId::new(ID),
        auto_stop: AutoStop { ending: Ending::Stop, at: "2026-11-24T14:00:00Z".parse().unwrap() },
        role: RoleArn::parse(ROLE).unwrap(),
    }
}

fn answer(status: u16, body: &str) -> HttpResponse {
    HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body))
}

fn get(body: &'static str, status: u16) -> Rule {
    mock!(aws_sdk_scheduler::Client::get_schedule)
        .match_requests(|asked| asked.name() == Some("ec2deck-i-0123456789abcdef0"))
        .then_http_response(move || answer(status, body))
}

async fn found(rule: &Rule) -> Result<Option<Schedule>, Problem> {
    match read_all(&cloud_of(&[rule]), Read::Schedule(InstanceId::new(ID))).await?.remove(0) {
        Found::Schedule(schedule) => Ok(schedule),
        other => panic!("{other:?}"),
    }
}

/// What the service answers over the wire, after its documentation's example.
const RECORDED: &str = r#"{"ActionAfterCompletion":"DELETE","Arn":"arn:aws:scheduler:ap-northeast-2:123456789012:schedule/default/ec2deck-i-0123456789abcdef0","CreationDate":1795500000.0,"FlexibleTimeWindow":{"Mode":"OFF"},"GroupName":"default","LastModificationDate":1795500000.0,"Name":"ec2deck-i-0123456789abcdef0","ScheduleExpression":"at(2026-11-24T14:00:00)","ScheduleExpressionTimezone":"UTC","State":"ENABLED","Target":{"Arn":"arn:aws:scheduler:::aws-sdk:ec2:stopInstances","Input":"{\"InstanceIds\":[\"i-0123456789abcdef0\"]}","RetryPolicy":{"MaximumEventAgeInSeconds":86400,"MaximumRetryAttempts":185},"RoleArn":"arn:aws:iam::123456789012:role/ec2deck-auto-stop"}}"#;

#[tokio::test]
async fn a_schedule_says_what_it_will_do_and_when() {
    let schedule = found(&get(RECORDED, 200)).await.unwrap().unwrap();
    assert_eq!(schedule.again(), Some(new()));
}

#[tokio::test]
async fn what_somebody_has_made_of_it_is_not_taken_for_ours() {
    for (from, to) in [
        ("ENABLED", "DISABLED"),
        ("at(2026-11-24T14:00:00)", "rate(1 day)"),
        ("stopInstances", "rebootInstances"),
        ("[\\\"i-0123456789abcdef0\\\"]", "[\\\"i-0123456789abcdef1\\\"]"),
    ] {
        let body: &'static str = RECORDED.replace(from, to).leak();
        assert_ne!(body, RECORDED, "{from}");
        let schedule = found(&get(body, 200)).await.unwrap().unwrap();
        assert_eq!(schedule.auto_stop, None, "{to}");
    }
}

#[tokio::test]
async fn no_schedule_is_no_problem_and_no_permission_is_one() {
    let none = r#"{"__type":"ResourceNotFoundException","Message":"Schedule ec2deck-x does not exist."}"#;
    assert_eq!(found(&get(none, 404)).await, Ok(None));
    let denied = r#"{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::1:user/x is not authorized to perform: scheduler:GetSchedule on resource: *"}"#;
    let problem = found(&get(denied, 403)).await.unwrap_err();
    assert_eq!(problem.cause, Cause::NotAllowed { action: "scheduler:GetSchedule".to_owned() });
}

#[tokio::test]
async fn a_schedule_is_made_for_once_in_utc_and_deletes_itself() {
    let rule = mock!(aws_sdk_scheduler::Client::create_schedule)
        .match_requests(|asked| {
            let target = asked.target().unwrap();
            asked.name() == Some("ec2deck-i-0123456789abcdef0")
                && asked.client_token() == Some("token-1")
                && asked.schedule_expression() == Some("at(2026-11-24T14:00:00)")
                && asked.schedule_expression_timezone() == Some("UTC")
                && asked.action_after_completion() == Some(&sdk::ActionAfterCompletion::Delete)
                && asked.flexible_time_window().map(sdk::FlexibleTimeWindow::mode)
                    == Some(&sdk::FlexibleTimeWindowMode::Off)
                && target.arn() == "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"
                && target.role_arn() == ROLE
                && target.input() == Some("{\"InstanceIds\":[\"i-0123456789abcdef0\"]}")
                // Hours later somebody may want it to run.
                && target.retry_policy().and_then(sdk::RetryPolicy::maximum_event_age_in_seconds) == Some(300)
        })
        .then_output(|| CreateScheduleOutput::builder().schedule_arn("arn").build().unwrap());
    let write = Write::CreateSchedule { schedule: new(), token: ClientToken::new("token-1") };
    assert_eq!(cloud_of(&[&rule]).write(write).await, Ok(Written::Done));
}

#[tokio::test]
async fn a_role_that_may_not_be_passed_on_is_named() {
    let rule = mock!(aws_sdk_scheduler::Client::create_schedule).then_http_response(|| {
        let body = r#"{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::1:user/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/y"}"#;
        answer(403, body)
    });
    let write = Write::CreateSchedule { schedule: new(), token: ClientToken::new("token-1") };
    let problem = cloud_of(&[&rule]).write(write).await.unwrap_err();
    assert_eq!(problem.cause, Cause::NotAllowed { action: "iam:PassRole".to_owned() });
}

#[tokio::test]
async fn deleting_what_is_gone_is_done() {
    let rule = mock!(aws_sdk_scheduler::Client::delete_schedule)
        .then_http_response(|| answer(404, r#"{"__type":"ResourceNotFoundException","Message":"gone"}"#));
    assert_eq!(cloud_of(&[&rule]).write(Write::DeleteSchedule(InstanceId::new(ID))).await, Ok(Written::Done));
}

#[tokio::test]
async fn the_list_is_looked_at_one_by_one() {
    let list = mock!(aws_sdk_scheduler::Client::list_schedules)
        .match_requests(|asked| asked.name_prefix() == Some("ec2deck-"))
        .then_http_response(|| {
            answer(200, r#"{"Schedules":[{"Name":"ec2deck-i-0123456789abcdef0"},{"Name":"ec2deck-backup"}]}"#)
        });
    let one = get(RECORDED, 200);
    let found = read_all(&cloud_of(&[&list, &one]), Read::Schedules).await.unwrap();
    let [Found::Schedules(schedules)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(schedules.known.len(), 1, "one of another name is not ours");
    assert_eq!(one.num_calls(), 1);
}

#[tokio::test]
async fn of_very_many_the_last_are_named_and_not_looked_at() {
    let names: Vec<String> =
        (0..=MOST_LOOKED_AT).map(|index| format!("{{\"Name\":\"ec2deck-i-{index:017x}\"}}")).collect();
    let body: &'static str = format!("{{\"Schedules\":[{}]}}", names.join(",")).leak();
    let list = mock!(aws_sdk_scheduler::Client::list_schedules).then_http_response(move || answer(200, body));
    let each = mock!(aws_sdk_scheduler::Client::get_schedule)
        .sequence()
        .http_response(|| answer(200, RECORDED))
        .times(MOST_LOOKED_AT)
        .build();
    let found = read_all(&cloud_of(&[&list, &each]), Read::Schedules).await.unwrap();
    let [Found::Schedules(schedules)] = found.as_slice() else { panic!("{found:?}") };
    let last = InstanceId::new(format!("i-{MOST_LOOKED_AT:017x}"));
    assert_eq!((schedules.known.len(), schedules.unread.len()), (MOST_LOOKED_AT, 1));
    assert!(schedules.has(&last) && schedules.of(&last).is_none());
}
