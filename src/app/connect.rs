//! Getting in to the selected instance: which way, and what is remembered about it.

use std::net::Ipv6Addr;
use std::path::PathBuf;

use super::App;
use super::dialogs::login::LoginDialog;
use super::inventory::Inventory;
use super::modal::{ChoiceItem, Picked};
use super::notice::Tone;
use super::tasks::connect::{Connect, Way};
use super::tasks::save_putty::SavePutty;
use super::tasks::show_password::ShowPassword;
use crate::domain::instance::{Instance, Platform};
use crate::domain::key_pair::{KeyFileForm, KeyKind, LocalKey};
use crate::domain::login::{AddressKind, Login};
use crate::domain::remembered::Remembered;
use crate::domain::ssh_hosts::session_name;
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

/// Where Windows listens for remote desktops.
const RDP_PORT: u16 = 3389;

impl Inventory {
    /// What is remembered about getting in; nothing while it has not been read.
    #[must_use]
    pub fn remembered(&self) -> Remembered {
        self.remembered.value.as_ref().map(|file| file.remembered.clone()).unwrap_or_default()
    }

    /// The login that fits an instance now, and what kind of address it uses.
    ///
    /// # Errors
    /// Why there is none, in words for the person.
    pub fn login(&self, instance: &Instance) -> Result<(Login, AddressKind), Text> {
        let key = self.private_key_of(instance).filter(|key| key.form != KeyFileForm::Ppk);
        self.login_with(instance, key.map(|key| key.path.clone()))
    }

    /// The same with a private key of the caller's choice.
    ///
    /// # Errors
    /// Why there is none, in words for the person.
    pub fn login_with(&self, instance: &Instance, key: Option<PathBuf>) -> Result<(Login, AddressKind), Text> {
        let image = self.images.get(&instance.image).and_then(Option::as_ref);
        let elastic = self.address_of(&instance.id).map(|address| address.ip);
        self.remembered().login(instance, image, elastic, key).map_err(|why| why.text())
    }

    /// The private key on this machine that the instance was launched with, one that ssh can use if there is any.
    #[must_use]
    pub fn private_key_of(&self, instance: &Instance) -> Option<&LocalKey> {
        let pair = instance.key_name.as_deref().and_then(|name| self.key_pair_named(name));
        pair.and_then(|pair| self.local_key_of(pair))
    }
}

impl App {
    /// Reads what is remembered about getting in.
    pub(super) fn read_remembered(&mut self) {
        if let Some(places) = &self.environment.ssh_places {
            self.inventory.remembered.ask();
            self.outbox.local(LocalTask::ReadRemembered { file: places.settings.clone() });
        }
    }

    /// `c`: by ssh where that is the way in; a Windows instance has its own.
    pub(super) fn connect_to_selected(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        if instance.platform == Platform::Windows {
            self.choose_way_in();
            return;
        }
        match self.inventory.login(&instance) {
            Ok((login, _)) => {
                self.begin(Connect::new(login, instance.label(), Way::Ssh).into());
            }
            Err(why) => self.notify(why, Tone::Warning),
        }
    }

    /// `L`: who logs in, on which port, past which host.
    pub(super) fn edit_login(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        if let Some(problem) = self.inventory.remembered.problem.clone() {
            // Writing over a file that could not be read would lose what stands in it.
            self.show_problem(problem);
            return;
        }
        let image = self.inventory.images.get(&instance.image).and_then(Option::as_ref);
        let dialog = LoginDialog::open(&instance, image, &self.inventory.remembered());
        self.open_dialog(dialog);
    }

    /// `W`: every way in, with the reason where one cannot work.
    pub(super) fn choose_way_in(&mut self) {
        let Some(instance) = self.selected_instance().cloned() else { return };
        let title = text!("ways-title", name = instance.label());
        let items = self.ways_in(&instance);
        self.choose_object(title, items, &text!("ways-none"));
    }

    fn ways_in(&self, instance: &Instance) -> Vec<ChoiceItem> {
        let login = self.inventory.login(instance);
        let mut items = Vec::new();
        if instance.platform == Platform::Linux {
            items.push(self.way(instance, text!("way-ssh"), &login, Way::Ssh));
            items.extend(self.lines_to_copy(&login));
            items.push(self.putty_session(instance));
        } else {
            items.push(remote_desktop(&login));
            items.push(self.password(instance));
        }
        items
    }

    /// A session in PuTTY's own list.
    fn putty_session(&self, instance: &Instance) -> ChoiceItem {
        let label = text!("way-putty");
        let key = match self.key_here(instance) {
            Ok(key) => key.path.clone(),
            Err(why) => return unavailable(label, why),
        };
        let login = self.can_write().and_then(|()| self.inventory.login_with(instance, Some(key)));
        match login {
            Ok((login, _)) => {
                let rows = &self.inventory.instances.rows;
                let others = rows.iter().filter(|other| other.id != instance.id && !other.state.is_ending());
                let others = others.map(|other| other.name.as_deref());
                let name = session_name(instance.name.as_deref(), &instance.id, others);
                ChoiceItem {
                    label,
                    note: Some(text!("words", words = name.as_str())),
                    key: None,
                    disabled: None,
                    picked: Picked::Begin(Box::new(SavePutty::new(login, &name, instance.label()).into())),
                }
            }
            Err(why) => unavailable(label, why),
        }
    }

    /// The password of Windows' administrator, which only the private key opens.
    fn password(&self, instance: &Instance) -> ChoiceItem {
        let label = text!("way-password");
        match self.key_here(instance) {
            Ok(key) if key.kind != KeyKind::Rsa => unavailable(label, text!("why-key-not-rsa")),
            Ok(key) => ChoiceItem {
                label,
                note: Some(text!("words", words = self.environment.short_path(&key.path))),
                key: None,
                disabled: None,
                picked: Picked::Begin(Box::new(ShowPassword::new(instance, &key.path).into())),
            },
            Err(why) => unavailable(label, why),
        }
    }

    /// The private key of an instance, or why there is none here.
    fn key_here(&self, instance: &Instance) -> Result<&LocalKey, Text> {
        if instance.key_name.is_none() {
            return Err(text!("why-no-key-pair"));
        }
        self.inventory.private_key_of(instance).ok_or_else(|| text!("why-no-key-here"))
    }

    fn way(
        &self,
        instance: &Instance,
        label: Text,
        login: &Result<(Login, AddressKind), Text>,
        way: Way,
    ) -> ChoiceItem {
        match login {
            Ok((login, _)) => ChoiceItem {
                label,
                note: Some(text!("words", words = format!("{}@{}", login.user(), login.host()))),
                key: None,
                disabled: None,
                picked: Picked::Begin(Box::new(Connect::new(login.clone(), instance.label(), way).into())),
            },
            Err(why) => unavailable(label, why.clone()),
        }
    }

    /// Ready commands for the clipboard.
    fn lines_to_copy(&self, login: &Result<(Login, AddressKind), Text>) -> Vec<ChoiceItem> {
        let home = self.environment.home.as_deref();
        let Ok((login, _)) = login else { return Vec::new() };
        let line = |label: Text, line: String| ChoiceItem {
            label,
            note: Some(text!("words", words = line.as_str())),
            key: None,
            disabled: None,
            picked: Picked::Copy(line),
        };
        vec![
            line(text!("way-copy-ssh"), login.ssh_line(home)),
            line(text!("way-copy-forward"), login.forward_line(8080, 8080, home)),
            line(text!("way-copy-scp-to"), login.copy_to_line("FILE", "", home)),
            line(text!("way-copy-scp-from"), login.copy_from_line("FILE", ".", home)),
        ]
    }
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
            ChoiceItem {
                label,
                note: Some(text!("words", words = address.as_str())),
                key: None,
                disabled: None,
                picked: Picked::Copy(address),
            }
        }
        Err(why) => unavailable(label, why.clone()),
    }
}

/// A way that cannot work, and why.
fn unavailable(label: Text, why: Text) -> ChoiceItem {
    ChoiceItem { label, note: None, key: None, disabled: Some(why), picked: Picked::Copy(String::new()) }
}
