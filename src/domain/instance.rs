//! An instance, its states, and what each state allows.

use std::net::{Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;

use super::id::{GroupId, ImageId, InstanceId, InterfaceId, SubnetId, VolumeId, VpcId};
use super::image::Architecture;
use super::tag::Tag;

/// One instance as `DescribeInstances` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The id.
    pub id: InstanceId,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// Where it is in its life.
    pub state: InstanceState,
    /// Why it changed state last (`StateReason`), in AWS's words.
    pub state_reason: Option<String>,
    /// For example `t3.micro`.
    pub instance_type: String,
    /// The image it was launched from; may be deregistered since.
    pub image: ImageId,
    /// Of its processor.
    pub architecture: Option<Architecture>,
    /// Linux or Windows.
    pub platform: Platform,
    /// AWS's own words, such as `Linux/UNIX`.
    pub platform_details: Option<String>,
    /// What is billed besides the machine, such as `RunInstances:0002` for Windows: the Price List's word for it.
    pub usage_operation: Option<String>,
    /// Hardware of its own: another price.
    pub dedicated: bool,
    /// Bought on the spot market: another price.
    pub spot: bool,
    /// For example `ap-northeast-2a`.
    pub zone: String,
    /// Its network.
    pub vpc: Option<VpcId>,
    /// Its subnet.
    pub subnet: Option<SubnetId>,
    /// Present public address, Elastic IP or not.
    pub public_ip: Option<Ipv4Addr>,
    /// Primary private address.
    pub private_ip: Option<Ipv4Addr>,
    /// IPv6 addresses of all interfaces.
    pub ipv6: Vec<Ipv6Addr>,
    /// Public DNS name, if the VPC gives one.
    pub public_dns: Option<String>,
    /// Private DNS name.
    pub private_dns: Option<String>,
    /// Name of the key pair it was launched with.
    pub key_name: Option<String>,
    /// Its security groups.
    pub groups: Vec<GroupRef>,
    /// Its volumes.
    pub volumes: Vec<AttachedVolume>,
    /// The image's root device name, for example `/dev/xvda`.
    pub root_device: Option<String>,
    /// All tags, `Name` included.
    pub tags: Vec<Tag>,
    /// Last launch or start.
    pub launched_at: Option<Timestamp>,
    /// When it stopped, of one that is stopped.
    pub stopped_at: Option<Timestamp>,
    /// Name of the IAM instance profile.
    pub iam_profile: Option<String>,
    /// Whether the metadata service demands tokens (IMDSv2).
    pub imds: Imds,
    /// Detailed (one-minute, paid) monitoring.
    pub detailed_monitoring: bool,
    /// Network interfaces, the primary one first.
    pub interfaces: Vec<Interface>,
    /// The `ClientToken` it was launched with: settles an unclear `RunInstances`.
    pub client_token: Option<String>,
}

impl Instance {
    /// What to call it: its name, or its id when it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.id.as_str())
    }
}

/// The low byte of EC2's state code, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceState {
    /// 0: being made.
    Pending,
    /// 16.
    Running,
    /// 64.
    Stopping,
    /// 80.
    Stopped,
    /// 32.
    ShuttingDown,
    /// 48: gone for good; still listed for about an hour.
    Terminated,
    /// A state that this program does not know.
    Unknown,
}

impl InstanceState {
    /// Whether it is on its way to another state, so that it is worth asking again soon.
    #[must_use]
    pub fn is_changing(self) -> bool {
        matches!(self, Self::Pending | Self::Stopping | Self::ShuttingDown)
    }

    /// Whether it runs, or will in a moment: a start that was asked for is as good as running to whoever counts money.
    #[must_use]
    pub fn runs_or_starts(self) -> bool {
        matches!(self, Self::Pending | Self::Running)
    }

    /// Whether it is gone or going.
    #[must_use]
    pub fn is_ending(self) -> bool {
        matches!(self, Self::ShuttingDown | Self::Terminated)
    }

    /// The text key of its name.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Pending => "state-pending",
            Self::Running => "state-running",
            Self::Stopping => "state-stopping",
            Self::Stopped => "state-stopped",
            Self::ShuttingDown => "state-shutting-down",
            Self::Terminated => "state-terminated",
            Self::Unknown => "state-unknown",
        }
    }
}

/// The system family that decides between SSH and RDP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Linux and other Unix systems: SSH, port 22.
    #[default]
    Linux,
    /// Windows: RDP, port 3389.
    Windows,
}

impl Platform {
    /// The port a person administers it through.
    #[must_use]
    pub fn admin_port(self) -> u16 {
        match self {
            Self::Linux => 22,
            Self::Windows => 3389,
        }
    }
}

/// A security group as an instance names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRef {
    /// The id.
    pub id: GroupId,
    /// The name.
    pub name: String,
}

/// A volume as an instance names it; sizes come from [`super::volume::Volume`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedVolume {
    /// For example `/dev/xvda`.
    pub device: String,
    /// The id.
    pub id: VolumeId,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}

/// A network interface of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The id.
    pub id: InterfaceId,
    /// Private addresses, the primary one first.
    pub private_ips: Vec<Ipv4Addr>,
    /// Its security groups.
    pub groups: Vec<GroupRef>,
}

/// How the instance metadata service answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Imds {
    /// Only with a token (IMDSv2).
    Required,
    /// With or without (IMDSv1 too).
    #[default]
    Optional,
    /// Not at all.
    Disabled,
}

/// Status checks of a running instance (`DescribeInstanceStatus`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceStatus {
    /// The instance.
    pub id: InstanceId,
    /// Network and power on AWS's side.
    pub system: CheckResult,
    /// The operating system answers.
    pub instance: CheckResult,
    /// Reboot, retirement and the like that AWS has announced, cleaned.
    pub events: Vec<String>,
}

impl InstanceStatus {
    /// How many of the two checks have passed.
    #[must_use]
    pub fn passed(&self) -> u8 {
        u8::from(self.system == CheckResult::Ok) + u8::from(self.instance == CheckResult::Ok)
    }

    /// Whether a check is still initialising.
    #[must_use]
    pub fn is_initializing(&self) -> bool {
        [self.system, self.instance].contains(&CheckResult::Initializing)
    }
}

/// One status check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckResult {
    /// Passed.
    Ok,
    /// Failed.
    Impaired,
    /// Not finished yet, one to five minutes after a start.
    Initializing,
    /// Not enough data, not applicable, or a word that this program does not know.
    Unknown,
}

/// What can be done to an instance with one call and no further question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceAction {
    /// `StartInstances`
    Start,
    /// `StopInstances`
    Stop,
    /// `RebootInstances`
    Reboot,
    /// `TerminateInstances`
    Terminate,
}

impl InstanceAction {
    /// Whether the state allows it (EC2 user guide, instance lifecycle).
    #[must_use]
    pub fn is_possible_in(self, state: InstanceState) -> bool {
        use InstanceState::{Pending, Running, Stopped, Stopping};
        match self {
            Self::Start => state == Stopped,
            Self::Stop | Self::Reboot => state == Running,
            Self::Terminate => matches!(state, Pending | Running | Stopping | Stopped),
        }
    }
}
