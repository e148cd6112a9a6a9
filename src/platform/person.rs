//! Who sits at this machine, and the mark by which this program knows its own rules again.

use std::io::Write;
use std::path::Path;

use super::{file_mode, folders};
use crate::domain::clean::clean;
use crate::domain::who::Who;

/// Hexadecimal digits of the mark.
const DIGITS: usize = 8;

/// The person, the machine, and the mark that is kept in the state folder; without one where it cannot be kept.
#[must_use]
pub fn who() -> Who {
    Who { id: folders::state().and_then(|folder| mark(&folder)), ..passing() }
}

/// The same with a mark that nothing keeps: the demo account is gone with the program.
#[must_use]
pub fn passing() -> Who {
    Who {
        user: clean(&whoami::username().unwrap_or_default()),
        machine: clean(&whoami::hostname().unwrap_or_default()),
        id: Some(new_mark()),
    }
}

fn new_mark() -> String {
    uuid::Uuid::new_v4().simple().to_string().chars().take(DIGITS).collect()
}

/// Reads the mark, or makes one the first time.
fn mark(folder: &Path) -> Option<String> {
    let path = folder.join("machine-id");
    if let Ok(text) = std::fs::read_to_string(&path) {
        return Some(text.trim().to_owned()).filter(|text| is_mark(text));
    }
    let mark = new_mark();
    file_mode::create_private_folder(folder).ok()?;
    let kept = file_mode::create_private(&path).and_then(|mut file| writeln!(file, "{mark}"));
    match kept {
        Ok(()) => Some(mark),
        // Another start of this program was quicker: its mark counts.
        Err(_) => std::fs::read_to_string(&path).ok().map(|text| text.trim().to_owned()).filter(|text| is_mark(text)),
    }
}

fn is_mark(text: &str) -> bool {
    text.len() == DIGITS && text.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("state/ec2deck");
        let first = mark(&home).unwrap();
        assert!(is_mark(&first), "{first}");
        assert_eq!(mark(&home), Some(first));
    }

    #[test]
    fn a_damaged_mark_is_none() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("machine-id"), "(not a mark)\n").unwrap();
        assert_eq!(mark(folder.path()), None);
    }

    #[test]
    fn a_folder_that_cannot_be_made_gives_no_mark() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert_eq!(mark(&folder.path().join("file/ec2deck")), None);
    }
}
