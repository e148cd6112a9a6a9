//! Launches that do not go through: what is said, what exists by then, and that trying again never makes a second of
//! anything.

use ec2deck::app::launch::Step;

use crate::launch::to_review;
use crate::support::{Stage, Story};

/// How many instances of this name the demo account has, as a fresh look shows.
async fn count(story: &mut Story, name: &str) -> usize {
    story.keys("r").await;
    let rows = &story.app().inventory.instances.rows;
    rows.iter().filter(|one| one.name.as_deref() == Some(name)).count()
}

#[tokio::test(start_paused = true)]
async fn a_launch_that_would_be_refused_says_so_before_anything_is_made() {
    let mut story = Stage::demo().open().await;
    let message = "You are not authorized to perform this operation.";
    story.demo().fail_next("RunInstances (dry run)", "UnauthorizedOperation", message, 9);
    to_review(&mut story, "shop").await;
    story.sees("ec2:RunInstances");
    story.keys("<enter>").await.says("review-refused-again");
    for call in ["ImportKeyPair", "CreateSecurityGroup", "RunInstances"] {
        assert_eq!(story.calls_of(call), 0, "{call}");
    }
}

#[tokio::test(start_paused = true)]
async fn trying_again_after_a_refused_launch_makes_one_instance() {
    let mut story = Stage::demo().open().await;
    let message = "We currently do not have sufficient t3.micro capacity in the Availability Zone you requested.";
    story.demo().fail_next("RunInstances", "InsufficientInstanceCapacity", message, 1);
    to_review(&mut story, "shop").await;
    story.keys("<enter>").await.until_it_says("code-capacity").await;
    // Made by then, and said so.
    story.sees("shop-sg");
    story.keys("!").await.sees("InsufficientInstanceCapacity").sees("sufficient t3.micro");
    story.keys("<esc>").await;
    assert_eq!(story.calls_of("RunInstances"), 1, "nothing is repeated without being asked");

    story.keys("r").await.until("ssh -i").await;
    for (call, times) in [("ImportKeyPair", 1), ("CreateSecurityGroup", 1), ("RunInstances", 2)] {
        assert_eq!(story.calls_of(call), times, "{call}");
    }
    story.keys("<enter>").await;
    assert_eq!(count(&mut story, "shop").await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_is_settled_before_anything_is_repeated() {
    for lost in ["ImportKeyPair", "CreateSecurityGroup", "RunInstances"] {
        let mut story = Stage::demo().open().await;
        story.demo().lose_reply(lost);
        to_review(&mut story, "shop").await;
        story.keys("<enter>").await.until("ssh -i").await;
        story.keys("<enter>").await;
        assert_eq!(count(&mut story, "shop").await, 1, "after the reply of {lost} was lost");
        let groups = story.app().inventory.groups.rows.iter().filter(|group| group.name.starts_with("shop")).count();
        let pairs = story.app().inventory.key_pairs.rows.iter().filter(|pair| pair.name.starts_with("shop")).count();
        assert_eq!((groups, pairs), (1, 1), "after the reply of {lost} was lost");
    }
}

#[tokio::test(start_paused = true)]
async fn rules_whose_reply_was_lost_are_asked_for_again_and_stand_once() {
    let mut story = Stage::demo().open().await;
    story.demo().lose_reply("AuthorizeSecurityGroupIngress");
    to_review(&mut story, "shop").await;
    story.keys("<enter>").await;
    // Rules carry no token; asking twice does no harm, and the person is told and decides.
    story.until_it_says("problem-unclear").await.keys("r").await.until("ssh -i").await;
    story.keys("<enter>r").await;
    let group = story.app().inventory.groups.rows.iter().find(|group| group.name == "shop-sg").expect("the group");
    assert_eq!(group.inbound.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_there_already_is_never_replaced() {
    let stage = Stage::demo();
    let folder = stage.key_folder();
    std::fs::create_dir_all(&folder).unwrap();
    // No key, so that nobody counts its name as taken.
    std::fs::write(folder.join("shop.pem"), "mine").unwrap();
    let mut story = stage.open().await;
    to_review(&mut story, "shop").await;
    story.keys("<enter>").await.until("shop.pem").await;
    for call in ["ImportKeyPair", "CreateSecurityGroup", "RunInstances"] {
        assert_eq!(story.calls_of(call), 0, "{call}");
    }
    assert_eq!(std::fs::read_to_string(folder.join("shop.pem")).unwrap(), "mine");
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_key_is_never_written_through_a_symbolic_link() {
    let stage = Stage::demo();
    let folder = stage.key_folder();
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("target"), folder.join("shop.pem")).unwrap();
    let mut story = stage.open().await;
    to_review(&mut story, "shop").await;
    story.keys("<enter>").await.until("shop.pem").await;
    assert_eq!(story.calls_of("ImportKeyPair") + story.calls_of("RunInstances"), 0);
    assert!(!elsewhere.path().join("target").exists());
}

#[tokio::test(start_paused = true)]
async fn what_was_made_can_be_removed() {
    let mut story = Stage::demo().open().await;
    let before = (story.app().inventory.groups.rows.len(), story.app().inventory.key_pairs.rows.len());
    story.demo().fail_next("RunInstances", "VcpuLimitExceeded", "You have requested more vCPU capacity.", 1);
    to_review(&mut story, "shop").await;
    story.keys("<enter>").await.until_it_says("code-vcpu-limit-unknown").await;
    story.keys("xy").await;
    assert_eq!((story.calls_of("DeleteSecurityGroup"), story.calls_of("DeleteKeyPair")), (1, 1));
    story.keys("<esc>").await;
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step), Some(Step::Review), "the draft stays");
    story.keys("<esc>yr").await;
    let after = (story.app().inventory.groups.rows.len(), story.app().inventory.key_pairs.rows.len());
    assert_eq!(before, after);
}

#[tokio::test(start_paused = true)]
async fn a_name_that_ec2_would_refuse_says_so_under_its_field() {
    let mut story = Stage::demo().open().await;
    story.keys("n<enter><enter><enter><enter>shop<tab>aws:team<tab>x<enter>").await;
    story.says("launch-tags-reserved").sees("aws:team");
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step), Some(Step::Tags));
}

#[tokio::test(start_paused = true)]
async fn a_pasted_name_is_its_first_line() {
    let mut story = Stage::demo().open().await;
    story.keys("n<enter><enter><enter><enter>").await.paste("shop\nrm -rf /").await;
    story.sees("shop").does_not_see("rm -rf");
}

#[tokio::test(start_paused = true)]
async fn a_volume_smaller_than_its_image_says_so_and_keeps_what_was_typed() {
    let mut story = Stage::demo().open().await;
    story.keys("n<enter><enter><enter>").await.retype("4").await;
    story.keys("<enter>").await;
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step), Some(Step::Storage), "{}", story.screen());
    let form = &story.app().launch.as_ref().expect("a launch").storage.form;
    assert_eq!(form.focused().map(ec2deck::app::form::Field::value), Some("4"));
    assert!(form.has_errors());
}
