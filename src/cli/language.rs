//! Which language the screen speaks.

use crate::text::Language;

/// The flag's language; else that of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty, as in
/// every POSIX program; else English.
#[must_use]
pub fn language(flag: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Language {
    let from_environment =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|name| !name.is_empty());
    flag.map(str::to_owned).or_else(from_environment).map_or(Language::default(), |name| Language::of_locale(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_set_decides() {
        use Language::{English, Korean};
        for (flag, all, messages, lang, expected) in [
            (None, "", "", "", English),
            (None, "", "", "ko_KR.UTF-8", Korean),
            (None, "", "ko_KR.UTF-8", "en_US.UTF-8", Korean),
            (None, "", "en_US.UTF-8", "ko_KR.UTF-8", English),
            (None, "C", "ko_KR.UTF-8", "ko_KR.UTF-8", English),
            (None, "ko_KR", "en_US.UTF-8", "en_US.UTF-8", Korean),
            (Some("en"), "ko_KR.UTF-8", "ko_KR.UTF-8", "ko_KR.UTF-8", English),
            (Some("ko"), "C", "C", "C", Korean),
        ] {
            let variable = |name: &str| {
                let value = match name {
                    "LC_ALL" => all,
                    "LC_MESSAGES" => messages,
                    "LANG" => lang,
                    _ => panic!("{name} has no say"),
                };
                Some(value.to_owned())
            };
            assert_eq!(language(flag, variable), expected, "{flag:?} {all:?} {messages:?} {lang:?}");
        }
        assert_eq!(language(None, |_| None), English);
    }
}
