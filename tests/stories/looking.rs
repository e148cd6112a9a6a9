//! Looking around: filter, sort, zoom, narrow and tiny terminals, what belongs together, and the clipboard.

use ec2deck::app::panes::PaneKind;

use crate::support::{Stage, Story, screen};

/// The names in the instances pane, from top to bottom.
fn names(story: &Story) -> Vec<String> {
    let app = story.app();
    let rows = &app.inventory.instances;
    app.visible_ids(PaneKind::Instances).iter().map(|id| rows.get(id).expect("a row").label().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_filter_narrows_the_list_as_it_is_typed() {
    let mut story = Stage::demo().open().await;
    story.keys("z").await;
    assert_eq!(names(&story).len(), 5);
    for (typed, expected) in [
        ("old", vec!["old-db"]),
        ("OLD", vec!["old-db"]),
        ("env:prod", vec!["web-1"]),
        ("type:t3.small", vec!["batch-2", "win-office"]),
        ("state:stopped", vec!["old-db"]),
        ("team:office windows", vec!["win-office"]),
        ("203.0.113.10", vec!["web-1"]),
        ("웹", vec!["웹-테스트"]),
        ("nothing-like-it", vec![]),
    ] {
        story.keys("/").await.keys(typed).await;
        assert_eq!(names(&story), expected, "{typed}");
        for name in &expected {
            story.sees(name);
        }
        if !expected.contains(&"batch-2") {
            story.does_not_see("batch-2");
        }
        story.keys("<esc>").await;
        assert_eq!(names(&story).len(), 5, "Esc after {typed} left the filter");
    }
}

#[tokio::test(start_paused = true)]
async fn a_korean_tag_is_found() {
    let mut story = Stage::demo().open().await;
    story.keys("/name:웹<enter>").await;
    assert_eq!(names(&story), ["웹-테스트"]);
    // Kept after Enter: keys are keys again, and the filter stands until Esc.
    story.keys("jk").await;
    assert_eq!(names(&story), ["웹-테스트"]);
    story.keys("<esc>").await;
    assert_eq!(names(&story).len(), 5);
}

#[tokio::test(start_paused = true)]
async fn rows_are_sorted_by_any_column() {
    let mut story = Stage::demo().open().await;
    assert_eq!(names(&story), ["batch-2", "old-db", "web-1", "win-office", "웹-테스트"]);
    story.keys("oage<enter>").await;
    assert_eq!(names(&story), ["batch-2", "웹-테스트", "win-office", "web-1", "old-db"]);
    story.keys("oage<enter>").await;
    assert_eq!(names(&story), ["old-db", "web-1", "win-office", "웹-테스트", "batch-2"]);
    story.keys("otype<enter>").await;
    assert_eq!(names(&story).first().map(String::as_str), Some("old-db"), "t2.micro comes first");
}

#[tokio::test(start_paused = true)]
async fn the_cursor_stays_on_its_row_over_filter_sort_and_refresh() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await;
    for keys in ["oage<enter>", "oage<enter>", "/env<enter>", "<esc>", "r", "z", "z"] {
        story.keys(keys).await;
        assert_eq!(story.app().selected_label().as_deref(), Some("web-1"), "after {keys}");
    }
}

#[tokio::test(start_paused = true)]
async fn zoom_shows_more_columns_and_comes_back() {
    let mut story = Stage::demo().size(140, 30).open().await;
    story.does_not_see("172.31.0.173").sees("legacy");
    story.keys("z").await;
    story.sees_in_one_line(&["old-db", "i-0", "172.31.0.173"]).does_not_see("203.0.113.120");
    story.keys("z").await;
    story.does_not_see("172.31.0.173").sees("203.0.113.120");
}

#[tokio::test(start_paused = true)]
async fn panes_are_reached_by_number_and_round_and_round() {
    let mut story = Stage::demo().open().await;
    for (keys, focus) in [
        ("2", PaneKind::SecurityGroups),
        ("4", PaneKind::KeyPairs),
        ("3", PaneKind::Addresses),
        ("<tab>", PaneKind::KeyPairs),
        ("<shift-tab><shift-tab>", PaneKind::SecurityGroups),
        ("1<shift-tab>", PaneKind::Details),
        ("<tab>", PaneKind::Instances),
    ] {
        story.keys(keys).await;
        assert_eq!(story.app().panes.focus, focus, "after {keys}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_belongs_to_the_selection_is_marked() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await;
    let related = |story: &Story, kind, name: &str| {
        let app = story.app();
        app.visible_ids(kind).into_iter().filter(|id| app.is_related(kind, id)).any(|id| match kind {
            PaneKind::SecurityGroups => app.inventory.groups.get(&id).is_some_and(|group| group.name == name),
            PaneKind::KeyPairs => app.inventory.key_pairs.get(&id).is_some_and(|pair| pair.name == name),
            PaneKind::Addresses => app.inventory.addresses.get(&id).is_some_and(|one| one.ip.to_string() == name),
            _ => app.inventory.instances.get(&id).is_some_and(|one| one.label() == name),
        })
    };
    for (kind, name) in
        [(PaneKind::SecurityGroups, "web"), (PaneKind::KeyPairs, "laptop"), (PaneKind::Addresses, "203.0.113.10")]
    {
        assert!(related(&story, kind, name), "{name} is not marked");
    }
    assert!(!related(&story, PaneKind::SecurityGroups, "legacy"));
    story.sees("▏ laptop").sees("▏ web").sees("▏ 203.0.113.10").does_not_see("▏ office");

    story.keys("4").await.select("office").await;
    assert!(related(&story, PaneKind::Instances, "win-office") && related(&story, PaneKind::Instances, "old-db"));
    assert!(!related(&story, PaneKind::Instances, "web-1"));
    story.sees_in_one_line(&["▏", "win-office"]);
}

#[tokio::test(start_paused = true)]
async fn the_address_and_the_ssh_command_are_copied() {
    let mut story = Stage::demo().open().await;
    story.select("web-1").await.keys("yY").await;
    assert_eq!(story.copied()[0], "203.0.113.10");
    assert!(
        story.copied()[1].starts_with("ssh ") && story.copied()[1].contains("ec2-user@203.0.113.10"),
        "{:?}",
        story.copied()
    );
    story.select("old-db").await.keys("y").await;
    assert!(story.copied()[2].starts_with("i-0"), "a stopped instance has no address: {:?}", story.copied());
    story.keys("3").await.select("203.0.113.120").await.keys("y").await;
    assert_eq!(story.copied()[3], "203.0.113.120");
    story.keys("1").await.select("win-office").await.keys("Y").await;
    assert_eq!(story.copied().len(), 4, "Windows has no ssh command");
}

#[tokio::test(start_paused = true)]
async fn enter_lists_what_can_be_done_and_why_the_rest_cannot() {
    let mut story = Stage::demo().open().await;
    story.select("old-db").await.keys("<enter>").await;
    story.says("key-start").says("key-stop").says("key-terminate").says("why-stopped-already");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("StartInstances"), 1, "the first item is Start, and it can be done");
}

#[tokio::test(start_paused = true)]
async fn the_details_scroll_to_their_end_and_no_further() {
    let mut story = Stage::demo().size(120, 24).open().await;
    story.select("web-1").await.keys("5").await;
    let top = story.screen();
    story.keys("Gjjjj").await;
    let end = story.screen();
    assert_ne!(top, end);
    story.keys("k").await;
    assert_ne!(story.screen(), end, "one line up from the end is one line up");
    story.keys("g").await;
    assert_eq!(story.screen(), top);
}

#[tokio::test(start_paused = true)]
async fn the_palette_finds_an_action_by_a_few_letters() {
    let mut story = Stage::demo().open().await;
    story.keys(":").await.says("palette-title");
    story.keys("zoom<enter>").await;
    assert!(story.app().panes.zoomed);
}

#[tokio::test(start_paused = true)]
async fn help_lists_the_keys_of_the_pane() {
    let mut story = Stage::demo().size(120, 60).open().await;
    story.keys("?").await;
    story.says("help-title").says("key-terminate").says("key-palette").says("key-zoom");
    story.keys("<esc>").await.does_not_say("help-title");
}

#[tokio::test(start_paused = true)]
async fn a_narrow_terminal_shows_one_pane_at_a_time() {
    let mut story = Stage::demo().size(80, 24).open().await;
    story.sees("web-1").does_not_see("legacy").does_not_see("203.0.113.120");
    story.says("pane-instances").says("pane-key-pairs");
    story.keys("2").await;
    story.sees("legacy").does_not_see("old-db");
    story.keys("3").await;
    story.sees("203.0.113.120").does_not_see("legacy");
    // Back to wide, everything is there again.
    story.resize(120, 30).await;
    story.sees("legacy").sees("old-db");
}

/// Every screen at every small size, and at sizes with one long side: whatever is cut, nothing panics.
#[tokio::test(start_paused = true)]
async fn no_size_is_too_small() {
    let mut sizes: Vec<(u16, u16)> = (1..=10).flat_map(|columns| (1..=10).map(move |rows| (columns, rows))).collect();
    sizes.extend([
        (0, 0),
        (0, 24),
        (80, 0),
        (1, 60),
        (200, 1),
        (200, 3),
        (3, 60),
        (20, 8),
        (40, 12),
        (60, 15),
        (79, 23),
        (400, 120),
    ]);
    for stage in [Stage::demo(), Stage::demo().korean()] {
        let mut story = stage.open().await;
        let steps = [
            "",
            "z",
            "z2",
            "3",
            "4",
            "5",
            "1?",
            "<esc>:",
            "<esc>o",
            "<esc>R",
            "<esc><enter>",
            "<esc>/web",
            "<esc>gjjd",
            "<esc>S",
            "<esc>n",
            "<enter>",
            "<enter>",
            "<enter>",
            "<enter>",
            "<enter>",
            "<enter>",
            "<ctrl-p>",
        ];
        for keys in steps {
            story.keys(keys).await;
            for (columns, rows) in &sizes {
                let mut app = story.app().clone();
                app.size = (*columns, *rows);
                screen::text(&app);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn ascii_signs_are_ascii() {
    let mut story = Stage::demo().with(|environment| environment.ascii = true).open().await;
    // Names are the account's own; everything else has a plain stand-in.
    let strange: Vec<char> = story.screen().replace("웹-테스트", "").chars().filter(|c| !c.is_ascii()).collect();
    assert!(strange.is_empty(), "{strange:?}\n{}", story.screen());
    story.keys("n").await;
    let strange: Vec<char> = story.screen().chars().filter(|c| !c.is_ascii()).collect();
    assert!(strange.is_empty(), "{strange:?}\n{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn a_thousand_instances_are_all_there() {
    let mut story = Stage::demo_of(|clock| ec2deck::demo::DemoAccount::large(clock, 1_000)).open().await;
    assert_eq!(story.app().inventory.instances.rows.len(), 1_000);
    story.keys("G").await;
    let last = names(&story).pop().expect("a row");
    story.sees(&last);
}
