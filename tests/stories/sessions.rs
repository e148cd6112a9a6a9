//! Regions, credentials, endpoints and read-only mode: what is wrong is said with what mends it, and what was read
//! stays on the screen.

mod chain;

use crate::support::Stage;
use crate::support::source::Wire;

#[tokio::test(start_paused = true)]
async fn switching_the_region_shows_that_region() {
    let mut story = Stage::demo().open().await;
    story.keys("Rus-east-1<enter>").await;
    story.sees("us-east-1").sees("relay").does_not_see("old-db");
    assert!(story.app().inventory.groups.rows.iter().any(|group| group.name == "relay"));
    assert!(!story.app().inventory.groups.rows.iter().any(|group| group.name == "legacy"));
    story.keys("Rseoul<enter>").await;
    story.sees("old-db").does_not_see("relay");
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_of_the_old_region_is_dropped() {
    let mut story = Stage::demo().open().await;
    // Seoul has answered, but its answers are still on their way to the screen when the region is switched.
    story.keys_at_once("r").answers_gather().await;
    // The new region does not answer, so that nothing else could take their place.
    story.demo().fail_next("DescribeInstances", "Unavailable", "The service is unavailable.", 9);
    story.keys_at_once("Rus-east-1<enter>").settle().await;
    story.sees("us-east-1").does_not_see("old-db").does_not_see("legacy");
    assert!(story.app().inventory.instances.rows.is_empty(), "rows of the old region");
}

#[tokio::test(start_paused = true)]
async fn a_region_that_is_not_enabled_cannot_be_chosen_and_says_so() {
    let mut story = Stage::demo().size(120, 60).open().await;
    story.keys("Rap-east-1").await.says("why-region-not-enabled");
    story.keys("<enter><esc>").await;
    story.sees("ap-northeast-2").sees("old-db");
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_keep_what_was_read_and_say_what_mends_it() {
    let mut story = Stage::demo().open().await;
    story.demo().set_credentials_expired(true);
    story.keys("r").await;
    story.sees("old-db").says("problem-what-instances");
    story.keys("!").await;
    story.sees("RequestExpired").says("problem-expired");
    story.keys("<esc>").await;
    story.demo().set_credentials_expired(false);
    story.keys("r").await.does_not_say("problem-what-instances").sees("old-db");
}

#[tokio::test(start_paused = true)]
async fn expired_from_the_start_the_dashboard_opens_and_explains() {
    let stage = Stage::demo_of(|clock| {
        let account = ec2deck::demo::DemoAccount::lived_in(clock);
        account.set_credentials_expired(true);
        account
    });
    let story = stage.open().await;
    story.says("pane-instances").says("problem-expired").does_not_see("old-db");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_nobody_listens_at_is_named() {
    let story = Stage::wire(Wire::Refused).open().await;
    story.says("pane-instances").sees("ec2.ap-northeast-2.amazonaws.com");
}

#[tokio::test(start_paused = true)]
async fn without_a_network_what_was_read_stays() {
    let mut story = Stage::demo().open().await;
    story.demo().set_unreachable(true);
    story.keys("r").await;
    story.sees("old-db").says("problem-what-instances");
    story.keys("!").await.says("problem-unreachable-next");
}

#[tokio::test(start_paused = true)]
async fn read_only_says_so_and_sends_nothing() {
    let mut story = Stage::demo().read_only().open().await;
    story.says("header-read-only");
    story.select("web-1").await;
    for key in ["S", "b", "d", "n"] {
        story.keys(key).await.says("why-read-only");
        assert!(story.app().modals.is_empty() && story.app().launch.is_none(), "{key} opened something");
    }
    story.select("old-db").await.keys("s").await.says("why-read-only");
    let reads = ["Describe", "Get"];
    let others: Vec<String> =
        story.demo().calls().into_iter().filter(|call| !reads.iter().any(|read| call.starts_with(read))).collect();
    assert!(others.is_empty(), "{others:?}");
}
