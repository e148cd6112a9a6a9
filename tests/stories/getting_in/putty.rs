//! plink and puttygen read what was written for PuTTY.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use ec2deck::domain::login::Login;
use ec2deck::domain::problem::{Cause, LocalCause};
use ec2deck::ssh::{putty, scan_host_keys};

use super::parts;
use crate::support::sshd::{self, Sshd};
use crate::support::tools;

/// Runs plink with the sessions of a folder; `None` where it is not installed.
pub fn plink(sessions: &Path, arguments: &[&str]) -> Option<Output> {
    tools::outcome("plink", &["-V"])?;
    let outcome = Command::new("plink")
        .env("PUTTYSESSIONS", sessions)
        // Its own cache of host keys stays in the test's folder, too.
        .env("PUTTYDIR", sessions.parent().unwrap())
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    Some(outcome.unwrap())
}

pub fn said(outcome: &Output) -> String {
    String::from_utf8_lossy(&[outcome.stdout.clone(), outcome.stderr.clone()].concat()).into_owned()
}

#[test]
fn plink_finds_the_session_by_its_name() {
    let root = tempfile::tempdir().unwrap();
    let sessions = root.path().join("putty/sessions");
    let mut parts = parts(1);
    parts.host = "127.0.0.1".to_owned();
    parts.port = sshd::free_port();
    let port = parts.port;
    let login = Login::new(parts).unwrap();
    for name in ["web-1", "my ec2/웹 %41"] {
        let written = putty::write(&sessions, name, &login, vec![], None).unwrap();
        assert_eq!((written.session.parent(), written.key), (Some(sessions.as_path()), None));
        assert_eq!(tools::mode(&written.session), 0o600);
        let Some(outcome) = plink(&sessions, &["-v", "-batch", "-load", name]) else { return };
        let said = said(&outcome);
        assert!(said.contains(&format!("Connecting to 127.0.0.1 port {port}")), "{name}: {said}");
    }
}

#[test]
fn plink_gets_in_with_the_key_that_was_converted_on_the_way() {
    let Some(server) = Sshd::start() else { return };
    let root = tempfile::tempdir().unwrap();
    let sessions = root.path().join("putty/sessions");
    let mut parts = parts(1);
    parts.host = "127.0.0.1".to_owned();
    parts.port = server.port;
    parts.user = sshd::me();
    parts.key = Some(server.user_key());
    let login = Login::new(parts).unwrap();
    let keys = scan_host_keys("127.0.0.1", server.port, std::time::Duration::from_secs(10)).unwrap();
    let fingerprints: Vec<_> = keys.into_iter().map(|key| key.fingerprint).collect();

    let written = putty::write(&sessions, "web", &login, fingerprints.clone(), None).unwrap();
    let ppk = written.key.unwrap();
    assert!(written.key_is_new && ppk == server.user_key().with_extension("ppk"));
    if let Some(line) = tools::output("puttygen", &[tools::argument(&ppk), "-L"]) {
        let public = std::fs::read_to_string(server.user_key().with_extension("pub")).unwrap();
        assert_eq!(tools::half(&line), tools::half(&public));
    }
    let again = putty::write(&sessions, "web", &login, fingerprints, None).unwrap();
    assert!(!again.key_is_new, "the same key is not converted twice");
    let Some(outcome) = plink(&sessions, &["-batch", "-load", "web", "echo here; exit 7"]) else { return };
    assert_eq!(
        (outcome.status.code(), outcome.stdout.as_slice()),
        (Some(7), b"here\n".as_slice()),
        "{}",
        said(&outcome)
    );

    // Another key answers in its place.
    let server = server.rebuilt();
    let outcome = plink(&sessions, &["-batch", "-load", "web", "true"]).unwrap();
    assert!(!outcome.status.success(), "{}", said(&outcome));
    drop(server);
}

#[test]
fn somebody_elses_session_of_the_same_name_is_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let sessions = root.path().join("sessions");
    std::fs::create_dir(&sessions).unwrap();
    std::fs::write(sessions.join("web"), "HostName=mine\n").unwrap();
    let write = |name: &str, number| putty::write(&sessions, name, &Login::new(parts(number)).unwrap(), vec![], None);
    let problem = write("web", 1).unwrap_err();
    assert!(matches!(problem.cause, Cause::Local(LocalCause::FileExists(_))), "{problem:?}");
    assert_eq!(std::fs::read(sessions.join("web")).unwrap(), b"HostName=mine\n");
    write("db", 1).unwrap();
    write("db", 1).unwrap();
    assert!(write("db", 2).is_err(), "another instance's session is somebody else's, too");
}

#[test]
fn a_ppk_file_of_another_key_is_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let key = root.path().join("web.pem");
    let Some(_) = tools::output("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", tools::argument(&key)]) else {
        return;
    };
    std::fs::write(root.path().join("web.ppk"), "somebody else's").unwrap();
    let mut parts = parts(1);
    parts.key = Some(key);
    let login = Login::new(parts).unwrap();
    let problem = putty::write(&root.path().join("sessions"), "web", &login, vec![], None).unwrap_err();
    assert!(matches!(problem.cause, Cause::Local(LocalCause::FileExists(_))), "{problem:?}");
    assert!(!root.path().join("sessions").exists());
    assert_eq!(std::fs::read(root.path().join("web.ppk")).unwrap(), b"somebody else's");
}
