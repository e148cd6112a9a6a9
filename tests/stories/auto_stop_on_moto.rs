//! The stories of stopping by itself on moto, an EC2 and an EventBridge Scheduler that nobody here wrote: what exists
//! afterwards is asked of the server.
//!
//! What moto (5.2.1) cannot do is told on the demo account only, in `auto_stop.rs`:
//! - its schedules never run, and so never delete themselves;
//! - it takes any role, and has no permissions to lack;
//! - it ignores the client token of a schedule, and `ActionAfterCompletion` of a change;
//! - nothing runs the user data of its instances.

use aws_sdk_ec2::types::InstanceAttributeName;
use base64ct::{Base64, Encoding as _};

use crate::support::{Stage, moto};

const ROLE: &str = "arn:aws:iam::123456789012:role/ec2deck-auto-stop";

#[tokio::test]
async fn on_moto_a_launch_sends_timer_tag_and_shutdown_behaviour() {
    let stage = Stage::moto().await.size(160, 45);
    std::fs::write(stage.home().join("own.sh"), "#!/bin/sh\necho mine\n").unwrap();
    let mut story = stage.open().await;
    story
        .keys("n<enter><enter><tab><tab><tab><tab><tab><right><right><tab>4h<tab><tab><tab><tab>~/own.sh<enter>")
        .await;
    story.keys("<enter>web-1<enter><enter><enter>").await.until("ssh -i").await;
    let server = story.server();
    let found = server.describe_instances().send().await.expect("moto lists instances");
    let instance = &found.reservations()[0].instances()[0];
    let value = instance.tags().iter().find(|tag| tag.key() == Some("ec2deck:auto-stop-timer"));
    let value = value.and_then(|tag| tag.value()).expect("its tag");
    assert!(value.starts_with("terminate 20") && value.ends_with(" kim@laptop"), "{value}");
    let id = instance.instance_id().expect("an id");
    let ask = |name| server.describe_instance_attribute().instance_id(id).attribute(name).send();
    let behavior = ask(InstanceAttributeName::InstanceInitiatedShutdownBehavior).await.expect("moto tells it");
    let behavior = behavior.instance_initiated_shutdown_behavior().and_then(|value| value.value());
    assert_eq!(behavior, Some("terminate"));
    let data = ask(InstanceAttributeName::UserData).await.expect("moto tells it");
    let data = data.user_data().and_then(|value| value.value()).expect("user data").to_owned();
    let data = String::from_utf8(Base64::decode_vec(&data).unwrap()).unwrap();
    assert!(data.starts_with("Content-Type: multipart/mixed; boundary="), "{data}");
    let at: jiff::Timestamp = value.split(' ').nth(1).unwrap().parse().unwrap();
    let calendar = format!("OnCalendar={}", at.strftime("%Y-%m-%d %H:%M:%S UTC"));
    assert!(data.contains(&calendar) && data.contains("\n#!/bin/sh\necho mine\n\n--"), "{data}");
}

#[tokio::test]
async fn on_moto_a_schedule_is_made_changed_taken_back_and_taken_off() {
    let stage = Stage::moto().await.size(160, 45);
    let server = stage.server();
    let schedules = moto::scheduler(stage.endpoint());
    let id = moto::given_instance(&server, "box", None).await;
    let mut story = stage.open().await;
    let name = format!("ec2deck-{id}");
    story.keys("A<tab>4h<tab><tab>").await.retype(ROLE).await.keys("<enter>").await.sees("u takes it back");
    let made = schedules.get_schedule().name(&name).send().await.expect("the schedule is there");
    let first = made.schedule_expression().unwrap().to_owned();
    let target = made.target().unwrap();
    assert_eq!(target.arn(), "arn:aws:scheduler:::aws-sdk:ec2:stopInstances");
    assert_eq!((target.role_arn(), target.input()), (ROLE, Some(format!("{{\"InstanceIds\":[\"{id}\"]}}").as_str())));
    assert_eq!(made.schedule_expression_timezone(), Some("UTC"));
    assert_eq!(
        made.action_after_completion().map(aws_sdk_scheduler::types::ActionAfterCompletion::as_str),
        Some("DELETE")
    );
    assert_eq!(made.flexible_time_window().map(|window| window.mode().as_str()), Some("OFF"));
    let told = |tags: &[aws_sdk_ec2::types::Tag]| {
        let tag = tags.iter().find(|tag| tag.key() == Some("ec2deck:auto-stop"));
        tag.and_then(|tag| tag.value()).map(str::to_owned)
    };
    let instance = || async {
        let found = server.describe_instances().instance_ids(&id).send().await.expect("moto knows it");
        told(found.reservations()[0].instances()[0].tags())
    };
    let at = first.trim_start_matches("at(").trim_end_matches(')').to_owned();
    assert_eq!(instance().await, Some(format!("stop {at}Z kim@laptop")));
    story.sees_in_one_line(&["box", "stops in"]).sees("EventBridge Scheduler");

    story.keys("A<tab>2h<enter>").await.sees("u takes it back");
    let changed = schedules.get_schedule().name(&name).send().await.expect("the schedule is there");
    assert_ne!(changed.schedule_expression(), Some(first.as_str()));
    story.keys("u").await.sees("Taken back");
    let back = schedules.get_schedule().name(&name).send().await.expect("the schedule is there");
    assert_eq!(back.schedule_expression(), Some(first.as_str()));

    story.keys("A<left><enter>").await.sees("does not stop by itself any more");
    assert!(schedules.get_schedule().name(&name).send().await.is_err());
    assert_eq!(instance().await, None);
}
