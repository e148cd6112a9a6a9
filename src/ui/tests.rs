//! The whole screen in many states, sizes and both languages.

use super::fixture::{self, drawn, lines, press, tell, text};
use super::words;
use crate::app::App;
use crate::app::modal::{Confirm, Modal, PageContent, PageModal, Then};
use crate::app::notice::Tone;
use crate::domain::problem::Cause;
use crate::domain::region::Region;
use crate::message::{Read, Reply, SessionId};
use crate::text;
use crate::text::Language;

const SIZES: [(u16, u16); 14] = [
    (200, 60),
    (160, 45),
    (120, 30),
    (100, 24),
    (80, 24),
    (60, 15),
    (40, 10),
    (24, 7),
    (20, 6),
    (10, 4),
    (5, 3),
    (3, 2),
    (2, 1),
    (1, 1),
];
const LANGUAGES: [Language; 2] = [Language::English, Language::Korean];

/// States that look different, each with a name.
fn states(language: Language) -> Vec<(&'static str, App)> {
    let mut states: Vec<(&'static str, App)> = vec![
        ("starting", fixture::starting(language)),
        ("reading", fixture::opened(language)),
        ("empty", fixture::empty(language)),
        ("large", fixture::large(language)),
        ("expired", expired(language)),
        ("bad profile", bad_profile(language)),
        ("failed", failed(language)),
        ("first region", no_region(language)),
    ];
    for (name, keys) in [
        ("small", ""),
        ("groups", "2"),
        ("addresses", "3"),
        ("key pairs", "4"),
        ("details", "5 j j"),
        ("zoomed", "z"),
        ("marked", "space space"),
        ("filtering", "/ w e b"),
        ("filtered away", "/ x y z enter"),
        ("menu", "enter"),
        ("palette", ": r e"),
        ("region", "R"),
        ("sort", "o"),
        ("sorted", "o down enter"),
        ("stop", "S"),
        ("terminate", "d w e b"),
        ("several", "ctrl-a d"),
        ("help", "?"),
        ("help scrolled", "? G"),
        ("refused", "4 s"),
    ] {
        let mut app = fixture::small(language);
        press(&mut app, keys);
        states.push((name, app));
    }
    for (name, content) in [
        ("problem", PageContent::Problem(Box::new(fixture::problem(Cause::ExpiredCredentials)))),
        (
            "outcomes",
            PageContent::Outcomes {
                action: crate::domain::instance::InstanceAction::Stop,
                results: vec![
                    ("web-1".to_owned(), Ok(())),
                    ("결제-서버".to_owned(), Err(fixture::problem(Cause::Throttled))),
                ],
            },
        ),
        ("commands", PageContent::Commands(vec!["aws ec2 run-instances --image-id ami-1".to_owned(); 60])),
    ] {
        let mut app = fixture::small(language);
        app.modals.push(Modal::Page(PageModal { content, scroll: 3 }));
        states.push((name, app));
    }
    states
}

fn expired(language: Language) -> App {
    let mut app = fixture::opened(language);
    for read in [Read::Instances, Read::SecurityGroups, Read::Addresses, Read::KeyPairs] {
        let outcome = Err(fixture::problem(Cause::ExpiredCredentials));
        tell(&mut app, Reply::Read { session: SessionId(1), read, outcome });
    }
    app
}

fn bad_profile(language: Language) -> App {
    let mut app = fixture::starting(language);
    let outcome = Err(fixture::problem(Cause::BadProfile));
    tell(&mut app, Reply::Session { session: SessionId(1), outcome });
    app
}

fn failed(language: Language) -> App {
    let mut app = fixture::small(language);
    let outcome = Err(fixture::problem(Cause::Throttled));
    tell(&mut app, Reply::Read { session: SessionId(1), read: Read::Instances, outcome });
    app
}

fn no_region(language: Language) -> App {
    let mut app = fixture::starting(language);
    tell(&mut app, Reply::Session { session: SessionId(1), outcome: Ok(fixture::session(None)) });
    app
}

#[test]
fn every_state_draws_at_every_size_in_both_languages() {
    for language in LANGUAGES {
        for ascii in [false, true] {
            for (name, mut app) in states(language) {
                app.environment.ascii = ascii;
                for (columns, rows) in SIZES {
                    let buffer = drawn(&app, columns, rows);
                    let shown = buffer.content.iter().filter(|cell| cell.symbol() != " ").count();
                    assert!(shown > 0 || columns < 10, "{name} shows nothing at {columns}x{rows}");
                }
            }
        }
    }
}

#[test]
fn an_ascii_screen_in_english_is_ascii() {
    for (name, mut app) in states(Language::English) {
        app.environment.ascii = true;
        for line in lines(&app, 120, 30) {
            // Names that come from the account are what they are, and so are the quotes around a filter.
            let odd: Vec<char> =
                line.chars().filter(|c| !c.is_ascii() && !('가'..='힣').contains(c) && !"“”".contains(*c)).collect();
            assert!(odd.is_empty(), "{name}: {odd:?} in {line}");
        }
    }
}

/// The cells where a column begins in a line, counting wide characters as the terminal does.
fn column_of(line: &str, word: &str) -> Option<usize> {
    line.find(word).map(|index| words::width(&line[..index]))
}

#[test]
fn columns_line_up_in_both_languages() {
    for language in LANGUAGES {
        let app = fixture::small(language);
        for (columns, rows) in [(160, 45), (120, 30), (80, 24)] {
            let screen = lines(&app, columns, rows);
            let row = |name: &str| screen.iter().find(|line| line.contains(name)).unwrap().clone();
            let states: Vec<usize> =
                [("● web-1", "state-running"), ("◐ batch-2", "state-pending"), ("○ 결제-서버", "state-stopped")]
                    .into_iter()
                    .map(|(name, state)| column_of(&row(name), &language.say(state)).unwrap())
                    .collect();
            assert!(states.iter().all(|x| *x == states[0]), "{language:?} {columns}x{rows}: {states:?}");
            let types: Vec<usize> = [("● web-1", "t3.micro"), ("◐ batch-2", "t3.small"), ("○ 결제-서버", "t2.micro")]
                .into_iter()
                .map(|(name, kind)| column_of(&row(name), kind).unwrap())
                .collect();
            assert!(types.iter().all(|x| *x == types[0]), "{language:?} {columns}x{rows}: {types:?}");
        }
    }
}

#[test]
fn borders_are_straight_in_both_languages() {
    for language in LANGUAGES {
        for (name, app) in states(language) {
            if !app.modals.is_empty() {
                continue;
            }
            let screen = lines(&app, 120, 30);
            // Header and footer have no border; everything between ends with one.
            for line in &screen[1..29] {
                assert_eq!(words::width(line), 120, "{language:?} {name}: {line}");
                assert!(line.ends_with(['│', '╮', '╯', '┃']), "{language:?} {name}: {line}");
            }
        }
    }
}

#[test]
fn the_selected_instance_marks_what_belongs_to_it() {
    let mut app = fixture::small(Language::English);
    press(&mut app, "/ w e b - 1 enter");
    let screen = lines(&app, 120, 30);
    let line = |word: &str| screen.iter().find(|line| line.contains(word)).unwrap();
    assert!(line("● web-1").contains("▌"));
    assert!(line("│▏ web ").contains("3 rules"));
    assert!(screen.iter().any(|line| line.starts_with("│▏ 52.79.10.4")), "{}", screen.join("\n"));
    assert!(screen.iter().any(|line| line.contains("▏ laptop")));
    assert!(!line("legacy").contains("▏"));
}

#[test]
fn details_say_what_people_look_up() {
    let mut app = fixture::small(Language::English);
    press(&mut app, "/ w e b - 1 enter");
    let screen = text(&app, 200, 60);
    for word in [
        "running for 3 h 12 m",
        "status 2/2 passed",
        "ec2-user",
        "ami-0123456789abcdef0",
        "52.79.10.4  Elastic IP",
        "~/.ssh/laptop.pem",
        "my IP",
        "anywhere",
        "30 GiB gp3",
        "deleted with it",
        "encrypted",
        "vpc-0a1b2c3d",
        "subnet-7b00000000000e1",
        "IMDSv2 required",
        "2026-11-20 08:48:00 UTC",
        "ec2-52-79-10-4.ap-northeast-2.compute.amazonaws.com",
        "결제 서비스",
    ] {
        assert!(screen.contains(word), "{word} is missing in\n{screen}");
    }
}

#[test]
fn the_header_says_where_we_are_and_degrades_in_order() {
    let mut app = fixture::small(Language::English);
    assert!(lines(&app, 120, 30)[0].starts_with(" ec2deck  default · 1234-5678-9012 · Seoul ap-northeast-2"));
    assert!(lines(&app, 120, 30)[0].ends_with("2 running  1 idle IP   read just now"));
    app.environment.read_only = true;
    app.environment.demo = true;
    for (columns, words) in [(200, vec!["DEMO", "READ-ONLY", "1234-5678-9012"]), (30, vec!["DEMO", "READ-ONLY"])] {
        let header = lines(&app, columns, 30)[0].clone();
        assert!(words.iter().all(|word| header.contains(word)), "{header}");
    }
}

#[test]
fn data_gets_older_in_steps() {
    let mut app = fixture::small(Language::English);
    for (seconds, said) in [(4, "read just now"), (7, "read 5 s ago"), (59, "read 55 s ago"), (130, "read 2 m ago")] {
        app.now = fixture::now() + jiff::SignedDuration::from_secs(seconds);
        assert!(lines(&app, 120, 30)[0].contains(said), "{seconds}: {}", lines(&app, 120, 30)[0]);
    }
}

#[test]
fn the_footer_names_no_key_that_cannot_act() {
    let mut app = fixture::small(Language::English);
    let footer = |app: &App| lines(app, 120, 30)[29].clone();
    press(&mut app, "/ w e b - 1 enter");
    let running = footer(&app);
    assert!(running.contains("S stop") && running.contains("d terminate"), "{running}");
    assert!(!running.contains("s start"), "{running}");

    let mut read_only = fixture::small(Language::English);
    read_only.environment.read_only = true;
    let said = footer(&read_only);
    assert!(!said.contains("launch") && !said.contains("stop"), "{said}");
    assert!(said.contains("? help"), "{said}");

    let empty = fixture::empty(Language::English);
    let said = footer(&empty);
    assert!(said.contains("n launch") && !said.contains("/ filter") && !said.contains("Enter"), "{said}");

    press(&mut app, "d");
    let asked = footer(&app);
    assert!(!asked.contains("Enter"), "the word is not typed yet: {asked}");
}

#[test]
fn a_long_notice_is_read_whole() {
    let mut app = fixture::small(Language::English);
    let words: Vec<String> = (1..40).map(|n| format!("word{n}")).collect();
    app.notify(text!("words", words = words.join(" ")), Tone::Good);
    let screen = lines(&app, 120, 24);
    assert!(screen[23].contains("word39"), "{}", screen[23]);
    assert!(words.iter().all(|word| screen.join("\n").contains(word)));
}

#[test]
fn on_a_low_screen_a_question_keeps_its_last_words() {
    let mut app = fixture::small(Language::English);
    let lines_of = (1..40).map(|n| text!("words", words = format!("line{n}"))).collect();
    let (title, then) = (text!("words", words = "the question"), Then::Quit);
    app.modals.push(Modal::Confirm(Confirm { title, lines: lines_of, typed: None, yes: false, danger: true, then }));
    let screen = text(&app, 80, 24);
    for kept in ["the question", "…", "line39", "Yes"] {
        assert!(screen.contains(kept), "{kept}: {screen}");
    }
}

#[test]
fn help_stays_in_the_footer_however_narrow() {
    for language in LANGUAGES {
        let app = fixture::small(language);
        for columns in [14, 20, 30, 40, 60, 80, 120] {
            let footer = lines(&app, columns, 24)[23].clone();
            assert!(footer.contains('?'), "{columns}: {footer}");
        }
    }
}

#[test]
fn an_empty_account_invites() {
    let screen = text(&fixture::empty(Language::English), 120, 30);
    assert!(screen.contains("n  launch your first server"), "{screen}");
    assert!(text(&fixture::empty(Language::Korean), 120, 30).contains("n  첫 서버 시작"));
}

#[test]
fn a_failed_refresh_keeps_the_list_and_says_so() {
    let screen = text(&failed(Language::English), 120, 30);
    assert!(screen.contains("web-1") && screen.contains("✗") && screen.contains("not read"), "{screen}");
}

#[test]
fn expired_credentials_are_explained_where_the_list_would_be() {
    let app = expired(Language::English);
    for (columns, rows) in [(120, 30), (80, 24)] {
        let screen = text(&app, columns, rows);
        assert!(screen.contains("✗") && screen.contains("aws sso login"), "{screen}");
    }
}

#[test]
fn a_narrow_terminal_shows_one_pane_and_names_the_others() {
    let mut app = fixture::small(Language::English);
    let screen = lines(&app, 80, 24);
    assert_eq!(screen[1], " 1 Instances 4 │ 2 Security groups │ 3 Elastic IPs │ 4 Key pairs │ 5 Details");
    press(&mut app, "5");
    assert!(text(&app, 80, 24).contains("Who can reach it"));
    assert_eq!(lines(&app, 30, 24)[1], " 1 │ 2 │ 3 │ 4 │ 5 Details");
}

#[test]
fn only_rows_on_the_screen_are_drawn_and_the_cursor_is_among_them() {
    let mut app = fixture::large(Language::English);
    press(&mut app, "G");
    let screen = text(&app, 120, 30);
    assert!(screen.contains("server-0999") && !screen.contains("server-0900"), "{screen}");
    press(&mut app, "g");
    assert!(text(&app, 120, 30).contains("server-0000"));
}

#[test]
fn a_question_starts_on_no() {
    let mut app = fixture::small(Language::English);
    press(&mut app, "/ w e b - 1 enter S");
    let screen = text(&app, 120, 30);
    assert!(screen.contains("Stop this instance?") && screen.contains("▌ No"), "{screen}");
    press(&mut app, "right");
    assert!(text(&app, 120, 30).contains("▌ Yes"));
}

#[test]
fn what_cannot_be_done_says_why_in_the_menu() {
    let mut app = fixture::small(Language::English);
    press(&mut app, "/ w e b - 1 enter enter");
    let screen = lines(&app, 120, 30);
    let start = screen.iter().find(|line| line.contains("start ")).unwrap();
    assert!(start.contains("It is running already."), "{start}");
}

#[test]
fn where_prices_are_in_another_currency_what_takes_prices_is_not_called_absent() {
    let mut app = fixture::small(Language::English);
    app.session.info.region = Region::parse("cn-north-1");
    press(&mut app, "M");
    let screen = text(&app, 160, 45);
    assert!(screen.contains("previous-generation types, because"), "{screen}");
    assert!(!screen.contains("Still looking for prices"), "{screen}");
}
