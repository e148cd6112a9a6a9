//! One instance of the demo account: what it is and how it moves through its life, as the EC2 user guide's lifecycle
//! page has it.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types;
use jiff::{SignedDuration, Timestamp};

use super::tags::Tags;

/// How long each change takes.
const BOOT: SignedDuration = SignedDuration::from_secs(6);
const HALT: SignedDuration = SignedDuration::from_secs(5);
/// From running to both status checks passed.
const CHECKS: SignedDuration = SignedDuration::from_secs(40);
/// How long a terminated instance is still listed.
const MEMORY: SignedDuration = SignedDuration::from_hours(1);

/// Where an instance is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Starting.
    Pending,
    /// Up.
    Running,
    /// On its way down.
    Stopping,
    /// Down.
    Stopped,
    /// On its way to its end.
    ShuttingDown,
    /// Gone.
    Terminated,
}

/// A volume as its instance knows it.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    /// For example `/dev/xvda`.
    pub device: String,
    /// The volume.
    pub volume: String,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
    /// Since when.
    pub attached: Timestamp,
}

/// One instance.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "EC2's own independent switches")]
pub(super) struct Instance {
    /// The id.
    pub id: String,
    /// The `RunInstances` call it came from.
    pub reservation: String,
    /// Its place in that call.
    pub launch_index: i32,
    /// The image.
    pub image: String,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// AWS's words for the platform.
    pub platform_details: String,
    /// The root volume's name.
    pub root_device: String,
    /// For example `t3.micro`.
    pub kind: String,
    /// The key pair it was launched with.
    pub key: Option<String>,
    /// Its subnet.
    pub subnet: String,
    /// Its zone.
    pub zone: String,
    /// Its private address, kept for life.
    pub private_ip: Ipv4Addr,
    /// Its network interface.
    pub interface: String,
    /// The interface's own tags.
    pub interface_tags: Tags,
    /// Its security groups.
    pub groups: Vec<String>,
    /// Whether it gets a public address at each start.
    pub wants_public: bool,
    /// The public address of this run, Elastic IPs apart.
    pub public_ip: Option<Ipv4Addr>,
    /// Where it is in its life.
    pub phase: Phase,
    /// Since when.
    pub since: Timestamp,
    /// Last launch or start.
    pub launched: Timestamp,
    /// Code and message of the last change.
    pub reason: Option<(String, String)>,
    /// Its volumes.
    pub disks: Vec<Disk>,
    /// Its tags.
    pub tags: Tags,
    /// Name of the instance profile.
    pub profile: Option<String>,
    /// Whether the metadata service demands tokens.
    pub tokens_required: bool,
    /// Whether the metadata service answers at all.
    pub metadata_enabled: bool,
    /// One-minute monitoring.
    pub monitoring: bool,
    /// Refuses termination.
    pub protected: bool,
    /// Refuses to be stopped.
    pub stop_protected: bool,
    /// `stop` or `terminate`.
    pub shutdown_behavior: String,
    /// Base64.
    pub user_data: Option<String>,
    /// `standard` or `unlimited`, T types only.
    pub credits: Option<String>,
    /// What it was launched with.
    pub client_token: Option<String>,
    /// Whether its operating system does not answer the status check, until the next boot.
    pub impaired: bool,
    /// When its own timer shuts it down.
    pub timer: Option<Timestamp>,
    /// What it prints on its console instead of the usual.
    pub console: Option<String>,
}

impl Phase {
    /// EC2's state code.
    pub fn code(self) -> i32 {
        match self {
            Self::Pending => 0,
            Self::Running => 16,
            Self::ShuttingDown => 32,
            Self::Terminated => 48,
            Self::Stopping => 64,
            Self::Stopped => 80,
        }
    }

    /// EC2's word.
    pub fn name(self) -> types::InstanceStateName {
        match self {
            Self::Pending => types::InstanceStateName::Pending,
            Self::Running => types::InstanceStateName::Running,
            Self::ShuttingDown => types::InstanceStateName::ShuttingDown,
            Self::Terminated => types::InstanceStateName::Terminated,
            Self::Stopping => types::InstanceStateName::Stopping,
            Self::Stopped => types::InstanceStateName::Stopped,
        }
    }

    /// As the SDK has it.
    pub fn to_sdk(self) -> types::InstanceState {
        types::InstanceState::builder().code(self.code()).name(self.name()).build()
    }
}

impl Instance {
    /// Moves on to what it is at `now`; tells whether it has just ended.
    pub fn settle(&mut self, now: Timestamp) -> bool {
        let (takes, next) = match self.phase {
            Phase::Pending => (BOOT, Phase::Running),
            Phase::Stopping => (HALT, Phase::Stopped),
            Phase::ShuttingDown => (HALT, Phase::Terminated),
            _ => return false,
        };
        let due = self.since.saturating_add(takes).unwrap_or(Timestamp::MAX);
        if now < due {
            return false;
        }
        self.phase = next;
        self.since = due;
        if next == Phase::Running {
            self.reason = None;
        }
        next == Phase::Terminated
    }

    /// Begins another phase.
    pub fn enter(&mut self, phase: Phase, now: Timestamp) {
        self.phase = phase;
        self.since = now;
    }

    /// A boot begins: what hung hangs no more, and the console begins anew.
    pub fn boot(&mut self) {
        self.impaired = false;
        self.console = None;
    }

    /// Whether it ended so long ago that EC2 no longer lists it.
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) >= MEMORY
    }

    /// Whether its status checks have passed.
    pub fn checks_passed(&self, now: Timestamp) -> bool {
        self.phase == Phase::Running && !self.impaired && now.duration_since(self.since) >= CHECKS
    }

    /// Whether it still has network and disks.
    pub fn is_there(&self) -> bool {
        self.phase != Phase::Terminated
    }

    /// Whether it is Windows.
    pub fn is_windows(&self) -> bool {
        self.platform_details.starts_with("Windows")
    }

    /// Why it is not running, in EC2's older words.
    pub fn transition(&self) -> String {
        match (self.phase, &self.reason) {
            (Phase::Pending | Phase::Running, _) | (_, None) => String::new(),
            _ => format!("User initiated ({} GMT)", self.since.strftime("%Y-%m-%d %H:%M:%S")),
        }
    }
}
