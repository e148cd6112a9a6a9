//! Check 9: ssh gets in with the key, or what its own words mean.
//!
//! The words are those of OpenSSH's client, in English; they have hardly changed in twenty years. Servers add little of
//! their own: Amazon's images tell `root` who may log in instead.

use super::{Check, Finding, Mend, Service, Verdict, of, verdict};
use crate::domain::host_keys::{Told, told_by_console};
use crate::text;

const CHECK: Check = Check::Login;

/// What ssh exits with when it, and not the command on the other side, has failed.
const OWN_FAILURE: i32 = 255;

/// How an attempt to log in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginWords {
    /// ssh's exit status; `None` when it was ended.
    pub status: Option<i32>,
    /// What it said, its errors first; safe to print, in lines.
    pub words: String,
    /// Whether it was ended because it took too long.
    pub timed_out: bool,
}

/// What ssh's words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It got in.
    Accepted,
    /// The server lets somebody else in instead.
    OtherUser(String),
    /// The server shows another host key than before; the new one's fingerprint, where ssh tells it.
    HostKeyChanged(Option<String>),
    /// The server's host key is not known, and only known ones are taken.
    HostKeyUnknown,
    /// The key file is open to others, and ssh leaves it aside.
    KeyOpenToOthers,
    /// There is no such key file.
    KeyMissing,
    /// The key file cannot be read: damaged, or of PuTTY's form.
    KeyUnreadable,
    /// The agent offered so many keys that the server hung up.
    TooManyKeys,
    /// Client and server have no algorithm in common.
    NothingInCommon,
    /// The server does not take this key for this user; the ways that it would take.
    Denied(String),
    /// No answer.
    TimedOut,
    /// Nothing listens.
    Refused,
    /// The other end hung up before anything was agreed.
    HungUp,
    /// The host's name leads nowhere.
    NameUnknown,
    /// This machine knows no way there.
    NoWay,
    /// ssh does not take its own configuration; the line that says why.
    BadConfiguration(String),
    /// Something else; the line that tells most.
    Other(String),
}

/// Reads ssh's words. The earlier in here goes first: after a key that was left aside, ssh is denied as well.
#[must_use]
pub fn meaning(login: &LoginWords) -> Meaning {
    let words = login.words.as_str();
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if let Some(user) = other_user(words) {
        return Meaning::OtherUser(user);
    }
    match login.status {
        Some(OWN_FAILURE) | None => {}
        // Whatever the command on the other side came to, it was begun.
        Some(_) => return Meaning::Accepted,
    }
    if has(&["REMOTE HOST IDENTIFICATION HAS CHANGED", "has changed and you have requested strict checking"]) {
        return Meaning::HostKeyChanged(offered_fingerprint(words));
    }
    if has(&["Host key verification failed"]) {
        return Meaning::HostKeyUnknown;
    }
    if has(&["Bad configuration option", "Bad owner or permissions on", "terminating, "]) {
        let sign = ["Bad configuration option", "Bad owner or permissions on", "terminating, "];
        return Meaning::BadConfiguration(line_with(words, &sign));
    }
    if has(&["UNPROTECTED PRIVATE KEY FILE", ": bad permissions"]) {
        return Meaning::KeyOpenToOthers;
    }
    if has(&["not accessible: No such file"]) {
        return Meaning::KeyMissing;
    }
    if words.lines().any(|line| {
        line.starts_with("Load key ") && ["invalid format", "error in libcrypto"].iter().any(|part| line.contains(part))
    }) {
        return Meaning::KeyUnreadable;
    }
    if has(&["Too many authentication failures"]) {
        return Meaning::TooManyKeys;
    }
    if has(&["no mutual signature", "Unable to negotiate", "no matching "]) {
        return Meaning::NothingInCommon;
    }
    if let Some((_, ways)) = words.split_once("Permission denied (") {
        return Meaning::Denied(ways.split(')').next().unwrap_or_default().to_owned());
    }
    if has(&["Permission denied"]) {
        return Meaning::Denied(String::new());
    }
    if login.timed_out || has(&["Connection timed out", "Operation timed out"]) {
        return Meaning::TimedOut;
    }
    if has(&["Connection refused"]) {
        return Meaning::Refused;
    }
    if has(&["Could not resolve hostname"]) {
        return Meaning::NameUnknown;
    }
    if has(&["No route to host", "Network is unreachable", "Can't assign requested address"]) {
        return Meaning::NoWay;
    }
    if has(&["kex_exchange_identification", "Connection reset", "Connection closed", "ssh_exchange_identification"]) {
        return Meaning::HungUp;
    }
    Meaning::Other(words.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned())
}

/// The line that holds one of these.
fn line_with(words: &str, signs: &[&str]) -> String {
    let line = words.lines().find(|line| signs.iter().any(|sign| line.contains(sign)));
    line.unwrap_or_default().trim().to_owned()
}

/// `Please login as the user "ec2-user" rather than the user "root".`
fn other_user(words: &str) -> Option<String> {
    let (_, rest) = words.split_once("Please login as the user \"")?;
    let user = rest.split('"').next()?;
    let is_user =
        !user.is_empty() && user.len() <= 32 && user.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    (is_user && !user.starts_with('-')).then(|| user.to_owned())
}

/// The fingerprint of the key that the server has shown.
fn offered_fingerprint(words: &str) -> Option<String> {
    let (_, rest) = words.split_once("key sent by the remote host is")?;
    let line = rest.lines().map(str::trim).find(|line| !line.is_empty())?;
    line.starts_with("SHA256:").then(|| line.trim_end_matches('.').to_owned())
}

/// What is known about the attempt.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What answers behind the port.
    pub service: Service,
    /// As whom.
    pub user: &'a str,
    /// How it ended; `None`: it was not tried.
    pub login: Option<&'a LoginWords>,
    /// What the console says, where it is known: it tells the host keys of the first boot.
    pub console: Option<&'a str>,
}

/// Explains how the attempt ended, after what the checks before have found.
#[must_use]
pub fn check(facts: &Facts<'_>, earlier: &[Finding]) -> Finding {
    if facts.service == Service::Rdp {
        return Finding::not_tried(CHECK, text!("doctor-login-rdp"));
    }
    let Some(login) = facts.login else {
        return Finding::not_tried(
            CHECK,
            match verdict(earlier, Check::Tcp) {
                Some(Verdict::Good) => text!("doctor-login-not-tried"),
                _ => text!("doctor-login-pointless"),
            },
        );
    };
    let meaning = meaning(login);
    match &meaning {
        Meaning::Accepted => Finding::good(CHECK, text!("doctor-login-works", user = facts.user)),
        Meaning::OtherUser(user) => {
            Finding::bad(CHECK, text!("doctor-login-other-user", user = facts.user, other = user))
                .mended_by(Mend::ChooseUser(user.clone()))
        }
        Meaning::Denied(ways) => denied(facts.user, ways, earlier),
        Meaning::HostKeyChanged(fingerprint) => changed(fingerprint.as_deref(), facts.console),
        _ => simple(&meaning, earlier),
    }
}

fn simple(meaning: &Meaning, earlier: &[Finding]) -> Finding {
    let of_key = || of(earlier, Check::Key).and_then(|finding| finding.mend.clone());
    let (said, mend) = match meaning {
        Meaning::HostKeyUnknown => (text!("doctor-login-host-key-unknown"), None),
        Meaning::KeyOpenToOthers => (text!("doctor-login-key-open"), of_key()),
        Meaning::KeyMissing => (text!("doctor-login-key-missing"), Some(Mend::FindKey)),
        Meaning::KeyUnreadable => (text!("doctor-login-key-unreadable"), of_key()),
        Meaning::TooManyKeys => (text!("doctor-login-too-many-keys"), None),
        Meaning::NothingInCommon => (text!("doctor-login-nothing-in-common"), None),
        Meaning::TimedOut => (text!("doctor-login-timed-out"), None),
        Meaning::Refused => (text!("doctor-login-refused"), None),
        Meaning::HungUp => (text!("doctor-login-hung-up"), None),
        Meaning::NameUnknown => (text!("doctor-login-name-unknown"), None),
        Meaning::NoWay => (text!("doctor-login-no-way"), None),
        Meaning::BadConfiguration(line) => (text!("doctor-login-configuration", line = line), None),
        Meaning::Other(line) if !line.is_empty() => (text!("doctor-login-failed", line = line), None),
        _ => (text!("doctor-login-silent"), None),
    };
    Finding { mend, ..Finding::bad(CHECK, said) }
}

/// The server does not take the key for this user.
fn denied(user: &str, ways: &str, earlier: &[Finding]) -> Finding {
    let finding = Finding::bad(CHECK, text!("doctor-login-denied", user = user));
    // What was found wrong before explains it; its mend is this one's, too.
    for check in [Check::User, Check::Key] {
        if let Some(cause) = of(earlier, check).filter(|cause| cause.verdict == Verdict::Bad) {
            let finding = finding.showing(text!("doctor-login-denied-as-found", what = check.title()));
            return Finding { mend: cause.mend.clone(), ..finding };
        }
    }
    if !ways.is_empty() && !ways.contains("publickey") {
        return finding.showing(text!("doctor-login-denied-no-keys", ways = ways));
    }
    finding.showing(text!("doctor-login-denied-why"))
}

/// The host key is another. The console comes over AWS's own way: what it tells, nobody between has changed.
fn changed(fingerprint: Option<&str>, console: Option<&str>) -> Finding {
    let finding = Finding::bad(CHECK, text!("doctor-login-host-key-changed"));
    match (fingerprint, console) {
        (Some(fingerprint), Some(console)) if tells(console, fingerprint) => finding
            .showing(text!("doctor-login-host-key-proven", fingerprint = fingerprint))
            .mended_by(Mend::ForgetHostKey),
        (Some(fingerprint), _) => finding.showing(text!("doctor-login-host-key-unproven", fingerprint = fingerprint)),
        (None, _) => finding.showing(text!("doctor-login-host-key-careful")),
    }
}

/// Whether the console tells this fingerprint as one of the instance's own host keys: any other line could be about
/// anybody's key.
fn tells(console: &str, fingerprint: &str) -> bool {
    told_by_console(console).iter().any(|key| matches!(&key.told, Told::Fingerprint(told) if told == fingerprint))
}

#[cfg(test)]
mod tests;
