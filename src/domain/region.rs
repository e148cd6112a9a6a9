//! Regions and the cities they are in.

use std::fmt;

/// A region's code, such as `ap-northeast-2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// The region with this code, if the code has a region's shape (`xx-word-n`, lower case).
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('-').collect();
        let (number, words) = parts.split_last()?;
        let shaped = words.len() >= 2
            && words.iter().all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()))
            && (1..=2).contains(&number.len())
            && number.chars().all(|c| c.is_ascii_digit());
        (shaped && code.len() <= 32).then(|| Self(code.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The part of AWS that is neither China nor a government's nor Europe's own.
pub const MAIN: &str = "aws";
/// China's.
pub const CHINA: &str = "aws-cn";
/// That of `GovCloud`.
pub const GOV: &str = "aws-us-gov";

/// The part of AWS that a region belongs to, as ARNs begin with it.
#[must_use]
pub fn partition(region: &Region) -> &'static str {
    match region.as_str() {
        code if code.starts_with("cn-") => CHINA,
        code if code.starts_with("us-gov-") => GOV,
        code if code.starts_with("eusc-") => "aws-eusc",
        _ => MAIN,
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether the account can use a region (`DescribeRegions` with `AllRegions`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionEntry {
    /// The region.
    pub region: Region,
    /// `false`: calls there are refused until the account opts in.
    pub enabled: bool,
}

/// The regions that AWS listed in November 2026, with the text key of their city; the list asked of the API wins
/// wherever there is one. Source: botocore 1.43.11, `endpoints.json`.
pub const KNOWN: &[(&str, &str)] = &[
    ("us-east-1", "city-n-virginia"),
    ("us-east-2", "city-ohio"),
    ("us-west-1", "city-n-california"),
    ("us-west-2", "city-oregon"),
    ("af-south-1", "city-cape-town"),
    ("ap-east-1", "city-hong-kong"),
    ("ap-east-2", "city-taipei"),
    ("ap-northeast-1", "city-tokyo"),
    ("ap-northeast-2", "city-seoul"),
    ("ap-northeast-3", "city-osaka"),
    ("ap-south-1", "city-mumbai"),
    ("ap-south-2", "city-hyderabad"),
    ("ap-southeast-1", "city-singapore"),
    ("ap-southeast-2", "city-sydney"),
    ("ap-southeast-3", "city-jakarta"),
    ("ap-southeast-4", "city-melbourne"),
    ("ap-southeast-5", "city-malaysia"),
    ("ap-southeast-6", "city-new-zealand"),
    ("ap-southeast-7", "city-thailand"),
    ("ca-central-1", "city-canada-central"),
    ("ca-west-1", "city-calgary"),
    ("eu-central-1", "city-frankfurt"),
    ("eu-central-2", "city-zurich"),
    ("eu-north-1", "city-stockholm"),
    ("eu-south-1", "city-milan"),
    ("eu-south-2", "city-spain"),
    ("eu-west-1", "city-ireland"),
    ("eu-west-2", "city-london"),
    ("eu-west-3", "city-paris"),
    ("il-central-1", "city-tel-aviv"),
    ("me-central-1", "city-uae"),
    ("me-south-1", "city-bahrain"),
    ("mx-central-1", "city-mexico-central"),
    ("sa-east-1", "city-sao-paulo"),
];

/// The text key of the region's city, when the region is a known one.
#[must_use]
pub fn city_key(region: &Region) -> Option<&'static str> {
    KNOWN.iter().find(|(code, _)| *code == region.as_str()).map(|(_, city)| *city)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_a_shape() {
        for good in ["ap-northeast-2", "us-gov-west-1", "eusc-de-east-1", "mx-central-1"] {
            assert!(Region::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "seoul", "ap-northeast", "AP-NORTHEAST-2", "ap-northeast-2a", "ap--2", "../etc-x-1", "-oProxy-1"]
        {
            assert!(Region::parse(bad).is_none(), "{bad}");
        }
        assert!(KNOWN.iter().all(|(code, _)| Region::parse(code).is_some()));
    }
}
