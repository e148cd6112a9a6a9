//! Lets an instance stop or end by itself: looks whether it has a schedule, makes one or changes it, puts the tag on that
//! tells it to everybody, and remembers the role that AWS has taken.

use jiff::Timestamp;

use super::undo::{Place, Undo};
use super::{Done, Event, Step, Work};
use crate::app::auto_stop::{local, said};
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::auto_stop::{By, Ending, SCHEDULED, Told};
use crate::domain::launch_plan::ClientToken;
use crate::domain::problem::{Cause, Problem};
use crate::domain::remembered::Remembered;
use crate::domain::schedule::{NewSchedule, Schedule};
use crate::domain::tag::Tag;
use crate::message::{Found, LocalTask, Read, Write};
use crate::text;
use crate::text::Text;

/// Setting it.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAutoStop {
    new: NewSchedule,
    label: String,
    /// What the tag said before, for taking it back.
    tagged: Option<Tag>,
    /// What is to be remembered once AWS has taken the role.
    remember: Option<Remembered>,
    stage: Stage,
    /// The schedule before.
    before: Before,
    /// Whether a refusal has shown that the first guess, new or not, was wrong.
    corrected: bool,
    untagged: bool,
    forgotten: bool,
}

/// What an instance had before.
#[derive(Clone, Debug, PartialEq)]
enum Before {
    /// AWS did not tell.
    Unknown,
    /// No schedule.
    Nothing,
    /// This one.
    There(Schedule),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Protection,
    Asked,
    Looking,
    Creating,
    Updating,
    Tagging,
    Remembering,
}

impl SetAutoStop {
    /// The task before it begins. `tagged` is the instance's present tag.
    #[must_use]
    pub fn new(new: NewSchedule, label: &str, tagged: Option<Tag>, remember: Option<Remembered>) -> Self {
        Self {
            new,
            label: label.to_owned(),
            tagged,
            remember,
            stage: Stage::Looking,
            before: Before::Unknown,
            corrected: false,
            untagged: false,
            forgotten: false,
        }
    }

    fn look(&mut self, world: &mut World<'_>) -> Step {
        self.stage = Stage::Looking;
        Step::read(Read::Schedule(self.new.instance.clone()), world)
    }

    fn question(&self, outcome: &Result<Found, Problem>, world: &World<'_>) -> Confirm {
        let at = self.new.auto_stop.at;
        let utc = at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        let mut lines = vec![
            text!("confirm-instance", name = self.label.as_str(), id = &self.new.instance),
            text!("auto-stop-when-both", time = local(at, &world.environment.zone), utc = utc),
            text!("terminate-is-final"),
        ];
        match outcome {
            Ok(Found::TerminationProtection(true)) => lines.push(text!("auto-stop-protected")),
            Ok(_) => {}
            Err(_) => lines.push(text!("auto-stop-protection-unknown")),
        }
        Confirm {
            title: text!("auto-stop-confirm-title", name = self.label.as_str()),
            lines,
            typed: None,
            yes: false,
            danger: true,
            then: Then::Quit,
        }
    }

    fn send(&mut self, create: bool, world: &mut World<'_>) -> Step {
        let (schedule, token) = (self.new.clone(), ClientToken::new(world.outbox.unique_token()));
        self.stage = if create { Stage::Creating } else { Stage::Updating };
        let write =
            if create { Write::CreateSchedule { schedule, token } } else { Write::UpdateSchedule { schedule, token } };
        Step::write(world.outbox.write(write))
    }

    fn refused(&mut self, problem: &Problem, world: &mut World<'_>) -> Step {
        // Somebody has made it, or it has run, since it was looked for.
        let other = match self.stage {
            Stage::Creating => problem.is("ConflictException"),
            _ => problem.is_not_found(),
        };
        if other && !self.corrected {
            self.corrected = true;
            self.before = Before::Unknown;
            return self.send(self.stage == Stage::Updating, world);
        }
        // It may be there all the same: the list has to tell.
        world.inventory.schedules.ask();
        world.outbox.read(Read::Schedules);
        Step::Failed(problem.clone())
    }

    fn tag(&mut self, world: &mut World<'_>) -> Step {
        self.stage = Stage::Tagging;
        let told =
            Told { auto_stop: self.new.auto_stop, by: By::Scheduler, set_by: world.environment.who.at_machine() };
        let write = Write::PutTags { resource: self.new.instance.to_string(), tags: vec![told.tag()] };
        Step::write(world.outbox.write(write))
    }

    fn remember(&mut self, world: &mut World<'_>) -> Step {
        let places = world.environment.ssh_places.as_ref();
        let (Some(places), Some(remembered)) = (places, self.remember.take()) else { return self.done(world) };
        self.stage = Stage::Remembering;
        let file = places.settings.clone();
        Step::local(world.outbox.local(LocalTask::WriteRemembered { file, remembered }))
    }

    fn done(&self, world: &mut World<'_>) -> Step {
        world.inventory.schedules.ask();
        world.outbox.read(Read::Schedules);
        world.outbox.read(Read::InstancesById(vec![self.new.instance.clone()]));
        let undo = self.undo(world);
        let what = said(&self.new.auto_stop, &world.environment.zone);
        let name = self.label.as_str();
        let (said, tone) = if self.untagged {
            (text!("auto-stop-untagged", name = name, what = what), Tone::Warning)
        } else if self.forgotten {
            (text!("auto-stop-role-forgotten", name = name, what = what), Tone::Warning)
        } else if undo.is_some() {
            (text!("auto-stop-done", name = name, what = what), Tone::Good)
        } else {
            (text!("auto-stop-done-for-good", name = name, what = what), Tone::Good)
        };
        Step::Done(Done { said, tone, undo })
    }

    fn undo(&self, world: &World<'_>) -> Option<Undo> {
        let resource = self.new.instance.to_string();
        let schedule = match &self.before {
            Before::Unknown => return None,
            Before::Nothing => Write::DeleteSchedule(self.new.instance.clone()),
            Before::There(before) => Write::UpdateSchedule {
                schedule: before.again().filter(|again| can_come_back(again, world.now))?,
                token: ClientToken::new(format!("{}-back", world.now.as_nanosecond())),
            },
        };
        let tag = match &self.tagged {
            Some(tag) => Write::PutTags { resource, tags: vec![tag.clone()] },
            None => Write::RemoveTags { resource, keys: vec![SCHEDULED.to_owned()] },
        };
        let what = text!("auto-stop-undo", name = self.label.as_str());
        Some(Undo { what, writes: vec![schedule, tag], place: Place::of(world) })
    }
}

impl Work for SetAutoStop {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (event, self.stage) {
            (Event::Begin, _) if self.new.auto_stop.ending == Ending::Terminate => {
                self.stage = Stage::Protection;
                Step::read(Read::TerminationProtection(self.new.instance.clone()), world)
            }
            (Event::Found(outcome), Stage::Protection) => {
                self.stage = Stage::Asked;
                Step::Ask(self.question(outcome, world))
            }
            (Event::Begin | Event::Yes, _) => self.look(world),
            (Event::Found(Ok(Found::Schedule(found))), _) => {
                self.before = found.clone().map_or(Before::Nothing, Before::There);
                self.send(found.is_none(), world)
            }
            // Who may not look may still make one; then nobody knows what it takes the place of.
            (Event::Found(Err(Problem { cause: Cause::NotAllowed { .. }, .. })), _) => self.send(true, world),
            (Event::Found(Err(problem)), _) => Step::Failed(problem.clone()),
            (Event::Written(Err(problem)), Stage::Creating | Stage::Updating) => self.refused(problem, world),
            (Event::Written(Ok(_)), Stage::Creating | Stage::Updating) => self.tag(world),
            (Event::Written(outcome), _) => {
                self.untagged = outcome.is_err();
                self.remember(world)
            }
            (Event::Local(outcome), _) => {
                self.forgotten = outcome.is_err();
                self.done(world)
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-auto-stop", name = self.label.as_str())
    }
}

/// Whether a schedule may be made again by one key: one that terminates is not, nor one whose time has come.
pub(super) fn can_come_back(schedule: &NewSchedule, now: Timestamp) -> bool {
    schedule.auto_stop.ending != Ending::Terminate && schedule.auto_stop.at > now
}
