//! A server stops or ends by itself: set at the launch, set on one that is there, seen in the list, and taken off again.

use std::time::Duration;

use ec2deck::demo::DemoAccount;

use crate::support::{Stage, Story};

const ROLE: &str = "arn:aws:iam::123456789012:role/ec2deck-auto-stop";

/// From the dashboard to the details of a launch, on the field of the auto-stop.
async fn to_auto_stop(story: &mut Story) {
    story.keys("n<enter><enter><tab><tab><tab><tab><tab>").await.says("launch-details-auto-stop-hint");
}

/// The dialog of an instance, ready to be sent: what, when, and the role.
async fn fill(story: &mut Story, name: &str, what: &str, when: &str) {
    story.select(name).await.keys("A").await.keys(what).await.keys("<tab>").await.retype(when).await;
    story.keys("<tab><tab>").await.retype(ROLE).await;
}

fn state(story: &Story, name: &str) -> String {
    let rows = &story.app().inventory.instances.rows;
    let one = rows.iter().find(|one| one.name.as_deref() == Some(name)).expect("the instance is listed");
    format!("{:?}", one.state)
}

fn tag(story: &Story, name: &str, key: &str) -> Option<String> {
    let rows = &story.app().inventory.instances.rows;
    let one = rows.iter().find(|one| one.name.as_deref() == Some(name)).expect("the instance is listed");
    one.tags.iter().find(|tag| tag.key == key).map(|tag| tag.value.clone())
}

#[tokio::test(start_paused = true)]
async fn a_new_server_stops_by_itself_at_its_time() {
    let mut story = Stage::demo().size(160, 45).open().await;
    to_auto_stop(&mut story).await;
    story.keys("<right>").await.says("auto-stop-stop-note").says("launch-auto-stop-shutdown-stop");
    // Nothing typed yet.
    story.keys("<enter>").await.says("auto-stop-when-empty");
    story.keys("4").await.keys("<enter>").await.says("auto-stop-when-no-unit");
    story.keys("h").await.sees("2026-11-23 22:0");
    story.keys("<enter><enter>shop<enter><enter>").await.says("launch-step-review").sees("depends on it");
    story.sees("2026-11-23 22:0").sees("user data: the auto-stop");
    story.keys("<ctrl-p>").await.sees("cat <<'EC2DECK'").sees("ec2deck-auto-stop");
    story.keys("<esc><enter>").await.until("ssh -i").await;
    story.keys("<enter>").await.until_one_line_has(&["shop", "running"]).await;
    story.sees("AUTO-STOP").sees_in_one_line(&["shop", "stops in"]).sees("a timer on the server").sees("kim@laptop");
    assert!(tag(&story, "shop", "ec2deck:auto-stop-timer").is_some_and(|tag| tag.starts_with("stop 2026-11-23T13:0")));

    story.elapse(Duration::from_mins(236)).await;
    assert_eq!(state(&story, "shop"), "Running");
    story.elapse(Duration::from_mins(6)).await;
    assert_eq!(state(&story, "shop"), "Stopped");
    story.does_not_see("AUTO-STOP");

    // Whoever starts it again means it.
    story.keys("s").await.until_one_line_has(&["shop", "running"]).await;
    story.elapse(Duration::from_hours(30)).await;
    assert_eq!(state(&story, "shop"), "Running");
    story.does_not_see("AUTO-STOP");
}

#[tokio::test(start_paused = true)]
async fn a_new_server_that_is_to_end_is_terminated_whatever_was_chosen_for_a_shutdown() {
    let mut story = Stage::demo().size(160, 45).open().await;
    to_auto_stop(&mut story).await;
    story.keys("<right><right><tab>23:00").await.sees("2026-11-23 23:00 KST, in 5 h 0 m");
    story.says("launch-auto-stop-shutdown-terminate").says("auto-stop-terminate-note");
    story.keys("<enter><enter>shop<enter><enter>").await.sees("is terminated at");
    story.keys("<ctrl-p>G").await.sees("--instance-initiated-shutdown-behavior terminate");
    story.keys("<esc><enter>").await;
    story.until("ssh -i").await.keys("<enter>").await.until_one_line_has(&["shop", "running"]).await;
    story.sees_in_one_line(&["shop", "terminates in"]);
    story.elapse(Duration::from_mins(301)).await;
    assert_eq!(state(&story, "shop"), "Terminated");
}

#[tokio::test(start_paused = true)]
async fn a_file_of_ones_own_goes_beside_the_timer_or_says_why_not() {
    let stage = Stage::demo().size(160, 45);
    let home = stage.home();
    std::fs::write(home.join("good.sh"), "#!/bin/bash\necho 안녕\n").unwrap();
    std::fs::write(home.join("bad"), "echo hello\n").unwrap();
    let mut story = stage.open().await;
    to_auto_stop(&mut story).await;
    story.keys("<right><tab>4h<tab><tab><tab><tab>~/bad<enter>").await.says("timer-unknown-kind");
    story.retype("~/good.sh").await.keys("<enter><enter>shop<enter><enter>").await.says("launch-step-review");
    story.sees("user data: the auto-stop");
    story.keys("<ctrl-p><end>").await.sees("base64 < ~/good.sh | fold -w 76").does_not_see("안녕");
    story.keys("<esc><enter>").await.until("ssh -i").await.keys("<enter>").await;
    story.until_one_line_has(&["shop", "running"]).await;
    story.elapse(Duration::from_mins(245)).await;
    assert_eq!(state(&story, "shop"), "Stopped");
}

#[tokio::test(start_paused = true)]
async fn an_instance_is_stopped_by_the_scheduler_and_the_schedule_is_gone() {
    let mut story = Stage::demo().size(160, 45).open().await;
    fill(&mut story, "web-1", "", "4h").await;
    story.says("auto-stop-stop-costs").sees("2026-11-23 22:00 KST, in 4 h 0 m");
    story.keys("<enter>").await.sees("web-1 stops by itself at 2026-11-23 22:00 KST. u takes it back.");
    for (call, times) in [("GetSchedule", 2), ("CreateSchedule", 1), ("UpdateSchedule", 0), ("CreateTags", 1)] {
        assert!(story.calls_of(call) >= times && (times > 0 || story.calls_of(call) == 0), "{call}");
    }
    assert_eq!(tag(&story, "web-1", "ec2deck:auto-stop").as_deref(), Some("stop 2026-11-23T13:00:00Z kim@laptop"));
    story.sees_in_one_line(&["web-1", "stops in"]).sees("EventBridge Scheduler");
    // The role is there the next time, and the new time takes the old one's place.
    story.keys("A").await.sees("role/ec2deck-auto-stop").sees("Scheduled now");
    story.keys("<tab>2h<enter>").await;
    assert_eq!(story.calls_of("UpdateSchedule"), 1);
    story.sees("web-1 stops by itself at 2026-11-23 20:00 KST");
    story.keys("u").await.sees("Taken back");
    assert_eq!(tag(&story, "web-1", "ec2deck:auto-stop").as_deref(), Some("stop 2026-11-23T13:00:00Z kim@laptop"));
    story.elapse(Duration::from_mins(130)).await;
    assert_eq!(state(&story, "web-1"), "Running", "the undo has put the first time back");
    story.elapse(Duration::from_mins(115)).await;
    assert_eq!(state(&story, "web-1"), "Stopped");
    story.does_not_see("AUTO-STOP");
}

#[tokio::test(start_paused = true)]
async fn setting_it_is_taken_back_and_taking_it_off_too() {
    let mut story = Stage::demo().size(160, 45).open().await;
    fill(&mut story, "web-1", "", "4h").await;
    story.keys("<enter>u").await.sees("Taken back");
    assert_eq!((story.calls_of("DeleteSchedule"), tag(&story, "web-1", "ec2deck:auto-stop")), (1, None));

    fill(&mut story, "web-1", "", "4h").await;
    story.keys("<enter>A<left>").await.says("auto-stop-off-note");
    story.keys("<enter>").await.sees("web-1 does not stop by itself any more");
    assert_eq!((story.calls_of("DeleteSchedule"), tag(&story, "web-1", "ec2deck:auto-stop")), (2, None));
    story.keys("u").await.sees("Taken back");
    assert!(tag(&story, "web-1", "ec2deck:auto-stop").is_some());
    story.elapse(Duration::from_mins(250)).await;
    assert_eq!(state(&story, "web-1"), "Stopped", "the schedule is there again");
}

#[tokio::test(start_paused = true)]
async fn terminating_asks_with_the_id_and_starts_on_no() {
    let mut story = Stage::demo().size(160, 45).open().await;
    fill(&mut story, "web-1", "<right>", "4h").await;
    let id = story.app().selected_instance().unwrap().id.to_string();
    story
        .keys("<enter>")
        .await
        .says("terminate-is-final")
        .sees(&id)
        .sees("2026-11-23 22:00 KST (2026-11-23 13:00 UTC)");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("CreateSchedule"), 0, "Enter took Yes");
    story.keys("<enter>y").await.sees_in_one_line(&["web-1", "terminates in"]);
    assert_eq!(story.calls_of("CreateSchedule"), 1);
    story.elapse(Duration::from_mins(245)).await;
    assert_eq!(state(&story, "web-1"), "Terminated");
}

#[tokio::test(start_paused = true)]
async fn what_aws_refuses_is_said_with_what_to_do_instead() {
    for (code, message, said) in [
        (
            "AccessDeniedException",
            "User: x is not authorized to perform: scheduler:CreateSchedule",
            "scheduler:CreateSchedule",
        ),
        ("AccessDeniedException", "User: x is not authorized to perform: iam:PassRole on resource: y", "iam:PassRole"),
        (
            "ValidationException",
            "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
            "does not let EventBridge",
        ),
    ] {
        let mut story = Stage::demo().size(160, 45).open().await;
        story.demo().fail_next("CreateSchedule", code, message, 1);
        fill(&mut story, "web-1", "", "4h").await;
        story.keys("<enter>").await.sees(said);
        if code == "AccessDeniedException" {
            story.says("problem-schedule-instead");
        }
        assert_eq!(
            (
                story.calls_of("CreateTags"),
                story.app().inventory.schedules.value.as_ref().map(|schedules| schedules.known.len())
            ),
            (0, Some(0))
        );
        // What was entered is still there, and the next try goes through.
        story.sees("role/ec2deck-auto-stop");
        story.keys("<enter>").await.sees("u takes it back");
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_scheduler_the_command_is_copied_and_not_run() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.select("web-1").await.keys("A<tab>4h<tab><right>").await.says("auto-stop-command-note");
    story.says("auto-stop-shutdown-stops");
    story.keys("<enter>").await.says("auto-stop-command-limits");
    assert_eq!(story.copied(), ["sudo shutdown -P +241"]);
    assert_eq!((story.calls_of("CreateSchedule"), story.calls_of("CreateTags")), (0, 0));
    // Without a role nothing is sent, and how to make one is a choice away.
    story.keys("<esc><left><enter>").await.says("auto-stop-role-missing");
    story.keys("<shift-tab><left><enter>").await.says("auto-stop-role-why").sees("aws iam create-role");
    story.keys("y").await;
    assert!(story.copied()[1].contains("scheduler.amazonaws.com"), "{:?}", story.copied());
}

#[tokio::test(start_paused = true)]
async fn a_timer_on_the_server_can_only_be_taken_off_there() {
    let mut story = Stage::demo().size(160, 45).open().await;
    to_auto_stop(&mut story).await;
    story
        .keys("<right><tab>4h<enter><enter>shop<enter><enter><enter>")
        .await
        .until("ssh -i")
        .await
        .keys("<enter>")
        .await;
    story.until_one_line_has(&["shop", "running"]).await;
    story.keys("A").await.sees("A timer on the server does it, too");
    story.keys("<left><enter>").await.says("auto-stop-server-why");
    assert_eq!(story.copied().last().map(String::as_str), Some("sudo /usr/local/sbin/ec2deck-auto-stop off"));
    story.keys("<enter>").await.sees("The timer on shop stays until");
    assert!(tag(&story, "shop", "ec2deck:auto-stop-timer").is_some(), "Enter took Yes");
    story.keys("A<left><enter>y").await.sees("The mark of shop is gone");
    assert!(tag(&story, "shop", "ec2deck:auto-stop-timer").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_tag_without_a_schedule_says_so() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.select("web-1").await.keys("tn").await.keys("ec2deck:auto-stop<tab>stop 2026-11-23T15:00:00Z<enter>").await;
    story.keys("<esc>r").await.sees_in_one_line(&["web-1", "not scheduled"]).sees("no such schedule any more");
    story.keys("A<left><enter>").await.sees("There was no schedule any more");
    story.does_not_see("not scheduled");
}

#[tokio::test(start_paused = true)]
async fn one_that_should_have_stopped_is_pointed_out() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story
        .select("web-1")
        .await
        .keys("tn")
        .await
        .keys("ec2deck:auto-stop-timer<tab>stop 2026-11-23T09:10:00Z kim<enter>")
        .await;
    story.keys("<esc>r").await.sees_in_one_line(&["web-1", "stops in 10 m"]);
    story.elapse(Duration::from_mins(16)).await;
    story.sees_in_one_line(&["web-1", "should have stopped"]).sees("should have stopped 6 m ago").sees("set by kim");
}

#[tokio::test(start_paused = true)]
async fn who_may_not_look_at_schedules_still_sees_the_tag() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.demo().fail_next("ListSchedules", "AccessDeniedException", "no", 9);
    story.select("web-1").await.keys("tn").await.keys("ec2deck:auto-stop<tab>stop 2026-11-23T15:00:00Z<enter>").await;
    story.keys("<esc>r").await.sees_in_one_line(&["web-1", "stops in"]).sees("not checked");
    let asked = story.calls_of("ListSchedules");
    story.elapse(Duration::from_mins(10)).await;
    assert_eq!(story.calls_of("ListSchedules"), asked, "what was refused is not asked every half minute");
}

#[tokio::test(start_paused = true)]
async fn nobody_asks_the_scheduler_while_nothing_is_set() {
    let mut story = Stage::demo().open().await;
    story.elapse(Duration::from_mins(10)).await;
    assert_eq!(story.calls_of("ListSchedules"), 0);
    let mut story = Stage::demo_of(DemoAccount::lived_in).read_only().open().await;
    story.select("web-1").await.keys("A").await.says("why-read-only");
}

#[tokio::test(start_paused = true)]
async fn in_korean_too() {
    let mut story = Stage::demo().size(160, 45).korean().open().await;
    fill(&mut story, "web-1", "", "4시간").await;
    story.sees("2026-11-23 22:00 KST");
    story.keys("<enter>").await.sees_in_one_line(&["web-1", "뒤 중지"]);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_is_off_with_its_tag_still_on_is_no_plain_failure() {
    let mut story = Stage::demo().size(160, 45).open().await;
    fill(&mut story, "web-1", "", "4h").await;
    story.keys("<enter>").await;
    story.demo().fail_next("DeleteTags", "UnauthorizedOperation", "You are not authorized.", 1);
    story.keys("A<left><enter>").await.sees("is deleted, but its tag could not be taken off").sees("ec2:DeleteTags");
    assert_eq!(story.calls_of("DeleteSchedule"), 1);
    story.keys("A<left><enter>").await.sees("There was no schedule any more");
    assert_eq!(tag(&story, "web-1", "ec2deck:auto-stop"), None);
}

#[tokio::test(start_paused = true)]
async fn taking_back_what_somebody_has_scheduled_anew_does_not_bar_the_rest() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.select("web-1").await.keys("tn").await.keys("team<tab>shop<enter><esc>").await;
    fill(&mut story, "web-1", "", "4h").await;
    story.keys("<enter>A<left><enter>").await.sees("does not stop by itself any more");
    story.demo().fail_next("CreateSchedule", "ConflictException", "Schedule already exists.", 1);
    story.keys("u").await.says("code-schedule-conflict");
    story.keys("<esc>").await;
    assert_eq!(tag(&story, "web-1", "ec2deck:auto-stop"), None, "the tag would tell of another schedule");
    // What was done before it can be taken back.
    story.keys("u").await.sees("Taken back");
    story.keys("u").await;
    assert_eq!(story.calls_of("CreateSchedule"), 2);
}
