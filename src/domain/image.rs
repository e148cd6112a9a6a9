//! Machine images (AMIs), the quick-start families, and who logs in to them.

use jiff::Timestamp;

use super::id::{ImageId, SnapshotId};
use super::image_family::ImageFamily;
use super::instance::Platform;
use super::volume::VolumeKind;

/// A processor family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Architecture {
    /// Intel and AMD, 64 bit.
    #[default]
    X86_64,
    /// Graviton.
    Arm64,
    /// 32-bit Intel and Apple hardware: shown, never offered.
    Other,
}

impl Architecture {
    /// The API's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
            Self::Other => "other",
        }
    }
}

/// One image as `DescribeImages` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The id, valid in this region only.
    pub id: ImageId,
    /// Its name, cleaned.
    pub name: String,
    /// Its description, cleaned.
    pub description: Option<String>,
    /// The account that owns it.
    pub owner: String,
    /// `amazon`, `aws-marketplace` or nothing.
    pub owner_alias: Option<String>,
    /// Processor family it runs on.
    pub architecture: Architecture,
    /// Linux or Windows.
    pub platform: Platform,
    /// AWS's own words, such as `Linux/UNIX`.
    pub platform_details: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When its owner marks it as too old; it can still be launched by id.
    pub deprecated: Option<Timestamp>,
    /// The name under which the root volume must be mapped: another name silently adds a second disk.
    pub root_device: String,
    /// Volumes that the image brings.
    pub mappings: Vec<ImageMapping>,
    /// The account's own mark, if the API gives one.
    pub free_tier_eligible: Option<bool>,
    /// Whether anybody may launch it.
    pub public: bool,
}

/// A volume that an image brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageMapping {
    /// For example `/dev/xvda`.
    pub device: String,
    /// The snapshot's size, the least the volume can have.
    pub size_gib: u32,
    /// What the image asks for.
    pub kind: VolumeKind,
    /// Where the content comes from.
    pub snapshot: Option<SnapshotId>,
    /// Whether the snapshot is encrypted: then the volume is, too.
    pub encrypted: bool,
}

impl Image {
    /// The root volume's mapping.
    #[must_use]
    pub fn root(&self) -> Option<&ImageMapping> {
        self.mappings.iter().find(|mapping| mapping.device == self.root_device)
    }

    /// The least size of the root volume, GiB.
    #[must_use]
    pub fn least_root_gib(&self) -> u32 {
        self.root().map_or(1, |root| root.size_gib.max(1))
    }

    /// Who logs in, guessed from owner and name (EC2 user guide, "default user name for your AMI").
    #[must_use]
    pub fn login_user(&self) -> &'static str {
        login_user(&self.owner, &self.name, self.platform)
    }
}

/// Canonical's account.
pub const OWNER_CANONICAL: &str = "099720109477";
/// Debian's account.
pub const OWNER_DEBIAN: &str = "136693071363";
/// The alias of Amazon's own accounts.
pub const OWNER_AMAZON: &str = "amazon";

/// Who logs in to an image with this owner and name.
#[must_use]
pub fn login_user(owner: &str, name: &str, platform: Platform) -> &'static str {
    ImageFamily::of(owner, name, platform).default_user()
}

/// The images that the first launch step offers. A fixed list, as the console's own is: no API serves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuickStart {
    /// Amazon's own current Linux; the default.
    #[default]
    AmazonLinux2023,
    /// Ubuntu 24.04 LTS.
    Ubuntu2404,
    /// Ubuntu 22.04 LTS.
    Ubuntu2204,
    /// Debian 13.
    Debian13,
    /// Debian 12.
    Debian12,
    /// Amazon's older Linux.
    AmazonLinux2,
    /// Windows Server 2025.
    Windows2025,
    /// Windows Server 2022.
    Windows2022,
}

impl QuickStart {
    /// In the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::AmazonLinux2023,
        Self::Ubuntu2404,
        Self::Ubuntu2204,
        Self::Debian13,
        Self::Debian12,
        Self::AmazonLinux2,
        Self::Windows2025,
        Self::Windows2022,
    ];

    /// Its proper name, the same in every language.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AmazonLinux2023 => "Amazon Linux 2023",
            Self::Ubuntu2404 => "Ubuntu 24.04 LTS",
            Self::Ubuntu2204 => "Ubuntu 22.04 LTS",
            Self::Debian13 => "Debian 13",
            Self::Debian12 => "Debian 12",
            Self::AmazonLinux2 => "Amazon Linux 2",
            Self::Windows2025 => "Windows Server 2025",
            Self::Windows2022 => "Windows Server 2022",
        }
    }

    /// The owner that `DescribeImages` is asked for: without one, anybody's image of that name would match.
    #[must_use]
    pub fn owner(self) -> &'static str {
        match self {
            Self::Ubuntu2404 | Self::Ubuntu2204 => OWNER_CANONICAL,
            Self::Debian13 | Self::Debian12 => OWNER_DEBIAN,
            _ => OWNER_AMAZON,
        }
    }

    /// The name patterns (`*` is any text), the preferred one first; later ones are asked when no image has the first.
    #[must_use]
    pub fn name_patterns(self, architecture: Architecture) -> Vec<String> {
        let amazon = architecture.as_str();
        let deb = if architecture == Architecture::Arm64 { "arm64" } else { "amd64" };
        match self {
            Self::AmazonLinux2023 => vec![format!("al2023-ami-2023.*-{amazon}")],
            Self::AmazonLinux2 => {
                vec![format!("amzn2-ami-kernel-5.10-hvm-2.*-{amazon}-gp2"), format!("amzn2-ami-hvm-2.*-{amazon}-gp2")]
            }
            Self::Ubuntu2404 => vec![format!("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{deb}-server-*")],
            Self::Ubuntu2204 => vec![format!("ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-{deb}-server-*")],
            Self::Debian13 => vec![format!("debian-13-{deb}-*")],
            Self::Debian12 => vec![format!("debian-12-{deb}-*")],
            Self::Windows2025 => vec!["Windows_Server-2025-English-Full-Base-*".to_owned()],
            Self::Windows2022 => vec!["Windows_Server-2022-English-Full-Base-*".to_owned()],
        }
    }

    /// Whether it exists for the processor family at all.
    #[must_use]
    pub fn exists_for(self, architecture: Architecture) -> bool {
        match architecture {
            Architecture::X86_64 => true,
            Architecture::Arm64 => self.platform() == Platform::Linux,
            Architecture::Other => false,
        }
    }

    /// Linux or Windows.
    #[must_use]
    pub fn platform(self) -> Platform {
        match self {
            Self::Windows2025 | Self::Windows2022 => Platform::Windows,
            _ => Platform::Linux,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_users_follow_the_guide() {
        for (owner, name, user) in [
            ("amazon", "al2023-ami-2023.6.20250101.0-kernel-6.1-x86_64", "ec2-user"),
            (OWNER_CANONICAL, "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260101", "ubuntu"),
            (OWNER_DEBIAN, "debian-13-amd64-20260101-1", "admin"),
            ("amazon", "Windows_Server-2022-English-Full-Base-2026.01.01", "Administrator"),
            ("123456789012", "my-golden-image", "ec2-user"),
        ] {
            assert_eq!(login_user(owner, name, Platform::Linux), user, "{name}");
        }
    }
}
