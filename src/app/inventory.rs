//! What the account has in this region, as far as it was read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::remote::{Listing, Remote};
use crate::domain::address::{Address, Association};
use crate::domain::auto_stop::Told;
use crate::domain::id::{AllocationId, GroupId, ImageId, InstanceId};
use crate::domain::image::Image;
use crate::domain::instance::{Instance, InstanceState, InstanceStatus};
use crate::domain::instance_type::InstanceType;
use crate::domain::interface::{NetworkInterface, unattached};
use crate::domain::key_pair::{KeyFileForm, KeyKind, KeyPair, LocalKey};
use crate::domain::launch_plan::ShutdownBehavior;
use crate::domain::remembered::{Remembered, RememberedFile};
use crate::domain::schedule::Schedules;
use crate::domain::security_group::SecurityGroup;
use crate::domain::snapshot::Snapshot;
use crate::domain::tools::Tools;
use crate::domain::volume::Volume;

/// How long a row that this program made stays listed although EC2 does not name it yet.
const NOT_VISIBLE_YET: SignedDuration = SignedDuration::from_mins(5);

/// All lists of the dashboard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Instances.
    pub instances: Listing<Instance>,
    /// Status checks of running instances.
    pub statuses: Listing<InstanceStatus>,
    /// Security groups with rules.
    pub groups: Listing<SecurityGroup>,
    /// Elastic IPs.
    pub addresses: Listing<Address>,
    /// Network interfaces: what else uses a group or an address.
    pub interfaces: Listing<NetworkInterface>,
    /// Key pairs.
    pub key_pairs: Listing<KeyPair>,
    /// Volumes.
    pub volumes: Listing<Volume>,
    /// Snapshots of the account's own, once somebody has looked for leaks.
    pub snapshots: Listing<Snapshot>,
    /// All images of the account's own, disabled ones too, likewise.
    pub own_images: Remote<Vec<Image>>,
    /// Images that instances name; one that was asked for and is gone is `None`.
    pub images: BTreeMap<ImageId, Option<Image>>,
    /// What instances have printed on their consoles, as far as somebody asked; `None`: nothing yet.
    pub consoles: BTreeMap<InstanceId, Remote<Option<String>>>,
    /// This program's schedules in EventBridge Scheduler, as far as somebody asked.
    pub schedules: Remote<Schedules>,
    /// What the instances' tags said of schedules when those were asked for.
    pub scheduled_tags: Vec<(InstanceId, Told)>,
    /// What a shutdown from inside does to instances, as far as somebody asked.
    pub shutdown_behaviors: BTreeMap<InstanceId, Remote<ShutdownBehavior>>,
    /// Private keys on this machine.
    pub local_keys: Remote<Vec<LocalKey>>,
    /// Programs on this machine that ways in need.
    pub tools: Remote<Tools>,
    /// What is remembered about getting in.
    pub remembered: Remote<RememberedFile>,
    made: BTreeMap<InstanceId, Timestamp>,
    images_awaited: BTreeSet<ImageId>,
    types_asked: BTreeSet<String>,
    /// Idle Elastic IPs that are on their way to an instance.
    promised: BTreeSet<AllocationId>,
}

impl Inventory {
    /// The instance with this id.
    #[must_use]
    pub fn instance(&self, id: &InstanceId) -> Option<&Instance> {
        self.instances.get(id.as_str())
    }

    /// The Elastic IP that is on an instance.
    #[must_use]
    pub fn address_of(&self, id: &InstanceId) -> Option<&Address> {
        self.addresses.rows.iter().find(|address| address.is_on(id))
    }

    /// The Elastic IPs that are on an instance: one for each private address at most.
    pub fn addresses_of<'a>(&'a self, id: &'a InstanceId) -> impl Iterator<Item = &'a Address> {
        self.addresses.rows.iter().filter(move |address| address.is_on(id))
    }

    /// An Elastic IP is on its way to an instance: nobody else is to take it.
    pub fn promise(&mut self, address: AllocationId) {
        self.promised.insert(address);
    }

    /// It is there, or stays where it was.
    pub fn end_promise(&mut self, address: &AllocationId) {
        self.promised.remove(address);
    }

    /// The Elastic IPs that are on nothing and on their way to nothing, the lowest first.
    #[must_use]
    pub fn unused_addresses(&self) -> Vec<&Address> {
        let is_free = |one: &&Address| one.association.is_none() && !self.promised.contains(&one.id);
        let mut unused: Vec<&Address> = self.addresses.rows.iter().filter(is_free).collect();
        unused.sort_by_key(|address| address.ip);
        unused
    }

    /// The instances that carry a security group.
    pub fn instances_in_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Instance> {
        self.instances.rows.iter().filter(move |instance| {
            !matches!(instance.state, InstanceState::Terminated)
                && instance.groups.iter().any(|of| of.id.as_str() == group)
        })
    }

    /// The network interfaces that carry a security group, those of instances among them.
    pub fn interfaces_in_group<'a>(&'a self, group: &'a GroupId) -> impl Iterator<Item = &'a NetworkInterface> {
        self.interfaces.rows.iter().filter(move |interface| interface.groups.contains(group))
    }

    /// The instances that were launched with a key pair.
    pub fn instances_with_key<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Instance> {
        self.instances.rows.iter().filter(move |instance| {
            !matches!(instance.state, InstanceState::Terminated) && instance.key_name.as_deref() == Some(name)
        })
    }

    /// The private key of a key pair, if it is on this machine: the first file that ssh can use, else PuTTY's.
    #[must_use]
    pub fn local_key_of(&self, pair: &KeyPair) -> Option<&LocalKey> {
        self.local_keys_of(pair).into_iter().next()
    }

    /// Every file on this machine that holds the private key of a key pair, those that ssh can use first.
    #[must_use]
    pub fn local_keys_of(&self, pair: &KeyPair) -> Vec<&LocalKey> {
        let keys = self.local_keys.value.iter().flatten();
        let mut keys: Vec<&LocalKey> = keys.filter(|key| key.matches(pair)).collect();
        keys.sort_by_key(|key| key.form == KeyFileForm::Ppk);
        keys
    }

    /// Private key files that are encrypted as a whole: they do not tell which key they hold.
    pub fn silent_local_keys(&self) -> impl Iterator<Item = &LocalKey> {
        self.local_keys.value.iter().flatten().filter(|key| key.public_key.is_none())
    }

    /// The private keys on this machine that EC2 would take and that belong to no key pair of the region yet: one file
    /// for each key, one that ssh can use if there is any.
    #[must_use]
    pub fn unpaired_local_keys(&self) -> Vec<&LocalKey> {
        let fits = |key: &&LocalKey| {
            matches!(key.kind, KeyKind::Rsa | KeyKind::Ed25519)
                && key.public_key.is_some()
                && !self.key_pairs.rows.iter().any(|pair| key.matches(pair))
        };
        let mut keys: Vec<&LocalKey> = self.local_keys.value.iter().flatten().filter(fits).collect();
        keys.sort_by_key(|key| key.form == KeyFileForm::Ppk);
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.public_key.clone()));
        keys
    }

    /// What was remembered is on disk now; what the file says beside it is as it was.
    pub fn remember(&mut self, remembered: Remembered, now: Timestamp) {
        let unknown = self.remembered.value.take().map(|file| file.unknown).unwrap_or_default();
        self.remembered.answer(Ok(RememberedFile { remembered, unknown }), now);
    }

    /// The key pair with this name.
    #[must_use]
    pub fn key_pair_named(&self, name: &str) -> Option<&KeyPair> {
        self.key_pairs.rows.iter().find(|pair| pair.name == name)
    }

    /// Whether an Elastic IP costs money for nothing: on nothing, on an instance that does not run, or on a network
    /// interface that is attached to nothing.
    #[must_use]
    pub fn is_idle(&self, address: &Address) -> bool {
        match &address.association {
            None => true,
            Some(on) => {
                let is_off = |of: &Instance| matches!(of.state, InstanceState::Stopped | InstanceState::Terminated);
                self.is_on_loose_interface(on)
                    || on.instance.as_ref().and_then(|id| self.instance(id)).is_some_and(is_off)
            }
        }
    }

    /// Whether what an Elastic IP is on is a network interface that is attached to nothing.
    #[must_use]
    pub fn is_on_loose_interface(&self, on: &Association) -> bool {
        unattached(on, &self.interfaces.rows).is_some()
    }

    /// Instances on their way to another state: those are asked again soon.
    #[must_use]
    pub fn changing(&self) -> Vec<InstanceId> {
        self.instances.rows.iter().filter(|one| one.state.is_changing()).map(|one| one.id.clone()).collect()
    }

    /// This program has just made these instances: they may not be visible yet, but they exist.
    pub fn add_made(&mut self, instances: Vec<Instance>, now: Timestamp) {
        for instance in &instances {
            self.made.insert(instance.id.clone(), now);
        }
        self.instances.put(instances);
    }

    /// Whether an instance was made so recently that "not found" means "not visible yet".
    #[must_use]
    pub fn may_be_invisible(&self, id: &InstanceId, now: Timestamp) -> bool {
        self.made.get(id).is_some_and(|at| now.duration_since(*at) < NOT_VISIBLE_YET)
    }

    /// A page of the instance list.
    pub fn instances_page(&mut self, page: crate::message::Page<Instance>, now: Timestamp) {
        let made = std::mem::take(&mut self.made);
        self.instances
            .page(page, now, |old| made.get(&old.id).is_some_and(|at| now.duration_since(*at) < NOT_VISIBLE_YET));
        self.made = made;
    }

    /// Images that instances name and nobody has asked for yet; marks them as asked. Those that are on their way are
    /// among them, for a newer question takes the place of an older one.
    pub fn images_to_ask(&mut self) -> Vec<ImageId> {
        let wanted: BTreeSet<ImageId> = self.instances.rows.iter().map(|one| one.image.clone()).collect();
        let missing: Vec<ImageId> = wanted.into_iter().filter(|id| !self.images.contains_key(id)).collect();
        if missing.is_empty() {
            return missing;
        }
        for id in missing {
            self.images.insert(id.clone(), None);
            self.images_awaited.insert(id);
        }
        self.images_awaited.iter().cloned().collect()
    }

    /// A question for images has ended. One that failed is asked again with the next list of instances.
    pub fn images_answered(&mut self, asked: &[ImageId], good: bool) {
        for id in asked {
            if good {
                self.images_awaited.remove(id);
            } else if self.images_awaited.contains(id) {
                self.images.remove(id);
            }
        }
    }

    /// Whether the image of every instance is known, or known to be gone.
    #[must_use]
    pub fn images_are_known(&self) -> bool {
        self.instances.rows.iter().all(|one| !self.images_awaited.contains(&one.image))
    }

    /// Instance types in use that nobody has asked for yet; marks them as asked.
    pub fn types_to_ask(&mut self) -> Vec<String> {
        let used = self.instances.rows.iter().map(|one| &one.instance_type);
        let missing: BTreeSet<String> = used.filter(|name| !self.types_asked.contains(*name)).cloned().collect();
        self.types_asked.extend(missing.iter().cloned());
        missing.into_iter().collect()
    }

    /// The person wants to know anew: types that were asked for and are not known may be asked for again.
    pub fn ask_types_again(&mut self, known: &Listing<InstanceType>) {
        self.types_asked.retain(|name| known.get(name).is_some());
    }

    /// When the oldest of the four panes was last complete.
    #[must_use]
    pub fn read_at(&self) -> Option<Timestamp> {
        [self.instances.read_at, self.groups.read_at, self.addresses.read_at, self.key_pairs.read_at]
            .into_iter()
            .min()
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::KeyPairId;

    #[test]
    fn what_was_remembered_replaces_the_old_and_keeps_what_the_file_says_beside_it() {
        use crate::domain::image_family::ImageFamily;
        use crate::domain::remembered::UnknownSetting;
        let mut inventory = Inventory::default();
        let unknown = vec![UnknownSetting { line: 1, column: 1, key: "colour".to_owned() }];
        let file = RememberedFile { unknown: unknown.clone(), ..RememberedFile::default() };
        inventory.remembered.answer(Ok(file), Timestamp::UNIX_EPOCH);
        let mut remembered = Remembered::default();
        remembered.set_user(ImageFamily::Debian, "me").unwrap();
        inventory.remember(remembered.clone(), Timestamp::UNIX_EPOCH);
        assert_eq!(inventory.remembered.value, Some(RememberedFile { remembered, unknown }));
    }

    #[test]
    fn an_image_is_asked_for_until_it_is_answered() {
        use crate::app::launch::testing::instance;
        let mut inventory = Inventory::default();
        let mut other = instance("i-2", InstanceState::Running);
        other.image = ImageId::new("ami-2");
        inventory.instances.put([instance("i-1", InstanceState::Running)]);
        let first = inventory.images_to_ask();
        assert_eq!((first.len(), inventory.images_to_ask(), inventory.images_are_known()), (1, vec![], false));
        inventory.instances.put([other]);
        let both = inventory.images_to_ask();
        assert_eq!(both.len(), 2, "the newer question takes the place of the older one");
        inventory.images_answered(&both, false);
        assert!(!inventory.images_are_known());
        assert_eq!(inventory.images_to_ask(), both);
        inventory.images_answered(&both, true);
        assert_eq!((inventory.images_to_ask(), inventory.images_are_known()), (vec![], true));
    }

    #[test]
    fn a_file_that_ssh_can_use_comes_before_puttys() {
        let public_key = Some("ssh-ed25519 AAAA".to_owned());
        let pair = KeyPair {
            id: KeyPairId::new("key-1"),
            name: "laptop".to_owned(),
            kind: KeyKind::Ed25519,
            fingerprint: String::new(),
            created: None,
            public_key: public_key.clone(),
            tags: vec![],
        };
        let key = |name: &str, form| LocalKey {
            path: name.into(),
            form,
            kind: KeyKind::Ed25519,
            public_key: public_key.clone(),
            fingerprints: vec![],
            open_to_others: false,
        };
        let mut inventory = Inventory::default();
        for (keys, expected) in [
            (vec![key("a.ppk", KeyFileForm::Ppk), key("b", KeyFileForm::OpenSsh), key("c", KeyFileForm::Pem)], "b"),
            (vec![key("a.ppk", KeyFileForm::Ppk)], "a.ppk"),
        ] {
            inventory.local_keys.answer(Ok(keys), Timestamp::UNIX_EPOCH);
            assert_eq!(inventory.local_key_of(&pair).unwrap().path.to_str(), Some(expected));
        }
    }
}
