//! Text from AWS is hostile until cleaned: a tag may hold terminal escapes, line breaks or characters that turn the
//! direction of the line.

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
    fn korean_and_emoji_survive() {
        assert_eq!(clean("웹 서버 🚀"), "웹 서버 🚀");
    }
}
