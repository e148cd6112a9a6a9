//! How requests are sent: who may be repeated by the SDK, and whether a lost answer leaves the outcome open.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_ec2::config::retry::RetryConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::error;

/// Whether the SDK may send a change again on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Doing it twice is doing it once: start, stop, terminate, delete by id.
    Freely,
    /// The request's `ClientToken` makes a second try return what the first one made.
    ByToken,
    /// A second try would do it a second time, or fail because the first one worked.
    Never,
}

impl Repeat {
    /// The settings that differ from the client's own for this one request.
    pub(super) fn config(self) -> aws_sdk_ec2::config::Builder {
        let config = aws_sdk_ec2::config::Builder::new();
        match self {
            Self::Freely | Self::ByToken => config,
            Self::Never => config.retry_config(RetryConfig::disabled()),
        }
    }
}

/// Notes whether any try of a request may have reached AWS without an answer. The SDK reports the last try only: a
/// time-out followed by a refused connection would look as if nothing had ever been sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Track(Arc<AtomicBool>);

impl Track {
    /// Whether a try is out of sight.
    pub(super) fn maybe_sent(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Intercept for Track {
    fn name(&self) -> &'static str {
        "Track"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Err(failure)) = context.output_or_error() else { return Ok(()) };
        let lost = if let Some(connector) = failure.as_connector_error() {
            !error::was_never_connected(connector)
        } else if failure.is_operation_error() {
            // 503 is EC2's "slow down": nothing was done.
            context.response().is_some_and(|answer| matches!(answer.status().as_u16(), 500 | 502 | 504))
        } else {
            failure.is_timeout_error() || failure.is_response_error()
        };
        if lost {
            self.0.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Asks EC2; the SDK repeats on its own what is worth repeating.
macro_rules! ask {
    ($cloud:expr, $operation:literal, $request:expr) => {
        $request.send().await.map_err(|failure| {
            $crate::cloud::error::problem(&failure, &$crate::cloud::error::Call::read("ec2", $operation, &$cloud.hosts))
        })
    };
}

/// Changes something in EC2 under a [`Repeat`] policy.
macro_rules! change {
    ($cloud:expr, $repeat:expr, $operation:expr, $request:expr) => {{
        let track = $crate::cloud::send::Track::default();
        let repeat: $crate::cloud::send::Repeat = $repeat;
        $request.customize().config_override(repeat.config()).interceptor(track.clone()).send().await.map_err(
            |failure| {
                let call = $crate::cloud::error::Call::write($operation, &$cloud.hosts, repeat, track.maybe_sent());
                $crate::cloud::error::problem(&failure, &call)
            },
        )
    }};
}

pub(super) use {ask, change};

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::*;
    use crate::cloud::Cloud;
    use crate::cloud::test_support::cloud_of;
    use crate::domain::id::{
        AllocationId, AssociationId, GroupId, InstanceId, InterfaceId, KeyPairId, RuleId, SnapshotId, VolumeId,
    };
    use crate::domain::instance::InstanceAction;
    use crate::domain::instance_type::CreditMode;
    use crate::domain::problem::Cause;
    use crate::domain::security_group::{Direction, NewRule, Peer, Traffic};
    use crate::domain::tag::Tag;
    use crate::message::{AddressTarget, Write};

    /// An endpoint that takes requests and hangs up without an answer, and how many it has taken.
    async fn mute_endpoint() -> (Cloud, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = taken.clone();
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let mut request = vec![0; 4096];
                if connection.read(&mut request).await.is_ok_and(|bytes| bytes > 0) {
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let config = aws_sdk_ec2::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_sdk_ec2::config::Region::new("ap-northeast-2"))
            .credentials_provider(aws_sdk_ec2::config::Credentials::new("AKID", "secret", None, None, "test"))
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .endpoint_url(&url)
            .build();
        let mut cloud = cloud_of(&[]);
        cloud.clients.ec2 = aws_sdk_ec2::Client::from_conf(config);
        let config = aws_sdk_ec2instanceconnect::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_sdk_ec2::config::Region::new("ap-northeast-2"))
            .credentials_provider(aws_sdk_ec2::config::Credentials::new("AKID", "secret", None, None, "test"))
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .endpoint_url(url)
            .build();
        cloud.clients.instance_connect = aws_sdk_ec2instanceconnect::Client::from_conf(config);
        (cloud, taken)
    }

    #[tokio::test]
    async fn without_an_answer_only_what_may_be_repeated_is_repeated() {
        let (group, direction) = (GroupId::new("sg-1"), Direction::Inbound);
        let (rule, address) = (RuleId::new("sgr-1"), AllocationId::new("eipalloc-1"));
        let new = NewRule { traffic: Traffic::Tcp(22, 22), peer: Peer::anywhere_v4(), description: String::new() };
        let target = AddressTarget { instance: InstanceId::new("i-1"), interface: None, private_ip: None };
        let resource = || "i-1".to_owned();
        for (write, tries) in [
            (Write::Instance { action: InstanceAction::Stop, id: InstanceId::new("i-1") }, 3),
            (Write::Instance { action: InstanceAction::Reboot, id: InstanceId::new("i-1") }, 1),
            (Write::DeleteKeyPair(KeyPairId::new("key-1")), 1),
            (Write::AuthorizeRules { group: group.clone(), direction, rules: vec![new.clone()] }, 1),
            (Write::ModifyRules { group: group.clone(), changes: vec![(rule.clone(), new)] }, 3),
            (Write::RevokeRules { group: group.clone(), direction, rules: vec![rule] }, 3),
            (Write::SetInterfaceGroups { interface: InterfaceId::new("eni-1"), groups: vec![group] }, 3),
            (Write::PutTags { resource: resource(), tags: vec![Tag::new("Name", "web")] }, 3),
            (Write::RemoveTags { resource: resource(), keys: vec!["Name".to_owned()] }, 3),
            (Write::AllocateAddress { tags: vec![], marker: "m".to_owned() }, 1),
            (Write::AssociateAddress { address: address.clone(), target, take_over: false }, 1),
            (Write::DisassociateAddress(AssociationId::new("eipassoc-1")), 3),
            (Write::ReleaseAddress(address), 1),
            (Write::DeleteVolume(VolumeId::new("vol-1")), 1),
            (Write::DeleteSnapshot(SnapshotId::new("snap-1")), 1),
            (Write::SetInstanceType { id: InstanceId::new("i-1"), instance_type: "t3.micro".to_owned() }, 3),
            (Write::SetCreditMode { id: InstanceId::new("i-1"), mode: CreditMode::Standard }, 3),
            (
                Write::SendSshPublicKey {
                    instance: InstanceId::new("i-1"),
                    user: "me".to_owned(),
                    public_key: "ssh-ed25519 AAAA".to_owned(),
                },
                3,
            ),
        ] {
            let (cloud, taken) = mute_endpoint().await;
            let problem = cloud.write(write.clone()).await.unwrap_err();
            assert_eq!(problem.cause, Cause::UnclearOutcome, "{write:?}");
            assert_eq!(taken.load(Ordering::Relaxed), tries, "{write:?}");
        }
    }
}
