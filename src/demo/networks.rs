//! The default network of a region: VPC, a public subnet in each zone, and its internet gateway.

use std::net::Ipv4Addr;

use aws_sdk_ec2::operation::describe_internet_gateways::{
    DescribeInternetGatewaysInput, DescribeInternetGatewaysOutput,
};
use aws_sdk_ec2::operation::describe_subnets::{DescribeSubnetsInput, DescribeSubnetsOutput};
use aws_sdk_ec2::operation::describe_vpcs::{DescribeVpcsInput, DescribeVpcsOutput};
use aws_sdk_ec2::types;
use ipnet::Ipv4Net;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::tags::{Tags, to_sdk};
use super::ways::{AclEntry, DemoRoute};
use super::world::{ACCOUNT, World};

/// A region's network.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    /// The only VPC.
    pub vpc: String,
    /// Whether it is the default one; without a default VPC a launch must name a subnet.
    pub is_default: bool,
    /// Its tags.
    pub vpc_tags: Tags,
    /// Its default subnets, one a zone.
    pub subnets: Vec<Subnet>,
    /// Its internet gateway.
    pub gateway: String,
    /// Its only route table.
    pub route_table: String,
    /// Its only network ACL.
    pub acl: String,
    /// What has become of the route to the internet.
    pub internet: DemoRoute,
    /// The ACL's entries before its last.
    pub acl_entries: Vec<AclEntry>,
}

/// One subnet.
#[derive(Clone, Debug)]
pub(super) struct Subnet {
    /// The id.
    pub id: String,
    /// Its zone.
    pub zone: String,
    /// The zone's id, the same in every account.
    pub zone_id: String,
    /// Its block.
    pub cidr: Ipv4Net,
    /// Whether instances get a public address unless told otherwise.
    pub public: bool,
    /// Its tags.
    pub tags: Tags,
}

/// Its block.
pub(super) const VPC_CIDR: &str = "172.31.0.0/16";

impl Network {
    /// What every account has in a region from the start.
    pub fn default_of(world: &mut World) -> Self {
        let zones: Vec<_> = world.region.zone_names().collect();
        let subnets = zones.into_iter().zip(0_u8..).filter_map(|((zone, zone_id), at)| {
            let cidr = Ipv4Net::new(Ipv4Addr::new(172, 31, at * 16, 0), 20).ok()?;
            Some(Subnet { id: world.id("subnet"), zone, zone_id, cidr, public: true, tags: Tags::new() })
        });
        let subnets = subnets.collect();
        Self {
            vpc: world.id("vpc"),
            is_default: true,
            vpc_tags: Tags::new(),
            subnets,
            gateway: world.id("igw"),
            route_table: world.id("rtb"),
            acl: world.id("acl"),
            internet: DemoRoute::default(),
            acl_entries: AclEntry::usual(),
        }
    }

    /// Makes it a VPC of the account's own: not the default one, its subnets without public addresses.
    pub fn make_ordinary(&mut self) {
        self.is_default = false;
        for subnet in &mut self.subnets {
            subnet.public = false;
        }
    }
}

/// Refuses ids that are not there.
pub(super) fn known(asked: &[String], present: impl Fn(&str) -> bool, kind: &str, code: &str) -> Result<(), Fault> {
    match asked.iter().find(|id| !present(id)) {
        Some(id) => Err(Fault::new(code, format!("The {kind} ID '{id}' does not exist"))),
        None => Ok(()),
    }
}

/// `DescribeVpcs`
pub(super) fn describe_vpcs(world: &mut World, input: &DescribeVpcsInput) -> Result<DescribeVpcsOutput, Fault> {
    let network = &world.network;
    known(input.vpc_ids(), |id| id == network.vpc, "vpc", "InvalidVpcID.NotFound")?;
    let listed = keep(vec![network], |network| {
        passes(input.filters(), &network.vpc_tags, |name| match name {
            "vpc-id" => Some(vec![network.vpc.clone()]),
            "is-default" | "isDefault" => Some(vec![network.is_default.to_string()]),
            "state" => Some(vec!["available".to_owned()]),
            "cidr" | "cidr-block-association.cidr-block" => Some(vec![VPC_CIDR.to_owned()]),
            "owner-id" => Some(vec![ACCOUNT.to_owned()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let vpcs = paged.rows.into_iter().map(|network| {
        types::Vpc::builder()
            .vpc_id(&network.vpc)
            .cidr_block(VPC_CIDR)
            .cidr_block_association_set(types::VpcCidrBlockAssociation::builder().cidr_block(VPC_CIDR).build())
            .is_default(network.is_default)
            .state(types::VpcState::Available)
            .instance_tenancy(types::Tenancy::Default)
            .owner_id(ACCOUNT)
            .set_tags(Some(to_sdk(&network.vpc_tags)))
            .build()
    });
    let vpcs = vpcs.collect();
    Ok(DescribeVpcsOutput::builder().set_vpcs(Some(vpcs)).set_next_token(paged.next_token).build())
}

/// `DescribeSubnets`
pub(super) fn describe_subnets(
    world: &mut World,
    input: &DescribeSubnetsInput,
) -> Result<DescribeSubnetsOutput, Fault> {
    let network = &world.network;
    let present = |id: &str| network.subnets.iter().any(|subnet| subnet.id == id);
    known(input.subnet_ids(), present, "subnet", "InvalidSubnetID.NotFound")?;
    let listed = network
        .subnets
        .iter()
        .filter(|s| input.subnet_ids().is_empty() || input.subnet_ids().contains(&s.id))
        .collect();
    let listed = keep(listed, |subnet: &&Subnet| {
        passes(input.filters(), &subnet.tags, |name| match name {
            "subnet-id" => Some(vec![subnet.id.clone()]),
            "vpc-id" => Some(vec![network.vpc.clone()]),
            "availability-zone" | "availabilityZone" => Some(vec![subnet.zone.clone()]),
            "availability-zone-id" => Some(vec![subnet.zone_id.clone()]),
            "default-for-az" | "defaultForAz" => Some(vec![network.is_default.to_string()]),
            "map-public-ip-on-launch" => Some(vec![subnet.public.to_string()]),
            "state" => Some(vec!["available".to_owned()]),
            "cidr-block" | "cidr" => Some(vec![subnet.cidr.to_string()]),
            "owner-id" => Some(vec![ACCOUNT.to_owned()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let subnets = paged.rows.into_iter().map(|subnet| {
        let used = world.taken.iter().filter(|address| subnet.cidr.contains(*address)).count();
        types::Subnet::builder()
            .subnet_id(&subnet.id)
            .vpc_id(&network.vpc)
            .availability_zone(&subnet.zone)
            .availability_zone_id(&subnet.zone_id)
            .cidr_block(subnet.cidr.to_string())
            .available_ip_address_count(4091 - i32::try_from(used).unwrap_or(4091))
            .default_for_az(network.is_default)
            .map_public_ip_on_launch(subnet.public)
            .assign_ipv6_address_on_creation(false)
            .state(types::SubnetState::Available)
            .owner_id(ACCOUNT)
            .subnet_arn(format!("arn:aws:ec2:{}:{ACCOUNT}:subnet/{}", world.region.code, subnet.id))
            .set_tags(Some(to_sdk(&subnet.tags)))
            .build()
    });
    let subnets = subnets.collect();
    Ok(DescribeSubnetsOutput::builder().set_subnets(Some(subnets)).set_next_token(paged.next_token).build())
}

/// `DescribeInternetGateways`
pub(super) fn describe_internet_gateways(
    world: &mut World,
    input: &DescribeInternetGatewaysInput,
) -> Result<DescribeInternetGatewaysOutput, Fault> {
    let network = &world.network;
    let code = "InvalidInternetGatewayID.NotFound";
    known(input.internet_gateway_ids(), |id| id == network.gateway, "internetGateway", code)?;
    let passed = passes(input.filters(), &Tags::new(), |name| match name {
        "attachment.vpc-id" => Some(vec![network.vpc.clone()]),
        "attachment.state" => Some(vec!["available".to_owned()]),
        "internet-gateway-id" => Some(vec![network.gateway.clone()]),
        _ => None,
    })?;
    let attachment = types::InternetGatewayAttachment::builder()
        .vpc_id(&network.vpc)
        .state(types::AttachmentStatus::from("available"))
        .build();
    let gateway = types::InternetGateway::builder()
        .internet_gateway_id(&network.gateway)
        .owner_id(ACCOUNT)
        .attachments(attachment)
        .build();
    let gateways = if passed { vec![gateway] } else { vec![] };
    Ok(DescribeInternetGatewaysOutput::builder().set_internet_gateways(Some(gateways)).build())
}
