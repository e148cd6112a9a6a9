//! The plan as `aws ec2 ...` commands, ready to be pasted into a POSIX shell: what they make is what the launch makes.
//!
//! Every value is quoted, whatever it holds. Long commands go over several lines that end in `\`.

use std::fmt::Write as _;

use crate::app::world::World;
use crate::domain::guest_timer::Parts;
use crate::domain::key_file_name::key_file_name;
use crate::domain::key_pair::KeyKind;
use crate::domain::launch_plan::{GroupChoice, KeyChoice, LaunchPlan, NewVolume, PublicIp, ShutdownBehavior};
use crate::domain::security_group::{NewGroup, NewRule, Peer};
use crate::domain::shell::{quote, quote_path};
use crate::domain::tag::Tag;

/// The commands of a whole plan, line by line.
#[must_use]
pub fn of(plan: &LaunchPlan, user_data_path: Option<&str>, timer: Option<&Parts>, world: &World<'_>) -> Vec<String> {
    let mut common = Vec::new();
    if let Some(region) = world.region {
        common.push(format!("--region {}", quote(region.as_str())));
    }
    if !world.profile.is_empty() {
        common.push(format!("--profile {}", quote(world.profile)));
    }
    let mut lines = Vec::new();
    if let KeyChoice::New { name, kind } = &plan.key {
        let file = key_file(name, world);
        lines.push(generate(*kind, &file));
        lines.extend(command(
            "aws ec2 import-key-pair",
            vec![
                format!("--key-name {}", quote(name)),
                format!("--public-key-material fileb://{}", quote_path(&format!("{file}.pub"))),
            ],
            &common,
        ));
    }
    if let GroupChoice::New(group) = &plan.groups {
        lines.extend(create_group(group, &common));
        if !group.inbound.is_empty() {
            lines.extend(command(
                "aws ec2 authorize-security-group-ingress",
                vec![
                    "--group-id \"$GROUP_ID\"".to_owned(),
                    format!("--ip-permissions {}", quote(&permissions(&group.inbound))),
                ],
                &common,
            ));
        }
    }
    let user_data_path = match timer {
        Some(timer) => {
            lines.extend(with_timer(timer, user_data_path));
            Some(WITH_TIMER)
        }
        None => user_data_path,
    };
    lines
        .extend(captured("INSTANCE_IDS", command("aws ec2 run-instances", run_options(plan, user_data_path), &common)));
    lines.extend(command("aws ec2 wait instance-running", vec!["--instance-ids $INSTANCE_IDS".to_owned()], &common));
    lines
}

/// The file that holds the person's user data and the timer together.
const WITH_TIMER: &str = "ec2deck-user-data";

/// Makes that file as the launch makes what it sends; the person's own file may hold secrets, so it is only named.
fn with_timer(timer: &Parts, own: Option<&str>) -> Vec<String> {
    let document = |text: &str| {
        let text = text.strip_suffix('\n').unwrap_or(text).split('\n').map(str::to_owned);
        let lines: Vec<String> =
            std::iter::once("cat <<'EC2DECK'".to_owned()).chain(text).chain(["EC2DECK".to_owned()]).collect();
        lines
    };
    let mut lines = vec!["{".to_owned()];
    lines.extend(document(&timer.before));
    lines.extend(own.map(|path| {
        let path = quote_path(path);
        if timer.base64 { format!("base64 < {path} | fold -w 76") } else { format!("cat {path}") }
    }));
    if !timer.after.is_empty() {
        lines.extend(document(&timer.after));
    }
    lines.push(format!("}} > {WITH_TIMER}"));
    lines
}

/// The key file beside which `ssh-keygen` puts the public half.
fn key_file(name: &str, world: &World<'_>) -> String {
    world.environment.short_path(&world.environment.key_folder.join(key_file_name(name)))
}

fn generate(kind: KeyKind, file: &str) -> String {
    let how = if kind == KeyKind::Rsa { "-t rsa -b 2048 -m PEM" } else { "-t ed25519" };
    format!("ssh-keygen {how} -N '' -C '' -f {}", quote_path(file))
}

fn create_group(group: &NewGroup, common: &[String]) -> Vec<String> {
    let mut options =
        vec![format!("--group-name {}", quote(&group.name)), format!("--description {}", quote(&group.description))];
    options.extend(group.vpc.as_ref().map(|vpc| format!("--vpc-id {}", quote(vpc.as_str()))));
    options.push("--query GroupId --output text".to_owned());
    captured("GROUP_ID", command("aws ec2 create-security-group", options, common))
}

fn run_options(plan: &LaunchPlan, user_data_path: Option<&str>) -> Vec<String> {
    let mut options = vec![
        format!("--image-id {}", quote(plan.image.as_str())),
        format!("--instance-type {}", quote(&plan.instance_type)),
        format!("--count {}", plan.count),
    ];
    if let KeyChoice::New { name, .. } | KeyChoice::Existing(name) = &plan.key {
        options.push(format!("--key-name {}", quote(name)));
    }
    options.push(match &plan.groups {
        GroupChoice::New(_) => "--security-group-ids \"$GROUP_ID\"".to_owned(),
        GroupChoice::Existing(ids) => {
            let ids: Vec<_> = ids.iter().map(|id| quote(id.as_str())).collect();
            format!("--security-group-ids {}", ids.join(" "))
        }
    });
    options.extend(plan.subnet.as_ref().map(|subnet| format!("--subnet-id {}", quote(subnet.as_str()))));
    match plan.public_ip {
        PublicIp::AsSubnet => {}
        PublicIp::Yes => options.push("--associate-public-ip-address".to_owned()),
        PublicIp::No => options.push("--no-associate-public-ip-address".to_owned()),
    }
    options.extend(plan.credit_mode.map(|mode| format!("--credit-specification CpuCredits={}", mode.as_str())));
    options.extend(
        plan.iam_profile.as_ref().map(|name| format!("--iam-instance-profile {}", quote(&format!("Name={name}")))),
    );
    if plan.shutdown == ShutdownBehavior::Terminate {
        options.push("--instance-initiated-shutdown-behavior terminate".to_owned());
    }
    if plan.termination_protection {
        options.push("--disable-api-termination".to_owned());
    }
    if plan.detailed_monitoring {
        options.push("--monitoring Enabled=true".to_owned());
    }
    let tokens = if plan.imdsv2_required { "required" } else { "optional" };
    options.push(format!("--metadata-options HttpTokens={tokens},HttpEndpoint=enabled"));
    options.extend(user_data_path.map(|path| format!("--user-data fileb://{}", quote_path(path))));
    if !plan.volumes.is_empty() {
        options.push(format!("--block-device-mappings {}", quote(&mappings(&plan.volumes))));
    }
    let instance_tags = plan.instance_tags();
    if !instance_tags.is_empty() {
        options.push(format!("--tag-specifications {}", quote(&tag_specifications(&instance_tags, &plan.tags))));
    }
    options.push("--query 'Instances[].InstanceId' --output text".to_owned());
    options
}

/// A command with each option on a line of its own.
fn command(name: &str, options: Vec<String>, common: &[String]) -> Vec<String> {
    let mut lines = vec![name.to_owned()];
    lines.extend(options.into_iter().chain(common.iter().cloned()).map(|option| format!("    {option}")));
    let last = lines.len() - 1;
    for line in &mut lines[..last] {
        line.push_str(" \\");
    }
    lines
}

/// A command whose output goes into a variable that later commands use.
fn captured(variable: &str, mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, &format!("{variable}=$("));
    }
    if let Some(last) = lines.last_mut() {
        last.push(')');
    }
    lines
}

fn permissions(rules: &[NewRule]) -> String {
    let rules: Vec<_> = rules.iter().map(permission).collect();
    format!("[{}]", rules.join(","))
}

fn permission(rule: &NewRule) -> String {
    let mut fields = format!("{{\"IpProtocol\":{}", json(&rule.traffic.protocol()));
    if let Some((from, to)) = rule.traffic.ports() {
        let _ = write!(fields, ",\"FromPort\":{from},\"ToPort\":{to}");
    }
    let (list, key, value) = match &rule.peer {
        Peer::V4(net) => ("IpRanges", "CidrIp", net.to_string()),
        Peer::V6(net) => ("Ipv6Ranges", "CidrIpv6", net.to_string()),
        Peer::Group(id) => ("UserIdGroupPairs", "GroupId", id.to_string()),
        Peer::PrefixList(id) => ("PrefixListIds", "PrefixListId", id.to_string()),
    };
    let description = if rule.description.is_empty() {
        String::new()
    } else {
        format!(",\"Description\":{}", json(&rule.description))
    };
    let _ = write!(fields, ",\"{list}\":[{{\"{key}\":{}{description}}}]}}", json(&value));
    fields
}

fn mappings(volumes: &[NewVolume]) -> String {
    let volumes: Vec<_> = volumes.iter().map(mapping).collect();
    format!("[{}]", volumes.join(","))
}

fn mapping(volume: &NewVolume) -> String {
    let mut ebs = format!("\"VolumeSize\":{},\"VolumeType\":{}", volume.size_gib, json(volume.kind.as_str()));
    if let Some(iops) = volume.iops {
        let _ = write!(ebs, ",\"Iops\":{iops}");
    }
    if let Some(throughput) = volume.throughput {
        let _ = write!(ebs, ",\"Throughput\":{throughput}");
    }
    if volume.encrypted {
        ebs.push_str(",\"Encrypted\":true");
    }
    let _ = write!(ebs, ",\"DeleteOnTermination\":{}", volume.delete_on_termination);
    format!("{{\"DeviceName\":{},\"Ebs\":{{{ebs}}}}}", json(&volume.device))
}

fn tag_specifications(instance: &[Tag], others: &[Tag]) -> String {
    let of = |kind: &str, tags: &[Tag]| {
        let tags: Vec<_> =
            tags.iter().map(|tag| format!("{{\"Key\":{},\"Value\":{}}}", json(&tag.key), json(&tag.value))).collect();
        // EC2 refuses an empty list.
        (!tags.is_empty()).then(|| format!("{{\"ResourceType\":\"{kind}\",\"Tags\":[{}]}}", tags.join(",")))
    };
    let kinds = [of("instance", instance), of("volume", others), of("network-interface", others)];
    format!("[{}]", kinds.into_iter().flatten().collect::<Vec<_>>().join(","))
}

/// A JSON string.
fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests;
