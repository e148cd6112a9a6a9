//! Which of its addresses an instance is reached at.

use std::net::{IpAddr, Ipv4Addr};

use crate::domain::instance::Instance;

/// What kind of address it is: whether it stays, and from where it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// An Elastic IP: stays over a stop and a start.
    Elastic,
    /// A public address: another one after a stop and a start.
    Public,
    /// A private address: from within the VPC, over a VPN or past a jump host.
    Private,
    /// An IPv6 address: stays, and answers where the network has IPv6.
    Ipv6,
}

impl AddressKind {
    /// The text key of its name.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Elastic => "address-kind-elastic",
            Self::Public => "address-kind-public",
            Self::Private => "address-kind-private",
            Self::Ipv6 => "address-kind-ipv6",
        }
    }
}

/// The address to use: the Elastic IP, then the public one, then the private one, IPv6 last; the private one first
/// where the person wants it so. `None` for an instance that has no address at all (a terminated one).
#[must_use]
pub fn choose_address(
    instance: &Instance,
    elastic_ip: Option<Ipv4Addr>,
    prefer_private: bool,
) -> Option<(IpAddr, AddressKind)> {
    let four = |address: Option<Ipv4Addr>, kind| address.map(|address| (IpAddr::V4(address), kind));
    let private = four(instance.private_ip, AddressKind::Private);
    private
        .filter(|_| prefer_private)
        .or(four(elastic_ip, AddressKind::Elastic))
        .or(four(instance.public_ip, AddressKind::Public))
        .or(private)
        .or(instance.ipv6.first().map(|address| (IpAddr::V6(*address), AddressKind::Ipv6)))
}
