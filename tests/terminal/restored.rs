//! The terminal is as it was: after quitting, after a panic, after an error on the way up, after a signal.

use std::path::Path;
use std::process::Command;

use vt100::Screen;

use crate::pty::Pty;

/// Starts the demo in a terminal, and says afterwards how it ended and whether the terminal's modes are the old ones.
fn start(home: &Path, fault: &str) -> Pty {
    let script = r#"
        before=$(stty -g)
        sh -c 'echo $$ > "$HOME/pid"; exec "$PROGRAM" --demo --key-dir "$HOME/keys"'
        status=$?
        if [ "$before" = "$(stty -g)" ]; then modes=same; else modes=other; fi
        echo "ended with $status, modes: $modes."
    "#;
    Pty::run(script, home, &[("PROGRAM", env!("CARGO_BIN_EXE_ec2deck")), ("EC2DECK_TEST_FAULT", fault)])
}

/// The demo's dashboard is on the screen.
fn is_up(screen: &Screen) -> bool {
    screen.alternate_screen() && screen.contents().contains("DEMO")
}

/// Waits for the end, checks that the terminal was taken and given back, and returns what is on the screen.
fn restored_screen(mut pty: Pty, status: u8) -> String {
    let end = format!("ended with {status}, modes: same.");
    let screen = pty.wait_until(&end, |screen| screen.contents().contains("modes: "));
    let contents = screen.contents();
    assert!(contents.contains(&end), "{contents}");
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{contents}");
    assert!(pty.took_the_screen, "the program never took the terminal:\n{contents}");
    contents
}

#[test]
fn after_quitting() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = start(home.path(), "");
    pty.wait_until("the dashboard", is_up);
    pty.type_keys("q");
    let contents = restored_screen(pty, 0);
    assert!(!contents.contains("DEMO"), "nothing of the program stays on the screen: {contents}");
}

#[test]
fn after_a_panic() {
    let home = tempfile::tempdir().unwrap();
    let contents = restored_screen(start(home.path(), "panic"), 101);
    assert!(contents.contains("a panic on purpose"), "the report can be read: {contents}");
}

#[test]
fn after_an_error_on_the_way_up() {
    let home = tempfile::tempdir().unwrap();
    let contents = restored_screen(start(home.path(), "startup"), 1);
    assert!(contents.contains("a fault on purpose"), "the error can be read: {contents}");
}

#[test]
fn after_a_signal() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = tempfile::tempdir().unwrap();
        let mut pty = start(home.path(), "");
        pty.wait_until("the dashboard", is_up);
        let pid = std::fs::read_to_string(home.path().join("pid")).unwrap();
        let killed = Command::new("kill").args(["-s", signal, pid.trim()]).status().unwrap();
        assert!(killed.success());
        restored_screen(pty, 0);
    }
}
