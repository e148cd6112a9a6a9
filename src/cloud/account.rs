//! Whose account it is, and which regions it can use.

use super::Cloud;
use super::convert::words;
use super::error::{Call, problem};
use super::send::ask;
use crate::domain::problem::Problem;
use crate::domain::region::{Region, RegionEntry};
use crate::message::Account;

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
