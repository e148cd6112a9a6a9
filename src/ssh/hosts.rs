//! Remembered hosts on disk: this program's own file beside `~/.ssh/config`, and the one line there that includes it.

use std::path::{Path, PathBuf};

use super::{included, known_hosts, read_or_empty, refused, text_of};
use crate::domain::clean::clean;
use crate::domain::login::{LoginProblem, SshPath};
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::ssh_hosts::{
    HostsPlan, HostsScope, INCLUDED, RegionHosts, Taken, aliases, is_ours, plan_include, remembered_only, update,
};
use crate::domain::ssh_places::SshPlaces;
use crate::platform::replace::replace;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "WriteHosts";

/// The text of this program's own file; empty while there is none.
///
/// # Errors
/// What the system says of it.
pub fn read(file: &Path) -> Result<String, Problem> {
    let bytes = read_or_empty(file).map_err(|error| refused(OPERATION, file, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What [`write()`] would do, so that the person can see it before.
///
/// # Errors
/// What the system says of one of the files.
pub fn plan(places: &SshPlaces, hosts: &RegionHosts, scope: HostsScope) -> Result<HostsPlan, Problem> {
    prepare(places, hosts, scope).map(|prepared| prepared.plan)
}

/// Brings the entries of a region up to date, and adds the line to `~/.ssh/config` unless it is there or the scope is
/// [`HostsScope::Remembered`]. A file that would stay as it is is not written.
///
/// The line comes last: it never names a file that is not there.
///
/// # Errors
/// What the system says of one of the files.
pub fn write(places: &SshPlaces, hosts: &RegionHosts, scope: HostsScope) -> Result<HostsPlan, Problem> {
    let prepared = prepare(places, hosts, scope)?;
    let put = |path: &Path, content: &[u8]| replace(path, content).map_err(|error| refused(OPERATION, path, &error));
    if let Some(text) = &prepared.hosts {
        known_hosts::prepare(&places.known_hosts)?;
        put(&prepared.plan.hosts_file, text.as_bytes())?;
    }
    if let Some(config) = &prepared.config {
        put(&prepared.plan.config_file, config)?;
    }
    Ok(prepared.plan)
}

/// What is to be written where; `None`: it is so already.
struct Prepared {
    plan: HostsPlan,
    hosts: Option<String>,
    config: Option<Vec<u8>>,
}

fn prepare(places: &SshPlaces, hosts: &RegionHosts, scope: HostsScope) -> Result<Prepared, Problem> {
    let (hosts_file, config_file) = (places.hosts(), places.config());
    let read = |path: &PathBuf| read_or_empty(path).map_err(|error| refused(OPERATION, path, &error));
    let login = |problem: LoginProblem| Problem::local(OPERATION, LocalCause::Login(problem), "");
    let known_hosts = SshPath::of_file(&places.known_hosts).map_err(login)?;
    let bytes = read(&hosts_file)?;
    // Who has never remembered a host hears nothing of their own files.
    let follows_nothing = scope == HostsScope::Remembered && aliases(&String::from_utf8_lossy(&bytes)).is_empty();
    let managed = if follows_nothing { String::new() } else { text_of(OPERATION, &hosts_file, bytes)? };
    if !is_ours(&managed) {
        let shown = clean(&hosts_file.display().to_string());
        return Err(Problem::local(OPERATION, LocalCause::FileExists(shown), ""));
    }
    let config = if follows_nothing { Vec::new() } else { read(&config_file)? };

    // Names that lead somewhere today must not lead elsewhere tomorrow.
    let mut names = included::names_in(&config, &places.ssh_folder, &hosts_file);
    let system = Path::new(included::SYSTEM_CONFIG);
    if let (Ok(config), Some(folder)) = (std::fs::read(system), system.parent()) {
        names.extend(included::names_in(&config, folder, &hosts_file));
    }
    names.extend(known_names(&String::from_utf8_lossy(&read(&places.own_known_hosts())?)));
    let taken = Taken::new(names);

    let narrowed;
    let hosts = match scope {
        HostsScope::All => hosts,
        HostsScope::Remembered => {
            narrowed = remembered_only(hosts, &managed);
            &narrowed
        }
    };
    let updated = update(&managed, hosts, &taken, &known_hosts);
    let include = plan_include(&config, INCLUDED);
    let writes_hosts = updated.text != managed && !follows_nothing;
    let adds_line = scope == HostsScope::All && !include.already_there;
    Ok(Prepared {
        hosts: writes_hosts.then_some(updated.text),
        config: adds_line.then(|| include.apply(&config)),
        plan: HostsPlan {
            aliases: updated.aliases,
            hosts_file,
            config_file,
            line: include.line,
            adds_line,
            changes_hosts: writes_hosts,
        },
    })
}

/// The names in a known-hosts file that are not hashed.
fn known_names(text: &str) -> impl Iterator<Item = String> {
    text.lines()
        .filter(|line| !line.starts_with(['#', '|', '@']))
        .filter_map(|line| line.split_ascii_whitespace().next())
        .flat_map(|names| names.split(','))
        .map(|name| name.trim_start_matches('[').split(']').next().unwrap_or_default().to_owned())
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests;
