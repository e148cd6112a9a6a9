use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::domain::address::Association;
use crate::domain::id::{AllocationId, AssociationId, InstanceId, VolumeId};
use crate::domain::instance::{AttachedVolume, InstanceState};
use crate::domain::price::LINUX;
use crate::domain::problem::LocalCause;
use crate::domain::volume::VolumeState;

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn prices() -> Prices {
    let mut prices = Prices::none(Timestamp::UNIX_EPOCH);
    for part in PricePart::standard() {
        prices.answered.insert(part, Timestamp::UNIX_EPOCH);
    }
    prices.instance_hours.insert(LINUX.to_owned(), [("t3.micro".to_owned(), money("0.0137"))].into());
    prices.gib_months.insert("gp3".to_owned(), money("0.0931"));
    prices.address_hour = Some(money("0.006"));
    prices.idle_address_hour = Some(money("0.007"));
    prices
}

fn book(prices: &Prices) -> PriceBook<'_> {
    PriceBook { prices: Some(prices), problem: None, in_dollars: true }
}

fn instance(id: &str, state: InstanceState) -> Instance {
    let mut instance = crate::domain::doctor::testing::instance();
    instance.id = InstanceId::new(id);
    instance.state = state;
    instance.instance_type = "t3.micro".to_owned();
    instance.usage_operation = Some(LINUX.to_owned());
    instance.public_ip = None;
    instance.volumes = vec![];
    instance.launched_at = None;
    instance
}

fn volume(id: &str, size_gib: u32, kind: Option<VolumeKind>) -> Volume {
    let id = VolumeId::new(id);
    Volume {
        id,
        size_gib,
        kind,
        iops: None,
        throughput: None,
        encrypted: false,
        instance: None,
        snapshot: None,
        name: None,
        created: None,
        zone: String::new(),
        state: VolumeState::InUse,
    }
}

fn address(ip: &str, on: Option<&str>) -> Address {
    let association = on.map(|id| Association {
        id: AssociationId::new("eipassoc-1"),
        instance: Some(InstanceId::new(id)),
        interface: None,
        private_ip: None,
    });
    Address {
        id: AllocationId::new(format!("eipalloc-{ip}")),
        ip: ip.parse().unwrap(),
        name: None,
        association,
        tags: vec![],
        own_pool: false,
    }
}

fn with_disk(mut instance: Instance, id: &str) -> Instance {
    let id = VolumeId::new(id);
    instance.volumes.push(AttachedVolume { device: "/dev/xvda".to_owned(), id, delete_on_termination: true });
    instance
}

#[test]
fn a_stopped_machine_costs_its_disk_and_its_fixed_address() {
    let prices = prices();
    let disks = [volume("vol-1", 30, Some(VolumeKind::Gp3))];
    let fixed = [address("203.0.113.9", Some("i-1")), address("203.0.113.10", None)];
    let stopped = with_disk(instance("i-1", InstanceState::Stopped), "vol-1");
    let cost = of_instance(&stopped, &disks, &fixed, &book(&prices), Timestamp::UNIX_EPOCH);
    assert!(cost.machine.hour.is_empty());
    assert_eq!(cost.storage.month.known, money("2.793"));
    assert_eq!(cost.addresses.hour.known, money("0.007"));
    assert_eq!(cost.total.month.known, money("2.793") + money("0.007").month_of_hours());

    let mut running = with_disk(instance("i-1", InstanceState::Running), "vol-1");
    running.public_ip = Some("203.0.113.9".parse().unwrap());
    let cost = of_instance(&running, &disks, &fixed, &book(&prices), Timestamp::UNIX_EPOCH);
    assert_eq!(cost.machine.hour.known, money("0.0137"));
    assert_eq!((cost.addresses.hour.known, cost.addresses.hour.counted), (money("0.006"), 1), "not twice");
    assert!(cost.total.since.is_empty(), "nobody knows when it started");

    let gone =
        of_instance(&instance("i-1", InstanceState::Terminated), &[], &[], &book(&prices), Timestamp::UNIX_EPOCH);
    assert_eq!(gone, InstanceCost::default());
}

#[test]
fn the_lists_price_is_not_that_of_an_address_of_ones_own_pool() {
    let prices = prices();
    let own = Address { own_pool: true, ..address("203.0.113.9", Some("i-1")) };
    let mut running = instance("i-1", InstanceState::Running);
    running.public_ip = Some(own.ip);
    let cost = of_instance(&running, &[], [&own], &book(&prices), Timestamp::UNIX_EPOCH);
    assert_eq!((cost.addresses.hour.known, cost.addresses.hour.missing), (Money::ZERO, 1));
    assert_eq!(cost.addresses.hour.why, Some(Unknown::NotListed));
}

#[test]
fn provisioned_iops_that_nobody_knows_are_not_free() {
    let mut prices = prices();
    prices.gib_months.insert("io2".to_owned(), money("0.2"));
    prices.iops_months.insert("io2".to_owned(), money("0.1"));
    let month = |iops| book(&prices).volume_month(Some(VolumeKind::Io2), 10, iops, None);
    assert_eq!(month(None), Err(Unknown::Volume));
    assert_eq!(month(Some(100)), Ok(money("12")));
}

#[test]
fn what_is_not_known_says_why_and_counts_as_missing() {
    let known = prices();
    let problem = Problem::local("GetProducts", LocalCause::EmptyPassphrase, "denied");
    let why = |change: &dyn Fn(&mut Instance), book: &PriceBook<'_>| {
        let mut instance = instance("i-1", InstanceState::Running);
        change(&mut instance);
        let cost = of_instance(&instance, &[], &[], book, Timestamp::UNIX_EPOCH);
        assert_eq!((cost.total.month.known, cost.total.month.missing), (Money::ZERO, 1));
        assert!(cost.total.month.is_unknown());
        cost.machine.hour.why
    };
    assert_eq!(why(&|one| one.spot = true, &book(&known)), Some(Unknown::Spot));
    assert_eq!(why(&|one| one.dedicated = true, &book(&known)), Some(Unknown::Dedicated));
    assert_eq!(why(&|one| one.usage_operation = None, &book(&known)), Some(Unknown::NoOperation));
    assert_eq!(why(&|one| one.instance_type = "x9.huge".to_owned(), &book(&known)), Some(Unknown::NotListed));
    let windows = |one: &mut Instance| one.usage_operation = Some("RunInstances:0002".to_owned());
    assert_eq!(why(&windows, &book(&known)), Some(Unknown::Reading));
    let mut refused = prices();
    refused.refused.insert(PricePart::Machines("RunInstances:0002".to_owned()), problem.clone());
    assert_eq!(why(&windows, &book(&refused)), Some(Unknown::Refused(Box::new(problem.clone()))));
    let nothing = PriceBook { prices: None, problem: None, in_dollars: true };
    assert_eq!(why(&|_| (), &nothing), Some(Unknown::Reading));
    let denied = PriceBook { problem: Some(&problem), ..nothing };
    assert_eq!(why(&|_| (), &denied), Some(Unknown::Refused(Box::new(problem.clone()))));
    let china = PriceBook { in_dollars: false, ..denied };
    assert_eq!(why(&|_| (), &china), Some(Unknown::OtherCurrency));
    let disk = with_disk(instance("i-1", InstanceState::Stopped), "vol-1");
    let cost = of_instance(&disk, &[], &[], &book(&known), Timestamp::UNIX_EPOCH);
    assert_eq!(cost.storage.month.why, Some(Unknown::Volume));
}

#[test]
fn the_part_of_a_volume_without_a_price_is_the_one_that_is_named() {
    let problem = |words: &str| Problem::local("GetProducts", LocalCause::EmptyPassphrase, words);
    let mut prices = prices();
    for (part, words) in [(PricePart::Iops, "iops"), (PricePart::Throughput, "throughput")] {
        prices.answered.remove(&part);
        prices.refused.insert(part, problem(words));
    }
    let month =
        |prices: &Prices, iops, throughput| book(prices).volume_month(Some(VolumeKind::Gp3), 30, iops, throughput);
    assert_eq!(month(&prices, Some(3_000), Some(125)), Ok(money("2.793")));
    assert_eq!(month(&prices, Some(4_000), None), Err(Unknown::Refused(Box::new(problem("iops")))));
    assert_eq!(month(&prices, None, Some(200)), Err(Unknown::Refused(Box::new(problem("throughput")))));
    assert_eq!(book(&prices).volume_month(Some(VolumeKind::Gp2), 1, None, None), Err(Unknown::NotListed));
}

#[test]
fn a_launch_is_counted_as_often_as_it_is_made() {
    let prices = prices();
    let mut parts = LaunchParts {
        operation: Some(LINUX),
        instance_type: "t3.micro",
        volumes: vec![(VolumeKind::Gp3, 30, None, None)],
        address: true,
        count: 1,
    };
    let one = of_launch(&parts, &book(&prices)).month;
    assert_eq!(one.known, money("0.0137").month_of_hours() + money("2.793") + money("0.006").month_of_hours());
    parts.count = 3;
    assert_eq!(of_launch(&parts, &book(&prices)).month.known, one.known.times(3_u32));
    parts.instance_type = "x9.huge";
    let partly = of_launch(&parts, &book(&prices)).month;
    assert_eq!((partly.missing, partly.is_unknown()), (3, false));
}

/// Hours that a UTC month has, counted on a calendar of its own.
fn hours_of_month(year: i32, month: u32) -> u32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    24 * match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year and month of an hour since 1970, counted hour by hour from the epoch.
fn month_of(hour: i64) -> (i32, u32) {
    let (mut year, mut month, mut left) = (1970, 1, hour);
    loop {
        let hours = i64::from(hours_of_month(year, month));
        if left < hours {
            return (year, month);
        }
        left -= hours;
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
}

fn close(one: Money, other: Money) -> bool {
    (one - other).amount().abs() < Decimal::new(1, 9)
}

proptest! {
    /// Since its start, by the hour; months are UTC's.
    #[test]
    fn since_the_start_is_what_a_simulation_hour_by_hour_says(
        start in 473_352_i64..500_000,
        hours in 0_i64..9_000,
        size in 1_u32..2_000,
        made in -100_i64..9_000,
        address in any::<bool>(),
    ) {
        let prices = prices();
        let mut one = with_disk(instance("i-1", InstanceState::Running), "vol-1");
        one.launched_at = Some(Timestamp::from_second(start * 3_600).unwrap());
        one.public_ip = address.then(|| "203.0.113.1".parse().unwrap());
        let now = one.launched_at.unwrap() + SignedDuration::from_hours(hours);
        let mut disk = volume("vol-1", size, Some(VolumeKind::Gp3));
        disk.created = Some(one.launched_at.unwrap() + SignedDuration::from_hours(made));
        let cost = of_instance(&one, &[disk], &[], &book(&prices), now);

        let (mut machine, mut storage, mut addresses) = (Money::ZERO, Money::ZERO, Money::ZERO);
        for hour in start..start + hours {
            machine = machine + money("0.0137");
            if hour >= start + made {
                let (year, month) = month_of(hour);
                storage = storage + money("0.0931").times(size).divided_by(hours_of_month(year, month)).unwrap();
            }
            if address {
                addresses = addresses + money("0.006");
            }
        }
        prop_assert_eq!(cost.machine.since.known, machine);
        prop_assert!(close(cost.storage.since.known, storage), "{:?} {:?}", cost.storage.since, storage);
        prop_assert_eq!(cost.addresses.since.known, addresses);
        prop_assert!(close(cost.total.since.known, machine + storage + addresses));
    }

    /// The region's month is 730 of its hours, each of them counted thing by thing.
    #[test]
    fn a_regions_total_is_what_a_simulation_hour_by_hour_says(
        machines in prop::collection::vec((0_u8..3, any::<bool>(), any::<bool>(), 0_u8..3), 0..12),
        disks in prop::collection::vec((1_u32..500, any::<bool>()), 0..12),
        unused in 0_u8..5,
    ) {
        let prices = prices();
        let mut instances = Vec::new();
        let mut addresses = Vec::new();
        // One that starts counts as if it ran.
        let state = |which: u8| match which {
            0 => InstanceState::Stopped,
            1 => InstanceState::Running,
            _ => InstanceState::Pending,
        };
        let states: Vec<InstanceState> = machines.iter().map(|(which, ..)| state(*which)).collect();
        let machines: Vec<(bool, bool, bool, u8)> =
            machines.into_iter().map(|(which, spot, known, public)| (which != 0, spot, known, public)).collect();
        for (index, (runs, spot, known, public)) in machines.iter().enumerate() {
            let id = format!("i-{index}");
            let mut one = instance(&id, states[index]);
            one.spot = *spot;
            if !known {
                one.instance_type = "x9.huge".to_owned();
            }
            let ip = format!("203.0.113.{index}");
            match public {
                1 if *runs => one.public_ip = Some(ip.parse().unwrap()),
                2 => {
                    addresses.push(address(&ip, Some(&id)));
                    one.public_ip = runs.then(|| ip.parse().unwrap());
                }
                _ => {}
            }
            instances.push(one);
        }
        addresses.extend((0..unused).map(|index| address(&format!("198.51.100.{index}"), None)));
        let volumes: Vec<Volume> = disks
            .iter()
            .enumerate()
            .map(|(index, (size, known))| volume(&format!("vol-{index}"), *size, known.then_some(VolumeKind::Gp3)))
            .collect();
        let cost = of_region(&instances, &volumes, &addresses, &book(&prices));

        let mut sum = [Money::ZERO; 3];
        for _ in 0..HOURS_PER_MONTH {
            for (runs, spot, known, public) in &machines {
                if *runs && !spot && *known {
                    sum[0] = sum[0] + money("0.0137");
                }
                match (public, runs) {
                    (1 | 2, true) => sum[2] = sum[2] + money("0.006"),
                    (2, false) => sum[2] = sum[2] + money("0.007"),
                    _ => {}
                }
            }
            for (size, known) in &disks {
                if *known {
                    sum[1] = sum[1] + money("0.0931").times(*size).divided_by(HOURS_PER_MONTH).unwrap();
                }
            }
            sum[2] = sum[2] + money("0.007").times(u32::from(unused));
        }
        prop_assert_eq!(cost.machines.month.known, sum[0]);
        prop_assert!(close(cost.volumes.month.known, sum[1]));
        prop_assert_eq!(cost.addresses.month.known, sum[2]);
        prop_assert!(close(cost.total.month.known, sum.into_iter().sum()));
        prop_assert!(close(cost.total.hour.known.month_of_hours(), cost.total.month.known));
        let missing = machines.iter().filter(|(runs, spot, known, _)| *runs && (*spot || !known)).count();
        prop_assert_eq!(cost.machines.month.missing as usize, missing);
        let unknown = disks.iter().filter(|(_, known)| !known).count();
        prop_assert_eq!(cost.total.month.missing as usize, missing + unknown);
    }
}
