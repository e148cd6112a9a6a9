//! Programs of this machine that a way in may need.

use std::path::PathBuf;

/// Where each program is; `None` when it is not on the search path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tools {
    /// OpenSSH's client.
    pub ssh: Option<PathBuf>,
    /// Reads a host's keys.
    pub ssh_keyscan: Option<PathBuf>,
    /// The AWS CLI.
    pub aws: Option<PathBuf>,
    /// What the AWS CLI needs for Session Manager.
    pub session_manager_plugin: Option<PathBuf>,
    /// PuTTY itself.
    pub putty: Option<PathBuf>,
    /// PuTTY on the command line.
    pub plink: Option<PathBuf>,
}

impl Tools {
    /// Whether a session through Session Manager can be started from here.
    #[must_use]
    pub fn can_start_session(&self) -> bool {
        self.aws.is_some() && self.session_manager_plugin.is_some()
    }
}
