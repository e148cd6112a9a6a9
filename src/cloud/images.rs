//! Images: some by id, and the account's own.

use aws_sdk_ec2::operation::describe_images::builders::DescribeImagesFluentBuilder;
use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{FILTER_VALUES, amount, architecture, filter, following, maybe, words, written_time};
use super::instances::platform;
use super::send::ask;
use crate::domain::id::{ImageId, SnapshotId};
use crate::domain::image::{Image, ImageMapping};
use crate::domain::problem::Problem;
use crate::domain::volume::VolumeKind;

/// The largest page.
pub(super) const PAGE: i32 = 1_000;

/// Pages that one question may have; EC2 ends long before.
pub(super) const ALL_PAGES: usize = 1_000;

impl Cloud {
    /// `DescribeImages` for some ids, deprecated ones too, newest first. One that is gone, or was shared and is no
    /// longer, is left out and does not hide the others: a filter does not mind, a list of ids would.
    pub(super) async fn images(&self, ids: &[ImageId]) -> Result<Vec<Image>, Problem> {
        let mut images = Vec::new();
        for ids in ids.chunks(FILTER_VALUES) {
            // No page size: with one, EC2 looks through all public images page by empty page.
            let request = self
                .ec2()
                .describe_images()
                .filters(filter("image-id", ids.iter().map(ImageId::as_str)))
                .include_deprecated(true);
            images.extend(self.described_images(request, ALL_PAGES).await?);
        }
        sort_newest_first(&mut images);
        Ok(images)
    }

    /// `DescribeImages` of the account's own, newest first.
    pub(super) async fn my_images(&self) -> Result<Vec<Image>, Problem> {
        let request = self.ec2().describe_images().owners("self").include_deprecated(true).max_results(PAGE);
        self.described_images(request, ALL_PAGES).await
    }

    /// `DescribeImages` of the account's own, disabled ones too, newest first: a snapshot of any of them is in use.
    pub(super) async fn own_images(&self) -> Result<Vec<Image>, Problem> {
        let request = self.ec2().describe_images().owners("self").include_deprecated(true).include_disabled(true);
        self.described_images(request.max_results(PAGE), ALL_PAGES).await
    }

    /// All pages of a question, as far as `most_pages`; newest first.
    pub(super) async fn described_images(
        &self,
        request: DescribeImagesFluentBuilder,
        most_pages: usize,
    ) -> Result<Vec<Image>, Problem> {
        let mut images = Vec::new();
        let mut token = None;
        for _ in 0..most_pages {
            let page = ask!(self, "DescribeImages", request.clone().set_next_token(token.clone()))?;
            images.extend(page.images().iter().filter_map(image));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                break;
            }
        }
        sort_newest_first(&mut images);
        Ok(images)
    }
}

/// Newest first; images of the same moment by name, the later name (they carry dates and versions) first.
pub(super) fn sort_newest_first(images: &mut [Image]) {
    images.sort_by(|one, other| (other.created, &other.name, &other.id).cmp(&(one.created, &one.name, &one.id)));
}

/// One image; without an id it is none.
pub(super) fn image(from: &sdk::Image) -> Option<Image> {
    let platform_details = maybe(from.platform_details());
    let root_device = words(from.root_device_name());
    Some(Image {
        id: ImageId::new(words(Some(from.image_id()?))),
        name: words(from.name()),
        description: maybe(from.description()),
        owner: words(from.owner_id()),
        owner_alias: maybe(from.image_owner_alias()),
        architecture: architecture(from.architecture().map_or("", sdk::ArchitectureValues::as_str)),
        platform: platform(from.platform().map(sdk::PlatformValues::as_str), platform_details.as_deref()),
        platform_details,
        created: written_time(from.creation_date()),
        deprecated: written_time(from.deprecation_time()),
        mappings: from.block_device_mappings().iter().filter_map(mapping).collect(),
        root_device,
        free_tier_eligible: from.free_tier_eligible(),
        public: from.public().unwrap_or_default(),
    })
}

/// A volume that the image brings; instance store and suppressed devices are none.
fn mapping(from: &sdk::BlockDeviceMapping) -> Option<ImageMapping> {
    let ebs = from.ebs()?;
    Some(ImageMapping {
        device: words(from.device_name()),
        size_gib: amount(ebs.volume_size()),
        kind: ebs.volume_type().and_then(|kind| VolumeKind::parse(kind.as_str())).unwrap_or(VolumeKind::Gp2),
        snapshot: maybe(ebs.snapshot_id()).map(SnapshotId::new),
        encrypted: ebs.encrypted().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_images::DescribeImagesOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::domain::image::Architecture;

    #[test]
    fn an_image_keeps_what_a_launch_needs() {
        let from = sdk::Image::builder()
            .image_id("ami-1")
            .name("windows\u{1b}c")
            .architecture(sdk::ArchitectureValues::Arm64)
            .root_device_name("/dev/sda1")
            .creation_date("2026-01-02T03:04:05.000Z")
            .block_device_mappings(
                sdk::BlockDeviceMapping::builder()
                    .device_name("/dev/sda1")
                    .ebs(
                        sdk::EbsBlockDevice::builder()
                            .volume_size(30)
                            .volume_type(sdk::VolumeType::Gp3)
                            .encrypted(true)
                            .build(),
                    )
                    .build(),
            )
            .block_device_mappings(
                sdk::BlockDeviceMapping::builder().device_name("/dev/sdb").virtual_name("ephemeral0").build(),
            )
            .build();
        let image = image(&from).unwrap();
        assert_eq!(image.name, "windows\u{fffd}c");
        assert_eq!(image.architecture, Architecture::Arm64);
        assert_eq!(image.mappings.len(), 1);
        let root = image.root().unwrap();
        assert_eq!((root.size_gib, root.kind, root.encrypted), (30, VolumeKind::Gp3, true));
        assert_eq!(image.created.unwrap().to_string(), "2026-01-02T03:04:05Z");
    }

    #[tokio::test]
    async fn gone_ids_do_not_hide_the_others_because_ids_are_a_filter() {
        let rule = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|asked| {
                asked.image_ids().is_empty()
                    && asked.include_deprecated() == Some(true)
                    && asked.filters()[0].values() == ["ami-1", "ami-gone"]
            })
            .then_output(|| {
                DescribeImagesOutput::builder().images(sdk::Image::builder().image_id("ami-1").build()).build()
            });
        let cloud = cloud_of(&[&rule]);
        let images = cloud.images(&[ImageId::new("ami-1"), ImageId::new("ami-gone")]).await.unwrap();
        assert_eq!(images.len(), 1);
    }
}
