//! Adds one rule to a group; taking it back needs the id that EC2 gives it.

use super::undo::{Place, Undo};
use super::{Event, Step, Work};
use crate::app::modal::Confirm;
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::id::GroupId;
use crate::domain::security_group::{Direction, NewRule};
use crate::message::{Write, Written};
use crate::text;
use crate::text::Text;

/// Adding a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct AddRule {
    group: GroupId,
    name: String,
    direction: Direction,
    rule: NewRule,
    words: Text,
    ask: Option<Confirm>,
}

impl AddRule {
    /// The task before it begins; `words` stand for the rule.
    #[must_use]
    pub fn new(group: GroupId, name: String, direction: Direction, rule: NewRule, words: Text) -> Self {
        Self { group, name, direction, rule, words, ask: None }
    }

    /// The same after a question, where there is one.
    #[must_use]
    pub fn asking(mut self, question: Option<Confirm>) -> Self {
        self.ask = question;
        self
    }
}

impl Work for AddRule {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        if let (Event::Begin, Some(question)) = (event, self.ask.take()) {
            return Step::Ask(question);
        }
        match event {
            Event::Begin | Event::Yes => Step::write(world.outbox.write(Write::AuthorizeRules {
                group: self.group.clone(),
                direction: self.direction,
                rules: vec![self.rule.clone()],
            })),
            Event::Written(Ok(Written::Rules(ids))) => {
                world.reread_groups();
                let (rule, group) = (self.words.clone(), self.name.as_str());
                if ids.is_empty() {
                    return Step::told(text!("add-rule-there", rule = rule, group = group), Tone::Plain);
                }
                let back =
                    Write::RevokeRules { group: self.group.clone(), direction: self.direction, rules: ids.clone() };
                let undo = Undo { what: text!("undo-add-rule"), writes: vec![back], place: Place::of(world) };
                Step::done_with(text!("done-add-rule", rule = rule, group = group), undo)
            }
            Event::Written(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-add-rule")
    }
}
