//! How long the CPU credits of an instance last if it goes on as it does.

use jiff::SignedDuration;

use super::instance_type::CreditRate;

/// What becomes of the balance at the present rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It is used up after this long.
    EmptyIn(SignedDuration),
    /// It is used up already.
    Empty,
    /// As much is earned as is spent, or more.
    Lasts,
}

/// What becomes of a balance of credits at a CPU use in percent of the whole instance.
///
/// One credit is one virtual processor at 100 % for a minute, so an hour costs `vCPUs * use / 100 * 60`; an hour at the
/// baseline costs what is earned in it (EC2 user guide, "Key concepts for burstable performance instances"). So the
/// number of virtual processors need not be known: spent per hour is earned per hour times use over baseline.
#[must_use]
pub fn outlook(balance: f64, use_percent: f64, rate: CreditRate) -> Outlook {
    if !balance.is_finite() || !use_percent.is_finite() {
        return Outlook::Lasts;
    }
    let spent = rate.earned_per_hour * use_percent / rate.baseline_percent;
    let lost = spent - rate.earned_per_hour;
    // Less than a thousandth of what is earned: noise of the measurement.
    if lost <= rate.earned_per_hour / 1_000.0 {
        return Outlook::Lasts;
    }
    if balance <= 0.0 {
        return Outlook::Empty;
    }
    SignedDuration::try_from_secs_f64(balance / lost * 3_600.0).map_or(Outlook::Lasts, Outlook::EmptyIn)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::instance_type::credit_rate;

    fn rate(name: &str) -> CreditRate {
        credit_rate(name).unwrap()
    }

    #[test]
    fn the_examples_of_the_user_guide() {
        // 288 credits of a t3.micro at full load: 288 / (2 * 60 - 12) hours.
        assert_eq!(outlook(288.0, 100.0, rate("t3.micro")), Outlook::EmptyIn(SignedDuration::from_secs(9_600)));
        for (balance, percent, name, expected) in [
            (100.0, 10.0, "t3.micro", Outlook::Lasts),
            (100.0, 9.0, "t3.micro", Outlook::Lasts),
            (0.0, 9.0, "t3.micro", Outlook::Lasts),
            (0.0, 50.0, "t3.micro", Outlook::Empty),
            // 8 virtual processors, 81.6 an hour: 8 * 60 - 81.6 are lost.
            (398.4, 100.0, "t2.2xlarge", Outlook::EmptyIn(SignedDuration::from_secs(3_600))),
            (f64::NAN, 100.0, "t3.micro", Outlook::Lasts),
        ] {
            let found = outlook(balance, percent, rate(name));
            match (found, expected) {
                (Outlook::EmptyIn(found), Outlook::EmptyIn(expected)) => {
                    assert!((found - expected).abs() < SignedDuration::from_secs(2), "{name} {found} {expected}");
                }
                _ => assert_eq!(found, expected, "{balance} {percent} {name}"),
            }
        }
    }

    const TYPES: [(&str, u32); 7] = [
        ("t2.nano", 1),
        ("t2.xlarge", 4),
        ("t3.micro", 2),
        ("t3a.small", 2),
        ("t4g.large", 2),
        ("t3.xlarge", 4),
        ("t4g.2xlarge", 8),
    ];

    proptest! {
        /// The same as counting credit by credit with the number of virtual processors.
        #[test]
        fn it_is_what_counting_minute_by_minute_gives(
            kind in 0..TYPES.len(),
            balance in 0.0..5_000.0_f64,
            percent in 0.0..100.0_f64,
        ) {
            let (name, vcpus) = TYPES[kind];
            let rate = rate(name);
            let lost = f64::from(vcpus) * percent / 100.0 * 60.0 - rate.earned_per_hour;
            match outlook(balance, percent, rate) {
                Outlook::Lasts => prop_assert!(lost <= rate.earned_per_hour / 500.0, "{lost}"),
                Outlook::Empty => prop_assert!(balance <= 0.0 && lost > 0.0),
                Outlook::EmptyIn(time) => {
                    let left = balance - lost * time.as_secs_f64() / 3_600.0;
                    prop_assert!(left.abs() < 0.01 + balance * 0.01, "{left} are left of {balance}");
                }
            }
        }

        /// More use never makes it last longer, more balance never shorter.
        #[test]
        fn it_is_monotonous(balance in 0.1..5_000.0_f64, percent in 0.0..99.0_f64, more in 0.0..1.0_f64) {
            let rate = rate("t3.small");
            let time = |outlook| match outlook {
                Outlook::EmptyIn(time) => time,
                Outlook::Empty => SignedDuration::ZERO,
                Outlook::Lasts => SignedDuration::MAX,
            };
            let now = time(outlook(balance, percent, rate));
            prop_assert!(time(outlook(balance, percent + more, rate)) <= now);
            prop_assert!(time(outlook(balance + more, percent, rate)) >= now);
        }
    }
}
