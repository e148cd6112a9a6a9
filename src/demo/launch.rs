//! `RunInstances` of the demo account: everything is checked before anything is made, and a `ClientToken` makes a
//! second try return what the first one made.

use aws_sdk_ec2::operation::run_instances::{RunInstancesInput, RunInstancesOutput};
use aws_sdk_ec2::types;

use super::disks::NewDisk;
use super::fault::Fault;
use super::images::ImageRow;
use super::instances::{Disk, Instance, Phase};
use super::launch_checks::{check, profile_name};
use super::schedules::timer_of;
use super::tags::Tags;
use super::types::TypeRow;
use super::volumes::{Attachment, Volume};
use super::world::{ACCOUNT, World};

/// A launch that has passed every check.
pub(super) struct Launch {
    /// The image.
    pub image: &'static ImageRow,
    /// The type.
    pub kind: &'static TypeRow,
    /// How many.
    pub count: i32,
    /// Place of the subnet.
    pub subnet: usize,
    /// Groups.
    pub groups: Vec<String>,
    /// Whether each start gets a public address.
    pub wants_public: bool,
    /// Root volume first.
    pub disks: Vec<NewDisk>,
    /// Key pair.
    pub key: Option<String>,
    /// Instance tags.
    pub tags: Tags,
    /// Volume tags.
    pub volume_tags: Tags,
    /// Interface tags.
    pub interface_tags: Tags,
    /// The token.
    pub client_token: Option<String>,
}

/// `RunInstances`
pub(super) fn run(world: &mut World, input: &RunInstancesInput) -> Result<RunInstancesOutput, Fault> {
    let said = said(input);
    if let Some(token) = input.client_token() {
        if token.len() > 64 || !token.is_ascii() {
            return Err(Fault::value("ClientToken may not have more than 64 ASCII characters"));
        }
        if let Some((before, reservation)) = world.tokens.get(token) {
            if *before != said {
                return Err(Fault::new(
                    "IdempotentParameterMismatch",
                    "The request uses the same client token as a previous, but non-identical request. Do not reuse a \
                     client token with different requests, unless the requests are identical",
                ));
            }
            return Ok(told(world, &reservation.clone()));
        }
    }
    let launch = check(world, input)?;
    let reservation = world.launch(&launch)?;
    for instance in world.instances.iter_mut().filter(|instance| instance.reservation == reservation) {
        fit_out(instance, input);
    }
    if let Some(token) = input.client_token() {
        world.tokens.insert(token.to_owned(), (said, reservation.clone()));
    }
    Ok(told(world, &reservation))
}

/// All that the request says, to compare with another one. (The SDK keeps user data out of its `Debug`.)
fn said(input: &RunInstancesInput) -> String {
    format!("{input:?} {:?}", input.user_data())
}

fn told(world: &World, reservation: &str) -> RunInstancesOutput {
    let members = world.instances.iter().filter(|instance| instance.reservation == reservation);
    RunInstancesOutput::builder()
        .reservation_id(reservation)
        .owner_id(ACCOUNT)
        .set_instances(Some(members.map(|instance| world.instance_to_sdk(instance)).collect()))
        .build()
}

/// What changes nothing but the instance's own switches.
fn fit_out(instance: &mut Instance, input: &RunInstancesInput) {
    let metadata = input.metadata_options();
    if let Some(tokens) = metadata.and_then(types::InstanceMetadataOptionsRequest::http_tokens) {
        instance.tokens_required = *tokens == types::HttpTokensState::Required;
    }
    if let Some(endpoint) = metadata.and_then(types::InstanceMetadataOptionsRequest::http_endpoint) {
        instance.metadata_enabled = *endpoint == types::InstanceMetadataEndpointState::Enabled;
    }
    if let Some(credits) = input.credit_specification().and_then(types::CreditSpecificationRequest::cpu_credits) {
        instance.credits = Some(credits.to_owned());
    }
    if let Some(behavior) = input.instance_initiated_shutdown_behavior() {
        behavior.as_str().clone_into(&mut instance.shutdown_behavior);
    }
    instance.profile = input.iam_instance_profile().and_then(profile_name);
    instance.monitoring =
        input.monitoring().and_then(types::RunInstancesMonitoringEnabled::enabled).unwrap_or_default();
    instance.protected = input.disable_api_termination().unwrap_or_default();
    instance.stop_protected = input.disable_api_stop().unwrap_or_default();
    instance.user_data = input.user_data().map(str::to_owned);
    instance.timer = timer_of(instance);
}

impl World {
    /// Makes what has been checked; tells the reservation.
    pub fn launch(&mut self, launch: &Launch) -> Result<String, Fault> {
        let reservation = self.id("r");
        for index in 0..launch.count {
            let instance = self.one_instance(launch, &reservation, index)?;
            self.instances.push(instance);
        }
        Ok(reservation)
    }

    fn one_instance(&mut self, launch: &Launch, reservation: &str, index: i32) -> Result<Instance, Fault> {
        let id = self.id("i");
        let now = self.now;
        let (subnet, zone, cidr) = {
            let subnet = &self.network.subnets[launch.subnet];
            (subnet.id.clone(), subnet.zone.clone(), subnet.cidr)
        };
        let private_ip = self.free_address(cidr).ok_or_else(|| {
            Fault::new(
                "InsufficientFreeAddressesInSubnet",
                format!("There are not enough free addresses in subnet '{subnet}' to satisfy the requested number of instances."),
            )
        })?;
        let mut disks = Vec::new();
        for disk in &launch.disks {
            let volume = self.id("vol");
            let attachment = Attachment {
                instance: id.clone(),
                device: disk.device.clone(),
                delete_on_termination: disk.delete_on_termination,
                since: now,
            };
            self.volumes.push(Volume {
                id: volume.clone(),
                shape: disk.shape.clone(),
                snapshot: disk.snapshot.clone(),
                zone: zone.clone(),
                created: now,
                attachment: Some(attachment),
                tags: launch.volume_tags.clone(),
            });
            disks.push(Disk {
                device: disk.device.clone(),
                volume,
                delete_on_termination: disk.delete_on_termination,
                attached: now,
            });
        }
        let public_ip = if launch.wants_public { self.public_address() } else { None };
        let credits = match launch.kind.name.split('.').next() {
            Some("t2") => Some("standard"),
            _ if launch.kind.is_burstable() => Some("unlimited"),
            _ => None,
        };
        Ok(Instance {
            id,
            reservation: reservation.to_owned(),
            launch_index: index,
            image: launch.image.id(self.region),
            architecture: launch.image.architecture.clone(),
            platform_details: launch.image.platform_details.clone(),
            root_device: launch.image.root_device.clone(),
            kind: launch.kind.name.clone(),
            key: launch.key.clone(),
            subnet,
            zone,
            private_ip,
            interface: self.id("eni"),
            interface_tags: launch.interface_tags.clone(),
            groups: launch.groups.clone(),
            wants_public: launch.wants_public,
            public_ip,
            phase: Phase::Pending,
            since: now,
            launched: now,
            reason: Some(("pending".to_owned(), "pending".to_owned())),
            disks,
            tags: launch.tags.clone(),
            profile: None,
            // Amazon Linux 2023 asks for tokens by itself.
            tokens_required: launch.image.name.starts_with("al2023"),
            metadata_enabled: true,
            monitoring: false,
            protected: false,
            stop_protected: false,
            shutdown_behavior: "stop".to_owned(),
            user_data: None,
            credits: credits.map(str::to_owned),
            client_token: launch.client_token.clone(),
            impaired: false,
            timer: None,
            console: None,
        })
    }
}
