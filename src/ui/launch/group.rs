//! Step 6: the fields of the group, then the rules of a new one or the list of existing ones, and what they mean.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::super::boxed::{put, put_lines};
use super::super::layout::{cells, first_shown};
use super::super::look::{ACCENT, BAD_NEWS, DANGER, DIM, GOOD, Look, PLAIN, STRONG, WARNING};
use super::super::{explained, field, form, key_name, words};
use crate::app::App;
use crate::app::form::{Field, FieldKind};
use crate::app::launch::Launch;
use crate::app::launch::group::existing::{ExistingGroups, admits};
use crate::app::launch::group::rules::{Cell, MyIp, RuleRow, Source};
use crate::app::launch::group::{Focus, GroupStep};
use crate::app::notice::Tone;
use crate::domain::security_group::SecurityGroup;
use crate::keymap::{Action, Context, binding_of};
use crate::tr;

/// Cells before a row: the bar and a space.
const LEAD: u16 = 2;
/// Cells of a port or a range.
const PORT: u16 = 12;
/// Cells of the longest IPv6 address with its prefix.
const ADDRESS: u16 = 43;

/// From this width on, the footer holds all keys of the rules table.
const WIDE: u16 = 120;

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    let look = Look::of(app);
    let step = &launch.group;
    let on_form = step.focus == Focus::Form;
    let mut fields = if on_form { step.form.clone() } else { step.form.without_focus() };
    if !step.is_new() {
        // Name and description are those of a new group.
        fields.fields.truncate(1);
    }
    let notes = notes(app, step, look, area.width);
    // The table keeps a few rows; the fields scroll before it goes, unless they have the focus.
    let table_least = if on_form { 0 } else { 5.min(area.height) };
    let wanted = form::height(&fields, look, area.width);
    let top = wanted.min(area.height - table_least);
    let with_fields = on_form || top > 2 || top == wanted;
    if with_fields {
        form::draw(&fields, look, frame, Rect { height: top, ..area });
    }
    let start = area.y + if with_fields { top + u16::from(area.height > top + 6) } else { 0 };
    let mut rest = Rect { y: start, height: area.bottom().saturating_sub(start), ..area };
    let below = cells(notes.len()) + 1;
    if rest.height > below + 4 {
        let y = rest.bottom() - below;
        put_lines(frame.buffer_mut(), Rect { y: y + 1, height: below - 1, ..rest }, &notes);
        rest.height -= below;
    }
    if step.is_new() {
        draw_rules(app, step, look, frame, rest);
    } else {
        draw_existing(app, step, look, frame, rest);
    }
}

/// What the answers mean, and the keys of the table.
fn notes(app: &App, step: &GroupStep, look: Look, width: u16) -> Vec<Line<'static>> {
    let room = usize::from(width);
    let mut lines = Vec::new();
    // A wide footer has room for the table's keys while the table has the focus.
    let in_footer = step.context() == Context::LaunchRules && app.size.0 >= WIDE;
    if step.is_new() && !in_footer {
        let keys = [
            Action::AddRule,
            Action::AddHttps,
            Action::AddHttp,
            Action::AddTcp,
            Action::CycleSource,
            Action::RemoveRule,
        ];
        lines.extend(keys_lines(Context::LaunchRules, &keys, look, room));
    } else if !step.is_new() {
        lines.push(Line::styled(tr!(look.language, "group-existing-space"), DIM));
    }
    if let Some(error) = &step.error {
        lines.extend(words::wrap_text(&error.say(look.language), DANGER, room));
    }
    for (text, tone) in step.notes(&app.catalog, &app.inventory) {
        let style = match tone {
            Tone::Good => GOOD,
            Tone::Plain => DIM,
            Tone::Warning => WARNING,
            Tone::Bad => BAD_NEWS,
        };
        lines.extend(words::wrap_text(&text.say(look.language), style, room));
    }
    lines
}

/// Keys with their labels, as the footer writes them, on as many lines as they need.
pub(super) fn keys_lines(context: Context, actions: &[Action], look: Look, room: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
    let mut used = 0;
    for binding in actions.iter().filter_map(|action| binding_of(context, *action)) {
        let Some(key) = binding.keys.first() else { continue };
        let key = key_name::shown(key, look.ascii);
        let label = format!(" {}", look.language.say(binding.label));
        let wide = words::width(&key) + words::width(&label);
        if used > 0 && used + 3 + wide > room {
            lines.push(Vec::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used > 0 {
            line.push(words::blank(3));
            used += 3;
        }
        line.push(Span::styled(key, ACCENT));
        line.push(Span::styled(label, DIM));
        used += wide;
    }
    lines.into_iter().map(Line::from).collect()
}

fn draw_rules(app: &App, step: &GroupStep, look: Look, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    let language = look.language;
    let my_ip = MyIp::of(&app.catalog);
    let table = &step.table;
    let custom = tr!(language, "group-custom-tcp");
    let heading = tr!(language, "group-column-type");
    let kind_width = cells(words::width(&custom).max(words::width(&heading)).max(6)).min(area.width / 3);
    if table.rows.is_empty() {
        put(frame.buffer_mut(), area.x, area.y, area.right(), &Line::styled(tr!(language, "group-no-rules"), WARNING));
        return;
    }
    let columns = Columns { kind: area.x + LEAD, port: area.x + LEAD + kind_width + 2, right: area.right() };
    let source = columns.source();
    let mut area = area;
    if area.height > 2 {
        for (x, text) in [
            (columns.kind, heading),
            (columns.port, tr!(language, "group-column-port")),
            (source, tr!(language, "group-column-source")),
        ] {
            put(frame.buffer_mut(), x, area.y, area.right(), &Line::styled(text, DIM));
        }
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let below: Vec<Vec<Line<'static>>> =
        table.rows.iter().enumerate().map(|(index, row)| below_rule(step, index, row, look, area.width)).collect();
    let lines_before = |index: usize| -> usize { below.iter().take(index).map(|lines| lines.len() + 1).sum() };
    let total = lines_before(table.rows.len());
    let first = first_shown(lines_before(table.cursor), total, usize::from(area.height));
    for (index, row) in table.rows.iter().enumerate() {
        let Some(at) = lines_before(index).checked_sub(first).map(cells).filter(|at| *at < area.height) else {
            continue;
        };
        draw_rule(step, index, row, my_ip, columns, look, frame, area.y + at);
        let y = area.y + at + 1;
        let room = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        put_lines(frame.buffer_mut(), room, &below[index]);
    }
}

/// Where the columns of the rules begin.
#[derive(Clone, Copy)]
struct Columns {
    kind: u16,
    port: u16,
    right: u16,
}

impl Columns {
    fn source(self) -> u16 {
        self.port + PORT + 1
    }
}

/// What is wrong with a rule, or how its block is kept.
fn below_rule(step: &GroupStep, index: usize, row: &RuleRow, look: Look, width: u16) -> Vec<Line<'static>> {
    let here = index == step.table.cursor;
    let shared = (row.source == Source::MyIp && here).then_some(step.table.my_address.error.as_ref()).flatten();
    let errors = [row.error.as_ref(), row.port.error.as_ref(), row.block.error.as_ref(), shared];
    let notes = row.rewritten.iter().map(|note| (note, DIM));
    errors
        .into_iter()
        .flatten()
        .map(|error| (error, DANGER))
        .chain(notes)
        .flat_map(|(text, style)| {
            explained::indented(&text.say(look.language), style, usize::from(LEAD), usize::from(width))
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all of this once")]
fn draw_rule(
    step: &GroupStep,
    index: usize,
    row: &RuleRow,
    my_ip: MyIp,
    columns: Columns,
    look: Look,
    frame: &mut Frame<'_>,
    y: u16,
) {
    let language = look.language;
    let here = index == step.table.cursor && step.focus != Focus::Form;
    let peer = step.table.peer(row, my_ip);
    let style = if row.opens_admin_port_to_world(peer.as_ref()) {
        DANGER
    } else if here {
        STRONG
    } else {
        PLAIN
    };
    let buffer = frame.buffer_mut();
    if here {
        put(buffer, columns.kind - LEAD, y, columns.right, &Line::styled(look.cursor(), ACCENT));
    }
    let name = row.service.proper_name().map_or_else(|| tr!(language, "group-custom-tcp"), str::to_owned);
    let name = words::cut_end(&name, usize::from(columns.port - columns.kind - 1), look.ellipsis());
    put(buffer, columns.kind, y, columns.right, &Line::styled(name, style));
    let place = Place { x: columns.port, y, width: PORT.min(columns.right.saturating_sub(columns.port)) };
    match row.service.port() {
        Some(port) => put(buffer, place.x, y, columns.right, &Line::styled(port.to_string(), style)),
        None => draw_cell(&row.port, step.focus == Focus::Cell(Cell::Port) && here, style, place, look, frame),
    }
    let x = columns.source();
    let (label, cell) = match (row.source, my_ip) {
        (Source::Anywhere, _) => (tr!(language, "group-source-anywhere"), None),
        (Source::Cidr, _) => (String::new(), Some(&row.block)),
        (Source::MyIp, MyIp::Asking) => {
            let words = format!("{}  {}", tr!(language, "group-source-my-ip"), tr!(language, "group-source-asking"));
            (words, None)
        }
        (Source::MyIp, MyIp::Unknown) => (tr!(language, "group-source-my-ip"), Some(&step.table.my_address)),
        (Source::MyIp, MyIp::Known(_)) => (tr!(language, "group-source-my-ip"), None),
    };
    let wide = cells(words::width(&label));
    put(frame.buffer_mut(), x, y, columns.right, &Line::styled(label, style));
    let x = x + if wide == 0 { 0 } else { wide + 2 };
    match (cell, peer) {
        (Some(cell), _) => {
            let place = Place { x, y, width: ADDRESS.min(columns.right.saturating_sub(x)) };
            draw_cell(cell, step.focus == Focus::Cell(Cell::Address) && here, style, place, look, frame);
        }
        (None, Some(peer)) => put(frame.buffer_mut(), x, y, columns.right, &Line::styled(peer.to_string(), style)),
        (None, None) => {}
    }
}

/// Where a typed part stands.
#[derive(Clone, Copy)]
struct Place {
    x: u16,
    y: u16,
    width: u16,
}

fn draw_cell(cell: &Field, focused: bool, style: Style, place: Place, look: Look, frame: &mut Frame<'_>) {
    let room = Rect { x: place.x, y: place.y, width: place.width, height: 1 }.intersection(frame.area());
    if room.is_empty() {
        return;
    }
    let FieldKind::Text { input, .. } = &cell.kind else { return };
    if focused {
        let style = PLAIN.add_modifier(Modifier::UNDERLINED);
        frame.buffer_mut().set_style(room, style);
        field::draw(input, room, style, frame);
        return;
    }
    let line = if input.value().is_empty() {
        let hint = look.language.say(cell.label);
        Line::styled(words::cut_end(&hint, usize::from(room.width), look.ellipsis()), WARNING)
    } else {
        Line::styled(words::cut_end(input.value(), usize::from(room.width), look.ellipsis()), style)
    };
    put(frame.buffer_mut(), room.x, room.y, room.right(), &line);
}

fn draw_existing(app: &App, step: &GroupStep, look: Look, frame: &mut Frame<'_>, area: Rect) {
    let language = look.language;
    let offered = ExistingGroups::offered(&app.inventory, step.vpc.as_ref());
    let groups = &app.inventory.groups;
    if offered.is_empty() {
        let lines = match &groups.problem {
            Some(problem) => explained::lines(problem, app, look, usize::from(area.width)),
            None if groups.is_known() => vec![Line::styled(tr!(language, "group-existing-empty"), DIM)],
            None => vec![Line::styled(tr!(language, "group-existing-loading"), DIM)],
        };
        put_lines(frame.buffer_mut(), area, &lines);
        return;
    }
    let widest = offered.iter().map(|group| words::width(&group.name)).max().unwrap_or(0);
    let name = widest.min(usize::from(area.width) / 3).max(6);
    let first = first_shown(step.existing.cursor, offered.len(), usize::from(area.height));
    for (index, y) in (first..offered.len()).zip(area.top()..area.bottom()) {
        let here = index == step.existing.cursor && step.focus != Focus::Form;
        let line = existing_line(app, step, offered[index], here, name, look);
        put(frame.buffer_mut(), area.x, y, area.right(), &line);
    }
}

fn existing_line(
    app: &App,
    step: &GroupStep,
    group: &SecurityGroup,
    here: bool,
    name: usize,
    look: Look,
) -> Line<'static> {
    let language = look.language;
    let chosen = step.existing.chosen.contains(&group.id);
    let style = if here { STRONG } else { PLAIN };
    let mut spans = vec![
        if here { Span::styled(look.cursor(), ACCENT) } else { Span::raw(" ") },
        Span::styled(if chosen { " [x] " } else { " [ ] " }, if chosen { ACCENT } else { DIM }),
        Span::styled(words::fill(&words::cut_end(&group.name, name, look.ellipsis()), name, false), style),
        Span::styled(format!("  {}  ", group.id), DIM),
        Span::styled(tr!(language, "group-existing-rules", count = group.inbound.len()), DIM),
    ];
    if let MyIp::Known(address) = MyIp::of(&app.catalog)
        && admits(group, address, step.platform.admin_port())
    {
        spans.push(Span::styled(format!("  {} {}", look.good(), tr!(language, "group-existing-admits")), GOOD));
    }
    if group.rules_open_to_world().next().is_some() {
        spans.push(Span::styled(format!("  {}", tr!(language, "group-existing-open")), BAD_NEWS));
    }
    Line::from(spans)
}
