//! How often and how long EC2 is asked for what it has just done: it may take a moment to show it. Only an answer
//! counts as a look; a question that failed says nothing about the address.

use jiff::SignedDuration;

/// Between two looks that were answered, in seconds: six looks in a minute.
const PAUSES: [i64; 5] = [2, 4, 8, 16, 30];
/// The pause after anything later.
const LAST_PAUSE: i64 = 30;
/// So many looks may fail: about four minutes without an answer.
const FAILURES: u8 = 10;

/// The looks so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::app::tasks) struct Looks {
    answered: u8,
    failed: u8,
}

impl Looks {
    /// A look was answered, or it failed, and nothing is settled: how long until the next one; `None`: it was enough.
    pub fn after(&mut self, answered: bool) -> Option<SignedDuration> {
        let count = if answered { &mut self.answered } else { &mut self.failed };
        let pause = PAUSES.get(usize::from(*count)).copied();
        *count = count.saturating_add(1);
        match pause {
            Some(pause) => Some(SignedDuration::from_secs(pause)),
            None if !answered && self.failed < FAILURES => Some(SignedDuration::from_secs(LAST_PAUSE)),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_answers_in_a_minute_are_enough_and_failures_do_not_count_as_answers() {
        let mut looks = Looks::default();
        for _ in 0..4 {
            assert!(looks.after(false).is_some());
        }
        let pauses: Vec<_> = std::iter::from_fn(|| looks.after(true)).map(|pause| pause.as_secs()).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 30]);
    }

    #[test]
    fn failures_alone_come_to_an_end_too() {
        let mut looks = Looks::default();
        let pauses: i64 = std::iter::from_fn(|| looks.after(false)).map(|pause| pause.as_secs()).sum();
        assert!((120..300).contains(&pauses), "{pauses}");
    }
}
