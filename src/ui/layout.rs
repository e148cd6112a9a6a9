//! Where things stand for a terminal of a given size; nothing but the size decides, so nothing jumps.

use ratatui::layout::Rect;

pub use crate::app::panes::first_shown;

/// From this size on, all panes are on the screen at once.
const WIDE: (u16, u16) = (100, 24);

/// The three parts of the screen; a part that has no room has no height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// One line: where am I.
    pub header: Rect,
    /// Everything between.
    pub body: Rect,
    /// One line: what can I do.
    pub footer: Rect,
}

/// Where the panes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dashboard {
    /// All at once.
    Wide {
        /// The four lists, in the order of their numbers.
        lists: [Rect; 4],
        /// The details beside them.
        details: Rect,
    },
    /// Only the focused one.
    One {
        /// One line that names all panes; no height where there is no room.
        tabs: Rect,
        /// The focused pane.
        pane: Rect,
    },
}

/// Splits the terminal.
#[must_use]
pub fn screen(area: Rect) -> Screen {
    let header = u16::from(area.height >= 4);
    let footer = u16::from(area.height >= 2);
    let body = area.height - header - footer;
    Screen {
        header: Rect { height: header, ..area },
        body: Rect { y: area.y + header, height: body, ..area },
        footer: Rect { y: area.y + header + body, height: footer, ..area },
    }
}

/// Splits the body among the panes.
#[must_use]
pub fn dashboard(body: Rect, zoomed: bool) -> Dashboard {
    // The body is what header and footer have left of the height.
    let wide = body.width >= WIDE.0 && body.height + 2 >= WIDE.1;
    if wide && zoomed {
        return Dashboard::One { tabs: Rect { height: 0, ..body }, pane: body };
    }
    if !wide {
        let tabs = u16::from(body.height >= 4);
        return Dashboard::One {
            tabs: Rect { height: tabs, ..body },
            pane: Rect { y: body.y + tabs, height: body.height - tabs, ..body },
        };
    }
    let right = (body.width * 2 / 5 + 5).min(84);
    let left = body.width - right;
    let bottom = body.height * 26 / 100;
    let middle = body.height * 28 / 100;
    let top = body.height - middle - bottom;
    let addresses = left * 5 / 9;
    Dashboard::Wide {
        lists: [
            Rect { width: left, height: top, ..body },
            Rect { width: left, y: body.y + top, height: middle, ..body },
            Rect { width: addresses, y: body.y + top + middle, height: bottom, ..body },
            Rect { x: body.x + addresses, width: left - addresses, y: body.y + top + middle, height: bottom },
        ],
        details: Rect { x: body.x + left, width: right, ..body },
    }
}

/// Whether a pane of this size has a border: below it, every cell is needed for what it shows.
#[must_use]
pub fn has_border(pane: Rect) -> bool {
    pane.width >= 16 && pane.height >= 5
}

/// A box of the wanted size in the middle, as far as there is room; a little above the middle looks centred.
#[must_use]
pub fn centred(area: Rect, width: usize, height: usize) -> Rect {
    let width = cells(width).min(area.width);
    let height = cells(height).min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) * 2 / 5, width, height }
}

/// A count of cells as the screen counts them.
#[must_use]
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(area: Rect, zoomed: bool) -> Vec<Rect> {
        let screen = screen(area);
        let mut parts = vec![screen.header, screen.footer];
        match dashboard(screen.body, zoomed) {
            Dashboard::Wide { lists, details } => {
                parts.extend(lists);
                parts.push(details);
            }
            Dashboard::One { tabs, pane } => parts.extend([tabs, pane]),
        }
        parts
    }

    #[test]
    fn every_size_is_covered_exactly_once() {
        for width in [1, 2, 5, 24, 40, 79, 80, 99, 100, 120, 160, 200, 300] {
            for height in [1, 2, 3, 4, 5, 6, 10, 23, 24, 30, 45, 60, 100] {
                for zoomed in [false, true] {
                    let area = Rect::new(0, 0, width, height);
                    let parts = parts(area, zoomed);
                    let sum: u32 = parts.iter().map(|part| part.area()).sum();
                    assert_eq!(sum, area.area(), "{width}x{height}");
                    for (index, part) in parts.iter().enumerate() {
                        assert_eq!(part.intersection(area), *part, "{width}x{height} {part:?}");
                        for other in &parts[index + 1..] {
                            assert!(part.intersection(*other).is_empty(), "{width}x{height} {part:?} {other:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn all_panes_are_there_from_a_wide_terminal_on() {
        for (width, height, zoomed, wide) in [
            (100, 24, false, true),
            (120, 30, false, true),
            (200, 60, false, true),
            (99, 30, false, false),
            (120, 23, false, false),
            (80, 24, false, false),
            (120, 30, true, false),
        ] {
            let body = screen(Rect::new(0, 0, width, height)).body;
            assert_eq!(matches!(dashboard(body, zoomed), Dashboard::Wide { .. }), wide, "{width}x{height}");
        }
    }

    #[test]
    fn at_the_smallest_wide_size_every_list_still_shows_rows() {
        let Dashboard::Wide { lists, details } = dashboard(screen(Rect::new(0, 0, 100, 24)).body, false) else {
            panic!("100x24 is wide")
        };
        for pane in lists.into_iter().chain([details]) {
            assert!(has_border(pane), "{pane:?}");
        }
    }

    #[test]
    fn the_cursor_is_always_on_the_screen() {
        for rows in 1..40 {
            for height in 1..20 {
                for cursor in 0..rows {
                    let first = first_shown(cursor, rows, height);
                    assert!((first..first + height).contains(&cursor), "{cursor} of {rows} in {height}");
                    assert!(first == 0 || first + height <= rows, "no empty lines below the last row");
                }
            }
        }
    }
}
