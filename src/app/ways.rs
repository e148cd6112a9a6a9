//! The ways in besides plain ssh, each with what it needs, or with the reason why it cannot work now.

use super::App;
use super::connect::unavailable;
use super::modal::{ChoiceItem, Picked};
use super::tasks::Job;
use super::tasks::connect::{Connect, Way};
use super::tasks::open_session::OpenSession;
use crate::domain::instance::{Instance, InstanceState, Platform};
use crate::domain::instance_connect::Agent;
use crate::domain::login::{AddressKind, Login, SessionManager};
use crate::message::LocalTask;
use crate::text;
use crate::text::Text;

impl App {
    /// Looks for the programs that ways in need, once in a run.
    pub(super) fn find_tools(&mut self) {
        if self.inventory.tools.is_missing() {
            self.inventory.tools.ask();
            self.outbox.local(LocalTask::FindTools);
        }
    }

    /// EC2 Instance Connect, and Session Manager with ssh and without.
    pub(super) fn more_ways_in(
        &self,
        instance: &Instance,
        login: &Result<(Login, AddressKind), Text>,
    ) -> Vec<ChoiceItem> {
        let mut items = vec![offer(text!("way-instance-connect"), self.by_instance_connect(instance, login))];
        let (label, over_session) = match instance.platform {
            Platform::Linux => {
                let ssh = offer(text!("way-session-ssh"), self.by_ssh_over_session(instance, login));
                (text!("way-session"), Some(ssh))
            }
            Platform::Windows => (text!("way-session-windows"), None),
        };
        items.push(offer(label, self.by_session(instance)));
        items.extend(over_session);
        items
    }

    fn by_instance_connect(
        &self,
        instance: &Instance,
        login: &Result<(Login, AddressKind), Text>,
    ) -> Result<(Text, Job), Text> {
        let image = self.inventory.images.get(&instance.image).and_then(Option::as_ref);
        let note = match Agent::of(image, instance.platform) {
            Agent::There => text!("way-agent-there"),
            Agent::Mostly => text!("way-agent-mostly"),
            Agent::MayLack => text!("way-agent-may-lack"),
            Agent::Never => return Err(text!("way-agent-never")),
        };
        runs(instance)?;
        // It changes nothing that lasts, but lets somebody in.
        self.can_write()?;
        let (login, _) = login.as_ref().map_err(Clone::clone)?;
        Ok((note, Connect::new(login.clone(), instance.label(), Way::InstanceConnect).into()))
    }

    fn by_session(&self, instance: &Instance) -> Result<(Text, Job), Text> {
        let session = self.session_manager(instance)?;
        Ok((profile_note(instance), OpenSession::new(instance.id.clone(), instance.label(), session).into()))
    }

    fn by_ssh_over_session(
        &self,
        instance: &Instance,
        login: &Result<(Login, AddressKind), Text>,
    ) -> Result<(Text, Job), Text> {
        let session = self.session_manager(instance)?;
        let (login, _) = login.as_ref().map_err(Clone::clone)?;
        let way = Way::SessionManager(session);
        Ok((profile_note(instance), Connect::new(login.clone(), instance.label(), way).into()))
    }

    /// Whose Session Manager, when a session can be started from here.
    fn session_manager(&self, instance: &Instance) -> Result<SessionManager, Text> {
        runs(instance)?;
        let tools = self.inventory.tools.value.as_ref().ok_or(text!("why-looking-for-tools"))?;
        if let Some(why) = tools.missing_for_session() {
            return Err(why);
        }
        let region = self.session.region().cloned().ok_or(text!("why-no-region"))?;
        Ok(SessionManager { region, profile: self.session.chosen_profile.clone() })
    }
}

/// What the instance needs for Session Manager, as far as it can be seen from outside.
fn profile_note(instance: &Instance) -> Text {
    match &instance.iam_profile {
        Some(profile) => text!("way-profile", profile = profile.as_str()),
        None => text!("way-no-profile"),
    }
}

/// Nothing gets in to what does not run.
pub(super) fn runs(instance: &Instance) -> Result<(), Text> {
    match instance.state {
        InstanceState::Running => Ok(()),
        InstanceState::Pending => Err(text!("why-still-starting")),
        _ => Err(text!("why-not-running")),
    }
}

/// A way with its note, or the reason why it cannot work.
fn offer(label: Text, way: Result<(Text, Job), Text>) -> ChoiceItem {
    match way {
        Ok((note, job)) => {
            ChoiceItem { label, note: Some(note), key: None, disabled: None, picked: Picked::Begin(Box::new(job)) }
        }
        Err(why) => unavailable(label, why),
    }
}
