//! Which private keys are on this machine.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::private::{self, Kind, Told};
use super::source;
use crate::domain::key_pair::LocalKey;
use crate::platform::file_mode;

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
    if !begins_like_a_key(path)? {
        return None;
    }
    let Told { form, kind, public_key, fingerprints } = private::told_by(&source::read(path).ok()?)?;
    let open_to_others = file_mode::is_open_to_others(path);
    Some(LocalKey { path: path.to_owned(), form, kind, public_key, fingerprints, open_to_others })
}

/// Whether the first line is a private key's: of other files, no more than that is read.
fn begins_like_a_key(path: &Path) -> Option<bool> {
    // Asked before it is opened: opening a named pipe would wait for its other end.
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() >= source::LARGEST {
        return None;
    }
    let mut start = Zeroizing::new(Vec::with_capacity(FIRST_LINE));
    File::open(path).ok()?.take(FIRST_LINE as u64).read_to_end(&mut start).ok()?;
    Some(private::first_line(&start).and_then(Kind::of_first_line).is_some())
}

#[cfg(test)]
mod tests;
