//! Programs of this machine that a way in may need.

use std::path::PathBuf;

use crate::text;
use crate::text::Text;

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
    /// Why no session through Session Manager can be started from here.
    #[must_use]
    pub fn missing_for_session(&self) -> Option<Text> {
        match (&self.aws, &self.session_manager_plugin) {
            (None, _) => Some(text!("why-no-aws-cli")),
            (_, None) => Some(text!("why-no-session-plugin")),
            _ => None,
        }
    }

    /// Whether a session through Session Manager can be started from here.
    #[must_use]
    pub fn can_start_session(&self) -> bool {
        self.aws.is_some() && self.session_manager_plugin.is_some()
    }
}
