//! The user data file of step 3: where it is, what became of reading it, and why it could not be read.

use std::path::PathBuf;

use crate::app::environment::Environment;
use crate::domain::launch_plan::UserData;
use crate::domain::problem::{Cause, LocalCause, Problem};
use crate::message::LocalId;
use crate::text;
use crate::text::Text;

/// What became of the user data file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum UserDataFile {
    /// No path is given.
    #[default]
    None,
    /// Being read.
    Reading { id: LocalId, path: String },
    /// Read.
    Read { path: String, data: UserData },
    /// Could not be read; the field says why.
    Failed { path: String },
}

impl UserDataFile {
    /// The path it belongs to, as typed.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::None => "",
            Self::Reading { path, .. } | Self::Read { path, .. } | Self::Failed { path } => path,
        }
    }
}

/// A typed path with `~` for the home folder.
pub(super) fn expanded(path: &str, environment: &Environment) -> PathBuf {
    let Some(home) = &environment.home else { return PathBuf::from(path) };
    match path.strip_prefix('~') {
        Some("") => home.clone(),
        Some(rest) if rest.starts_with(['/', '\\']) => home.join(&rest[1..]),
        _ => PathBuf::from(path),
    }
}

/// Why a user data file could not be read.
pub(super) fn unreadable(problem: &Problem) -> Text {
    match &problem.cause {
        Cause::Local(LocalCause::TooLarge { .. }) => text!("launch-details-user-data-large"),
        Cause::Local(LocalCause::System(words)) if !words.is_empty() => {
            text!("launch-details-user-data-failed", why = words.as_str())
        }
        _ => text!("launch-details-user-data-failed", why = &problem.message),
    }
}
