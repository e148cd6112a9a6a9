//! The words of `ec2deck convert-key`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::domain::key_pair::PpkVersion;

/// Convert a private key for PuTTY (.ppk), or a .ppk file back to PEM.
#[derive(Args, Clone, Debug)]
pub struct ConvertKey {
    /// The private key: PEM (PKCS#1, PKCS#8, SEC1), OpenSSH or .ppk
    #[arg(value_name = "IN")]
    pub from: PathBuf,

    /// The file to write: PEM or OpenSSH if IN is a .ppk file, else .ppk
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,

    /// Encrypt OUT with the passphrase in the first line of this file; - is standard input
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,

    /// Open IN with the passphrase in the first line of this file instead of asking; - is standard input
    #[arg(long, value_name = "FILE")]
    pub input_passphrase_file: Option<PathBuf>,

    /// Version of a .ppk file that is written: 2 is for PuTTY before 0.75
    #[arg(long, value_name = "VERSION", default_value = "3")]
    pub ppk_version: Version,

    /// Replace OUT if it exists
    #[arg(long)]
    pub force: bool,
}

/// [`PpkVersion`] as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Version {
    /// For PuTTY before 0.75.
    #[value(name = "2")]
    V2,
    /// The usual one.
    #[value(name = "3")]
    V3,
}

impl From<Version> for PpkVersion {
    fn from(version: Version) -> Self {
        match version {
            Version::V2 => Self::V2,
            Version::V3 => Self::V3,
        }
    }
}
