//! Images of the demo account: the quick-start families in two versions, one image of the account's own, and a
//! stranger's image under Canonical's name, which is what a look-up without an owner would take.

use std::sync::LazyLock;

use aws_sdk_ec2::operation::describe_images::{DescribeImagesInput, DescribeImagesOutput};
use aws_sdk_ec2::types;
use jiff::Timestamp;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::regions::RegionRow;
use super::snapshots::Snapshot;
use super::table;
use super::tags::{Tags, to_sdk};
use super::world::{ACCOUNT, World, hash, scramble};

/// One image of the table.
#[derive(Clone, Debug)]
pub(super) struct ImageRow {
    /// The seed tables' short name.
    pub key: String,
    /// Its name in EC2.
    pub name: String,
    /// Its owner.
    pub owner: String,
    /// `amazon` or nothing.
    pub owner_alias: String,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// `Linux/UNIX` or `Windows`.
    pub platform_details: String,
    /// The root volume's name.
    pub root_device: String,
    /// The snapshot's size, GiB.
    pub root_gib: i32,
    /// The root volume's type.
    pub root_type: String,
    /// When it was made, as EC2 writes it.
    pub created: String,
    /// When it becomes deprecated, as EC2 writes it; may be empty.
    pub deprecated: String,
    /// Its description.
    pub description: String,
}

static IMAGES: LazyLock<Vec<ImageRow>> = LazyLock::new(|| {
    table::rows(include_str!("../../assets/demo/images.tsv"))
        .map(|row| ImageRow {
            key: row.text(0).to_owned(),
            name: row.text(1).to_owned(),
            owner: row.text(2).to_owned(),
            owner_alias: row.text(3).to_owned(),
            architecture: row.text(4).to_owned(),
            platform_details: row.text(5).to_owned(),
            root_device: row.text(6).to_owned(),
            root_gib: row.text(7).parse().unwrap_or_default(),
            root_type: row.text(8).to_owned(),
            created: row.text(9).to_owned(),
            deprecated: row.text(10).to_owned(),
            description: row.text(11).to_owned(),
        })
        .collect()
});

/// The image with this short name.
pub(super) fn by_key(key: &str) -> Option<&'static ImageRow> {
    IMAGES.iter().find(|image| image.key == key)
}

/// The image with this id in the region.
pub(super) fn by_id(region: &RegionRow, id: &str) -> Option<&'static ImageRow> {
    IMAGES.iter().find(|image| image.id(region) == id)
}

/// Whether the id is of one of the account's own images.
pub(super) fn is_own(region: &RegionRow, id: &str) -> bool {
    by_id(region, id).is_some_and(|image| image.owner == ACCOUNT)
}

/// The snapshots of the account's own images.
pub(super) fn own_snapshots(world: &World) -> Vec<Snapshot> {
    let own = IMAGES.iter().filter(|image| image.owner == ACCOUNT);
    let made = own.map(|image| Snapshot {
        id: image.snapshot(world.region),
        description: format!("Created by CreateImage(i-0123456789abcdef0) for {}", image.id(world.region)),
        gib: image.root_gib,
        volume: "vol-0123456789abcdef0".to_owned(),
        started: image.created.parse().unwrap_or(world.now),
        tags: Tags::new(),
    });
    made.collect()
}

/// The image that this snapshot belongs to.
pub(super) fn that_needs(world: &World, snapshot: &str) -> Option<String> {
    IMAGES.iter().find(|image| image.snapshot(world.region) == snapshot).map(|image| image.id(world.region))
}

impl ImageRow {
    /// Its id in the region.
    pub fn id(&self, region: &RegionRow) -> String {
        format!("ami-0{:016x}", scramble(hash(&region.code) ^ hash(&self.name)))
    }

    /// The root snapshot's id in the region.
    pub fn snapshot(&self, region: &RegionRow) -> String {
        format!("snap-0{:016x}", scramble(hash(&region.code) ^ hash(&self.name).rotate_left(7)))
    }

    /// Whether it is Windows.
    pub fn is_windows(&self) -> bool {
        self.platform_details == "Windows"
    }

    fn is_public(&self) -> bool {
        self.owner != ACCOUNT
    }

    fn is_deprecated(&self, now: Timestamp) -> bool {
        self.deprecated.parse::<Timestamp>().is_ok_and(|at| at <= now)
    }

    /// What else it maps: Ubuntu's images name two local disks, which no offered type has.
    fn mappings(&self, region: &RegionRow) -> Vec<types::BlockDeviceMapping> {
        let root = types::EbsBlockDevice::builder()
            .snapshot_id(self.snapshot(region))
            .volume_size(self.root_gib)
            .volume_type(types::VolumeType::from(self.root_type.as_str()))
            .delete_on_termination(true)
            .encrypted(false)
            .build();
        let mut mappings = vec![types::BlockDeviceMapping::builder().device_name(&self.root_device).ebs(root).build()];
        if self.name.starts_with("ubuntu/") {
            for (device, local) in [("/dev/sdb", "ephemeral0"), ("/dev/sdc", "ephemeral1")] {
                mappings.push(types::BlockDeviceMapping::builder().device_name(device).virtual_name(local).build());
            }
        }
        mappings
    }

    fn to_sdk(&self, world: &World) -> types::Image {
        let id = self.id(world.region);
        let tags = world.image_tags.get(&id).map(to_sdk).unwrap_or_default();
        let alias = (!self.owner_alias.is_empty()).then(|| self.owner_alias.clone());
        let folder = if alias.is_some() { "amazon" } else { self.owner.as_str() };
        types::Image::builder()
            .image_id(id)
            .name(&self.name)
            .description(&self.description)
            .image_location(format!("{folder}/{}", self.name))
            .owner_id(&self.owner)
            .set_image_owner_alias(alias)
            .architecture(types::ArchitectureValues::from(self.architecture.as_str()))
            .platform_details(&self.platform_details)
            .set_platform(self.is_windows().then_some(types::PlatformValues::Windows))
            .usage_operation(if self.is_windows() { "RunInstances:0002" } else { "RunInstances" })
            .state(types::ImageState::Available)
            .image_type(types::ImageTypeValues::Machine)
            .public(self.is_public())
            .creation_date(&self.created)
            .set_deprecation_time((!self.deprecated.is_empty()).then(|| self.deprecated.clone()))
            .root_device_name(&self.root_device)
            .root_device_type(types::DeviceType::Ebs)
            .virtualization_type(types::VirtualizationType::Hvm)
            .hypervisor(types::HypervisorType::Xen)
            .ena_support(true)
            .free_tier_eligible(self.is_public())
            .set_block_device_mappings(Some(self.mappings(world.region)))
            .set_tags(Some(tags))
            .build()
    }

    fn is_owned_by(&self, owner: &str) -> bool {
        match owner {
            "self" => self.owner == ACCOUNT,
            "amazon" | "aws-marketplace" | "aws-backup-vault" => self.owner_alias == owner,
            id => self.owner == id,
        }
    }

    fn filter_values(&self, world: &World, name: &str) -> Option<Vec<String>> {
        let one = |text: &str| Some(vec![text.to_owned()]);
        match name {
            "name" => one(&self.name),
            "description" => one(&self.description),
            "image-id" => one(&self.id(world.region)),
            "architecture" => one(&self.architecture),
            "state" => one("available"),
            "root-device-type" => one("ebs"),
            "root-device-name" => one(&self.root_device),
            "virtualization-type" => one("hvm"),
            "image-type" => one("machine"),
            "hypervisor" => one("xen"),
            "owner-id" => one(&self.owner),
            "owner-alias" => one(&self.owner_alias),
            "is-public" | "free-tier-eligible" => one(&self.is_public().to_string()),
            "platform" => Some(self.is_windows().then(|| "windows".to_owned()).into_iter().collect()),
            "creation-date" => one(&self.created),
            _ => None,
        }
    }
}

/// `DescribeImages`: deprecated images of others are hidden unless they are asked for.
pub(super) fn describe_images(world: &mut World, input: &DescribeImagesInput) -> Result<DescribeImagesOutput, Fault> {
    if let Some(bad) = input.image_ids().iter().find(|id| !id.starts_with("ami-")) {
        return Err(Fault::new("InvalidAMIID.Malformed", format!("Invalid id: \"{bad}\" (expecting \"ami-...\")")));
    }
    let missing: Vec<&str> =
        input.image_ids().iter().filter(|id| by_id(world.region, id).is_none()).map(String::as_str).collect();
    if !missing.is_empty() {
        return Err(not_found(&missing));
    }
    let now = world.now;
    let listed = IMAGES
        .iter()
        .filter(|image| {
            let named = input.image_ids().is_empty() || input.image_ids().contains(&image.id(world.region));
            let owned = input.owners().is_empty() || input.owners().iter().any(|owner| image.is_owned_by(owner));
            let shown =
                input.include_deprecated().unwrap_or_default() || image.owner == ACCOUNT || !image.is_deprecated(now);
            named && owned && shown
        })
        .collect();
    let none = Tags::new();
    let listed = keep(listed, |image: &&ImageRow| {
        let tags = world.image_tags.get(&image.id(world.region)).unwrap_or(&none);
        passes(input.filters(), tags, |name| image.filter_values(world, name))
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (1, 1000))?;
    let images = paged.rows.into_iter().map(|image| image.to_sdk(world)).collect();
    Ok(DescribeImagesOutput::builder().set_images(Some(images)).set_next_token(paged.next_token).build())
}

/// `InvalidAMIID.NotFound`
pub(super) fn not_found(ids: &[&str]) -> Fault {
    let message = match ids {
        [one] => format!("The image id '[{one}]' does not exist"),
        many => format!("The image ids '[{}]' do not exist", many.join(", ")),
    };
    Fault::new("InvalidAMIID.NotFound", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::query::glob;
    use crate::domain::image::{Architecture, QuickStart};

    #[test]
    fn every_line_of_the_table_is_whole() {
        for image in IMAGES.iter() {
            assert!(image.root_gib >= 8 && image.root_device.starts_with("/dev/"), "{image:?}");
            assert!(image.created.parse::<Timestamp>().is_ok(), "{image:?}");
            assert!(image.deprecated.is_empty() || image.deprecated.parse::<Timestamp>().is_ok(), "{image:?}");
            assert!(!image.description.is_empty(), "{image:?}");
        }
    }

    #[test]
    fn every_quick_start_has_an_image() {
        for start in QuickStart::ALL {
            for architecture in [Architecture::X86_64, Architecture::Arm64] {
                let found = IMAGES.iter().any(|image| {
                    image.is_owned_by(start.owner())
                        && image.architecture == architecture.as_str()
                        && start.name_patterns(architecture).iter().any(|pattern| glob(pattern, &image.name))
                });
                assert_eq!(found, start.exists_for(architecture), "{start:?} {architecture:?}");
            }
        }
    }
}
