use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use super::*;
use crate::domain::id::ImageId;
use crate::domain::instance::{Imds, Instance, InstanceState, Platform};
use crate::domain::shell::split;

fn parts() -> LoginParts {
    LoginParts {
        instance: InstanceId::new("i-0123456789abcdef0"),
        host: "203.0.113.10".to_owned(),
        port: 22,
        user: "ec2-user".to_owned(),
        key: Some("/home/me/.ssh/web.pem".into()),
        jump: None,
    }
}

fn login(change: impl FnOnce(&mut LoginParts)) -> Login {
    let mut parts = parts();
    change(&mut parts);
    Login::new(parts).unwrap()
}

fn known_hosts() -> SshPath {
    SshPath::of_file(Path::new("/state/known hosts")).unwrap()
}

fn arguments(login: &Login, mode: Mode, command: &[&str]) -> Vec<String> {
    let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
    let arguments = login.ssh_arguments(&known_hosts(), UnknownHost::Accept, mode, &command);
    arguments.into_iter().map(|word| word.into_string().unwrap()).collect()
}

#[test]
fn ssh_hears_all_of_it_as_arguments() {
    assert_eq!(
        arguments(&login(|_| ()), Mode::Interactive, &[]),
        [
            "-o",
            "IdentitiesOnly=yes",
            "-i",
            "/home/me/.ssh/web.pem",
            "-o",
            "HostKeyAlias=i-0123456789abcdef0",
            "-o",
            "UserKnownHostsFile=\"/state/known hosts\"",
            "-o",
            "HashKnownHosts=no",
            "-o",
            "CheckHostIP=no",
            "-o",
            "StrictHostKeyChecking=accept-new",
            "-o",
            "ControlPath=none",
            "-p",
            "22",
            "-l",
            "ec2-user",
            "--",
            "203.0.113.10",
        ]
    );
    let past = login(|parts| parts.jump = Some("me@bastion:2222".to_owned()));
    let words = arguments(&past, Mode::Interactive, &["uptime", "-p"]);
    assert!(words.ends_with(&["-J", "me@bastion:2222", "--", "203.0.113.10", "uptime", "-p"].map(str::to_owned)));
}

#[test]
fn nobody_is_asked_in_batch_mode() {
    let words = arguments(&login(|_| ()), Mode::Batch { timeout: 7 }, &["true"]);
    for option in
        ["BatchMode=yes", "ConnectTimeout=7", "NumberOfPasswordPrompts=0", "ControlPath=none", "RemoteCommand=none"]
    {
        assert!(words.windows(2).any(|pair| pair == ["-o", option]), "{option}: {words:?}");
    }
}

#[test]
fn without_a_key_the_agent_is_not_restricted() {
    let words = arguments(&login(|parts| parts.key = None), Mode::Interactive, &[]);
    assert!(!words.iter().any(|word| word == "-i" || word.contains("Identit")), "{words:?}");
}

#[test]
fn every_part_is_checked() {
    type Change = fn(&mut LoginParts);
    let cases: [(LoginPart, Change); 6] = [
        (LoginPart::Instance, |parts| parts.instance = InstanceId::new("-oProxyCommand=x")),
        (LoginPart::Host, |parts| parts.host = "-oProxyCommand=x".to_owned()),
        (LoginPart::Port, |parts| parts.port = 0),
        (LoginPart::User, |parts| parts.user = "root\nProxyCommand x".to_owned()),
        (LoginPart::Jump, |parts| parts.jump = Some("-oProxyCommand=x".to_owned())),
        (LoginPart::Key, |parts| parts.key = Some("/k/\u{1b}[31m".into())),
    ];
    for (part, change) in cases {
        let mut parts = parts();
        change(&mut parts);
        assert_eq!(Login::new(parts).map_err(|problem| problem.part), Err(part));
    }
}

#[test]
fn commands_to_copy_are_quoted_for_a_shell() {
    let home = Some(Path::new("/home/me"));
    let plain = login(|_| ());
    assert_eq!(plain.ssh_line(home), "ssh -i ~/.ssh/web.pem ec2-user@203.0.113.10");
    assert_eq!(
        plain.forward_line(8080, 80, home),
        "ssh -N -L 8080:localhost:80 -i ~/.ssh/web.pem ec2-user@203.0.113.10"
    );
    assert_eq!(
        plain.copy_to_line("my file.txt", "", home),
        "scp -i ~/.ssh/web.pem -- 'my file.txt' ec2-user@203.0.113.10:"
    );
    assert_eq!(
        plain.copy_from_line("/var/log/a b", "a:b", home),
        "scp -i ~/.ssh/web.pem -- 'ec2-user@203.0.113.10:/var/log/a b' ./a:b"
    );
    let odd = login(|parts| {
        parts.host = "2001:db8::1".to_owned();
        parts.port = 2222;
        parts.key = Some("/k/it's $(x).pem".into());
        parts.jump = Some("me@[2001:db8::2]:22".to_owned());
    });
    assert_eq!(
        split(&odd.ssh_line(None)),
        ["ssh", "-i", "/k/it's $(x).pem", "-p", "2222", "-J", "me@[2001:db8::2]:22", "ec2-user@2001:db8::1"]
    );
    assert!(odd.copy_to_line("-f", "~/x", None).ends_with(" -- -f 'ec2-user@[2001:db8::1]:~/x'"));
    let tokens = login(|parts| parts.key = Some("/k/%d.pem".into()));
    assert_eq!(split(&tokens.ssh_line(None)), ["ssh", "-o", "IdentityFile=\"/k/%%d.pem\"", "ec2-user@203.0.113.10"]);
}

#[test]
fn the_address_that_stays_comes_first() {
    let elastic = Ipv4Addr::new(203, 0, 113, 1);
    let public = Ipv4Addr::new(203, 0, 113, 2);
    let private = Ipv4Addr::new(10, 0, 0, 1);
    let six: IpAddr = "2001:db8::1".parse().unwrap();
    let mut instance = instance();
    instance.public_ip = Some(public);
    instance.private_ip = Some(private);
    instance.ipv6 = vec!["2001:db8::1".parse().unwrap()];
    let choose = |instance: &Instance, elastic, prefer| choose_address(instance, elastic, prefer);
    assert_eq!(choose(&instance, Some(elastic), false), Some((elastic.into(), AddressKind::Elastic)));
    assert_eq!(choose(&instance, None, false), Some((public.into(), AddressKind::Public)));
    assert_eq!(choose(&instance, Some(elastic), true), Some((private.into(), AddressKind::Private)));
    instance.public_ip = None;
    assert_eq!(choose(&instance, None, false), Some((private.into(), AddressKind::Private)));
    instance.private_ip = None;
    assert_eq!(choose(&instance, None, true), Some((six, AddressKind::Ipv6)));
    instance.ipv6.clear();
    assert_eq!(choose(&instance, None, false), None);
}

fn instance() -> Instance {
    Instance {
        id: InstanceId::new("i-0123456789abcdef0"),
        name: None,
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
        vpc: None,
        subnet: None,
        public_ip: None,
        private_ip: None,
        ipv6: vec![],
        public_dns: None,
        private_dns: None,
        key_name: None,
        groups: vec![],
        volumes: vec![],
        root_device: None,
        tags: vec![],
        launched_at: None,
        stopped_at: None,
        iam_profile: None,
        imds: Imds::Required,
        detailed_monitoring: false,
        interfaces: vec![],
        client_token: None,
    }
}
