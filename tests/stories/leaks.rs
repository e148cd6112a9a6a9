//! The stories of leaks: each kind from shown to ended, on the demo account.

use jiff::SignedDuration;

use ec2deck::demo::DemoAccount;
use ec2deck::domain::leak::What;

use crate::support::{Stage, Story};

/// The lived-in account, otherwise than usual, and the list of its leaks.
async fn leaks_of(arrange: impl FnOnce(&DemoAccount)) -> Story {
    let mut story = Stage::demo().size(140, 40).open().await;
    // `batch-2` is on its way up.
    story.elapse(std::time::Duration::from_mins(1)).await;
    arrange(story.demo());
    story.keys("r").await.keys("M").await;
    story
}

/// Puts the cursor on the leak of this resource.
async fn on(story: &mut Story, which: impl Fn(&What) -> bool) {
    story.keys("g").await;
    for _ in 0..story.app().leaks().len() {
        if story.app().shown_leak().is_some_and(|leak| which(&leak.what)) {
            return;
        }
        story.keys("j").await;
    }
    panic!("no such leak:\n{}", story.screen());
}

fn has(story: &Story, which: impl Fn(&What) -> bool) -> bool {
    story.app().leaks().iter().any(|leak| which(&leak.what))
}

#[tokio::test(start_paused = true)]
async fn the_list_says_what_each_costs_and_where_the_prices_come_from() {
    let story = leaks_of(|_| ()).await;
    story.sees("Leaks").says("leak-idle-address").sees("a month is 730 hours").sees("AWS Price List");
    story.sees_in_one_line(&["203.0.113.120", "$"]);
    story.sees_in_one_line(&["old-db", "stopped for long: 41 days", "$"]);
    story.sees_in_one_line(&["old-shop-data", "attached to nothing", "$"]);
    story.sees_in_one_line(&["old-shop ", "AMI that is gone", "at most $"]);
    story.sees_in_one_line(&["win-office", "runs idle", "CloudWatch", "$"]);
    let months: Vec<_> = story.app().leaks().iter().map(|leak| leak.month.expect("all are in the list")).collect();
    assert!(months.is_sorted_by(|one, other| one >= other), "{months:?}");
    assert!(story.app().leak_blind_spots().is_empty(), "{:?}", story.app().leak_blind_spots());
}

#[tokio::test(start_paused = true)]
async fn an_idle_address_is_released() {
    let mut story = leaks_of(|_| ()).await;
    let idle = |what: &What| matches!(what, What::IdleAddress { .. });
    on(&mut story, idle).await;
    story.keys("x").await.sees("Release 203.0.113.120?").says("release-is-final");
    story.keys("<enter>").await;
    assert_eq!(story.demo().addresses().len(), 2, "nothing was typed");
    story.keys("203.0.113.120<enter>").await.until("was released").await;
    assert_eq!(story.demo().addresses().len(), 1);
    assert!(!has(&story, idle), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn an_address_on_a_stopped_instance_is_taken_off_and_released() {
    let mut story = leaks_of(|account| assert!(account.move_address("old-shop", "old-db"))).await;
    let kept = |what: &What| matches!(what, What::AddressOnStopped { .. });
    on(&mut story, kept).await;
    story.sees("Elastic IP on old-db, which is stopped");
    story.keys("x").await.sees("It is on old-db and is taken off first").sees("old-db loses this address");
    story.keys("203.0.113.120<enter>").await.until("was released").await;
    assert_eq!(story.demo().addresses().len(), 1);
    assert!(!has(&story, kept));
}

#[tokio::test(start_paused = true)]
async fn an_address_on_an_interface_that_is_attached_to_nothing_is_taken_off_and_released() {
    let mut interface = None;
    let mut story = leaks_of(|account| interface = account.leave_address_on_interface("old-shop")).await;
    let interface = interface.expect("it was put there");
    let loose = |what: &What| matches!(what, What::AddressOnLooseInterface { .. });
    on(&mut story, loose).await;
    story.sees(&format!("Elastic IP on {interface}, an interface that is attached to nothing"));
    story.keys("<esc>3").await.sees("1 idle IP");
    story.select("203.0.113.120").await.says("details-address-on-loose-interface");
    story.keys("z").await.sees_in_one_line(&["203.0.113.120", &format!("costs money: {interface} is attached")]);
    story.keys("zM").await;
    on(&mut story, loose).await;
    story.keys("x").await.sees(&format!("It is on {interface} and is taken off first"));
    story.keys("203.0.113.120<enter>").await.until("was released").await;
    assert_eq!((story.calls_of("DisassociateAddress"), story.demo().addresses().len()), (1, 1));
    assert!(!has(&story, loose));
}

#[tokio::test(start_paused = true)]
async fn without_the_interfaces_nobody_knows_whether_an_address_on_one_is_in_use() {
    let story = leaks_of(|account| {
        account.leave_address_on_interface("old-shop").expect("it was put there");
        account.fail_next("DescribeNetworkInterfaces", "UnauthorizedOperation", "You are not authorized", 9);
    })
    .await;
    story.sees("Could not look for Elastic IPs on interfaces");
    assert!(!has(&story, |what| matches!(what, What::AddressOnLooseInterface { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_volume_that_nothing_uses_is_deleted_after_its_name_was_typed() {
    let mut story = leaks_of(|_| ()).await;
    let loose = |what: &What| matches!(what, What::LooseVolume(_));
    on(&mut story, loose).await;
    let before = story.demo().volume_ids();
    let id = story.app().shown_leak().expect("a leak").what.id().to_owned();
    story.keys("x").await.says("delete-volume-final").sees("125 GiB").sees("old-shop-data").sees("create-snapshot");
    story.sees(&id).sees("Made on 2026-05-07");
    story.keys("<enter>").await;
    assert_eq!(story.demo().volume_ids(), before);
    story.keys("old-shop-data<enter>").await.sees("was deleted");
    assert_eq!(story.demo().volume_ids(), before.into_iter().filter(|one| *one != id).collect::<Vec<_>>());
    assert!(!has(&story, loose));
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_to_a_deletion_is_settled_by_the_list() {
    let mut story = leaks_of(|account| account.lose_reply("DeleteVolume")).await;
    let loose = |what: &What| matches!(what, What::LooseVolume(_));
    on(&mut story, loose).await;
    story.keys("xold-shop-data<enter>").await.until("was deleted").await;
    assert_eq!(story.calls_of("DeleteVolume"), 1, "never twice");
    assert!(!has(&story, loose));
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_whose_image_is_gone_is_deleted_and_one_that_is_needed_is_not() {
    let mut story = leaks_of(|account| {
        let _ = account.leave_snapshot("by-hand", 8, "before the upgrade of ami-0a1b2c3d4e5f60718");
    })
    .await;
    let orphan = |what: &What| matches!(what, What::OrphanSnapshot { .. });
    assert_eq!(story.app().leaks().iter().filter(|leak| orphan(&leak.what)).count(), 1, "made by hand is wanted");
    on(&mut story, orphan).await;
    story.says("leak-basis-at-most");
    // An image took it into use meanwhile.
    story.demo().fail_next("DeleteSnapshot", "InvalidSnapshot.InUse", "in use by ami-1", 1);
    story.keys("x").await.says("delete-snapshot-final");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("DeleteSnapshot"), 0, "the answer starts on No");
    story.keys("xy").await.says("code-snapshot-in-use");
    story.keys("<esc>").await;
    assert_eq!(story.demo().snapshot_ids().len(), 2);
    story.keys("xy").await.sees("was deleted");
    assert_eq!(story.demo().snapshot_ids().len(), 1);
    assert!(!has(&story, orphan));
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_was_stopped_for_long_is_terminated_knowing_what_stays() {
    let mut story = leaks_of(|_| ()).await;
    let stopped = |what: &What| matches!(what, What::StoppedVolumes { .. });
    on(&mut story, stopped).await;
    assert!(story.app().shown_leak().expect("a leak").what.is_stopped_for_long());
    story.keys("x").await.says("terminate-is-final").sees("Deleted with it: vol-").sees("30 GiB");
    story.keys("old-db<enter>").await.elapse(std::time::Duration::from_secs(30)).await;
    assert_eq!(story.demo().type_of("old-db").2, "Terminated");
    story.keys("r").await;
    assert!(!has(&story, stopped), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn volumes_of_an_instance_that_stopped_a_moment_ago_are_a_leak_too() {
    let mut story = Stage::demo().size(140, 40).open().await;
    story.select("web-1").await.keys("Sy").await.elapse(std::time::Duration::from_secs(30)).await;
    story.keys("M").await;
    on(&mut story, |what| matches!(what, What::StoppedVolumes { days: Some(0), volumes: 2, .. })).await;
    story.sees_in_one_line(&["web-1", "stopped for 0 days"]);
    story.keys("x").await.sees("Deleted with it: vol-").sees("Stays and goes on costing: vol-");
    story.keys("<esc>").await;
    // Its address leaks, too, on a row of its own.
    assert!(has(&story, |what| matches!(what, What::AddressOnStopped { .. })));
}

#[tokio::test(start_paused = true)]
async fn an_idle_instance_is_stopped() {
    let mut story = leaks_of(|_| ()).await;
    let idle = |what: &What| matches!(what, What::IdleInstance { .. });
    on(&mut story, idle).await;
    story.keys("x").await.sees("win-office").says("stop-volumes-cost").says("stop-address-changes");
    story.keys("y").await.elapse(std::time::Duration::from_secs(30)).await;
    assert_eq!(story.demo().type_of("win-office").2, "Stopped");
    assert!(!has(&story, idle));
}

#[tokio::test(start_paused = true)]
async fn surplus_credits_end_with_standard_mode() {
    let mut story = leaks_of(|account| {
        assert!(account.set_load("web-1", 60.0, SignedDuration::from_hours(24 * 10)));
        assert!(account.set_surplus("web-1", 12.0));
    })
    .await;
    let surplus = |what: &What| matches!(what, What::Surplus { .. });
    on(&mut story, surplus).await;
    story.sees_in_one_line(&["web-1", "surplus CPU credits", "about $"]).sees("carried on for a month");
    story.keys("x").await.says("credits-standard-slows").says("credits-standard-charged");
    story.keys("y").await.sees("standard credits now");
    assert_eq!(story.demo().type_of("web-1").1.as_deref(), Some("standard"));
    assert!(!has(&story, surplus));
}

async fn old_generation() -> Story {
    let mut story = leaks_of(|account| {
        assert!(account.set_type("web-1", "m4.large", None));
        assert!(account.set_load("web-1", 40.0, SignedDuration::from_hours(24 * 10)));
    })
    .await;
    on(&mut story, |what| matches!(what, What::OldType { .. })).await;
    story
}

#[tokio::test(start_paused = true)]
async fn a_previous_generation_type_becomes_its_successor() {
    let mut story = old_generation().await;
    story
        .sees_in_one_line(&["web-1", "m4.large", "previous generation", "m5.large", "$"])
        .sees("would save in a month");
    story.keys("x").await.sees("Make web-1 a m5.large?").says("change-type-stops").says("change-type-boot");
    story.does_not_say("stop-address-changes");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("StopInstances"), 0, "the answer starts on No");
    story.keys("xy").await.until("runs as m5.large").await;
    assert_eq!(story.demo().type_of("web-1"), ("m5.large".to_owned(), None, "Running".to_owned()));
    assert!(!has(&story, |what| matches!(what, What::OldType { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_type_that_is_refused_leaves_it_stopped_and_offers_to_start_it() {
    let mut story = old_generation().await;
    story.demo().fail_next("ModifyInstanceAttribute", "Unsupported", "not supported in this zone", 1);
    story.keys("xy").await.until("Start web-1 as m4.large?").await.sees("not supported in this zone");
    assert_eq!(story.demo().type_of("web-1").2, "Stopped");
    story.keys("y").await.until("is a m4.large again").await;
    assert_eq!(story.demo().type_of("web-1"), ("m4.large".to_owned(), None, "Running".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_new_type_that_does_not_start_can_become_the_old_one_again() {
    let mut story = old_generation().await;
    story.demo().fail_next("StartInstances", "InsufficientInstanceCapacity", "no capacity", 1);
    story.keys("xy").await.until("Set web-1 back to m4.large?").await;
    story.keys("y").await.until("is a m4.large again").await;
    assert_eq!(story.demo().type_of("web-1"), ("m4.large".to_owned(), None, "Running".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_looked_for_is_said_with_the_reason() {
    let story = leaks_of(|account| {
        for operation in ["DescribeSnapshots", "GetMetricData"] {
            let message = format!("You are not authorized to perform this operation: {operation}");
            account.fail_next(operation, "UnauthorizedOperation", &message, 9);
        }
    })
    .await;
    story.sees("Could not look for snapshots, because").sees("Could not look for idle instances");
    assert!(!has(&story, |what| matches!(what, What::OrphanSnapshot { .. } | What::IdleInstance { .. })));
    assert!(has(&story, |what| matches!(what, What::LooseVolume(_))), "the rest is found");
}

#[tokio::test(start_paused = true)]
async fn without_prices_every_leak_is_of_unknown_cost() {
    let mut story = Stage::demo_of(|clock| {
        let account = DemoAccount::lived_in(clock);
        account.fail_next("GetProducts", "AccessDeniedException", "not authorized to perform: pricing:GetProducts", 99);
        account
    })
    .size(140, 40)
    .open()
    .await;
    story.keys("M").await;
    assert!(story.app().leaks().iter().all(|leak| leak.month.is_err()), "{}", story.screen());
    story.sees("of unknown cost").sees("unknown").sees("Could not look for prices, because");
    let told: Vec<String> = story.screen().lines().filter(|line| !line.contains("spot")).map(str::to_owned).collect();
    assert!(!told.iter().any(|line| line.contains("$0")), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn read_only_shows_leaks_and_ends_none() {
    let mut story = Stage::demo().read_only().size(140, 40).open().await;
    story.keys("M").await.keys("x").await.says("why-read-only");
    assert_eq!(story.app().context(), ec2deck::keymap::Context::Leaks);
}

#[tokio::test(start_paused = true)]
async fn an_account_without_leaks_says_so() {
    let mut story = Stage::demo_of(DemoAccount::empty).size(140, 40).open().await;
    story.keys("M").await.says("leaks-none");
    story.keys("x").await.says("why-no-leak");
}

#[tokio::test(start_paused = true)]
async fn a_row_that_is_cut_is_told_whole_below_the_list() {
    let mut story = Stage::demo().size(80, 24).open().await;
    story.elapse(std::time::Duration::from_mins(1)).await.keys("M").await;
    on(&mut story, |what| matches!(what, What::IdleInstance { .. })).await;
    let cut = story.screen().lines().any(|line| line.contains("win-office") && line.contains('…'));
    assert!(cut, "{}", story.screen());
    story.sees("runs idle: 1.3 % CPU in the busiest hour of 7 days (CloudWatch)");
    // Part of the sum is an upper bound.
    story.sees("up to about $");
}

#[tokio::test(start_paused = true)]
async fn nobody_stops_a_server_whose_type_is_being_changed() {
    let mut story = old_generation().await;
    story.keys("xy").await.keys("<esc>").await.select("web-1").await;
    assert_eq!(story.demo().type_of("web-1").2, "Stopping");
    story.keys("s").await.says("why-type-changes");
    assert_eq!(story.calls_of("StartInstances"), 0);
    story.until("runs as m5.large").await;
    assert_eq!((story.calls_of("StartInstances"), story.calls_of("StopInstances")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn who_looks_before_the_lists_are_there_sees_the_same_in_the_end() {
    let patient = leaks_of(|_| ()).await.app().leaks();
    for keys in ["M", "$"] {
        let mut story = Stage::demo().size(140, 40).raise();
        story.keys_at_once(keys).settle().await;
        story.elapse(std::time::Duration::from_mins(1)).await;
        let kinds =
            |leaks: &[ec2deck::domain::leak::Leak]| -> Vec<_> { leaks.iter().map(|leak| leak.what.part()).collect() };
        assert_eq!(kinds(&story.app().leaks()), kinds(&patient), "{keys}: {}", story.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn the_costs_say_what_their_sum_of_leaks_leaves_out() {
    let mut story = leaks_of(|account| account.fail_next("DescribeSnapshots", "UnauthorizedOperation", "no", 9)).await;
    story.keys("q$G").await.sees("Could not look for snapshots, because");
}
