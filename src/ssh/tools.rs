//! Which programs are on the search path.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::domain::tools::Tools;

/// Looks for each program.
#[must_use]
pub fn find() -> Tools {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let find = |name| on_path(&path, name);
    Tools {
        ssh: find("ssh"),
        ssh_keyscan: find("ssh-keyscan"),
        aws: find("aws"),
        session_manager_plugin: find("session-manager-plugin"),
        putty: find("putty"),
        plink: find("plink"),
    }
}

/// The first file of this name in the folders of a search path that can be run. An empty or relative folder is passed
/// over: what happens to lie in the working folder is nothing that the person has installed.
fn on_path(path: &OsString, name: &str) -> Option<PathBuf> {
    let names: Vec<String> = if cfg!(windows) {
        [".exe", ".cmd", ".bat"].iter().map(|ending| format!("{name}{ending}")).collect()
    } else {
        vec![name.to_owned()]
    };
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>())
        .find(|file| can_be_run(file))
}

#[cfg(unix)]
fn can_be_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn can_be_run(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_first_file_that_can_be_run_is_found() {
        let root = tempfile::tempdir().unwrap();
        let path = std::env::join_paths(["", ".", "one", "two", "three"].map(|name| match name {
            "" | "." => PathBuf::from(name),
            name => root.path().join(name),
        }));
        for (folder, mode) in [("one", 0o644), ("two", 0o755), ("three", 0o755)] {
            let file = root.path().join(folder).join("aws");
            std::fs::create_dir(root.path().join(folder)).unwrap();
            std::fs::write(&file, "").unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let path = path.unwrap();
        assert_eq!(on_path(&path, "aws"), Some(root.path().join("two/aws")));
        assert_eq!(on_path(&path, "missing"), None);
        assert_eq!(on_path(&OsString::new(), "aws"), None);
    }
}
