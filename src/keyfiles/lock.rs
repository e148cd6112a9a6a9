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

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::domain::key_pair::{KeyKind, RsaBits};
    use crate::domain::problem::Cause;
    use crate::keyfiles::{generate, read};

    #[test]
    fn a_key_that_others_could_read_is_closed_to_them() {
        let folder = tempfile::tempdir().unwrap();
        let key = generate(folder.path(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
        std::fs::set_permissions(&key.path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read(&key.path).unwrap().open_to_others);
        lock_down(&key.path).unwrap();
        assert!(!read(&key.path).unwrap().open_to_others);
        let problem = lock_down(folder.path()).unwrap_err();
        assert_eq!(problem.cause, Cause::Local(LocalCause::NotAFile(folder.path().display().to_string())));
        assert_eq!(problem.operation, "LockKey");
    }

    /// Only where the tests run as root can they give a file away.
    #[test]
    fn somebody_elses_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "x").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        if std::os::unix::fs::chown(&path, Some(65_534), None).is_err() {
            return;
        }
        let problem = lock_down(&path).unwrap_err();
        assert!(matches!(problem.cause, Cause::Local(LocalCause::NotOurs(_))), "{problem:?}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
    }
}
