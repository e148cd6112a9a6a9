use aws_sdk_cloudwatch::operation::get_metric_data::GetMetricDataOutput;
use aws_smithy_cbor::Encoder;
use aws_smithy_mocks::mock;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode as HttpStatus;
use aws_smithy_types::body::SdkBody;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::cloud::test_support::{cloud_of, read_all};
use crate::domain::id::InstanceId;
use crate::domain::metric::{Grid, Metric};
use crate::domain::problem::Cause;
use crate::message::{Found, Read};

/// 2026-11-23T08:00:00Z
const START: i64 = 1_795_420_800;

fn question(metrics: &[Metric]) -> Question {
    let end = Timestamp::from_second(START + 1_500).unwrap();
    Question {
        queries: metrics.iter().map(|metric| (InstanceId::new("i-1"), *metric)).collect(),
        grid: Grid::ending(end, 300, SignedDuration::from_secs(1_500)),
    }
}

/// A body as CloudWatch sends it: rpc-v2-cbor.
fn over_the_wire(status: u16, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::new(HttpStatus::try_from(status).unwrap(), SdkBody::from(body));
    response.headers_mut().insert("smithy-protocol", "rpc-v2-cbor");
    response.headers_mut().insert("content-type", "application/cbor");
    response.headers_mut().insert("x-amzn-requestid", "5f2b6ec8-1111-4222-8333-944455556666");
    response
}

fn result(encoder: &mut Encoder, id: &str, label: &str, points: &[(i64, f64)], status: &str) {
    encoder.map(5).str("Id").str(id).str("Label").str(label).str("Timestamps").array(points.len());
    for (at, _) in points {
        encoder.timestamp(&DateTime::from_secs(*at));
    }
    encoder.str("Values").array(points.len());
    for (_, value) in points {
        encoder.double(*value);
    }
    encoder.str("StatusCode").str(status);
}

/// Two metrics, one with a gap, one without any data, as a recorded answer has them.
fn answer() -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(2).str("MetricDataResults").array(2);
    // Unordered, a gap at the second period, one value outside of what was asked.
    let points = [(START + 600, 12.25), (START, 3.5), (START + 900, 0.0), (START + 9_000, 99.0)];
    result(&mut encoder, "q0", "CPUUtilization", &points, "Complete");
    result(&mut encoder, "q1", "CPUCreditBalance", &[], "Complete");
    encoder.str("Messages").array(0);
    encoder.into_writer()
}

async fn read(cloud: &Cloud, question: Question) -> Result<Readings, Problem> {
    let found = read_all(cloud, Read::Sparklines(Box::new(question))).await?;
    match found.as_slice() {
        [Found::Readings(readings)] => Ok(readings.clone()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_recorded_answer_becomes_values_with_their_gaps() {
    let rule = mock!(aws_sdk_cloudwatch::Client::get_metric_data).then_http_response(|| over_the_wire(200, answer()));
    let asked = question(&[Metric::CpuUse, Metric::CreditBalance]);
    let readings = read(&cloud_of(&[&rule]), asked).await.unwrap();
    let id = InstanceId::new("i-1");
    assert_eq!(
        readings.of(&id, Metric::CpuUse),
        Some(&vec![Some(3.5), None, Some(12.25), Some(0.0), None]),
        "a zero is a value and a gap is none"
    );
    assert_eq!(readings.of(&id, Metric::CreditBalance), Some(&vec![None; 5]));
    assert_eq!(readings.of(&id, Metric::NetworkIn), None, "nobody has asked");
    assert_eq!(readings.notes, Vec::<String>::new());
}

#[tokio::test]
async fn a_refusal_names_the_permission() {
    for code in ["AccessDenied", "AccessDeniedException", "com.amazonaws.cloudwatch#AccessDeniedException"] {
        let body = move || {
            let message = "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: \
                           cloudwatch:GetMetricData because no identity-based policy allows the action";
            let mut encoder = Encoder::new(Vec::new());
            encoder.map(2).str("__type").str(code).str("message").str(message);
            encoder.into_writer()
        };
        let rule =
            mock!(aws_sdk_cloudwatch::Client::get_metric_data).then_http_response(move || over_the_wire(403, body()));
        let problem = read(&cloud_of(&[&rule]), question(&[Metric::CpuUse])).await.unwrap_err();
        assert_eq!(problem.cause, Cause::NotAllowed { action: "cloudwatch:GetMetricData".to_owned() }, "{code}");
        assert_eq!(problem.operation, "GetMetricData");
    }
}

#[tokio::test]
async fn one_question_names_every_metric_with_its_statistic_and_aligned_times() {
    let rule = mock!(aws_sdk_cloudwatch::Client::get_metric_data)
        .match_requests(|asked| {
            let told: Vec<String> = asked
                .metric_data_queries()
                .iter()
                .map(|query| {
                    let stat = query.metric_stat().unwrap();
                    let metric = stat.metric().unwrap();
                    let dimension = &metric.dimensions()[0];
                    format!(
                        "{} {} {} {}={} {} {}",
                        query.id().unwrap(),
                        metric.namespace().unwrap(),
                        metric.metric_name().unwrap(),
                        dimension.name().unwrap(),
                        dimension.value().unwrap(),
                        stat.stat().unwrap(),
                        stat.period().unwrap()
                    )
                })
                .collect();
            assert_eq!(
                told,
                [
                    "q0 AWS/EC2 CPUUtilization InstanceId=i-1 Average 300",
                    "q1 AWS/EC2 CPUCreditUsage InstanceId=i-1 Sum 300",
                    "q2 AWS/EC2 StatusCheckFailed_System InstanceId=i-1 Maximum 300",
                ]
            );
            asked.start_time().unwrap().secs() == START && asked.end_time().unwrap().secs() == START + 1_500
        })
        .then_output(|| GetMetricDataOutput::builder().build());
    let asked = question(&[Metric::CpuUse, Metric::CreditUse, Metric::SystemCheckFailed]);
    let readings = read(&cloud_of(&[&rule]), asked).await.unwrap();
    assert!(readings.is_empty(&InstanceId::new("i-1")));
}

fn part(points: &[(i64, f64)], status: StatusCode, next: Option<&str>) -> GetMetricDataOutput {
    let mut result = MetricDataResult::builder().id("q0").status_code(status);
    for (at, value) in points {
        result = result.timestamps(DateTime::from_secs(*at)).values(*value);
    }
    GetMetricDataOutput::builder().metric_data_results(result.build()).set_next_token(next.map(str::to_owned)).build()
}

#[tokio::test]
async fn what_follows_of_an_answer_is_read_and_a_partial_one_says_so() {
    let first = mock!(aws_sdk_cloudwatch::Client::get_metric_data)
        .match_requests(|asked| asked.next_token().is_none())
        .then_output(|| part(&[(START, 1.0)], StatusCode::PartialData, Some("2")));
    let second = mock!(aws_sdk_cloudwatch::Client::get_metric_data)
        .match_requests(|asked| asked.next_token() == Some("2"))
        .then_output(|| part(&[(START + 300, 2.0)], StatusCode::Complete, None));
    let id = InstanceId::new("i-1");
    let whole = read(&cloud_of(&[&first, &second]), question(&[Metric::CpuUse])).await.unwrap();
    assert_eq!(whole.of(&id, Metric::CpuUse).unwrap()[..2], [Some(1.0), Some(2.0)]);
    assert_eq!(whole.notes, Vec::<String>::new(), "the last part completes it");

    let partial = mock!(aws_sdk_cloudwatch::Client::get_metric_data)
        .then_output(|| part(&[(START, f64::NAN)], StatusCode::InternalError, None));
    let broken = read(&cloud_of(&[&partial]), question(&[Metric::CpuUse])).await.unwrap();
    assert_eq!((broken.is_empty(&id), broken.notes), (true, vec!["InternalError".to_owned()]));

    let says = mock!(aws_sdk_cloudwatch::Client::get_metric_data).then_output(|| {
        let message =
            MessageData::builder().code("MaxMetricsExceeded").value("The limit\u{1b}[31m was reached").build();
        GetMetricDataOutput::builder().messages(message).build()
    });
    let noted = read(&cloud_of(&[&says]), question(&[Metric::CpuUse])).await.unwrap();
    assert_eq!(noted.notes, ["MaxMetricsExceeded: The limit\u{fffd}[31m was reached"]);
}

#[tokio::test]
async fn an_answer_that_never_ends_is_left() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let rule = mock!(aws_sdk_cloudwatch::Client::get_metric_data).then_compute_output(move |_| {
        let part_number = counter.fetch_add(1, Ordering::Relaxed);
        part(&[], StatusCode::PartialData, Some(&format!("token-{part_number}")))
    });
    let readings = read(&cloud_of(&[&rule]), question(&[Metric::CpuUse])).await.unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), MOST_PARTS);
    assert_eq!(readings.notes, ["PartialData"]);
}
