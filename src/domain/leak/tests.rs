use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::domain::address::{Address, Association};
use crate::domain::doctor::testing::instance as any_instance;
use crate::domain::image::{Architecture, Image, ImageMapping};
use crate::domain::instance::{AttachedVolume, Instance, InstanceState, Platform};
use crate::domain::instance_type::{CreditMode, InstanceType};
use crate::domain::instance_use::InstanceUse;
use crate::domain::interface::NetworkInterface;
use crate::domain::price::{LINUX, Prices};
use crate::domain::snapshot::Snapshot;
use crate::domain::volume::{Volume, VolumeKind, VolumeState};

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// Made-up prices, easy to reckon with.
fn prices() -> Prices {
    let mut prices = Prices::none(now());
    prices.idle_address_hour = Some(money("0.01"));
    prices.snapshot_gib_month = Some(money("0.05"));
    prices.gib_months.insert("gp3".to_owned(), money("0.1"));
    prices.surplus_vcpu_hours.insert("t3".to_owned(), money("0.05"));
    let hours =
        [("t3.micro", "0.01"), ("m4.large", "0.2"), ("m5.large", "0.15"), ("c5.large", "0.1"), ("m5a.large", "0.12")];
    let hours = hours.map(|(name, hour)| (name.to_owned(), money(hour)));
    prices.instance_hours.insert(LINUX.to_owned(), hours.into());
    prices
}

/// An account as it was read.
#[derive(Clone, Debug, Default)]
struct Account {
    instances: Vec<Instance>,
    addresses: Vec<Address>,
    interfaces: Vec<NetworkInterface>,
    volumes: Vec<Volume>,
    snapshots: Vec<Snapshot>,
    images: Option<Vec<Image>>,
    types: Vec<InstanceType>,
    uses: BTreeMap<InstanceId, InstanceUse>,
    modes: BTreeMap<InstanceId, CreditMode>,
}

impl Account {
    fn leaks_at(&self, prices: Result<&Prices, Unpriced>) -> Vec<Leak> {
        leaks(&Known {
            instances: &self.instances,
            addresses: &self.addresses,
            interfaces: &self.interfaces,
            volumes: &self.volumes,
            snapshots: &self.snapshots,
            images: self.images.as_deref(),
            types: &self.types,
            uses: Some(&self.uses),
            credit_modes: Some(&self.modes),
            prices,
            now: now(),
        })
    }

    fn leaks(&self) -> Vec<Leak> {
        self.leaks_at(Ok(&prices()))
    }
}

fn instance(id: &str, state: InstanceState) -> Instance {
    Instance { id: InstanceId::new(id), state, architecture: Some(Architecture::X86_64), ..any_instance() }
}

fn stopped(id: &str, days: i64, volumes: &[&str]) -> Instance {
    let attached =
        |id: &&str| AttachedVolume { device: String::new(), id: VolumeId::new(*id), delete_on_termination: true };
    Instance {
        stopped_at: now().checked_sub(SignedDuration::from_hours(days * 24 + 1)).ok(),
        volumes: volumes.iter().map(attached).collect(),
        ..instance(id, InstanceState::Stopped)
    }
}

fn volume(id: &str, gib: u32, available: bool) -> Volume {
    Volume {
        id: VolumeId::new(id),
        size_gib: gib,
        kind: Some(VolumeKind::Gp3),
        iops: None,
        throughput: None,
        encrypted: false,
        instance: None,
        snapshot: None,
        name: None,
        created: None,
        zone: String::new(),
        state: if available { VolumeState::Available } else { VolumeState::InUse },
    }
}

fn address(id: &str, on: Option<&str>) -> Address {
    Address {
        id: AllocationId::new(id),
        ip: Ipv4Addr::new(203, 0, 113, 9),
        name: None,
        association: on.map(|on| Association {
            id: AssociationId::new("eipassoc-1"),
            instance: Some(InstanceId::new(on)),
            interface: None,
            private_ip: None,
        }),
        tags: vec![],
        own_pool: false,
    }
}

fn snapshot(id: &str, description: &str) -> Snapshot {
    Snapshot {
        id: SnapshotId::new(id),
        name: None,
        description: description.to_owned(),
        volume_gib: 8,
        full_bytes: None,
        started: None,
        volume: None,
        encrypted: false,
        completed: true,
        archived: false,
    }
}

fn image(id: &str, snapshot: &str) -> Image {
    let mut image = Image {
        id: ImageId::new(id),
        name: String::new(),
        description: None,
        owner: String::new(),
        owner_alias: None,
        architecture: Architecture::X86_64,
        platform: Platform::Linux,
        platform_details: None,
        created: None,
        deprecated: None,
        root_device: "/dev/xvda".to_owned(),
        mappings: vec![],
        free_tier_eligible: None,
        public: false,
    };
    image.mappings = vec![ImageMapping {
        device: "/dev/xvda".to_owned(),
        size_gib: 8,
        kind: VolumeKind::Gp3,
        snapshot: Some(SnapshotId::new(snapshot)),
        encrypted: false,
    }];
    image
}

fn used(id: &str, busiest: f64, surplus: f64) -> (InstanceId, InstanceUse) {
    let id = InstanceId::new(id);
    let of = InstanceUse {
        id: id.clone(),
        days: 7,
        busiest_hour: Some(busiest),
        mean: Some(busiest / 2.0),
        surplus_charged: surplus,
    };
    (id, of)
}

/// Ids, amounts and how sure they are, in their order.
fn told(leaks: &[Leak]) -> Vec<(&str, String, Basis)> {
    let amount = |leak: &Leak| leak.month.map_or_else(|why| format!("{why:?}"), |month| month.to_string());
    leaks.iter().map(|leak| (leak.what.id(), amount(leak), leak.basis)).collect()
}

fn row<'a>(id: &'a str, amount: &str, basis: Basis) -> (&'a str, String, Basis) {
    (id, amount.to_owned(), basis)
}

const FOR_GONE: &str = "Created by CreateImage(i-1) for ami-1a2b3c4d from vol-1";

#[test]
fn a_price_in_another_currency_or_of_an_unknown_system_is_unknown() {
    let mut idle = instance("i-1", InstanceState::Running);
    idle.usage_operation = None;
    let mut account = Account { addresses: vec![address("eipalloc-1", None)], ..Account::default() };
    account.uses.extend([used("i-1", 0.5, 0.0)]);
    account.instances.push(idle);
    let why = |leaks: Vec<Leak>| leaks.into_iter().map(|leak| leak.month.err()).collect::<Vec<_>>();
    assert!(why(account.leaks()).contains(&Some(Unpriced::NoOperation)), "{:?}", account.leaks());
    let of_china = account.leaks_at(Err(Unpriced::OtherCurrency));
    assert!(of_china.iter().all(|leak| leak.month.is_err()));
    assert!(why(of_china).contains(&Some(Unpriced::OtherCurrency)));
}

#[test]
fn each_kind_is_found_once_and_the_worst_comes_first() {
    let account = Account {
        instances: vec![
            stopped("i-long", 55, &["vol-a", "vol-b"]),
            stopped("i-new", 2, &["vol-c"]),
            instance("i-idle", InstanceState::Running),
            instance("i-surplus", InstanceState::Running),
            instance("i-busy", InstanceState::Running),
        ],
        addresses: vec![
            address("eip-idle", None),
            address("eip-kept", Some("i-long")),
            address("eip-busy", Some("i-busy")),
        ],
        volumes: vec![
            volume("vol-a", 10, false),
            volume("vol-b", 20, false),
            volume("vol-c", 5, false),
            volume("vol-loose", 100, true),
        ],
        snapshots: vec![snapshot("snap-orphan", FOR_GONE), snapshot("snap-mine", "before the upgrade")],
        images: Some(vec![]),
        uses: [used("i-idle", 1.0, 0.0), used("i-surplus", 90.0, 840.0), used("i-busy", 50.0, 0.0)].into(),
        modes: [(InstanceId::new("i-surplus"), CreditMode::Unlimited)].into(),
        ..Account::default()
    };
    let found = account.leaks();
    assert_eq!(
        told(&found),
        [
            row("vol-loose", "$10.00", Basis::List),
            row("i-idle", "$7.30", Basis::List),
            row("eip-idle", "$7.30", Basis::List),
            row("eip-kept", "$7.30", Basis::List),
            // 840 credits are 14 vCPU-hours in a week of 168 hours.
            row("i-surplus", "$3.04", Basis::Estimate),
            row("i-long", "$3.00", Basis::List),
            row("i-new", "$0.50", Basis::List),
            row("snap-orphan", "$0.40", Basis::AtMost),
        ]
    );
    let long = found.iter().find(|leak| leak.what.id() == "i-long").unwrap();
    assert!(long.what.is_stopped_for_long());
    assert!(!found.iter().find(|leak| leak.what.id() == "i-new").unwrap().what.is_stopped_for_long());
    assert_eq!(total(&found), (found.iter().map(|leak| leak.month.unwrap()).sum(), 0));
}

#[test]
fn unknown_is_never_nothing_and_says_why() {
    let mut spot = instance("i-spot", InstanceState::Running);
    spot.spot = true;
    let mut dedicated = instance("i-dedicated", InstanceState::Running);
    dedicated.dedicated = true;
    let mut rare = instance("i-rare", InstanceState::Running);
    rare.instance_type = "u-24tb1.metal".to_owned();
    let mut own = address("eip-own", None);
    own.own_pool = true;
    let mut archived = snapshot("snap-archived", FOR_GONE);
    archived.archived = true;
    let mut io2 = volume("vol-io2", 100, true);
    io2.kind = Some(VolumeKind::Io2);
    let account = Account {
        instances: vec![spot, dedicated, rare, stopped("i-unread", 3, &["vol-unread"])],
        addresses: vec![own],
        volumes: vec![io2],
        snapshots: vec![archived],
        images: Some(vec![]),
        uses: [used("i-spot", 1.0, 0.0), used("i-dedicated", 1.0, 0.0), used("i-rare", 1.0, 0.0)].into(),
        ..Account::default()
    };
    let why: BTreeMap<String, Unpriced> =
        account.leaks().into_iter().map(|leak| (leak.what.id().to_owned(), leak.month.unwrap_err())).collect();
    let expected = [
        ("i-spot", Unpriced::Spot),
        ("i-dedicated", Unpriced::Dedicated),
        ("i-rare", Unpriced::NotListed),
        ("i-unread", Unpriced::SizeUnknown),
        ("eip-own", Unpriced::OwnPool),
        ("snap-archived", Unpriced::Archived),
        ("vol-io2", Unpriced::SizeUnknown),
    ];
    assert_eq!(why, expected.map(|(id, why)| (id.to_owned(), why)).into());
    assert_eq!(total(&account.leaks()), (Money::ZERO, 7));
    // Without any price all is still found.
    let without = account.leaks_at(Err(Unpriced::NoPrices));
    assert_eq!(without.len(), 7);
    assert!(without.iter().all(|leak| leak.month.is_err()));
}

#[test]
fn a_snapshot_is_an_orphan_only_when_that_is_sure() {
    let mut pending = snapshot("snap-1", FOR_GONE);
    pending.completed = false;
    for (what, snapshot, images, orphans) in [
        ("made by hand", snapshot("snap-1", "for ami-1a2b3c4d"), Some(vec![]), 0),
        ("its image is there", snapshot("snap-1", FOR_GONE), Some(vec![image("ami-1a2b3c4d", "snap-9")]), 0),
        ("another image names it", snapshot("snap-1", FOR_GONE), Some(vec![image("ami-other", "snap-1")]), 0),
        ("the images are not known", snapshot("snap-1", FOR_GONE), None, 0),
        ("not complete", pending, Some(vec![]), 0),
        ("gone", snapshot("snap-1", FOR_GONE), Some(vec![image("ami-other", "snap-9")]), 1),
    ] {
        let account = Account { snapshots: vec![snapshot], images, ..Account::default() };
        assert_eq!(account.leaks().len(), orphans, "{what}");
    }
}

#[test]
fn the_full_size_narrows_what_a_snapshot_costs_at_most() {
    let mut of = snapshot("snap-1", FOR_GONE);
    of.full_bytes = Some(2 << 30);
    let account = Account { snapshots: vec![of], images: Some(vec![]), ..Account::default() };
    assert_eq!(told(&account.leaks()), [row("snap-1", "$0.10", Basis::AtMost)]);
}

fn types() -> Vec<InstanceType> {
    let made = |name: &str, vcpus, memory_mib, current_generation, burstable| InstanceType {
        name: name.to_owned(),
        vcpus,
        memory_mib,
        network: String::new(),
        architectures: vec![Architecture::X86_64],
        free_tier_eligible: false,
        current_generation,
        burstable,
        hvm: true,
        bare_metal: false,
        instance_storage_gb: 0,
    };
    vec![
        made("m4.large", 2, 8192, false, false),
        made("m5.large", 2, 8192, true, false),
        made("m5a.large", 2, 8192, true, false),
        made("c5.large", 2, 4096, true, false),
        made("t3.micro", 2, 1024, true, true),
    ]
}

#[test]
fn a_successor_is_as_good_and_cheaper_and_of_the_same_family_where_there_is_one() {
    let found = |types: &[InstanceType], architecture| {
        successor(&types[0], architecture, LINUX, types, &prices()).map(|(one, saved)| (one.name.clone(), saved))
    };
    let intel = Some(Architecture::X86_64);
    let mut all = types();
    // Not the cheaper AMD one, nor the one with less memory.
    assert_eq!(found(&all, intel), Some(("m5.large".to_owned(), money("0.05"))));
    assert_eq!(found(&all, Some(Architecture::Arm64)), None, "boots on another processor only");
    all.retain(|one| one.name != "m5.large");
    assert_eq!(found(&all, intel), Some(("m5a.large".to_owned(), money("0.08"))));
    let change = |change: fn(&mut InstanceType)| {
        let mut all = all.clone();
        change(all.iter_mut().find(|one| one.name == "m5a.large").unwrap());
        found(&all, intel)
    };
    assert_eq!(change(|one| one.vcpus = 1), None);
    assert_eq!(change(|one| one.bare_metal = true), None);
    assert_eq!(change(|one| one.burstable = true), None);
    assert_eq!(change(|one| one.current_generation = false), None);
    let mut disk = all.clone();
    disk[0].instance_storage_gb = 32;
    assert_eq!(found(&disk, intel), None, "it has no local disk");
    let mut current = types();
    current[0].current_generation = true;
    assert_eq!(found(&current, intel), None, "only what the API calls previous");
}

#[test]
fn an_old_type_costs_what_its_successor_would_save_and_an_idle_one_is_not_counted_twice() {
    let mut old = instance("i-old", InstanceState::Running);
    old.instance_type = "m4.large".to_owned();
    let mut account = Account { instances: vec![old], types: types(), ..Account::default() };
    assert_eq!(told(&account.leaks()), [row("i-old", "$36.50", Basis::List)]);
    account.uses = [used("i-old", 1.0, 0.0)].into();
    assert_eq!(told(&account.leaks()), [row("i-old", "$146.00", Basis::List)]);
    account.instances[0].spot = true;
    account.uses.clear();
    assert_eq!(account.leaks(), []);
}

#[test]
fn surplus_leaks_only_while_the_mode_lets_it() {
    let mut account = Account {
        instances: vec![instance("i-1", InstanceState::Running)],
        uses: [used("i-1", 90.0, 84.0)].into(),
        ..Account::default()
    };
    for (mode, leaks) in [(None, 0), (Some(CreditMode::Standard), 0), (Some(CreditMode::Unlimited), 1)] {
        account.modes = mode.map(|mode| (InstanceId::new("i-1"), mode)).into_iter().collect();
        assert_eq!(account.leaks().len(), leaks, "{mode:?}");
    }
}

#[test]
fn surplus_goes_on_as_in_the_days_that_there_is_data_of() {
    let mut account = Account {
        instances: vec![instance("i-1", InstanceState::Running)],
        modes: [(InstanceId::new("i-1"), CreditMode::Unlimited)].into(),
        ..Account::default()
    };
    // 840 credits are 14 vCPU-hours: $0.70 in all the days, and 730 hours are a month.
    for (days, month) in [(7, "$3.04"), (2, "$10.65"), (1, "$21.29"), (0, "$21.29"), (9, "$3.04")] {
        account.uses = [used("i-1", 90.0, 840.0)].into();
        account.uses.get_mut(&InstanceId::new("i-1")).unwrap().days = days;
        assert_eq!(told(&account.leaks()), [row("i-1", month, Basis::Estimate)], "{days} days");
    }
}

fn interface(id: &str, unattached: bool) -> NetworkInterface {
    NetworkInterface {
        id: InterfaceId::new(id),
        instance: None,
        description: String::new(),
        kind: "interface".to_owned(),
        private_ip: None,
        unattached,
        groups: vec![],
    }
}

#[test]
fn an_address_on_an_interface_leaks_where_that_is_attached_to_nothing() {
    let mut on_interface = address("eip-1", Some("i-1"));
    let association = on_interface.association.as_mut().unwrap();
    association.instance = None;
    association.interface = Some(InterfaceId::new("eni-1"));
    let mut account = Account { addresses: vec![on_interface], ..Account::default() };
    for (what, interfaces, leaks) in [
        ("not listed", vec![], 0),
        ("of a load balancer", vec![interface("eni-1", false)], 0),
        ("another one is loose", vec![interface("eni-2", true), interface("eni-1", false)], 0),
        ("attached to nothing", vec![interface("eni-1", true)], 1),
    ] {
        account.interfaces = interfaces;
        assert_eq!(account.leaks().len(), leaks, "{what}");
    }
    assert_eq!(told(&account.leaks()), [row("eip-1", "$7.30", Basis::List)]);
    assert!(
        matches!(&account.leaks()[0].what, What::AddressOnLooseInterface { interface, .. } if interface.as_str() == "eni-1")
    );
    // An instance's own interface is attached to it, whatever a list of another moment says.
    account.addresses[0].association.as_mut().unwrap().instance = Some(InstanceId::new("i-1"));
    account.instances.push(instance("i-1", InstanceState::Running));
    assert_eq!(account.leaks(), []);
}

#[test]
fn a_volume_of_two_instances_counts_once_and_not_where_one_of_them_runs() {
    let mut account = Account {
        instances: vec![stopped("i-1", 1, &["vol-a"]), stopped("i-2", 1, &["vol-a"])],
        volumes: vec![volume("vol-a", 10, false)],
        ..Account::default()
    };
    assert_eq!(told(&account.leaks()), [row("i-1", "$1.00", Basis::List)]);
    account.instances[1].state = InstanceState::Running;
    assert_eq!(account.leaks(), []);
}

prop_compose! {
    fn any_account()(
        states in prop::collection::vec((0_u8..3, 0_i64..90, 0_u32..300, 0.0_f64..20.0, 0.0_f64..500.0, any::<bool>()), 0..12),
        loose in prop::collection::vec(1_u32..500, 0..8),
        addresses in prop::collection::vec(prop::option::of(0_usize..12), 0..8),
        snapshots in prop::collection::vec((any::<bool>(), any::<bool>()), 0..8),
    ) -> Account {
        let mut account = Account { images: Some(vec![]), types: types(), ..Account::default() };
        for (number, (state, days, gib, busiest, surplus, flag)) in states.into_iter().enumerate() {
            let (id, disk) = (format!("i-{number}"), format!("vol-{number}"));
            let mut one = if state == 0 { stopped(&id, days, &[&disk]) } else { instance(&id, InstanceState::Running) };
            if state == 1 {
                one.instance_type = "m4.large".to_owned();
            }
            one.spot = flag && state == 2;
            if gib > 0 {
                account.volumes.push(volume(&disk, gib, false));
            }
            account.uses.extend([used(&id, busiest, surplus)]);
            account.modes.insert(one.id.clone(), CreditMode::Unlimited);
            account.instances.push(one);
        }
        account.volumes.extend(loose.iter().enumerate().map(|(number, gib)| volume(&format!("vol-l{number}"), *gib, true)));
        account.addresses.extend(addresses.iter().enumerate().map(|(number, on)| {
            address(&format!("eip-{number}"), on.map(|on| format!("i-{on}")).as_deref())
        }));
        account.snapshots.extend(snapshots.iter().enumerate().map(|(number, (orphan, archived))| {
            let mut one = snapshot(&format!("snap-{number}"), if *orphan { FOR_GONE } else { "" });
            one.archived = *archived;
            one
        }));
        account
    }
}

proptest! {
    #[test]
    fn the_list_is_sorted_counts_nothing_twice_and_adds_up(account in any_account()) {
        let found = account.leaks();
        let (known, unknown): (Vec<_>, Vec<_>) = found.iter().partition(|leak| leak.month.is_ok());
        prop_assert!(known.windows(2).all(|pair| pair[0].month >= pair[1].month));
        prop_assert!(found[known.len()..].iter().all(|leak| leak.month.is_err()), "the unknown ones come last");
        let mut keys: Vec<_> = found.iter().map(|leak| leak.what.key()).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), found.len(), "a part of a resource is counted twice");
        let sum = known.iter().fold(Money::ZERO, |sum, leak| sum + leak.month.unwrap());
        prop_assert_eq!(total(&found), (sum, unknown.len()));
        // The order of what was read does not matter.
        let mut turned = account.clone();
        turned.instances.reverse();
        turned.volumes.reverse();
        turned.addresses.reverse();
        turned.snapshots.reverse();
        prop_assert_eq!(turned.leaks(), found);
        prop_assert!(account.leaks_at(Err(Unpriced::NoPrices)).iter().all(|leak| leak.month.is_err()));
    }
}
