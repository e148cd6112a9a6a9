//! What the tests of the checks begin with: an instance that anybody could reach.

use std::net::{IpAddr, Ipv4Addr};

use super::{Finding, Missing};
use crate::domain::id::{GroupId, ImageId, InstanceId, SubnetId, VpcId};
use crate::domain::instance::{GroupRef, Imds, Instance, InstanceState, Platform};
use crate::text::Language;

pub(super) const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(52, 79, 10, 4));
pub(super) const ME: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

pub(in crate::domain) fn instance() -> Instance {
    Instance {
        id: InstanceId::new("i-1"),
        name: Some("web-1".to_owned()),
        state: InstanceState::Running,
        state_reason: None,
        instance_type: "t3.micro".to_owned(),
        image: ImageId::new("ami-1"),
        architecture: None,
        platform: Platform::Linux,
        platform_details: None,
        usage_operation: Some("RunInstances".to_owned()),
        dedicated: false,
        spot: false,
        zone: "ap-northeast-2a".to_owned(),
        vpc: Some(VpcId::new("vpc-1")),
        subnet: Some(SubnetId::new("subnet-1")),
        public_ip: Some(Ipv4Addr::new(52, 79, 10, 4)),
        private_ip: Some(Ipv4Addr::new(172, 31, 4, 19)),
        ipv6: vec![],
        public_dns: Some("ec2-52-79-10-4.ap-northeast-2.compute.amazonaws.com".to_owned()),
        private_dns: None,
        key_name: Some("laptop".to_owned()),
        groups: vec![GroupRef { id: GroupId::new("sg-1"), name: "web".to_owned() }],
        volumes: vec![],
        root_device: None,
        tags: vec![],
        launched_at: "2026-11-20T09:00:00Z".parse().ok(),
        stopped_at: None,
        iam_profile: None,
        imds: Imds::Required,
        detailed_monitoring: false,
        interfaces: vec![],
        client_token: None,
    }
}

pub(super) fn no_permission(action: &str) -> Missing {
    Missing::NotAllowed { action: action.to_owned() }
}

/// Everything that a finding says, in English; in Korean it is looked at for gaps that nobody has filled.
pub(super) fn shown(finding: &Finding) -> String {
    let in_language = |language| {
        let evidence = finding.evidence.as_ref().map(|evidence| evidence.say(language)).unwrap_or_default();
        let mend = finding.mend.as_ref().map(|mend| mend.text().say(language)).unwrap_or_default();
        let words = format!("{} | {evidence} | {mend}", finding.said.say(language));
        assert!(!words.contains("Unknown localization") && !words.contains("{$") && !words.contains("{ $"), "{words}");
        words
    };
    in_language(Language::Korean);
    in_language(Language::English)
}
