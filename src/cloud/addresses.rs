//! Elastic IPs.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{made_by, maybe, tagged, tags, words};
use super::error::Call;
use super::send::{Repeat, ask, change};
use crate::domain::address::{Address, Association};
use crate::domain::id::{AllocationId, AssociationId, InstanceId, InterfaceId};
use crate::domain::problem::Problem;
use crate::domain::tag::{Tag, name_of};
use crate::message::{AddressTarget, Found, Page, Written};

impl Cloud {
    /// `DescribeAddresses`, which has no pages.
    pub(super) async fn addresses(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let answer = ask!(self, "DescribeAddresses", self.ec2().describe_addresses())?;
        let rows = answer.addresses().iter().filter_map(address).collect();
        found(Found::Addresses(Page { rows, more: false }));
        Ok(())
    }

    /// The Elastic IPs that a request of this program made.
    pub(super) async fn addresses_made_by(&self, marker: &str) -> Result<Vec<Address>, Problem> {
        let answer = ask!(self, "DescribeAddresses", self.ec2().describe_addresses().filters(made_by(marker)))?;
        Ok(answer.addresses().iter().filter_map(address).collect())
    }

    /// `AllocateAddress`, from Amazon's pool.
    pub(super) async fn allocate_address(&self, tags: &[Tag], marker: &str) -> Result<Written, Problem> {
        let request =
            self.ec2().allocate_address().domain(sdk::DomainType::Vpc).set_tag_specifications(
                tagged(sdk::ResourceType::ElasticIp, tags, Some(marker)).map(|tags| vec![tags]),
            );
        // A second try would allocate a second address, which costs money: the request's tag settles an unclear one.
        let answer = change!(self, Repeat::Never, "AllocateAddress", request)?;
        let ip = answer.public_ip().and_then(|ip| ip.parse().ok());
        match (maybe(answer.allocation_id()), ip) {
            (Some(id), Some(ip)) => Ok(Written::Address(AllocationId::new(id), ip)),
            _ => Err(Call::write("AllocateAddress", &self.hosts, Repeat::Never, true).unreadable("AllocationId")),
        }
    }

    /// `AssociateAddress`. Whether the address may be taken from elsewhere is always said: left out, EC2 takes it.
    pub(super) async fn associate_address(
        &self,
        address: &AllocationId,
        target: &AddressTarget,
        take_over: bool,
    ) -> Result<Written, Problem> {
        let request = self
            .ec2()
            .associate_address()
            .allocation_id(address.as_str())
            .allow_reassociation(take_over)
            .set_private_ip_address(target.private_ip.map(|ip| ip.to_string()));
        // EC2 takes one of the two. By instance it needs to have a single interface.
        let request = match &target.interface {
            Some(interface) => request.network_interface_id(interface.as_str()),
            None => request.instance_id(target.instance.as_str()),
        };
        // After a lost answer a second try could be refused as "already associated" because the first one worked, or
        // take back what somebody else has moved meanwhile: whoever asked looks first.
        let answer = change!(self, Repeat::Never, "AssociateAddress", request)?;
        match maybe(answer.association_id()) {
            Some(id) => Ok(Written::Associated(AssociationId::new(id))),
            None => Err(Call::write("AssociateAddress", &self.hosts, Repeat::Never, true).unreadable("AssociationId")),
        }
    }

    /// `DisassociateAddress`; one that is off already is done.
    pub(super) async fn disassociate_address(&self, id: &AssociationId) -> Result<Written, Problem> {
        let request = self.ec2().disassociate_address().association_id(id.as_str());
        // Each association has an id of its own: a second try cannot take off a later one.
        match change!(self, Repeat::Freely, "DisassociateAddress", request) {
            Err(problem) if !problem.is("InvalidAssociationID.NotFound") => Err(problem),
            _ => Ok(Written::Done),
        }
    }

    /// `ReleaseAddress`. "Not found" is an answer for whoever asked: of an address that was allocated a moment ago it
    /// only means that EC2 does not show it yet.
    pub(super) async fn release_address(&self, id: &AllocationId) -> Result<Written, Problem> {
        let request = self.ec2().release_address().allocation_id(id.as_str());
        // A released address goes to others: a second try would be told that it is somebody else's.
        change!(self, Repeat::Never, "ReleaseAddress", request).map(|_| Written::Done)
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
        own_pool: from.public_ipv4_pool().is_some_and(|pool| pool != "amazon"),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::allocate_address::AllocateAddressOutput;
    use aws_sdk_ec2::operation::associate_address::{AssociateAddressError, AssociateAddressOutput};
    use aws_sdk_ec2::operation::describe_addresses::DescribeAddressesOutput;
    use aws_sdk_ec2::operation::disassociate_address::DisassociateAddressError;
    use aws_sdk_ec2::operation::release_address::ReleaseAddressError;
    use aws_smithy_mocks::mock;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::domain::problem::Cause;
    use crate::domain::tag;
    use crate::message::{Made, MadeKind, Read, Write};

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

    fn allocate() -> Write {
        Write::AllocateAddress { tags: vec![Tag::new("Name", "shop")], marker: "m".to_owned() }
    }

    #[tokio::test]
    async fn a_new_address_carries_its_tags_and_the_requests() {
        let allocated = mock!(aws_sdk_ec2::Client::allocate_address)
            .match_requests(|asked| {
                let [given] = asked.tag_specifications() else { return false };
                let tags: Vec<_> = given.tags().iter().map(|tag| (tag.key(), tag.value())).collect();
                asked.domain() == Some(&sdk::DomainType::Vpc)
                    && given.resource_type() == Some(&sdk::ResourceType::ElasticIp)
                    && tags == [(Some("Name"), Some("shop")), (Some(tag::REQUEST), Some("m"))]
            })
            .then_output(|| {
                AllocateAddressOutput::builder().allocation_id("eipalloc-1").public_ip("203.0.113.9").build()
            });
        let written = cloud_of(&[&allocated]).write(allocate()).await;
        assert_eq!(written, Ok(Written::Address(AllocationId::new("eipalloc-1"), "203.0.113.9".parse().unwrap())));
    }

    #[tokio::test]
    async fn an_allocation_without_an_address_is_unclear_and_can_be_looked_for() {
        let empty =
            mock!(aws_sdk_ec2::Client::allocate_address).then_output(|| AllocateAddressOutput::builder().build());
        let look = mock!(aws_sdk_ec2::Client::describe_addresses)
            .match_requests(|asked| {
                asked.filters()[0].name() == Some("tag:ec2deck:request") && asked.filters()[0].values() == ["m"]
            })
            .then_output(|| {
                let made = sdk::Address::builder().allocation_id("eipalloc-1").public_ip("203.0.113.9").build();
                DescribeAddressesOutput::builder().addresses(made).build()
            });
        let cloud = cloud_of(&[&empty, &look]);
        assert_eq!(cloud.write(allocate()).await.unwrap_err().cause, Cause::UnclearOutcome);
        let read = Read::MadeBy { marker: "m".to_owned(), kind: MadeKind::Address };
        let found = read_all(&cloud, read).await.unwrap();
        let [Found::Made(Made { addresses, .. })] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(addresses[0].id, AllocationId::new("eipalloc-1"));
    }

    fn associate(interface: Option<&str>, take_over: bool) -> Write {
        let target = AddressTarget {
            instance: InstanceId::new("i-1"),
            interface: interface.map(InterfaceId::new),
            private_ip: interface.map(|_| "172.31.0.9".parse().unwrap()),
        };
        Write::AssociateAddress { address: AllocationId::new("eipalloc-1"), target, take_over }
    }

    #[tokio::test]
    async fn an_address_goes_to_an_instance_or_to_an_interface_never_to_both() {
        let associated = || AssociateAddressOutput::builder().association_id("eipassoc-1").build();
        let by_instance = mock!(aws_sdk_ec2::Client::associate_address)
            .match_requests(|asked| {
                asked.allocation_id() == Some("eipalloc-1")
                    && asked.instance_id() == Some("i-1")
                    && asked.network_interface_id().is_none()
                    && asked.private_ip_address().is_none()
                    && asked.allow_reassociation() == Some(false)
            })
            .then_output(associated);
        let by_interface = mock!(aws_sdk_ec2::Client::associate_address)
            .match_requests(|asked| {
                asked.instance_id().is_none()
                    && asked.network_interface_id() == Some("eni-1")
                    && asked.private_ip_address() == Some("172.31.0.9")
                    && asked.allow_reassociation() == Some(true)
            })
            .then_output(associated);
        let cloud = cloud_of(&[&by_instance, &by_interface]);
        let done = Ok(Written::Associated(AssociationId::new("eipassoc-1")));
        assert_eq!(cloud.write(associate(None, false)).await, done);
        assert_eq!(cloud.write(associate(Some("eni-1"), true)).await, done);
        assert_eq!((by_instance.num_calls(), by_interface.num_calls()), (1, 1));
    }

    fn coded(code: &str) -> ErrorMetadata {
        ErrorMetadata::builder().code(code).message("It does not belong to you.").build()
    }

    #[tokio::test]
    async fn an_address_that_is_in_use_is_a_plain_answer() {
        let taken = mock!(aws_sdk_ec2::Client::associate_address)
            .then_error(|| AssociateAddressError::generic(coded("Resource.AlreadyAssociated")));
        let problem = cloud_of(&[&taken]).write(associate(None, false)).await.unwrap_err();
        assert!(problem.is("Resource.AlreadyAssociated") && problem.cause == Cause::Service, "{problem:?}");
    }

    #[tokio::test]
    async fn what_is_off_already_is_done_and_what_is_not_there_is_told() {
        for (code, done) in
            [("InvalidAssociationID.NotFound", true), ("IncorrectInstanceState", false), ("AuthFailure", false)]
        {
            let refused = mock!(aws_sdk_ec2::Client::disassociate_address)
                .match_requests(|asked| asked.association_id() == Some("eipassoc-1"))
                .then_error(move || DisassociateAddressError::generic(coded(code)));
            let write = Write::DisassociateAddress(AssociationId::new("eipassoc-1"));
            assert_eq!(cloud_of(&[&refused]).write(write).await.is_ok(), done, "{code}");
        }
        for code in ["InvalidAllocationID.NotFound", "InvalidIPAddress.InUse", "AuthFailure"] {
            let refused = mock!(aws_sdk_ec2::Client::release_address)
                .match_requests(|asked| asked.allocation_id() == Some("eipalloc-1"))
                .then_error(move || ReleaseAddressError::generic(coded(code)));
            let write = Write::ReleaseAddress(AllocationId::new("eipalloc-1"));
            assert!(cloud_of(&[&refused]).write(write).await.unwrap_err().is(code), "{code}");
        }
    }
}
