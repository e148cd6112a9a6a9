//! Steps 6 and 7 and the run, on the screen: driven through the whole update function.

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::super::super::layout::cells;
use crate::app::App;
use crate::app::launch::Launch;
use crate::app::launch::testing::{Bench, instance, local_key, pair, refusal};
use crate::domain::id::{GroupId, InstanceId, KeyPairId, RuleId, VpcId};
use crate::domain::instance::{CheckResult, InstanceState, InstanceStatus};
use crate::domain::key_pair::KeyKind;
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{Peer, Rule, SecurityGroup, Traffic};
use crate::keymap::{Key, KeyCode};
use crate::message::{Effect, Found, LocalDone, Message, Page, Read, Reply, SessionId, Written};
use crate::text::Language;

const BOTH: [Language; 2] = [Language::English, Language::Korean];
const SIZES: [(u16, u16); 3] = [(160, 45), (80, 24), (20, 5)];

/// The program with its launch flow open.
struct Show {
    app: App,
    effects: Vec<Effect>,
}

impl Show {
    fn new(language: Language, mut bench: Bench) -> Self {
        bench.environment.language = language;
        let mut launch = None;
        bench.with(|world| launch = Some(Launch::open(world)));
        let (mut app, _) = App::start(bench.environment, (120, 30), Timestamp::UNIX_EPOCH);
        (app.catalog, app.inventory, app.launch) = (bench.catalog, bench.inventory, launch);
        app.session.info.region = Some(bench.region);
        Self { app, effects: vec![] }
    }

    fn at_group(language: Language) -> Self {
        let mut show = Self::new(language, Bench::ready());
        show.keys("enter enter enter enter");
        show.text("web-1");
        show.keys("enter");
        show
    }

    fn at_review(language: Language) -> Self {
        let mut show = Self::at_group(language);
        show.keys("s t enter");
        show
    }

    fn update(&mut self, message: Message) {
        self.effects = self.app.update(message, self.app.now);
    }

    fn keys(&mut self, names: &str) {
        for name in names.split(' ') {
            self.update(Message::Key(Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"))));
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.update(Message::Key(Key::plain(KeyCode::Char(c))));
        }
    }

    fn key_written(&mut self) {
        let id = self.effects.iter().find_map(|effect| match effect {
            Effect::Local { id, .. } => Some(*id),
            _ => None,
        });
        let outcome = Ok(LocalDone::KeyWritten(local_key("web-1")));
        self.update(Message::Reply(Box::new(Reply::Local { id: id.unwrap(), outcome })));
    }

    fn written(&mut self, outcome: Result<Written, Problem>) {
        let id = self.effects.iter().find_map(|effect| match effect {
            Effect::Write { id, .. } => Some(*id),
            _ => None,
        });
        self.update(Message::Reply(Box::new(Reply::Write { id: id.unwrap(), session: SessionId(1), outcome })));
    }

    fn read(&mut self, read: Read, outcome: Result<Found, Problem>) {
        self.update(Message::Reply(Box::new(Reply::Read { session: SessionId(1), read, outcome })));
    }

    fn launched(&mut self, count: usize) {
        self.key_written();
        self.written(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
        self.written(Ok(Written::Group(GroupId::new("sg-0123456789abcdef0"))));
        self.written(Ok(Written::Rules(vec![])));
        let rows = |state| (1..=count).map(|n| instance(&format!("i-{n}"), state)).collect::<Vec<_>>();
        self.written(Ok(Written::Launched(rows(InstanceState::Pending))));
        let ids = rows(InstanceState::Pending).into_iter().map(|one| one.id).collect();
        let page = Page { rows: rows(InstanceState::Running), more: false };
        self.read(Read::InstancesById(ids), Ok(Found::Instances(page)));
    }

    fn checks(&mut self, result: CheckResult) {
        let rows = vec![InstanceStatus {
            id: InstanceId::new("i-1"),
            system: CheckResult::Ok,
            instance: result,
            events: vec![],
        }];
        self.read(Read::InstanceStatuses, Ok(Found::InstanceStatuses(Page { rows, more: false })));
    }

    fn screen(&self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let launch = self.app.launch.as_ref().expect("the flow is open");
        terminal.draw(|frame| super::super::draw(&self.app, launch, frame, frame.area())).unwrap();
        let buffer = terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..height {
            let mut x = 0;
            let mut line = String::new();
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += cells(crate::ui::words::width(symbol)).max(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[track_caller]
fn assert_has(screen: &str, needles: &[&str]) {
    for needle in needles {
        assert!(screen.contains(needle), "{needle} is not on\n{screen}");
    }
}

fn groups() -> Vec<SecurityGroup> {
    let group = |id: &str, name: &str, peer: &str| SecurityGroup {
        id: GroupId::new(id),
        name: name.to_owned(),
        description: String::new(),
        vpc: Some(VpcId::new("vpc-1")),
        inbound: vec![Rule {
            id: RuleId::new("sgr-1"),
            traffic: Traffic::Tcp(22, 22),
            peer: Peer::V4(peer.parse().unwrap()),
            description: None,
            tags: vec![],
        }],
        outbound: vec![],
        tags: vec![],
    };
    vec![group("sg-1", "legacy", "0.0.0.0/0"), group("sg-2", "office", "203.0.113.0/24")]
}

/// Every state of these screens that looks different.
fn shows(language: Language) -> Vec<(&'static str, Show)> {
    let mut shows = vec![("group", Show::at_group(language))];
    let with = |name: &'static str, mut show: Show, work: &dyn Fn(&mut Show)| {
        work(&mut show);
        (name, show)
    };
    shows.push(with("group with rules", Show::at_group(language), &|show| show.keys("s h t right right 1 0")));
    shows.push(with("group open to the world", Show::at_group(language), &|show| show.keys("up right")));
    shows.push(with("group with errors", Show::at_group(language), &|show| {
        show.keys("a enter 0 enter");
        show.app.catalog.my_ip = crate::app::remote::Remote::default();
        show.keys("enter");
    }));
    shows.push(with("group name wrong", Show::at_group(language), &|show| {
        show.keys("down");
        show.text("웹");
        show.keys("enter");
    }));
    shows.push(with("existing groups", Show::at_group(language), &|show| {
        show.app.inventory.groups.put(groups());
        show.keys("right down space down space");
    }));
    shows.push(with("no existing groups", Show::at_group(language), &|show| show.keys("right")));
    shows.push(("review", Show::at_review(language)));
    let refused = || Problem {
        cause: Cause::NotAllowed { action: "ec2:RunInstances".to_owned() },
        ..refusal("UnauthorizedOperation")
    };
    let dry_run = |show: &mut Show, outcome| {
        let plan = Box::new(crate::app::launch::testing::plan(1));
        show.read(Read::LaunchDryRun { plan }, outcome);
    };
    shows.push(with("review allowed", Show::at_review(language), &|show| dry_run(show, Ok(Found::LaunchAllowed))));
    shows.push(with("review refused", Show::at_review(language), &|show| dry_run(show, Err(refused()))));
    shows.push(with("review typing the key's name", Show::at_review(language), &|show| show.keys("up x")));
    shows.push(with("review existing key", Show::at_review(language), &|show| {
        show.app.inventory.key_pairs.put([pair("laptop", KeyKind::Ed25519), pair("other", KeyKind::Ed25519)]);
        show.keys("up up right down");
    }));
    shows.push(with("review without key", Show::at_review(language), &|show| show.keys("up up right")));
    shows.push(with("run begins", Show::at_review(language), &|show| show.keys("enter")));
    shows.push(with("run failed", Show::at_review(language), &|show| {
        show.keys("enter");
        show.key_written();
        show.written(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
        show.written(Err(refused()));
    }));
    shows.push(with("run removed", Show::at_review(language), &|show| {
        show.keys("enter");
        show.key_written();
        show.written(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
        show.written(Err(refused()));
        show.keys("x y");
        show.written(Ok(Written::Done));
    }));
    shows.push(with("run waits for checks", Show::at_review(language), &|show| {
        show.keys("enter");
        show.launched(1);
        show.checks(CheckResult::Initializing);
    }));
    shows.push(with("run done", Show::at_review(language), &|show| {
        show.keys("enter");
        show.launched(1);
        show.checks(CheckResult::Ok);
    }));
    shows.push(with("run impaired", Show::at_review(language), &|show| {
        show.keys("enter");
        show.launched(1);
        show.checks(CheckResult::Impaired);
    }));
    shows.push(with("run of three", Show::at_review(language), &|show| {
        show.keys("enter");
        show.launched(3);
    }));
    shows
}

#[test]
fn every_state_draws_at_any_size_in_both_languages() {
    for language in BOTH {
        for (name, show) in shows(language) {
            for (width, height) in SIZES.into_iter().chain([(1, 1), (2, 30), (40, 8), (300, 3), (92, 10)]) {
                let screen = show.screen(width, height);
                assert!(!screen.contains("{$") && !screen.contains("Unknown localization"), "{name}\n{screen}");
            }
        }
    }
}

#[test]
fn the_screens_say_what_matters() {
    for (name, needles) in [
        (
            "group",
            vec![
                "web-1-sg",
                "made by ec2deck for web-1",
                "SSH",
                "22",
                "my IP  198.51.100.7/32",
                "SSH (22) answers only",
            ],
        ),
        ("group with rules", vec!["HTTPS", "443", "anywhere  0.0.0.0/0", "custom TCP", "8080"]),
        ("group open to the world", vec!["attacked within minutes"]),
        ("group with errors", vec!["One port or a range", "type your address"]),
        ("group name wrong", vec!["EC2 does not take 웹 here"]),
        ("existing groups", vec!["[x] legacy", "sg-1", "1 rule", "lets you in", "open to the world", "[x] office"]),
        ("review", vec!["t3.micro", "new group web-1-sg", "asking AWS", "[ Launch 1 instance ]", "~/.ssh first"]),
        ("review allowed", vec!["AWS would allow this launch"]),
        ("review refused", vec!["AWS would refuse this launch", "ec2:RunInstances"]),
        ("review existing key", vec!["‹ laptop ›", "not on this machine"]),
        ("review without key", vec!["Without a key pair"]),
        (
            "run failed",
            vec!["Security group", "private key file ~/.ssh/web-1.pem", "key pair web-1", "ec2:RunInstances"],
        ),
        ("run removed", vec!["Everything is removed", "~/.ssh/web-1.pem stays"]),
        ("run waits for checks", vec!["0 of 1 passed", "203.0.113.9", "ssh -i ~/.ssh/web-1.pem ec2-user@203.0.113.9"]),
        ("run done", vec!["Your server runs", "ssh -i ~/.ssh/web-1.pem ec2-user@203.0.113.9"]),
        ("run impaired", vec!["A status check has failed: i-1"]),
        ("run of three", vec!["i-1", "i-2", "i-3"]),
    ] {
        for (width, height) in [(160, 45), (80, 24)] {
            let shown = shows(Language::English).into_iter().find(|(other, _)| *other == name).unwrap().1;
            // A note at the right end of a step is cut in a narrow terminal; sentences are wrapped.
            let screen = shown.screen(width, height);
            let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
            for needle in &needles {
                let needle = needle.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_has(&flat, &[&needle]);
            }
        }
    }
}

#[test]
fn where_text_is_typed_the_cursor_of_the_terminal_stands() {
    for name in ["group with rules", "review typing the key's name"] {
        let show = shows(Language::Korean).into_iter().find(|(other, _)| *other == name).unwrap().1;
        for (width, height) in SIZES {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            let launch = show.app.launch.as_ref().unwrap();
            terminal.draw(|frame| super::super::draw(&show.app, launch, frame, frame.area())).unwrap();
            let at = terminal.get_cursor_position().unwrap();
            assert!(at.x < width && at.y < height);
            assert!((at.x, at.y) != (0, 0) || height < 6, "{name} {width}x{height}");
        }
    }
}
