//! Files and folders that only their owner can read: modes on Unix, access lists on Windows.

use std::fs::File;
use std::io;
use std::path::Path;

/// Makes a file that was not there before, open for writing, and readable by nobody but its owner from its first
/// moment on. A symbolic link in the file's place counts as "there".
///
/// On Unix its mode is 0400, or 0600 where the file system does not take that.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when something is there; [`io::ErrorKind::Unsupported`] when the file system
/// cannot keep others out (the file is gone again then); else what the system says.
pub fn create_private(path: &Path) -> io::Result<File> {
    let file = system::create_exclusively(path)?;
    if let Err(error) = system::lock_down(&file, path) {
        remove_own(&file, path);
        return Err(error);
    }
    Ok(file)
}

/// Makes a folder, and what is missing above it, that only its owner can enter (0700). A folder that is there keeps
/// its mode: it may be shared on purpose.
///
/// # Errors
/// What the system says, also when something other than a folder is in the way.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() { Ok(()) } else { system::create_folder(path) }
}

/// Whether anybody but the owner can get at the file; `false` when it cannot be told.
#[must_use]
pub fn is_open_to_others(path: &Path) -> bool {
    system::is_open_to_others(path)
}

/// Whether `path` itself, without following a link, is still the file that is open as `file`.
#[must_use]
pub fn is_same_file(file: &File, path: &Path) -> bool {
    system::is_same_file(file, path)
}

/// Whether two paths lead to the same file, by whatever names; `false` when one of them leads nowhere.
#[must_use]
pub fn is_same_path(one: &Path, other: &Path) -> bool {
    system::is_same_path(one, other)
}

/// Why a file was not closed to others.
#[derive(Debug)]
pub enum NotLocked {
    /// Something other than a regular file is there.
    NotAFile,
    /// It belongs to somebody else.
    NotOurs,
    /// The system refused.
    System(io::Error),
}

/// Closes a file that is there to all but its owner: 0400 on Unix, 0600 if its owner could write it. A symbolic link is
/// followed to the file.
///
/// # Errors
/// Any [`NotLocked`]; the file is as it was then.
pub fn lock_down(path: &Path) -> Result<(), NotLocked> {
    let metadata = std::fs::metadata(path).map_err(NotLocked::System)?;
    if !metadata.is_file() {
        return Err(NotLocked::NotAFile);
    }
    if !system::is_ours(&metadata) {
        return Err(NotLocked::NotOurs);
    }
    system::lock_down_existing(path, &metadata).map_err(NotLocked::System)
}

/// Removes the file at `path` if it is still the one that is open as `file`.
pub fn remove_own(file: &File, path: &Path) {
    if is_same_file(file, path)
        && let Err(error) = std::fs::remove_file(path)
    {
        tracing::warn!(path = %path.display(), %error, "an unfinished file could not be removed");
    }
}

/// Waits until the folder's entries are on disk. File systems that cannot do that are taken to have done it.
///
/// # Errors
/// What the system says.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    system::sync_folder(path)
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub(super) fn create_exclusively(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)
    }

    /// The umask may have taken bits away, and some file systems (FAT, shared folders of virtual machines) keep no
    /// modes at all.
    pub(super) fn lock_down(file: &File, _path: &Path) -> io::Result<()> {
        for mode in [0o400, 0o600] {
            if mode_of(file)? == mode {
                return Ok(());
            }
            // A refusal shows in the mode that is read back.
            let _ = file.set_permissions(Permissions::from_mode(mode));
            if mode_of(file)? == mode {
                return Ok(());
            }
        }
        Err(keeps_no_modes())
    }

    pub(super) fn is_same_path(one: &Path, other: &Path) -> bool {
        match (std::fs::metadata(one), std::fs::metadata(other)) {
            (Ok(one), Ok(other)) => is_same(&one, &other),
            _ => false,
        }
    }

    pub(super) fn is_ours(metadata: &Metadata) -> bool {
        metadata.uid() == rustix::process::geteuid().as_raw()
    }

    pub(super) fn lock_down_existing(path: &Path, metadata: &Metadata) -> io::Result<()> {
        let mode = if metadata.mode() & 0o200 == 0 { 0o400 } else { 0o600 };
        // Through the open file, so that no other file can get in between.
        let file = File::open(path)?;
        if !is_same(&file.metadata()?, metadata) {
            return Err(io::Error::other("the file was replaced meanwhile"));
        }
        file.set_permissions(Permissions::from_mode(mode))?;
        if mode_of(&file)? == mode { Ok(()) } else { Err(keeps_no_modes()) }
    }

    fn is_same(one: &Metadata, other: &Metadata) -> bool {
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }

    fn keeps_no_modes() -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, "the file system of this folder cannot keep others from reading")
    }

    fn mode_of(file: &File) -> io::Result<u32> {
        Ok(file.metadata()?.permissions().mode() & 0o7777)
    }

    pub(super) fn create_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub(super) fn is_open_to_others(path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }

    pub(super) fn is_same_file(file: &File, path: &Path) -> bool {
        match (file.metadata(), std::fs::symlink_metadata(path)) {
            (Ok(ours), Ok(there)) => is_same(&ours, &there),
            _ => false,
        }
    }

    pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
        match File::open(path)?.sync_all() {
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            outcome => outcome,
        }
    }
}

#[cfg(windows)]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Output, Stdio};

    /// Everyone, all signed-in users, and the local group of all users, by the ids that are the same in every
    /// language of Windows.
    const OTHERS: [&str; 3] = ["*S-1-1-0", "*S-1-5-11", "*S-1-5-32-545"];

    pub(super) fn create_exclusively(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    /// The file is still empty here, so nothing was readable before.
    pub(super) fn lock_down(_file: &File, path: &Path) -> io::Result<()> {
        close(path)
    }

    pub(super) fn is_same_path(one: &Path, other: &Path) -> bool {
        match (std::fs::canonicalize(one), std::fs::canonicalize(other)) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        }
    }

    /// Who may not change the list of a file is refused by the system itself.
    pub(super) fn is_ours(_metadata: &Metadata) -> bool {
        true
    }

    pub(super) fn lock_down_existing(path: &Path, _metadata: &Metadata) -> io::Result<()> {
        close(path)?;
        // Entries of the file's own survive `/inheritance:r`.
        for id in OTHERS {
            run("icacls.exe", |command| command.arg(path).args(["/remove:g", id]))?;
        }
        if is_open_to_others(path) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "icacls could not keep others from the file"));
        }
        Ok(())
    }

    fn close(path: &Path) -> io::Result<()> {
        let grant = format!("*{}:(F)", own_id()?);
        let outcome =
            run("icacls.exe", |command| command.arg(path).args(["/inheritance:r", "/grant:r", grant.as_str()]))?;
        if outcome.status.success() {
            Ok(())
        } else {
            Err(io::Error::new(io::ErrorKind::Unsupported, "icacls could not keep others from reading the file"))
        }
    }

    pub(super) fn create_folder(path: &Path) -> io::Result<()> {
        // Below the user's own folder it inherits that folder's list, which lets in nobody else.
        std::fs::create_dir_all(path)
    }

    pub(super) fn is_open_to_others(path: &Path) -> bool {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
        OTHERS.iter().any(|id| {
            // icacls names the file when it finds the id in its list; all its other words are translated.
            run("icacls.exe", |command| command.arg(path).args(["/findsid", id]))
                .is_ok_and(|outcome| String::from_utf8_lossy(&outcome.stdout).contains(&name))
        })
    }

    pub(super) fn is_same_file(file: &File, path: &Path) -> bool {
        match (file.metadata(), std::fs::symlink_metadata(path)) {
            (Ok(ours), Ok(there)) => {
                there.is_file() && ours.created().ok() == there.created().ok() && ours.len() == there.len()
            }
            _ => false,
        }
    }

    pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
        // NTFS keeps its own journal of entries, and a folder cannot be opened for this.
        Ok(())
    }

    /// The security id of the person, from `whoami /user /fo csv /nh`: `"machine\name","S-1-5-..."`.
    fn own_id() -> io::Result<String> {
        let outcome = run("whoami.exe", |command| command.args(["/user", "/fo", "csv", "/nh"]))?;
        let line = String::from_utf8_lossy(&outcome.stdout).into_owned();
        line.trim()
            .rsplit(',')
            .next()
            .map(|id| id.trim_matches('"').to_owned())
            .filter(|id| id.starts_with("S-1-"))
            .ok_or_else(|| io::Error::other("whoami did not tell the user's id"))
    }

    /// Runs a program of Windows itself, by its full path, so that nothing of the same name comes first.
    fn run(program: &str, arguments: impl FnOnce(&mut Command) -> &mut Command) -> io::Result<Output> {
        let root = std::env::var_os("SystemRoot").map_or_else(|| PathBuf::from(r"C:\Windows"), PathBuf::from);
        let mut command = Command::new(root.join("System32").join(program));
        arguments(&mut command).stdin(Stdio::null()).output()
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
