//! Writing a private key: closed to others from its first moment, on disk before anybody relies on it, read back, and
//! gone again if anything fails.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rand_core::{OsRng, RngCore};
use zeroize::Zeroizing;

use super::error::shown;
use crate::domain::clean::clean;
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::file_mode;

/// Writes a new file (0400). `check` has the last word on what is found at the path afterwards.
///
/// # Errors
/// [`LocalCause::FileExists`] and [`LocalCause::SymbolicLink`] when something is in its place; else what the system
/// says. Nothing is left behind then.
pub(super) fn create<T>(
    path: &Path,
    text: &str,
    operation: &str,
    check: impl FnOnce(&Path) -> io::Result<T>,
) -> Result<T, Problem> {
    if let Some(problem) = in_the_way(path, operation) {
        return Err(problem);
    }
    let mut file = file_mode::create_private(path).map_err(|error| refused(path, operation, &error))?;
    write_and_verify(&mut file, path, text).and_then(|()| check(path)).map_err(|error| {
        file_mode::remove_own(&file, path);
        refused(path, operation, &error)
    })
}

/// The same for a file that may be there already: then the new one takes its place in one step, and until that step
/// the old one is untouched.
///
/// # Errors
/// As [`create`]; and [`LocalCause::NotAFile`] when something other than a file is there.
pub(super) fn replace<T>(
    path: &Path,
    text: &str,
    operation: &str,
    check: impl FnOnce(&Path) -> io::Result<T>,
) -> Result<T, Problem> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return create(path, text, operation, check),
        Err(error) => return Err(refused(path, operation, &error)),
        Ok(there) if there.is_symlink() => {
            return Err(Problem::local(operation, LocalCause::SymbolicLink(shown(path)), ""));
        }
        Ok(there) if !there.is_file() => return Err(Problem::local(operation, LocalCause::NotAFile(shown(path)), "")),
        Ok(_) => {}
    }
    let beside = beside(path);
    let mut file = file_mode::create_private(&beside).map_err(|error| refused(path, operation, &error))?;
    let outcome = write_and_verify(&mut file, &beside, text)
        .and_then(|()| check(&beside))
        .and_then(|checked| std::fs::rename(&beside, path).map(|()| checked));
    match outcome {
        Ok(checked) => {
            // The file is in its place; that its name may be lost in a crash of the machine is no reason to say it
            // failed.
            let _ = file_mode::sync_folder(folder(path));
            Ok(checked)
        }
        Err(error) => {
            file_mode::remove_own(&file, &beside);
            Err(refused(path, operation, &error))
        }
    }
}

/// What is in the place of a new file.
pub(super) fn in_the_way(path: &Path, operation: &str) -> Option<Problem> {
    let there = std::fs::symlink_metadata(path).ok()?;
    let path = shown(path);
    let cause = if there.is_symlink() { LocalCause::SymbolicLink(path) } else { LocalCause::FileExists(path) };
    Some(Problem::local(operation, cause, ""))
}

/// Writes, and reads again by the path: what ssh will find there is what counts.
pub(super) fn write_and_verify(file: &mut File, path: &Path, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    file_mode::sync_folder(folder(path))?;
    let mut found = Zeroizing::new(Vec::with_capacity(text.len() + 1));
    File::open(path)?.take(text.len() as u64 + 1).read_to_end(&mut found)?;
    if *found != text.as_bytes() || !file_mode::is_same_file(file, path) {
        return Err(io::Error::other("the file does not hold what was written to it"));
    }
    Ok(())
}

/// A name in the same folder that nothing has.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{:016x}.new", OsRng.next_u64()))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn refused(path: &Path, operation: &str, error: &io::Error) -> Problem {
    // Something may have got there since it was looked at.
    if error.kind() == io::ErrorKind::AlreadyExists
        && let Some(problem) = in_the_way(path, operation)
    {
        return problem;
    }
    Problem::local(operation, LocalCause::System(shown(path)), clean(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse(_: &Path) -> io::Result<()> {
        Err(io::Error::other("no"))
    }

    fn names(folder: &Path) -> Vec<String> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_that_is_refused_in_the_end_is_gone_again_and_the_old_one_is_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(create(&path, "new", "ExportKey", refuse).is_err());
        assert_eq!(names(folder.path()), [""; 0]);
        std::fs::write(&path, "old").unwrap();
        let problem = replace(&path, "new", "ExportKey", refuse).unwrap_err();
        assert_eq!(problem.message, "no");
        assert_eq!(names(folder.path()), ["key"]);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        replace(&path, "new", "ExportKey", |_| Ok(())).unwrap();
        assert_eq!((names(folder.path()), std::fs::read(&path).unwrap()), (vec!["key".to_owned()], b"new".to_vec()));
    }

    #[test]
    fn a_write_that_fails_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        drop(file_mode::create_private(&path).unwrap());
        // Open for reading only, so that writing fails as on a full disk.
        let mut file = File::open(&path).unwrap();
        assert!(write_and_verify(&mut file, &path, "text").is_err());
    }
}
