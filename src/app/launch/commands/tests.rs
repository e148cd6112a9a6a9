use proptest::prelude::*;

use super::*;
use crate::app::launch::testing::{Bench, plan, rule};
use crate::domain::id::GroupId;
use crate::domain::launch_plan::UserData;
use crate::domain::shell::split;

fn lines(plan: &LaunchPlan) -> Vec<String> {
    let mut lines = Vec::new();
    Bench::new().with(|world| lines = of(plan, plan.user_data.as_ref().map(|_| "user-data-file"), None, world));
    lines
}

/// Each command in one line.
fn commands(plan: &LaunchPlan) -> Vec<String> {
    lines(plan).join("\n").replace(" \\\n    ", " ").lines().map(str::to_owned).collect()
}

#[test]
fn the_commands_of_a_whole_plan() {
    let commands = commands(&plan(1));
    let expected = [
        "ssh-keygen -t ed25519 -N '' -C '' -f ~/.ssh/web-1.pem",
        "aws ec2 import-key-pair --key-name web-1 --public-key-material fileb://~/.ssh/web-1.pem.pub --region ap-northeast-2 --profile default",
        "GROUP_ID=$(aws ec2 create-security-group --group-name web-1-sg --description 'made by ec2deck for web-1' --query GroupId --output text --region ap-northeast-2 --profile default)",
        "aws ec2 authorize-security-group-ingress --group-id \"$GROUP_ID\" --ip-permissions '[{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,\"IpRanges\":[{\"CidrIp\":\"198.51.100.7/32\",\"Description\":\"my IP\"}]}]' --region ap-northeast-2 --profile default",
        "INSTANCE_IDS=$(aws ec2 run-instances --image-id ami-0x86 --instance-type t3.micro --count 1 --key-name web-1 --security-group-ids \"$GROUP_ID\" --metadata-options HttpTokens=required,HttpEndpoint=enabled --block-device-mappings '[{\"DeviceName\":\"/dev/xvda\",\"Ebs\":{\"VolumeSize\":8,\"VolumeType\":\"gp3\",\"DeleteOnTermination\":true}}]' --tag-specifications '[{\"ResourceType\":\"instance\",\"Tags\":[{\"Key\":\"Name\",\"Value\":\"web-1\"}]},{\"ResourceType\":\"volume\",\"Tags\":[{\"Key\":\"Name\",\"Value\":\"web-1\"}]},{\"ResourceType\":\"network-interface\",\"Tags\":[{\"Key\":\"Name\",\"Value\":\"web-1\"}]}]' --query 'Instances[].InstanceId' --output text --region ap-northeast-2 --profile default)",
        "aws ec2 wait instance-running --instance-ids $INSTANCE_IDS --region ap-northeast-2 --profile default",
    ];
    assert_eq!(commands, expected);
}

#[test]
fn every_option_that_was_chosen_is_there() {
    let mut plan = plan(3);
    plan.key = KeyChoice::None;
    plan.groups = GroupChoice::Existing(vec![GroupId::new("sg-1"), GroupId::new("sg-2")]);
    plan.subnet = Some(crate::domain::id::SubnetId::new("subnet-1"));
    plan.public_ip = PublicIp::No;
    plan.iam_profile = Some("web".to_owned());
    plan.shutdown = ShutdownBehavior::Terminate;
    plan.termination_protection = true;
    plan.detailed_monitoring = true;
    plan.imdsv2_required = false;
    plan.credit_mode = Some(crate::domain::instance_type::CreditMode::Standard);
    plan.user_data = Some(UserData::new(b"secret".to_vec()));
    plan.volumes[0].iops = Some(4000);
    plan.volumes[0].throughput = Some(250);
    plan.volumes[0].encrypted = true;
    let commands = commands(&plan);
    assert_eq!(commands.len(), 2, "no key pair and no group is made: {commands:?}");
    for option in [
        "--count 3",
        "--security-group-ids sg-1 sg-2",
        "--subnet-id subnet-1",
        "--no-associate-public-ip-address",
        "--iam-instance-profile Name=web",
        "--instance-initiated-shutdown-behavior terminate",
        "--disable-api-termination",
        "--monitoring Enabled=true",
        "HttpTokens=optional",
        "--credit-specification CpuCredits=standard",
        "--user-data fileb://",
        "\"Iops\":4000,\"Throughput\":250,\"Encrypted\":true",
    ] {
        assert!(commands[0].contains(option), "{option} in {}", commands[0]);
    }
    assert!(!commands[0].contains("--key-name") && !commands[0].contains("secret"));
}

/// The string that a JSON string stands for.
fn unescaped(json: &str) -> String {
    let mut text = String::new();
    let mut characters = json.chars();
    while let Some(c) = characters.next() {
        match (c, characters.clone().next()) {
            ('\\', Some('u')) => {
                let code: String = characters.by_ref().skip(1).take(4).collect();
                text.extend(char::from_u32(u32::from_str_radix(&code, 16).unwrap()));
            }
            ('\\', _) => text.extend(characters.next()),
            _ => text.push(c),
        }
    }
    text
}

proptest! {
    #[test]
    fn hostile_values_stay_one_word_each(value in ".{0,40}", name in "[ -~]{1,20}") {
        let mut plan = plan(1);
        plan.tags = vec![Tag::new("k", value.clone())];
        plan.key = KeyChoice::Existing(name.clone());
        plan.groups = GroupChoice::Existing(vec![GroupId::new("sg-1")]);
        let mut options = Vec::new();
        for option in run_options(&plan, None) {
            options.extend(split(&option));
        }
        let after = |flag: &str| options.iter().position(|word| word == flag).map(|index| options[index + 1].clone());
        prop_assert_eq!(after("--key-name"), Some(name));
        let tags = after("--tag-specifications").unwrap();
        let first = tags.strip_prefix("[{\"ResourceType\":\"instance\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"").unwrap();
        let end = first.find("\"}]},{\"ResourceType\":\"volume\"").unwrap();
        prop_assert_eq!(unescaped(&first[..end]), value);
    }

    #[test]
    fn descriptions_of_rules_survive_too(description in "[ -~]{0,30}") {
        let mut rule = rule(22);
        rule.description = description.clone();
        let words = split(&quote(&permissions(&[rule])));
        prop_assert_eq!(words.len(), 1);
        let found = words[0].split_once("\"Description\":\"").map(|(_, rest)| unescaped(rest.strip_suffix("\"}]}]").unwrap()));
        prop_assert_eq!(found.unwrap_or_default(), description);
    }
}
