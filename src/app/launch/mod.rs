//! The launch flow: seven steps over one draft, then the run. Going back keeps the answers; Review shows exactly what
//! will be sent.
//!
//! Each step is a small state of its own with the same five verbs: `enter` (the step is shown: fit it to the answers
//! before it), `act` (a bound key), `press` and `paste` (text), `check` (may we go on; sets the errors). What they
//! need of the other steps they get as arguments.

mod availability;
pub mod commands;
pub mod details;
pub mod group;
pub mod image;
pub mod instance_type;
pub mod plan;
pub mod review;
pub mod run;
#[cfg(test)]
pub(crate) mod sample;
pub mod storage;
pub mod tags;
#[cfg(test)]
pub(crate) mod testing;
pub mod volume_fields;

use jiff::Timestamp;

use self::details::DetailsStep;
use self::group::GroupStep;
use self::image::ImageStep;
use self::instance_type::TypeStep;
use self::review::ReviewStep;
use self::run::Run;
use self::storage::StorageStep;
use self::tags::TagsStep;
use super::catalog::Catalog;
use super::modal::{Confirm, PageContent, Then};
use super::world::{Wish, World};
use crate::domain::cost::LaunchParts;
use crate::domain::image::QuickStart;
use crate::domain::price::{LINUX, operation_of};
use crate::domain::problem::Problem;
use crate::keymap::{Action, Context, Key, KeyCode, resolve};
use crate::message::{Found, LocalDone, LocalId, Read, WriteId, Written};
use crate::text;

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 1
    Image,
    /// 2
    InstanceType,
    /// 3
    Details,
    /// 4
    Storage,
    /// 5
    Tags,
    /// 6
    SecurityGroup,
    /// 7
    Review,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Image, Self::InstanceType, Self::Details, Self::Storage, Self::Tags, Self::SecurityGroup, Self::Review];

    /// 1 to 7.
    #[must_use]
    pub fn number(self) -> usize {
        self as usize + 1
    }

    fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }
}

/// The draft of one launch, and its run once it has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Launch {
    /// The step that is shown.
    pub step: Step,
    /// The furthest step that was reached: those before it are answered.
    pub furthest: Step,
    /// Step 1.
    pub image: ImageStep,
    /// Step 2.
    pub instance_type: TypeStep,
    /// Step 3.
    pub details: DetailsStep,
    /// Step 4.
    pub storage: StorageStep,
    /// Step 5.
    pub tags: TagsStep,
    /// Step 6.
    pub group: GroupStep,
    /// Step 7.
    pub review: ReviewStep,
    /// Under way, or done.
    pub run: Option<Run>,
    /// Whether anything was answered that would be lost.
    pub touched: bool,
}

impl Launch {
    /// Opens the flow and asks for what it chooses from.
    pub fn open(world: &mut World<'_>) -> Self {
        world.catalog.ask_for_launch(world.outbox);
        let mut launch = Self {
            step: Step::Image,
            furthest: Step::Image,
            image: ImageStep::new(),
            instance_type: TypeStep::new(),
            details: DetailsStep::new(),
            storage: StorageStep::new(),
            tags: TagsStep::new(),
            group: GroupStep::new(),
            review: ReviewStep::new(),
            run: None,
            touched: false,
        };
        launch.enter(world);
        launch
    }

    /// Which keys act now.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.run.is_some() {
            return Context::LaunchRun;
        }
        match self.step {
            Step::Image => self.image.context(),
            Step::InstanceType => self.instance_type.context(),
            Step::Details | Step::Tags => Context::LaunchForm,
            Step::Storage => Context::LaunchStorage,
            Step::SecurityGroup => self.group.context(),
            Step::Review => Context::LaunchReview,
        }
    }

    /// A key was pressed.
    pub fn key(&mut self, key: Key, world: &mut World<'_>) {
        let context = self.context();
        match resolve(context, key) {
            Some(_) if self.takes_as_text(key) => self.press(key, world),
            Some(action) => self.act(action, world),
            None => self.press(key, world),
        }
    }

    /// While a text field is focused, characters are text, and the arrows left and right move its cursor. The fields
    /// of the storage step take digits only, so that letters are keys there.
    fn takes_as_text(&self, key: Key) -> bool {
        let typed = match key.code {
            KeyCode::Char(_) => !key.ctrl && !key.alt && self.step != Step::Storage,
            KeyCode::Left | KeyCode::Right => true,
            _ => false,
        };
        typed
            && self.run.is_none()
            && match self.step {
                Step::Details => self.details.form.focused().is_some_and(super::form::Field::is_text),
                Step::Storage => self.storage.form.focused().is_some_and(super::form::Field::is_text),
                Step::Tags => true,
                Step::SecurityGroup => self.group.is_text_focused(),
                Step::Review => self.review.is_text_focused(),
                Step::Image | Step::InstanceType => false,
            }
    }

    /// What is billed besides the machine, by the chosen image; `None` when AWS does not say it clearly.
    #[must_use]
    pub fn operation<'a>(&self, catalog: &'a Catalog) -> Option<&'a str> {
        let image = self.image.chosen(catalog)?;
        match image.platform_details.as_deref() {
            Some(details) => operation_of(details),
            // Amazon's own Linux is billed as Linux, even where the server says nothing.
            None => matches!(self.image.chosen_family(), Some(QuickStart::AmazonLinux2023 | QuickStart::AmazonLinux2))
                .then_some(LINUX),
        }
    }

    /// What the launch would be charged for, as far as it is answered.
    #[must_use]
    pub fn priced<'a>(&self, catalog: &'a Catalog) -> Option<LaunchParts<'a>> {
        let image = self.image.chosen(catalog)?;
        let volumes = self.storage.volumes(image).ok()?;
        Some(LaunchParts {
            operation: self.operation(catalog),
            instance_type: &self.instance_type.chosen(catalog)?.name,
            volumes: volumes.iter().map(|one| (one.kind, one.size_gib, one.iops, one.throughput)).collect(),
            address: self.details.gets_public_ip(catalog),
            count: self.details.count(),
        })
    }

    /// A bound action.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        if action == Action::ShowProblem {
            if let Some(problem) = self.problem() {
                world.wish(Wish::Page(PageContent::Problem(Box::new(problem.clone()))));
            }
            return;
        }
        if self.run.is_some() {
            self.act_in_run(action, world);
            return;
        }
        match action {
            Action::Leave if !self.leave_inner_layer(world) => self.leave(world),
            Action::Leave => {}
            Action::NextStep => self.next_step(world),
            Action::PreviousStep => self.previous_step(world),
            Action::PreviewCommands => self.preview(world),
            Action::Choose if self.step == Step::Review => self.choose_in_review(world),
            _ => {
                self.touched |= !matches!(action, Action::Down | Action::Up);
                match self.step {
                    Step::Image => self.image.act(action, world),
                    Step::InstanceType => self.instance_type.act(action, self.image.chosen_architecture(), world),
                    Step::Details => self.details.act(action, world),
                    Step::Storage => self.storage.act(action, world),
                    Step::Tags => self.tags.act(action, world),
                    Step::SecurityGroup => self.group.act(action, world),
                    Step::Review => self.review.act(action, world),
                }
            }
        }
    }

    fn press(&mut self, key: Key, world: &mut World<'_>) {
        if self.run.is_some() {
            return;
        }
        // A stray key on a list changes no answer.
        self.touched |= !matches!(self.step, Step::Image | Step::InstanceType);
        match self.step {
            Step::Image => self.image.press(key, world),
            Step::InstanceType => self.instance_type.press(key, world),
            Step::Details => self.details.press(key, world),
            Step::Storage => self.storage.press(key, world),
            Step::Tags => self.tags.press(key, world),
            Step::SecurityGroup => self.group.press(key, world),
            Step::Review => self.review.press(key, world),
        }
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str, world: &mut World<'_>) {
        if self.run.is_some() {
            return;
        }
        self.touched = true;
        match self.step {
            Step::Image => self.image.paste(text, world),
            Step::InstanceType => self.instance_type.paste(text, world),
            Step::Details => self.details.paste(text, world),
            Step::Storage => self.storage.paste(text, world),
            Step::Tags => self.tags.paste(text, world),
            Step::SecurityGroup => self.group.paste(text, world),
            Step::Review => self.review.paste(text, world),
        }
    }

    /// Goes to a step that was reached before; the steps between keep their answers.
    pub fn go_to(&mut self, step: Step, world: &mut World<'_>) {
        // "After four hours" counts from the launch. Once something was sent the moment stays, and the token with it.
        if step == Step::Review && !self.review.tried {
            self.details.renew_auto_stop(world);
        }
        self.step = step;
        self.furthest = self.furthest.max(step);
        self.enter(world);
    }

    fn next_step(&mut self, world: &mut World<'_>) {
        // Some keys that mean "next" mean "choose this" first: a search, an open list.
        if self.takes_enter(world) || !self.check(world) {
            return;
        }
        if let Some(next) = self.step.next() {
            self.go_to(next, world);
        }
    }

    fn previous_step(&mut self, world: &mut World<'_>) {
        match self.step.previous() {
            Some(previous) => self.go_to(previous, world),
            None => self.leave(world),
        }
    }

    /// Throws the draft away, after a question when something was answered.
    fn leave(&mut self, world: &mut World<'_>) {
        if !self.touched && self.furthest == Step::Image {
            world.wish(Wish::Close);
            return;
        }
        world.wish(Wish::Confirm(Confirm {
            title: text!("launch-leave-title"),
            lines: self.review.leave_lines(world.environment),
            typed: None,
            yes: false,
            danger: false,
            then: Then::LeaveLaunch,
        }));
    }

    fn takes_enter(&mut self, world: &mut World<'_>) -> bool {
        match self.step {
            Step::Image => self.image.takes_enter(world),
            Step::InstanceType => self.instance_type.takes_enter(),
            Step::SecurityGroup => self.group.takes_enter(world),
            _ => false,
        }
    }

    /// Esc first leaves what is open inside the step (a filter), then the flow.
    fn leave_inner_layer(&mut self, world: &mut World<'_>) -> bool {
        match self.step {
            Step::Image => self.image.leave_filter(world),
            Step::InstanceType => self.instance_type.leave_filter(),
            Step::SecurityGroup => self.group.leave_cell(),
            _ => false,
        }
    }

    /// Fits the shown step to the answers before it.
    fn enter(&mut self, world: &mut World<'_>) {
        let image = self.image.chosen(world.catalog).cloned();
        match self.step {
            Step::Image => self.image.enter(world),
            Step::InstanceType => {
                self.instance_type.operation = self.operation(world.catalog).map(str::to_owned);
                self.instance_type.enter(self.image.chosen_architecture(), world);
            }
            Step::Details => {
                self.details.of_platform(image.map(|image| image.platform).unwrap_or_default());
                self.details.enter(world);
            }
            Step::Storage => self.storage.enter(image.as_ref(), self.details.count(), world),
            Step::Tags => self.tags.enter(world),
            Step::SecurityGroup => {
                let platform = image.map(|image| image.platform).unwrap_or_default();
                let (name, vpc) = (self.tags.name(), self.details.vpc(world.catalog));
                self.group.enter(platform, &name, vpc, world);
            }
            Step::Review => self.enter_review(world),
        }
    }

    /// Whether the shown step's answers hold; its errors are set.
    fn check(&mut self, world: &mut World<'_>) -> bool {
        let image = self.image.chosen(world.catalog).cloned();
        match self.step {
            Step::Image => self.image.check(world),
            Step::InstanceType => self.instance_type.check(self.image.chosen_architecture(), world),
            Step::Details => self.details.check(world),
            Step::Storage => self.storage.check(image.as_ref(), world),
            Step::Tags => self.tags.check(),
            Step::SecurityGroup => self.group.check(world),
            Step::Review => true,
        }
    }

    /// The plan as it stands, as `aws ec2 ...` commands.
    fn preview(&mut self, world: &mut World<'_>) {
        match self.plan(world.catalog, world.inventory) {
            Ok(plan) => {
                let platform = self.image.chosen(world.catalog).map(|image| image.platform).unwrap_or_default();
                let timer = self.details.timer(platform).ok().flatten();
                let lines = commands::of(&plan, self.details.user_data_path(), timer.as_ref(), world);
                world.wish(Wish::Page(PageContent::Commands(lines)));
            }
            Err(missing) => world.wish(Wish::Notice(missing, super::notice::Tone::Warning)),
        }
    }

    /// A question of ours was answered with Yes.
    pub fn confirmed(&mut self, then: &Then, world: &mut World<'_>) {
        match then {
            Then::LeaveLaunch => world.wish(Wish::Close),
            Then::OpenToWorld => {
                self.group.allow_world(world);
                self.next_step(world);
            }
            Then::LaunchWithoutKey => self.start_without_key(world),
            Then::RemoveMade => {
                if let Some(run) = &mut self.run {
                    run.remove_made(world);
                }
            }
            Then::Instances { .. } | Then::Begin(_) | Then::Answer(_) | Then::Quit => {}
        }
    }

    /// A read has answered; catalog and inventory hold the answer already.
    pub fn on_read(&mut self, read: &Read, outcome: &Result<Found, Problem>, world: &mut World<'_>) {
        if let Some(run) = &mut self.run {
            run.on_read(read, outcome, world);
            return;
        }
        if matches!(read, Read::LaunchDryRun { .. }) {
            self.review.on_dry_run(outcome, world.now);
        }
        // Defaults follow what has arrived, unless the person has chosen already.
        match self.step {
            // Entering it would move the cursor.
            Step::Review => self.refresh_review(world),
            _ => self.enter(world),
        }
    }

    /// A write has ended; not necessarily ours.
    pub fn on_write(&mut self, id: WriteId, outcome: &Result<Written, Problem>, world: &mut World<'_>) {
        if let Some(run) = &mut self.run {
            run.on_write(id, outcome, world);
        }
    }

    /// A local task has ended; not necessarily ours.
    pub fn on_local(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>, world: &mut World<'_>) {
        match &mut self.run {
            Some(run) => run.on_local(id, outcome, world),
            None => {
                // Enter waited for a file to be read.
                if self.details.on_local(id, outcome) && self.step == Step::Details {
                    self.next_step(world);
                }
            }
        }
    }

    /// A deadline has passed; not necessarily ours.
    pub fn wake(&mut self, world: &mut World<'_>) {
        if let Some(run) = &mut self.run {
            run.wake(world);
        }
    }

    /// When it wants to be woken.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.run.as_ref().and_then(Run::next_deadline)
    }
}
