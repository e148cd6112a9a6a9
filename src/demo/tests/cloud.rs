//! The cloud room on the demo account: every question it asks must have an answer here.

use super::*;
use crate::cloud::{Cloud, Settings, Source};
use crate::domain::id::{ImageId, InstanceId, VpcId};
use crate::domain::image::Architecture;
use crate::domain::instance::InstanceAction;
use crate::domain::key_pair::KeyKind;
use crate::domain::launch_plan::{
    ClientToken, GroupChoice, KeyChoice, LaunchPlan, NewVolume, PublicIp, ShutdownBehavior, UserData,
};
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{Direction, NewGroup, NewRule, Peer, Traffic};
use crate::domain::tag::Tag;
use crate::domain::volume::VolumeKind;
use crate::message::{Found, MadeKind, Read, Write, Written};

pub(super) async fn open(account: &DemoAccount) -> Cloud {
    let settings = Settings {
        source: Source::Ready(account.ready_clients()),
        endpoint_url: None,
        read_only: false,
        my_ip_url: String::new(),
        my_ip: None,
    };
    Cloud::open(&settings, None, Region::parse("ap-northeast-2").as_ref()).await.unwrap().0.unwrap()
}

pub(super) async fn ask(cloud: &Cloud, read: Read) -> Result<Vec<Found>, Problem> {
    let mut all = Vec::new();
    cloud.read(&read, &mut |found| all.push(found)).await?;
    Ok(all)
}

async fn plan(cloud: &Cloud) -> LaunchPlan {
    let found = ask(cloud, Read::QuickStartImages(Architecture::X86_64)).await.unwrap();
    let Found::QuickStartImages(images) = &found[0] else { panic!("{found:?}") };
    let image = &images[0].1;
    LaunchPlan {
        image: image.id.clone(),
        instance_type: "t3.micro".to_owned(),
        credit_mode: None,
        count: 1,
        subnet: None,
        vpc: None,
        public_ip: PublicIp::Yes,
        iam_profile: None,
        shutdown: ShutdownBehavior::Stop,
        termination_protection: false,
        detailed_monitoring: false,
        imdsv2_required: true,
        user_data: Some(UserData::new(b"#!/bin/sh".to_vec())),
        auto_stop: None,
        volumes: vec![NewVolume {
            device: image.root_device.clone(),
            size_gib: 12,
            kind: VolumeKind::Gp3,
            iops: None,
            throughput: None,
            encrypted: true,
            delete_on_termination: true,
        }],
        tags: vec![Tag::new("Name", "새 서버")],
        groups: GroupChoice::Existing(vec![]),
        key: KeyChoice::New { name: "fresh".to_owned(), kind: KeyKind::Ed25519 },
    }
}

#[tokio::test(start_paused = true)]
async fn every_question_of_the_program_has_an_answer() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let instance = named(&seoul(&account), "web-1").await;
    let (web, vpc) = (id(&instance), VpcId::new(instance.vpc_id().unwrap()));
    let plan = plan(&cloud).await;
    for read in [
        Read::Account,
        Read::Regions,
        Read::Instances,
        Read::InstancesById(vec![InstanceId::new(&web)]),
        Read::InstanceStatuses,
        Read::SecurityGroups,
        Read::Addresses,
        Read::KeyPairs,
        Read::Volumes,
        Read::Images(vec![plan.image.clone(), ImageId::new("ami-0123456789abcdef0")]),
        Read::QuickStartImages(Architecture::X86_64),
        Read::QuickStartImages(Architecture::Arm64),
        Read::MyImages,
        Read::FindImages("golden-*".to_owned()),
        Read::FindImages(plan.image.as_str().to_owned()),
        Read::InstanceTypes,
        Read::Networks,
        Read::Interfaces,
        Read::PrefixLists,
        Read::MyIp,
        Read::LaunchDryRun { plan: Box::new(plan.clone()) },
        Read::TerminationProtection(InstanceId::new(&web)),
        Read::RouteTables(vpc.clone()),
        Read::NetworkAcls(vpc),
        Read::ConsoleOutput(InstanceId::new(&web)),
        Read::PasswordData(InstanceId::new(&web)),
        Read::MadeBy { marker: "x".to_owned(), kind: MadeKind::KeyPair },
        Read::MadeBy { marker: "x".to_owned(), kind: MadeKind::SecurityGroup },
        Read::MadeBy { marker: "x".to_owned(), kind: MadeKind::Instances },
        Read::MadeBy { marker: "x".to_owned(), kind: MadeKind::Address },
    ] {
        let outcome = ask(&cloud, read.clone()).await;
        assert!(outcome.as_ref().is_ok_and(|found| !found.is_empty()), "{read:?}: {outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_whole_launch_goes_through_and_can_be_cleaned_up() {
    let account = DemoAccount::empty(clock());
    let cloud = open(&account).await;
    let plan = plan(&cloud).await;
    let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICkRU2XWE86mhoVAVQfhWTP/R73nFsX0PsSrLC5fB/ss";
    let key = Write::ImportKeyPair { name: "fresh".to_owned(), public_key: line.to_owned(), marker: "m".to_owned() };
    let Ok(Written::KeyPair(key)) = cloud.write(key).await else { panic!("no key pair") };
    let group = NewGroup { name: "web".to_owned(), description: "web".to_owned(), vpc: None, inbound: vec![] };
    let group = Write::CreateSecurityGroup { group, tags: vec![], marker: "m".to_owned() };
    let Ok(Written::Group(group)) = cloud.write(group).await else { panic!("no group") };
    let rule = NewRule {
        traffic: Traffic::Tcp(22, 22),
        peer: Peer::host("198.51.100.7".parse().unwrap()),
        description: "SSH".to_owned(),
    };
    for _ in 0..2 {
        let rules =
            Write::AuthorizeRules { group: group.clone(), direction: Direction::Inbound, rules: vec![rule.clone()] };
        cloud.write(rules).await.unwrap();
    }
    let run = Write::RunInstances {
        plan: Box::new(plan),
        groups: vec![group.clone()],
        key_name: Some("fresh".to_owned()),
        token: ClientToken::new("t"),
    };
    account.lose_reply("RunInstances");
    let lost = cloud.write(run.clone()).await.unwrap_err();
    assert_eq!(lost.cause, Cause::UnclearOutcome, "{lost:?}");
    let Ok(Written::Launched(made)) = cloud.write(run).await else { panic!("no instance") };
    let found = ask(&cloud, Read::Instances).await.unwrap();
    let Found::Instances(page) = &found[0] else { panic!("{found:?}") };
    assert_eq!(page.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&made[0].id], "the token made one only");
    assert_eq!(made[0].name.as_deref(), Some("새 서버"));

    let end = Write::Instance { action: InstanceAction::Terminate, id: made[0].id.clone() };
    cloud.write(end).await.unwrap();
    let in_use = cloud.write(Write::DeleteSecurityGroup(group.clone())).await.unwrap_err();
    assert!(in_use.is("DependencyViolation"), "{in_use:?}");
    pass(5).await;
    cloud.write(Write::DeleteSecurityGroup(group)).await.unwrap();
    cloud.write(Write::DeleteKeyPair(key)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn failures_have_the_causes_of_the_real_ones() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    account.set_credentials_expired(true);
    for read in [Read::Account, Read::Instances] {
        assert_eq!(ask(&cloud, read).await.unwrap_err().cause, Cause::ExpiredCredentials);
    }
    account.set_credentials_expired(false);
    account.set_unreachable(true);
    let problem = ask(&cloud, Read::Instances).await.unwrap_err();
    assert!(matches!(&problem.cause, Cause::Unreachable { host } if host.starts_with("ec2.")), "{problem:?}");
    let web = Write::DeleteKeyPair(crate::domain::id::KeyPairId::new("key-0"));
    let problem = cloud.write(web).await.unwrap_err();
    assert!(matches!(problem.cause, Cause::Unreachable { .. }), "nothing was sent: {problem:?}");
    account.set_unreachable(false);
    account.fail_next("DescribeInstances", "UnauthorizedOperation", "You are not authorized.", 1);
    let problem = ask(&cloud, Read::Instances).await.unwrap_err();
    assert_eq!(problem.cause, Cause::NotAllowed { action: "ec2:DescribeInstances".to_owned() });
    assert!(problem.request_id.is_some());
    assert!(ask(&cloud, Read::Instances).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_long_list_arrives_whole() {
    let cloud = open(&DemoAccount::large(clock(), 3_000)).await;
    let found = ask(&cloud, Read::Instances).await.unwrap();
    let rows = found.iter().map(|found| match found {
        Found::Instances(page) => page.rows.len(),
        other => panic!("{other:?}"),
    });
    assert_eq!(rows.sum::<usize>(), 3_000);
}
