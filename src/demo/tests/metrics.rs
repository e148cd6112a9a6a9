use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::cloud::{Cloud, Settings, Source};
use crate::domain::id::InstanceId;
use crate::domain::instance_use::{DAYS, InstanceUse, of_readings};
use crate::domain::metric::{Grid, Metric, Question, Range, Readings, largest, latest, total};
use crate::message::{Found, Read};

async fn cloud(account: &DemoAccount) -> Cloud {
    let settings = Settings {
        source: Source::Ready(account.ready_clients()),
        endpoint_url: None,
        read_only: false,
        my_ip_url: String::new(),
        my_ip: None,
    };
    Cloud::open(&settings, None, Region::parse("ap-northeast-2").as_ref()).await.unwrap().0.unwrap()
}

async fn readings(cloud: &Cloud, queries: Vec<(InstanceId, Metric)>, grid: Grid) -> Readings {
    let mut found = Vec::new();
    let read = Read::Sparklines(Box::new(Question { queries, grid }));
    cloud.read(&read, &mut |one| found.push(one)).await.unwrap();
    match found.pop() {
        Some(Found::Readings(readings)) => readings,
        other => panic!("{other:?}"),
    }
}

fn now() -> Timestamp {
    START.parse().unwrap()
}

async fn graphs(account: &DemoAccount, name: &str, range: Range) -> (InstanceId, Readings) {
    let id = InstanceId::new(id(&named(&seoul(account), name).await));
    let queries = Metric::of_graphs(true).iter().map(|metric| (id.clone(), *metric)).collect();
    let readings = readings(&cloud(account).await, queries, Grid::of(range, now())).await;
    (id, readings)
}

#[tokio::test(start_paused = true)]
async fn the_same_moment_has_the_same_values_whenever_it_is_asked_for() {
    let account = DemoAccount::lived_in(clock());
    let (id, hour) = graphs(&account, "web-1", Range::Hour).await;
    let (_, six) = graphs(&account, "web-1", Range::SixHours).await;
    for metric in Metric::of_graphs(true) {
        let (hour, six) = (hour.of(&id, *metric).unwrap(), six.of(&id, *metric).unwrap());
        assert!(hour.iter().flatten().count() >= 11, "{metric:?}: {hour:?}");
        assert_eq!(hour[..], six[60..], "{metric:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn credits_follow_from_cpu_use() {
    let account = DemoAccount::lived_in(clock());
    assert!(account.set_load("web-1", 100.0, SignedDuration::from_mins(50)));
    let (id, hour) = graphs(&account, "web-1", Range::Hour).await;
    let balance: Vec<f64> = hour.of(&id, Metric::CreditBalance).unwrap().iter().flatten().copied().collect();
    // Two processors spend ten credits in five minutes and one is earned.
    for pair in balance.windows(2).skip(3) {
        assert!((pair[0] - pair[1] - 9.0).abs() < 1e-6, "{balance:?}");
    }
    assert_eq!(latest(hour.of(&id, Metric::CreditUse).unwrap()), Some(10.0));
    assert_eq!(total(hour.of(&id, Metric::SurplusCharged).unwrap()), Some(0.0), "there is balance left");

    // For days: the balance is gone, and what goes beyond a day's earning is charged.
    assert!(account.set_load("web-1", 100.0, SignedDuration::from_hours(24 * 5)));
    let (id, day) = graphs(&account, "web-1", Range::Day).await;
    assert_eq!(largest(day.of(&id, Metric::CreditBalance).unwrap()), Some(0.0));
    assert!(total(day.of(&id, Metric::SurplusCharged).unwrap()).unwrap() > 1_000.0);
}

#[tokio::test(start_paused = true)]
async fn who_is_new_or_stopped_has_no_data() {
    let account = DemoAccount::lived_in(clock());
    for name in ["batch-2", "old-db"] {
        let (id, readings) = graphs(&account, name, Range::Week).await;
        assert!(readings.is_empty(&id), "{name}");
    }
    assert!(account.launched_now("web-1"));
    let (id, readings) = graphs(&account, "web-1", Range::Hour).await;
    assert!(readings.is_empty(&id));
}

#[tokio::test(start_paused = true)]
async fn one_instance_of_the_account_is_idle() {
    let account = DemoAccount::lived_in(clock());
    assert!(account.set_surplus("웹-테스트", 2.0));
    let client = seoul(&account);
    let mut names: BTreeMap<InstanceId, &str> = BTreeMap::new();
    for name in ["web-1", "웹-테스트", "win-office", "old-db"] {
        names.insert(InstanceId::new(id(&named(&client, name).await)), name);
    }
    let queries = names.keys().flat_map(|id| [Metric::CpuUse, Metric::SurplusCharged].map(|of| (id.clone(), of)));
    let grid = Grid::ending(now(), 3_600, SignedDuration::from_hours(i64::from(DAYS) * 24));
    let uses = of_readings(&readings(&cloud(&account).await, queries.collect(), grid).await);
    let idle: Vec<&str> = uses.values().filter(|one| one.is_idle()).map(|one| names[&one.id]).collect();
    assert_eq!(idle, ["win-office"]);
    let of = |name: &str| -> &InstanceUse { uses.values().find(|one| names[&one.id] == name).unwrap() };
    assert!(of("win-office").busiest_hour.unwrap() < 2.0);
    assert_eq!((of("웹-테스트").days, of("old-db").days), (3, 0));
    assert!(of("웹-테스트").surplus_charged > 100.0, "{:?}", of("웹-테스트"));
}

#[tokio::test(start_paused = true)]
async fn nonsense_is_refused_in_cloudwatchs_words() {
    let clients = clients(&DemoAccount::lived_in(clock()), "ap-northeast-2");
    let refused = clients.cloudwatch.get_metric_data().send().await.unwrap_err();
    assert_eq!(refused.code(), Some("ValidationError"));
}
