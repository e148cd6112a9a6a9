use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Costs, SpotKnown};
use crate::domain::money::Money;
use crate::domain::price::LINUX;
use crate::domain::problem::{Cause, Problem};
use crate::domain::spot::{SpotPrice, SpotPrices};

const TYPE: &str = "t3.micro";

fn at(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

fn ask(costs: &mut Costs, minutes: i64) -> bool {
    !costs.spot_to_ask(LINUX, [TYPE.to_owned(), TYPE.to_owned()].into_iter(), at(minutes)).is_empty()
}

fn answer(costs: &mut Costs, minutes: i64) {
    let price = SpotPrice { zone: "a".to_owned(), hour: Money::parse("0.01").unwrap(), since: None };
    let prices = BTreeMap::from([(TYPE.to_owned(), vec![price])]);
    costs.take_spot(SpotPrices { operation: LINUX.to_owned(), prices }, &[TYPE.to_owned()], at(minutes));
}

fn refuse(costs: &mut Costs, minutes: i64) {
    let problem = Problem {
        cause: Cause::Unreadable,
        operation: "DescribeSpotPriceHistory".to_owned(),
        code: String::new(),
        message: String::new(),
        request_id: None,
    };
    costs.spot_failed(&problem, at(minutes));
}

/// When the price that is shown was answered.
fn shown_of(costs: &Costs) -> Option<Timestamp> {
    match costs.spot_of(Some(LINUX), TYPE) {
        SpotKnown::Price(_, at) => Some(at),
        _ => None,
    }
}

fn is_refused(costs: &Costs) -> bool {
    matches!(costs.spot_of(Some(LINUX), TYPE), SpotKnown::Refused(_))
}

#[test]
fn a_spot_price_has_the_time_of_its_answer_until_the_next_one() {
    let mut costs = Costs::default();
    assert_eq!(costs.spot_of(Some(LINUX), TYPE), SpotKnown::Nothing);
    assert!(ask(&mut costs, 0));
    assert_eq!(costs.spot_of(Some(LINUX), TYPE), SpotKnown::Reading);
    assert!(!ask(&mut costs, 0), "one question at a time");
    answer(&mut costs, 1);
    assert_eq!(shown_of(&costs), Some(at(1)));
    assert!(!ask(&mut costs, 59));
    assert!(ask(&mut costs, 60));
    assert_eq!(shown_of(&costs), Some(at(1)), "nothing newer is known yet");
    answer(&mut costs, 61);
    assert_eq!(shown_of(&costs), Some(at(61)));
}

#[test]
fn a_refusal_puts_an_older_spot_price_aside_until_an_answer() {
    let mut costs = Costs::default();
    assert!(ask(&mut costs, 0));
    answer(&mut costs, 0);
    assert!(ask(&mut costs, 60));
    refuse(&mut costs, 61);
    assert!(is_refused(&costs));
    assert!(!ask(&mut costs, 65), "not before some minutes");
    assert!(ask(&mut costs, 66));
    assert!(shown_of(&costs).is_none());
    refuse(&mut costs, 66);
    costs.forget_refusals();
    assert!(is_refused(&costs), "still not known");
    assert!(ask(&mut costs, 67), "the person wants to know anew");
    answer(&mut costs, 67);
    assert_eq!(shown_of(&costs), Some(at(67)));
    costs.forget_refusals();
    assert!(!ask(&mut costs, 68), "what was answered waits as ever");
}
