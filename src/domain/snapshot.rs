//! EBS snapshots: copies of volumes, made by hand or for an image.

use jiff::Timestamp;

use super::id::{ImageId, SnapshotId, VolumeId};

/// One snapshot of the account's own, as `DescribeSnapshots` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The id.
    pub id: SnapshotId,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// What whoever made it wrote, cleaned; EC2 writes here which image it was made for.
    pub description: String,
    /// Size of the volume it was made of, GiB.
    pub volume_gib: u32,
    /// All blocks that were written on the volume then, bytes: more than the snapshot itself stores, which holds only
    /// what an older one does not (`FullSnapshotSizeInBytes`).
    pub full_bytes: Option<u64>,
    /// When it was begun.
    pub started: Option<Timestamp>,
    /// The volume it was made of; may be gone.
    pub volume: Option<VolumeId>,
    /// Encrypted at rest.
    pub encrypted: bool,
    /// Whether it is complete.
    pub completed: bool,
    /// In the archive tier, which has another price.
    pub archived: bool,
}

impl Snapshot {
    /// What to call it: its name, or its id when it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.id.as_str())
    }

    /// The image that EC2 made it for, by the description that EC2 wrote: `Created by CreateImage(i-...) for ami-...`,
    /// the older `... for ami-... from vol-...`, or `Copied for DestinationAmi ami-... from SourceAmi ami-...`. What a
    /// person wrote is none of these, whatever image it mentions.
    #[must_use]
    pub fn made_for(&self) -> Option<ImageId> {
        let rest = match self.description.strip_prefix("Copied for DestinationAmi ") {
            Some(rest) => rest,
            None => self.description.strip_prefix("Created by CreateImage(i-")?.split_once(") for ")?.1,
        };
        let word = rest.split_ascii_whitespace().next()?;
        let is_id = |hex: &str| matches!(hex.len(), 8 | 17) && hex.chars().all(|c| c.is_ascii_hexdigit());
        word.strip_prefix("ami-").is_some_and(is_id).then(|| ImageId::new(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_is_read_only_from_what_ec2_writes() {
        let image = "ami-0a1b2c3d4e5f60718";
        for (description, expected) in [
            (format!("Created by CreateImage(i-0123456789abcdef0) for {image}"), Some(image)),
            (format!("Created by CreateImage(i-0123456789abcdef0) for {image} from vol-1"), Some(image)),
            (
                format!("Copied for DestinationAmi {image} from SourceAmi ami-1a2b3c4d for SourceSnapshot snap-1"),
                Some(image),
            ),
            ("Created by CreateImage(i-12345678) for ami-1a2b3c4d from vol-1a2b3c4d".to_owned(), Some("ami-1a2b3c4d")),
            (format!("before the upgrade of {image}"), None),
            ("Created by CreateImage(i-1) for ami-nothex00".to_owned(), None),
            ("Created by CreateImage(i-1) for".to_owned(), None),
            (String::new(), None),
        ] {
            let snapshot = Snapshot {
                id: SnapshotId::new("snap-1"),
                name: None,
                description: description.clone(),
                volume_gib: 8,
                full_bytes: None,
                started: None,
                volume: None,
                encrypted: false,
                completed: true,
                archived: false,
            };
            assert_eq!(snapshot.made_for().as_ref().map(ImageId::as_str), expected, "{description}");
        }
    }
}
