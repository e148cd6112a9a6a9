//! Check 7: the login user is the one that the image was made with.

use super::{Check, Finding, Looked, Mend, Service};
use crate::domain::image::Image;
use crate::text;

const CHECK: Check = Check::User;

/// Images that know more than one user (EC2 user guide, "Default user names"): what their name holds, and the users.
const OTHERS: &[(&str, &[&str])] = &[
    ("centos", &["centos", "ec2-user"]),
    ("fedora", &["fedora", "ec2-user"]),
    ("rhel", &["ec2-user", "root"]),
    ("red hat", &["ec2-user", "root"]),
    ("suse", &["ec2-user", "root"]),
    ("sles", &["ec2-user", "root"]),
    ("rocky", &["rocky", "ec2-user"]),
];

/// Looks at the user. `image` holds `None` when its owner has taken it back.
#[must_use]
pub fn check(service: Service, user: &str, image: Looked<Option<&Image>>) -> Finding {
    if service == Service::Rdp {
        return Finding::not_tried(CHECK, text!("doctor-user-rdp"));
    }
    let image = match image {
        Ok(Some(image)) => image,
        Ok(None) => return Finding::unknown(CHECK, text!("doctor-user-no-image", user = user)),
        Err(missing) => return Finding::blind(CHECK, &missing),
    };
    let usual = image.login_user();
    if user == usual || others(&image.name).contains(&user) {
        return Finding::good(CHECK, text!("doctor-user-fits", user = user, image = &image.name));
    }
    Finding::bad(CHECK, text!("doctor-user-other", user = user, usual = usual, image = &image.name))
        .mended_by(Mend::ChooseUser(usual.to_owned()))
}

fn others(image: &str) -> &'static [&'static str] {
    let name = image.to_ascii_lowercase();
    OTHERS.iter().find(|(part, _)| name.contains(part)).map_or(&[], |(_, users)| users)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::Verdict;
    use crate::domain::doctor::testing::{no_permission, shown};
    use crate::domain::id::ImageId;
    use crate::domain::image::Architecture;
    use crate::domain::instance::Platform;

    fn image(name: &str) -> Image {
        Image {
            id: ImageId::new("ami-1"),
            name: name.to_owned(),
            description: None,
            owner: "137112412989".to_owned(),
            owner_alias: Some("amazon".to_owned()),
            architecture: Architecture::X86_64,
            platform: Platform::Linux,
            platform_details: None,
            created: None,
            deprecated: None,
            root_device: "/dev/xvda".to_owned(),
            mappings: vec![],
            free_tier_eligible: None,
            public: true,
        }
    }

    #[test]
    fn the_user_is_held_against_the_image() {
        for (user, name, mend) in [
            ("ec2-user", "al2023-ami-2023.9", None),
            ("ubuntu", "al2023-ami-2023.9", Some("ec2-user")),
            ("ec2-user", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04", Some("ubuntu")),
            ("admin", "debian-13-amd64", None),
            ("root", "RHEL-9.4.0_HVM", None),
            ("ec2-user", "CentOS Stream 9", None),
            ("root", "al2023-ami-2023.9", Some("ec2-user")),
        ] {
            let finding = check(Service::Ssh, user, Ok(Some(&image(name))));
            let expected = if mend.is_some() { Verdict::Bad } else { Verdict::Good };
            assert_eq!(finding.verdict, expected, "{user} {name}");
            assert_eq!(finding.mend, mend.map(|user| Mend::ChooseUser(user.to_owned())), "{user} {name}");
            assert!(shown(&finding).contains(name) && shown(&finding).contains(user), "{}", shown(&finding));
        }
    }

    #[test]
    fn without_the_image_it_is_not_known() {
        let gone = check(Service::Ssh, "ec2-user", Ok(None));
        assert_eq!(gone.verdict, Verdict::Unknown);
        let blind = check(Service::Ssh, "ec2-user", Err(no_permission("ec2:DescribeImages")));
        assert!(shown(&blind).contains("ec2:DescribeImages"), "{}", shown(&blind));
        let rdp = check(Service::Rdp, "Administrator", Ok(None));
        assert_eq!(rdp.verdict, Verdict::NotTried);
        assert!(!shown(&rdp).is_empty());
    }
}
