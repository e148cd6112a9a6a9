//! Being asked to end from outside the terminal.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::runtime::Handle;
use tokio::sync::Notify;

/// Whether the task that listens is there.
static LISTENING: AtomicBool = AtomicBool::new(false);

/// Holds a request to end until somebody waits for it.
static ASKED: Notify = Notify::const_new();

/// How many programs have the terminal at this moment: Ctrl-C is theirs then.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// While this lives, an interrupt is not a request to end: it is meant for the program that has the terminal.
#[derive(Debug)]
pub struct HeldInterrupts(());

impl Drop for HeldInterrupts {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Leaves interrupts to the program that has the terminal.
#[must_use]
pub fn hold_interrupts() -> HeldInterrupts {
    HELD.fetch_add(1, Ordering::SeqCst);
    HeldInterrupts(())
}

/// What the system asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    Interrupt,
    End,
}

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
                    let request = signals.next().await;
                    if request == Request::End || HELD.load(Ordering::SeqCst) == 0 {
                        ASKED.notify_one();
                    }
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

    async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.terminate.recv() => Request::End,
            _ = self.hang_up.recv() => Request::End,
            _ = self.interrupt.recv() => Request::Interrupt,
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

    async fn next(&mut self) -> Request {
        tokio::select! {
            _ = self.interrupt.recv() => Request::Interrupt,
            _ = self.stop.recv() => Request::Interrupt,
            _ = self.close.recv() => Request::End,
            _ = self.shutdown.recv() => Request::End,
        }
    }
}
