//! Snapshots of the demo account's own: those of its own images, and what tests and the seed add.

use aws_sdk_ec2::operation::delete_snapshot::{DeleteSnapshotInput, DeleteSnapshotOutput};
use aws_sdk_ec2::operation::describe_snapshots::{DescribeSnapshotsInput, DescribeSnapshotsOutput};
use aws_sdk_ec2::types;
use jiff::Timestamp;

use super::fault::Fault;
use super::images;
use super::query::{keep, page, passes};
use super::tags::{Tags, to_sdk};
use super::world::{ACCOUNT, World, sdk_time};

/// One snapshot.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// The id.
    pub id: String,
    /// What EC2 or a person wrote.
    pub description: String,
    /// The volume's size.
    pub gib: i32,
    /// The volume; may be gone.
    pub volume: String,
    /// When it was begun.
    pub started: Timestamp,
    /// Its tags.
    pub tags: Tags,
}

impl Snapshot {
    fn to_sdk(&self) -> types::Snapshot {
        types::Snapshot::builder()
            .snapshot_id(&self.id)
            .volume_id(&self.volume)
            .volume_size(self.gib)
            .description(&self.description)
            .owner_id(ACCOUNT)
            .start_time(sdk_time(self.started))
            .progress("100%")
            .state(types::SnapshotState::Completed)
            .storage_tier(types::StorageTier::Standard)
            .encrypted(false)
            .set_tags(Some(to_sdk(&self.tags)))
            .build()
    }
}

/// `DescribeSnapshots`: the account's own; of others the demo knows none.
pub(super) fn describe_snapshots(
    world: &mut World,
    input: &DescribeSnapshotsInput,
) -> Result<DescribeSnapshotsOutput, Fault> {
    let own = input.owner_ids().is_empty() || input.owner_ids().iter().any(|id| id == "self" || id == ACCOUNT);
    let mut all = world.snapshots.clone();
    all.extend(images::own_snapshots(world));
    if let Some(missing) = input.snapshot_ids().iter().find(|id| !all.iter().any(|one| one.id == **id)) {
        return Err(not_found(missing));
    }
    all.retain(|one| own && (input.snapshot_ids().is_empty() || input.snapshot_ids().contains(&one.id)));
    let listed = keep(all, |one: &Snapshot| {
        passes(input.filters(), &one.tags, |name| match name {
            "snapshot-id" => Some(vec![one.id.clone()]),
            "volume-id" => Some(vec![one.volume.clone()]),
            "description" => Some(vec![one.description.clone()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let snapshots = paged.rows.iter().map(Snapshot::to_sdk).collect();
    Ok(DescribeSnapshotsOutput::builder().set_snapshots(Some(snapshots)).set_next_token(paged.next_token).build())
}

/// `DeleteSnapshot`: refused while an image needs it.
pub(super) fn delete_snapshot(world: &mut World, input: &DeleteSnapshotInput) -> Result<DeleteSnapshotOutput, Fault> {
    let id = input.snapshot_id().ok_or_else(|| Fault::missing("snapshotId"))?;
    if let Some(image) = images::that_needs(world, id) {
        return Err(Fault::new("InvalidSnapshot.InUse", format!("The snapshot {id} is currently in use by {image}")));
    }
    let place = world.snapshots.iter().position(|one| one.id == id).ok_or_else(|| not_found(id))?;
    world.snapshots.remove(place);
    Ok(DeleteSnapshotOutput::builder().build())
}

fn not_found(id: &str) -> Fault {
    Fault::new("InvalidSnapshot.NotFound", format!("The snapshot '{id}' does not exist."))
}
