use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::app::launch::testing::{Bench, instance};
use crate::app::metering::{MOST_CALLS, MOST_METRICS, WINDOW};
use crate::domain::metric::MOST_QUERIES;
use crate::domain::problem::Cause;
use crate::domain::region::Region;
use crate::keymap::Key;
use crate::message::{Effect, Found, Message, Page, Reply, SessionId, SessionInfo};

const BEGIN: i64 = 1_795_420_800;

/// The program with so many running instances, and every question to CloudWatch that it has sent.
struct Desk {
    app: App,
    now: Timestamp,
    sent: Vec<(Timestamp, Read)>,
    open: Vec<Read>,
}

impl Desk {
    fn with(count: usize) -> Self {
        let now = Timestamp::from_second(BEGIN).unwrap();
        let (app, _) = App::start(Bench::new().environment, (120, 30), now);
        let mut desk = Self { app, now, sent: Vec::new(), open: Vec::new() };
        let info = SessionInfo { region: Region::parse("ap-northeast-2"), ..SessionInfo::default() };
        desk.send(Message::Reply(Box::new(Reply::Session { session: SessionId(1), outcome: Ok(info) })));
        let rows = (0..count).map(|n| {
            let mut one = instance(&format!("i-{n:04}"), InstanceState::Running);
            one.instance_type = if n % 2 == 0 { "t3.micro" } else { "m7i.large" }.to_owned();
            one
        });
        let page = Page { rows: rows.collect(), more: false };
        desk.answer(Read::Instances, Ok(Found::Instances(page)));
        desk
    }

    fn send(&mut self, message: Message) {
        let effects = self.app.update(message, self.now);
        for effect in effects {
            if let Effect::Read { read, .. } = effect
                && question(&read).is_some()
            {
                // A newer one of the same slot takes the place of the older one.
                self.open.retain(|open| open.slot() != read.slot());
                self.open.push(read.clone());
                self.sent.push((self.now, read));
            }
        }
    }

    fn answer(&mut self, read: Read, outcome: Result<Found, Problem>) {
        self.send(Message::Reply(Box::new(Reply::Read { session: SessionId(1), read, outcome })));
    }

    /// Answers everything that is under way.
    fn answer_all(&mut self, well: bool) {
        for read in std::mem::take(&mut self.open) {
            let asked = question(&read).unwrap();
            let outcome = if well {
                let values = asked.queries.iter().map(|query| (query.clone(), vec![Some(1.0); asked.grid.count]));
                Ok(Found::Readings(Readings { grid: asked.grid, values: values.collect(), notes: vec![] }))
            } else {
                Err(refused())
            };
            self.answer(read, outcome);
        }
    }

    fn keys(&mut self, names: &str) {
        for name in names.split_whitespace() {
            self.send(Message::Key(Key::parse(name).unwrap()));
        }
    }

    fn pass(&mut self, seconds: i64) {
        let end = self.now + SignedDuration::from_secs(seconds);
        while let Some(at) = self.app.next_deadline().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.send(Message::Wake);
            let next = self.app.metrics_deadline();
            assert!(next.is_none_or(|next| next > self.now), "what is due is done, or the loop would never rest");
        }
        self.now = end;
    }

    fn counts(&self) -> (usize, usize) {
        let metrics = self.sent.iter().map(|(_, read)| question(read).unwrap().queries.len()).sum();
        (self.sent.len(), metrics)
    }
}

fn question(read: &Read) -> Option<&Question> {
    match read {
        Read::Metrics { question, .. } | Read::Sparklines(question) | Read::InstanceUses(question) => Some(question),
        _ => None,
    }
}

fn refused() -> Problem {
    Problem {
        cause: Cause::NotAllowed { action: "cloudwatch:GetMetricData".to_owned() },
        operation: "GetMetricData".to_owned(),
        code: "AccessDenied".to_owned(),
        message: String::new(),
        request_id: None,
    }
}

#[test]
fn going_back_and_forth_asks_each_range_once() {
    let mut desk = Desk::with(2);
    desk.keys("m");
    desk.answer_all(true);
    assert_eq!(desk.counts(), (1, 8), "a T type has credits");
    desk.keys("right right left left 1 2 3");
    desk.answer_all(true);
    assert_eq!(desk.counts(), (3, 24));
    desk.keys("esc m 2 esc j m");
    desk.answer_all(true);
    assert_eq!(desk.counts(), (4, 29), "another one, without credits");
}

#[test]
fn open_graphs_are_read_every_five_minutes_and_closed_ones_never() {
    let mut desk = Desk::with(1);
    desk.keys("m");
    for _ in 0..12 {
        desk.answer_all(true);
        desk.pass(300);
    }
    assert_eq!(desk.counts().0, 13);
    desk.answer_all(true);
    desk.keys("esc");
    assert_eq!(desk.app.metrics_deadline(), None);
    desk.pass(3_600);
    assert_eq!(desk.counts().0, 13);
}

#[test]
fn a_key_asks_again_only_when_there_can_be_something_newer() {
    let mut desk = Desk::with(1);
    desk.keys("m r");
    desk.answer_all(true);
    desk.keys("r");
    assert_eq!(desk.counts().0, 1);
    desk.pass(60);
    desk.keys("r");
    assert_eq!(desk.counts().0, 2);
    // A refusal may be mended at once.
    desk.answer_all(false);
    desk.keys("r");
    assert_eq!(desk.counts().0, 3);
    desk.answer_all(false);
    desk.pass(290);
    assert_eq!(desk.counts().0, 3, "but not by itself");
}

#[test]
fn one_question_for_all_rows_on_the_screen() {
    let mut desk = Desk::with(100);
    desk.pass(3_600);
    assert_eq!(desk.counts(), (0, 0), "nothing while nothing is shown");
    desk.keys("z");
    desk.answer_all(true);
    assert_eq!(desk.counts(), (1, 25));
    // To rows that were asked, and to new ones.
    desk.keys("j k j");
    assert_eq!(desk.counts(), (1, 25));
    desk.keys("G");
    assert_eq!(desk.counts(), (1, 25), "new rows wait a little");
    desk.pass(10);
    desk.answer_all(true);
    assert_eq!(desk.counts(), (2, 50));
    desk.keys("g");
    desk.pass(280);
    assert_eq!(desk.counts(), (2, 50), "five minutes are not over");
    desk.pass(10);
    assert_eq!(desk.counts(), (3, 75));
    desk.answer_all(true);
    desk.keys("z");
    desk.pass(3_600);
    assert_eq!(desk.counts(), (3, 75));
}

#[test]
fn an_hour_of_watching_the_zoomed_list_is_twelve_questions() {
    let mut desk = Desk::with(100);
    desk.keys("z");
    for _ in 0..60 {
        desk.answer_all(true);
        desk.pass(59);
    }
    assert_eq!(desk.counts(), (12, 12 * 25));
}

#[test]
fn the_use_of_many_instances_is_asked_in_parts_and_once_an_hour() {
    let mut desk = Desk::with(900);
    desk.app.ask_uses();
    desk.send(Message::Wake);
    for _ in 0..6 {
        desk.answer_all(true);
        desk.pass(30);
    }
    // 900 of CPU and 450 of surplus.
    assert_eq!(desk.counts(), (3, 1_350));
    let uses = desk.app.costs.uses.value.clone().unwrap();
    assert_eq!((uses.len(), uses.values().filter(|one| one.is_idle()).count()), (900, 900));
    desk.app.ask_uses();
    desk.pass(60);
    assert_eq!(desk.counts().0, 3, "not again within the hour");
    desk.app.ask_uses_again();
    desk.send(Message::Wake);
    assert_eq!(desk.counts().0, 4, "but by a key");
    desk.answer_all(false);
    assert_eq!(desk.app.costs.uses.problem, Some(refused()));
    assert_eq!(desk.app.costs.uses.value.as_ref().map(BTreeMap::len), Some(900), "the last good value stays");
    assert_eq!(desk.app.metrics_deadline(), None, "a refused question is not asked on");
    desk.app.ask_uses();
    desk.pass(60);
    assert_eq!(desk.counts().0, 5, "an hour of waiting is for answers");
}

#[test]
fn half_an_answer_calls_nobody_idle() {
    let mut desk = Desk::with(2);
    desk.app.ask_uses();
    desk.send(Message::Wake);
    let read = desk.open.pop().unwrap();
    let asked = question(&read).unwrap().clone();
    let values = asked.queries.iter().map(|query| (query.clone(), vec![Some(1.0); 168])).collect();
    let notes = vec!["PartialData".to_owned()];
    desk.answer(read, Ok(Found::Readings(Readings { grid: asked.grid, values, notes })));
    assert_eq!(desk.app.costs.uses.value, None);
    assert_eq!(desk.app.costs.uses.problem.as_ref().unwrap().message, "PartialData");
}

#[test]
fn another_session_forgets_all_but_the_meter() {
    let mut desk = Desk::with(3);
    desk.keys("m 2 3 4");
    desk.answer_all(true);
    let total = desk.app.metrics.meter.total();
    desk.app.metrics.forget();
    assert_eq!((desk.app.metrics.graphs.len(), desk.app.metrics.meter.total()), (0, total));
}

#[derive(Clone, Debug)]
enum Step {
    Key(&'static str),
    Pass(i64),
    Answer(bool),
    Uses(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = [
        "m", "z", "esc", "1", "2", "3", "4", "left", "right", "r", "j", "k", "g", "G", "pagedown", "pageup", "tab",
        "?", "q",
    ];
    // Leaving the program is no watching.
    let keys: Vec<&'static str> = keys.into_iter().filter(|key| *key != "q").collect();
    prop_oneof![
        8 => prop::sample::select(keys).prop_map(Step::Key),
        3 => (0_i64..100).prop_map(Step::Pass),
        3 => any::<bool>().prop_map(Step::Answer),
        1 => any::<bool>().prop_map(Step::Uses),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// However keys are pressed and however time passes: never more than the bound, never a row twice in five minutes.
    #[test]
    fn no_more_is_asked_than_the_bound(count in 1_usize..700, steps in prop::collection::vec(step(), 1..150)) {
        let mut desk = Desk::with(count);
        for step in steps {
            match step {
                Step::Key(name) => desk.keys(name),
                Step::Pass(seconds) => desk.pass(seconds),
                Step::Answer(well) => desk.answer_all(well),
                Step::Uses(again) => {
                    if again { desk.app.ask_uses_again() } else { desk.app.ask_uses() }
                }
            }
        }
        let mut rows: BTreeMap<InstanceId, Timestamp> = BTreeMap::new();
        for (index, (at, read)) in desk.sent.iter().enumerate() {
            let asked = question(read).unwrap();
            prop_assert!(!asked.queries.is_empty() && asked.queries.len() <= MOST_QUERIES);
            let distinct: BTreeSet<_> = asked.queries.iter().collect();
            prop_assert_eq!(distinct.len(), asked.queries.len(), "nothing is paid for twice");
            let window = || desk.sent[..=index].iter().filter(|(other, _)| at.duration_since(*other) < WINDOW);
            prop_assert!(window().count() <= MOST_CALLS);
            let metrics: usize = window().map(|(_, read)| question(read).unwrap().queries.len()).sum();
            prop_assert!(metrics <= MOST_METRICS);
            if matches!(read, Read::Sparklines(_)) {
                for (id, _) in &asked.queries {
                    let before = rows.insert(id.clone(), *at);
                    prop_assert!(before.is_none_or(|before| at.duration_since(before) >= AGAIN), "{id}");
                }
            }
        }
        prop_assert_eq!(desk.app.metrics.meter.total(), desk.counts().1);
    }
}
