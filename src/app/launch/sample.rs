//! A small account for the tests of steps 1 to 5: images, types, networks, and the rest of the state around a step.

use std::time::Duration;

use jiff::Timestamp;

use crate::app::catalog::Catalog;
use crate::app::environment::Environment;
use crate::app::inventory::Inventory;
use crate::app::outbox::Outbox;
use crate::app::world::World;
use crate::domain::id::{ImageId, SubnetId, VolumeId, VpcId};
use crate::domain::image::{Architecture, Image, ImageMapping, QuickStart};
use crate::domain::instance::Platform;
use crate::domain::instance_type::InstanceType;
use crate::domain::network::{Networks, Subnet, Vpc};
use crate::domain::problem::{Cause, Problem};
use crate::domain::volume::{Volume, VolumeKind, VolumeState};
use crate::keymap::Key;
use crate::message::{Effect, Page, Read};
use crate::text::Language;

/// What a step sees of the rest.
pub struct Bench {
    /// Settings.
    pub environment: Environment,
    /// Empty.
    pub inventory: Inventory,
    /// Empty.
    pub catalog: Catalog,
    /// Empty.
    pub outbox: Outbox,
    /// What was wished for.
    pub wishes: Vec<crate::app::world::Wish>,
}

impl Bench {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self {
            environment: environment(Language::English),
            inventory: Inventory::default(),
            catalog: Catalog::default(),
            outbox: Outbox::new("run".to_owned()),
            wishes: Vec::new(),
        }
    }

    /// Everything read.
    pub fn full() -> Self {
        let mut bench = Self::new();
        bench.catalog = catalog();
        bench.inventory.volumes.page(page(vec![volume(12)]), now(), |_| false);
        bench
    }

    /// Does something with the state; wishes are kept.
    pub fn with<T>(&mut self, work: impl FnOnce(&mut World<'_>) -> T) -> T {
        let mut world = World {
            environment: &self.environment,
            inventory: &mut self.inventory,
            catalog: &mut self.catalog,
            prices: None,
            outbox: &mut self.outbox,
            region: None,
            profile: "default",
            now: now(),
            wishes: Vec::new(),
        };
        let done = work(&mut world);
        self.wishes.extend(world.wishes);
        done
    }

    /// The reads that were asked for since.
    pub fn reads(&mut self) -> Vec<Read> {
        let effects = self.outbox.take();
        effects
            .into_iter()
            .filter_map(|effect| if let Effect::Read { read, .. } = effect { Some(read) } else { None })
            .collect()
    }
}

/// Settings of a run.
pub fn environment(language: Language) -> Environment {
    Environment {
        language,
        demo: false,
        read_only: false,
        refresh: Duration::from_secs(30),
        key_folder: "/home/me/.ssh".into(),
        key_folders: Vec::new(),
        home: Some("/home/me".into()),
        ascii: false,
        profile: None,
        region: crate::domain::region::Region::parse("ap-northeast-2"),
        cache_folder: None,
        ssh_places: None,
        who: crate::domain::who::Who::default(),
        zone: jiff::tz::TimeZone::UTC,
        run_id: "run".to_owned(),
    }
}

/// The day of the tests.
pub fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A key.
pub fn key(name: &str) -> Key {
    Key::parse(name).unwrap()
}

/// The only page of a list.
pub fn page<T>(rows: Vec<T>) -> Page<T> {
    Page { rows, more: false }
}

/// A failure that could be anything.
pub fn problem() -> Problem {
    Problem {
        cause: Cause::Service,
        operation: "DescribeThings".to_owned(),
        code: "InternalError".to_owned(),
        message: "no".to_owned(),
        request_id: None,
    }
}

/// An image whose root volume has `gib`.
pub fn image(id: &str, architecture: Architecture, device: &str, gib: u32) -> Image {
    Image {
        id: ImageId::new(id),
        name: format!("name-of-{id}"),
        description: None,
        owner: "137112412989".to_owned(),
        owner_alias: Some("amazon".to_owned()),
        architecture,
        platform: Platform::Linux,
        platform_details: None,
        created: Some("2026-11-10T21:14:33Z".parse().unwrap()),
        deprecated: None,
        root_device: device.to_owned(),
        mappings: vec![mapping(device, gib)],
        free_tier_eligible: None,
        public: true,
    }
}

/// A volume that an image brings.
pub fn mapping(device: &str, gib: u32) -> ImageMapping {
    ImageMapping { device: device.to_owned(), size_gib: gib, kind: VolumeKind::Gp3, snapshot: None, encrypted: false }
}

/// A type of the given number of processors and MiB.
pub fn instance_type(
    name: &str,
    vcpus: u32,
    memory_mib: u64,
    architecture: Architecture,
    eligible: bool,
) -> InstanceType {
    InstanceType {
        name: name.to_owned(),
        vcpus,
        memory_mib,
        network: "Up to 5 Gigabit".to_owned(),
        architectures: vec![architecture],
        free_tier_eligible: eligible,
        current_generation: true,
        burstable: name.starts_with('t'),
        hvm: true,
        bare_metal: false,
        instance_storage_gb: 0,
    }
}

/// A handful of types.
pub fn types() -> Vec<InstanceType> {
    use Architecture::{Arm64, X86_64};
    vec![
        instance_type("m5.large", 2, 8192, X86_64, false),
        instance_type("t3.small", 2, 2048, X86_64, true),
        instance_type("t2.micro", 1, 1024, X86_64, false),
        instance_type("t3.micro", 2, 1024, X86_64, true),
        instance_type("c5.xlarge", 4, 8192, X86_64, false),
        instance_type("c5.6xlarge", 24, 49152, X86_64, false),
        instance_type("t4g.micro", 2, 1024, Arm64, true),
        instance_type("m6g.large", 2, 8192, Arm64, false),
    ]
}

/// A VPC with one subnet in each of two zones.
pub fn vpc(id: &str, is_default: bool) -> (Vpc, Vec<Subnet>) {
    let subnet = |zone: &str| Subnet {
        id: SubnetId::new(format!("subnet-{id}-{zone}")),
        vpc: VpcId::new(id),
        name: None,
        zone: format!("ap-northeast-2{zone}"),
        cidr: None,
        free_addresses: 250,
        public_by_default: is_default,
        is_default,
    };
    (Vpc { id: VpcId::new(id), name: None, cidr: None, is_default }, vec![subnet("b"), subnet("a")])
}

/// The networks of a region.
pub fn networks(vpcs: &[(&str, bool)]) -> Networks {
    let mut networks = Networks::default();
    for (id, is_default) in vpcs {
        let (vpc, subnets) = vpc(id, *is_default);
        networks.vpcs.push(vpc);
        networks.subnets.extend(subnets);
    }
    networks
}

/// A gp3 volume.
pub fn volume(gib: u32) -> Volume {
    Volume {
        id: VolumeId::new("vol-1"),
        size_gib: gib,
        kind: Some(VolumeKind::Gp3),
        iops: None,
        throughput: None,
        encrypted: false,
        instance: None,
        snapshot: None,
        name: None,
        created: None,
        zone: "ap-northeast-2a".to_owned(),
        state: VolumeState::InUse,
    }
}

/// Everything that a launch chooses from. The region has no Debian, and for arm64 only Amazon Linux.
pub fn catalog() -> Catalog {
    use Architecture::{Arm64, X86_64};
    let mut catalog = Catalog::default();
    let mut ubuntu = image("ami-ubuntu", X86_64, "/dev/sda1", 8);
    ubuntu.name = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20261105".to_owned();
    let mut windows = image("ami-windows", X86_64, "/dev/sda1", 30);
    windows.platform = Platform::Windows;
    let mut old = image("ami-al2", X86_64, "/dev/xvda", 8);
    old.deprecated = Some("2026-06-30T00:00:00Z".parse().unwrap());
    let x86 = vec![
        (QuickStart::AmazonLinux2023, image("ami-al2023", X86_64, "/dev/xvda", 8)),
        (QuickStart::Ubuntu2404, ubuntu),
        (QuickStart::AmazonLinux2, old),
        (QuickStart::Windows2025, windows),
    ];
    let arm = vec![(QuickStart::AmazonLinux2023, image("ami-al2023-arm", Arm64, "/dev/xvda", 8))];
    catalog.quick_start.entry(X86_64).or_default().answer(Ok(x86), now());
    catalog.quick_start.entry(Arm64).or_default().answer(Ok(arm), now());
    catalog.types.page(page(types()), now(), |_| false);
    catalog.networks.answer(Ok(networks(&[("vpc-default", true), ("vpc-other", false)])), now());
    catalog
}
