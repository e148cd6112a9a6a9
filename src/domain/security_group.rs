//! Security groups and their rules.

use std::fmt;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::id::{GroupId, PrefixListId, RuleId, VpcId};
use super::tag::Tag;

/// One security group with its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityGroup {
    /// The id.
    pub id: GroupId,
    /// The name, unique in its VPC, case-insensitively.
    pub name: String,
    /// Required by EC2, cannot be changed.
    pub description: String,
    /// Its VPC.
    pub vpc: Option<VpcId>,
    /// What may come in.
    pub inbound: Vec<Rule>,
    /// What may go out.
    pub outbound: Vec<Rule>,
    /// All tags.
    pub tags: Vec<Tag>,
}

impl SecurityGroup {
    /// Its rules of one direction.
    #[must_use]
    pub fn rules(&self, direction: Direction) -> &[Rule] {
        match direction {
            Direction::Inbound => &self.inbound,
            Direction::Outbound => &self.outbound,
        }
    }

    /// The same in the order in which people look for them: by port, what has no ports last.
    #[must_use]
    pub fn rules_in_order(&self, direction: Direction) -> Vec<&Rule> {
        in_order(self.rules(direction))
    }

    /// The inbound rules that let the whole internet reach an administrator's port.
    pub fn rules_open_to_world(&self) -> impl Iterator<Item = &Rule> {
        self.inbound.iter().filter(|rule| rule.opens_admin_port_to_world())
    }
}

/// Rules in the order in which people look for them.
#[must_use]
pub fn in_order<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> Vec<&'a Rule> {
    let rank = |traffic: Traffic| match traffic {
        Traffic::Tcp(from, _) => (0, i32::from(from)),
        Traffic::Udp(from, _) => (1, i32::from(from)),
        Traffic::All => (2, 0),
        Traffic::Icmp(kind, _) | Traffic::Icmpv6(kind, _) => (3, kind),
        Traffic::Protocol(number) => (4, i32::from(number)),
    };
    let mut rules: Vec<&Rule> = rules.into_iter().collect();
    rules.sort_by_key(|rule| (rank(rule.traffic), rule.peer.to_string()));
    rules
}

/// One rule as `DescribeSecurityGroupRules` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id; edits and revocations go by it.
    pub id: RuleId,
    /// What is allowed.
    pub traffic: Traffic,
    /// From where (inbound) or to where (outbound).
    pub peer: Peer,
    /// Up to 255 ASCII characters.
    pub description: Option<String>,
    /// All tags.
    pub tags: Vec<Tag>,
}

/// Which way a rule lets traffic through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To what carries the group (ingress).
    Inbound,
    /// From what carries the group (egress).
    Outbound,
}

/// Protocol and ports of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Traffic {
    /// Protocol -1: everything on every port.
    All,
    /// TCP, from port to port.
    Tcp(u16, u16),
    /// UDP, from port to port.
    Udp(u16, u16),
    /// ICMP; type and code, -1 is all.
    Icmp(i32, i32),
    /// `ICMPv6`; type and code, -1 is all.
    Icmpv6(i32, i32),
    /// Another protocol by its number: EC2 ignores the ports.
    Protocol(u8),
}

impl Traffic {
    /// Whether it lets TCP reach `port`.
    #[must_use]
    pub fn covers_tcp(self, port: u16) -> bool {
        match self {
            Self::All | Self::Protocol(6) => true,
            Self::Tcp(from, to) => (from..=to).contains(&port),
            _ => false,
        }
    }

    /// The API's protocol word (`IpProtocol`).
    #[must_use]
    pub fn protocol(self) -> String {
        match self {
            Self::All => "-1".to_owned(),
            Self::Tcp(..) => "tcp".to_owned(),
            Self::Udp(..) => "udp".to_owned(),
            Self::Icmp(..) => "icmp".to_owned(),
            Self::Icmpv6(..) => "icmpv6".to_owned(),
            Self::Protocol(number) => number.to_string(),
        }
    }

    /// The API's `FromPort` and `ToPort`, where the protocol has them.
    #[must_use]
    pub fn ports(self) -> Option<(i32, i32)> {
        match self {
            Self::Tcp(from, to) | Self::Udp(from, to) => Some((from.into(), to.into())),
            Self::Icmp(kind, code) | Self::Icmpv6(kind, code) => Some((kind, code)),
            Self::All | Self::Protocol(_) => None,
        }
    }

    /// Whether EC2 reads the two numbers as ports; for others the screen says "all".
    #[must_use]
    pub fn has_ports(self) -> bool {
        matches!(self, Self::Tcp(..) | Self::Udp(..))
    }
}

/// Ports through which a server is administered or its data read: open to the world, they are attacked within minutes.
pub const ADMIN_PORTS: &[u16] = &[22, 3389, 1433, 1521, 3306, 5432, 6379, 9200, 27017];

/// The other end of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    /// IPv4 addresses.
    V4(Ipv4Net),
    /// IPv6 addresses.
    V6(Ipv6Net),
    /// Whatever carries another security group.
    Group(GroupId),
    /// A managed list of addresses (`pl-...`).
    PrefixList(PrefixListId),
}

impl Peer {
    /// One host: /32 or /128.
    #[must_use]
    pub fn host(address: IpAddr) -> Self {
        match IpNet::from(address) {
            IpNet::V4(net) => Self::V4(net),
            IpNet::V6(net) => Self::V6(net),
        }
    }

    /// Everybody on IPv6.
    #[must_use]
    pub fn anywhere_v6() -> Self {
        Self::V6(Ipv6Net::default())
    }

    /// Everybody on IPv4.
    #[must_use]
    pub fn anywhere_v4() -> Self {
        Self::V4(Ipv4Net::default())
    }

    /// Whether it is the whole internet or so wide (/8 and wider; /16 and wider for IPv6) that it comes to the same.
    #[must_use]
    pub fn is_world(&self) -> bool {
        match self {
            // 10.0.0.0/8 is somebody's own network, not the world; so are fc00::/7 and what is in it.
            Self::V4(net) => net.prefix_len() < 8 || (net.prefix_len() == 8 && !net.network().is_private()),
            Self::V6(net) => {
                let private = net.prefix_len() >= 7 && net.network().is_unique_local();
                net.prefix_len() <= 16 && !private
            }
            Self::Group(_) | Self::PrefixList(_) => false,
        }
    }

    /// Whether a rule for the one can become a rule for the other: EC2 keeps each rule to its kind of other end.
    #[must_use]
    pub fn is_of_same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether it is a single host.
    #[must_use]
    pub fn is_host(&self) -> bool {
        match self {
            Self::V4(net) => net.prefix_len() == 32,
            Self::V6(net) => net.prefix_len() == 128,
            Self::Group(_) | Self::PrefixList(_) => false,
        }
    }

    /// Whether it holds the address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::V4(net), IpAddr::V4(address)) => net.contains(&address),
            (Self::V6(net), IpAddr::V6(address)) => net.contains(&address),
            _ => false,
        }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(net) => f.pad(&net.to_string()),
            Self::V6(net) => f.pad(&net.to_string()),
            Self::Group(id) => f.pad(id.as_str()),
            Self::PrefixList(id) => f.pad(id.as_str()),
        }
    }
}

impl Rule {
    /// Whether it lets (nearly) anybody reach a port of [`ADMIN_PORTS`].
    #[must_use]
    pub fn opens_admin_port_to_world(&self) -> bool {
        Self::opens(self.traffic, &self.peer)
    }

    /// The same of a rule that does not exist yet.
    #[must_use]
    pub fn opens(traffic: Traffic, peer: &Peer) -> bool {
        peer.is_world() && ADMIN_PORTS.iter().any(|port| traffic.covers_tcp(*port))
    }

    /// The same rule as one that could be added.
    #[must_use]
    pub fn as_new(&self) -> NewRule {
        NewRule {
            traffic: self.traffic,
            peer: self.peer.clone(),
            description: self.description.clone().unwrap_or_default(),
        }
    }

    /// Whether it can be named to EC2: who may not ask for the rules themselves has them without ids.
    #[must_use]
    pub fn has_id(&self) -> bool {
        !self.id.as_str().is_empty()
    }

    /// Whether it lets `address` reach TCP `port`.
    #[must_use]
    pub fn admits(&self, address: IpAddr, port: u16) -> bool {
        self.peer.contains(address) && self.traffic.covers_tcp(port)
    }
}

/// A rule that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NewRule {
    /// What it will allow.
    pub traffic: Traffic,
    /// From where.
    pub peer: Peer,
    /// In EC2's character set, see [`check_description`]; may be empty.
    pub description: String,
}

/// A group that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Unique in its VPC.
    pub name: String,
    /// Required by EC2.
    pub description: String,
    /// `None`: the default VPC.
    pub vpc: Option<VpcId>,
    /// Inbound rules to add at once.
    pub inbound: Vec<NewRule>,
}

/// Why EC2 would refuse a group's name or a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTextProblem {
    /// Nothing was typed.
    Empty,
    /// More than 255 characters.
    TooLong,
    /// A name that begins with `sg-`.
    ReservedPrefix,
    /// A character outside EC2's set; the first one.
    BadCharacter(char),
}

/// Whether a character may stand in a group's name, its description or a rule's description.
#[must_use]
pub fn is_allowed_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c)
}

/// Checks a group's name (EC2 service model, `CreateSecurityGroup.GroupName`).
///
/// # Errors
/// Returns the first rule that the name breaks.
pub fn check_group_name(name: &str) -> Result<(), GroupTextProblem> {
    if name.trim().is_empty() {
        return Err(GroupTextProblem::Empty);
    }
    if name.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sg-")) {
        return Err(GroupTextProblem::ReservedPrefix);
    }
    check_description(name)
}

/// Checks a group's or rule's description; an empty one passes, though a group needs one.
///
/// # Errors
/// Returns the first rule that the text breaks.
pub fn check_description(text: &str) -> Result<(), GroupTextProblem> {
    if text.chars().count() > 255 {
        return Err(GroupTextProblem::TooLong);
    }
    match text.chars().find(|c| !is_allowed_character(*c)) {
        Some(c) => Err(GroupTextProblem::BadCharacter(c)),
        None => Ok(()),
    }
}

/// The text with every character that EC2 refuses replaced by `-`: for descriptions that this program writes itself.
#[must_use]
pub fn to_allowed(text: &str) -> String {
    text.chars().map(|c| if is_allowed_character(c) { c } else { '-' }).take(255).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str) -> Peer {
        Peer::V4(text.parse().unwrap())
    }

    #[test]
    fn wide_blocks_and_all_traffic_count_as_open() {
        for (traffic, peer, open) in [
            (Traffic::Tcp(22, 22), v4("0.0.0.0/0"), true),
            (Traffic::Tcp(20, 30), v4("0.0.0.0/1"), true),
            (Traffic::All, Peer::V6("::/0".parse().unwrap()), true),
            (Traffic::Tcp(443, 443), v4("0.0.0.0/0"), false),
            (Traffic::Udp(22, 22), v4("0.0.0.0/0"), false),
            (Traffic::Tcp(22, 22), v4("203.0.113.0/24"), false),
            (Traffic::Tcp(22, 22), v4("10.0.0.0/8"), false),
            (Traffic::Tcp(22, 22), v4("10.0.0.0/7"), true),
            (Traffic::Tcp(22, 22), Peer::V6("fc00::/7".parse().unwrap()), false),
            (Traffic::Tcp(22, 22), Peer::V6("fd00::/8".parse().unwrap()), false),
            (Traffic::Tcp(22, 22), Peer::V6("fc00::/6".parse().unwrap()), true),
            (Traffic::Tcp(22, 22), Peer::V6("2000::/3".parse().unwrap()), true),
            (Traffic::All, Peer::Group(GroupId::new("sg-1")), false),
        ] {
            let rule = Rule { id: RuleId::new("sgr-1"), traffic, peer, description: None, tags: vec![] };
            assert_eq!(rule.opens_admin_port_to_world(), open, "{rule:?}");
        }
    }

    #[test]
    fn names_keep_to_the_set_of_ec2() {
        assert_eq!(check_group_name("web-1 (test)"), Ok(()));
        assert_eq!(check_group_name("SG-1"), Err(GroupTextProblem::ReservedPrefix));
        assert_eq!(check_group_name("웹"), Err(GroupTextProblem::BadCharacter('웹')));
        assert_eq!(check_description("it's"), Err(GroupTextProblem::BadCharacter('\'')));
        assert_eq!(check_description(&"x".repeat(256)), Err(GroupTextProblem::TooLong));
    }
}
