//! The free tier: credits or allowances as AWS tells them, what one more comes to before it is started, and what is
//! said when AWS tells nothing. moto answers FreeTier with an error: there the refusal is what is shown.

use ec2deck::demo::{DemoAccount, DemoPlan};

use crate::support::{Stage, Story};

const ALLOWANCES: DemoPlan = DemoPlan::Allowances { hours: 412.0, address_hours: 380.0, gib_months: 11.5 };

async fn with_plan(plan: DemoPlan) -> Story {
    Stage::demo_of(move |clock| DemoAccount::lived_in(clock).with_plan(&plan)).open().await
}

fn credits(free: bool, left: f64) -> DemoPlan {
    // The stories begin at a time of their own; this is far behind it.
    DemoPlan::Credits { free, left, ends: 1_900_000_000 }
}

#[tokio::test(start_paused = true)]
async fn credits_are_in_the_header_and_in_the_costs() {
    let mut story = with_plan(credits(true, 83.1)).await;
    story.sees("credits $83.10");
    story.keys("$").await.sees("Free Plan").sees("$83.10 left").sees("AWS Free Tier API, asked").says("plan-free-note");
    story.keys("q").await.sees("Instances");
}

#[tokio::test(start_paused = true)]
async fn allowances_are_gauges_with_their_forecast() {
    let mut story = with_plan(ALLOWANCES).await;
    story.keys("$").await;
    story.sees_in_one_line(&["Linux hours", "412 of 750 h", "by the end of the month", "runs out 20"]);
    story.sees_in_one_line(&["Public IPv4 hours", "380 of 750 h"]);
    story.sees_in_one_line(&["EBS storage", "11.5 of 30.0 GiB-months"]);
    story.says("free-tier-counted-note");
}

#[tokio::test(start_paused = true)]
async fn starting_one_more_shows_the_new_forecast_first() {
    let mut story = with_plan(ALLOWANCES).await;
    story.select("web-1").await.keys("Sy").await.until_one_line_has(&["web-1", "stopped"]).await;
    story.keys("s").await;
    story.sees("Start this instance?").sees_in_one_line(&["Linux hours", "with it", "of 750"]);
    assert_eq!(story.calls_of("StartInstances"), 0);
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("StartInstances"), 0, "the answer starts on No");
    story.keys("sy").await;
    assert_eq!(story.calls_of("StartInstances"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_names_the_permission_and_is_not_called_free() {
    let refusing = |clock| {
        let demo = DemoAccount::lived_in(clock);
        demo.fail_next("GetAccountPlanState", "AccessDeniedException", "", 2);
        demo.fail_next("GetFreeTierUsage", "AccessDeniedException", "", 2);
        demo
    };
    let mut story = Stage::demo_of(refusing).open().await;
    story.sees("free tier ?");
    story
        .keys("$")
        .await
        .sees("freetier:GetAccountPlanState")
        .sees("freetier:GetFreeTierUsage")
        .says("free-tier-unknown");
}

#[tokio::test(start_paused = true)]
async fn what_the_person_says_gives_an_estimate_and_is_remembered() {
    let stage = Stage::demo();
    let file = stage.ssh_places().settings;
    let mut story = stage.open().await;
    story.keys("$").await.says("free-tier-none-told");
    story.keys("K").await.sees("What kind of account is this?");
    story.keys("monthly<enter>").await;
    story.sees_in_one_line(&["Linux hours", "of 750 h"]).says("free-tier-is-estimate");
    let settings = std::fs::read_to_string(file).expect("the settings");
    assert!(settings.contains("123456789012 = \"allowances\""), "{settings}");
    story.keys("q").await.select("web-1").await.keys("Sy").await.until_one_line_has(&["web-1", "stopped"]).await;
    story.keys("s").await.sees("Start this instance?").says("free-tier-is-estimate");
}

#[tokio::test(start_paused = true)]
async fn free_tier_is_asked_once_and_not_again_by_looking() {
    let mut story = with_plan(ALLOWANCES).await;
    for _ in 0..5 {
        story.keys("$r<esc>").await;
    }
    assert_eq!((story.calls_of("GetAccountPlanState"), story.calls_of("GetFreeTierUsage")), (1, 1));
    story.elapse(std::time::Duration::from_secs(700)).await.keys("$").await;
    assert_eq!((story.calls_of("GetAccountPlanState"), story.calls_of("GetFreeTierUsage")), (2, 2));
}

#[tokio::test]
async fn on_moto_the_refusal_is_shown() {
    let mut story = Stage::moto().await.open().await;
    story.keys("$").await.says("free-tier-unknown").sees("GetAccountPlanState");
}

#[tokio::test(start_paused = true)]
async fn the_free_plans_refusal_names_the_types_that_are_allowed() {
    let mut story = Stage::demo_of(|clock| DemoAccount::lived_in(clock).on_free_plan()).open().await;
    story.keys("n<enter>/t2.nano<enter><enter><enter><enter>shop<enter><enter>").await;
    story.keys("!").await.says("code-free-plan").sees("Choose one of t3.micro, t4g.micro, t3.small");
}

#[tokio::test(start_paused = true)]
async fn a_launch_shows_what_becomes_of_the_credits() {
    let mut story = with_plan(credits(false, 83.1)).await;
    story.keys("n<enter>").await.sees("a day at list").sees("the credits last until");
}

#[tokio::test(start_paused = true)]
async fn volumes_that_could_not_be_read_are_not_nothing() {
    let refusing = |clock| {
        let demo = DemoAccount::lived_in(clock).on_credits(83.1, 79);
        demo.fail_next("DescribeVolumes", "UnauthorizedOperation", "", 9);
        demo
    };
    let mut story = Stage::demo_of(refusing).size(160, 45).open().await;
    story.keys("$").await.sees_in_one_line(&["Volumes", "unknown"]).sees_in_one_line(&["Together", "at least"]);
    story.sees("at least $").says("free-tier-region-only");
}

#[tokio::test(start_paused = true)]
async fn an_account_on_credits_is_shown_no_storage_allowance() {
    let mut story = with_plan(credits(false, 83.1)).await;
    story.keys("n<enter><enter><enter>").await.sees("Root volume").does_not_see("llowance");
    story.keys("f").await.says("why-no-allowance");
    story.keys("<enter>shop<enter><enter>").await.sees("[ Launch 1 instance ]").does_not_see("llowance");

    let mut story = with_plan(ALLOWANCES).await;
    story.keys("n<enter><enter><enter>").await.sees("of 30 GiB allowance").says("launch-warning-allowance");
}

#[tokio::test(start_paused = true)]
async fn starting_with_credits_says_how_long_they_last_then() {
    let mut story = with_plan(credits(false, 83.1)).await;
    story.select("old-db").await.keys("s").await.sees("Start this instance?").sees("a day at list prices");
    story.keys("y").await;
    assert_eq!(story.calls_of("StartInstances"), 1);
}

/// The line of the burn, as it is on the screen.
fn burn(story: &Story) -> String {
    let screen = story.screen();
    screen.lines().find(|line| line.contains("What runs now")).expect("the burn").to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_starting_is_in_the_burn() {
    let mut story = with_plan(credits(false, 83.1)).await;
    story.sees_in_one_line(&["batch-2", "starting"]);
    story.keys("$").await;
    let starting = burn(&story);
    story.keys("q").await.elapse(std::time::Duration::from_mins(2)).await;
    story.sees_in_one_line(&["batch-2", "running"]).does_not_see("starting");
    story.keys("$").await;
    // Running it has a public address that a starting one does not show yet.
    let more = dollars(&burn(&story)) - dollars(&starting);
    assert!((more - ADDRESS * 24.0).abs() < 0.011, "{starting}\n{}", burn(&story));
}

/// An hour of a public address in the demo's invented list.
const ADDRESS: f64 = 0.0053;

/// The first amount of a line.
fn dollars(line: &str) -> f64 {
    let amount = line.split('$').nth(1).and_then(|rest| rest.split(' ').next()).expect("an amount");
    amount.parse().expect("a number")
}

#[tokio::test(start_paused = true)]
async fn what_a_start_burns_is_the_machine_and_its_address_as_far_as_they_have_prices() {
    // t1.micro has no price in the demo's list.
    for (kind, hour) in [("t2.micro", 0.0139), ("t1.micro", 0.0)] {
        let mut story = with_plan(credits(false, 83.1)).await;
        assert!(story.demo().set_type("old-db", kind, None));
        story.keys("r$").await;
        let now = dollars(&burn(&story));
        story.keys("q").await.select("old-db").await.keys("s").await;
        let screen = story.screen();
        let line = screen.lines().find(|line| line.contains("With it $")).expect("the forecast");
        let more = dollars(line) - now;
        assert!((more - (hour + ADDRESS) * 24.0).abs() < 0.011, "{kind}: {now} and {line}");
        assert_eq!(story.app().modals.len(), 1);
        if hour > 0.0 {
            story.does_not_see("no known price");
        } else {
            story.sees("1 thing has no known price");
        }
        story.says("free-tier-more-address");
    }
}

#[tokio::test(start_paused = true)]
async fn without_prices_a_start_does_not_say_what_it_has_counted() {
    let mut story = Stage::demo_of(|clock| {
        let demo = DemoAccount::lived_in(clock).on_credits(83.1, 79);
        demo.fail_next("GetProducts", "AccessDeniedException", "not authorized to perform: pricing:GetProducts", 99);
        demo
    })
    .open()
    .await;
    story.select("old-db").await.keys("s").await.says("free-tier-more-unpriced").does_not_say("free-tier-more-address");
}

#[tokio::test(start_paused = true)]
async fn a_start_counts_the_public_address_that_it_brings() {
    let mut story = with_plan(ALLOWANCES).await;
    // One of its own at best: counted, and said.
    story.select("old-db").await.keys("s").await.sees_in_one_line(&["Public IPv4 hours", "with it"]);
    story.says("free-tier-more-address");
    story.keys("n").await;
    // An Elastic IP is sure, and goes from idle to in use.
    story.select("web-1").await.keys("Sy").await.until_one_line_has(&["web-1", "stopped"]).await;
    story.keys("s").await.sees_in_one_line(&["Public IPv4 hours", "with it"]).does_not_say("free-tier-more-address");
}

#[tokio::test(start_paused = true)]
async fn the_word_of_the_free_tier_stays_at_eighty_columns() {
    let small = || Stage::demo_of(|clock| DemoAccount::lived_in(clock).on_credits(83.1, 79)).size(80, 24);
    small().open().await.sees("credits $83.10");
    small().korean().open().await.sees("크레딧 $83.10").sees("유휴 주소 1개");
}

#[tokio::test(start_paused = true)]
async fn a_region_without_the_services_says_so_and_still_works() {
    const LACKING: [&str; 7] = [
        "GetAccountPlanState",
        "GetFreeTierUsage",
        "GetProducts",
        "GetMetricData",
        "ListSchedules",
        "GetSchedule",
        "CreateSchedule",
    ];
    let stage = Stage::demo_of(|clock| DemoAccount::lived_in(clock).lacking(&LACKING)).size(160, 60);
    let mut story = stage.open().await;
    story.sees("free tier ?");
    story.keys("$").await.says("free-tier-unknown").sees_in_one_line(&["Machines", "unknown"]);
    for host in ["freetier.us-east-1.api.aws", "api.pricing.us-east-1.amazonaws.com"] {
        story.sees(&format!("{host} does not answer."));
    }
    story.keys("M").await.sees("Could not look for prices, because").sees("Could not look for idle instances");
    story.sees("monitoring.ap-northeast-2.amazonaws.com");
    story.keys("qq").await.select("web-1").await.keys("m").await.sees("monitoring.ap-northeast-2.amazonaws.com");
    story.keys("q").await.keys("A<tab>4h<tab><tab>arn:aws:iam::123456789012:role/ec2deck-auto-stop<enter>").await;
    story.sees("scheduler.ap-northeast-2.amazonaws.com").says("problem-schedule-instead");
    // What EC2 itself does goes on.
    story.keys("<esc><esc>").await.keys("Sy").await.until_one_line_has(&["web-1", "stopped"]).await;
}

#[tokio::test(start_paused = true)]
async fn what_was_told_days_ago_is_counted_from_then() {
    let mut story = with_plan(credits(false, 83.1)).await;
    story.elapse(std::time::Duration::from_mins(2)).await.keys("$").await;
    let until = |story: &Story| {
        let screen = story.screen();
        let line = screen.lines().find(|line| line.contains("Credits last")).expect("the line").to_owned();
        line.split("until ").nth(1).and_then(|rest| rest.get(..10)).expect("a day").to_owned()
    };
    let first = until(&story);
    // From now on AWS refuses, and nothing else changes.
    story.demo().fail_next("GetAccountPlanState", "AccessDeniedException", "", 999);
    story.keys("q").await.elapse(std::time::Duration::from_hours(72)).await;
    assert!(story.calls_of("GetAccountPlanState") > 60, "what is an hour old is asked for again");
    story.keys("$").await;
    assert_eq!(until(&story), first, "three days of burning do not move the end");
}

#[tokio::test(start_paused = true)]
async fn credits_beyond_the_plans_end_are_not_promised() {
    let mut story = Stage::demo_of(|clock| DemoAccount::lived_in(clock).on_credits(2_000.0, 79)).open().await;
    story.select("old-db").await.keys("s").await.sees("the credits last beyond").does_not_see("instead of");
    story.sees("AWS Free Tier API, asked");
}

#[tokio::test(start_paused = true)]
async fn an_allowance_that_aws_does_not_list_yet_is_estimated() {
    let plan = DemoPlan::Allowances { hours: 0.0, address_hours: 0.0, gib_months: 11.5 };
    let mut story = with_plan(plan).await;
    story.keys("$").await.sees_in_one_line(&["Linux hours", "of 750 h"]).says("free-tier-is-estimate");
    story.sees_in_one_line(&["EBS storage", "11.5 of 30.0 GiB-months"]).sees("AWS expects 11.5");
    story.keys("q").await.select("old-db").await.keys("s").await.sees_in_one_line(&["Public IPv4 hours", "with it"]);
    assert_eq!(story.calls_of("StartInstances"), 0);
}

#[tokio::test(start_paused = true)]
async fn of_an_unknown_kind_of_account_a_start_says_what_it_would_be() {
    let mut story = Stage::demo().open().await;
    // More runs than any allowance covers: there is nothing to lose.
    story.select("old-db").await.keys("s").await.elapse(std::time::Duration::from_mins(2)).await;
    assert_eq!(story.calls_of("StartInstances"), 1);
    story.keys("<ctrl-a>Sy").await.elapse(std::time::Duration::from_mins(2)).await;
    story.keys("$").await.says("free-tier-if").says("free-tier-is-estimate");
    story.keys("q").await.select("web-1").await.keys("s").await.sees("What is free is not known");
    story.sees("If it has monthly");
    assert_eq!(story.calls_of("StartInstances"), 1);
}

#[tokio::test(start_paused = true)]
async fn types_that_were_not_read_are_said_to_be_left_out() {
    let refusing = |clock| {
        let demo = DemoAccount::lived_in(clock).with_plan(&ALLOWANCES);
        demo.fail_next("DescribeInstanceTypes", "UnauthorizedOperation", "", 2);
        demo
    };
    let mut story = Stage::demo_of(refusing).open().await;
    story.keys("$").await.sees("4 running instances are of types that were not read");
    story.keys("qr$").await.does_not_see("types that were not read").sees_in_one_line(&["Linux hours", "runs out"]);
}

#[tokio::test(start_paused = true)]
async fn a_paid_plan_whose_allowances_were_refused_is_not_called_billed() {
    let of = |refuse: bool| {
        Stage::demo_of(move |clock| {
            let demo = DemoAccount::lived_in(clock).on_credits(0.0, 79);
            if refuse {
                demo.fail_next("GetFreeTierUsage", "AccessDeniedException", "", 9);
            }
            demo
        })
    };
    of(false).open().await.keys("$").await.says("free-tier-billed-told");
    of(true).open().await.keys("$").await.says("free-tier-unknown").does_not_say("free-tier-billed-told");
}
