//! `RunInstances`: the request, its dry run, and what an unclear one has made.

use aws_sdk_ec2::operation::run_instances::builders::RunInstancesFluentBuilder;
use aws_sdk_ec2::types as sdk;
use base64ct::{Base64, Encoding};

use super::Cloud;
use super::convert::tagged;
use super::error::Call;
use super::instances::instance;
use super::send::{Repeat, ask, change};
use crate::domain::id::GroupId;
use crate::domain::instance::Instance;
use crate::domain::launch_plan::{
    ClientToken, GroupChoice, KeyChoice, LaunchPlan, NewVolume, PublicIp, ShutdownBehavior,
};
use crate::domain::problem::Problem;
use crate::message::{Made, MadeKind, Written};

impl Cloud {
    /// `RunInstances`. The token makes every further try of the same plan return what the first one made.
    pub(super) async fn run_instances(
        &self,
        plan: &LaunchPlan,
        groups: &[GroupId],
        key_name: Option<&str>,
        token: &ClientToken,
    ) -> Result<Written, Problem> {
        let request = request(self.ec2(), plan, groups, key_name, Some(token));
        let answer = change!(self, Repeat::ByToken, "RunInstances", request)?;
        let instances: Vec<Instance> = answer.instances().iter().filter_map(instance).collect();
        if instances.is_empty() {
            return Err(Call::write("RunInstances", &self.hosts, Repeat::ByToken, true).unreadable("InstanceId"));
        }
        Ok(Written::Launched(instances))
    }

    /// `RunInstances` with `DryRun`: permission and parameters, not quota or capacity. What would only be made on the
    /// way (a new group, a new key pair) is left out, because it is not there yet.
    pub(super) async fn launch_dry_run(&self, plan: &LaunchPlan) -> Result<(), Problem> {
        let groups = match &plan.groups {
            GroupChoice::Existing(groups) => groups.as_slice(),
            GroupChoice::New(_) => &[],
        };
        let key_name = match &plan.key {
            KeyChoice::Existing(name) => Some(name.as_str()),
            KeyChoice::New { .. } | KeyChoice::None => None,
        };
        let request = request(self.ec2(), plan, groups, key_name, None).dry_run(true);
        match ask!(self, "RunInstances", request) {
            Ok(_) => Ok(()),
            // "The request would have succeeded" comes as an error (HTTP 412).
            Err(problem) if problem.is("DryRunOperation") => Ok(()),
            Err(problem) => Err(Problem { operation: "LaunchDryRun".to_owned(), ..problem }),
        }
    }

    /// What carries a request's tag.
    pub(super) async fn made_by(&self, marker: &str, kind: MadeKind) -> Result<Made, Problem> {
        let mut made = Made::default();
        match kind {
            MadeKind::KeyPair => made.key_pairs = self.key_pairs_made_by(marker).await?,
            MadeKind::SecurityGroup => made.groups = self.groups_made_by(marker).await?,
            MadeKind::Instances => made.instances = self.instances_made_by(marker).await?,
            MadeKind::Address => made.addresses = self.addresses_made_by(marker).await?,
        }
        Ok(made)
    }
}

/// The request behind a plan; without a token it is a dry run's.
fn request(
    ec2: &aws_sdk_ec2::Client,
    plan: &LaunchPlan,
    groups: &[GroupId],
    key_name: Option<&str>,
    token: Option<&ClientToken>,
) -> RunInstancesFluentBuilder {
    let count = i32::from(plan.count);
    let kinds = [sdk::ResourceType::Instance, sdk::ResourceType::Volume, sdk::ResourceType::NetworkInterface];
    let own = plan.instance_tags();
    let tags: Vec<sdk::TagSpecification> = kinds
        .into_iter()
        .filter_map(|kind| {
            let tags = if kind == sdk::ResourceType::Instance { &own } else { &plan.tags };
            tagged(kind, tags, token.map(ClientToken::as_str))
        })
        .collect();
    let request = ec2
        .run_instances()
        .set_client_token(token.map(|token| token.as_str().to_owned()))
        .image_id(plan.image.as_str())
        .instance_type(sdk::InstanceType::from(plan.instance_type.as_str()))
        .min_count(count)
        .max_count(count)
        .set_key_name(key_name.map(str::to_owned))
        .set_credit_specification(
            plan.credit_mode.map(|mode| sdk::CreditSpecificationRequest::builder().cpu_credits(mode.as_str()).build()),
        )
        .monitoring(sdk::RunInstancesMonitoringEnabled::builder().enabled(plan.detailed_monitoring).build())
        .disable_api_termination(plan.termination_protection)
        .instance_initiated_shutdown_behavior(match plan.shutdown {
            ShutdownBehavior::Stop => sdk::ShutdownBehavior::Stop,
            ShutdownBehavior::Terminate => sdk::ShutdownBehavior::Terminate,
        })
        .set_iam_instance_profile(plan.iam_profile.as_deref().map(iam_profile))
        .metadata_options(
            sdk::InstanceMetadataOptionsRequest::builder()
                .http_endpoint(sdk::InstanceMetadataEndpointState::Enabled)
                .http_tokens(if plan.imdsv2_required {
                    sdk::HttpTokensState::Required
                } else {
                    sdk::HttpTokensState::Optional
                })
                .build(),
        )
        .set_user_data(plan.user_data.as_ref().map(|data| Base64::encode_string(data.as_bytes())))
        .set_block_device_mappings(
            Some(plan.volumes.iter().map(mapping).collect()).filter(|mappings: &Vec<_>| !mappings.is_empty()),
        )
        .set_tag_specifications(Some(tags).filter(|tags| !tags.is_empty()));
    with_network(request, plan, groups)
}

/// Subnet and groups; they stand inside an interface when the public address is chosen, since EC2 takes that choice
/// nowhere else and refuses both places at once.
fn with_network(
    request: RunInstancesFluentBuilder,
    plan: &LaunchPlan,
    groups: &[GroupId],
) -> RunInstancesFluentBuilder {
    let subnet = plan.subnet.as_ref().map(|id| id.as_str().to_owned());
    let groups: Vec<String> = groups.iter().map(|id| id.as_str().to_owned()).collect();
    let groups = Some(groups).filter(|groups| !groups.is_empty());
    let public = match plan.public_ip {
        PublicIp::AsSubnet => return request.set_subnet_id(subnet).set_security_group_ids(groups),
        PublicIp::Yes => true,
        PublicIp::No => false,
    };
    request.network_interfaces(
        sdk::InstanceNetworkInterfaceSpecification::builder()
            .device_index(0)
            .associate_public_ip_address(public)
            .delete_on_termination(true)
            .set_subnet_id(subnet)
            .set_groups(groups)
            .build(),
    )
}

fn iam_profile(name: &str) -> sdk::IamInstanceProfileSpecification {
    let profile = sdk::IamInstanceProfileSpecification::builder();
    if name.starts_with("arn:") { profile.arn(name) } else { profile.name(name) }.build()
}

fn mapping(volume: &NewVolume) -> sdk::BlockDeviceMapping {
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let ebs = sdk::EbsBlockDevice::builder()
        .volume_size(whole(volume.size_gib))
        .volume_type(sdk::VolumeType::from(volume.kind.as_str()))
        .set_iops(volume.iops.map(whole))
        .set_throughput(volume.throughput.map(whole))
        // `false` would be refused for a snapshot that is encrypted; nothing leaves it to snapshot and account.
        .set_encrypted(volume.encrypted.then_some(true))
        .delete_on_termination(volume.delete_on_termination)
        .build();
    sdk::BlockDeviceMapping::builder().device_name(&volume.device).ebs(ebs).build()
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::run_instances::{RunInstancesError, RunInstancesOutput};
    use aws_smithy_mocks::mock;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::domain::id::{ImageId, SubnetId};
    use crate::domain::instance_type::CreditMode;
    use crate::domain::key_pair::KeyKind;
    use crate::domain::launch_plan::UserData;
    use crate::domain::problem::Cause;
    use crate::domain::security_group::NewGroup;
    use crate::domain::tag::{self, Tag};
    use crate::domain::volume::VolumeKind;

    fn plan() -> LaunchPlan {
        LaunchPlan {
            image: ImageId::new("ami-1"),
            instance_type: "t3.micro".to_owned(),
            credit_mode: None,
            count: 1,
            subnet: None,
            vpc: None,
            public_ip: PublicIp::AsSubnet,
            iam_profile: None,
            shutdown: ShutdownBehavior::Stop,
            termination_protection: false,
            detailed_monitoring: false,
            imdsv2_required: true,
            user_data: None,
            auto_stop: None,
            volumes: vec![NewVolume {
                device: "/dev/xvda".to_owned(),
                size_gib: 30,
                kind: VolumeKind::Gp3,
                iops: None,
                throughput: None,
                encrypted: false,
                delete_on_termination: true,
            }],
            tags: vec![Tag::new("Name", "웹-1")],
            groups: GroupChoice::Existing(vec![GroupId::new("sg-1")]),
            key: KeyChoice::Existing("laptop".to_owned()),
        }
    }

    fn input_of(
        plan: &LaunchPlan,
        token: Option<&ClientToken>,
    ) -> aws_sdk_ec2::operation::run_instances::RunInstancesInput {
        let cloud = cloud_of(&[]);
        let groups = [GroupId::new("sg-1"), GroupId::new("sg-2")];
        request(cloud.ec2(), plan, &groups, Some("laptop"), token).as_input().clone().build().unwrap()
    }

    #[test]
    fn the_plainest_plan_sends_what_it_says_and_nothing_else() {
        let sent = input_of(&plan(), Some(&ClientToken::new("token-1")));
        assert_eq!(sent.client_token(), Some("token-1"));
        assert_eq!((sent.min_count(), sent.max_count()), (Some(1), Some(1)));
        assert_eq!(sent.image_id(), Some("ami-1"));
        assert_eq!(sent.instance_type(), Some(&sdk::InstanceType::T3Micro));
        assert_eq!(sent.key_name(), Some("laptop"));
        assert_eq!(sent.security_group_ids(), ["sg-1", "sg-2"]);
        assert!(sent.subnet_id().is_none() && sent.network_interfaces().is_empty());
        assert!(sent.credit_specification().is_none() && sent.user_data().is_none());
        assert!(sent.iam_instance_profile().is_none() && sent.dry_run().is_none());
        let metadata = sent.metadata_options().unwrap();
        assert_eq!(metadata.http_tokens(), Some(&sdk::HttpTokensState::Required));
        let [root] = sent.block_device_mappings() else { panic!("one volume") };
        assert_eq!(root.device_name(), Some("/dev/xvda"));
        let ebs = root.ebs().unwrap();
        assert_eq!((ebs.volume_size(), ebs.volume_type()), (Some(30), Some(&sdk::VolumeType::Gp3)));
        assert_eq!((ebs.iops(), ebs.throughput(), ebs.encrypted()), (None, None, None));
        assert_eq!(ebs.delete_on_termination(), Some(true));
        let kinds: Vec<_> = sent.tag_specifications().iter().map(|one| one.resource_type().unwrap()).collect();
        assert_eq!(
            kinds,
            [&sdk::ResourceType::Instance, &sdk::ResourceType::Volume, &sdk::ResourceType::NetworkInterface]
        );
        for specification in sent.tag_specifications() {
            let pairs: Vec<_> = specification.tags().iter().map(|t| (t.key().unwrap(), t.value().unwrap())).collect();
            assert_eq!(pairs, [("Name", "웹-1"), (tag::REQUEST, "token-1")]);
        }
    }

    #[test]
    fn a_chosen_public_address_moves_subnet_and_groups_into_the_interface() {
        for (choice, wanted) in [(PublicIp::Yes, true), (PublicIp::No, false)] {
            let plan = LaunchPlan { public_ip: choice, subnet: Some(SubnetId::new("subnet-1")), ..plan() };
            let sent = input_of(&plan, None);
            assert!(sent.subnet_id().is_none() && sent.security_group_ids().is_empty());
            let [interface] = sent.network_interfaces() else { panic!("one interface") };
            assert_eq!(interface.device_index(), Some(0));
            assert_eq!(interface.associate_public_ip_address(), Some(wanted));
            assert_eq!(interface.subnet_id(), Some("subnet-1"));
            assert_eq!(interface.groups(), ["sg-1", "sg-2"]);
        }
        let sent = input_of(&LaunchPlan { subnet: Some(SubnetId::new("subnet-1")), ..plan() }, None);
        assert_eq!(sent.subnet_id(), Some("subnet-1"));
        assert!(sent.network_interfaces().is_empty());
    }

    #[test]
    fn every_other_choice_reaches_its_field() {
        let mut plan = LaunchPlan {
            credit_mode: Some(CreditMode::Standard),
            count: 3,
            iam_profile: Some("arn:aws:iam::1:instance-profile/web".to_owned()),
            shutdown: ShutdownBehavior::Terminate,
            termination_protection: true,
            detailed_monitoring: true,
            imdsv2_required: false,
            user_data: Some(UserData::new(b"#!/bin/sh\n\xff".to_vec())),
            tags: vec![],
            ..plan()
        };
        plan.volumes[0] = NewVolume {
            iops: Some(4_000),
            throughput: Some(250),
            encrypted: true,
            delete_on_termination: false,
            ..plan.volumes[0].clone()
        };
        let sent = input_of(&plan, None);
        assert_eq!((sent.min_count(), sent.max_count()), (Some(3), Some(3)));
        assert_eq!(sent.credit_specification().unwrap().cpu_credits(), Some("standard"));
        let profile = sent.iam_instance_profile().unwrap();
        assert_eq!((profile.arn(), profile.name()), (plan.iam_profile.as_deref(), None));
        assert_eq!(sent.instance_initiated_shutdown_behavior(), Some(&sdk::ShutdownBehavior::Terminate));
        assert_eq!(sent.disable_api_termination(), Some(true));
        assert_eq!(sent.monitoring().unwrap().enabled(), Some(true));
        assert_eq!(sent.metadata_options().unwrap().http_tokens(), Some(&sdk::HttpTokensState::Optional));
        assert_eq!(sent.user_data(), Some("IyEvYmluL3NoCv8="));
        let ebs = sent.block_device_mappings()[0].ebs().unwrap();
        assert_eq!((ebs.iops(), ebs.throughput(), ebs.encrypted()), (Some(4_000), Some(250), Some(true)));
        assert_eq!(ebs.delete_on_termination(), Some(false));
        // No tags and no token: no specification, which EC2 would refuse when empty.
        assert!(sent.tag_specifications().is_empty());
        let named = input_of(&LaunchPlan { iam_profile: Some("web".to_owned()), ..plan }, None);
        assert_eq!(named.iam_instance_profile().unwrap().name(), Some("web"));
    }

    #[tokio::test]
    async fn a_dry_run_asks_without_what_is_not_there_yet() {
        let rule = mock!(aws_sdk_ec2::Client::run_instances)
            .match_requests(|asked| {
                asked.dry_run() == Some(true) && asked.key_name().is_none() && asked.security_group_ids().is_empty()
            })
            .then_error(|| RunInstancesError::generic(ErrorMetadata::builder().code("DryRunOperation").build()));
        let plan = LaunchPlan {
            groups: GroupChoice::New(NewGroup {
                name: "web".to_owned(),
                description: "web".to_owned(),
                vpc: None,
                inbound: vec![],
            }),
            key: KeyChoice::New { name: "laptop".to_owned(), kind: KeyKind::Ed25519 },
            ..plan()
        };
        assert_eq!(cloud_of(&[&rule]).launch_dry_run(&plan).await, Ok(()));
    }

    #[tokio::test]
    async fn a_refused_dry_run_names_the_permission() {
        let rule = mock!(aws_sdk_ec2::Client::run_instances).then_error(|| {
            let meta = ErrorMetadata::builder().code("UnauthorizedOperation").message(
                "You are not authorized to perform this operation. User: arn:aws:iam::1:user/x is not authorized to \
                 perform: ec2:CreateTags on resource: arn:aws:ec2:*. Encoded authorization failure message: AbCdEf",
            );
            RunInstancesError::generic(meta.build())
        });
        let problem = cloud_of(&[&rule]).launch_dry_run(&plan()).await.unwrap_err();
        assert_eq!(problem.cause, Cause::NotAllowed { action: "ec2:CreateTags".to_owned() });
        assert!(problem.message.ends_with("arn:aws:ec2:*."), "{}", problem.message);
    }

    /// An answer that the SDK reads as EC2's own.
    fn answer(status: u16, code: &str) -> HttpResponse {
        let body = format!("<Response><Errors><Error><Code>{code}</Code></Error></Errors></Response>");
        HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body))
    }

    #[tokio::test(start_paused = true)]
    async fn a_launch_is_tried_again_with_the_same_token() {
        let rule = mock!(aws_sdk_ec2::Client::run_instances)
            .match_requests(|asked| asked.client_token() == Some("token-1"))
            .sequence()
            .http_response(|| answer(503, "RequestLimitExceeded"))
            .output(|| {
                RunInstancesOutput::builder().instances(sdk::Instance::builder().instance_id("i-1").build()).build()
            })
            .build();
        let cloud = cloud_of(&[&rule]);
        let written = cloud.run_instances(&plan(), &[], None, &ClientToken::new("token-1")).await.unwrap();
        let Written::Launched(instances) = written else { panic!("{written:?}") };
        assert_eq!(instances[0].id.as_str(), "i-1");
        assert_eq!(rule.num_calls(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_try_stays_unclear_even_if_the_last_one_was_only_throttled() {
        let rule = mock!(aws_sdk_ec2::Client::run_instances)
            .sequence()
            .http_response(|| answer(500, "InternalError"))
            .http_response(|| answer(503, "RequestLimitExceeded"))
            .repeatedly()
            .build();
        let cloud = cloud_of(&[&rule]);
        let problem = cloud.run_instances(&plan(), &[], None, &ClientToken::new("token-1")).await.unwrap_err();
        assert_eq!(problem.cause, Cause::UnclearOutcome);
        assert_eq!(problem.code, "RequestLimitExceeded");
    }

    #[tokio::test(start_paused = true)]
    async fn missing_capacity_is_a_clear_no_although_the_status_is_500() {
        let rule = mock!(aws_sdk_ec2::Client::run_instances)
            .then_http_response(|| answer(500, "InsufficientInstanceCapacity"));
        let cloud = cloud_of(&[&rule]);
        let problem = cloud.run_instances(&plan(), &[], None, &ClientToken::new("token-1")).await.unwrap_err();
        assert_eq!(problem.cause, Cause::Service);
    }
}
