//! Tags, and what EC2 accepts as one.

/// A key and a value, both already cleaned for the screen when they come from AWS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// At most 128 characters; never begins with `aws:` when a person makes it.
    pub key: String,
    /// At most 256 characters; may be empty.
    pub value: String,
}

impl Tag {
    /// A tag from its two halves.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// The tag key that EC2 and its console show as the resource's name.
pub const NAME: &str = "Name";

/// The tag that this program puts on what it creates, so that an unclear outcome (a call whose reply never came) can
/// be settled by looking for it. Its value is unique for one request.
pub const REQUEST: &str = "ec2deck:request";

/// The value of the `Name` tag, if there is one that is not empty.
#[must_use]
pub fn name_of(tags: &[Tag]) -> Option<String> {
    tags.iter().find(|tag| tag.key == NAME && !tag.value.is_empty()).map(|tag| tag.value.clone())
}

/// Why EC2 would refuse a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagProblem {
    /// The key is empty.
    EmptyKey,
    /// More than 128 characters in the key.
    KeyTooLong,
    /// More than 256 characters in the value.
    ValueTooLong,
    /// `aws:` in any case is AWS's own prefix.
    ReservedPrefix,
    /// The key stands twice in the list.
    DuplicateKey,
    /// More than 50 tags on one resource.
    TooMany,
    /// A character that no terminal can show (a control character).
    ControlCharacter,
}

/// The most tags a person can put on one resource.
pub const MOST_TAGS: usize = 50;

/// Checks one tag on its own against EC2's limits.
///
/// # Errors
/// Returns the first limit that the tag breaks.
pub fn check(tag: &Tag) -> Result<(), TagProblem> {
    if tag.key.is_empty() {
        return Err(TagProblem::EmptyKey);
    }
    if tag.key.chars().count() > 128 {
        return Err(TagProblem::KeyTooLong);
    }
    if tag.value.chars().count() > 256 {
        return Err(TagProblem::ValueTooLong);
    }
    if tag.key.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("aws:")) {
        return Err(TagProblem::ReservedPrefix);
    }
    if tag.key.chars().chain(tag.value.chars()).any(char::is_control) {
        return Err(TagProblem::ControlCharacter);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_count_characters_not_bytes() {
        assert_eq!(check(&Tag::new("k".repeat(128), "값".repeat(256))), Ok(()));
        assert_eq!(check(&Tag::new("k".repeat(129), "")), Err(TagProblem::KeyTooLong));
        assert_eq!(check(&Tag::new("k", "값".repeat(257))), Err(TagProblem::ValueTooLong));
    }

    #[test]
    fn the_prefix_of_aws_is_refused_in_any_case() {
        assert_eq!(check(&Tag::new("AWS:x", "")), Err(TagProblem::ReservedPrefix));
        assert_eq!(check(&Tag::new("aws", "")), Ok(()));
        assert_eq!(check(&Tag::new("한글키", "")), Ok(()));
    }
}
