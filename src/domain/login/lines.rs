//! Commands to copy: what a person pastes into a shell of their own.
//!
//! They are short, and work without this program: the host key is then kept where ssh keeps the others.

use std::path::Path;

use super::{Login, SSH_PORT};
use crate::domain::shell::{quote, quote_path};

impl Login {
    /// `ssh -i KEY USER@HOST`; paths below `home` are written with `~`.
    #[must_use]
    pub fn ssh_line(&self, home: Option<&Path>) -> String {
        format!("ssh {}{}", self.switches("-p", home), self.destination())
    }

    /// `ssh -N -L LOCAL:localhost:REMOTE ...`: `localhost:LOCAL` here leads to the instance's own `localhost:REMOTE`.
    #[must_use]
    pub fn forward_line(&self, local: u16, remote: u16, home: Option<&Path>) -> String {
        format!("ssh -N -L {local}:localhost:{remote} {}{}", self.switches("-p", home), self.destination())
    }

    /// `scp ... LOCAL USER@HOST:REMOTE`
    #[must_use]
    pub fn copy_to_line(&self, local: &str, remote: &str, home: Option<&Path>) -> String {
        format!("scp {}-- {} {}", self.switches("-P", home), local_path(local), self.remote_path(remote))
    }

    /// `scp ... USER@HOST:REMOTE LOCAL`
    #[must_use]
    pub fn copy_from_line(&self, remote: &str, local: &str, home: Option<&Path>) -> String {
        format!("scp {}-- {} {}", self.switches("-P", home), self.remote_path(remote), local_path(local))
    }

    /// Key, port and jump host; `port` is the letter by which the program takes a port.
    fn switches(&self, port: &str, home: Option<&Path>) -> String {
        let mut words = Vec::new();
        if let Some(key) = &self.key {
            // `-i` expands `%`, and takes it doubled only as an option.
            if key.has_tokens() {
                words.extend(["-o".to_owned(), quote(&format!("IdentityFile={}", key.quoted()))]);
            } else {
                words.extend(["-i".to_owned(), quote_path(&short(key.path(), key.as_str(), home))]);
            }
        }
        if self.port != SSH_PORT {
            words.extend([port.to_owned(), self.port.to_string()]);
        }
        if let Some(jump) = &self.jump {
            words.extend(["-J".to_owned(), quote(jump)]);
        }
        words.into_iter().map(|word| word + " ").collect()
    }

    fn destination(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }

    /// scp needs brackets around an IPv6 address.
    fn remote_path(&self, path: &str) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        quote(&format!("{}@{host}:{path}", self.user))
    }
}

/// A colon before the first slash would make it a host.
fn local_path(path: &str) -> String {
    let before_slash = path.split('/').next().unwrap_or_default();
    if before_slash.contains(':') { quote(&format!("./{path}")) } else { quote_path(path) }
}

fn short(path: &Path, text: &str, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()).and_then(Path::to_str) {
        Some(rest) => format!("~/{rest}"),
        None => text.to_owned(),
    }
}
