//! The newest image of each quick-start family, by owner and name pattern.

use futures_util::StreamExt;
use futures_util::stream;

use super::Cloud;
use super::convert::filter;
use super::images::ALL_PAGES;
use crate::domain::image::{Architecture, Image, QuickStart};
use crate::domain::problem::Problem;

/// Families asked for at the same time: all at once would be a burst that other tools of the account feel.
const AT_ONCE: usize = 4;

impl Cloud {
    /// `DescribeImages` for each family that the processor has. A family that the region lacks is left out; so is one
    /// that could not be asked for, unless none could.
    pub(super) async fn quick_start_images(
        &self,
        architecture: Architecture,
    ) -> Result<Vec<(QuickStart, Image)>, Problem> {
        let families: Vec<QuickStart> =
            QuickStart::ALL.into_iter().filter(|family| family.exists_for(architecture)).collect();
        let answers: Vec<(QuickStart, Result<Option<Image>, Problem>)> = stream::iter(families)
            .map(|family| async move { (family, self.newest_of(family, architecture).await) })
            .buffered(AT_ONCE)
            .collect()
            .await;
        let mut images = Vec::new();
        let mut failure = None;
        let mut answered = false;
        for (family, answer) in answers {
            match answer {
                Ok(image) => {
                    answered = true;
                    images.extend(image.map(|image| (family, image)));
                }
                Err(problem) => {
                    tracing::warn!(family = family.title(), code = problem.code, "no images of this family");
                    failure.get_or_insert(problem);
                }
            }
        }
        match failure {
            Some(problem) if !answered => Err(problem),
            _ => Ok(images),
        }
    }

    /// The family's newest image; its later name patterns are asked only when no image has an earlier one.
    async fn newest_of(&self, family: QuickStart, architecture: Architecture) -> Result<Option<Image>, Problem> {
        for pattern in family.name_patterns(architecture) {
            let images = self.available(family.owner(), &pattern, architecture).await?;
            if let Some(newest) = newest(images) {
                return Ok(Some(newest));
            }
        }
        Ok(None)
    }

    async fn available(&self, owner: &str, pattern: &str, architecture: Architecture) -> Result<Vec<Image>, Problem> {
        let request = self
            .ec2()
            .describe_images()
            // A family past its end has deprecated images only: shown with a warning, not as missing.
            .include_deprecated(true)
            .owners(owner)
            .filters(filter("name", [pattern]))
            .filters(filter("state", ["available"]))
            .filters(filter("architecture", [architecture.as_str()]))
            .filters(filter("root-device-type", ["ebs"]))
            .filters(filter("virtualization-type", ["hvm"]));
        let mut images = self.described_images(request, ALL_PAGES).await?;
        // Minimal editions lack what a person expects, and differ by name only.
        images.retain(|image| !image.name.contains("minimal"));
        Ok(images)
    }
}

/// The default kernel of Amazon Linux 2023 (user guide, "kernel-default" of the public parameters): each release also
/// comes with newer ones, published at the same moment under the same pattern.
const AL2023_KERNEL: &str = "-kernel-6.1-";

/// The newest release, with the default kernel where it has one. Expects the newest first.
fn newest(images: Vec<Image>) -> Option<Image> {
    let release = |image: &Image| image.name.split("-kernel-").next().map(str::to_owned);
    let newest = release(images.first()?);
    let default = images.iter().position(|image| image.name.contains(AL2023_KERNEL) && release(image) == newest);
    images.into_iter().nth(default.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_images::{DescribeImagesError, DescribeImagesInput, DescribeImagesOutput};
    use aws_smithy_mocks::mock;
    use aws_smithy_types::error::ErrorMetadata;

    use aws_sdk_ec2::types as sdk;

    use super::*;
    use crate::cloud::images::{image, sort_newest_first};
    use crate::cloud::test_support::cloud_of;

    fn asks_for(asked: &DescribeImagesInput, part: &str) -> bool {
        asked.filters().iter().any(|filter| filter.name() == Some("name") && filter.values()[0].contains(part))
    }

    fn images(names: &[&str]) -> DescribeImagesOutput {
        let images = names.iter().map(|name| {
            sdk::Image::builder()
                .image_id(format!("ami-{name}"))
                .name(*name)
                .creation_date("2026-01-01T00:00:00.000Z")
                .build()
        });
        DescribeImagesOutput::builder().set_images(Some(images.collect())).build()
    }

    #[tokio::test]
    async fn each_family_has_its_newest_and_absent_ones_are_left_out() {
        let al2023 = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|asked| asks_for(asked, "al2023") && asked.owners() == ["amazon"])
            .then_output(|| {
                images(&["al2023-ami-2023.5-x86_64", "al2023-ami-2023.6-x86_64", "al2023-ami-minimal-2023.9"])
            });
        // Only the older name exists, so the second pattern is what answers.
        let al2 = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|asked| asks_for(asked, "amzn2-ami-hvm"))
            .then_output(|| images(&["amzn2-ami-hvm-2.0"]));
        let refused =
            mock!(aws_sdk_ec2::Client::describe_images).match_requests(|asked| asks_for(asked, "ubuntu")).then_error(
                || DescribeImagesError::generic(ErrorMetadata::builder().code("UnauthorizedOperation").build()),
            );
        let none = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|_| true)
            .then_output(|| DescribeImagesOutput::builder().build());
        let cloud = cloud_of(&[&al2023, &al2, &refused, &none]);
        let found = cloud.quick_start_images(Architecture::X86_64).await.unwrap();
        let names: Vec<_> = found.iter().map(|(family, image)| (*family, image.name.as_str())).collect();
        assert_eq!(
            names,
            [
                (QuickStart::AmazonLinux2023, "al2023-ami-2023.6-x86_64"),
                (QuickStart::AmazonLinux2, "amzn2-ami-hvm-2.0")
            ]
        );
    }

    #[test]
    fn the_default_kernel_wins_within_a_release_and_never_over_a_newer_one() {
        let listed = |names: &[&str]| {
            let mut all: Vec<Image> = images(names).images().iter().filter_map(image).collect();
            sort_newest_first(&mut all);
            newest(all).map(|image| image.name)
        };
        let (old, default, other) = (
            "al2023-ami-2023.5.1-kernel-6.1-arm64",
            "al2023-ami-2023.6.1-kernel-6.1-arm64",
            "al2023-ami-2023.6.1-kernel-6.12-arm64",
        );
        assert_eq!(listed(&[other, default, old]).as_deref(), Some(default));
        assert_eq!(listed(&[other, old]).as_deref(), Some(other));
        assert_eq!(listed(&[]), None);
    }

    #[tokio::test]
    async fn a_failure_of_all_families_is_told() {
        let refused = mock!(aws_sdk_ec2::Client::describe_images).then_error(|| {
            DescribeImagesError::generic(ErrorMetadata::builder().code("UnauthorizedOperation").build())
        });
        let problem = cloud_of(&[&refused]).quick_start_images(Architecture::Arm64).await.unwrap_err();
        assert_eq!(problem.code, "UnauthorizedOperation");
    }
}
