//! Whether an instance takes keys from EC2 Instance Connect: it needs an agent, which some images have from the start.
//!
//! Source: EC2 User Guide, "Install EC2 Instance Connect": Amazon Linux 2023, Amazon Linux 2 from 2.0.20190618, Ubuntu
//! from 20.04.

use super::image::Image;
use super::image_family::ImageFamily;
use super::instance::Platform;

/// The first Amazon Linux 2 with the agent, a date.
const FIRST_AMAZON_LINUX_2: u32 = 20_190_618;
/// The first Ubuntu with the agent.
const FIRST_UBUNTU: (u32, u32) = (20, 4);

/// What is known of the agent, from the image alone: it may have been installed or removed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agent {
    /// The image has it.
    There,
    /// The image mostly has it: minimal ones do not.
    Mostly,
    /// The image may lack it.
    MayLack,
    /// There is none for this system.
    Never,
}

impl Agent {
    /// What an instance of this image has; with an image that is gone, nothing but its platform is known.
    #[must_use]
    pub fn of(image: Option<&Image>, platform: Platform) -> Self {
        let family = ImageFamily::of_image(image, platform);
        let name = image.map(|image| image.name.as_str()).unwrap_or_default();
        match family {
            ImageFamily::Windows => Self::Never,
            ImageFamily::AmazonLinux2023 => Self::There,
            ImageFamily::AmazonLinux2 if date_of(name).is_none_or(|date| date >= FIRST_AMAZON_LINUX_2) => Self::There,
            ImageFamily::Ubuntu if release_of(name).is_some_and(|release| release >= FIRST_UBUNTU) => Self::Mostly,
            _ => Self::MayLack,
        }
    }
}

/// The date in `amzn2-ami-hvm-2.0.20190508-x86_64-gp2`.
fn date_of(name: &str) -> Option<u32> {
    name.split(['-', '.']).filter(|word| word.len() == 8).find_map(|word| word.parse().ok())
}

/// The release in `ubuntu-noble-24.04-amd64-server`.
fn release_of(name: &str) -> Option<(u32, u32)> {
    name.split(['-', '/', ' ', '_']).find_map(|word| {
        let (year, month) = word.split_once('.')?;
        Some((year.parse().ok()?, month.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_release_and_date() {
        for (name, release) in [
            ("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260101", Some((24, 4))),
            ("ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-1", Some((18, 4))),
            ("my own ubuntu", None),
        ] {
            assert_eq!(release_of(name), release, "{name}");
        }
        assert_eq!(date_of("amzn2-ami-hvm-2.0.20190508-x86_64-gp2"), Some(20_190_508));
        assert_eq!(date_of("amzn2-ami-mine"), None);
    }

    #[test]
    fn an_image_that_is_gone_may_lack_the_agent_and_windows_has_none() {
        assert_eq!(Agent::of(None, Platform::Linux), Agent::MayLack);
        assert_eq!(Agent::of(None, Platform::Windows), Agent::Never);
    }
}
