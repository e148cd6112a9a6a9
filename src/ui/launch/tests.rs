use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::app::launch::sample::{catalog, environment, image, key, mapping, now, page, problem, volume};
use crate::app::outbox::Outbox;
use crate::app::remote::Remote;
use crate::app::world::World;
use crate::domain::image::Architecture;
use crate::message::{Effect, LocalDone};

/// An app with a launch beside it, which is how `update` sees the two.
struct Stage {
    app: App,
    launch: Launch,
    outbox: Outbox,
}

impl Stage {
    fn new(language: Language) -> Self {
        let (mut app, _) = App::start(environment(language), (120, 30), now());
        app.catalog = catalog();
        app.inventory.volumes.page(page(vec![volume(12)]), now(), |_| false);
        let mut outbox = Outbox::new("run".to_owned());
        let launch = with_world(&mut app, &mut outbox, Launch::open);
        Self { app, launch, outbox }
    }

    fn press(&mut self, keys: &[&str]) -> &mut Self {
        for name in keys {
            let launch = &mut self.launch;
            with_world(&mut self.app, &mut self.outbox, |world| launch.key(key(name), world));
        }
        self
    }

    fn screen(&self, width: u16, height: u16) -> String {
        self.render(width, height).0
    }

    fn render(&self, width: u16, height: u16) -> (String, bool) {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut cursor = false;
        terminal.draw(|frame| draw(&self.app, &self.launch, frame, frame.area())).unwrap();
        if terminal.get_cursor_position().is_ok_and(|position| position.x > 0 || position.y > 0) {
            cursor = true;
        }
        let buffer = terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..height {
            let mut line = String::new();
            let mut x = 0;
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += cells(words::width(symbol)).max(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        (text, cursor)
    }
}

fn with_world<T>(app: &mut App, outbox: &mut Outbox, work: impl FnOnce(&mut World<'_>) -> T) -> T {
    let mut world = World {
        environment: &app.environment,
        inventory: &mut app.inventory,
        catalog: &mut app.catalog,
        prices: None,
        outbox,
        region: app.session.info.region.as_ref(),
        profile: "default",
        now: now(),
        wishes: Vec::new(),
    };
    work(&mut world)
}

/// Asserts that a screen has all of these.
fn assert_has(screen: &str, needles: &[&str]) {
    for needle in needles {
        assert!(screen.contains(needle), "{needle} is not on\n{screen}");
    }
}

const BOTH: [Language; 2] = [Language::English, Language::Korean];

/// To each of the first five steps, and what must be on its screen whatever the size.
fn stages(language: Language) -> Vec<(Step, Stage, &'static str)> {
    let texts = ["ami-al2023", "t3.micro", "IMDSv2", "/dev/xvda", "Name"];
    let mut all = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        let mut stage = Stage::new(language);
        for _ in 0..index {
            stage.press(&["enter"]);
        }
        all.push((Step::ALL[index], stage, text));
    }
    all
}

#[test]
fn enter_leads_through_all_steps_and_every_screen_shows_its_step() {
    for language in BOTH {
        for (step, stage, text) in stages(language) {
            assert_eq!(stage.launch.step, step);
            for (width, height) in [(160, 44), (120, 29), (100, 29), (80, 23)] {
                let screen = stage.screen(width, height);
                let title = step_title(step, language);
                assert_has(&screen, &[text, &title, "ap-northeast-2"]);
                assert!(screen.lines().count() == usize::from(height));
            }
        }
    }
}

#[test]
fn no_size_is_too_small() {
    for language in BOTH {
        for (_, mut stage, _) in stages(language) {
            for (width, height) in
                [(1, 1), (2, 2), (5, 3), (20, 5), (20, 1), (1, 30), (40, 8), (300, 3), (91, 9), (92, 10), (112, 13)]
            {
                stage.screen(width, height);
            }
            // With errors, and with a field that is typed into.
            stage.press(&["/", "down", "tab", "x", "enter"]);
            for (width, height) in [(1, 1), (20, 5), (33, 7), (80, 23)] {
                stage.screen(width, height);
            }
        }
    }
}

#[test]
fn the_frame_has_three_columns_when_wide_and_one_when_narrow() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["enter", "enter"]);
    let wide = stage.screen(120, 29);
    assert_has(
        &wide,
        &["✓ 1 Image", "✓ 2 Instance type", "▸ 3 Details", "  4 Storage", "What will be made", "Esc leave"],
    );
    assert!(!wide.contains("step 3 of 7"), "{wide}");
    let narrow = stage.screen(80, 23);
    assert_has(&narrow, &["step 3 of 7 · Details", "Amazon Linux 2023 · t3.micro · 8 GiB gp3"]);
    assert!(!narrow.contains("What will be made"), "{narrow}");
    assert!(!stage.screen(80, 12).contains("8 GiB gp3"), "no room for a summary");
}

#[test]
fn going_back_keeps_the_marks_of_what_was_answered() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["enter", "enter", "enter", "shift-tab", "shift-tab"]);
    let screen = stage.screen(120, 29);
    assert_has(&screen, &["✓ 1 Image", "▸ 2 Instance type", "✓ 3 Details", "  4 Storage"]);
}

#[test]
fn the_image_step_shows_what_is_there_and_what_is_missing() {
    let mut stage = Stage::new(Language::English);
    let screen = stage.screen(120, 29);
    assert_has(
        &screen,
        &[
            "‹ Quick start ›",
            "x86_64",
            "not in this region",
            "2026-11-10",
            "ec2-user",
            "deprecated",
            "/dev/xvda",
            "made by AWS for EC2",
        ],
    );
    let korean = Stage::new(Language::Korean).screen(120, 29);
    assert_has(&korean, &["‹ 빠른 시작 ›", "이 리전에 없음", "사용 중단", "생성될 항목"]);
    stage.press(&["j", "j"]);
    assert_has(&stage.screen(120, 29), &["Deprecated since 2026-06-30", "! The image is deprecated"]);
    stage.press(&["G"]);
    assert_has(&stage.screen(120, 29), &["Administrator", "30 GiB"]);
}

#[test]
fn loading_and_failure_are_said_in_place() {
    let mut stage = Stage::new(Language::English);
    let images = stage.app.catalog.quick_start.get_mut(&Architecture::X86_64).unwrap();
    *images = Remote::default();
    images.ask();
    assert_has(&stage.screen(120, 29), &["Reading the images", "Amazon Linux 2023", "…"]);
    stage.app.catalog.quick_start.get_mut(&Architecture::X86_64).unwrap().answer(Err(problem()), now());
    assert_has(&stage.screen(120, 29), &["✗", "Press Enter to ask again", "DescribeThings · InternalError · no"]);
    stage.press(&["l"]);
    stage.app.catalog.my_images.answer(Ok(Vec::new()), now());
    assert_has(&stage.screen(120, 29), &["no images of its own"]);
}

#[test]
fn a_search_shows_its_words_and_its_owner() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["/", "n", "g"]);
    let (screen, cursor) = stage.render(120, 29);
    assert_has(&screen, &["/ AMI id or name ng"]);
    assert!(cursor);
    stage.press(&["enter"]);
    let mut stranger = image("ami-stranger", Architecture::X86_64, "/dev/xvda", 8);
    stranger.owner = "444455556666".to_owned();
    stranger.owner_alias = None;
    stage.app.catalog.found_images.answer(Ok(vec![stranger]), now());
    assert_has(&stage.screen(120, 29), &["name-of-ami-stranger", "444455556666", "launch it only if you trust them"]);
    stage.app.catalog.found_images.answer(Ok(vec![]), now());
    assert_has(&stage.screen(80, 23), &["No image found for ng", "for any text: *nginx*"]);
}

#[test]
fn the_type_step_explains_credits_and_eligibility() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["enter"]);
    let screen = stage.screen(120, 29);
    assert_has(
        &screen,
        &[
            "6 types for x86_64",
            "TYPE",
            "free-tier eligible",
            "EC2's default (t3: unlimited)",
            "(x) standard",
            "Earns 12 credits an hour, keeps 288",
            "Baseline: 10 %",
            "the safer choice for money",
        ],
    );
    let cursor = screen.lines().find(|line| line.contains('▌')).unwrap();
    assert!(cursor.contains("t3.micro"), "{screen}");
    stage.press(&["c"]);
    assert_has(&stage.screen(80, 23), &["(x) unlimited", "billed"]);
    stage.press(&["G"]);
    let screen = stage.screen(120, 29);
    assert_has(&screen, &["Not free-tier eligible", "24", "48 GiB"]);
    assert!(!screen.contains("Earns"), "{screen}");
    stage.press(&["/", "t", "2"]);
    let (screen, cursor) = stage.render(120, 29);
    assert_has(&screen, &["/ t2", "1 of 6"]);
    assert!(cursor);
}

#[test]
fn without_an_eligible_type_the_step_says_so() {
    let mut stage = Stage::new(Language::English);
    for row in &mut stage.app.catalog.types.rows {
        row.free_tier_eligible = false;
    }
    stage.press(&["enter"]);
    assert_has(&stage.screen(120, 29), &["AWS marks no type as free-tier eligible"]);
    stage.press(&["enter"]);
    assert_has(&stage.screen(80, 23), &["Choose a type first"]);
}

#[test]
fn windows_on_little_memory_is_warned_about() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["G", "enter"]);
    assert_has(&stage.screen(120, 29), &["Windows Server is very slow with 1 GiB"]);
}

#[test]
fn the_details_step_shows_hints_errors_and_the_file() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["enter", "enter", "backspace", "5", "0", "enter"]);
    let screen = stage.screen(120, 29);
    assert_has(&screen, &["▌ Instances", "Enter a number from 1 to 20", "default  vpc-default"]);
    stage.press(&["backspace", "tab", "tab", "tab"]);
    assert_has(&stage.screen(80, 23), &["‹ as the subnet says: yes ›", "cost"]);
    stage.press(&["down", "down", "down", "down", "down", "down", "u", "enter"]);
    assert_has(&stage.screen(120, 29), &["Reading the file"]);
    let local = stage.outbox.take().into_iter().find_map(|effect| match effect {
        Effect::Local { id, .. } => Some(id),
        _ => None,
    });
    let done = Ok(LocalDone::UserData(crate::domain::launch_plan::UserData::new(vec![b'#'; 12])));
    let Stage { app, launch, outbox } = &mut stage;
    with_world(app, outbox, |world| launch.on_local(local.unwrap(), &done, world));
    assert_eq!(stage.launch.step, Step::Storage, "Enter waited for the file");
    stage.press(&["shift-tab"]);
    assert_has(&stage.screen(120, 29), &["Read: 12 bytes", "user data u", "5 instances"]);
}

#[test]
fn the_storage_step_shows_the_meter() {
    let mut stage = Stage::new(Language::English);
    stage.press(&["enter", "enter", "enter"]);
    let screen = stage.screen(120, 29);
    assert_has(
        &screen,
        &[
            "Root volume /dev/xvda",
            "Size in GiB",
            "IOPS",
            "12 of 30 GiB used in this region now, 20 after",
            "█▓",
            "15 July 2025",
            "20 of 30 GiB allowance",
        ],
    );
    stage.press(&["f"]);
    assert_has(&stage.screen(120, 29), &["30 after this launch", "18 GiB gp3"]);
    stage.press(&["a"]);
    let screen = stage.screen(80, 23);
    assert_has(&screen, &["Volume /dev/sdf"]);
    assert!(screen.lines().any(|line| line.contains("▌ Size in GiB")), "{screen}");
    assert_has(
        &stage.screen(120, 29),
        &["38 after", "More storage than the allowance", "18 GiB gp3 and one more, 8 GiB"],
    );
    let korean = {
        let mut stage = Stage::new(Language::Korean);
        stage.press(&["enter", "enter", "enter"]);
        stage.screen(120, 29)
    };
    assert_has(&korean, &["루트 볼륨 /dev/xvda", "30 GiB 중 12 GiB 사용, 시작 후 20 GiB"]);
}

#[test]
fn what_an_image_brings_is_named() {
    let mut stage = Stage::new(Language::English);
    let images = stage.app.catalog.quick_start.get_mut(&Architecture::X86_64).unwrap();
    images.value.as_mut().unwrap()[0].1.mappings.push(mapping("/dev/sdb", 4));
    stage.press(&["enter", "enter", "enter"]);
    assert_has(&stage.screen(160, 44), &["The image also brings /dev/sdb, 4 GiB gp3"]);
}

#[test]
fn tags_stand_in_two_columns_in_any_language() {
    let mut stage = Stage::new(Language::Korean);
    stage.press(&["enter", "enter", "enter", "enter"]);
    stage.press(&["웹", "1", "tab", "팀", "tab", "플", "tab", "e", "n", "v", "tab", "x"]);
    let (screen, cursor) = stage.render(120, 29);
    assert!(cursor);
    let column = |needle: &str| {
        let line = screen.lines().find(|line| line.contains(needle)).unwrap_or_else(|| panic!("{needle}\n{screen}"));
        words::width(line.split(needle).next().unwrap())
    };
    assert_eq!(column("팀"), column("env"), "{screen}");
    assert_eq!(column("플"), column("웹1"), "{screen}");
    assert_has(&screen, &["팀", "env", "네트워크 인터페이스"]);
    stage.press(&["tab", "a", "w", "s", ":", "enter"]);
    assert_has(&stage.screen(80, 23), &["aws:로 시작할 수 없습니다"]);
}

#[test]
fn plain_signs_are_plain() {
    let mut stage = Stage::new(Language::English);
    stage.app.environment.ascii = true;
    for _ in 0..5 {
        let screen = stage.screen(120, 29);
        assert!(screen.is_ascii(), "{screen}");
        stage.press(&["enter"]);
    }
}
