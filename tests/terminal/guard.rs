//! What the guard promises beyond the program's own life: leaving twice, suspending, and a panic on another thread.
//!
//! Each test runs this test program once more, inside a terminal, with the test below it as the inside.

use std::io::Read;
use std::process::{Command, Stdio};

use ec2deck::terminal;

use crate::pty::Pty;

const INSIDE: &str = "EC2DECK_TEST_INSIDE";

/// Runs one of the inside parts in a terminal.
fn start(part: &str) -> Pty {
    let home = tempfile::tempdir().unwrap();
    let script = r#"
        before=$(stty -g)
        "$PROGRAM" --exact guard::the_inside --ignored --nocapture --test-threads=1
        if [ "$before" = "$(stty -g)" ]; then modes=same; else modes=other; fi
        echo "modes: $modes."
    "#;
    let program = std::env::current_exe().unwrap();
    let variables = [("PROGRAM", program.to_str().unwrap()), (INSIDE, part), ("RUST_BACKTRACE", "0")];
    Pty::run(script, home.path(), &variables)
}

/// Waits for its end, checks that the terminal was taken and given back, and returns what is on the screen.
fn end(mut pty: Pty) -> String {
    let screen = pty.wait_until("the end", |screen| screen.contents().contains("modes: "));
    let contents = screen.contents();
    assert!(contents.contains("modes: same.") && contents.contains("1 passed"), "{contents}");
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{contents}");
    assert!(pty.took_the_screen, "{contents}");
    contents
}

#[test]
fn leaving_twice_is_leaving_once() {
    let contents = end(start("twice"));
    assert!(contents.contains("between the two"), "{contents}");
}

#[test]
fn another_program_gets_the_terminal_as_it_was_and_the_frame_comes_back() {
    let mut pty = start("suspend");
    let shows_the_frame = |screen: &vt100::Screen| screen.alternate_screen() && screen.contents() == "the frame";
    pty.wait_until("the frame", shows_the_frame);
    pty.type_keys("x");
    pty.wait_until("the other program", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor() && screen.contents().contains("another program")
    });
    pty.type_keys("\n");
    pty.wait_until("the frame again", shows_the_frame);
    pty.type_keys("x");
    let contents = end(pty);
    assert!(contents.contains("suspended modes are the first modes"), "{contents}");
}

#[test]
fn a_panic_on_another_thread_gives_the_terminal_back_and_is_heard_of() {
    let contents = end(start("thread"));
    assert!(contents.contains("a task's panic"), "{contents}");
}

fn key() {
    std::io::stdin().read_exact(&mut [0]).unwrap();
}

fn modes() -> Vec<u8> {
    Command::new("stty").arg("-g").stdin(Stdio::inherit()).output().unwrap().stdout
}

#[test]
#[ignore = "the inside of the tests above: it needs a terminal of its own"]
fn the_inside() {
    match std::env::var(INSIDE).as_deref() {
        Ok("twice") => {
            let mut guard = terminal::enter().unwrap();
            guard.draw(|_| {}).unwrap();
            terminal::restore();
            println!("between the two");
            terminal::restore();
            assert!(guard.draw(|_| {}).is_err(), "what is not ours is not drawn on");
        }
        Ok("suspend") => {
            let before = modes();
            let mut guard = terminal::enter().unwrap();
            guard.draw(|frame| frame.render_widget("the frame", frame.area())).unwrap();
            assert_ne!(modes(), before, "raw mode");
            key();
            let during = guard.suspend(|| {
                println!("another program");
                key();
                modes()
            });
            assert_ne!(modes(), before, "raw mode again");
            guard.draw(|frame| frame.render_widget("the frame", frame.area())).unwrap();
            key();
            drop(guard);
            if during.unwrap() == before {
                println!("suspended modes are the first modes");
            }
        }
        Ok("thread") => {
            terminal::restore_before_panics();
            let mut guard = terminal::enter().unwrap();
            guard.draw(|_| {}).unwrap();
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
            runtime.block_on(async {
                let task = tokio::spawn(async { panic!("a task's panic") });
                terminal::panicked().await;
                assert!(task.await.is_err());
            });
            assert!(guard.draw(|_| {}).is_err(), "the loop cannot go on drawing");
        }
        part => panic!("{part:?} is no inside part"),
    }
}
