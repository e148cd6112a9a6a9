//! Check 3: the subnet's route table leads to the internet and back.

use std::net::IpAddr;

use super::{Check, Finding, Looked, is_private};
use crate::domain::allow::Blocks;
use crate::domain::id::SubnetId;
use crate::domain::route_table::{Route, RouteTable, Target, table_of};
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Route;

/// What is known about the way.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The instance's subnet.
    pub subnet: Option<&'a SubnetId>,
    /// The address that a connection goes to.
    pub target: Option<IpAddr>,
    /// One's own address; replies go there. Without it, the way to anybody is looked at.
    pub me: Looked<IpAddr>,
    /// The route tables of the VPC.
    pub tables: Looked<&'a [RouteTable]>,
    /// The blocks of prefix lists, as far as they are known.
    pub blocks: &'a Blocks,
}

/// Looks at the way between subnet and internet. Only an internet gateway lets connections in from there.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Finding {
    let Some(target) = facts.target else { return Finding::not_tried(CHECK, text!("doctor-without-address")) };
    if is_private(target) {
        return Finding::not_tried(CHECK, text!("doctor-private-way"));
    }
    let tables = match &facts.tables {
        Ok(tables) => *tables,
        Err(missing) => return Finding::blind(CHECK, missing),
    };
    let Some(subnet) = facts.subnet else { return Finding::unknown(CHECK, text!("doctor-route-no-subnet")) };
    let Some(table) = table_of(tables, subnet) else {
        return Finding::unknown(CHECK, text!("doctor-route-no-table", subnet = subnet));
    };
    let route = match &facts.me {
        Ok(me) if me.is_ipv4() == target.is_ipv4() => table.route_to(*me, facts.blocks),
        _ => table.default_route(target.is_ipv6()),
    };
    judged(route, subnet, table, target.is_ipv6())
}

fn judged(route: Option<&Route>, subnet: &SubnetId, table: &RouteTable, is_v6: bool) -> Finding {
    let Some(route) = route else {
        let said = text!("doctor-route-none", subnet = subnet, table = &table.id);
        return Finding::bad(CHECK, said).showing(missing(is_v6));
    };
    let id = route.target.id();
    if route.is_blackhole {
        let said = text!("doctor-route-blackhole", table = &table.id, gateway = id);
        return Finding::bad(CHECK, said).showing(missing(is_v6));
    }
    match route.target {
        Target::InternetGateway(_) => {
            let said = text!("doctor-route-internet", subnet = subnet, gateway = id);
            Finding::good(CHECK, said).showing(text!("doctor-route-table", table = &table.id))
        }
        Target::NatGateway(_) | Target::EgressOnlyGateway(_) => {
            let said = text!("doctor-route-out-only", subnet = subnet, gateway = id);
            Finding::bad(CHECK, said).showing(missing(is_v6))
        }
        // A transit gateway, a private line, a firewall: it may lead to the internet or to one's own network.
        Target::Local | Target::Other(_) => {
            let said = text!("doctor-route-elsewhere", subnet = subnet, gateway = id);
            Finding::unknown(CHECK, said).showing(text!("doctor-route-table", table = &table.id))
        }
    }
}

/// What the table would need.
fn missing(is_v6: bool) -> Text {
    text!("doctor-route-missing", destination = if is_v6 { "::/0" } else { "0.0.0.0/0" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::testing::{ADDRESS, ME, no_permission, shown};
    use crate::domain::doctor::{Missing, Verdict};
    use crate::domain::id::RouteTableId;
    use crate::domain::route_table::Destination;

    fn route(block: &str, target: Target) -> Route {
        let destination = Destination::Block(block.parse().unwrap());
        Route { destination, target, is_blackhole: false, is_propagated: false }
    }

    fn igw() -> Target {
        Target::InternetGateway("igw-1".to_owned())
    }

    fn table(routes: Vec<Route>) -> RouteTable {
        RouteTable { id: RouteTableId::new("rtb-1"), name: None, is_main: true, subnets: vec![], routes }
    }

    fn found(routes: Vec<Route>, target: IpAddr, me: Looked<IpAddr>) -> Finding {
        let tables = [table(routes)];
        let (subnet, blocks) = (SubnetId::new("subnet-1"), Blocks::new());
        check(&Facts { subnet: Some(&subnet), target: Some(target), me, tables: Ok(&tables), blocks: &blocks })
    }

    #[test]
    fn only_an_internet_gateway_lets_connections_in() {
        let nat = Target::NatGateway("nat-1".to_owned());
        let gone = Route { is_blackhole: true, ..route("0.0.0.0/0", igw()) };
        let to_me = route("198.51.100.0/24", Target::Other("tgw-1".to_owned()));
        for (routes, verdict, words) in [
            (vec![route("0.0.0.0/0", igw())], Verdict::Good, "igw-1"),
            (vec![], Verdict::Bad, "0.0.0.0/0"),
            (vec![route("172.31.0.0/16", Target::Local)], Verdict::Bad, "rtb-1"),
            (vec![route("0.0.0.0/0", nat)], Verdict::Bad, "nat-1"),
            (vec![gone], Verdict::Bad, "igw-1"),
            (vec![route("0.0.0.0/0", igw()), to_me], Verdict::Unknown, "tgw-1"),
        ] {
            let finding = found(routes, ADDRESS, Ok(ME));
            assert_eq!(finding.verdict, verdict, "{}", shown(&finding));
            assert!(shown(&finding).contains(words), "{}", shown(&finding));
        }
    }

    #[test]
    fn without_ones_own_address_or_family_the_way_to_anybody_counts() {
        let v6: IpAddr = "2001:db8::5".parse().unwrap();
        let routes = || vec![route("0.0.0.0/0", igw()), route("::/0", Target::EgressOnlyGateway("eigw-1".to_owned()))];
        assert_eq!(found(routes(), ADDRESS, Err(Missing::Failed(String::new()))).verdict, Verdict::Good);
        let out_only = found(routes(), v6, Ok(ME));
        assert_eq!(out_only.verdict, Verdict::Bad);
        assert!(shown(&out_only).contains("eigw-1") && shown(&out_only).contains("::/0"));
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        let (subnet, blocks) = (SubnetId::new("subnet-1"), Blocks::new());
        let facts =
            Facts { subnet: Some(&subnet), target: Some(ADDRESS), me: Ok(ME), tables: Ok(&[]), blocks: &blocks };
        let blind = Facts { tables: Err(no_permission("ec2:DescribeRouteTables")), ..facts.clone() };
        let finding = check(&blind);
        assert_eq!(finding.verdict, Verdict::Unknown);
        assert!(shown(&finding).contains("could not look") && shown(&finding).contains("ec2:DescribeRouteTables"));
        for (facts, verdict) in [
            (facts.clone(), Verdict::Unknown),
            (Facts { subnet: None, ..facts.clone() }, Verdict::Unknown),
            (Facts { target: None, ..facts.clone() }, Verdict::NotTried),
            (Facts { target: "10.0.0.5".parse().ok(), ..facts.clone() }, Verdict::NotTried),
        ] {
            let finding = check(&facts);
            assert_eq!(finding.verdict, verdict, "{}", shown(&finding));
        }
    }
}
