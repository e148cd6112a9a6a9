//! Getting in to the selected instance: which way, and what is remembered about it.

use super::App;
use super::availability::can_be_entered;
use super::dialogs::login::LoginDialog;
use super::form::TextInput;
use super::inventory::Inventory;
use super::modal::{ChoiceItem, ChoiceModal, Picked, Purpose};
use super::notice::Tone;
use super::tasks::connect::{Connect, Way};
use super::ways::runs;
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, Platform};
use crate::domain::key_pair::KeyFileForm;
use crate::domain::login::{AddressKind, Login};
use crate::domain::remembered::Remembered;
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

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
        self.login_with(&self.remembered(), instance)
    }

    /// The same, with other settings than those that are remembered.
    pub(super) fn login_with(
        &self,
        remembered: &Remembered,
        instance: &Instance,
    ) -> Result<(Login, AddressKind), Text> {
        let image = self.images.get(&instance.image).and_then(Option::as_ref);
        let elastic = self.address_of(&instance.id).map(|address| address.ip);
        let pair = instance.key_name.as_deref().and_then(|name| self.key_pair_named(name));
        let key = pair.and_then(|pair| self.local_key_of(pair)).filter(|key| key.form != KeyFileForm::Ppk);
        let key = key.map(|key| key.path.clone());
        remembered.login(instance, image, elastic, key).map_err(crate::domain::remembered::NoLogin::text)
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

    /// By ssh to an instance that need not be selected; says why it cannot be.
    pub(super) fn connect_to(&mut self, id: &InstanceId, port: Option<u16>, command: Vec<String>) {
        let Some(instance) = self.inventory.instance(id).cloned() else { return };
        if let Some(problem) = self.inventory.remembered.problem.clone() {
            self.show_problem(problem);
            return;
        }
        if instance.platform == Platform::Windows {
            self.notify(text!("connect-windows"), Tone::Warning);
            return;
        }
        match can_be_entered(&instance).and_then(|()| self.inventory.login_at(&instance, port)) {
            Ok((login, _)) => {
                self.begin(Connect::new(login, instance.label(), Way::Ssh).running(command).into());
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
        self.find_tools();
        let choice = self.ways_choice(&instance);
        self.open_choice(choice);
    }

    /// The list of [`Self::choose_way_in`] as it is now.
    pub(super) fn ways_choice(&self, instance: &Instance) -> ChoiceModal {
        ChoiceModal {
            title: text!("ways-title", name = instance.label()),
            purpose: Purpose::WaysIn(instance.id.clone()),
            filter: TextInput::default(),
            items: self.ways_in(instance),
            cursor: 0,
            on_leave: None,
        }
    }

    fn ways_in(&self, instance: &Instance) -> Vec<ChoiceItem> {
        let login = self.inventory.login(instance);
        let mut items = Vec::new();
        if instance.platform == Platform::Linux {
            items.push(Self::way(instance, text!("way-ssh"), &login, Way::Ssh));
            items.extend(self.more_ways_in(instance, &login));
            items.extend(self.lines_to_copy(&login));
            items.extend(self.outside_ways(instance, &login));
        } else {
            items.extend(self.outside_ways(instance, &login));
            items.extend(self.more_ways_in(instance, &login));
        }
        items
    }

    fn way(instance: &Instance, label: Text, login: &Result<(Login, AddressKind), Text>, way: Way) -> ChoiceItem {
        match runs(instance).and(login.clone()) {
            Ok((login, _)) => ChoiceItem {
                label,
                note: Some(text!("words", words = format!("{}@{}", login.user(), login.host()))),
                key: None,
                disabled: None,
                picked: Picked::Begin(Box::new(Connect::new(login, instance.label(), way).into())),
            },
            Err(why) => unavailable(label, why),
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

/// A way that cannot work, and why.
pub(super) fn unavailable(label: Text, why: Text) -> ChoiceItem {
    ChoiceItem { label, note: None, key: None, disabled: Some(why), picked: Picked::Copy(String::new()) }
}
