//! VPCs and subnets.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{amount, following, tags, words};
use super::send::ask;
use crate::domain::id::{SubnetId, VpcId};
use crate::domain::network::{Networks, Subnet, Vpc};
use crate::domain::problem::Problem;
use crate::domain::tag::name_of;

/// The largest page.
const PAGE: i32 = 1_000;

impl Cloud {
    /// `DescribeVpcs` and `DescribeSubnets`, at the same time. The default VPC comes first; subnets by zone.
    pub(super) async fn networks(&self) -> Result<Networks, Problem> {
        let (mut vpcs, mut subnets) = tokio::try_join!(self.vpcs(), self.subnets())?;
        vpcs.sort_by(|one, other| {
            (!one.is_default, &one.name, &one.id).cmp(&(!other.is_default, &other.name, &other.id))
        });
        subnets.sort_by(|one, other| (&one.zone, &one.id).cmp(&(&other.zone, &other.id)));
        Ok(Networks { vpcs, subnets })
    }

    async fn vpcs(&self) -> Result<Vec<Vpc>, Problem> {
        let mut vpcs = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_vpcs().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeVpcs", request)?;
            vpcs.extend(page.vpcs().iter().filter_map(vpc));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(vpcs);
            }
        }
    }

    async fn subnets(&self) -> Result<Vec<Subnet>, Problem> {
        let mut subnets = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_subnets().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeSubnets", request)?;
            subnets.extend(page.subnets().iter().filter_map(subnet));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(subnets);
            }
        }
    }
}

fn vpc(from: &sdk::Vpc) -> Option<Vpc> {
    Some(Vpc {
        id: VpcId::new(words(Some(from.vpc_id()?))),
        name: name_of(&tags(from.tags())),
        cidr: from.cidr_block().and_then(|block| block.parse().ok()),
        is_default: from.is_default().unwrap_or_default(),
    })
}

fn subnet(from: &sdk::Subnet) -> Option<Subnet> {
    Some(Subnet {
        id: SubnetId::new(words(Some(from.subnet_id()?))),
        vpc: VpcId::new(words(from.vpc_id())),
        name: name_of(&tags(from.tags())),
        zone: words(from.availability_zone()),
        cidr: from.cidr_block().and_then(|block| block.parse().ok()),
        free_addresses: amount(from.available_ip_address_count()),
        public_by_default: from.map_public_ip_on_launch().unwrap_or_default(),
        is_default: from.default_for_az().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_subnets::DescribeSubnetsOutput;
    use aws_sdk_ec2::operation::describe_vpcs::DescribeVpcsOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::cloud_of;

    #[tokio::test]
    async fn the_default_network_comes_first() {
        let vpcs = mock!(aws_sdk_ec2::Client::describe_vpcs).then_output(|| {
            DescribeVpcsOutput::builder()
                .vpcs(sdk::Vpc::builder().vpc_id("vpc-a").build())
                .vpcs(sdk::Vpc::builder().vpc_id("vpc-z").is_default(true).cidr_block("172.31.0.0/16").build())
                .build()
        });
        let subnets = mock!(aws_sdk_ec2::Client::describe_subnets).then_output(|| {
            DescribeSubnetsOutput::builder()
                .subnets(sdk::Subnet::builder().subnet_id("subnet-2").availability_zone("b").build())
                .subnets(
                    sdk::Subnet::builder()
                        .subnet_id("subnet-1")
                        .availability_zone("a")
                        .available_ip_address_count(-1)
                        .build(),
                )
                .build()
        });
        let networks = cloud_of(&[&vpcs, &subnets]).networks().await.unwrap();
        assert_eq!(networks.vpcs[0].id.as_str(), "vpc-z");
        assert_eq!(networks.default_vpc().unwrap().cidr.unwrap().to_string(), "172.31.0.0/16");
        assert_eq!((networks.subnets[0].id.as_str(), networks.subnets[0].free_addresses), ("subnet-1", 0));
    }
}
