//! Keeps an instance from stopping or ending by itself: deletes its schedule and the tag. A timer on the server itself
//! is out of reach: the person gets the command for it, and says when it has been run.

use super::auto_stop::can_come_back;
use super::undo::{Place, Undo};
use super::{Done, Event, Step, Work};
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::auto_stop::{By, ON_SERVER, SCHEDULED};
use crate::domain::guest_timer;
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, Platform};
use crate::domain::launch_plan::ClientToken;
use crate::domain::problem::Problem;
use crate::domain::schedule::Schedule;
use crate::domain::tag::Tag;
use crate::message::{Found, Read, Write};
use crate::text;
use crate::text::Text;

/// Taking it off.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeOffAutoStop {
    instance: InstanceId,
    label: String,
    platform: Platform,
    /// The tag of a schedule.
    scheduled: Option<Tag>,
    /// Whether a tag tells of a timer on the server.
    on_server: bool,
    stage: Stage,
    deleted: Option<Schedule>,
    /// Why the schedule's tag is still there although the schedule is not.
    tag_stays: Option<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Looking,
    Deleting,
    Untagging,
    Asked,
    UntaggingServer,
}

impl TakeOffAutoStop {
    /// The task before it begins.
    #[must_use]
    pub fn new(instance: &Instance) -> Self {
        let tag = |by: By| instance.tags.iter().find(|tag| tag.key == by.tag_key()).cloned();
        Self {
            instance: instance.id.clone(),
            label: instance.label().to_owned(),
            platform: instance.platform,
            scheduled: tag(By::Scheduler),
            on_server: tag(By::Server).is_some(),
            stage: Stage::Looking,
            deleted: None,
            tag_stays: None,
        }
    }

    fn untag(&mut self, key: &str, stage: Stage, world: &mut World<'_>) -> Step {
        self.stage = stage;
        let write = Write::RemoveTags { resource: self.instance.to_string(), keys: vec![key.to_owned()] };
        Step::write(world.outbox.write(write))
    }

    /// The schedule is off; what is left is on the server.
    fn go_on(&mut self, world: &mut World<'_>) -> Step {
        if !self.on_server {
            return self.done(world);
        }
        self.stage = Stage::Asked;
        let command = guest_timer::off(self.platform);
        world.outbox.copy(command.to_owned());
        Step::Ask(Confirm {
            title: text!("auto-stop-server-title", name = self.label.as_str()),
            lines: vec![
                text!("confirm-instance", name = self.label.as_str(), id = &self.instance),
                text!("auto-stop-server-why"),
                text!("auto-stop-server-command", command = command),
                text!("auto-stop-server-yes"),
            ],
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        })
    }

    fn done(&self, world: &mut World<'_>) -> Step {
        self.reread(world);
        let name = self.label.as_str();
        let undo = self.undo(world);
        if let Some(problem) = &self.tag_stays {
            let said = text!("auto-stop-off-tag-stays", name = name, why = world.explain(problem).why);
            return Step::Done(Done { said, tone: Tone::Warning, undo });
        }
        let said = match (&self.deleted, &undo) {
            (_, Some(_)) => text!("auto-stop-off-done", name = name),
            (Some(_), None) => text!("auto-stop-off-for-good", name = name),
            (None, None) if self.scheduled.is_some() => text!("auto-stop-off-no-schedule", name = name),
            (None, None) if self.on_server => text!("auto-stop-off-mark", name = name),
            (None, None) => return Step::told(text!("auto-stop-off-nothing", name = name), Tone::Warning),
        };
        Step::Done(Done { said, tone: Tone::Good, undo })
    }

    /// How a schedule that was deleted is made again.
    fn undo(&self, world: &World<'_>) -> Option<Undo> {
        let name = self.label.as_str();
        let again = self.deleted.as_ref().and_then(Schedule::again).filter(|again| can_come_back(again, world.now));
        again.map(|schedule| {
            let resource = self.instance.to_string();
            let token = ClientToken::new(format!("{}-back", world.now.as_nanosecond()));
            let mut writes = vec![Write::CreateSchedule { schedule, token }];
            writes.extend(self.scheduled.clone().map(|tag| Write::PutTags { resource, tags: vec![tag] }));
            Undo { what: text!("auto-stop-off-undo", name = name), writes, place: Place::of(world) }
        })
    }

    fn reread(&self, world: &mut World<'_>) {
        world.inventory.schedules.ask();
        world.outbox.read(Read::Schedules);
        world.outbox.read(Read::InstancesById(vec![self.instance.clone()]));
    }
}

impl Work for TakeOffAutoStop {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (event, self.stage) {
            (Event::Begin, _) => Step::read(Read::Schedule(self.instance.clone()), world),
            (Event::Found(Ok(Found::Schedule(Some(schedule)))), _) => {
                self.deleted = Some(schedule.clone());
                self.stage = Stage::Deleting;
                Step::write(world.outbox.write(Write::DeleteSchedule(self.instance.clone())))
            }
            (Event::Found(Ok(_)), _) if self.scheduled.is_some() => self.untag(SCHEDULED, Stage::Untagging, world),
            // Nothing tells of a schedule, and nobody can look: the server's timer is what is left.
            (Event::Found(outcome), _) => match outcome {
                Err(problem) if !self.on_server || self.scheduled.is_some() => Step::Failed(problem.clone()),
                _ => self.go_on(world),
            },
            (Event::Written(Err(problem)), Stage::Untagging) if self.deleted.is_some() => {
                self.tag_stays = Some(problem.clone());
                self.go_on(world)
            }
            (Event::Written(Err(problem)), _) => {
                self.reread(world);
                Step::Failed(problem.clone())
            }
            (Event::Written(Ok(_)), Stage::Deleting) => self.untag(SCHEDULED, Stage::Untagging, world),
            (Event::Written(Ok(_)), Stage::Untagging) => self.go_on(world),
            (Event::Written(Ok(_)), _) => self.done(world),
            (Event::Yes, _) => self.untag(ON_SERVER, Stage::UntaggingServer, world),
            (Event::No, _) => {
                self.reread(world);
                let said = text!("auto-stop-server-stays", name = self.label.as_str());
                Step::Done(Done { said, tone: Tone::Warning, undo: self.undo(world) })
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-auto-stop-off", name = self.label.as_str())
    }
}
