//! Text from AWS is hostile until cleaned: a tag may hold terminal escapes, line breaks or characters that turn the
//! direction of the line.

use std::iter::Peekable;
use std::str::Chars;

/// The text without anything that a terminal would obey: control characters (C0, C1), line and paragraph separators,
/// bidirectional overrides and invisible format characters each become `\u{FFFD}`; tabs become a space.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if is_hostile(c) => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// The same for a text of several lines, as a console or another program prints it: line breaks stay, escape sequences
/// (colours, cursor movements, titles) go without a trace.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_escape(&mut rest),
            // A lone carriage return begins the line anew: what follows is told as a line of its own.
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' | '\n' => lines.push('\n'),
            '\t' => lines.push(' '),
            c if is_hostile(c) => lines.push('\u{FFFD}'),
            c => lines.push(c),
        }
    }
    lines
}

/// Skips the rest of an escape sequence (ECMA-48): `[` up to its final byte, `]` and the like up to their terminator,
/// any other with its intermediate bytes. One that a line break cuts off ends there.
fn skip_escape(rest: &mut Peekable<Chars<'_>>) {
    match rest.next_if(|c| !matches!(c, '\r' | '\n' | '\u{1b}')) {
        Some('[') => {
            while rest.next_if(|c| matches!(c, '\u{20}'..='\u{3f}')).is_some() {}
            rest.next_if(|c| matches!(c, '\u{40}'..='\u{7e}'));
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(c) = rest.next_if(|c| !matches!(c, '\r' | '\n' | '\u{1b}')) {
                if c == '\u{7}' {
                    return;
                }
            }
            // `ESC \` ends it; another escape is left for the caller.
            let mut ahead = rest.clone();
            if ahead.next() == Some('\u{1b}') && ahead.next() == Some('\\') {
                *rest = ahead;
            }
        }
        Some(' '..='/') => {
            while rest.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            rest.next_if(|c| matches!(c, '0'..='~'));
        }
        _ => {}
    }
}

/// Whether a terminal would act on the character instead of showing it.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_do_not_survive() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}"), "a\u{FFFD}[31mred\u{FFFD}");
        assert_eq!(clean("x\u{202e}gnp.exe"), "x\u{FFFD}gnp.exe");
        assert_eq!(clean("one\ntwo\tthree"), "one\u{FFFD}two three");
    }

    #[test]
    fn lines_stay_and_escape_sequences_go() {
        for (text, cleaned) in [
            ("one\r\ntwo\nthree\rfour", "one\ntwo\nthree\nfour"),
            ("\u{1b}[0;1;31mfailed\u{1b}[0m \u{1b}[2J\u{1b}[Hx", "failed x"),
            ("\u{1b}]0;title\u{7}a\u{1b}]8;;http://x\u{1b}\\b", "ab"),
            ("\u{1b}(Ba\u{1b}cb\u{1b}", "ab"),
            ("\u{1b}[31\nnext", "\nnext"),
            ("\u{1b}]0;cut off\nnext", "\nnext"),
            ("\u{1b}\u{1b}[31ma", "a"),
            ("\u{9b}31m\u{7}\u{202e}", "\u{FFFD}31m\u{FFFD}\u{FFFD}"),
            ("서울\t🚀", "서울 🚀"),
        ] {
            assert_eq!(clean_lines(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn korean_and_emoji_survive() {
        assert_eq!(clean("웹 서버 🚀"), "웹 서버 🚀");
    }
}
