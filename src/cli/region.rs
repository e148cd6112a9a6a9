//! The `--region` flag: a region that exists, or the one that was probably meant.

use crate::domain::region::{KNOWN, Region};
use crate::text::Language;

use super::error::{BadInput, nearest};

/// The region, if AWS has it. Partitions that are not listed publicly (US government, China, the isolated ones, the
/// European sovereign cloud) go by their shape, and with an endpoint of one's own anything does that has a region's
/// shape.
pub(super) fn check(code: &str, own_endpoint: bool) -> Result<Region, BadInput> {
    let region = Region::parse(code);
    if let Some(region) = region.filter(|region| own_endpoint || is_known(region)) {
        return Ok(region);
    }
    let hint = suggestion(code).map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
    Err(BadInput::of_value("--region", code, format!("there is no such region{hint}")))
}

fn is_known(region: &Region) -> bool {
    let code = region.as_str();
    let isolated = code.split('-').nth(1).is_some_and(|word| word.starts_with("iso"));
    isolated
        || ["us-gov-", "cn-", "eusc-"].iter().any(|partition| code.starts_with(partition))
        || KNOWN.iter().any(|(known, _)| *known == code)
}

/// By the city's name in either language, by an availability zone of the region, or by a slip of the finger.
fn suggestion(typed: &str) -> Option<&'static str> {
    let typed = typed.trim().to_lowercase();
    let codes = || KNOWN.iter().map(|(code, _)| *code);
    let of_city = || {
        let word = squeezed(&typed);
        let is_meant =
            |city: &str| [Language::English, Language::Korean].iter().any(|in_| squeezed(&in_.say(city)) == word);
        KNOWN.iter().find(|(_, city)| !word.is_empty() && is_meant(city)).map(|(code, _)| *code)
    };
    let of_zone = || {
        let zone = typed.strip_suffix(|c: char| c.is_ascii_lowercase())?;
        codes().find(|code| *code == zone)
    };
    of_city().or_else(|| codes().find(|code| *code == typed)).or_else(of_zone).or_else(|| nearest(&typed, codes()))
}

/// Letters only, in lower case and without accents that a keyboard may lack, so that "tel aviv", "Tel-Aviv" and
/// "telaviv" are one.
fn squeezed(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphabetic()).map(|c| if c == 'ã' { 'a' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_every_partition_are_taken() {
        for code in [
            "ap-northeast-2",
            "us-east-1",
            "us-gov-west-1",
            "cn-north-1",
            "us-iso-east-1",
            "us-isob-east-1",
            "eu-isoe-west-1",
            "eusc-de-east-1",
        ] {
            assert_eq!(check(code, false).unwrap().as_str(), code);
        }
    }

    #[test]
    fn an_own_endpoint_may_have_regions_of_its_own() {
        assert_eq!(check("zz-test-1", true).unwrap().as_str(), "zz-test-1");
        assert!(check("zz-test-1", false).is_err());
        assert!(check("not a region", true).is_err());
    }

    #[test]
    fn what_was_meant_is_suggested() {
        for (typed, meant) in [
            ("seoul", "ap-northeast-2"),
            ("Seoul", "ap-northeast-2"),
            ("서울", "ap-northeast-2"),
            ("tel-aviv", "il-central-1"),
            ("São Paulo", "sa-east-1"),
            ("sao paulo", "sa-east-1"),
            ("ap-northeast-2a", "ap-northeast-2"),
            ("AP-NORTHEAST-2", "ap-northeast-2"),
            ("ap-norteast-2", "ap-northeast-2"),
            ("us-east1", "us-east-1"),
            ("useast1", "us-east-1"),
        ] {
            let error = check(typed, false).unwrap_err().to_string();
            assert!(error.ends_with(&format!("; did you mean {meant}?")), "{error}");
        }
        for typed in ["", "atlantis", "-", "ap"] {
            let error = check(typed, false).unwrap_err().to_string();
            assert!(error.ends_with("there is no such region"), "{error}");
        }
    }
}
