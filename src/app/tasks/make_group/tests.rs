//! Copying a group that EC2 does not show at once.

use super::*;
use crate::app::launch::testing::{Bench, refusal};
use crate::domain::id::RuleId;
use crate::domain::security_group::Traffic;
use crate::message::{Effect, Page};

fn rule(id: &str, traffic: Traffic) -> Rule {
    Rule { id: RuleId::new(id), traffic, peer: Peer::anywhere_v4(), description: None, tags: vec![] }
}

fn group(id: &str, inbound: Vec<Rule>, outbound: Vec<Rule>) -> SecurityGroup {
    SecurityGroup {
        id: GroupId::new(id),
        name: id.to_owned(),
        description: "d".to_owned(),
        vpc: None,
        inbound,
        outbound,
        tags: vec![],
    }
}

fn told(task: &mut MakeGroup, event: Event<'_>, bench: &mut Bench) -> Step {
    let mut step = Step::Dropped;
    bench.with(|world| step = task.on(event, world));
    step
}

/// A copy of a group that lets nothing out; EC2 has just made it.
fn copying(inbound: Vec<Rule>, bench: &mut Bench) -> (MakeGroup, Step) {
    let original = group("sg-strict", inbound, vec![]);
    let new = NewGroup { name: "copy".to_owned(), description: "d".to_owned(), vpc: None, inbound: vec![] };
    let mut task = MakeGroup::new(new, vec![], Some(original), "mark".to_owned());
    told(&mut task, Event::Begin, bench);
    let step = told(&mut task, Event::Written(&Ok(Written::Group(GroupId::new("sg-copy")))), bench);
    bench.effects();
    (task, step)
}

/// The list of groups answers without the new group.
fn unseen(task: &mut MakeGroup, bench: &mut Bench) -> Step {
    let found = Ok(Found::SecurityGroups(Page { rows: vec![], more: false }));
    told(task, Event::Found(&found), bench)
}

fn words(step: &Step) -> String {
    let Step::Done(done) = step else { panic!("{step:?}") };
    done.said.say(crate::text::Language::English)
}

#[test]
fn what_a_new_group_lets_out_is_taken_away_once_it_shows() {
    let mut bench = Bench::ready();
    let (mut task, _) = copying(vec![], &mut bench);
    for _ in 0..3 {
        assert!(matches!(unseen(&mut task, &mut bench), Step::Wait(Wait::Until(_))));
        told(&mut task, Event::Woken, &mut bench);
        assert!(matches!(bench.effects()[..], [Effect::Read { read: Read::SecurityGroups, .. }]));
    }
    bench.inventory.groups.put([group("sg-copy", vec![], vec![rule("sgr-all", Traffic::All)])]);
    unseen(&mut task, &mut bench);
    assert!(matches!(
        &bench.effects()[..],
        [Effect::Write { write: Write::RevokeRules { rules, .. }, .. }] if rules[0].as_str() == "sgr-all"
    ));
    let step = told(&mut task, Event::Written(&Ok(Written::Done)), &mut bench);
    assert_eq!(words(&step), "copy was made with the rules of sg-strict.");
}

#[test]
fn a_copy_that_never_shows_is_not_called_a_full_one() {
    let mut bench = Bench::ready();
    let (mut task, _) = copying(vec![], &mut bench);
    let mut step = unseen(&mut task, &mut bench);
    let mut waits = 0;
    while matches!(step, Step::Wait(Wait::Until(_))) {
        waits += 1;
        told(&mut task, Event::Woken, &mut bench);
        step = unseen(&mut task, &mut bench);
    }
    assert_eq!((waits, words(&step).as_str()), (5, "copy exists, but without all of its rules."));
}

#[test]
fn rules_that_come_too_early_are_sent_again() {
    let mut bench = Bench::ready();
    let (mut task, _) = copying(vec![rule("sgr-1", Traffic::Tcp(22, 22))], &mut bench);
    let early = Err(refusal("InvalidGroup.NotFound"));
    assert!(matches!(told(&mut task, Event::Written(&early), &mut bench), Step::Wait(Wait::Until(_))));
    told(&mut task, Event::Woken, &mut bench);
    assert!(matches!(&bench.effects()[..], [Effect::Write { write: Write::AuthorizeRules { .. }, .. }]));
    let other = Err(refusal("RulesPerSecurityGroupLimitExceeded"));
    assert!(matches!(told(&mut task, Event::Written(&other), &mut bench), Step::Failed(_)));
}
