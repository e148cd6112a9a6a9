//! The folder of one run of the demo.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::ssh_places::SshPlaces;

/// A folder that nobody had before and nobody else may enter; it goes with this value. The demo's servers are gone with
/// the program: what is remembered of them must not lie beside what is real.
#[derive(Debug)]
pub struct DemoFolder {
    path: PathBuf,
}

impl DemoFolder {
    /// Makes it in the system's folder for such things, which may be everybody's.
    ///
    /// # Errors
    /// When the system refuses, or something with that name is there.
    pub fn make(run_id: &str) -> io::Result<Self> {
        Self::make_in(&std::env::temp_dir(), run_id)
    }

    fn make_in(parent: &Path, run_id: &str) -> io::Result<Self> {
        let path = parent.join(format!("ec2deck-demo-{run_id}"));
        // Not recursive: then what is there already, a link too, is a failure.
        private().create(&path)?;
        Ok(Self { path })
    }

    /// Where things are in it.
    #[must_use]
    pub fn places(&self) -> SshPlaces {
        SshPlaces {
            settings: self.path.join("connect.toml"),
            known_hosts: self.path.join("known_hosts"),
            ssh_folder: self.path.join("ssh"),
            putty_sessions: self.path.join("putty"),
        }
    }
}

impl Drop for DemoFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::warn!(folder = %self.path.display(), %error, "the demo's folder stays");
        }
    }
}

/// A new folder for its owner only. On Windows the folder for temporary things is the person's own.
fn private() -> DirBuilder {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_new_and_goes_with_the_run() {
        let parent = tempfile::tempdir().unwrap();
        let folder = DemoFolder::make_in(parent.path(), "a").unwrap();
        let places = folder.places();
        let path = places.settings.parent().unwrap().to_owned();
        assert!(path.starts_with(parent.path()) && path.is_dir());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        }
        fs::write(&places.settings, "").unwrap();
        assert!(DemoFolder::make_in(parent.path(), "a").is_err(), "what is there is not taken");
        let _other = DemoFolder::make_in(parent.path(), "b").unwrap();
        drop(folder);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_somebody_laid_is_not_followed() {
        let (parent, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), parent.path().join("ec2deck-demo-a")).unwrap();
        assert!(DemoFolder::make_in(parent.path(), "a").is_err());
    }
}
