//! Getting in, the local half: what this program writes for ssh and PuTTY is read by ssh and PuTTY themselves.

mod client;
pub mod putty;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ec2deck::domain::id::InstanceId;
use ec2deck::domain::login::{Login, LoginParts};
use ec2deck::domain::region::Region;
use ec2deck::domain::ssh_hosts::RegionHosts;
use ec2deck::domain::ssh_places::SshPlaces;

use crate::support::tools;

/// Places below a folder, with spaces and signs in their names wherever a person could have them.
fn places(root: &Path) -> SshPlaces {
    SshPlaces {
        settings: root.join("config/connect.toml"),
        known_hosts: root.join("my \"state\" 100%d/known hosts"),
        ssh_folder: root.join(".ssh"),
        putty_sessions: root.join(".putty/sessions"),
    }
}

/// The parts of a plain login.
fn parts(number: usize) -> LoginParts {
    LoginParts {
        instance: InstanceId::new(format!("i-0123456789a{number:06x}")),
        host: "203.0.113.10".to_owned(),
        port: 22,
        user: "ec2-user".to_owned(),
        key: None,
        jump: None,
    }
}

fn seoul(hosts: Vec<(&str, Login)>) -> RegionHosts {
    RegionHosts {
        profile: "default".to_owned(),
        account: None,
        region: Region::parse("ap-northeast-2").unwrap(),
        hosts: hosts.into_iter().map(|(name, login)| (Some(name.to_owned()), login)).collect(),
        asleep: BTreeSet::new(),
    }
}

/// What `ssh -G` says with these arguments: the settings that a connection would have. `None` without ssh.
#[track_caller]
fn settings(arguments: &[&str]) -> Option<BTreeMap<String, Vec<String>>> {
    let arguments: Vec<&str> = ["-G"].iter().chain(arguments).copied().collect();
    let text = tools::output("ssh", &arguments)?;
    let mut settings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        settings.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    Some(settings)
}

/// The settings of a host in a configuration file.
#[track_caller]
pub fn settings_of(alias: &str, file: &Path) -> Option<BTreeMap<String, Vec<String>>> {
    settings(&["-F", tools::argument(file), "--", alias])
}

/// The settings named, each with its only value.
#[track_caller]
pub fn assert_settings(settings: &BTreeMap<String, Vec<String>>, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(settings.get(*name).map(Vec::as_slice), Some([(*value).to_owned()].as_slice()), "{name}");
    }
}

fn written(path: &PathBuf) -> String {
    std::fs::read_to_string(path).unwrap()
}
