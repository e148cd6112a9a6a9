//! CloudWatch's `GetMetricData`: one call for everything that a screen shows, because AWS charges for each metric.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_cloudwatch::types::{
    Dimension, MessageData, Metric as SdkMetric, MetricDataQuery, MetricDataResult, MetricStat, ScanBy, StatusCode,
};
use aws_smithy_types::DateTime;

use super::Cloud;
use super::convert::{following, time, words};
use super::error::{Call, problem};
use crate::domain::metric::{Question, Readings};
use crate::domain::problem::Problem;

/// Where EC2's metrics are.
const NAMESPACE: &str = "AWS/EC2";

/// Parts of one answer that are followed at most: all that is asked fits in one, and no more is paid for than that.
const MOST_PARTS: usize = 8;

impl Cloud {
    /// `GetMetricData`, with what follows of the same answer. Values that CloudWatch does not have are gaps; where it
    /// says that an answer is not whole, that is told, too.
    pub(super) async fn metric_data(&self, question: &Question) -> Result<Readings, Problem> {
        let grid = question.grid;
        let mut readings = Readings {
            grid,
            values: question.queries.iter().map(|query| (query.clone(), vec![None; grid.count])).collect(),
            notes: Vec::new(),
        };
        if question.queries.is_empty() {
            return Ok(readings);
        }
        let mut notes = BTreeSet::new();
        // How the last part has left each query: an early one may be partial although the whole is not.
        let mut ends: BTreeMap<usize, StatusCode> = BTreeMap::new();
        let mut token = None;
        for part in 0..MOST_PARTS {
            let request = self
                .clients
                .cloudwatch
                .get_metric_data()
                .set_metric_data_queries(Some(queries(question)))
                .start_time(DateTime::from_secs(grid.start.as_second()))
                .end_time(DateTime::from_secs(grid.end().as_second()))
                .scan_by(ScanBy::TimestampAscending)
                .set_next_token(token.clone());
            let answer = request
                .send()
                .await
                .map_err(|failure| problem(&failure, &Call::read("cloudwatch", "GetMetricData", &self.hosts)))?;
            notes.extend(answer.messages().iter().map(note));
            for result in answer.metric_data_results() {
                let Some(index) = index_of(result.id(), question.queries.len()) else { continue };
                notes.extend(result.messages().iter().map(note));
                if let Some(status) = result.status_code() {
                    ends.insert(index, status.clone());
                }
                if let Some(values) = question.queries.get(index).and_then(|query| readings.values.get_mut(query)) {
                    for (at, value) in readable(result) {
                        if let Some(place) = grid.index_of(at).and_then(|index| values.get_mut(index)) {
                            *place = Some(value);
                        }
                    }
                }
            }
            token = following(answer.next_token(), token.as_ref());
            if token.is_none() {
                break;
            }
            if part + 1 == MOST_PARTS {
                ends.insert(usize::MAX, StatusCode::PartialData);
            }
        }
        // CloudWatch's own words where it has some, else its word for the state.
        let incomplete = ends.into_values().filter(|end| *end != StatusCode::Complete);
        let incomplete: Vec<String> = incomplete.map(|end| words(Some(end.as_str()))).collect();
        if notes.is_empty() {
            notes.extend(incomplete);
        }
        readings.notes = notes.into_iter().filter(|note| !note.is_empty()).collect();
        Ok(readings)
    }
}

/// Ids begin with a small letter and are the query's place.
fn queries(question: &Question) -> Vec<MetricDataQuery> {
    let query = |(index, (instance, metric)): (usize, &(_, crate::domain::metric::Metric))| {
        let instance: &crate::domain::id::InstanceId = instance;
        let dimension = Dimension::builder().name("InstanceId").value(instance.as_str()).build();
        let of = SdkMetric::builder().namespace(NAMESPACE).metric_name(metric.name()).dimensions(dimension).build();
        let stat = MetricStat::builder()
            .metric(of)
            .period(i32::try_from(question.grid.period).unwrap_or(i32::MAX))
            .stat(metric.statistic().as_str())
            .build();
        MetricDataQuery::builder().id(format!("q{index}")).metric_stat(stat).return_data(true).build()
    };
    question.queries.iter().enumerate().map(query).collect()
}

fn index_of(id: Option<&str>, count: usize) -> Option<usize> {
    id?.strip_prefix('q')?.parse().ok().filter(|index| *index < count)
}

fn readable(result: &MetricDataResult) -> impl Iterator<Item = (jiff::Timestamp, f64)> {
    let pairs = result.timestamps().iter().zip(result.values());
    pairs.filter_map(|(at, value)| Some((time(Some(at))?, *value))).filter(|(_, value)| value.is_finite())
}

fn note(message: &MessageData) -> String {
    let (code, value) = (words(message.code()), words(message.value()));
    match (code.is_empty(), value.is_empty()) {
        (_, true) => code,
        (true, _) => value,
        _ => format!("{code}: {value}"),
    }
}

#[cfg(test)]
mod tests;
