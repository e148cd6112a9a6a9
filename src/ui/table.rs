//! A list with aligned columns: sized by content, wide characters counted, the least important columns dropped when
//! the room is narrow.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::boxed::put;
use super::look::{ACCENT, DIM, Look, STRONG};
use super::words;

/// Cells between two columns.
const GAP: usize = 2;
/// One column.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its heading.
    pub heading: String,
    /// Cells that its widest cell takes, as far as that is known without formatting every row.
    pub wide: usize,
    /// It is cut to this before another column is dropped; the same as `wide` where a part would say nothing.
    pub least: usize,
    /// Numbers line up at the right.
    pub right: bool,
    /// The column with the smallest number goes first.
    pub importance: u8,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whether the cursor is on it.
    pub cursor: bool,
    /// Whether it belongs to the selection of another pane.
    pub related: bool,
    /// Whether it is marked.
    pub marked: bool,
    /// A sign before the first cell; `None` where the list has none.
    pub sign: Option<(&'static str, Style)>,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Ids are cut in the middle, everything else at the end.
    pub middle: bool,
}

/// Which columns fit in `room` cells, and how wide each is.
#[must_use]
pub fn fit(specs: &[Spec], room: usize) -> Vec<(usize, usize)> {
    let mut kept: Vec<usize> = (0..specs.len()).collect();
    let least = |index: &usize| specs[*index].least.min(specs[*index].wide);
    let gaps = |count: usize| GAP * count.saturating_sub(1);
    while kept.len() > 1 && kept.iter().map(least).sum::<usize>() + gaps(kept.len()) > room {
        let Some(worst) = kept.iter().copied().min_by_key(|index| specs[*index].importance) else { break };
        kept.retain(|index| *index != worst);
    }
    let mut spare = room.saturating_sub(kept.iter().map(least).sum::<usize>() + gaps(kept.len()));
    // What is left goes to the columns that were cut, the most important first.
    let mut by_importance = kept.clone();
    by_importance.sort_by_key(|index| std::cmp::Reverse(specs[*index].importance));
    let mut widths: Vec<(usize, usize)> = kept.iter().map(|index| (*index, least(index))).collect();
    for index in by_importance {
        let more = (specs[index].wide - least(&index)).min(spare);
        spare -= more;
        if let Some((_, width)) = widths.iter_mut().find(|(kept, _)| *kept == index) {
            *width += more;
        }
    }
    if let [(_, only)] = widths.as_mut_slice() {
        *only = (*only).min(room);
    }
    widths
}

/// The cells of a row, in a list without signs, that have no room for all that they say.
#[must_use]
pub fn cut<'a>(specs: &[Spec], row: &'a [Cell], room: usize) -> Vec<&'a Cell> {
    let widths = fit(specs, room.saturating_sub(lead_width(false)));
    let room_of = |index: usize| widths.iter().find(|(column, _)| *column == index).map_or(0, |(_, wide)| *wide);
    let cells = row.iter().enumerate();
    cells.filter(|(index, cell)| words::width(&cell.text) > room_of(*index)).map(|(_, cell)| cell).collect()
}

/// Draws rows from the top of `room`, with a heading line if asked.
pub fn draw(buffer: &mut Buffer, room: Rect, look: Look, specs: &[Spec], rows: &[Row], headings: bool) {
    let signed = rows.iter().any(|row| row.sign.is_some());
    let lead = lead_width(signed);
    let widths = fit(specs, usize::from(room.width).saturating_sub(lead));
    let mut y = room.top();
    if headings && room.height > 1 {
        let mut spans = vec![words::blank(lead)];
        for (position, (index, wide)) in widths.iter().enumerate() {
            spans.push(words::blank(if position == 0 { 0 } else { GAP }));
            let text = words::cut_end(&specs[*index].heading, *wide, look.ellipsis());
            spans.push(Span::styled(words::fill(&text, *wide, specs[*index].right), DIM));
        }
        put(buffer, room.x, y, room.right(), &Line::from(spans));
        y += 1;
    }
    for (row, y) in rows.iter().zip(y..room.bottom()) {
        put(buffer, room.x, y, room.right(), &row_line(row, look, specs, &widths, signed));
    }
}

/// Cells before the first column: the bar, the mark, and the sign where there is one.
#[must_use]
pub fn lead_width(signed: bool) -> usize {
    if signed { 4 } else { 2 }
}

fn row_line(row: &Row, look: Look, specs: &[Spec], widths: &[(usize, usize)], signed: bool) -> Line<'static> {
    let bar = match (row.cursor, row.related) {
        (true, _) => Span::styled(look.cursor(), ACCENT),
        (false, true) => Span::styled(look.related(), ACCENT),
        (false, false) => Span::raw(" "),
    };
    let mark = if row.marked { Span::styled(look.marked(), ACCENT) } else { Span::raw(" ") };
    let mut spans = vec![bar, mark];
    if signed {
        let (sign, style) = row.sign.unwrap_or((" ", Style::new()));
        spans.push(Span::styled(sign, style));
        spans.push(Span::raw(" "));
    }
    for (position, (index, wide)) in widths.iter().enumerate() {
        spans.push(words::blank(if position == 0 { 0 } else { GAP }));
        let Some(cell) = row.cells.get(*index) else { continue };
        let cut = if cell.middle {
            words::cut_middle(&cell.text, *wide, look.ellipsis())
        } else {
            words::cut_end(&cell.text, *wide, look.ellipsis())
        };
        spans.push(Span::styled(words::fill(&cut, *wide, specs[*index].right), cell.style));
    }
    let line = Line::from(spans);
    // Bold on top of each cell's own colour: the cursor row stays readable as what it is.
    if row.cursor { line.patch_style(STRONG) } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(wide: usize, importance: u8) -> Spec {
        Spec { heading: String::new(), wide, least: 12, right: false, importance }
    }

    #[test]
    fn the_least_important_column_goes_first_and_long_ones_are_cut_before() {
        let specs = [spec(30, 100), spec(8, 90), spec(6, 10)];
        for (room, expected) in [
            (60, vec![(0, 30), (1, 8), (2, 6)]),
            (40, vec![(0, 22), (1, 8), (2, 6)]),
            (29, vec![(0, 19), (1, 8)]),
            (21, vec![(0, 21)]),
            (5, vec![(0, 5)]),
            (0, vec![(0, 0)]),
        ] {
            assert_eq!(fit(&specs, room), expected, "{room}");
        }
    }

    #[test]
    fn what_fits_never_exceeds_the_room() {
        let specs = [spec(40, 1), spec(13, 5), spec(3, 9), spec(20, 7)];
        for room in 0..90 {
            let widths = fit(&specs, room);
            let sum: usize = widths.iter().map(|(_, wide)| wide).sum();
            assert!(sum + GAP * (widths.len() - 1) <= room, "{widths:?} in {room}");
        }
    }
}
