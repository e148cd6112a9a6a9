//! Why can't I connect? The examination of one instance over the dashboard, line by line as it goes, and the keys that
//! mend what it finds: on that instance, whatever is selected.

use std::path::Path;

use super::App;
use super::dialogs::login::LoginDialog;
use super::extent::scrolled;
use super::inventory::Inventory;
use super::modal::{Modal, PageContent};
use super::notice::Tone;
use super::tasks::allow_me::{AllowMe, Target};
use super::tasks::examine::Examine;
use super::tasks::export_key::ExportKey;
use super::tasks::fixed_address::FixedAddress;
use super::tasks::forget_host_key::ForgetHostKey;
use super::tasks::lock_key::LockKey;
use super::tasks::remember::Remember;
use super::tasks::rewrite_host::RewriteHost;
use super::tasks::{Job, TaskId};
use crate::domain::doctor::{Check, Finding, Mend};
use crate::domain::id::InstanceId;
use crate::domain::image_family::ImageFamily;
use crate::domain::instance::{Instance, InstanceAction, Platform};
use crate::domain::key_pair::PpkVersion;
use crate::domain::login::{AddressKind, Login};
use crate::keymap::Action;
use crate::text;
use crate::text::Text;

/// One examination.
#[derive(Clone, Debug, PartialEq)]
pub struct DoctorModal {
    /// Of which instance.
    pub instance: InstanceId,
    /// What it is called.
    pub label: String,
    /// Another port than the usual one.
    pub port: Option<u16>,
    /// What is known by now, in the order of the checks.
    pub findings: Vec<Finding>,
    /// First line that is shown.
    pub scroll: u16,
    task: Option<TaskId>,
    /// Whether it goes on once the instance has come to rest.
    waits_for_state: bool,
}

impl DoctorModal {
    /// Whether the examination is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.task.is_some()
    }

    /// The check that is under way.
    #[must_use]
    pub fn next(&self) -> Option<Check> {
        let done = |check: &Check| self.findings.iter().any(|finding| finding.check == *check);
        Check::ALL.into_iter().filter(|_| self.is_running()).find(|check| !done(check))
    }

    /// The mend behind a key.
    fn mend(&self, action: Action) -> Option<&Mend> {
        self.findings.iter().filter_map(|finding| finding.mend.as_ref()).find(|mend| action_of(mend) == action)
    }
}

/// What a mend's key asks for.
#[must_use]
pub fn action_of(mend: &Mend) -> Action {
    match mend {
        Mend::Start => Action::Start,
        Mend::Wait => Action::Doctor,
        Mend::Reboot => Action::Reboot,
        Mend::StopAndStart => Action::Stop,
        Mend::GiveFixedAddress => Action::FixedAddress,
        Mend::RewriteHost => Action::RememberHosts,
        Mend::AllowMyIp => Action::AllowMyIp,
        Mend::FindKey => Action::FindKey,
        Mend::ConvertKey(_) => Action::ExportKey,
        Mend::LockKey(_) => Action::LockKey,
        Mend::ChooseUser(_) => Action::LoginSettings,
        Mend::ForgetHostKey => Action::ForgetHostKey,
    }
}

impl Inventory {
    /// The port through which an instance is administered: as remembered for ssh.
    #[must_use]
    pub fn usual_port(&self, instance: &Instance) -> u16 {
        match instance.platform {
            Platform::Linux => self.remembered().port(&instance.id),
            Platform::Windows => instance.platform.admin_port(),
        }
    }

    /// The login that fits an instance now, on another port if one is given.
    ///
    /// # Errors
    /// Why there is none, in words for the person.
    pub fn login_at(&self, instance: &Instance, port: Option<u16>) -> Result<(Login, AddressKind), Text> {
        let mut remembered = self.remembered();
        if let Some(port) = port {
            remembered.set_port(instance.id.clone(), port).map_err(crate::domain::login::LoginProblem::text)?;
        }
        self.login_with(&remembered, instance)
    }
}

impl App {
    /// The examination that is open.
    #[must_use]
    pub fn doctor(&self) -> Option<&DoctorModal> {
        self.modals.iter().find_map(|modal| match modal {
            Modal::Doctor(doctor) => Some(doctor.as_ref()),
            _ => None,
        })
    }

    fn doctor_mut(&mut self) -> Option<&mut DoctorModal> {
        self.modals.iter_mut().find_map(|modal| match modal {
            Modal::Doctor(doctor) => Some(doctor.as_mut()),
            _ => None,
        })
    }

    /// `D`: examines the selected instance.
    pub(super) fn examine_selected(&mut self) {
        if let Some(instance) = self.selected_instance() {
            self.examine(&instance.id.clone(), None);
        }
    }

    /// Opens an examination and begins it.
    pub(super) fn examine(&mut self, id: &InstanceId, port: Option<u16>) {
        let label = self.inventory.instance(id).map_or(id.as_str(), Instance::label).to_owned();
        self.modals.push(Modal::Doctor(Box::new(DoctorModal {
            instance: id.clone(),
            label,
            port,
            findings: Vec::new(),
            scroll: 0,
            task: None,
            waits_for_state: false,
        })));
        self.examine_again();
    }

    /// From the first check on; what is under way of an earlier round ends.
    fn examine_again(&mut self) {
        let Some(doctor) = self.doctor_mut() else { return };
        doctor.findings.clear();
        doctor.scroll = 0;
        let earlier = doctor.task.take();
        let job = Examine::new(&doctor.instance, &doctor.label, doctor.port);
        self.tasks.end(earlier);
        let task = self.begin(job.into());
        if let Some(doctor) = self.doctor_mut() {
            doctor.task = task;
        }
    }

    /// A finding is known.
    pub(super) fn found_out(&mut self, finding: Finding) {
        if let Some(doctor) = self.doctor_mut() {
            doctor.findings.push(finding);
        }
    }

    /// A task has ended: the examination itself, or, where it has changed something, what mends a finding.
    pub(super) fn doctor_hears_of(&mut self, task: TaskId, done: bool) {
        let Some(doctor) = self.doctor_mut() else { return };
        if doctor.task == Some(task) {
            doctor.task = None;
        } else if done {
            self.examine_again();
        }
    }

    /// An action on instances was sent: the examination goes on when this one has come to rest.
    pub(super) fn doctor_waits_for(&mut self, ids: &[InstanceId]) {
        if let Some(doctor) = self.doctor_mut()
            && ids.contains(&doctor.instance)
        {
            doctor.waits_for_state = true;
        }
    }

    /// Instances were read.
    pub(super) fn doctor_looks_at_state(&mut self) {
        let Some(doctor) = self.doctor().filter(|doctor| doctor.waits_for_state) else { return };
        let changing = self.inventory.instance(&doctor.instance).is_some_and(|one| one.state.is_changing());
        if changing || self.operations.is_requested(&doctor.instance) {
            return;
        }
        if let Some(doctor) = self.doctor_mut() {
            doctor.waits_for_state = false;
        }
        self.examine_again();
    }

    /// Whether a key of the examination does something now.
    pub(super) fn doctor_availability(&self, doctor: &DoctorModal, action: Action) -> Result<(), Text> {
        let mend = doctor.mend(action);
        match action {
            Action::Doctor | Action::Leave => Ok(()),
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => Ok(()),
            Action::FindKey => mend.map(|_| ()).ok_or(text!("why-nothing-to-mend")),
            Action::LoginSettings => {
                self.can_write()?;
                let instance = self.inventory.instance(&doctor.instance).ok_or(text!("why-nothing-selected"))?;
                if instance.platform == Platform::Windows { Err(text!("why-windows-has-no-ssh")) } else { Ok(()) }
            }
            _ => {
                self.can_write()?;
                let act = match mend.ok_or(text!("why-nothing-to-mend"))? {
                    Mend::Start => InstanceAction::Start,
                    Mend::Reboot => InstanceAction::Reboot,
                    Mend::StopAndStart => InstanceAction::Stop,
                    _ => return Ok(()),
                };
                let instance = self.inventory.instance(&doctor.instance).ok_or(text!("why-nothing-selected"))?;
                if self.is_held(instance, act) { Err(text!("why-type-changes")) } else { Ok(()) }
            }
        }
    }

    pub(super) fn act_on_doctor(&mut self, action: Action) {
        let (screen, most) = (self.size.1.saturating_sub(4).max(1), self.extent.page);
        let Some(Modal::Doctor(doctor)) = self.modals.last_mut() else { return };
        if let Some(scroll) = scrolled(doctor.scroll, action, screen, most) {
            doctor.scroll = scroll;
            return;
        }
        match action {
            Action::Leave => self.leave_doctor(),
            Action::Doctor => self.examine_again(),
            _ => self.mend(action),
        }
    }

    fn leave_doctor(&mut self) {
        if let Some(Modal::Doctor(doctor)) = self.modals.pop() {
            self.tasks.end(doctor.task);
        }
    }

    /// Does what mends a finding, to the instance that is examined.
    fn mend(&mut self, action: Action) {
        if let Err(why) = self.availability(action) {
            self.notify(why, Tone::Warning);
            return;
        }
        let Some(doctor) = self.doctor() else { return };
        let (mend, port) = (doctor.mend(action).cloned(), doctor.port);
        let Some(instance) = self.inventory.instance(&doctor.instance).cloned() else { return };
        let ids = vec![instance.id.clone()];
        match mend {
            Some(Mend::Start) => self.confirm_start(ids),
            Some(Mend::Reboot) => self.confirm_reboot(ids),
            Some(Mend::StopAndStart) => self.confirm_stop(ids),
            Some(Mend::FindKey) => self.say_where_keys_go(&instance),
            Some(Mend::Wait) => self.examine_again(),
            Some(mend) => match self.job_of(mend, &instance, port) {
                Ok(job) => {
                    self.begin(job);
                }
                Err(why) => self.notify(why, Tone::Warning),
            },
            None => self.open_login(&instance),
        }
    }

    /// The work behind a mend.
    fn job_of(&self, mend: Mend, instance: &Instance, port: Option<u16>) -> Result<Job, Text> {
        let label = instance.label();
        let key = || instance.key_name.clone().unwrap_or_else(|| label.to_owned());
        Ok(match mend {
            Mend::GiveFixedAddress => FixedAddress::new(instance).into(),
            Mend::RewriteHost => {
                let (login, _) = self.inventory.login(instance)?;
                RewriteHost::new(login, label, instance.name.clone()).into()
            }
            Mend::AllowMyIp => AllowMe::new(Target {
                instance: Some(instance.id.clone()),
                label: label.to_owned(),
                groups: instance.groups.iter().map(|group| group.id.clone()).collect(),
                port: port.unwrap_or_else(|| self.inventory.usual_port(instance)),
            })
            .into(),
            Mend::LockKey(path) => LockKey::new(key(), vec![path]).into(),
            Mend::ConvertKey(path) => converting(key(), &path).into(),
            Mend::ChooseUser(user) => {
                let image = self.inventory.images.get(&instance.image).and_then(Option::as_ref);
                let mut remembered = self.inventory.remembered();
                let family = ImageFamily::of_image(image, instance.platform);
                remembered.set_user(family, &user).map_err(crate::domain::login::LoginProblem::text)?;
                Remember::new(remembered, label).into()
            }
            Mend::ForgetHostKey => ForgetHostKey::new(instance.id.clone(), label).into(),
            Mend::Start | Mend::Wait | Mend::Reboot | Mend::StopAndStart | Mend::FindKey => {
                return Err(text!("why-nothing-to-mend"));
            }
        })
    }

    fn open_login(&mut self, instance: &Instance) {
        if let Some(problem) = self.inventory.remembered.problem.clone() {
            return self.show_problem(problem);
        }
        let image = self.inventory.images.get(&instance.image).and_then(Option::as_ref);
        let dialog = LoginDialog::open(instance, image, &self.inventory.remembered());
        self.open_dialog(dialog);
    }

    /// Nobody but the person can bring a private key here.
    fn say_where_keys_go(&mut self, instance: &Instance) {
        let folders = self.environment.key_folders.iter().map(|folder| self.environment.short_path(folder));
        let folders = folders.collect::<Vec<_>>().join(", ");
        let name = instance.key_name.as_deref().unwrap_or_default();
        let lines = vec![
            text!("find-key-copy", name = name, folders = folders),
            text!("find-key-lost"),
            text!("find-key-again"),
        ];
        self.open_page(PageContent::Lines { title: text!("find-key-title", name = name), lines });
    }
}

/// A PuTTY key becomes a PEM file beside it.
fn converting(name: String, from: &Path) -> ExportKey {
    ExportKey {
        name,
        from: from.to_owned(),
        to: from.with_extension("pem"),
        for_putty: false,
        input_passphrase: None,
        output_passphrase: None,
        ppk_version: PpkVersion::default(),
    }
}
