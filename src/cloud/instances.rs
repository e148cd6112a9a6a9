//! Instances: the lists, the status checks, and what one call does to one of them.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{FILTER_VALUES, architecture, filter, following, made_by, maybe, tags, time, words};
use super::send::{Repeat, ask, change};
use crate::domain::id::{GroupId, ImageId, InstanceId, InterfaceId, SubnetId, VolumeId, VpcId};
use crate::domain::instance::{
    AttachedVolume, CheckResult, GroupRef, Imds, Instance, InstanceAction, InstanceState, InstanceStatus, Interface,
    Platform,
};
use crate::domain::launch_plan::ShutdownBehavior;
use crate::domain::problem::Problem;
use crate::domain::tag::name_of;
use crate::message::{Found, Page, Written};

/// The largest page; it cannot be asked for together with ids.
const PAGE: i32 = 1_000;

impl Cloud {
    /// `DescribeInstances`, page by page.
    pub(super) async fn instances(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let mut token = None;
        loop {
            let request = self.ec2().describe_instances().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeInstances", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = of_reservations(page.reservations());
            found(Found::Instances(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `DescribeInstances` for some ids. One that EC2 does not show (yet) is left out, and does not hide the others.
    pub(super) async fn instances_by_id(
        &self,
        ids: &[InstanceId],
        found: &mut (dyn FnMut(Found) + Send),
    ) -> Result<(), Problem> {
        let mut rows = Vec::new();
        for ids in ids.chunks(FILTER_VALUES) {
            match self.instances_with_ids(ids).await {
                // A filter does not mind ids that are not there.
                Err(problem) if problem.is("InvalidInstanceID.NotFound") => {
                    let ids = ids.iter().map(InstanceId::as_str);
                    rows.extend(self.instances_where(filter("instance-id", ids)).await?);
                }
                answer => rows.extend(answer?),
            }
        }
        found(Found::Instances(Page { rows, more: false }));
        Ok(())
    }

    async fn instances_with_ids(&self, ids: &[InstanceId]) -> Result<Vec<Instance>, Problem> {
        let ids = ids.iter().map(|id| id.as_str().to_owned()).collect();
        let mut rows = Vec::new();
        let mut token = None;
        loop {
            let request =
                self.ec2().describe_instances().set_instance_ids(Some(Vec::clone(&ids))).set_next_token(token.clone());
            let page = ask!(self, "DescribeInstances", request)?;
            rows.extend(of_reservations(page.reservations()));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(rows);
            }
        }
    }

    async fn instances_where(&self, filter: sdk::Filter) -> Result<Vec<Instance>, Problem> {
        let mut rows = Vec::new();
        let mut token = None;
        loop {
            let request =
                self.ec2().describe_instances().filters(filter.clone()).max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeInstances", request)?;
            rows.extend(of_reservations(page.reservations()));
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(rows);
            }
        }
    }

    /// The instances that a launch of this program made.
    pub(super) async fn instances_made_by(&self, marker: &str) -> Result<Vec<Instance>, Problem> {
        self.instances_where(made_by(marker)).await
    }

    /// `DescribeInstanceStatus`: running instances only.
    pub(super) async fn instance_statuses(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let mut token = None;
        loop {
            let request = self.ec2().describe_instance_status().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeInstanceStatus", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = page.instance_statuses().iter().map(status).collect();
            found(Found::InstanceStatuses(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `DescribeInstanceAttribute`: whether termination is switched off.
    pub(super) async fn termination_protection(&self, id: &InstanceId) -> Result<bool, Problem> {
        let request = self
            .ec2()
            .describe_instance_attribute()
            .instance_id(id.as_str())
            .attribute(sdk::InstanceAttributeName::DisableApiTermination);
        let answer = ask!(self, "DescribeInstanceAttribute", request)?;
        Ok(answer.disable_api_termination().and_then(sdk::AttributeBooleanValue::value).unwrap_or_default())
    }

    /// `DescribeInstanceAttribute`: what a shutdown from inside does.
    pub(super) async fn shutdown_behavior(&self, id: &InstanceId) -> Result<ShutdownBehavior, Problem> {
        let request = self
            .ec2()
            .describe_instance_attribute()
            .instance_id(id.as_str())
            .attribute(sdk::InstanceAttributeName::InstanceInitiatedShutdownBehavior);
        let answer = ask!(self, "DescribeInstanceAttribute", request)?;
        let word = answer.instance_initiated_shutdown_behavior().and_then(sdk::AttributeValue::value);
        Ok(match word {
            Some("terminate") => ShutdownBehavior::Terminate,
            _ => ShutdownBehavior::Stop,
        })
    }

    /// One action on one instance, so that a refusal concerns no other.
    pub(super) async fn act_on_instance(&self, action: InstanceAction, id: &InstanceId) -> Result<Written, Problem> {
        let (ec2, id, name) = (self.ec2(), id.as_str(), operation(action));
        match action {
            InstanceAction::Start => {
                change!(self, Repeat::Freely, name, ec2.start_instances().instance_ids(id))?;
            }
            InstanceAction::Stop => {
                change!(self, Repeat::Freely, name, ec2.stop_instances().instance_ids(id))?;
            }
            // A second reboot is one more.
            InstanceAction::Reboot => {
                change!(self, Repeat::Never, name, ec2.reboot_instances().instance_ids(id))?;
            }
            InstanceAction::Terminate => {
                change!(self, Repeat::Freely, name, ec2.terminate_instances().instance_ids(id))?;
            }
        }
        Ok(Written::Done)
    }
}

/// The API operation behind an action.
pub(super) fn operation(action: InstanceAction) -> &'static str {
    match action {
        InstanceAction::Start => "StartInstances",
        InstanceAction::Stop => "StopInstances",
        InstanceAction::Reboot => "RebootInstances",
        InstanceAction::Terminate => "TerminateInstances",
    }
}

fn of_reservations(reservations: &[sdk::Reservation]) -> Vec<Instance> {
    reservations.iter().flat_map(sdk::Reservation::instances).filter_map(instance).collect()
}

/// One instance; without an id it is none.
pub(super) fn instance(from: &sdk::Instance) -> Option<Instance> {
    let tags = tags(from.tags());
    let mut interfaces: Vec<&sdk::InstanceNetworkInterface> = from.network_interfaces().iter().collect();
    interfaces.sort_by_key(|interface| {
        interface.attachment().and_then(sdk::InstanceNetworkInterfaceAttachment::device_index)
    });
    let platform_details = maybe(from.platform_details());
    let mut member_of = groups(from.security_groups());
    if member_of.is_empty() {
        // Some endpoints tell the groups with the interface only.
        member_of = interfaces.first().map(|interface| groups(interface.groups())).unwrap_or_default();
    }
    Some(Instance {
        id: InstanceId::new(words(Some(from.instance_id()?))),
        name: name_of(&tags),
        state: from.state().map_or(InstanceState::Unknown, state),
        state_reason: from.state_reason().and_then(|reason| maybe(reason.message())),
        instance_type: words(from.instance_type().map(sdk::InstanceType::as_str)),
        image: ImageId::new(words(from.image_id())),
        architecture: from.architecture().map(|word| architecture(word.as_str())),
        platform: platform(from.platform().map(sdk::PlatformValues::as_str), platform_details.as_deref()),
        usage_operation: maybe(from.usage_operation())
            .or_else(|| usage_operation(platform_details.as_deref()?).map(str::to_owned)),
        platform_details,
        dedicated: from
            .placement()
            .and_then(sdk::Placement::tenancy)
            .is_some_and(|tenancy| *tenancy != sdk::Tenancy::Default),
        spot: from.instance_lifecycle() == Some(&sdk::InstanceLifecycleType::Spot),
        zone: words(from.placement().and_then(sdk::Placement::availability_zone)),
        vpc: maybe(from.vpc_id()).map(VpcId::new),
        subnet: maybe(from.subnet_id()).map(SubnetId::new),
        public_ip: from.public_ip_address().and_then(|address| address.parse().ok()),
        private_ip: from.private_ip_address().and_then(|address| address.parse().ok()),
        ipv6: interfaces
            .iter()
            .flat_map(|interface| interface.ipv6_addresses())
            .filter_map(|address| address.ipv6_address()?.parse().ok())
            .collect(),
        public_dns: maybe(from.public_dns_name()),
        private_dns: maybe(from.private_dns_name()),
        key_name: maybe(from.key_name()),
        groups: member_of,
        volumes: from.block_device_mappings().iter().filter_map(volume).collect(),
        root_device: maybe(from.root_device_name()),
        tags,
        launched_at: time(from.launch_time()),
        stopped_at: from.state_transition_reason().and_then(transition_time),
        iam_profile: from
            .iam_instance_profile()
            .and_then(|profile| profile.arn()?.rsplit('/').next())
            .and_then(|name| maybe(Some(name))),
        imds: from.metadata_options().map_or(Imds::default(), imds),
        detailed_monitoring: from
            .monitoring()
            .and_then(sdk::Monitoring::state)
            .is_some_and(|state| matches!(state, sdk::MonitoringState::Enabled | sdk::MonitoringState::Pending)),
        interfaces: interfaces.into_iter().filter_map(interface).collect(),
        client_token: maybe(from.client_token()),
    })
}

/// What EC2 bills besides the machine, where it does not say so itself ("AMI billing information fields", EC2 user
/// guide).
fn usage_operation(platform_details: &str) -> Option<&'static str> {
    match platform_details {
        "Linux/UNIX" => Some("RunInstances"),
        "Windows" => Some("RunInstances:0002"),
        _ => None,
    }
}

/// When it went to its state, from words such as `User initiated (2026-10-01 08:30:00 GMT)`.
fn transition_time(reason: &str) -> Option<jiff::Timestamp> {
    let (_, rest) = reason.rsplit_once('(')?;
    let words = rest.strip_suffix(')')?.strip_suffix(" GMT")?;
    format!("{words}Z").parse().ok()
}

/// The state: only the low byte of the code counts (API reference, `InstanceState`).
fn state(from: &sdk::InstanceState) -> InstanceState {
    match from.code().map(|code| code & 0xff) {
        Some(0) => InstanceState::Pending,
        Some(16) => InstanceState::Running,
        Some(32) => InstanceState::ShuttingDown,
        Some(48) => InstanceState::Terminated,
        Some(64) => InstanceState::Stopping,
        Some(80) => InstanceState::Stopped,
        _ => InstanceState::Unknown,
    }
}

/// Linux or Windows; `platform` is only ever set for Windows.
pub(super) fn platform(word: Option<&str>, details: Option<&str>) -> Platform {
    let windows = |text: &str| text.to_ascii_lowercase().contains("windows");
    if word.is_some_and(windows) || details.is_some_and(windows) { Platform::Windows } else { Platform::Linux }
}

fn groups(groups: &[sdk::GroupIdentifier]) -> Vec<GroupRef> {
    groups
        .iter()
        .filter_map(|group| {
            Some(GroupRef { id: GroupId::new(words(Some(group.group_id()?))), name: words(group.group_name()) })
        })
        .collect()
}

fn volume(mapping: &sdk::InstanceBlockDeviceMapping) -> Option<AttachedVolume> {
    let ebs = mapping.ebs()?;
    Some(AttachedVolume {
        device: words(mapping.device_name()),
        id: VolumeId::new(words(Some(ebs.volume_id()?))),
        delete_on_termination: ebs.delete_on_termination().unwrap_or_default(),
    })
}

fn imds(options: &sdk::InstanceMetadataOptionsResponse) -> Imds {
    if options.http_endpoint() == Some(&sdk::InstanceMetadataEndpointState::Disabled) {
        Imds::Disabled
    } else if options.http_tokens() == Some(&sdk::HttpTokensState::Required) {
        Imds::Required
    } else {
        Imds::Optional
    }
}

fn interface(from: &sdk::InstanceNetworkInterface) -> Option<Interface> {
    let address = |text: Option<&str>| text.and_then(|text| text.parse::<Ipv4Addr>().ok());
    let primary = address(from.private_ip_address());
    let others = from
        .private_ip_addresses()
        .iter()
        .filter_map(|one| address(one.private_ip_address()))
        .filter(|one| Some(*one) != primary);
    Some(Interface {
        id: InterfaceId::new(words(Some(from.network_interface_id()?))),
        private_ips: primary.into_iter().chain(others).collect(),
        groups: groups(from.groups()),
    })
}

fn status(from: &sdk::InstanceStatus) -> InstanceStatus {
    let check = |summary: Option<&sdk::InstanceStatusSummary>| match summary.and_then(|summary| summary.status()) {
        Some(sdk::SummaryStatus::Ok) => CheckResult::Ok,
        Some(sdk::SummaryStatus::Impaired) => CheckResult::Impaired,
        Some(sdk::SummaryStatus::Initializing) => CheckResult::Initializing,
        _ => CheckResult::Unknown,
    };
    InstanceStatus {
        id: InstanceId::new(words(from.instance_id())),
        system: check(from.system_status()),
        instance: check(from.instance_status()),
        // What is over stays listed for a while, marked in its description.
        events: from
            .events()
            .iter()
            .map(|event| words(event.description().or_else(|| event.code().map(sdk::EventCode::as_str))))
            .filter(|words| !words.starts_with("[Completed]") && !words.starts_with("[Canceled]"))
            .collect(),
    }
}

#[cfg(test)]
mod transition_tests {
    use super::transition_time;

    #[test]
    fn the_time_of_a_stop_stands_in_brackets() {
        let at = |text: &str| transition_time(text).map(|time| time.to_string());
        assert_eq!(at("User initiated (2026-10-01 08:30:00 GMT)").as_deref(), Some("2026-10-01T08:30:00Z"));
        assert_eq!(
            at("Server.SpotInstanceTermination (2026-10-01 08:30:00 GMT)").as_deref(),
            Some("2026-10-01T08:30:00Z")
        );
        for other in ["", "User initiated", "User initiated (yesterday)", "User initiated (2026-13-01 08:30:00 GMT)"] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_instances::{DescribeInstancesError, DescribeInstancesOutput};
    use aws_sdk_ec2::operation::terminate_instances::TerminateInstancesOutput;
    use aws_smithy_mocks::mock;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Read, Write};

    fn with_id(id: &str) -> sdk::Instance {
        sdk::Instance::builder().instance_id(id).build()
    }

    fn page(ids: &[&str], next: Option<&str>) -> DescribeInstancesOutput {
        let instances = ids.iter().map(|id| with_id(id)).collect();
        DescribeInstancesOutput::builder()
            .reservations(sdk::Reservation::builder().set_instances(Some(instances)).build())
            .set_next_token(next.map(str::to_owned))
            .build()
    }

    #[test]
    fn an_instance_with_hostile_tags_is_safe_to_print() {
        let from = sdk::Instance::builder()
            .instance_id("i-1")
            .state(sdk::InstanceState::builder().code(256 + 16).build())
            .state_reason(sdk::StateReason::builder().message("bad\u{1b}[2J").build())
            .tags(sdk::Tag::builder().key("Name").value("web\u{1b}]0;owned\u{7}").build())
            .tags(sdk::Tag::builder().key("a\nb").value("\u{202e}txt.exe").build())
            .platform_details("Windows with SQL")
            .iam_instance_profile(
                sdk::IamInstanceProfile::builder().arn("arn:aws:iam::1:instance-profile/team/web").build(),
            )
            .network_interfaces(
                sdk::InstanceNetworkInterface::builder()
                    .network_interface_id("eni-2")
                    .attachment(sdk::InstanceNetworkInterfaceAttachment::builder().device_index(1).build())
                    .build(),
            )
            .network_interfaces(
                sdk::InstanceNetworkInterface::builder()
                    .network_interface_id("eni-1")
                    .private_ip_address("10.0.0.5")
                    .groups(sdk::GroupIdentifier::builder().group_id("sg-1").group_name("web").build())
                    .private_ip_addresses(
                        sdk::InstancePrivateIpAddress::builder().private_ip_address("10.0.0.6").build(),
                    )
                    .private_ip_addresses(
                        sdk::InstancePrivateIpAddress::builder().private_ip_address("10.0.0.5").build(),
                    )
                    .ipv6_addresses(sdk::InstanceIpv6Address::builder().ipv6_address("2600::5").build())
                    .attachment(sdk::InstanceNetworkInterfaceAttachment::builder().device_index(0).build())
                    .build(),
            )
            .build();
        let instance = instance(&from).unwrap();
        assert_eq!(instance.name.as_deref(), Some("web\u{fffd}]0;owned\u{fffd}"));
        assert_eq!(instance.tags[1].key, "a\u{fffd}b");
        assert_eq!(instance.tags[1].value, "\u{fffd}txt.exe");
        assert_eq!(instance.state_reason.as_deref(), Some("bad\u{fffd}[2J"));
        assert_eq!(instance.state, InstanceState::Running);
        assert_eq!(instance.platform, Platform::Windows);
        assert_eq!(instance.iam_profile.as_deref(), Some("web"));
        let ids: Vec<_> = instance.interfaces.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["eni-1", "eni-2"]);
        assert_eq!(
            instance.interfaces[0].private_ips,
            ["10.0.0.5".parse::<Ipv4Addr>().unwrap(), "10.0.0.6".parse().unwrap()]
        );
        assert_eq!(instance.ipv6.len(), 1);
        assert_eq!(instance.groups, [GroupRef { id: GroupId::new("sg-1"), name: "web".to_owned() }]);
    }

    #[test]
    fn an_instance_without_an_id_is_left_out() {
        assert_eq!(instance(&sdk::Instance::builder().build()), None);
    }

    #[tokio::test]
    async fn pages_arrive_one_by_one_and_an_empty_one_does_not_end_the_list() {
        let first = mock!(aws_sdk_ec2::Client::describe_instances)
            .match_requests(|asked| asked.max_results() == Some(1_000) && asked.next_token().is_none())
            .then_output(|| page(&["i-1"], Some("two")));
        let second = mock!(aws_sdk_ec2::Client::describe_instances)
            .match_requests(|asked| asked.next_token() == Some("two"))
            .then_output(|| DescribeInstancesOutput::builder().next_token("three").build());
        let third = mock!(aws_sdk_ec2::Client::describe_instances)
            .match_requests(|asked| asked.next_token() == Some("three"))
            .then_output(|| page(&["i-3"], None));
        let cloud = cloud_of(&[&first, &second, &third]);
        let pages: Vec<(usize, bool)> = read_all(&cloud, Read::Instances)
            .await
            .unwrap()
            .into_iter()
            .map(|found| match found {
                Found::Instances(page) => (page.rows.len(), page.more),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(pages, [(1, true), (0, true), (1, false)]);
    }

    #[tokio::test]
    async fn an_id_that_is_not_visible_yet_does_not_hide_the_others() {
        let by_id = mock!(aws_sdk_ec2::Client::describe_instances)
            .match_requests(|asked| asked.instance_ids() == ["i-1", "i-new"] && asked.max_results().is_none())
            .then_error(|| {
                DescribeInstancesError::generic(ErrorMetadata::builder().code("InvalidInstanceID.NotFound").build())
            });
        let by_filter = mock!(aws_sdk_ec2::Client::describe_instances)
            .match_requests(|asked| {
                asked
                    .filters()
                    .first()
                    .is_some_and(|filter| filter.name() == Some("instance-id") && filter.values() == ["i-1", "i-new"])
            })
            .then_output(|| page(&["i-1"], None));
        let cloud = cloud_of(&[&by_id, &by_filter]);
        let ids = vec![InstanceId::new("i-1"), InstanceId::new("i-new")];
        let found = read_all(&cloud, Read::InstancesById(ids)).await.unwrap();
        let Some(Found::Instances(page)) = found.into_iter().next() else { panic!() };
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].id.as_str(), "i-1");
    }

    #[tokio::test]
    async fn read_only_mode_sends_nothing() {
        let terminate =
            mock!(aws_sdk_ec2::Client::terminate_instances).then_output(|| TerminateInstancesOutput::builder().build());
        let mut cloud = cloud_of(&[&terminate]);
        let write = Write::Instance { action: InstanceAction::Terminate, id: InstanceId::new("i-1") };
        cloud.read_only = true;
        let problem = cloud.write(write.clone()).await.unwrap_err();
        assert_eq!(problem.cause, crate::domain::problem::Cause::ReadOnly);
        assert_eq!(problem.operation, "TerminateInstances");
        assert_eq!(terminate.num_calls(), 0);
        cloud.read_only = false;
        assert_eq!(cloud.write(write).await, Ok(Written::Done));
        assert_eq!(terminate.num_calls(), 1);
    }
}
