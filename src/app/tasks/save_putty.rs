//! Saves a session for PuTTY, with the host keys that the instance's console tells.

use std::path::Path;

use super::{Event, Step, Work};
use crate::app::dialogs::unlock::UnlockDialog;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::host_keys::{Told, told_by_console};
use crate::domain::login::Login;
use crate::domain::problem::Problem;
use crate::domain::program::{Ended, Program};
use crate::domain::putty::{PuttyWritten, import_arguments};
use crate::domain::secret::Secret;
use crate::message::{LocalDone, LocalTask, Read};
use crate::text;
use crate::text::Text;

/// Saving a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SavePutty {
    login: Login,
    /// What it is called in PuTTY.
    name: String,
    label: String,
    passphrase: Option<Secret>,
    /// Whether a passphrase was asked for.
    unlocked: bool,
    written: Option<PuttyWritten>,
}

impl SavePutty {
    /// The task before it begins.
    #[must_use]
    pub fn new(login: Login, name: &str, label: &str) -> Self {
        let (name, label) = (name.to_owned(), label.to_owned());
        Self { login, name, label, passphrase: None, unlocked: false, written: None }
    }

    /// The same with the passphrase of the private key.
    #[must_use]
    pub fn unlocked_by(&self, passphrase: Secret) -> Self {
        Self { passphrase: Some(passphrase), unlocked: true, written: None, ..self.clone() }
    }

    fn write(&mut self, world: &mut World<'_>) -> Step {
        let Some(places) = &world.environment.ssh_places else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        let console = world.inventory.consoles.get(self.login.instance()).and_then(|console| console.value.clone());
        let told = told_by_console(console.flatten().as_deref().unwrap_or_default());
        let host_keys = told.into_iter().filter_map(|key| match key.told {
            Told::Fingerprint(fingerprint) => Some(fingerprint),
            Told::Key(_) => None,
        });
        let task = LocalTask::WritePuttySession {
            folder: places.putty_sessions.clone(),
            name: self.name.clone(),
            login: Box::new(self.login.clone()),
            host_keys: host_keys.collect(),
            passphrase: self.passphrase.take(),
        };
        Step::local(world.outbox.local(task))
    }

    fn failed(&self, problem: &Problem, world: &mut World<'_>) -> Step {
        if problem.wants_passphrase() && !self.unlocked {
            world.wish(Wish::Dialog(Box::new(UnlockDialog::open(&self.label, self.clone()))));
            return Step::Dropped;
        }
        Step::Failed(problem.clone())
    }

    fn written(&mut self, written: &PuttyWritten, world: &World<'_>) -> Step {
        self.written = Some(written.clone());
        if !is_for_the_registry(&written.session) {
            return self.done(world);
        }
        let lines = vec![
            text!("putty-import-command", command = format!("reg import {}", written.session.display())),
            text!("putty-import-replaces", name = self.name.as_str()),
        ];
        let title = text!("putty-import-title");
        // The task that asks sets what Yes does.
        Step::Ask(Confirm { title, lines, typed: None, yes: false, danger: false, then: Then::Quit })
    }

    fn import(&self, world: &mut World<'_>) -> Step {
        let Some(written) = &self.written else { return Step::Dropped };
        let says = text!("putty-importing", name = self.name.as_str()).say(world.environment.language);
        let arguments = import_arguments(&written.session);
        let arguments = arguments.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
        Step::run(Program { name: "reg".to_owned(), arguments, says }, world)
    }

    fn done(&self, world: &World<'_>) -> Step {
        let Some(written) = &self.written else { return Step::Dropped };
        let (name, path) = (self.name.as_str(), world.environment.short_path(&written.session));
        Step::done(match &written.key {
            Some(key) if written.key_is_new => {
                let key = world.environment.short_path(key);
                text!("putty-done-with-key", name = name, path = path, key = key)
            }
            _ => text!("putty-done", name = name, path = path),
        })
    }
}

/// Whether a session's file is one for `reg.exe`: PuTTY for Windows does not read sessions from files.
fn is_for_the_registry(session: &Path) -> bool {
    session.extension().is_some_and(|ending| ending == "reg")
}

impl Work for SavePutty {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => Step::read(Read::ConsoleOutput(self.login.instance().clone()), world),
            // Without permission for the console PuTTY asks at the first contact.
            Event::Found(_) => self.write(world),
            Event::Local(Ok(LocalDone::PuttyWritten(written))) => self.written(&written.clone(), world),
            Event::Local(Err(problem)) => self.failed(problem, world),
            Event::Yes => self.import(world),
            Event::No | Event::Program(Ended::Status(0)) => self.done(world),
            Event::Program(_) => Step::told(text!("putty-not-imported"), Tone::Bad),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-putty", name = self.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::launch::testing::Bench;
    use crate::app::tasks::{Done, Wait};
    use crate::domain::id::InstanceId;
    use crate::domain::login::LoginParts;
    use crate::message::{Effect, LocalId};

    fn task() -> SavePutty {
        let login = Login::new(LoginParts {
            instance: InstanceId::new("i-0123456789abcdef0"),
            host: "203.0.113.10".to_owned(),
            port: 22,
            user: "ec2-user".to_owned(),
            key: None,
            jump: None,
        });
        SavePutty::new(login.unwrap(), "web-1", "web 1")
    }

    fn written(session: &str) -> LocalDone {
        LocalDone::PuttyWritten(PuttyWritten { session: session.into(), key: None, key_is_new: false })
    }

    fn tell(task: &mut SavePutty, bench: &mut Bench, event: Event<'_>) -> Step {
        let mut step = Step::Dropped;
        bench.with(|world| step = task.on(event, world));
        step
    }

    fn says(step: &Step) -> &'static str {
        match step {
            Step::Done(Done { said, .. }) => said.key(),
            step => panic!("{step:?}"),
        }
    }

    #[test]
    fn a_file_for_the_registry_is_imported_with_consent_only() {
        for (answer, programs) in [(Event::Yes, 1), (Event::No, 0)] {
            let (mut task, mut bench) = (task(), Bench::new());
            let step = tell(&mut task, &mut bench, Event::Local(&Ok(written("/me/putty/web-1.reg"))));
            assert!(matches!(&step, Step::Ask(confirm) if !confirm.yes), "{step:?}");
            let step = tell(&mut task, &mut bench, answer);
            let effects = bench.effects();
            assert_eq!(effects.len(), programs, "{effects:?}");
            if programs == 0 {
                assert_eq!(says(&step), "putty-done");
                continue;
            }
            assert_eq!(step, Step::Wait(Wait::Program(LocalId(1))));
            let [Effect::Run { program, .. }] = effects.as_slice() else { panic!("{effects:?}") };
            assert_eq!(
                (program.name.as_str(), program.arguments.join(" ")),
                ("reg", "import /me/putty/web-1.reg".into())
            );
            let step = tell(&mut task.clone(), &mut bench, Event::Program(Ended::Status(1)));
            assert_eq!(says(&step), "putty-not-imported");
            assert_eq!(says(&tell(&mut task, &mut bench, Event::Program(Ended::Status(0)))), "putty-done");
        }
    }

    #[test]
    fn a_session_in_a_file_is_there_at_once() {
        let step = tell(&mut task(), &mut Bench::new(), Event::Local(&Ok(written("/me/.putty/sessions/web-1"))));
        assert_eq!(says(&step), "putty-done");
    }
}
