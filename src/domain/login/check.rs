//! What ssh may be told: each part of a login is looked at before it becomes an argument or a line of a file.
//!
//! A DNS name, a tag, a line in a settings file: all of them come from somewhere else, and `-oProxyCommand=...` in the
//! place of a name is an order to ssh, not a name.

use std::net::{IpAddr, Ipv6Addr};
use std::path::{Path, PathBuf};

use crate::domain::id::InstanceId;
use crate::text;
use crate::text::Text;

/// The longest login name that Linux takes is 32 characters; directories allow more.
const LONGEST_USER: usize = 64;

/// The longest DNS name.
const LONGEST_HOST: usize = 253;

/// A part of a login that was refused, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginProblem {
    /// Which part.
    pub part: LoginPart,
    /// Why it cannot be used.
    pub refusal: Refusal,
}

/// The parts of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginPart {
    /// The instance's id, which is the name that its host key is kept under.
    Instance,
    /// The address or name.
    Host,
    /// The port.
    Port,
    /// The login user.
    User,
    /// The host or hosts that the connection goes through.
    Jump,
    /// The path of the private key.
    Key,
    /// The path of a file that ssh is told to use.
    File,
}

/// Why a part cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there.
    Empty,
    /// It begins with `-`: ssh would take it for an option.
    Option,
    /// A character that ssh or a shell would act on, or that cannot be part of it.
    Character(char),
    /// It is longer than such a thing can be.
    TooLong,
    /// It does not have the shape of such a thing.
    Shape,
}

impl LoginProblem {
    /// The sentence for the person.
    #[must_use]
    pub fn text(self) -> Text {
        let part = match self.part {
            LoginPart::Instance => text!("login-part-instance"),
            LoginPart::Host => text!("login-part-host"),
            LoginPart::Port => text!("login-part-port"),
            LoginPart::User => text!("login-part-user"),
            LoginPart::Jump => text!("login-part-jump"),
            LoginPart::Key => text!("login-part-key"),
            LoginPart::File => text!("login-part-file"),
        };
        match self.refusal {
            Refusal::Empty => text!("login-refused-empty", part = part),
            Refusal::Option => text!("login-refused-option", part = part),
            Refusal::Character(c) => text!("login-refused-character", part = part, character = visible(c)),
            Refusal::TooLong => text!("login-refused-long", part = part),
            Refusal::Shape => text!("login-refused-shape", part = part),
        }
    }
}

/// A character as it can be shown: what a terminal would act on, and a space, by its number.
fn visible(c: char) -> String {
    if c == ' ' || crate::domain::clean::is_hostile(c) { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }
}

/// A login user: ASCII letters, digits, `.`, `_` and `-`, not beginning with `-`.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_user(user: &str) -> Result<(), LoginProblem> {
    check_word(LoginPart::User, user, "._-", LONGEST_USER)
}

/// An address, or a name such as DNS has them.
///
/// # Errors
/// The first rule that it breaks.
pub fn check_host(host: &str) -> Result<(), LoginProblem> {
    check_host_of(LoginPart::Host, host)
}

/// An instance's id: `i-` and hexadecimal digits, 8 at least.
///
/// # Errors
/// That it is none.
pub fn check_instance(id: &InstanceId) -> Result<(), LoginProblem> {
    let shaped = id.as_str().strip_prefix("i-").is_some_and(|digits| {
        (8..=17).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    });
    if shaped { Ok(()) } else { Err(refused(LoginPart::Instance, Refusal::Shape)) }
}

/// A port: not 0.
///
/// # Errors
/// That it is 0.
pub fn check_port(port: u16) -> Result<(), LoginProblem> {
    if port == 0 { Err(refused(LoginPart::Port, Refusal::Shape)) } else { Ok(()) }
}

/// A jump host as `ProxyJump` takes it: `[USER@]HOST[:PORT]`, several of them with commas in between; an IPv6 address
/// stands in brackets.
///
/// # Errors
/// The first rule that one of them breaks.
pub fn check_jump(jump: &str) -> Result<(), LoginProblem> {
    if jump.is_empty() {
        return Err(refused(LoginPart::Jump, Refusal::Empty));
    }
    jump.split(',').try_for_each(check_hop)
}

fn check_hop(hop: &str) -> Result<(), LoginProblem> {
    let shape = refused(LoginPart::Jump, Refusal::Shape);
    let (user, rest) = match hop.split_once('@') {
        Some((user, rest)) => (Some(user), rest),
        None => (None, hop),
    };
    if let Some(user) = user {
        check_word(LoginPart::Jump, user, "._-", LONGEST_USER)?;
    }
    let (host, port) = if let Some(rest) = rest.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or(shape)?;
        host.parse::<Ipv6Addr>().map_err(|_| shape)?;
        (host, if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or(shape)?) })
    } else {
        match rest.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        }
    };
    check_host_of(LoginPart::Jump, host)?;
    match port {
        Some(port) if !port.bytes().all(|b| b.is_ascii_digit()) || !port.parse().is_ok_and(|n: u16| n > 0) => {
            Err(shape)
        }
        _ => Ok(()),
    }
}

fn check_host_of(part: LoginPart, host: &str) -> Result<(), LoginProblem> {
    if host.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    check_word(part, host, ".-_", LONGEST_HOST)?;
    if host.starts_with('.') { Err(refused(part, Refusal::Shape)) } else { Ok(()) }
}

fn check_word(part: LoginPart, word: &str, also: &str, longest: usize) -> Result<(), LoginProblem> {
    if word.is_empty() {
        return Err(refused(part, Refusal::Empty));
    }
    if word.starts_with('-') {
        return Err(refused(part, Refusal::Option));
    }
    if let Some(c) = word.chars().find(|c| !c.is_ascii_alphanumeric() && !also.contains(*c)) {
        return Err(refused(part, Refusal::Character(c)));
    }
    if word.len() > longest { Err(refused(part, Refusal::TooLong)) } else { Ok(()) }
}

fn refused(part: LoginPart, refusal: Refusal) -> LoginProblem {
    LoginProblem { part, refusal }
}

/// A path that ssh can be told without misunderstanding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshPath {
    path: PathBuf,
    text: String,
}

impl SshPath {
    /// The path of a private key.
    ///
    /// # Errors
    /// See [`Self::of_file`].
    pub fn of_key(path: &Path) -> Result<Self, LoginProblem> {
        Self::new(LoginPart::Key, path)
    }

    /// The path of another file.
    ///
    /// # Errors
    /// For a path that is relative (ssh may run elsewhere), is not Unicode, holds a control character, or holds `${`,
    /// which ssh replaces by a variable of the environment and gives no way to write otherwise.
    pub fn of_file(path: &Path) -> Result<Self, LoginProblem> {
        Self::new(LoginPart::File, path)
    }

    fn new(part: LoginPart, path: &Path) -> Result<Self, LoginProblem> {
        let text = path.to_str().ok_or(refused(part, Refusal::Shape))?;
        if text.is_empty() {
            return Err(refused(part, Refusal::Empty));
        }
        if let Some(c) = text.chars().find(|c| c.is_control()) {
            return Err(refused(part, Refusal::Character(c)));
        }
        if text.contains("${") {
            return Err(refused(part, Refusal::Character('$')));
        }
        if !path.is_absolute() {
            return Err(refused(part, Refusal::Shape));
        }
        Ok(Self { path: path.to_owned(), text: text.to_owned() })
    }

    /// The path itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether ssh would read something else than the path's own characters where it expands `%`.
    #[must_use]
    pub(super) fn has_tokens(&self) -> bool {
        self.text.contains('%')
    }

    /// As a value in a configuration file or behind `-o`: in quotes, because ssh takes a space as the beginning of the
    /// next file, and with `%` doubled, because ssh expands `%d` and the like.
    #[must_use]
    pub fn quoted(&self) -> String {
        let escaped = self.text.replace('\\', r"\\").replace('"', "\\\"").replace('%', "%%");
        format!("\"{escaped}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn words_that_ssh_or_a_shell_would_obey_are_refused() {
        for (user, refusal) in [
            ("", Refusal::Empty),
            ("-oProxyCommand=x", Refusal::Option),
            ("root;reboot", Refusal::Character(';')),
            ("a@b", Refusal::Character('@')),
            ("two words", Refusal::Character(' ')),
            ("line\nUser root", Refusal::Character('\n')),
            ("%h", Refusal::Character('%')),
            ("웹", Refusal::Character('웹')),
        ] {
            assert_eq!(check_user(user), Err(LoginProblem { part: LoginPart::User, refusal }), "{user:?}");
        }
        for host in ["", "-h", "h;reboot", "$(reboot)", "a b", ".h", "h\n", "*", "h%eth0", "fe80::1%eth0", "[::1]"] {
            assert!(check_host(host).is_err(), "{host:?}");
        }
        for host in ["52.79.10.4", "2001:db8::1", "ec2-52-79-10-4.ap-northeast-2.compute.amazonaws.com", "bastion"] {
            assert_eq!(check_host(host), Ok(()), "{host}");
        }
    }

    #[test]
    fn a_jump_host_is_what_proxy_jump_takes() {
        for jump in ["bastion", "me@bastion", "me@10.0.0.1:2222", "[2001:db8::1]:22", "a,b@c:1"] {
            assert_eq!(check_jump(jump), Ok(()), "{jump}");
        }
        for jump in [
            "",
            ",",
            "a,",
            "-oProxyCommand=x",
            "a,-b",
            "me@-b",
            "-me@b",
            "a:0",
            "a:x",
            "a:+1",
            "a:65536",
            "a b",
            "a;b",
            "[::1",
            "[x]",
            "[::1]22",
            "a@b@c",
            "ssh://a",
            "a\nb",
            "$(x)",
        ] {
            assert!(check_jump(jump).is_err(), "{jump:?}");
        }
    }

    #[test]
    fn an_instances_id_has_its_shape() {
        for (id, good) in [
            ("i-0123456789abcdef0", true),
            ("i-1a2b3c4d", true),
            ("i-", false),
            ("0123456789abcdef0", false),
            ("i-0123456789ABCDEF0", false),
            ("i-0123456789abcdef0\n*", false),
            ("-i-12345678", false),
        ] {
            assert_eq!(check_instance(&InstanceId::new(id)).is_ok(), good, "{id:?}");
        }
    }

    #[test]
    fn a_path_is_absolute_and_has_nothing_that_ssh_replaces() {
        for path in ["", "key.pem", "~/key.pem", "/k/${HOME}", "/k/a\nb", "/k/a\u{1b}b"] {
            assert!(SshPath::of_key(Path::new(path)).is_err(), "{path:?}");
        }
        let quoted = |path: &str| SshPath::of_key(Path::new(path)).unwrap().quoted();
        assert_eq!(quoted("/k/my key.pem"), r#""/k/my key.pem""#);
        assert_eq!(quoted(r#"/k/%d\"$x.pem"#), r#""/k/%%d\\\"$x.pem""#);
    }

    #[test]
    fn every_refusal_has_words_in_both_languages() {
        use {LoginPart as Part, Refusal as Why};
        for part in [Part::Instance, Part::Host, Part::Port, Part::User, Part::Jump, Part::Key, Part::File] {
            for refusal in [Why::Empty, Why::Option, Why::Character('\u{1b}'), Why::TooLong, Why::Shape] {
                for language in [Language::English, Language::Korean] {
                    let words = LoginProblem { part, refusal }.text().say(language);
                    assert!(!words.contains("Unknown localization") && !words.contains("{$"), "{words}");
                    assert!(!words.contains('\u{1b}'), "{words:?}");
                }
            }
        }
    }
}
