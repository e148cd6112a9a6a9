//! What only trying tells: whether a port answers, and what ssh says. Nothing here holds a thread while it waits.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::domain::clean::{clean, clean_lines};
use crate::domain::doctor::{LoginWords, Reach};
use crate::domain::problem::{LocalCause, Problem};
use crate::message::{LocalDone, LocalTask};

/// The operation's name in a [`Problem`].
const TRY_LOGIN: &str = "TryLogin";

/// The longest version string of SSH, line break included (RFC 4253, 4.2).
const LONGEST_BANNER: usize = 255;

/// As much as is kept of what ssh says, of each of its two outputs.
const MOST_WORDS: u64 = 16 * 1024;

/// What is still in the pipes when ssh has ended comes at once. A process that it left behind may hold them open.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// One of the tasks that wait for the network.
#[derive(Debug)]
pub enum Probe {
    /// [`LocalTask::Probe`]
    Reach(SocketAddr, Duration),
    /// [`LocalTask::TryLogin`]
    Login(PathBuf, Vec<OsString>, Duration),
}

/// Takes a task that is one of these; hands back any other.
pub fn of(task: LocalTask) -> Result<Probe, LocalTask> {
    match task {
        LocalTask::Probe { host, port, patience } => Ok(Probe::Reach(SocketAddr::from((host, port)), patience)),
        LocalTask::TryLogin { program, arguments, patience } => Ok(Probe::Login(program, arguments, patience)),
        other => Err(other),
    }
}

impl Probe {
    /// Does it.
    ///
    /// # Errors
    /// When ssh cannot be run.
    pub async fn run(self) -> Result<LocalDone, Problem> {
        match self {
            Self::Reach(address, patience) => Ok(LocalDone::Probe(reach(address, patience).await)),
            Self::Login(program, arguments, patience) => {
                try_login(&program, &arguments, patience).await.map(LocalDone::Login)
            }
        }
    }
}

/// Connects, sends nothing, and waits for a greeting.
async fn reach(address: SocketAddr, patience: Duration) -> Reach {
    let mut stream = match timeout(patience, TcpStream::connect(address)).await {
        Err(_) => return Reach::TimedOut,
        Ok(Err(error)) => return of_error(&error, address.ip()),
        Ok(Ok(stream)) => stream,
    };
    let mut heard = Vec::with_capacity(LONGEST_BANNER);
    let listened = timeout(patience, listen(&mut stream, &mut heard)).await;
    match (banner(&heard), listened) {
        (Some(banner), _) => Reach::Banner(banner),
        (None, Err(_)) => Reach::NoBanner,
        (None, Ok(Ok(()))) => Reach::Closed,
        (None, Ok(Err(error))) => of_error(&error, address.ip()),
    }
}

/// Listens until SSH's version string is there, the other end has finished, or nothing of that length could be one.
async fn listen(stream: &mut (impl AsyncRead + Unpin), heard: &mut Vec<u8>) -> io::Result<()> {
    let mut part = [0; LONGEST_BANNER];
    while heard.len() < LONGEST_BANNER && !has_version(heard) {
        let room = LONGEST_BANNER - heard.len();
        match stream.read(&mut part[..room]).await? {
            0 => break,
            more => heard.extend_from_slice(&part[..more]),
        }
    }
    Ok(())
}

/// Whether a whole line begins with `SSH-`: a server may say other lines before it.
fn has_version(heard: &[u8]) -> bool {
    heard.split_inclusive(|byte| *byte == b'\n').any(|line| line.starts_with(b"SSH-") && line.ends_with(b"\n"))
}

/// The line that tells most, safe to print: SSH's version, else the first that is not empty.
fn banner(heard: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(heard);
    let lines = || text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines().find(|line| line.starts_with("SSH-")).or_else(|| lines().next()).map(clean)
}

fn of_error(error: &io::Error, host: IpAddr) -> Reach {
    match error.kind() {
        ErrorKind::ConnectionRefused => Reach::Refused,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => Reach::Reset,
        ErrorKind::TimedOut => Reach::TimedOut,
        _ => {
            tracing::debug!(%host, %error, "not reachable");
            Reach::Unreachable(clean(&error.to_string()))
        }
    }
}

/// Runs ssh with these arguments and nothing to read, in English, and ends it when it takes too long.
async fn try_login(program: &Path, arguments: &[OsString], patience: Duration) -> Result<LoginWords, Problem> {
    let refused = |error: &io::Error| {
        let program = clean(&program.display().to_string());
        Problem::local(TRY_LOGIN, LocalCause::System(program), clean(&error.to_string()))
    };
    let mut ssh = unasking(program, arguments).spawn().map_err(|error| refused(&error))?;
    let mut group = Group::of(&ssh);
    let (stdout, stderr) = (ssh.stdout.take(), ssh.stderr.take());
    let (mut out, mut words) = (Vec::new(), Vec::new());
    let status = {
        let reading = async { tokio::join!(keep(stdout, &mut out), keep(stderr, &mut words)) };
        tokio::pin!(reading);
        let ending = async {
            let ended = tokio::select! {
                ended = ssh.wait() => ended,
                _ = &mut reading => return ssh.wait().await,
            };
            let _ = timeout(LAST_WORDS, &mut reading).await;
            ended
        };
        timeout(patience, ending).await
    };
    let timed_out = status.is_err();
    let status = if let Ok(ended) = status {
        group.leave();
        ended.map_err(|error| refused(&error))?.code()
    } else {
        group.end();
        // A failure here leaves it to the drop.
        let _ = ssh.kill().await;
        None
    };
    words.extend_from_slice(&out);
    Ok(LoginWords { status, words: clean_lines(&String::from_utf8_lossy(&words)).trim().to_owned(), timed_out })
}

/// ssh with nothing to read, in English, and with nobody to ask.
fn unasking(program: &Path, arguments: &[OsString]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Its words are read, so they must be its own.
        .env("LC_ALL", "C")
        // `BatchMode` does not reach the ssh that a jump host takes, which would ask on the terminal that the dashboard
        // is on. So every question, passphrase, password and unknown host key alike, goes to a program that answers no.
        .env("SSH_ASKPASS_REQUIRE", "force")
        .env("SSH_ASKPASS", "false")
        .kill_on_drop(true);
    // All that it starts can be ended with it, and none of it can read from the terminal.
    #[cfg(unix)]
    command.process_group(0);
    command
}

/// What a program has started, itself included. It is ended when this is dropped before [`Group::leave`]: the dashboard
/// may be left meanwhile.
struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

#[cfg(unix)]
impl Group {
    /// Of a child that leads its own group and has not been waited for.
    fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self { leader: id.and_then(rustix::process::Pid::from_raw) }
    }

    /// The program has ended by itself: its number may soon be another's.
    fn leave(&mut self) {
        self.leader = None;
    }

    /// Ends all of it.
    fn end(&mut self) {
        if let Some(leader) = self.leader.take() {
            // Who has ended meanwhile needs no end.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(unix))]
#[allow(clippy::unused_self, clippy::needless_pass_by_ref_mut, reason = "there are no groups here")]
impl Group {
    fn of(_: &Child) -> Self {
        Self {}
    }

    fn leave(&mut self) {}

    fn end(&mut self) {}
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// Keeps the beginning of an output and reads the rest away, so that nobody waits for room in the pipe.
async fn keep(output: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut output) = output else { return };
    if (&mut output).take(MOST_WORDS).read_to_end(kept).await.is_ok() {
        let _ = tokio::io::copy(&mut output, &mut tokio::io::sink()).await;
    }
}

#[cfg(test)]
mod tests;
