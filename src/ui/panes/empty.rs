//! What a list says when it shows no row: why, and what to do next.

use ratatui::text::{Line, Span};

use super::Listed;
use crate::app::panes::PaneKind;
use crate::keymap::{Action, binding_of};
use crate::tr;
use crate::ui::explained;
use crate::ui::key_name;
use crate::ui::look::{ACCENT, DIM, PLAIN};
use crate::ui::view::View;
use crate::ui::words;

/// The lines for a list without rows.
pub(super) fn lines(
    view: &View<'_>,
    kind: PaneKind,
    list: &Listed<'_>,
    alone: bool,
    cells: usize,
) -> Vec<Line<'static>> {
    let (app, look) = (view.app, view.look);
    let language = look.language;
    let room = cells.saturating_sub(2);
    let mut lines = match (&app.session.problem, list.problem) {
        // One screen says what is wrong with the session; the other panes need not repeat it.
        (Some(problem), _) if kind == PaneKind::Instances || alone => {
            with_key(view, explained::lines(problem, app, look, room))
        }
        (Some(_), _) => vec![Line::styled(tr!(language, "empty-not-read"), DIM)],
        (None, Some(problem)) if kind == PaneKind::Instances || alone => {
            with_key(view, explained::lines(problem, app, look, room))
        }
        // The same reason four times over would only be louder.
        (None, Some(problem))
            if app.inventory.instances.problem.as_ref().is_some_and(|one| one.cause == problem.cause) =>
        {
            vec![Line::styled(tr!(language, "empty-not-read"), DIM)]
        }
        (None, Some(problem)) => words::wrap(
            &[
                Span::styled(format!("{} ", look.bad()), crate::ui::look::BAD_NEWS),
                Span::styled(explained::of(problem, app).what.say(language), PLAIN),
            ],
            room,
        ),
        (None, None) if app.session.region().is_none() && !app.session.opening => {
            words::wrap_text(&tr!(language, "empty-no-region"), DIM, room)
        }
        (None, None) if !list.known => vec![Line::styled(tr!(language, "empty-reading"), DIM)],
        (None, None) if app.row_count(kind) > 0 => {
            let filter = app.panes.list(kind).filter.value();
            let text = tr!(language, "empty-filtered", filter = filter, total = app.row_count(kind));
            words::wrap_text(&text, DIM, room)
        }
        (None, None) => invitation(view, kind, room),
    };
    for line in &mut lines {
        line.spans.insert(0, Span::raw(" "));
    }
    if cells > 40 && matches!(kind, PaneKind::Instances) {
        lines.insert(0, Line::default());
    }
    lines
}

/// An account without any of these: what they are for, and the key that makes the first one.
fn invitation(view: &View<'_>, kind: PaneKind, room: usize) -> Vec<Line<'static>> {
    let language = view.look.language;
    let mut lines = Vec::new();
    let text = match kind {
        PaneKind::Instances | PaneKind::Details => tr!(language, "empty-instances"),
        PaneKind::SecurityGroups => tr!(language, "empty-groups"),
        PaneKind::Addresses => tr!(language, "empty-addresses"),
        PaneKind::KeyPairs => tr!(language, "empty-keys"),
    };
    lines.extend(words::wrap_text(&text, DIM, room));
    if kind == PaneKind::KeyPairs {
        lines.extend(keys_for(view, kind, &[Action::NewKey, Action::ImportKey]));
    }
    if kind == PaneKind::Instances
        && view.app.availability(Action::Launch).is_ok()
        && let Some(binding) = binding_of(kind.context(), Action::Launch)
        && let Some(key) = binding.keys.first()
    {
        lines.push(Line::default());
        lines.push(Line::from(vec![
            Span::styled(key_name::shown(key, view.look.ascii), ACCENT),
            Span::raw("  "),
            Span::styled(tr!(language, "empty-launch-first"), PLAIN),
        ]));
    }
    lines
}

/// The keys that make the first one, each on its own line.
fn keys_for(view: &View<'_>, kind: PaneKind, actions: &[Action]) -> Vec<Line<'static>> {
    let able = actions.iter().filter(|action| view.app.availability(**action).is_ok());
    able.filter_map(|action| binding_of(kind.context(), *action))
        .filter_map(|binding| Some((binding.keys.first()?, binding.label)))
        .map(|(key, label)| {
            Line::from(vec![
                Span::styled(key_name::shown(key, view.look.ascii), ACCENT),
                Span::raw("  "),
                Span::styled(view.look.language.say(label), PLAIN),
            ])
        })
        .collect()
}

/// Below an explanation: how to see the details and how to try again.
fn with_key(view: &View<'_>, mut lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    let look = view.look;
    lines.push(Line::default());
    let mut spans = vec![Span::raw("  ")];
    for (action, label) in [
        (Action::Refresh, tr!(look.language, "hint-try-again")),
        (Action::ShowProblem, tr!(look.language, "hint-details")),
        (Action::SwitchRegion, tr!(look.language, "hint-other-region")),
    ] {
        if let Some(key) = binding_of(view.app.panes.focus.context(), action).and_then(|binding| binding.keys.first()) {
            spans.push(Span::styled(key_name::shown(key, look.ascii), ACCENT));
            spans.push(Span::styled(format!(" {label}   "), DIM));
        }
    }
    lines.push(Line::from(spans));
    lines
}
