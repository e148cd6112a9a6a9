//! Remembered hosts: a file of this program's own, with one `Host` entry for each instance, which `~/.ssh/config`
//! includes with one line.
//!
//! Each entry stands below a marker that names its instance, profile, region and account. So one region's entries can be
//! brought up to date while those of other regions and accounts stay as they are.

mod alias;
mod include;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

pub use alias::{Taken, session_name};
pub use include::{INCLUDED, IncludePlan, host_names, included_files, plan_include};

use super::id::InstanceId;
use super::login::{Login, SSH_PORT, SshPath, UnknownHost};
use super::region::Region;

/// What every marker begins with.
const MARKER: &str = "# ec2deck: ";

/// The top of the file.
const HEADER: &str = "\
# Written by ec2deck, and rewritten when an address changes: what you add here is lost.
# Settings of your own belong in ~/.ssh/config, below the line that includes this file.
";

/// The hosts of one profile and region, as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionHosts {
    /// The profile's name.
    pub profile: String,
    /// The account's id; `None` where it is not known.
    pub account: Option<String>,
    /// The region.
    pub region: Region,
    /// Instances that can be reached, each with its Name tag.
    pub hosts: Vec<(Option<String>, Login)>,
    /// Instances that exist and have no address to be reached at just now (stopped, without an Elastic IP): what was
    /// remembered of them stays.
    pub asleep: BTreeSet<InstanceId>,
}

/// Which of a region's instances get an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostsScope {
    /// Every one: the person has asked for it.
    All,
    /// Those that have one already: a refresh follows their addresses.
    Remembered,
}

/// What is done to remember hosts, before and after it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostsPlan {
    /// The aliases of the region's instances, in the order of the file.
    pub aliases: Vec<(InstanceId, String)>,
    /// This program's own file.
    pub hosts_file: PathBuf,
    /// Whether it changes.
    pub changes_hosts: bool,
    /// The person's configuration.
    pub config_file: PathBuf,
    /// The line that includes this program's file.
    pub line: String,
    /// Whether the line is added: it is not there yet.
    pub adds_line: bool,
}

/// The file as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdatedHosts {
    /// Its whole text.
    pub text: String,
    /// The aliases of the region's instances, in the order of the file.
    pub aliases: Vec<(InstanceId, String)>,
}

/// One entry of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    instance: String,
    profile: String,
    region: String,
    /// An entry of an earlier version has none.
    account: Option<String>,
    alias: String,
    /// From the marker on, with a line break at its end.
    text: String,
}

/// The file with the hosts of one region brought up to date: who has a new address gets it, who is gone goes, and the
/// entries of other profiles and regions stay as they are.
///
/// An instance keeps its alias as long as its name stays; of several with the same name, the first one has the bare
/// alias and the others carry the end of their id. `taken` holds the names that `ssh` leads elsewhere today.
#[must_use]
pub fn update(existing: &str, of_region: &RegionHosts, taken: &Taken, known_hosts: &SshPath) -> UpdatedHosts {
    let profile = encoded(&of_region.profile);
    let region = of_region.region.as_str();
    let account = of_region.account.as_deref().map(encoded);
    let blocks = blocks(existing);
    let named: BTreeSet<&str> = of_region.hosts.iter().map(|(_, login)| login.instance().as_str()).collect();
    // The same instance seen through another profile has one entry, not two.
    let (old, mut kept): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(|block| {
        named.contains(block.instance.as_str())
            || (block.profile == profile
                && block.region == region
                && (block.account.is_none() || block.account == account)
                && !of_region.asleep.contains(&InstanceId::new(&*block.instance)))
    });

    let mut taken = taken.clone();
    for block in &kept {
        taken.add(&block.alias);
    }
    let there = |login: &Login| old.iter().find(|block| block.instance == login.instance().as_str());
    let before = |login: &Login| there(login).map(|block| block.alias.as_str());
    // Who has an alias already chooses first, so that a newcomer of the same name takes nothing away.
    let mut order: Vec<&(Option<String>, Login)> = of_region.hosts.iter().collect();
    order.sort_by_key(|(_, login)| (before(login).is_none(), login.instance().clone()));
    order.dedup_by(|one, other| one.1.instance() == other.1.instance());
    for (name, login) in order {
        let alias = taken.choose(name.as_deref(), login.instance(), before(login));
        let marker = Marker {
            instance: login.instance().to_string(),
            region: region.to_owned(),
            profile: profile.clone(),
            account: account.clone().or_else(|| there(login)?.account.clone()),
        };
        let text = block_text(&marker, &alias, login, known_hosts);
        kept.push(Block::of(marker, alias, text));
    }
    kept.sort_by_key(|block| (block.alias.to_ascii_lowercase(), block.instance.clone()));

    let mut text = HEADER.to_owned();
    for block in &kept {
        text.push('\n');
        text.push_str(&block.text);
    }
    let is_same = |block: &Block| block.account.is_none() || account.is_none() || block.account == account;
    let ours = kept.iter().filter(|block| block.profile == profile && block.region == region && is_same(block));
    let aliases = ours.map(|block| (InstanceId::new(&*block.instance), block.alias.clone())).collect();
    UpdatedHosts { text, aliases }
}

/// Whether a file of this content may be rewritten: it is empty, or begins with what this program puts at the top. All
/// else is somebody's own, whatever it is called.
#[must_use]
pub fn is_ours(existing: &str) -> bool {
    let Some(first) = existing.lines().find(|line| !line.trim().is_empty()) else { return true };
    HEADER.lines().next().is_some_and(|line| line == first.trim_end())
        || first.strip_prefix(MARKER).and_then(Marker::parse).is_some()
}

/// Of a region's hosts those that have an entry already.
#[must_use]
pub fn remembered_only(hosts: &RegionHosts, managed: &str) -> RegionHosts {
    let there: BTreeSet<String> = blocks(managed).into_iter().map(|block| block.instance).collect();
    let mut narrowed = hosts.clone();
    narrowed.hosts.retain(|(_, login)| there.contains(login.instance().as_str()));
    narrowed
}

/// The alias of every instance in the file.
#[must_use]
pub fn aliases(managed: &str) -> Vec<(InstanceId, String)> {
    blocks(managed).into_iter().map(|block| (InstanceId::new(block.instance), block.alias)).collect()
}

/// The address that the file has for an instance: what another tool connects to by its alias.
#[must_use]
pub fn remembered_host(managed: &str, instance: &InstanceId) -> Option<String> {
    let block = blocks(managed).into_iter().find(|block| block.instance == instance.as_str())?;
    value(&block.text, "HostName").map(str::to_owned)
}

fn block_text(marker: &Marker, alias: &str, login: &Login, known_hosts: &SshPath) -> String {
    let mut lines = vec![("HostName", login.host().to_owned())];
    if login.port() != SSH_PORT {
        lines.push(("Port", login.port().to_string()));
    }
    lines.push(("User", login.user().to_owned()));
    if let Some(key) = login.key() {
        lines.push(("IdentityFile", key.quoted()));
        lines.push(("IdentitiesOnly", "yes".to_owned()));
    }
    lines.extend(login.host_key_options(known_hosts, UnknownHost::Accept));
    if let Some(jump) = login.jump() {
        lines.push(("ProxyJump", jump.to_owned()));
    }
    let mut text = format!("{MARKER}{}\nHost {alias}\n", marker.rest());
    for (name, value) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    {name} {value}");
    }
    text
}

/// The entries of the file; what stands before the first marker is the header.
fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for line in text.lines() {
        if let Some(marker) = line.strip_prefix(MARKER).and_then(Marker::parse) {
            found.push(Block::of(marker, String::new(), String::new()));
        }
        if let Some(block) = found.last_mut().filter(|_| !line.trim().is_empty()) {
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    for block in &mut found {
        block.alias = value(&block.text, "Host").unwrap_or_default().to_owned();
    }
    // Damaged by hand: without an alias it is no entry.
    found.retain(|block| !block.alias.is_empty());
    found
}

/// The value of a line `KEYWORD VALUE`.
fn value<'a>(block: &'a str, keyword: &str) -> Option<&'a str> {
    block.lines().find_map(|line| line.trim_start().strip_prefix(keyword)?.strip_prefix(' ')).map(str::trim)
}

/// Whose an entry is.
struct Marker {
    instance: String,
    region: String,
    profile: String,
    account: Option<String>,
}

impl Block {
    fn of(marker: Marker, alias: String, text: String) -> Self {
        let Marker { instance, region, profile, account } = marker;
        Self { instance, profile, region, account, alias, text }
    }
}

impl Marker {
    /// What stands after [`MARKER`].
    fn rest(&self) -> String {
        let Self { instance, region, profile, account } = self;
        let account = account.as_ref().map(|account| format!(" account={account}")).unwrap_or_default();
        format!("{instance} region={region} profile={profile}{account}")
    }

    /// `i-... region=... profile=... account=...`, where earlier versions wrote no account.
    fn parse(rest: &str) -> Option<Self> {
        let mut words = rest.split(' ');
        let instance = words.next().filter(|word| word.starts_with("i-"))?.to_owned();
        let region = words.next()?.strip_prefix("region=")?.to_owned();
        let profile = words.next()?.strip_prefix("profile=")?.to_owned();
        let account = words.next().and_then(|word| word.strip_prefix("account=")).map(str::to_owned);
        Some(Self { instance, region, profile, account })
    }
}

/// A profile's name as one word of printable ASCII: it may hold spaces and more.
fn encoded(profile: &str) -> String {
    let mut word = String::with_capacity(profile.len());
    for byte in profile.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._@/+".contains(&byte) {
            word.push(char::from(byte));
        } else {
            let _ = write!(word, "%{byte:02X}");
        }
    }
    word
}

#[cfg(test)]
mod tests;
