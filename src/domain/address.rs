//! Elastic IP addresses: public addresses that belong to the account until it releases them, and cost money all the
//! while.

use std::net::Ipv4Addr;

use super::id::{AllocationId, AssociationId, InstanceId, InterfaceId};
use super::tag::Tag;

/// One Elastic IP as `DescribeAddresses` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The allocation.
    pub id: AllocationId,
    /// The address itself.
    pub ip: Ipv4Addr,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// What it is on, if anything.
    pub association: Option<Association>,
    /// All tags.
    pub tags: Vec<Tag>,
    /// Of an address pool that is not Amazon's common one, such as a range that the account has brought along.
    pub own_pool: bool,
}

impl Address {
    /// Whether it is on this instance.
    #[must_use]
    pub fn is_on(&self, instance: &InstanceId) -> bool {
        self.association.as_ref().is_some_and(|on| on.instance.as_ref() == Some(instance))
    }
}

/// What an Elastic IP is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Association {
    /// The association.
    pub id: AssociationId,
    /// The instance, when it is on one (an interface of a load balancer has none).
    pub instance: Option<InstanceId>,
    /// The interface.
    pub interface: Option<InterfaceId>,
    /// The private address behind it.
    pub private_ip: Option<Ipv4Addr>,
}
