//! Prices: on an instance, in a launch, from the cache, refused; and the spot market beside them.

use std::path::PathBuf;
use std::time::Duration;

use crate::support::{Stage, Story};

const DENIED: &str = "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: pricing:GetProducts";

fn calls(story: &Story, operation: &str) -> usize {
    story.demo().calls().iter().filter(|call| *call == operation).count()
}

/// Where the story's prices are kept.
fn file(stage: &Stage) -> PathBuf {
    stage.home().join(".cache/ec2deck/prices-ap-northeast-2.json")
}

/// What the demo's list makes of a cache file, asked at a time.
async fn kept() -> String {
    let stage = Stage::demo();
    let file = file(&stage);
    let _story = stage.open().await;
    std::fs::read_to_string(file).expect("the prices were kept")
}

fn put(stage: &Stage, text: &str) {
    let file = file(stage);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

async fn details(stage: Stage, name: &str) -> Story {
    let mut story = stage.size(160, 60).open().await;
    story.select(name).await.keys("5z").await;
    story
}

/// No amount on the screen is nothing.
fn never_nothing(story: &Story) {
    let screen = story.screen();
    let is_nothing = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_digit());
    assert!(!screen.split("$0.00").skip(1).any(is_nothing), "an amount of nothing:\n{screen}");
}

#[tokio::test(start_paused = true)]
async fn an_instance_says_what_it_costs_and_where_that_is_from() {
    let story = details(Stage::demo(), "web-1").await;
    // A machine of $0.0121, 28 GiB of $0.0903 and an address of $0.0053, all invented.
    story.sees_in_one_line(&["Machine", "$0.0121", "$8.83", "$7.55"]);
    story.sees_in_one_line(&["Storage", "$0.0035", "$2.53"]);
    story.sees_in_one_line(&["Public IPv4", "$0.0053", "$3.87"]);
    story.sees_in_one_line(&["Together", "$15.23"]);
    story.sees("Price List read 2026-11-23").says("price-list-note").sees("Since its last start");
    story.sees("spot now from $0.0038 an hour (ap-northeast-2a");
    never_nothing(&story);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_instance_costs_its_disk_and_windows_has_its_own_price() {
    let story = details(Stage::demo(), "old-db").await;
    story.sees_in_one_line(&["Storage", "$3.36"]).sees("Since it was stopped");
    story.sees_in_one_line(&["Machine", "-"]);
    let story = details(Stage::demo(), "win-office").await;
    story.sees_in_one_line(&["Machine", "$0.0428"]);
}

#[tokio::test(start_paused = true)]
async fn prices_are_asked_once_and_never_in_a_loop() {
    let mut story = Stage::demo().open().await;
    let asked = calls(&story, "GetProducts");
    assert!(asked > 0);
    let spot = calls(&story, "DescribeSpotPriceHistory");
    story.elapse(Duration::from_mins(30)).await.keys("rrjjkk").await;
    assert_eq!(calls(&story, "GetProducts"), asked);
    // One question for each system that is in use.
    assert!(calls(&story, "DescribeSpotPriceHistory") <= spot + 2, "{:?}", story.demo().calls());
}

#[tokio::test(start_paused = true)]
async fn in_a_launch_types_are_sorted_by_price_and_the_estimate_follows_disk_and_count() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.keys("n<enter>").await;
    story.sees("PRICE/H").sees_in_one_line(&["t3.micro", "$0.0121", "1 GiB"]);
    story.sees("$0.0121 an hour, about $8.83 a month").sees("spot now from $0.0038");
    story.keys("o").await.says("launch-type-sort-price");
    let screen = story.screen();
    let row = |name: &str| screen.lines().position(|line| line.contains(name)).unwrap_or(usize::MAX);
    assert!(row(" t3a.nano ") < row(" t3.micro "), "{screen}");
    story.keys("G").await.sees_in_one_line(&["t1.micro", "unknown"]).says("price-why-not-listed");
    never_nothing(&story);
    story.keys("/t3.micro<enter>").await;
    story.keys("<enter><enter>").await;
    // 8 GiB and an address.
    let month = |gib: f64, count: f64| {
        format!("about ${:.2} a month", (0.0121 * 730.0 + 0.0903 * gib + 0.0053 * 730.0) * count)
    };
    story.sees(&month(8.0, 1.0)).sees("Price List read 2026-11-23");
    story.retype("40").await;
    let screen = story.screen();
    assert!(screen.contains(&month(40.0, 1.0)), "{}\n{screen}", month(40.0, 1.0));
    story.keys("<enter>web-9<enter><enter>").await;
    story.says("review-cost").sees(&month(40.0, 1.0));
}

#[tokio::test(start_paused = true)]
async fn the_estimate_is_for_all_instances_of_the_launch() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.keys("n<enter><enter>").await.retype("3").await;
    story.sees("about $40.27 a month");
}

#[tokio::test(start_paused = true)]
async fn young_prices_from_the_cache_are_used_and_nobody_is_asked() {
    let text = kept().await;
    let stage = Stage::demo();
    put(&stage, &text.replace("2026-11-23", "2026-11-20").replace("0.0121", "0.0777"));
    let mut story = details(stage, "web-1").await;
    // Windows' prices are there as well: the account has a server with it.
    assert_eq!(calls(&story, "GetProducts"), 0);
    story.sees_in_one_line(&["Machine", "$0.0777"]).sees("from the cache of 2026-11-20");
    story.keys("M").await.sees("from this machine's cache of 2026-11-20");
}

#[tokio::test(start_paused = true)]
async fn a_system_that_the_cache_does_not_know_is_asked_for_alone() {
    let text = kept().await;
    let stage = Stage::demo();
    let mut kept: serde_json::Value = serde_json::from_str(&text).unwrap();
    kept["prices"]["answered"].as_object_mut().unwrap().remove("machines RunInstances:0002").unwrap();
    put(&stage, &kept.to_string());
    let file = file(&stage);
    let story = details(stage, "win-office").await;
    assert_eq!(calls(&story, "GetProducts"), 1);
    story.sees_in_one_line(&["Machine", "$0.0428"]);
    assert!(std::fs::read_to_string(file).unwrap().contains("RunInstances:0002\":\"2026"), "not kept");
}

#[tokio::test(start_paused = true)]
async fn prices_older_than_a_week_are_asked_again_and_kept_when_that_fails() {
    let text = kept().await.replace("2026-11-23", "2026-11-10").replace("0.0121", "0.0777");
    let stage = Stage::demo();
    put(&stage, &text);
    let story = details(stage, "web-1").await;
    assert!(calls(&story, "GetProducts") > 0);
    story.sees_in_one_line(&["Machine", "$0.0121"]).sees("Price List read 2026-11-23");

    let stage = Stage::demo_of(|clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.fail_next("GetProducts", "AccessDeniedException", DENIED, 100);
        account
    });
    put(&stage, &text);
    let story = details(stage, "web-1").await;
    story.sees_in_one_line(&["Machine", "$0.0777"]).sees("from the cache of 2026-11-10");
    story.sees("The Price List could not be read now").sees("pricing:GetProducts");
}

#[tokio::test(start_paused = true)]
async fn refused_prices_are_unknown_with_the_reason_and_asked_again_only_later() {
    let account = |clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.fail_next("GetProducts", "AccessDeniedException", DENIED, 8);
        account
    };
    let mut story = details(Stage::demo_of(account), "web-1").await;
    story.sees_in_one_line(&["Together", "unknown", "unknown"]).sees("pricing:GetProducts");
    never_nothing(&story);
    story.keys("n<enter>").await.sees("pricing:GetProducts").sees_in_one_line(&["t3.micro", "unknown"]);
    story.sees("monthly cost unknown");
    never_nothing(&story);
    story.keys("<esc>y").await;
    let asked = calls(&story, "GetProducts");
    story.elapse(Duration::from_mins(2)).await;
    assert_eq!(calls(&story, "GetProducts"), asked, "asked again within minutes");
    story.keys("r").await;
    assert!(calls(&story, "GetProducts") > asked, "r asks at once");
    story.sees_in_one_line(&["Machine", "$0.0121"]).does_not_see("unknown");
}

#[tokio::test(start_paused = true)]
async fn without_a_connection_prices_are_unknown_and_the_reason_is_said() {
    let stage = Stage::demo();
    put(&stage, "{\"format\":1,\"region\":\"ap-northeast-2\",\"prices\":{");
    let file = file(&stage);
    let story = details(stage, "web-1").await;
    // Damaged: asked anew, and replaced.
    story.sees_in_one_line(&["Machine", "$0.0121"]).sees("Price List read 2026-11-23");
    assert!(serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(file).unwrap()).is_ok());

    let account = |clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.fail_next("GetProducts", "InternalServerError", "", 100);
        account
    };
    let story = details(Stage::demo_of(account), "web-1").await;
    story.sees_in_one_line(&["Machine", "unknown"]).sees("Unknown: ");
    never_nothing(&story);
}

#[tokio::test(start_paused = true)]
async fn a_part_that_is_refused_is_missing_and_the_sum_says_at_least() {
    let account = |clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.fail_next("GetProducts", "AccessDeniedException", DENIED, 1);
        account
    };
    let story = details(Stage::demo_of(account), "web-1").await;
    story.sees_in_one_line(&["Together", "at least"]).sees("pricing:GetProducts");
    never_nothing(&story);
}

#[tokio::test(start_paused = true)]
async fn a_refused_spot_price_says_why() {
    let account = |clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.fail_next("DescribeSpotPriceHistory", "UnauthorizedOperation", "no", 100);
        account
    };
    let mut story = details(Stage::demo_of(account), "web-1").await;
    story.sees("spot price unknown").sees("ec2:DescribeSpotPriceHistory");
    let asked = calls(&story, "DescribeSpotPriceHistory");
    story.elapse(Duration::from_mins(2)).await.keys("1jjkk").await;
    assert_eq!(calls(&story, "DescribeSpotPriceHistory"), asked);
}

/// What the screen says of the spot price, with the time.
fn told_of_spot(story: &Story) -> String {
    let screen = story.screen();
    let line = screen.lines().find(|line| line.contains("spot ")).unwrap_or_else(|| panic!("no spot price:\n{screen}"));
    line.split("spot ").nth(1).unwrap_or_default().trim_end_matches(['│', ' ']).to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_spot_price_says_when_it_was_read_and_a_refused_reading_puts_it_aside() {
    let mut story = details(Stage::demo(), "web-1").await;
    let first = told_of_spot(&story);
    assert!(first.contains("$0.0038"), "{first}");
    story.demo().fail_next("DescribeSpotPriceHistory", "UnauthorizedOperation", "no", 1);
    let asked = calls(&story, "DescribeSpotPriceHistory");
    story.elapse(Duration::from_mins(61)).await.keys("jk").await;
    story.sees("spot price unknown").sees("ec2:DescribeSpotPriceHistory");
    assert_eq!(calls(&story, "DescribeSpotPriceHistory"), asked + 1);
    story.elapse(Duration::from_mins(3)).await.keys("jk").await.sees("spot price unknown");
    assert_eq!(calls(&story, "DescribeSpotPriceHistory"), asked + 1, "a refusal keeps for five minutes");
    story.elapse(Duration::from_mins(3)).await.keys("jk").await;
    let last = told_of_spot(&story);
    assert!(last.contains("$0.0038") && last != first, "{first} {last}");
}

#[tokio::test(start_paused = true)]
async fn r_asks_at_once_for_a_spot_price_that_was_refused_again() {
    let mut story = details(Stage::demo(), "web-1").await;
    story.demo().fail_next("DescribeSpotPriceHistory", "UnauthorizedOperation", "no", 1);
    story.elapse(Duration::from_mins(61)).await.keys("jk").await.sees("spot price unknown");
    story.keys("r").await;
    assert!(told_of_spot(&story).contains("$0.0038"), "{}", story.screen());
}

#[tokio::test]
async fn on_moto_spot_prices_are_there_and_the_price_list_says_why_it_is_not() {
    let mut story = Stage::moto().await.size(160, 45).open().await;
    story.keys("n<enter>").await.until("spot now from $").await;
    story.sees_in_one_line(&["t3.micro", "unknown"]);
    never_nothing(&story);
}

#[tokio::test(start_paused = true)]
async fn an_address_that_may_be_there_is_not_free() {
    let refusing = |clock| {
        let demo = ec2deck::demo::DemoAccount::lived_in(clock);
        demo.fail_next("DescribeAddresses", "UnauthorizedOperation", "no", 99);
        demo
    };
    let story = details(Stage::demo_of(refusing), "old-db").await;
    story.sees_in_one_line(&["Public IPv4", "unknown"]).sees_in_one_line(&["Together", "at least $"]);
    never_nothing(&story);
}
