//! A session of Session Manager in this terminal, without ssh: the AWS CLI and its plugin carry it.

use super::{Event, Step, Work};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::id::InstanceId;
use crate::domain::login::SessionManager;
use crate::domain::program::{Ended, Program};
use crate::text;
use crate::text::Text;

/// Opening a session.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenSession {
    instance: InstanceId,
    label: String,
    session: SessionManager,
}

impl OpenSession {
    /// The task before it begins.
    #[must_use]
    pub fn new(instance: InstanceId, label: &str, session: SessionManager) -> Self {
        Self { instance, label: label.to_owned(), session }
    }

    fn run(&self, world: &mut World<'_>) -> Step {
        let arguments = self.session.arguments(&self.instance);
        // Ids, regions and profiles were all text before.
        let arguments = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let says = text!("session-says", name = self.label.as_str(), id = &self.instance);
        let says = says.say(world.environment.language);
        Step::run(Program { name: "aws".to_owned(), arguments, says }, world)
    }

    fn ended(&self, ended: Ended) -> Step {
        let name = self.label.as_str();
        match ended {
            Ended::Status(0) | Ended::Killed => Step::told(text!("session-ended", name = name), Tone::Plain),
            Ended::Status(status) => {
                Step::told(text!("session-failed", name = name, status = status.to_string()), Tone::Warning)
            }
            Ended::NotFound => Step::told(text!("why-no-aws-cli"), Tone::Bad),
            Ended::NotRun => Step::told(text!("connect-not-run"), Tone::Bad),
        }
    }
}

impl Work for OpenSession {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => self.run(world),
            Event::Program(ended) => {
                world.reread_instance(&self.instance);
                self.ended(ended)
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-connect", name = self.label.as_str())
    }
}
