//! Any image, by id or by name.

use super::Cloud;
use super::convert::filter;
use super::images::PAGE;
use crate::domain::id::ImageId;
use crate::domain::image::{Image, OWNER_AMAZON, OWNER_CANONICAL, OWNER_DEBIAN};
use crate::domain::problem::Problem;

/// Whose images a name is looked for among: anybody can publish an image under any name.
const OWNERS: [&str; 4] = ["self", OWNER_AMAZON, OWNER_CANONICAL, OWNER_DEBIAN];
/// The newest that are shown.
const MOST: usize = 50;
/// A pattern that fits nearly everything is not followed to the end.
const MOST_PAGES: usize = 10;

impl Cloud {
    /// `DescribeImages` by id (`ami-...`, whoever owns it) or by name, where `*` is any text and stands at both ends
    /// when it stands nowhere. Newest first, 50 at most.
    pub(super) async fn find_images(&self, text: &str) -> Result<Vec<Image>, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        if text.starts_with("ami-") {
            return self.images(&[ImageId::new(text)]).await;
        }
        let pattern = if text.contains('*') { text.to_owned() } else { format!("*{text}*") };
        let request = self
            .ec2()
            .describe_images()
            .set_owners(Some(OWNERS.map(str::to_owned).to_vec()))
            .filters(filter("name", [pattern.as_str()]))
            .filters(filter("state", ["available"]))
            .max_results(PAGE);
        let mut images = self.described_images(request, MOST_PAGES).await?;
        images.truncate(MOST);
        Ok(images)
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_images::DescribeImagesOutput;
    use aws_sdk_ec2::types as sdk;
    use aws_smithy_mocks::mock;

    use crate::cloud::test_support::cloud_of;

    #[tokio::test]
    async fn a_name_is_looked_for_among_known_owners_only() {
        let rule = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|asked| {
                asked.owners() == ["self", "amazon", "099720109477", "136693071363"]
                    && asked.filters()[0].values() == ["*noble*"]
            })
            .then_output(|| {
                let images = (0..60).map(|n| {
                    let date = format!("2026-01-01T00:00:{n:02}.000Z");
                    sdk::Image::builder().image_id(format!("ami-{n}")).creation_date(date).build()
                });
                DescribeImagesOutput::builder().set_images(Some(images.collect())).build()
            });
        let found = cloud_of(&[&rule]).find_images(" noble ").await.unwrap();
        assert_eq!(found.len(), 50);
        assert_eq!(found[0].id.as_str(), "ami-59");
    }

    #[tokio::test]
    async fn a_pattern_stays_as_typed_and_nothing_finds_nothing() {
        let rule = mock!(aws_sdk_ec2::Client::describe_images)
            .match_requests(|asked| asked.filters()[0].values() == ["al2023*"])
            .then_output(|| DescribeImagesOutput::builder().build());
        let cloud = cloud_of(&[&rule]);
        assert_eq!(cloud.find_images("al2023*").await, Ok(vec![]));
        assert_eq!(cloud.find_images("  ").await, Ok(vec![]));
        assert_eq!(rule.num_calls(), 1);
    }
}
