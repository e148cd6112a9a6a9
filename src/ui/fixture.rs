//! A small account for tests of the screen: the state comes about as in the program, by messages.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::environment::Environment;
use crate::domain::address::{Address, Association};
use crate::domain::id::{
    AllocationId, AssociationId, GroupId, ImageId, InstanceId, InterfaceId, KeyPairId, RuleId, SubnetId, VolumeId,
    VpcId,
};
use crate::domain::image::Architecture;
use crate::domain::instance::{
    AttachedVolume, CheckResult, GroupRef, Imds, Instance, InstanceState, InstanceStatus, Interface, Platform,
};
use crate::domain::key_pair::{KeyFileForm, KeyKind, KeyPair, LocalKey};
use crate::domain::problem::{Cause, Problem};
use crate::domain::region::Region;
use crate::domain::security_group::{Peer, Rule, SecurityGroup, Traffic};
use crate::domain::tag::Tag;
use crate::domain::volume::{Volume, VolumeKind, VolumeState};
use crate::keymap::Key;
use crate::message::{Account, Effect, Found, LocalDone, Message, Page, Read, Reply, SessionId, SessionInfo};
use crate::text::Language;

/// The moment at which all tests stand.
pub(super) fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub(super) fn environment(language: Language) -> Environment {
    Environment {
        language,
        demo: false,
        read_only: false,
        refresh: Duration::from_secs(30),
        key_folder: PathBuf::from("/home/me/.ssh"),
        key_folders: vec![PathBuf::from("/home/me/.ssh")],
        home: Some(PathBuf::from("/home/me")),
        ascii: false,
        cache_folder: None,
        ssh_places: None,
        who: crate::domain::who::Who {
            user: "kim".to_owned(),
            machine: "laptop".to_owned(),
            id: Some("7f3a2c1d".to_owned()),
        },
        profile: None,
        region: None,
        zone: jiff::tz::TimeZone::UTC,
        run_id: "test".to_owned(),
    }
}

/// The program before anything has answered.
pub(super) fn starting(language: Language) -> App {
    App::start(environment(language), (120, 30), now()).0
}

pub(super) fn session(region: Option<&str>) -> SessionInfo {
    SessionInfo {
        profile: "default".to_owned(),
        region: region.and_then(Region::parse),
        profiles: vec!["default".to_owned(), "work".to_owned()],
        endpoint: None,
        sso: true,
    }
}

pub(super) fn tell(app: &mut App, reply: Reply) -> Vec<Effect> {
    app.update(Message::Reply(Box::new(reply)), now())
}

pub(super) fn found(app: &mut App, read: Read, found: Found) {
    tell(app, Reply::Read { session: SessionId(1), read, outcome: Ok(found) });
}

pub(super) fn press(app: &mut App, keys: &str) {
    for name in keys.split_whitespace() {
        let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
        app.update(Message::Key(key), now());
    }
}

pub(super) fn opened(language: Language) -> App {
    let mut app = starting(language);
    tell(&mut app, Reply::Session { session: SessionId(1), outcome: Ok(session(Some("ap-northeast-2"))) });
    let account = Account { id: "123456789012".to_owned(), arn: "arn:aws:iam::123456789012:user/me".to_owned() };
    found(&mut app, Read::Account, Found::Account(account));
    app
}

/// An account with nothing in it.
pub(super) fn empty(language: Language) -> App {
    let mut app = opened(language);
    answer_lists(&mut app, vec![], vec![], vec![], vec![]);
    app
}

/// An account with something of everything.
pub(super) fn small(language: Language) -> App {
    let mut app = opened(language);
    answer_lists(&mut app, instances(), groups(), addresses(), key_pairs());
    let status = InstanceStatus {
        id: InstanceId::new("i-0f3a11112222391c2"),
        system: CheckResult::Ok,
        instance: CheckResult::Ok,
        events: vec![],
    };
    found(&mut app, Read::InstanceStatuses, Found::InstanceStatuses(page(vec![status])));
    found(&mut app, Read::Volumes, Found::Volumes(page(vec![volume()])));
    found(&mut app, Read::MyIp, Found::MyIp("198.51.100.7".parse().unwrap()));
    let id = crate::message::LocalId(1);
    tell(&mut app, Reply::Local { id, outcome: Ok(LocalDone::Keys(vec![local_key()])) });
    app
}

/// A thousand instances.
pub(super) fn large(language: Language) -> App {
    let mut app = opened(language);
    let many = (0..1000)
        .map(|index| instance(&format!("i-{index:017x}"), Some(&format!("server-{index:04}")), InstanceState::Running))
        .collect();
    answer_lists(&mut app, many, groups(), addresses(), key_pairs());
    app
}

pub(super) fn page<T>(rows: Vec<T>) -> Page<T> {
    Page { rows, more: false }
}

fn answer_lists(
    app: &mut App,
    instances: Vec<Instance>,
    groups: Vec<SecurityGroup>,
    addresses: Vec<Address>,
    keys: Vec<KeyPair>,
) {
    found(app, Read::Instances, Found::Instances(page(instances)));
    found(app, Read::SecurityGroups, Found::SecurityGroups(page(groups)));
    found(app, Read::Addresses, Found::Addresses(page(addresses)));
    found(app, Read::KeyPairs, Found::KeyPairs(page(keys)));
}

pub(super) fn problem(cause: Cause) -> Problem {
    Problem {
        cause,
        operation: "DescribeInstances".to_owned(),
        code: "RequestExpired".to_owned(),
        message: "Request has expired.".to_owned(),
        request_id: Some("0b8a1f2e-1111".to_owned()),
    }
}

fn ago(seconds: i64) -> Option<Timestamp> {
    now().checked_sub(jiff::SignedDuration::from_secs(seconds)).ok()
}

fn instance(id: &str, name: Option<&str>, state: InstanceState) -> Instance {
    Instance {
        id: InstanceId::new(id),
        name: name.map(ToOwned::to_owned),
        state,
        state_reason: None,
        instance_type: "t3.micro".to_owned(),
        image: ImageId::new("ami-0123456789abcdef0"),
        architecture: Some(Architecture::X86_64),
        platform: Platform::Linux,
        platform_details: Some("Linux/UNIX".to_owned()),
        usage_operation: Some("RunInstances".to_owned()),
        dedicated: false,
        spot: false,
        zone: "ap-northeast-2a".to_owned(),
        vpc: Some(VpcId::new("vpc-0a1b2c3d")),
        subnet: Some(SubnetId::new("subnet-7b00000000000e1")),
        public_ip: None,
        private_ip: Some("172.31.4.19".parse().unwrap()),
        ipv6: vec![],
        public_dns: None,
        private_dns: Some("ip-172-31-4-19.ap-northeast-2.compute.internal".to_owned()),
        key_name: Some("laptop".to_owned()),
        groups: vec![GroupRef { id: GroupId::new("sg-1"), name: "web".to_owned() }],
        volumes: vec![],
        root_device: Some("/dev/xvda".to_owned()),
        tags: vec![],
        launched_at: ago(11_520),
        stopped_at: None,
        iam_profile: None,
        imds: Imds::Required,
        detailed_monitoring: false,
        interfaces: vec![Interface {
            id: InterfaceId::new("eni-0a0b"),
            private_ips: vec!["172.31.4.19".parse().unwrap()],
            groups: vec![],
        }],
        client_token: None,
    }
}

fn instances() -> Vec<Instance> {
    let web = Instance {
        public_ip: Some("52.79.10.4".parse().unwrap()),
        public_dns: Some("ec2-52-79-10-4.ap-northeast-2.compute.amazonaws.com".to_owned()),
        volumes: vec![AttachedVolume {
            device: "/dev/xvda".to_owned(),
            id: VolumeId::new("vol-0aaa"),
            delete_on_termination: true,
        }],
        tags: vec![Tag::new("Name", "web-1"), Tag::new("팀", "결제 서비스")],
        ..instance("i-0f3a11112222391c2", Some("web-1"), InstanceState::Running)
    };
    let batch = Instance {
        key_name: None,
        groups: vec![],
        instance_type: "t3.small".to_owned(),
        launched_at: ago(8),
        ..instance("i-0aaa2222333344445", Some("batch-2"), InstanceState::Pending)
    };
    let old = Instance {
        instance_type: "t2.micro".to_owned(),
        launched_at: ago(41 * 86_400),
        state_reason: Some("User initiated (2026-10-10 10:00:00 GMT)".to_owned()),
        ..instance("i-0bbb2222333344445", Some("결제-서버"), InstanceState::Stopped)
    };
    let nameless = instance("i-0ccc2222333344445", None, InstanceState::Running);
    vec![web, batch, old, nameless]
}

fn rule(id: &str, traffic: Traffic, peer: &str) -> Rule {
    Rule { id: RuleId::new(id), traffic, peer: Peer::V4(peer.parse().unwrap()), description: None, tags: vec![] }
}

fn groups() -> Vec<SecurityGroup> {
    let group = |id: &str, name: &str, inbound: Vec<Rule>| SecurityGroup {
        id: GroupId::new(id),
        name: name.to_owned(),
        description: "made for a test".to_owned(),
        vpc: Some(VpcId::new("vpc-0a1b2c3d")),
        inbound,
        outbound: vec![rule("sgr-9", Traffic::All, "0.0.0.0/0")],
        tags: vec![],
    };
    vec![
        group(
            "sg-1",
            "web",
            vec![
                rule("sgr-1", Traffic::Tcp(22, 22), "198.51.100.7/32"),
                rule("sgr-2", Traffic::Tcp(443, 443), "0.0.0.0/0"),
                rule("sgr-3", Traffic::Tcp(8080, 8080), "198.51.100.7/32"),
            ],
        ),
        group("sg-2", "legacy", vec![rule("sgr-4", Traffic::Tcp(22, 22), "0.0.0.0/0")]),
    ]
}

fn addresses() -> Vec<Address> {
    let used = Address {
        id: AllocationId::new("eipalloc-1"),
        ip: "52.79.10.4".parse().unwrap(),
        name: None,
        association: Some(Association {
            id: AssociationId::new("eipassoc-1"),
            instance: Some(InstanceId::new("i-0f3a11112222391c2")),
            interface: None,
            private_ip: Some("172.31.4.19".parse().unwrap()),
        }),
        tags: vec![],
        own_pool: false,
    };
    let idle = Address {
        id: AllocationId::new("eipalloc-2"),
        ip: "3.35.88.120".parse().unwrap(),
        association: None,
        ..used.clone()
    };
    vec![used, idle]
}

const PUBLIC: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAITEST";

fn key_pairs() -> Vec<KeyPair> {
    let laptop = KeyPair {
        id: KeyPairId::new("key-1"),
        name: "laptop".to_owned(),
        kind: KeyKind::Ed25519,
        fingerprint: "SHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".to_owned(),
        created: ago(86_400),
        public_key: Some(PUBLIC.to_owned()),
        tags: vec![],
    };
    let other = KeyPair { id: KeyPairId::new("key-2"), name: "office".to_owned(), public_key: None, ..laptop.clone() };
    vec![laptop, KeyPair { fingerprint: "SHA256:other".to_owned(), ..other }]
}

fn local_key() -> LocalKey {
    LocalKey {
        path: PathBuf::from("/home/me/.ssh/laptop.pem"),
        form: KeyFileForm::OpenSsh,
        kind: KeyKind::Ed25519,
        public_key: Some(PUBLIC.to_owned()),
        fingerprints: vec![],
        open_to_others: false,
    }
}

fn volume() -> Volume {
    Volume {
        id: VolumeId::new("vol-0aaa"),
        size_gib: 30,
        kind: Some(VolumeKind::Gp3),
        iops: None,
        throughput: None,
        encrypted: true,
        instance: Some(InstanceId::new("i-0f3a11112222391c2")),
        snapshot: None,
        name: None,
        created: None,
        zone: "ap-northeast-2a".to_owned(),
        state: VolumeState::InUse,
    }
}

/// What a terminal of this size shows.
pub(super) fn drawn(app: &App, columns: u16, rows: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| {
            super::draw(app, frame);
        })
        .unwrap();
    terminal.backend().buffer().clone()
}

/// The same as lines of text.
pub(super) fn lines(app: &App, columns: u16, rows: u16) -> Vec<String> {
    let buffer = drawn(app, columns, rows);
    (0..rows)
        .map(|y| {
            let mut line = String::new();
            let mut x = 0;
            while x < columns {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(super::words::width(symbol).max(1)).unwrap();
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// The same as one text.
pub(super) fn text(app: &App, columns: u16, rows: u16) -> String {
    lines(app, columns, rows).join("\n")
}
