//! Step 4: the volumes, and the meter of the storage allowance below them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::boxed::put_lines;
use super::super::look::{DIM, GOOD, Look, MONEY, PLAIN, STRONG};
use super::super::{form, words};
use crate::app::App;
use crate::app::launch::Launch;
use crate::app::launch::storage::Meter;
use crate::tr;

/// Cells of the meter's bar.
const BAR: u32 = 20;

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    let look = Look::of(app);
    let storage = &launch.storage;
    if storage.root().is_none() {
        let lines = words::wrap_text(&tr!(look.language, "launch-storage-no-image"), DIM, usize::from(area.width));
        put_lines(frame.buffer_mut(), area, &lines);
        return;
    }
    let below = below_lines(app, launch, look, usize::from(area.width));
    // The form scrolls; the meter gives way before the form has less than its first volume.
    let wanted = form::height(&storage.form, look, area.width);
    let least = wanted.min(9).min(area.height);
    let room = area.height - least;
    let block = u16::try_from(below.len()).unwrap_or(u16::MAX).min(room.saturating_sub(1));
    let height = wanted.min(area.height - block - u16::from(block > 0));
    form::draw(&storage.form, look, frame, Rect { height, ..area });
    let y = area.y + height + 1;
    let block = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    put_lines(frame.buffer_mut(), block, &below);
}

fn below_lines(app: &App, launch: &Launch, look: Look, room: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines = Vec::new();
    if app.may_have_allowances() {
        lines.extend(meter_lines(launch.storage.meter(&app.inventory), look, room));
        lines.extend(words::wrap_text(&tr!(language, "launch-storage-allowance-note"), DIM, room));
    }
    for (device, gib, kind) in launch.storage.brought() {
        let text = tr!(language, "launch-storage-brought", device = device, size = gib, kind = kind.as_str());
        lines.extend(words::wrap_text(&text, PLAIN, room));
    }
    lines
}

fn meter_lines(meter: Meter, look: Look, room: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let mut lines =
        vec![Line::styled(words::cut_end(&tr!(language, "launch-storage-allowance"), room, look.ellipsis()), STRONG)];
    let Some(used) = meter.used else {
        lines.extend(words::wrap_text(&tr!(language, "launch-storage-used-unknown"), DIM, room));
        return lines;
    };
    let after = used.saturating_add(meter.added);
    let style = if meter.is_exceeded() { MONEY } else { GOOD };
    let part = |gib: u32| gib.min(meter.allowance) * BAR / meter.allowance.max(1);
    let (now, then) = (part(used), part(after));
    let fill = |count: u32, sign: &str| sign.repeat(usize::try_from(count).unwrap_or(0));
    let text = tr!(language, "launch-storage-meter", used = used, allowance = meter.allowance, after = after);
    let spans = [
        Span::styled(fill(now, look.sign("█", "#")), PLAIN),
        Span::styled(fill(then - now, look.sign("▓", "+")), style),
        Span::styled(fill(BAR - then, look.sign("░", ".")), DIM),
    ];
    let mut bar = Line::from(spans.to_vec());
    if bar.width() + 2 + words::width(&text) <= room {
        bar.spans.extend([Span::raw("  "), Span::styled(text, style)]);
        lines.push(bar);
    } else {
        lines.push(bar);
        lines.extend(words::wrap_text(&text, style, room));
    }
    lines
}
