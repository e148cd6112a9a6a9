//! Every state of making a key pair, without account and without files.

use super::*;
use crate::app::launch::testing::{Bench, local_key};
use crate::domain::id::KeyPairId;
use crate::domain::key_pair::PublicHalf;
use crate::domain::problem::Cause;
use crate::message::{Effect, Found, Made, Write, Written};

fn wanted() -> Wanted {
    Wanted { name: "shop".to_owned(), kind: KeyKind::Ed25519, rsa_bits: RsaBits::default() }
}

fn told(task: &mut NewKey, event: Event<'_>, bench: &mut Bench) -> Step {
    let mut step = Step::Dropped;
    bench.with(|world| step = task.on(event, world));
    step
}

fn refused(cause: Cause, code: &str) -> Problem {
    Problem {
        cause,
        operation: "ImportKeyPair".to_owned(),
        code: code.to_owned(),
        message: String::new(),
        request_id: None,
    }
}

/// A task whose private key is on disk and whose import is under way.
fn importing(bench: &mut Bench) -> NewKey {
    let mut task = NewKey::new(wanted(), None, "mark".to_owned());
    told(&mut task, Event::Begin, bench);
    assert!(matches!(bench.effects()[..], [Effect::Local { task: LocalTask::GenerateKey { .. }, .. }]));
    assert_eq!(task.leaves_behind(), None, "nothing is made yet");
    told(&mut task, Event::Local(&Ok(LocalDone::KeyWritten(local_key("shop")))), bench);
    assert!(matches!(
        &bench.effects()[..],
        [Effect::Write { write: Write::ImportKeyPair { name, marker, .. }, .. }] if name == "shop" && marker == "mark"
    ));
    task
}

#[test]
fn leaving_while_the_import_is_under_way_names_the_file() {
    let mut bench = Bench::ready();
    let left = importing(&mut bench).leaves_behind().expect("the private key is there");
    assert!(left.say(crate::text::Language::English).contains("/home/me/.ssh/shop.pem"));
}

#[test]
fn a_name_that_is_taken_is_ours_only_with_our_mark() {
    let taken = || Err(refused(Cause::Service, "InvalidKeyPair.Duplicate"));
    for (ours, made) in [(true, vec![KeyPairId::new("key-1")]), (false, vec![])] {
        let mut bench = Bench::ready();
        let mut task = importing(&mut bench);
        told(&mut task, Event::Written(&taken()), &mut bench);
        let found = Ok(Found::Made(Made { key_pairs: made, ..Made::default() }));
        let step = told(&mut task, Event::Found(&found), &mut bench);
        assert_eq!(matches!(step, Step::Done(_)), ours, "{step:?}");
        assert_eq!(matches!(step, Step::Failed(_)), !ours, "{step:?}");
    }
}

#[test]
fn what_may_have_happened_is_looked_for_three_times() {
    let mut bench = Bench::ready();
    let mut task = importing(&mut bench);
    told(&mut task, Event::Written(&Err(refused(Cause::UnclearOutcome, ""))), &mut bench);
    let nothing = Ok(Found::Made(Made::default()));
    for look in 1..=2 {
        let step = told(&mut task, Event::Found(&nothing), &mut bench);
        assert!(matches!(step, Step::Wait(super::super::Wait::Until(_))), "{look}: {step:?}");
        told(&mut task, Event::Woken, &mut bench);
    }
    assert!(matches!(told(&mut task, Event::Found(&nothing), &mut bench), Step::Failed(_)));
    assert!(task.made().is_some(), "the next try begins with the key that is there");
}

#[test]
fn only_the_very_key_of_an_earlier_try_is_imported_again() {
    let half =
        |line: &str| PublicHalf { line: line.to_owned(), comment: String::new(), kind: KeyKind::Ed25519, bits: None };
    for (line, imports) in [("ssh-ed25519 shop", true), ("ssh-ed25519 another", false)] {
        let mut bench = Bench::ready();
        let made = importing(&mut bench).made().cloned();
        let mut task = NewKey::new(wanted(), made, "another mark".to_owned());
        told(&mut task, Event::Begin, &mut bench);
        bench.effects();
        told(&mut task, Event::Local(&Ok(LocalDone::PublicKey(half(line)))), &mut bench);
        let effects = bench.effects();
        let same_mark = |effect: &Effect| matches!(effect, Effect::Write { write: Write::ImportKeyPair { marker, .. }, .. } if marker == "mark");
        assert_eq!(effects.iter().any(same_mark), imports, "{effects:?}");
    }
}

#[test]
fn a_reply_with_the_pairs_id_is_the_end() {
    let mut bench = Bench::ready();
    let mut task = importing(&mut bench);
    let step = told(&mut task, Event::Written(&Ok(Written::KeyPair(KeyPairId::new("key-1")))), &mut bench);
    assert!(matches!(step, Step::Done(_)), "{step:?}");
}
