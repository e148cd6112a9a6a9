//! Work that takes more than one call, or one call and a question: each is a small state machine ([`Work`]) that is
//! told what has happened ([`Event`]) and says what it waits for next ([`Step`]). A table test can visit every state.
//!
//! Replies find their task by what it waits for. What a dialog has sent off belongs to that dialog while it is open:
//! a failure is shown in it, with everything that was entered still there.

pub mod add_rule;
mod address_calls;
pub mod allocate;
pub mod allow_me;
pub mod associate;
pub mod auto_stop;
pub mod auto_stop_off;
pub mod change;
pub mod change_type;
pub mod close_to_me;
pub mod connect;
pub mod delete_group;
pub mod discard;
pub mod examine;
pub mod export_key;
pub mod fixed_address;
pub mod forget_host_key;
mod import;
pub mod import_key;
mod job;
pub mod lock_key;
pub mod make_group;
mod my_address;
pub mod new_key;
pub mod open_session;
pub mod regroup;
pub mod release;
pub mod remember;
pub mod remember_hosts;
pub mod rewrite_host;
pub mod save_putty;
pub mod set_credits;
pub mod show_password;
pub mod undo;

use jiff::Timestamp;

pub use self::job::Job;
use self::undo::Undo;
use super::App;
use super::modal::{Confirm, Modal, Then};
use super::notice::Tone;
use super::world::World;
use crate::domain::id::InstanceId;
use crate::domain::problem::Problem;
use crate::domain::program::{Ended, Program};
use crate::message::{Found, LocalDone, LocalId, Read, Slot, WriteId, Written};
use crate::text;
use crate::text::Text;

/// One task, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(u64);

/// All tasks under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tasks {
    running: Vec<Running>,
    begun: u64,
}

/// One task under way.
#[derive(Clone, Debug, PartialEq)]
struct Running {
    id: TaskId,
    job: Job,
    waits: Wait,
}

/// What a task waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wait {
    /// A change in AWS.
    Write(WriteId),
    /// An answer of AWS; whichever read of the slot answers last.
    Read(Slot),
    /// Work on this machine.
    Local(LocalId),
    /// A program that has the terminal.
    Program(LocalId),
    /// A moment.
    Until(Timestamp),
    /// The person.
    Answer,
}

/// What has happened to a task.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// It begins.
    Begin,
    /// The write that it waited for has ended.
    Written(&'a Result<Written, Problem>),
    /// The read that it waited for has answered; inventory and catalog hold the answer already.
    Found(&'a Result<Found, Problem>),
    /// The local work that it waited for has ended.
    Local(&'a Result<LocalDone, Problem>),
    /// The program that had the terminal has ended.
    Program(Ended),
    /// The moment has come.
    Woken,
    /// The person said yes.
    Yes,
    /// The person said no.
    No,
}

/// What a task does next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It waits.
    Wait(Wait),
    /// It asks the person; its answer is [`Event::Yes`] or [`Event::No`]. `then` of the question is set for it.
    Ask(Confirm),
    /// It is done.
    Done(Done),
    /// It has failed.
    Failed(Problem),
    /// It ends without a word; the dialog behind it stays as it was.
    Dropped,
}

/// A task's good end.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What it says.
    pub said: Text,
    /// How it is meant.
    pub tone: Tone,
    /// How it can be taken back.
    pub undo: Option<Undo>,
}

impl Step {
    /// Waits for a write.
    #[must_use]
    pub fn write(id: WriteId) -> Self {
        Self::Wait(Wait::Write(id))
    }

    /// Waits for work on this machine.
    #[must_use]
    pub fn local(id: LocalId) -> Self {
        Self::Wait(Wait::Local(id))
    }

    /// Sends a read and waits for its answer.
    pub fn read(read: Read, world: &mut World<'_>) -> Self {
        let slot = read.slot();
        world.outbox.read(read);
        Self::Wait(Wait::Read(slot))
    }

    /// Gives the terminal to a program and waits until it ends.
    pub fn run(program: Program, world: &mut World<'_>) -> Self {
        Self::Wait(Wait::Program(world.outbox.run(program)))
    }

    /// It worked.
    #[must_use]
    pub fn done(said: Text) -> Self {
        Self::Done(Done { said, tone: Tone::Good, undo: None })
    }

    /// It worked, and can be taken back.
    #[must_use]
    pub fn done_with(said: Text, undo: Undo) -> Self {
        Self::Done(Done { said, tone: Tone::Good, undo: Some(undo) })
    }

    /// There was nothing to do, or it ended otherwise than wished for.
    #[must_use]
    pub fn told(said: Text, tone: Tone) -> Self {
        Self::Done(Done { said, tone, undo: None })
    }
}

/// A state machine of several calls.
pub trait Work {
    /// Takes what has happened, says what comes next. An event that it does not wait for never comes.
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step;

    /// What it does, for the header: "allowing your address on web-1".
    fn label(&self) -> Text;

    /// Whether leaving the program, the region or the profile now would leave something half done in the account: what
    /// that is, in a sentence.
    fn leaves_behind(&self) -> Option<Text> {
        None
    }
}

impl Tasks {
    /// Whether nothing is under way.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// How many are under way, apart from those that wait for the person.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.running.iter().filter(|task| task.waits != Wait::Answer).count()
    }

    /// What the newest one does.
    #[must_use]
    pub fn label(&self) -> Option<Text> {
        self.running.iter().rev().find(|task| task.waits != Wait::Answer).map(|task| task.job.label())
    }

    /// Whether an instance is being given a fixed address.
    #[must_use]
    pub fn is_giving_address_to(&self, instance: &InstanceId) -> bool {
        self.running.iter().any(|task| matches!(&task.job, Job::FixedAddress(work) if work.instance() == instance))
    }

    /// Whether an instance is becoming one of another type, or the person is asked whether it is to.
    #[must_use]
    pub fn is_changing_type_of(&self, instance: &InstanceId) -> bool {
        self.running.iter().any(|task| matches!(&task.job, Job::ChangeType(work) if work.instance() == instance))
    }

    /// Whether hosts are being remembered on the person's word.
    #[must_use]
    pub fn is_remembering_hosts(&self) -> bool {
        self.running.iter().any(|task| matches!(task.job, Job::RememberHosts(_)))
    }

    /// Whether something is being taken back.
    #[must_use]
    pub fn is_taking_back(&self) -> bool {
        self.running.iter().any(|task| match &task.job {
            Job::TakeBack(_) => true,
            Job::Regroup(work) => work.undoes(),
            _ => false,
        })
    }

    /// Why a task cannot begin before another one has ended: both would write the groups of the same interface, each
    /// from a list that the other makes old.
    fn bars(&self, job: &Job) -> Option<Text> {
        let Job::Regroup(new) = job else { return None };
        let other = self
            .running
            .iter()
            .find(|task| matches!(&task.job, Job::Regroup(work) if work.interface() == new.interface()))?;
        Some(text!("why-task-under-way", task = other.job.label()))
    }

    /// What leaving now would leave half done.
    #[must_use]
    pub fn left_behind(&self) -> Vec<Text> {
        self.running.iter().filter_map(|task| task.job.leaves_behind()).collect()
    }

    /// When the next one wants to be woken.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let due = self.running.iter().filter_map(|task| match task.waits {
            Wait::Until(at) => Some(at),
            _ => None,
        });
        due.min()
    }

    /// Ends a task that only looks, wherever it is.
    pub(super) fn end(&mut self, id: Option<TaskId>) {
        self.running.retain(|task| Some(task.id) != id);
    }

    fn waiting_for(&self, wait: impl Fn(&Wait) -> bool) -> Vec<TaskId> {
        self.running.iter().filter(|task| wait(&task.waits)).map(|task| task.id).collect()
    }
}

impl App {
    /// Begins a task. Gives its id, unless it has ended at once.
    pub(super) fn begin(&mut self, job: Job) -> Option<TaskId> {
        if let Some(why) = self.tasks.bars(&job) {
            self.notify(why, Tone::Warning);
            return None;
        }
        self.tasks.begun += 1;
        let id = TaskId(self.tasks.begun);
        // What it waits for is set by its first step, before anything else can happen.
        self.tasks.running.push(Running { id, job, waits: Wait::Answer });
        self.tell(id, Event::Begin);
        self.tasks.running.iter().any(|task| task.id == id).then_some(id)
    }

    /// Begins what a dialog has sent off: the dialog stays open until it is done.
    pub(super) fn begin_for_dialog(&mut self, job: Job) {
        self.tasks.begun += 1;
        let id = TaskId(self.tasks.begun);
        if let Some(Modal::Dialog(dialog)) = self.modals.last_mut() {
            dialog.sent(id);
        }
        self.tasks.running.push(Running { id, job, waits: Wait::Answer });
        self.tell(id, Event::Begin);
    }

    /// A write has ended; whoever waits for it hears of it.
    pub(super) fn tell_written(&mut self, write: WriteId, outcome: &Result<Written, Problem>) {
        for id in self.tasks.waiting_for(|wait| *wait == Wait::Write(write)) {
            self.tell(id, Event::Written(outcome));
        }
    }

    /// A read has answered with its last part.
    pub(super) fn tell_found(&mut self, read: &Read, outcome: &Result<Found, Problem>) {
        let slot = read.slot();
        for id in self.tasks.waiting_for(|wait| matches!(wait, Wait::Read(awaited) if *awaited == slot)) {
            self.tell(id, Event::Found(outcome));
        }
    }

    /// Work on this machine has ended.
    pub(super) fn tell_local(&mut self, local: LocalId, outcome: &Result<LocalDone, Problem>) {
        for id in self.tasks.waiting_for(|wait| *wait == Wait::Local(local)) {
            self.tell(id, Event::Local(outcome));
        }
    }

    /// A program that had the terminal has ended.
    pub(super) fn tell_program(&mut self, program: LocalId, ended: Ended) {
        for id in self.tasks.waiting_for(|wait| *wait == Wait::Program(program)) {
            self.tell(id, Event::Program(ended));
        }
    }

    /// Deadlines have passed.
    pub(super) fn wake_tasks(&mut self) {
        let now = self.now;
        for id in self.tasks.waiting_for(|wait| matches!(wait, Wait::Until(at) if *at <= now)) {
            self.tell(id, Event::Woken);
        }
    }

    /// The person has answered a task's question.
    pub(super) fn answer_task(&mut self, id: TaskId, yes: bool) {
        self.tell(id, if yes { Event::Yes } else { Event::No });
    }

    /// Another account or region: what waits for the person ends here. Nothing else is under way then, see
    /// [`App::availability`].
    pub(super) fn forget_tasks(&mut self) {
        self.tasks.running.clear();
        self.late.clear();
    }

    fn tell(&mut self, id: TaskId, event: Event<'_>) {
        let Some(index) = self.tasks.running.iter().position(|task| task.id == id) else { return };
        let mut task = self.tasks.running.remove(index);
        let step = self.in_world(|world| task.job.work().on(event, world));
        let done = matches!(step, Step::Done(_));
        let goes_on = matches!(step, Step::Wait(_) | Step::Ask(_));
        match step {
            Step::Wait(waits) => {
                task.waits = waits;
                self.tasks.running.insert(index.min(self.tasks.running.len()), task);
            }
            Step::Ask(mut confirm) => {
                task.waits = Wait::Answer;
                confirm.then = Then::Answer(id);
                self.tasks.running.insert(index.min(self.tasks.running.len()), task);
                self.ask(confirm);
            }
            Step::Done(done) => {
                self.close_dialog_of(id);
                self.undos.extend(done.undo.map(Into::into));
                self.notify(done.said, done.tone);
            }
            Step::Failed(problem) => match self.dialog_of(id) {
                Some(dialog) => {
                    dialog.failed(problem, &task.job);
                    self.fit_dialog();
                }
                None => self.show_problem(problem),
            },
            Step::Dropped => {
                if let Some(dialog) = self.dialog_of(id) {
                    dialog.called_off();
                }
            }
        }
        if !goes_on {
            self.doctor_hears_of(id, done);
        }
    }

    fn dialog_of(&mut self, id: TaskId) -> Option<&mut super::dialogs::Dialog> {
        self.modals.iter_mut().find_map(|modal| match modal {
            Modal::Dialog(dialog) if dialog.task() == Some(id) => Some(dialog.as_mut()),
            _ => None,
        })
    }

    fn close_dialog_of(&mut self, id: TaskId) {
        self.modals.retain(|modal| !matches!(modal, Modal::Dialog(dialog) if dialog.task() == Some(id)));
    }
}
