//! Forgets the host keys that were remembered for an instance, after its console has told that it has others now.

use super::{Event, Step, Work};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::id::InstanceId;
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

/// Forgetting host keys.
#[derive(Clone, Debug, PartialEq)]
pub struct ForgetHostKey {
    instance: InstanceId,
    label: String,
}

impl ForgetHostKey {
    /// The task before it begins.
    #[must_use]
    pub fn new(instance: InstanceId, label: &str) -> Self {
        Self { instance, label: label.to_owned() }
    }
}

impl Work for ForgetHostKey {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => {
                let Some(places) = &world.environment.ssh_places else {
                    return Step::told(text!("connect-no-home"), Tone::Bad);
                };
                let (file, instance) = (places.known_hosts.clone(), self.instance.clone());
                Step::local(world.outbox.local(LocalTask::ForgetHostKeys { file, instance }))
            }
            Event::Local(Ok(_)) => Step::done(text!("done-forget-host-key", name = self.label.as_str())),
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-forget-host-key", name = self.label.as_str())
    }
}
