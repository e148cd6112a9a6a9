//! A bar that fills, with a mark where the forecast ends.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::ui::look::{DANGER, DIM, GOOD, Look, WARNING};

/// A bar of so many cells: what is used, what the forecast adds, what is left. Shares are of the whole, 0 to 1.
pub(super) fn bar(used: f64, expected: f64, cells: usize, look: Look) -> Vec<Span<'static>> {
    let full = filled(used, cells);
    let more = filled(expected.max(used), cells).saturating_sub(full);
    let style = style(expected);
    vec![
        Span::styled(look.sign("█", "#").repeat(full), style),
        Span::styled(look.sign("▒", "+").repeat(more), style),
        Span::styled(look.sign("░", ".").repeat(cells - full - more), DIM),
    ]
}

/// Green while it fits, yellow when it is close, red beyond.
pub(super) fn style(share: f64) -> Style {
    if share > 1.0 {
        DANGER
    } else if share > 0.85 {
        WARNING
    } else {
        GOOD
    }
}

/// Cells of a share; what is there at all takes one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a few cells")]
fn filled(share: f64, cells: usize) -> usize {
    let exact = (share.clamp(0.0, 1.0) * cells as f64).round() as usize;
    if share > 0.0 { exact.clamp(1, cells) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn drawn(used: f64, expected: f64) -> String {
        let look = Look { language: Language::English, ascii: true };
        bar(used, expected, 10, look).into_iter().map(|span| span.content.into_owned()).collect()
    }

    #[test]
    fn a_bar_is_always_as_wide_as_it_should_be() {
        for (used, expected, bar) in [
            (0.0, 0.0, ".........."),
            (0.001, 0.001, "#........."),
            (0.5, 0.75, "#####+++.."),
            (0.5, 2.0, "#####+++++"),
            (3.0, 4.0, "##########"),
            (0.5, 0.2, "#####....."),
        ] {
            assert_eq!(drawn(used, expected), bar, "{used} {expected}");
        }
    }
}
