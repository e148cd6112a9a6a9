//! A key never waits for the network.

use ec2deck::app::panes::PaneKind;

use crate::support::Stage;
use crate::support::source::Wire;

#[tokio::test(start_paused = true)]
async fn keys_act_while_no_answer_ever_comes() {
    let mut story = Stage::wire(Wire::Silent).raise();
    story.breathe().await;
    assert!(story.app().inventory.instances.loading, "the instances are not being read: the story proves nothing");

    story.keys_at_once("2");
    assert_eq!(story.app().panes.focus, PaneKind::SecurityGroups);
    story.keys_at_once("z");
    assert!(story.app().panes.zoomed);
    story.keys_at_once("z?").says("help-title");
    story.keys_at_once("<esc>").does_not_say("help-title");
    story.keys_at_once(":").says("palette-title");
    story.keys_at_once("<esc>1n").breathe().await;
    assert!(story.app().launch.is_some());
    story.keys_at_once("<esc>");
    assert!(story.app().launch.is_none());
    story.keys_at_once("q");
    assert!(story.has_quit());
}

#[tokio::test(start_paused = true)]
async fn a_refresh_does_not_empty_the_lists() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await;
    let before: Vec<String> = story.screen().lines().filter(|line| line.contains("web-1")).map(str::to_owned).collect();
    story.keys_at_once("r");
    assert!(story.app().inventory.instances.loading);
    let during: Vec<String> = story.screen().lines().filter(|line| line.contains("web-1")).map(str::to_owned).collect();
    assert_eq!(before.len(), during.len(), "{}", story.screen());
    story.settle().await;
    assert_eq!(story.app().selected_label().as_deref(), Some("web-1"));
}
