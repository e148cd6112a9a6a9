//! Elastic IPs of the demo account. The addresses are documentation addresses (RFC 5737): nobody's server answers
//! there.

use std::net::Ipv4Addr;

use aws_sdk_ec2::operation::allocate_address::{AllocateAddressInput, AllocateAddressOutput};
use aws_sdk_ec2::operation::associate_address::{AssociateAddressInput, AssociateAddressOutput};
use aws_sdk_ec2::operation::describe_addresses::{DescribeAddressesInput, DescribeAddressesOutput};
use aws_sdk_ec2::operation::disassociate_address::{DisassociateAddressInput, DisassociateAddressOutput};
use aws_sdk_ec2::operation::release_address::{ReleaseAddressInput, ReleaseAddressOutput};
use aws_sdk_ec2::types::{self, DomainType, ResourceType};

use super::fault::Fault;
use super::instances::Phase;
use super::query::{keep, passes};
use super::tags::{self, Tags, to_sdk};
use super::world::{ACCOUNT, World};

/// How many an account may have in a region.
const MOST: usize = 5;

/// One Elastic IP.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// The allocation.
    pub id: String,
    /// The address.
    pub ip: Ipv4Addr,
    /// What it is on.
    pub association: Option<Association>,
    /// Its tags.
    pub tags: Tags,
}

/// What an Elastic IP is on.
#[derive(Clone, Debug)]
pub(super) struct Association {
    /// The association.
    pub id: String,
    /// The instance, if it is on one.
    pub instance: Option<String>,
    /// The interface that belongs to no instance, if it is on one.
    pub interface: Option<String>,
}

impl Address {
    /// Whether it is on that instance.
    pub fn is_on(&self, instance: &str) -> bool {
        self.association.as_ref().is_some_and(|association| association.instance.as_deref() == Some(instance))
    }
}

impl World {
    /// A new Elastic IP, with this address or the next free one.
    pub fn add_address(&mut self, ip: Option<Ipv4Addr>, tags: Tags) -> Option<String> {
        let pool = ipnet::Ipv4Net::new(Ipv4Addr::new(203, 0, 113, 0), 24).ok()?;
        let ip = match ip {
            Some(ip) => {
                self.taken.insert(ip);
                ip
            }
            None => self.free_address(pool)?,
        };
        let id = self.id("eipalloc");
        self.addresses.push(Address { id: id.clone(), ip, association: None, tags });
        Some(id)
    }

    /// Puts an Elastic IP on an instance, which loses its own public address and any other Elastic IP.
    pub fn put_address(&mut self, address: usize, instance: usize) -> String {
        let id = self.id("eipassoc");
        let target = self.instances[instance].id.clone();
        for other in self.addresses.iter_mut().filter(|other| other.is_on(&target)) {
            other.association = None;
        }
        let on = Association { id: id.clone(), instance: Some(target), interface: None };
        let before = self.addresses[address].association.replace(on);
        if let Some(own) = self.instances[instance].public_ip.take() {
            self.taken.remove(&own);
        }
        if let Some(before) = before.and_then(|before| before.instance) {
            self.give_own_address(&before);
        }
        id
    }

    /// Puts an Elastic IP that is on nothing on an interface that belongs to no instance.
    pub fn put_address_on_interface(&mut self, address: usize, interface: String) {
        let id = self.id("eipassoc");
        self.addresses[address].association = Some(Association { id, instance: None, interface: Some(interface) });
    }

    /// An instance that has lost its Elastic IP gets an address of the pool again, if it wants one and runs.
    fn give_own_address(&mut self, instance: &str) {
        let Some(place) = self.instances.iter().position(|candidate| candidate.id == instance) else { return };
        let candidate = &self.instances[place];
        if candidate.wants_public && candidate.phase == Phase::Running && candidate.public_ip.is_none() {
            let address = self.public_address();
            self.instances[place].public_ip = address;
        }
    }

    fn address_at(&self, id: Option<&str>, ip: Option<&str>) -> Result<usize, Fault> {
        match (id, ip) {
            (Some(id), _) => self.addresses.iter().position(|address| address.id == id).ok_or_else(|| {
                Fault::new("InvalidAllocationID.NotFound", format!("The allocation ID '{id}' does not exist"))
            }),
            (None, Some(ip)) => self
                .addresses
                .iter()
                .position(|address| address.ip.to_string() == ip)
                .ok_or_else(|| Fault::new("InvalidAddress.NotFound", format!("Address '{ip}' not found."))),
            (None, None) => Err(Fault::missing("AllocationId")),
        }
    }

    fn address_to_sdk(&self, address: &Address) -> types::Address {
        let builder = types::Address::builder()
            .allocation_id(&address.id)
            .public_ip(address.ip.to_string())
            .domain(DomainType::Vpc)
            .public_ipv4_pool("amazon")
            .network_border_group(&self.region.code)
            .set_tags(Some(to_sdk(&address.tags)));
        let Some(association) = &address.association else { return builder.build() };
        let instance = self.instances.iter().find(|one| association.instance.as_ref() == Some(&one.id));
        let other = self.other_interfaces.iter().find(|one| association.interface.as_ref() == Some(&one.id));
        let interface = instance.map(|one| &one.interface).or(other.map(|one| &one.id));
        let private_ip = instance.map(|one| one.private_ip).or(other.map(|one| one.private_ip));
        builder
            .association_id(&association.id)
            .set_instance_id(association.instance.clone())
            .set_network_interface_id(interface.cloned())
            .network_interface_owner_id(ACCOUNT)
            .set_private_ip_address(private_ip.map(|ip| ip.to_string()))
            .build()
    }
}

/// `DescribeAddresses`; it has no pages.
pub(super) fn describe_addresses(
    world: &mut World,
    input: &DescribeAddressesInput,
) -> Result<DescribeAddressesOutput, Fault> {
    for id in input.allocation_ids() {
        world.address_at(Some(id), None)?;
    }
    for ip in input.public_ips() {
        world.address_at(None, Some(ip))?;
    }
    let listed = world
        .addresses
        .iter()
        .filter(|address| input.allocation_ids().is_empty() || input.allocation_ids().contains(&address.id))
        .filter(|address| input.public_ips().is_empty() || input.public_ips().contains(&address.ip.to_string()))
        .collect();
    let listed = keep(listed, |address: &&Address| {
        let on = |read: fn(&Association) -> Option<String>| Some(address.association.iter().filter_map(read).collect());
        passes(input.filters(), &address.tags, |name| match name {
            "allocation-id" => Some(vec![address.id.clone()]),
            "public-ip" => Some(vec![address.ip.to_string()]),
            "domain" => Some(vec!["vpc".to_owned()]),
            "association-id" => on(|association| Some(association.id.clone())),
            "instance-id" => on(|association| association.instance.clone()),
            _ => None,
        })
    })?;
    let addresses = listed.into_iter().map(|address| world.address_to_sdk(address)).collect();
    Ok(DescribeAddressesOutput::builder().set_addresses(Some(addresses)).build())
}

/// `AllocateAddress`: at most five.
pub(super) fn allocate(world: &mut World, input: &AllocateAddressInput) -> Result<AllocateAddressOutput, Fault> {
    tags::only_for(input.tag_specifications(), &[ResourceType::ElasticIp])?;
    let tags = tags::specified(input.tag_specifications(), &ResourceType::ElasticIp)?;
    if world.addresses.len() >= MOST {
        return Err(Fault::new("AddressLimitExceeded", "The maximum number of addresses has been reached."));
    }
    let id = world.add_address(None, tags).ok_or_else(|| {
        Fault::new("InsufficientAddressCapacity", "Not enough addresses available to satisfy the request.")
    })?;
    let place = world.address_at(Some(&id), None)?;
    Ok(AllocateAddressOutput::builder()
        .allocation_id(id)
        .public_ip(world.addresses[place].ip.to_string())
        .domain(DomainType::Vpc)
        .public_ipv4_pool("amazon")
        .network_border_group(&world.region.code)
        .build())
}

/// `AssociateAddress`: without `AllowReassociation=false` it moves an address that is in use, as EC2 does.
pub(super) fn associate(world: &mut World, input: &AssociateAddressInput) -> Result<AssociateAddressOutput, Fault> {
    let address = world.address_at(input.allocation_id(), input.public_ip())?;
    let instance = match (input.instance_id(), input.network_interface_id()) {
        (Some(id), _) => world.instance_at(id)?,
        (None, Some(id)) => {
            world.instances.iter().position(|candidate| candidate.interface == id).ok_or_else(|| {
                Fault::new(
                    "InvalidNetworkInterfaceID.NotFound",
                    format!("The networkInterface ID '{id}' does not exist"),
                )
            })?
        }
        (None, None) => return Err(Fault::missing("InstanceId or NetworkInterfaceId")),
    };
    let target = &world.instances[instance];
    if !matches!(target.phase, Phase::Running | Phase::Stopping | Phase::Stopped) {
        return Err(Fault::new(
            "InvalidInstanceID",
            format!(
                "The {} instance '{}' is not in a valid state for this operation.",
                target.phase.name().as_str(),
                target.id
            ),
        ));
    }
    if let Some(present) = &world.addresses[address].association {
        if present.instance.as_ref() == Some(&target.id) {
            return Ok(AssociateAddressOutput::builder().association_id(&present.id).build());
        }
        if input.allow_reassociation() == Some(false) {
            return Err(Fault::new(
                "Resource.AlreadyAssociated",
                format!(
                    "resource {} is already associated with associate-id {}",
                    world.addresses[address].id, present.id
                ),
            ));
        }
    }
    let other = world.addresses.iter().find(|other| other.is_on(&target.id));
    if let Some(other) = other.filter(|_| input.allow_reassociation() == Some(false)) {
        return Err(Fault::new(
            "Resource.AlreadyAssociated",
            format!("resource {} is already associated with {}", target.interface, other.id),
        ));
    }
    let id = world.put_address(address, instance);
    Ok(AssociateAddressOutput::builder().association_id(id).build())
}

/// `DisassociateAddress`
pub(super) fn disassociate(
    world: &mut World,
    input: &DisassociateAddressInput,
) -> Result<DisassociateAddressOutput, Fault> {
    let place = match (input.association_id(), input.public_ip()) {
        (Some(id), _) => world.addresses.iter().position(|a| a.association.as_ref().is_some_and(|x| x.id == id)),
        (None, Some(ip)) => Some(world.address_at(None, Some(ip))?),
        (None, None) => return Err(Fault::missing("AssociationId")),
    };
    let before = place.and_then(|place| world.addresses[place].association.take());
    let Some(before) = before else {
        let id = input.association_id().unwrap_or_default();
        return Err(Fault::new("InvalidAssociationID.NotFound", format!("The association ID '{id}' does not exist")));
    };
    if let Some(instance) = before.instance {
        world.give_own_address(&instance);
    }
    Ok(DisassociateAddressOutput::builder().build())
}

/// `ReleaseAddress`: refused while it is in use.
pub(super) fn release(world: &mut World, input: &ReleaseAddressInput) -> Result<ReleaseAddressOutput, Fault> {
    let place = world.address_at(input.allocation_id(), input.public_ip())?;
    let address = &world.addresses[place];
    if address.association.is_some() {
        return Err(Fault::new("InvalidIPAddress.InUse", format!("Address {} is in use.", address.ip)));
    }
    let address = world.addresses.remove(place);
    world.taken.remove(&address.ip);
    Ok(ReleaseAddressOutput::builder().build())
}
