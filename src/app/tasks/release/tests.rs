//! What went into use after the question is not touched, and an unclear termination is looked at.

use super::*;
use crate::app::launch::testing::{Bench, instance, refusal, unclear};
use crate::app::tasks::Done;
use crate::domain::id::AssociationId;
use crate::message::{Effect, Found, Page, Written};

use InstanceState::{Running, ShuttingDown, Terminated};

struct Case {
    bench: Bench,
    task: Release,
    step: Step,
    wishes: Vec<Wish>,
}

/// The address on this instance, by the association named after it.
fn address(on: Option<&str>) -> Address {
    let association = on.map(|instance| Association {
        id: AssociationId::new(format!("eipassoc-{instance}")),
        instance: Some(InstanceId::new(instance)),
        interface: None,
        private_ip: None,
    });
    let ip = Ipv4Addr::new(203, 0, 113, 5);
    Address { id: AllocationId::new("eipalloc-1"), ip, name: None, association, tags: vec![], own_pool: false }
}

fn off(instance: &str) -> Write {
    Write::DisassociateAddress(AssociationId::new(format!("eipassoc-{instance}")))
}

fn released() -> Write {
    Write::ReleaseAddress(AllocationId::new("eipalloc-1"))
}

impl Case {
    fn of(task: impl FnOnce(&Bench, &Address) -> Release, on: Option<&str>) -> Self {
        let mut bench = Bench::new();
        bench.inventory.instances.put([instance("i-1", Running), instance("i-2", Running)]);
        bench.inventory.addresses.put([address(on)]);
        let task = task(&bench, &address(on));
        let mut case = Self { bench, task, step: Step::Dropped, wishes: vec![] };
        case.tell(Event::Begin);
        case
    }

    /// `d`, and the person has agreed.
    fn agreed(on: Option<&str>) -> Self {
        let mut case = Self::of(|bench, address| Release::asking(address, &bench.inventory), on);
        assert!(matches!(case.step, Step::Ask(_)), "{:?}", case.step);
        case.tell(Event::Yes);
        assert_eq!(case.writes(), [], "it looks first");
        case
    }

    /// `i-1`, which has it, is being terminated.
    fn terminating() -> Self {
        Self::of(
            |_, address| {
                let mut bench = Bench::new();
                let mut termination = None;
                bench.with(|world| termination = Some(world.outbox.write(released())));
                Release::after(address, termination.unwrap(), "web-1".to_owned())
            },
            Some("i-1"),
        )
    }

    fn tell(&mut self, event: Event<'_>) -> &mut Self {
        let (task, mut step) = (&mut self.task, Step::Dropped);
        self.wishes = self.bench.with(|world| step = task.on(event, world));
        self.step = step;
        self
    }

    fn written(&mut self) -> &mut Self {
        self.tell(Event::Written(&Ok(Written::Done)))
    }

    fn refused(&mut self, problem: Problem) -> &mut Self {
        self.tell(Event::Written(&Err(problem)))
    }

    /// The list shows the address there.
    fn shown(&mut self, on: Option<&str>) -> &mut Self {
        self.bench.inventory.addresses.put([address(on)]);
        self.tell(Event::Found(&Ok(Found::Addresses(Page { rows: vec![], more: false }))))
    }

    /// The holder is read again, or was to be.
    fn looked(&mut self, found: Result<InstanceState, Problem>) -> &mut Self {
        let found = found.map(|state| {
            self.bench.inventory.instances.put([instance("i-1", state)]);
            Found::Instances(Page { rows: vec![], more: false })
        });
        self.tell(Event::Found(&found))
    }

    fn writes(&mut self) -> Vec<Write> {
        let write = |effect| if let Effect::Write { write, .. } = effect { Some(write) } else { None };
        self.bench.effects().into_iter().filter_map(write).collect()
    }

    fn wake(&mut self) -> &mut Self {
        let Step::Wait(Wait::Until(at)) = self.step else { panic!("it does not wait: {:?}", self.step) };
        self.bench.now = at;
        self.tell(Event::Woken)
    }

    fn said(&self) -> &'static str {
        let Step::Done(Done { said, .. }) = &self.step else { panic!("it is not done: {:?}", self.step) };
        said.key()
    }
}

#[test]
fn what_is_as_the_question_said_is_released() {
    let mut case = Case::agreed(None);
    case.shown(None);
    assert_eq!(case.writes(), [released()]);
    let mut case = Case::agreed(Some("i-1"));
    case.shown(Some("i-1"));
    assert_eq!(case.writes(), [off("i-1")]);
    case.written();
    assert_eq!(case.writes(), [released()]);
    // EC2 counts it as in use, and the list still shows where it was.
    case.refused(refusal(IN_USE)).wake().shown(Some("i-1"));
    assert_eq!(case.writes(), [released()]);
    assert_eq!(case.written().said(), "done-release");
}

#[test]
fn what_went_elsewhere_after_the_question_is_not_touched_and_asked_about_again() {
    for (before, now) in [(None, Some("i-2")), (Some("i-1"), Some("i-2")), (Some("i-1"), None)] {
        let mut case = Case::agreed(before);
        case.shown(now);
        assert_eq!(case.writes(), [], "{before:?} to {now:?}");
        let Step::Ask(question) = &case.step else { panic!("it does not ask: {:?}", case.step) };
        assert_eq!(question.lines[0].key(), "release-changed");
        assert_eq!(question.lines.iter().any(|line| line.key() == "release-takes-off"), now.is_some());
        // Agreed to that, it goes on.
        case.tell(Event::Yes).shown(now);
        assert_eq!(case.writes(), [now.map_or(released(), off)]);
    }
}

#[test]
fn without_the_list_nothing_is_released() {
    let mut case = Case::agreed(None);
    case.tell(Event::Found(&Err(refusal("UnauthorizedOperation"))));
    assert!(matches!(&case.step, Step::Failed(_)), "{:?}", case.step);
    assert_eq!(case.writes(), []);
}

#[test]
fn what_goes_elsewhere_after_it_was_taken_off_stays_there() {
    let mut case = Case::agreed(Some("i-1"));
    case.shown(Some("i-1")).written().refused(refusal(IN_USE));
    case.writes();
    case.wake().shown(Some("i-2"));
    assert_eq!((case.said(), case.writes()), ("release-moved", vec![]));
}

#[test]
fn the_address_of_a_terminated_instance_is_released_unless_it_moved_elsewhere() {
    let mut case = Case::terminating();
    case.written().shown(Some("i-1"));
    assert_eq!(case.writes(), [off("i-1")]);
    case.written();
    assert_eq!(case.writes(), [released()]);
    assert_eq!(case.written().said(), "done-terminate-release");

    let mut case = Case::terminating();
    case.written().shown(Some("i-2"));
    assert_eq!((case.said(), case.writes()), ("release-moved", vec![]));

    // EC2 has taken it off itself.
    let mut case = Case::terminating();
    case.written().shown(None);
    assert_eq!(case.writes(), [released()]);
    // And somebody has put it elsewhere while it counted as in use.
    case.refused(refusal(IN_USE)).wake().shown(Some("i-2"));
    assert_eq!((case.said(), case.writes()), ("release-moved", vec![]));
}

#[test]
fn an_unclear_termination_is_looked_at() {
    for ending in [ShuttingDown, Terminated] {
        let mut case = Case::terminating();
        case.refused(unclear()).looked(Ok(Running)).wake().looked(Err(refusal("RequestLimitExceeded")));
        case.wake().looked(Ok(ending)).shown(Some("i-1"));
        assert_eq!(case.writes(), [off("i-1")]);
    }
    let mut case = Case::terminating();
    case.refused(unclear()).looked(Ok(Running));
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().looked(Ok(Running));
    }
    assert_eq!((case.said(), case.writes()), ("release-not-terminated-unclear", vec![]));
}

#[test]
fn a_refused_termination_is_told_as_one() {
    let mut case = Case::terminating();
    case.refused(refusal("OperationNotPermitted"));
    assert_eq!((case.said(), case.writes()), ("release-not-terminated", vec![]));
}

#[test]
fn an_unclear_release_is_not_told_as_a_failure() {
    let mut case = Case::agreed(Some("i-1"));
    case.shown(Some("i-1")).written().refused(unclear()).shown(None);
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().shown(None);
    }
    assert_eq!(case.said(), "release-unclear");
}
