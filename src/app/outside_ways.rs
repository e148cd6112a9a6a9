//! Ways in that leave this terminal: a session in PuTTY's own list, and for Windows the remote desktop with the
//! Administrator's password.

use std::net::Ipv6Addr;

use super::App;
use super::connect::unavailable;
use super::inventory::Inventory;
use super::modal::{ChoiceItem, Picked};
use super::tasks::Job;
use super::tasks::save_putty::SavePutty;
use super::tasks::show_password::ShowPassword;
use crate::domain::instance::{Instance, Platform};
use crate::domain::key_pair::{KeyKind, LocalKey};
use crate::domain::login::{AddressKind, Login, LoginProblem};
use crate::domain::ssh_hosts::session_name;
use crate::text;
use crate::text::Text;

/// Where Windows listens for remote desktops.
const RDP_PORT: u16 = 3389;

impl Inventory {
    /// The private key on this machine that the instance was launched with, one that ssh can use if there is any.
    ///
    /// # Errors
    /// Why there is none, in words for the person.
    pub fn key_of(&self, instance: &Instance) -> Result<&LocalKey, Text> {
        let name = instance.key_name.as_deref().ok_or_else(|| text!("why-no-key-pair"))?;
        let key = self.key_pair_named(name).and_then(|pair| self.local_key_of(pair));
        key.ok_or_else(|| text!("why-no-key-here"))
    }
}

impl App {
    /// Those that fit an instance.
    pub(super) fn outside_ways(
        &self,
        instance: &Instance,
        login: &Result<(Login, AddressKind), Text>,
    ) -> Vec<ChoiceItem> {
        match instance.platform {
            Platform::Linux => vec![self.putty_session(instance, login)],
            Platform::Windows => vec![remote_desktop(login), self.password(instance)],
        }
    }

    fn putty_session(&self, instance: &Instance, login: &Result<(Login, AddressKind), Text>) -> ChoiceItem {
        let label = text!("way-putty");
        let login = self.can_write().and_then(|()| {
            // Where there is a key in PuTTY's form alone, that is the one.
            let key = self.inventory.key_of(instance)?;
            let (login, _) = login.clone()?;
            // The session would lead straight to an address behind the jump host.
            if login.jump().is_some() {
                return Err(text!("why-putty-jump"));
            }
            login.with_key(&key.path).map_err(LoginProblem::text)
        });
        match login {
            Ok(login) => {
                let rows = &self.inventory.instances.rows;
                let others = rows.iter().filter(|other| other.id != instance.id && !other.state.is_ending());
                let others = others.map(|other| other.name.as_deref());
                let name = session_name(instance.name.as_deref(), &instance.id, others);
                let job = SavePutty::new(login, &name, instance.label());
                begins(label, name, job.into())
            }
            Err(why) => unavailable(label, why),
        }
    }

    /// The password of Windows' administrator, which only the private key opens.
    fn password(&self, instance: &Instance) -> ChoiceItem {
        let label = text!("way-password");
        match self.inventory.key_of(instance) {
            Ok(key) if key.kind != KeyKind::Rsa => unavailable(label, text!("why-key-not-rsa")),
            Ok(key) => {
                let file = self.environment.short_path(&key.path);
                begins(label, file, ShowPassword::new(instance, &key.path).into())
            }
            Err(why) => unavailable(label, why),
        }
    }
}

fn begins(label: Text, note: String, job: Job) -> ChoiceItem {
    let note = Some(text!("words", words = note));
    ChoiceItem { label, note, key: None, disabled: None, picked: Picked::Begin(Box::new(job)) }
}

/// The address for a program that shows Windows' screen.
fn remote_desktop(login: &Result<(Login, AddressKind), Text>) -> ChoiceItem {
    let label = text!("way-copy-rdp");
    match login {
        Ok((login, _)) => {
            let host = login.host();
            let address = match host.parse::<Ipv6Addr>() {
                Ok(_) => format!("[{host}]:{RDP_PORT}"),
                Err(_) => format!("{host}:{RDP_PORT}"),
            };
            let note = Some(text!("words", words = address.as_str()));
            ChoiceItem { label, note, key: None, disabled: None, picked: Picked::Copy(address) }
        }
        Err(why) => unavailable(label, why.clone()),
    }
}
