use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

/// A month lived through hour by hour: the use at its end, and the first moment at which the limit is reached.
fn simulate(used: f64, limit: f64, per_hour: f64, now: Timestamp) -> (f64, Option<Timestamp>) {
    let month = |time: Timestamp| {
        let zoned = time.to_zoned_datetime(TimeZone::UTC);
        (zoned.year(), zoned.month())
    };
    let (this, mut time, mut sum) = (month(now), now, used);
    let mut reached = (used > limit || (used >= limit && per_hour > 0.0)).then_some(now);
    while month(time) == this {
        // The next full hour of the clock: months begin on one.
        let next = Timestamp::from_second((time.as_second() / 3_600 + 1) * 3_600).unwrap();
        let part = next.duration_since(time).as_secs_f64() / 3_600.0;
        sum += per_hour * part;
        if reached.is_none() && sum >= limit && month(time) == this {
            reached = Some(next);
        }
        time = next;
    }
    (sum, reached)
}

#[test]
fn one_instance_all_month_fits_and_two_do_not() {
    let start = at("2026-10-01T00:00:00Z");
    let one = Forecast::of_month(0.0, 750.0, 1.0, start);
    assert_eq!((one.at_month_end.round(), one.is_over()), (744.0, false), "31 days are 744 hours");
    let two = Forecast::of_month(0.0, 750.0, 2.0, start);
    assert_eq!(two.runs_out, Some(at("2026-10-16T15:00:00Z")), "two use it up in half the month");
}

#[test]
fn months_are_utc_and_have_their_own_lengths() {
    for (now, start, end, hours) in [
        ("2026-11-24T15:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", 720.0),
        ("2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", 744.0),
        ("2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z", 696.0),
        ("2027-02-28T23:00:00Z", "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z", 672.0),
        // In Seoul it is December already.
        ("2026-12-01T00:30:00+09:00", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", 720.0),
        ("2026-11-30T23:30:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", 720.0),
        // In Honolulu it is November still.
        ("2026-12-01T05:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", 744.0),
        ("2028-02-29T23:59:59Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z", 696.0),
    ] {
        let now = at(now);
        assert_eq!((month_start(now), month_end(now), hours_of_month(now)), (at(start), at(end), hours));
    }
}

#[test]
fn what_is_used_up_is_so_now() {
    let now = at("2026-11-24T15:00:00Z");
    assert_eq!(Forecast::of_month(750.0, 750.0, 1.0, now).runs_out, Some(now));
    assert_eq!(Forecast::of_month(750.0, 750.0, 0.0, now).runs_out, None, "exactly all of it, and nothing runs");
    assert_eq!(Forecast::of_month(751.0, 750.0, 0.0, now).runs_out, Some(now));
}

#[test]
fn launches_count_from_the_month_s_first_moment() {
    let now = at("2026-11-24T00:00:00Z");
    let hours =
        hours_since_launch([at("2026-10-20T00:00:00Z"), at("2026-11-23T12:00:00Z"), at("2027-01-01T00:00:00Z")], now);
    assert!((hours - (23.0 * 24.0 + 12.0)).abs() < 1e-9, "{hours}");
}

#[test]
fn credits_end_when_they_are_burnt() {
    let now = at("2026-11-24T00:00:00Z");
    assert_eq!(credits_end(money("24"), money("0.5"), now), Some(at("2026-11-26T00:00:00Z")));
    assert_eq!(credits_end(money("24"), Money::ZERO, now), None);
    assert_eq!(credits_end(Money::ZERO, money("1"), now), Some(now));
    assert_eq!(credits_end(money("100000000"), money("0.0000001"), now), None, "beyond any calendar");
}

prop_compose! {
    fn any_moment()(year in 2024_i16..2033, day in 0_i32..366, second in 0_i64..86_400) -> Timestamp {
        let midnight = date(year, 1, 1).checked_add(day.days()).unwrap().to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
        midnight.checked_add(SignedDuration::from_secs(second)).unwrap()
    }
}

proptest! {
    #[test]
    fn a_forecast_is_what_a_month_comes_to_hour_by_hour(
        now in any_moment(), used in 0.0_f64..800.0, limit in 1.0_f64..800.0, running in 0_u32..6,
    ) {
        let per_hour = f64::from(running);
        let forecast = Forecast::of_month(used, limit, per_hour, now);
        let (sum, reached) = simulate(used, limit, per_hour, now);
        prop_assert!((forecast.at_month_end - sum).abs() < 1e-6, "{} {}", forecast.at_month_end, sum);
        match (forecast.runs_out, reached) {
            (Some(exact), Some(hour)) => {
                let apart = hour.duration_since(exact).as_secs();
                prop_assert!((-1..=3_600).contains(&apart), "{exact} {hour}");
            }
            (None, None) => {}
            // Reached with the month's last second.
            (None, Some(hour)) => prop_assert_eq!(hour, month_end(now)),
            (Some(exact), None) => prop_assert!(false, "{} and never", exact),
        }
    }

    #[test]
    fn credits_last_as_long_as_they_do_hour_by_hour(now in any_moment(), cents in 1_u32..20_000, rate in 1_u32..500) {
        let credits = Money::parse(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap();
        let per_hour = Money::parse(&format!("0.{rate:03}")).unwrap();
        let (mut left, mut hours) = (credits, 0_i64);
        while !left.is_none() {
            left = left - per_hour;
            hours += 1;
        }
        let end = credits_end(credits, per_hour, now).unwrap();
        let last_hour = end.duration_since(now).as_secs();
        prop_assert!(last_hour <= hours * 3_600 && last_hour > (hours - 1) * 3_600 - 1, "{last_hour} {hours}");
    }
}
