//! A line of text that is being typed, in the room there is: the part around the cursor is shown, and the terminal's
//! own cursor stands in it, which is where an input method for Korean opens.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::boxed::put;
use super::layout::cells;
use super::words;
use crate::app::form::TextInput;

/// Draws the input into the first line of `room` and puts the terminal's cursor there.
pub fn draw(input: &TextInput, room: Rect, style: Style, frame: &mut Frame<'_>) {
    if room.is_empty() {
        return;
    }
    let (shown, cursor) = window(input.value(), input.cursor_cells(), usize::from(room.width));
    put(frame.buffer_mut(), room.x, room.y, room.right(), &Line::styled(shown, style));
    frame.set_cursor_position((room.x + cells(cursor).min(room.width - 1), room.y));
}

/// The part of a line to show in `room` cells, and where the cursor is in it.
fn window(value: &str, cursor: usize, room: usize) -> (String, usize) {
    // The cursor needs a cell of its own behind the text.
    let skip = (cursor + 1).saturating_sub(room);
    let mut before = 0;
    let mut rest = value;
    while before < skip {
        let Some(c) = rest.chars().next() else { break };
        let piece = &rest[..c.len_utf8()];
        before += words::width(piece);
        rest = &rest[piece.len()..];
    }
    (words::start(rest, room).to_owned(), cursor.saturating_sub(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_the_room() {
        assert_eq!(window("abc", 3, 10), ("abc".to_owned(), 3));
        assert_eq!(window("abcdefgh", 8, 4), ("fgh".to_owned(), 3));
        assert_eq!(window("서울리전", 8, 5), ("리전".to_owned(), 4));
        for room in 1..12 {
            for cursor in 0..=8 {
                let (shown, at) = window("abcd서울", cursor.min(8), room);
                assert!(at < room.max(1) && words::width(&shown) <= room, "{cursor} in {room}");
            }
        }
    }
}
