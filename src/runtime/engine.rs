//! The loop without a terminal: state, effects under way, and the queue of what they have to say.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, JoinError, JoinSet};

use super::{local, probe};
use crate::app::App;
use crate::app::environment::Environment;
use crate::app::extent::Extent;
use crate::clock::Clock;
use crate::cloud::{Cloud, Settings};
use crate::domain::problem::{Cause, Problem};
use crate::domain::program::{Ended, Program};
use crate::domain::region::Region;
use crate::message::{Effect, LocalId, LocalTask, Message, Read, Reply, SessionId, SessionInfo, Slot, Write, WriteId};

/// Runs the effects of an [`App`] and feeds their replies back to it.
#[derive(Debug)]
pub struct Engine {
    app: App,
    settings: Settings,
    clock: Clock,
    /// Clients of every session that was opened: a write may outlive its session.
    clouds: HashMap<SessionId, Cloud>,
    reads: HashMap<Slot, AbortHandle>,
    tasks: JoinSet<()>,
    inbox: UnboundedReceiver<Incoming>,
    outbox: UnboundedSender<Incoming>,
    copied: Vec<String>,
    programs: Vec<(LocalId, Program)>,
    dirty: bool,
    quit: bool,
}

/// What a task hands in.
#[derive(Debug)]
enum Incoming {
    Reply(Reply),
    /// Clients are ready; the reply follows them.
    Opened {
        session: SessionId,
        cloud: Option<Cloud>,
        outcome: Result<SessionInfo, Problem>,
    },
}

impl Engine {
    /// Starts the program: the first frame can be drawn at once, the first effects are under way.
    #[must_use]
    pub fn new(environment: Environment, settings: Settings, clock: Clock, size: (u16, u16)) -> Self {
        let (app, effects) = App::start(environment, size, clock.now());
        let (outbox, inbox) = unbounded_channel();
        let mut engine = Self {
            app,
            settings,
            clock,
            clouds: HashMap::new(),
            reads: HashMap::new(),
            tasks: JoinSet::new(),
            inbox,
            outbox,
            copied: Vec::new(),
            programs: Vec::new(),
            dirty: true,
            quit: false,
        };
        engine.run(effects);
        engine
    }

    /// The state, to draw.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// One message: a key, a paste, a new size.
    pub fn handle(&mut self, message: Message) {
        let effects = self.app.update(message, self.clock.now());
        self.dirty = true;
        self.run(effects);
    }

    /// Waits for the next thing that is not a key (a reply, a deadline) and handles it, with all that is there
    /// already. Safe to cancel: nothing is lost.
    pub async fn step(&mut self) {
        let deadline = self.app.next_deadline();
        tokio::select! {
            Some(incoming) = self.inbox.recv() => {
                self.take_in(incoming);
                while let Ok(more) = self.inbox.try_recv() {
                    self.take_in(more);
                }
            }
            Some(ended) = self.tasks.join_next(), if !self.tasks.is_empty() => report(ended),
            () = sleep_until(self.clock, deadline) => self.handle(Message::Wake),
        }
    }

    /// Handles replies until no effect is under way. Deadlines are left alone.
    pub async fn settle(&mut self) {
        loop {
            while let Ok(incoming) = self.inbox.try_recv() {
                self.take_in(incoming);
            }
            match self.tasks.join_next().await {
                Some(ended) => report(ended),
                None if self.inbox.is_empty() => return,
                None => {}
            }
        }
    }

    /// Waits for the next deadline (a paused test clock jumps there), wakes the program and settles. Says whether
    /// there was a deadline.
    pub async fn next_deadline_passes(&mut self) -> bool {
        let Some(deadline) = self.app.next_deadline() else { return false };
        sleep_until(self.clock, Some(deadline)).await;
        self.handle(Message::Wake);
        self.settle().await;
        true
    }

    /// Whether effects are under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.tasks.is_empty() || !self.inbox.is_empty()
    }

    /// Whether the person has left.
    #[must_use]
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// Whether the state has changed since the last frame.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// Whether it has: asked without taking it.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// A frame was drawn, and this is how far it scrolls.
    pub fn drawn(&mut self, extent: Extent) {
        self.app.extent = extent;
    }

    /// Texts for the clipboard, in the order in which they were copied.
    pub fn take_copied(&mut self) -> Vec<String> {
        std::mem::take(&mut self.copied)
    }

    /// Programs that want the terminal for themselves, in the order in which they were asked for.
    pub fn take_programs(&mut self) -> Vec<(LocalId, Program)> {
        std::mem::take(&mut self.programs)
    }

    /// A program that had the terminal has ended.
    pub fn program_ended(&mut self, id: LocalId, ended: Ended) {
        self.handle(Message::Reply(Box::new(Reply::Program { id, ended })));
    }

    fn take_in(&mut self, incoming: Incoming) {
        let reply = match incoming {
            Incoming::Reply(reply) => reply,
            Incoming::Opened { session, cloud, outcome } => {
                self.clouds.extend(cloud.map(|cloud| (session, cloud)));
                Reply::Session { session, outcome }
            }
        };
        self.handle(Message::Reply(Box::new(reply)));
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::OpenSession { session, profile, region } => self.open(session, profile, region),
                Effect::Read { session, read } => self.read(session, read),
                Effect::Write { session, id, write } => self.write(session, id, write),
                Effect::Local { id, task } => self.local(id, task),
                Effect::Run { id, program } => self.programs.push((id, program)),
                Effect::Copy(text) => self.copied.push(text),
                Effect::Quit => self.quit = true,
            }
        }
    }

    fn open(&mut self, session: SessionId, profile: Option<String>, region: Option<Region>) {
        // What the old session still reads is stale; what it writes goes on.
        for (_, read) in self.reads.drain() {
            read.abort();
        }
        let settings = self.settings.clone();
        let outbox = self.outbox.clone();
        self.tasks.spawn(async move {
            let opened = Cloud::open(&settings, profile.as_deref(), region.as_ref()).await;
            let (cloud, outcome) = match opened {
                Ok((cloud, info)) => (cloud, Ok(info)),
                Err(problem) => (None, Err(problem)),
            };
            // Nobody listens any more only when the program is ending.
            let _ = outbox.send(Incoming::Opened { session, cloud, outcome });
        });
    }

    fn read(&mut self, session: SessionId, read: Read) {
        let Some(cloud) = self.clouds.get(&session).cloned() else {
            self.answer(Reply::Read { session, outcome: Err(no_session(&read)), read });
            return;
        };
        let outbox = self.outbox.clone();
        let slot = read.slot();
        let task = self.tasks.spawn(async move {
            let send = |outcome| {
                let _ = outbox.send(Incoming::Reply(Reply::Read { session, read: read.clone(), outcome }));
            };
            if let Err(problem) = cloud.read(&read, &mut |found| send(Ok(found))).await {
                send(Err(problem));
            }
        });
        if let Some(older) = self.reads.insert(slot, task) {
            older.abort();
        }
    }

    fn write(&mut self, session: SessionId, id: WriteId, write: Write) {
        let Some(cloud) = self.clouds.get(&session).cloned() else {
            self.answer(Reply::Write { id, session, outcome: Err(no_session(&Read::Account)) });
            return;
        };
        let outbox = self.outbox.clone();
        self.tasks.spawn(async move {
            let outcome = cloud.write(write).await;
            let _ = outbox.send(Incoming::Reply(Reply::Write { id, session, outcome }));
        });
    }

    fn local(&mut self, id: LocalId, task: LocalTask) {
        let outbox = self.outbox.clone();
        let task = match probe::of(task) {
            // What waits for the network waits without a thread.
            Ok(probe) => {
                self.tasks.spawn(async move {
                    let _ = outbox.send(Incoming::Reply(Reply::Local { id, outcome: probe.run().await }));
                });
                return;
            }
            Err(other) => other,
        };
        // Files may be slow, and an RSA key takes seconds of computing.
        self.tasks.spawn_blocking(move || {
            let _ = outbox.send(Incoming::Reply(Reply::Local { id, outcome: local::run(task) }));
        });
    }

    fn answer(&mut self, reply: Reply) {
        let _ = self.outbox.send(Incoming::Reply(reply));
    }
}

/// The one place where a task's end is looked at: a panic in it is a panic of the program.
fn report(ended: Result<(), JoinError>) {
    match ended {
        Ok(()) => {}
        Err(error) if error.is_cancelled() => {}
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

async fn sleep_until(clock: Clock, deadline: Option<Timestamp>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(clock.instant_of(deadline)).await,
        None => std::future::pending().await,
    }
}

/// A question before there are clients to ask it with.
fn no_session(read: &Read) -> Problem {
    Problem {
        cause: Cause::NoCredentials,
        operation: format!("{:?}", read.slot()),
        code: String::new(),
        message: String::new(),
        request_id: None,
    }
}
