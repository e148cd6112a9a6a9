//! Whether the key that a host shows is the one that the instance has told at its first boot.
//!
//! cloud-init writes the host keys to the console between marker lines, and `GetConsoleOutput` brings them over AWS's
//! own way, which nobody between here and the instance can change.

use std::fmt;

/// A host key, as a scan of the host or a known-hosts file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostKey {
    /// Its algorithm.
    pub kind: HostKeyKind,
    /// The algorithm's name in the protocol, such as `ssh-ed25519`.
    pub algorithm: String,
    /// The key itself, base64.
    pub base64: String,
    /// `SHA256:` and base64 without padding, as OpenSSH prints it.
    pub fingerprint: String,
}

/// The algorithms of host keys: a host has one key of each at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostKeyKind {
    /// What current systems prefer.
    Ed25519,
    /// Elliptic curves of NIST.
    Ecdsa,
    /// RSA.
    Rsa,
}

impl HostKeyKind {
    /// The kind behind an algorithm's name in the protocol.
    #[must_use]
    pub fn of_algorithm(name: &str) -> Option<Self> {
        match name {
            "ssh-ed25519" => Some(Self::Ed25519),
            "ssh-rsa" => Some(Self::Rsa),
            "ecdsa-sha2-nistp256" | "ecdsa-sha2-nistp384" | "ecdsa-sha2-nistp521" => Some(Self::Ecdsa),
            _ => None,
        }
    }

    /// The kind behind the word that `ssh-keygen -l` ends its lines with.
    fn of_label(label: &str) -> Option<Self> {
        match label {
            "(ED25519)" => Some(Self::Ed25519),
            "(ECDSA)" => Some(Self::Ecdsa),
            "(RSA)" => Some(Self::Rsa),
            _ => None,
        }
    }
}

impl fmt::Display for HostKeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ed25519 => "ED25519",
            Self::Ecdsa => "ECDSA",
            Self::Rsa => "RSA",
        })
    }
}

/// What the console told of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldKey {
    /// Its algorithm.
    pub kind: HostKeyKind,
    /// The key or its fingerprint.
    pub told: Told,
}

/// How a key was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// `SHA256:...`
    Fingerprint(String),
    /// The whole key, base64.
    Key(String),
}

impl ToldKey {
    fn is(&self, key: &HostKey) -> bool {
        match &self.told {
            Told::Fingerprint(fingerprint) => *fingerprint == key.fingerprint,
            Told::Key(base64) => *base64 == key.base64,
        }
    }
}

/// What comes of comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// These keys of the host are the ones that the console told; there may be others that it did not tell.
    Verified(Vec<HostKey>),
    /// The console told other keys: somebody answers in the instance's place, or its keys were made anew after its first
    /// boot.
    Different(HostKey),
    /// The console tells nothing of these keys: too early, too long ago, or a system without cloud-init.
    NotTold,
}

/// Compares the keys that a host shows with those that its console told. One that differs outweighs all that agree.
#[must_use]
pub fn compare(told: &[ToldKey], shown: &[HostKey]) -> Verdict {
    let mut verified = Vec::new();
    for key in shown {
        let mut of_kind = told.iter().filter(|told| told.kind == key.kind).peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        if !of_kind.all(|told| told.is(key)) {
            return Verdict::Different(key.clone());
        }
        verified.push(key.clone());
    }
    match (verified.is_empty(), shown.first()) {
        (false, _) => Verdict::Verified(verified),
        // It told its keys, and none of those is here: who shows another kind only is not it.
        (true, Some(key)) if !told.is_empty() => Verdict::Different(key.clone()),
        (true, _) => Verdict::NotTold,
    }
}

/// The two parts that cloud-init writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Fingerprints,
    Keys,
}

impl Part {
    /// What a marker line holds between `-----BEGIN ` or `-----END ` and `-----`.
    fn label(self) -> &'static str {
        match self {
            Self::Fingerprints => "SSH HOST KEY FINGERPRINTS",
            Self::Keys => "SSH HOST KEY KEYS",
        }
    }

    fn marked(line: &str, word: &str) -> Option<Self> {
        [Self::Fingerprints, Self::Keys]
            .into_iter()
            .find(|part| line.contains(&format!("-----{word} {}-----", part.label())))
    }

    /// What a line tells, whatever the system's log has put before it.
    fn read(self, line: &str) -> Option<ToldKey> {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match self {
            Self::Fingerprints => {
                let fingerprint = *words.iter().find(|word| is_fingerprint(word))?;
                let kind = words.iter().find_map(|word| HostKeyKind::of_label(word))?;
                Some(ToldKey { kind, told: Told::Fingerprint(fingerprint.to_owned()) })
            }
            Self::Keys => words.windows(2).find_map(|pair| {
                let kind = HostKeyKind::of_algorithm(pair[0])?;
                is_key(pair[1]).then(|| ToldKey { kind, told: Told::Key(pair[1].to_owned()) })
            }),
        }
    }
}

/// The host keys that a console's output tells. Of several boots the last one counts that tells any. Older systems
/// print MD5 fingerprints, which are passed over.
#[must_use]
pub fn told_by_console(output: &str) -> Vec<ToldKey> {
    let mut lines: Vec<&str> = output.split(['\n', '\r']).collect();
    // What stands behind the last line break may be half a line, and half a key would look like another key.
    lines.pop();
    let mut last: [Vec<ToldKey>; 2] = [Vec::new(), Vec::new()];
    let mut open: Option<(Part, Vec<ToldKey>)> = None;
    let mut close = |open: &mut Option<(Part, Vec<ToldKey>)>| {
        if let Some((part, keys)) = open.take()
            && !keys.is_empty()
        {
            last[part as usize] = keys;
        }
    };
    for line in lines {
        if let Some(part) = Part::marked(line, "BEGIN") {
            close(&mut open);
            open = Some((part, Vec::new()));
        } else if Part::marked(line, "END").is_some() {
            close(&mut open);
        } else if let Some((part, keys)) = &mut open {
            keys.extend(part.read(line));
        }
    }
    close(&mut open);
    last.concat()
}

/// `SHA256:` and the 43 characters that 32 bytes have without padding.
fn is_fingerprint(word: &str) -> bool {
    word.strip_prefix("SHA256:").is_some_and(|hash| hash.len() == 43 && is_base64(hash))
}

/// Every key begins with the length of its algorithm's name: three zero bytes.
fn is_key(word: &str) -> bool {
    word.starts_with("AAAA") && is_base64(word.trim_end_matches('='))
}

fn is_base64(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIBlUDfPIGnx6CjjYztRyL8velnpj66juJBR08Q6RKeXB";
    const HASH: &str = "SHA256:0Z9HDVzgWj2bRVqgQYNwVqYhQ7WmQ0v1gC8bqwBwM4A";
    const OTHER_HASH: &str = "SHA256:1Z9HDVzgWj2bRVqgQYNwVqYhQ7WmQ0v1gC8bqwBwM4A";

    fn key(kind: HostKeyKind, base64: &str, fingerprint: &str) -> HostKey {
        let algorithm = match kind {
            HostKeyKind::Ed25519 => "ssh-ed25519",
            HostKeyKind::Ecdsa => "ecdsa-sha2-nistp256",
            HostKeyKind::Rsa => "ssh-rsa",
        };
        HostKey { kind, algorithm: algorithm.into(), base64: base64.into(), fingerprint: fingerprint.into() }
    }

    fn ed25519() -> HostKey {
        key(HostKeyKind::Ed25519, ED25519, HASH)
    }

    /// As the console of an Amazon Linux has it; `before` is what the log puts before each line.
    fn console(before: &str, end: &str) -> String {
        [
            "cloud-init[1234]: Generating public/private ed25519 key pair.",
            "#############################################################",
            "-----BEGIN SSH HOST KEY FINGERPRINTS-----",
            &format!("256 {HASH} root@ip-172-31-0-1 (ED25519)"),
            "2048 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99 root@ip-172-31-0-1 (RSA)",
            "-----END SSH HOST KEY FINGERPRINTS-----",
            "#############################################################",
            "-----BEGIN SSH HOST KEY KEYS-----",
            &format!("ssh-ed25519 {ED25519} root@ip-172-31-0-1"),
            "-----END SSH HOST KEY KEYS-----",
            "login:",
        ]
        .map(|line| format!("{before}{line}{end}"))
        .concat()
    }

    #[test]
    fn keys_are_found_whatever_the_log_puts_before_them() {
        for before in ["", "ec2: ", "<14>Nov 24 09:00:00 ec2: ", "[   12.345678] cloud-init[1234]: "] {
            for end in ["\n", "\r\n", "\r\r\n"] {
                let told = told_by_console(&console(before, end));
                let words: Vec<_> = told.iter().map(|key| (key.kind, key.told.clone())).collect();
                assert_eq!(
                    words,
                    [
                        (HostKeyKind::Ed25519, Told::Fingerprint(HASH.to_owned())),
                        (HostKeyKind::Ed25519, Told::Key(ED25519.to_owned())),
                    ],
                    "{before:?} {end:?}"
                );
                assert_eq!(compare(&told, &[ed25519()]), Verdict::Verified(vec![ed25519()]));
            }
        }
    }

    #[test]
    fn output_that_is_cut_off_never_accuses() {
        let whole = console("ec2: ", "\n");
        for end in 0..=whole.len() {
            let verdict = compare(&told_by_console(&whole[..end]), &[ed25519()]);
            assert!(!matches!(verdict, Verdict::Different(_)), "cut at {end}");
        }
        for start in 0..whole.len() {
            let verdict = compare(&told_by_console(&whole[start..]), &[ed25519()]);
            assert!(!matches!(verdict, Verdict::Different(_)), "cut before {start}");
        }
    }

    #[test]
    fn the_last_boot_that_tells_keys_counts() {
        let anew = console("", "\n").replace(HASH, OTHER_HASH).replace("RKeXB", "RKeXC") + &console("", "\n");
        assert!(matches!(compare(&told_by_console(&anew), &[ed25519()]), Verdict::Verified(_)));
        let silent = console("", "\n") + "-----BEGIN SSH HOST KEY FINGERPRINTS-----\n";
        assert!(matches!(compare(&told_by_console(&silent), &[ed25519()]), Verdict::Verified(_)));
    }

    #[test]
    fn one_key_that_differs_outweighs_all_that_agree() {
        let told = told_by_console(&console("", "\n"));
        let other = key(HostKeyKind::Ed25519, "AAAAother", OTHER_HASH);
        let rsa = key(HostKeyKind::Rsa, "AAAArsa", OTHER_HASH);
        assert_eq!(compare(&told, std::slice::from_ref(&other)), Verdict::Different(other.clone()));
        assert_eq!(compare(&told, &[ed25519(), other.clone()]), Verdict::Different(other));
        assert_eq!(compare(&told, std::slice::from_ref(&rsa)), Verdict::Different(rsa.clone()), "none of its keys");
        assert_eq!(compare(&told, &[rsa, ed25519()]), Verdict::Verified(vec![ed25519()]), "only what was told");
        assert_eq!(compare(&[], &[ed25519()]), Verdict::NotTold);
        assert_eq!(compare(&told, &[]), Verdict::NotTold);
    }
}
