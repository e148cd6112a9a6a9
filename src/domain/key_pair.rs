//! Key pairs: the public half that AWS keeps, and the private half that must be on this machine.

use std::path::PathBuf;

use jiff::Timestamp;

use super::id::KeyPairId;
use super::tag::Tag;

/// One key pair as `DescribeKeyPairs` (with the public key) tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPair {
    /// The id.
    pub id: KeyPairId,
    /// The name, unique in the region.
    pub name: String,
    /// RSA or ed25519.
    pub kind: KeyKind,
    /// As AWS computes it: see [`crate::keyfiles::fingerprint`].
    pub fingerprint: String,
    /// When it was created or imported.
    pub created: Option<Timestamp>,
    /// The public key as an OpenSSH line without its comment (`ssh-ed25519 AAAA...`), when AWS has it.
    pub public_key: Option<String>,
    /// All tags.
    pub tags: Vec<Tag>,
}

/// The algorithm of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// Short and modern; not for Windows images.
    #[default]
    Ed25519,
    /// What Windows images need.
    Rsa,
    /// Elliptic curve over a NIST prime: EC2 does not take it, files may hold it.
    Ecdsa,
    /// Something else.
    Other,
}

impl KeyKind {
    /// As EC2 writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::Rsa => "rsa",
            Self::Ecdsa => "ecdsa",
            Self::Other => "other",
        }
    }
}

/// How many bits a new RSA key has: what EC2 takes, except 1024.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RsaBits {
    /// What EC2 makes itself.
    #[default]
    B2048,
    /// About as strong as ed25519.
    B3072,
    /// The most that EC2 takes.
    B4096,
}

impl RsaBits {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::B2048, Self::B3072, Self::B4096];

    /// The number.
    #[must_use]
    pub fn bits(self) -> usize {
        match self {
            Self::B2048 => 2048,
            Self::B3072 => 3072,
            Self::B4096 => 4096,
        }
    }
}

/// The version of a `.ppk` file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PpkVersion {
    /// For PuTTY before 0.75 (May 2021).
    V2,
    /// What PuTTY writes since then.
    #[default]
    V3,
}

/// The form of a private key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyFileForm {
    /// PKCS#1, PKCS#8 or SEC1: what EC2 hands out for RSA, and OpenSSL writes.
    Pem,
    /// OpenSSH's own.
    OpenSsh,
    /// PuTTY's own: ssh cannot use it.
    Ppk,
}

/// The public half of a key, as it may be shown and imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicHalf {
    /// As an OpenSSH line without comment: algorithm and base64.
    pub line: String,
    /// What the file says of whose key it is; may be empty.
    pub comment: String,
    /// Algorithm.
    pub kind: KeyKind,
    /// Its size; `None` for a kind that is not understood.
    pub bits: Option<u32>,
}

/// A private key file on this machine: only what may be shown, never the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalKey {
    /// Where it is.
    pub path: PathBuf,
    /// What kind of file it is.
    pub form: KeyFileForm,
    /// Algorithm.
    pub kind: KeyKind,
    /// The public half as an OpenSSH line without comment; `None` when the file is encrypted and does not tell it.
    pub public_key: Option<String>,
    /// Every fingerprint AWS might show for it (created RSA, imported RSA, ed25519).
    pub fingerprints: Vec<String>,
    /// Whether others than its owner can read it: then ssh refuses it.
    pub open_to_others: bool,
}

impl LocalKey {
    /// Whether this is the private half of `pair`: the public keys are equal, or, where AWS does not have the public
    /// key, a fingerprint is.
    #[must_use]
    pub fn matches(&self, pair: &KeyPair) -> bool {
        match (&self.public_key, &pair.public_key) {
            (Some(ours), Some(theirs)) => same_public_key(ours, theirs),
            _ => self.fingerprints.iter().any(|ours| same_fingerprint(ours, &pair.fingerprint)),
        }
    }
}

/// Compares two OpenSSH public key lines without their comments.
#[must_use]
pub fn same_public_key(one: &str, other: &str) -> bool {
    let half = |line: &str| {
        let mut words = line.split_ascii_whitespace().map(str::to_owned);
        (words.next(), words.next())
    };
    let one = half(one);
    one.1.is_some() && one == half(other)
}

/// Compares two fingerprints; OpenSSH pads base64 or not, and hex comes in either case.
fn same_fingerprint(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim_start_matches("SHA256:").trim_end_matches('=').to_owned();
    if one.contains(':') && !one.starts_with("SHA256:") {
        one.eq_ignore_ascii_case(other)
    } else {
        !one.is_empty() && plain(one) == plain(other)
    }
}

/// Why EC2 would refuse a key pair's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyNameProblem {
    /// Nothing was typed.
    Empty,
    /// More than 255 characters.
    TooLong,
    /// A character outside printable ASCII.
    NotAscii,
    /// A space at either end.
    OuterSpace,
}

/// Checks a key pair's name: up to 255 printable ASCII characters without a space at either end.
///
/// # Errors
/// Returns the first rule that the name breaks.
pub fn check_key_name(name: &str) -> Result<(), KeyNameProblem> {
    if name.is_empty() {
        return Err(KeyNameProblem::Empty);
    }
    if name.len() > 255 {
        return Err(KeyNameProblem::TooLong);
    }
    if name.starts_with(' ') || name.ends_with(' ') {
        return Err(KeyNameProblem::OuterSpace);
    }
    if !name.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err(KeyNameProblem::NotAscii);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(public_key: Option<&str>, fingerprints: &[&str]) -> LocalKey {
        LocalKey {
            path: "key".into(),
            form: KeyFileForm::Pem,
            kind: KeyKind::Rsa,
            public_key: public_key.map(str::to_owned),
            fingerprints: fingerprints.iter().map(|one| (*one).to_owned()).collect(),
            open_to_others: false,
        }
    }

    fn pair(public_key: Option<&str>, fingerprint: &str) -> KeyPair {
        KeyPair {
            id: KeyPairId::new("key-1"),
            name: "laptop".to_owned(),
            kind: KeyKind::Rsa,
            fingerprint: fingerprint.to_owned(),
            created: None,
            public_key: public_key.map(str::to_owned),
            tags: vec![],
        }
    }

    #[test]
    fn a_private_key_is_known_by_its_public_half_and_else_by_any_fingerprint_that_aws_shows() {
        let (md5, sha1) = ("1f:51:ae", "3a:68:81:37");
        for (local, pair, matches) in [
            // Public keys decide where both are known, whatever the fingerprints say.
            (local(Some("ssh-rsa AAAA"), &[]), pair(Some("ssh-rsa AAAA me@laptop"), ""), true),
            (local(Some("ssh-rsa AAAA"), &[md5]), pair(Some("ssh-rsa BBBB"), md5), false),
            (local(Some("ssh-rsa AAAA"), &[]), pair(Some("ssh-ed25519 AAAA"), ""), false),
            // RSA that EC2 made shows another fingerprint than RSA that was imported.
            (local(Some("ssh-rsa AAAA"), &[md5, sha1]), pair(None, sha1), true),
            (local(Some("ssh-rsa AAAA"), &[md5, sha1]), pair(None, "1F:51:AE"), true),
            (local(None, &[md5, sha1]), pair(Some("ssh-rsa AAAA"), "00:11"), false),
            // ed25519 as OpenSSH prints it, with or without padding.
            (local(None, &["abc+/w="]), pair(None, "SHA256:abc+/w"), true),
            (local(None, &["abc+/w="]), pair(None, "ABC+/w="), false),
            (local(None, &[""]), pair(None, ""), false),
        ] {
            assert_eq!(local.matches(&pair), matches, "{local:?} {pair:?}");
        }
    }
}
