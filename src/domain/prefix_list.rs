//! Managed prefix lists: address blocks under one name, which a rule can take as its source.

use super::id::PrefixListId;

/// One list as `DescribeManagedPrefixLists` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixList {
    /// The id.
    pub id: PrefixListId,
    /// The name; AWS's own begin with `com.amazonaws.`.
    pub name: String,
    /// Whether its blocks are IPv6.
    pub is_v6: bool,
    /// How many rules it counts as in a group; 0 where AWS does not say, as for its own lists.
    pub most_entries: u32,
}
