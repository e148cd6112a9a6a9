use crate::app::App;
use crate::app::leaks::LeakCursor;
use crate::app::remote::Remote;
use crate::domain::id::VolumeId;
use crate::domain::leak::{Basis, Leak, What};
use crate::domain::money::Money;

fn leak(id: &str) -> Leak {
    Leak {
        what: What::LooseVolume(VolumeId::new(id)),
        label: id.to_owned(),
        month: Ok(Money::ZERO),
        basis: Basis::List,
    }
}

#[test]
fn the_cursor_follows_its_resource_and_then_its_place() {
    let leaks = [leak("vol-1"), leak("vol-2"), leak("vol-3")];
    let on = |key: &str, index| LeakCursor { key: Some(leak(key).what.key()), index };
    for (cursor, expected) in [
        (LeakCursor::default(), Some(0)),
        (on("vol-3", 0), Some(2)),
        (on("vol-gone", 1), Some(1)),
        (on("vol-gone", 9), Some(2)),
    ] {
        assert_eq!(App::leak_index(&leaks, &cursor), expected, "{cursor:?}");
    }
    assert_eq!(App::leak_index(&[], &LeakCursor::default()), None);
}

#[test]
fn what_was_never_read_is_said_to_be_missing() {
    assert!(super::value(crate::text!("leak-blind-prices"), &Remote::<u8>::default()).is_some());
    let known = Remote { value: Some(1_u8), ..Remote::default() };
    assert!(super::value(crate::text!("leak-blind-prices"), &known).is_none());
}
