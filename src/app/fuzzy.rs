//! Narrowing a short list by typing, best match first.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The items that `query` matches, best first; all of them, in their order, for an empty query.
pub fn narrow<'a, T>(query: &str, items: &'a [T], words: impl Fn(&T) -> String) -> Vec<&'a T> {
    if query.trim().is_empty() {
        return items.iter().collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &T)> = items
        .iter()
        .filter_map(|item| {
            let words = words(item);
            pattern.score(Utf32Str::new(&words, &mut buffer), &mut matcher).map(|score| (score, item))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_match_and_the_nearest_comes_first() {
        let items = ["Reboot", "Refresh", "Switch region", "새로 고침"];
        let found = narrow("ref", &items, |item| (*item).to_owned());
        assert_eq!(found.first(), Some(&&"Refresh"));
        assert_eq!(narrow("고침", &items, |item| (*item).to_owned()), [&"새로 고침"]);
        assert_eq!(narrow("", &items, |item| (*item).to_owned()).len(), 4);
    }
}
