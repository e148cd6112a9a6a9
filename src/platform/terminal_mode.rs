//! The mode of the terminal that this program was started from: whether it shows what is typed, and the like.

/// The mode at one moment.
#[derive(Debug)]
pub struct TerminalMode {
    #[cfg(unix)]
    saved: Option<(std::fs::File, rustix::termios::Termios)>,
}

#[cfg(unix)]
impl TerminalMode {
    /// The mode now. Without a terminal there is nothing to put back.
    #[must_use]
    pub fn now() -> Self {
        // Not standard input: that may be a file while the terminal is asked for a password.
        let terminal = std::fs::File::options().read(true).write(true).open("/dev/tty").ok();
        let saved = terminal.and_then(|terminal| Some((rustix::termios::tcgetattr(&terminal).ok()?, terminal)));
        Self { saved: saved.map(|(mode, terminal)| (terminal, mode)) }
    }

    /// Puts the terminal back into it. Reports nothing: a terminal that is gone cannot be mended.
    pub fn put_back(self) {
        let Some((terminal, mode)) = self.saved else { return };
        // In the background the terminal is somebody else's, and the system would stop whoever changes it.
        let ours = rustix::termios::tcgetpgrp(&terminal).is_ok_and(|front| front == rustix::process::getpgrp());
        if ours {
            let _ = rustix::termios::tcsetattr(&terminal, rustix::termios::OptionalActions::Now, &mode);
        }
    }
}

#[cfg(not(unix))]
impl TerminalMode {
    /// Nothing: a console of Windows is not changed by the programs that run here.
    #[must_use]
    pub fn now() -> Self {
        Self {}
    }

    /// Does nothing.
    pub fn put_back(self) {}
}
