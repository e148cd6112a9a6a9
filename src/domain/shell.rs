//! Words for a POSIX shell: whatever stands in a tag or a path, the shell sees one word and runs nothing of it.

/// The word as a shell takes it: as it is when every character is harmless, else in single quotes.
#[must_use]
pub fn quote(word: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    // zsh expands `=name` at the beginning of a word.
    if !word.is_empty() && word.chars().all(harmless) && !word.starts_with('=') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A path as a shell takes it; a leading `~/` stays outside the quotes, so that the shell still expands it.
#[must_use]
pub fn quote_path(path: &str) -> String {
    match path.strip_prefix("~/") {
        Some("") => "~/".to_owned(),
        Some(rest) => format!("~/{}", quote(rest)),
        None => quote(path),
    }
}

/// Splits a line as a POSIX shell does, as far as single quotes, backslashes and spaces go: for tests that take a
/// finished command apart again.
#[cfg(test)]
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' => word.get_or_insert_default().extend(characters.by_ref().take_while(|c| *c != '\'')),
            '\\' => word.get_or_insert_default().extend(characters.next()),
            ' ' => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn harmless_words_stay_as_they_are() {
        for (word, quoted) in [
            ("t3.micro", "t3.micro"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("~root", "'~root'"),
            ("=ls", "'=ls'"),
            ("웹", "'웹'"),
        ] {
            assert_eq!(quote(word), quoted);
        }
    }

    #[test]
    fn the_home_folder_stays_outside_the_quotes() {
        assert_eq!(quote_path("~/.ssh/web.pem"), "~/.ssh/web.pem");
        assert_eq!(quote_path("~/my keys/a.pem"), "~/'my keys/a.pem'");
        assert_eq!(quote_path("/root/~/a b"), "'/root/~/a b'");
    }

    proptest! {
        #[test]
        fn words_come_back_as_they_were(words in proptest::collection::vec(".*", 1..5)) {
            let line = words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split(&line), words);
        }

        #[test]
        fn nothing_outside_quotes_is_special(word in ".*") {
            let quoted = quote(&word);
            prop_assert!(quoted == word || (quoted.starts_with('\'') && quoted.ends_with('\'')));
            prop_assert!(quoted != word || !word.contains(['$', '`', '"', '\'', '\\', ';', '&', '|', '<', '>', '(', '*', '\n']));
        }
    }
}
