//! Single attributes of instances: read and change them, and CPU credits.

use aws_sdk_ec2::operation::describe_instance_attribute::{
    DescribeInstanceAttributeInput, DescribeInstanceAttributeOutput,
};
use aws_sdk_ec2::operation::describe_instance_credit_specifications::{
    DescribeInstanceCreditSpecificationsInput, DescribeInstanceCreditSpecificationsOutput,
};
use aws_sdk_ec2::operation::modify_instance_attribute::{ModifyInstanceAttributeInput, ModifyInstanceAttributeOutput};
use aws_sdk_ec2::operation::modify_instance_credit_specification::{
    ModifyInstanceCreditSpecificationInput, ModifyInstanceCreditSpecificationOutput,
};
use aws_sdk_ec2::types::{self, InstanceAttributeName};
use base64ct::{Base64, Encoding};

use super::fault::Fault;
use super::instances::{Instance, Phase};
use super::query::{keep, page, passes};
use super::world::World;

/// `DescribeInstanceAttribute`
pub(super) fn describe_attribute(
    world: &mut World,
    input: &DescribeInstanceAttributeInput,
) -> Result<DescribeInstanceAttributeOutput, Fault> {
    let id = input.instance_id().ok_or_else(|| Fault::missing("instanceId"))?;
    let instance = &world.instances[world.instance_at(id)?];
    let attribute = input.attribute().ok_or_else(|| Fault::missing("attribute"))?;
    let yes = |value: bool| types::AttributeBooleanValue::builder().value(value).build();
    let text = |value: &str| types::AttributeValue::builder().value(value).build();
    let reply = DescribeInstanceAttributeOutput::builder().instance_id(id);
    let reply = match attribute {
        InstanceAttributeName::DisableApiTermination => reply.disable_api_termination(yes(instance.protected)),
        InstanceAttributeName::DisableApiStop => reply.disable_api_stop(yes(instance.stop_protected)),
        InstanceAttributeName::InstanceType => reply.instance_type(text(&instance.kind)),
        InstanceAttributeName::InstanceInitiatedShutdownBehavior => {
            reply.instance_initiated_shutdown_behavior(text(&instance.shutdown_behavior))
        }
        InstanceAttributeName::RootDeviceName => reply.root_device_name(text(&instance.root_device)),
        InstanceAttributeName::GroupSet => reply.set_groups(Some(world.group_refs(&instance.groups))),
        // Without user data EC2 sends the attribute without a value.
        InstanceAttributeName::UserData => {
            reply.user_data(types::AttributeValue::builder().set_value(instance.user_data.clone()).build())
        }
        other => {
            return Err(Fault::value(format!("The demo account does not answer the attribute {}.", other.as_str())));
        }
    };
    Ok(reply.build())
}

fn needs_stopped(instance: &Instance) -> Result<(), Fault> {
    if instance.phase == Phase::Stopped {
        return Ok(());
    }
    Err(Fault::new("IncorrectInstanceState", format!("The instance '{}' is not in the 'stopped' state.", instance.id)))
}

/// `ModifyInstanceAttribute`: one attribute a call.
pub(super) fn modify_attribute(
    world: &mut World,
    input: &ModifyInstanceAttributeInput,
) -> Result<ModifyInstanceAttributeOutput, Fault> {
    let place = world.instance_at(input.instance_id().ok_or_else(|| Fault::missing("instanceId"))?)?;
    if !world.instances[place].is_there() {
        return Err(Fault::new(
            "IncorrectInstanceState",
            format!("The instance '{}' is terminated.", world.instances[place].id),
        ));
    }
    if let Some(value) = input.disable_api_termination().and_then(types::AttributeBooleanValue::value) {
        world.instances[place].protected = value;
    } else if let Some(value) = input.disable_api_stop().and_then(types::AttributeBooleanValue::value) {
        world.instances[place].stop_protected = value;
    } else if let Some(name) = input.instance_type().and_then(types::AttributeValue::value) {
        change_type(world, place, name)?;
    } else if let Some(word) = input.instance_initiated_shutdown_behavior().and_then(types::AttributeValue::value) {
        if !["stop", "terminate"].contains(&word) {
            return Err(Fault::value(format!("Invalid value '{word}' for instanceInitiatedShutdownBehavior.")));
        }
        word.clone_into(&mut world.instances[place].shutdown_behavior);
    } else if let Some(data) = input.user_data() {
        needs_stopped(&world.instances[place])?;
        // The SDK carries raw bytes here and EC2 hands base64 back.
        world.instances[place].user_data =
            data.value().map(|bytes| Base64::encode_string(bytes.as_ref())).filter(|text| !text.is_empty());
    } else if !input.groups().is_empty() {
        let groups = checked_groups(world, input.groups())?;
        world.instances[place].groups = groups;
    } else {
        return Err(Fault::missing("attribute"));
    }
    Ok(ModifyInstanceAttributeOutput::builder().build())
}

fn change_type(world: &mut World, place: usize, name: &str) -> Result<(), Fault> {
    let kind =
        super::types::find(name).ok_or_else(|| Fault::value(format!("Invalid value '{name}' for InstanceType.")))?;
    let instance = &world.instances[place];
    needs_stopped(instance)?;
    if !kind.architectures.contains(&instance.architecture) {
        return Err(Fault::value(format!(
            "The architecture '{}' of the specified instance type does not match the architecture '{}' of the instance.",
            kind.architectures.join(","),
            instance.architecture
        )));
    }
    if world.plan.is_free() && !kind.is_eligible() {
        return Err(Fault::combination("The specified instance type is not eligible for Free Tier."));
    }
    if !kind.is_in(&instance.zone) {
        return Err(Fault::new(
            "Unsupported",
            format!("The requested configuration is currently not supported in {}.", instance.zone),
        ));
    }
    let credits = match kind.name.split('.').next() {
        Some("t2") => Some("standard"),
        _ if kind.is_burstable() => Some("unlimited"),
        _ => None,
    };
    let instance = &mut world.instances[place];
    instance.kind.clone_from(&kind.name);
    // A T type keeps its mode; from another family it gets the default.
    instance.credits = match (instance.credits.take(), credits) {
        (Some(before), Some(_)) => Some(before),
        (_, fresh) => fresh.map(str::to_owned),
    };
    Ok(())
}

/// Groups that exist, one to five.
pub(super) fn checked_groups(world: &World, ids: &[String]) -> Result<Vec<String>, Fault> {
    if ids.len() > 5 {
        return Err(Fault::new(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached.",
        ));
    }
    ids.iter().map(|id| world.group(id).map(|group| group.id.clone())).collect()
}

/// `ModifyInstanceCreditSpecification`: what is refused is told in a good answer.
pub(super) fn modify_credits(
    world: &mut World,
    input: &ModifyInstanceCreditSpecificationInput,
) -> Result<ModifyInstanceCreditSpecificationOutput, Fault> {
    let mut reply = ModifyInstanceCreditSpecificationOutput::builder();
    for asked in input.instance_credit_specifications() {
        let id = asked.instance_id().unwrap_or_default();
        let word = asked.cpu_credits().unwrap_or_default();
        if !["standard", "unlimited"].contains(&word) {
            return Err(Fault::value(format!("Invalid value '{word}' for CpuCredits.")));
        }
        let place = world.instances.iter().position(|instance| instance.id == id);
        let refusal = match place.map(|place| &world.instances[place]) {
            None => Some(("InvalidInstanceID.NotFound", "does not exist")),
            Some(one) if one.credits.is_none() => {
                Some(("InstanceCreditSpecification.NotSupported", "is not of a burstable performance type"))
            }
            Some(one) if !matches!(one.phase, Phase::Running | Phase::Stopped) => {
                Some(("IncorrectInstanceState", "is neither running nor stopped"))
            }
            Some(_) => None,
        };
        match (refusal, place) {
            (Some((code, words)), _) => {
                let error = types::UnsuccessfulInstanceCreditSpecificationItemError::builder()
                    .code(code.into())
                    .message(format!("The instance '{id}' {words}."))
                    .build();
                let item = types::UnsuccessfulInstanceCreditSpecificationItem::builder();
                reply = reply.unsuccessful_instance_credit_specifications(item.instance_id(id).error(error).build());
            }
            (None, Some(place)) => {
                world.instances[place].credits = Some(word.to_owned());
                let item = types::SuccessfulInstanceCreditSpecificationItem::builder().instance_id(id).build();
                reply = reply.successful_instance_credit_specifications(item);
            }
            (None, None) => {}
        }
    }
    Ok(reply.build())
}

/// `DescribeInstanceCreditSpecifications`: T types only.
pub(super) fn describe_credits(
    world: &mut World,
    input: &DescribeInstanceCreditSpecificationsInput,
) -> Result<DescribeInstanceCreditSpecificationsOutput, Fault> {
    if !input.instance_ids().is_empty() {
        world.instances_at(input.instance_ids())?;
    }
    let listed = world
        .instances
        .iter()
        .filter(|instance| input.instance_ids().is_empty() || input.instance_ids().contains(&instance.id))
        .filter(|instance| instance.is_there() && instance.credits.is_some())
        .collect();
    let listed = keep(listed, |instance: &&Instance| {
        passes(input.filters(), &instance.tags, |name| match name {
            "instance-id" => Some(vec![instance.id.clone()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let told = paged.rows.into_iter().map(|instance| {
        types::InstanceCreditSpecification::builder()
            .instance_id(&instance.id)
            .set_cpu_credits(instance.credits.clone())
            .build()
    });
    let told = told.collect();
    Ok(DescribeInstanceCreditSpecificationsOutput::builder()
        .set_instance_credit_specifications(Some(told))
        .set_next_token(paged.next_token)
        .build())
}
