//! A cloud over canned answers, for the tests of this room.

use std::sync::Arc;

use aws_smithy_mocks::{MockResponseInterceptor, Rule, RuleMode, create_mock_http_client};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;

use tokio::sync::OnceCell;

use super::{Clients, Cloud, Hosts, MyIp};
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::message::{Found, Read};

/// A cloud that answers by the first rule that matches, and fails the test when none does.
pub(super) fn cloud_of(rules: &[&Rule]) -> Cloud {
    // A rule answers requests of its own type only: all clients have all of them.
    let mocks = || {
        let mocks = MockResponseInterceptor::new().rule_mode(RuleMode::MatchAny);
        rules.iter().fold(mocks, |mocks, rule| mocks.with_rule(rule))
    };
    macro_rules! client {
        ($sdk:ident) => {
            $sdk::Client::from_conf(
                $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region($sdk::config::Region::new("ap-northeast-2"))
                    .credentials_provider($sdk::config::Credentials::new("AKID", "secret", None, None, "test"))
                    .http_client(create_mock_http_client())
                    .interceptor(mocks())
                    .build(),
            )
        };
    }
    let sts = aws_sdk_sts::Config::builder().behavior_version(BehaviorVersion::latest()).build();
    let clients = Clients {
        ec2: client!(aws_sdk_ec2),
        instance_connect: client!(aws_sdk_ec2instanceconnect),
        sts: aws_sdk_sts::Client::from_conf(sts),
        free_tier: client!(aws_sdk_freetier),
        pricing: client!(aws_sdk_pricing),
        cloudwatch: client!(aws_sdk_cloudwatch),
        scheduler: client!(aws_sdk_scheduler),
        my_ip: MyIp::Fixed("198.51.100.7".parse().unwrap()),
    };
    Cloud {
        clients,
        hosts: Arc::new(hosts()),
        read_only: false,
        region: Region::parse("ap-northeast-2").unwrap(),
        // Known already, so that no refusal asks for the regions.
        region_disabled: Arc::new(OnceCell::new_with(Some(false))),
    }
}

/// The hosts of Seoul.
pub(super) fn hosts() -> Hosts {
    Hosts {
        ec2: "ec2.ap-northeast-2.amazonaws.com".to_owned(),
        sts: "sts.ap-northeast-2.amazonaws.com".to_owned(),
        instance_connect: "ec2-instance-connect.ap-northeast-2.amazonaws.com".to_owned(),
        free_tier: "freetier.us-east-1.api.aws".to_owned(),
        pricing: "api.pricing.us-east-1.amazonaws.com".to_owned(),
        cloudwatch: "monitoring.ap-northeast-2.amazonaws.com".to_owned(),
        scheduler: "scheduler.ap-northeast-2.amazonaws.com".to_owned(),
        credentials: Some("portal.sso.us-east-1.amazonaws.com".to_owned()),
    }
}

/// Everything that a read finds.
pub(super) async fn read_all(cloud: &Cloud, read: Read) -> Result<Vec<Found>, Problem> {
    let mut all = Vec::new();
    cloud.read(&read, &mut |found| all.push(found)).await?;
    Ok(all)
}
