//! The README's tables of keys and of flags are those of the program. `UPDATE_README=1 cargo test --test stories readme`
//! writes them anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;

use clap::CommandFactory;
use ec2deck::cli::Arguments;
use ec2deck::keymap::{BINDINGS, Context};
use ec2deck::text::Language;

use crate::support::files;

#[test]
fn its_keys_are_the_binding_table() {
    let mut groups: Vec<(Vec<Context>, &str, String)> = Vec::new();
    for (contexts, title) in PLACES {
        groups.push((contexts.to_vec(), title, String::new()));
    }
    for binding in BINDINGS {
        // The first place that has the binding shows it: a key of every pane is not repeated for each.
        // A key of several panes stands with those that have nothing but it in common.
        let in_every_pane = |contexts: &[Context]| contexts.len() > 2 && contexts.contains(&Context::KeyPairs);
        let place = if in_every_pane(binding.contexts) {
            groups.first_mut()
        } else {
            groups.iter_mut().find(|(contexts, ..)| contexts.iter().any(|one| binding.contexts.contains(one)))
        };
        let (_, _, rows) = place.unwrap_or_else(|| panic!("{} has no place in the README", binding.label));
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        let row = format!("| {} | {} |\n", keys.join(" "), Language::English.say(binding.label));
        if !rows.contains(&row) {
            rows.push_str(&row);
        }
    }
    let mut table = String::new();
    for (_, title, rows) in groups {
        write!(table, "\n**{title}**\n\n| key | what it does |\n|---|---|\n{rows}").unwrap();
    }
    holds("keys", &table);
}

/// The places of the README, the narrower ones first where one binding is in several.
const PLACES: &[(&[Context], &str)] = &[
    (&[Context::Details], "Every pane"),
    (&[Context::Instances], "Instances"),
    (&[Context::SecurityGroups], "Security groups"),
    (&[Context::Addresses], "Elastic IPs"),
    (&[Context::KeyPairs], "Key pairs"),
    (&[Context::Rules], "Security groups: rules"),
    (&[Context::Tags], "Tags"),
    (&[Context::Leaks], "Leaks"),
    (&[Context::Doctor], "Why can't I connect"),
    (&[Context::Costs], "What it costs"),
    (&[Context::Metrics], "Metrics"),
    (&[Context::Dialog], "Forms over the dashboard"),
    (&[Context::Filter], "Typing a filter"),
    (&[Context::Choice, Context::Confirm, Context::TypedConfirm, Context::Page], "Lists, questions and pages"),
    (&[Context::LaunchImage], "Launch: every step, and the image"),
    (&[Context::LaunchType], "Launch: instance type"),
    (&[Context::LaunchForm], "Launch: details and tags"),
    (&[Context::LaunchStorage], "Launch: storage"),
    (&[Context::LaunchGroup, Context::LaunchRules], "Launch: security group"),
    (&[Context::LaunchReview], "Launch: review"),
    (&[Context::LaunchRun], "Launch: under way"),
];

#[test]
fn its_flags_are_those_of_the_command_line() {
    let help = Arguments::command().term_width(100).render_help().to_string();
    let home = std::env::var("HOME").unwrap_or_default();
    assert!(home.len() < 2 || !help.contains(&home), "the help names a folder of this machine:\n{help}");
    holds("flags", &format!("\n```text\n{}\n```\n", help.trim_end()));
}

/// Every operation that the program sends stands in the table of permissions, and nothing else does.
#[test]
fn its_permissions_are_the_operations_that_are_sent() {
    let readme = files::read("README.md");
    let table = between(&readme, "permissions");
    let named: BTreeSet<String> = table
        .split('`')
        .filter_map(|word| {
            ["ec2:", "sts:", "ec2-instance-connect:", "cloudwatch:", "freetier:", "pricing:", "scheduler:"]
                .iter()
                .find_map(|of| word.strip_prefix(of))
        })
        .map(str::to_owned)
        .collect();
    let sent: BTreeSet<String> = files::below("src/cloud", ".rs")
        .iter()
        .filter(|(path, _)| !path.contains("test"))
        .flat_map(|(_, code)| operations(code))
        .collect();
    assert!(sent.len() > 20, "{sent:?}");
    assert_eq!(sent, named);
}

/// `DescribeInstances` for each `.describe_instances()`.
fn operations(code: &str) -> Vec<String> {
    const VERBS: &[&str] = &[
        "get_products",
        "describe_",
        "get_caller_",
        "run_",
        "start_",
        "stop_",
        "reboot_",
        "terminate_",
        "create_",
        "delete_",
        "import_",
        "authorize_",
        "modify_",
        "revoke_",
        "allocate_",
        "associate_",
        "disassociate_",
        "release_",
        "get_managed_",
        "get_console_",
        "get_password_",
        "get_metric_",
        "get_account_plan",
        "get_free_tier",
        "send_",
        "get_schedule",
        "list_",
        "update_",
    ];
    // Of answers, not of the client.
    const FIELDS: [&str; 4] = ["create_time", "start_time", "delete_on_termination", "associate_public_ip_address"];
    code.split('.')
        .filter_map(|part| part.split_once("()").map(|(name, _)| name))
        .filter(|name| VERBS.iter().any(|verb| name.starts_with(verb)) && !FIELDS.contains(name))
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(|name| name.split('_').map(camel).collect::<String>())
        .collect()
}

/// A word of an operation's name.
fn camel(word: &str) -> String {
    if word == "ssh" { "SSH".to_owned() } else { word[..1].to_uppercase() + &word[1..] }
}

fn between<'a>(readme: &'a str, mark: &str) -> &'a str {
    let (begin, end) = (format!("<!-- {mark}: begin -->\n"), format!("<!-- {mark}: end -->"));
    let begin = readme.find(&begin).unwrap_or_else(|| panic!("README.md has no {begin:?}")) + begin.len();
    let length = readme[begin..].find(&end).unwrap_or_else(|| panic!("README.md has no {end:?}"));
    &readme[begin..begin + length]
}

/// Fails unless the README has this text between its two marks.
fn holds(mark: &str, expected: &str) {
    static WRITING: Mutex<()> = Mutex::new(());
    let _alone = WRITING.lock();
    let readme = files::read("README.md");
    let present = between(&readme, mark);
    let expected = format!("{expected}\n");
    if present == expected {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let begin = present.as_ptr().addr() - readme.as_ptr().addr();
        let updated = format!("{}{expected}{}", &readme[..begin], &readme[begin + present.len()..]);
        fs::write(files::root().join("README.md"), updated).unwrap();
        return;
    }
    panic!("README.md is behind the program at {mark}: run UPDATE_README=1 cargo test --test stories readme");
}

#[test]
fn its_pictures_are_there() {
    let readme = files::read("README.md");
    let pictures: Vec<&str> = readme
        .match_indices("assets/pictures/")
        .filter_map(|(at, _)| readme[at..].split([')', '"', ' ']).next())
        .collect();
    assert!(pictures.len() >= 3, "{pictures:?}");
    for picture in pictures {
        let svg = files::read(picture);
        assert!(svg.starts_with("<svg"), "{picture} is no SVG");
        assert!(svg.contains("DEMO"), "{picture} was not made from the demo");
    }
}
