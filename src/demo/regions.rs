//! Regions, zones and whose account it is: what does not depend on a region's resources.

use std::sync::LazyLock;

use aws_sdk_ec2::operation::describe_availability_zones::{
    DescribeAvailabilityZonesInput, DescribeAvailabilityZonesOutput,
};
use aws_sdk_ec2::operation::describe_regions::{DescribeRegionsInput, DescribeRegionsOutput};
use aws_sdk_ec2::types::{AvailabilityZone, AvailabilityZoneOptInStatus, AvailabilityZoneState, Region};
use aws_sdk_sts::operation::get_caller_identity::{GetCallerIdentityInput, GetCallerIdentityOutput};

use super::fault::Fault;
use super::query::{keep, passes};
use super::table;
use super::tags::Tags;
use super::world::{ACCOUNT, World};

/// One region of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RegionRow {
    /// The code.
    pub code: String,
    /// Its zones' letters.
    pub zones: Vec<char>,
    /// `apne2` of `apne2-az1`.
    pub zone_id_prefix: String,
    /// EC2's word.
    pub opt_in_status: String,
}

impl RegionRow {
    /// Whether the account may use it.
    pub fn is_enabled(&self) -> bool {
        self.opt_in_status != "not-opted-in"
    }

    /// Zone names and ids, in order.
    pub fn zone_names(&self) -> impl Iterator<Item = (String, String)> {
        self.zones
            .iter()
            .enumerate()
            .map(|(at, letter)| (format!("{}{letter}", self.code), format!("{}-az{}", self.zone_id_prefix, at + 1)))
    }
}

static REGIONS: LazyLock<Vec<RegionRow>> = LazyLock::new(|| {
    table::rows(include_str!("../../assets/demo/regions.tsv"))
        .map(|row| RegionRow {
            code: row.text(0).to_owned(),
            zones: row.text(1).chars().collect(),
            zone_id_prefix: row.text(2).to_owned(),
            opt_in_status: row.text(3).to_owned(),
        })
        .collect()
});

/// The region with this code.
pub(super) fn find(code: &str) -> Option<&'static RegionRow> {
    REGIONS.iter().find(|region| region.code == code)
}

/// `DescribeRegions`
pub(super) fn describe_regions(_: &mut World, input: &DescribeRegionsInput) -> Result<DescribeRegionsOutput, Fault> {
    let all = input.all_regions().unwrap_or_default();
    if let Some(unknown) = input.region_names().iter().find(|name| find(name).is_none()) {
        return Err(Fault::value(format!("Invalid region name: {unknown}")));
    }
    let listed = REGIONS
        .iter()
        .filter(|region| all || region.is_enabled())
        .filter(|region| input.region_names().is_empty() || input.region_names().contains(&region.code))
        .collect();
    let listed = keep(listed, |region: &&RegionRow| {
        passes(input.filters(), &Tags::new(), |name| match name {
            "region-name" => Some(vec![region.code.clone()]),
            "opt-in-status" => Some(vec![region.opt_in_status.clone()]),
            "endpoint" => Some(vec![endpoint(region)]),
            _ => None,
        })
    })?;
    let regions = listed.into_iter().map(|region| {
        Region::builder()
            .region_name(&region.code)
            .endpoint(endpoint(region))
            .opt_in_status(&region.opt_in_status)
            .build()
    });
    Ok(DescribeRegionsOutput::builder().set_regions(Some(regions.collect())).build())
}

fn endpoint(region: &RegionRow) -> String {
    format!("ec2.{}.amazonaws.com", region.code)
}

/// `DescribeAvailabilityZones`
pub(super) fn describe_zones(
    world: &mut World,
    input: &DescribeAvailabilityZonesInput,
) -> Result<DescribeAvailabilityZonesOutput, Fault> {
    let listed = world.region.zone_names().collect();
    let listed = keep(listed, |(name, id): &(String, String)| {
        let named = input.zone_names().is_empty() || input.zone_names().contains(name);
        let passed = passes(input.filters(), &Tags::new(), |filter| match filter {
            "zone-name" => Some(vec![name.clone()]),
            "zone-id" => Some(vec![id.clone()]),
            "state" => Some(vec!["available".to_owned()]),
            "region-name" => Some(vec![world.region.code.clone()]),
            "zone-type" => Some(vec!["availability-zone".to_owned()]),
            "opt-in-status" => Some(vec!["opt-in-not-required".to_owned()]),
            _ => None,
        })?;
        Ok(named && passed)
    })?;
    let zones = listed.into_iter().map(|(name, id)| {
        AvailabilityZone::builder()
            .zone_name(name)
            .zone_id(id)
            .zone_type("availability-zone")
            .state(AvailabilityZoneState::Available)
            .opt_in_status(AvailabilityZoneOptInStatus::OptInNotRequired)
            .region_name(&world.region.code)
            .group_name(&world.region.code)
            .network_border_group(&world.region.code)
            .build()
    });
    Ok(DescribeAvailabilityZonesOutput::builder().set_availability_zones(Some(zones.collect())).build())
}

/// `sts:GetCallerIdentity`
#[expect(clippy::unnecessary_wraps, reason = "all operations have one shape")]
pub(super) fn caller_identity(_: &mut World, _: &GetCallerIdentityInput) -> Result<GetCallerIdentityOutput, Fault> {
    Ok(GetCallerIdentityOutput::builder()
        .account(ACCOUNT)
        .user_id("AIDADEMODEMODEMODEMO1")
        .arn(format!("arn:aws:iam::{ACCOUNT}:user/demo"))
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::KNOWN;

    #[test]
    fn the_table_has_every_region_that_the_program_knows() {
        for (code, _) in KNOWN {
            let row = find(code).unwrap_or_else(|| panic!("{code} is missing"));
            assert!(row.zones.len() >= 2 && !row.zone_id_prefix.is_empty(), "{code}");
            assert!(
                ["opt-in-not-required", "opted-in", "not-opted-in"].contains(&row.opt_in_status.as_str()),
                "{code}"
            );
        }
        assert_eq!(REGIONS.len(), KNOWN.len());
        assert!(!find("ap-southeast-3").unwrap().is_enabled());
    }
}
