//! How wide each column of a list is and which one goes first when the room is narrow.

use std::net::Ipv4Addr;

use crate::app::App;
use crate::app::panes::{Column, PaneKind, ShownRow};
use crate::domain::instance::InstanceState;
use crate::ui::table::Spec;
use crate::ui::words;

/// From this width on, a pane beside others shows all of its columns, as far as they fit.
pub(super) const ROOMY: u16 = 84;

/// What a column that may be cut keeps at least. Beside other panes, the key pairs have little room, and whether a key
/// is here says more than the end of its name. What an address costs stands first in its column, and must be read.
fn least(kind: PaneKind, column: Column) -> usize {
    match (kind, column) {
        (PaneKind::KeyPairs, Column::Name) => 6,
        (PaneKind::Addresses, Column::On) => 18,
        _ => 12,
    }
}

/// The columns as the table draws them. Widths are those of the whole list where that needs no formatting, so that
/// columns stand still while the list scrolls; else those of the rows on the screen.
pub(super) fn specs(app: &App, kind: PaneKind, columns: &[Column], shown: &[ShownRow], headings: bool) -> Vec<Spec> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let heading = app.environment.language.say(column.title_key());
            let cells = shown.iter().filter_map(|row| row.cells.get(index)).map(|cell| words::width(&cell.text)).max();
            let heading_wide = if headings { words::width(&heading) } else { 0 };
            let content = known_width(app, kind, *column).unwrap_or_else(|| cells.unwrap_or(0));
            let wide = content.max(heading_wide).max(1);
            let least = if is_cut(kind, *column) { least(kind, *column) } else { wide };
            Spec { heading, wide, least, right: column.is_right_aligned(), importance: importance(kind, *column) }
        })
        .collect()
}

/// Whether an empty cell of the column says so with a dash; a warning that is not there is simply not there.
pub(super) fn says_when_nothing(column: Column) -> bool {
    !matches!(column, Column::Mark | Column::Description)
}

/// Whether a part of its cells still says something.
fn is_cut(kind: PaneKind, column: Column) -> bool {
    // Of a key pair it names them, of a group it counts them.
    (kind == PaneKind::KeyPairs && column == Column::UsedBy)
        || matches!(
            column,
            Column::Name
                | Column::Id
                | Column::Vpc
                | Column::Fingerprint
                | Column::On
                | Column::Key
                | Column::Interface
                | Column::Description
        )
}

/// Whether both ends of its cells matter.
pub(super) fn is_id(column: Column) -> bool {
    matches!(column, Column::Id | Column::Vpc | Column::Fingerprint | Column::Interface)
}

/// Which column stays longest.
fn importance(kind: PaneKind, column: Column) -> u8 {
    match column {
        // What an address is on, and what it costs, comes before what it is called.
        Column::Name if kind == PaneKind::Addresses => 71,
        Column::State if kind == PaneKind::Addresses => 66,
        Column::Name | Column::Address => 100,
        Column::State => 95,
        Column::On | Column::Here => 90,
        Column::PublicIp => 85,
        // Whoever zooms wants it.
        Column::Cpu => 88,
        Column::Mark => 80,
        Column::Type | Column::Rules => 75,
        Column::UsedBy => 70,
        Column::Age => 65,
        Column::Checks => 60,
        Column::Algorithm => 82,
        Column::Created => 55,
        Column::Id => 50,
        Column::PrivateIp => 45,
        Column::Interface => 42,
        Column::Zone => 40,
        Column::Key => 35,
        Column::Vpc => 30,
        Column::Fingerprint => 52,
        Column::Platform => 20,
        Column::Description => 10,
    }
}

/// The width that a column needs for any row of the list, where the raw data says it.
fn known_width(app: &App, kind: PaneKind, column: Column) -> Option<usize> {
    let inventory = &app.inventory;
    let instances = inventory.instances.rows.iter();
    match (kind, column) {
        (PaneKind::Instances, Column::Name) => instances.map(|one| words::width(one.label())).max(),
        (PaneKind::Instances, Column::Type) => instances.map(|one| words::width(&one.instance_type)).max(),
        (PaneKind::Instances, Column::Key) => {
            instances.filter_map(|one| one.key_name.as_deref()).map(words::width).max()
        }
        (PaneKind::Instances, Column::State) => {
            use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};
            [Pending, Running, Stopping, Stopped, ShuttingDown, Terminated]
                .iter()
                .map(|state| words::width(&app.environment.language.say(state.text_key())))
                .max()
        }
        (PaneKind::Instances, Column::PublicIp) => {
            let mark = crate::tr!(app.environment.language, "mark-elastic-ip");
            let behind = if inventory.addresses.rows.is_empty() { 0 } else { 1 + words::width(&mark) };
            Some(widest_address(app, kind) + behind)
        }
        // Twelve bars, a space, and as much as 100 %.
        (PaneKind::Instances, Column::Cpu) => Some(18),
        (PaneKind::SecurityGroups, Column::Name) => {
            inventory.groups.rows.iter().map(|one| words::width(&one.name)).max()
        }
        (PaneKind::KeyPairs, Column::Name) => inventory.key_pairs.rows.iter().map(|one| words::width(&one.name)).max(),
        (PaneKind::Addresses, Column::Address) => Some(widest_address(app, kind)),
        _ => None,
    }
}

/// Cells of the widest public address of a list.
pub(super) fn widest_address(app: &App, kind: PaneKind) -> usize {
    let inventory = &app.inventory;
    let widest = match kind {
        PaneKind::Addresses => inventory.addresses.rows.iter().map(|one| address_width(one.ip)).max(),
        _ => inventory.instances.rows.iter().filter_map(|one| one.public_ip).map(address_width).max(),
    };
    widest.unwrap_or(1)
}

/// Four numbers and three dots.
fn address_width(ip: Ipv4Addr) -> usize {
    let digits = |number: u8| match number {
        0..=9 => 1,
        10..=99 => 2,
        100.. => 3,
    };
    3 + ip.octets().into_iter().map(digits).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_as_wide_as_it_is_written() {
        for ip in ["1.2.3.4", "52.79.10.4", "203.0.113.255", "255.255.255.255"] {
            assert_eq!(address_width(ip.parse().unwrap()), ip.len());
        }
    }
}
