//! One region of the demo account: what exists in it, and how time changes that. Nothing sleeps: each call first
//! settles what the clock has brought about since the last one.

use std::collections::{HashMap, HashSet};
use std::net::Ipv4Addr;

use jiff::Timestamp;

use super::addresses::Address;
use super::balancer::OtherInterface;
use super::fault::Fault;
use super::free_tier::DemoPlan;
use super::groups::Group;
use super::instance_connect::SentKey;
use super::instances::{Instance, Phase};
use super::keys::KeyPair;
use super::metrics::Load;
use super::networks::Network;
use super::permissions::Permission;
use super::prefix_lists::{self, PrefixList};
use super::regions::RegionRow;
use super::schedules::Schedule;
use super::snapshots::Snapshot;
use super::tags::Tags;
use super::volumes::Volume;

/// The demo account's number.
pub(super) const ACCOUNT: &str = "123456789012";

/// One region's resources.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// The region.
    pub region: &'static RegionRow,
    /// The time of the present call.
    pub now: Timestamp,
    /// What FreeTier tells of the account.
    pub plan: DemoPlan,
    /// The quota of running virtual processors.
    pub vcpu_limit: u32,
    /// VPC, subnets and what routes them.
    pub network: Network,
    /// In the order in which they were launched.
    pub instances: Vec<Instance>,
    /// All volumes.
    pub volumes: Vec<Volume>,
    /// Snapshots of the account's own.
    pub snapshots: Vec<Snapshot>,
    /// All security groups, the default one first.
    pub groups: Vec<Group>,
    /// All rules of all groups.
    pub permissions: Vec<Permission>,
    /// Managed prefix lists, AWS's own first.
    pub prefix_lists: Vec<PrefixList>,
    /// Interfaces that are no instance's.
    pub other_interfaces: Vec<OtherInterface>,
    /// Elastic IPs.
    pub addresses: Vec<Address>,
    /// Key pairs.
    pub keys: Vec<KeyPair>,
    /// Keys that instances were sent for a minute, in order.
    pub sent_keys: Vec<SentKey>,
    /// How busy instances are, where a test has said so; by id.
    pub loads: HashMap<String, Load>,
    /// Tags of the account's own images.
    pub image_tags: HashMap<String, Tags>,
    /// What each `ClientToken` was used for, and the reservation that came of it.
    pub tokens: HashMap<String, (String, String)>,
    /// Addresses in use, private and public.
    pub taken: HashSet<Ipv4Addr>,
    /// Schedules of EventBridge Scheduler.
    pub schedules: Vec<Schedule>,
    serial: u64,
}

impl World {
    /// A region with nothing but its default network and group.
    pub fn empty(region: &'static RegionRow, now: Timestamp) -> Self {
        let mut world = Self {
            region,
            now,
            plan: DemoPlan::None,
            vcpu_limit: 32,
            network: Network::default(),
            instances: Vec::new(),
            volumes: Vec::new(),
            snapshots: Vec::new(),
            groups: Vec::new(),
            permissions: Vec::new(),
            prefix_lists: prefix_lists::of_region(region, false),
            other_interfaces: Vec::new(),
            addresses: Vec::new(),
            keys: Vec::new(),
            sent_keys: Vec::new(),
            loads: HashMap::new(),
            image_tags: HashMap::new(),
            tokens: HashMap::new(),
            taken: HashSet::new(),
            schedules: Vec::new(),
            serial: 0,
        };
        world.network = Network::default_of(&mut world);
        world.add_default_group();
        world
    }

    /// A new id: plausible, and the same in every run.
    pub fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}-0{:016x}", self.draw())
    }

    /// The next number of a fixed sequence that looks random.
    pub fn draw(&mut self) -> u64 {
        self.serial += 1;
        scramble(hash(&self.region.code) ^ self.serial)
    }

    /// A free address of a block, chosen by the same sequence; `None` when the block is full.
    pub fn free_address(&mut self, block: ipnet::Ipv4Net) -> Option<Ipv4Addr> {
        let first = u32::from(block.network());
        let size = 1_u64 << (32 - u32::from(block.prefix_len()));
        // A subnet's first four addresses and its last are Amazon's.
        let usable = size.checked_sub(5).filter(|usable| *usable > 0)?;
        let start = self.draw() % usable;
        for step in 0..usable {
            let offset = u32::try_from((start + step) % usable + 4).ok()?;
            let address = Ipv4Addr::from(first + offset);
            if self.taken.insert(address) {
                return Some(address);
            }
        }
        None
    }

    /// A public address of Amazon's pool. They are benchmark addresses (RFC 2544): nobody's server answers there.
    pub fn public_address(&mut self) -> Option<Ipv4Addr> {
        let pool = ipnet::Ipv4Net::new(Ipv4Addr::new(198, 18, 0, 0), 15).ok()?;
        self.free_address(pool)
    }

    /// Brings everything to `now`, with whatever comes to its end by itself on the way there.
    pub fn settle(&mut self, now: Timestamp) {
        while let Some(at) = self.next_end(now) {
            // One that was set for the past is due now, not then.
            self.settle_all(at.max(self.now));
            self.run_ends();
        }
        self.settle_all(now);
    }

    fn settle_all(&mut self, now: Timestamp) {
        self.now = now;
        let mut ended = Vec::new();
        for instance in &mut self.instances {
            if instance.settle(now) {
                ended.push(instance.id.clone());
            }
        }
        for id in ended {
            self.clear_away(&id);
        }
        let gone = |instance: &Instance| instance.phase == Phase::Terminated && instance.is_forgotten(now);
        if self.instances.iter().any(gone) {
            self.instances.retain(|instance| !gone(instance));
        }
    }

    /// What the end of an instance takes with it: addresses let go, volumes deleted or detached.
    fn clear_away(&mut self, id: &str) {
        for address in self.addresses.iter_mut().filter(|address| address.is_on(id)) {
            address.association = None;
        }
        let Some(instance) = self.instances.iter_mut().find(|instance| instance.id == id) else { return };
        self.taken.remove(&instance.private_ip);
        let disks = std::mem::take(&mut instance.disks);
        let deleted: HashSet<&str> =
            disks.iter().filter(|disk| disk.delete_on_termination).map(|disk| disk.volume.as_str()).collect();
        self.volumes.retain(|volume| !deleted.contains(volume.id.as_str()));
        for volume in &mut self.volumes {
            if volume.attachment.as_ref().is_some_and(|attachment| attachment.instance == id) {
                volume.attachment = None;
            }
        }
    }

    /// The tags of any resource, by id.
    pub fn tags_mut(&mut self, id: &str) -> Result<&mut Tags, Fault> {
        let kind = id.split('-').next().unwrap_or_default();
        let found = match kind {
            "i" => self.instances.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "eni" => match self.other_interfaces.iter_mut().find(|x| x.id == id) {
                Some(balancer) => Some(&mut balancer.tags),
                None => self.instances.iter_mut().find(|x| x.interface == id).map(|x| &mut x.interface_tags),
            },
            "snap" => self.snapshots.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "vol" => self.volumes.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "sg" => self.groups.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "sgr" => self.permissions.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "eipalloc" => self.addresses.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "key" => self.keys.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "vpc" => (self.network.vpc == id).then_some(&mut self.network.vpc_tags),
            "subnet" => self.network.subnets.iter_mut().find(|x| x.id == id).map(|x| &mut x.tags),
            "ami" if super::images::is_own(self.region, id) => Some(self.image_tags.entry(id.to_owned()).or_default()),
            _ => None,
        };
        found.ok_or_else(|| Fault::new("InvalidID", format!("The ID '{id}' is not valid")))
    }
}

/// A number from a text (FNV-1a).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Mixes the bits of a number, so that neighbours look unlike (`splitmix64`).
pub(super) fn scramble(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The time as the SDK has it.
pub(super) fn sdk_time(time: Timestamp) -> aws_smithy_types::DateTime {
    aws_smithy_types::DateTime::from_secs(time.as_second())
}
