#[cfg(unix)]
mod sshd;

use std::net::Ipv4Addr;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket};

use super::*;

/// Long enough for a busy machine, where the end is not a time-out.
const PLENTY: Duration = Duration::from_secs(20);
/// For the cases that end in one.
const SHORT: Duration = Duration::from_millis(300);

fn loopback() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

/// What a probe finds when the listener does this with the first connection.
async fn met<F: Future<Output = ()>>(patience: Duration, meet: impl FnOnce(TcpStream) -> F) -> Reach {
    let listener = TcpListener::bind(loopback()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = async {
        let (connection, _) = listener.accept().await.unwrap();
        meet(connection).await;
    };
    tokio::join!(reach(address, patience), serving).0
}

#[tokio::test]
async fn a_greeting_is_told_safe_to_print() {
    for (sent, heard) in [
        ("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian-2"),
        ("Welcome\r\nSSH-2.0-Go\r\n", "SSH-2.0-Go"),
        ("\r\n220 mail\u{1b}[31m ESMTP\r\n", "220 mail\u{fffd}[31m ESMTP"),
        ("SSH-2.0-NoBreak", "SSH-2.0-NoBreak"),
    ] {
        let reach = met(PLENTY, |mut connection| async move { connection.write_all(sent.as_bytes()).await.unwrap() });
        assert_eq!(reach.await, Reach::Banner(heard.to_owned()), "{sent:?}");
    }
    let endless = met(PLENTY, |mut connection| async move {
        let _ = connection.write_all(&[b'x'; 10_000]).await;
    });
    assert_eq!(endless.await, Reach::Banner("x".repeat(LONGEST_BANNER)));
}

#[tokio::test]
async fn a_greeting_may_come_in_pieces() {
    let reach = met(PLENTY, |mut connection| async move {
        for piece in ["SS", "H-2.0-", "Slow\r", "\n"] {
            connection.write_all(piece.as_bytes()).await.unwrap();
            connection.flush().await.unwrap();
            tokio::task::yield_now().await;
        }
        // Stays open: it is the line's end that ends the waiting.
        let _ = connection.read(&mut [0; 1]).await;
    });
    assert_eq!(reach.await, Reach::Banner("SSH-2.0-Slow".to_owned()));
}

#[tokio::test]
async fn silence_ending_and_reset_are_told_apart() {
    let silent = met(SHORT, |mut connection| async move {
        // Until the probe hangs up.
        let _ = connection.read(&mut [0; 1]).await;
    });
    assert_eq!(silent.await, Reach::NoBanner);
    let ending = met(PLENTY, |connection| async move { drop(connection) });
    assert_eq!(ending.await, Reach::Closed);
    let reset = met(PLENTY, |connection| async move { connection.set_zero_linger().unwrap() });
    assert_eq!(reset.await, Reach::Reset);
}

#[tokio::test]
async fn a_closed_port_refuses() {
    let listener = TcpListener::bind(loopback()).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(reach(address, PLENTY).await, Reach::Refused);
}

#[tokio::test]
async fn who_listens_but_never_accepts_is_silent_and_then_deaf() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(loopback()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // The system accepts the first ones on the program's behalf.
    assert_eq!(reach(address, SHORT).await, Reach::NoBanner);
    // When its queue is full, Linux lets the next ones wait; others refuse them.
    let mut waiting = Vec::new();
    for _ in 0..8 {
        match timeout(SHORT, TcpStream::connect(address)).await {
            Ok(Ok(connection)) => waiting.push(connection),
            _ => break,
        }
    }
    let full = reach(address, SHORT).await;
    if cfg!(target_os = "linux") {
        assert_eq!(full, Reach::TimedOut);
    }
    drop(listener);
}

#[tokio::test]
async fn the_systems_own_words_are_kept_where_they_tell_more() {
    let words = Reach::Unreachable("Network is unreachable".to_owned());
    let host = IpAddr::from(Ipv4Addr::LOCALHOST);
    assert_eq!(of_error(&io::Error::new(ErrorKind::NetworkUnreachable, "Network is unreachable"), host), words);
    assert_eq!(of_error(&io::Error::from(ErrorKind::TimedOut), host), Reach::TimedOut);
}

#[cfg(unix)]
mod programs {
    use super::*;

    async fn run(script: &str, patience: Duration) -> LoginWords {
        let arguments = ["-c".into(), script.into()];
        try_login(Path::new("/bin/sh"), &arguments, patience).await.unwrap()
    }

    #[tokio::test]
    async fn status_and_words_are_told() {
        let said = run("echo out; echo \"$LC_ALL \\033[31mred\" >&2; exit 255", PLENTY).await;
        assert_eq!(said, LoginWords { status: Some(255), words: "C red\nout".to_owned(), timed_out: false });
        let quiet = run("read -r x; exit 0", PLENTY).await;
        assert_eq!((quiet.status, quiet.words.as_str()), (Some(0), ""), "there is nothing to read");
    }

    #[tokio::test]
    async fn what_takes_too_long_is_ended_and_what_it_said_is_kept() {
        let said = run("echo first >&2; exec sleep 1000", SHORT).await;
        assert!(said.timed_out && said.status.is_none(), "{said:?}");
        assert_eq!(said.words, "first");
    }

    #[tokio::test]
    async fn nobody_is_asked_on_the_terminal() {
        let said = run("echo \"$SSH_ASKPASS_REQUIRE $SSH_ASKPASS\"; ps -o pgid= -p $$; echo $$", PLENTY).await;
        let words: Vec<&str> = said.words.split_whitespace().collect();
        assert_eq!(words[..2], ["force", "false"], "{said:?}");
        // Where there is a `ps`.
        if let [_, _, group, own] = words[..] {
            assert_eq!(group, own, "it leads a group of its own");
        }
    }

    #[tokio::test]
    async fn what_it_started_ends_with_it() {
        for dropped in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("pid");
            let script = format!("sleep 1000 & echo $! > '{}'; wait", file.display());
            if dropped {
                assert!(tokio::time::timeout(SHORT, run(&script, PLENTY)).await.is_err());
            } else {
                assert!(run(&script, SHORT).await.timed_out);
            }
            let started = std::fs::read_to_string(&file).unwrap();
            assert!(ends(started.trim()).await, "{started}");
        }
    }

    /// Whether the process is gone soon, or only waits to be collected.
    async fn ends(pid: &str) -> bool {
        for _ in 0..100 {
            let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", pid]).output().unwrap();
            let state = String::from_utf8_lossy(&state.stdout);
            if state.trim().is_empty() || state.trim().starts_with('Z') {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    #[tokio::test]
    async fn a_process_left_behind_is_not_waited_for() {
        let said = run("sleep 1000 & echo $!; exit 7", PLENTY).await;
        assert_eq!((said.status, said.timed_out), (Some(7), false));
        let left = said.words.trim().to_owned();
        assert!(std::process::Command::new("kill").arg(&left).status().unwrap().success(), "{left}");
    }

    #[tokio::test]
    async fn much_talk_blocks_nobody_and_is_cut() {
        let said = run("yes talk | head -c 1000000; exit 3", PLENTY).await;
        assert_eq!(said.status, Some(3));
        assert!(said.words.len() as u64 <= MOST_WORDS);
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_a_problem() {
        let problem = try_login(Path::new("/nowhere/ssh"), &[], PLENTY).await.unwrap_err();
        assert_eq!(problem.operation, TRY_LOGIN);
        assert!(
            matches!(problem.cause, crate::domain::problem::Cause::Local(LocalCause::System(path)) if path == "/nowhere/ssh")
        );
    }
}
