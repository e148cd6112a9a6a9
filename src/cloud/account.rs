//! Whose account it is, and which regions it can use.

use super::Cloud;
use super::convert::words;
use super::error::{Call, problem};
use super::send::ask;
use crate::domain::problem::Problem;
use crate::domain::region::{Region, RegionEntry};
use crate::message::Account;

/// A region that every account can use.
const HOME: &str = "us-east-1";

impl Cloud {
    /// `sts:GetCallerIdentity`, which needs no permission.
    pub(super) async fn account(&self) -> Result<Account, Problem> {
        let answer = self
            .clients
            .sts
            .get_caller_identity()
            .send()
            .await
            .map_err(|failure| problem(&failure, &Call::read("sts", "GetCallerIdentity", &self.hosts)))?;
        Ok(Account { id: words(answer.account()), arn: words(answer.arn()) })
    }

    /// Whether the account has not enabled this region: a region that every account has is asked, once.
    pub(super) async fn is_region_disabled(&self) -> bool {
        *self
            .region_disabled
            .get_or_init(|| async {
                let elsewhere =
                    aws_sdk_ec2::config::Builder::new().region(aws_sdk_ec2::config::Region::from_static(HOME));
                let request = self.ec2().describe_regions().all_regions(true).customize().config_override(elsewhere);
                let Ok(answer) = request.send().await else { return false };
                answer.regions().iter().any(|region| {
                    region.region_name() == Some(self.region.as_str()) && region.opt_in_status() == Some("not-opted-in")
                })
            })
            .await
    }

    /// `DescribeRegions` with those that the account has not opted in to, in the order of their codes.
    pub(super) async fn regions(&self) -> Result<Vec<RegionEntry>, Problem> {
        let answer = ask!(self, "DescribeRegions", self.ec2().describe_regions().all_regions(true))?;
        let mut regions: Vec<RegionEntry> = answer
            .regions()
            .iter()
            .filter_map(|region| {
                Some(RegionEntry {
                    region: Region::parse(region.region_name()?)?,
                    enabled: region.opt_in_status() != Some("not-opted-in"),
                })
            })
            .collect();
        regions.sort_by(|one, other| one.region.cmp(&other.region));
        Ok(regions)
    }
}
