//! An address that was bought a moment ago: EC2 may not show it yet, and it is never said to be gone.

use super::*;
use crate::app::launch::testing::{Bench, instance, refusal};
use crate::app::tasks::{Done, Wait};
use crate::domain::instance::InstanceState;
use crate::message::{Found, Page};

struct Case {
    bench: Bench,
    task: Associate,
    step: Step,
}

impl Case {
    /// An address goes to `i-1`; the list does not show it.
    fn of(left_idle: Option<Text>) -> Self {
        let mut bench = Bench::new();
        bench.inventory.instances.put([instance("i-1", InstanceState::Running)]);
        let target = AddressTarget { instance: InstanceId::new("i-1"), interface: None, private_ip: None };
        let task = Associate::new(AllocationId::new("eipalloc-new"), ip(), target, "web-1".to_owned());
        let mut case = Self { bench, task: task.just_allocated(left_idle), step: Step::Dropped };
        case.tell(Event::Begin);
        case
    }

    fn tell(&mut self, event: Event<'_>) -> &mut Self {
        let (task, mut step) = (&mut self.task, Step::Dropped);
        self.bench.with(|world| step = task.on(event, world));
        self.step = step;
        self
    }

    fn addresses_read(&mut self) -> &mut Self {
        self.tell(Event::Found(&Ok(Found::Addresses(Page { rows: vec![], more: false }))))
    }

    fn shown(&mut self, association: Option<Association>) -> &mut Self {
        let id = AllocationId::new("eipalloc-new");
        self.bench.inventory.addresses.put([Address {
            id,
            ip: ip(),
            name: None,
            association,
            tags: vec![],
            own_pool: false,
        }]);
        self.addresses_read()
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

fn ip() -> Ipv4Addr {
    Ipv4Addr::new(203, 0, 113, 77)
}

fn left_idle() -> Text {
    text!("allocate-left-idle", address = ip())
}

#[test]
fn a_new_address_that_is_not_listed_yet_is_waited_for() {
    let mut case = Case::of(Some(left_idle()));
    case.addresses_read().wake().addresses_read().wake();
    assert!(matches!(case.step, Step::Wait(Wait::Read(_))));
    case.shown(None);
    assert!(matches!(case.step, Step::Wait(Wait::Write(_))), "{:?}", case.step);
    // The one call sees it, the next may not.
    case.tell(Event::Written(&Err(refusal(NOT_FOUND)))).wake().shown(None);
    assert!(matches!(case.step, Step::Wait(Wait::Write(_))), "{:?}", case.step);
}

#[test]
fn a_new_address_that_never_shows_is_not_called_gone_but_one_that_was_listed_is() {
    let mut case = Case::of(Some(left_idle()));
    let begin = case.bench.now;
    case.addresses_read();
    while matches!(case.step, Step::Wait(Wait::Until(_))) {
        case.wake().addresses_read();
    }
    assert_eq!(case.bench.now.duration_since(begin).as_secs(), 60);
    assert_eq!(case.said(), "associate-not-visible");
    assert_eq!(Case::of(None).addresses_read().said(), "address-is-gone");
}

#[test]
fn no_to_the_question_leaves_a_new_address_idle_and_says_so() {
    let ask = |left_idle: Option<Text>| {
        let mut case = Case::of(left_idle);
        case.shown(None).tell(Event::Written(&Err(refusal("Resource.AlreadyAssociated")))).shown(None);
        assert!(matches!(case.step, Step::Ask(_)), "{:?}", case.step);
        case.tell(Event::No);
        case
    };
    assert_eq!(ask(Some(left_idle())).said(), "allocate-left-idle");
    assert_eq!(ask(None).step, Step::Dropped);
}
