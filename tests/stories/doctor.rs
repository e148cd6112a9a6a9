//! Why can't I connect? Each check well and broken as it is seen, and the keys that mend, on the demo account. Its
//! addresses lead nowhere, which one network says by silence and another one by a refusal; what only a real server can
//! tell is in `doctor_reaches.rs`.

use std::path::PathBuf;

use ec2deck::demo::DemoRoute;
use ec2deck::domain::doctor::{Check, Verdict};
use ec2deck::domain::key_pair::{KeyKind, RsaBits};
use ec2deck::keyfiles;

use crate::support::{Stage, Story};

/// The story with the private key of `laptop` on this machine.
async fn with_key(stage: Stage) -> (Story, PathBuf) {
    let key = keyfiles::generate(&stage.key_folder(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    assert!(story.demo().set_public_key("laptop", key.public_key.as_deref().expect("a public half")));
    story.select("web-1").await;
    (story, key.path)
}

/// What a check has come to.
#[track_caller]
fn verdict(story: &Story, check: Check) -> Verdict {
    let doctor = story.app().doctor().expect("the doctor is there");
    let found = doctor.findings.iter().find(|finding| finding.check == check);
    found.unwrap_or_else(|| panic!("{check:?} was not done:\n{}", story.screen())).verdict
}

#[tokio::test(start_paused = true)]
async fn ten_checks_in_their_order_and_what_is_well_says_so() {
    let (mut story, _) = with_key(Stage::demo().size(130, 40)).await;
    story.keys("D").await.sees("Why can't I connect to web-1?");
    for texts in [
        ["✓", "running, status checks passed"],
        ["✓", "203.0.113.10 is its Elastic IP"],
        ["✓", "leads to the internet (igw-"],
        ["✓", "lets 22 in and replies out"],
        ["✓", "web lets 198.51.100.7 in on port 22"],
        ["✓", "laptop.pem is here, belongs to laptop, and only you can read it"],
        ["✓", "login user ec2-user fits al2023"],
        ["✗", "203.0.113.10:22"],
        ["–", "login not tried without a connection"],
        ["✓", "the console shows no failed boot"],
    ] {
        story.sees_in_one_line(&texts);
    }
    let checks: Vec<Check> = story.app().doctor().unwrap().findings.iter().map(|finding| finding.check).collect();
    assert_eq!(checks, Check::ALL);
    story.sees("The first cause: 203.0.113.10:22");
    story.keys("<esc>").await.does_not_see("Why can't I connect to");
}

#[tokio::test(start_paused = true)]
async fn lines_appear_one_after_the_other_and_leaving_ends_it() {
    let (mut story, _) = with_key(Stage::demo()).await;
    let before = story.calls_of("GetConsoleOutput");
    story.keys_at_once("D").sees("state and status checks");
    assert!(story.app().doctor().unwrap().findings.is_empty());
    let mut seen = 0;
    for _ in 0..50 {
        let now = story.breathe().await.app().doctor().unwrap().findings.len();
        if now > 0 {
            seen = now;
            break;
        }
    }
    assert!(seen > 0, "no line has come:\n{}", story.screen());
    story.keys_at_once("<esc>").does_not_see("Why can't I connect to");
    story.settle().await;
    assert!(story.app().tasks.is_empty());
    assert_eq!(story.calls_of("GetConsoleOutput"), before, "an examination that was left goes no further");
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_does_not_run_is_started_with_one_key() {
    let mut story = Stage::demo().open().await;
    story.select("old-db").await.keys("D").await;
    story.sees_in_one_line(&["✗", "the instance is not running: stopped", "s  start"]);
    story.sees("no public address while it is not running").sees("Press s.");
    story.keys("s").await.until_one_line_has(&["running", "status checks"]).await;
    assert_eq!(story.calls_of("StartInstances"), 1);
    assert_ne!(verdict(&story, Check::Running), Verdict::Bad);
}

#[tokio::test(start_paused = true)]
async fn an_impaired_instance_is_rebooted_after_a_question() {
    let (mut story, _) = with_key(Stage::demo()).await;
    assert!(story.demo().impair("web-1"));
    story.keys("D").await.sees_in_one_line(&["✗", "instance status check", "b  reboot"]);
    story.keys("b").await.sees("web-1");
    story.keys("y").await;
    assert_eq!(story.calls_of("RebootInstances"), 1);
    story.until_one_line_has(&["running, status checks"]).await;
    assert_ne!(verdict(&story, Check::Running), Verdict::Bad);
}

#[tokio::test(start_paused = true)]
async fn an_instance_without_a_public_address_gets_a_fixed_one() {
    let (mut story, _) = with_key(Stage::demo()).await;
    assert!(story.demo().set_public_address("web-1", None));
    story.keys("D").await.sees_in_one_line(&["✗", "it has no public address", "E  fixed address"]);
    story.sees("its private address is 172.31.").sees("route to the internet: not tried without an address");
    story.keys("E").await.until_one_line_has(&["✓", "is its Elastic IP"]).await;
    assert_eq!(verdict(&story, Check::Address), Verdict::Good);
    assert_eq!(verdict(&story, Check::Route), Verdict::Good);
}

#[tokio::test(start_paused = true)]
async fn the_ways_through_the_network_are_told_apart() {
    for (route, words) in [
        (DemoRoute::Missing, "has no route to the internet"),
        (DemoRoute::Blackhole, "which is gone"),
        (DemoRoute::Nat, "which lets nothing in"),
    ] {
        let (mut story, _) = with_key(Stage::demo()).await;
        story.demo().set_internet_route(route);
        story.keys("D").await.sees(words);
        assert_eq!(verdict(&story, Check::Route), Verdict::Bad, "{words}");
        story.demo().set_internet_route(DemoRoute::Internet);
        story.keys("D").await.does_not_see(words);
        assert_eq!(verdict(&story, Check::Route), Verdict::Good);
    }
}

#[tokio::test(start_paused = true)]
async fn a_network_acl_that_denies_is_named_with_its_entry() {
    for (number, egress, words) in [(50, false, "keeps 198.51.100.7 out of port 22"), (60, true, "keeps replies to")] {
        let (mut story, _) = with_key(Stage::demo()).await;
        story.demo().deny_in_acl(number, egress, "198.51.100.0/24", None);
        story.keys("D").await.sees(words).sees(&format!("entry {number} denies 198.51.100.0/24"));
        assert_eq!(verdict(&story, Check::Acl), Verdict::Bad);
        story.demo().reset_acl();
        story.keys("r").await.does_not_see(words);
        assert_eq!(verdict(&story, Check::Acl), Verdict::Good);
    }
}

#[tokio::test(start_paused = true)]
async fn my_address_is_let_in_with_one_key_and_it_looks_again_by_itself() {
    let (mut story, _) = with_key(Stage::demo()).await;
    story.keys("edy<esc>D").await;
    story.sees_in_one_line(&["✗", "no rule lets 198.51.100.7 in on port 22", "i  allow my IP"]).sees("Press i.");
    story.keys("i").await.sees("web lets 198.51.100.7 in on port 22");
    assert_eq!(verdict(&story, Check::Rule), Verdict::Good);
    assert_eq!(story.calls_of("AuthorizeSecurityGroupIngress"), 1);
}

#[tokio::test(start_paused = true)]
async fn the_mend_goes_to_the_instance_that_is_examined_whatever_is_selected() {
    let (mut story, _) = with_key(Stage::demo()).await;
    let rules = story.demo().rules_of("legacy");
    story.keys("edy<esc>D").await;
    assert!(story.app().selected_instance().is_some_and(|one| one.label() == "web-1"));
    story.keys("sSbEi").await;
    for operation in ["StartInstances", "StopInstances", "RebootInstances", "AssociateAddress"] {
        assert_eq!(story.calls_of(operation), 0, "{operation} was nobody's wish");
    }
    assert_eq!(story.demo().rules_of("legacy"), rules);
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_key_that_is_open_to_others_is_closed_and_one_that_is_missing_is_explained() {
    use crate::support::tools;
    let (mut story, path) = with_key(Stage::demo()).await;
    tools::set_mode(&path, 0o644);
    story.keys("D").await.sees_in_one_line(&["✗", "others can read", "m  close to others"]);
    story.keys("m").await.sees("only you can read it");
    assert_eq!(tools::mode(&path), 0o600);

    std::fs::remove_file(&path).unwrap();
    story.keys("D").await.sees_in_one_line(&["✗", "the private key of laptop is not on this machine", "K"]);
    story.keys("K").await.says("find-key-lost").sees(".ssh");
    story.keys("<esc>").await.sees("Why can't I connect to web-1?");
}

#[tokio::test(start_paused = true)]
async fn another_key_of_the_same_name_is_told() {
    let stage = Stage::demo();
    keyfiles::generate(&stage.key_folder(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    story.select("web-1").await.keys("D").await.sees("laptop.pem does not belong to laptop");
    assert_eq!(verdict(&story, Check::Key), Verdict::Bad);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_user_is_put_right_with_one_key() {
    let (mut story, _) = with_key(Stage::demo().size(140, 40)).await;
    story.keys("L").await.retype("ubuntu").await.keys("<enter>").await;
    story.keys("D").await.sees_in_one_line(&["✗", "is usually entered as ec2-user, not as ubuntu", "L"]);
    story.keys("L").await.sees("login user ec2-user fits");
    assert_eq!(verdict(&story, Check::User), Verdict::Good);
}

#[tokio::test(start_paused = true)]
async fn a_failed_boot_explains_the_silence() {
    let (mut story, _) = with_key(Stage::demo()).await;
    assert!(story.demo().set_console("web-1", "[ 1.2] cloud-init: write: No space left on device\n"));
    story.keys("D").await.sees("a volume is full").sees("The first cause: a volume is full");
    assert_eq!(verdict(&story, Check::Console), Verdict::Bad);
}

#[tokio::test(start_paused = true)]
async fn what_may_not_be_looked_at_is_named_with_its_permission_and_the_rest_goes_on() {
    let (mut story, _) = with_key(Stage::demo().size(130, 40)).await;
    for (operation, check) in [
        ("DescribeInstances", Check::Running),
        ("DescribeInstanceStatus", Check::Running),
        ("DescribeAddresses", Check::Address),
        ("DescribeRouteTables", Check::Route),
        ("DescribeNetworkAcls", Check::Acl),
        ("DescribeSecurityGroups", Check::Rule),
        ("DescribeKeyPairs", Check::Key),
        ("GetConsoleOutput", Check::Console),
    ] {
        story.demo().fail_next(operation, "UnauthorizedOperation", "You are not authorized.", 1);
        story.keys("D").await.sees(&format!("needs ec2:{operation}"));
        assert_eq!(verdict(&story, check), Verdict::Unknown, "{operation}");
        assert_eq!(story.app().doctor().unwrap().findings.len(), 10, "{operation}");
        story.keys("<esc>").await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_my_own_address_the_rules_cannot_be_judged() {
    let (mut story, _) = with_key(Stage::demo().seen_as_nobody()).await;
    story.keys("D").await.sees("could not look");
    assert_eq!(verdict(&story, Check::Rule), Verdict::Unknown);
    assert_eq!(verdict(&story, Check::Route), Verdict::Good);
}

#[tokio::test(start_paused = true)]
async fn windows_is_asked_for_remote_desktop() {
    let mut story = Stage::demo().open().await;
    story.select("win-office").await.keys("D").await;
    story.sees("3389").sees("Remote Desktop").does_not_see(":22");
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_was_terminated_cannot_be_mended() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("dweb-1<enter>").await.until_one_line_has(&["web-1", "terminated"]).await;
    story.keys("D").await.sees_in_one_line(&["✗", "the instance is not running: terminat"]);
    story.does_not_see("Press ");
    story.keys("s").await.says("why-nothing-to-mend");
    assert_eq!(story.calls_of("StartInstances"), 0);
}

#[tokio::test(start_paused = true)]
async fn in_read_only_mode_mends_say_why_not() {
    let mut story = Stage::demo().read_only().open().await;
    story.select("old-db").await.keys("D").await.sees_in_one_line(&["not running: stopped", "s"]);
    story.keys("s").await.says("why-read-only");
    assert_eq!(story.calls_of("StartInstances"), 0);
}

#[tokio::test(start_paused = true)]
async fn on_a_small_screen_it_scrolls() {
    let (mut story, _) = with_key(Stage::demo().size(60, 14)).await;
    story.keys("D").await.does_not_see("The first cause");
    story.keys("G").await.sees("The first cause");
    story.keys("g").await.sees("running, status checks passed");
}
