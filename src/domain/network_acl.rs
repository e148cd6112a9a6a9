//! Network ACLs: what a subnet lets in and out, by EC2's own rules (VPC user guide, "Network ACL rules"). Unlike a
//! security group, an ACL forgets: the replies of a connection must be let out on their own.

use std::net::IpAddr;

use ipnet::IpNet;

use super::id::{NetworkAclId, SubnetId};
use super::security_group::Direction;

/// One network ACL as `DescribeNetworkAcls` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAcl {
    /// The id.
    pub id: NetworkAclId,
    /// The `Name` tag, when not empty.
    pub name: Option<String>,
    /// The one that subnets get unless another is put on them.
    pub is_default: bool,
    /// The subnets that it guards.
    pub subnets: Vec<SubnetId>,
    /// Its entries, in no order that means anything.
    pub entries: Vec<AclEntry>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclEntry {
    /// The lowest goes first. 32767 (and 32768 for IPv6) is the entry `*`, which denies what is left.
    pub number: u16,
    /// Which way.
    pub direction: Direction,
    /// Whether it lets through or denies.
    pub allows: bool,
    /// Which protocol.
    pub protocol: AclProtocol,
    /// The other end's addresses.
    pub block: IpNet,
    /// From port to port, those of the receiver; `None`: all.
    pub ports: Option<(u16, u16)>,
}

/// The protocol of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AclProtocol {
    /// -1
    All,
    /// By its number; 6 is TCP.
    Number(u8),
}

/// The protocol's number of TCP.
const TCP: u8 = 6;

/// From this number on, entries are the `*` of EC2 and nobody's own.
const CATCH_ALL: u16 = 32_767;

impl AclEntry {
    /// Whether it decides about TCP packets of `address` to `port`.
    fn matches(&self, direction: Direction, address: IpAddr, port: u16) -> bool {
        let ports = match self.protocol {
            AclProtocol::All => None,
            AclProtocol::Number(TCP) => self.ports,
            AclProtocol::Number(_) => return false,
        };
        self.direction == direction
            && self.block.contains(&address)
            && ports.is_none_or(|(from, to)| (from..=to).contains(&port))
    }

    /// Its number as the console shows it.
    #[must_use]
    pub fn label(&self) -> String {
        if self.number >= CATCH_ALL { "*".to_owned() } else { self.number.to_string() }
    }
}

/// What an ACL does with packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial<'a> {
    /// The first port that is denied.
    pub port: u16,
    /// The entry that denies it; `None`: no entry speaks of it.
    pub entry: Option<&'a AclEntry>,
}

impl NetworkAcl {
    /// The entry that decides about TCP packets of `address` to `port`: the lowest number that matches. `None`: there
    /// is none, and they are denied.
    #[must_use]
    pub fn deciding(&self, direction: Direction, address: IpAddr, port: u16) -> Option<&AclEntry> {
        let matching = self.entries.iter().filter(|entry| entry.matches(direction, address, port));
        matching.min_by_key(|entry| entry.number)
    }

    /// The first port between two (both counted) that is denied; `None`: all are let through.
    #[must_use]
    pub fn denial(&self, direction: Direction, address: IpAddr, from: u16, to: u16) -> Option<Denial<'_>> {
        // Only where an entry's ports begin, and behind where they end, can another entry decide.
        let edges = self
            .entries
            .iter()
            .filter_map(|entry| entry.ports)
            .flat_map(|(first, last)| [Some(first), last.checked_add(1)].into_iter().flatten());
        let mut ports: Vec<u16> = edges.chain([from]).filter(|port| (from..=to).contains(port)).collect();
        ports.sort_unstable();
        ports.into_iter().find_map(|port| match self.deciding(direction, address, port) {
            Some(entry) if entry.allows => None,
            entry => Some(Denial { port, entry }),
        })
    }
}

/// The ACL that guards a subnet.
#[must_use]
pub fn acl_of<'a>(acls: &'a [NetworkAcl], subnet: &SubnetId) -> Option<&'a NetworkAcl> {
    acls.iter().find(|acl| acl.subnets.contains(subnet))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(number: u16, direction: Direction, allows: bool, protocol: &str, block: &str) -> AclEntry {
        let (protocol, ports) = match protocol.split_once(' ') {
            None if protocol == "-1" => (AclProtocol::All, None),
            None => (AclProtocol::Number(protocol.parse().unwrap()), None),
            Some((number, ports)) => {
                let (from, to) = ports.split_once('-').unwrap();
                (AclProtocol::Number(number.parse().unwrap()), Some((from.parse().unwrap(), to.parse().unwrap())))
            }
        };
        AclEntry { number, direction, allows, protocol, block: block.parse().unwrap(), ports }
    }

    fn acl(entries: Vec<AclEntry>) -> NetworkAcl {
        let subnets = vec![SubnetId::new("subnet-1")];
        NetworkAcl { id: NetworkAclId::new("acl-1"), name: None, is_default: true, subnets, entries }
    }

    #[test]
    fn the_lowest_number_decides_whatever_the_order() {
        use Direction::{Inbound, Outbound};
        let acl = acl(vec![
            entry(32767, Inbound, false, "-1", "0.0.0.0/0"),
            entry(200, Inbound, true, "6 0-65535", "0.0.0.0/0"),
            entry(100, Inbound, false, "6 22-22", "203.0.113.0/24"),
            entry(90, Inbound, false, "17 22-22", "0.0.0.0/0"),
            entry(32768, Inbound, true, "-1", "::/0"),
            entry(100, Outbound, true, "6 1024-65535", "0.0.0.0/0"),
        ]);
        for (direction, address, port, number) in [
            (Inbound, "198.51.100.7", 22, Some(200)),
            (Inbound, "203.0.113.9", 22, Some(100)),
            (Inbound, "203.0.113.9", 443, Some(200)),
            (Inbound, "2001:db8::1", 22, Some(32768)),
            (Outbound, "198.51.100.7", 40000, Some(100)),
            (Outbound, "198.51.100.7", 80, None),
        ] {
            let deciding = acl.deciding(direction, address.parse().unwrap(), port);
            assert_eq!(deciding.map(|entry| entry.number), number, "{direction:?} {address} {port}");
        }
        assert_eq!(acl.entries[0].label(), "*");
        assert_eq!(acl.entries[1].label(), "200");
        assert!(acl_of(std::slice::from_ref(&acl), &SubnetId::new("subnet-1")).is_some());
        assert_eq!(acl_of(&[acl], &SubnetId::new("subnet-2")), None);
    }

    #[test]
    fn a_range_is_let_through_only_as_a_whole() {
        use Direction::Outbound;
        let acl = acl(vec![
            entry(100, Outbound, false, "6 40000-40009", "0.0.0.0/0"),
            entry(110, Outbound, true, "6 1024-60999", "0.0.0.0/0"),
        ]);
        let me = "198.51.100.7".parse().unwrap();
        let denied = |from, to| acl.denial(Outbound, me, from, to).map(|denial| (denial.port, denial.entry.is_some()));
        assert_eq!(denied(1024, 39999), None);
        assert_eq!(denied(32768, 60999), Some((40000, true)));
        assert_eq!(denied(40010, 60999), None);
        assert_eq!(denied(40010, 65535), Some((61000, false)));
    }

    fn any_entry() -> impl Strategy<Value = AclEntry> {
        let protocol = prop_oneof![Just(AclProtocol::All), Just(AclProtocol::Number(6)), Just(AclProtocol::Number(17))];
        let ports = prop::option::of((0_u16..40, 0_u16..20).prop_map(|(from, more)| (from, from + more)));
        let block = prop_oneof![Just("0.0.0.0/0"), Just("198.51.100.0/24"), Just("203.0.113.0/24"), Just("::/0")];
        (1_u16..30, any::<bool>(), any::<bool>(), protocol, block, ports).prop_map(
            |(number, inbound, allows, protocol, block, ports)| AclEntry {
                number,
                direction: if inbound { Direction::Inbound } else { Direction::Outbound },
                allows,
                protocol,
                block: block.parse().unwrap(),
                ports,
            },
        )
    }

    /// As the user guide tells it: go through the entries by number, stop at the first that fits, deny at the end.
    fn simulated(entries: &[AclEntry], direction: Direction, address: IpAddr, port: u16) -> bool {
        for number in 0..=40 {
            for entry in entries.iter().filter(|entry| entry.number == number && entry.direction == direction) {
                let is_tcp = entry.protocol == AclProtocol::Number(6);
                let fits_protocol = is_tcp || entry.protocol == AclProtocol::All;
                let fits_ports = !is_tcp || entry.ports.is_none_or(|(from, to)| from <= port && port <= to);
                let fits_block = match (entry.block, address) {
                    (IpNet::V4(block), IpAddr::V4(address)) => {
                        let shift = 32 - u32::from(block.prefix_len());
                        u32::from(block.network()).checked_shr(shift) == u32::from(address).checked_shr(shift)
                    }
                    (IpNet::V6(_), IpAddr::V6(_)) => true,
                    _ => false,
                };
                if fits_protocol && fits_ports && fits_block {
                    return entry.allows;
                }
            }
        }
        false
    }

    proptest! {
        #[test]
        fn evaluation_is_the_simulation(
            mut entries in prop::collection::vec(any_entry(), 0..10),
            address in prop_oneof![Just("198.51.100.7"), Just("203.0.113.9"), Just("192.0.2.1"), Just("2001:db8::1")],
            from in 0_u16..60,
            more in 0_u16..20,
        ) {
            // A number stands once in each direction.
            entries.sort_by_key(|entry| (entry.number, entry.direction));
            entries.dedup_by_key(|entry| (entry.number, entry.direction));
            entries.reverse();
            let acl = acl(entries);
            let address: IpAddr = address.parse().unwrap();
            for direction in [Direction::Inbound, Direction::Outbound] {
                let first_denied =
                    (from..=from + more).find(|port| !simulated(&acl.entries, direction, address, *port));
                let denial = acl.denial(direction, address, from, from + more);
                prop_assert_eq!(denial.map(|denial| denial.port), first_denied);
                let decided = acl.deciding(direction, address, from).is_some_and(|entry| entry.allows);
                prop_assert_eq!(decided, simulated(&acl.entries, direction, address, from));
            }
        }
    }
}
