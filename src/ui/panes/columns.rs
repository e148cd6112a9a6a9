//! How wide each column of a list is and which one goes first when the room is narrow.

use crate::app::App;
use crate::app::panes::{Column, PaneKind, ShownRow};
use crate::domain::instance::InstanceState;
use crate::ui::table::Spec;
use crate::ui::words;

/// From this width on, a pane beside others shows all of its columns, as far as they fit.
pub(super) const ROOMY: u16 = 84;

/// The columns as the table draws them. Widths are those of the whole list where that needs no formatting, so that
/// columns stand still while the list scrolls; else those of the rows on the screen.
pub(super) fn specs(
    app: &App,
    kind: PaneKind,
    columns: &[Column],
    shown: &[ShownRow],
    headings: bool,
) -> Vec<Spec> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let heading = app.environment.language.say(column.title_key());
            let cells = shown.iter().filter_map(|row| row.cells.get(index)).map(|cell| words::width(&cell.text)).max();
            let heading_wide = if headings { words::width(&heading) } else { 0 };
            let wide = cells.unwrap_or(0).max(heading_wide).max(known_width(app, kind, *column));
            Spec {
                heading,
                wide,
                right: column.is_right_aligned(),
                middle: is_id(*column),
                importance: importance(*column),
            }
        })
        .collect()
}

/// Whether an empty cell of the column says so with a dash; a warning that is not there is simply not there.
pub(super) fn says_when_nothing(column: Column) -> bool {
    !matches!(column, Column::Mark | Column::Description)
}

/// Whether both ends of its cells matter.
fn is_id(column: Column) -> bool {
    matches!(column, Column::Id | Column::Vpc | Column::Fingerprint)
}

/// Which column stays longest.
fn importance(column: Column) -> u8 {
    match column {
        Column::Name | Column::Address => 100,
        Column::State => 95,
        Column::On | Column::Here => 90,
        Column::PublicIp => 85,
        Column::Mark => 80,
        Column::Type | Column::Rules => 75,
        Column::UsedBy => 70,
        Column::Age => 65,
        Column::Checks => 60,
        Column::Algorithm => 55,
        Column::Id => 50,
        Column::PrivateIp => 45,
        Column::Zone => 40,
        Column::Key => 35,
        Column::Vpc => 30,
        Column::Fingerprint => 25,
        Column::Platform => 20,
        Column::Description => 10,
    }
}

/// The width that a column needs for any row of the list, where the raw data says it.
fn known_width(app: &App, kind: PaneKind, column: Column) -> usize {
    let inventory = &app.inventory;
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    match (kind, column) {
        (PaneKind::Instances, Column::Name) => {
            widest(&mut inventory.instances.rows.iter().map(|one| words::width(one.label())))
        }
        (PaneKind::Instances, Column::Type) => {
            widest(&mut inventory.instances.rows.iter().map(|one| words::width(&one.instance_type)))
        }
        (PaneKind::Instances, Column::Key) => widest(
            &mut inventory.instances.rows.iter().filter_map(|one| one.key_name.as_deref()).map(words::width),
        ),
        (_, Column::State) => {
            use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};
            widest(
                &mut [Pending, Running, Stopping, Stopped, ShuttingDown, Terminated]
                    .iter()
                    .map(|state| words::width(&app.environment.language.say(state.text_key()))),
            )
        }
        (PaneKind::SecurityGroups, Column::Name) => {
            widest(&mut inventory.groups.rows.iter().map(|one| words::width(&one.name)))
        }
        (PaneKind::KeyPairs, Column::Name) => {
            widest(&mut inventory.key_pairs.rows.iter().map(|one| words::width(&one.name)))
        }
        // The longest address there is, and the mark of an Elastic IP behind it.
        (PaneKind::Instances, Column::PublicIp) if inventory.addresses.rows.is_empty() => 15,
        (PaneKind::Instances, Column::PublicIp) => {
            16 + words::width(&crate::tr!(app.environment.language, "mark-elastic-ip"))
        }
        (_, Column::Address | Column::PrivateIp) => 15,
        _ => 0,
    }
}
