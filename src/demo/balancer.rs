//! Network interfaces of the demo account that belong to no instance: that of a load balancer, with the security group
//! that it carries, and one that is left over and attached to nothing.

use std::net::Ipv4Addr;

use super::permissions::{Peer, Scope};
use super::tags::Tags;
use super::world::World;

/// A network interface that belongs to no instance.
#[derive(Clone, Debug)]
pub(super) struct OtherInterface {
    /// The id.
    pub id: String,
    /// Which service it is attached to; `None`: it is attached to nothing.
    pub attached_to: Option<&'static str>,
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
        self.other_interfaces.push(OtherInterface {
            id,
            attached_to: Some("amazon-elb"),
            description: "ELB app/front/50dc6c495c0c9188".to_owned(),
            subnet: subnet.id,
            zone: subnet.zone,
            private_ip,
            groups: vec![group],
            tags: Tags::new(),
        });
    }

    /// Leaves an interface in the first subnet that is attached to nothing; its id.
    pub fn leave_interface(&mut self) -> Option<String> {
        let subnet = self.network.subnets.first().cloned()?;
        let private_ip = self.free_address(subnet.cidr)?;
        let id = self.id("eni");
        self.other_interfaces.push(OtherInterface {
            id: id.clone(),
            attached_to: None,
            description: "of the old shop".to_owned(),
            subnet: subnet.id,
            zone: subnet.zone,
            private_ip,
            groups: Vec::new(),
            tags: Tags::new(),
        });
        Some(id)
    }
}
