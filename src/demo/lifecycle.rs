//! Starting, stopping, rebooting and terminating instances of the demo account, with EC2's refusals.

use aws_sdk_ec2::operation::reboot_instances::{RebootInstancesInput, RebootInstancesOutput};
use aws_sdk_ec2::operation::start_instances::{StartInstancesInput, StartInstancesOutput};
use aws_sdk_ec2::operation::stop_instances::{StopInstancesInput, StopInstancesOutput};
use aws_sdk_ec2::operation::terminate_instances::{TerminateInstancesInput, TerminateInstancesOutput};
use aws_sdk_ec2::types::InstanceStateChange;

use super::fault::Fault;
use super::instances::{Instance, Phase};
use super::world::World;

impl World {
    /// The places of the instances with these ids, or EC2's refusal.
    pub fn instances_at(&self, ids: &[String]) -> Result<Vec<usize>, Fault> {
        if ids.is_empty() {
            return Err(Fault::missing("InstanceId"));
        }
        if let Some(malformed) = ids.iter().find(|id| !is_well_formed(id)) {
            return Err(Fault::new("InvalidInstanceID.Malformed", format!("Invalid id: \"{malformed}\"")));
        }
        let mut places = Vec::new();
        let mut missing = Vec::new();
        for id in ids {
            match self.instances.iter().position(|instance| &instance.id == id) {
                Some(place) => places.push(place),
                None => missing.push(id.as_str()),
            }
        }
        match missing.as_slice() {
            [] => Ok(places),
            [one] => Err(Fault::new("InvalidInstanceID.NotFound", format!("The instance ID '{one}' does not exist"))),
            many => Err(Fault::new(
                "InvalidInstanceID.NotFound",
                format!("The instance IDs '{}' do not exist", many.join(", ")),
            )),
        }
    }

    /// The place of one instance.
    pub fn instance_at(&self, id: &str) -> Result<usize, Fault> {
        let places = self.instances_at(&[id.to_owned()])?;
        places.first().copied().ok_or_else(|| Fault::missing("InstanceId"))
    }

    /// Refuses when these types would take more virtual processors than the quota leaves.
    pub fn check_quota(&self, more: u32) -> Result<(), Fault> {
        let in_use: u32 = self
            .instances
            .iter()
            .filter(|instance| matches!(instance.phase, Phase::Pending | Phase::Running))
            .map(|instance| super::types::vcpus(&instance.kind))
            .sum();
        if more > 0 && in_use.saturating_add(more) > self.vcpu_limit {
            return Err(Fault::new(
                "VcpuLimitExceeded",
                format!(
                    "You have requested more vCPU capacity than your current vCPU limit of {} allows for the instance \
                     bucket that the specified instance type belongs to. Please visit \
                     http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
                    self.vcpu_limit
                ),
            ));
        }
        Ok(())
    }

    /// The system shuts itself down, and the instance goes where its shutdown behaviour says.
    pub fn shut_down(&mut self, place: usize) {
        if let Some(address) = self.instances[place].public_ip.take() {
            self.taken.remove(&address);
        }
        let to = match self.instances[place].shutdown_behavior.as_str() {
            "terminate" => Phase::ShuttingDown,
            _ => Phase::Stopping,
        };
        let code = "Client.InstanceInitiatedShutdown";
        let message = "Client.InstanceInitiatedShutdown: Instance initiated shutdown";
        self.change(place, to, Some((code, message)));
    }

    fn change(&mut self, place: usize, to: Phase, reason: Option<(&str, &str)>) -> InstanceStateChange {
        let now = self.now;
        let instance = &mut self.instances[place];
        let before = instance.phase;
        if before != to && !is_already(before, to) {
            instance.enter(to, now);
            instance.reason = reason.map(|(code, message)| (code.to_owned(), message.to_owned()));
        }
        InstanceStateChange::builder()
            .instance_id(&instance.id)
            .previous_state(before.to_sdk())
            .current_state(instance.phase.to_sdk())
            .build()
    }
}

/// Whether the instance is where `to` leads.
fn is_already(before: Phase, to: Phase) -> bool {
    matches!(
        (before, to),
        (Phase::Running, Phase::Pending) | (Phase::Stopped, Phase::Stopping) | (Phase::Terminated, Phase::ShuttingDown)
    )
}

fn is_well_formed(id: &str) -> bool {
    id.strip_prefix("i-").is_some_and(|hex| {
        [8, 17].contains(&hex.len()) && hex.chars().all(|c| c.is_ascii_hexdigit() && !c.is_uppercase())
    })
}

fn wrong_state(instance: &Instance, done: &str) -> Fault {
    Fault::new(
        "IncorrectInstanceState",
        format!("The instance '{}' is not in a state from which it can be {done}.", instance.id),
    )
}

/// `StartInstances`: a new run has a new public address, unless an Elastic IP is on it.
pub(super) fn start(world: &mut World, input: &StartInstancesInput) -> Result<StartInstancesOutput, Fault> {
    let places = world.instances_at(input.instance_ids())?;
    let mut more = 0;
    for place in &places {
        let instance = &world.instances[*place];
        match instance.phase {
            Phase::Stopped => more += super::types::vcpus(&instance.kind),
            Phase::Pending | Phase::Running => {}
            _ => return Err(wrong_state(instance, "started")),
        }
    }
    world.check_quota(more)?;
    let mut changes = Vec::new();
    for place in places {
        if world.instances[place].phase == Phase::Stopped {
            let address = if world.instances[place].wants_public { world.public_address() } else { None };
            world.instances[place].public_ip = address;
            world.instances[place].launched = world.now;
            world.instances[place].boot();
        }
        changes.push(world.change(place, Phase::Pending, None));
    }
    Ok(StartInstancesOutput::builder().set_starting_instances(Some(changes)).build())
}

/// `StopInstances`: the public address of this run is gone for good.
pub(super) fn stop(world: &mut World, input: &StopInstancesInput) -> Result<StopInstancesOutput, Fault> {
    let places = world.instances_at(input.instance_ids())?;
    for place in &places {
        let instance = &world.instances[*place];
        if !matches!(instance.phase, Phase::Running | Phase::Stopping | Phase::Stopped) {
            return Err(wrong_state(instance, "stopped"));
        }
        if instance.stop_protected {
            return Err(Fault::new(
                "OperationNotPermitted",
                format!(
                    "The instance '{}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.",
                    instance.id
                ),
            ));
        }
    }
    let reason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
    let mut changes = Vec::new();
    for place in places {
        if let Some(address) = world.instances[place].public_ip.take() {
            world.taken.remove(&address);
        }
        changes.push(world.change(place, Phase::Stopping, Some(reason)));
    }
    Ok(StopInstancesOutput::builder().set_stopping_instances(Some(changes)).build())
}

/// `RebootInstances`: everything stays, the state too.
pub(super) fn reboot(world: &mut World, input: &RebootInstancesInput) -> Result<RebootInstancesOutput, Fault> {
    for place in world.instances_at(input.instance_ids())? {
        let instance = &world.instances[place];
        if instance.phase != Phase::Running {
            return Err(wrong_state(instance, "rebooted"));
        }
    }
    for place in world.instances_at(input.instance_ids())? {
        world.instances[place].boot();
    }
    Ok(RebootInstancesOutput::builder().build())
}

/// `TerminateInstances`: refused for a protected instance; a terminated one is no error.
pub(super) fn terminate(world: &mut World, input: &TerminateInstancesInput) -> Result<TerminateInstancesOutput, Fault> {
    let places = world.instances_at(input.instance_ids())?;
    if let Some(guarded) = places.iter().map(|place| &world.instances[*place]).find(|i| i.protected && i.is_there()) {
        return Err(Fault::new(
            "OperationNotPermitted",
            format!(
                "The instance '{}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try \
                 again.",
                guarded.id
            ),
        ));
    }
    let reason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
    let mut changes = Vec::new();
    for place in places {
        if let Some(address) = world.instances[place].public_ip.take() {
            world.taken.remove(&address);
        }
        changes.push(world.change(place, Phase::ShuttingDown, Some(reason)));
    }
    Ok(TerminateInstancesOutput::builder().set_terminating_instances(Some(changes)).build())
}
