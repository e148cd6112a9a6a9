//! The network ACLs of a VPC.

use aws_sdk_ec2::types as sdk;
use ipnet::IpNet;

use super::Cloud;
use super::convert::{filter, following, maybe, tags, words};
use super::send::ask;
use crate::domain::id::{NetworkAclId, SubnetId, VpcId};
use crate::domain::network_acl::{AclEntry, AclProtocol, NetworkAcl};
use crate::domain::problem::Problem;
use crate::domain::security_group::Direction;
use crate::domain::tag::name_of;

/// A page that any region takes.
const PAGE: i32 = 100;

impl Cloud {
    /// `DescribeNetworkAcls` of one VPC, all pages, by id.
    pub(super) async fn network_acls(&self, vpc: &VpcId) -> Result<Vec<NetworkAcl>, Problem> {
        let mut acls: Vec<NetworkAcl> = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_network_acls().filters(filter("vpc-id", [vpc.as_str()]));
            let request = request.max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeNetworkAcls", request)?;
            acls.extend(page.network_acls().iter().filter_map(acl));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                acls.sort_by(|one, other| one.id.cmp(&other.id));
                return Ok(acls);
            }
        }
    }
}

fn acl(from: &sdk::NetworkAcl) -> Option<NetworkAcl> {
    Some(NetworkAcl {
        id: NetworkAclId::new(words(Some(from.network_acl_id()?))),
        name: name_of(&tags(from.tags())),
        is_default: from.is_default().unwrap_or_default(),
        subnets: from.associations().iter().filter_map(|one| maybe(one.subnet_id())).map(SubnetId::new).collect(),
        entries: from.entries().iter().filter_map(entry).collect(),
    })
}

fn entry(from: &sdk::NetworkAclEntry) -> Option<AclEntry> {
    let block = from.cidr_block().or(from.ipv6_cidr_block())?;
    let port = |port: Option<i32>| port.and_then(|port| u16::try_from(port).ok());
    let ports = from.port_range().and_then(|ports| Some((port(ports.from())?, port(ports.to())?)));
    Some(AclEntry {
        number: from.rule_number().and_then(|number| u16::try_from(number).ok())?,
        direction: if from.egress().unwrap_or_default() { Direction::Outbound } else { Direction::Inbound },
        allows: from.rule_action() == Some(&sdk::RuleAction::Allow),
        protocol: protocol(from.protocol()?)?,
        block: block.parse::<IpNet>().ok()?.trunc(),
        ports,
    })
}

/// EC2 writes the number; tools may have used a name.
fn protocol(word: &str) -> Option<AclProtocol> {
    match word {
        "-1" | "all" => Some(AclProtocol::All),
        "tcp" => Some(AclProtocol::Number(6)),
        "udp" => Some(AclProtocol::Number(17)),
        "icmp" => Some(AclProtocol::Number(1)),
        number => number.parse().ok().map(AclProtocol::Number),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_network_acls::DescribeNetworkAclsOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Found, Read};

    #[tokio::test]
    async fn lists_arrive_page_by_page_with_their_entries() {
        let first = mock!(aws_sdk_ec2::Client::describe_network_acls)
            .match_requests(|asked| asked.next_token().is_none() && asked.filters()[0].values() == ["vpc-1"])
            .then_output(|| {
                let entry =
                    |number| sdk::NetworkAclEntry::builder().rule_number(number).rule_action(sdk::RuleAction::Allow);
                let ports = sdk::PortRange::builder().from(22).to(22).build();
                let acl = sdk::NetworkAcl::builder()
                    .network_acl_id("acl-2")
                    .is_default(true)
                    .associations(sdk::NetworkAclAssociation::builder().subnet_id("subnet-1").build())
                    .entries(entry(100).protocol("6").port_range(ports).cidr_block("198.51.100.7/24").build())
                    .entries(entry(101).protocol("-1").egress(true).ipv6_cidr_block("::/0").build())
                    .entries(
                        entry(32767).protocol("-1").rule_action(sdk::RuleAction::Deny).cidr_block("0.0.0.0/0").build(),
                    )
                    .entries(entry(40_000_000).protocol("-1").cidr_block("0.0.0.0/0").build())
                    .build();
                DescribeNetworkAclsOutput::builder().network_acls(acl).next_token("2").build()
            });
        let second = mock!(aws_sdk_ec2::Client::describe_network_acls)
            .match_requests(|asked| asked.next_token() == Some("2"))
            .then_output(|| {
                let acl = sdk::NetworkAcl::builder().network_acl_id("acl-1").build();
                DescribeNetworkAclsOutput::builder().network_acls(acl).build()
            });
        let found = read_all(&cloud_of(&[&first, &second]), Read::NetworkAcls(VpcId::new("vpc-1"))).await.unwrap();
        let [Found::NetworkAcls(acls)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(acls.iter().map(|acl| acl.id.as_str()).collect::<Vec<_>>(), ["acl-1", "acl-2"]);
        let entries = &acls[1].entries;
        assert_eq!(entries.len(), 3, "an entry that makes no sense is left out");
        assert_eq!((entries[0].block.to_string().as_str(), entries[0].ports), ("198.51.100.0/24", Some((22, 22))));
        assert_eq!((entries[1].direction, entries[1].protocol), (Direction::Outbound, AclProtocol::All));
        assert!(!entries[2].allows);
        assert_eq!(acls[1].subnets, [SubnetId::new("subnet-1")]);
    }
}
