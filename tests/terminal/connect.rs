//! `ec2deck connect`: what is refused before ssh is tried, and ssh's own words and status, with a stand-in for ssh.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(path: &Path, arguments: &[&str]) -> Output {
    let keys = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_ec2deck"))
        .args(["--demo", "--lang", "en", "--my-ip", "198.51.100.7", "--key-dir"])
        .arg(keys.path())
        .args(arguments)
        .env("PATH", path)
        .env("TMPDIR", keys.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program was built for this test")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A folder with nothing but an ssh that repeats its words, one a line, and ends with a status of its own.
fn with_ssh(status: i32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ssh = folder.path().join("ssh");
    fs::write(&ssh, format!("#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\nexit {status}\n")).unwrap();
    fs::set_permissions(&ssh, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn the_status_and_the_output_are_those_of_ssh() {
    let path = with_ssh(7);
    let (status, lines, complaints) = said(&run(path.path(), &["connect", "web-1", "--", "echo", "a b", "; true"]));
    assert_eq!(status, Some(7), "{complaints}");
    let words: Vec<&str> = lines.lines().collect();
    assert!(words.iter().any(|word| word.starts_with("HostKeyAlias=i-")), "{words:?}");
    let command = words.iter().position(|word| *word == "echo").unwrap();
    assert_eq!(&words[command..], ["echo", "a b", "; true"]);
    assert!(complaints.contains("web-1") && !lines.contains("web-1"), "standard output is the command's: {lines}");
}

#[test]
fn another_port_is_taken() {
    let path = with_ssh(0);
    let (status, lines, _) = said(&run(path.path(), &["connect", "--port", "2222", "web-1"]));
    assert_eq!(status, Some(0));
    assert!(lines.contains("-p\n2222\n"), "{lines}");
}

#[test]
fn without_ssh_that_is_said() {
    let nothing = tempfile::tempdir().unwrap();
    let (status, lines, complaints) = said(&run(nothing.path(), &["connect", "web-1"]));
    assert_eq!((status, lines.as_str()), (Some(127), ""), "{complaints}");
    assert!(complaints.contains("install OpenSSH's client"), "{complaints}");
}

#[test]
fn what_does_not_run_nobody_or_bad_words_are_refused_in_one_line() {
    let path = with_ssh(0);
    for (arguments, status, words) in [
        (&["connect", "old-db"][..], 255, "no connection to 'old-db': It does not run."),
        (&["connect", "win-office"], 255, "Windows"),
        (&["connect", "nobody"], 2, "no instance has the id or name 'nobody'"),
        (&["connect"], 2, "NAME-OR-ID"),
        (&["connect", "web-1", "--port", "0"], 2, "--port"),
        (&["connect", "web-1", "ls"], 2, "ls"),
    ] {
        let (code, lines, complaints) = said(&run(path.path(), arguments));
        assert_eq!((code, lines.as_str()), (Some(status), ""), "{arguments:?}: {complaints}");
        assert!(complaints.lines().count() == 1 && complaints.contains(words), "{arguments:?}: {complaints}");
    }
}
