//! Step 3: how many, in which network, and how they behave. Its defaults fit one server in the default VPC.

mod auto_stop;
mod network;
mod user_data;

use self::auto_stop::Fixed;
use self::user_data::{UserDataFile, expanded, unreadable};
use crate::app::environment::Environment;
use crate::app::form::{Choice, Field, Form};
use crate::app::world::World;
use crate::domain::instance::Platform;
use crate::domain::launch_plan::{PublicIp, ShutdownBehavior, UserData};
use crate::domain::limits::{MOST_INSTANCES_PER_LAUNCH, USER_DATA_BYTES};
use crate::domain::problem::Problem;
use crate::keymap::{Action, Key};
use crate::message::{LocalDone, LocalId, LocalTask, Read};
use crate::text;
use crate::text::Text;

/// Field: how many instances.
pub const COUNT: &str = "count";
/// Field: the VPC.
pub const VPC: &str = "vpc";
/// Field: the subnet, and with it the zone.
pub const SUBNET: &str = "subnet";
/// Field: a public address.
pub const PUBLIC_IP: &str = "public-ip";
/// Field: IAM instance profile.
pub const IAM_PROFILE: &str = "iam-profile";
/// Field: what an operating system shutdown does.
pub const SHUTDOWN: &str = "shutdown";
/// Field: whether it stops or ends by itself.
pub const AUTO_STOP: &str = "auto-stop";
/// Field: when.
pub const AUTO_STOP_WHEN: &str = "auto-stop-when";
/// Field: termination protection.
pub const PROTECTION: &str = "protection";
/// Field: detailed monitoring.
pub const MONITORING: &str = "monitoring";
/// Field: whether IMDSv2 is required.
pub const IMDSV2: &str = "imdsv2";
/// Field: path of the user data file.
pub const USER_DATA: &str = "user-data";

/// What step 3 holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailsStep {
    /// The fields.
    pub form: Form,
    user_data: UserDataFile,
    auto_stop: Option<Fixed>,
    platform: Platform,
    goes_on: bool,
}

impl Default for DetailsStep {
    fn default() -> Self {
        Self::new()
    }
}

impl DetailsStep {
    /// One instance in the default VPC.
    #[must_use]
    pub fn new() -> Self {
        let option = |value: &str, label: Text| Choice { value: value.to_owned(), label };
        let form = Form::new(vec![
            Field::number(COUNT, "launch-details-count", Some(1))
                .with_hint(text!("launch-details-count-hint", most = u32::from(MOST_INSTANCES_PER_LAUNCH))),
            Field::choice(VPC, "launch-details-vpc", vec![option("", text!("launch-details-default-vpc"))]),
            Field::choice(SUBNET, "launch-details-subnet", vec![option("", text!("launch-details-any-subnet"))])
                .with_hint(text!("launch-details-subnet-hint")),
            Field::choice(
                PUBLIC_IP,
                "launch-details-public-ip",
                vec![
                    option("", text!("launch-details-public-ip-as-subnet")),
                    option("yes", text!("launch-details-yes")),
                    option("no", text!("launch-details-no")),
                ],
            )
            .with_hint(text!("launch-details-public-ip-hint")),
            Field::text(IAM_PROFILE, "launch-details-iam-profile", "", 1024)
                .with_placeholder(text!("launch-details-none"))
                .with_hint(text!("launch-details-iam-profile-hint")),
            Field::choice(
                AUTO_STOP,
                "launch-details-auto-stop",
                vec![
                    option("", text!("launch-details-none")),
                    option("stop", text!("launch-details-auto-stop-stop")),
                    option("terminate", text!("launch-details-auto-stop-terminate")),
                ],
            )
            .with_hint(text!("launch-details-auto-stop-hint")),
            Field::text(AUTO_STOP_WHEN, "launch-details-auto-stop-when", "", 32)
                .with_placeholder(text!("auto-stop-when-placeholder"))
                .with_hint(text!("auto-stop-when-hint"))
                .hidden(),
            Field::choice(
                SHUTDOWN,
                "launch-details-shutdown",
                vec![
                    option("stop", text!("launch-details-shutdown-stop")),
                    option("terminate", text!("launch-details-shutdown-terminate")),
                ],
            )
            .with_hint(text!("launch-details-shutdown-hint")),
            Field::switch(PROTECTION, "launch-details-protection", false)
                .with_hint(text!("launch-details-protection-hint")),
            Field::switch(MONITORING, "launch-details-monitoring", false)
                .with_hint(text!("launch-details-monitoring-hint")),
            Field::switch(IMDSV2, "launch-details-imdsv2", true).with_hint(text!("launch-details-imdsv2-hint")),
            Field::text(USER_DATA, "launch-details-user-data", "", 4096)
                .with_placeholder(text!("launch-details-none"))
                .with_hint(text!("launch-details-user-data-hint")),
        ]);
        Self { form, user_data: UserDataFile::None, auto_stop: None, platform: Platform::Linux, goes_on: false }
    }

    /// How many instances; 1 while the field is wrong.
    #[must_use]
    pub fn count(&self) -> u16 {
        count_of(self.form.value(COUNT)).unwrap_or(1)
    }

    /// Public address of the first interface.
    #[must_use]
    pub fn public_ip(&self) -> PublicIp {
        match self.form.value(PUBLIC_IP) {
            "yes" => PublicIp::Yes,
            "no" => PublicIp::No,
            _ => PublicIp::AsSubnet,
        }
    }

    /// Name of the IAM instance profile; of an ARN, the name at its end.
    #[must_use]
    pub fn iam_profile(&self) -> Option<String> {
        profile_name(self.form.value(IAM_PROFILE)).ok().flatten()
    }

    /// What an operating system shutdown does.
    #[must_use]
    pub fn shutdown(&self) -> ShutdownBehavior {
        if let Some(ending) = self.ending() {
            return ending.shutdown();
        }
        match self.form.value(SHUTDOWN) {
            "terminate" => ShutdownBehavior::Terminate,
            _ => ShutdownBehavior::Stop,
        }
    }

    /// Whether termination is refused until it is switched off.
    #[must_use]
    pub fn termination_protection(&self) -> bool {
        self.is_on(PROTECTION)
    }

    /// One-minute monitoring.
    #[must_use]
    pub fn detailed_monitoring(&self) -> bool {
        self.is_on(MONITORING)
    }

    /// Whether the metadata service demands tokens.
    #[must_use]
    pub fn imdsv2_required(&self) -> bool {
        self.is_on(IMDSV2)
    }

    /// What was read from the user data file.
    #[must_use]
    pub fn user_data(&self) -> Option<UserData> {
        match &self.user_data {
            UserDataFile::Read { data, .. } => Some(data.clone()),
            _ => None,
        }
    }

    /// The user data file's path as typed, once it was read.
    #[must_use]
    pub fn user_data_path(&self) -> Option<&str> {
        match &self.user_data {
            UserDataFile::Read { path, .. } => Some(path),
            _ => None,
        }
    }

    fn is_on(&self, id: &str) -> bool {
        self.form.field(id).is_some_and(Field::is_on)
    }

    /// The step is shown, or something has arrived.
    pub fn enter(&mut self, world: &mut World<'_>) {
        let networks = &mut world.catalog.networks;
        if networks.is_missing() && networks.problem.is_none() {
            networks.ask();
            world.outbox.read(Read::Networks);
        }
        self.follow_networks(world.catalog);
        self.follow_auto_stop(world);
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        self.goes_on = false;
        match action {
            Action::Up | Action::PreviousField => {
                self.form.focus_previous();
            }
            Action::Down | Action::NextField => {
                let moved = self.form.focus_next();
                if !moved && action == Action::NextField {
                    self.form.focus_on(COUNT);
                }
            }
            Action::Left => self.turn(-1, world),
            Action::Right => self.turn(1, world),
            _ => {}
        }
        if self.form.focused().is_some_and(|field| field.id != USER_DATA) {
            // Leaving the field reads the file, so that its outcome is there before Enter.
            self.read_user_data(world.environment, world);
        }
    }

    /// A key that is text.
    pub fn press(&mut self, key: Key, world: &mut World<'_>) {
        self.goes_on = false;
        let Some(field) = self.form.focused_mut() else { return };
        let (id, changed) = (field.id, field.press(key));
        if changed {
            self.changed(id, world);
        }
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str, world: &mut World<'_>) {
        self.goes_on = false;
        let Some(field) = self.form.focused_mut() else { return };
        field.paste(text);
        let id = field.id;
        self.changed(id, world);
    }

    /// Whether the answers hold. A file that is still to be read holds the step up; see [`Self::on_local`].
    pub fn check(&mut self, world: &mut World<'_>) -> bool {
        self.form.clear_errors();
        if count_of(self.form.value(COUNT)).is_none() {
            self.form
                .set_error(COUNT, text!("launch-details-count-wrong", most = u32::from(MOST_INSTANCES_PER_LAUNCH)));
        }
        if let Some(missing) = self.missing_network(world.catalog) {
            let networks = world.catalog.networks.value.as_ref();
            let field = if networks.is_some_and(|networks| self.shown_vpc(networks).is_none()) { VPC } else { SUBNET };
            self.form.set_error(field, missing);
        }
        let short = self.chosen_subnet(world.catalog).filter(|subnet| subnet.free_addresses < u32::from(self.count()));
        if let Some(subnet) = short {
            self.form.set_error(SUBNET, text!("launch-details-subnet-full", count = subnet.free_addresses));
        }
        if let Err(wrong) = profile_name(self.form.value(IAM_PROFILE)) {
            self.form.set_error(IAM_PROFILE, wrong);
        }
        self.check_auto_stop(world);
        let failed = matches!(&self.user_data, UserDataFile::Failed { path } if *path == self.typed_path());
        if failed {
            // The file may be there by now.
            self.user_data = UserDataFile::None;
        }
        self.read_user_data(world.environment, world);
        self.check_timer();
        let wrong = self.form.has_errors();
        self.form.focus_first_error();
        self.goes_on = !wrong && matches!(self.user_data, UserDataFile::Reading { .. });
        !wrong && !self.goes_on
    }

    /// A local task has ended; not necessarily ours. Says whether Enter waited for it, so that the flow goes on.
    pub fn on_local(&mut self, id: LocalId, outcome: &Result<LocalDone, Problem>) -> bool {
        let path = match &self.user_data {
            UserDataFile::Reading { id: ours, path } if *ours == id => path.clone(),
            _ => return false,
        };
        let goes_on = std::mem::take(&mut self.goes_on);
        match outcome {
            Ok(LocalDone::UserData(data)) if data.as_bytes().len() > USER_DATA_BYTES => {
                self.form.set_error(USER_DATA, text!("launch-details-user-data-large"));
                self.user_data = UserDataFile::Failed { path };
                self.note_user_data();
                false
            }
            Ok(LocalDone::UserData(data)) => {
                self.user_data = UserDataFile::Read { path, data: data.clone() };
                self.note_user_data();
                goes_on
            }
            Ok(_) => false,
            Err(problem) => {
                self.form.set_error(USER_DATA, unreadable(problem));
                self.user_data = UserDataFile::Failed { path };
                self.note_user_data();
                if goes_on {
                    self.form.focus_on(USER_DATA);
                }
                false
            }
        }
    }

    fn turn(&mut self, step: isize, world: &World<'_>) {
        let Some(field) = self.form.focused_mut() else { return };
        let (id, changed) = (field.id, field.turn(step));
        if changed {
            self.changed(id, world);
        }
    }

    fn changed(&mut self, id: &str, world: &World<'_>) {
        match id {
            VPC => self.follow_networks(world.catalog),
            SUBNET => self.follow_public_ip(world.catalog),
            AUTO_STOP | AUTO_STOP_WHEN | PROTECTION => self.follow_auto_stop(world),
            USER_DATA if self.typed_path() != self.user_data.path() => {
                // An older answer belongs to another path.
                self.user_data = UserDataFile::None;
                self.note_user_data();
            }
            _ => {}
        }
    }

    fn typed_path(&self) -> String {
        self.form.value(USER_DATA).trim().to_owned()
    }

    /// Reads the user data file, unless this path was read or is being read.
    fn read_user_data(&mut self, environment: &Environment, world: &mut World<'_>) {
        let path = self.typed_path();
        if path == self.user_data.path() {
            return;
        }
        self.user_data = if path.is_empty() {
            UserDataFile::None
        } else {
            let id = world.outbox.local(LocalTask::ReadUserData(expanded(&path, environment)));
            UserDataFile::Reading { id, path }
        };
        self.note_user_data();
    }

    fn note_user_data(&mut self) {
        let note = match &self.user_data {
            UserDataFile::None | UserDataFile::Failed { .. } => None,
            UserDataFile::Reading { .. } => Some(text!("launch-details-user-data-reading")),
            UserDataFile::Read { data, .. } => {
                Some(text!("launch-details-user-data-read", count = data.as_bytes().len()))
            }
        };
        if let Some(field) = self.form.field_mut(USER_DATA) {
            field.note = note;
        }
    }
}

fn count_of(typed: &str) -> Option<u16> {
    typed.parse().ok().filter(|count| (1..=MOST_INSTANCES_PER_LAUNCH).contains(count))
}

/// The name of an instance profile from what was typed: a name, or an ARN that ends in one.
fn profile_name(typed: &str) -> Result<Option<String>, Text> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let name = if typed.starts_with("arn:") {
        let resource = typed.splitn(6, ':').nth(5).and_then(|resource| resource.strip_prefix("instance-profile/"));
        match resource {
            Some(path) => path.rsplit('/').next().unwrap_or(path),
            None => return Err(text!("launch-details-iam-profile-arn")),
        }
    } else {
        typed
    };
    let fits = (1..=128).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '=' | ',' | '.' | '@' | '_' | '-'));
    if fits { Ok(Some(name.to_owned())) } else { Err(text!("launch-details-iam-profile-wrong")) }
}

#[cfg(test)]
mod tests;
