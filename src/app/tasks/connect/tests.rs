use super::*;
use crate::app::launch::testing::Bench;
use crate::domain::host_keys::HostKeyKind;
use crate::domain::id::InstanceId;
use crate::domain::login::LoginParts;
use crate::domain::problem::LocalCause;
use crate::domain::ssh_places::SshPlaces;
use crate::message::{Effect, Found};

const FINGERPRINT: &str = "SHA256:uNiVztksCsDhcc0u9e8BrDmaC0qW7EOvvhCsbDeKAwM";

struct Trial {
    bench: Bench,
    task: Connect,
}

impl Trial {
    fn new() -> Self {
        let mut bench = Bench::new();
        bench.environment.ssh_places = Some(SshPlaces {
            settings: "/home/me/.config/ec2deck/connect.toml".into(),
            known_hosts: "/home/me/.local/state/ec2deck/known_hosts".into(),
            ssh_folder: "/home/me/.ssh".into(),
            putty_sessions: "/home/me/.putty/sessions".into(),
        });
        let login = Login::new(LoginParts {
            instance: instance(),
            host: "203.0.113.10".to_owned(),
            port: 22,
            user: "ec2-user".to_owned(),
            key: None,
            jump: None,
        });
        Self { bench, task: Connect::new(login.unwrap(), "web-1", Way::Ssh) }
    }

    fn tell(&mut self, event: Event<'_>) -> Step {
        let mut step = Step::Dropped;
        self.bench.with(|world| step = self.task.on(event, world));
        step
    }

    fn console(&mut self, text: Option<&str>) -> Step {
        let found = text.map(str::to_owned);
        let now = self.bench.now;
        self.bench.inventory.consoles.entry(instance()).or_default().answer(Ok(found.clone()), now);
        self.tell(Event::Found(&Ok(Found::ConsoleOutput(found))))
    }

    fn keys(&mut self, keys: Vec<HostKey>) -> Step {
        self.tell(Event::Local(&Ok(LocalDone::HostKeys(keys))))
    }

    /// What is run, and what stands above it.
    fn program(&mut self) -> Option<Program> {
        self.bench.effects().into_iter().find_map(|effect| match effect {
            Effect::Run { program, .. } => Some(program),
            _ => None,
        })
    }
}

fn instance() -> InstanceId {
    InstanceId::new("i-0123456789abcdef0")
}

fn key() -> HostKey {
    HostKey {
        kind: HostKeyKind::Ed25519,
        algorithm: "ssh-ed25519".to_owned(),
        base64: "AAAA".to_owned(),
        fingerprint: FINGERPRINT.to_owned(),
    }
}

fn told(fingerprint: &str) -> String {
    format!(
        "ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----\nec2: 256 {fingerprint} root@ip (ED25519)\n\
         ec2: -----END SSH HOST KEY FINGERPRINTS-----\n"
    )
}

fn is_strict(program: &Program) -> bool {
    program.arguments.contains(&"StrictHostKeyChecking=yes".to_owned())
}

#[test]
fn a_key_that_the_console_told_is_recorded_and_then_demanded() {
    let mut trial = Trial::new();
    assert!(matches!(trial.tell(Event::Begin), Step::Wait(_)));
    assert!(matches!(trial.keys(vec![]), Step::Wait(_)));
    assert!(matches!(trial.console(Some(&told(FINGERPRINT))), Step::Wait(_)));
    trial.bench.effects();
    assert!(matches!(trial.keys(vec![key()]), Step::Wait(_)));
    let recorded = trial.bench.effects().into_iter().any(|effect| {
        matches!(effect, Effect::Local { task: LocalTask::RecordHostKeys { keys, .. }, .. } if keys == vec![key()])
    });
    assert!(recorded);
    trial.tell(Event::Local(&Ok(LocalDone::HostKeysChanged(instance()))));
    let program = trial.program().unwrap();
    assert!(is_strict(&program) && program.says.contains("console told"), "{program:?}");
}

#[test]
fn another_key_than_the_console_told_is_not_connected_to() {
    let mut trial = Trial::new();
    trial.tell(Event::Begin);
    trial.keys(vec![]);
    trial.console(Some(&told("SHA256:AAAAztksCsDhcc0u9e8BrDmaC0qW7EOvvhCsbDeKAwM")));
    let step = trial.keys(vec![key()]);
    assert!(matches!(step, Step::Done(done) if done.tone == Tone::Bad));
    assert_eq!(trial.program(), None);
}

#[test]
fn without_words_of_the_console_the_key_is_taken_and_that_is_said() {
    for console in [None, Some("[    0.000000] Linux version 6.1.0\n")] {
        let mut trial = Trial::new();
        trial.tell(Event::Begin);
        trial.keys(vec![]);
        trial.console(console);
        trial.keys(vec![key()]);
        let program = trial.program().unwrap();
        assert!(!is_strict(&program) && program.says.contains("could not be compared"), "{program:?}");
    }
}

#[test]
fn a_known_key_asks_nothing_more() {
    let mut trial = Trial::new();
    trial.tell(Event::Begin);
    trial.keys(vec![key()]);
    assert!(trial.program().unwrap().says.contains("known from before"));
}

#[test]
fn silence_is_told_and_ssh_is_not_run() {
    let mut trial = Trial::new();
    trial.tell(Event::Begin);
    trial.keys(vec![]);
    trial.console(None);
    let silent = Problem { cause: Cause::Unreachable { host: "203.0.113.10".to_owned() }, ..no_program() };
    let step = trial.tell(Event::Local(&Err(silent)));
    assert!(matches!(step, Step::Done(done) if done.said.key() == "connect-silent"));
    assert_eq!(trial.program(), None);
}

#[test]
fn without_ssh_keyscan_ssh_itself_looks() {
    let mut trial = Trial::new();
    trial.tell(Event::Begin);
    trial.keys(vec![]);
    trial.console(None);
    trial.tell(Event::Local(&Err(no_program())));
    assert!(trial.program().is_some());
}

#[test]
fn how_it_ended_is_told() {
    for (ended, key) in [
        (Ended::Status(0), "connect-ended"),
        (Ended::Status(7), "connect-ended"),
        (Ended::Status(255), "connect-failed"),
        (Ended::Killed, "connect-ended"),
        (Ended::NotFound, "connect-no-ssh"),
    ] {
        let mut trial = Trial::new();
        trial.tell(Event::Begin);
        trial.keys(vec![super::tests::key()]);
        let step = trial.tell(Event::Program(ended));
        assert!(matches!(step, Step::Done(done) if done.said.key() == key), "{ended:?}");
    }
}

fn no_program() -> Problem {
    Problem::local("ScanHostKeys", LocalCause::NoProgram("ssh-keyscan".to_owned()), "")
}
