//! Volumes of the demo account, and what EC2 asks of a new one.

use aws_sdk_ec2::operation::delete_volume::{DeleteVolumeInput, DeleteVolumeOutput};
use aws_sdk_ec2::operation::describe_volumes::{DescribeVolumesInput, DescribeVolumesOutput};
use aws_sdk_ec2::types;
use jiff::Timestamp;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::tags::{Tags, to_sdk};
use super::world::{World, sdk_time};

/// One volume.
#[derive(Clone, Debug)]
pub(super) struct Volume {
    /// The id.
    pub id: String,
    /// Size, kind and speed.
    pub shape: Shape,
    /// Where its content came from.
    pub snapshot: Option<String>,
    /// Its zone.
    pub zone: String,
    /// When it was made.
    pub created: Timestamp,
    /// What it is attached to.
    pub attachment: Option<Attachment>,
    /// Its tags.
    pub tags: Tags,
}

/// What a volume is attached to.
#[derive(Clone, Debug)]
pub(super) struct Attachment {
    /// The instance.
    pub instance: String,
    /// Under this name.
    pub device: String,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
    /// Since when.
    pub since: Timestamp,
}

/// Size, kind and speed of a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// GiB.
    pub gib: i32,
    /// `gp3` and so on.
    pub kind: String,
    /// IOPS, where the kind has them.
    pub iops: Option<i32>,
    /// MiB/s, where the kind has it.
    pub throughput: Option<i32>,
    /// Encrypted at rest.
    pub encrypted: bool,
}

impl Shape {
    /// A volume of this size and kind with the kind's own speed.
    pub fn plain(gib: i32, kind: &str) -> Self {
        let mut shape = Self { gib, kind: kind.to_owned(), iops: None, throughput: None, encrypted: false };
        shape.fill_in();
        shape
    }

    /// Gives what was not asked for its default.
    pub fn fill_in(&mut self) {
        match self.kind.as_str() {
            "gp3" => {
                self.iops.get_or_insert(3000);
                self.throughput.get_or_insert(125);
            }
            "gp2" => self.iops = Some((self.gib * 3).clamp(100, 16_000)),
            _ => {}
        }
    }

    /// EC2's limits (service model, `EbsBlockDevice`, November 2026).
    pub fn check(&self, is_root: bool) -> Result<(), Fault> {
        let (least, most) = match self.kind.as_str() {
            "gp3" => (1, 65_536),
            "gp2" => (1, 16_384),
            "io2" => (4, 65_536),
            "io1" => (4, 16_384),
            "st1" | "sc1" => (125, 16_384),
            "standard" => (1, 1_024),
            other => return Err(Fault::value(format!("Invalid volume type: {other}"))),
        };
        let kind = &self.kind;
        if self.gib < least || self.gib > most {
            return Err(Fault::value(format!(
                "Volume of {}GiB is invalid for volume type {kind}; it must be at least {least}GiB and at most {most}GiB.",
                self.gib
            )));
        }
        if is_root && matches!(kind.as_str(), "st1" | "sc1") {
            return Err(Fault::value(format!("Volume type {kind} is not supported for the root device.")));
        }
        let most_iops = match kind.as_str() {
            "gp3" => Some((3_000, self.gib.saturating_mul(500).clamp(3_000, 80_000))),
            "io2" => Some((100, self.gib.saturating_mul(1_000).clamp(100, 256_000))),
            "io1" => Some((100, self.gib.saturating_mul(50).clamp(100, 64_000))),
            _ => None,
        };
        match (most_iops, self.iops) {
            (None, Some(_)) => {
                return Err(Fault::combination(format!("The parameter iops is not supported for {kind} volumes.")));
            }
            (Some(_), None) if kind != "gp3" => {
                return Err(Fault::new(
                    "MissingParameter",
                    format!("The parameter iops must be specified for {kind} volumes."),
                ));
            }
            (Some((least, most)), Some(iops)) if iops < least || iops > most => {
                return Err(Fault::value(format!(
                    "Volume iops of {iops} is invalid for volume type {kind}; it must be between {least} and {most}."
                )));
            }
            _ => {}
        }
        self.check_throughput()
    }

    fn check_throughput(&self) -> Result<(), Fault> {
        let Some(throughput) = self.throughput else { return Ok(()) };
        if self.kind != "gp3" {
            return Err(Fault::combination(format!(
                "The parameter throughput is not supported for {} volumes.",
                self.kind
            )));
        }
        let most = (self.iops.unwrap_or(3_000) / 4).clamp(125, 2_000);
        if !(125..=most).contains(&throughput) {
            return Err(Fault::value(format!(
                "Throughput of {throughput}MiB/s is invalid for volume type gp3; it must be between 125 and {most} for \
                 this iops."
            )));
        }
        Ok(())
    }
}

impl Volume {
    fn to_sdk(&self) -> types::Volume {
        let attachment = self.attachment.as_ref().map(|attachment| {
            types::VolumeAttachment::builder()
                .volume_id(&self.id)
                .instance_id(&attachment.instance)
                .device(&attachment.device)
                .delete_on_termination(attachment.delete_on_termination)
                .attach_time(sdk_time(attachment.since))
                .state(types::VolumeAttachmentState::Attached)
                .build()
        });
        types::Volume::builder()
            .volume_id(&self.id)
            .size(self.shape.gib)
            .volume_type(types::VolumeType::from(self.shape.kind.as_str()))
            .set_iops(self.shape.iops)
            .set_throughput(self.shape.throughput)
            .encrypted(self.shape.encrypted)
            .set_snapshot_id(self.snapshot.clone().or_else(|| Some(String::new())))
            .availability_zone(&self.zone)
            .state(if attachment.is_some() { types::VolumeState::InUse } else { types::VolumeState::Available })
            .create_time(sdk_time(self.created))
            .multi_attach_enabled(false)
            .set_attachments(Some(attachment.into_iter().collect()))
            .set_tags(Some(to_sdk(&self.tags)))
            .build()
    }

    fn filter_values(&self, name: &str) -> Option<Vec<String>> {
        let one = |text: String| Some(vec![text]);
        let attached = |read: fn(&Attachment) -> String| Some(self.attachment.iter().map(read).collect());
        match name {
            "volume-id" => one(self.id.clone()),
            "volume-type" => one(self.shape.kind.clone()),
            "size" => one(self.shape.gib.to_string()),
            "availability-zone" => one(self.zone.clone()),
            "encrypted" => one(self.shape.encrypted.to_string()),
            "status" => one(if self.attachment.is_some() { "in-use" } else { "available" }.to_owned()),
            "snapshot-id" => Some(self.snapshot.clone().into_iter().collect()),
            "attachment.instance-id" => attached(|attachment| attachment.instance.clone()),
            "attachment.device" => attached(|attachment| attachment.device.clone()),
            "attachment.delete-on-termination" => attached(|attachment| attachment.delete_on_termination.to_string()),
            _ => None,
        }
    }
}

/// `DescribeVolumes`
pub(super) fn describe_volumes(
    world: &mut World,
    input: &DescribeVolumesInput,
) -> Result<DescribeVolumesOutput, Fault> {
    let asked = input.volume_ids();
    if !asked.is_empty() && input.max_results().is_some() {
        return Err(Fault::combination("The parameter volumeIds cannot be used with the parameter maxResults"));
    }
    if let Some(missing) = asked.iter().find(|id| !world.volumes.iter().any(|volume| &volume.id == *id)) {
        return Err(Fault::new("InvalidVolume.NotFound", format!("The volume '{missing}' does not exist.")));
    }
    let listed = world.volumes.iter().filter(|volume| asked.is_empty() || asked.contains(&volume.id)).collect();
    let listed =
        keep(listed, |volume: &&Volume| passes(input.filters(), &volume.tags, |name| volume.filter_values(name)))?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let volumes = paged.rows.into_iter().map(Volume::to_sdk).collect();
    Ok(DescribeVolumesOutput::builder().set_volumes(Some(volumes)).set_next_token(paged.next_token).build())
}

/// `DeleteVolume`: refused while it is attached.
pub(super) fn delete_volume(world: &mut World, input: &DeleteVolumeInput) -> Result<DeleteVolumeOutput, Fault> {
    let id = input.volume_id().ok_or_else(|| Fault::missing("volumeId"))?;
    let place = world.volumes.iter().position(|volume| volume.id == id);
    let place =
        place.ok_or_else(|| Fault::new("InvalidVolume.NotFound", format!("The volume '{id}' does not exist.")))?;
    if let Some(attachment) = &world.volumes[place].attachment {
        return Err(Fault::new("VolumeInUse", format!("Volume {id} is currently attached to {}", attachment.instance)));
    }
    world.volumes.remove(place);
    Ok(DeleteVolumeOutput::builder().build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_follow_the_kind() {
        let shape = |gib, kind: &str, iops, throughput| Shape {
            gib,
            kind: kind.to_owned(),
            iops,
            throughput,
            encrypted: false,
        };
        for (shape, root, expected) in [
            (shape(8, "gp3", None, None), true, ""),
            (shape(8, "gp3", Some(3000), Some(125)), true, ""),
            (shape(8, "gp3", Some(4001), None), true, "InvalidParameterValue"),
            (shape(8, "gp3", Some(3000), Some(751)), true, "InvalidParameterValue"),
            (shape(8, "gp2", Some(3000), None), true, "InvalidParameterCombination"),
            (shape(8, "gp2", None, Some(125)), true, "InvalidParameterCombination"),
            (shape(8, "io2", None, None), true, "MissingParameter"),
            (shape(200, "st1", None, None), true, "InvalidParameterValue"),
            (shape(200, "st1", None, None), false, ""),
            (shape(100, "st1", None, None), false, "InvalidParameterValue"),
            (shape(8, "gp9", None, None), false, "InvalidParameterValue"),
        ] {
            let code = shape.check(root).err().map(|fault| fault.code).unwrap_or_default();
            assert_eq!(code, expected, "{shape:?}");
        }
    }
}
