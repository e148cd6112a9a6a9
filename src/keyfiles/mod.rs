//! Private keys on this machine: made and written before AWS hears of them, found again, and told apart by
//! fingerprint.
//!
//! Everything here reads and writes files and may take seconds (an RSA key): call it on a blocking thread. Private
//! bytes live only in memory that is wiped, and appear in no error, log or `Debug`.

mod armour;
mod convert;
mod error;
pub mod fingerprint;
mod generate;
mod legacy;
mod lock;
mod material;
mod one_time;
mod openssh;
mod password;
mod pem;
mod ppk;
mod private;
mod public;
mod scan;
mod source;
mod store;
#[cfg(test)]
mod tools;
mod wire;

use std::path::PathBuf;

pub use convert::{ConvertRequest, Converted, convert};
pub use generate::generate;
pub use lock::lock_down;
pub use one_time::{make_one_time_key, remove_one_time_key};
pub use password::decrypt_password;
pub use public::public_half;
pub use scan::{read, scan};

/// Where keys are kept unless `--key-dir` says otherwise: `~/.ssh`.
#[must_use]
pub fn default_folder() -> PathBuf {
    crate::platform::folders::ssh()
}
