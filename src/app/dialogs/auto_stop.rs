//! When an instance stops or ends by itself: EventBridge Scheduler sees to it, or a command that the person runs on the
//! server themselves.

use super::{Asked, Dialog};
use crate::app::auto_stop::{local, said, span};
use crate::app::form::{Choice, Field, Form};
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::auto_stop::SetAutoStop;
use crate::app::tasks::auto_stop_off::TakeOffAutoStop;
use crate::app::world::{Wish, World};
use crate::domain::auto_stop::{AutoStop, By, Ending, SCHEDULED, Told, WhenProblem, moment};
use crate::domain::guest_timer;
use crate::domain::id::InstanceId;
use crate::domain::instance::Instance;
use crate::domain::launch_plan::ShutdownBehavior;
use crate::domain::region::{MAIN, Region, partition as partition_of};
use crate::domain::schedule::{self, NewSchedule, RoleArn};
use crate::domain::shell::quote;
use crate::text;
use crate::text::Text;

const WHAT: &str = "what";
const WHEN: &str = "when";
const HOW: &str = "how";
const ROLE: &str = "role";

/// Of [`WHAT`], besides the endings.
const OFF: &str = "off";

/// Of [`HOW`].
const SCHEDULER: &str = "scheduler";
const COMMAND: &str = "command";
const EXPLAIN: &str = "explain";

/// An auto-stop that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct AutoStopDialog {
    instance: InstanceId,
    /// The account's number, once it is known.
    account: Option<String>,
}

impl AutoStopDialog {
    /// The dialog for an instance; `role` is the remembered one, `scheduled` whether a schedule is known.
    #[must_use]
    pub fn open(instance: &Instance, account: Option<String>, role: Option<&str>, scheduled: bool) -> Dialog {
        let option = |value: &str, label: Text| Choice { value: value.to_owned(), label };
        let mut whats = vec![
            option(Ending::Stop.word(), text!("auto-stop-what-stop")),
            option(Ending::Terminate.word(), text!("auto-stop-what-terminate")),
        ];
        let tagged = |by: By| instance.tags.iter().any(|tag| tag.key == by.tag_key());
        if scheduled || tagged(By::Scheduler) || tagged(By::Server) {
            whats.push(option(OFF, text!("auto-stop-what-off")));
        }
        let fields = vec![
            Field::choice(WHAT, "auto-stop-field-what", whats),
            Field::text(WHEN, "auto-stop-field-when", "", 32)
                .with_placeholder(text!("auto-stop-when-placeholder"))
                .with_hint(text!("auto-stop-when-hint")),
            Field::choice(
                HOW,
                "auto-stop-field-how",
                vec![
                    option(SCHEDULER, text!("auto-stop-how-scheduler")),
                    option(COMMAND, text!("auto-stop-how-command")),
                    option(EXPLAIN, text!("auto-stop-how-explain")),
                ],
            ),
            Field::text(ROLE, "auto-stop-field-role", role.unwrap_or_default(), 700)
                .with_placeholder(text!("auto-stop-role-placeholder"))
                .with_hint(text!("auto-stop-role-hint")),
        ];
        let title = text!("auto-stop-title", name = instance.label());
        Dialog::new(title, fields, Self { instance: instance.id.clone(), account })
    }

    /// What is set now, and what that means for the answers.
    fn present(&self, world: &World<'_>) -> Vec<(Text, Tone)> {
        let Some(instance) = world.inventory.instance(&self.instance) else { return Vec::new() };
        let zone = &world.environment.zone;
        let mut notes = Vec::new();
        if let Some(told) = Told::of(By::Server, &instance.tags).filter(|told| told.concerns(instance)) {
            notes.push((text!("auto-stop-note-server", what = said(&told.auto_stop, zone)), Tone::Warning));
        }
        let schedules = &world.inventory.schedules;
        let read = schedules.value.as_ref();
        let known = read.and_then(|read| read.of(&self.instance));
        match known {
            Some(one) => notes.push(match one.auto_stop {
                Some(auto_stop) => (text!("auto-stop-note-scheduled", what = said(&auto_stop, zone)), Tone::Plain),
                None => (text!("auto-stop-note-other", expression = one.expression.as_str()), Tone::Warning),
            }),
            None if read.is_some_and(|read| !read.has(&self.instance))
                && instance.tags.iter().any(|tag| tag.key == SCHEDULED) =>
            {
                notes.push((text!("auto-stop-note-no-schedule"), Tone::Warning));
            }
            None => {}
        }
        if let Some(problem) = &schedules.problem {
            let why = if problem.code.is_empty() { &problem.message } else { &problem.code };
            notes.push((text!("auto-stop-note-unread", why = why), Tone::Plain));
        }
        notes
    }

    fn shutdown_notes(&self, ending: Ending, world: &World<'_>) -> Vec<(Text, Tone)> {
        let asked = world.inventory.shutdown_behaviors.get(&self.instance);
        let Some(asked) = asked else { return vec![(text!("auto-stop-shutdown-asking"), Tone::Plain)] };
        match (asked.value, ending) {
            (Some(ShutdownBehavior::Terminate), Ending::Stop) => {
                vec![(text!("auto-stop-shutdown-terminates"), Tone::Bad)]
            }
            (Some(ShutdownBehavior::Terminate), Ending::Terminate) => {
                vec![(text!("auto-stop-shutdown-terminates-too"), Tone::Warning)]
            }
            (Some(ShutdownBehavior::Stop), Ending::Terminate) => {
                vec![(text!("auto-stop-shutdown-only-stops"), Tone::Warning)]
            }
            (Some(ShutdownBehavior::Stop), Ending::Stop) => vec![(text!("auto-stop-shutdown-stops"), Tone::Plain)],
            (None, _) if asked.problem.is_some() => vec![(text!("auto-stop-shutdown-unknown"), Tone::Warning)],
            (None, _) => vec![(text!("auto-stop-shutdown-asking"), Tone::Plain)],
        }
    }

    fn role(&self, form: &mut Form, world: &World<'_>) -> Option<RoleArn> {
        let typed = form.value(ROLE).trim();
        if typed.is_empty() {
            form.set_error(ROLE, text!("auto-stop-role-missing"));
            return None;
        }
        let Some(role) = RoleArn::parse(typed) else {
            form.set_error(ROLE, text!("auto-stop-role-wrong"));
            return None;
        };
        let partition = world.region.map_or(MAIN, partition_of);
        if role.partition() != partition {
            form.set_error(ROLE, text!("auto-stop-role-partition", partition = partition));
            return None;
        }
        if let Some(account) = self.account.as_deref().filter(|account| *account != role.account()) {
            form.set_error(ROLE, text!("auto-stop-role-account", account = account));
            return None;
        }
        Some(role)
    }

    /// The command goes to the clipboard and is not run.
    fn copy_command(&self, ending: Ending, at: jiff::Timestamp, world: &mut World<'_>) {
        let Some(instance) = world.inventory.instance(&self.instance).cloned() else { return };
        let minutes = at.duration_since(world.now).as_secs().div_euclid(60) + 1;
        let command = guest_timer::by_hand(instance.platform, minutes);
        world.outbox.copy(command.clone());
        let mut lines = vec![
            text!("auto-stop-command-run", name = instance.label(), wait = span(world.now, at)),
            text!("auto-stop-command-now"),
        ];
        lines.extend(self.shutdown_notes(ending, world).into_iter().map(|(text, _)| text));
        lines.push(text!("auto-stop-command-limits"));
        let title = text!("auto-stop-command-title");
        world.wish(Wish::Page(PageContent::ToCopy { title, lines, copy: command }));
    }
}

impl Asked for AutoStopDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        let ending = Ending::parse(form.value(WHAT));
        let how = form.value(HOW).to_owned();
        form.show(WHEN, ending.is_some() && how != EXPLAIN);
        form.show(HOW, ending.is_some());
        form.show(ROLE, ending.is_some() && how == SCHEDULER);
        let zone = &world.environment.zone;
        let at = moment(form.value(WHEN), world.now, zone).ok();
        if let Some(field) = form.field_mut(WHEN) {
            field.note = at.map(|at| text!("auto-stop-moment", time = local(at, zone), wait = span(world.now, at)));
        }
        let mut notes = self.present(world);
        match (ending, how.as_str()) {
            (None, _) => notes.push((text!("auto-stop-off-note"), Tone::Plain)),
            (Some(_), EXPLAIN) => notes.push((text!("auto-stop-explain-note"), Tone::Plain)),
            (Some(ending), COMMAND) => {
                notes.push((text!("auto-stop-command-note"), Tone::Plain));
                notes.extend(self.shutdown_notes(ending, world));
            }
            (Some(Ending::Stop), _) => notes.push((text!("auto-stop-stop-costs"), Tone::Plain)),
            (Some(Ending::Terminate), _) => notes.push((text!("auto-stop-terminate-final"), Tone::Warning)),
        }
        notes
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let Some(instance) = world.inventory.instance(&self.instance).cloned() else {
            form.set_error(WHAT, text!("why-terminated"));
            return None;
        };
        let Some(ending) = Ending::parse(form.value(WHAT)) else {
            return Some(TakeOffAutoStop::new(&instance).into());
        };
        if form.value(HOW) == EXPLAIN {
            world.wish(Wish::Page(role_page(world.region, self.account.as_deref())));
            return None;
        }
        let at: Result<_, WhenProblem> = moment(form.value(WHEN), world.now, &world.environment.zone);
        let at = match at {
            Ok(at) => at,
            Err(problem) => {
                form.set_error(WHEN, problem.text());
                return None;
            }
        };
        if form.value(HOW) == COMMAND {
            self.copy_command(ending, at, world);
            return None;
        }
        let role = self.role(form, world)?;
        let mut remembered = world.inventory.remembered();
        // What the file says could not be read must not be written over.
        let readable = world.inventory.remembered.problem.is_none();
        let is_new = remembered.role(role.account()) != Some(&role);
        remembered.set_role(role.clone());
        let new = NewSchedule { instance: self.instance.clone(), auto_stop: AutoStop { ending, at }, role };
        let tagged = instance.tags.iter().find(|tag| tag.key == SCHEDULED).cloned();
        let remember = (is_new && readable).then_some(remembered);
        Some(SetAutoStop::new(new, instance.label(), tagged, remember).into())
    }
}

/// What the role is for, and what makes it.
fn role_page(region: Option<&Region>, account: Option<&str>) -> PageContent {
    const NAME: &str = "ec2deck-auto-stop";
    let (trust, permissions) = match region {
        Some(region) => (schedule::trust_policy(account), schedule::permission_policy(region, account)),
        None => (schedule::trust_policy(account), String::new()),
    };
    let copy = format!(
        "aws iam create-role --role-name {NAME} --assume-role-policy-document {}\n\
         aws iam put-role-policy --role-name {NAME} --policy-name {NAME} --policy-document {}\n\
         aws iam get-role --role-name {NAME} --query Role.Arn --output text",
        quote(&trust),
        quote(&permissions),
    );
    PageContent::ToCopy {
        title: text!("auto-stop-role-title"),
        lines: vec![
            text!("auto-stop-role-why"),
            text!("auto-stop-role-trust"),
            text!("auto-stop-role-may"),
            text!("auto-stop-role-pass"),
            text!("auto-stop-role-copy"),
        ],
        copy,
    }
}
