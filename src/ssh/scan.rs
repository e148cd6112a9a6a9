//! Which host keys a server shows, asked with OpenSSH's own `ssh-keyscan`.

use std::io;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::known_hosts::key_in;
use crate::domain::clean::clean;
use crate::domain::host_keys::HostKey;
use crate::domain::login::{check_host, check_port};
use crate::domain::problem::{Cause, LocalCause, Problem};

/// The operation's name in a [`Problem`].
const OPERATION: &str = "ScanHostKeys";

/// The program.
const PROGRAM: &str = "ssh-keyscan";

/// The host keys that a server shows, one of each kind at most.
///
/// # Errors
/// [`LocalCause::Login`] for a host or port that may not be handed to the program, [`LocalCause::NoProgram`] when the
/// program is not installed, [`Cause::Unreachable`] when the server shows none in time.
pub fn scan_host_keys(host: &str, port: u16, timeout: Duration) -> Result<Vec<HostKey>, Problem> {
    check_host(host)
        .and_then(|()| check_port(port))
        .map_err(|problem| Problem::local(OPERATION, LocalCause::Login(problem), ""))?;
    // Whole seconds; 0 would mean its own default.
    let seconds = timeout.as_secs().max(1).to_string();
    let outcome = Command::new(PROGRAM)
        .args(["-T", &seconds, "-p", &port.to_string(), "-t", "ed25519,ecdsa,rsa", "--", host])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Problem::local(OPERATION, LocalCause::NoProgram(PROGRAM.to_owned()), ""),
            _ => Problem::local(OPERATION, LocalCause::System(PROGRAM.to_owned()), clean(&error.to_string())),
        })?;
    let keys: Vec<HostKey> = String::from_utf8_lossy(&outcome.stdout).lines().filter_map(key_in).collect();
    if keys.is_empty() {
        let words = String::from_utf8_lossy(&outcome.stderr);
        // Lines with `#` are the banner; the others say what went wrong.
        let why = words.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
        return Err(Problem {
            cause: Cause::Unreachable { host: host.to_owned() },
            ..Problem::local(OPERATION, LocalCause::System(String::new()), clean(why.trim()))
        });
    }
    Ok(keys)
}
