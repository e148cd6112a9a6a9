//! What went wrong, as data: the cloud's door and the key files make these, the screen words them.

use super::login::LoginProblem;
use super::remembered::SettingFault;

/// One failure, ready to be explained: what was tried, why it failed, what to do next, and the raw words under
/// "details".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The cause, as far as it is known; the texts for "why" and "next" follow from it.
    pub cause: Cause,
    /// The API operation or the local action, for example `RunInstances`.
    pub operation: String,
    /// The service's error code, cleaned; empty when there was no reply.
    pub code: String,
    /// The service's or the system's message, cleaned.
    pub message: String,
    /// The request id that AWS support asks for.
    pub request_id: Option<String>,
}

/// Why something failed: each is a sentence for the person, and a next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No credentials were found anywhere in the chain.
    NoCredentials,
    /// The session has ended (`ExpiredToken`, `RequestExpired`, an SSO token past its time).
    ExpiredCredentials,
    /// The keys are not accepted (`AuthFailure`, `InvalidClientTokenId`, `SignatureDoesNotMatch`).
    RejectedCredentials,
    /// The profile or its file cannot be used (a missing role, a damaged file).
    BadProfile,
    /// The region exists but is not enabled for the account, or not known.
    RegionNotEnabled,
    /// No answer: name resolution, connection, TLS or a time-out before anything was sent.
    Unreachable {
        /// The host that did not answer.
        host: String,
    },
    /// A write was sent and no reply came: whether it happened is not known.
    UnclearOutcome,
    /// These credentials lack a permission.
    NotAllowed {
        /// The IAM action, for example `ec2:RunInstances`.
        action: String,
    },
    /// AWS asks to slow down.
    Throttled,
    /// AWS's own side failed (5xx).
    ServiceFailed,
    /// Read-only mode: nothing was sent.
    ReadOnly,
    /// The reply could not be understood.
    Unreadable,
    /// Something on this machine: a file, a folder, the clipboard.
    Local(LocalCause),
    /// Another code of EC2; the table of known codes has a sentence for many.
    Service,
}

/// Why something on this machine failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalCause {
    /// The file exists already and is never replaced.
    FileExists(String),
    /// The path leads through a symbolic link.
    SymbolicLink(String),
    /// The system refused (permissions, full disk, missing folder); the message holds its words.
    System(String),
    /// Something other than a file is in a file's place.
    NotAFile(String),
    /// The file to write is the one to read.
    SameFile(String),
    /// The file belongs to somebody else.
    NotOurs(String),
    /// The file holds no key in any form that is understood.
    NotAKey(String),
    /// The file holds a public key where a private one is needed.
    PublicKeyOnly(String),
    /// The key file ends too early.
    TruncatedKey(String),
    /// The key file breaks the rules of its form; the message holds which.
    DamagedKey(String),
    /// The key file was changed after it was written: its checksum differs.
    ChangedKey(String),
    /// The key file is encrypted, and no passphrase was given.
    NeedsPassphrase(String),
    /// The key file is encrypted with another passphrase.
    WrongPassphrase(String),
    /// A key file was to be encrypted with an empty passphrase.
    EmptyPassphrase,
    /// Opening the key file would take more memory or time than it may.
    TooCostlyKey(String),
    /// EC2 takes RSA and ed25519 keys only; the message names the kind that this is.
    NotForEc2(String),
    /// The key file's form, algorithm or cipher is not understood; the message names it, such as `ssh-dss`.
    UnsupportedKey(String),
    /// The password was encrypted for another key than this file's.
    WrongKey(String),
    /// Only an RSA key opens a password, and the file holds another kind.
    NotRsa(String),
    /// A file is larger than what EC2 takes.
    TooLarge {
        /// The file.
        path: String,
        /// The most it may hold, in bytes.
        limit: usize,
    },
    /// Something that may not be handed to ssh.
    Login(LoginProblem),
    /// A program that is not installed.
    NoProgram(String),
    /// The settings file holds a mistake.
    Setting {
        /// The file.
        path: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong there.
        fault: SettingFault,
    },
}

impl Problem {
    /// A failure on this machine.
    pub fn local(operation: impl Into<String>, cause: LocalCause, message: impl Into<String>) -> Self {
        Self {
            cause: Cause::Local(cause),
            operation: operation.into(),
            code: String::new(),
            message: message.into(),
            request_id: None,
        }
    }

    /// Whether the service answered with this code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// Whether a write may have happened although it seems to have failed.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        matches!(self.cause, Cause::UnclearOutcome | Cause::Unreadable | Cause::ServiceFailed)
    }

    /// Whether a passphrase, or another one, would open the file.
    #[must_use]
    pub fn wants_passphrase(&self) -> bool {
        matches!(self.cause, Cause::Local(LocalCause::NeedsPassphrase(_) | LocalCause::WrongPassphrase(_)))
    }

    /// Whether a resource that was just created is not visible yet (EC2 is eventually consistent).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.code.ends_with(".NotFound") || self.is("ResourceNotFoundException")
    }
}
