//! The bytes of a key file, read without surprises: no pipe that never answers, no file that fills the memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use super::error::KeyError;

/// No key is this large.
pub(super) const LARGEST: u64 = 64 * 1024;

/// The whole file.
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    // Asked before it is opened: opening a named pipe would wait for its other end.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(KeyError::NotAFile);
    }
    if metadata.len() >= LARGEST {
        return Err(KeyError::NotAKey);
    }
    // As large as it can become, so that it never moves and leaves a copy behind.
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(LARGEST).unwrap_or(usize::MAX)]);
    let mut file = File::open(path)?;
    let mut length = 0;
    while length < bytes.len() {
        match file.read(&mut bytes[length..])? {
            0 => break,
            more => length += more,
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}
