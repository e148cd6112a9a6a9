//! Columns over time as lines of text: levels in eighths of a line, gaps that look like gaps, a line across where one
//! is wanted. Lines and not a widget's canvas, so that graphs scroll with the text around them and have a plain form.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::look::{DANGER, DIM, GOOD, Look, PLAIN, WARNING};
use super::words;

/// Cells before the axis, for its labels.
const LABEL: usize = 9;

/// How one graph is drawn.
#[derive(Clone, Debug)]
pub struct Plot<'a> {
    /// One value for each period; `None` is a gap.
    pub values: &'a [Option<f64>],
    /// The value at the top.
    pub top: f64,
    /// What the top is called.
    pub top_label: String,
    /// Where a line goes across, and what it is called; what is above it is worth a look.
    pub across: Option<(f64, String)>,
    /// Where several periods share a column, the lowest counts instead of the highest.
    pub lowest: bool,
}

/// Columns for so many values: all of them equally wide, and how many cells or values make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    /// Values in one column.
    values: usize,
    /// Cells of one column.
    cells: usize,
    count: usize,
}

fn columns(values: usize, cells: usize) -> Columns {
    let (values, cells) = (values.max(1), cells.max(1));
    let together = values.div_ceil(cells);
    let count = values.div_ceil(together);
    Columns { values: together, cells: (cells / count).max(1), count }
}

/// Cells that a graph of so many values takes of a room, labels included.
#[must_use]
pub fn width(values: usize, cells: usize) -> usize {
    let columns = columns(values, cells.saturating_sub(LABEL + 1));
    LABEL + 1 + columns.count * columns.cells
}

/// The graph, `height` lines.
#[must_use]
pub fn lines(plot: &Plot<'_>, look: Look, cells: usize, height: usize) -> Vec<Line<'static>> {
    let columns = columns(plot.values.len(), cells.saturating_sub(LABEL + 1));
    let across = plot.across.as_ref().map(|(value, _)| eighths(*value, plot.top, height).saturating_sub(1) / 8);
    let folded: Vec<Option<f64>> = plot.values.chunks(columns.values).map(|group| fold(group, plot.lowest)).collect();
    (0..height)
        .rev()
        .map(|row| {
            let label = match &plot.across {
                _ if row + 1 == height => plot.top_label.clone(),
                Some((_, label)) if across == Some(row) => label.clone(),
                _ if row == 0 => "0".to_owned(),
                _ => String::new(),
            };
            let mut spans = vec![axis(&label, look)];
            for value in &folded {
                let (sign, style) = cell(*value, plot, row, height, across, look);
                spans.push(Span::styled(sign.repeat(columns.cells), style));
            }
            Line::from(spans)
        })
        .collect()
}

/// Passed or failed, one line; a value above zero is a failure.
#[must_use]
pub fn strip(values: &[Option<f64>], label: &str, look: Look, cells: usize) -> Line<'static> {
    let columns = columns(values.len(), cells.saturating_sub(LABEL + 1));
    let mut spans = vec![axis(label, look)];
    for group in values.chunks(columns.values) {
        let (sign, style) = match fold(group, false) {
            None => (look.sign("·", "."), DIM),
            Some(failed) if failed > 0.0 => (look.sign("█", "X"), DANGER),
            Some(_) => (look.sign("▄", "="), GOOD),
        };
        spans.push(Span::styled(sign.repeat(columns.cells), style));
    }
    Line::from(spans)
}

/// The times below a graph: its begin, its middle and its end, where they have room.
#[must_use]
pub fn times(labels: &[String; 3], values: usize, cells: usize) -> Line<'static> {
    let room = width(values, cells) - (LABEL + 1);
    let [begin, middle, end] = labels;
    let (first, half, last) = (words::width(begin), words::width(middle), words::width(end));
    let mut text = begin.clone();
    let at = (room / 2).saturating_sub(half / 2);
    if at > first + 1 && at + half + 1 + last < room {
        text = words::fill(&text, at, false) + middle;
    }
    if words::width(&text) + 1 + last <= room {
        text = words::fill(&text, room - last, false) + end;
    }
    Line::styled(format!("{}{text}", " ".repeat(LABEL + 1)), DIM)
}

/// The next of 1, 2, 5, 10, 20, 50 and so on.
#[must_use]
pub fn round_up(value: f64, least: f64) -> f64 {
    let value = value.max(least);
    let mut step = 10_f64.powf(value.log10().floor());
    for factor in [1.0, 2.0, 5.0, 10.0] {
        if value <= step * factor * 1.000_001 {
            step *= factor;
            break;
        }
    }
    step
}

fn axis(label: &str, look: Look) -> Span<'static> {
    let label = words::fill(&words::cut_end(label, LABEL, look.ellipsis()), LABEL, true);
    Span::styled(format!("{label}{}", look.sign("│", "|")), DIM)
}

fn fold(group: &[Option<f64>], lowest: bool) -> Option<f64> {
    group.iter().flatten().copied().reduce(if lowest { f64::min } else { f64::max })
}

/// Height of a value in eighths of a line; what is there is never nothing.
fn eighths(value: f64, top: f64, height: usize) -> usize {
    let most = height * 8;
    #[expect(clippy::cast_precision_loss, reason = "a screen has few lines")]
    let share = (value / top).clamp(0.0, 1.0) * most as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a screen's height")]
    let eighths = share.round() as usize;
    eighths.clamp(1, most.max(1))
}

fn cell(
    value: Option<f64>,
    plot: &Plot<'_>,
    row: usize,
    height: usize,
    across: Option<usize>,
    look: Look,
) -> (&'static str, Style) {
    const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    const PLAIN_BARS: [&str; 9] = [" ", "_", "_", ".", "-", "-", "=", "=", "#"];
    let line = (look.sign("─", "-"), WARNING);
    let Some(value) = value else {
        return match row {
            _ if across == Some(row) => line,
            0 => (look.sign("·", "."), DIM),
            _ => (" ", PLAIN),
        };
    };
    let filled = eighths(value, plot.top, height).saturating_sub(row * 8).min(8);
    if filled == 0 && across == Some(row) {
        return line;
    }
    let bars = if look.ascii { &PLAIN_BARS } else { &BARS };
    let above = plot.across.as_ref().is_some_and(|(limit, _)| value > *limit);
    (bars.get(filled).copied().unwrap_or("#"), if above { WARNING } else { PLAIN })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    const FANCY: Look = Look { language: Language::English, ascii: false };

    fn drawn(values: &[Option<f64>], across: Option<f64>, cells: usize, height: usize) -> Vec<String> {
        let across = across.map(|value| (value, "line".to_owned()));
        let plot = Plot { values, top: 100.0, top_label: "100".to_owned(), across, lowest: false };
        lines(&plot, FANCY, cells, height).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_gap_is_neither_zero_nor_low() {
        let values = [Some(0.0), None, Some(50.0), Some(100.0)];
        assert_eq!(drawn(&values, None, 14, 2), ["      100│   █", "        0│▁·██"]);
    }

    #[test]
    fn the_line_goes_across_where_nothing_is_higher() {
        let values = [Some(0.0), None, Some(50.0), Some(100.0)];
        assert_eq!(drawn(&values, Some(60.0), 14, 2), ["      100│───█", "        0│▁·██"]);
        let ascii = Plot { values: &values, top: 100.0, top_label: String::new(), across: None, lowest: false };
        let look = Look { ascii: true, ..FANCY };
        for line in lines(&ascii, look, 30, 3) {
            assert!(line.to_string().is_ascii(), "{line}");
        }
        assert!(strip(&values, "x", look, 20).to_string().is_ascii());
    }

    #[test]
    fn columns_are_equally_wide_and_fit() {
        for (values, cells, expected) in [(12, 60, (1, 5, 12)), (72, 100, (1, 1, 72)), (168, 100, (2, 1, 84))] {
            let found = columns(values, cells);
            assert_eq!((found.values, found.cells, found.count), expected);
        }
        for values in 0..200 {
            for cells in 0..120 {
                let found = columns(values, cells);
                assert!(found.count * found.cells <= cells.max(1), "{values} in {cells}: {found:?}");
                assert!(found.count * found.values >= values, "{values} in {cells}: {found:?}");
            }
        }
    }

    #[test]
    fn several_values_in_a_column_keep_their_peak() {
        let values: Vec<Option<f64>> = (0..20).map(|index| (index == 7).then_some(100.0)).collect();
        assert_eq!(drawn(&values, None, 15, 1), ["      100│·█···"]);
    }

    #[test]
    fn scales_are_round() {
        for (value, least, expected) in
            [(0.0, 10.0, 10.0), (11.0, 10.0, 20.0), (43.0, 10.0, 50.0), (99.0, 10.0, 100.0), (1_234.0, 1.0, 2_000.0)]
        {
            assert!((round_up(value, least) - expected).abs() < 1e-6, "{value}: {}", round_up(value, least));
        }
    }

    #[test]
    fn times_stand_where_they_have_room() {
        let labels = ["08:00".to_owned(), "08:30".to_owned(), "09:00".to_owned()];
        assert_eq!(times(&labels, 12, 40).to_string(), "          08:00     08:30    09:00");
        assert_eq!(times(&labels, 12, 22).to_string(), "          08:00  09:00".trim_end());
        assert_eq!(times(&labels, 12, 18).to_string(), "          08:00");
    }
}
