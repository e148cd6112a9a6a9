//! Getting in, as far as it is files and programs of this machine: what is remembered, the known hosts, the entries
//! for ssh and PuTTY, and the tools around them.
//!
//! The rules (what may be said to ssh, which alias a name becomes) are in [`crate::domain`]. Everything here reads and
//! writes files or runs a program: call it on a thread that may wait.

pub mod hosts;
mod included;
pub mod known_hosts;
pub mod putty;
mod scan;
pub mod settings;
pub mod tools;

use std::io;
use std::path::Path;

pub use scan::scan_host_keys;

use crate::domain::clean::clean;
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::ssh_places::SshPlaces;
use crate::platform::folders;

/// Where the files are on this machine; `None` when the system knows no home folder.
#[must_use]
pub fn places() -> Option<SshPlaces> {
    Some(SshPlaces {
        settings: folders::config()?.join("connect.toml"),
        known_hosts: folders::state()?.join("known_hosts"),
        ssh_folder: folders::home()?.join(".ssh"),
        putty_sessions: putty::folder()?,
    })
}

/// The file's bytes; none when there is no file.
fn read_or_empty(path: &Path) -> io::Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        outcome => outcome,
    }
}

/// The text of a file that is to be rewritten. Other bytes than UTF-8 are refused: they would not survive it.
fn text_of(operation: &'static str, path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes)
        .map_err(|error| refused(operation, path, &io::Error::new(io::ErrorKind::InvalidData, error)))
}

/// The system refused something about a file.
fn refused(operation: &'static str, path: &Path, error: &io::Error) -> Problem {
    let shown = clean(&path.display().to_string());
    Problem::local(operation, LocalCause::System(shown), clean(&error.to_string()))
}
