//! CloudWatch: what instances of the demo account have done, worked out from their ids and the clock, so that it is the
//! same in every run. CPU credits follow from the CPU use, as the EC2 user guide has them.

use aws_sdk_cloudwatch::operation::get_metric_data::{GetMetricDataInput, GetMetricDataOutput};
use aws_sdk_cloudwatch::types::{MetricDataQuery, MetricDataResult, ScanBy, StatusCode};
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use super::fault::Fault;
use super::instances::{Instance, Phase};
use super::types;
use super::world::{World, hash, scramble};
use crate::domain::instance_type::credit_rate;

/// Basic monitoring counts every five minutes.
const STEP: i64 = 300;
/// Values are there this long after the period they are about.
const LATE: i64 = 60;
/// Credits are followed from this long before the first value that is asked for: the most that is kept is a day's.
const BEFORE: i64 = 2 * 86_400;
/// Queries that one call takes.
const MOST_QUERIES: usize = 500;
/// The instance of the lived-in account that nobody uses.
const IDLE: &str = "win-office";

/// How busy an instance is, where a test has said so.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    /// Since when, and percent of the whole machine.
    pub percent: Option<(Timestamp, f64)>,
    /// Surplus CPU credits that are charged each hour.
    pub surplus_per_hour: Option<f64>,
}

/// One step of one instance.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    cpu: f64,
    balance: f64,
    spent: f64,
    charged: f64,
    bytes_in: f64,
    bytes_out: f64,
    failed: f64,
}

/// `GetMetricData` of the namespace `AWS/EC2`; other namespaces and unknown instances have no data, as in CloudWatch.
pub(super) fn metric_data(world: &mut World, input: &GetMetricDataInput) -> Result<GetMetricDataOutput, Fault> {
    let queries = input.metric_data_queries();
    if queries.is_empty() || queries.len() > MOST_QUERIES {
        return Err(invalid("The collection MetricDataQueries must have between 1 and 500 members."));
    }
    let bounds = input.start_time().zip(input.end_time());
    let (start, end) = bounds
        .map(|(start, end)| (start.secs(), end.secs()))
        .ok_or_else(|| Fault::new("MissingParameter", "The parameters StartTime and EndTime are required."))?;
    if start >= end {
        return Err(invalid("The parameter StartTime must be less than the parameter EndTime."));
    }
    let newest_first = input.scan_by() != Some(&ScanBy::TimestampAscending);
    let mut results = Vec::with_capacity(queries.len());
    let mut last: Option<(String, Vec<(i64, Point)>)> = None;
    for query in queries {
        let id = query.id().filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()));
        let id = id.ok_or_else(|| invalid("The value for a query's Id must begin with a lowercase letter."))?;
        let (name, instance, period, statistic) = parts(query)?;
        // All metrics of an instance come in a row: its steps are worked out once.
        let points = match last.take() {
            Some((of, points)) if of == instance => points,
            _ => steps(world, &instance, start, end),
        };
        let mut values = summed(world, &instance, &points, name, period, &statistic);
        values.retain(|(at, _)| (start..end).contains(at));
        if newest_first {
            values.reverse();
        }
        last = Some((instance, points));
        let (times, values) = values.into_iter().map(|(at, value)| (DateTime::from_secs(at), value)).unzip();
        results.push(
            MetricDataResult::builder()
                .id(id)
                .label(name)
                .set_timestamps(Some(times))
                .set_values(Some(values))
                .status_code(StatusCode::Complete)
                .build(),
        );
    }
    Ok(GetMetricDataOutput::builder().set_metric_data_results(Some(results)).set_messages(Some(vec![])).build())
}

fn invalid(message: &str) -> Fault {
    Fault::new("ValidationError", message)
}

/// The metric's name, the instance, the period and the statistic.
fn parts(query: &MetricDataQuery) -> Result<(&str, String, i64, String), Fault> {
    let stat = query.metric_stat().ok_or_else(|| invalid("The demo account answers MetricStat queries only."))?;
    let metric = stat.metric().ok_or_else(|| invalid("A MetricStat must have a Metric."))?;
    let period = i64::from(stat.period().unwrap_or_default());
    if period < 60 || period % 60 != 0 {
        return Err(invalid("The parameter Period must be a multiple of 60."));
    }
    let instance = metric
        .dimensions()
        .iter()
        .find(|dimension| metric.namespace() == Some("AWS/EC2") && dimension.name() == Some("InstanceId"))
        .and_then(|dimension| dimension.value());
    let statistic = stat.stat().unwrap_or_default();
    Ok((
        metric.metric_name().unwrap_or_default(),
        instance.unwrap_or_default().to_owned(),
        period,
        statistic.to_owned(),
    ))
}

/// What the values of a metric come to in each period.
fn summed(
    world: &World,
    instance: &str,
    points: &[(i64, Point)],
    name: &str,
    period: i64,
    statistic: &str,
) -> Vec<(i64, f64)> {
    let credits = world.instances.iter().find(|one| one.id == instance).and_then(|one| one.credits.as_deref());
    let of = |point: &Point| match (name, credits) {
        ("CPUUtilization", _) => Some(point.cpu),
        ("CPUCreditBalance", Some(_)) => Some(point.balance),
        ("CPUCreditUsage", Some(_)) => Some(point.spent),
        ("CPUSurplusCreditsCharged", Some("unlimited")) => Some(point.charged),
        ("NetworkIn", _) => Some(point.bytes_in),
        ("NetworkOut", _) => Some(point.bytes_out),
        ("StatusCheckFailed_System", _) => Some(0.0),
        ("StatusCheckFailed_Instance", _) => Some(point.failed),
        _ => None,
    };
    let mut periods: Vec<(i64, Vec<f64>)> = Vec::new();
    for (at, point) in points {
        let Some(value) = of(point) else { return Vec::new() };
        let begin = at.div_euclid(period) * period;
        match periods.last_mut() {
            Some((last, values)) if *last == begin => values.push(value),
            _ => periods.push((begin, vec![value])),
        }
    }
    let total = |values: &[f64]| values.iter().sum::<f64>();
    periods
        .into_iter()
        .map(|(at, values)| {
            let value = match statistic {
                "Sum" => total(&values),
                "Maximum" => values.iter().copied().fold(f64::MIN, f64::max),
                "Minimum" => values.iter().copied().fold(f64::MAX, f64::min),
                #[expect(clippy::cast_precision_loss, reason = "a few values")]
                _ => total(&values) / values.len() as f64,
            };
            (at, value)
        })
        .collect()
}

/// What an instance has done step by step while it ran, from `start` on.
fn steps(world: &World, id: &str, start: i64, end: i64) -> Vec<(i64, Point)> {
    let Some(instance) = world.instances.iter().find(|one| one.id == id) else { return Vec::new() };
    let ran_until = match instance.phase {
        Phase::Pending => return Vec::new(),
        Phase::Running => world.now.as_second() - LATE,
        _ => instance.since.as_second(),
    };
    let launched = instance.launched.as_second();
    let load = world.loads.get(id).cloned().unwrap_or_default();
    let rate = credit_rate(&instance.kind);
    let vcpus = f64::from(types::vcpus(&instance.kind));
    let (earned, most) = rate.map_or((0.0, 0.0), |rate| (rate.earned_per_hour / 12.0, rate.most));
    // The same begin whatever the moment, so that the same time always has the same values.
    let begin = (start - BEFORE).div_euclid(86_400) * 86_400;
    let first = begin.max(launched + STEP - 1).div_euclid(STEP) * STEP;
    // T2 begins with 30 credits for each virtual processor; who has run for long has half of the most.
    let mut balance = match (begin > launched, instance.kind.starts_with("t2.")) {
        (true, _) => most / 2.0,
        (false, true) => 30.0 * vcpus,
        (false, false) => 0.0,
    };
    let mut owed = 0.0;
    let mut points = Vec::new();
    let mut at = first;
    while at + STEP <= ran_until && at < end {
        let mut cpu = match load.percent {
            Some((since, percent)) if at >= since.as_second() => percent,
            _ => usual(instance, at),
        };
        let unlimited = instance.credits.as_deref() == Some("unlimited");
        let wanted = vcpus * cpu / 100.0 * 5.0;
        let mut spent = wanted;
        if rate.is_some() && !unlimited && wanted > balance + earned {
            // Slowed to what there is.
            spent = (balance + earned).max(0.0);
            cpu = if wanted > 0.0 { cpu * spent / wanted } else { 0.0 };
        }
        balance += earned - spent;
        let mut charged = 0.0;
        if balance < 0.0 {
            owed -= balance;
            balance = 0.0;
        } else if owed > 0.0 {
            let repaid = owed.min(balance);
            owed -= repaid;
            balance -= repaid;
        }
        if owed > most {
            charged = owed - most;
            owed = most;
        }
        if let Some(surplus) = load.surplus_per_hour {
            charged = surplus / 12.0;
        }
        balance = balance.min(most);
        if at >= start {
            let wave = noise(instance, at, 7);
            points.push((
                at,
                Point {
                    cpu,
                    balance,
                    spent,
                    charged,
                    bytes_in: cpu * 52_000.0 * (0.6 + 0.8 * wave) + 9_000.0,
                    bytes_out: cpu * 131_000.0 * (0.6 + 0.8 * wave) + 12_000.0,
                    failed: f64::from(u8::from(instance.impaired && at >= world.now.as_second() - 3_600)),
                },
            ));
        }
        at += STEP;
    }
    points
}

/// CPU use of an ordinary day, percent: a level of its own, more by day than by night, never quite still.
fn usual(instance: &Instance, at: i64) -> f64 {
    if instance.tags.get("Name").is_some_and(|name| name == IDLE) {
        return 0.6 + noise(instance, at, 1);
    }
    // Below the baseline of most T types on the whole, above it at times.
    let level = 3.0 + share(scramble(hash(&instance.id))) * 6.0;
    #[expect(clippy::cast_precision_loss, reason = "seconds of a day")]
    let hour = at.rem_euclid(86_400) as f64 / 3_600.0;
    let day = 1.0 + 0.6 * ((hour - 9.0) / 24.0 * std::f64::consts::TAU).cos();
    let burst = if noise(instance, at.div_euclid(1_800) * 1_800, 3) > 0.93 { 4.0 } else { 1.0 };
    (level * day * burst * (0.7 + 0.6 * noise(instance, at, 2))).min(100.0)
}

/// From 0 to 1, the same for the same instance and time.
fn noise(instance: &Instance, at: i64, salt: u64) -> f64 {
    share(scramble(hash(&instance.id) ^ scramble(at.unsigned_abs() ^ (salt << 48))))
}

fn share(number: u64) -> f64 {
    f64::from(u32::try_from(number >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}
