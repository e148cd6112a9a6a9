//! Route tables: where the packets of a subnet go, by EC2's own rules (VPC user guide, "How AWS evaluates routes").

use std::net::IpAddr;

use ipnet::IpNet;

use super::allow::Blocks;
use super::id::{PrefixListId, RouteTableId, SubnetId};

/// One route table as `DescribeRouteTables` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// The id.
    pub id: RouteTableId,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// Whether the subnets without a table of their own follow it.
    pub is_main: bool,
    /// The subnets that name it.
    pub subnets: Vec<SubnetId>,
    /// Its routes, in no order that means anything.
    pub routes: Vec<Route>,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose packets it takes.
    pub destination: Destination,
    /// Where they go.
    pub target: Target,
    /// Whether its target is gone (`blackhole`): what it takes is lost.
    pub is_blackhole: bool,
    /// Whether a virtual private gateway has put it there; one set by hand goes before it.
    pub is_propagated: bool,
}

/// Whose packets a route takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Those to a block of addresses.
    Block(IpNet),
    /// Those to the blocks of a managed prefix list.
    PrefixList(PrefixListId),
}

/// Where packets go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the VPC itself.
    Local,
    /// To the internet and back: the only one that lets connections in from there.
    InternetGateway(String),
    /// To the internet over IPv6, but nothing comes in.
    EgressOnlyGateway(String),
    /// To the internet behind another address: nothing comes in.
    NatGateway(String),
    /// To a peer, a transit gateway, an instance, an endpoint ...; its id.
    Other(String),
}

impl Target {
    /// Its id; `local` for the VPC itself.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Local => "local",
            Self::InternetGateway(id) | Self::EgressOnlyGateway(id) | Self::NatGateway(id) | Self::Other(id) => id,
        }
    }
}

impl Route {
    /// How many leading bits of `address` it fixes; `None` when it does not take packets to it. A prefix list whose
    /// blocks are not known takes nothing.
    fn prefix_of(&self, address: IpAddr, blocks: &Blocks) -> Option<u8> {
        let fits = |block: &IpNet| block.contains(&address).then(|| block.prefix_len());
        match &self.destination {
            Destination::Block(block) => fits(block),
            Destination::PrefixList(list) => blocks.get(list)?.iter().filter_map(fits).max(),
        }
    }

    /// Which of two equally long prefixes goes first.
    fn rank(&self) -> u8 {
        match (&self.destination, self.is_propagated) {
            (Destination::Block(_), false) => 2,
            (Destination::PrefixList(_), _) => 1,
            (Destination::Block(_), true) => 0,
        }
    }
}

impl RouteTable {
    /// The route of packets to `address`: the longest prefix wins. One whose target is gone wins, too, and loses what
    /// it takes; see [`Route::is_blackhole`].
    #[must_use]
    pub fn route_to(&self, address: IpAddr, blocks: &Blocks) -> Option<&Route> {
        let fitting = self.routes.iter().filter_map(|route| Some((route.prefix_of(address, blocks)?, route)));
        fitting.max_by_key(|(length, route)| (*length, route.rank())).map(|(_, route)| route)
    }

    /// The route of packets to addresses that no other route takes, of one family.
    #[must_use]
    pub fn default_route(&self, is_v6: bool) -> Option<&Route> {
        let everything = |route: &&Route| match &route.destination {
            Destination::Block(block) => block.prefix_len() == 0 && matches!(block, IpNet::V6(_)) == is_v6,
            Destination::PrefixList(_) => false,
        };
        self.routes.iter().filter(everything).max_by_key(|route| route.rank())
    }
}

/// The table that a subnet follows: the one that names it, else the main one of its VPC.
#[must_use]
pub fn table_of<'a>(tables: &'a [RouteTable], subnet: &SubnetId) -> Option<&'a RouteTable> {
    let own = tables.iter().find(|table| table.subnets.contains(subnet));
    own.or_else(|| tables.iter().find(|table| table.is_main))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn route(destination: &str, target: &str) -> Route {
        let destination = match destination.parse() {
            Ok(block) => Destination::Block(block),
            Err(_) => Destination::PrefixList(PrefixListId::new(destination)),
        };
        let target = Target::InternetGateway(target.to_owned());
        Route { destination, target, is_blackhole: false, is_propagated: false }
    }

    fn table(id: &str, is_main: bool, subnets: &[&str], routes: Vec<Route>) -> RouteTable {
        let subnets = subnets.iter().map(|id| SubnetId::new(*id)).collect();
        RouteTable { id: RouteTableId::new(id), name: None, is_main, subnets, routes }
    }

    fn taken(table: &RouteTable, address: &str, blocks: &Blocks) -> Option<String> {
        table.route_to(address.parse().unwrap(), blocks).map(|route| route.target.id().to_owned())
    }

    #[test]
    fn a_subnet_follows_its_own_table_or_the_main_one() {
        let tables = [table("rtb-main", true, &[], vec![]), table("rtb-own", false, &["subnet-1"], vec![])];
        let of = |subnet: &str| table_of(&tables, &SubnetId::new(subnet)).map(|table| table.id.as_str());
        assert_eq!(of("subnet-1"), Some("rtb-own"));
        assert_eq!(of("subnet-2"), Some("rtb-main"));
        assert_eq!(table_of(&tables[1..], &SubnetId::new("subnet-2")), None);
    }

    #[test]
    fn the_longest_prefix_wins_and_ties_go_by_origin() {
        let mut gone = route("203.0.113.0/24", "gone");
        gone.is_blackhole = true;
        let mut propagated = route("192.0.2.0/24", "vgw");
        propagated.is_propagated = true;
        let table = table(
            "rtb-1",
            true,
            &[],
            vec![
                route("0.0.0.0/0", "igw"),
                route("172.31.0.0/16", "local"),
                gone,
                propagated,
                route("192.0.2.0/24", "static"),
                route("pl-office", "list"),
                route("pl-unknown", "unknown"),
                route("::/0", "igw6"),
            ],
        );
        let block = |text: &str| text.parse().unwrap();
        let blocks =
            Blocks::from([(PrefixListId::new("pl-office"), vec![block("198.51.100.0/24"), block("192.0.2.0/24")])]);
        for (address, target) in [
            ("8.8.8.8", "igw"),
            ("172.31.4.4", "local"),
            ("203.0.113.9", "gone"),
            ("192.0.2.1", "static"),
            ("198.51.100.7", "list"),
            ("2001:db8::1", "igw6"),
        ] {
            assert_eq!(taken(&table, address, &blocks).as_deref(), Some(target), "{address}");
        }
        let default = |is_v6| table.default_route(is_v6).map(|route| route.target.id());
        assert_eq!((default(false), default(true)), (Some("igw"), Some("igw6")));
        assert_eq!(taken(&table_of_nothing(), "8.8.8.8", &blocks), None);
    }

    fn table_of_nothing() -> RouteTable {
        table("rtb-0", true, &[], vec![route("10.0.0.0/8", "local")])
    }

    proptest! {
        /// Against the rule as one would say it: of the blocks that hold the address, none is longer than the chosen.
        #[test]
        fn no_other_fitting_block_is_longer(
            blocks in prop::collection::vec((any::<[u8; 4]>(), 0_u8..=32), 0..12),
            address in any::<[u8; 4]>(),
            bias in any::<bool>(),
        ) {
            let blocks: Vec<(u32, u8)> = blocks
                .into_iter()
                // Blocks around the address itself, or nothing would ever fit.
                .map(|(octets, length)| (u32::from_be_bytes(if bias { address } else { octets }), length))
                .collect();
            let routes = blocks.iter().enumerate().map(|(at, (start, length))| {
                route(&format!("{}/{length}", std::net::Ipv4Addr::from(*start)), &at.to_string())
            });
            let table = table("rtb-1", true, &[], routes.collect());
            let wanted = u32::from_be_bytes(address);
            let fits = |(start, length): (u32, u8)| length == 0 || (start ^ wanted) >> (32 - length) == 0;
            let longest = blocks.iter().copied().filter(|block| fits(*block)).map(|(_, length)| length).max();
            let chosen = table.route_to(IpAddr::from(address), &Blocks::new());
            let chosen = chosen.map(|route| blocks[route.target.id().parse::<usize>().unwrap()]);
            prop_assert_eq!(chosen.map(|(_, length)| length), longest);
            prop_assert!(chosen.is_none_or(fits));
        }
    }
}
