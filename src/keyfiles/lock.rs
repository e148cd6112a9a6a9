//! Closing a key file that others can read: ssh refuses it until then.

use std::path::Path;

use super::error::KeyError;
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::file_mode::{self, NotLocked};

const OPERATION: &str = "LockKey";

/// Makes a key file readable by its owner only: 0400, or 0600 if the owner could write it. A symbolic link is followed
/// to the file; nothing else is touched, and no file of somebody else.
///
/// # Errors
/// [`LocalCause::NotAFile`], [`LocalCause::NotOurs`], or what the system says.
pub fn lock_down(path: &Path) -> Result<(), Problem> {
    file_mode::lock_down(path).map_err(|error| match error {
        NotLocked::NotAFile => KeyError::NotAFile.at(path, OPERATION),
        NotLocked::NotOurs => Problem::local(OPERATION, LocalCause::NotOurs(super::error::shown(path)), ""),
        NotLocked::System(error) => KeyError::System(error).at(path, OPERATION),
    })
}
