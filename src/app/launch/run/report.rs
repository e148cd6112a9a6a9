//! How to get in: addresses, the ready ssh command, and where the private key is.

use super::Run;
use crate::app::environment::Environment;
use crate::app::inventory::Inventory;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, Platform};
use crate::domain::launch_plan::KeyChoice;
use crate::domain::ssh_command::ssh_command;
use crate::text;

/// How to reach one instance.
#[derive(Clone, Debug, PartialEq)]
pub enum WayIn {
    /// This command, in a shell.
    Ssh(String),
    /// Remote Desktop, to this address.
    Rdp(String),
    /// It has no public address.
    NoPublicAddress,
}

impl Run {
    /// The instances of this launch, as far as the list knows them.
    pub fn instances<'a>(&'a self, inventory: &'a Inventory) -> impl Iterator<Item = &'a Instance> {
        self.ledger.instances.iter().filter_map(|id| inventory.instance(id))
    }

    /// How to reach an instance of this launch.
    #[must_use]
    pub fn way_in(&self, instance: &Instance, inventory: &Inventory, environment: &Environment) -> WayIn {
        let Some(address) = instance.public_ip else { return WayIn::NoPublicAddress };
        let address = address.to_string();
        if self.order.platform == Platform::Windows {
            return WayIn::Rdp(address);
        }
        let key = self.private_key(inventory, environment);
        ssh_command(&self.order.login_user, &address, key.as_deref()).map_or(WayIn::NoPublicAddress, WayIn::Ssh)
    }

    /// Where the private key is, with `~` for the home folder; `None` when it is not on this machine.
    #[must_use]
    pub fn private_key(&self, inventory: &Inventory, environment: &Environment) -> Option<String> {
        let path = match &self.order.plan.key {
            KeyChoice::New { .. } => &self.ledger.key_file()?.path,
            KeyChoice::Existing(name) => &inventory.local_key_of(inventory.key_pair_named(name)?)?.path,
            KeyChoice::None => return None,
        };
        Some(environment.short_path(path))
    }

    /// The instance to jump to: the first that runs, else the first.
    pub(super) fn instance_to_show(&self, inventory: &Inventory) -> Option<InstanceId> {
        self.running(inventory).into_iter().next().or_else(|| self.ledger.instances.first().cloned())
    }

    /// Puts the first instance's ssh command (or, for Windows, its address) on the clipboard.
    pub(super) fn copy_connect(&mut self, world: &mut World<'_>) {
        let way = self
            .instances(world.inventory)
            .map(|instance| self.way_in(instance, world.inventory, world.environment))
            .find(|way| *way != WayIn::NoPublicAddress);
        match way {
            Some(WayIn::Ssh(words) | WayIn::Rdp(words)) => {
                world.wish(Wish::Notice(text!("run-copied", words = &words), Tone::Good));
                world.outbox.copy(words);
            }
            Some(WayIn::NoPublicAddress) | None => {
                world.wish(Wish::Notice(text!("run-nothing-to-copy"), Tone::Warning));
            }
        }
    }
}
