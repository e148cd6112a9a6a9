//! What EC2 refuses in a `RunInstances` request, before anything is made.

use aws_sdk_ec2::operation::run_instances::RunInstancesInput;
use aws_sdk_ec2::types::{self, ResourceType};
use base64ct::{Base64, Encoding};

use super::disks::planned_disks;
use super::fault::Fault;
use super::images::{self, ImageRow};
use super::launch::Launch;
use super::tags;
use super::types::{self as instance_types, TypeRow};
use super::world::World;

/// Instance profiles that the demo account has.
const PROFILES: &[&str] = &["ssm-core", "web-app"];

/// The kinds of resource that a launch can tag.
const TAGGABLE: &[ResourceType] = &[ResourceType::Instance, ResourceType::Volume, ResourceType::NetworkInterface];

/// The launch that the request asks for, or the first refusal.
pub(super) fn check(world: &World, input: &RunInstancesInput) -> Result<Launch, Fault> {
    let least = input.min_count().ok_or_else(|| Fault::missing("MinCount"))?;
    let count = input.max_count().ok_or_else(|| Fault::missing("MaxCount"))?;
    if least < 1 || count < least {
        return Err(Fault::value(format!("Value ({least}) for parameter minCount is invalid.")));
    }
    let image = image(world, input)?;
    let kind = kind(world, input, image)?;
    let network = input.network_interfaces().first();
    let (subnet, wants_public) = place(world, input, kind, network)?;
    let launch = Launch {
        image,
        kind,
        count,
        subnet,
        groups: groups(world, input, network)?,
        wants_public,
        disks: planned_disks(world.region, image, input.block_device_mappings())?,
        key: key(world, input, image)?,
        tags: tags::specified(input.tag_specifications(), &ResourceType::Instance)?,
        volume_tags: tags::specified(input.tag_specifications(), &ResourceType::Volume)?,
        interface_tags: tags::specified(input.tag_specifications(), &ResourceType::NetworkInterface)?,
        client_token: input.client_token().map(str::to_owned),
    };
    tags::only_for(input.tag_specifications(), TAGGABLE)?;
    check_user_data(input)?;
    check_profile(input)?;
    check_credits(input, kind)?;
    world.check_quota(kind.vcpus.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX)))?;
    Ok(launch)
}

fn image(world: &World, input: &RunInstancesInput) -> Result<&'static ImageRow, Fault> {
    let id = input.image_id().ok_or_else(|| Fault::missing("ImageId"))?;
    if !id.starts_with("ami-") {
        return Err(Fault::new("InvalidAMIID.Malformed", format!("Invalid id: \"{id}\" (expecting \"ami-...\")")));
    }
    images::by_id(world.region, id).ok_or_else(|| images::not_found(&[id]))
}

fn kind(world: &World, input: &RunInstancesInput, image: &ImageRow) -> Result<&'static TypeRow, Fault> {
    // EC2's own default is a type that needs an image for 32 bits or older hypervisors.
    let name = input.instance_type().map_or("m1.small", types::InstanceType::as_str);
    let kind =
        instance_types::find(name).ok_or_else(|| Fault::value(format!("Invalid value '{name}' for InstanceType.")))?;
    if !kind.architectures.contains(&image.architecture) {
        return Err(Fault::value(format!(
            "The architecture '{}' of the specified instance type does not match the architecture '{}' of the specified \
             AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use \
             'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.",
            kind.architectures.join(","),
            image.architecture
        )));
    }
    if world.plan.is_free() && !kind.is_eligible() {
        return Err(Fault::combination(
            "The specified instance type is not eligible for Free Tier. For a list of Free Tier instance types, run \
             'describe-instance-types' with the filter 'free-tier-eligible=true'.",
        ));
    }
    Ok(kind)
}

/// The subnet's place, and whether there will be a public address.
fn place(
    world: &World,
    input: &RunInstancesInput,
    kind: &TypeRow,
    network: Option<&types::InstanceNetworkInterfaceSpecification>,
) -> Result<(usize, bool), Fault> {
    if network.is_some() && (input.subnet_id().is_some() || !input.security_group_ids().is_empty()) {
        let what = if input.subnet_id().is_some() { "subnet ID" } else { "security groups" };
        return Err(Fault::combination(format!(
            "Network interfaces and an instance-level {what} may not be specified on the same request"
        )));
    }
    let subnets = &world.network.subnets;
    let asked_zone = input.placement().and_then(types::Placement::availability_zone);
    let named = network.and_then(types::InstanceNetworkInterfaceSpecification::subnet_id).or(input.subnet_id());
    let place = match named {
        Some(id) => subnets
            .iter()
            .position(|subnet| subnet.id == id)
            .ok_or_else(|| Fault::new("InvalidSubnetID.NotFound", format!("The subnet ID '{id}' does not exist")))?,
        None if !world.network.is_default => {
            return Err(Fault::new(
                "VPCIdNotSpecified",
                "No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.",
            ));
        }
        None => subnets
            .iter()
            .position(|subnet| asked_zone.map_or_else(|| kind.is_in(&subnet.zone), |zone| zone == subnet.zone))
            .ok_or_else(|| unsupported(world, kind, asked_zone.unwrap_or(&world.region.code)))?,
    };
    let subnet = &subnets[place];
    if !kind.is_in(&subnet.zone) {
        return Err(unsupported(world, kind, &subnet.zone));
    }
    let asked = network.and_then(types::InstanceNetworkInterfaceSpecification::associate_public_ip_address);
    Ok((place, asked.unwrap_or(subnet.public)))
}

fn unsupported(world: &World, kind: &TypeRow, zone: &str) -> Fault {
    let others: Vec<String> = world.region.zone_names().map(|(name, _)| name).filter(|name| kind.is_in(name)).collect();
    Fault::new(
        "Unsupported",
        format!(
            "Your requested instance type ({}) is not supported in your requested Availability Zone ({zone}). Please \
             retry your request by not specifying an Availability Zone or choosing {}.",
            kind.name,
            others.join(", ")
        ),
    )
}

fn groups(
    world: &World,
    input: &RunInstancesInput,
    network: Option<&types::InstanceNetworkInterfaceSpecification>,
) -> Result<Vec<String>, Fault> {
    let ids = network.map_or(input.security_group_ids(), types::InstanceNetworkInterfaceSpecification::groups);
    let mut groups = Vec::new();
    for id in ids {
        groups.push(world.group(id)?.id.clone());
    }
    for name in input.security_groups() {
        groups.push(world.group_named(None, Some(name))?);
    }
    if groups.len() > 5 {
        return Err(Fault::new(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached.",
        ));
    }
    if groups.is_empty() {
        groups.push(world.group_named(None, Some("default"))?);
    }
    Ok(groups)
}

fn key(world: &World, input: &RunInstancesInput, image: &ImageRow) -> Result<Option<String>, Fault> {
    let Some(name) = input.key_name() else { return Ok(None) };
    let key = world
        .keys
        .iter()
        .find(|key| key.name == name)
        .ok_or_else(|| Fault::new("InvalidKeyPair.NotFound", format!("The key pair '{name}' does not exist")))?;
    if image.is_windows() && key.kind == types::KeyType::Ed25519 {
        return Err(Fault::new(
            "Unsupported",
            "ED25519 key pairs are not supported with Windows AMIs. Choose a different key pair type and try again.",
        ));
    }
    Ok(Some(name.to_owned()))
}

fn check_user_data(input: &RunInstancesInput) -> Result<(), Fault> {
    let Some(text) = input.user_data() else { return Ok(()) };
    let bytes = Base64::decode_vec(text)
        .map_err(|_| Fault::new("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data."))?;
    if bytes.len() > 16 * 1024 {
        return Err(Fault::value("User data is limited to 16384 bytes"));
    }
    Ok(())
}

fn check_profile(input: &RunInstancesInput) -> Result<(), Fault> {
    match input.iam_instance_profile().and_then(profile_name) {
        Some(name) if !PROFILES.contains(&name.as_str()) => Err(Fault::value(format!(
            "Value ({name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"
        ))),
        _ => Ok(()),
    }
}

fn check_credits(input: &RunInstancesInput, kind: &TypeRow) -> Result<(), Fault> {
    match input.credit_specification().and_then(types::CreditSpecificationRequest::cpu_credits) {
        Some(_) if !kind.is_burstable() => {
            Err(Fault::combination(format!("The instance type {} does not support CPU credits.", kind.name)))
        }
        Some(word) if !["standard", "unlimited"].contains(&word) => {
            Err(Fault::value(format!("Invalid value '{word}' for CpuCredits.")))
        }
        _ => Ok(()),
    }
}

/// The name of an instance profile, given as name or ARN.
pub(super) fn profile_name(profile: &types::IamInstanceProfileSpecification) -> Option<String> {
    let from_arn = || profile.arn().and_then(|arn| arn.rsplit('/').next());
    profile.name().or_else(from_arn).map(str::to_owned)
}
