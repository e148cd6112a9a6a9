//! Adds one rule to a group, perhaps in place of another; taking it back needs the id that EC2 gives it.

use super::undo::{Place, Undo};
use super::{Event, Step, Work};
use crate::app::modal::Confirm;
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::id::{GroupId, RuleId};
use crate::domain::security_group::{Direction, NewRule, Rule};
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
    /// The rule that goes when the new one is there.
    instead_of: Option<Rule>,
    ask: Option<Confirm>,
    made: Option<Vec<RuleId>>,
}

impl AddRule {
    /// The task before it begins; `words` stand for the rule.
    #[must_use]
    pub fn new(group: GroupId, name: String, direction: Direction, rule: NewRule, words: Text) -> Self {
        Self { group, name, direction, rule, words, instead_of: None, ask: None, made: None }
    }

    /// The same in place of another rule.
    #[must_use]
    pub fn instead_of(mut self, old: Rule) -> Self {
        self.instead_of = Some(old);
        self
    }

    /// The same after a question, where there is one.
    #[must_use]
    pub fn asking(mut self, question: Option<Confirm>) -> Self {
        self.ask = question;
        self
    }

    fn revoke(&self, rules: Vec<RuleId>) -> Write {
        Write::RevokeRules { group: self.group.clone(), direction: self.direction, rules }
    }

    fn authorize(&self, rule: NewRule) -> Write {
        Write::AuthorizeRules { group: self.group.clone(), direction: self.direction, rules: vec![rule] }
    }

    fn done(&self, made: &[RuleId], world: &mut World<'_>) -> Step {
        world.reread_groups();
        let (rule, group) = (self.words.clone(), self.name.as_str());
        let place = Place::of(world);
        let Some(old) = &self.instead_of else {
            if made.is_empty() {
                return Step::told(text!("add-rule-there", rule = rule, group = group), Tone::Plain);
            }
            let undo = Undo { what: text!("undo-add-rule"), writes: vec![self.revoke(made.to_vec())], place };
            return Step::done_with(text!("done-add-rule", rule = rule, group = group), undo);
        };
        let mut writes = vec![self.authorize(old.as_new())];
        if !made.is_empty() {
            writes.push(self.revoke(made.to_vec()));
        }
        let undo = Undo { what: text!("undo-edit-rule"), writes, place };
        Step::done_with(text!("done-edit-rule", rule = rule, group = group), undo)
    }
}

impl Work for AddRule {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        if let (Event::Begin, Some(question)) = (event, self.ask.take()) {
            return Step::Ask(question);
        }
        match (event, self.made.clone()) {
            (Event::Begin | Event::Yes, _) => Step::write(world.outbox.write(self.authorize(self.rule.clone()))),
            (Event::Written(Ok(Written::Rules(ids))), None) => {
                self.made = Some(ids.clone());
                match &self.instead_of {
                    Some(old) => Step::write(world.outbox.write(self.revoke(vec![old.id.clone()]))),
                    None => self.done(ids, world),
                }
            }
            (Event::Written(Ok(_)), Some(made)) => self.done(&made, world),
            (Event::Written(Err(problem)), _) => {
                world.reread_groups();
                Step::Failed(problem.clone())
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-add-rule")
    }
}
