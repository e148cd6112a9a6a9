//! Amounts in US dollars: exact decimals, as AWS's own data has them. Nothing here knows a price.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// Hours in the month that AWS's own calculators take: a year's hours in twelve parts.
pub const HOURS_PER_MONTH: u32 = 730;

/// An amount in US dollars. Never rounded before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount as AWS writes it, such as `0.0130000000`; `None` when it is no number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Decimal::from_str_exact(text.trim()).or_else(|_| Decimal::from_scientific(text.trim())).ok().map(Self)
    }

    /// An amount that AWS gives as a floating-point number, such as credits; `None` when it is not finite.
    #[must_use]
    pub fn from_f64(amount: f64) -> Option<Self> {
        Decimal::try_from(amount).ok().map(Self)
    }

    /// The decimal itself, for files.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.0
    }

    /// So many times it; the largest amount there is when it would be more.
    #[must_use]
    pub fn times(self, count: impl Into<Decimal>) -> Self {
        Self(self.0.saturating_mul(count.into()))
    }

    /// A part of it: `None` when there are no parts.
    #[must_use]
    pub fn divided_by(self, parts: impl Into<Decimal>) -> Option<Self> {
        self.0.checked_div(parts.into()).map(Self)
    }

    /// What costs this much an hour costs in a month of [`HOURS_PER_MONTH`].
    #[must_use]
    pub fn month_of_hours(self) -> Self {
        self.times(HOURS_PER_MONTH)
    }

    /// Whether it is nothing or less.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 <= Decimal::ZERO
    }

    /// With four decimals at most and two at least, as hourly prices are read: `$0.013`, `$0.0104`, `$1.00`.
    #[must_use]
    pub fn hourly(self) -> String {
        let rounded = self.0.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize();
        if rounded.is_zero() && !self.0.is_zero() {
            // A price that is there must not look like none.
            return format!("${}", self.0.normalize());
        }
        let decimals = rounded.scale().max(2) as usize;
        format!("${rounded:.decimals$}")
    }
}

/// With two decimals; what is less than a cent says so.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        if rounded.is_zero() && self.0 > Decimal::ZERO {
            return f.pad("<$0.01");
        }
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
        f.pad(&format!("{sign}${:.2}", rounded.abs()))
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn amounts_are_exact() {
        let hour = money("0.0130000000");
        assert_eq!(hour.times(3_u32), money("0.039"));
        assert_eq!(hour.month_of_hours(), money("9.49"));
        assert_eq!([money("0.1"), money("0.2")].into_iter().sum::<Money>(), money("0.3"));
        assert_eq!((Money::parse("free"), Money::from_f64(f64::NAN)), (None, None));
        assert_eq!(Money::parse("1.66667E-5"), Money::parse("0.0000166667"));
        assert_eq!(money("1").divided_by(0_u32), None);
    }

    #[test]
    fn they_are_read_as_prices_are() {
        for (text, hourly, plain) in [
            ("0.0130000000", "$0.013", "$0.01"),
            ("0.0104", "$0.0104", "$0.01"),
            ("1", "$1.00", "$1.00"),
            ("0.00001", "$0.00001", "<$0.01"),
            ("12.345", "$12.345", "$12.35"),
            ("0", "$0.00", "$0.00"),
            ("-3.5", "$-3.50", "-$3.50"),
        ] {
            assert_eq!((money(text).hourly().as_str(), money(text).to_string().as_str()), (hourly, plain));
        }
        assert_eq!(format!("{:>8}", money("3.65")), "   $3.65");
    }
}
