//! The lines of a file: `Name: value`, and blocks of base64 whose number of lines is told before them.

use argon2::Algorithm;
use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::derive::{Argon, Cost};
use super::{CIPHER, NO_CIPHER};
use crate::domain::key_pair::PpkVersion;
use crate::keyfiles::error::KeyError;
use crate::keyfiles::legacy::unhex;

/// What the first line of every version begins with.
const MARK: &str = "PuTTY-User-Key-File-";

/// Whether a file that begins with this line is one of PuTTY's.
pub(in crate::keyfiles) fn is_first_line(line: &str) -> bool {
    line.starts_with(MARK)
}

/// A file, taken apart and not yet believed.
pub(super) struct Fields<'a> {
    pub(super) version: PpkVersion,
    pub(super) algorithm: &'a str,
    pub(super) encrypted: bool,
    /// Bytes, not text: old files have them in the code page of their machine.
    pub(super) comment: &'a [u8],
    pub(super) public: Vec<u8>,
    /// Of an encrypted file of version 3.
    pub(super) argon: Option<Argon>,
    pub(super) private: Zeroizing<Vec<u8>>,
    pub(super) checksum: Vec<u8>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(text: &'a [u8]) -> Result<Self, KeyError> {
        let mut lines = Lines(text);
        let (mark, algorithm) = split(lines.next()?)?;
        let version = match mark.strip_prefix(MARK.as_bytes()) {
            Some(b"2") => PpkVersion::V2,
            Some(b"3") => PpkVersion::V3,
            Some(other) => return Err(KeyError::Unsupported(format!("{MARK}{}", String::from_utf8_lossy(other)))),
            None => return Err(KeyError::NotAKey),
        };
        let algorithm = words(algorithm)?;
        let encrypted = match words(lines.field("Encryption")?)? {
            CIPHER => true,
            NO_CIPHER => false,
            other => return Err(KeyError::Unsupported(other.to_owned())),
        };
        let comment = lines.field("Comment")?;
        let public = lines.block("Public-Lines")?.to_vec();
        let argon = if encrypted && version == PpkVersion::V3 { Some(lines.argon()?) } else { None };
        let private = lines.block("Private-Lines")?;
        let checksum = lines.checksum(version)?;
        if lines.0.iter().any(|byte| !byte.is_ascii_whitespace()) {
            return Err(KeyError::Damaged("there is something behind the last line"));
        }
        Ok(Self { version, algorithm, encrypted, comment, public, argon, private, checksum })
    }

    /// Algorithm, comment and public key of a file whose rest may be anything: what is told without a passphrase.
    pub(super) fn public_part(text: &'a [u8]) -> Result<(&'a [u8], Vec<u8>), KeyError> {
        let mut lines = Lines(text);
        let (mark, _) = split(lines.next()?)?;
        if !mark.starts_with(MARK.as_bytes()) {
            return Err(KeyError::NotAKey);
        }
        lines.field("Encryption")?;
        let comment = lines.field("Comment")?;
        Ok((comment, lines.block("Public-Lines")?.to_vec()))
    }
}

/// What has not been read yet. Lines end with LF, CR LF or CR alone.
struct Lines<'a>(&'a [u8]);

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a [u8], KeyError> {
        if self.0.is_empty() {
            return Err(KeyError::Truncated);
        }
        let end = self.0.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        Ok(line)
    }

    /// The value of the next line, which has this name.
    fn field(&mut self, name: &str) -> Result<&'a [u8], KeyError> {
        let last = !self.0.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        let line = self.next()?;
        match split(line) {
            Ok((found, value)) if found == name.as_bytes() => Ok(value),
            // The beginning of the right line, and nothing behind it.
            _ if last && format!("{name}: ").as_bytes().starts_with(line) => Err(KeyError::Truncated),
            _ => Err(KeyError::Damaged("a line is missing, or is not where it belongs")),
        }
    }

    fn number(&mut self, name: &str) -> Result<u32, KeyError> {
        let value = words(self.field(name)?)?;
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.parse().ok().filter(|_| digits);
        number.ok_or(if value.is_empty() { KeyError::Truncated } else { KeyError::Damaged(NO_NUMBER) })
    }

    /// So many lines of base64 as the line with this name says.
    fn block(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let count = self.number(name)?;
        let mut base64 = Zeroizing::new(String::with_capacity(self.0.len()));
        for _ in 0..count {
            base64.push_str(words(self.next()?)?);
        }
        Base64::decode_vec(&base64).map(Zeroizing::new).map_err(|_| {
            // Cut off in the middle of this block?
            if self.0.is_empty() { KeyError::Truncated } else { KeyError::Damaged("the key is not base64") }
        })
    }

    fn argon(&mut self) -> Result<Argon, KeyError> {
        let flavour = match words(self.field("Key-Derivation")?)? {
            "Argon2id" => Algorithm::Argon2id,
            "Argon2i" => Algorithm::Argon2i,
            "Argon2d" => Algorithm::Argon2d,
            _ if self.0.is_empty() => return Err(KeyError::Truncated),
            other => return Err(KeyError::Unsupported(other.to_owned())),
        };
        let cost = Cost { memory: self.number("Argon2-Memory")?, passes: self.number("Argon2-Passes")? };
        let lanes = self.number("Argon2-Parallelism")?;
        let salt = unhex(words(self.field("Argon2-Salt")?)?).ok_or(KeyError::Damaged("the salt is not hexadecimal"));
        if self.0.is_empty() {
            return Err(KeyError::Truncated);
        }
        Ok(Argon { flavour, cost, lanes, salt: salt? })
    }

    fn checksum(&mut self, version: PpkVersion) -> Result<Vec<u8>, KeyError> {
        let digits = words(self.field("Private-MAC")?)?;
        let length = match version {
            PpkVersion::V2 => 40,
            PpkVersion::V3 => 64,
        };
        if digits.len() < length && self.0.is_empty() {
            return Err(KeyError::Truncated);
        }
        unhex(digits).filter(|_| digits.len() == length).ok_or(KeyError::Damaged("the checksum is not hexadecimal"))
    }
}

const NO_NUMBER: &str = "a number is none";

/// `Name: value`.
fn split(line: &[u8]) -> Result<(&[u8], &[u8]), KeyError> {
    let colon = line.windows(2).position(|two| two == b": ").ok_or(KeyError::Damaged("a line has no name"))?;
    Ok((&line[..colon], &line[colon + 2..]))
}

fn words(value: &[u8]) -> Result<&str, KeyError> {
    std::str::from_utf8(value).map_err(|_| KeyError::Damaged("the file is no text"))
}
