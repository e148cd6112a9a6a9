//! What is known of when an instance stops or ends by itself: its tags tell it to everybody, EventBridge Scheduler says
//! whether its part is true.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::App;
use super::dialogs::auto_stop::AutoStopDialog;
use super::panes::{Cell, Meaning};
use crate::domain::auto_stop::{AutoStop, By, Ending, Told};
use crate::domain::id::InstanceId;
use crate::domain::instance::Instance;
use crate::domain::schedule::{RoleArn, Schedules};
use crate::message::Read;
use crate::text;
use crate::text::Text;

/// The schedules are read again after this at the latest: each is a call of its own.
const SCHEDULES_AGE: SignedDuration = SignedDuration::from_mins(5);

/// One end that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// What, when, and who sees to it.
    pub told: Told,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a countdown is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The server's own timer: nobody outside can see it.
    OnServer,
    /// EventBridge Scheduler has it.
    Scheduled,
    /// Nobody has asked EventBridge Scheduler yet, it did not answer, or it has too many to look at each.
    Unchecked,
    /// EventBridge Scheduler has no such schedule, or another one.
    Gone,
}

impl App {
    /// The ends that are to come for an instance, the nearest first.
    #[must_use]
    pub fn countdowns(&self, instance: &Instance) -> Vec<Countdown> {
        let mut all = Vec::new();
        all.extend(Told::of(By::Server, &instance.tags).map(|told| Countdown { told, certainty: Certainty::OnServer }));
        all.extend(self.scheduled(instance));
        all.retain(|one| one.told.concerns(instance));
        all.sort_by_key(|one| one.told.auto_stop.at);
        all
    }

    fn scheduled(&self, instance: &Instance) -> Option<Countdown> {
        let tagged = Told::of(By::Scheduler, &instance.tags);
        let looked_at = self.inventory.schedules.value.as_ref().filter(|all| !all.unread.contains(&instance.id));
        let Some(schedules) = looked_at else {
            return tagged.map(|told| Countdown { told, certainty: Certainty::Unchecked });
        };
        let schedule = schedules.of(&instance.id);
        match (schedule.and_then(|one| one.auto_stop), tagged) {
            (Some(auto_stop), tagged) => {
                let set_by = tagged.filter(|told| told.auto_stop == auto_stop).map(|told| told.set_by);
                let told = Told { auto_stop, by: By::Scheduler, set_by: set_by.unwrap_or_default() };
                Some(Countdown { told, certainty: Certainty::Scheduled })
            }
            (None, Some(told)) => {
                // One that has run has deleted itself.
                let has_run = schedule.is_none() && told.auto_stop.at <= self.now;
                let certainty = if has_run { Certainty::Unchecked } else { Certainty::Gone };
                Some(Countdown { told, certainty })
            }
            (None, None) => None,
        }
    }

    /// Whether any instance has an end to come.
    #[must_use]
    pub fn any_countdown(&self) -> bool {
        let rows = &self.inventory.instances.rows;
        let tagged = rows.iter().filter(|one| has_tag(one) || self.is_scheduled(&one.id));
        tagged.into_iter().any(|one| !self.countdowns(one).is_empty())
    }

    fn is_scheduled(&self, id: &InstanceId) -> bool {
        self.inventory.schedules.value.as_ref().is_some_and(|schedules| schedules.has(id))
    }

    /// The cell of a list; `long` has the room for a sentence.
    pub(super) fn countdown_cell(&self, instance: &Instance, long: bool) -> Cell {
        let countdowns = self.countdowns(instance);
        let Some(first) = countdowns.first() else { return Cell::nothing() };
        let said = countdown_said(first, self.now, long).say(self.environment.language);
        let ending = first.told.auto_stop.ending;
        let meaning = match first.certainty {
            Certainty::Gone => Meaning::Warning,
            _ if ending == Ending::Terminate => Meaning::Danger,
            _ if first.told.is_overdue(self.now) => Meaning::Warning,
            _ => Meaning::Plain,
        };
        Cell::meaning(said, meaning)
    }

    /// `A`: when it stops or ends by itself.
    pub(super) fn edit_auto_stop(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        let account = self.session.account.value.as_ref().map(|account| account.id.clone());
        let remembered = self.inventory.remembered();
        let role = account.as_deref().and_then(|account| remembered.role(account)).map(RoleArn::as_str);
        let scheduled = self.is_scheduled(&instance.id);
        let dialog = AutoStopDialog::open(&instance, account.clone(), role, scheduled);
        self.open_dialog(dialog);
        self.outbox.read(Read::ShutdownBehavior(instance.id.clone()));
        let schedules = self.inventory.schedules.value.as_ref();
        if schedules.is_some_and(|schedules| schedules.unread.contains(&instance.id)) {
            // There are too many to look at all of them again.
            self.outbox.read(Read::Schedule(instance.id));
        } else {
            self.read_schedules();
        }
    }

    /// Asks for all schedules.
    pub(super) fn read_schedules(&mut self) {
        self.inventory.schedules.ask();
        self.outbox.read(Read::Schedules);
    }

    /// The list of instances has changed: what it says of schedules is checked, but not with every refresh.
    pub(super) fn follow_auto_stops(&mut self) {
        let rows = self.inventory.instances.rows.iter();
        let mut tags: Vec<(InstanceId, Told)> =
            rows.filter_map(|one| Some((one.id.clone(), Told::of(By::Scheduler, &one.tags)?))).collect();
        tags.sort_by(|one, other| one.0.cmp(&other.0));
        let schedules = &self.inventory.schedules;
        let is_old = schedules.read_at.is_none_or(|at| self.now.duration_since(at) > SCHEDULES_AGE);
        let known_any = schedules.value.as_ref().is_some_and(|known| *known != Schedules::default());
        let changed = tags != self.inventory.scheduled_tags;
        // What was refused is asked again when something has changed, not every half minute.
        let is_due = changed || (is_old && schedules.problem.is_none());
        if (!tags.is_empty() || known_any) && is_due && !schedules.loading {
            self.inventory.scheduled_tags = tags;
            self.read_schedules();
        }
    }
}

fn has_tag(instance: &Instance) -> bool {
    [By::Server, By::Scheduler].into_iter().any(|by| instance.tags.iter().any(|tag| tag.key == by.tag_key()))
}

/// `stops in 3 h 12 m`, or `stop 3 h` where there is little room.
#[must_use]
pub fn countdown_said(countdown: &Countdown, now: Timestamp, long: bool) -> Text {
    let AutoStop { ending, at } = countdown.told.auto_stop;
    if countdown.certainty == Certainty::Gone {
        return text!("auto-stop-list-gone");
    }
    if countdown.told.is_overdue(now) {
        let late = if long { span(at, now) } else { super::panes::age::short(at, now) };
        return match (long, ending) {
            (false, _) => text!("auto-stop-list-overdue-short", late = late),
            (true, Ending::Stop) => text!("auto-stop-list-overdue-stop", late = late),
            (true, Ending::Terminate) => text!("auto-stop-list-overdue-terminate", late = late),
        };
    }
    let wait = if long { span(now, at) } else { super::panes::age::short(now, at) };
    match (long, ending) {
        (true, Ending::Stop) => text!("auto-stop-list-stop", wait = wait),
        (true, Ending::Terminate) => text!("auto-stop-list-terminate", wait = wait),
        (false, Ending::Stop) => text!("auto-stop-list-stop-short", wait = wait),
        (false, Ending::Terminate) => text!("auto-stop-list-terminate-short", wait = wait),
    }
}

/// From one moment to a later one in the two largest units: `3 h 12 m`.
#[must_use]
pub fn span(from: Timestamp, to: Timestamp) -> Text {
    let seconds = to.duration_since(from).max(SignedDuration::ZERO).as_secs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let two = |larger: Text, smaller: Text| text!("auto-stop-span", larger = larger, smaller = smaller);
    if days > 0 {
        return two(text!("age-days", n = days), text!("age-hours", n = hours % 24));
    }
    if hours > 0 {
        return two(text!("age-hours", n = hours), text!("age-minutes", n = minutes % 60));
    }
    super::panes::age::short(from, to)
}

/// A moment on the person's clock: `2026-11-24 23:00 KST`.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// `stops itself at 2026-11-24 23:00 KST`.
#[must_use]
pub fn said(auto_stop: &AutoStop, zone: &TimeZone) -> Text {
    let time = local(auto_stop.at, zone);
    match auto_stop.ending {
        Ending::Stop => text!("auto-stop-stops-at", time = time),
        Ending::Terminate => text!("auto-stop-terminates-at", time = time),
    }
}

#[cfg(test)]
mod tests;
