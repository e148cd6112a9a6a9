//! A real terminal with a program in it: a thread drains what the program writes (it would block otherwise), and vt100
//! makes the screen of it.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

const SIZE: PtySize = PtySize { rows: 30, cols: 120, pixel_width: 0, pixel_height: 0 };

/// Longer than anything here takes on a busy machine; only a failing test waits that long.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Pty {
    parser: Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    // Closing it would hang the program up.
    master: Box<dyn MasterPty + Send>,
    /// Whether the program has been on the alternate screen, with the cursor hidden.
    pub(crate) took_the_screen: bool,
}

impl Pty {
    /// Runs a shell script in a terminal, with nothing of the caller's environment but these variables and a `PATH`.
    pub(crate) fn run(script: &str, home: &Path, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(SIZE).expect("the system has terminals");
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        command.env_clear();
        command.cwd(home);
        command.env("HOME", home);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_US.UTF-8");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("there is a shell");
        let mut from_program = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = from_program.read(&mut buffer) {
                if send.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            parser: Parser::new(SIZE.rows.try_into().unwrap(), SIZE.cols.try_into().unwrap(), 0),
            output,
            keys,
            child,
            master: pair.master,
            took_the_screen: false,
        }
    }

    /// Waits until the terminal does not show what is typed: a question may be on the screen a moment before.
    pub(crate) fn wait_until_silent(&self) {
        let name = self.master.tty_name().expect("the terminal has a name");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let terminal = std::fs::File::open(&name).unwrap();
            let modes = std::process::Command::new("stty").arg("-a").stdin(terminal).output().unwrap().stdout;
            if String::from_utf8_lossy(&modes).split_whitespace().any(|mode| mode == "-echo") {
                return;
            }
            assert!(Instant::now() < deadline, "the terminal still shows what is typed");
        }
    }

    /// Types these characters.
    pub(crate) fn type_keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// The screen as soon as `done` says so.
    pub(crate) fn wait_until(&mut self, what: &str, done: impl Fn(&Screen) -> bool) -> &Screen {
        let deadline = Instant::now() + PATIENCE;
        while !done(self.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                // Byte by byte: one chunk may hold the whole life of the program.
                Ok(bytes) => bytes.iter().for_each(|byte| {
                    self.parser.process(&[*byte]);
                    self.took_the_screen |=
                        self.parser.screen().alternate_screen() && self.parser.screen().hide_cursor();
                }),
                Err(why @ (RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)) => {
                    panic!("waiting for {what}: {why}; the screen:\n{}", self.parser.screen().contents())
                }
            }
        }
        self.parser.screen()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // The shell has ended when the test has passed; when it has not, nothing may be left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
