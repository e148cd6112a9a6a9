//! EBS volumes.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{amount, following, maybe, maybe_amount, tags, time, words};
use super::send::{Repeat, ask, change};
use crate::domain::id::{InstanceId, SnapshotId, VolumeId};
use crate::domain::problem::Problem;
use crate::domain::tag::name_of;
use crate::domain::volume::{Volume, VolumeKind, VolumeState};
use crate::message::{Found, Page, Written};

/// The largest page that every EC2 answers to.
const PAGE: i32 = 500;

impl Cloud {
    /// `DescribeVolumes`, page by page.
    pub(super) async fn volumes(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let mut token = None;
        loop {
            let request = self.ec2().describe_volumes().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeVolumes", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = page.volumes().iter().filter_map(volume).collect();
            found(Found::Volumes(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `DeleteVolume`: what is on it is gone.
    pub(super) async fn delete_volume(&self, id: &VolumeId) -> Result<Written, Problem> {
        let request = self.ec2().delete_volume().volume_id(id.as_str());
        // A second try would be told that the volume is being deleted, or is not there.
        change!(self, Repeat::Never, "DeleteVolume", request).map(|_| Written::Done)
    }
}

fn volume(from: &sdk::Volume) -> Option<Volume> {
    Some(Volume {
        id: VolumeId::new(words(Some(from.volume_id()?))),
        size_gib: amount(from.size()),
        kind: from.volume_type().and_then(|kind| VolumeKind::parse(kind.as_str())),
        iops: maybe_amount(from.iops()),
        throughput: maybe_amount(from.throughput()),
        encrypted: from.encrypted().unwrap_or_default(),
        // A volume that is just being detached is still in use.
        instance: from
            .attachments()
            .iter()
            .filter(|attachment| attachment.state() != Some(&sdk::VolumeAttachmentState::Detached))
            .find_map(|attachment| maybe(attachment.instance_id()))
            .map(InstanceId::new),
        snapshot: maybe(from.snapshot_id()).map(SnapshotId::new),
        name: name_of(&tags(from.tags())),
        created: time(from.create_time()),
        zone: words(from.availability_zone()),
        state: match from.state() {
            Some(sdk::VolumeState::Available) => VolumeState::Available,
            Some(sdk::VolumeState::InUse) => VolumeState::InUse,
            Some(sdk::VolumeState::Deleting | sdk::VolumeState::Deleted) => VolumeState::Gone,
            _ => VolumeState::Other,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_of_an_unknown_type_is_still_a_volume() {
        let from = sdk::Volume::builder()
            .volume_id("vol-1")
            .size(8)
            .volume_type(sdk::VolumeType::from("gp9"))
            .snapshot_id("")
            .attachments(sdk::VolumeAttachment::builder().instance_id("i-1").build())
            .build();
        let made = volume(&from).unwrap();
        assert_eq!((made.size_gib, made.kind, made.snapshot), (8, None, None));
        assert_eq!(made.instance, Some(InstanceId::new("i-1")));
    }
}
