//! What somebody has left behind in the demo account and still pays for, and how tests leave more behind and see what
//! became of it. All of it is in the home region.

use jiff::{SignedDuration, Timestamp};

use super::DemoAccount;
use super::seed::HOME;
use super::snapshots::Snapshot;
use super::tags::Tags;
use super::types;
use super::volumes::{Shape, Volume};
use super::world::{World, hash, scramble};

/// How long ago it was left behind.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 200);

impl World {
    /// A volume that is attached to nothing; its id follows from its name, so that no other id is another one for it.
    pub fn leave_volume(&mut self, name: &str, gib: i32, kind: &str) -> String {
        let id = left_id("vol", name);
        self.volumes.push(Volume {
            id: id.clone(),
            shape: Shape::plain(gib, kind),
            snapshot: None,
            zone: format!("{}a", self.region.code),
            created: long_ago(self.now),
            attachment: None,
            tags: named(name),
        });
        id
    }

    /// A snapshot with this description.
    pub fn leave_snapshot(&mut self, name: &str, gib: i32, description: &str) -> String {
        let id = left_id("snap", name);
        self.snapshots.push(Snapshot {
            id: id.clone(),
            description: description.to_owned(),
            gib,
            volume: left_id("vol", description),
            started: long_ago(self.now),
            tags: named(name),
        });
        id
    }

    /// What was left behind when the old shop was switched off: a disk, and the snapshot of an image that is gone.
    pub fn leave_old_shop(&mut self) {
        // Of a kind that the older free-tier allowance does not count.
        self.leave_volume("old-shop-data", 125, "st1");
        self.leave_snapshot("old-shop", 8, &for_gone_image());
    }
}

/// What EC2 writes on the snapshot of an image; no image has this id.
fn for_gone_image() -> String {
    "Created by CreateImage(i-0a1b2c3d4e5f60718) for ami-0a1b2c3d4e5f60718".to_owned()
}

fn left_id(prefix: &str, name: &str) -> String {
    format!("{prefix}-0{:016x}", scramble(hash(name)))
}

fn long_ago(now: Timestamp) -> Timestamp {
    now.saturating_sub(AGE).unwrap_or(now)
}

fn named(name: &str) -> Tags {
    Tags::from([("Name".to_owned(), name.to_owned())])
}

impl DemoAccount {
    /// Leaves a volume behind that is attached to nothing; its id.
    #[must_use]
    pub fn leave_volume(&self, name: &str, gib: i32, kind: &str) -> String {
        self.at_home(|world| world.leave_volume(name, gib, kind))
    }

    /// Leaves a snapshot behind with this description; its id.
    #[must_use]
    pub fn leave_snapshot(&self, name: &str, gib: i32, description: &str) -> String {
        self.at_home(|world| world.leave_snapshot(name, gib, description))
    }

    /// The ids of the volumes.
    #[must_use]
    pub fn volume_ids(&self) -> Vec<String> {
        self.at_home(|world| world.volumes.iter().map(|volume| volume.id.clone()).collect())
    }

    /// The ids of the snapshots that belong to no image.
    #[must_use]
    pub fn snapshot_ids(&self) -> Vec<String> {
        self.at_home(|world| world.snapshots.iter().map(|snapshot| snapshot.id.clone()).collect())
    }

    /// The instance of this name is of this type, with this credit mode. Whether there are such an instance and type.
    #[must_use]
    pub fn set_type(&self, instance: &str, kind: &str, credits: Option<&str>) -> bool {
        types::find(kind).is_some()
            && self.at_home(|world| {
                let Some(one) = world.instances.iter_mut().find(|one| is_named(&one.tags, instance)) else {
                    return false;
                };
                kind.clone_into(&mut one.kind);
                one.credits = credits.map(str::to_owned);
                true
            })
    }

    /// Type, credit mode and state of the instance of this name, as EC2 would tell them.
    #[must_use]
    pub fn type_of(&self, instance: &str) -> (String, Option<String>, String) {
        self.at_home(|world| {
            let one = world.instances.iter().find(|one| is_named(&one.tags, instance));
            let told = one.map(|one| (one.kind.clone(), one.credits.clone(), format!("{:?}", one.phase)));
            told.unwrap_or_default()
        })
    }

    /// The Elastic IP of this name goes on the instance of this name. Whether there are both.
    #[must_use]
    pub fn move_address(&self, address: &str, instance: &str) -> bool {
        self.at_home(|world| {
            let place = world.addresses.iter().position(|one| is_named(&one.tags, address));
            let on = world.instances.iter().position(|one| is_named(&one.tags, instance));
            let (Some(place), Some(on)) = (place, on) else { return false };
            world.put_address(place, on);
            true
        })
    }

    /// The Elastic IP of this name goes on an interface that is attached to nothing; its id.
    #[must_use]
    pub fn leave_address_on_interface(&self, address: &str) -> Option<String> {
        self.at_home(|world| {
            let place = world.addresses.iter().position(|one| is_named(&one.tags, address))?;
            let interface = world.leave_interface()?;
            world.put_address_on_interface(place, interface.clone());
            Some(interface)
        })
    }

    fn at_home<T: Default>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.account.with_world(HOME, act).unwrap_or_default()
    }
}

fn is_named(tags: &Tags, name: &str) -> bool {
    tags.get("Name").is_some_and(|own| own == name)
}
