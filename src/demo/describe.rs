//! `DescribeInstances` and `DescribeInstanceStatus` of the demo account.

use aws_sdk_ec2::operation::describe_instance_status::{DescribeInstanceStatusInput, DescribeInstanceStatusOutput};
use aws_sdk_ec2::operation::describe_instances::{DescribeInstancesInput, DescribeInstancesOutput};
use aws_sdk_ec2::types;

use super::fault::Fault;
use super::instances::{Instance, Phase};
use super::query::{keep, page, passes};
use super::world::{ACCOUNT, World, sdk_time};

/// `DescribeInstances`: pages by instance; neighbours of one launch share a reservation.
pub(super) fn describe_instances(
    world: &mut World,
    input: &DescribeInstancesInput,
) -> Result<DescribeInstancesOutput, Fault> {
    let listed: Vec<&Instance> = if input.instance_ids().is_empty() {
        world.instances.iter().collect()
    } else {
        if input.max_results().is_some() {
            return Err(Fault::combination("The parameter instancesSet cannot be used with the parameter maxResults"));
        }
        world.instances_at(input.instance_ids())?.into_iter().map(|place| &world.instances[place]).collect()
    };
    let listed =
        keep(listed, |instance| passes(input.filters(), &instance.tags, |name| filter_values(world, instance, name)))?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let mut reservations: Vec<(&str, Vec<types::Instance>)> = Vec::new();
    for instance in paged.rows {
        let told = world.instance_to_sdk(instance);
        match reservations.last_mut() {
            Some((id, members)) if *id == instance.reservation => members.push(told),
            _ => reservations.push((&instance.reservation, vec![told])),
        }
    }
    let reservations = reservations.into_iter().map(|(id, members)| {
        types::Reservation::builder().reservation_id(id).owner_id(ACCOUNT).set_instances(Some(members)).build()
    });
    let reservations = reservations.collect();
    Ok(DescribeInstancesOutput::builder().set_reservations(Some(reservations)).set_next_token(paged.next_token).build())
}

fn filter_values(world: &World, instance: &Instance, name: &str) -> Option<Vec<String>> {
    let one = |text: &str| Some(vec![text.to_owned()]);
    let optional = |text: Option<&String>| Some(text.cloned().into_iter().collect());
    match name {
        "instance-id" => one(&instance.id),
        "instance-state-name" => one(instance.phase.name().as_str()),
        "instance-state-code" => one(&instance.phase.code().to_string()),
        "instance-type" => one(&instance.kind),
        "image-id" => one(&instance.image),
        "vpc-id" | "network-interface.vpc-id" if instance.is_there() => one(&world.network.vpc),
        "subnet-id" if instance.is_there() => one(&instance.subnet),
        "vpc-id" | "subnet-id" | "network-interface.vpc-id" => Some(vec![]),
        "availability-zone" => one(&instance.zone),
        "architecture" => one(&instance.architecture),
        "key-name" => optional(instance.key.as_ref()),
        "client-token" => optional(instance.client_token.as_ref()),
        "reservation-id" => one(&instance.reservation),
        "private-ip-address" => one(&instance.private_ip.to_string()),
        "ip-address" => Some(world.public_address_of(instance).map(|(ip, _)| ip.to_string()).into_iter().collect()),
        "instance.group-id" | "network-interface.group-id" => Some(instance.groups.clone()),
        "instance.group-name" => Some(
            world
                .groups
                .iter()
                .filter(|group| instance.groups.contains(&group.id))
                .map(|group| group.name.clone())
                .collect(),
        ),
        "block-device-mapping.volume-id" => Some(instance.disks.iter().map(|disk| disk.volume.clone()).collect()),
        _ => None,
    }
}

/// `DescribeInstanceStatus`: running instances only, unless all are asked for.
pub(super) fn describe_status(
    world: &mut World,
    input: &DescribeInstanceStatusInput,
) -> Result<DescribeInstanceStatusOutput, Fault> {
    let listed: Vec<&Instance> = if input.instance_ids().is_empty() {
        world.instances.iter().collect()
    } else {
        if input.max_results().is_some() {
            return Err(Fault::combination("The parameter instancesSet cannot be used with the parameter maxResults"));
        }
        world.instances_at(input.instance_ids())?.into_iter().map(|place| &world.instances[place]).collect()
    };
    let all = input.include_all_instances().unwrap_or_default();
    let listed = keep(listed, |instance| {
        let shown = all || instance.phase == Phase::Running;
        let passed = passes(input.filters(), &instance.tags, |name| match name {
            "instance-state-name" => Some(vec![instance.phase.name().as_str().to_owned()]),
            "availability-zone" => Some(vec![instance.zone.clone()]),
            "instance-status.status" | "system-status.status" => {
                Some(vec![summary(world, instance).0.as_str().to_owned()])
            }
            _ => None,
        })?;
        Ok(shown && passed)
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let statuses = paged.rows.into_iter().map(|instance| {
        let (status, detail) = summary(world, instance);
        let part = |status, detail| {
            let details = types::InstanceStatusDetails::builder().name(types::StatusName::Reachability).status(detail);
            types::InstanceStatusSummary::builder().status(status).details(details.build()).build()
        };
        // What is wrong with the operating system is not wrong with the hardware.
        let system = match status {
            types::SummaryStatus::Impaired => part(types::SummaryStatus::Ok, types::StatusType::Passed),
            _ => part(status.clone(), detail.clone()),
        };
        types::InstanceStatus::builder()
            .instance_id(&instance.id)
            .availability_zone(&instance.zone)
            .instance_state(instance.phase.to_sdk())
            .instance_status(part(status, detail))
            .system_status(system)
            .set_events(Some(events(world, instance)))
            .build()
    });
    let statuses = statuses.collect();
    Ok(DescribeInstanceStatusOutput::builder()
        .set_instance_statuses(Some(statuses))
        .set_next_token(paged.next_token)
        .build())
}

fn summary(world: &World, instance: &Instance) -> (types::SummaryStatus, types::StatusType) {
    if instance.phase != Phase::Running {
        (types::SummaryStatus::NotApplicable, types::StatusType::InsufficientData)
    } else if instance.impaired {
        (types::SummaryStatus::Impaired, types::StatusType::Failed)
    } else if instance.checks_passed(world.now) {
        (types::SummaryStatus::Ok, types::StatusType::Passed)
    } else {
        (types::SummaryStatus::Initializing, types::StatusType::Initializing)
    }
}

/// AWS has announced a reboot of whatever carries the tag `demo-event`.
fn events(world: &World, instance: &Instance) -> Vec<types::InstanceStatusEvent> {
    let Some(description) = instance.tags.get("demo-event") else { return vec![] };
    let day = jiff::SignedDuration::from_hours(24);
    let at = world.now.saturating_add(day).unwrap_or(world.now);
    vec![
        types::InstanceStatusEvent::builder()
            .code(types::EventCode::SystemReboot)
            .description(description)
            .not_before(sdk_time(at))
            .build(),
    ]
}
