//! `ec2deck doctor`: lines and JSON without a terminal, and an exit status for scripts, on the demo account.

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let keys = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_ec2deck"))
        .args(["--demo", "--lang", "en", "--my-ip", "198.51.100.7", "--key-dir"])
        .arg(keys.path())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program was built for this test")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn an_instance_that_does_not_run_is_said_in_plain_lines() {
    let (status, lines, complaints) = said(&run(&["doctor", "old-db"]));
    assert_eq!((status, complaints.as_str()), (Some(1), ""), "{lines}");
    assert!(lines.starts_with("✗ the instance is not running: stopped\n"), "{lines}");
    assert!(lines.ends_with("What mends it: start the instance.\n"), "{lines}");
    for sign in ["\n✗ ", "\n– "] {
        assert!(lines.contains(sign), "{lines}");
    }
    assert!(!lines.contains('\u{1b}'), "{lines}");
}

#[test]
fn programs_get_one_object() {
    let (status, object, _) = said(&run(&["doctor", "--json", "old-db"]));
    assert_eq!(status, Some(1), "{object}");
    assert_eq!(object.lines().count(), 1, "{object}");
    for part in [
        "{\"instance\":\"i-",
        "\"port\":22,\"well\":false,\"findings\":[{\"check\":\"running\",\"verdict\":\"bad\",",
        "\"evidence\":null",
        "\"mend\":\"start\"}",
        "{\"check\":\"login\",\"verdict\":\"not-tried\",",
        "\"conclusion\":\"The first cause: the instance is not running: stopped.",
    ] {
        assert!(object.contains(part), "{part} is not in {object}");
    }
    assert_eq!(object.matches("\"check\":").count(), 10, "{object}");
}

#[test]
fn another_port_and_an_id_are_taken() {
    let (_, object, _) = said(&run(&["doctor", "--json", "old-db"]));
    let id = object.split('"').nth(3).unwrap();
    assert!(id.starts_with("i-"), "{object}");
    let (status, object, _) = said(&run(&["doctor", id, "--port", "2222", "--json"]));
    assert_eq!(status, Some(1));
    assert!(object.contains("\"port\":2222"), "{object}");
}

#[test]
fn a_name_that_nobody_has_and_bad_words_are_refused() {
    for (arguments, words) in [
        (&["doctor", "nobody"][..], "no instance has the id or name 'nobody'"),
        (&["doctor"], "NAME-OR-ID"),
        (&["doctor", "web-1", "--port", "0"], "--port"),
        (&["doctor", "web-1", "--port", "70000"], "--port"),
    ] {
        let (status, lines, complaints) = said(&run(arguments));
        assert_eq!((status, lines.as_str()), (Some(2), ""), "{arguments:?}: {complaints}");
        assert_eq!(complaints.lines().count(), 1, "{complaints}");
        assert!(complaints.contains(words), "{complaints}");
    }
}
