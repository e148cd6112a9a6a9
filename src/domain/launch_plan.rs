//! What a launch will create, complete and typed: what the seven forms yield and what Review shows is exactly what is
//! sent.

use std::fmt;

use super::auto_stop::Told;
use super::id::{GroupId, ImageId, SubnetId, VpcId};
use super::instance_type::CreditMode;
use super::key_pair::KeyKind;
use super::security_group::NewGroup;
use super::tag::Tag;
use super::volume::VolumeKind;

/// Everything that a launch needs, in the order of the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchPlan {
    /// The image.
    pub image: ImageId,
    /// For example `t3.micro`.
    pub instance_type: String,
    /// For T types: what happens when the credits are used up; `None` leaves it to EC2.
    pub credit_mode: Option<CreditMode>,
    /// How many, at least 1.
    pub count: u16,
    /// `None`: EC2 picks a subnet of the default VPC.
    pub subnet: Option<SubnetId>,
    /// The VPC that the subnet is in; `None`: the default one.
    pub vpc: Option<VpcId>,
    /// A public address, none, or as the subnet says.
    pub public_ip: PublicIp,
    /// Name of an IAM instance profile.
    pub iam_profile: Option<String>,
    /// What an operating system shutdown does.
    pub shutdown: ShutdownBehavior,
    /// Refuse termination until it is switched off.
    pub termination_protection: bool,
    /// One-minute monitoring, which costs money.
    pub detailed_monitoring: bool,
    /// Whether the metadata service demands tokens.
    pub imdsv2_required: bool,
    /// Runs at first boot, the timer of `auto_stop` included.
    pub user_data: Option<UserData>,
    /// What the timer in `user_data` does, and when: told by a tag of the instance.
    pub auto_stop: Option<Told>,
    /// Root volume first.
    pub volumes: Vec<NewVolume>,
    /// On instance, volumes and interfaces.
    pub tags: Vec<Tag>,
    /// A new group or existing ones.
    pub groups: GroupChoice,
    /// Who may log in.
    pub key: KeyChoice,
}

impl LaunchPlan {
    /// The tags of the instance itself: the chosen ones, and what tells its timer.
    #[must_use]
    pub fn instance_tags(&self) -> Vec<Tag> {
        self.tags.iter().cloned().chain(self.auto_stop.as_ref().map(Told::tag)).collect()
    }
}

/// Public address of the first interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicIp {
    /// As the subnet is set up.
    #[default]
    AsSubnet,
    /// Yes.
    Yes,
    /// No.
    No,
}

/// `InstanceInitiatedShutdownBehavior`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShutdownBehavior {
    /// The instance is stopped and can be started again.
    #[default]
    Stop,
    /// The instance is terminated.
    Terminate,
}

/// A volume that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVolume {
    /// Under the image's own name for the root volume: another name adds a second disk.
    pub device: String,
    /// GiB.
    pub size_gib: u32,
    /// Type.
    pub kind: VolumeKind,
    /// Where the type has them and the person set them.
    pub iops: Option<u32>,
    /// MiB/s, where the type has it and the person set it.
    pub throughput: Option<u32>,
    /// With the account's default key. `false` leaves it to snapshot and account defaults.
    pub encrypted: bool,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}

/// Security groups of a launch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupChoice {
    /// Made for this launch.
    New(NewGroup),
    /// Existing ones, at least one.
    Existing(Vec<GroupId>),
}

/// The key pair of a launch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyChoice {
    /// One that AWS has, by name.
    Existing(String),
    /// Generated on this machine, only its public half is imported.
    New {
        /// Name of the key pair, and of the file.
        name: String,
        /// Algorithm.
        kind: KeyKind,
    },
    /// Nobody can log in with a key; the person said yes to that.
    None,
}

/// A script for first boot; may hold secrets, so Debug tells its length only.
#[derive(Clone, PartialEq, Eq)]
pub struct UserData(Vec<u8>);

impl UserData {
    /// The bytes as read from the file, before base64.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes before base64.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for UserData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserData({} bytes)", self.0.len())
    }
}

/// Makes a second `RunInstances` of the same plan return the first one's instances instead of more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientToken(String);

impl ClientToken {
    /// At most 64 ASCII characters, case-sensitive; the runtime makes them from a random UUID.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As the API takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
