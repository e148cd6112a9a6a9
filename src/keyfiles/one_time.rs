//! A key for one connection: made, used, removed. What a program that was killed has left behind goes with the next one.

use std::io;
use std::path::Path;
use std::time::Duration;

use rand_core::{OsRng, RngCore};

use super::error::shown;
use super::generate::private_text;
use super::{scan, store};
use crate::domain::clean::clean;
use crate::domain::key_pair::{KeyKind, RsaBits};
use crate::domain::one_time_key::OneTimeKey;
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::file_mode;

/// The operations' names in a [`Problem`].
const MAKE: &str = "MakeOneTimeKey";
const REMOVE: &str = "RemoveOneTimeKey";

/// What each file's name begins with.
const NAME: &str = "once-";

/// An older file is nobody's any more: no instance takes such a key for longer than a minute.
const LEFT_BEHIND: Duration = Duration::from_mins(10);

/// Makes an ed25519 key and writes it to `folder`, which is made (0700) if it is missing, under a name of its own,
/// closed to others from its first moment. In memory it is wiped before this returns.
///
/// # Errors
/// What the system says of the file or its folder; nothing is left behind then.
pub fn make_one_time_key(folder: &Path) -> Result<OneTimeKey, Problem> {
    file_mode::create_private_folder(folder).map_err(|error| refused(MAKE, folder, &error))?;
    sweep(folder, LEFT_BEHIND);
    let path = folder.join(format!("{NAME}{:016x}", OsRng.next_u64()));
    let text = private_text("", KeyKind::Ed25519, RsaBits::default())
        .map_err(|message| refused(MAKE, &path, &io::Error::other(message)))?;
    let public_key = store::create(&path, &text, MAKE, |path| {
        scan::read(path)
            .and_then(|key| key.public_key)
            .ok_or_else(|| io::Error::other("the file that was written cannot be read as a key"))
    })?;
    Ok(OneTimeKey { path, public_key })
}

/// Removes such a key; one that is gone already is removed.
///
/// # Errors
/// What the system says of the file.
pub fn remove_one_time_key(path: &Path) -> Result<(), Problem> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(REMOVE, path, &error)),
        _ => Ok(()),
    }
}

/// Removes keys that are older than this. What cannot be removed is left: it opens nothing any more.
fn sweep(folder: &Path, age: Duration) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(NAME));
        let made = entry.metadata().and_then(|metadata| metadata.modified());
        let is_old = made.is_ok_and(|made| made.elapsed().is_ok_and(|elapsed| elapsed >= age));
        if is_ours && is_old {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn refused(operation: &str, path: &Path, error: &io::Error) -> Problem {
    Problem::local(operation, LocalCause::System(shown(path)), clean(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_another_one_and_closed_to_others() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("state/once");
        let [one, two] = [(), ()].map(|()| make_one_time_key(&folder).unwrap());
        assert_ne!(one, two);
        assert!(one.public_key.starts_with("ssh-ed25519 AAAA"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&one.path), mode(&folder)), (0o400, 0o700));
        }
        let private = std::fs::read_to_string(&one.path).unwrap();
        let secret = private.lines().nth(2).unwrap();
        assert!(!format!("{one:?}").contains(secret));
    }

    #[test]
    fn a_key_is_removed_once_and_being_gone_is_no_failure() {
        let folder = tempfile::tempdir().unwrap();
        let key = make_one_time_key(folder.path()).unwrap();
        remove_one_time_key(&key.path).unwrap();
        assert!(!key.path.exists());
        remove_one_time_key(&key.path).unwrap();
        let problem = remove_one_time_key(folder.path()).unwrap_err();
        assert_eq!(problem.operation, REMOVE);
    }

    #[test]
    fn what_was_left_behind_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let key = make_one_time_key(folder.path()).unwrap();
        let other = folder.path().join("mine");
        std::fs::write(&other, "mine").unwrap();
        sweep(folder.path(), LEFT_BEHIND);
        assert!(key.path.exists(), "of a connection that is being made");
        sweep(folder.path(), Duration::ZERO);
        assert!(!key.path.exists() && other.exists());
    }

    #[test]
    fn without_a_folder_there_is_no_key() {
        let root = tempfile::tempdir().unwrap();
        let in_the_way = root.path().join("file");
        std::fs::write(&in_the_way, "").unwrap();
        let problem = make_one_time_key(&in_the_way.join("once")).unwrap_err();
        assert_eq!(problem.operation, MAKE);
    }
}
