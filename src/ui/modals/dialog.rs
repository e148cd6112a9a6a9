//! A form over the dashboard: its fields, what the answers mean, and why the last try failed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{below, most_cells, open};
use crate::app::App;
use crate::app::dialogs::Dialog;
use crate::app::notice::Tone;
use crate::tr;
use crate::ui::boxed::put_lines;
use crate::ui::look::{BAD_NEWS, DIM, GOOD, Look, WARNING};
use crate::ui::{explained, form, layout, words};

/// Wide enough for an IPv6 block beside its label.
const WIDTH: usize = 76;

/// Draws the dialog. The fields keep their room; on a low screen the notes give way.
pub(super) fn draw(app: &App, dialog: &Dialog, look: Look, area: Rect, frame: &mut Frame<'_>) {
    let width = WIDTH.min(most_cells(area));
    let notes = notes(app, dialog, look, width);
    let fields = usize::from(form::height(&dialog.form, look, layout::cells(width)));
    let wanted = fields + if notes.is_empty() { 0 } else { notes.len() + 1 };
    let (room, _) = open(area, look, Some(dialog.title.say(look.language)), (width, wanted), frame);
    if room.is_empty() {
        return;
    }
    let height = usize::from(room.height);
    let top = fields.min(height);
    form::draw(&dialog.form, look, frame, Rect { height: layout::cells(top), ..room });
    let gap = usize::from(height > top + notes.len());
    put_lines(frame.buffer_mut(), below(room, top + gap), &notes);
}

fn notes(app: &App, dialog: &Dialog, look: Look, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if dialog.is_waiting() {
        lines.push(Line::styled(format!("{} {}", look.loading(), tr!(look.language, "dialog-sent")), DIM));
        return lines;
    }
    if let Some(problem) = &dialog.problem {
        lines.extend(explained::lines(problem, app, look, width));
        return lines;
    }
    for (text, tone) in &dialog.notes {
        let style = match tone {
            Tone::Good => GOOD,
            Tone::Plain => DIM,
            Tone::Warning => WARNING,
            Tone::Bad => BAD_NEWS,
        };
        lines.extend(words::wrap_text(&text.say(look.language), style, width));
    }
    lines
}
