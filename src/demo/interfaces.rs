//! Network interfaces of the demo account: each instance has one, its primary.

use aws_sdk_ec2::operation::describe_network_interfaces::{
    DescribeNetworkInterfacesInput, DescribeNetworkInterfacesOutput,
};
use aws_sdk_ec2::operation::modify_network_interface_attribute::{
    ModifyNetworkInterfaceAttributeInput, ModifyNetworkInterfaceAttributeOutput,
};
use aws_sdk_ec2::types;

use super::attributes::checked_groups;
use super::fault::Fault;
use super::instances::Instance;
use super::query::{keep, page, passes};
use super::tags::to_sdk;
use super::world::{ACCOUNT, World};

fn not_found(id: &str) -> Fault {
    Fault::new("InvalidNetworkInterfaceID.NotFound", format!("The networkInterface ID '{id}' does not exist"))
}

/// `DescribeNetworkInterfaces`
pub(super) fn describe_interfaces(
    world: &mut World,
    input: &DescribeNetworkInterfacesInput,
) -> Result<DescribeNetworkInterfacesOutput, Fault> {
    let ids = input.network_interface_ids();
    let there = || world.instances.iter().filter(|instance| instance.is_there());
    if let Some(missing) = ids.iter().find(|id| !there().any(|instance| &instance.interface == *id)) {
        return Err(not_found(missing));
    }
    let listed = there().filter(|instance| ids.is_empty() || ids.contains(&instance.interface)).collect();
    let listed = keep(listed, |instance: &&Instance| {
        passes(input.filters(), &instance.interface_tags, |name| match name {
            "group-id" => Some(instance.groups.clone()),
            "attachment.instance-id" => Some(vec![instance.id.clone()]),
            "network-interface-id" => Some(vec![instance.interface.clone()]),
            "vpc-id" => Some(vec![world.network.vpc.clone()]),
            "subnet-id" => Some(vec![instance.subnet.clone()]),
            "status" => Some(vec!["in-use".to_owned()]),
            "private-ip-address" | "addresses.private-ip-address" => Some(vec![instance.private_ip.to_string()]),
            "association.public-ip" => {
                Some(world.public_address_of(instance).map(|(ip, _)| ip.to_string()).into_iter().collect())
            }
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let told = paged.rows.into_iter().map(|instance| interface_to_sdk(world, instance)).collect();
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

/// `ModifyNetworkInterfaceAttribute`: the groups.
pub(super) fn modify_interface(
    world: &mut World,
    input: &ModifyNetworkInterfaceAttributeInput,
) -> Result<ModifyNetworkInterfaceAttributeOutput, Fault> {
    let id = input.network_interface_id().ok_or_else(|| Fault::missing("networkInterfaceId"))?;
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
