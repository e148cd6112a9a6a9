//! The house rules that a compiler does not check: who may import whom, and that every module says why it exists.

use std::collections::BTreeSet;

use crate::support::files;

/// Source files below a room, without comments and without their `mod tests`.
fn room(name: &str) -> Vec<(String, String)> {
    let files: Vec<_> = files::below("src", ".rs")
        .into_iter()
        .filter(|(path, _)| {
            path.strip_prefix("src/")
                .is_some_and(|path| path.starts_with(&format!("{name}/")) || path == format!("{name}.rs"))
        })
        .map(|(path, source)| (path, code(&source)))
        .collect();
    assert!(!files.is_empty(), "there is no room {name}");
    files
}

fn code(source: &str) -> String {
    let without_tests = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = without_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a path such as `ratatui::` or `crate::cloud` stands in the code as a path's beginning.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        let in_a_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !in_a_word(before) && (path.ends_with([':', '_']) || !in_a_word(after))
    })
}

#[track_caller]
fn no_room_names(rooms: &[&str], paths: &[&str]) {
    let mut defects = Vec::new();
    for name in rooms {
        for (file, code) in room(name) {
            defects.extend(paths.iter().filter(|path| names(&code, path)).map(|path| format!("{file} names {path}")));
        }
    }
    assert!(defects.is_empty(), "{defects:#?}");
}

#[test]
fn the_state_is_pure() {
    no_room_names(
        &["app", "domain", "message", "keymap"],
        &[
            "ratatui::",
            "crossterm::",
            "tokio::",
            "futures_util::",
            "aws_",
            "std::fs",
            "std::env",
            "std::process",
            "std::net::TcpStream",
            "Timestamp::now",
            "Instant::now",
            "SystemTime",
            "Zoned::now",
            "crate::cloud",
            "crate::demo",
            "crate::runtime",
            "crate::terminal",
            "crate::ui",
            "crate::platform",
            "crate::ssh::",
        ],
    );
}

#[test]
fn the_domain_knows_nobody() {
    no_room_names(&["domain"], &["crate::app", "crate::message", "crate::keymap", "crate::keyfiles", "crate::cli"]);
}

#[test]
fn the_screen_only_draws() {
    no_room_names(
        &["ui"],
        &[
            "tokio::",
            "aws_",
            "crossterm::",
            "std::fs",
            "std::env",
            "Timestamp::now",
            "Instant::now",
            "SystemTime",
            "crate::cloud",
            "crate::demo",
            "crate::keyfiles",
            "crate::runtime",
            "crate::terminal",
            "crate::platform",
            "crate::ssh::",
        ],
    );
}

#[test]
fn only_cloud_and_demo_see_the_sdk() {
    let others: BTreeSet<String> = files::below("src", ".rs")
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("src/"))
        .filter_map(|path| path.split('/').next())
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .filter(|name| !["cloud", "demo", "lib"].contains(&name.as_str()))
        .collect();
    assert!(others.len() > 8, "{others:?}");
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    no_room_names(
        &others,
        &[
            "aws_sdk_ec2",
            "aws_sdk_ec2instanceconnect",
            "aws_sdk_sts",
            "aws_config",
            "aws_smithy_",
            "aws_runtime",
            "aws_types",
        ],
    );
}

#[test]
fn cloud_and_keyfiles_know_no_screen() {
    no_room_names(
        &["cloud", "demo", "keyfiles", "ssh"],
        &["ratatui::", "crossterm::", "crate::app", "crate::ui", "crate::runtime"],
    );
    no_room_names(&["keyfiles"], &["crate::cloud", "crate::demo", "crate::ssh"]);
}

/// It asks nobody but this machine's files and programs, and waits on the thread that it is called on.
#[test]
fn getting_in_knows_neither_aws_nor_the_loop() {
    no_room_names(
        &["ssh"],
        &["tokio::", "crate::cloud", "crate::demo", "crate::message", "crate::cli", "crate::terminal", "crate::keymap"],
    );
}

#[test]
fn every_module_says_why_it_exists() {
    let silent: Vec<String> = files::below("src", ".rs")
        .into_iter()
        .chain(files::below("tests", ".rs"))
        // A module's own tests say what they are about by their names.
        .filter(|(path, source)| !source.starts_with("//! ") && !path.contains("/tests"))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "these do not begin with //!: {silent:#?}");
}

#[test]
fn the_program_itself_is_short() {
    let lines = files::read("src/main.rs").lines().count();
    assert!(lines < 60, "src/main.rs has {lines} lines");
}

#[test]
fn the_top_level_is_tidy() {
    for path in ["Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md", "LICENSE", ".ci/run"] {
        assert!(files::root().join(path).is_file(), "{path} is missing");
    }
}

#[test]
fn a_path_is_found_only_as_a_path() {
    assert!(names("use tokio::sync;", "tokio::"));
    assert!(!names("use my_tokio::sync;", "tokio::"));
    assert!(names("aws_sdk_ec2::Client", "aws_"));
    assert!(!names("as crate::cloudy", "crate::cloud"));
    assert!(names("use crate::cloud;", "crate::cloud"));
}
