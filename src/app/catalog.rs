//! What a launch chooses from: asked when it is first needed, kept until region or profile change.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::outbox::Outbox;
use super::remote::{Listing, Remote};
use crate::domain::allow::Blocks;
use crate::domain::id::{PrefixListId, VpcId};
use crate::domain::image::{Architecture, Image, QuickStart};
use crate::domain::instance_type::InstanceType;
use crate::domain::network::Networks;
use crate::domain::network_acl::NetworkAcl;
use crate::domain::prefix_list::PrefixList;
use crate::domain::region::RegionEntry;
use crate::domain::route_table::RouteTable;
use crate::message::Read;

/// Images, types, networks and regions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// Newest quick-start images by architecture.
    pub quick_start: BTreeMap<Architecture, Remote<Vec<(QuickStart, Image)>>>,
    /// The account's own images.
    pub my_images: Remote<Vec<Image>>,
    /// Images that were searched for, and the words they were searched by.
    pub found_images: Remote<Vec<Image>>,
    /// The words of [`Self::found_images`].
    pub searched: String,
    /// All instance types of the region.
    pub types: Listing<InstanceType>,
    /// VPCs and subnets.
    pub networks: Remote<Networks>,
    /// Route tables by VPC, as far as somebody needed them.
    pub route_tables: BTreeMap<VpcId, Remote<Vec<RouteTable>>>,
    /// Network ACLs by VPC, likewise.
    pub network_acls: BTreeMap<VpcId, Remote<Vec<NetworkAcl>>>,
    /// All regions.
    pub regions: Remote<Vec<RegionEntry>>,
    /// Managed prefix lists.
    pub prefix_lists: Remote<Vec<PrefixList>>,
    /// Their blocks, as far as somebody needed them.
    pub prefix_list_entries: BTreeMap<PrefixListId, Remote<Vec<IpNet>>>,
    /// The address that this machine is seen under.
    pub my_ip: Remote<IpAddr>,
}

impl Catalog {
    /// Whether AWS has marked this type as eligible for the account; a type that was not read is not.
    #[must_use]
    pub fn is_eligible(&self, instance_type: &str) -> bool {
        self.types.get(instance_type).is_some_and(|known| known.free_tier_eligible)
    }

    /// The types that AWS has marked as eligible for this account, as far as they were read, small ones first.
    #[must_use]
    pub fn eligible_types(&self) -> Vec<String> {
        let mut types: Vec<_> = self.types.rows.iter().filter(|one| one.free_tier_eligible).collect();
        types.sort_by_key(|one| one.size_order());
        types.into_iter().map(|one| one.name.clone()).collect()
    }

    /// Asks for what a launch needs and is not there yet.
    pub fn ask_for_launch(&mut self, outbox: &mut Outbox) {
        self.ask_quick_start(Architecture::X86_64, outbox);
        if !self.types.is_known() && !self.types.loading {
            self.types.ask();
            outbox.read(Read::InstanceTypes);
        }
        if self.networks.is_missing() {
            self.networks.ask();
            outbox.read(Read::Networks);
        }
        self.ask_my_ip(outbox);
    }

    /// Asks for the quick-start images of an architecture, unless they are there or on their way.
    pub fn ask_quick_start(&mut self, architecture: Architecture, outbox: &mut Outbox) {
        let images = self.quick_start.entry(architecture).or_default();
        if images.is_missing() {
            images.ask();
            outbox.read(Read::QuickStartImages(architecture));
        }
    }

    /// Asks for the account's own images, unless they are there or on their way.
    pub fn ask_my_images(&mut self, outbox: &mut Outbox) {
        if self.my_images.is_missing() {
            self.my_images.ask();
            outbox.read(Read::MyImages);
        }
    }

    /// Searches images by id or name; an answer to older words is replaced.
    pub fn search_images(&mut self, words: &str, outbox: &mut Outbox) {
        words.clone_into(&mut self.searched);
        self.found_images = Remote::default();
        self.found_images.ask();
        outbox.read(Read::FindImages(words.to_owned()));
    }

    /// Asks which address this machine is seen under, anew each time: people move.
    pub fn ask_my_ip(&mut self, outbox: &mut Outbox) {
        if !self.my_ip.loading {
            self.my_ip.ask();
            outbox.read(Read::MyIp);
        }
    }

    /// Asks for the prefix lists, unless they are there or on their way.
    pub fn ask_prefix_lists(&mut self, outbox: &mut Outbox) {
        if self.prefix_lists.is_missing() {
            self.prefix_lists.ask();
            outbox.read(Read::PrefixLists);
        }
    }

    /// The prefix list with this id.
    #[must_use]
    pub fn prefix_list(&self, id: &PrefixListId) -> Option<&PrefixList> {
        self.prefix_lists.value.as_ref()?.iter().find(|list| list.id == *id)
    }

    /// The blocks of the prefix lists that were read.
    #[must_use]
    pub fn known_blocks(&self) -> Blocks {
        let read = self.prefix_list_entries.iter();
        read.filter_map(|(id, blocks)| blocks.value.clone().map(|blocks| (id.clone(), blocks))).collect()
    }

    /// Asks for the regions, unless they are there or on their way.
    pub fn ask_regions(&mut self, outbox: &mut Outbox) {
        if self.regions.is_missing() {
            self.regions.ask();
            outbox.read(Read::Regions);
        }
    }
}
