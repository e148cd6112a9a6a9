//! What can be taken back until the program ends: each entry holds the changes that do it, in their order.

use super::change::Reread;
use super::{Event, Job, Step, Work};
use crate::app::App;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::rules::words_of;
use crate::app::world::{Wish, World};
use crate::domain::region::Region;
use crate::domain::security_group::{Direction, NewRule, Rule};
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// How one thing is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// What is taken back, for the line that says so.
    pub what: Text,
    /// The changes, in their order.
    pub writes: Vec<Write>,
    /// Where it was done.
    pub place: Place,
}

/// A profile and region: what was done in one cannot be taken back from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The profile.
    pub profile: String,
    /// The region.
    pub region: Option<Region>,
}

impl Place {
    /// Where the world is now.
    #[must_use]
    pub fn of(world: &World<'_>) -> Self {
        Self { profile: world.profile.to_owned(), region: world.region.cloned() }
    }
}

/// Work that takes something back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undoable {
    /// Where it was done.
    pub place: Place,
    /// The work.
    pub job: Job,
}

impl From<Undo> for Undoable {
    fn from(undo: Undo) -> Self {
        Self { place: undo.place.clone(), job: TakeBack { undo, asked: false }.into() }
    }
}

/// Taking changes back by others, one after the other. What fails stays and can be tried again.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeBack {
    /// What is left of it.
    undo: Undo,
    /// Whether the person has agreed to what it opens.
    asked: bool,
}

impl TakeBack {
    fn next(&mut self, world: &mut World<'_>) -> Step {
        let opened = self.opened();
        if !self.asked && !opened.is_empty() {
            return Step::Ask(self.question(&opened, world));
        }
        if let Some(write) = self.undo.writes.first() {
            return Step::write(world.outbox.write(write.clone()));
        }
        Reread::All.ask(world);
        Step::done(text!("undo-done", what = self.undo.what.clone()))
    }

    /// The rules that let the world reach an administrator's port when they are back.
    fn opened(&self) -> Vec<&NewRule> {
        let rules = self.undo.writes.iter().flat_map(|write| match write {
            Write::AuthorizeRules { direction: Direction::Inbound, rules, .. } => rules.iter().collect(),
            Write::ModifyRules { changes, .. } => changes.iter().map(|(_, rule)| rule).collect(),
            _ => Vec::new(),
        });
        rules.filter(|rule| Rule::opens(rule.traffic, &rule.peer)).collect()
    }

    fn question(&self, opened: &[&NewRule], world: &World<'_>) -> Confirm {
        let words = |rule: &&NewRule| words_of(rule.traffic, &rule.peer, world.inventory, world.catalog);
        let mut lines: Vec<Text> = opened.iter().map(words).collect();
        lines.push(text!("group-world-why"));
        Confirm {
            title: text!("undo-world-title", what = self.undo.what.clone()),
            lines,
            typed: None,
            yes: false,
            danger: true,
            then: Then::Quit,
        }
    }

    fn forget_first(&mut self) {
        if !self.undo.writes.is_empty() {
            self.undo.writes.remove(0);
        }
    }

    fn keep(&self, world: &mut World<'_>) {
        world.wish(Wish::CanTakeBack(Box::new(self.undo.clone().into())));
    }
}

impl Work for TakeBack {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Yes => {
                self.asked = true;
                self.next(world)
            }
            Event::No => {
                self.keep(world);
                Step::Dropped
            }
            Event::Written(Ok(_)) => {
                self.forget_first();
                self.asked = true;
                self.next(world)
            }
            Event::Written(Err(problem)) => {
                // What is gone, or is there again, can never be taken back: it must not bar the rest.
                if problem.is_not_found() || problem.is("InvalidPermission.Duplicate") {
                    self.forget_first();
                }
                // Another schedule has its place by now, and its tag tells of that one.
                let makes_schedule = matches!(self.undo.writes.first(), Some(Write::CreateSchedule { .. }));
                if makes_schedule && problem.is("ConflictException") {
                    self.undo.writes.clear();
                }
                if !self.undo.writes.is_empty() {
                    self.keep(world);
                }
                Reread::All.ask(world);
                Step::Failed(problem.clone())
            }
            _ => self.next(world),
        }
    }

    fn label(&self) -> Text {
        text!("task-undo")
    }
}

impl App {
    /// Takes the last thing back that can be.
    pub(in crate::app) fn undo_last(&mut self) {
        let Some(undo) = self.undos.pop() else { return };
        let here = self.in_world(|world| Place::of(world));
        if undo.place != here {
            let region = undo.place.region.as_ref().map(ToString::to_string).unwrap_or_default();
            self.notify(text!("undo-elsewhere", region = region, profile = undo.place.profile.as_str()), Tone::Warning);
            self.undos.push(undo);
            return;
        }
        self.begin(undo.job);
    }
}
