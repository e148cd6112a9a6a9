//! An instance as EC2 tells it: `DescribeInstances` and `RunInstances` use the same words.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types;

use super::instances::{Disk, Instance, Phase};
use super::tags::to_sdk;
use super::world::{ACCOUNT, World, sdk_time};

impl World {
    /// The instance's public address now, and whether it is an Elastic IP.
    pub fn public_address_of(&self, instance: &Instance) -> Option<(Ipv4Addr, bool)> {
        if let Some(address) = self.addresses.iter().find(|address| address.is_on(&instance.id)) {
            return Some((address.ip, true));
        }
        instance.public_ip.filter(|_| instance.phase == Phase::Running).map(|address| (address, false))
    }

    /// A name in the region's internal domain.
    pub fn private_dns(&self, address: Ipv4Addr) -> String {
        let dashed = address.to_string().replace('.', "-");
        match self.region.code.as_str() {
            "us-east-1" => format!("ip-{dashed}.ec2.internal"),
            region => format!("ip-{dashed}.{region}.compute.internal"),
        }
    }

    /// A name in the region's public domain.
    pub fn public_dns(&self, address: Ipv4Addr) -> String {
        let dashed = address.to_string().replace('.', "-");
        match self.region.code.as_str() {
            "us-east-1" => format!("ec2-{dashed}.compute-1.amazonaws.com"),
            region => format!("ec2-{dashed}.{region}.compute.amazonaws.com"),
        }
    }

    /// The groups with their names.
    pub fn group_refs(&self, ids: &[String]) -> Vec<types::GroupIdentifier> {
        ids.iter()
            .map(|id| {
                let name = self.groups.iter().find(|group| &group.id == id).map_or("", |group| group.name.as_str());
                types::GroupIdentifier::builder().group_id(id).group_name(name).build()
            })
            .collect()
    }

    /// The instance as `DescribeInstances` tells it.
    pub fn instance_to_sdk(&self, instance: &Instance) -> types::Instance {
        let monitoring =
            if instance.monitoring { types::MonitoringState::Enabled } else { types::MonitoringState::Disabled };
        let reason = instance
            .reason
            .as_ref()
            .map(|(code, message)| types::StateReason::builder().code(code).message(message).build());
        let builder = types::Instance::builder()
            .instance_id(&instance.id)
            .image_id(&instance.image)
            .instance_type(types::InstanceType::from(instance.kind.as_str()))
            .architecture(types::ArchitectureValues::from(instance.architecture.as_str()))
            .state(instance.phase.to_sdk())
            .set_state_reason(reason)
            .state_transition_reason(instance.transition())
            .set_key_name(instance.key.clone())
            .ami_launch_index(instance.launch_index)
            .launch_time(sdk_time(instance.launched))
            .placement(
                types::Placement::builder().availability_zone(&instance.zone).tenancy(types::Tenancy::Default).build(),
            )
            .monitoring(types::Monitoring::builder().state(monitoring).build())
            .set_platform(instance.is_windows().then_some(types::PlatformValues::Windows))
            .platform_details(&instance.platform_details)
            .usage_operation(if instance.is_windows() { "RunInstances:0002" } else { "RunInstances" })
            .root_device_name(&instance.root_device)
            .root_device_type(types::DeviceType::Ebs)
            .virtualization_type(types::VirtualizationType::Hvm)
            .hypervisor(types::HypervisorType::Xen)
            .ena_support(true)
            .ebs_optimized(false)
            .set_client_token(instance.client_token.clone().or_else(|| Some(String::new())))
            .metadata_options(metadata(instance))
            .set_tags(Some(to_sdk(&instance.tags)));
        if !instance.is_there() {
            return builder.private_dns_name("").public_dns_name("").build();
        }
        let public = self.public_address_of(instance).map(|(address, _)| address);
        let profile = instance.profile.as_ref().map(|name| {
            types::IamInstanceProfile::builder()
                .arn(format!("arn:aws:iam::{ACCOUNT}:instance-profile/{name}"))
                .id("AIPADEMODEMODEMODEMO1")
                .build()
        });
        builder
            .vpc_id(&self.network.vpc)
            .subnet_id(&instance.subnet)
            .private_ip_address(instance.private_ip.to_string())
            .private_dns_name(self.private_dns(instance.private_ip))
            .set_public_ip_address(public.map(|address| address.to_string()))
            .public_dns_name(public.map(|address| self.public_dns(address)).unwrap_or_default())
            .set_security_groups(Some(self.group_refs(&instance.groups)))
            .source_dest_check(true)
            .set_iam_instance_profile(profile)
            .set_block_device_mappings(Some(instance.disks.iter().map(disk_to_sdk).collect()))
            .network_interfaces(self.interface_of(instance))
            .build()
    }

    fn interface_of(&self, instance: &Instance) -> types::InstanceNetworkInterface {
        let association = self.public_address_of(instance).map(|(address, elastic)| {
            types::InstanceNetworkInterfaceAssociation::builder()
                .public_ip(address.to_string())
                .public_dns_name(self.public_dns(address))
                .ip_owner_id(if elastic { ACCOUNT } else { "amazon" })
                .build()
        });
        let private = types::InstancePrivateIpAddress::builder()
            .primary(true)
            .private_ip_address(instance.private_ip.to_string())
            .private_dns_name(self.private_dns(instance.private_ip))
            .set_association(association.clone())
            .build();
        types::InstanceNetworkInterface::builder()
            .network_interface_id(&instance.interface)
            .owner_id(ACCOUNT)
            .vpc_id(&self.network.vpc)
            .subnet_id(&instance.subnet)
            .status(types::NetworkInterfaceStatus::InUse)
            .interface_type("interface")
            .source_dest_check(true)
            .private_ip_address(instance.private_ip.to_string())
            .private_dns_name(self.private_dns(instance.private_ip))
            .private_ip_addresses(private)
            .set_association(association)
            .set_groups(Some(self.group_refs(&instance.groups)))
            .attachment(
                types::InstanceNetworkInterfaceAttachment::builder()
                    .attachment_id(instance.interface.replacen("eni-", "eni-attach-", 1))
                    .device_index(0)
                    .delete_on_termination(true)
                    .status(types::AttachmentStatus::Attached)
                    .attach_time(sdk_time(instance.launched))
                    .build(),
            )
            .build()
    }
}

fn metadata(instance: &Instance) -> types::InstanceMetadataOptionsResponse {
    let tokens =
        if instance.tokens_required { types::HttpTokensState::Required } else { types::HttpTokensState::Optional };
    let endpoint = if instance.metadata_enabled {
        types::InstanceMetadataEndpointState::Enabled
    } else {
        types::InstanceMetadataEndpointState::Disabled
    };
    types::InstanceMetadataOptionsResponse::builder()
        .state(types::InstanceMetadataOptionsState::Applied)
        .http_tokens(tokens)
        .http_endpoint(endpoint)
        .http_put_response_hop_limit(2)
        .build()
}

fn disk_to_sdk(disk: &Disk) -> types::InstanceBlockDeviceMapping {
    let ebs = types::EbsInstanceBlockDevice::builder()
        .volume_id(&disk.volume)
        .delete_on_termination(disk.delete_on_termination)
        .attach_time(sdk_time(disk.attached))
        .status(types::AttachmentStatus::Attached)
        .build();
    types::InstanceBlockDeviceMapping::builder().device_name(&disk.device).ebs(ebs).build()
}
