//! Why can't I connect? One check after the other: sign, what is so, what shows it, and the key that mends it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{most_cells, open};
use crate::app::doctor::{DoctorModal, action_of};
use crate::domain::doctor::{Finding, Mend, Verdict, conclusion, is_well};
use crate::keymap::{Binding, Context, binding_of};
use crate::tr;
use crate::ui::boxed::{self, put_lines};
use crate::ui::key_name;
use crate::ui::look::{ACCENT, BAD_NEWS, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use crate::ui::words;

/// The widest that it gets.
const WIDEST: usize = 114;
/// Cells before what is so: the sign and a space.
const LEAD: usize = 2;
/// Cells between what is so and what stands at the right of it.
const GAP: usize = 3;
/// As many lines as ten short findings and the last sentence take, so that the box does not grow with each line.
const USUAL: usize = 14;

/// Draws the examination. Says which line could be the first one at most.
pub(super) fn draw(doctor: &DoctorModal, look: Look, area: Rect, frame: &mut Frame<'_>) -> usize {
    let width = WIDEST.min(most_cells(area));
    let lines = lines(doctor, look, width);
    let height = usize::from(area.height).saturating_sub(4).max(1);
    let title = tr!(look.language, "doctor-title", name = doctor.label.as_str());
    let (room, place) = open(area, look, Some(title), (width, lines.len().max(USUAL).min(height)), frame);
    let shown = usize::from(room.height);
    let most_scroll = lines.len().saturating_sub(shown);
    let first = usize::from(doctor.scroll).min(most_scroll);
    put_lines(frame.buffer_mut(), room, &lines[first..]);
    if place.height > room.height {
        boxed::draw_scroll(place, look, first, shown.min(lines.len()), lines.len(), frame.buffer_mut());
    }
    most_scroll
}

fn lines(doctor: &DoctorModal, look: Look, cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> =
        doctor.findings.iter().flat_map(|finding| finding_lines(finding, look, cells)).collect();
    if let Some(check) = doctor.next() {
        let title = check.title().say(look.language);
        lines.push(Line::styled(format!("{} {title}", look.loading()), DIM));
    } else {
        lines.push(Line::default());
        lines.extend(last_sentence(doctor, look, cells));
    }
    lines
}

fn sign(verdict: Verdict, look: Look) -> (&'static str, Style) {
    match verdict {
        Verdict::Good => (look.good(), GOOD),
        Verdict::Bad => (look.bad(), BAD_NEWS),
        Verdict::Unknown => (look.neutral(), WARNING),
        Verdict::NotTried => (look.nothing(), DIM),
    }
}

fn finding_lines(finding: &Finding, look: Look, cells: usize) -> Vec<Line<'static>> {
    let (sign, style) = sign(finding.verdict, look);
    let said_style = match finding.verdict {
        Verdict::Bad => STRONG,
        Verdict::NotTried => DIM,
        Verdict::Good | Verdict::Unknown => PLAIN,
    };
    let key = finding.mend.as_ref().map(|mend| key_spans(mend, look)).unwrap_or_default();
    let key_wide = words::spans_width(&key);
    let beside = if key.is_empty() { 0 } else { key_wide + GAP };
    let said = finding.line().say(look.language);
    let evidence = finding.evidence.as_ref().map(|evidence| evidence.say(look.language)).unwrap_or_default();
    let room = cells.saturating_sub(LEAD + beside);

    let mut lines = words::wrap_text(&said, said_style, room);
    let fits = words::width(&said) + GAP + words::width(&evidence) <= room;
    match lines.first_mut() {
        Some(line) if fits && !evidence.is_empty() => {
            line.spans.push(words::blank(GAP));
            line.spans.push(Span::styled(evidence, DIM));
        }
        _ if !evidence.is_empty() => lines.extend(words::wrap_text(&evidence, DIM, cells.saturating_sub(LEAD))),
        _ => {}
    }
    for (index, line) in lines.iter_mut().enumerate() {
        let lead = if index == 0 { Span::styled(format!("{sign} "), style) } else { words::blank(LEAD) };
        line.spans.insert(0, lead);
    }
    if let Some(line) = lines.first_mut().filter(|_| !key.is_empty()) {
        let blank = cells.saturating_sub(line.width() + key_wide);
        line.spans.push(words::blank(blank));
        line.spans.extend(key);
    }
    lines
}

fn binding(mend: &Mend) -> Option<&'static Binding> {
    binding_of(Context::Doctor, action_of(mend))
}

fn key_name(mend: &Mend, look: Look) -> Option<String> {
    binding(mend)?.keys.first().map(|key| key_name::shown(key, look.ascii))
}

/// The key and what it does.
fn key_spans(mend: &Mend, look: Look) -> Vec<Span<'static>> {
    let (Some(binding), Some(key)) = (binding(mend), key_name(mend, look)) else { return Vec::new() };
    vec![Span::styled(key, ACCENT), Span::styled(format!("  {}", look.language.say(binding.label)), PLAIN)]
}

fn last_sentence(doctor: &DoctorModal, look: Look, cells: usize) -> Vec<Line<'static>> {
    let (said, mend) = conclusion(&doctor.findings);
    let style = if is_well(&doctor.findings) { GOOD.patch(STRONG) } else { STRONG };
    let mut lines = words::wrap_text(&said.say(look.language), style, cells);
    if let Some(key) = mend.as_ref().and_then(|mend| key_name(mend, look)) {
        let press = tr!(look.language, "doctor-press", key = key);
        // A key alone on a line would be missed.
        match lines.last_mut() {
            Some(last) if last.width() + 1 + words::width(&press) <= cells => {
                last.spans.push(Span::styled(format!(" {press}"), style));
            }
            _ => lines.push(Line::styled(press, style)),
        }
    }
    lines
}
