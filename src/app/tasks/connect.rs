//! On to the server: the host key is looked for first, compared with what the instance has printed on its console the
//! first time, and then ssh gets the terminal.
//!
//! Every [`Way`] of ssh goes through here: with EC2 Instance Connect a key is made and sent just before ssh runs, since
//! the instance takes it for a minute only, and is removed whatever comes of it; carried by Session Manager, the server
//! cannot be asked for its host keys.

use std::time::Duration;

use super::{Event, Step, Work};
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::host_keys::{HostKey, Verdict, compare, told_by_console};
use crate::domain::login::{Login, Mode, SessionManager, SshPath, UnknownHost};
use crate::domain::one_time_key::OneTimeKey;
use crate::domain::problem::{Cause, Problem};
use crate::domain::program::{Ended, Program};
use crate::message::{LocalDone, LocalTask, Read, Write};
use crate::text;
use crate::text::Text;

/// How long the server may take to show its host keys.
const PATIENCE: Duration = Duration::from_secs(8);

/// ssh's own failures, as opposed to those of the command that it ran.
const SSH_FAILED: i32 = 255;

/// How to get in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By ssh to the address.
    Ssh,
    /// The same, with a key that EC2 Instance Connect lets in for a minute.
    InstanceConnect,
    /// By ssh that Session Manager carries: no address and no open port is needed.
    SessionManager(SessionManager),
}

impl Way {
    /// Whether the server can be asked for its host keys from here.
    fn reaches_the_server(&self) -> bool {
        !matches!(self, Self::SessionManager(_))
    }
}

/// Connecting.
#[derive(Clone, Debug, PartialEq)]
pub struct Connect {
    login: Login,
    label: String,
    way: Way,
    /// What is run there; a shell when empty.
    command: Vec<String>,
    state: State,
    /// What is known of the host key by now.
    known: Known,
    /// The key for this connection, while it is there.
    once: Option<OneTimeKey>,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    LookingUp,
    ReadingConsole,
    Scanning,
    Recording,
    MakingKey,
    SendingKey,
    Running,
    /// The key for this connection goes; then this step ends the task.
    RemovingKey(Box<Step>),
}

/// What is known of the host key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// It was there before.
    Before,
    /// It is the one that the console told.
    Verified,
    /// Nothing was there to compare it with.
    Unverified,
}

impl Connect {
    /// The task before it begins.
    #[must_use]
    pub fn new(login: Login, label: &str, way: Way) -> Self {
        let (label, command) = (label.to_owned(), Vec::new());
        Self { login, label, way, command, state: State::LookingUp, known: Known::Unverified, once: None }
    }

    /// The same, running a command there instead of a shell.
    #[must_use]
    pub fn running(mut self, command: Vec<String>) -> Self {
        self.command = command;
        self
    }

    fn look_up(&self, world: &mut World<'_>) -> Step {
        let Some(places) = &world.environment.ssh_places else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        let file = places.known_hosts.clone();
        Step::local(world.outbox.local(LocalTask::KnownHostKeys { file, instance: self.login.instance().clone() }))
    }

    fn looked_up(&mut self, keys: &[HostKey], world: &mut World<'_>) -> Step {
        if !keys.is_empty() {
            self.known = Known::Before;
            return self.get_in(world);
        }
        if self.login.jump().is_some() || !self.way.reaches_the_server() {
            // Past a jump host nothing can be asked from here.
            return self.get_in(world);
        }
        self.state = State::ReadingConsole;
        Step::read(Read::ConsoleOutput(self.login.instance().clone()), world)
    }

    fn scan(&mut self, world: &mut World<'_>) -> Step {
        self.state = State::Scanning;
        let (host, port) = (self.login.host().to_owned(), self.login.port());
        Step::local(world.outbox.local(LocalTask::ScanHostKeys { host, port, timeout: PATIENCE }))
    }

    fn compare(&mut self, shown: &[HostKey], world: &mut World<'_>) -> Step {
        let console = world.inventory.consoles.get(self.login.instance()).and_then(|console| console.value.clone());
        let told = told_by_console(console.flatten().as_deref().unwrap_or_default());
        match compare(&told, shown) {
            Verdict::Verified(keys) => {
                self.known = Known::Verified;
                self.state = State::Recording;
                let Some(places) = &world.environment.ssh_places else { return Step::Dropped };
                let (file, instance) = (places.known_hosts.clone(), self.login.instance().clone());
                Step::local(world.outbox.local(LocalTask::RecordHostKeys { file, instance, keys }))
            }
            Verdict::Different(key) => {
                let lines = vec![
                    text!("connect-other-key", name = self.label.as_str(), host = self.login.host()),
                    text!("connect-other-key-shown", fingerprint = key.fingerprint.as_str()),
                    text!("connect-other-key-next"),
                ];
                let title = text!("connect-other-key-title");
                world.wish(Wish::Page(PageContent::Lines { title, lines }));
                Step::told(text!("connect-not", name = self.label.as_str()), Tone::Bad)
            }
            Verdict::NotTold => self.get_in(world),
        }
    }

    /// All that can be known of the host key is known.
    fn get_in(&mut self, world: &mut World<'_>) -> Step {
        if self.way != Way::InstanceConnect {
            return self.run(world);
        }
        let Some(places) = &world.environment.ssh_places else { return Step::Dropped };
        self.state = State::MakingKey;
        Step::local(world.outbox.local(LocalTask::MakeOneTimeKey { folder: places.one_time_keys() }))
    }

    fn send_key(&mut self, key: OneTimeKey, world: &mut World<'_>) -> Step {
        let login = self.login.clone().with_key(&key.path);
        let (instance, user) = (self.login.instance().clone(), self.login.user().to_owned());
        let public_key = key.public_key.clone();
        self.once = Some(key);
        match login {
            Ok(login) => {
                self.login = login;
                self.state = State::SendingKey;
                Step::write(world.outbox.write(Write::SendSshPublicKey { instance, user, public_key }))
            }
            Err(why) => self.end(Step::told(why.text(), Tone::Bad), world),
        }
    }

    /// Ends, but not before the key for this connection is gone.
    fn end(&mut self, step: Step, world: &mut World<'_>) -> Step {
        match self.once.take() {
            Some(key) => {
                self.state = State::RemovingKey(Box::new(step));
                Step::local(world.outbox.local(LocalTask::RemoveOneTimeKey(key.path)))
            }
            None => step,
        }
    }

    fn silent(&self) -> Step {
        let (name, host, port) = (self.label.as_str(), self.login.host(), self.login.port());
        Step::told(text!("connect-silent", name = name, host = host, port = port.to_string()), Tone::Warning)
    }

    fn run(&mut self, world: &mut World<'_>) -> Step {
        let known_hosts = world.environment.ssh_places.as_ref().map(|places| SshPath::of_file(&places.known_hosts));
        let Some(Ok(known_hosts)) = known_hosts else {
            return self.end(Step::told(text!("connect-no-home"), Tone::Bad), world);
        };
        let unknown = if self.known == Known::Verified { UnknownHost::Refuse } else { UnknownHost::Accept };
        let (mode, command) = (Mode::Interactive, self.command.as_slice());
        let arguments = match &self.way {
            Way::Ssh | Way::InstanceConnect => self.login.ssh_arguments(&known_hosts, unknown, mode, command),
            Way::SessionManager(session) => {
                self.login.ssh_arguments_over_session(session, &known_hosts, unknown, mode, command)
            }
        };
        // Every part has passed the checks of a login, which take no bytes that are not text.
        let arguments = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        self.state = State::Running;
        let program = Program { name: "ssh".to_owned(), arguments, says: self.says(world) };
        Step::run(program, world)
    }

    /// What stands above ssh's own words.
    fn says(&self, world: &World<'_>) -> String {
        let user = self.login.user();
        let host = if self.way.reaches_the_server() { self.login.host() } else { self.login.instance().as_str() };
        let key = match self.known {
            Known::Before => text!("connect-key-known"),
            Known::Verified => text!("connect-key-verified"),
            Known::Unverified => text!("connect-key-unverified"),
        };
        text!("connect-says", name = self.label.as_str(), user = user, host = host, key = key)
            .say(world.environment.language)
    }

    fn ended(&mut self, ended: Ended, world: &mut World<'_>) -> Step {
        world.reread_instance(self.login.instance());
        let name = self.label.as_str();
        let step = match ended {
            Ended::Status(SSH_FAILED) if self.way == Way::InstanceConnect => {
                Step::told(text!("connect-failed-once", name = name, user = self.login.user()), Tone::Warning)
            }
            Ended::Status(SSH_FAILED) if !self.way.reaches_the_server() => {
                Step::told(text!("connect-failed-session", name = name), Tone::Warning)
            }
            Ended::Status(SSH_FAILED) => Step::told(text!("connect-failed", name = name), Tone::Warning),
            Ended::Status(_) | Ended::Killed => Step::told(text!("connect-ended", name = name), Tone::Plain),
            Ended::NotFound => Step::told(text!("connect-no-ssh"), Tone::Bad),
            Ended::NotRun => Step::told(text!("connect-not-run"), Tone::Bad),
        };
        self.end(step, world)
    }
}

impl Work for Connect {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (self.state.clone(), event) {
            (State::LookingUp, Event::Begin) => self.look_up(world),
            (State::LookingUp, Event::Local(Ok(LocalDone::HostKeys(keys)))) => self.looked_up(&keys.clone(), world),
            // Without permission for the console there is nothing to compare with.
            (State::ReadingConsole, Event::Found(_)) => self.scan(world),
            (State::Scanning, Event::Local(Ok(LocalDone::HostKeys(keys)))) if !keys.is_empty() => {
                self.compare(&keys.clone(), world)
            }
            (State::Scanning, Event::Local(Ok(LocalDone::HostKeys(_)))) => self.silent(),
            (State::Scanning, Event::Local(Err(Problem { cause: Cause::Unreachable { .. }, .. }))) => self.silent(),
            // No ssh-keyscan here: ssh itself says what it sees.
            (State::Scanning, Event::Local(Err(_))) | (State::Recording, Event::Local(Ok(_))) => self.get_in(world),
            (State::MakingKey, Event::Local(Ok(LocalDone::OneTimeKey(key)))) => self.send_key(key.clone(), world),
            (State::SendingKey, Event::Written(Ok(_))) => self.run(world),
            (State::SendingKey, Event::Written(Err(problem))) => self.end(Step::Failed(problem.clone()), world),
            // A key that could not be removed is told; it opens nothing any more.
            (State::RemovingKey(step), Event::Local(removed)) => match (*step, removed) {
                (Step::Done(_), Err(problem)) => Step::Failed(problem.clone()),
                (step, _) => step,
            },
            (_, Event::Local(Err(problem))) => Step::Failed(problem.clone()),
            (State::Running, Event::Program(ended)) => self.ended(ended, world),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-connect", name = self.label.as_str())
    }
}

#[cfg(test)]
mod tests;
