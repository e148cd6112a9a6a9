//! Network interfaces of the demo account: each instance has one, its primary; others belong to no
//! instance.

use aws_sdk_ec2::operation::describe_network_interfaces::{
    DescribeNetworkInterfacesInput, DescribeNetworkInterfacesOutput,
};
use aws_sdk_ec2::operation::modify_network_interface_attribute::{
    ModifyNetworkInterfaceAttributeInput, ModifyNetworkInterfaceAttributeOutput,
};
use aws_sdk_ec2::types;

use super::attributes::checked_groups;
use super::balancer::OtherInterface;
use super::fault::Fault;
use super::instances::Instance;
use super::query::{keep, page, passes};
use super::tags::{Tags, to_sdk};
use super::world::{ACCOUNT, World};

fn not_found(id: &str) -> Fault {
    Fault::new("InvalidNetworkInterfaceID.NotFound", format!("The networkInterface ID '{id}' does not exist"))
}

/// An interface, whoever it belongs to.
enum Interface<'a> {
    OfInstance(&'a Instance),
    Other(&'a OtherInterface),
}

impl Interface<'_> {
    fn id(&self) -> &String {
        match self {
            Self::OfInstance(instance) => &instance.interface,
            Self::Other(other) => &other.id,
        }
    }

    fn tags(&self) -> &Tags {
        match self {
            Self::OfInstance(instance) => &instance.interface_tags,
            Self::Other(other) => &other.tags,
        }
    }

    fn status(&self) -> types::NetworkInterfaceStatus {
        match self {
            Self::Other(OtherInterface { attached_to: None, .. }) => types::NetworkInterfaceStatus::Available,
            Self::OfInstance(_) | Self::Other(_) => types::NetworkInterfaceStatus::InUse,
        }
    }

    fn filter_values(&self, world: &World, name: &str) -> Option<Vec<String>> {
        let (groups, subnet, private_ip, instance) = match self {
            Self::OfInstance(one) => (&one.groups, &one.subnet, one.private_ip, Some(*one)),
            Self::Other(one) => (&one.groups, &one.subnet, one.private_ip, None),
        };
        match name {
            "group-id" => Some(groups.clone()),
            "attachment.instance-id" => Some(instance.map(|one| one.id.clone()).into_iter().collect()),
            "network-interface-id" => Some(vec![self.id().clone()]),
            "vpc-id" => Some(vec![world.network.vpc.clone()]),
            "subnet-id" => Some(vec![subnet.clone()]),
            "status" => Some(vec![self.status().as_str().to_owned()]),
            "private-ip-address" | "addresses.private-ip-address" => Some(vec![private_ip.to_string()]),
            "association.public-ip" => {
                let public = instance.and_then(|one| world.public_address_of(one));
                Some(public.map(|(ip, _)| ip.to_string()).into_iter().collect())
            }
            _ => None,
        }
    }

    fn to_sdk(&self, world: &World) -> types::NetworkInterface {
        match self {
            Self::OfInstance(instance) => interface_to_sdk(world, instance),
            Self::Other(other) => other_to_sdk(world, other),
        }
    }
}

/// `DescribeNetworkInterfaces`
pub(super) fn describe_interfaces(
    world: &mut World,
    input: &DescribeNetworkInterfacesInput,
) -> Result<DescribeNetworkInterfacesOutput, Fault> {
    let ids = input.network_interface_ids();
    let of_instances = world.instances.iter().filter(|instance| instance.is_there()).map(Interface::OfInstance);
    let there: Vec<Interface> = of_instances.chain(world.other_interfaces.iter().map(Interface::Other)).collect();
    if let Some(missing) = ids.iter().find(|id| !there.iter().any(|one| one.id() == *id)) {
        return Err(not_found(missing));
    }
    let listed = there.into_iter().filter(|one| ids.is_empty() || ids.contains(one.id())).collect();
    let listed =
        keep(listed, |one: &Interface| passes(input.filters(), one.tags(), |name| one.filter_values(world, name)))?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let told = paged.rows.into_iter().map(|one| one.to_sdk(world)).collect();
    Ok(DescribeNetworkInterfacesOutput::builder()
        .set_network_interfaces(Some(told))
        .set_next_token(paged.next_token)
        .build())
}

fn interface_to_sdk(world: &World, instance: &Instance) -> types::NetworkInterface {
    let association = world.public_address_of(instance).map(|(address, elastic)| {
        let held = world.addresses.iter().find(|held| held.is_on(&instance.id));
        types::NetworkInterfaceAssociation::builder()
            .public_ip(address.to_string())
            .public_dns_name(world.public_dns(address))
            .ip_owner_id(if elastic { ACCOUNT } else { "amazon" })
            .set_allocation_id(held.map(|held| held.id.clone()))
            .set_association_id(held.and_then(|held| held.association.as_ref()).map(|a| a.id.clone()))
            .build()
    });
    let attachment = types::NetworkInterfaceAttachment::builder()
        .instance_id(&instance.id)
        .instance_owner_id(ACCOUNT)
        .attachment_id(instance.interface.replacen("eni-", "eni-attach-", 1))
        .device_index(0)
        .delete_on_termination(true)
        .status(types::AttachmentStatus::Attached)
        .build();
    let private = types::NetworkInterfacePrivateIpAddress::builder()
        .primary(true)
        .private_ip_address(instance.private_ip.to_string())
        .set_association(association.clone())
        .build();
    types::NetworkInterface::builder()
        .network_interface_id(&instance.interface)
        .interface_type(types::NetworkInterfaceType::Interface)
        .status(types::NetworkInterfaceStatus::InUse)
        .owner_id(ACCOUNT)
        .requester_managed(false)
        .vpc_id(&world.network.vpc)
        .subnet_id(&instance.subnet)
        .availability_zone(&instance.zone)
        .private_ip_address(instance.private_ip.to_string())
        .private_dns_name(world.private_dns(instance.private_ip))
        .private_ip_addresses(private)
        .source_dest_check(true)
        .set_groups(Some(world.group_refs(&instance.groups)))
        .set_association(association)
        .attachment(attachment)
        .set_tag_set(Some(to_sdk(&instance.interface_tags)))
        .build()
}

fn other_to_sdk(world: &World, other: &OtherInterface) -> types::NetworkInterface {
    let attachment = other.attached_to.map(|service| {
        types::NetworkInterfaceAttachment::builder()
            .instance_owner_id(service)
            .attachment_id(other.id.replacen("eni-", "ela-attach-", 1))
            .device_index(1)
            .delete_on_termination(false)
            .status(types::AttachmentStatus::Attached)
            .build()
    });
    types::NetworkInterface::builder()
        .network_interface_id(&other.id)
        .interface_type(types::NetworkInterfaceType::Interface)
        .description(&other.description)
        .status(Interface::Other(other).status())
        .owner_id(ACCOUNT)
        .requester_managed(other.attached_to.is_some())
        .set_requester_id(other.attached_to.map(str::to_owned))
        .vpc_id(&world.network.vpc)
        .subnet_id(&other.subnet)
        .availability_zone(&other.zone)
        .private_ip_address(other.private_ip.to_string())
        .set_groups(Some(world.group_refs(&other.groups)))
        .set_attachment(attachment)
        .set_tag_set(Some(to_sdk(&other.tags)))
        .build()
}

/// `ModifyNetworkInterfaceAttribute`: the groups. Only those of instances are the account's to change.
pub(super) fn modify_interface(
    world: &mut World,
    input: &ModifyNetworkInterfaceAttributeInput,
) -> Result<ModifyNetworkInterfaceAttributeOutput, Fault> {
    let id = input.network_interface_id().ok_or_else(|| Fault::missing("networkInterfaceId"))?;
    if world.other_interfaces.iter().any(|other| other.id == id) {
        return Err(Fault::new("AuthFailure", "You do not have permission to access the specified resource."));
    }
    let place = world
        .instances
        .iter()
        .position(|instance| instance.is_there() && instance.interface == id)
        .ok_or_else(|| not_found(id))?;
    if input.groups().is_empty() {
        return Err(Fault::value("The demo account changes only the groups of an interface."));
    }
    let groups = checked_groups(world, input.groups())?;
    world.instances[place].groups = groups;
    Ok(ModifyNetworkInterfaceAttributeOutput::builder().build())
}
