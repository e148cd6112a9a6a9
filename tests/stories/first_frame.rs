//! The first frame comes before anything was asked of AWS.

use crate::support::Stage;

#[tokio::test(start_paused = true)]
async fn the_dashboard_is_there_before_any_call() {
    let story = Stage::demo().raise();
    story.sees("ec2deck").sees("DEMO");
    story.says("pane-instances").says("pane-security-groups").says("pane-addresses").says("pane-key-pairs");
    assert_eq!(story.demo().calls(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn and_fills_when_the_answers_come() {
    let story = Stage::demo().open().await;
    story.sees("web-1").sees("old-db").sees("203.0.113.10").sees("laptop").sees("legacy");
    story.sees("1234-5678-9012").sees("Seoul").sees("ap-northeast-2");
    let calls = story.demo().calls();
    for call in
        ["DescribeInstances", "DescribeSecurityGroups", "DescribeAddresses", "DescribeKeyPairs", "GetCallerIdentity"]
    {
        assert!(calls.iter().any(|one| one == call), "{call} is missing among {calls:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_account_invites() {
    let story = Stage::demo_of(ec2deck::demo::DemoAccount::empty).open().await;
    story.does_not_see("web-1");
    story.says("empty-instances");
}

/// The SDK is asked for the account once, not with every refresh, and nothing is asked while nothing is due.
#[tokio::test(start_paused = true)]
async fn a_quiet_dashboard_asks_nothing_between_refreshes() {
    let mut story = Stage::demo().open().await;
    // batch-2 has just been started, and is asked for until it runs.
    story.until_one_line_has(&["batch-2", "running"]).await;
    story.elapse(std::time::Duration::from_secs(30)).await;
    let before = story.demo().calls().len();
    story.elapse(std::time::Duration::from_secs(20)).await;
    assert!(story.demo().calls().len() <= before + 8, "{:?}", &story.demo().calls()[before..]);
    assert_eq!(story.calls_of("GetCallerIdentity"), 1);
}
