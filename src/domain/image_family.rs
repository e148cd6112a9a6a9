//! Families of images: who logs in is remembered by family, because the next image of it is the same in this.
//!
//! Source: EC2 User Guide, "Manage system users on your Linux instance" and "Error connecting to your instance"
//! (default user names).

use std::fmt;

use super::image::{Image, OWNER_CANONICAL, OWNER_DEBIAN};
use super::instance::Platform;

/// Red Hat's account.
const OWNER_RED_HAT: &str = "309956199498";
/// SUSE's account.
const OWNER_SUSE: &str = "013907871322";
/// The account of the Rocky Linux project.
const OWNER_ROCKY: &str = "792107900819";

/// A family of images.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImageFamily {
    /// Amazon Linux 2023.
    AmazonLinux2023,
    /// Amazon Linux 2.
    AmazonLinux2,
    /// Ubuntu, whoever has built on it.
    Ubuntu,
    /// Debian.
    Debian,
    /// Windows.
    Windows,
    /// Red Hat Enterprise Linux.
    RedHat,
    /// SUSE.
    Suse,
    /// `CentOS`.
    CentOs,
    /// Fedora.
    Fedora,
    /// Rocky Linux.
    Rocky,
    /// Bitnami, on whatever it is built.
    Bitnami,
    /// Everything else of one owner: an account's number, an alias, or nothing when the image is gone.
    Other(String),
}

/// All families with a name of their own.
const NAMED: [ImageFamily; 11] = [
    ImageFamily::AmazonLinux2023,
    ImageFamily::AmazonLinux2,
    ImageFamily::Ubuntu,
    ImageFamily::Debian,
    ImageFamily::Windows,
    ImageFamily::RedHat,
    ImageFamily::Suse,
    ImageFamily::CentOs,
    ImageFamily::Fedora,
    ImageFamily::Rocky,
    ImageFamily::Bitnami,
];

/// What stands before the owner in the word of [`ImageFamily::Other`].
const OTHER: &str = "other:";

impl ImageFamily {
    /// The family of an image, guessed from owner and name.
    #[must_use]
    pub fn of(owner: &str, name: &str, platform: Platform) -> Self {
        let name = name.to_ascii_lowercase();
        if platform == Platform::Windows || name.starts_with("windows") {
            return Self::Windows;
        }
        // What is built on another system comes before that system: Bitnami's images name their Debian, too.
        for (part, family) in [
            ("bitnami", Self::Bitnami),
            ("ubuntu", Self::Ubuntu),
            ("debian", Self::Debian),
            ("centos", Self::CentOs),
            ("fedora", Self::Fedora),
            ("rocky", Self::Rocky),
            ("rhel", Self::RedHat),
            ("suse", Self::Suse),
            ("al2023", Self::AmazonLinux2023),
            ("amzn2", Self::AmazonLinux2),
        ] {
            if name.contains(part) {
                return family;
            }
        }
        match owner {
            OWNER_CANONICAL => Self::Ubuntu,
            OWNER_DEBIAN => Self::Debian,
            OWNER_RED_HAT => Self::RedHat,
            OWNER_SUSE => Self::Suse,
            OWNER_ROCKY => Self::Rocky,
            owner => Self::Other(owner.to_owned()),
        }
    }

    /// The family of an instance's image; with an image that is gone, nothing but its platform is known.
    #[must_use]
    pub fn of_image(image: Option<&Image>, platform: Platform) -> Self {
        match image {
            Some(image) => Self::of(&image.owner, &image.name, image.platform),
            None => Self::of("", "", platform),
        }
    }

    /// Who may log in to a fresh instance, the likeliest first; never empty.
    #[must_use]
    pub fn default_users(&self) -> &'static [&'static str] {
        match self {
            Self::AmazonLinux2023 | Self::AmazonLinux2 | Self::Other(_) => &["ec2-user"],
            Self::Ubuntu => &["ubuntu"],
            Self::Debian => &["admin"],
            Self::Windows => &["Administrator"],
            Self::RedHat | Self::Suse => &["ec2-user", "root"],
            Self::CentOs => &["centos", "ec2-user"],
            Self::Fedora => &["fedora", "ec2-user"],
            Self::Rocky => &["rocky"],
            Self::Bitnami => &["bitnami"],
        }
    }

    /// The likeliest of [`Self::default_users`].
    #[must_use]
    pub fn default_user(&self) -> &'static str {
        self.default_users().first().copied().unwrap_or("ec2-user")
    }

    /// The family behind the word that [`fmt::Display`] writes; `None` for a word that is none.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word.strip_prefix(OTHER) {
            Some(owner) => {
                let plain = owner.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
                (plain && owner.len() <= 64).then(|| Self::Other(owner.to_owned()))
            }
            None => NAMED.iter().find(|family| family.word() == word).cloned(),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::AmazonLinux2023 => "al2023",
            Self::AmazonLinux2 => "al2",
            Self::Ubuntu => "ubuntu",
            Self::Debian => "debian",
            Self::Windows => "windows",
            Self::RedHat => "rhel",
            Self::Suse => "suse",
            Self::CentOs => "centos",
            Self::Fedora => "fedora",
            Self::Rocky => "rocky",
            Self::Bitnami => "bitnami",
            Self::Other(_) => OTHER,
        }
    }
}

/// The word by which it is remembered: `ubuntu`, `other:123456789012`.
impl fmt::Display for ImageFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(owner) => write!(f, "{OTHER}{owner}"),
            named => f.pad(named.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_images_family_decides_who_logs_in() {
        for (owner, name, word, user) in [
            ("amazon", "al2023-ami-2023.6.20250101.0-kernel-6.1-x86_64", "al2023", "ec2-user"),
            ("amazon", "amzn2-ami-kernel-5.10-hvm-2.0.20260101-x86_64-gp2", "al2", "ec2-user"),
            (OWNER_CANONICAL, "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-1", "ubuntu", "ubuntu"),
            (OWNER_DEBIAN, "debian-13-amd64-20260101-1", "debian", "admin"),
            ("amazon", "Windows_Server-2022-English-Full-Base-2026.01.01", "windows", "Administrator"),
            (OWNER_RED_HAT, "RHEL-9.4.0_HVM-20260101-x86_64", "rhel", "ec2-user"),
            (OWNER_SUSE, "suse-sles-15-sp6-v20260101-hvm-ssd-x86_64", "suse", "ec2-user"),
            ("125523088429", "CentOS Stream 9 x86_64", "centos", "centos"),
            ("125523088429", "Fedora-Cloud-Base-42", "fedora", "fedora"),
            (OWNER_ROCKY, "Rocky-9-EC2-Base-9.5", "rocky", "rocky"),
            ("979382823631", "bitnami-wordpress-6.7-linux-debian-12-x86_64", "bitnami", "bitnami"),
            ("123456789012", "my-golden-image", "other:123456789012", "ec2-user"),
        ] {
            let family = ImageFamily::of(owner, name, Platform::Linux);
            assert_eq!((family.to_string().as_str(), family.default_user()), (word, user), "{name}");
            assert_eq!(ImageFamily::parse(word), Some(family), "{word}");
        }
        assert_eq!(ImageFamily::of_image(None, Platform::Windows), ImageFamily::Windows);
        assert_eq!(ImageFamily::of_image(None, Platform::Linux).to_string(), "other:");
    }

    #[test]
    fn a_word_that_is_no_family_is_none() {
        for word in ["", "Ubuntu", "plan9", "other", "other:a b", "other:\n"] {
            assert_eq!(ImageFamily::parse(word), None, "{word:?}");
        }
    }

    #[test]
    fn every_family_comes_back_from_its_word() {
        for family in NAMED {
            assert_eq!(ImageFamily::parse(&family.to_string()), Some(family.clone()));
            assert!(!family.default_users().is_empty());
        }
    }
}
