//! A page of labelled values, headings and small tables, laid out once its width is known.

use ratatui::text::{Line, Span};

use crate::ui::look::{DIM, STRONG};
use crate::ui::words::{self, spans_width};

/// One cell or value: pieces of text in their styles.
pub type Spans = Vec<Span<'static>>;

/// The page before it is laid out.
#[derive(Debug, Default)]
pub struct Sheet {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Gap,
    Heading(String),
    Pair(String, Spans),
    Text(Spans),
    /// Cells before the first column, and the rows.
    Grid(usize, Vec<Vec<Spans>>),
}

impl Sheet {
    /// An empty line, unless there is one already.
    pub fn gap(&mut self) {
        if !matches!(self.parts.last(), None | Some(Part::Gap)) {
            self.parts.push(Part::Gap);
        }
    }

    /// A heading with air above it.
    pub fn heading(&mut self, text: String) {
        self.gap();
        self.parts.push(Part::Heading(text));
    }

    /// A label and its value.
    pub fn pair(&mut self, label: String, value: Spans) {
        self.parts.push(Part::Pair(label, value));
    }

    /// A text of its own.
    pub fn text(&mut self, spans: Spans) {
        self.parts.push(Part::Text(spans));
    }

    /// Rows whose cells line up, a little to the right of their heading.
    pub fn grid(&mut self, rows: Vec<Vec<Spans>>) {
        self.parts.push(Part::Grid(1, rows));
    }

    /// Rows whose cells line up, without a heading above them.
    pub fn rows(&mut self, rows: Vec<Vec<Spans>>) {
        self.parts.push(Part::Grid(0, rows));
    }

    /// The lines, none wider than `cells`.
    #[must_use]
    pub fn lines(&self, cells: usize) -> Vec<Line<'static>> {
        let label_wide = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Pair(label, _) => Some(words::width(label)),
                _ => None,
            })
            .max()
            .unwrap_or(0)
            .min(cells / 2);
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Gap => lines.push(Line::default()),
                Part::Heading(text) => lines.push(Line::styled(words::cut_end(text, cells, "…"), STRONG)),
                Part::Text(spans) => lines.extend(words::wrap(spans, cells)),
                Part::Pair(label, value) => {
                    let label = words::fill(words::start(label, label_wide), label_wide, false);
                    let indent = label_wide + 2;
                    for (index, mut line) in words::wrap(value, cells.saturating_sub(indent)).into_iter().enumerate() {
                        let label = if index == 0 { label.clone() } else { " ".repeat(label_wide) };
                        line.spans.insert(0, Span::styled(format!("{label}  "), DIM));
                        lines.push(line);
                    }
                }
                Part::Grid(indent, rows) => lines.extend(grid(*indent, rows, cells)),
            }
        }
        lines
    }
}

/// A last cell that has less room than this, and needs more, goes to a line of its own.
const NARROW: usize = 18;

/// Columns as wide as their widest cell; the last one wraps.
fn grid(indent: usize, rows: &[Vec<Spans>], cells: usize) -> Vec<Line<'static>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let natural =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| spans_width(cell)).max().unwrap_or(0);
    let wanted = indent + (0..columns).map(natural).sum::<usize>() + 2 * columns.saturating_sub(1);
    // One column must not push the next one off the page.
    let most = if wanted <= cells { cells } else { (cells / columns.max(1)).max(cells / 2) };
    let widths: Vec<usize> = (0..columns).map(|column| natural(column).min(most)).collect();
    let mut lines = Vec::new();
    for row in rows {
        let mut line = vec![words::blank(indent)];
        let mut used = indent;
        for (column, cell) in row.iter().enumerate() {
            if column + 1 == row.len() {
                let room = cells.saturating_sub(used);
                if column > 0 && room < NARROW && spans_width(cell) > room {
                    lines.push(Line::from(std::mem::take(&mut line)));
                    used = (indent + 2).min(cells / 2);
                    line.push(words::blank(used));
                }
                let mut wrapped = words::wrap(cell, cells.saturating_sub(used)).into_iter();
                line.extend(wrapped.next().unwrap_or_default().spans);
                lines.push(Line::from(std::mem::take(&mut line)));
                for mut more in wrapped {
                    more.spans.insert(0, words::blank(used));
                    lines.push(more);
                }
                break;
            }
            let wide = widths.get(column).copied().unwrap_or(0);
            if wide == 0 {
                continue;
            }
            let cut = cut(cell, wide);
            let rest = wide - spans_width(&cut);
            line.extend(cut);
            line.push(words::blank(rest + 2));
            used += wide + 2;
        }
    }
    lines
}

fn cut(spans: &[Span<'static>], cells: usize) -> Spans {
    if spans_width(spans) <= cells {
        return spans.to_vec();
    }
    let mut left = cells;
    let mut out = Vec::new();
    for span in spans {
        let text = words::cut_end(&span.content, left, "…");
        left -= words::width(&text);
        out.push(Span::styled(text, span.style));
        if left == 0 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_line_up_behind_the_widest_label_in_cells() {
        let mut sheet = Sheet::default();
        sheet.pair("키".to_owned(), vec![Span::raw("a")]);
        sheet.pair("퍼블릭 IP".to_owned(), vec![Span::raw("one two three four")]);
        let lines: Vec<String> = sheet.lines(20).iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["키         a", "퍼블릭 IP  one two", "           three", "           four"]);
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut sheet = Sheet::default();
        sheet.pair("Label".to_owned(), vec![Span::raw("ec2-52-79-10-4.ap-northeast-2.compute.amazonaws.com")]);
        let row = |text: &str| vec![vec![Span::raw(text.to_owned())], vec![Span::raw(text.repeat(4))]];
        sheet.grid(vec![row("short"), row("a long one of many words")]);
        for cells in 12..80 {
            assert!(sheet.lines(cells).iter().all(|line| line.width() <= cells), "{cells}");
        }
    }
}
