//! Step 7: all choices with a jump back to each, the key pair, and what a dry run says before anything is made.

pub mod key;
pub mod summary;

use jiff::Timestamp;

use self::key::{KeyMode, KeyPart};
use super::run::ledger::Ledger;
use super::run::{Order, Run};
use super::{Launch, Step};
use crate::app::environment::Environment;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::instance::Platform;
use crate::domain::launch_plan::{ClientToken, KeyChoice, LaunchPlan};
use crate::domain::problem::{Cause, Problem};
use crate::keymap::{Action, Key, KeyCode};
use crate::message::{Found, Read};
use crate::text;
use crate::text::Text;

/// One line that the cursor can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The answers of a step; Enter goes there.
    Step(Step),
    /// New, existing or no key pair.
    Key,
    /// Which existing key pair.
    KeyPair,
    /// Name of a new key pair.
    KeyName,
    /// Launches.
    Launch,
}

/// What a dry run has said.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Verdict {
    /// The plan is not complete, so nobody was asked.
    #[default]
    NotAsked,
    /// The answer is on its way.
    Asking,
    /// The launch would be allowed.
    Allowed,
    /// The launch would be refused.
    Refused(Problem),
    /// No answer was had.
    CouldNotAsk(Problem),
}

impl Verdict {
    /// The refusal, or why nobody could be asked.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) | Self::CouldNotAsk(problem) => Some(problem),
            Self::NotAsked | Self::Asking | Self::Allowed => None,
        }
    }
}

/// The state of the step.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewStep {
    /// The line under the cursor.
    pub line: Line,
    /// The key pair.
    pub key: KeyPart,
    /// What a dry run has said.
    pub verdict: Verdict,
    /// The plan that is shown and would be sent, or what is missing.
    pub plan: Option<Result<LaunchPlan, Text>>,
    /// What unfinished tries of this draft have made.
    pub ledger: Ledger,
    /// Decides which key pairs are offered.
    pub platform: Platform,
    token: Option<(ClientToken, LaunchPlan)>,
    asked: Option<LaunchPlan>,
    warned: bool,
    /// Whether the launch was begun once: its plan must not change by itself then.
    pub tried: bool,
}

impl Default for ReviewStep {
    fn default() -> Self {
        Self::new()
    }
}

impl ReviewStep {
    /// The step before it was entered.
    #[must_use]
    pub fn new() -> Self {
        Self {
            line: Line::Launch,
            key: KeyPart::default(),
            verdict: Verdict::NotAsked,
            plan: None,
            ledger: Ledger::default(),
            platform: Platform::Linux,
            token: None,
            asked: None,
            warned: false,
            tried: false,
        }
    }

    /// The lines, in their order.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<_> = Step::ALL.into_iter().filter(|step| *step != Step::Review).map(Line::Step).collect();
        lines.push(Line::Key);
        match self.key.mode {
            KeyMode::New => lines.push(Line::KeyName),
            KeyMode::Existing => lines.push(Line::KeyPair),
            KeyMode::None => {}
        }
        lines.push(Line::Launch);
        lines
    }

    /// Whether typed characters are text.
    #[must_use]
    pub fn is_text_focused(&self) -> bool {
        self.line == Line::KeyName
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        match action {
            Action::Down | Action::NextField => self.move_by(1),
            Action::Up | Action::PreviousField => self.move_by(-1),
            Action::Left => self.turn(-1, world),
            Action::Right => self.turn(1, world),
            Action::AskAgain => {
                self.asked = None;
                self.ask_dry_run(world);
            }
            _ => {}
        }
    }

    /// A key that is not bound here.
    pub fn press(&mut self, key: Key, world: &mut World<'_>) {
        match (self.line, key.code) {
            (Line::KeyName, _) => {
                let moves = matches!(key.code, KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End);
                if self.key.name.press(key) && !moves {
                    self.key_changed(world);
                }
            }
            (Line::Key, KeyCode::Char(' ')) => self.turn(1, world),
            (Line::KeyPair, KeyCode::Char(letter)) if !key.ctrl && !key.alt => {
                self.key.jump_to(letter, self.platform, world.inventory);
                self.key_changed(world);
            }
            _ => {}
        }
    }

    /// Text was pasted.
    pub fn paste(&mut self, pasted: &str, world: &mut World<'_>) {
        if self.line == Line::KeyName {
            self.key.name.paste(pasted);
            self.key_changed(world);
        }
    }

    /// The dry run has answered.
    pub fn on_dry_run(&mut self, outcome: &Result<Found, Problem>, _now: Timestamp) {
        self.verdict = match outcome {
            Ok(_) => Verdict::Allowed,
            Err(problem) if matches!(problem.cause, Cause::NotAllowed { .. } | Cause::Service) => {
                Verdict::Refused(problem.clone())
            }
            Err(problem) => Verdict::CouldNotAsk(problem.clone()),
        };
    }

    /// What leaving means: the answers go, what was made stays.
    #[must_use]
    pub fn leave_lines(&self, environment: &Environment) -> Vec<Text> {
        let mut lines = vec![text!("launch-leave-why")];
        let facts = self.ledger.facts(environment);
        if !facts.is_empty() {
            lines.push(text!("review-leave-stays"));
            lines.extend(facts);
        }
        lines
    }

    /// The name of a key pair or of its file that an unfinished try has made: it is not taken, it is ours.
    pub(super) fn our_key(&self) -> Option<String> {
        let key = self.ledger.key.as_ref()?;
        let fits = key.kind == KeyPart::kind_for(self.platform) && self.ledger.has_key_named(&key.name);
        fits.then(|| key.name.clone())
    }

    fn move_by(&mut self, step: isize) {
        let lines = self.lines();
        let here = lines.iter().position(|line| *line == self.line).unwrap_or(lines.len() - 1);
        let next = here.checked_add_signed(step).unwrap_or(lines.len() - 1) % lines.len();
        self.line = lines.get(next).copied().unwrap_or(Line::Launch);
    }

    fn turn(&mut self, step: isize, world: &mut World<'_>) {
        match self.line {
            Line::Key => self.key.turn_mode(step, self.platform, world.inventory),
            Line::KeyPair => self.key.turn_pair(step, self.platform, world.inventory),
            Line::Step(_) | Line::KeyName | Line::Launch => return,
        }
        self.key_changed(world);
    }

    /// The key pair is another one: so is the plan.
    fn key_changed(&mut self, world: &mut World<'_>) {
        if self.line == Line::KeyName {
            self.key.name_was_written();
        }
        let choice = self.key.choice(self.platform);
        if let Some(Ok(plan)) = &mut self.plan {
            plan.key = choice;
        }
        self.follow_plan(world);
    }

    /// Token and dry run go with the plan: an edit makes another token and, where it matters, another dry run.
    fn follow_plan(&mut self, world: &mut World<'_>) {
        let Some(Ok(plan)) = &self.plan else {
            self.verdict = Verdict::NotAsked;
            self.asked = None;
            return;
        };
        if self.token.as_ref().is_none_or(|(_, of)| of != plan) {
            self.token = Some((ClientToken::new(world.outbox.unique_token()), plan.clone()));
        }
        self.ask_dry_run(world);
    }

    /// Asks whether the plan would be allowed, unless that was asked already.
    fn ask_dry_run(&mut self, world: &mut World<'_>) {
        let Some(Ok(plan)) = &self.plan else { return };
        let mut matters = plan.clone();
        if matches!(matters.key, KeyChoice::New { .. }) {
            // What does not exist yet cannot be asked about.
            matters.key = KeyChoice::None;
        }
        if self.asked.as_ref() == Some(&matters) {
            return;
        }
        self.verdict = Verdict::Asking;
        self.warned = false;
        world.outbox.read(Read::LaunchDryRun { plan: Box::new(matters.clone()) });
        self.asked = Some(matters);
    }
}

impl Launch {
    /// The step is shown: the answers before it become a plan, and the cursor stands on the launch.
    pub fn enter_review(&mut self, world: &mut World<'_>) {
        self.review.line = Line::Launch;
        let pairs = &mut world.inventory.key_pairs;
        if !pairs.is_known() && !pairs.loading && pairs.problem.is_none() {
            pairs.ask();
            world.outbox.read(Read::KeyPairs);
        }
        self.refresh_review(world);
    }

    /// Fits the shown step to what has arrived.
    pub fn refresh_review(&mut self, world: &mut World<'_>) {
        self.review.platform = self.image.chosen(world.catalog).map(|image| image.platform).unwrap_or_default();
        let ours = self.review.our_key();
        self.review.key.fit(self.review.platform, &self.tags.name(), ours.as_deref(), world.inventory);
        if !self.review.lines().contains(&self.review.line) {
            self.review.line = Line::Key;
        }
        self.review.plan = Some(self.plan(world.catalog, world.inventory));
        self.review.follow_plan(world);
    }

    /// Enter in Review: jumps to the step of the line, takes a key pair, or launches.
    pub fn choose_in_review(&mut self, world: &mut World<'_>) {
        match self.review.line {
            Line::Step(step) => self.go_to(step, world),
            Line::Key | Line::KeyPair | Line::KeyName => {
                let ours = self.review.our_key();
                if self.review.key.check(ours.as_deref(), world.inventory) {
                    self.review.line = Line::Launch;
                } else {
                    self.review.line = Line::KeyName;
                }
            }
            Line::Launch => self.start(world),
        }
    }

    /// The person has said yes to a launch without a key pair.
    pub fn start_without_key(&mut self, world: &mut World<'_>) {
        if self.run.is_none() && self.step == Step::Review && self.review.key.mode == KeyMode::None {
            self.begin_run(world);
        }
    }

    fn start(&mut self, world: &mut World<'_>) {
        if world.environment.read_only {
            return world.wish(Wish::Notice(text!("review-read-only"), Tone::Warning));
        }
        if let Some(Err(missing)) = &self.review.plan {
            return world.wish(Wish::Notice(missing.clone(), Tone::Warning));
        }
        let ours = self.review.our_key();
        if !self.review.key.check(ours.as_deref(), world.inventory) {
            self.review.line = Line::KeyName;
            return;
        }
        if self.details.auto_stop_is_too_near(world.now) {
            return world.wish(Wish::Notice(text!("review-auto-stop-too-near"), Tone::Warning));
        }
        if matches!(self.review.verdict, Verdict::Refused(_)) && !self.review.warned {
            self.review.warned = true;
            return world.wish(Wish::Notice(text!("review-refused-again"), Tone::Warning));
        }
        if self.review.key.mode == KeyMode::None {
            return world.wish(Wish::Confirm(Confirm {
                title: text!("review-no-key-title"),
                lines: vec![text!("review-no-key-why")],
                typed: None,
                yes: false,
                danger: false,
                then: Then::LaunchWithoutKey,
            }));
        }
        self.begin_run(world);
    }

    fn begin_run(&mut self, world: &mut World<'_>) {
        // What has arrived since the plan was shown must not change what is sent without being seen.
        let Some(Ok(plan)) = self.review.plan.clone() else { return };
        let login_user = self.image.chosen(world.catalog).map_or("ec2-user", |image| image.login_user()).to_owned();
        let token = match &self.review.token {
            Some((token, of)) if *of == plan => token.clone(),
            _ => ClientToken::new(world.outbox.unique_token()),
        };
        self.review.token = Some((token.clone(), plan.clone()));
        self.review.key.keep();
        self.review.tried = true;
        let order = Order { plan, token, login_user, platform: self.review.platform };
        self.run = Some(Run::begin(order, std::mem::take(&mut self.review.ledger), world));
    }

    /// A bound key while the launch is under way.
    pub fn act_in_run(&mut self, action: Action, world: &mut World<'_>) {
        let Some(run) = &mut self.run else { return };
        run.act(action, world);
        if run.wants_back() {
            self.back_to_review(world);
        }
    }

    /// Back from a launch that made no instance: the draft stays, and what exists already is used by the next try.
    fn back_to_review(&mut self, world: &mut World<'_>) {
        let Some(run) = self.run.take() else { return };
        self.review.token = (!run.token_spent()).then_some((run.order.token, run.order.plan));
        self.review.ledger = run.ledger;
        self.review.ledger.instances.clear();
        self.group.ours = self.review.ledger.group_id().cloned();
        self.step = Step::Review;
        self.enter_review(world);
    }
}

#[cfg(test)]
mod tests;
