//! Elastic IPs.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{maybe, tags, words};
use super::send::ask;
use crate::domain::address::{Address, Association};
use crate::domain::id::{AllocationId, AssociationId, InstanceId, InterfaceId};
use crate::domain::problem::Problem;
use crate::domain::tag::name_of;
use crate::message::{Found, Page};

impl Cloud {
    /// `DescribeAddresses`, which has no pages.
    pub(super) async fn addresses(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let answer = ask!(self, "DescribeAddresses", self.ec2().describe_addresses())?;
        let rows = answer.addresses().iter().filter_map(address).collect();
        found(Found::Addresses(Page { rows, more: false }));
        Ok(())
    }
}

fn address(from: &sdk::Address) -> Option<Address> {
    let tags = tags(from.tags());
    Some(Address {
        id: AllocationId::new(words(Some(from.allocation_id()?))),
        ip: from.public_ip()?.parse().ok()?,
        name: name_of(&tags),
        association: maybe(from.association_id()).map(|id| Association {
            id: AssociationId::new(id),
            instance: maybe(from.instance_id()).map(InstanceId::new),
            interface: maybe(from.network_interface_id()).map(InterfaceId::new),
            private_ip: from.private_ip_address().and_then(|address| address.parse().ok()),
        }),
        tags,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_address_is_on_nothing() {
        let idle = sdk::Address::builder().allocation_id("eipalloc-1").public_ip("52.79.10.4").instance_id("").build();
        assert_eq!(address(&idle).unwrap().association, None);
        let used = sdk::Address::builder()
            .allocation_id("eipalloc-2")
            .public_ip("52.79.10.5")
            .association_id("eipassoc-1")
            .instance_id("i-1")
            .build();
        assert_eq!(address(&used).unwrap().association.unwrap().instance, Some(InstanceId::new("i-1")));
    }
}
