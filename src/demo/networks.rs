//! The default network of a region: VPC, a public subnet in each zone, and what routes and guards them.

use std::net::Ipv4Addr;

use aws_sdk_ec2::operation::describe_internet_gateways::{
    DescribeInternetGatewaysInput, DescribeInternetGatewaysOutput,
};
use aws_sdk_ec2::operation::describe_network_acls::{DescribeNetworkAclsInput, DescribeNetworkAclsOutput};
use aws_sdk_ec2::operation::describe_route_tables::{DescribeRouteTablesInput, DescribeRouteTablesOutput};
use aws_sdk_ec2::operation::describe_subnets::{DescribeSubnetsInput, DescribeSubnetsOutput};
use aws_sdk_ec2::operation::describe_vpcs::{DescribeVpcsInput, DescribeVpcsOutput};
use aws_sdk_ec2::types;
use ipnet::Ipv4Net;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::tags::{Tags, to_sdk};
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
    gateway: String,
    route_table: String,
    acl: String,
    /// What has become of the route to the internet.
    pub internet: DemoRoute,
    /// The ACL's entries before its last.
    pub acl_entries: Vec<AclEntry>,
}

/// What has become of the route to the internet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemoRoute {
    /// It leads to the internet gateway.
    #[default]
    Internet,
    /// Somebody has taken it out.
    Missing,
    /// It leads to a gateway that is gone.
    Blackhole,
    /// It leads to a NAT gateway, through which nothing comes in.
    Nat,
}

/// One entry of the network ACL.
#[derive(Clone, Debug)]
pub(super) struct AclEntry {
    /// The lowest goes first.
    pub number: i32,
    /// Whether it is about what goes out.
    pub egress: bool,
    /// Whether it lets through.
    pub allows: bool,
    /// `-1`, or `6` with ports.
    pub ports: Option<(i32, i32)>,
    /// The other end.
    pub block: String,
}

impl AclEntry {
    fn everything(number: i32, egress: bool, allows: bool) -> Self {
        Self { number, egress, allows, ports: None, block: "0.0.0.0/0".to_owned() }
    }

    /// What the default ACL begins with: everything is let in and out.
    pub fn usual() -> Vec<Self> {
        vec![Self::everything(100, false, true), Self::everything(100, true, true)]
    }

    fn to_sdk(&self) -> types::NetworkAclEntry {
        let ports = self.ports.map(|(from, to)| types::PortRange::builder().from(from).to(to).build());
        types::NetworkAclEntry::builder()
            .rule_number(self.number)
            .egress(self.egress)
            .protocol(if ports.is_some() { "6" } else { "-1" })
            .set_port_range(ports)
            .rule_action(if self.allows { types::RuleAction::Allow } else { types::RuleAction::Deny })
            .cidr_block(&self.block)
            .build()
    }
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

const VPC_CIDR: &str = "172.31.0.0/16";

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
fn known(asked: &[String], present: impl Fn(&str) -> bool, kind: &str, code: &str) -> Result<(), Fault> {
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

/// `DescribeRouteTables`: the main table, which leads to the internet unless somebody has changed it.
pub(super) fn describe_route_tables(
    world: &mut World,
    input: &DescribeRouteTablesInput,
) -> Result<DescribeRouteTablesOutput, Fault> {
    let network = &world.network;
    known(input.route_table_ids(), |id| id == network.route_table, "routeTable", "InvalidRouteTableID.NotFound")?;
    let passed = passes(input.filters(), &Tags::new(), |name| match name {
        "vpc-id" => Some(vec![network.vpc.clone()]),
        "route-table-id" => Some(vec![network.route_table.clone()]),
        "association.main" => Some(vec!["true".to_owned()]),
        // The subnets follow the main table: none is associated by name.
        "association.subnet-id" => Some(vec![]),
        "route.gateway-id" => Some(match network.internet {
            DemoRoute::Internet | DemoRoute::Blackhole => vec!["local".to_owned(), network.gateway.clone()],
            DemoRoute::Missing | DemoRoute::Nat => vec!["local".to_owned()],
        }),
        "route.destination-cidr-block" => Some(match network.internet {
            DemoRoute::Missing => vec![VPC_CIDR.to_owned()],
            _ => vec![VPC_CIDR.to_owned(), "0.0.0.0/0".to_owned()],
        }),
        _ => None,
    })?;
    let active = types::RouteState::Active;
    let to_everybody = |state: types::RouteState| {
        let route = types::Route::builder().destination_cidr_block("0.0.0.0/0");
        route.origin(types::RouteOrigin::CreateRoute).state(state)
    };
    let internet = match network.internet {
        DemoRoute::Internet => Some(to_everybody(active.clone()).gateway_id(&network.gateway).build()),
        DemoRoute::Blackhole => Some(to_everybody(types::RouteState::Blackhole).gateway_id(&network.gateway).build()),
        DemoRoute::Nat => {
            Some(to_everybody(active.clone()).nat_gateway_id(network.gateway.replacen("igw", "nat", 1)).build())
        }
        DemoRoute::Missing => None,
    };
    let local = types::Route::builder()
        .destination_cidr_block(VPC_CIDR)
        .gateway_id("local")
        .origin(types::RouteOrigin::CreateRouteTable)
        .state(active)
        .build();
    let table = types::RouteTable::builder()
        .route_table_id(&network.route_table)
        .vpc_id(&network.vpc)
        .owner_id(ACCOUNT)
        .associations(
            types::RouteTableAssociation::builder()
                .main(true)
                .route_table_id(&network.route_table)
                .route_table_association_id(network.route_table.replacen("rtb", "rtbassoc", 1))
                .build(),
        )
        .set_routes(Some([Some(local), internet].into_iter().flatten().collect()))
        .build();
    let tables = if passed { vec![table] } else { vec![] };
    let paged = page(tables, input.max_results(), input.next_token(), (5, 100))?;
    let output = DescribeRouteTablesOutput::builder().set_route_tables(Some(paged.rows));
    Ok(output.set_next_token(paged.next_token).build())
}

/// `DescribeNetworkAcls`: the default list, which lets everything through unless somebody has changed it.
pub(super) fn describe_network_acls(
    world: &mut World,
    input: &DescribeNetworkAclsInput,
) -> Result<DescribeNetworkAclsOutput, Fault> {
    let network = &world.network;
    known(input.network_acl_ids(), |id| id == network.acl, "networkAcl", "InvalidNetworkAclID.NotFound")?;
    let passed = passes(input.filters(), &Tags::new(), |name| match name {
        "vpc-id" => Some(vec![network.vpc.clone()]),
        "network-acl-id" | "association.network-acl-id" => Some(vec![network.acl.clone()]),
        "association.subnet-id" => Some(network.subnets.iter().map(|subnet| subnet.id.clone()).collect()),
        "default" => Some(vec!["true".to_owned()]),
        _ => None,
    })?;
    // What everything else comes to: EC2 shows it as `*`.
    let last = [false, true].map(|egress| AclEntry::everything(32767, egress, false));
    let entries = network.acl_entries.iter().chain(&last).map(AclEntry::to_sdk).collect();
    let association = |subnet: &Subnet| {
        types::NetworkAclAssociation::builder()
            .network_acl_id(&network.acl)
            .network_acl_association_id(subnet.id.replacen("subnet", "aclassoc", 1))
            .subnet_id(&subnet.id)
            .build()
    };
    let acl = types::NetworkAcl::builder()
        .network_acl_id(&network.acl)
        .vpc_id(&network.vpc)
        .owner_id(ACCOUNT)
        .is_default(true)
        .set_associations(Some(network.subnets.iter().map(association).collect()))
        .set_entries(Some(entries))
        .build();
    let acls = if passed { vec![acl] } else { vec![] };
    let paged = page(acls, input.max_results(), input.next_token(), (5, 1000))?;
    let output = DescribeNetworkAclsOutput::builder().set_network_acls(Some(paged.rows));
    Ok(output.set_next_token(paged.next_token).build())
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
