//! A key that is made for one connection: EC2 Instance Connect lets it in for a minute.

use std::path::PathBuf;

/// Where the private half is, and the public one. The private half is only in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeKey {
    /// The private key's file, closed to others; it is removed as soon as the connection has ended or failed.
    pub path: PathBuf,
    /// The public half: algorithm and base64.
    pub public_key: String,
}
