//! Bad input on the command line, as one line.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::clean::clean;
use crate::text::{Language, Text};

/// What cannot be used, in one line without the program's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput(String);

impl BadInput {
    /// The exit status that says "the command line was wrong".
    pub const STATUS: u8 = 2;

    /// This line; characters that a terminal would obey are taken out, as they come from arguments.
    pub(crate) fn new(line: impl AsRef<str>) -> Self {
        Self(clean(line.as_ref()))
    }

    /// The log file cannot be written.
    #[must_use]
    pub fn log_file(path: &Path, error: &io::Error) -> Self {
        Self::of_value("--log-file", &path.display().to_string(), error.to_string())
    }

    /// A flag's value that cannot be used, and why.
    pub(super) fn of_value(flag: &str, value: &str, why: impl AsRef<str>) -> Self {
        Self::new(format!("cannot use {flag} '{value}': {}", why.as_ref()))
    }

    /// The same for a web address; the command line speaks English.
    pub(super) fn of_address(flag: &str, value: &str, why: &Text) -> Self {
        Self::of_value(flag, value, why.say(Language::English))
    }

    /// Clap's error without its usage lines. Help and version are no errors: they print here and end the process.
    pub(super) fn of_clap(error: &clap::Error) -> Self {
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            error.exit();
        }
        let mut rendered = error.render().to_string();
        // An argument may hold line breaks of its own; without them, clap's first line is the whole sentence.
        for kind in [ContextKind::InvalidArg, ContextKind::InvalidValue] {
            if let Some(ContextValue::String(word)) = error.get(kind) {
                rendered = rendered.replace(word.as_str(), &clean(word));
            }
        }
        let first = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let words = |kind| match error.get(kind) {
            Some(ContextValue::String(word)) => word.clone(),
            Some(ContextValue::Strings(words)) => words.join(", "),
            _ => String::new(),
        };
        // Clap lists them on lines of their own.
        let missing = match error.kind() {
            ErrorKind::MissingRequiredArgument => format!(" {}", words(ContextKind::InvalidArg)),
            _ => String::new(),
        };
        let hint = match (words(ContextKind::SuggestedArg), words(ContextKind::ValidValue)) {
            (suggested, _) if !suggested.is_empty() => format!("; did you mean '{suggested}'?"),
            (_, valid) if !valid.is_empty() => format!(" (possible values: {valid})"),
            _ => String::new(),
        };
        Self::new(format!("{first}{missing}{hint}; see ec2deck --help"))
    }

    /// Says it on standard error.
    pub fn report(&self) {
        // Nobody is left to hear that this cannot be said.
        let _ = writeln!(io::stderr(), "{self}");
    }
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ec2deck: {}", self.0)
    }
}

impl std::error::Error for BadInput {}

/// The candidate that a slip of the finger or two leads to, if there is one.
pub(super) fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (typed.chars().count() / 3).clamp(1, 3);
    candidates
        .map(|candidate| (distance(typed, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters to put in, take out or change (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, c) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, d) in other.iter().enumerate() {
            let changed = diagonal + usize::from(c != *d);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (one, other, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("ab", "ba", 2)] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_is_near() {
        let names = ["default", "work", "staging"];
        assert_eq!(nearest("stagin", names.into_iter()), Some("staging"));
        assert_eq!(nearest("wrok", names.into_iter()), None);
        assert_eq!(nearest("elsewhere", names.into_iter()), None);
    }

    #[test]
    fn an_argument_cannot_break_the_line() {
        let error = BadInput::of_value("--profile", "a\nb\u{1b}[31m", "why");
        assert_eq!(error.to_string(), "ec2deck: cannot use --profile 'a\u{fffd}b\u{fffd}[31m': why");
    }
}
