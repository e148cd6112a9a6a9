//! Getting in to an instance over ssh: to which address, as whom, with which key, past which host, and the arguments
//! by which the system's `ssh` hears of it.
//!
//! Arguments go to the program as arguments, never through a shell, and every part was checked before.

mod address;
mod check;
mod lines;
mod session;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use address::{AddressKind, choose_address};
pub use check::{
    LoginPart, LoginProblem, Refusal, SshPath, check_host, check_instance, check_jump, check_port, check_user,
};
pub use session::SessionManager;

use super::id::InstanceId;

/// Where ssh listens unless somebody moved it.
pub const SSH_PORT: u16 = 22;

/// What is known of a login before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginParts {
    /// The instance; its host key is kept under this id.
    pub instance: InstanceId,
    /// An address, or a name such as DNS has them.
    pub host: String,
    /// Mostly 22.
    pub port: u16,
    /// Who logs in.
    pub user: String,
    /// The private key; `None` leaves it to ssh and its agent.
    pub key: Option<PathBuf>,
    /// The host in between, as `ProxyJump` takes it.
    pub jump: Option<String>,
}

/// A login whose every part may be handed to ssh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    instance: InstanceId,
    host: String,
    port: u16,
    user: String,
    key: Option<SshPath>,
    jump: Option<String>,
}

/// Whether a person sits in front of ssh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// ssh may ask.
    Interactive,
    /// ssh asks nothing, uses no connection that is open already, and gives up after these seconds.
    Batch {
        /// How long the connection may take, seconds.
        timeout: u16,
    },
}

/// What ssh does with a host whose key it does not know. A key that is known and has changed is refused either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownHost {
    /// Takes the key and keeps it (`accept-new`).
    Accept,
    /// Ends (`yes`).
    Refuse,
}

impl UnknownHost {
    fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept-new",
            Self::Refuse => "yes",
        }
    }
}

impl Login {
    /// Checks all parts.
    ///
    /// # Errors
    /// The first part that cannot be handed to ssh, and why.
    pub fn new(parts: LoginParts) -> Result<Self, LoginProblem> {
        check_instance(&parts.instance)?;
        check_host(&parts.host)?;
        check_port(parts.port)?;
        check_user(&parts.user)?;
        if let Some(jump) = &parts.jump {
            check_jump(jump)?;
        }
        let key = parts.key.as_deref().map(SshPath::of_key).transpose()?;
        Ok(Self {
            instance: parts.instance,
            host: parts.host,
            port: parts.port,
            user: parts.user,
            key,
            jump: parts.jump,
        })
    }

    /// The same with another private key.
    ///
    /// # Errors
    /// When ssh cannot be told its path.
    pub fn with_key(self, key: &Path) -> Result<Self, LoginProblem> {
        Ok(Self { key: Some(SshPath::of_key(key)?), ..self })
    }

    /// The instance.
    #[must_use]
    pub fn instance(&self) -> &InstanceId {
        &self.instance
    }

    /// The address or name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Who logs in.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The private key.
    #[must_use]
    pub fn key(&self) -> Option<&SshPath> {
        self.key.as_ref()
    }

    /// The host in between.
    #[must_use]
    pub fn jump(&self) -> Option<&str> {
        self.jump.as_deref()
    }

    /// The arguments for `ssh`; `known_hosts` is this program's own file. The words of `command` are joined by spaces
    /// and run by the shell of the *instance*, as ssh does it.
    #[must_use]
    pub fn ssh_arguments(
        &self,
        known_hosts: &SshPath,
        unknown: UnknownHost,
        mode: Mode,
        command: &[String],
    ) -> Vec<OsString> {
        let mut arguments = Vec::new();
        self.add_key(&mut arguments);
        for (name, value) in self.host_key_options(known_hosts, unknown) {
            option(&mut arguments, name, &value);
        }
        // A connection that is open already would answer without trying this key; and behind two jump hosts, two servers
        // have one private address, but not one host key.
        option(&mut arguments, "ControlPath", "none");
        if let Mode::Batch { timeout } = mode {
            option(&mut arguments, "BatchMode", "yes");
            option(&mut arguments, "ConnectTimeout", &timeout.to_string());
            option(&mut arguments, "NumberOfPasswordPrompts", "0");
            option(&mut arguments, "ClearAllForwardings", "yes");
        }
        if !command.is_empty() {
            // Else ssh refuses ours because of one in the person's own configuration.
            option(&mut arguments, "RemoteCommand", "none");
        }
        arguments.extend(["-p".into(), self.port.to_string().into(), "-l".into(), self.user.as_str().into()]);
        if let Some(jump) = &self.jump {
            arguments.extend(["-J".into(), jump.into()]);
        }
        // Behind `--` and the destination, ssh reads no more options.
        arguments.extend(["--".into(), self.host.as_str().into()]);
        arguments.extend(command.iter().map(OsString::from));
        arguments
    }

    /// The options by which a host key belongs to the instance and not to an address, in a file of this program's own:
    /// the same for a command as for an entry in a configuration file.
    #[must_use]
    pub fn host_key_options(&self, known_hosts: &SshPath, unknown: UnknownHost) -> Vec<(&'static str, String)> {
        vec![
            ("HostKeyAlias", self.instance.to_string()),
            ("UserKnownHostsFile", known_hosts.quoted()),
            // Debian hashes names, and then nobody can see whose key it is.
            ("HashKnownHosts", "no".to_owned()),
            // Before OpenSSH 8.5 the address was kept beside the alias, and an Elastic IP that moves raised the alarm.
            ("CheckHostIP", "no".to_owned()),
            ("StrictHostKeyChecking", unknown.as_str().to_owned()),
        ]
    }

    /// Without a key nothing is restricted: the agent may have the right one.
    fn add_key(&self, arguments: &mut Vec<OsString>) {
        let Some(key) = &self.key else { return };
        option(arguments, "IdentitiesOnly", "yes");
        if key.has_tokens() {
            // `-i` asks for the file as it is written, then expands it all the same.
            option(arguments, "IdentityFile", &key.quoted());
        } else {
            arguments.extend(["-i".into(), key.path().into()]);
        }
    }
}

fn option(arguments: &mut Vec<OsString>, name: &str, value: &str) {
    arguments.extend(["-o".into(), format!("{name}={value}").into()]);
}
