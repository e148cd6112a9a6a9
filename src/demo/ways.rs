//! How packets get into a region's network and out: its route table and its network ACL, as they are or as a test has
//! spoilt them.

use aws_sdk_ec2::operation::describe_network_acls::{DescribeNetworkAclsInput, DescribeNetworkAclsOutput};
use aws_sdk_ec2::operation::describe_route_tables::{DescribeRouteTablesInput, DescribeRouteTablesOutput};
use aws_sdk_ec2::types;

use super::fault::Fault;
use super::networks::{Subnet, VPC_CIDR, known};
use super::query::{page, passes};
use super::tags::Tags;
use super::world::{ACCOUNT, World};

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
