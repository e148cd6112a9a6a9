//! Through Session Manager: no inbound port, no public address; the AWS CLI and its plugin carry the connection.

use std::ffi::OsString;

use super::{Login, Mode, SshPath, UnknownHost, option};
use crate::domain::id::InstanceId;
use crate::domain::region::Region;
use crate::domain::shell::quote;

/// Whose Session Manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionManager {
    /// The region that the instance is in.
    pub region: Region,
    /// `None` leaves it to the AWS CLI.
    pub profile: Option<String>,
}

impl SessionManager {
    /// The arguments for `aws`: a shell on the instance, without ssh.
    #[must_use]
    pub fn arguments(&self, instance: &InstanceId) -> Vec<OsString> {
        let words = ["ssm", "start-session", "--target", instance.as_str(), "--region", self.region.as_str()];
        let profile = self.profile.iter().flat_map(|profile| ["--profile".into(), profile.into()]);
        words.into_iter().map(OsString::from).chain(profile).collect()
    }

    /// The command behind which ssh talks to the instance. ssh hands it to a shell after it has replaced `%h` and
    /// `%p`, so that a profile's name is quoted and its `%` doubled.
    #[must_use]
    pub fn proxy_command(&self) -> String {
        let mut command = format!(
            "aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p --region {}",
            self.region
        );
        if let Some(profile) = &self.profile {
            command.push_str(" --profile ");
            command.push_str(&quote(profile).replace('%', "%%"));
        }
        command
    }
}

impl Login {
    /// The arguments for `ssh` through Session Manager: the destination is the instance's id, no address is used, and
    /// no jump host is needed.
    #[must_use]
    pub fn ssh_arguments_over_session(
        &self,
        session: &SessionManager,
        known_hosts: &SshPath,
        unknown: UnknownHost,
        mode: Mode,
        command: &[String],
    ) -> Vec<OsString> {
        let over = Self { host: self.instance.to_string(), jump: None, ..self.clone() };
        let mut arguments = Vec::new();
        option(&mut arguments, "ProxyCommand", &session.proxy_command());
        arguments.extend(over.ssh_arguments(known_hosts, unknown, mode, command));
        arguments
    }
}
