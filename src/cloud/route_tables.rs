//! The route tables of a VPC.

use aws_sdk_ec2::types as sdk;
use ipnet::IpNet;

use super::Cloud;
use super::convert::{filter, following, maybe, tags, words};
use super::send::ask;
use crate::domain::id::{PrefixListId, RouteTableId, SubnetId, VpcId};
use crate::domain::problem::Problem;
use crate::domain::route_table::{Destination, Route, RouteTable, Target};
use crate::domain::tag::name_of;

/// The largest page.
const PAGE: i32 = 100;

impl Cloud {
    /// `DescribeRouteTables` of one VPC, all pages, by id.
    pub(super) async fn route_tables(&self, vpc: &VpcId) -> Result<Vec<RouteTable>, Problem> {
        let mut tables: Vec<RouteTable> = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_route_tables().filters(filter("vpc-id", [vpc.as_str()]));
            let request = request.max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeRouteTables", request)?;
            tables.extend(page.route_tables().iter().filter_map(table));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                tables.sort_by(|one, other| one.id.cmp(&other.id));
                return Ok(tables);
            }
        }
    }
}

fn table(from: &sdk::RouteTable) -> Option<RouteTable> {
    // One that is being taken off a subnet, or could not be put on it, does not route it.
    let in_force = |association: &&sdk::RouteTableAssociation| {
        use sdk::RouteTableAssociationStateCode::{Disassociated, Disassociating, Failed};
        let state = association.association_state().and_then(sdk::RouteTableAssociationState::state);
        !matches!(state, Some(Disassociated | Disassociating | Failed))
    };
    let associations: Vec<_> = from.associations().iter().filter(in_force).collect();
    Some(RouteTable {
        id: RouteTableId::new(words(Some(from.route_table_id()?))),
        name: name_of(&tags(from.tags())),
        is_main: associations.iter().any(|one| one.main().unwrap_or_default()),
        subnets: associations.iter().filter_map(|one| maybe(one.subnet_id())).map(SubnetId::new).collect(),
        routes: from.routes().iter().filter_map(route).collect(),
    })
}

fn route(from: &sdk::Route) -> Option<Route> {
    let block = from.destination_cidr_block().or(from.destination_ipv6_cidr_block());
    let destination = match (block, from.destination_prefix_list_id()) {
        (Some(block), _) => Destination::Block(block.parse::<IpNet>().ok()?.trunc()),
        (None, Some(list)) => Destination::PrefixList(PrefixListId::new(words(Some(list)))),
        (None, None) => return None,
    };
    Some(Route {
        destination,
        target: target(from),
        is_blackhole: from.state() == Some(&sdk::RouteState::Blackhole),
        is_propagated: from.origin() == Some(&sdk::RouteOrigin::EnableVgwRoutePropagation),
    })
}

fn target(from: &sdk::Route) -> Target {
    // Gateways of every kind (internet, virtual private, endpoints) share one field and differ by their prefix.
    if let Some(id) = maybe(from.gateway_id()) {
        return match id.as_str() {
            "local" => Target::Local,
            id if id.starts_with("igw-") => Target::InternetGateway(id.to_owned()),
            _ => Target::Other(id),
        };
    }
    if let Some(id) = maybe(from.nat_gateway_id()) {
        return Target::NatGateway(id);
    }
    if let Some(id) = maybe(from.egress_only_internet_gateway_id()) {
        return Target::EgressOnlyGateway(id);
    }
    let other = from
        .transit_gateway_id()
        .or(from.vpc_peering_connection_id())
        .or(from.instance_id())
        .or(from.network_interface_id())
        .or(from.local_gateway_id())
        .or(from.carrier_gateway_id())
        .or(from.core_network_arn());
    Target::Other(words(other))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_route_tables::DescribeRouteTablesOutput;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Found, Read};

    fn association(subnet: Option<&str>, state: sdk::RouteTableAssociationStateCode) -> sdk::RouteTableAssociation {
        sdk::RouteTableAssociation::builder()
            .main(subnet.is_none())
            .set_subnet_id(subnet.map(str::to_owned))
            .association_state(sdk::RouteTableAssociationState::builder().state(state).build())
            .build()
    }

    #[tokio::test]
    async fn tables_arrive_with_routes_of_every_kind() {
        use sdk::RouteTableAssociationStateCode::{Associated, Disassociating};
        let asked = mock!(aws_sdk_ec2::Client::describe_route_tables)
            .match_requests(|asked| {
                asked.filters()[0].name() == Some("vpc-id") && asked.filters()[0].values() == ["vpc-1"]
            })
            .then_output(|| {
                let to = |block: &str| sdk::Route::builder().destination_cidr_block(block);
                let main = sdk::RouteTable::builder()
                    .route_table_id("rtb-2")
                    .associations(association(None, Associated))
                    .routes(to("172.31.0.0/16").gateway_id("local").build())
                    .routes(to("0.0.0.0/0").gateway_id("igw-1").state(sdk::RouteState::Active).build())
                    .routes(to("10.0.0.0/8").nat_gateway_id("nat-1").state(sdk::RouteState::Blackhole).build())
                    .routes(
                        to("10.1.0.0/16")
                            .gateway_id("vgw-1")
                            .origin(sdk::RouteOrigin::EnableVgwRoutePropagation)
                            .build(),
                    )
                    .routes(
                        sdk::Route::builder()
                            .destination_ipv6_cidr_block("::/0")
                            .egress_only_internet_gateway_id("eigw-1")
                            .build(),
                    )
                    .routes(sdk::Route::builder().destination_prefix_list_id("pl-1").gateway_id("vpce-1").build())
                    .routes(to("192.0.2.0/24").vpc_peering_connection_id("pcx-1").build())
                    .routes(to("no block").gateway_id("igw-1").build())
                    .build();
                let other = sdk::RouteTable::builder()
                    .route_table_id("rtb-1")
                    .associations(association(Some("subnet-1"), Associated))
                    .associations(association(Some("subnet-2"), Disassociating))
                    .tags(sdk::Tag::builder().key("Name").value("pub\u{1b}lic").build())
                    .build();
                DescribeRouteTablesOutput::builder().route_tables(main).route_tables(other).build()
            });
        let found = read_all(&cloud_of(&[&asked]), Read::RouteTables(VpcId::new("vpc-1"))).await.unwrap();
        let [Found::RouteTables(tables)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(tables[0].subnets, [SubnetId::new("subnet-1")]);
        assert_eq!((tables[0].is_main, tables[0].name.as_deref()), (false, Some("pub\u{fffd}lic")));
        assert!(tables[1].is_main);
        let targets: Vec<&Target> = tables[1].routes.iter().map(|route| &route.target).collect();
        let id = str::to_owned;
        assert_eq!(
            targets,
            [
                &Target::Local,
                &Target::InternetGateway(id("igw-1")),
                &Target::NatGateway(id("nat-1")),
                &Target::Other(id("vgw-1")),
                &Target::EgressOnlyGateway(id("eigw-1")),
                &Target::Other(id("vpce-1")),
                &Target::Other(id("pcx-1")),
            ]
        );
        assert!(tables[1].routes[2].is_blackhole && tables[1].routes[3].is_propagated);
        assert_eq!(tables[1].routes[5].destination, Destination::PrefixList(PrefixListId::new("pl-1")));
    }
}
