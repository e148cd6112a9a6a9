use jiff::SignedDuration;

use super::*;
use crate::app::launch::testing::{Bench, instance, local_key, plan, refusal, rule, unclear};
use crate::app::modal::Then;
use crate::app::remote::Remote;
use crate::domain::id::{GroupId, InstanceId, KeyPairId};
use crate::domain::instance::{CheckResult, InstanceAction, InstanceState, InstanceStatus};
use crate::domain::launch_plan::{GroupChoice, KeyChoice};
use crate::domain::problem::{Cause, LocalCause};
use crate::domain::security_group::Direction;
use crate::message::{Effect, LocalTask, Made, MadeKind, Page, Write};

/// A run on the bench, and the last write that it sent.
struct Trial {
    bench: Bench,
    run: Run,
    effects: Vec<Effect>,
    wishes: Vec<Wish>,
}

fn order(plan: LaunchPlan) -> Order {
    Order { plan, token: ClientToken::new("token-1"), login_user: "ec2-user".to_owned(), platform: Platform::Linux }
}

fn begin(plan: LaunchPlan, ledger: Ledger) -> Trial {
    begin_on(Bench::new(), plan, ledger)
}

fn begin_on(mut bench: Bench, plan: LaunchPlan, ledger: Ledger) -> Trial {
    let mut run = None;
    let wishes = bench.with(|world| run = Some(Run::begin(order(plan), ledger, world)));
    let effects = bench.effects();
    Trial { bench, run: run.unwrap(), effects, wishes }
}

impl Trial {
    fn step(&mut self, work: impl FnOnce(&mut Run, &mut World<'_>)) {
        let run = &mut self.run;
        self.wishes = self.bench.with(|world| work(run, world));
        self.effects = self.bench.effects();
    }

    /// The write that is awaited, without its id.
    fn write(&self) -> &Write {
        match self.effects.iter().find(|effect| matches!(effect, Effect::Write { .. })) {
            Some(Effect::Write { write, .. }) => write,
            _ => panic!("no write among {:?}", self.effects),
        }
    }

    fn sends_nothing(&self) -> bool {
        !self.effects.iter().any(|effect| matches!(effect, Effect::Write { .. } | Effect::Local { .. }))
    }

    fn reply(&mut self, outcome: Result<Written, Problem>) {
        let Waiting::Write(id) = self.run.waiting else { panic!("waits for {:?}", self.run.waiting) };
        self.step(move |run, world| run.on_write(id, &outcome, world));
    }

    fn key_written(&mut self) {
        let Waiting::Local(id) = self.run.waiting else { panic!("waits for {:?}", self.run.waiting) };
        self.step(|run, world| run.on_local(id, &Ok(LocalDone::KeyWritten(local_key("web-1"))), world));
    }

    fn made(&mut self, made: Result<Made, Problem>) {
        let asked = self.effects.iter().find_map(|effect| match effect {
            Effect::Read { read: read @ Read::MadeBy { .. }, .. } => Some(read.clone()),
            _ => None,
        });
        let read = asked.unwrap_or_else(|| panic!("nobody looked: {:?}", self.effects));
        self.step(|run, world| run.on_read(&read, &made.map(Found::Made), world));
    }

    /// Every look finds nothing.
    fn nothing_found(&mut self) {
        self.made(Ok(Made::default()));
        while let Some(Waiting::Settling(_)) = Some(&self.run.waiting) {
            self.wake_when_due();
            self.made(Ok(Made::default()));
        }
    }

    fn wake_when_due(&mut self) {
        let mut turns = 0;
        loop {
            self.bench.now = self.run.next_deadline().expect("nothing is due");
            self.step(Run::wake);
            if !self.effects.is_empty() {
                return;
            }
            turns += 1;
            assert!(turns < 10_000, "it only spins");
        }
    }

    fn states(&mut self, instances: Vec<crate::domain::instance::Instance>) {
        let read = Read::InstancesById(instances.iter().map(|one| one.id.clone()).collect());
        self.bench.inventory.instances.put(instances.clone());
        let found = Found::Instances(Page { rows: instances, more: false });
        self.step(|run, world| run.on_read(&read, &Ok(found), world));
    }

    fn checks(&mut self, statuses: Vec<(&str, CheckResult)>) {
        let rows: Vec<_> = statuses
            .into_iter()
            .map(|(id, result)| InstanceStatus {
                id: InstanceId::new(id),
                system: CheckResult::Ok,
                instance: result,
                events: vec![],
            })
            .collect();
        let page = Page { rows, more: false };
        self.bench.inventory.statuses.page(page.clone(), self.bench.now, |_| false);
        self.step(|run, world| run.on_read(&Read::InstanceStatuses, &Ok(Found::InstanceStatuses(page)), world));
    }

    fn act(&mut self, action: Action) {
        self.step(|run, world| run.act(action, world));
    }

    /// Up to the launch, with everything made.
    fn up_to_launch(&mut self) {
        self.key_written();
        self.reply(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
        self.reply(Ok(Written::Group(GroupId::new("sg-1"))));
        self.reply(Ok(Written::Rules(vec![])));
    }

    fn states_of_stages(&self) -> String {
        let word = |stage: &Stage| match stage.state {
            StageState::Waiting => '.',
            StageState::Working => '*',
            StageState::Done => '+',
            StageState::Failed(_) => 'x',
        };
        self.run.stages.iter().map(word).collect()
    }

    fn failed(&self) -> &Failure {
        self.run.failure().unwrap_or_else(|| panic!("nothing failed: {:?}", self.run.stages)).1
    }
}

fn launched(count: usize, state: InstanceState) -> Vec<crate::domain::instance::Instance> {
    (1..=count).map(|number| instance(&format!("i-{number}"), state)).collect()
}

#[test]
fn a_launch_goes_through_and_writes_the_private_key_before_anything_else() {
    let mut trial = begin(plan(1), Ledger::default());
    assert!(
        matches!(&trial.effects[..], [Effect::Local { task: LocalTask::GenerateKey { name, .. }, .. }] if name == "web-1"),
        "{:?}",
        trial.effects
    );
    trial.key_written();
    assert!(matches!(trial.write(), Write::ImportKeyPair { name, public_key, .. }
        if name == "web-1" && public_key == "ssh-ed25519 web-1"));
    trial.reply(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
    assert!(matches!(trial.write(), Write::CreateSecurityGroup { group, .. } if group.name == "web-1-sg"));
    trial.reply(Ok(Written::Group(GroupId::new("sg-1"))));
    assert_eq!(
        *trial.write(),
        Write::AuthorizeRules { group: GroupId::new("sg-1"), direction: Direction::Inbound, rules: vec![rule(22)] }
    );
    trial.reply(Ok(Written::Rules(vec![])));
    let Write::RunInstances { groups, key_name, token, .. } = trial.write() else { panic!() };
    assert_eq!(*groups, [GroupId::new("sg-1")]);
    assert_eq!(key_name.as_deref(), Some("web-1"));
    assert_eq!(token.as_str(), "token-1");
    assert_eq!(trial.states_of_stages(), "+++*..");

    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    assert!(trial.wishes.contains(&Wish::RefreshAll));
    assert!(trial.bench.inventory.may_be_invisible(&InstanceId::new("i-1"), trial.bench.now));
    trial.wake_when_due();
    assert_eq!(trial.bench.now.duration_since(Timestamp::UNIX_EPOCH), SignedDuration::from_secs(3));
    trial.states(launched(1, InstanceState::Pending));
    trial.wake_when_due();
    assert!(trial.effects.iter().any(|effect| matches!(effect, Effect::Read { read: Read::InstancesById(_), .. })));
    trial.states(launched(1, InstanceState::Running));
    assert_eq!(trial.states_of_stages(), "+++++*");
    trial.checks(vec![("i-1", CheckResult::Initializing)]);
    trial.wake_when_due();
    trial.checks(vec![("i-1", CheckResult::Ok)]);
    assert!(trial.run.is_over());
    assert_eq!(trial.run.next_deadline(), None, "a finished launch wakes nobody");

    trial.act(Action::CopySsh);
    assert!(trial.effects.contains(&Effect::Copy("ssh -i ~/.ssh/web-1.pem ec2-user@203.0.113.9".to_owned())));
    trial.act(Action::Choose);
    assert_eq!(trial.wishes.first(), Some(&Wish::ShowInstance(InstanceId::new("i-1"))));
}

#[test]
fn with_an_existing_key_and_group_only_the_instance_is_made() {
    let mut plan = plan(1);
    plan.key = KeyChoice::Existing("laptop".to_owned());
    plan.groups = GroupChoice::Existing(vec![GroupId::new("sg-9")]);
    let trial = begin(plan, Ledger::default());
    let Write::RunInstances { groups, key_name, .. } = trial.write() else { panic!() };
    assert_eq!((groups.as_slice(), key_name.as_deref()), ([GroupId::new("sg-9")].as_slice(), Some("laptop")));
    assert_eq!(trial.run.stages.len(), 3);
}

#[test]
fn if_the_key_cannot_be_written_nothing_is_sent() {
    let mut trial = begin(plan(1), Ledger::default());
    let Waiting::Local(id) = trial.run.waiting else { panic!() };
    let problem = Problem::local("GenerateKey", LocalCause::FileExists("/home/me/.ssh/web-1.pem".to_owned()), "");
    trial.step(|run, world| run.on_local(id, &Err(problem), world));
    assert!(matches!(trial.failed(), Failure::Problem(problem) if matches!(problem.cause, Cause::Local(_))));
    assert!(trial.sends_nothing() && trial.run.ledger.is_empty());
    trial.act(Action::Retry);
    assert!(matches!(&trial.effects[..], [Effect::Local { task: LocalTask::GenerateKey { .. }, .. }]));
}

#[test]
fn each_refused_step_can_be_tried_again_and_makes_nothing_twice() {
    let refused = || Err(refusal("UnauthorizedOperation"));
    // How many steps succeed before one is refused; what Retry sends.
    for (good, stages, facts) in [(0, "x.....", 1), (1, "+x....", 2), (2, "++x...", 3), (3, "+++x..", 3)] {
        let mut trial = begin(plan(1), Ledger::default());
        trial.key_written();
        let replies =
            [Written::KeyPair(KeyPairId::new("key-1")), Written::Group(GroupId::new("sg-1")), Written::Rules(vec![])];
        for written in replies.into_iter().take(good) {
            trial.reply(Ok(written));
        }
        let sent = trial.write().clone();
        trial.reply(refused());
        assert_eq!(trial.states_of_stages(), stages);
        assert_eq!(trial.run.ledger.facts(&trial.bench.environment).len(), facts, "{good}");
        assert_eq!(trial.run.next_deadline(), None, "nothing turns while it stands");
        trial.act(Action::Retry);
        assert_eq!(*trial.write(), sent, "with the same marker or token");
        assert!(
            !trial.effects.iter().any(|effect| matches!(effect, Effect::Local { .. })),
            "the key is on disk already"
        );
    }
}

#[test]
fn a_lost_reply_is_settled_by_a_look_before_anything_is_repeated() {
    let found = |kind| {
        let mut made = Made::default();
        match kind {
            MadeKind::KeyPair => made.key_pairs = vec![KeyPairId::new("key-1")],
            MadeKind::SecurityGroup => made.groups = vec![GroupId::new("sg-1")],
            MadeKind::Instances => made.instances = launched(1, InstanceState::Pending),
            MadeKind::Address => {}
        }
        made
    };
    for (good, kind) in [(0, MadeKind::KeyPair), (1, MadeKind::SecurityGroup), (3, MadeKind::Instances)] {
        for there in [true, false] {
            let mut trial = begin(plan(1), Ledger::default());
            trial.key_written();
            let replies = [
                Written::KeyPair(KeyPairId::new("key-1")),
                Written::Group(GroupId::new("sg-1")),
                Written::Rules(vec![]),
            ];
            for written in replies.into_iter().take(good) {
                trial.reply(Ok(written));
            }
            let sent = trial.write().clone();
            let stages = trial.states_of_stages();
            trial.reply(Err(unclear()));
            assert!(trial.sends_nothing(), "{kind:?}: a look comes first");
            assert_eq!(trial.states_of_stages(), stages, "{kind:?}: it has not failed yet");
            if there {
                // EC2 shows it a little later.
                trial.made(Ok(Made::default()));
                trial.wake_when_due();
                trial.made(Ok(found(kind)));
                assert!(trial.run.failure().is_none(), "{kind:?}");
                assert_ne!(trial.states_of_stages(), stages, "{kind:?}: it goes on");
                assert!(
                    !trial.effects.iter().any(|effect| matches!(effect, Effect::Write { write, .. } if *write == sent))
                );
            } else {
                trial.nothing_found();
                assert!(matches!(trial.failed(), Failure::NothingMade(_)), "{kind:?}");
                trial.act(Action::Retry);
                assert_eq!(*trial.write(), sent, "{kind:?}: the same marker or token");
            }
        }
    }
}

#[test]
fn while_it_cannot_be_settled_nothing_is_repeated_and_nothing_removed() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Err(unclear()));
    for _ in 0..2 {
        trial.made(Err(refusal("RequestLimitExceeded")));
        trial.wake_when_due();
    }
    trial.made(Err(refusal("RequestLimitExceeded")));
    assert!(matches!(trial.failed(), Failure::Unsettled { .. }));
    trial.act(Action::RemoveMade);
    assert!(matches!(&trial.wishes[..], [Wish::Notice(..)]));
    trial.act(Action::Leave);
    assert!(trial.wishes.contains(&Wish::Close) && !trial.run.wants_back(), "the draft must not be launched again");
    trial.act(Action::Retry);
    assert!(trial.sends_nothing(), "the look comes first");
    trial.made(Ok(Made { instances: launched(1, InstanceState::Pending), ..Made::default() }));
    assert_eq!(trial.states_of_stages(), "++++*.");
}

#[test]
fn a_taken_name_is_ours_only_if_our_tag_says_so() {
    for ours in [true, false] {
        let mut trial = begin(plan(1), Ledger::default());
        trial.key_written();
        trial.reply(Err(refusal("InvalidKeyPair.Duplicate")));
        if ours {
            trial.made(Ok(Made { key_pairs: vec![KeyPairId::new("key-1")], ..Made::default() }));
            assert!(matches!(trial.write(), Write::CreateSecurityGroup { .. }));
        } else {
            trial.made(Ok(Made::default()));
            assert!(matches!(trial.failed(), Failure::NameTaken(_)));
            assert!(trial.run.ledger.is_empty(), "what others made is never removed");
        }
    }
    let mut trial = begin(plan(1), Ledger::default());
    trial.key_written();
    trial.reply(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
    trial.reply(Err(refusal("InvalidGroup.Duplicate")));
    trial.made(Ok(Made::default()));
    assert!(matches!(trial.failed(), Failure::NameTaken(_)));
}

#[test]
fn what_was_just_made_may_not_be_visible_yet() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    let sent = trial.write().clone();
    trial.reply(Err(refusal("InvalidGroup.NotFound")));
    assert_eq!(trial.states_of_stages(), "+++*..");
    trial.wake_when_due();
    assert_eq!(*trial.write(), sent);
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    let read = Read::InstancesById(vec![InstanceId::new("i-1")]);
    trial.step(|run, world| run.on_read(&read, &Err(refusal("InvalidInstanceID.NotFound")), world));
    assert_eq!(trial.states_of_stages(), "++++*.", "not found is not gone");

    // A group of somebody else that is not there is a refusal at once.
    let mut plan = plan(1);
    plan.key = KeyChoice::Existing("laptop".to_owned());
    plan.groups = GroupChoice::Existing(vec![GroupId::new("sg-9")]);
    let mut trial = begin(plan, Ledger::default());
    trial.reply(Err(refusal("InvalidGroup.NotFound")));
    assert!(matches!(trial.failed(), Failure::Problem(_)));
}

#[test]
fn replies_to_others_are_ignored() {
    let mut trial = begin(plan(1), Ledger::default());
    let before = trial.run.clone();
    trial.step(|run, world| run.on_local(LocalId(99), &Ok(LocalDone::KeyWritten(local_key("other"))), world));
    assert_eq!(trial.run, before);
    trial.key_written();
    let before = trial.run.clone();
    trial.step(|run, world| run.on_write(WriteId(99), &Ok(Written::Done), world));
    let other = Read::MadeBy { marker: "other".to_owned(), kind: MadeKind::KeyPair };
    trial.step(|run, world| run.on_read(&other, &Ok(Found::Made(Made::default())), world));
    assert_eq!(trial.run, before);
    assert!(trial.effects.is_empty());
}

#[test]
fn three_instances_are_waited_for_together() {
    let mut trial = begin(plan(3), Ledger::default());
    trial.up_to_launch();
    trial.reply(Ok(Written::Launched(launched(3, InstanceState::Pending))));
    let mut some = launched(3, InstanceState::Running);
    some[2].state = InstanceState::Pending;
    trial.states(some);
    assert_eq!(trial.states_of_stages(), "++++*.");
    trial.states(launched(3, InstanceState::Running));
    assert_eq!(trial.states_of_stages(), "+++++*");
    trial.checks(vec![("i-1", CheckResult::Ok), ("i-2", CheckResult::Ok), ("i-3", CheckResult::Initializing)]);
    assert_eq!(trial.states_of_stages(), "+++++*");
    trial.checks(vec![("i-1", CheckResult::Ok), ("i-2", CheckResult::Ok), ("i-3", CheckResult::Ok)]);
    assert!(trial.run.is_over());
}

#[test]
fn one_that_ends_does_not_stop_the_others() {
    let mut trial = begin(plan(2), Ledger::default());
    trial.up_to_launch();
    trial.reply(Ok(Written::Launched(launched(2, InstanceState::Pending))));
    let mut both = launched(2, InstanceState::Running);
    both[1].state = InstanceState::Terminated;
    trial.states(both);
    assert_eq!(trial.states_of_stages(), "+++++*");
    trial.checks(vec![("i-1", CheckResult::Ok)]);
    assert!(trial.run.is_over());
}

#[test]
fn a_launch_that_ends_at_once_says_why_and_the_next_try_has_another_token() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    let mut ended = instance("i-1", InstanceState::Terminated);
    ended.state_reason = Some("Client.VolumeLimitExceeded".to_owned());
    trial.states(vec![ended]);
    let reason = Some("Client.VolumeLimitExceeded".to_owned());
    assert_eq!(*trial.failed(), Failure::Ended(vec![(InstanceId::new("i-1"), reason)]));
    trial.act(Action::Retry);
    let Write::RunInstances { token, groups, .. } = trial.write() else { panic!("{:?}", trial.effects) };
    assert_ne!(token.as_str(), "token-1", "the old token would give the old instance");
    assert_eq!(*groups, [GroupId::new("sg-1")], "the group is used again");
}

#[test]
fn failed_checks_are_said_and_can_be_asked_again() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    trial.states(launched(1, InstanceState::Running));
    trial.checks(vec![("i-1", CheckResult::Impaired)]);
    assert_eq!(*trial.failed(), Failure::Impaired(vec![InstanceId::new("i-1")]));
    trial.act(Action::Retry);
    trial.checks(vec![("i-1", CheckResult::Ok)]);
    assert!(trial.run.is_over());
}

#[test]
fn removing_asks_first_names_everything_and_leaves_the_key_file() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Err(refusal("InsufficientInstanceCapacity")));
    trial.act(Action::RemoveMade);
    let [Wish::Confirm(confirm)] = &trial.wishes[..] else { panic!("{:?}", trial.wishes) };
    assert_eq!(confirm.then, Then::RemoveMade);
    assert!(!confirm.yes && confirm.danger);
    let words: Vec<_> = confirm.lines.iter().map(|line| line.say(crate::text::Language::English)).collect();
    assert!(words.iter().any(|line| line.contains("key-1")) && words.iter().any(|line| line.contains("sg-1")));
    assert!(words.iter().any(|line| line.contains("~/.ssh/web-1.pem") && line.contains("stays")), "{words:?}");
    assert!(trial.sends_nothing(), "the question comes first");

    trial.step(Run::remove_made);
    assert_eq!(*trial.write(), Write::DeleteKeyPair(KeyPairId::new("key-1")));
    trial.reply(Ok(Written::Done));
    assert_eq!(*trial.write(), Write::DeleteSecurityGroup(GroupId::new("sg-1")));
    trial.reply(Err(refusal("DependencyViolation")));
    assert!(trial.run.removal.as_ref().unwrap().is_working());
    trial.wake_when_due();
    assert_eq!(*trial.write(), Write::DeleteSecurityGroup(GroupId::new("sg-1")));
    trial.reply(Err(refusal("InvalidGroup.NotFound")));
    assert!(trial.run.removal.as_ref().unwrap().is_done(), "gone is gone");
    assert!(trial.run.ledger.is_empty() && trial.run.ledger.key_file().is_some());
    assert!(trial.wishes.contains(&Wish::RefreshAll));
    assert_eq!(trial.run.next_deadline(), None);
    trial.act(Action::Leave);
    assert!(trial.run.wants_back());
}

#[test]
fn instances_are_terminated_first_and_a_refusal_can_be_tried_again() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    trial.states(launched(1, InstanceState::Running));
    trial.checks(vec![("i-1", CheckResult::Impaired)]);
    trial.step(Run::remove_made);
    let terminate = Write::Instance { action: InstanceAction::Terminate, id: InstanceId::new("i-1") };
    assert_eq!(*trial.write(), terminate);
    trial.reply(Err(refusal("OperationNotPermitted")));
    assert!(trial.run.removal.as_ref().unwrap().failure().is_some());
    trial.act(Action::Retry);
    assert_eq!(*trial.write(), terminate);
    trial.reply(Ok(Written::Done));
    assert_eq!(*trial.write(), Write::DeleteKeyPair(KeyPairId::new("key-1")));
}

#[test]
fn removing_is_offered_only_where_something_failed_and_something_exists() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.act(Action::RemoveMade);
    assert!(matches!(&trial.wishes[..], [Wish::Notice(..)]), "under way");
    trial.key_written();
    trial.reply(Err(refusal("UnauthorizedOperation")));
    trial.act(Action::RemoveMade);
    assert!(matches!(&trial.wishes[..], [Wish::Notice(..)]), "nothing was made in EC2");
}

#[test]
fn leaving_waits_for_a_change_under_way() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.act(Action::Leave);
    assert!(matches!(&trial.wishes[..], [Wish::Notice(..)]) && !trial.run.wants_back());
    trial.up_to_launch();
    trial.act(Action::Leave);
    assert!(matches!(&trial.wishes[..], [Wish::Notice(..)]));
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    trial.act(Action::Leave);
    assert!(trial.wishes.contains(&Wish::Close), "the dashboard goes on watching");
}

#[test]
fn another_try_uses_what_exists_and_removes_what_the_plan_no_longer_uses() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.up_to_launch();
    trial.reply(Err(refusal("InsufficientInstanceCapacity")));
    trial.act(Action::Leave);
    assert!(trial.run.wants_back());
    let ledger = trial.run.ledger.clone();

    // Another type: key pair, group and rules are there.
    let mut other = plan(1);
    other.instance_type = "t3.small".to_owned();
    let again = begin(other, ledger.clone());
    assert!(matches!(again.write(), Write::RunInstances { groups, .. } if *groups == [GroupId::new("sg-1")]));

    // One more rule: only that one is added.
    let mut other = plan(1);
    let GroupChoice::New(group) = &mut other.groups else { panic!() };
    group.inbound.push(rule(443));
    let again = begin(other, ledger.clone());
    assert_eq!(
        *again.write(),
        Write::AuthorizeRules { group: GroupId::new("sg-1"), direction: Direction::Inbound, rules: vec![rule(443)] }
    );

    // A rule less, and another key: what was made for the first try goes before anything else.
    let mut other = plan(1);
    let GroupChoice::New(group) = &mut other.groups else { panic!() };
    group.inbound = vec![rule(443)];
    other.key = KeyChoice::Existing("laptop".to_owned());
    let mut again = begin(other, ledger);
    assert_eq!(*again.write(), Write::DeleteKeyPair(KeyPairId::new("key-1")));
    again.reply(Ok(Written::Done));
    assert_eq!(*again.write(), Write::DeleteSecurityGroup(GroupId::new("sg-1")));
    again.reply(Err(refusal("DependencyViolation")));
    assert!(matches!(again.write(), Write::CreateSecurityGroup { .. }), "what cannot be removed is in nobody's way");
    let facts = again.run.ledger.facts(&again.bench.environment);
    assert_eq!(facts.len(), 2, "the key file and the group are still named: {facts:?}");
}

#[test]
fn rules_whose_reply_was_lost_count_as_perhaps_there() {
    let mut trial = begin(plan(1), Ledger::default());
    trial.key_written();
    trial.reply(Ok(Written::KeyPair(KeyPairId::new("key-1"))));
    trial.reply(Ok(Written::Group(GroupId::new("sg-1"))));
    trial.reply(Err(unclear()));
    assert_eq!(trial.states_of_stages(), "++x...");
    let mut other = plan(1);
    let GroupChoice::New(group) = &mut other.groups else { panic!() };
    group.inbound = vec![rule(443)];
    let again = begin(other, trial.run.ledger.clone());
    assert_eq!(
        *again.write(),
        Write::DeleteSecurityGroup(GroupId::new("sg-1")),
        "it may hold a rule that is not wanted"
    );
    trial.act(Action::Retry);
    assert_eq!(
        *trial.write(),
        Write::AuthorizeRules { group: GroupId::new("sg-1"), direction: Direction::Inbound, rules: vec![rule(22)] }
    );
}

#[test]
fn the_spinner_turns_only_while_something_is_under_way() {
    let mut trial = begin(plan(1), Ledger::default());
    let due = trial.run.next_deadline().unwrap();
    assert_eq!(due.duration_since(trial.bench.now), SignedDuration::from_millis(120));
    trial.step(Run::wake);
    assert_eq!(trial.run.spinner, 0, "somebody else's deadline");
    trial.bench.now = due;
    trial.step(Run::wake);
    assert_eq!(trial.run.spinner, 1);
    assert!(trial.run.next_deadline().unwrap() > due);
}

#[test]
fn the_way_in_names_the_key_that_is_here() {
    let mut bench = Bench::new();
    bench
        .inventory
        .key_pairs
        .put([crate::app::launch::testing::pair("laptop", crate::domain::key_pair::KeyKind::Ed25519)]);
    bench.inventory.local_keys = Remote { value: Some(vec![local_key("laptop")]), ..Remote::default() };
    let mut plan = plan(1);
    plan.key = KeyChoice::Existing("laptop".to_owned());
    plan.groups = GroupChoice::Existing(vec![GroupId::new("sg-9")]);
    let mut trial = begin_on(bench, plan, Ledger::default());
    trial.reply(Ok(Written::Launched(launched(1, InstanceState::Pending))));
    let running = instance("i-1", InstanceState::Running);
    let way = |run: &Run, one: &crate::domain::instance::Instance, bench: &Bench| {
        run.way_in(one, &bench.inventory, &bench.environment)
    };
    let command = "ssh -i ~/.ssh/laptop.pem ec2-user@203.0.113.9".to_owned();
    assert_eq!(way(&trial.run, &running, &trial.bench), report::WayIn::Ssh(command));
    let pending = instance("i-1", InstanceState::Pending);
    assert_eq!(way(&trial.run, &pending, &trial.bench), report::WayIn::NoPublicAddress);
    trial.run.order.platform = Platform::Windows;
    assert_eq!(way(&trial.run, &running, &trial.bench), report::WayIn::Rdp("203.0.113.9".to_owned()));
}
