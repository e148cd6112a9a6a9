use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Zones are given as POSIX has them, so that no test depends on the machine's own.
fn typed(words: &str, now: &str, zone: &str) -> Result<String, WhenProblem> {
    moment(words, at(now), &TimeZone::posix(zone).unwrap()).map(|at| at.to_string())
}

#[test]
fn a_time_from_now_is_a_moment() {
    for (words, moment) in [
        ("4h", "2026-11-24T14:00:00Z"),
        (" 4 h ", "2026-11-24T14:00:00Z"),
        ("90m", "2026-11-24T11:30:00Z"),
        ("90min", "2026-11-24T11:30:00Z"),
        ("1h30", "2026-11-24T11:30:00Z"),
        ("1H30M", "2026-11-24T11:30:00Z"),
        ("1시간 30분", "2026-11-24T11:30:00Z"),
        ("2일", "2026-11-26T10:00:00Z"),
        ("7d12h", "2026-12-01T22:00:00Z"),
        ("5m", "2026-11-24T10:05:00Z"),
        ("365d", "2027-11-24T10:00:00Z"),
    ] {
        assert_eq!(typed(words, "2026-11-24T10:00:00Z", "KST-9"), Ok(moment.to_owned()), "{words}");
    }
    // Month ends and leap days are days like others; a minute that has begun counts whole.
    assert_eq!(typed("24h", "2028-02-28T12:00:01Z", "UTC0").as_deref(), Ok("2028-02-29T12:01:00Z"));
    assert_eq!(typed("24h", "2027-02-28T12:00:00.5Z", "UTC0").as_deref(), Ok("2027-03-01T12:01:00Z"));
}

#[test]
fn an_hour_is_the_next_time_that_the_persons_clock_shows_it() {
    let seoul = "KST-9";
    for (words, now, moment) in [
        ("23:00", "2026-11-24T10:00:00Z", "2026-11-24T14:00:00Z"),
        ("9:30", "2026-11-24T10:00:00Z", "2026-11-25T00:30:00Z"),
        ("19:00", "2026-11-24T10:00:00Z", "2026-11-25T10:00:00Z"),
        ("00:00", "2026-12-31T14:00:00Z", "2026-12-31T15:00:00Z"),
        ("08:00", "2028-02-28T23:30:00Z", "2028-02-29T23:00:00Z"),
        ("2026-12-01 09:00", "2026-11-24T10:00:00Z", "2026-12-01T00:00:00Z"),
    ] {
        assert_eq!(typed(words, now, seoul), Ok(moment.to_owned()), "{words} at {now}");
    }
}

#[test]
fn where_the_clock_is_put_forward_an_hour_that_is_not_shown_comes_later() {
    // New York, 8 March 2026: 02:00 becomes 03:00.
    let new_york = "EST5EDT,M3.2.0,M11.1.0";
    assert_eq!(typed("02:30", "2026-03-08T05:00:00Z", new_york).as_deref(), Ok("2026-03-08T07:30:00Z"), "03:30 EDT");
    assert_eq!(typed("03:30", "2026-03-08T05:00:00Z", new_york).as_deref(), Ok("2026-03-08T07:30:00Z"));
    // The day has 23 hours, and four hours are four hours.
    assert_eq!(typed("4h", "2026-03-08T05:00:00Z", new_york).as_deref(), Ok("2026-03-08T09:00:00Z"));
}

#[test]
fn where_the_clock_is_put_back_the_next_of_the_two_hours_counts() {
    // New York, 1 November 2026: 02:00 becomes 01:00 at 06:00 UTC.
    let new_york = "EST5EDT,M3.2.0,M11.1.0";
    assert_eq!(typed("01:30", "2026-11-01T05:00:00Z", new_york).as_deref(), Ok("2026-11-01T05:30:00Z"), "01:30 EDT");
    assert_eq!(typed("01:30", "2026-11-01T05:40:00Z", new_york).as_deref(), Ok("2026-11-01T06:30:00Z"), "01:30 EST");
    assert_eq!(typed("01:30", "2026-11-01T06:40:00Z", new_york).as_deref(), Ok("2026-11-02T06:30:00Z"));
    assert_eq!(typed("2026-11-01 01:30", "2026-11-01T05:40:00Z", new_york).as_deref(), Ok("2026-11-01T06:30:00Z"));
    // Havana goes back from 01:00 to 00:00, so that 00:30 comes twice.
    assert_eq!(
        typed("00:30", "2026-11-01T04:40:00Z", "CST5CDT,M3.2.0/0,M11.1.0/1").as_deref(),
        Ok("2026-11-01T05:30:00Z")
    );
}

#[test]
fn what_is_no_moment_says_why() {
    use WhenProblem::{Empty, NoUnit, Past, TooFar, TooSoon, Unknown};
    for (words, problem) in [
        ("", Empty),
        ("  ", Empty),
        ("4", NoUnit),
        ("0h", TooSoon),
        ("4m", TooSoon),
        ("19:03", TooSoon),
        ("366d", TooFar),
        ("99999999999999999999h", TooFar),
        ("9999999999999999d", TooFar),
        ("24:00", Unknown),
        ("12:60", Unknown),
        ("12:5", Unknown),
        ("-4h", Unknown),
        ("4h4h", Unknown),
        ("30m1h", Unknown),
        ("h", Unknown),
        ("4x", Unknown),
        ("tomorrow", Unknown),
        ("4.5h", Unknown),
        ("2026-11-23 09:00", Past),
        ("2026-02-29 09:00", Unknown),
        ("2028-02-29 09:00", TooFar),
    ] {
        assert_eq!(typed(words, "2026-11-24T10:00:00Z", "KST-9"), Err(problem), "{words:?}");
    }
}

#[test]
fn a_tag_tells_what_when_and_who() {
    let told = Told {
        auto_stop: AutoStop { ending: Ending::Stop, at: at("2026-11-24T14:00:00Z") },
        by: By::Scheduler,
        set_by: "kim@laptop".to_owned(),
    };
    assert_eq!(told.tag(), Tag::new("ec2deck:auto-stop", "stop 2026-11-24T14:00:00Z kim@laptop"));
    assert_eq!(Told::of(By::Scheduler, &[Tag::new("Name", "x"), told.tag()]), Some(told.clone()));
    assert_eq!(Told::of(By::Server, &[told.tag()]), None, "the other tag");
    let nobody = Told { set_by: String::new(), ..told };
    assert_eq!(nobody.tag().value, "stop 2026-11-24T14:00:00Z");
    assert_eq!(Told::of(By::Scheduler, &[nobody.tag()]), Some(nobody));
}

#[test]
fn a_hostile_tag_tells_nothing() {
    for value in [
        "",
        "stop",
        "stop 14:00",
        "stop 2026-11-24T14:00:00",
        "stop 2026-11-24T14:00:00+09:00",
        "STOP 2026-11-24T14:00:00Z",
        "stop 2026-13-24T14:00:00Z",
        "stop 2026-02-29T14:00:00Z",
        "stop 9999-11-24T14:00:00Z",
        "stop -026-11-24T14:00:00Z",
        "reboot 2026-11-24T14:00:00Z",
    ] {
        assert_eq!(Told::parse(By::Scheduler, value), None, "{value}");
    }
    let long = format!("stop 2026-11-24T14:00:00Z \u{1b}[31m{}", "x".repeat(500));
    let told = Told::parse(By::Server, &long).unwrap();
    assert!(told.set_by.chars().count() <= 64 && !told.set_by.contains('\u{1b}'), "{told:?}");
}

/// A moment, zone and hour of any year that zones are known for.
fn any_case() -> impl Strategy<Value = (Timestamp, TimeZone, i8, i8)> {
    let zones = prop::sample::select(vec![
        "UTC0",
        "KST-9",
        "EST5EDT,M3.2.0,M11.1.0",
        "GMT0BST,M3.5.0/1,M10.5.0",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "<-03>3<-02>,M10.3.0/0,M2.3.0/0",
        "<+0545>-5:45",
        "CST5CDT,M3.2.0/0,M11.1.0/1",
    ]);
    (946_684_800_i64..4_000_000_000, zones, 0_i8..24, 0_i8..60).prop_map(|(second, zone, hour, minute)| {
        (Timestamp::from_second(second).unwrap(), TimeZone::posix(zone).unwrap(), hour, minute)
    })
}

proptest! {
    #[test]
    fn an_hour_comes_within_a_day_or_so_and_shows_on_the_clock((now, zone, hour, minute) in any_case()) {
        match moment(&format!("{hour}:{minute:02}"), now, &zone) {
            Ok(at) => {
                let wait = at.duration_since(now);
                prop_assert!(wait >= LEAST && wait <= SignedDuration::from_hours(26), "{wait}");
                let local = at.to_zoned_datetime(zone.clone());
                let shown = (local.hour(), local.minute()) == (hour, minute);
                // Where the clock is put forward past it, it is later by less than two hours.
                let wanted = local.date().at(hour, minute, 0, 0);
                let skipped = matches!(
                    zone.to_ambiguous_timestamp(wanted).offset(),
                    jiff::tz::AmbiguousOffset::Gap { .. }
                );
                prop_assert!(shown || skipped, "{local} for {hour}:{minute}");
                // And there is none before it.
                let mut earlier = now + SignedDuration::from_mins(6);
                while earlier < at && shown {
                    let clock = earlier.to_zoned_datetime(zone.clone());
                    let same = (clock.hour(), clock.minute()) == (hour, minute);
                    prop_assert!(!same, "{clock} comes before {local}");
                    earlier += SignedDuration::from_mins(1);
                }
            }
            Err(problem) => prop_assert_eq!(problem, WhenProblem::TooSoon),
        }
    }

    #[test]
    fn any_text_is_a_moment_within_limits_or_a_reason(words in ".{0,24}", (now, zone, ..) in any_case()) {
        if let Ok(at) = moment(&words, now, &zone) {
            let wait = at.duration_since(now);
            prop_assert!(wait >= LEAST && wait <= MOST + SignedDuration::from_mins(1));
            prop_assert_eq!(at.as_second() % 60, 0);
        }
    }

    #[test]
    fn a_tag_reads_back(second in 946_684_800_i64..32_000_000_000, who in ".{0,90}", stop: bool, server: bool) {
        let told = Told {
            auto_stop: AutoStop {
                ending: if stop { Ending::Stop } else { Ending::Terminate },
                at: Timestamp::from_second(second).unwrap(),
            },
            by: if server { By::Server } else { By::Scheduler },
            set_by: who,
        };
        let tag = told.tag();
        prop_assert_eq!(crate::domain::tag::check(&tag), Ok(()));
        let back = Told::of(told.by, std::slice::from_ref(&tag)).unwrap();
        prop_assert_eq!(back.auto_stop, told.auto_stop);
        prop_assert_eq!(back.tag(), tag);
    }

    #[test]
    fn any_value_of_a_tag_is_safe(value in ".{0,300}") {
        if let Some(told) = Told::parse(By::Scheduler, &value) {
            prop_assert!(told.set_by.chars().all(|c| !c.is_control()));
        }
    }
}
