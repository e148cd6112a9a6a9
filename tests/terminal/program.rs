//! A program that has the terminal for itself, with a stand-in for ssh: its words can be read, and when it is killed
//! the terminal's mode is the old one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::pty::Pty;

/// Runs ec2deck with these arguments, a `PATH` that holds only this ssh, and says afterwards how the terminal is.
fn start(home: &Path, ssh: &str, arguments: &str) -> Pty {
    let folder = home.join("bin");
    fs::create_dir(&folder).unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    fs::write(folder.join("ssh"), format!("#!/bin/sh\nPATH='{path}'\n{ssh}\n")).unwrap();
    fs::set_permissions(folder.join("ssh"), fs::Permissions::from_mode(0o755)).unwrap();
    let script = format!(
        r#"
        before=$(stty -g)
        PATH="$HOME/bin" "$PROGRAM" --demo --my-ip 198.51.100.7 --key-dir "$HOME/keys" {arguments}
        status=$?
        if [ "$before" = "$(stty -g)" ]; then modes=same; else modes=other; fi
        stty sane
        echo "ended with $status, modes: $modes."
        "#
    );
    let tmp = home.to_str().unwrap();
    Pty::run(&script, home, &[("PROGRAM", env!("CARGO_BIN_EXE_ec2deck")), ("TMPDIR", tmp), ("EC2DECK_LOG", "trace")])
}

/// What dies without putting the terminal back.
const DIES_RAW: &str = "echo here is ssh; read -r go; stty raw -echo; kill -9 $$";

#[test]
fn a_killed_ssh_leaves_the_terminal_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(home.path(), DIES_RAW, "connect web-1");
    pty.wait_until("ssh", |screen| screen.contents().contains("here is ssh"));
    pty.type_keys("\r");
    let screen = pty.wait_until("the end", |screen| screen.contents().contains("modes: "));
    assert!(screen.contents().contains("ended with 255, modes: same."), "{}", screen.contents());
}

#[test]
fn from_the_dashboard_and_back() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(home.path(), DIES_RAW, "");
    pty.wait_until("the servers", |screen| screen.alternate_screen() && screen.contents().contains("web-1"));
    pty.type_keys("jj");
    pty.wait_until("the server's details", |screen| screen.contents().contains("web-1 · i-"));
    pty.type_keys("c");
    pty.wait_until("ssh", |screen| !screen.alternate_screen() && screen.contents().contains("here is ssh"));
    pty.type_keys("\r");
    pty.wait_until("the dashboard", |screen| screen.alternate_screen() && screen.contents().contains("web-1"));
    pty.type_keys("q");
    let screen = pty.wait_until("the end", |screen| screen.contents().contains("modes: "));
    assert!(screen.contents().contains("ended with 0, modes: same."), "{}", screen.contents());
    let left = fs::read_dir(home.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("ec2deck-demo"));
    assert_eq!(left.count(), 0, "the demo's folder goes with it");
}

#[test]
fn a_key_that_is_made_is_not_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(home.path(), "", "--log-file \"$HOME/log\"");
    // The name is compared with those that are there, so the list has to be.
    pty.wait_until("the key pairs", |screen| screen.contents().contains("laptop  ed25519"));
    pty.type_keys("4n");
    pty.wait_until("the form", |screen| screen.contents().contains("New key pair"));
    pty.type_keys("shop\r");
    pty.wait_until("the key pair", |screen| screen.contents().contains("Its private key is in ~/keys/shop.pem."));
    pty.type_keys("q");
    pty.wait_until("the end", |screen| screen.contents().contains("modes: "));
    let log = fs::read_to_string(home.path().join("log")).unwrap();
    assert!(log.contains("ImportKeyPair"), "the log has what was done, or the test shows nothing: {log}");
    let private = fs::read_to_string(home.path().join("keys/shop.pem")).unwrap();
    let lines: Vec<&str> = private.lines().filter(|line| !line.starts_with("-----")).collect();
    assert!(lines.len() > 3, "a whole key");
    for line in lines {
        assert!(!log.contains(line), "{log}");
    }
}
