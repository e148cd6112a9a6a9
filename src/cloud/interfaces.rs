//! Network interfaces: what uses a security group or an address, instance or not.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{following, maybe, words};
use super::send::{Repeat, ask, change};
use crate::domain::id::{GroupId, InstanceId, InterfaceId};
use crate::domain::interface::NetworkInterface;
use crate::domain::problem::Problem;
use crate::message::{Found, Page, Written};

/// The largest page.
const PAGE: i32 = 1_000;

impl Cloud {
    /// `DescribeNetworkInterfaces`, page by page.
    pub(super) async fn interfaces(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let mut token = None;
        loop {
            let request = self.ec2().describe_network_interfaces().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeNetworkInterfaces", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = page.network_interfaces().iter().filter_map(interface).collect();
            found(Found::Interfaces(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `ModifyNetworkInterfaceAttribute`: the groups.
    pub(super) async fn set_interface_groups(
        &self,
        interface: &InterfaceId,
        groups: &[GroupId],
    ) -> Result<Written, Problem> {
        let request = self
            .ec2()
            .modify_network_interface_attribute()
            .network_interface_id(interface.as_str())
            .set_groups(Some(groups.iter().map(|id| id.as_str().to_owned()).collect()));
        // The interface has these groups and no others, as often as it is sent.
        change!(self, Repeat::Freely, "ModifyNetworkInterfaceAttribute", request)?;
        Ok(Written::Done)
    }
}

fn interface(from: &sdk::NetworkInterface) -> Option<NetworkInterface> {
    Some(NetworkInterface {
        id: InterfaceId::new(words(Some(from.network_interface_id()?))),
        instance: from.attachment().and_then(|on| maybe(on.instance_id())).map(InstanceId::new),
        description: words(from.description()),
        kind: words(from.interface_type().map(sdk::NetworkInterfaceType::as_str)),
        private_ip: from.private_ip_address().and_then(|address| address.parse().ok()),
        unattached: from.status() == Some(&sdk::NetworkInterfaceStatus::Available),
        groups: from.groups().iter().filter_map(|group| maybe(group.group_id())).map(GroupId::new).collect(),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_network_interfaces::DescribeNetworkInterfacesOutput;
    use aws_sdk_ec2::operation::modify_network_interface_attribute::ModifyNetworkInterfaceAttributeOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Read, Write};

    #[tokio::test]
    async fn interfaces_arrive_page_by_page_and_cleaned() {
        let first = mock!(aws_sdk_ec2::Client::describe_network_interfaces)
            .match_requests(|asked| asked.max_results() == Some(1_000) && asked.next_token().is_none())
            .then_output(|| {
                let attachment = sdk::NetworkInterfaceAttachment::builder().instance_id("i-1").build();
                let group = sdk::GroupIdentifier::builder().group_id("sg-1").build();
                let own = sdk::NetworkInterface::builder()
                    .network_interface_id("eni-1")
                    .interface_type(sdk::NetworkInterfaceType::Interface)
                    .private_ip_address("172.31.0.5")
                    .status(sdk::NetworkInterfaceStatus::InUse)
                    .attachment(attachment)
                    .groups(group)
                    .build();
                DescribeNetworkInterfacesOutput::builder().network_interfaces(own).next_token("2").build()
            });
        let second = mock!(aws_sdk_ec2::Client::describe_network_interfaces)
            .match_requests(|asked| asked.next_token() == Some("2"))
            .then_output(|| {
                let attachment = sdk::NetworkInterfaceAttachment::builder().instance_owner_id("amazon-elb").build();
                let other = sdk::NetworkInterface::builder()
                    .network_interface_id("eni-2")
                    .interface_type(sdk::NetworkInterfaceType::NetworkLoadBalancer)
                    .description("ELB net/\u{1b}[31mfront")
                    .attachment(attachment)
                    .build();
                let loose = sdk::NetworkInterface::builder()
                    .network_interface_id("eni-3")
                    .status(sdk::NetworkInterfaceStatus::Available)
                    .build();
                DescribeNetworkInterfacesOutput::builder().network_interfaces(other).network_interfaces(loose).build()
            });
        let found = read_all(&cloud_of(&[&first, &second]), Read::Interfaces).await.unwrap();
        let [Found::Interfaces(own), Found::Interfaces(other)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((own.more, other.more), (true, false));
        assert_eq!(own.rows[0].instance, Some(InstanceId::new("i-1")));
        assert_eq!(own.rows[0].groups, [GroupId::new("sg-1")]);
        assert_eq!((own.rows[0].private_ip, own.rows[0].kind.as_str()), ("172.31.0.5".parse().ok(), "interface"));
        assert_eq!((&other.rows[0].instance, other.rows[0].kind.as_str()), (&None, "network_load_balancer"));
        let unattached: Vec<bool> = own.rows.iter().chain(&other.rows).map(|one| one.unattached).collect();
        assert_eq!(unattached, [false, false, true], "what says nothing is not called loose");
        assert_eq!(other.rows[0].description, "ELB net/\u{fffd}[31mfront");
    }

    #[tokio::test]
    async fn an_interface_gets_these_groups_and_no_others() {
        let modify = mock!(aws_sdk_ec2::Client::modify_network_interface_attribute)
            .match_requests(|asked| asked.network_interface_id() == Some("eni-1") && asked.groups() == ["sg-1", "sg-2"])
            .then_output(|| ModifyNetworkInterfaceAttributeOutput::builder().build());
        let groups = vec![GroupId::new("sg-1"), GroupId::new("sg-2")];
        let write = Write::SetInterfaceGroups { interface: InterfaceId::new("eni-1"), groups };
        assert_eq!(cloud_of(&[&modify]).write(write).await, Ok(Written::Done));
    }
}
