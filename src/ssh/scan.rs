//! Which host keys a server shows, asked with OpenSSH's own `ssh-keyscan`.

use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::known_hosts::key_in;
use crate::domain::clean::clean;
use crate::domain::host_keys::HostKey;
use crate::domain::login::{check_host, check_port};
use crate::domain::problem::{Cause, LocalCause, Problem};

/// The operation's name in a [`Problem`].
const OPERATION: &str = "ScanHostKeys";

/// The program.
const PROGRAM: &str = "ssh-keyscan";

/// How much longer than its own limit the program may take: a server that stops in the middle of its greeting keeps it
/// waiting for ever.
const GRACE: Duration = Duration::from_secs(2);

/// How often it is asked whether the program has ended.
const PULSE: Duration = Duration::from_millis(20);

/// What is still in the pipes when the program has ended comes at once. A process that it left behind may hold them open.
const LAST_WORDS: Duration = Duration::from_millis(500);

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
    let mut program = Command::new(PROGRAM);
    program.args(["-T", &seconds, "-p", &port.to_string(), "-t", "ed25519,ecdsa,rsa", "--", host]);
    let said = words_within(&mut program, timeout.saturating_add(GRACE)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Problem::local(OPERATION, LocalCause::NoProgram(PROGRAM.to_owned()), ""),
        _ => Problem::local(OPERATION, LocalCause::System(PROGRAM.to_owned()), clean(&error.to_string())),
    })?;
    let keys: Vec<HostKey> = String::from_utf8_lossy(&said.output).lines().filter_map(key_in).collect();
    if keys.is_empty() {
        let words = String::from_utf8_lossy(&said.errors);
        // Lines with `#` are the banner; the others say what went wrong.
        let why = words.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
        return Err(Problem {
            cause: Cause::Unreachable { host: host.to_owned() },
            ..Problem::local(OPERATION, LocalCause::System(String::new()), clean(why.trim()))
        });
    }
    Ok(keys)
}

/// What a program has said.
#[derive(Debug)]
struct Said {
    output: Vec<u8>,
    errors: Vec<u8>,
}

/// Runs a program with nothing to read, and ends it when it takes longer than this. What it has said by then counts.
fn words_within(program: &mut Command, limit: Duration) -> io::Result<Said> {
    let deadline = Instant::now() + limit;
    let mut child = program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let output = read_aside(child.stdout.take());
    let errors = read_aside(child.stderr.take());
    let ended = loop {
        match child.try_wait() {
            Ok(None) if Instant::now() < deadline => thread::sleep(PULSE),
            Ok(Some(_)) => break Ok(()),
            Ok(None) => break child.kill().and_then(|()| child.wait()).map(drop),
            Err(error) => {
                // The first failure tells more.
                let _ = child.kill();
                break Err(error);
            }
        }
    };
    ended?;
    let last = Instant::now() + LAST_WORDS;
    Ok(Said { output: all_until(last, &output), errors: all_until(last, &errors) })
}

/// Reads an output in a thread of its own, so that the program never waits for room in the pipe.
fn read_aside(output: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, received) = channel();
    if let Some(mut output) = output {
        thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut part) {
                if send.send(part[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
    }
    received
}

/// All that was read until the output ended, or until this moment.
fn all_until(deadline: Instant, received: &Receiver<Vec<u8>>) -> Vec<u8> {
    let mut all = Vec::new();
    while let Ok(part) = received.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        all.extend(part);
    }
    all
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;

    use super::*;

    fn said(script: &str, limit: Duration) -> (String, String) {
        let said = words_within(Command::new("sh").args(["-c", script]), limit).unwrap();
        (String::from_utf8(said.output).unwrap(), String::from_utf8(said.errors).unwrap())
    }

    #[test]
    fn what_a_program_says_is_told_also_when_it_is_ended() {
        let begun = Instant::now();
        let long = Duration::from_mins(1);
        assert_eq!(said("echo key; echo why >&2", long), ("key\n".to_owned(), "why\n".to_owned()));
        assert_eq!(said("echo key; exec sleep 60", Duration::from_millis(300)).0, "key\n");
        // The one who holds the pipe lives on.
        assert_eq!(said("echo key; sleep 20 & wait", Duration::from_millis(300)).0, "key\n");
        assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
        let much = said("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done", long).0;
        assert_eq!(much.len(), 220_000);
    }

    #[test]
    fn who_stops_in_the_middle_of_the_greeting_is_silent() {
        let server = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = server.local_addr().unwrap().port();
        thread::spawn(move || {
            let mut open = Vec::new();
            while let Ok((mut connection, _)) = server.accept() {
                let _ = connection.write_all(b"SSH-2.0");
                open.push(connection);
            }
        });
        let begun = Instant::now();
        let problem = scan_host_keys("127.0.0.1", port, Duration::from_secs(1)).unwrap_err();
        match problem.cause {
            Cause::Unreachable { host } => assert_eq!(host, "127.0.0.1"),
            Cause::Local(LocalCause::NoProgram(_)) => {} // No OpenSSH on this machine.
            other => panic!("{other:?}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}
