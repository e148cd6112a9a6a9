//! A real server on loopback: the host key belongs to the instance, and a changed one is refused.

use std::time::Duration;

use ec2deck::domain::host_keys::{Verdict, compare, told_by_console};
use ec2deck::domain::login::{Login, Mode, SshPath, UnknownHost};
use ec2deck::domain::problem::{Cause, LocalCause};
use ec2deck::ssh::{known_hosts, scan_host_keys};

use super::{parts, places};
use crate::support::sshd::{self, Sshd};
use crate::support::tools;

const PATIENCE: Duration = Duration::from_secs(10);

fn login(server: &Sshd) -> Login {
    let mut parts = parts(1);
    "127.0.0.1".clone_into(&mut parts.host);
    parts.port = server.port;
    parts.user = sshd::me();
    parts.key = Some(server.user_key());
    Login::new(parts).unwrap()
}

/// Runs a command on the server; its exit status and what ssh said.
fn run(login: &Login, known_hosts: &SshPath, unknown: UnknownHost, command: &[&str]) -> (Option<i32>, String) {
    let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
    let arguments = login.ssh_arguments(known_hosts, unknown, Mode::Batch { timeout: 10 }, &command);
    let words: Vec<&str> = arguments.iter().map(|word| word.to_str().unwrap()).collect();
    let words: Vec<&str> = ["-F", "none"].into_iter().chain(words).collect();
    let outcome = tools::outcome("ssh", &words).unwrap();
    let said = [outcome.stdout, outcome.stderr].concat();
    (outcome.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_verified_key_lets_in_and_a_changed_one_does_not() {
    let Some(server) = Sshd::start() else { return };
    let root = tempfile::tempdir().unwrap();
    let file = places(root.path()).known_hosts;
    let path = known_hosts::prepare(&file).unwrap();
    let login = login(&server);

    // Nothing is known yet, and nobody is there to be asked.
    let (status, said) = run(&login, &path, UnknownHost::Refuse, &["true"]);
    assert_eq!(status, Some(255), "{said}");
    assert!(said.contains("Host key verification failed"), "{said}");

    let scanned = scan_host_keys("127.0.0.1", server.port, PATIENCE).unwrap();
    let console = format!(
        "-----BEGIN SSH HOST KEY KEYS-----\r\n{}-----END SSH HOST KEY KEYS-----\r\n",
        server.host_key().replace('\n', "\r\n")
    );
    let Verdict::Verified(keys) = compare(&told_by_console(&console), &scanned) else { panic!("{scanned:?}") };
    known_hosts::record(&file, login.instance(), &keys).unwrap();
    assert_eq!(known_hosts::known(&file, login.instance()).unwrap(), keys);
    let (status, said) = run(&login, &path, UnknownHost::Refuse, &["echo here; exit 7"]);
    assert_eq!((status, said.as_str()), (Some(7), "here\n"), "ssh's own exit status");

    // The instance behind the address is another one now.
    let server = server.rebuilt();
    let shown = scan_host_keys("127.0.0.1", server.port, PATIENCE).unwrap();
    assert!(matches!(compare(&told_by_console(&console), &shown), Verdict::Different(_)));
    for unknown in [UnknownHost::Accept, UnknownHost::Refuse] {
        let (status, said) = run(&login, &path, unknown, &["true"]);
        assert_eq!(status, Some(255), "{said}");
        assert!(said.contains("REMOTE HOST IDENTIFICATION HAS CHANGED"), "{said}");
    }
    assert_eq!(known_hosts::forget(&file, login.instance()).unwrap(), 1);
    let (status, said) = run(&login, &path, UnknownHost::Accept, &["true"]);
    assert_eq!(status, Some(0), "{said}");
    // ssh has written the instance's id, readable, into this program's own file.
    assert_eq!(known_hosts::known(&file, login.instance()).unwrap(), shown);
}

#[test]
fn a_fingerprint_is_the_one_that_ssh_keygen_prints() {
    let Some(server) = Sshd::start() else { return };
    let scanned = scan_host_keys("127.0.0.1", server.port, PATIENCE).unwrap();
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("host.pub");
    std::fs::write(&file, server.host_key()).unwrap();
    let line = tools::output("ssh-keygen", &["-l", "-f", tools::argument(&file)]).unwrap();
    let console = format!(
        "ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----\nec2: {line}ec2: -----END SSH HOST KEY FINGERPRINTS-----\n"
    );
    assert_eq!(compare(&told_by_console(&console), &scanned), Verdict::Verified(scanned));
}

#[test]
fn a_host_that_shows_nothing_is_unreachable() {
    if tools::outcome("ssh-keyscan", &[]).is_none() {
        return;
    }
    let problem = scan_host_keys("127.0.0.1", sshd::free_port(), Duration::from_secs(1)).unwrap_err();
    assert!(matches!(problem.cause, Cause::Unreachable { host } if host == "127.0.0.1"));
    for host in ["-f/etc/passwd", "a b", ""] {
        let problem = scan_host_keys(host, 22, PATIENCE).unwrap_err();
        assert!(matches!(problem.cause, Cause::Local(LocalCause::Login(_))), "{host}");
    }
}
