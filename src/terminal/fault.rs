//! Faults on purpose, so that the tests can see the terminal come back from them. Only in debug builds: a release
//! build reads no such variable.

use std::cell::Cell;
use std::io;

/// What shall go wrong.
#[derive(Debug, Default)]
pub(super) struct Fault {
    startup: bool,
    panic: Cell<bool>,
}

impl Fault {
    /// Reads `EC2DECK_TEST_FAULT`: `startup` fails once the terminal has been taken, `panic` panics after the first
    /// frame.
    pub(super) fn from_environment() -> Self {
        let wanted = if cfg!(debug_assertions) { std::env::var("EC2DECK_TEST_FAULT").ok() } else { None };
        Self { startup: wanted.as_deref() == Some("startup"), panic: Cell::new(wanted.as_deref() == Some("panic")) }
    }

    pub(super) fn on_the_way_up(&self) -> io::Result<()> {
        if self.startup { Err(io::Error::other("a fault on purpose")) } else { Ok(()) }
    }

    pub(super) fn after_a_frame(&self) {
        assert!(!self.panic.replace(false), "a panic on purpose");
    }
}
