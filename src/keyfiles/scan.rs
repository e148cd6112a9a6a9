//! Which private keys are on this machine.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::pem::{self, Form, Told};
use crate::domain::key_pair::LocalKey;
use crate::platform::file_mode;

/// No private key is this large.
const LARGEST: u64 = 64 * 1024;

/// As much of a file as its first line needs.
const FIRST_LINE: usize = 64;

/// The private keys in these folders (not below them), in the order of their paths. A folder or file that is missing
/// or cannot be read is passed over.
#[must_use]
pub fn scan(folders: &[PathBuf]) -> Vec<LocalKey> {
    let paths: BTreeSet<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.iter().filter_map(|path| read(path)).collect()
}

/// What the private key file at `path` may tell; `None` when it is not one or cannot be read.
#[must_use]
pub fn read(path: &Path) -> Option<LocalKey> {
    // Asked before it is opened: opening a named pipe would wait for its other end.
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() >= LARGEST {
        return None;
    }
    let text = private_text(path)?;
    let Told { kind, public_key, fingerprints } = pem::told_by(std::str::from_utf8(&text).ok()?)?;
    let open_to_others = file_mode::is_open_to_others(path);
    Some(LocalKey { path: path.to_owned(), kind, public_key, fingerprints, open_to_others })
}

/// The whole file, if its first line is a private key's.
fn private_text(path: &Path) -> Option<Zeroizing<Vec<u8>>> {
    let mut file = File::open(path).ok()?;
    let mut start = Zeroizing::new(Vec::with_capacity(FIRST_LINE));
    (&mut file).take(FIRST_LINE as u64).read_to_end(&mut start).ok()?;
    let first_line = String::from_utf8_lossy(&start).trim_start().lines().next().and_then(Form::of_first_line);
    first_line?;

    file.rewind().ok()?;
    let mut text = Zeroizing::new(Vec::with_capacity(usize::try_from(LARGEST).ok()?));
    file.take(LARGEST).read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests;
