//! Bad input on the command line: one clear line on standard error, exit status 2, and nothing else.

use std::process::{Command, Output, Stdio};

/// Runs the program without a terminal and without the caller's own settings.
fn run(arguments: &[&str], files: &tempfile::TempDir) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ec2deck"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_") || name.starts_with("EC2DECK_")) {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .env("AWS_CONFIG_FILE", files.path().join("config"))
        .env("AWS_SHARED_CREDENTIALS_FILE", files.path().join("credentials"))
        .stdin(Stdio::null())
        .output()
        .expect("the program was built for this test")
}

/// The line that the program refuses with, after checking that there is nothing else.
fn refusal(arguments: &[&str]) -> String {
    let files = tempfile::tempdir().unwrap();
    std::fs::write(files.path().join("config"), "[profile work]\nregion = ap-northeast-2\n").unwrap();
    std::fs::write(files.path().join("credentials"), "[home]\naws_access_key_id = AKIDEXAMPLE\n").unwrap();
    let output = run(arguments, &files);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    said.trim_end().to_owned()
}

#[test]
fn an_unknown_flag() {
    assert_eq!(refusal(&["--bogus"]), "ec2deck: unexpected argument '--bogus' found; see ec2deck --help");
}

#[test]
fn an_unknown_region() {
    let line = refusal(&["--demo", "--region", "seoul"]);
    assert_eq!(line, "ec2deck: cannot use --region 'seoul': there is no such region; did you mean ap-northeast-2?");
}

#[test]
fn an_unknown_profile() {
    let line = refusal(&["--profile", "wrk"]);
    assert_eq!(
        line,
        "ec2deck: cannot use --profile 'wrk': no such profile in ~/.aws/config or credentials; did you mean 'work'?"
    );
}

#[test]
fn malformed_values() {
    for arguments in [
        &["--endpoint-url", "localhost:5000"][..],
        &["--endpoint-url", "http://"],
        &["--my-ip", "here"],
        &["--my-ip-url", "http://example.com"],
        &["--refresh", "1"],
        &["--refresh", "soon"],
        &["--lang", "fr"],
        &["--region"],
        &["--log-file", "/nonexistent/folder/log"],
    ] {
        let line = refusal(arguments);
        assert!(line.starts_with("ec2deck: ") && line.contains(arguments[0]), "{line}");
    }
}

#[test]
fn no_terminal() {
    for profile in ["work", "home"] {
        assert_eq!(refusal(&["--profile", profile]), "ec2deck: needs a terminal, and standard input is none");
    }
}

#[test]
fn help_and_version_are_no_errors() {
    let files = tempfile::tempdir().unwrap();
    for (flag, word) in [("--help", "--read-only"), ("--version", env!("CARGO_PKG_VERSION"))] {
        let output = run(&[flag], &files);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8(output.stdout).unwrap().contains(word));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}
