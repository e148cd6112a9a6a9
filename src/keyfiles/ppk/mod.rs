//! PuTTY's own form of private key, `.ppk`, versions 2 and 3: no stable crate writes it.
//!
//! Source: the PuTTY manual, appendix C, and PuTTY 0.78 itself where the two differ (an ed25519 private part is a
//! string of 32 bytes, not a number). A file is:
//!
//! ```text
//! PuTTY-User-Key-File-3: ssh-ed25519
//! Encryption: none | aes256-cbc
//! Comment: laptop
//! Public-Lines: 2
//! (base64)
//! Key-Derivation: Argon2id             these five: encrypted files of version 3
//! Argon2-Memory: 8192
//! Argon2-Passes: 13
//! Argon2-Parallelism: 1
//! Argon2-Salt: (hexadecimal)
//! Private-Lines: 1
//! (base64, of what was encrypted)
//! Private-MAC: (hexadecimal)           over all of the above, in plain
//! ```

mod blob;
mod derive;
mod fields;
mod mac;
mod read;
mod write;

pub(super) use derive::Cost;
pub(super) use fields::is_first_line;
pub(super) use read::{public, read};
pub(super) use write::write;

use crate::domain::key_pair::PpkVersion;

/// The cipher's name in a file.
const CIPHER: &str = "aes256-cbc";

/// What a file that is not encrypted has in its place.
const NO_CIPHER: &str = "none";

/// The number in the first line.
fn number(version: PpkVersion) -> &'static str {
    match version {
        PpkVersion::V2 => "2",
        PpkVersion::V3 => "3",
    }
}

#[cfg(test)]
mod tests;
