//! Being asked to end from outside the terminal.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Handle;
use tokio::sync::Notify;

/// Whether the task that listens is there.
static LISTENING: AtomicBool = AtomicBool::new(false);

/// Holds a request to end until somebody waits for it.
static ASKED: Notify = Notify::const_new();

/// Starts to listen, once: from now on the signals of [`termination`] no longer kill the process. Taking the terminal
/// does this first, so that no moment is left in which a signal would leave it in raw mode. Does nothing outside a
/// tokio runtime.
///
/// Where the system refuses to listen, its own way of ending a program still works.
pub fn listen() {
    let Ok(runtime) = Handle::try_current() else { return };
    if LISTENING.swap(true, Ordering::SeqCst) {
        return;
    }
    match Signals::listen() {
        Ok(mut signals) => {
            runtime.spawn(async move {
                loop {
                    signals.next().await;
                    ASKED.notify_one();
                }
            });
        }
        Err(error) => tracing::warn!(%error, "signals cannot be listened to"),
    }
}

/// Waits until the system asks this program to end: SIGTERM, SIGHUP or SIGINT; on Windows Ctrl-C, Ctrl-Break, or the
/// console or the session being closed. A request that came since [`listen`] counts, and none is lost when this is
/// dropped and called anew.
pub async fn termination() {
    listen();
    ASKED.notified().await;
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    stop: tokio::signal::windows::CtrlBreak,
    close: tokio::signal::windows::CtrlClose,
    shutdown: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::windows;

        Ok(Self {
            interrupt: windows::ctrl_c()?,
            stop: windows::ctrl_break()?,
            close: windows::ctrl_close()?,
            shutdown: windows::ctrl_shutdown()?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.stop.recv() => {}
            _ = self.close.recv() => {}
            _ = self.shutdown.recv() => {}
        }
    }
}
