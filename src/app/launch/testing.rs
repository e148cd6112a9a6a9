//! A bench for tests of the launch flow: the rest of the state, a clock that is set by hand, and what was asked of the
//! outside.

use jiff::Timestamp;

use crate::app::catalog::Catalog;
use crate::app::environment::Environment;
use crate::app::inventory::Inventory;
use crate::app::outbox::Outbox;
use crate::app::world::{Wish, World};
use crate::domain::id::{ImageId, InstanceId, KeyPairId, VolumeId, VpcId};
use crate::domain::image::{Architecture, Image, ImageMapping, QuickStart};
use crate::domain::instance::{AttachedVolume, Imds, Instance, InstanceState, Platform};
use crate::domain::instance_type::InstanceType;
use crate::domain::key_pair::{KeyFileForm, KeyKind, KeyPair, LocalKey};
use crate::domain::launch_plan::{GroupChoice, KeyChoice, LaunchPlan, NewVolume, PublicIp, ShutdownBehavior};
use crate::domain::network::{Networks, Subnet, Vpc};
use crate::domain::problem::{Cause, Problem};
use crate::domain::region::Region;
use crate::domain::security_group::{NewGroup, NewRule, Peer, Traffic};
use crate::domain::tag::Tag;
use crate::domain::volume::VolumeKind;
use crate::message::Effect;
use crate::text::Language;

/// The rest of the state, owned.
#[derive(Debug)]
pub struct Bench {
    /// Settings.
    pub environment: Environment,
    /// What the account has.
    pub inventory: Inventory,
    /// What a launch chooses from.
    pub catalog: Catalog,
    /// Where effects go.
    pub outbox: Outbox,
    /// The region.
    pub region: Region,
    /// The time.
    pub now: Timestamp,
}

impl Bench {
    /// An empty account in Seoul.
    pub fn new() -> Self {
        let environment = Environment {
            language: Language::English,
            demo: false,
            read_only: false,
            refresh: std::time::Duration::from_secs(30),
            key_folder: "/home/me/.ssh".into(),
            key_folders: vec!["/home/me/.ssh".into()],
            home: Some("/home/me".into()),
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
            run_id: "test".to_owned(),
        };
        Self {
            environment,
            inventory: Inventory::default(),
            catalog: Catalog::default(),
            outbox: Outbox::new("test".to_owned()),
            region: Region::parse("ap-northeast-2").unwrap(),
            now: Timestamp::UNIX_EPOCH,
        }
    }

    /// An account of which everything that a launch chooses from is known.
    pub fn ready() -> Self {
        let mut bench = Self::new();
        let now = bench.now;
        for (architecture, id) in [(Architecture::X86_64, "ami-0x86"), (Architecture::Arm64, "ami-0arm")] {
            let linux = image(id, architecture, Platform::Linux);
            let mut windows = image("ami-0win", architecture, Platform::Windows);
            windows.name = "Windows_Server-2025-English-Full-Base-2026.01.01".to_owned();
            let found = vec![(QuickStart::AmazonLinux2023, linux), (QuickStart::Windows2025, windows)];
            bench.catalog.quick_start.entry(architecture).or_default().answer(Ok(found), now);
        }
        let types = vec![instance_type("t3.micro", 1024, true), instance_type("m5.large", 8192, false)];
        bench.catalog.types.page(crate::message::Page { rows: types, more: false }, now, |_| false);
        bench.catalog.networks.answer(Ok(networks()), now);
        bench.catalog.my_ip.answer(Ok("198.51.100.7".parse().unwrap()), now);
        let inventory = &mut bench.inventory;
        inventory.groups.read_at = Some(now);
        inventory.key_pairs.read_at = Some(now);
        inventory.volumes.read_at = Some(now);
        inventory.local_keys.answer(Ok(vec![]), now);
        bench
    }

    /// Does something with the world; gives the wishes it made.
    pub fn with(&mut self, work: impl FnOnce(&mut World<'_>)) -> Vec<Wish> {
        let mut world = World {
            environment: &self.environment,
            inventory: &mut self.inventory,
            catalog: &mut self.catalog,
            prices: None,
            outbox: &mut self.outbox,
            region: Some(&self.region),
            profile: "default",
            now: self.now,
            wishes: Vec::new(),
        };
        work(&mut world);
        world.wishes
    }

    /// What was asked of the outside since the last time.
    pub fn effects(&mut self) -> Vec<Effect> {
        self.outbox.take()
    }
}

/// A key pair; its public key is its name, so that [`local_key`] of the same name is its private half.
pub fn pair(name: &str, kind: KeyKind) -> KeyPair {
    KeyPair {
        id: KeyPairId::new(format!("key-{name}")),
        name: name.to_owned(),
        kind,
        fingerprint: String::new(),
        created: None,
        public_key: Some(format!("ssh-{} {name}", kind.as_str())),
        tags: vec![],
    }
}

/// A private key file that fits the [`pair`] of the same name, whatever its kind.
pub fn local_key(name: &str) -> LocalKey {
    LocalKey {
        path: format!("/home/me/.ssh/{name}.pem").into(),
        form: KeyFileForm::OpenSsh,
        kind: KeyKind::Ed25519,
        public_key: Some(format!("ssh-{} {name}", if name == "old" { "rsa" } else { "ed25519" })),
        fingerprints: vec![],
        open_to_others: false,
    }
}

/// An image with a root volume of 8 GiB.
pub fn image(id: &str, architecture: Architecture, platform: Platform) -> Image {
    Image {
        id: ImageId::new(id),
        name: format!("al2023-ami-2023.9-{}", architecture.as_str()),
        description: None,
        owner: "137112412989".to_owned(),
        owner_alias: Some("amazon".to_owned()),
        architecture,
        platform,
        platform_details: None,
        created: None,
        deprecated: None,
        root_device: "/dev/xvda".to_owned(),
        mappings: vec![ImageMapping {
            device: "/dev/xvda".to_owned(),
            size_gib: 8,
            kind: VolumeKind::Gp3,
            snapshot: None,
            encrypted: false,
        }],
        free_tier_eligible: None,
        public: true,
    }
}

fn instance_type(name: &str, memory_mib: u64, free_tier_eligible: bool) -> InstanceType {
    InstanceType {
        name: name.to_owned(),
        vcpus: 2,
        memory_mib,
        network: "Up to 5 Gigabit".to_owned(),
        architectures: vec![Architecture::X86_64],
        free_tier_eligible,
        current_generation: true,
        burstable: name.starts_with('t'),
        hvm: true,
        bare_metal: false,
        instance_storage_gb: 0,
    }
}

fn networks() -> Networks {
    let vpc = VpcId::new("vpc-1");
    Networks {
        vpcs: vec![Vpc { id: vpc.clone(), name: None, cidr: None, is_default: true }],
        subnets: vec![Subnet {
            id: crate::domain::id::SubnetId::new("subnet-1"),
            vpc,
            name: None,
            zone: "ap-northeast-2a".to_owned(),
            cidr: None,
            free_addresses: 4000,
            public_by_default: true,
            is_default: true,
        }],
    }
}

/// A plan with a new key pair and a new group with one rule.
pub fn plan(count: u16) -> LaunchPlan {
    LaunchPlan {
        image: ImageId::new("ami-0x86"),
        instance_type: "t3.micro".to_owned(),
        credit_mode: None,
        count,
        subnet: None,
        vpc: None,
        public_ip: PublicIp::AsSubnet,
        iam_profile: None,
        shutdown: ShutdownBehavior::Stop,
        termination_protection: false,
        detailed_monitoring: false,
        imdsv2_required: true,
        user_data: None,
        volumes: vec![NewVolume {
            device: "/dev/xvda".to_owned(),
            size_gib: 8,
            kind: VolumeKind::Gp3,
            iops: None,
            throughput: None,
            encrypted: false,
            delete_on_termination: true,
        }],
        tags: vec![Tag::new("Name", "web-1")],
        groups: GroupChoice::New(NewGroup {
            name: "web-1-sg".to_owned(),
            description: "made by ec2deck for web-1".to_owned(),
            vpc: None,
            inbound: vec![rule(22)],
        }),
        key: KeyChoice::New { name: "web-1".to_owned(), kind: KeyKind::Ed25519 },
    }
}

/// A rule that lets one host reach a port.
pub fn rule(port: u16) -> NewRule {
    NewRule {
        traffic: Traffic::Tcp(port, port),
        peer: Peer::host("198.51.100.7".parse().unwrap()),
        description: "my IP".to_owned(),
    }
}

/// An instance in a state; running ones have a public address.
pub fn instance(id: &str, state: InstanceState) -> Instance {
    Instance {
        id: InstanceId::new(id),
        name: Some("web-1".to_owned()),
        state,
        state_reason: None,
        instance_type: "t3.micro".to_owned(),
        image: ImageId::new("ami-0x86"),
        architecture: Some(Architecture::X86_64),
        platform: Platform::Linux,
        platform_details: None,
        usage_operation: Some("RunInstances".to_owned()),
        dedicated: false,
        spot: false,
        zone: "ap-northeast-2a".to_owned(),
        vpc: None,
        subnet: None,
        public_ip: (state == InstanceState::Running).then(|| "203.0.113.9".parse().unwrap()),
        private_ip: None,
        ipv6: vec![],
        public_dns: None,
        private_dns: None,
        key_name: Some("web-1".to_owned()),
        groups: vec![],
        volumes: vec![AttachedVolume {
            device: "/dev/xvda".to_owned(),
            id: VolumeId::new("vol-1"),
            delete_on_termination: true,
        }],
        root_device: Some("/dev/xvda".to_owned()),
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

/// A refusal by EC2 with this code.
pub fn refusal(code: &str) -> Problem {
    Problem {
        cause: Cause::Service,
        operation: "RunInstances".to_owned(),
        code: code.to_owned(),
        message: "no".to_owned(),
        request_id: None,
    }
}

/// A write whose reply never came.
pub fn unclear() -> Problem {
    Problem { cause: Cause::UnclearOutcome, code: String::new(), ..refusal("") }
}
