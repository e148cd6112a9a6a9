//! Sets what happens when an instance's CPU credits are used up.

use super::{Event, Step, Work};
use crate::app::App;
use crate::app::modal::{Confirm, Then};
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::domain::instance::Instance;
use crate::domain::instance_type::CreditMode;
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// Setting `standard`: slowed to the baseline, never billed.
#[derive(Clone, Debug, PartialEq)]
pub struct SetCredits {
    id: InstanceId,
    name: String,
    question: Box<Confirm>,
}

impl SetCredits {
    /// After a question that says what is lost.
    #[must_use]
    pub fn to_standard(instance: &Instance) -> Self {
        let name = instance.label().to_owned();
        let question = Confirm {
            title: text!("credits-standard-title", name = name.as_str()),
            lines: vec![
                text!("confirm-instance", name = name.as_str(), id = &instance.id),
                text!("credits-standard-slows"),
                text!("credits-standard-charged"),
            ],
            typed: None,
            yes: false,
            danger: false,
            then: Then::Quit,
        };
        Self { id: instance.id.clone(), name, question: Box::new(question) }
    }
}

impl Work for SetCredits {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let mode = CreditMode::Standard;
        match event {
            Event::Begin => Step::Ask((*self.question).clone()),
            Event::Yes => Step::write(world.outbox.write(Write::SetCreditMode { id: self.id.clone(), mode })),
            Event::Written(Ok(_)) => {
                world.wish(Wish::CreditModeIs(self.id.clone(), mode));
                Step::done(text!("done-credits-standard", name = self.name.as_str()))
            }
            Event::Written(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-credits-standard", name = self.name.as_str())
    }
}

impl App {
    /// Asks whether an instance is to pay for surplus credits no longer.
    pub(in crate::app) fn set_credits_to_standard(&mut self, id: &InstanceId) {
        if let Some(instance) = self.inventory.instance(id) {
            let job = SetCredits::to_standard(instance);
            self.begin(job.into());
        }
    }
}
