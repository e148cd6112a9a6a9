//! What the instances pane shows.

use super::cell::{Cell, Column, Meaning, Row};
use super::{PaneKind, age};
use crate::app::App;
use crate::app::sparklines::Sparkline;
use crate::domain::instance::{Instance, InstanceState, Platform};
use crate::domain::metric::latest;
use crate::domain::tag::Tag;
use crate::tr;

pub(super) const COLUMNS: &[Column] = &[Column::Name, Column::State, Column::Type, Column::PublicIp, Column::Age];

pub(super) const ALL_COLUMNS: &[Column] = &[
    Column::Name,
    Column::Id,
    Column::State,
    Column::Type,
    Column::Zone,
    Column::PublicIp,
    Column::PrivateIp,
    Column::Key,
    Column::Age,
    Column::Checks,
    Column::Platform,
];

impl Row for Instance {
    fn cell(&self, column: Column, app: &App) -> Cell {
        let language = app.environment.language;
        match column {
            Column::Name => match &self.name {
                Some(name) => Cell::plain(name),
                None => Cell::meaning(self.id.as_str(), Meaning::Dim),
            },
            Column::Id => Cell::plain(self.id.as_str()),
            Column::State => {
                let state = app.operations.requested_state(&self.id, self.state);
                Cell::meaning(language.say(state.text_key()), Meaning::State(state))
            }
            Column::Type => Cell::plain(&self.instance_type),
            Column::Zone => Cell::plain(&self.zone),
            Column::PublicIp => match self.public_ip {
                Some(ip) if app.inventory.address_of(&self.id).is_some() => {
                    Cell::plain(format!("{ip:<15} {}", tr!(language, "mark-elastic-ip")))
                }
                Some(ip) => Cell::plain(ip.to_string()),
                None => Cell::nothing(),
            },
            Column::PrivateIp => Cell::optional(self.private_ip.map(|ip| ip.to_string())),
            Column::Key => Cell::optional(self.key_name.as_deref()),
            Column::Age => Cell::optional(self.launched_at.map(|at| age::short(at, app.now).say(language))),
            Column::AutoStop => app.countdown_cell(self, true),
            Column::AutoStopShort => app.countdown_cell(self, false),
            Column::Platform => Cell::plain(match self.platform {
                Platform::Linux => "Linux",
                Platform::Windows => "Windows",
            }),
            Column::Checks => match app.inventory.statuses.get(self.id.as_str()) {
                Some(status) if self.state == InstanceState::Running => {
                    let passed = status.passed();
                    let meaning = if passed == 2 {
                        Meaning::Good
                    } else if status.is_initializing() {
                        Meaning::Dim
                    } else {
                        Meaning::Danger
                    };
                    Cell::meaning(format!("{passed}/2"), meaning)
                }
                _ => Cell::nothing(),
            },
            Column::Cpu => cpu_cell(self, app),
            _ => Cell::nothing(),
        }
    }

    fn order(&self, column: Column, app: &App) -> Option<i64> {
        match column {
            Column::PublicIp => Some(self.public_ip.map_or(-1, |ip| i64::from(u32::from(ip)))),
            Column::PrivateIp => Some(self.private_ip.map_or(-1, |ip| i64::from(u32::from(ip)))),
            Column::Age => Some(self.launched_at.map_or(i64::MAX, |at| app.now.duration_since(at).as_secs())),
            Column::State => Some(self.state as i64),
            // The nearest first, what has none last.
            Column::AutoStop | Column::AutoStopShort => {
                let first = app.countdowns(self).into_iter().next();
                Some(first.map_or(i64::MAX, |one| one.told.auto_stop.at.as_second()))
            }
            Column::Cpu => Some(cpu_order(self, app)),
            _ => None,
        }
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn sinks(&self) -> bool {
        self.state.is_ending()
    }

    fn extra_words(&self) -> String {
        let state = match self.state {
            InstanceState::Pending => "pending",
            InstanceState::Running => "running",
            InstanceState::Stopping => "stopping",
            InstanceState::Stopped => "stopped",
            InstanceState::ShuttingDown => "shutting-down",
            InstanceState::Terminated => "terminated",
            InstanceState::Unknown => "",
        };
        let groups: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
        format!("{state} {} {} {}", self.image, self.vpc.as_ref().map_or("", |vpc| vpc.as_str()), groups.join(" "))
    }
}

/// An hour of CPU use as a line of bars, and the last value.
fn cpu_cell(instance: &Instance, app: &App) -> Cell {
    const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const PLAIN_BARS: [char; 9] = [' ', '_', '.', ':', '-', '=', '+', '*', '#'];
    let language = app.environment.language;
    if instance.state != InstanceState::Running {
        return Cell::nothing();
    }
    let values = match app.metrics.sparklines.of(&instance.id, app.now) {
        Sparkline::Values(values) => values,
        Sparkline::NoData => return Cell::meaning(tr!(language, "cpu-no-data"), Meaning::Dim),
        Sparkline::Awaited => return Cell::meaning(tr!(language, "cpu-reading"), Meaning::Dim),
        Sparkline::Refused => return Cell::meaning(tr!(language, "cpu-refused"), Meaning::Warning),
    };
    let bars = if app.environment.ascii { PLAIN_BARS } else { BARS };
    let bar = |value: &Option<f64>| match value {
        // Something that runs is never nothing.
        Some(percent) => (1..8).find(|eighth| percent * 8.0 <= f64::from(*eighth) * 100.0).map_or(bars[8], |eighth| {
            usize::try_from(eighth).ok().and_then(|eighth| bars.get(eighth)).copied().unwrap_or(bars[8])
        }),
        None => bars[0],
    };
    let line: String = values.iter().map(bar).collect();
    match latest(values) {
        Some(percent) => Cell::plain(format!("{line} {percent:>3.0} %")),
        None => Cell::plain(line),
    }
}

/// By the last value; those without one come first.
fn cpu_order(instance: &Instance, app: &App) -> i64 {
    let percent = match app.metrics.sparklines.of(&instance.id, app.now) {
        Sparkline::Values(values) if instance.state == InstanceState::Running => latest(values),
        _ => None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    percent.map_or(-1, |percent| (percent * 100.0) as i64)
}

/// A pane's columns: the few of the dashboard, or all of them when it is zoomed.
#[must_use]
pub(super) fn columns(kind: PaneKind, zoomed: bool) -> &'static [Column] {
    match (kind, zoomed) {
        (PaneKind::Instances | PaneKind::Details, false) => COLUMNS,
        (PaneKind::Instances | PaneKind::Details, true) => ALL_COLUMNS,
        (PaneKind::SecurityGroups, false) => super::security_groups::COLUMNS,
        (PaneKind::SecurityGroups, true) => super::security_groups::ALL_COLUMNS,
        (PaneKind::Addresses, false) => super::addresses::COLUMNS,
        (PaneKind::Addresses, true) => super::addresses::ALL_COLUMNS,
        (PaneKind::KeyPairs, false) => super::key_pairs::COLUMNS,
        (PaneKind::KeyPairs, true) => super::key_pairs::ALL_COLUMNS,
    }
}
