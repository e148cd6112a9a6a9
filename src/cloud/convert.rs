//! The small change of converting: texts are cleaned, numbers never wrap, times become `jiff`'s.

use aws_sdk_ec2::types::{Filter, ResourceType, Tag as SdkTag, TagSpecification};
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use crate::domain::clean::clean;
use crate::domain::image::Architecture;
use crate::domain::tag::{self, Tag};

/// A text that AWS always sends; empty when it did not.
pub(super) fn words(text: Option<&str>) -> String {
    text.map(clean).unwrap_or_default()
}

/// A text that AWS may leave out or send empty.
pub(super) fn maybe(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(clean)
}

/// Tags with both halves cleaned.
pub(super) fn tags(tags: &[SdkTag]) -> Vec<Tag> {
    tags.iter().map(|tag| Tag::new(words(tag.key()), words(tag.value()))).collect()
}

/// A time; one that no calendar has is none.
pub(super) fn time(time: Option<&DateTime>) -> Option<Timestamp> {
    let time = time?;
    Timestamp::new(time.secs(), time.subsec_nanos().try_into().ok()?).ok()
}

/// A time that EC2 writes as text (images).
pub(super) fn written_time(time: Option<&str>) -> Option<Timestamp> {
    time?.parse().ok()
}

/// An amount that cannot be negative.
pub(super) fn amount(number: Option<i32>) -> u32 {
    maybe_amount(number).unwrap_or_default()
}

/// An amount that may be missing.
pub(super) fn maybe_amount(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| number.try_into().ok())
}

/// The processor family behind EC2's word.
pub(super) fn architecture(word: &str) -> Architecture {
    match word {
        "x86_64" => Architecture::X86_64,
        "arm64" => Architecture::Arm64,
        _ => Architecture::Other,
    }
}

/// One filter.
pub(super) fn filter(name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Filter {
    Filter::builder().name(name).set_values(Some(values.into_iter().map(Into::into).collect())).build()
}

/// The filter that finds what a request of this program made.
pub(super) fn made_by(marker: &str) -> Filter {
    filter(&format!("tag:{}", tag::REQUEST), [marker])
}

/// Tags for something that is about to be made: the person's own and the request's, by which an unclear outcome is
/// settled. None at all make no specification: EC2 refuses an empty one.
pub(super) fn tagged(kind: ResourceType, tags: &[Tag], marker: Option<&str>) -> Option<TagSpecification> {
    let request = marker.map(|marker| Tag::new(tag::REQUEST, marker));
    let tags: Vec<SdkTag> = tags
        .iter()
        .filter(|tag| tag.key != tag::REQUEST)
        .chain(&request)
        .map(|tag| SdkTag::builder().key(&tag.key).value(&tag.value).build())
        .collect();
    (!tags.is_empty()).then(|| TagSpecification::builder().resource_type(kind).set_tags(Some(tags)).build())
}

/// The token of the page that follows, if one does. A server that hands back the token it was asked with would keep
/// the loop going for ever.
pub(super) fn following(next: Option<&str>, asked: Option<&String>) -> Option<String> {
    next.filter(|next| !next.is_empty() && asked.is_none_or(|asked| asked != next)).map(str::to_owned)
}

/// Values that one filter takes at most.
pub(super) const FILTER_VALUES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_outside_the_calendar_are_none() {
        assert_eq!(time(Some(&DateTime::from_secs(0))), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(time(Some(&DateTime::from_secs(i64::MAX))), None);
        assert_eq!(written_time(Some("2026-01-02T03:04:05.000Z")).map(Timestamp::as_second), Some(1_767_323_045));
        assert_eq!(written_time(Some("yesterday")), None);
    }

    #[test]
    fn a_page_loop_ends_when_the_server_repeats_itself() {
        assert_eq!(following(Some("b"), Some(&"a".to_owned())), Some("b".to_owned()));
        assert_eq!(following(Some("a"), Some(&"a".to_owned())), None);
        assert_eq!(following(Some(""), None), None);
        assert_eq!(following(None, None), None);
    }

    #[test]
    fn the_request_tag_stands_once_and_no_tags_make_no_specification() {
        let own = [Tag::new("Name", "웹"), Tag::new(tag::REQUEST, "old")];
        let tagged_volume = tagged(ResourceType::Volume, &own, Some("new")).unwrap();
        let pairs: Vec<_> = tagged_volume.tags().iter().map(|tag| (tag.key().unwrap(), tag.value().unwrap())).collect();
        assert_eq!(pairs, [("Name", "웹"), (tag::REQUEST, "new")]);
        assert!(tagged(ResourceType::Volume, &[], None).is_none());
    }
}
