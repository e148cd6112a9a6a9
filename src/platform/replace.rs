//! Replacing a file as a whole: whoever reads it sees the old content or the new one, never half of it, and neither a
//! crash nor a full disk leaves it damaged.

use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::file_mode;

/// Puts `content` in the place of the file at `path`.
///
/// A file that is there keeps its mode and owner, and a symbolic link stays one: its target is replaced. A file that
/// is not there is made for its owner alone (0600), in a folder that is made (0700) if it is missing.
///
/// # Errors
/// What the system says; [`io::ErrorKind::PermissionDenied`] for a file that its owner has made read-only, which is
/// taken for a wish. Nothing has changed then.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    let before = match std::fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    if before.as_ref().is_some_and(|before| before.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    };
    file_mode::create_private_folder(folder)?;

    let temporary = folder.join(format!(".{}.{}", name.to_string_lossy(), uuid::Uuid::new_v4().simple()));
    let file = system::create(&temporary)?;
    let written = write(&file, content, before.as_ref()).and_then(|()| std::fs::rename(&temporary, &target));
    if let Err(error) = written {
        file_mode::remove_own(&file, &temporary);
        return Err(error);
    }
    // The file is in its place; that its name may be lost in a crash of the machine is no reason to say it failed.
    let _ = file_mode::sync_folder(folder);
    Ok(())
}

fn write(mut file: &File, content: &[u8], before: Option<&Metadata>) -> io::Result<()> {
    file.write_all(content)?;
    if let Some(before) = before {
        system::become_like(file, before)?;
    }
    file.sync_all()
}

/// What a symbolic link leads to, also when nothing is there yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    // As many as Linux follows.
    const LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => {
                let next = std::fs::read_link(&target)?;
                target = target.parent().map_or(next.clone(), |folder| folder.join(&next));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => return Ok(target),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "the symbolic links lead in a circle"))
}

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
    use std::path::Path;

    pub(super) fn create(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
    }

    pub(super) fn become_like(file: &File, before: &Metadata) -> io::Result<()> {
        let now = file.metadata()?;
        if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
            // Only root may give a file away; for everybody else it is their own already.
            let _ = fchown(file, Some(before.uid()), Some(before.gid()));
        }
        file.set_permissions(before.permissions())
    }
}

#[cfg(windows)]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    /// In the person's own folders a new file inherits an access list that lets in nobody else.
    pub(super) fn create(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    pub(super) fn become_like(_file: &File, _before: &Metadata) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_private_and_an_old_one_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/config");
        replace(&path, b"one").unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!((std::fs::read(&path).unwrap().as_slice(), mode(&path)), (b"two".as_slice(), 0o644));
        assert_eq!(names(path.parent().unwrap()), ["config"]);
    }

    #[test]
    fn a_link_stays_a_link_and_its_target_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("dotfiles/config");
        let link = folder.path().join("config");
        symlink("dotfiles/config", &link).unwrap();
        replace(&link, b"one").unwrap();
        replace(&link, b"two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"two");

        let circle = folder.path().join("circle");
        symlink("circle", &circle).unwrap();
        assert!(replace(&circle, b"x").is_err());
    }

    #[test]
    fn what_cannot_be_replaced_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        std::fs::write(&path, "mine").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(replace(&path, b"x").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        std::fs::create_dir(folder.path().join("folder")).unwrap();
        assert!(replace(&folder.path().join("folder"), b"x").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(folder.path()), ["config", "folder"]);
    }
}
