//! What becomes of the free tier with one more, before it is launched or started.

use jiff::Timestamp;

use super::{Credits, FreeTier, MeterUse, day};
use crate::app::App;
use crate::domain::allowance::Meter;
use crate::domain::cost::{LaunchParts, Sum, Unknown, machine_hour, of_launch};
use crate::domain::instance::{Instance, Platform};
use crate::domain::volume::VolumeKind;
use crate::text;
use crate::text::Text;

/// What a launch or a start would add to what runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct More {
    /// Linux instances of eligible types.
    pub linux: u32,
    /// Windows instances of eligible types.
    pub windows: u32,
    /// Public IPv4 addresses.
    pub addresses: u32,
    /// Whether one of them may not come: AWS does not tell before it is there.
    pub maybe_address: bool,
    /// GiB of volumes that allowances count.
    pub gib: u32,
    /// What all of it costs an hour.
    pub per_hour: Sum,
}

impl App {
    /// What starting these would add. Whether one without an Elastic IP gets a public address is not told before it
    /// runs: it is counted as if it did.
    pub(in crate::app) fn more_by_starting<'a>(&self, instances: impl Iterator<Item = &'a Instance>) -> More {
        let mut more = More::default();
        let book = self.price_book();
        for instance in instances {
            if self.catalog.is_eligible(&instance.instance_type) {
                match instance.platform {
                    Platform::Linux => more.linux += 1,
                    Platform::Windows => more.windows += 1,
                }
            }
            // Its volumes cost already.
            more.per_hour.add(machine_hour(instance, &book));
            if !self.inventory.addresses.is_known() {
                more.per_hour.add(Err(Unknown::Reading));
            } else if self.inventory.address_of(&instance.id).is_none() {
                let hour = book.address_hour(true);
                more.maybe_address |= hour.is_ok();
                more.per_hour.add(hour);
                more.addresses += 1;
            }
            // An Elastic IP costs already, and goes from idle to in use.
            for _ in 0..self.billed_addresses(instance) {
                more.per_hour.add(book.address_hour(true).and_then(|hour| Ok(hour - book.address_hour(false)?)));
                more.addresses += 1;
            }
        }
        more
    }

    /// What a launch would add.
    #[must_use]
    pub fn more_by_launching(&self, parts: &LaunchParts<'_>) -> More {
        let count = u32::from(parts.count);
        let eligible = self.catalog.is_eligible(parts.instance_type);
        let windows = parts.operation.is_some_and(|operation| operation.contains(":0002"));
        let counted = |(kind, size, ..): &(VolumeKind, u32, Option<u32>, Option<u32>)| {
            if kind.counts_for_allowance() { *size } else { 0 }
        };
        let gib = parts.volumes.iter().map(counted).fold(0_u32, u32::saturating_add);
        let hour = of_launch(parts, &self.price_book()).hour;
        More {
            linux: if eligible && !windows { count } else { 0 },
            windows: if eligible && windows { count } else { 0 },
            addresses: if parts.address { count } else { 0 },
            maybe_address: false,
            gib: gib.saturating_mul(count),
            per_hour: hour,
        }
    }

    /// What becomes of the free tier with `more`; nothing where there is nothing to lose.
    #[must_use]
    pub fn free_tier_with(&self, more: &More) -> Outlook {
        let (before, after) = (self.free_tier(&More::default()), self.free_tier(more));
        let maybe_address = || more.maybe_address.then(|| text!("free-tier-more-address"));
        let mut outlook = Outlook::default();
        match (before, after) {
            (_, FreeTier::Asking) => outlook.notes.push(text!("free-tier-more-asking")),
            (FreeTier::Credits(before), FreeTier::Credits(after)) => {
                outlook.forecast = credit_lines(&before, &after);
                outlook.notes.extend(after.burn.and_then(|_| maybe_address()));
                outlook.notes.extend(source(self.costs.plan.read_at.filter(|_| after.plan.is_some())));
            }
            (FreeTier::Allowances { meters: before, .. }, FreeTier::Allowances { meters: after, .. }) => {
                let changed: Vec<&MeterUse> = after.iter().filter(|meter| !before.contains(meter)).collect();
                if changed.is_empty() {
                    return outlook;
                }
                outlook.forecast = changed.iter().map(|meter| meter_line(meter)).collect();
                if changed.iter().any(|meter| meter.meter == Meter::AddressHours) {
                    outlook.notes.extend(maybe_address());
                }
                let any_told = changed.iter().any(|meter| meter.told.is_some());
                outlook.notes.extend(source(self.costs.allowances.read_at.filter(|_| any_told)));
                if changed.iter().any(|meter| meter.told.is_none()) {
                    outlook.notes.push(text!("free-tier-is-estimate"));
                }
                outlook.notes.extend(self.meter_gaps());
            }
            (FreeTier::Unknown { meters: before }, FreeTier::Unknown { meters: after }) => {
                outlook.forecast.extend(unknown_line(&before, &after));
            }
            _ => {}
        }
        outlook
    }
}

/// What becomes of the free tier with one more, in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// The new forecast.
    pub forecast: Vec<Text>,
    /// Where it comes from, and what is not sure of it.
    pub notes: Vec<Text>,
}

impl Outlook {
    /// All of it, the forecast first.
    #[must_use]
    pub fn lines(self) -> Vec<Text> {
        self.forecast.into_iter().chain(self.notes).collect()
    }
}

/// What would become of allowances, if it has any: of those that one more changes, the one that is worst off. Where more
/// runs already than one covers there is nothing to lose of it, if there ever was.
fn unknown_line(before: &[MeterUse], after: &[MeterUse]) -> Option<Text> {
    let was_over = |meter: Meter| before.iter().any(|one| one.meter == meter && one.forecast.is_over());
    let changed = after.iter().filter(|one| !before.contains(one) && !was_over(one.meter));
    let share = |one: &&MeterUse| one.forecast.at_month_end / one.forecast.limit;
    let worst = changed.max_by(|one, other| share(one).total_cmp(&share(other)))?;
    Some(text!("free-tier-more-if", line = meter_line(worst)))
}

fn source(at: Option<Timestamp>) -> Option<Text> {
    at.map(|at| text!("source-free-tier", time = at.strftime("%Y-%m-%d %H:%M").to_string()))
}

fn meter_line(meter: &MeterUse) -> Text {
    let forecast = &meter.forecast;
    let (name, sum) = (Text::new(meter.meter.text_key(), Vec::new()), format!("{:.0}", forecast.at_month_end));
    let limit = format!("{:.0}", forecast.limit);
    match forecast.runs_out {
        Some(at) => text!("free-tier-more-over", meter = name, sum = sum, limit = limit, day = day(at)),
        None => text!("free-tier-more-fits", meter = name, sum = sum, limit = limit),
    }
}

fn credit_lines(before: &Credits, after: &Credits) -> Vec<Text> {
    let Some(burn) = after.burn else { return vec![text!("free-tier-more-unpriced")] };
    let per_day = burn.per_day().to_string();
    // The plan's end is the end of its credits, too.
    let ends = after.plan.as_ref().and_then(|plan| plan.ends);
    let bound = |gone: Timestamp| ends.map_or(gone, |ends| gone.min(ends));
    let mut lines = vec![match (after.gone, before.gone) {
        (Some(gone), _) if ends.is_some_and(|ends| gone >= ends) => {
            text!("free-tier-more-outlast", rate = per_day, day = day(bound(gone)))
        }
        (Some(gone), Some(was)) => {
            text!("free-tier-more-credits", rate = per_day, day = day(gone), was = day(bound(was)))
        }
        (Some(gone), None) => text!("free-tier-more-credits-first", rate = per_day, day = day(gone)),
        (None, _) => text!("free-tier-more-burn", rate = per_day),
    }];
    if burn.unknown > 0 {
        lines.push(text!("free-tier-more-unknown", n = burn.unknown));
    }
    lines
}
