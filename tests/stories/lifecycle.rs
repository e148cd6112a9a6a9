//! Start, stop, reboot and terminate: asked where it is hard to undo, sent once, followed until it has happened, and
//! each of several instances with its own outcome.

use crate::support::{Stage, Story, moto};

#[tokio::test(start_paused = true)]
async fn a_running_instance_is_stopped_after_a_question_that_starts_on_no() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("S").await;
    story.sees("web-1").says("stop-volumes-cost");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("StopInstances"), 0, "Enter took Yes");

    story.keys("S<right><enter>").await;
    assert_eq!(story.calls_of("StopInstances"), 1);
    story.sees_in_one_line(&["web-1", "stopping"]);
    story.until_one_line_has(&["web-1", "stopped"]).await;
    assert_eq!(story.calls_of("StopInstances"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_instance_is_started_at_once() {
    let mut story = Stage::demo().open().await;
    story.select("old-db").await.keys("s").await;
    assert_eq!(story.calls_of("StartInstances"), 1);
    story.until_one_line_has(&["old-db", "running"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_running_instance_is_rebooted_after_a_question() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("b").await.says("reboot-keeps-everything");
    story.keys("n").await;
    assert_eq!(story.calls_of("RebootInstances"), 0);
    story.keys("by").await;
    assert_eq!(story.calls_of("RebootInstances"), 1);
    story.sees_in_one_line(&["web-1", "running"]);
}

#[tokio::test(start_paused = true)]
async fn terminating_wants_the_name_typed() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("d").await.says("terminate-is-final");
    story.keys("<enter>").await;
    story.keys("web-2<enter>").await.says("confirm-word-differs");
    assert_eq!(story.calls_of("TerminateInstances"), 0, "a wrong name was taken");
    story.keys("<backspace>1<enter>").await;
    assert_eq!(story.calls_of("TerminateInstances"), 1);
    story.until_one_line_has(&["web-1", "terminated"]).await;
}

#[tokio::test(start_paused = true)]
async fn terminating_is_left_with_esc() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("dweb-1<esc>").await;
    assert_eq!(story.calls_of("TerminateInstances"), 0);
    story.sees_in_one_line(&["web-1", "running"]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_done_now_says_why() {
    let mut story = Stage::demo().open().await;
    story.select("old-db").await;
    story.keys("S").await.says("why-stopped-already");
    story.keys("b").await.says("why-reboot-needs-running");
    story.select("web-1").await.keys("s").await.says("why-runs-already");
    story.keys("<enter>").await.says("why-runs-already");
    for call in ["StartInstances", "StopInstances", "RebootInstances"] {
        assert_eq!(story.calls_of(call), 0, "{call}");
    }
}

#[tokio::test(start_paused = true)]
async fn several_marked_instances_have_each_their_own_outcome() {
    let mut story = Stage::demo().open().await;
    for name in ["web-1", "win-office", "old-db"] {
        story.select(name).await.keys("<space>").await;
    }
    // The first of the two calls is refused, and does not hold up the other.
    story.demo().fail_next("StopInstances", "UnauthorizedOperation", "You are not authorized.", 1);
    story.keys("S").await;
    story.sees("web-1").sees("win-office");
    story.keys("y").await;
    assert_eq!(story.calls_of("StopInstances"), 2, "one call each, and none for what is stopped already");
    story.sees("web-1").sees("win-office").says("outcome-done").sees("ec2:StopInstances");
    story.keys("<esc>").await;
    let stopped = |name: &str, story: &Story| {
        story
            .screen()
            .lines()
            .any(|line| line.contains(name) && (line.contains("stopping") || line.contains("stopped")))
    };
    let outcomes = ["web-1", "win-office"].map(|name| stopped(name, &story));
    assert_eq!(outcomes.iter().filter(|stopped| **stopped).count(), 1, "{outcomes:?}\n{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn several_are_terminated_by_their_number() {
    let mut story = Stage::demo().open().await;
    for name in ["web-1", "win-office"] {
        story.select(name).await.keys("<space>").await;
    }
    story.keys("dweb-1<enter>").await;
    assert_eq!(story.calls_of("TerminateInstances"), 0);
    story.keys("<esc>d2<enter>").await;
    assert_eq!(story.calls_of("TerminateInstances"), 2);
    story.until_one_line_has(&["web-1", "terminated"]).await.until_one_line_has(&["win-office", "terminated"]).await;
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_explained_and_the_instance_goes_on() {
    let mut story = Stage::demo().open().await;
    let message = "The instance may not be terminated. Modify its 'disableApiTermination' instance attribute.";
    story.demo().fail_next("TerminateInstances", "OperationNotPermitted", message, 1);
    story.select("web-1").await.keys("dweb-1<enter>").await;
    story.sees("OperationNotPermitted");
    story.keys("<esc>").await;
    story.until_one_line_has(&["web-1", "running"]).await;
}

#[tokio::test]
async fn on_moto_an_instance_is_stopped_started_and_terminated() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let id = given_an_instance(&server, "box", false).await;
    let mut story = stage.open().await;
    story.sees_in_one_line(&["box", "running"]);

    story.keys("Sy").await;
    story.until_one_line_has(&["box", "stopped"]).await;
    assert_eq!(state(&server, &id).await, "stopped");

    story.keys("sy").await;
    story.until_one_line_has(&["box", "running"]).await;
    assert_eq!(state(&server, &id).await, "running");

    story.keys("dbox<enter>").await;
    story.until_one_line_has(&["box", "terminated"]).await;
    assert_eq!(state(&server, &id).await, "terminated");
}

#[tokio::test]
async fn on_moto_a_protected_instance_is_not_terminated() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let id = given_an_instance(&server, "safe", true).await;
    let mut story = stage.open().await;
    story.keys("dsafe<enter>").await;
    story.sees("OperationNotPermitted");
    assert_eq!(state(&server, &id).await, "running");
}

async fn given_an_instance(server: &aws_sdk_ec2::Client, name: &str, protected: bool) -> String {
    let id = moto::given_instance(server, name, None).await;
    let value = aws_sdk_ec2::types::AttributeBooleanValue::builder().value(protected).build();
    let protect = server.modify_instance_attribute().instance_id(&id).disable_api_termination(value);
    protect.send().await.expect("moto protects it");
    id
}

async fn state(server: &aws_sdk_ec2::Client, id: &str) -> String {
    let found = server.describe_instances().instance_ids(id).send().await.expect("moto knows the instance");
    let instance = &found.reservations()[0].instances()[0];
    instance.state().and_then(|state| state.name()).expect("a state").as_str().to_owned()
}
