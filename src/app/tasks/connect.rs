//! On to the server: the host key is looked for first, compared with what the instance has printed on its console the
//! first time, and then ssh gets the terminal.

use std::time::Duration;

use super::{Event, Step, Work};
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::host_keys::{HostKey, Verdict, compare, told_by_console};
use crate::domain::login::{Login, Mode, SshPath, UnknownHost};
use crate::domain::problem::{Cause, Problem};
use crate::domain::program::{Ended, Program};
use crate::message::{LocalDone, LocalTask, Read};
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
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    LookingUp,
    ReadingConsole,
    Scanning,
    Recording,
    Running,
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
        Self { login, label, way, command, state: State::LookingUp, known: Known::Unverified }
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
            return self.run(world);
        }
        if self.login.jump().is_some() {
            // Past a jump host nothing can be asked from here.
            return self.run(world);
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
            Verdict::NotTold => self.run(world),
        }
    }

    fn silent(&self) -> Step {
        let (name, host, port) = (self.label.as_str(), self.login.host(), self.login.port());
        Step::told(text!("connect-silent", name = name, host = host, port = port.to_string()), Tone::Warning)
    }

    fn run(&mut self, world: &mut World<'_>) -> Step {
        let known_hosts = world.environment.ssh_places.as_ref().map(|places| SshPath::of_file(&places.known_hosts));
        let Some(Ok(known_hosts)) = known_hosts else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        let unknown = if self.known == Known::Verified { UnknownHost::Refuse } else { UnknownHost::Accept };
        let arguments = self.login.ssh_arguments(&known_hosts, unknown, Mode::Interactive, &self.command);
        // Every part has passed the checks of a login, which take no bytes that are not text.
        let arguments = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        self.state = State::Running;
        let program = Program { name: "ssh".to_owned(), arguments, says: self.says(world) };
        Step::run(program, world)
    }

    /// What stands above ssh's own words.
    fn says(&self, world: &World<'_>) -> String {
        let (user, host) = (self.login.user(), self.login.host());
        let key = match self.known {
            Known::Before => text!("connect-key-known"),
            Known::Verified => text!("connect-key-verified"),
            Known::Unverified => text!("connect-key-unverified"),
        };
        text!("connect-says", name = self.label.as_str(), user = user, host = host, key = key)
            .say(world.environment.language)
    }

    fn ended(&self, ended: Ended, world: &mut World<'_>) -> Step {
        world.reread_instance(self.login.instance());
        let name = self.label.as_str();
        match ended {
            Ended::Status(SSH_FAILED) => Step::told(text!("connect-failed", name = name), Tone::Warning),
            Ended::Status(_) | Ended::Killed => Step::told(text!("connect-ended", name = name), Tone::Plain),
            Ended::NotFound => Step::told(text!("connect-no-ssh"), Tone::Bad),
            Ended::NotRun => Step::told(text!("connect-not-run"), Tone::Bad),
        }
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
            (State::Scanning, Event::Local(Err(_))) | (State::Recording, Event::Local(Ok(_))) => self.run(world),
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
