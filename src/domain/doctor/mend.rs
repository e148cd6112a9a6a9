//! What mends a finding, as data: keys and steps are bound to it elsewhere.

use std::path::PathBuf;

use crate::text;
use crate::text::Text;

/// What mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Start the instance.
    Start,
    /// Nothing but time.
    Wait,
    /// Reboot the instance.
    Reboot,
    /// Stop and start it, so that it gets other hardware.
    StopAndStart,
    /// Allocate an Elastic IP, or take an idle one, and put it on the instance.
    GiveFixedAddress,
    /// Let the remembered host name the present address.
    RewriteHost,
    /// Add a rule for one's own present address, or move the one there is.
    AllowMyIp,
    /// Put the private key where it is looked for, or say where it is.
    FindKey,
    /// Convert a PuTTY key to a form that ssh reads.
    ConvertKey(PathBuf),
    /// Close the key file to everybody else.
    LockKey(PathBuf),
    /// Log in as this user.
    ChooseUser(String),
    /// Forget the host key that was remembered for this instance.
    ForgetHostKey,
}

impl Mend {
    /// What is to be done, as a phrase.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Start => text!("doctor-mend-start"),
            Self::Wait => text!("doctor-mend-wait"),
            Self::Reboot => text!("doctor-mend-reboot"),
            Self::StopAndStart => text!("doctor-mend-stop-and-start"),
            Self::GiveFixedAddress => text!("doctor-mend-fixed-address"),
            Self::RewriteHost => text!("doctor-mend-rewrite-host"),
            Self::AllowMyIp => text!("doctor-mend-allow-my-ip"),
            Self::FindKey => text!("doctor-mend-find-key"),
            Self::ConvertKey(_) => text!("doctor-mend-convert-key"),
            Self::LockKey(_) => text!("doctor-mend-lock-key"),
            Self::ChooseUser(user) => text!("doctor-mend-choose-user", user = user),
            Self::ForgetHostKey => text!("doctor-mend-forget-host-key"),
        }
    }

    /// Its name for programs; never changes.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Wait => "wait",
            Self::Reboot => "reboot",
            Self::StopAndStart => "stop-and-start",
            Self::GiveFixedAddress => "give-fixed-address",
            Self::RewriteHost => "rewrite-host",
            Self::AllowMyIp => "allow-my-ip",
            Self::FindKey => "find-key",
            Self::ConvertKey(_) => "convert-key",
            Self::LockKey(_) => "lock-key",
            Self::ChooseUser(_) => "choose-user",
            Self::ForgetHostKey => "forget-host-key",
        }
    }
}
