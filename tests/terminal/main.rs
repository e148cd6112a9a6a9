//! The program as the system sees it: what it answers to bad input, and that it leaves the terminal as it found it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and may print"
)]

mod bad_input;
mod connect;
mod convert_key;
mod doctor;
#[cfg(unix)]
mod guard;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod restored;
