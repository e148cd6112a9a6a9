//! Network interfaces: what carries security groups and addresses, instance or not.

use std::net::Ipv4Addr;

use super::address::Association;
use super::id::{GroupId, InstanceId, InterfaceId};

/// One network interface as `DescribeNetworkInterfaces` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkInterface {
    /// The id.
    pub id: InterfaceId,
    /// The instance that it is attached to, if any.
    pub instance: Option<InstanceId>,
    /// Who made it and what for, in AWS's words: load balancers and databases say what they are here.
    pub description: String,
    /// AWS's word for its kind: `interface`, `nat_gateway`, `network_load_balancer` ...
    pub kind: String,
    /// Primary private address.
    pub private_ip: Option<Ipv4Addr>,
    /// Whether AWS says that it is attached to nothing (status `available`).
    pub unattached: bool,
    /// Its security groups.
    pub groups: Vec<GroupId>,
}

/// The interface that an Elastic IP is on, where that one is listed and attached to nothing: nothing is reached by it.
#[must_use]
pub fn unattached<'a>(on: &Association, interfaces: &'a [NetworkInterface]) -> Option<&'a NetworkInterface> {
    let id = on.interface.as_ref().filter(|_| on.instance.is_none())?;
    interfaces.iter().find(|interface| interface.id == *id && interface.unattached)
}
