//! Makes an instance one of another type: stops it if it runs, changes the type, sets what happens when its CPU credits
//! are used up, starts it again.
//!
//! Whatever fails in the middle, the person is told what there is now and asked whether it is to be started again; where
//! the new type does not start, whether it is to become the old one again.

use jiff::SignedDuration;

use super::address_calls::{Looks, wait};
use super::{Event, Step, Work};
use crate::app::App;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, InstanceAction, InstanceState};
use crate::domain::instance_type::CreditMode;
use crate::domain::problem::{Cause, Problem};
use crate::message::{Read, Write};
use crate::text;
use crate::text::Text;

/// Between two looks at an instance that is on its way.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_secs(3);
/// So many looks at most: fifteen minutes.
const MOST_LOOKS: u16 = 300;

/// Changing the type.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeType {
    id: InstanceId,
    name: String,
    from: String,
    to: String,
    /// What is to happen when the credits are used up; `None`: the new type has none.
    mode: Option<CreditMode>,
    question: Box<Confirm>,
    /// Whether it is to run in the end: it did in the beginning.
    runs: bool,
    /// The type that it has now, as far as EC2 has said yes.
    is: String,
    state: State,
    /// How often it was looked at on its way.
    looked: u16,
    looks: Looks,
    unclear: Option<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asking,
    Stopping,
    WaitingUntilStopped,
    Changing,
    /// Whether it has the new type is not known.
    LookingAtType,
    SettingMode,
    Starting,
    WaitingUntilRunning,
    /// Something failed while it is stopped: is it to be started as it is?
    OfferingStart,
    /// The new type does not start: is it to become the old one?
    OfferingOld,
}

impl ChangeType {
    /// Another type for this instance; `mode` is what happens now when its credits are used up, where it has any.
    #[must_use]
    pub fn new(instance: &Instance, to: &str, mode: Option<CreditMode>, keeps_address: bool) -> Self {
        let runs = instance.state == InstanceState::Running;
        let label = instance.label().to_owned();
        let mut lines = vec![
            text!("confirm-instance", name = label.as_str(), id = &instance.id),
            text!("change-type-from-to", old = instance.instance_type.as_str(), new = to),
        ];
        if runs {
            lines.push(text!("change-type-stops"));
            lines.push(text!("stop-erases-instance-store"));
            if instance.public_ip.is_some() && !keeps_address {
                lines.push(text!("stop-address-changes"));
            }
        }
        lines.push(text!("change-type-boot"));
        match mode {
            Some(CreditMode::Standard) => lines.push(text!("change-type-standard")),
            Some(CreditMode::Unlimited) => lines.push(text!("change-type-unlimited")),
            None => {}
        }
        let question = Confirm {
            title: text!("change-type-title", name = label.as_str(), new = to),
            lines,
            typed: None,
            yes: false,
            danger: runs,
            then: Then::Quit,
        };
        Self {
            id: instance.id.clone(),
            name: label,
            from: instance.instance_type.clone(),
            to: to.to_owned(),
            mode,
            question: Box::new(question),
            runs,
            is: instance.instance_type.clone(),
            state: State::Asking,
            looked: 0,
            looks: Looks::default(),
            unclear: None,
        }
    }

    /// Which instance.
    #[must_use]
    pub fn instance(&self) -> &InstanceId {
        &self.id
    }

    fn act(&mut self, action: InstanceAction, state: State, world: &mut World<'_>) -> Step {
        self.state = state;
        Step::write(world.outbox.write(Write::Instance { action, id: self.id.clone() }))
    }

    fn look(&self, world: &mut World<'_>) -> Step {
        Step::read(Read::InstancesById(vec![self.id.clone()]), world)
    }

    fn state_of(&self, world: &World<'_>) -> Option<InstanceState> {
        world.inventory.instance(&self.id).map(|one| one.state)
    }

    /// The person agrees: what it does by now decides how it begins.
    fn begin(&mut self, world: &mut World<'_>) -> Step {
        match self.state_of(world) {
            Some(InstanceState::Running) => {
                self.runs = true;
                self.act(InstanceAction::Stop, State::Stopping, world)
            }
            Some(InstanceState::Stopped) => self.change(world),
            _ => Step::told(text!("change-type-not-in-this-state", name = self.name.as_str()), Tone::Warning),
        }
    }

    fn change(&mut self, world: &mut World<'_>) -> Step {
        self.state = State::Changing;
        self.unclear = None;
        self.looks = Looks::default();
        let instance_type = self.target().to_owned();
        Step::write(world.outbox.write(Write::SetInstanceType { id: self.id.clone(), instance_type }))
    }

    /// The type that is to be set next: the new one, or the old one again.
    fn target(&self) -> &str {
        if self.is == self.to { &self.from } else { &self.to }
    }

    fn changed(&mut self, world: &mut World<'_>) -> Step {
        self.is = self.target().to_owned();
        match self.mode {
            Some(mode) if self.is == self.to => {
                self.state = State::SettingMode;
                Step::write(world.outbox.write(Write::SetCreditMode { id: self.id.clone(), mode }))
            }
            _ => self.go_on(world),
        }
    }

    fn go_on(&mut self, world: &mut World<'_>) -> Step {
        if self.runs {
            return self.act(InstanceAction::Start, State::Starting, world);
        }
        self.end(world)
    }

    fn end(&self, world: &mut World<'_>) -> Step {
        world.reread_instance(&self.id);
        world.wish(Wish::LookAgain);
        let (name, kind) = (self.name.as_str(), self.is.as_str());
        if self.is == self.from {
            return Step::told(text!("change-type-is-old-again", name = name, kind = kind), Tone::Warning);
        }
        Step::done(match (self.runs, world.inventory.instance(&self.id).and_then(|one| one.public_ip)) {
            (true, Some(address)) => text!("done-change-type-at", name = name, kind = kind, address = address),
            (true, None) => text!("done-change-type", name = name, kind = kind),
            (false, _) => text!("done-change-type-stopped", name = name, kind = kind),
        })
    }

    /// A look at an instance that is on its way.
    fn pause(&mut self, world: &mut World<'_>) -> Step {
        self.looked += 1;
        if self.looked > MOST_LOOKS {
            world.reread_instance(&self.id);
            return Step::told(self.so_far(), Tone::Bad);
        }
        wait(BETWEEN_LOOKS, world)
    }

    /// What there is now, in a sentence.
    fn so_far(&self) -> Text {
        text!("change-type-so-far", name = self.name.as_str(), kind = self.is.as_str())
    }

    /// It is stopped, and what was wanted has failed: it says so, and asks whether it is to be started all the same.
    fn offer(&mut self, state: State, problem: &Problem, world: &mut World<'_>) -> Step {
        world.reread_instance(&self.id);
        let explained = world.explain(problem);
        let mut lines = vec![explained.what, explained.why, self.so_far()];
        let title = if state == State::OfferingOld {
            lines.push(text!("change-type-offer-old"));
            text!("change-type-old-title", name = self.name.as_str(), kind = self.from.as_str())
        } else {
            if self.is == self.to && self.mode.is_some() {
                lines.push(text!("change-type-mode-not-set"));
            }
            text!("change-type-start-title", name = self.name.as_str(), kind = self.is.as_str())
        };
        self.state = state;
        Step::Ask(Confirm { title, lines, typed: None, yes: false, danger: false, then: Then::Quit })
    }

    /// A change or the mode was refused. What did not run before is not started now.
    fn refused(&mut self, problem: &Problem, world: &mut World<'_>) -> Step {
        if self.runs {
            return self.offer(State::OfferingStart, problem, world);
        }
        world.reread_instance(&self.id);
        if self.state == State::SettingMode {
            let (name, kind) = (self.name.as_str(), self.is.as_str());
            let said = if problem.cause == Cause::UnclearOutcome {
                text!("done-change-type-mode-unclear", name = name, kind = kind)
            } else {
                text!("done-change-type-no-mode", name = name, kind = kind, why = world.explain(problem).why)
            };
            return Step::told(said, Tone::Warning);
        }
        Step::Failed(problem.clone())
    }

    fn not_started(&mut self, problem: &Problem, world: &mut World<'_>) -> Step {
        if problem.cause == Cause::UnclearOutcome {
            self.state = State::WaitingUntilRunning;
            // What was seen before belongs to the stop.
            self.looked = 0;
            return self.look(world);
        }
        if self.is == self.to {
            return self.offer(State::OfferingOld, problem, world);
        }
        world.reread_instance(&self.id);
        Step::Failed(problem.clone())
    }

    /// It has started and stopped again by itself: AWS's reason is all that is known.
    fn fell_back(&mut self, world: &mut World<'_>) -> Step {
        let reason = world.inventory.instance(&self.id).and_then(|one| one.state_reason.clone());
        let problem = Problem {
            cause: Cause::Service,
            operation: "StartInstances".to_owned(),
            code: String::new(),
            message: reason.unwrap_or_default(),
            request_id: None,
        };
        self.not_started(&problem, world)
    }

    fn looked_at_type(&mut self, answered: bool, world: &mut World<'_>) -> Step {
        let listed = world.inventory.instance(&self.id).map(|one| one.instance_type.clone());
        if answered && listed.as_deref() == Some(self.target()) {
            return self.changed(world);
        }
        match (self.looks.after(answered), self.unclear.clone()) {
            (Some(pause), _) => wait(pause, world),
            (None, Some(unclear)) => self.refused(&unclear, world),
            (None, None) => Step::Dropped,
        }
    }
}

impl Work for ChangeType {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        use InstanceState::{Pending, Running, Stopped, Stopping};
        match (self.state, event) {
            (State::Asking, Event::Begin) => Step::Ask((*self.question).clone()),
            (State::Asking, Event::Yes) => self.begin(world),
            (State::Stopping, Event::Written(Err(problem))) if problem.cause != Cause::UnclearOutcome => {
                Step::Failed(problem.clone())
            }
            (State::Stopping, Event::Written(_)) => {
                self.state = State::WaitingUntilStopped;
                self.look(world)
            }
            (State::WaitingUntilStopped, Event::Found(found)) => match self.state_of(world) {
                Some(Stopped) if found.is_ok() => self.change(world),
                _ => self.pause(world),
            },
            (State::Changing, Event::Written(Ok(_))) => self.changed(world),
            (State::Changing, Event::Written(Err(problem))) if problem.cause == Cause::UnclearOutcome => {
                self.unclear = Some(problem.clone());
                self.state = State::LookingAtType;
                self.look(world)
            }
            (State::LookingAtType, Event::Found(found)) => self.looked_at_type(found.is_ok(), world),
            (State::SettingMode, Event::Written(Ok(_))) => {
                if let Some(mode) = self.mode {
                    world.wish(Wish::CreditModeIs(self.id.clone(), mode));
                }
                self.go_on(world)
            }
            (State::Changing | State::SettingMode, Event::Written(Err(problem))) => self.refused(problem, world),
            (State::Starting, Event::Written(Ok(_))) => {
                self.state = State::WaitingUntilRunning;
                self.looked = 0;
                self.look(world)
            }
            (State::Starting, Event::Written(Err(problem))) => self.not_started(problem, world),
            (State::WaitingUntilRunning, Event::Found(found)) => match self.state_of(world) {
                Some(Running) if found.is_ok() => self.end(world),
                // EC2 may show the old state for a moment.
                Some(Stopped | Stopping) if found.is_ok() && self.looked > 2 => self.fell_back(world),
                Some(Pending | Stopped | Stopping) | None => self.pause(world),
                Some(_) if found.is_err() => self.pause(world),
                Some(_) => Step::told(self.so_far(), Tone::Bad),
            },
            (State::WaitingUntilStopped | State::LookingAtType | State::WaitingUntilRunning, Event::Woken) => {
                self.look(world)
            }
            (State::OfferingStart, Event::Yes) => self.act(InstanceAction::Start, State::Starting, world),
            (State::OfferingOld, Event::Yes) => self.change(world),
            (State::OfferingStart | State::OfferingOld, Event::No) => Step::told(self.so_far(), Tone::Warning),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-change-type", name = self.name.as_str(), kind = self.to.as_str())
    }

    fn leaves_behind(&self) -> Option<Text> {
        (self.state != State::Asking).then(|| text!("change-type-unfinished", name = self.name.as_str()))
    }
}

impl App {
    /// Asks whether an instance is to become one of another type.
    pub(in crate::app) fn change_type(&mut self, id: &InstanceId, to: &str) {
        let Some(instance) = self.inventory.instance(id) else { return };
        let burstable = self.catalog.types.get(to).is_some_and(|one| one.burstable);
        let known = self.costs.credit_modes.value.as_ref().and_then(|modes| modes.get(id).copied());
        let mode = burstable.then(|| known.unwrap_or_else(|| CreditMode::default_of(&instance.instance_type)));
        let keeps_address = self.inventory.address_of(id).is_some();
        let job = ChangeType::new(instance, to, mode, keeps_address);
        self.begin(job.into());
    }
}

#[cfg(test)]
mod tests;
