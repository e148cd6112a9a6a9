//! JSON as one object of a few fields: for programs that read what a command has found.

use std::fmt::Write;

/// A text as JSON writes it: quoted, and without a character that a parser or a terminal would obey.
pub fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if u32::from(c) < 0x20 || c == '\u{7f}' => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text, or `null`.
pub fn maybe(words: Option<&str>) -> String {
    words.map_or_else(|| "null".to_owned(), text)
}

/// An object; the values are JSON already.
pub fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", fields.join(","))
}

/// An array; the values are JSON already.
pub fn array(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_would_obey_is_quoted() {
        assert_eq!(text("a \"b\" \\ \n\u{1b}[0m 웹"), "\"a \\\"b\\\" \\\\ \\n\\u001b[0m 웹\"");
        assert_eq!(
            object(&[("a", text("b")), ("c", array(&[maybe(None), "1".to_owned()]))]),
            r#"{"a":"b","c":[null,1]}"#
        );
    }
}
