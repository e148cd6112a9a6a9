use proptest::prelude::*;

use super::meters::METERS;
use super::*;
use crate::app::launch::testing::{Bench, instance};
use crate::domain::allowance::{Meter, documented_limit};
use crate::domain::forecast::{month_end, month_start};
use crate::domain::id::VolumeId;
use crate::domain::instance::{Instance, InstanceState, Platform};
use crate::domain::volume::Volume;
use crate::message::Page;

/// One server: its state, whether its type is eligible, Windows or not, hours since its start, an address or none.
type Server = (u8, bool, bool, i64, bool);

fn server(index: usize, (state, eligible, windows, hours, address): Server, now: Timestamp) -> Instance {
    let state = match state {
        0 => InstanceState::Stopped,
        1 => InstanceState::Pending,
        _ => InstanceState::Running,
    };
    let mut one = instance(&format!("i-{index}"), state);
    one.instance_type = if eligible { "t3.micro" } else { "m5.large" }.to_owned();
    one.platform = if windows { Platform::Windows } else { Platform::Linux };
    one.launched_at = Some(now - SignedDuration::from_hours(hours));
    one.public_ip = address.then(|| format!("203.0.113.{index}").parse().unwrap());
    one
}

fn app(servers: Vec<Instance>, volumes: Vec<Volume>, now: Timestamp) -> App {
    let bench = Bench::new();
    let (mut app, _) = App::start(bench.environment, (120, 30), now);
    app.catalog = crate::app::launch::sample::catalog();
    app.inventory.instances.page(Page { rows: servers, more: false }, now, |_| false);
    app.inventory.addresses.page(Page { rows: vec![], more: false }, now, |_| false);
    app.inventory.volumes.page(Page { rows: volumes, more: false }, now, |_| false);
    app
}

proptest! {
    /// What an account's servers use of each meter, hour by hour: from their start, or the month's, until its end.
    #[test]
    fn meters_are_what_a_simulation_hour_by_hour_says(
        hour in 490_000_i64..525_000,
        servers in prop::collection::vec((0_u8..3, any::<bool>(), any::<bool>(), 0_i64..1_500, any::<bool>()), 0..7),
        disks in prop::collection::vec((1_u32..40, 0_i64..1_500), 0..4),
    ) {
        let now = Timestamp::from_second(hour * 3_600).unwrap();
        let rows = servers.iter().enumerate().map(|(index, one)| server(index, *one, now)).collect();
        let volume = |(index, (gib, hours)): (usize, &(u32, i64))| Volume {
            id: VolumeId::new(format!("vol-{index}")),
            created: Some(now - SignedDuration::from_hours(*hours)),
            ..crate::app::launch::sample::volume(*gib)
        };
        let app = app(rows, disks.iter().enumerate().map(volume).collect(), now);
        prop_assert!(app.catalog.is_eligible("t3.micro") && !app.catalog.is_eligible("m5.large"));
        let meters = app.meters(&More::default());
        let (begin, end) = (month_start(now).as_second() / 3_600, month_end(now).as_second() / 3_600);
        let counts = |meter: Meter, (state, eligible, windows, _, address): Server| state > 0 && match meter {
            Meter::LinuxHours => eligible && !windows,
            Meter::WindowsHours => eligible && windows,
            Meter::AddressHours => address,
            Meter::Storage => false,
        };
        for meter in METERS {
            let (mut used, mut sum, mut out) = (0.0_f64, 0.0_f64, None);
            for each in begin..end {
                let runs = servers.iter().filter(|one| counts(meter, **one) && each >= hour - one.3).count();
                sum += f64::from(u32::try_from(runs).unwrap());
                if meter == Meter::Storage {
                    // A GiB-month is a GiB for each hour of its month.
                    let there = disks.iter().filter(|(_, hours)| each >= hour - hours).map(|(gib, _)| gib);
                    sum += f64::from(there.sum::<u32>()) / f64::from(u32::try_from(end - begin).unwrap());
                }
                if each < hour {
                    used = sum;
                }
                if each >= hour && sum > documented_limit(meter) + 1e-9 {
                    out.get_or_insert(each);
                }
            }
            let Some(found) = meters.iter().find(|one| one.meter == meter) else {
                prop_assert!(sum < 1e-9, "{:?}: {}", meter, sum);
                continue;
            };
            prop_assert!((found.forecast.used - used).abs() < 1e-6, "{:?}: {:?} {}", meter, found, used);
            prop_assert!((found.forecast.at_month_end - sum).abs() < 1e-6, "{:?}: {:?} {}", meter, found, sum);
            if let (Some(exact), Some(hour_of)) = (found.forecast.runs_out, out) {
                let apart = exact.as_second() / 3_600 - hour_of;
                prop_assert!(exact == now || (-1..=1).contains(&apart), "{:?}: {:?} {}", meter, found, hour_of);
            }
            prop_assert_eq!(found.forecast.runs_out.is_some(), out.is_some(), "{:?} {}", found, sum);
        }
    }
}

#[test]
fn what_was_told_an_hour_ago_has_gone_on_since_and_a_new_month_begins_with_nothing() {
    let told = "2026-11-30T22:00:00Z".parse().unwrap();
    let of = |now: &str| {
        let now: Timestamp = now.parse().unwrap();
        let mut app = app(vec![server(0, (2, true, false, 10, false), now)], vec![], now);
        let row = Allowance {
            meter: Some(Meter::LinuxHours),
            usage_type: String::new(),
            used: 700.0,
            expected: 702.0,
            limit: 750.0,
            unit: String::new(),
            offer: String::new(),
        };
        app.costs.allowances.answer(Ok(vec![row]), told);
        app.meters(&More::default())[0].forecast
    };
    assert!((of("2026-11-30T23:00:00Z").used - 701.0).abs() < 1e-9);
    assert!((of("2026-12-01T03:00:00Z").used - 3.0).abs() < 1e-9);
}
