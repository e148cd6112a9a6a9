//! Prices on this machine's disk: one file for each region, in the system's folder for what may be lost. A file that is
//! missing, damaged or of another time's shape says nothing and is replaced with the next answer.

use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::clean::clean;
use crate::domain::price::Prices;
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::replace::replace;

/// Changes whenever older files would be read wrongly.
const FORMAT: u32 = 1;

/// No region's prices take more, bytes.
const MOST: u64 = 8 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    region: String,
    prices: Prices,
}

/// The prices of a region, if the file holds them.
#[must_use]
pub fn read(file: &Path, region: &str) -> Option<Prices> {
    let mut text = String::new();
    let opened = std::fs::File::open(file).ok()?;
    opened.take(MOST).read_to_string(&mut text).ok()?;
    let kept: Kept = serde_json::from_str(&text)
        .inspect_err(|error| tracing::warn!(file = %file.display(), %error, "the cached prices cannot be read"))
        .ok()?;
    (kept.format == FORMAT && kept.region == region && kept.prices.is_sound()).then_some(kept.prices)
}

/// Keeps the prices of a region.
///
/// # Errors
/// What the system says.
pub fn write(file: &Path, region: &str, prices: Prices) -> Result<(), Problem> {
    let refused = |words: String| {
        let shown = clean(&file.display().to_string());
        Problem::local("WritePrices", LocalCause::System(shown), clean(&words))
    };
    let kept = Kept { format: FORMAT, region: region.to_owned(), prices };
    let text = serde_json::to_vec(&kept).map_err(|error| refused(error.to_string()))?;
    replace(file, &text).map_err(|error| refused(error.to_string()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::money::Money;
    use crate::domain::price::PricePart;

    fn prices() -> Prices {
        let mut prices = Prices::none(Timestamp::UNIX_EPOCH);
        prices.answered.insert(PricePart::Volumes, Timestamp::UNIX_EPOCH);
        prices.gib_months.insert("gp3".to_owned(), Money::parse("0.0912").unwrap());
        prices
    }

    #[test]
    fn prices_are_kept_for_their_region() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cache/prices.json");
        assert_eq!(read(&file, "ap-northeast-2"), None);
        write(&file, "ap-northeast-2", prices()).unwrap();
        assert_eq!(read(&file, "ap-northeast-2"), Some(prices()));
        assert_eq!(read(&file, "us-east-1"), None);
    }

    #[test]
    fn a_damaged_file_says_nothing_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prices.json");
        write(&file, "r", prices()).unwrap();
        let good = std::fs::read_to_string(&file).unwrap();
        for (name, text) in [
            ("empty", String::new()),
            ("torn", good[..good.len() / 2].to_owned()),
            ("another format", good.replace("\"format\":1", "\"format\":2")),
            ("a price of nothing", good.replace("0.0912", "0")),
            ("a price below nothing", good.replace("0.0912", "-1")),
            ("words", good.replace("\"0.0912\"", "\"cheap\"")),
        ] {
            assert_ne!(text, good, "{name}");
            std::fs::write(&file, text).unwrap();
            assert_eq!(read(&file, "r"), None, "{name}");
        }
        std::fs::write(&file, [0xff, 0xfe]).unwrap();
        assert_eq!(read(&file, "r"), None);
        write(&file, "r", prices()).unwrap();
        assert_eq!(read(&file, "r"), Some(prices()));
    }
}
