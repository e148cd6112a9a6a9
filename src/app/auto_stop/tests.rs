use super::*;
use crate::app::launch::testing::instance;
use crate::domain::instance::InstanceState;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn told(by: By, ending: Ending) -> Told {
    Told { auto_stop: AutoStop { ending, at: at("2026-11-24T14:00:00Z") }, by, set_by: String::new() }
}

#[test]
fn an_hour_before_the_last_start_is_over() {
    let mut one = instance("i-1", InstanceState::Running);
    one.launched_at = Some(at("2026-11-24T10:00:00Z"));
    assert!(told(By::Server, Ending::Stop).concerns(&one));
    one.launched_at = Some(at("2026-11-24T15:00:00Z"));
    assert!(!told(By::Server, Ending::Stop).concerns(&one), "it was started again after that");
    one.launched_at = Some(at("2026-11-24T10:00:00Z"));
    one.state = InstanceState::Stopped;
    assert!(!told(By::Server, Ending::Terminate).concerns(&one), "no timer runs there");
    assert!(!told(By::Scheduler, Ending::Stop).concerns(&one), "it is stopped already");
    assert!(told(By::Scheduler, Ending::Terminate).concerns(&one));
    let due = told(By::Server, Ending::Stop);
    assert!(!due.is_overdue(at("2026-11-24T14:02:00Z")) && due.is_overdue(at("2026-11-24T14:02:01Z")));
}

#[test]
fn a_countdown_names_the_two_largest_units() {
    use crate::text::Language::{English, Korean};
    let from = at("2026-11-24T10:00:00Z");
    for (to, english, korean) in [
        ("2026-11-24T13:12:40Z", "3 h 12 m", "3시간 12분"),
        ("2026-11-26T13:12:00Z", "2 d 3 h", "2일 3시간"),
        ("2026-11-24T10:05:00Z", "5 m", "5분"),
        ("2026-11-24T09:00:00Z", "0 s", "0초"),
    ] {
        assert_eq!(span(from, at(to)).say(English), english);
        assert_eq!(span(from, at(to)).say(Korean), korean);
    }
}
