//! Every state of giving a fixed address, and every way out of it.

use super::*;
use crate::app::launch::testing::{Bench, instance, refusal, unclear};
use crate::app::tasks::{Done, Wait};
use crate::domain::address::Association;
use crate::domain::id::InterfaceId;
use crate::domain::instance::Interface;
use crate::domain::tag::{NAME, Tag};
use crate::message::{Effect, Found, Made, MadeKind, Page, Slot, Written};

use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};

/// The task on a bench, and what it has asked for.
struct Case {
    bench: Bench,
    task: FixedAddress,
    step: Step,
    wishes: Vec<Wish>,
}

fn address(id: &str, last: u8, name: Option<&str>) -> Address {
    let ip = Ipv4Addr::new(203, 0, 113, last);
    Address {
        id: AllocationId::new(id),
        ip,
        name: name.map(str::to_owned),
        association: None,
        tags: vec![],
        own_pool: false,
    }
}

fn on(mut address: Address, instance: &str) -> Address {
    address.association = Some(Association {
        id: AssociationId::new("eipassoc-9"),
        instance: Some(InstanceId::new(instance)),
        interface: None,
        private_ip: None,
    });
    address
}

impl Case {
    /// The task for `i-1`, named web-1, in this state; it has begun.
    fn of(state: InstanceState, addresses: Vec<Address>) -> Self {
        let mut bench = Bench::new();
        let subject = instance("i-1", state);
        bench.inventory.instances.put([subject.clone()]);
        bench.inventory.addresses.put(addresses);
        let task = FixedAddress::new(&subject);
        let mut case = Self { bench, task, step: Step::Dropped, wishes: vec![] };
        case.tell(Event::Begin);
        assert_eq!(case.step, Step::Wait(Wait::Read(Slot::Addresses)));
        case.bench.effects();
        case
    }

    fn tell(&mut self, event: Event<'_>) -> &mut Self {
        let (task, mut step) = (&mut self.task, Step::Dropped);
        self.wishes = self.bench.with(|world| step = task.on(event, world));
        self.step = step;
        self
    }

    fn addresses_read(&mut self) -> &mut Self {
        self.tell(Event::Found(&Ok(Found::Addresses(Page { rows: vec![], more: false }))))
    }

    fn is(&mut self, state: InstanceState) -> &mut Self {
        self.bench.inventory.instances.put([instance("i-1", state)]);
        self.tell(Event::Found(&Ok(Found::Instances(Page { rows: vec![], more: false }))))
    }

    fn written(&mut self, written: Written) -> &mut Self {
        self.tell(Event::Written(&Ok(written)))
    }

    fn refused(&mut self, problem: Problem) -> &mut Self {
        self.tell(Event::Written(&Err(problem)))
    }

    fn allocated(&mut self) -> &mut Self {
        self.tell(Event::Yes)
            .written(Written::Address(AllocationId::new("eipalloc-new"), Ipv4Addr::new(203, 0, 113, 77)))
    }

    /// The writes since the last time.
    fn writes(&mut self) -> Vec<Write> {
        let effects = self.bench.effects();
        effects
            .into_iter()
            .filter_map(|effect| if let Effect::Write { write, .. } = effect { Some(write) } else { None })
            .collect()
    }

    fn waits_seconds(&self) -> i64 {
        let Step::Wait(Wait::Until(at)) = self.step else { panic!("it does not wait: {:?}", self.step) };
        at.duration_since(self.bench.now).as_secs()
    }

    /// Lets the moment come that it waits for.
    fn wake(&mut self) -> &mut Self {
        let Step::Wait(Wait::Until(at)) = self.step else { panic!("it does not wait: {:?}", self.step) };
        self.bench.now = at;
        self.tell(Event::Woken)
    }

    fn said(&self) -> &'static str {
        let Step::Done(Done { said, .. }) = &self.step else { panic!("it is not done: {:?}", self.step) };
        said.key()
    }

    /// The keys of the page that it shows, and the codes of the problems on it.
    fn page(&self) -> (Vec<&'static str>, Vec<&str>) {
        let page = self.wishes.iter().find_map(|wish| match wish {
            Wish::Page(PageContent::Aftermath { lines, problems }) => Some((lines, problems)),
            _ => None,
        });
        let (lines, problems) = page.unwrap_or_else(|| panic!("no page: {:?}", self.wishes));
        (lines.iter().map(Text::key).collect(), problems.iter().map(|one| one.code.as_str()).collect())
    }
}

fn associate(id: &str) -> Write {
    let target = AddressTarget { instance: InstanceId::new("i-1"), interface: None, private_ip: None };
    Write::AssociateAddress { address: AllocationId::new(id), target, take_over: false }
}

fn release(id: &str) -> Write {
    Write::ReleaseAddress(AllocationId::new(id))
}

fn not_yet() -> Problem {
    let message = "The pending instance 'i-1' is not in a valid state for this operation.".to_owned();
    Problem { message, ..refusal("InvalidInstanceID") }
}

#[test]
fn the_address_of_the_instances_name_comes_before_the_first_one_and_one_in_use_is_no_choice() {
    let other = || address("eipalloc-1", 5, Some("shop"));
    let unnamed = || address("eipalloc-2", 4, None);
    for (addresses, taken) in [
        (vec![other(), unnamed()], "eipalloc-2"),
        (vec![other(), unnamed(), address("eipalloc-3", 9, Some("web-1"))], "eipalloc-3"),
        (vec![other(), on(unnamed(), "i-2")], "eipalloc-1"),
        (vec![other(), on(address("eipalloc-3", 9, Some("web-1")), "i-2")], "eipalloc-1"),
    ] {
        let mut case = Case::of(Running, addresses);
        case.addresses_read();
        assert_eq!(case.writes(), [associate(taken)]);
        assert_eq!(case.task.leaves_behind(), None, "it was idle before");
        case.written(Written::Associated(AssociationId::new("eipassoc-1")));
        assert_eq!(case.said(), "done-fixed-idle");
        let Step::Done(Done { undo: Some(undo), .. }) = &case.step else { panic!("no way back: {:?}", case.step) };
        assert_eq!(undo.writes, [Write::DisassociateAddress(AssociationId::new("eipassoc-1"))]);
    }
}

#[test]
fn an_instance_that_has_one_by_now_gets_no_second() {
    let mut case = Case::of(Running, vec![on(address("eipalloc-1", 5, None), "i-1"), address("eipalloc-2", 4, None)]);
    case.addresses_read();
    assert_eq!((case.said(), case.writes()), ("why-has-fixed-address", vec![]));
}

#[test]
fn without_the_list_nothing_is_decided() {
    let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
    case.tell(Event::Found(&Err(refusal("UnauthorizedOperation"))));
    assert!(matches!(&case.step, Step::Failed(problem) if problem.is("UnauthorizedOperation")));
    assert_eq!(case.writes(), []);
}

#[test]
fn buying_one_asks_first_and_no_buys_none() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read();
    assert!(matches!(&case.step, Step::Ask(question) if !question.yes));
    assert_eq!(case.task.leaves_behind(), None);
    case.tell(Event::No);
    assert_eq!((&case.step, case.bench.effects()), (&Step::Dropped, vec![]));
}

#[test]
fn a_new_one_carries_the_name_and_the_marker_and_is_left_behind_until_it_is_on() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().tell(Event::Yes);
    let writes = case.writes();
    let [Write::AllocateAddress { tags, marker }] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(*tags, [Tag::new(NAME, "web-1")]);
    assert!(!marker.is_empty());
    assert_eq!(case.task.leaves_behind().map(|text| text.key()), Some("allocate-unfinished"));
    case.written(Written::Address(AllocationId::new("eipalloc-new"), Ipv4Addr::new(203, 0, 113, 77)));
    assert_eq!(case.task.leaves_behind().map(|text| text.key()), Some("fixed-unfinished"));
    assert_eq!(case.writes(), [associate("eipalloc-new")]);
    case.written(Written::Associated(AssociationId::new("eipassoc-1")));
    assert_eq!(case.said(), "done-fixed-new");
}

#[test]
fn an_unclear_allocation_is_looked_for_and_never_repeated() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().tell(Event::Yes);
    case.writes();
    case.refused(unclear());
    // Looks that fail say nothing about the address.
    for _ in 0..4 {
        case.tell(Event::Found(&Err(refusal("RequestLimitExceeded")))).wake();
    }
    for pause in [2, 4, 8, 16, 30] {
        assert!(matches!(&case.step, Step::Wait(Wait::Read(Slot::MadeBy(_, MadeKind::Address)))), "before {pause} s");
        case.tell(Event::Found(&Ok(Found::Made(Made::default()))));
        assert_eq!(case.waits_seconds(), pause);
        case.wake();
    }
    case.tell(Event::Found(&Ok(Found::Made(Made::default()))));
    assert!(matches!(&case.step, Step::Failed(_)), "{:?}", case.step);
    assert_eq!(case.writes(), []);
}

#[test]
fn an_unclear_allocation_that_is_found_goes_on() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().tell(Event::Yes);
    case.writes();
    case.refused(unclear());
    case.tell(Event::Found(&Ok(Found::Made(Made::default())))).wake();
    let addresses = vec![address("eipalloc-new", 77, Some("web-1"))];
    case.tell(Event::Found(&Ok(Found::Made(Made { addresses, ..Made::default() }))));
    assert_eq!(case.writes(), [associate("eipalloc-new")]);
}

#[test]
fn a_full_region_shows_its_page_and_other_refusals_are_told() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().tell(Event::Yes).refused(refusal("AddressLimitExceeded"));
    assert_eq!(case.said(), "allocate-not");
    assert!(case.wishes.iter().any(|wish| matches!(wish, Wish::Page(PageContent::Lines { .. }))));

    let mut case = Case::of(Running, vec![]);
    case.addresses_read().tell(Event::Yes).refused(refusal("InsufficientAddressCapacity"));
    assert!(matches!(&case.step, Step::Failed(problem) if problem.is("InsufficientAddressCapacity")));
}

#[test]
fn running_stopping_and_stopped_take_one_at_once_the_rest_waits_or_gets_none() {
    for state in [Running, Stopping, Stopped] {
        let mut case = Case::of(state, vec![address("eipalloc-1", 5, None)]);
        case.addresses_read();
        assert_eq!(case.writes(), [associate("eipalloc-1")], "{state:?}");
    }
    let mut case = Case::of(Pending, vec![address("eipalloc-1", 5, None)]);
    case.addresses_read();
    assert_eq!((case.waits_seconds(), case.writes()), (3, vec![]));
    for state in [ShuttingDown, Terminated] {
        let mut case = Case::of(state, vec![address("eipalloc-1", 5, None)]);
        case.addresses_read();
        assert_eq!((case.said(), case.writes()), ("fixed-instance-gone", vec![]), "{state:?}");
    }
}

#[test]
fn a_pending_instance_is_looked_at_until_it_runs() {
    let mut case = Case::of(Pending, vec![]);
    case.addresses_read().allocated();
    case.writes();
    for _ in 0..4 {
        assert_eq!(case.waits_seconds(), 3);
        case.wake();
        assert_eq!(case.step, Step::Wait(Wait::Read(Slot::InstancesById)));
        case.is(Pending);
    }
    // A look that fails says nothing about the instance.
    case.wake().tell(Event::Found(&Err(refusal("RequestLimitExceeded"))));
    case.wake().is(Running);
    assert_eq!(case.writes(), [associate("eipalloc-new")]);
}

#[test]
fn after_five_minutes_the_new_one_is_released_again() {
    let mut case = Case::of(Pending, vec![]);
    case.addresses_read().allocated();
    case.writes();
    let begin = case.bench.now;
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().is(Pending);
    }
    assert_eq!(case.bench.now.duration_since(begin).as_secs(), 300);
    assert_eq!(case.writes(), [release("eipalloc-new")]);
    assert!(case.task.leaves_behind().is_some());
    case.written(Written::Done);
    assert_eq!(case.page(), (vec!["fixed-not-ready", "fixed-released-again"], vec![]));
}

#[test]
fn ec2s_not_yet_is_tried_again_and_told_when_it_never_ends() {
    for problem in [not_yet(), refusal("IncorrectInstanceState")] {
        let mut case = Case::of(Running, vec![]);
        case.addresses_read().allocated();
        case.refused(problem.clone());
        assert_eq!(case.waits_seconds(), 3, "{}", problem.code);
        case.wake().is(Running);
        assert_eq!(case.writes().last(), Some(&associate("eipalloc-new")));
        while !matches!(case.task.state, State::GivingBack(..)) {
            case.refused(problem.clone());
            if matches!(case.step, Step::Wait(Wait::Until(_))) {
                case.wake().is(Running);
            }
        }
        case.written(Written::Done);
        assert_eq!(case.page(), (vec!["fixed-not-ready", "fixed-released-again"], vec![problem.code.as_str()]));
    }
}

#[test]
fn an_instance_that_ends_meanwhile_gives_the_new_one_back() {
    let mut case = Case::of(Pending, vec![]);
    case.addresses_read().allocated().wake().is(Terminated);
    assert_eq!(case.writes().last(), Some(&release("eipalloc-new")));
    case.written(Written::Done);
    assert_eq!(case.page(), (vec!["fixed-instance-gone", "fixed-released-again"], vec![]));
}

#[test]
fn a_refusal_gives_the_new_one_back_and_an_idle_one_stays() {
    let several = Problem {
        message: "There are multiple interfaces attached to instance 'i-1'.".to_owned(),
        ..refusal("InvalidInstanceID")
    };
    for problem in [refusal("UnauthorizedOperation"), refusal("Resource.AlreadyAssociated"), several] {
        let mut case = Case::of(Running, vec![]);
        case.addresses_read().allocated();
        case.writes();
        case.refused(problem.clone());
        assert_eq!(case.writes(), [release("eipalloc-new")], "{}", problem.code);
        case.written(Written::Done);
        assert_eq!(case.page(), (vec!["fixed-failed", "fixed-released-again"], vec![problem.code.as_str()]));

        let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
        case.addresses_read();
        case.writes();
        case.refused(problem.clone());
        assert!(matches!(&case.step, Step::Failed(told) if told.code == problem.code), "{:?}", case.step);
        assert_eq!(case.writes(), []);
    }
}

#[test]
fn one_that_cannot_be_released_either_is_told_with_both_reasons() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().allocated().refused(refusal("UnauthorizedOperation"));
    case.refused(refusal("AuthFailure"));
    assert_eq!(case.page(), (vec!["fixed-failed", "fixed-left-behind"], vec!["UnauthorizedOperation", "AuthFailure"]));
    assert_eq!(case.said(), "release-not");
}

#[test]
fn an_unclear_release_of_a_new_one_is_tried_again_and_only_ec2s_yes_is_a_yes() {
    let begin = || {
        let mut case = Case::of(Running, vec![]);
        case.addresses_read().allocated().refused(refusal("UnauthorizedOperation")).refused(unclear());
        assert_eq!(case.waits_seconds(), 2);
        case.writes();
        case
    };
    let mut case = begin();
    case.wake();
    assert_eq!(case.writes(), [release("eipalloc-new")]);
    case.written(Written::Done);
    assert_eq!(case.page().0, ["fixed-failed", "fixed-released-again"]);

    // It may be released, or not be visible yet: nobody knows.
    let mut case = begin();
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().refused(refusal(NOT_FOUND));
    }
    assert_eq!(case.page().0, ["fixed-failed", "fixed-release-unclear"]);
    assert_eq!(case.said(), "release-unclear");
}

#[test]
fn a_new_one_that_ec2_does_not_show_yet_is_waited_for() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().allocated();
    case.writes();
    for _ in 0..3 {
        case.refused(refusal(NOT_FOUND));
        assert_eq!(case.waits_seconds(), 3);
        case.wake().is(Running);
        assert_eq!(case.writes(), [associate("eipalloc-new")]);
    }
    case.written(Written::Associated(AssociationId::new("eipassoc-1")));
    assert_eq!(case.said(), "done-fixed-new");
    // One that was listed before is gone.
    let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
    case.addresses_read().refused(refusal(NOT_FOUND));
    assert!(matches!(&case.step, Step::Failed(problem) if problem.is(NOT_FOUND)), "{:?}", case.step);
}

#[test]
fn a_new_one_that_ec2_never_shows_is_never_told_to_be_released() {
    let mut case = Case::of(Running, vec![]);
    case.addresses_read().allocated();
    while !matches!(case.task.state, State::GivingBack(..)) {
        case.refused(refusal(NOT_FOUND));
        if matches!(case.step, Step::Wait(Wait::Until(_))) {
            case.wake().is(Running);
        }
    }
    let begin = case.bench.now;
    case.refused(refusal(NOT_FOUND));
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().refused(refusal(NOT_FOUND));
    }
    assert_eq!(case.bench.now.duration_since(begin).as_secs(), 60);
    assert_eq!(case.page(), (vec!["fixed-failed", "fixed-left-behind"], vec![NOT_FOUND, NOT_FOUND]));
}

#[test]
fn after_an_unclear_association_a_new_one_is_released_only_when_the_list_shows_it_on_nothing() {
    let ends = |shown: Option<Address>, read: Result<Found, Problem>| {
        let mut case = Case::of(Running, vec![]);
        case.addresses_read().allocated().refused(unclear());
        case.bench.inventory.addresses.put(shown);
        case.tell(Event::Found(&read));
        while matches!(case.step, Step::Wait(Wait::Until(_))) {
            case.wake().tell(Event::Found(&read));
        }
        case
    };
    let listed = || Ok(Found::Addresses(Page { rows: vec![], more: false }));
    let idle = || Some(address("eipalloc-new", 77, None));
    let mut case = ends(idle(), listed());
    assert_eq!(case.writes().last(), Some(&release("eipalloc-new")));
    for (shown, read) in [
        (None, listed()),
        (Some(on(address("eipalloc-new", 77, None), "i-2")), listed()),
        (idle(), Err(refusal("RequestLimitExceeded"))),
    ] {
        let mut case = ends(shown, read);
        assert_eq!(case.page().0, ["fixed-in-doubt"]);
        assert!(!case.writes().contains(&release("eipalloc-new")), "it may be in use");
    }
}

#[test]
fn an_unclear_association_is_settled_by_the_list() {
    let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
    case.addresses_read().refused(unclear());
    assert_eq!(case.step, Step::Wait(Wait::Read(Slot::Addresses)));
    case.bench.inventory.addresses.put([on(address("eipalloc-1", 5, None), "i-1")]);
    case.addresses_read();
    assert_eq!(case.said(), "done-fixed-idle");

    let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
    case.addresses_read();
    case.writes();
    case.refused(unclear());
    let begin = case.bench.now;
    case.addresses_read();
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().addresses_read();
    }
    assert_eq!(case.bench.now.duration_since(begin).as_secs(), 60);
    assert!(matches!(&case.step, Step::Failed(_)), "{:?}", case.step);
    assert_eq!(case.writes(), [], "nothing is sent again");
}

#[test]
fn of_several_interfaces_the_primary_one_takes_it() {
    let mut case = Case::of(Running, vec![address("eipalloc-1", 5, None)]);
    let mut subject = instance("i-1", Running);
    for id in ["eni-1", "eni-2"] {
        let private_ips = vec![Ipv4Addr::new(172, 31, 0, 9)];
        subject.interfaces.push(Interface { id: InterfaceId::new(id), private_ips, groups: vec![] });
    }
    case.bench.inventory.instances.put([subject]);
    case.addresses_read();
    let writes = case.writes();
    let [Write::AssociateAddress { target, .. }] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(target.interface, Some(InterfaceId::new("eni-1")));
}
