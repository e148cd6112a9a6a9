//! What all Describe operations share: filters with wildcards, and pages.

use aws_sdk_ec2::types::Filter;

use super::fault::Fault;
use super::tags::Tags;

/// Whether a resource passes every filter; `values` tells what it has under a filter's name, `None` for a name that
/// EC2 does not know.
pub(super) fn passes(
    filters: &[Filter],
    tags: &Tags,
    values: impl Fn(&str) -> Option<Vec<String>>,
) -> Result<bool, Fault> {
    for filter in filters {
        let name = filter.name().unwrap_or_default();
        let present = if let Some(key) = name.strip_prefix("tag:") {
            tags.get(key).cloned().into_iter().collect()
        } else if name == "tag-key" {
            tags.keys().cloned().collect()
        } else {
            values(name).ok_or_else(|| Fault::value(format!("The filter '{name}' is invalid")))?
        };
        if !filter.values().iter().any(|pattern| present.iter().any(|value| glob(pattern, value))) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Keeps what passes; stops at the first invalid filter.
pub(super) fn keep<T>(items: Vec<T>, test: impl Fn(&T) -> Result<bool, Fault>) -> Result<Vec<T>, Fault> {
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        if test(&item)? {
            kept.push(item);
        }
    }
    Ok(kept)
}

/// EC2's wildcards: `*` is any text, `?` one character.
pub(super) fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t, mut star, mut mark) = (0, 0, None, 0);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some(p);
                mark = t;
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some(at) => {
                    p = at + 1;
                    mark += 1;
                    t = mark;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// One page of a list.
pub(super) struct Paged<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the next one begins.
    pub next_token: Option<String>,
}

/// Cuts a page; `bounds` are the least and most that `MaxResults` may be. Without `MaxResults` the most comes at once.
pub(super) fn page<T>(
    all: Vec<T>,
    max_results: Option<i32>,
    token: Option<&str>,
    bounds: (usize, usize),
) -> Result<Paged<T>, Fault> {
    let size = match max_results {
        None => bounds.1,
        Some(asked) => match usize::try_from(asked) {
            Ok(size) if (bounds.0..=bounds.1).contains(&size) => size,
            _ => {
                return Err(Fault::value(format!(
                    "Value ( {asked} ) for parameter maxResults is invalid. Expecting a value between {} and {}.",
                    bounds.0, bounds.1
                )));
            }
        },
    };
    let start = match token {
        None => 0,
        Some(token) => token
            .strip_prefix("demo-page-")
            .and_then(|offset| offset.parse::<usize>().ok())
            .ok_or_else(|| Fault::value("Unable to parse pagination token"))?,
    };
    let next = start.saturating_add(size);
    let next_token = (next < all.len()).then(|| format!("demo-page-{next}"));
    Ok(Paged { rows: all.into_iter().skip(start).take(size).collect(), next_token })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_those_of_ec2() {
        for (pattern, text, fits) in [
            ("al2023-ami-2023.*-x86_64", "al2023-ami-2023.9.1-kernel-6.1-x86_64", true),
            ("al2023-ami-2023.*-arm64", "al2023-ami-2023.9.1-kernel-6.1-x86_64", false),
            ("*", "", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*b*b", "abab", true),
            ("*b*b", "aba", false),
            ("web", "web-1", false),
            ("웹*", "웹-테스트", true),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn pages_cover_the_list_once() {
        let mut seen = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let page = page((0..13).collect(), Some(5), token.as_deref(), (5, 100)).unwrap();
            seen.extend(page.rows);
            token = page.next_token;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..13).collect::<Vec<i32>>());
        let last = page((0..10).collect::<Vec<i32>>(), Some(5), Some("demo-page-5"), (5, 100)).unwrap();
        assert_eq!((last.rows, last.next_token), ((5..10).collect(), None), "no token after the last row");
        assert!(page(vec![1], Some(4), None, (5, 100)).is_err());
        assert!(page(vec![1], None, Some("x"), (5, 100)).is_err());
    }

    #[test]
    fn values_of_a_filter_are_alternatives_and_filters_add_up() {
        let tags = Tags::from([("env".to_owned(), "test".to_owned())]);
        let filter = |name: &str, values: &[&str]| {
            Filter::builder().name(name).set_values(Some(values.iter().map(|v| (*v).to_owned()).collect())).build()
        };
        let state = |name: &str| (name == "state").then(|| vec!["running".to_owned()]);
        for (filters, expected) in [
            (vec![], Ok(true)),
            (vec![filter("state", &["stopped", "running"])], Ok(true)),
            (vec![filter("state", &["running"]), filter("tag:env", &["prod"])], Ok(false)),
            (vec![filter("tag-key", &["e*"])], Ok(true)),
            (vec![filter("nonsense", &["x"])], Err("InvalidParameterValue".to_owned())),
        ] {
            assert_eq!(passes(&filters, &tags, state).map_err(|fault| fault.code), expected, "{filters:?}");
        }
    }
}
