//! The name by which `ssh` knows an instance: its Name tag, made safe, and nobody else's.

use std::collections::BTreeSet;

use crate::domain::id::InstanceId;

/// The longest alias before what makes it unique.
const LONGEST: usize = 48;

/// How much of an id tells two instances apart, mostly.
const TAIL: usize = 4;

/// What an instance is called whose name has no letter that an alias can have.
const NAMELESS: &str = "ec2";

/// Names that lead somewhere already, without regard to case: ssh compares them so on some systems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken(BTreeSet<String>);

impl Taken {
    /// These names, and `localhost`.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut taken = Self::default();
        taken.add("localhost");
        for name in names {
            taken.add(&name);
        }
        taken
    }

    pub(super) fn add(&mut self, name: &str) {
        self.0.insert(name.to_ascii_lowercase());
    }

    fn is_free(&self, name: &str) -> bool {
        !self.0.contains(&name.to_ascii_lowercase())
    }

    /// The alias of an instance, which is taken from now on. `before` is the one it has had, which it keeps if its
    /// name still leads to it.
    pub(super) fn choose(&mut self, name: Option<&str>, instance: &InstanceId, before: Option<&str>) -> String {
        let candidates = candidates(name, instance);
        let kept = before.filter(|alias| candidates.iter().any(|candidate| candidate == alias) && self.is_free(alias));
        let chosen = match kept {
            Some(alias) => alias.to_owned(),
            None => candidates
                .iter()
                .find(|alias| self.is_free(alias))
                .cloned()
                // Somebody has taken even the name that ends with the whole id.
                .unwrap_or_else(|| self.numbered(instance)),
        };
        self.add(&chosen);
        chosen
    }

    fn numbered(&self, instance: &InstanceId) -> String {
        let name = |number: usize| format!("{NAMELESS}-{}-{number}", tail(instance, usize::MAX));
        // One of them is free: there are more numbers than taken names.
        (2..=self.0.len() + 2).map(name).find(|alias| self.is_free(alias)).unwrap_or_else(|| name(1))
    }
}

/// What an instance is called in a list of its own, such as PuTTY's: its name made safe as for ssh, with the end of its
/// id where one of the `others` has the same name.
#[must_use]
pub fn session_name<'a>(
    name: Option<&str>,
    instance: &InstanceId,
    others: impl IntoIterator<Item = Option<&'a str>>,
) -> String {
    let bare = others.into_iter().map(|other| safe(other.unwrap_or_default())).filter(|(_, complete)| *complete);
    Taken::new(bare.map(|(base, _)| base)).choose(name, instance, None)
}

/// The aliases that an instance may have, the nicest first.
fn candidates(name: Option<&str>, instance: &InstanceId) -> Vec<String> {
    let (base, complete) = safe(name.unwrap_or_default());
    let with_tail = |digits| format!("{base}-{}", tail(instance, digits));
    let mut candidates = vec![with_tail(TAIL), with_tail(2 * TAIL), with_tail(usize::MAX)];
    if complete {
        candidates.insert(0, base);
    }
    candidates
}

/// The name as letters, digits, `_` and single `-`, and whether nothing of it was lost that tells it from others.
///
/// A dot becomes `-`, too: a Name tag such as `github.com` must not lead every other tool's `ssh github.com` to the
/// instance.
fn safe(name: &str) -> (String, bool) {
    let mut base = String::new();
    let mut complete = true;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            base.push(c);
        } else {
            complete &= c.is_ascii() || !c.is_alphanumeric();
            if !base.is_empty() && !base.ends_with('-') {
                base.push('-');
            }
        }
    }
    base.truncate(LONGEST);
    let base = base.trim_end_matches('-');
    // Digits alone would be read as an address, and a name in another script has left next to nothing.
    if base.chars().any(|c| c.is_ascii_alphabetic()) {
        (base.to_owned(), complete)
    } else {
        (NAMELESS.to_owned(), false)
    }
}

/// The end of an instance's id.
fn tail(instance: &InstanceId, digits: usize) -> String {
    let plain: String =
        instance.as_str().trim_start_matches("i-").chars().filter(char::is_ascii_alphanumeric).collect();
    plain[plain.len().saturating_sub(digits)..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(end: &str) -> InstanceId {
        InstanceId::new(format!("i-0123456789abc{end}"))
    }

    #[test]
    fn names_become_safe_aliases() {
        for (name, alias) in [
            ("web-1", "web-1"),
            ("Web Server", "Web-Server"),
            ("a.b.example.com", "a-b-example-com"),
            ("github.com", "github-com"),
            ("-oProxyCommand=touch x", "oProxyCommand-touch-x"),
            ("*", "ec2-def0"),
            ("!web", "web"),
            ("...", "ec2-def0"),
            ("", "ec2-def0"),
            ("localhost", "localhost-def0"),
            ("LocalHost", "LocalHost-def0"),
            ("one\nHost *\n  ProxyCommand touch x", "one-Host-ProxyCommand-touch-x"),
            ("it's \"quoted\" %h ${HOME} `x`", "it-s-quoted-h-HOME-x"),
            ("웹 서버", "ec2-def0"),
            ("웹 web", "web-def0"),
            ("🚀 rocket", "rocket"),
            ("🚀", "ec2-def0"),
            ("127.0.0.1", "ec2-def0"),
            ("42", "ec2-def0"),
        ] {
            assert_eq!(Taken::new([]).choose(Some(name), &id("def0"), None), alias, "{name}");
        }
        assert_eq!(Taken::new([]).choose(None, &id("def0"), None), "ec2-def0");
    }

    #[test]
    fn a_session_has_the_bare_name_where_nobody_else_has_it() {
        let name = |others: &[Option<&str>]| session_name(Some("Web 1"), &id("def0"), others.iter().copied());
        assert_eq!(name(&[None, Some("db"), Some("웹")]), "Web-1");
        assert_eq!(name(&[Some("web-1")]), "Web-1-def0");
    }

    #[test]
    fn a_taken_name_gets_as_much_of_the_id_as_it_takes() {
        let mut taken = Taken::new(["WEB".to_owned()]);
        let mut next = || taken.choose(Some("web"), &id("def0"), None);
        let full = "0123456789abcdef0";
        assert_eq!(
            [next(), next(), next(), next(), next()],
            [
                "web-def0".into(),
                "web-9abcdef0".into(),
                format!("web-{full}"),
                format!("ec2-{full}-2"),
                format!("ec2-{full}-3")
            ]
        );
    }

    #[test]
    fn an_alias_stays_as_long_as_the_name_leads_to_it() {
        let choose = |name, before| Taken::new([]).choose(Some(name), &id("def0"), Some(before));
        assert_eq!(choose("web", "web-def0"), "web-def0");
        assert_eq!(choose("web", "web"), "web");
        assert_eq!(choose("web", "db"), "web");
        assert_eq!(choose("web", "*"), "web");
    }
}
