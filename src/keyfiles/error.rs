//! Why a key file could not be used, before the file's name is known: the readers and writers make these, and the doors
//! of [`crate::keyfiles`] turn them into a [`Problem`].

use std::io;
use std::path::Path;

use crate::domain::clean::clean;
use crate::domain::problem::{LocalCause, Problem};

/// Why a key file could not be used. Holds no bytes of any key.
#[derive(Debug)]
pub(super) enum KeyError {
    /// The system refused.
    System(io::Error),
    /// Something other than a file is there.
    NotAFile,
    /// Neither a private nor a public key in any form that is understood.
    NotAKey,
    /// A public key where a private one is needed.
    PublicOnly,
    /// The file ends too early.
    Truncated,
    /// The file breaks the rules of its form; the words say which, for "details".
    Damaged(&'static str),
    /// The file is not as it was written: its checksum differs.
    Changed,
    /// It is encrypted, and no passphrase was given.
    NeedsPassphrase,
    /// It is encrypted with another passphrase.
    WrongPassphrase,
    /// Opening it would take too much memory or time.
    TooCostly,
    /// A form, algorithm or cipher that is not understood, by its own name.
    Unsupported(String),
}

impl KeyError {
    /// The problem that this is for the file at `path`.
    pub(super) fn at(self, path: &Path, operation: &str) -> Problem {
        let path = shown(path);
        let mut message = String::new();
        let cause = match self {
            Self::System(error) => {
                message = clean(&error.to_string());
                LocalCause::System(path)
            }
            Self::NotAFile => LocalCause::NotAFile(path),
            Self::NotAKey => LocalCause::NotAKey(path),
            Self::PublicOnly => LocalCause::PublicKeyOnly(path),
            Self::Truncated => LocalCause::TruncatedKey(path),
            Self::Damaged(words) => {
                words.clone_into(&mut message);
                LocalCause::DamagedKey(path)
            }
            Self::Changed => LocalCause::ChangedKey(path),
            Self::NeedsPassphrase => LocalCause::NeedsPassphrase(path),
            Self::WrongPassphrase => LocalCause::WrongPassphrase(path),
            Self::TooCostly => LocalCause::TooCostlyKey(path),
            Self::Unsupported(what) => {
                name(&what).clone_into(&mut message);
                LocalCause::UnsupportedKey(path)
            }
        };
        Problem::local(operation, cause, message)
    }
}

impl From<io::Error> for KeyError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// The name of an algorithm or cipher. In a damaged file other bytes may stand in its place, and those are not shown.
fn name(what: &str) -> &str {
    let is_name = what.len() <= 64 && what.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if is_name && !what.is_empty() { what } else { "?" }
}

/// A path as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_name_is_shown() {
        for (what, shown) in [("ssh-dss", "ssh-dss"), ("RSA, 3 primes", "RSA, 3 primes"), ("\u{7}x", "?"), ("", "?")] {
            let problem = KeyError::Unsupported(what.to_owned()).at(Path::new("key"), "ExportKey");
            assert_eq!(problem.message, shown);
        }
        assert_eq!(KeyError::Unsupported("x".repeat(65)).at(Path::new("key"), "ExportKey").message, "?");
    }
}
