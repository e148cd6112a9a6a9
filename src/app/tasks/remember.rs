//! Writes what is remembered about getting in.

use super::{Event, Step, Work};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::remembered::Remembered;
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

/// Remembering.
#[derive(Clone, Debug, PartialEq)]
pub struct Remember {
    remembered: Remembered,
    label: String,
}

impl Remember {
    /// The task before it begins.
    #[must_use]
    pub fn new(remembered: Remembered, label: &str) -> Self {
        Self { remembered, label: label.to_owned() }
    }
}

impl Work for Remember {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => {
                let Some(places) = &world.environment.ssh_places else {
                    return Step::told(text!("connect-no-home"), Tone::Bad);
                };
                let (file, remembered) = (places.settings.clone(), self.remembered.clone());
                Step::local(world.outbox.local(LocalTask::WriteRemembered { file, remembered }))
            }
            Event::Local(Ok(_)) => Step::done(text!("login-remembered", name = self.label.as_str())),
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-remember")
    }
}
