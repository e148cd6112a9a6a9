//! The screens as they are, in both languages: whoever changes one sees it in the change. Accept with
//! `INSTA_UPDATE=always cargo test --test stories snapshots`.

use ec2deck::demo::{DemoAccount, DemoPlan};

use crate::support::{Stage, Story};

const SIZES: [(u16, u16); 2] = [(120, 30), (80, 24)];

fn stages((columns, rows): (u16, u16)) -> [(&'static str, Stage); 2] {
    [("en", Stage::demo().size(columns, rows)), ("ko", Stage::demo().korean().size(columns, rows))]
}

fn keep(story: &Story, name: &str, language: &str) {
    let (columns, rows) = story.app().size;
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(format!("{name}-{language}-{columns}x{rows}"), without_request_ids(&story.screen()));
    });
}

/// Request ids count the calls, and which of several reads is sent first is nobody's business.
fn without_request_ids(screen: &str) -> String {
    let is_id = |word: &str| word.len() == 36 && word.split('-').map(str::len).eq([8_usize, 4, 4, 4, 12]);
    let ids: Vec<&str> = screen.split_whitespace().filter(|word| is_id(word)).collect();
    ids.iter().fold(screen.to_owned(), |screen, id| screen.replace(id, "00000000-0000-0000-0000-000000000000"))
}

#[tokio::test(start_paused = true)]
async fn the_dashboard() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.select("web-1").await;
            keep(&story, "dashboard", language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_panes_zoomed() {
    for (language, stage) in stages(SIZES[0]) {
        let mut story = stage.open().await;
        for (keys, name) in
            [("1z", "instances"), ("2", "security-groups"), ("3", "addresses"), ("4", "key-pairs"), ("5", "details")]
        {
            story.keys(keys).await;
            keep(&story, name, language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_account() {
    for (language, stage) in [
        ("en", Stage::demo_of(ec2deck::demo::DemoAccount::empty)),
        ("ko", Stage::demo_of(ec2deck::demo::DemoAccount::empty).korean()),
    ] {
        keep(&stage.open().await, "empty", language);
    }
}

#[tokio::test(start_paused = true)]
async fn questions_lists_and_pages() {
    for (language, stage) in stages(SIZES[0]) {
        let mut story = stage.open().await;
        story.select("web-1").await;
        for (keys, name) in [
            ("<enter>", "menu"),
            ("<esc>S", "stop"),
            ("<esc>dweb", "terminate"),
            ("<esc>?", "help"),
            ("<esc>:stop", "palette"),
            ("<esc>R", "regions"),
        ] {
            story.keys(keys).await;
            keep(&story, name, language);
        }
        story.keys("<esc>").await;
        story.demo().set_credentials_expired(true);
        story.keys("r!").await;
        keep(&story, "problem", language);
    }
}

#[tokio::test(start_paused = true)]
async fn the_launch_steps() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.keys("n").await;
            for (name, keys) in [
                ("launch-1-image", "<enter>"),
                ("launch-2-type", "<enter>"),
                ("launch-3-details", "<enter>"),
                ("launch-4-storage", "f<enter>"),
                ("launch-5-tags", "web-2<enter>"),
                ("launch-6-group", "<enter>"),
                ("launch-7-review", ""),
            ] {
                keep(&story, name, language);
                story.keys(keys).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn security_groups_and_their_forms() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.keys("2").await.select("legacy").await;
            for (keys, name) in [
                ("e", "rules"),
                ("<enter>", "rule-edit"),
                ("<esc>n<tab>20-30<tab><right>", "rule-new"),
                ("<esc>d", "rule-delete"),
                ("<esc><esc>w", "close-to-me"),
                ("<esc>n", "group-new"),
                ("<esc>C", "group-copy"),
                ("<esc>d", "group-delete"),
                ("<esc>a", "group-attach"),
                ("<enter>", "group-effect"),
                ("<esc>t", "tags"),
            ] {
                story.keys(keys).await;
                keep(&story, name, language);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn key_pairs_and_their_forms() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.keys("4").await.select("laptop").await;
            for (keys, name) in
                [("nshop<tab><right><right>", "key-new"), ("<esc>I~/desk.pub", "key-import"), ("<esc>d", "key-delete")]
            {
                story.keys(keys).await;
                keep(&story, name, language);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn why_nobody_gets_in() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.select("old-db").await.keys("D").await;
            keep(&story, "doctor-stopped", language);
            story.keys("<esc>").await.select("win-office").await.keys("edy<esc>").await;
            story.demo().set_internet_route(ec2deck::demo::DemoRoute::Missing);
            // Nobody listens there; what answers at an address of the demo is for the network of this machine to say.
            assert!(story.demo().set_public_address("win-office", Some(std::net::Ipv4Addr::LOCALHOST)));
            story.keys("D").await;
            keep(&story, "doctor-windows", language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn remembered_hosts_and_ways_in() {
    for size in SIZES {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.select("web-1").await.keys("H").await;
            keep(&story, "hosts-question", language);
            story.keys("<esc>W").await;
            keep(&story, "ways-in", language);
            story.keys("<esc>").await.select("win-office").await.keys("W").await;
            keep(&story, "ways-in-windows", language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_it_costs_and_what_leaks() {
    for size in [(160, 45), (80, 24)] {
        let stage = || {
            let plan = DemoPlan::Allowances { hours: 412.0, address_hours: 380.0, gib_months: 11.5 };
            let account = move |clock| DemoAccount::lived_in(clock).with_plan(&plan);
            Stage::demo_of(account).size(size.0, size.1)
        };
        for (language, stage) in [("en", stage()), ("ko", stage().korean())] {
            let mut story = stage.open().await;
            story.keys("$").await;
            keep(&story, "costs", language);
            story.keys("M").await;
            keep(&story, "leaks", language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn stopping_by_itself() {
    for size in [(160, 45), (80, 24)] {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            story.keys("n<enter><enter><tab><tab><tab><tab><tab><right><tab>4h").await;
            keep(&story, "launch-3-auto-stop", language);
            story.keys("<esc>y").await.select("web-1").await;
            story.keys("A<tab>4h<tab><tab>").await.keys("arn:aws:iam::123456789012:role/ec2deck-auto-stop").await;
            keep(&story, "auto-stop", language);
            story.keys("<enter>").await;
            keep(&story, "auto-stop-set", language);
            story.keys("z").await;
            keep(&story, "auto-stop-zoomed", language);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn graphs_and_their_empty_and_refused_forms() {
    for size in [(160, 45), (120, 30), (80, 24)] {
        for (language, stage) in stages(size) {
            let mut story = stage.open().await;
            assert!(story.demo().set_load("web-1", 64.0, jiff::SignedDuration::from_mins(40)));
            story.select("web-1").await.keys("m").await;
            keep(&story, "metrics-hour", language);
            story.keys("4").await;
            keep(&story, "metrics-week", language);
            story.keys("<esc>").await.select("old-db").await.keys("m").await;
            keep(&story, "metrics-stopped", language);
            let denied = "User: x is not authorized to perform: cloudwatch:GetMetricData";
            story.demo().fail_next("GetMetricData", "AccessDenied", denied, 1);
            story.keys("2").await;
            keep(&story, "metrics-refused", language);
            story.keys("<esc>gz").await;
            keep(&story, "metrics-rows", language);
        }
    }
}
