//! Measured numbers in few characters: percentages, amounts, network speed, durations.

use jiff::SignedDuration;

use super::look::Look;
use crate::tr;

/// A duration in its two largest units, in the program's own words.
#[must_use]
pub fn span_of(time: SignedDuration, look: Look) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    let (days, hours, left) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let language = look.language;
    let parts = [
        (days, tr!(language, "age-days", n = days)),
        (hours, tr!(language, "age-hours", n = hours)),
        (left, tr!(language, "age-minutes", n = left)),
    ];
    let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    let said = parts.iter().skip(first).take(2).filter(|(count, _)| *count > 0 || first == 2);
    said.map(|(_, text)| text.clone()).collect::<Vec<_>>().join(" ")
}

/// A percentage.
#[must_use]
pub fn percent(value: f64) -> String {
    // Whole numbers say enough from ten on.
    if value < 9.95 && (value - value.round()).abs() > 0.049 {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

/// An amount, such as of credits.
#[must_use]
pub fn amount(value: f64) -> String {
    if value < 99.95 && (value - value.round()).abs() > 0.049 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// Network speed, in steps of a thousand as AWS counts it.
#[must_use]
pub fn per_second(bytes: f64) -> String {
    let units = ["B/s", "kB/s", "MB/s", "GB/s"];
    let mut value = bytes;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1_000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && value < 9.95 && (value - value.round()).abs() > 0.049);
    format!("{value:.digits$} {}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [(0.0, "0 %"), (3.12, "3.1 %"), (9.99, "10 %"), (34.4, "34 %"), (100.0, "100 %")] {
            assert_eq!(percent(value), expected);
        }
        for (value, expected) in
            [(0.0, "0 B/s"), (812.4, "812 B/s"), (1_500.0, "1.5 kB/s"), (999_600.0, "1 MB/s"), (23e9, "23 GB/s")]
        {
            assert_eq!(per_second(value), expected);
        }
        for (value, expected) in [(0.0, "0"), (12.34, "12.3"), (288.0, "288"), (104.6, "105")] {
            assert_eq!(amount(value), expected);
        }
    }

    #[test]
    fn durations_have_two_units() {
        let look = Look { language: Language::English, ascii: false };
        for (seconds, expected) in
            [(300, "5 m"), (9_600, "2 h 40 m"), (3_600, "1 h"), (7 * 86_400, "7 d"), (90_000, "1 d 1 h"), (20, "0 m")]
        {
            assert_eq!(span_of(SignedDuration::from_secs(seconds), look), expected);
        }
    }
}
