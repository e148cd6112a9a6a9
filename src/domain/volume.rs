//! EBS volumes: kinds, limits, and what exists.

use jiff::Timestamp;

use super::id::{InstanceId, SnapshotId, VolumeId};

/// A volume type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VolumeKind {
    /// General purpose, the default: speed does not depend on size.
    #[default]
    Gp3,
    /// General purpose, older.
    Gp2,
    /// Provisioned IOPS, durable.
    Io2,
    /// Provisioned IOPS.
    Io1,
    /// Throughput-optimised disk; cannot be a root volume.
    St1,
    /// Cold disk; cannot be a root volume.
    Sc1,
    /// Magnetic, previous generation.
    Standard,
}

impl VolumeKind {
    /// In the order in which they are offered.
    pub const ALL: [Self; 7] = [Self::Gp3, Self::Gp2, Self::Io2, Self::Io1, Self::St1, Self::Sc1, Self::Standard];

    /// The API's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gp3 => "gp3",
            Self::Gp2 => "gp2",
            Self::Io2 => "io2",
            Self::Io1 => "io1",
            Self::St1 => "st1",
            Self::Sc1 => "sc1",
            Self::Standard => "standard",
        }
    }

    /// The kind with this API word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Least and most size, GiB (EC2 service model, `EbsBlockDevice.VolumeSize`, November 2026).
    #[must_use]
    pub fn size_limits(self) -> (u32, u32) {
        match self {
            Self::Gp3 => (1, 65_536),
            Self::Gp2 => (1, 16_384),
            Self::Io2 => (4, 65_536),
            Self::Io1 => (4, 16_384),
            Self::St1 | Self::Sc1 => (125, 16_384),
            Self::Standard => (1, 1_024),
        }
    }

    /// Least and most IOPS for a volume of `size_gib`, where the type has a setting.
    #[must_use]
    pub fn iops_limits(self, size_gib: u32) -> Option<(u32, u32)> {
        match self {
            Self::Gp3 => Some((3_000, size_gib.saturating_mul(500).clamp(3_000, 80_000))),
            Self::Io2 => Some((100, size_gib.saturating_mul(1_000).clamp(100, 256_000))),
            Self::Io1 => Some((100, size_gib.saturating_mul(50).clamp(100, 64_000))),
            _ => None,
        }
    }

    /// Whether IOPS must be given (there is no default).
    #[must_use]
    pub fn needs_iops(self) -> bool {
        matches!(self, Self::Io1 | Self::Io2)
    }

    /// Whether what its IOPS cost cannot be known: they are paid, and not told.
    #[must_use]
    pub fn lacks_iops(self, iops: Option<u32>) -> bool {
        self.needs_iops() && iops.is_none()
    }

    /// Least and most throughput, MiB/s, for that many IOPS, where the type has a setting.
    #[must_use]
    pub fn throughput_limits(self, iops: u32) -> Option<(u32, u32)> {
        (self == Self::Gp3).then(|| (125, (iops / 4).clamp(125, 2_000)))
    }

    /// Whether a server can start from it.
    #[must_use]
    pub fn is_bootable(self) -> bool {
        !matches!(self, Self::St1 | Self::Sc1)
    }

    /// Whether the free-tier allowance of older accounts counts it (gp2, gp3 and magnetic).
    #[must_use]
    pub fn counts_for_allowance(self) -> bool {
        matches!(self, Self::Gp3 | Self::Gp2 | Self::Standard)
    }
}

/// One volume as `DescribeVolumes` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The id.
    pub id: VolumeId,
    /// Size, GiB.
    pub size_gib: u32,
    /// Its type; `None` when this program does not know the word.
    pub kind: Option<VolumeKind>,
    /// IOPS, where the type has them.
    pub iops: Option<u32>,
    /// Throughput, MiB/s, where the type has it.
    pub throughput: Option<u32>,
    /// Encrypted at rest.
    pub encrypted: bool,
    /// The instance it is attached to.
    pub instance: Option<InstanceId>,
    /// The snapshot it came from.
    pub snapshot: Option<SnapshotId>,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// For example `ap-northeast-2a`.
    pub zone: String,
    /// Where it is in its life.
    pub state: VolumeState,
}

/// Where a volume is in its life, as far as that matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeState {
    /// `available`: attached to nothing, and ready to be attached.
    Available,
    /// `in-use`.
    InUse,
    /// `deleting` or `deleted`: listed for a moment longer.
    Gone,
    /// On its way, in error, or in a state that this program does not know.
    Other,
}

impl Volume {
    /// Whether the storage allowance counts it, as far as this program knows; one of an unknown kind is not ruled out.
    #[must_use]
    pub fn counts_for_allowance(&self) -> bool {
        self.state != VolumeState::Gone && self.kind.is_none_or(VolumeKind::counts_for_allowance)
    }

    /// What to call it: its name, or its id when it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.id.as_str())
    }
}
