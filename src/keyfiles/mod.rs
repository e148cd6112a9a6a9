//! Private keys on this machine: made and written before AWS hears of them, found again, and told apart by
//! fingerprint.
//!
//! Everything here reads and writes files and may take seconds (an RSA key): call it on a blocking thread. Private
//! bytes live only in memory that is wiped, and appear in no error, log or `Debug`.

pub mod fingerprint;
mod generate;
mod pem;
mod scan;

use std::path::PathBuf;

pub use generate::generate;
pub use scan::{read, scan};

/// Where keys are kept unless `--key-dir` says otherwise: `~/.ssh`.
#[must_use]
pub fn default_folder() -> PathBuf {
    crate::platform::folders::ssh()
}
