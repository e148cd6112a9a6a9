//! Managed prefix lists of the demo account: AWS's own, and what the account has made.

use aws_sdk_ec2::operation::describe_managed_prefix_lists::{
    DescribeManagedPrefixListsInput, DescribeManagedPrefixListsOutput,
};
use aws_sdk_ec2::operation::get_managed_prefix_list_entries::{
    GetManagedPrefixListEntriesInput, GetManagedPrefixListEntriesOutput,
};
use aws_sdk_ec2::types::{self, PrefixListState};
use ipnet::IpNet;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::regions::RegionRow;
use super::table;
use super::tags::Tags;
use super::world::{ACCOUNT, World, hash, scramble};

/// Whose lists the table's `*` are.
const AWS: &str = "AWS";

/// One prefix list.
#[derive(Clone, Debug)]
pub(super) struct PrefixList {
    id: String,
    name: String,
    owner: &'static str,
    /// AWS does not say it for its own lists.
    most: Option<i32>,
    blocks: Vec<IpNet>,
}

impl PrefixList {
    fn is_v6(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, IpNet::V6(_)))
    }

    fn to_sdk(&self, region: &str) -> types::ManagedPrefixList {
        let arn_owner = if self.owner == AWS { "aws" } else { self.owner };
        types::ManagedPrefixList::builder()
            .prefix_list_id(&self.id)
            .prefix_list_name(&self.name)
            .prefix_list_arn(format!("arn:aws:ec2:{region}:{arn_owner}:prefix-list/{}", self.id))
            .address_family(if self.is_v6() { "IPv6" } else { "IPv4" })
            .state(PrefixListState::CreateComplete)
            .set_max_entries(self.most)
            .set_version((self.owner != AWS).then_some(1))
            .owner_id(self.owner)
            .set_tags(Some(Vec::new()))
            .build()
    }
}

/// The lists of a region: AWS's own, and with `lived_in` the account's.
pub(super) fn of_region(region: &RegionRow, lived_in: bool) -> Vec<PrefixList> {
    let rows = table::rows(include_str!("../../assets/demo/prefix_lists.tsv"));
    let lists = rows.filter(|row| if lived_in { row.text(0) == region.code } else { row.text(0) == "*" }).map(|row| {
        let name = row.text(1).replace("REGION", &region.code);
        PrefixList {
            // Not drawn from the world's sequence: the ids of everything else stay as they are.
            id: format!("pl-0{:016x}", scramble(hash(&format!("{} {name}", region.code)))),
            name,
            owner: if lived_in { ACCOUNT } else { AWS },
            most: row.text(2).parse().ok(),
            blocks: row.list(3).into_iter().filter_map(|block| block.parse().ok()).collect(),
        }
    });
    lists.collect()
}

impl World {
    /// The list with this id.
    pub fn prefix_list(&self, id: &str) -> Result<&PrefixList, Fault> {
        self.prefix_lists.iter().find(|list| list.id == id).ok_or_else(|| {
            Fault::new("InvalidPrefixListID.NotFound", format!("The prefix list ID '{id}' does not exist"))
        })
    }
}

/// The id of the list of this name.
pub(super) fn id_of(world: &World, name: &str) -> Option<String> {
    world.prefix_lists.iter().find(|list| list.name == name).map(|list| list.id.clone())
}

/// `DescribeManagedPrefixLists`
pub(super) fn describe_prefix_lists(
    world: &mut World,
    input: &DescribeManagedPrefixListsInput,
) -> Result<DescribeManagedPrefixListsOutput, Fault> {
    let ids = input.prefix_list_ids();
    for id in ids {
        world.prefix_list(id)?;
    }
    let listed = world.prefix_lists.iter().filter(|list| ids.is_empty() || ids.contains(&list.id)).collect();
    let listed = keep(listed, |list: &&PrefixList| {
        passes(input.filters(), &Tags::new(), |name| match name {
            "owner-id" => Some(vec![list.owner.to_owned()]),
            "prefix-list-id" => Some(vec![list.id.clone()]),
            "prefix-list-name" => Some(vec![list.name.clone()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (1, 100))?;
    let lists = paged.rows.into_iter().map(|list| list.to_sdk(&world.region.code)).collect();
    Ok(DescribeManagedPrefixListsOutput::builder()
        .set_prefix_lists(Some(lists))
        .set_next_token(paged.next_token)
        .build())
}

/// `GetManagedPrefixListEntries`
pub(super) fn prefix_list_entries(
    world: &mut World,
    input: &GetManagedPrefixListEntriesInput,
) -> Result<GetManagedPrefixListEntriesOutput, Fault> {
    let id = input.prefix_list_id().ok_or_else(|| Fault::missing("PrefixListId"))?;
    let blocks = world.prefix_list(id)?.blocks.iter().collect();
    let paged = page(blocks, input.max_results(), input.next_token(), (1, 100))?;
    let entries =
        paged.rows.into_iter().map(|block: &IpNet| types::PrefixListEntry::builder().cidr(block.to_string()).build());
    Ok(GetManagedPrefixListEntriesOutput::builder()
        .set_entries(Some(entries.collect()))
        .set_next_token(paged.next_token)
        .build())
}
