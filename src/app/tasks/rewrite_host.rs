//! Lets the remembered host of one instance name the address that it has now; every other entry stays as it is.

use super::{Event, Step, Work};
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::id::InstanceId;
use crate::domain::login::Login;
use crate::domain::ssh_hosts::{HostsScope, RegionHosts};
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

/// Rewriting one entry.
#[derive(Clone, Debug, PartialEq)]
pub struct RewriteHost {
    login: Login,
    label: String,
    name: Option<String>,
}

impl RewriteHost {
    /// The task before it begins; `name` is the instance's Name tag.
    #[must_use]
    pub fn new(login: Login, label: &str, name: Option<String>) -> Self {
        Self { login, label: label.to_owned(), name }
    }

    fn write(&self, world: &mut World<'_>) -> Step {
        let (Some(places), Some(region)) = (&world.environment.ssh_places, world.region) else {
            return Step::told(text!("connect-no-home"), Tone::Bad);
        };
        let others = world.inventory.instances.rows.iter().map(|one| &one.id);
        let others: std::collections::BTreeSet<InstanceId> =
            others.filter(|id| *id != self.login.instance()).cloned().collect();
        let hosts = RegionHosts {
            profile: world.profile.to_owned(),
            // The entry keeps the one that it has.
            account: None,
            region: region.clone(),
            hosts: vec![(self.name.clone(), self.login.clone())],
            asleep: others,
        };
        let (places, hosts, scope) = (places.clone(), Box::new(hosts), HostsScope::Remembered);
        Step::local(world.outbox.local(LocalTask::WriteHosts { places, hosts, scope }))
    }
}

impl Work for RewriteHost {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => self.write(world),
            Event::Local(Ok(_)) => {
                let (name, host) = (self.label.as_str(), self.login.host());
                Step::done(text!("done-rewrite-host", name = name, host = host))
            }
            Event::Local(Err(problem)) => Step::Failed(problem.clone()),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-rewrite-host", name = self.label.as_str())
    }
}
