//! All keys of a context, in groups; from the table that also drives them.

use ratatui::text::{Line, Span};

use super::page::READABLE;
use crate::app::metering;
use crate::domain::metric::Metric;
use crate::keymap::{Action, Context, binding_of, bindings_of};
use crate::text::Language;
use crate::tr;
use crate::ui::look::{ACCENT, Look, PLAIN, STRONG};
use crate::ui::{explained, key_name, words};

/// Keys of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Doing,
    Looking,
    Panes,
    Moving,
    Leaving,
}

impl Group {
    const ALL: [Self; 5] = [Self::Doing, Self::Looking, Self::Panes, Self::Moving, Self::Leaving];

    fn of(action: Action) -> Self {
        match action {
            Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::First
            | Action::Last
            | Action::Left
            | Action::Right
            | Action::NextStep
            | Action::PreviousStep
            | Action::NextField
            | Action::PreviousField => Self::Moving,
            Action::FocusInstances
            | Action::FocusGroups
            | Action::FocusAddresses
            | Action::FocusKeys
            | Action::FocusDetails
            | Action::NextPane
            | Action::PreviousPane
            | Action::Zoom => Self::Panes,
            Action::Filter
            | Action::Sort
            | Action::Refresh
            | Action::Palette
            | Action::SwitchRegion
            | Action::SwitchProfile
            | Action::CopyValue
            | Action::CopySsh
            | Action::ShowProblem
            | Action::Metrics
            | Action::Costs
            | Action::Leaks
            | Action::RangeHour
            | Action::RangeSixHours
            | Action::RangeDay
            | Action::RangeWeek
            | Action::PreviewCommands => Self::Looking,
            Action::Help | Action::Leave | Action::Quit => Self::Leaving,
            _ => Self::Doing,
        }
    }

    fn title(self, language: Language) -> String {
        match self {
            Self::Doing => tr!(language, "help-doing"),
            Self::Looking => tr!(language, "help-looking"),
            Self::Panes => tr!(language, "help-panes"),
            Self::Moving => tr!(language, "help-moving"),
            Self::Leaving => tr!(language, "help-leaving"),
        }
    }
}

/// The keys, and what those that ask CloudWatch ask for.
pub(super) fn lines(context: Context, look: Look, cells: usize, height: usize) -> Vec<Line<'static>> {
    let below = metrics_lines(context, look, cells);
    let mut lines = key_lines(context, look, cells, height.saturating_sub(below.len()));
    lines.extend(below);
    lines
}

/// The keys; in two columns where one would not fit the height and two fit the width.
fn key_lines(context: Context, look: Look, cells: usize, height: usize) -> Vec<Line<'static>> {
    let blocks: Vec<Vec<Line<'static>>> =
        Group::ALL.into_iter().map(|group| block(group, context, look)).filter(|block| !block.is_empty()).collect();
    let total = joined(&blocks);
    let wide = total.iter().map(Line::width).max().unwrap_or(0);
    if total.len() <= height || wide * 2 + 4 > cells {
        return total;
    }
    // Where the higher of the two columns is lowest.
    let (left, right) = (1..=blocks.len())
        .map(|split| (joined(&blocks[..split]), joined(&blocks[split..])))
        .min_by_key(|(left, right)| left.len().max(right.len()))
        .unwrap_or_default();
    (0..left.len().max(right.len()))
        .map(|index| {
            let mut line = left.get(index).cloned().unwrap_or_default();
            if let Some(other) = right.get(index) {
                line.spans.push(words::blank(wide + 4 - line.width()));
                line.spans.extend(other.spans.iter().map(|span| span.clone().patch_style(other.style)));
            }
            line
        })
        .collect()
}

/// What the keys that ask CloudWatch cost in questions.
fn metrics_lines(context: Context, look: Look, cells: usize) -> Vec<Line<'static>> {
    let language = look.language;
    let asked = match context {
        Context::Instances | Context::Details | Context::Metrics => graphs_and_rows(language),
        Context::Costs | Context::Leaks => vec![uses(look)],
        _ => return Vec::new(),
    };
    let bound = tr!(language, "help-metrics-bound", calls = metering::MOST_CALLS, metrics = metering::MOST_METRICS);
    let mut lines = vec![Line::default(), Line::styled(tr!(language, "help-metrics-title"), STRONG)];
    for text in asked.into_iter().chain([bound]) {
        lines.extend(explained::indented(&text, PLAIN, 1, cells.min(READABLE)));
    }
    lines
}

/// What the graphs and the zoomed list ask for.
fn graphs_and_rows(language: Language) -> Vec<String> {
    let minutes = metering::AGAIN.as_secs() / 60;
    let again = tr!(language, "age-minutes", n = minutes);
    let (few, many) = (Metric::of_graphs(false).len(), Metric::of_graphs(true).len());
    vec![
        tr!(language, "help-metrics-graphs", few = few, many = many, again = again.as_str()),
        tr!(language, "help-metrics-rows", again = again.as_str()),
    ]
}

/// What looking for leaks asks for.
fn uses(look: Look) -> String {
    let again = binding_of(Context::Leaks, Action::Refresh).and_then(|binding| binding.keys.first());
    let key = again.map(|key| key_name::shown(key, look.ascii)).unwrap_or_default();
    tr!(look.language, "help-metrics-uses", key = key)
}

fn joined(blocks: &[Vec<Line<'static>>]) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(block.iter().cloned());
    }
    lines
}

fn block(group: Group, context: Context, look: Look) -> Vec<Line<'static>> {
    let rows: Vec<(String, String)> = bindings_of(context)
        .filter(|binding| Group::of(binding.action) == group)
        .map(|binding| {
            let keys: Vec<String> = binding.keys.iter().map(|key| key_name::shown(key, look.ascii)).collect();
            (keys.join(" "), look.language.say(binding.label))
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::from(Span::styled(group.title(look.language), STRONG))];
    // The same width in every block, so that the labels of all of them line up.
    let wide = bindings_of(context)
        .map(|binding| {
            let keys = binding.keys.iter().map(|key| words::width(&key_name::shown(key, look.ascii)) + 1);
            keys.sum::<usize>().saturating_sub(1)
        })
        .max()
        .unwrap_or(0);
    lines.extend(rows.into_iter().map(|(keys, label)| {
        Line::from(vec![
            Span::styled(format!(" {}", words::fill(&keys, wide, false)), ACCENT),
            Span::raw(format!("  {label}")),
        ])
    }));
    lines
}
