//! EBS snapshots of the account's own.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{amount, following, maybe, tags, time, words};
use super::send::{Repeat, ask, change};
use crate::domain::id::{SnapshotId, VolumeId};
use crate::domain::problem::Problem;
use crate::domain::snapshot::Snapshot;
use crate::domain::tag::name_of;
use crate::message::{Found, Page, Written};

/// The largest page.
const PAGE: i32 = 1_000;

impl Cloud {
    /// `DescribeSnapshots` of the account's own, page by page: without an owner, everybody's public ones would come.
    pub(super) async fn snapshots(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let mut token = None;
        loop {
            let request =
                self.ec2().describe_snapshots().owner_ids("self").max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeSnapshots", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = page.snapshots().iter().filter_map(snapshot).collect();
            found(Found::Snapshots(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }

    /// `DeleteSnapshot`.
    pub(super) async fn delete_snapshot(&self, id: &SnapshotId) -> Result<Written, Problem> {
        let request = self.ec2().delete_snapshot().snapshot_id(id.as_str());
        // A second try would be told that it is not there.
        change!(self, Repeat::Never, "DeleteSnapshot", request).map(|_| Written::Done)
    }
}

fn snapshot(from: &sdk::Snapshot) -> Option<Snapshot> {
    Some(Snapshot {
        id: SnapshotId::new(words(Some(from.snapshot_id()?))),
        name: name_of(&tags(from.tags())),
        description: words(from.description()),
        volume_gib: amount(from.volume_size()),
        full_bytes: from.full_snapshot_size_in_bytes().and_then(|bytes| bytes.try_into().ok()),
        started: time(from.start_time.as_ref()),
        // EC2 writes `vol-ffffffff` where there is none.
        volume: maybe(from.volume_id()).filter(|id| id != "vol-ffffffff").map(VolumeId::new),
        encrypted: from.encrypted().unwrap_or_default(),
        completed: from.state() == Some(&sdk::SnapshotState::Completed),
        archived: from.storage_tier() == Some(&sdk::StorageTier::Archive),
    })
}

#[cfg(test)]
mod tests {
    use aws_smithy_mocks::mock;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::domain::problem::Cause;
    use crate::message::{Read, Write};

    fn answer(status: u16, body: &str) -> HttpResponse {
        HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body))
    }

    /// As EC2 answers over the wire, in two pages.
    const FIRST: &str = r#"<DescribeSnapshotsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><snapshotSet><item>
        <snapshotId>snap-0aaa</snapshotId><volumeId>vol-ffffffff</volumeId><status>completed</status>
        <startTime>2026-01-02T03:04:05.678Z</startTime><progress>100%</progress><ownerId>123456789012</ownerId>
        <volumeSize>30</volumeSize><description>Copied for DestinationAmi ami-1a2b3c4d</description>
        <encrypted>true</encrypted><storageTier>standard</storageTier>
        <fullSnapshotSizeInBytes>2147483648</fullSnapshotSizeInBytes>
        <tagSet><item><key>Name</key><value>shop</value></item></tagSet></item></snapshotSet>
        <nextToken>more</nextToken></DescribeSnapshotsResponse>"#;
    const SECOND: &str = r#"<DescribeSnapshotsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><snapshotSet><item>
        <snapshotId>snap-0bbb</snapshotId><volumeId>vol-1</volumeId><status>pending</status><volumeSize>8</volumeSize>
        <description/><encrypted>false</encrypted><storageTier>archive</storageTier></item></snapshotSet>
        </DescribeSnapshotsResponse>"#;

    #[tokio::test]
    async fn only_the_accounts_own_are_asked_for_in_pages() {
        let rule = mock!(aws_sdk_ec2::Client::describe_snapshots)
            .match_requests(|asked| asked.owner_ids() == ["self"] && asked.next_token().is_none())
            .then_http_response(|| answer(200, FIRST));
        let next = mock!(aws_sdk_ec2::Client::describe_snapshots)
            .match_requests(|asked| asked.owner_ids() == ["self"] && asked.next_token() == Some("more"))
            .then_http_response(|| answer(200, SECOND));
        let found = read_all(&cloud_of(&[&rule, &next]), Read::Snapshots).await.unwrap();
        let [Found::Snapshots(first), Found::Snapshots(second)] = found.as_slice() else { panic!("{found:?}") };
        assert!(first.more && !second.more);
        let shop = &first.rows[0];
        assert_eq!((shop.label(), shop.volume_gib, shop.full_bytes, &shop.volume), ("shop", 30, Some(1 << 31), &None));
        assert!(shop.encrypted && shop.completed && !shop.archived && shop.made_for().is_some());
        assert!(!second.rows[0].completed && second.rows[0].archived);
    }

    #[tokio::test]
    async fn one_that_an_image_needs_stays_with_its_own_code_and_read_only_sends_nothing() {
        let body = "<Response><Errors><Error><Code>InvalidSnapshot.InUse</Code><Message>The snapshot snap-1 is currently \
                    in use by ami-1</Message></Error></Errors></Response>";
        let rule = mock!(aws_sdk_ec2::Client::delete_snapshot)
            .match_requests(|asked| asked.snapshot_id() == Some("snap-1"))
            .then_http_response(move || answer(400, body));
        let mut cloud = cloud_of(&[&rule]);
        let delete = || Write::DeleteSnapshot(SnapshotId::new("snap-1"));
        let problem = cloud.write(delete()).await.unwrap_err();
        assert!(problem.is("InvalidSnapshot.InUse") && problem.cause == Cause::Service);
        cloud.read_only = true;
        assert_eq!(cloud.write(delete()).await.unwrap_err().cause, Cause::ReadOnly);
        assert_eq!(rule.num_calls(), 1);
    }
}
