//! Graphs from CloudWatch and CPU use beside the rows, on the demo account; and how little is asked for them.

use std::time::Duration;

use ec2deck::demo::DemoAccount;
use jiff::SignedDuration;

use crate::support::{Stage, Story};

const METRICS: &str = "GetMetricData";
const DENIED: &str = "User: arn:aws:iam::123456789012:user/demo is not authorized to perform: cloudwatch:GetMetricData \
                      because no identity-based policy allows the cloudwatch:GetMetricData action";

async fn graphs(stage: Stage, name: &str) -> Story {
    let mut story = stage.size(160, 45).open().await;
    story.select(name).await.keys("m").await;
    story
}

#[tokio::test(start_paused = true)]
async fn a_server_with_credits_shows_all_of_its_graphs_in_one_question() {
    let mut story = graphs(Stage::demo(), "web-1").await;
    story.sees("Metrics of web-1").sees_in_one_line(&["CPU", "baseline 10 %"]);
    for title in ["CPU credit balance", "CPU credits used", "Network in", "Network out", "Status checks"] {
        story.sees(title);
    }
    story.sees_in_one_line(&["Status checks", "passed"]).sees("no surplus charged");
    story.says("metrics-mode-unlimited").sees("asked for 8 metrics");
    assert_eq!(story.calls_of(METRICS), 1);
    assert_eq!(story.calls_of("DescribeInstanceCreditSpecifications"), 1);
    // The times are those of what was asked.
    story.sees_in_one_line(&["08:00", "08:30", "09:00"]);
    story.keys("<right>").await.sees_in_one_line(&["03:00", "06:00", "09:00"]);
    story.keys("3").await.sees_in_one_line(&["09:00", "21:00"]);
    story.keys("4").await.sees_in_one_line(&["11-16 09:00", "11-23 09:00"]);
    assert_eq!(story.calls_of(METRICS), 4);
    story.keys("<right>").await.says("why-longest-range");
    story.keys("1234<left>").await;
    assert_eq!(story.calls_of(METRICS), 4, "what was read is not asked again");
    story.keys("r").await.says("metrics-nothing-newer");
    assert_eq!(story.calls_of(METRICS), 4);
    story.keys("<esc>").await.does_not_see("Metrics of web-1");
}

#[tokio::test(start_paused = true)]
async fn a_key_does_not_wait_for_cloudwatch() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys_at_once("m").says("metrics-reading");
    story.keys_at_once("4").says("metrics-reading");
    story.keys_at_once("<esc>").does_not_say("metrics-reading");
    story.settle().await;
    assert_eq!(story.calls_of(METRICS), 2);
    story.keys("m4").await.does_not_say("metrics-reading");
    assert_eq!(story.calls_of(METRICS), 2, "what came meanwhile was kept");
}

#[tokio::test(start_paused = true)]
async fn a_type_without_credits_is_not_asked_for_them() {
    let mut story = Stage::demo_of(|clock| DemoAccount::large(clock, 4)).size(160, 45).open().await;
    story.select("batch-0003").await.keys("m").await.sees("asked for 5 metrics").sees("Network in");
    story.does_not_see("CPU credit").does_not_see("baseline 10 %");
    assert_eq!(story.calls_of("DescribeInstanceCreditSpecifications"), 0);
}

#[tokio::test(start_paused = true)]
async fn credits_that_run_out_say_when() {
    let mut story = Stage::demo().size(160, 45).open().await;
    assert!(story.demo().set_load("web-1", 100.0, SignedDuration::from_mins(30)));
    story.select("web-1").await.keys("m").await;
    story.sees_in_one_line(&["CPU credit balance", "empty in 2 h", "at the rate of the last 5 m"]);
    assert!(story.demo().set_surplus("web-1", 6.0));
    story.keys("<right>").await.sees("surplus credits charged: 3");
    assert!(story.demo().set_load("web-1", 4.0, SignedDuration::from_hours(3)));
    story.keys("<right>").await.sees_in_one_line(&["CPU credit balance", "not used up"]);
}

#[tokio::test(start_paused = true)]
async fn who_has_no_data_says_why() {
    let mut story = Stage::demo().open().await;
    assert!(story.demo().launched_now("web-1"));
    story.keys("r").await.select("web-1").await.keys("m").await;
    story.says("metrics-no-data").says("metrics-empty-new").sees("Read again every 5 m");
    story.keys("<esc>").await.select("old-db").await.keys("m4").await.says("metrics-empty-stopped");
    story.says("metrics-none").does_not_see("Read again every");
    let before = story.calls_of(METRICS);
    story.elapse(Duration::from_mins(30)).await;
    assert_eq!(story.calls_of(METRICS), before, "what is stopped has nothing new");
}

#[tokio::test(start_paused = true)]
async fn a_new_server_gets_its_graphs_while_they_are_open() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.elapse(Duration::from_secs(30)).await;
    story.select("batch-2").await.keys("m").await.says("metrics-empty-new");
    story.elapse(Duration::from_mins(12)).await.sees("CPU credit balance").does_not_say("metrics-empty-new");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_names_the_permission_and_r_tries_again() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.demo().fail_next(METRICS, "AccessDeniedException", DENIED, 2);
    story.select("web-1").await.keys("m").await;
    story.sees("cloudwatch:GetMetricData").says("problem-what-metrics");
    story.keys("r").await.sees("cloudwatch:GetMetricData");
    story.keys("r").await.sees_in_one_line(&["CPU", "baseline 10 %"]).does_not_see("cloudwatch:GetMetricData");
    // What was read stays when a later question fails.
    story.demo().fail_next(METRICS, "AccessDeniedException", DENIED, 1);
    story.elapse(Duration::from_mins(5)).await.sees("cloudwatch:GetMetricData").sees("CPU credit balance");
    story.demo().set_unreachable(true);
    story.keys("r").await.sees("monitoring.ap-northeast-2.amazonaws.com").sees("CPU credit balance");
}

#[tokio::test(start_paused = true)]
async fn the_credit_mode_that_may_not_be_read_says_so() {
    let mut story = Stage::demo().size(160, 45).open().await;
    let message = "You are not authorized to perform this operation.";
    story.demo().fail_next("DescribeInstanceCreditSpecifications", "UnauthorizedOperation", message, 1);
    story.select("web-1").await.keys("m").await;
    story.sees("ec2:DescribeInstanceCreditSpecifications").sees("CPU credit balance");
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_watching_asks_twelve_times() {
    let mut story = graphs(Stage::demo(), "web-1").await;
    story.elapse(Duration::from_hours(1)).await;
    let calls = story.calls_of(METRICS);
    assert!((12..=13).contains(&calls), "{calls}");
    story.keys("<esc>").await.elapse(Duration::from_hours(1)).await;
    assert_eq!(story.calls_of(METRICS), calls, "nothing once they are closed");

    let mut story = Stage::demo().open().await;
    story.elapse(Duration::from_hours(1)).await;
    assert_eq!(story.calls_of(METRICS), 0, "the dashboard itself asks nothing");
    story.keys("z").await.elapse(Duration::from_hours(1)).await;
    let calls = story.calls_of(METRICS);
    assert!((12..=13).contains(&calls), "{calls}");
}

#[tokio::test(start_paused = true)]
async fn the_zoomed_list_shows_an_hour_of_cpu_beside_each_row() {
    for (columns, lines) in [(160, 45), (80, 24)] {
        let mut story = Stage::demo().size(columns, lines).open().await;
        story.does_not_see("CPU 1 H, CLOUDWATCH");
        story.keys("z").await.sees("CPU 1 H, CLOUDWATCH");
        assert_eq!(story.calls_of(METRICS), 1, "one question for all rows");
        story.sees_in_one_line(&["web-1", "running", " %"]).sees_in_one_line(&["win-office", "▁▁▁▁▁▁", "1 %"]);
        story.keys("z").await.does_not_see("CPU 1 H, CLOUDWATCH");
    }
    let mut story = Stage::demo().size(160, 45).open().await;
    assert!(story.demo().launched_now("web-1"));
    story.keys("z").await.sees_in_one_line(&["web-1", "no data yet"]);
}

#[tokio::test(start_paused = true)]
async fn scrolling_through_a_thousand_rows_stays_below_the_bound() {
    let mut story = Stage::demo_of(|clock| DemoAccount::large(clock, 1_000)).size(160, 45).open().await;
    story.keys("z").await;
    for size in [(160, 45), (120, 30), (100, 24), (99, 30), (80, 24)] {
        story.resize(size.0, size.1).await.keys("gjk").await;
        let rows = story.screen().lines().filter(|line| line.contains("running") || line.contains("stopped")).count();
        // The header counts those that run, too.
        let rows = rows - usize::from(story.screen().lines().next().unwrap().contains("running"));
        assert_eq!(rows, ec2deck::app::sparklines::rows_of_zoomed(size), "{size:?}:\n{}", story.screen());
    }
    story.resize(160, 45).await.elapse(Duration::from_secs(20)).await;
    let before = story.calls_of(METRICS);
    for _ in 0..40 {
        story.keys("<pagedown><pagedown>").await;
    }
    assert!(story.calls_of(METRICS) <= before + 1, "no time has passed");
    story.elapse(Duration::from_mins(1)).await;
    assert!((before + 1..=before + 2).contains(&story.calls_of(METRICS)));
}

#[tokio::test(start_paused = true)]
async fn refused_rows_say_so() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.demo().fail_next(METRICS, "AccessDeniedException", DENIED, 1);
    story.keys("z").await.says("sparklines-refused").sees_in_one_line(&["web-1", "refused"]);
    story.keys("!").await.sees("cloudwatch:GetMetricData");
    story.keys("<esc>").await.elapse(Duration::from_mins(1)).await.sees_in_one_line(&["web-1", "refused"]);
    story.elapse(Duration::from_mins(5)).await.sees_in_one_line(&["win-office", "1 %"]);
}

#[tokio::test(start_paused = true)]
async fn rows_that_were_read_long_ago_and_refused_since_say_so() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.keys("z").await.sees_in_one_line(&["win-office", "1 %"]);
    story.demo().fail_next(METRICS, "AccessDeniedException", DENIED, 99);
    let asked = story.calls_of(METRICS);
    story.elapse(Duration::from_mins(6)).await.sees_in_one_line(&["win-office", "1 %"]);
    assert!(story.calls_of(METRICS) > asked, "it was refused");
    story.elapse(Duration::from_mins(5)).await.sees_in_one_line(&["win-office", "refused"]);
}

#[tokio::test(start_paused = true)]
async fn the_help_of_costs_and_leaks_says_what_looking_for_leaks_asks_for() {
    let mut story = Stage::demo().size(160, 45).open().await;
    for (open, title) in [("$", "costs-title"), ("M", "leaks-title")] {
        story.keys(open).await.keys("?").await.sees("Looking for leaks asks for one metric of each running");
        story.sees("6 questions and 1000 metrics a");
        story.keys("<esc>").await.says(title);
        story.keys("<esc>").await;
    }
}

#[tokio::test(start_paused = true)]
async fn r_among_the_leaks_asks_cloudwatch_again_a_minute_later_at_the_earliest() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.keys("M").await;
    let asked = story.calls_of(METRICS);
    story.keys("rrr").await;
    assert_eq!(story.calls_of(METRICS), asked);
    story.elapse(Duration::from_secs(61)).await.keys("r").await;
    assert_eq!(story.calls_of(METRICS), asked + 1);
}

#[tokio::test(start_paused = true)]
async fn the_help_says_how_much_is_asked_for() {
    let mut story = graphs(Stage::demo(), "web-1").await;
    story.keys("?").await.sees("5 metrics, 8 on types with CPU credits");
    story.sees("6 questions and 1000 metrics a").sees("for these questions; see its price list");
    story.keys("<esc>").await.sees("Metrics of web-1");
    story.keys("<esc>?").await.sees("5 metrics, 8 on");
}

#[tokio::test(start_paused = true)]
async fn plain_signs_are_plain() {
    let story = graphs(Stage::demo().with(|environment| environment.ascii = true), "web-1").await;
    let screen = story.screen();
    let odd: Vec<&str> = screen.lines().filter(|line| line.contains('|') && !line.contains("웹")).collect();
    let odd: Vec<&&str> = odd.iter().filter(|line| !line.is_ascii()).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    let mut story = Stage::demo().with(|environment| environment.ascii = true).size(160, 45).open().await;
    story.keys("z").await.sees_in_one_line(&["win-office", "____", "1 %"]);
}

#[tokio::test(start_paused = true)]
async fn a_small_terminal_scrolls() {
    let mut story = Stage::demo().size(80, 24).open().await;
    story.select("web-1").await.keys("m").await.sees("CPU").does_not_see("Status checks");
    story.keys("G").await.sees("Status checks").sees("AWS charges");
    story.keys("g").await.sees("baseline 10 %");
    for (columns, lines) in [(40, 10), (20, 5), (8, 3), (1, 1), (300, 100)] {
        story.resize(columns, lines).await.keys("jGg4321").await;
    }
}
