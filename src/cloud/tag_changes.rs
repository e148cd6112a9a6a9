//! Tags on what exists already.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::send::{Repeat, change};
use crate::domain::problem::Problem;
use crate::domain::tag::Tag;
use crate::message::Written;

impl Cloud {
    /// `CreateTags`.
    pub(super) async fn put_tags(&self, resource: &str, tags: &[Tag]) -> Result<Written, Problem> {
        if tags.is_empty() {
            return Ok(Written::Done);
        }
        let tags = tags.iter().map(|tag| sdk::Tag::builder().key(&tag.key).value(&tag.value).build()).collect();
        let request = self.ec2().create_tags().resources(resource).set_tags(Some(tags));
        // A key that is there gets the same value again.
        change!(self, Repeat::Freely, "CreateTags", request)?;
        Ok(Written::Done)
    }

    /// `DeleteTags`, by key alone: a value in the request would keep a tag whose value has changed meanwhile.
    pub(super) async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<Written, Problem> {
        // A request without any key would take all tags away.
        if keys.is_empty() {
            return Ok(Written::Done);
        }
        let tags = keys.iter().map(|key| sdk::Tag::builder().key(key).build()).collect();
        let request = self.ec2().delete_tags().resources(resource).set_tags(Some(tags));
        // A key that is not there is no error.
        change!(self, Repeat::Freely, "DeleteTags", request)?;
        Ok(Written::Done)
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::create_tags::CreateTagsOutput;
    use aws_sdk_ec2::operation::delete_tags::DeleteTagsOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::message::Write;

    #[tokio::test]
    async fn tags_are_put_with_values_and_removed_by_key_alone() {
        let put = mock!(aws_sdk_ec2::Client::create_tags)
            .match_requests(|asked| {
                let [tag] = asked.tags() else { return false };
                asked.resources() == ["i-1"] && tag.key() == Some("Name") && tag.value() == Some("웹 서버")
            })
            .then_output(|| CreateTagsOutput::builder().build());
        let remove = mock!(aws_sdk_ec2::Client::delete_tags)
            .match_requests(|asked| {
                let [one, two] = asked.tags() else { return false };
                asked.resources() == ["i-1"]
                    && (one.key(), two.key()) == (Some("Team"), Some("env"))
                    && (one.value(), two.value()) == (None, None)
            })
            .then_output(|| DeleteTagsOutput::builder().build());
        let cloud = cloud_of(&[&put, &remove]);
        let resource = || "i-1".to_owned();
        let write = Write::PutTags { resource: resource(), tags: vec![Tag::new("Name", "웹 서버")] };
        assert_eq!(cloud.write(write).await, Ok(Written::Done));
        let keys = vec!["Team".to_owned(), "env".to_owned()];
        assert_eq!(cloud.write(Write::RemoveTags { resource: resource(), keys }).await, Ok(Written::Done));
    }

    #[tokio::test]
    async fn no_keys_remove_no_tags() {
        let cloud = cloud_of(&[]);
        for write in [
            Write::RemoveTags { resource: "i-1".to_owned(), keys: vec![] },
            Write::PutTags { resource: "i-1".to_owned(), tags: vec![] },
        ] {
            assert_eq!(cloud.write(write).await, Ok(Written::Done));
        }
    }
}
