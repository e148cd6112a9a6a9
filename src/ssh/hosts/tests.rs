use std::collections::BTreeSet;

use super::*;
use crate::domain::id::InstanceId;
use crate::domain::login::{Login, LoginParts};
use crate::domain::problem::Cause;
use crate::domain::region::Region;

fn places(root: &Path) -> SshPlaces {
    SshPlaces {
        settings: root.join("config/connect.toml"),
        known_hosts: root.join("state/known_hosts"),
        ssh_folder: root.join(".ssh"),
        putty_sessions: root.join(".putty/sessions"),
    }
}

fn hosts(named: &[(&str, &str)]) -> RegionHosts {
    let host = |(number, (name, address)): (usize, &(&str, &str))| {
        let login = Login::new(LoginParts {
            instance: InstanceId::new(format!("i-0123456789abcde{number:02x}")),
            host: (*address).to_owned(),
            port: 22,
            user: "ubuntu".to_owned(),
            key: None,
            jump: None,
        });
        (Some((*name).to_owned()), login.unwrap())
    };
    RegionHosts {
        profile: "default".to_owned(),
        account: None,
        region: Region::parse("ap-northeast-2").unwrap(),
        hosts: named.iter().enumerate().map(host).collect(),
        asleep: BTreeSet::new(),
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_plan_says_what_the_write_then_does() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let web = hosts(&[("web", "203.0.113.1")]);
    let planned = plan(&places, &web, HostsScope::All).unwrap();
    assert!(planned.adds_line && planned.changes_hosts && !places.ssh_folder.exists(), "a plan writes nothing");
    assert_eq!(planned.line, "Include ec2deck.config");
    assert_eq!(write(&places, &web, HostsScope::All).unwrap(), planned);
    assert_eq!(read(&places.config()), "Include ec2deck.config\n");
    assert!(read(&places.hosts()).contains("Host web\n    HostName 203.0.113.1\n"));

    let again = write(&places, &web, HostsScope::All).unwrap();
    assert!(!again.adds_line && !again.changes_hosts);
    assert_eq!(read(&places.config()), "Include ec2deck.config\n");
}

#[test]
fn a_refresh_follows_what_is_remembered_and_adds_nothing() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let both = hosts(&[("web", "203.0.113.1"), ("db", "203.0.113.2")]);
    assert!(!write(&places, &both, HostsScope::Remembered).unwrap().changes_hosts);
    assert!(!places.ssh_folder.exists(), "nobody asked for hosts to be remembered");

    write(&places, &hosts(&[("web", "203.0.113.1")]), HostsScope::All).unwrap();
    std::fs::write(places.config(), "Host mine\n").unwrap();
    let moved = hosts(&[("web", "203.0.113.9"), ("db", "203.0.113.2")]);
    let done = write(&places, &moved, HostsScope::Remembered).unwrap();
    assert_eq!(done.aliases.len(), 1);
    let text = read(&places.hosts());
    assert!(text.contains("203.0.113.9") && !text.contains("203.0.113.2"), "{text}");
    assert_eq!(read(&places.config()), "Host mine\n", "the person took the line out again");
}

#[test]
fn names_that_lead_elsewhere_are_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    std::fs::create_dir_all(&places.ssh_folder).unwrap();
    std::fs::write(places.config(), "Host web\r\n  User me").unwrap();
    let known = "git ssh-ed25519 AAAA\n[nas]:2222,10.0.0.2 ssh-rsa AAAA\n|1|x|y ssh-rsa AAAA\n# db ssh-rsa AAAA\n";
    std::fs::write(places.own_known_hosts(), known).unwrap();
    let named = hosts(&[("web", "203.0.113.1"), ("git", "203.0.113.2"), ("nas", "203.0.113.3"), ("db", "203.0.113.4")]);
    let done = write(&places, &named, HostsScope::All).unwrap();
    let aliases: Vec<_> = done.aliases.iter().map(|(_, alias)| alias.as_str()).collect();
    assert_eq!(aliases, ["db", "git-de01", "nas-de02", "web-de00"]);
    assert_eq!(read(&places.config()), "Include ec2deck.config\r\nHost web\r\n  User me");
}

#[test]
fn names_in_included_files_are_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    std::fs::create_dir_all(places.ssh_folder.join("config.d")).unwrap();
    std::fs::write(places.config(), "Include config.d/*.conf\n").unwrap();
    std::fs::write(places.ssh_folder.join("config.d/work.conf"), "Host web\n").unwrap();
    let named = hosts(&[("web", "203.0.113.1"), ("db", "203.0.113.2")]);
    let names = |plan: HostsPlan| plan.aliases.into_iter().map(|(_, alias)| alias).collect::<Vec<_>>();
    assert_eq!(names(write(&places, &named, HostsScope::All).unwrap()), ["db", "web-de00"]);
    // Its own names, which the configuration includes by now, are not taken.
    assert_eq!(names(write(&places, &named, HostsScope::All).unwrap()), ["db", "web-de00"]);
}

#[test]
fn a_file_of_somebody_elses_is_never_rewritten() {
    let web = hosts(&[("web", "203.0.113.1")]);
    let entry =
        "# ec2deck: i-0123456789abcde00 region=ap-northeast-2 profile=default\nHost web\n  HostName 192.0.2.1\n";
    for (theirs, silent) in [("Host mine\n  User me\n".to_owned(), true), (format!("Host mine\n{entry}"), false)] {
        let root = tempfile::tempdir().unwrap();
        let places = places(root.path());
        std::fs::create_dir_all(&places.ssh_folder).unwrap();
        std::fs::write(places.hosts(), &theirs).unwrap();
        let expected = LocalCause::FileExists(places.hosts().display().to_string());
        for outcome in [plan(&places, &web, HostsScope::All), write(&places, &web, HostsScope::All)] {
            assert_eq!(outcome.unwrap_err().cause, Cause::Local(expected.clone()), "{theirs}");
        }
        // Who has never remembered a host hears nothing.
        assert_eq!(write(&places, &web, HostsScope::Remembered).is_ok(), silent, "{theirs}");
        assert_eq!((read(&places.hosts()), places.config().exists()), (theirs, false));
    }
}

#[test]
fn bytes_that_are_no_text_are_not_rewritten() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    write(&places, &hosts(&[("web", "203.0.113.1")]), HostsScope::All).unwrap();
    let before = [read(&places.hosts()).as_bytes(), b"# caf\xe9\n"].concat();
    std::fs::write(places.hosts(), &before).unwrap();
    for scope in [HostsScope::All, HostsScope::Remembered] {
        assert!(write(&places, &hosts(&[("web", "203.0.113.2")]), scope).is_err());
        assert_eq!(std::fs::read(places.hosts()).unwrap(), before);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_somebody_elses_file_is_never_written_through() {
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    std::fs::create_dir_all(&places.ssh_folder).unwrap();
    let theirs = root.path().join("theirs");
    std::fs::write(&theirs, "export A=b\n").unwrap();
    std::os::unix::fs::symlink(&theirs, places.hosts()).unwrap();
    assert!(write(&places, &hosts(&[("web", "203.0.113.1")]), HostsScope::All).is_err());
    assert_eq!(read(&theirs), "export A=b\n");
}

#[cfg(unix)]
#[test]
fn modes_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let root = tempfile::tempdir().unwrap();
    let places = places(root.path());
    let dotfile = root.path().join("dotfiles/ssh-config");
    std::fs::create_dir_all(dotfile.parent().unwrap()).unwrap();
    std::fs::create_dir_all(&places.ssh_folder).unwrap();
    std::fs::write(&dotfile, "Host a\n").unwrap();
    std::fs::set_permissions(&dotfile, std::fs::Permissions::from_mode(0o644)).unwrap();
    symlink(&dotfile, places.config()).unwrap();
    write(&places, &hosts(&[("web", "203.0.113.1")]), HostsScope::All).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert!(places.config().is_symlink());
    assert_eq!((mode(&dotfile), mode(&places.hosts())), (0o644, 0o600));
    assert_eq!(read(&dotfile), "Include ec2deck.config\nHost a\n");
}
