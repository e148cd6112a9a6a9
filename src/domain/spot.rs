//! The spot market's present prices, as `DescribeSpotPriceHistory` tells them: they change without notice, and AWS may
//! take such a machine back with two minutes' warning.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::money::Money;

/// What one question has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpotPrices {
    /// The operation that was asked about, as in [`super::price`].
    pub operation: String,
    /// By type, the cheapest zone first; a type that is missing is not on the spot market here.
    pub prices: BTreeMap<String, Vec<SpotPrice>>,
}

/// An hour of a type in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpotPrice {
    /// For an hour.
    pub hour: Money,
    /// For example `ap-northeast-2a`.
    pub zone: String,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// EC2's word on the spot market for an operation (EC2 user guide, "AMI billing information fields"); `None` where
/// there is no spot market for it, or none that this program knows.
#[must_use]
pub fn product_description(operation: &str) -> Option<&'static str> {
    match operation {
        "RunInstances" => Some("Linux/UNIX"),
        "RunInstances:0002" => Some("Windows"),
        "RunInstances:0010" => Some("Red Hat Enterprise Linux"),
        "RunInstances:000g" => Some("SUSE Linux"),
        _ => None,
    }
}
