//! A load balancer of the demo account, as far as EC2 shows it: a security group, and a network interface that carries
//! it and belongs to no instance.

use std::net::Ipv4Addr;

use super::permissions::{Peer, Scope};
use super::tags::Tags;
use super::world::World;

/// The interface of a load balancer.
#[derive(Clone, Debug)]
pub(super) struct BalancerInterface {
    /// The id.
    pub id: String,
    /// What AWS says of it.
    pub description: String,
    /// Its subnet.
    pub subnet: String,
    /// The subnet's zone.
    pub zone: String,
    /// Its private address.
    pub private_ip: Ipv4Addr,
    /// Its security groups.
    pub groups: Vec<String>,
    /// Its tags.
    pub tags: Tags,
}

impl World {
    /// Adds a load balancer in the first subnet, with a group `front` of its own.
    pub fn add_load_balancer(&mut self) {
        let Some(subnet) = self.network.subnets.first().cloned() else { return };
        let Some(private_ip) = self.free_address(subnet.cidr) else { return };
        let group = self.add_group("front", "Load balancer of the shop", Tags::new());
        let everybody = Peer::V4(ipnet::Ipv4Net::default());
        if let Ok(https) = Scope::new(Some("tcp"), Some(443), Some(443), everybody) {
            self.add_permission(&group, false, https, Some("HTTPS".to_owned()), Tags::new());
        }
        let id = self.id("eni");
        self.balancers.push(BalancerInterface {
            id,
            description: "ELB app/front/50dc6c495c0c9188".to_owned(),
            subnet: subnet.id,
            zone: subnet.zone,
            private_ip,
            groups: vec![group],
            tags: Tags::new(),
        });
    }
}
