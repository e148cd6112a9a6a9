//! `ssh -G` reads the remembered hosts and the arguments as they are meant, and runs nothing of them.

use ec2deck::domain::id::InstanceId;
use ec2deck::domain::login::{Login, Mode, SessionManager, SshPath, UnknownHost};
use ec2deck::domain::region::Region;
use ec2deck::domain::ssh_hosts::{HostsScope, Taken, plan_include, update};
use ec2deck::ssh::hosts;
use proptest::prelude::*;

use super::{assert_settings, parts, places, seoul, settings, settings_of, written};
use crate::support::tools::argument;

#[test]
fn each_kind_of_entry_is_read_as_it_is_meant() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let known_hosts = places.known_hosts.display().to_string();
    let plain = Login::new(parts(1)).unwrap();
    let mut full = parts(2);
    full.host = "2001:db8::7".to_owned();
    full.port = 2222;
    full.user = "me".to_owned();
    full.key = Some(root.path().join("my keys/it's \"the\" 5% \\ one.pem"));
    full.jump = Some("me@bastion:2200".to_owned());
    let full = Login::new(full).unwrap();
    hosts::write(&places, &seoul(vec![("plain", plain), ("Full House", full)]), HostsScope::All).unwrap();

    let Some(plain) = settings_of("plain", &places.hosts()) else { return };
    assert_settings(
        &plain,
        &[
            ("hostname", "203.0.113.10"),
            ("port", "22"),
            ("user", "ec2-user"),
            ("identitiesonly", "no"),
            ("hostkeyalias", "i-0123456789a000001"),
            ("userknownhostsfile", &known_hosts),
            ("stricthostkeychecking", "accept-new"),
            ("hashknownhosts", "no"),
            ("checkhostip", "no"),
        ],
    );
    assert!(!plain.contains_key("proxyjump"));

    let full = settings_of("Full-House", &places.hosts()).unwrap();
    let key = root.path().join("my keys/it's \"the\" 5%% \\ one.pem").display().to_string();
    assert_settings(
        &full,
        &[
            ("hostname", "2001:db8::7"),
            ("port", "2222"),
            ("user", "me"),
            ("identityfile", &key),
            ("identitiesonly", "yes"),
            ("hostkeyalias", "i-0123456789a000002"),
            ("userknownhostsfile", &known_hosts),
            ("proxyjump", "me@bastion:2200"),
        ],
    );
    let other = settings_of("other", &places.hosts()).unwrap();
    assert_settings(&other, &[("hostname", "other"), ("port", "22")]);
    assert!(!other.contains_key("hostkeyalias"));
}

#[test]
fn the_arguments_say_what_an_entry_says() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let known_hosts = SshPath::of_file(&places.known_hosts).unwrap();
    for name in ["my key.pem", "it's \"the\" one.pem", "5% %d.pem"] {
        let key = root.path().join(name);
        std::fs::write(&key, "").unwrap();
        let mut parts = parts(1);
        parts.key = Some(key.clone());
        parts.port = 2222;
        parts.jump = Some("me@bastion".to_owned());
        let login = Login::new(parts).unwrap();
        let command = ["-oProxyCommand=x".to_owned(), "--".to_owned(), "$(x)".to_owned()];
        let arguments = login.ssh_arguments(&known_hosts, UnknownHost::Refuse, Mode::Batch { timeout: 7 }, &command);
        let mut words = vec!["-F", "none"];
        words.extend(arguments.iter().map(|word| word.to_str().unwrap()));
        let Some(settings) = settings(&words) else { return };
        assert_settings(
            &settings,
            &[
                ("hostname", "203.0.113.10"),
                ("port", "2222"),
                ("user", "ec2-user"),
                ("identityfile", &key.display().to_string().replace('%', "%%")),
                ("identitiesonly", "yes"),
                ("hostkeyalias", "i-0123456789a000001"),
                ("userknownhostsfile", &places.known_hosts.display().to_string()),
                ("stricthostkeychecking", "true"),
                ("batchmode", "yes"),
                ("connecttimeout", "7"),
                ("numberofpasswordprompts", "0"),
                ("proxyjump", "me@bastion"),
            ],
        );
        assert!(!settings.contains_key("proxycommand"), "words behind the destination are no options");
    }
}

#[test]
fn a_session_carries_ssh_to_the_instances_id() {
    let session =
        SessionManager { region: Region::parse("ap-northeast-2").unwrap(), profile: Some("my 5% $(x)".into()) };
    let known_hosts = SshPath::of_file("/k/known_hosts".as_ref()).unwrap();
    let login = Login::new(parts(1)).unwrap();
    let arguments =
        login.ssh_arguments_over_session(&session, &known_hosts, UnknownHost::Accept, Mode::Interactive, &[]);
    let mut words = vec!["-F", "none"];
    words.extend(arguments.iter().map(|word| word.to_str().unwrap()));
    let Some(settings) = settings(&words) else { return };
    assert_settings(
        &settings,
        &[
            ("hostname", "i-0123456789a000001"),
            (
                "proxycommand",
                "aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p \
                 --region ap-northeast-2 --profile 'my 5%% $(x)'",
            ),
        ],
    );
    assert_eq!(
        session.arguments(&InstanceId::new("i-1")),
        ["ssm", "start-session", "--target", "i-1", "--region", "ap-northeast-2", "--profile", "my 5% $(x)"]
    );
}

/// The line that is added changes nothing for any other host, whatever the file holds.
#[test]
fn a_configuration_of_ones_own_means_the_same_as_before() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let managed = places.hosts();
    hosts::write(&places, &seoul(vec![("web", Login::new(parts(1)).unwrap())]), HostsScope::All).unwrap();
    let included = root.path().join("included");
    std::fs::write(&included, "Host third\n    Port 3\n").unwrap();
    let own = root.path().join("config");
    for existing in [
        String::new(),
        "Host second\n    Port 2".to_owned(),
        "Port 9\r\nHost second\r\n\tPort 2\r\n\r\nMatch host third\r\n  User match\r\n".to_owned(),
        format!(
            "Include {}\n\n# a comment\nHost second third\n  User me\n  IdentityFile \"~/my key\"",
            included.display()
        ),
        "Match user nobody\n  Port 7\nMatch all\n  Port 8\n".to_owned(),
        "host = second\nport=2\n\n\n".to_owned(),
    ] {
        std::fs::write(&own, &existing).unwrap();
        let before: Vec<_> = ["second", "third", "fourth"].map(|host| settings_of(host, &own)).into();
        if before[0].is_none() {
            return;
        }
        let plan = plan_include(existing.as_bytes(), argument(&managed));
        let after = plan.apply(existing.as_bytes());
        let end = if existing.starts_with("Port 9\r\n") { "\r\n" } else { "\n" };
        assert_eq!(String::from_utf8(after.clone()).unwrap(), format!("{}{end}{existing}", plan.line));
        std::fs::write(&own, after).unwrap();
        for (host, before) in ["second", "third", "fourth"].into_iter().zip(before) {
            assert_eq!(settings_of(host, &own), before, "{host} with {existing:?}");
        }
        let web = settings_of("web", &own).unwrap();
        assert_settings(&web, &[("hostname", "203.0.113.10"), ("hostkeyalias", "i-0123456789a000001")]);
    }
}

/// Names that would run something if a part of them were taken for more than a name.
fn hostile_name(canary: &str) -> impl Strategy<Value = String> + use<> {
    let word = prop_oneof![
        Just(format!("-oProxyCommand=touch {canary}")),
        Just(format!("\nMatch exec \"touch {canary}\"\n")),
        Just(format!("\r\nHost *\r\n  ProxyCommand touch {canary}\r\n")),
        Just(format!("$(touch {canary})`touch {canary}`")),
        Just("*".to_owned()),
        Just("!web".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("# web".to_owned()),
        Just("%h ${HOME}".to_owned()),
        Just("웹 서버".to_owned()),
        Just("🚀".to_owned()),
        Just("localhost".to_owned()),
        "\\PC{0,20}",
        ".{0,20}",
    ];
    proptest::collection::vec(word, 0..4).prop_map(|words| words.concat())
}

#[test]
fn any_name_gives_an_entry_that_ssh_reads_and_that_runs_nothing() {
    let root = tempfile::tempdir().unwrap();
    let canary = root.path().join("canary");
    let file = root.path().join("hosts");
    let known_hosts = SshPath::of_file(&root.path().join("known hosts")).unwrap();
    let names = proptest::collection::vec(hostile_name(argument(&canary)), 1..4);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    let outcome = runner.run(&names, |names| {
        let logins = names.iter().enumerate().map(|(number, name)| {
            let mut parts = parts(number);
            parts.host = format!("203.0.113.{number}");
            (name.as_str(), Login::new(parts).unwrap())
        });
        let updated = update("", &seoul(logins.collect()), &Taken::new([]), &known_hosts);
        std::fs::write(&file, &updated.text).unwrap();
        prop_assert_eq!(updated.aliases.len(), names.len());
        for (id, alias) in &updated.aliases {
            let Some(settings) = settings_of(alias, &file) else { return Ok(()) };
            prop_assert_eq!(&settings["hostkeyalias"], &[id.to_string()], "{} of {:?}", alias, names);
            prop_assert!(!settings.contains_key("proxycommand"));
        }
        prop_assert!(!canary.exists());
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_region_is_brought_up_to_date_without_touching_another() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let mut tokyo = seoul(vec![("web", Login::new(parts(1)).unwrap())]);
    tokyo.region = Region::parse("ap-northeast-1").unwrap();
    hosts::write(&places, &tokyo, HostsScope::All).unwrap();
    let before = written(&places.hosts());
    hosts::write(&places, &seoul(vec![("web", Login::new(parts(2)).unwrap())]), HostsScope::All).unwrap();
    let Some(second) = settings_of("web-0002", &places.hosts()) else { return };
    assert_settings(&second, &[("hostkeyalias", "i-0123456789a000002")]);
    hosts::write(&places, &seoul(vec![]), HostsScope::Remembered).unwrap();
    assert_eq!(written(&places.hosts()), before);
}
