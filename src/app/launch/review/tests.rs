use super::*;
use crate::app::launch::testing::{Bench, local_key, pair, refusal};
use crate::domain::id::{InstanceId, KeyPairId};
use crate::domain::instance::InstanceState;
use crate::domain::key_pair::KeyKind;
use crate::domain::launch_plan::GroupChoice;
use crate::message::{Effect, LocalDone, Write, WriteId, Written};

/// The whole flow on a bench.
struct Flow {
    bench: Bench,
    launch: Launch,
    effects: Vec<Effect>,
    wishes: Vec<Wish>,
}

impl Flow {
    fn at_review(bench: Bench) -> Self {
        let mut flow = Self::open(bench);
        for _ in 0..6 {
            flow.keys("enter");
        }
        assert_eq!(flow.launch.step, Step::Review, "{:?}", flow.wishes);
        flow
    }

    fn open(mut bench: Bench) -> Self {
        let mut launch = None;
        let wishes = bench.with(|world| launch = Some(Launch::open(world)));
        let effects = bench.effects();
        Self { bench, launch: launch.unwrap(), effects, wishes }
    }

    fn step(&mut self, work: impl FnOnce(&mut Launch, &mut World<'_>)) {
        let launch = &mut self.launch;
        self.wishes = self.bench.with(|world| work(launch, world));
        self.effects = self.bench.effects();
    }

    fn keys(&mut self, names: &str) {
        for name in names.split(' ') {
            let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
            self.step(|launch, world| launch.key(key, world));
        }
    }

    fn dry_runs(&self) -> usize {
        self.effects.iter().filter(|e| matches!(e, Effect::Read { read: Read::LaunchDryRun { .. }, .. })).count()
    }

    fn answer_dry_run(&mut self, outcome: Result<Found, Problem>) {
        let plan = Box::new(self.plan());
        self.step(move |launch, world| launch.on_read(&Read::LaunchDryRun { plan }, &outcome, world));
    }

    fn plan(&self) -> LaunchPlan {
        self.launch.review.plan.clone().unwrap().unwrap()
    }

    fn token(&self) -> String {
        self.launch.review.token.as_ref().unwrap().0.as_str().to_owned()
    }
}

#[test]
fn enter_through_all_steps_is_a_complete_plan() {
    let flow = Flow::at_review(Bench::ready());
    let plan = flow.plan();
    assert_eq!((plan.image.as_str(), plan.instance_type.as_str(), plan.count), ("ami-0x86", "t3.micro", 1));
    assert_eq!(plan.key, KeyChoice::New { name: "ec2deck-key".to_owned(), kind: KeyKind::Ed25519 });
    assert!(matches!(&plan.groups, GroupChoice::New(group) if group.inbound.len() == 1));
    assert_eq!(flow.launch.review.line, Line::Launch, "Enter launches");
    assert_eq!(flow.dry_runs(), 1);
    assert!(!flow.effects.iter().any(|effect| matches!(effect, Effect::Write { .. } | Effect::Local { .. })));
}

#[test]
fn enter_on_a_line_goes_to_its_step_and_back_keeps_the_answers() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.keys("down");
    assert_eq!(flow.launch.review.line, Line::Step(Step::Image), "the cursor goes round");
    flow.keys("down down down down down enter");
    assert_eq!(flow.launch.step, Step::SecurityGroup);
    flow.keys("s enter");
    assert_eq!(flow.launch.step, Step::Review);
    assert!(matches!(&flow.plan().groups, GroupChoice::New(group) if group.inbound.len() == 2));
}

#[test]
fn the_verdict_stands_there_before_anything_is_made() {
    let mut flow = Flow::at_review(Bench::ready());
    assert_eq!(flow.launch.review.verdict, Verdict::Asking);
    flow.answer_dry_run(Ok(Found::LaunchAllowed));
    assert_eq!(flow.launch.review.verdict, Verdict::Allowed);
    assert_eq!(flow.dry_runs(), 0, "an answer does not ask again");
    flow.keys("r");
    assert_eq!((flow.dry_runs(), &flow.launch.review.verdict), (1, &Verdict::Asking));

    let refused = Problem {
        cause: Cause::NotAllowed { action: "ec2:RunInstances".to_owned() },
        ..refusal("UnauthorizedOperation")
    };
    flow.answer_dry_run(Err(refused));
    assert!(matches!(flow.launch.review.verdict, Verdict::Refused(_)));
    flow.keys("enter");
    assert!(flow.launch.run.is_none() && matches!(&flow.wishes[..], [Wish::Notice(..)]), "the first Enter warns");
    flow.keys("enter");
    assert!(flow.launch.run.is_some());

    let mut flow = Flow::at_review(Bench::ready());
    flow.answer_dry_run(Err(Problem { cause: Cause::Throttled, ..refusal("RequestLimitExceeded") }));
    assert!(matches!(flow.launch.review.verdict, Verdict::CouldNotAsk(_)));
    flow.keys("enter");
    assert!(flow.launch.run.is_some(), "no answer is no refusal");
}

#[test]
fn the_token_is_kept_until_an_edit_of_the_plan() {
    let mut flow = Flow::at_review(Bench::ready());
    let first = flow.token();
    flow.keys("shift-tab enter");
    assert_eq!((flow.launch.step, flow.token()), (Step::Review, first.clone()), "looking is no edit");
    flow.keys("shift-tab s enter");
    let second = flow.token();
    assert_ne!(second, first);
    flow.keys("up left");
    assert_eq!(flow.launch.review.line, Line::KeyName);
    flow.keys("up right x");
    assert_eq!(flow.launch.review.key.mode, KeyMode::None, "there is no existing one");
    assert_ne!(flow.token(), second, "another key is another plan");
}

#[test]
fn a_failed_launch_comes_back_with_draft_token_and_what_was_made() {
    let mut flow = Flow::at_review(Bench::ready());
    let token = flow.token();
    flow.keys("enter");
    let reply = |flow: &mut Flow, number: u64, outcome: Result<Written, Problem>| {
        flow.step(|launch, world| launch.on_write(WriteId(number), &outcome, world));
    };
    let local = flow.effects.iter().find_map(|effect| match effect {
        Effect::Local { id, .. } => Some(*id),
        _ => None,
    });
    flow.step(|launch, world| {
        launch.on_local(local.unwrap(), &Ok(LocalDone::KeyWritten(local_key("ec2deck-key"))), world);
    });
    reply(&mut flow, 1, Ok(Written::KeyPair(KeyPairId::new("key-1"))));
    reply(&mut flow, 2, Err(refusal("UnauthorizedOperation")));
    flow.keys("esc");
    assert!(flow.launch.run.is_none() && flow.launch.step == Step::Review);
    assert_eq!(flow.token(), token, "nothing was launched with it");
    // The lists show the key pair by now; its name is not taken, it is ours.
    flow.bench.inventory.key_pairs.put([pair("ec2deck-key", KeyKind::Ed25519)]);
    flow.keys("enter");
    assert!(
        flow.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Write { write: Write::CreateSecurityGroup { .. }, .. })),
        "the key pair is used, not made again: {:?}",
        flow.effects
    );
    // Once instances exist, another launch needs another token.
    reply(&mut flow, 3, Ok(Written::Group(crate::domain::id::GroupId::new("sg-1"))));
    reply(&mut flow, 4, Ok(Written::Rules(vec![])));
    let pending = crate::app::launch::testing::instance("i-1", InstanceState::Pending);
    reply(&mut flow, 5, Ok(Written::Launched(vec![pending])));
    let ended = crate::app::launch::testing::instance("i-1", InstanceState::Terminated);
    flow.bench.inventory.instances.put([ended.clone()]);
    let found = Found::Instances(crate::message::Page { rows: vec![ended], more: false });
    let read = Read::InstancesById(vec![InstanceId::new("i-1")]);
    flow.step(|launch, world| launch.on_read(&read, &Ok(found), world));
    flow.keys("esc");
    assert!(flow.launch.run.is_none());
    assert_ne!(flow.token(), token);
}

#[test]
fn read_only_says_so_and_does_nothing() {
    let mut bench = Bench::ready();
    bench.environment.read_only = true;
    let mut flow = Flow::at_review(bench);
    flow.keys("enter");
    assert!(flow.launch.run.is_none() && flow.effects.is_empty());
    assert!(matches!(&flow.wishes[..], [Wish::Notice(..)]));
}

#[test]
fn a_launch_without_a_key_needs_an_explicit_yes() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.keys("up up right");
    assert_eq!(flow.launch.review.key.mode, KeyMode::None);
    flow.keys("enter enter");
    let [Wish::Confirm(confirm)] = &flow.wishes[..] else { panic!("{:?}", flow.wishes) };
    assert_eq!((&confirm.then, confirm.yes), (&Then::LaunchWithoutKey, false));
    assert!(flow.launch.run.is_none());
    flow.step(|launch, world| launch.confirmed(&Then::LaunchWithoutKey, world));
    assert_eq!(flow.launch.run.as_ref().unwrap().order.plan.key, KeyChoice::None);
}

#[test]
fn a_wrong_key_name_is_said_under_its_field_and_nothing_begins() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.keys("up ctrl-u");
    flow.keys("down enter");
    assert!(flow.launch.run.is_none());
    assert_eq!(flow.launch.review.line, Line::KeyName);
    assert!(flow.launch.review.key.name.error.is_some());
    flow.keys("k enter enter");
    assert_eq!(
        flow.launch.run.as_ref().unwrap().order.plan.key,
        KeyChoice::New { name: "k".to_owned(), kind: KeyKind::Ed25519 }
    );
}

#[test]
fn the_letters_of_a_key_name_are_text_and_not_keys() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.keys("up ctrl-u r ! r");
    assert_eq!(flow.launch.review.key.name.value(), "r!r");
}

#[test]
fn an_existing_key_that_is_here_is_the_default_also_when_it_arrives_late() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.bench.inventory.key_pairs.put([pair("laptop", KeyKind::Ed25519), pair("other", KeyKind::Ed25519)]);
    let now = flow.bench.now;
    flow.bench.inventory.local_keys.answer(Ok(vec![local_key("laptop")]), now);
    let page = crate::message::Page { rows: vec![], more: false };
    flow.step(|launch, world| launch.on_read(&Read::KeyPairs, &Ok(Found::KeyPairs(page)), world));
    assert_eq!(flow.plan().key, KeyChoice::Existing("laptop".to_owned()));
    flow.keys("up right");
    assert_eq!(flow.plan().key, KeyChoice::Existing("other".to_owned()));
    flow.keys("l");
    assert_eq!(flow.plan().key, KeyChoice::Existing("laptop".to_owned()), "by its first letter");
    assert_eq!(flow.launch.review.line, Line::KeyPair);
}

#[test]
fn without_types_the_review_says_what_is_missing() {
    let mut flow = Flow::at_review(Bench::ready());
    flow.bench.catalog.types = crate::app::remote::Listing::default();
    flow.step(Launch::refresh_review);
    assert!(matches!(flow.launch.review.plan, Some(Err(_))));
    assert_eq!(flow.launch.review.verdict, Verdict::NotAsked);
    flow.keys("enter");
    assert!(flow.launch.run.is_none());
    let summary = summary::of(
        Step::Details,
        &crate::app::launch::testing::plan(2),
        &flow.launch,
        &flow.bench.catalog,
        &flow.bench.inventory,
    );
    assert!(!summary.is_empty());
}
