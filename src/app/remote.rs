//! A value that comes from elsewhere: never asked, on its way, there, old, or refused. The last good value is kept
//! while a newer one is on its way, so that nothing on the screen blinks.

use jiff::Timestamp;

use crate::domain::problem::Problem;
use crate::message::Page;

/// One remote value.
#[derive(Clone, Debug, PartialEq)]
pub struct Remote<T> {
    /// The last good value.
    pub value: Option<T>,
    /// Whether an answer is on its way.
    pub loading: bool,
    /// Why the last try failed; gone as soon as a later one succeeds.
    pub problem: Option<Problem>,
    /// When [`Self::value`] was read.
    pub read_at: Option<Timestamp>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, loading: false, problem: None, read_at: None }
    }
}

impl<T> Remote<T> {
    /// A question has been sent.
    pub fn ask(&mut self) {
        self.loading = true;
    }

    /// The answer is here.
    pub fn answer(&mut self, outcome: Result<T, Problem>, now: Timestamp) {
        self.loading = false;
        match outcome {
            Ok(value) => {
                self.value = Some(value);
                self.problem = None;
                self.read_at = Some(now);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Whether nobody has asked yet (or the last try failed and nothing is there), so that asking makes sense.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.value.is_none() && !self.loading
    }
}

/// Something with an identifier that stays the same over refreshes.
pub trait Identified {
    /// The identifier.
    fn id(&self) -> &str;
}

/// A list that arrives in pages. The first time rows show as they come; later, a refresh replaces the list at once
/// when it is complete, so that nothing jumps.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing<T> {
    /// The rows to show.
    pub rows: Vec<T>,
    /// Whether pages are on their way.
    pub loading: bool,
    /// Why the last try failed; the rows are then old.
    pub problem: Option<Problem>,
    /// When the list was last complete.
    pub read_at: Option<Timestamp>,
    incoming: Vec<T>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), loading: false, problem: None, read_at: None, incoming: Vec::new() }
    }
}

impl<T: Identified + Clone> Listing<T> {
    /// A question has been sent; what arrived of an older one is dropped.
    pub fn ask(&mut self) {
        self.loading = true;
        self.incoming.clear();
    }

    /// A page is here. `keep` says which rows stay although the answer does not name them (just created, not visible
    /// yet).
    pub fn page(&mut self, page: Page<T>, now: Timestamp, keep: impl Fn(&T) -> bool) {
        self.incoming.extend(page.rows);
        if page.more {
            if self.read_at.is_none() {
                // Not complete yet, but worth showing.
                for row in &self.incoming {
                    put(&mut self.rows, row.clone());
                }
            }
            return;
        }
        let mut rows = std::mem::take(&mut self.incoming);
        for old in self.rows.drain(..) {
            if keep(&old) && !rows.iter().any(|row| row.id() == old.id()) {
                rows.push(old);
            }
        }
        self.rows = rows;
        self.loading = false;
        self.problem = None;
        self.read_at = Some(now);
    }

    /// The answer failed; what is there stays.
    pub fn fail(&mut self, problem: Problem) {
        self.loading = false;
        self.incoming.clear();
        self.problem = Some(problem);
    }

    /// Some rows were read by id: they replace their older selves or are added.
    pub fn put(&mut self, rows: impl IntoIterator<Item = T>) {
        for row in rows {
            put(&mut self.rows, row);
        }
    }

    /// The row with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.rows.iter().find(|row| row.id() == id)
    }

    /// Whether the list was complete at least once.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.read_at.is_some()
    }
}

fn put<T: Identified>(rows: &mut Vec<T>, row: T) {
    match rows.iter_mut().find(|old| old.id() == row.id()) {
        Some(old) => *old = row,
        None => rows.push(row),
    }
}

macro_rules! identified {
    ($($kind:ty => $field:ident),+ $(,)?) => {$(
        impl Identified for $kind {
            fn id(&self) -> &str {
                self.$field.as_str()
            }
        }
    )+};
}

identified! {
    crate::domain::instance::Instance => id,
    crate::domain::instance::InstanceStatus => id,
    crate::domain::security_group::SecurityGroup => id,
    crate::domain::address::Address => id,
    crate::domain::interface::NetworkInterface => id,
    crate::domain::key_pair::KeyPair => id,
    crate::domain::volume::Volume => id,
    crate::domain::snapshot::Snapshot => id,
    crate::domain::image::Image => id,
    crate::domain::instance_type::InstanceType => name,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Row(&'static str, u8);

    impl Identified for Row {
        fn id(&self) -> &str {
            self.0
        }
    }

    fn page(rows: &[Row], more: bool) -> Page<Row> {
        Page { rows: rows.to_vec(), more }
    }

    #[test]
    fn the_first_answer_shows_page_by_page_and_a_refresh_all_at_once() {
        let now = Timestamp::UNIX_EPOCH;
        let mut list = Listing::default();
        list.ask();
        list.page(page(&[Row("a", 1)], true), now, |_| false);
        assert_eq!(list.rows, [Row("a", 1)]);
        list.page(page(&[Row("b", 1)], false), now, |_| false);
        assert_eq!(list.rows, [Row("a", 1), Row("b", 1)]);

        list.ask();
        list.page(page(&[Row("b", 2)], true), now, |_| false);
        assert_eq!(list.rows, [Row("a", 1), Row("b", 1)], "nothing may vanish while a refresh is on its way");
        list.page(page(&[], false), now, |_| false);
        assert_eq!(list.rows, [Row("b", 2)]);
    }

    #[test]
    fn a_row_that_was_just_made_is_not_visible_yet_and_stays() {
        let now = Timestamp::UNIX_EPOCH;
        let mut list = Listing::default();
        list.put([Row("new", 1), Row("old", 1)]);
        list.ask();
        list.page(page(&[], false), now, |row| row.0 == "new");
        assert_eq!(list.rows, [Row("new", 1)]);
    }
}
