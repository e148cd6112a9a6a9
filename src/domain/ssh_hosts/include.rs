//! The one line in `~/.ssh/config`, which is the person's own: nothing else of it is touched.

use std::collections::BTreeSet;

/// This program's file, as it is included: a relative name is looked for beside `~/.ssh/config`.
pub const INCLUDED: &str = "ec2deck.config";

/// What is to be done to a configuration file so that it includes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncludePlan {
    /// The line, without its end.
    pub line: String,
    /// Whether the file includes the other one already: then nothing is to be done.
    pub already_there: bool,
    line_end: &'static str,
}

impl IncludePlan {
    /// The file's new content: the line at its very top, before any `Host` or `Match` that would narrow it, and all
    /// else byte for byte as it was.
    #[must_use]
    pub fn apply(&self, existing: &[u8]) -> Vec<u8> {
        if self.already_there {
            return existing.to_vec();
        }
        let (mark, rest) = split_mark(existing);
        [mark, self.line.as_bytes(), self.line_end.as_bytes(), rest].concat()
    }
}

/// What is to be done so that a file with this content includes `file`, mostly [`INCLUDED`].
#[must_use]
pub fn plan_include(existing: &[u8], file: &str) -> IncludePlan {
    let line = if file.contains([' ', '\\', '"']) {
        format!("Include \"{}\"", file.replace('\\', r"\\").replace('"', "\\\""))
    } else {
        format!("Include {file}")
    };
    IncludePlan { line, already_there: includes(existing, file), line_end: line_end(existing) }
}

/// Whether the file is included for every host: an `Include` below a `Host` or `Match` holds for those hosts alone.
fn includes(existing: &[u8], file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let text = String::from_utf8_lossy(split_mark(existing).1);
    text.lines()
        .filter_map(directive)
        .take_while(|(keyword, _)| keyword != "host" && keyword != "match")
        .filter(|(keyword, _)| keyword == "include")
        .flat_map(|(_, values)| values)
        .any(|value| {
            let same_folder = !file.contains('/')
                && value.strip_suffix(name).is_some_and(|folder| {
                    folder.is_empty() || folder == "~/.ssh/" || (folder.starts_with('/') && folder.ends_with("/.ssh/"))
                });
            value == file || same_folder
        })
}

/// The names that a configuration file leads somewhere: the `Host` patterns without wildcards.
#[must_use]
pub fn host_names(config: &[u8]) -> BTreeSet<String> {
    String::from_utf8_lossy(config)
        .lines()
        .filter_map(directive)
        .filter(|(keyword, _)| keyword == "host")
        .flat_map(|(_, values)| values)
        .filter(|value| !value.contains(['*', '?', '!']))
        .collect()
}

/// The files that a configuration file includes, for whichever hosts: names and patterns, as they stand there.
#[must_use]
pub fn included_files(config: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(split_mark(config).1)
        .lines()
        .filter_map(directive)
        .filter(|(keyword, _)| keyword == "include")
        .flat_map(|(_, values)| values)
        .collect()
}

/// A line as ssh reads it: the keyword in small letters, and its values. ssh takes `Key value`, `Key=value` and values
/// in double quotes.
fn directive(line: &str) -> Option<(String, Vec<String>)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let end = line.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(line.len());
    let (keyword, rest) = line.split_at(end);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let mut values: Vec<String> = Vec::new();
    let (mut value, mut quoted) = (None::<String>, false);
    for c in rest.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                value.get_or_insert_default();
            }
            '#' if !quoted && value.is_none() => break,
            c if c.is_whitespace() && !quoted => values.extend(value.take()),
            c => value.get_or_insert_default().push(c),
        }
    }
    values.extend(value);
    Some((keyword.to_ascii_lowercase(), values))
}

/// A byte order mark stays the first thing in the file.
fn split_mark(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mark = "\u{feff}".as_bytes();
    match bytes.strip_prefix(mark) {
        Some(rest) => (&bytes[..mark.len()], rest),
        None => (&[], bytes),
    }
}

/// The line ending of the file's first line.
fn line_end(bytes: &[u8]) -> &'static str {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(at) if at > 0 && bytes[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(existing: &str) -> String {
        String::from_utf8(plan_include(existing.as_bytes(), INCLUDED).apply(existing.as_bytes())).unwrap()
    }

    #[test]
    fn the_line_is_added_at_the_top_and_all_else_stays() {
        for existing in [
            "",
            "Host a\n    User b",
            "Host a\n    User b\n\n\n",
            "# mine\n\nMatch host a exec \"test -f x\"\n    User b\nInclude other\n",
            "Host a\n  Include ec2deck.config\n",
            "# Include ec2deck.config\n",
            "Include my-ec2deck.config\n",
            "\tHost\ta\n",
        ] {
            assert_eq!(added(existing), format!("Include ec2deck.config\n{existing}"));
        }
        assert_eq!(added("Host a\r\n  User b"), "Include ec2deck.config\r\nHost a\r\n  User b");
        assert_eq!(added("\u{feff}Host a\n"), "\u{feff}Include ec2deck.config\nHost a\n");
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        let existing = b"Host a\n  User \xff\xfe\x00\n";
        let after = plan_include(existing, INCLUDED).apply(existing);
        assert_eq!(after.strip_prefix(b"Include ec2deck.config\n".as_slice()), Some(existing.as_slice()));
    }

    #[test]
    fn a_file_that_is_included_is_not_included_again() {
        for existing in [
            "Include ec2deck.config\n",
            "  include = ~/.ssh/ec2deck.config\r\nHost a\r\n",
            "# first\nInclude other \"/home/me/.ssh/ec2deck.config\"\n",
            "User me\nINCLUDE ec2deck.config",
        ] {
            assert_eq!(added(existing), existing);
        }
        let again = added(&added("Host a\n"));
        assert_eq!(again.matches("Include").count(), 1);
    }

    #[test]
    fn names_of_ones_own_are_found() {
        let names = host_names(b"Host web db *.example !x\nhost=mail\nHost \"a b\" # c\nMatch host z\n");
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["a b", "db", "mail", "web"]);
    }
}
