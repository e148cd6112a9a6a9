//! Text in cells: how wide it is, how it is cut, filled and wrapped. A Korean character is two cells.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Cells that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Cells that some spans take.
#[must_use]
pub fn spans_width(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| width(&span.content)).sum()
}

/// The start of a text, at most `cells` wide, with `…` where something is missing.
#[must_use]
pub fn cut_end(text: &str, cells: usize, ellipsis: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(width(ellipsis)) else { return String::new() };
    format!("{}{ellipsis}", start(text, room))
}

/// Both ends of a text, for ids, where both matter.
#[must_use]
pub fn cut_middle(text: &str, cells: usize, ellipsis: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(width(ellipsis)) else { return String::new() };
    let tail = end(text, room / 2);
    format!("{}{ellipsis}{tail}", start(text, room - width(tail)))
}

/// As much of the start as fits.
#[must_use]
pub fn start(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (index, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > cells {
            return &text[..index];
        }
    }
    text
}

/// As much of the end as fits.
#[must_use]
pub fn end(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (index, c) in text.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > cells {
            return &text[index + c.len_utf8()..];
        }
    }
    text
}

/// The text with spaces after it (or before it), `cells` wide; never cut.
#[must_use]
pub fn fill(text: &str, cells: usize, right: bool) -> String {
    let spaces = " ".repeat(cells.saturating_sub(width(text)));
    if right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
}

/// Spaces.
#[must_use]
pub fn blank(cells: usize) -> Span<'static> {
    Span::raw(" ".repeat(cells))
}

/// Lines of at most `cells`, broken between words, and inside a word that is wider than a line.
#[must_use]
pub fn wrap(spans: &[Span<'_>], cells: usize) -> Vec<Line<'static>> {
    let cells = cells.max(2);
    let mut lines = Vec::new();
    let mut line: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for (word, space, style) in words(spans) {
        let wide = width(&word);
        if used > 0 && used + space + wide > cells {
            lines.push(Line::from(std::mem::take(&mut line)));
            used = 0;
        } else if used > 0 && space > 0 {
            line.push(Span::styled(" ".repeat(space), style));
            used += space;
        } else if lines.is_empty() && line.is_empty() && space > 0 && space < cells {
            // The first line keeps its indent.
            line.push(Span::raw(" ".repeat(space)));
            used += space;
        }
        let mut rest = word.as_str();
        while used + width(rest) > cells {
            let piece = start(rest, cells - used);
            rest = &rest[piece.len()..];
            line.push(Span::styled(piece.to_owned(), style));
            lines.push(Line::from(std::mem::take(&mut line)));
            used = 0;
        }
        used += width(rest);
        line.push(Span::styled(rest.to_owned(), style));
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(Line::from(line));
    }
    lines
}

/// The same for one text in one style.
#[must_use]
pub fn wrap_text(text: &str, style: Style, cells: usize) -> Vec<Line<'static>> {
    wrap(&[Span::styled(text.to_owned(), style)], cells)
}

/// Each word with the number of spaces before it.
fn words(spans: &[Span<'_>]) -> Vec<(String, usize, Style)> {
    let mut words: Vec<(String, usize, Style)> = Vec::new();
    let mut space = 0;
    let mut open = false;
    for span in spans {
        let mut first = true;
        for c in span.content.chars() {
            if c == ' ' {
                space += 1;
                open = false;
                first = false;
                continue;
            }
            match words.last_mut() {
                Some((word, _, _)) if open && !first => word.push(c),
                _ => words.push((c.to_string(), space, span.style)),
            }
            space = 0;
            open = true;
            first = false;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, cells: usize) -> Vec<String> {
        wrap_text(text, Style::new(), cells).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn cutting_counts_wide_characters_and_never_exceeds() {
        assert_eq!(cut_end("웹 서버", 5, "…"), "웹 …");
        assert_eq!(cut_end("web", 3, "…"), "web");
        assert_eq!(cut_middle("i-0123456789abcdef0", 9, "…"), "i-01…def0");
        for text in ["보안 그룹 이름", "i-0123456789abcdef0", "a", ""] {
            for cells in 0..20 {
                assert!(width(&cut_end(text, cells, "…")) <= cells);
                assert!(width(&cut_middle(text, cells, "…")) <= cells);
            }
        }
    }

    #[test]
    fn lines_break_between_words_and_inside_long_ones() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("가나다라", 5), ["가나", "다라"]);
        assert_eq!(wrapped("  indented  twice", 30), ["  indented  twice"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        for cells in 2..30 {
            for line in wrap_text("arn:aws:iam::123456789012:role/x 왜 접속되지 않나요? a", Style::new(), cells)
            {
                assert!(line.width() <= cells, "{line} in {cells}");
            }
        }
    }
}
