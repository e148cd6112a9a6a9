//! What comes up while the person is doing something else: a key meant for one thing never answers another.

use crate::support::Stage;

use ec2deck::app::panes::PaneKind;

#[tokio::test(start_paused = true)]
async fn a_question_that_comes_late_does_not_take_the_keys_of_a_filter() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("legacy").await;
    // The question needs the own address first; before that is known, the person filters.
    story.keys_at_once("w/").settle().await;
    story.keys("y").await;
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 0, "y belongs to the filter");
    assert_eq!(story.app().panes.list(PaneKind::SecurityGroups).filter.value(), "y");
    story.does_not_say("answer-yes");
    story.keys("<esc>").await.says("answer-yes");
    story.keys("y").await;
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_question_that_comes_late_does_not_lie_over_a_form() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("legacy").await;
    story.keys_at_once("wn").settle().await;
    story.says("notice-later");
    story.keys("my-group").await.sees("my-group");
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 0);
    story.keys("<esc>").await.says("answer-yes");
}

#[tokio::test(start_paused = true)]
async fn two_late_questions_come_one_after_the_other() {
    let mut story = Stage::demo().open().await;
    story.keys("2").await.select("legacy").await;
    story.keys_at_once("ww/").settle().await;
    story.keys("<esc>").await.says("answer-yes");
    story.keys("n").await.says("answer-yes");
    story.keys("n").await.does_not_say("answer-yes");
    assert_eq!(story.calls_of("ModifySecurityGroupRules"), 0);
}

#[tokio::test(start_paused = true)]
async fn work_that_ends_in_the_background_does_not_take_the_focus() {
    let mut story = Stage::demo().open().await;
    story.keys("4nshop").await;
    story.keys_at_once("<enter><esc>1").settle().await;
    assert_eq!(story.app().panes.focus, PaneKind::Instances);
    assert_eq!(story.calls_of("ImportKeyPair"), 1);
    story.keys("4").await;
    assert_eq!(story.app().selected_id(PaneKind::KeyPairs).as_deref().map(|id| id.starts_with("key-")), Some(true));
    story.sees("shop");
}

#[tokio::test(start_paused = true)]
async fn in_the_details_their_subject_is_one_key_away() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("5i").await;
    story.sees_in_one_line(&["198.51.100.7", "already", "SSH 22", "web"]);
    story.keys("x").await.sees("Take what off web-1?");
}
