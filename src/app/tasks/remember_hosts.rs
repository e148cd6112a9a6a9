//! Remembers the region's instances for ssh: what would be written is shown first, down to the line for
//! `~/.ssh/config`.

use super::{Event, Step, Work};
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::clean::clean;
use crate::domain::id::InstanceId;
use crate::domain::ssh_hosts::{HostsPlan, HostsScope, RegionHosts};
use crate::message::{LocalDone, LocalTask};
use crate::text;
use crate::text::Text;

/// Entries that the question names.
const MOST: usize = 8;

/// Remembering hosts.
#[derive(Clone, Debug, PartialEq)]
pub struct RememberHosts {
    hosts: RegionHosts,
    /// The instance whose alias is told when all is done.
    preferred: Option<InstanceId>,
}

impl RememberHosts {
    /// The task before it begins.
    #[must_use]
    pub fn new(hosts: RegionHosts, preferred: Option<InstanceId>) -> Self {
        Self { hosts, preferred }
    }

    fn plan(&self, world: &mut World<'_>) -> Step {
        let Some(places) = world.environment.ssh_places.clone() else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        Step::local(world.outbox.local(LocalTask::PlanHosts { places, hosts: Box::new(self.hosts.clone()) }))
    }

    fn write(&self, world: &mut World<'_>) -> Step {
        let Some(places) = world.environment.ssh_places.clone() else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        let (hosts, scope) = (Box::new(self.hosts.clone()), HostsScope::All);
        Step::local(world.outbox.local(LocalTask::WriteHosts { places, hosts, scope }))
    }

    fn ask(&self, plan: &HostsPlan, world: &World<'_>) -> Step {
        let count = plan.aliases.len();
        let file = world.environment.short_path(&plan.hosts_file);
        if count == 0 && (plan.adds_line || !plan.changes_hosts) {
            return Step::told(text!("hosts-none"), Tone::Warning);
        }
        if !plan.changes_hosts && !plan.adds_line {
            return Step::told(text!("hosts-unchanged", n = count, path = file), Tone::Plain);
        }
        let mut lines = vec![if plan.changes_hosts {
            text!("hosts-entries", n = count, path = file)
        } else {
            text!("hosts-entries-there", n = count, path = file)
        }];
        lines.extend(plan.aliases.iter().take(MOST).map(|(id, alias)| self.entry(id, alias)));
        if count > MOST {
            lines.push(text!("confirm-and-more", n = count - MOST));
        }
        let has_entry = |id: &&InstanceId| plan.aliases.iter().any(|(with, _)| with == *id);
        let without = self.hosts.asleep.iter().filter(|id| !has_entry(id)).count();
        if without > 0 {
            lines.push(text!("hosts-asleep", n = without));
        }
        if plan.adds_line {
            lines.push(text!("hosts-line", path = world.environment.short_path(&plan.config_file)));
            lines.push(text!("words", words = plan.line.as_str()));
        }
        let title = text!("hosts-title", n = count);
        // The task that asks sets what Yes does.
        Step::Ask(Confirm { title, lines, typed: None, yes: false, danger: false, then: Then::Quit })
    }

    /// `web-1  ec2-user@203.0.113.10`, with the name where the alias is another; one that is asleep stays as it was
    /// written.
    fn entry(&self, id: &InstanceId, alias: &str) -> Text {
        let Some((name, login)) = self.hosts.hosts.iter().find(|(_, login)| login.instance() == id) else {
            return text!("words", words = alias);
        };
        let mut words = format!("{alias}  {}@{}", login.user(), login.host());
        if let Some(name) = name.as_ref().filter(|name| *name != alias) {
            words.push_str("  ");
            words.push_str(&clean(name));
        }
        text!("words", words = words)
    }

    fn written(&self, plan: &HostsPlan, world: &World<'_>) -> Step {
        let of_preferred = plan.aliases.iter().find(|(id, _)| Some(id) == self.preferred.as_ref());
        match of_preferred.or(plan.aliases.first()) {
            Some((_, alias)) => Step::done(text!("hosts-done", n = plan.aliases.len(), alias = alias.as_str())),
            None => Step::done(text!("hosts-done-none", path = world.environment.short_path(&plan.hosts_file))),
        }
    }
}

impl Work for RememberHosts {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => self.plan(world),
            Event::Local(Ok(LocalDone::HostsPlanned(plan))) => self.ask(plan, world),
            Event::Yes => self.write(world),
            Event::Local(Ok(LocalDone::HostsWritten(plan))) => self.written(plan, world),
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-hosts")
    }
}
