//! Managed prefix lists and their address blocks.

use aws_sdk_ec2::types as sdk;
use ipnet::IpNet;

use super::Cloud;
use super::convert::{amount, following, words};
use super::send::ask;
use crate::domain::id::PrefixListId;
use crate::domain::prefix_list::PrefixList;
use crate::domain::problem::Problem;

/// The largest page of both.
const PAGE: i32 = 100;

impl Cloud {
    /// `DescribeManagedPrefixLists`, all pages, by name.
    pub(super) async fn prefix_lists(&self) -> Result<Vec<PrefixList>, Problem> {
        let mut lists: Vec<PrefixList> = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_managed_prefix_lists().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeManagedPrefixLists", request)?;
            lists.extend(page.prefix_lists().iter().filter_map(prefix_list));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                lists.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
                return Ok(lists);
            }
        }
    }

    /// `GetManagedPrefixListEntries` of the present version, all pages.
    pub(super) async fn prefix_list_entries(&self, id: &PrefixListId) -> Result<Vec<IpNet>, Problem> {
        let mut blocks = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().get_managed_prefix_list_entries().prefix_list_id(id.as_str());
            let request = request.max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "GetManagedPrefixListEntries", request)?;
            blocks.extend(page.entries().iter().filter_map(block));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(blocks);
            }
        }
    }
}

fn prefix_list(from: &sdk::ManagedPrefixList) -> Option<PrefixList> {
    Some(PrefixList {
        id: PrefixListId::new(words(Some(from.prefix_list_id()?))),
        name: words(from.prefix_list_name()),
        is_v6: from.address_family().is_some_and(|family| family.eq_ignore_ascii_case("ipv6")),
        most_entries: amount(from.max_entries()),
    })
}

fn block(from: &sdk::PrefixListEntry) -> Option<IpNet> {
    let block = from.cidr().and_then(|block| block.parse::<IpNet>().ok());
    if block.is_none() {
        tracing::warn!(block = from.cidr(), "an entry of a prefix list that is no address block");
    }
    block.map(|block| block.trunc())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_managed_prefix_lists::DescribeManagedPrefixListsOutput;
    use aws_sdk_ec2::operation::get_managed_prefix_list_entries::GetManagedPrefixListEntriesOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Found, Read};

    fn list(id: &str, name: &str, family: &str, most: Option<i32>) -> sdk::ManagedPrefixList {
        sdk::ManagedPrefixList::builder()
            .prefix_list_id(id)
            .prefix_list_name(name)
            .address_family(family)
            .set_max_entries(most)
            .build()
    }

    #[tokio::test]
    async fn lists_of_all_pages_come_by_name() {
        let first = mock!(aws_sdk_ec2::Client::describe_managed_prefix_lists)
            .match_requests(|asked| asked.max_results() == Some(100) && asked.next_token().is_none())
            .then_output(|| {
                let office = list("pl-2", "office\u{7}", "IPv4", Some(10));
                DescribeManagedPrefixListsOutput::builder().prefix_lists(office).next_token("2").build()
            });
        let second = mock!(aws_sdk_ec2::Client::describe_managed_prefix_lists)
            .match_requests(|asked| asked.next_token() == Some("2"))
            .then_output(|| {
                let lattice = list("pl-1", "com.amazonaws.x.ipv6.vpc-lattice", "IPv6", None);
                DescribeManagedPrefixListsOutput::builder().prefix_lists(lattice).build()
            });
        let found = read_all(&cloud_of(&[&first, &second]), Read::PrefixLists).await.unwrap();
        let [Found::PrefixLists(lists)] = found.as_slice() else { panic!("{found:?}") };
        let told: Vec<_> = lists.iter().map(|one| (one.id.as_str(), one.is_v6, one.most_entries)).collect();
        assert_eq!(told, [("pl-1", true, 0), ("pl-2", false, 10)]);
        assert_eq!(lists[1].name, "office\u{fffd}");
    }

    #[tokio::test]
    async fn entries_of_all_pages_are_canonical_and_nonsense_is_left_out() {
        let entry = |block: &str| sdk::PrefixListEntry::builder().cidr(block).build();
        let first = mock!(aws_sdk_ec2::Client::get_managed_prefix_list_entries)
            .match_requests(|asked| asked.prefix_list_id() == Some("pl-2") && asked.next_token().is_none())
            .then_output(move || {
                GetManagedPrefixListEntriesOutput::builder()
                    .entries(entry("203.0.113.9/24"))
                    .entries(entry("nonsense"))
                    .next_token("2")
                    .build()
            });
        let second = mock!(aws_sdk_ec2::Client::get_managed_prefix_list_entries)
            .match_requests(|asked| asked.next_token() == Some("2"))
            .then_output(move || GetManagedPrefixListEntriesOutput::builder().entries(entry("2001:db8::/32")).build());
        let cloud = cloud_of(&[&first, &second]);
        let found = read_all(&cloud, Read::PrefixListEntries(PrefixListId::new("pl-2"))).await.unwrap();
        let blocks: Vec<IpNet> =
            ["203.0.113.0/24", "2001:db8::/32"].iter().map(|block| block.parse().unwrap()).collect();
        assert_eq!(found, [Found::PrefixListEntries(blocks)]);
    }
}
