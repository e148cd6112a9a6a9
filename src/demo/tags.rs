//! Tags in the demo account: as a resource holds them, as EC2 checks them, and `CreateTags` and `DeleteTags`.

use std::collections::BTreeMap;

use aws_sdk_ec2::operation::create_tags::{CreateTagsInput, CreateTagsOutput};
use aws_sdk_ec2::operation::delete_tags::{DeleteTagsInput, DeleteTagsOutput};
use aws_sdk_ec2::types::{ResourceType, Tag, TagSpecification};

use super::fault::Fault;
use super::world::World;

/// A resource's tags; sorted, so that screens are stable.
pub(super) type Tags = BTreeMap<String, String>;

/// As the SDK has them.
pub(super) fn to_sdk(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}

/// Takes a request's tags as EC2 does.
pub(super) fn checked(tags: &[Tag]) -> Result<Tags, Fault> {
    let mut taken = Tags::new();
    for tag in tags {
        let key = tag.key().unwrap_or_default();
        let value = tag.value().unwrap_or_default();
        if key.is_empty() {
            return Err(Fault::value("Tag key cannot be empty"));
        }
        if key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
            return Err(Fault::value("Tag keys starting with 'aws:' are reserved for internal use"));
        }
        if key.chars().count() > 128 {
            return Err(Fault::value(format!("Tag key exceeds the maximum length of 128 characters: '{key}'")));
        }
        if value.chars().count() > 256 {
            return Err(Fault::value(format!("Tag value exceeds the maximum length of 256 characters: '{value}'")));
        }
        if taken.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(Fault::value(format!("Duplicate tag key '{key}' specified.")));
        }
    }
    limited(&taken)?;
    Ok(taken)
}

/// The tags that a request's specifications give to one kind of resource.
pub(super) fn specified(specifications: &[TagSpecification], kind: &ResourceType) -> Result<Tags, Fault> {
    let mut tags = Tags::new();
    for specification in specifications.iter().filter(|specification| specification.resource_type() == Some(kind)) {
        tags.extend(checked(specification.tags())?);
    }
    Ok(tags)
}

/// Refuses specifications for other kinds of resource than `kinds`.
pub(super) fn only_for(specifications: &[TagSpecification], kinds: &[ResourceType]) -> Result<(), Fault> {
    match specifications.iter().find_map(|s| s.resource_type().filter(|kind| !kinds.contains(kind))) {
        Some(kind) => {
            Err(Fault::value(format!("'{}' is not a valid taggable resource type for this operation.", kind.as_str())))
        }
        None => Ok(()),
    }
}

fn limited(tags: &Tags) -> Result<(), Fault> {
    if tags.len() > 50 {
        return Err(Fault::new("TagLimitExceeded", "The maximum number of Tags for a resource has been reached."));
    }
    Ok(())
}

/// `CreateTags`: all resources or none; a key that is there gets the new value.
pub(super) fn create_tags(world: &mut World, input: &CreateTagsInput) -> Result<CreateTagsOutput, Fault> {
    let new = checked(input.tags())?;
    if new.is_empty() {
        return Err(Fault::missing("tags"));
    }
    for id in input.resources() {
        let mut all = world.tags_mut(id)?.clone();
        all.extend(new.clone());
        limited(&all)?;
    }
    for id in input.resources() {
        world.tags_mut(id)?.extend(new.clone());
    }
    Ok(CreateTagsOutput::builder().build())
}

/// `DeleteTags`: a tag without a value goes whatever its value is; without any tag all go.
pub(super) fn delete_tags(world: &mut World, input: &DeleteTagsInput) -> Result<DeleteTagsOutput, Fault> {
    for id in input.resources() {
        world.tags_mut(id)?;
    }
    for id in input.resources() {
        let tags = world.tags_mut(id)?;
        if input.tags().is_empty() {
            tags.clear();
        }
        for tag in input.tags() {
            let key = tag.key().unwrap_or_default();
            if tag.value().is_none_or(|value| tags.get(key).is_some_and(|present| present == value)) {
                tags.remove(key);
            }
        }
    }
    Ok(DeleteTagsOutput::builder().build())
}
