//! What a person would see: the drawn cells as text.

use ec2deck::app::App;
use ec2deck::app::extent::Extent;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Draws the state once, at its own size, and reads the cells back. Spaces at line ends are cut; the second cell of a
/// wide character is skipped.
pub fn text(app: &App) -> String {
    lines(&draw(app).0).join("\n")
}

/// The drawn cells, and what the drawing found out about its own extent.
pub fn draw(app: &App) -> (Buffer, Extent) {
    let (columns, rows) = app.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut extent = Extent::default();
    let frame = terminal.draw(|frame| extent = ec2deck::ui::draw(app, frame));
    let cells = frame.unwrap().buffer.clone();
    (cells, extent)
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(symbol.width().max(1)).unwrap_or(1);
            }
            line.trim_end().to_owned()
        })
        .collect()
}
