use super::*;
use crate::app::launch::testing::{Bench, instance};
use crate::app::tasks::Wait;
use crate::message::{Effect, Found, Page, Slot, Written};

/// The task, what the account shows, and what was sent.
struct Case {
    task: ChangeType,
    bench: Bench,
}

fn refusal(code: &str) -> Problem {
    Problem {
        cause: Cause::Service,
        operation: "ModifyInstanceAttribute".to_owned(),
        code: code.to_owned(),
        message: "no".to_owned(),
        request_id: None,
    }
}

fn unclear() -> Problem {
    Problem { cause: Cause::UnclearOutcome, code: String::new(), ..refusal("") }
}

impl Case {
    fn new(state: InstanceState, mode: Option<CreditMode>) -> Self {
        let mut case =
            Self { task: ChangeType::new(&instance("i-1", state), "m5.large", mode, false), bench: Bench::new() };
        case.shows(state, "t3.micro");
        assert!(matches!(case.on(Event::Begin), Step::Ask(_)));
        case
    }

    fn shows(&mut self, state: InstanceState, kind: &str) {
        let shown = Instance { instance_type: kind.to_owned(), ..instance("i-1", state) };
        self.bench.inventory.instances.put([shown]);
    }

    fn on(&mut self, event: Event<'_>) -> Step {
        let mut step = Step::Dropped;
        self.bench.with(|world| step = self.task.on(event, world));
        step
    }

    fn done(&mut self) -> Step {
        self.on(Event::Written(&Ok(Written::Done)))
    }

    fn refused(&mut self, problem: Problem) -> Step {
        self.on(Event::Written(&Err(problem)))
    }

    /// A look at the instance, which shows this.
    fn looks(&mut self, state: InstanceState, kind: &str) -> Step {
        self.shows(state, kind);
        let page = Page { rows: vec![], more: false };
        self.on(Event::Found(&Ok(Found::Instances(page))))
    }

    /// The changes that were sent since the last time.
    fn sent(&mut self) -> Vec<Write> {
        let effects = self.bench.effects().into_iter();
        effects.filter_map(|effect| if let Effect::Write { write, .. } = effect { Some(write) } else { None }).collect()
    }
}

fn act(action: InstanceAction) -> Write {
    Write::Instance { action, id: InstanceId::new("i-1") }
}

fn set(kind: &str) -> Write {
    Write::SetInstanceType { id: InstanceId::new("i-1"), instance_type: kind.to_owned() }
}

fn credits(mode: CreditMode) -> Write {
    Write::SetCreditMode { id: InstanceId::new("i-1"), mode }
}

/// A running instance that is stopped by now, with the new type sent.
fn changing(mode: Option<CreditMode>) -> Case {
    let mut case = Case::new(InstanceState::Running, mode);
    case.on(Event::Yes);
    assert_eq!(case.sent(), [act(InstanceAction::Stop)]);
    assert_eq!(case.done(), Step::Wait(Wait::Read(Slot::InstancesById)));
    assert!(matches!(case.looks(InstanceState::Stopping, "t3.micro"), Step::Wait(Wait::Until(_))));
    case.on(Event::Woken);
    case.looks(InstanceState::Stopped, "t3.micro");
    assert_eq!(case.sent(), [set("m5.large")]);
    case
}

#[test]
fn a_running_instance_is_stopped_changed_kept_in_its_mode_and_started() {
    for (mode, between) in [(None, vec![]), (Some(CreditMode::Standard), vec![credits(CreditMode::Standard)])] {
        let mut case = changing(mode);
        case.done();
        if mode.is_some() {
            assert_eq!(case.sent(), between, "a new type would be unlimited, and that is money");
            case.done();
        }
        assert_eq!(case.sent(), [act(InstanceAction::Start)]);
        case.done();
        assert!(matches!(case.looks(InstanceState::Pending, "m5.large"), Step::Wait(Wait::Until(_))));
        let Step::Done(done) = case.looks(InstanceState::Running, "m5.large") else { panic!("it runs") };
        assert_eq!((done.said.key(), done.tone), ("done-change-type-at", Tone::Good));
        assert_eq!(case.sent(), []);
    }
}

#[test]
fn one_that_was_stopped_stays_stopped() {
    let mut case = Case::new(InstanceState::Stopped, None);
    case.on(Event::Yes);
    assert_eq!(case.sent(), [set("m5.large")]);
    let Step::Done(done) = case.done() else { panic!("done") };
    assert_eq!((done.said.key(), case.sent()), ("done-change-type-stopped", vec![]));
    let mut case = Case::new(InstanceState::Stopped, None);
    case.on(Event::Yes);
    assert_eq!(case.refused(refusal("Unsupported")), Step::Failed(refusal("Unsupported")));
}

#[test]
fn a_refusal_in_the_middle_says_what_there_is_and_offers_a_start() {
    let mut case = changing(None);
    let Step::Ask(question) = case.refused(refusal("Unsupported")) else { panic!("a question") };
    assert!(!question.yes && question.lines.iter().any(|line| line.key() == "change-type-so-far"));
    assert!(case.task.leaves_behind().is_some());
    let Step::Done(said) = case.on(Event::No) else { panic!("said") };
    assert_eq!((said.said.key(), case.sent()), ("change-type-so-far", vec![]));

    let mut case = changing(Some(CreditMode::Standard));
    case.done();
    case.sent();
    let Step::Ask(question) = case.refused(refusal("Oops")) else { panic!("a question") };
    assert!(question.lines.iter().any(|line| line.key() == "change-type-mode-not-set"));
    case.on(Event::Yes);
    assert_eq!(case.sent(), [act(InstanceAction::Start)]);
}

#[test]
fn a_type_that_does_not_start_is_offered_to_be_set_back() {
    // Refused at once, or back to stopped by itself.
    for falls_back in [false, true] {
        let mut case = changing(None);
        case.done();
        assert_eq!(case.sent(), [act(InstanceAction::Start)]);
        let step = if falls_back {
            case.done();
            let mut step = Step::Dropped;
            for _ in 0..4 {
                step = case.looks(InstanceState::Stopped, "m5.large");
            }
            step
        } else {
            case.refused(refusal("InsufficientInstanceCapacity"))
        };
        let Step::Ask(question) = step else { panic!("{step:?}") };
        assert_eq!(question.title.key(), "change-type-old-title");
        case.on(Event::Yes);
        assert_eq!(case.sent(), [set("t3.micro")]);
        case.done();
        assert_eq!(case.sent(), [act(InstanceAction::Start)]);
        case.done();
        let Step::Done(done) = case.looks(InstanceState::Running, "t3.micro") else { panic!("it runs") };
        assert_eq!(done.said.key(), "change-type-is-old-again");
    }
}

#[test]
fn a_lost_answer_is_settled_by_what_the_instance_is() {
    let mut case = changing(None);
    assert_eq!(case.refused(unclear()), Step::Wait(Wait::Read(Slot::InstancesById)));
    assert!(matches!(case.looks(InstanceState::Stopped, "t3.micro"), Step::Wait(Wait::Until(_))));
    case.on(Event::Woken);
    case.looks(InstanceState::Stopped, "m5.large");
    assert_eq!(case.sent(), [act(InstanceAction::Start)]);
    // It never becomes clear: what there is is said.
    let mut case = changing(None);
    case.refused(unclear());
    let mut step = Step::Dropped;
    for _ in 0..10 {
        step = case.looks(InstanceState::Stopped, "t3.micro");
        if matches!(step, Step::Ask(_)) {
            break;
        }
    }
    assert!(matches!(step, Step::Ask(_)), "{step:?}");
}

#[test]
fn what_is_on_its_way_when_the_person_agrees_is_not_touched() {
    let mut case = Case::new(InstanceState::Running, None);
    case.shows(InstanceState::Stopping, "t3.micro");
    let Step::Done(done) = case.on(Event::Yes) else { panic!("told") };
    assert_eq!((done.said.key(), case.sent()), ("change-type-not-in-this-state", vec![]));
    let mut case = Case::new(InstanceState::Running, None);
    case.on(Event::Yes);
    assert_eq!(case.refused(refusal("OperationNotPermitted")), Step::Failed(refusal("OperationNotPermitted")));
}

#[test]
fn a_mode_that_is_refused_for_a_stopped_server_says_what_it_is_now() {
    let mut case = Case::new(InstanceState::Stopped, Some(CreditMode::Standard));
    case.on(Event::Yes);
    case.done();
    assert_eq!(case.sent(), [set("m5.large"), credits(CreditMode::Standard)]);
    let Step::Done(done) = case.refused(refusal("InvalidInstanceID.NotFound")) else { panic!("told") };
    assert_eq!((done.said.key(), done.tone), ("done-change-type-no-mode", Tone::Warning));
    assert_eq!(case.sent(), []);
    let mut case = Case::new(InstanceState::Stopped, Some(CreditMode::Standard));
    case.on(Event::Yes);
    case.done();
    let Step::Done(done) = case.refused(unclear()) else { panic!("told") };
    assert_eq!(done.said.key(), "done-change-type-mode-unclear", "it may have been set");
}
