//! A timer on a new server itself, set by its user data: at an absolute moment the system shuts down, and EC2 then stops
//! or terminates the instance as its shutdown behaviour says. It needs no permission, and it depends on the server:
//! one that hangs, or whose image does not run user data, does not stop.
//!
//! On Linux, cloud-init runs a script at the first start. It leaves a systemd timer behind, which outlives reboots. The
//! timer names one moment in UTC and is not persistent, so that a server that was stopped by then and is started later
//! is left alone: whoever starts it again means it. The price is that a reboot that is under way at that very moment
//! lets it pass; the list then says that the server should have stopped.

mod linux;
mod mime;
mod windows;

use super::auto_stop::AutoStop;
use super::instance::Platform;
use super::launch_plan::UserData;
use super::limits::USER_DATA_BYTES;
use crate::text;
use crate::text::Text;

pub use self::mime::Parts;

/// What a person runs on a Linux server to take the timer off.
pub const OFF_LINUX: &str = "sudo /usr/local/sbin/ec2deck-auto-stop off";

/// What a person runs on a Windows server to take the timer off.
pub const OFF_WINDOWS: &str = "schtasks /Delete /TN ec2deck-auto-stop /F";

/// The name that everything on the server goes by; it is in no user data but this program's own.
pub const NAME: &str = "ec2deck-auto-stop";

/// What a person runs on a server to take the timer off.
#[must_use]
pub fn off(platform: Platform) -> &'static str {
    match platform {
        Platform::Linux => OFF_LINUX,
        Platform::Windows => OFF_WINDOWS,
    }
}

/// What a person runs on a server to shut it down in so many minutes: nothing that this program has set up.
#[must_use]
pub fn by_hand(platform: Platform, minutes: i64) -> String {
    match platform {
        Platform::Linux => format!("sudo shutdown -P +{minutes}"),
        Platform::Windows => format!("shutdown /s /t {}", minutes.saturating_mul(60)),
    }
}

/// Why a timer and a person's own user data do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerProblem {
    /// Windows takes one script only.
    Windows,
    /// The file is compressed.
    Compressed,
    /// The file is no text.
    Binary,
    /// cloud-init would not know what the first line means.
    UnknownKind,
    /// The file is MIME already and does not begin with its headers.
    OddMime,
    /// Together they are larger than what EC2 takes.
    TooLarge {
        /// All of it, bytes.
        total: usize,
        /// The file alone, bytes.
        own: usize,
    },
}

impl TimerProblem {
    /// The sentence for the person.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Windows => text!("timer-windows"),
            Self::Compressed => text!("timer-compressed"),
            Self::Binary => text!("timer-binary"),
            Self::UnknownKind => text!("timer-unknown-kind"),
            Self::OddMime => text!("timer-odd-mime"),
            Self::TooLarge { total, own } => {
                text!("timer-too-large", total = total, own = own, most = USER_DATA_BYTES)
            }
        }
    }
}

/// User data with the timer in it, and the person's own beside it: what stands before and behind theirs.
///
/// # Errors
/// See [`TimerProblem`].
pub fn parts(auto_stop: &AutoStop, platform: Platform, own: Option<&UserData>) -> Result<Parts, TimerProblem> {
    let parts = match (platform, own) {
        (Platform::Windows, Some(_)) => return Err(TimerProblem::Windows),
        (Platform::Windows, None) => Parts::alone(windows::script(auto_stop)),
        (Platform::Linux, None) => Parts::alone(linux::script(auto_stop)),
        (Platform::Linux, Some(own)) => mime::around(&linux::script(auto_stop), own.as_bytes())?,
    };
    let total = parts.together(own).as_bytes().len();
    if total > USER_DATA_BYTES {
        return Err(TimerProblem::TooLarge { total, own: own.map_or(0, |own| own.as_bytes().len()) });
    }
    Ok(parts)
}
