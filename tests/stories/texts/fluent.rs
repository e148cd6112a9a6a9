//! As much of Fluent's syntax as the locale files use.

use std::collections::BTreeSet;

/// One text.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Where it stands.
    pub file: String,
    /// Everything behind its `=`.
    pub words: String,
    /// The names of its variables.
    pub gaps: BTreeSet<String>,
}

/// The texts of one file, in order.
pub fn parse(file: &str, source: &str) -> Vec<(String, Message)> {
    let mut found: Vec<(String, Message)> = Vec::new();
    for line in source.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if line.starts_with([' ', '}', '\t']) {
            let (_, message) = found.last_mut().unwrap_or_else(|| panic!("{file} begins with {line:?}"));
            message.words.push('\n');
            message.words.push_str(line);
            continue;
        }
        let (key, words) = line.split_once('=').unwrap_or_else(|| panic!("{file}: {line:?} is no text"));
        let key = key.trim();
        assert!(is_key(key), "{file}: {key:?} is no key");
        found.push((
            key.to_owned(),
            Message { file: file.to_owned(), words: words.trim().to_owned(), ..Message::default() },
        ));
    }
    for (_, message) in &mut found {
        message.gaps = gaps(&message.words);
    }
    found
}

/// Lower-case words joined by hyphens.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn gaps(words: &str) -> BTreeSet<String> {
    words
        .split('$')
        .skip(1)
        .map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect::<String>()
        })
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect()
}

#[test]
fn a_text_over_several_lines_is_one() {
    let source = "# comment\nread-ago = read { $time } ago\nrows = { $count ->\n    [one] { $count } row\n   *[other] { $count } rows\n}\n";
    let texts = parse("x.ftl", source);
    assert_eq!(texts.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["read-ago", "rows"]);
    assert_eq!(texts[0].1.gaps, BTreeSet::from(["time".to_owned()]));
    assert_eq!(texts[1].1.gaps, BTreeSet::from(["count".to_owned()]));
}
