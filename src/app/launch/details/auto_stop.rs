//! The auto-stop of step 3: what, when, and the timer in the user data that does it.

use jiff::{SignedDuration, Timestamp};

use super::{AUTO_STOP, AUTO_STOP_WHEN, DetailsStep, PROTECTION, SHUTDOWN, USER_DATA};
use crate::app::auto_stop::{said, span};
use crate::app::world::World;
use crate::domain::auto_stop::{AutoStop, By, Ending, Told, WhenProblem, moment};
use crate::domain::guest_timer::{self, Parts};
use crate::domain::instance::Platform;
use crate::domain::launch_plan::UserData;
use crate::text;
use crate::text::Text;

/// Nearer than this, a server is hardly there before it is to stop. What is typed has to be farther away than that, so
/// that there is time to look at Review.
const NEAREST: SignedDuration = SignedDuration::from_mins(2);

/// The moment behind what was typed: fixed, so that Review shows exactly what is sent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fixed {
    typed: String,
    told: Told,
    /// The same in words, on the person's clock.
    said: Text,
}

impl DetailsStep {
    /// What happens at the end; `None` when nothing does by itself.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        Ending::parse(self.form.value(AUTO_STOP))
    }

    /// What happens, and when.
    ///
    /// # Errors
    /// When there is no moment yet.
    pub fn auto_stop(&self) -> Result<Option<Told>, Text> {
        let Some(ending) = self.ending() else { return Ok(None) };
        match &self.auto_stop {
            Some(fixed) if fixed.told.auto_stop.ending == ending => Ok(Some(fixed.told.clone())),
            _ => Err(text!("launch-auto-stop-missing")),
        }
    }

    /// The same in words; `None` when nothing happens by itself.
    #[must_use]
    pub fn auto_stop_said(&self) -> Option<Text> {
        self.ending().and(self.auto_stop.as_ref()).map(|fixed| fixed.said.clone())
    }

    /// Whether the moment has come too near to launch.
    #[must_use]
    pub fn auto_stop_is_too_near(&self, now: Timestamp) -> bool {
        let fixed = self.ending().and(self.auto_stop.as_ref());
        fixed.is_some_and(|fixed| fixed.told.auto_stop.at.duration_since(now) < NEAREST)
    }

    /// What stands before and behind the person's user data.
    ///
    /// # Errors
    /// Why timer and user data do not go together.
    pub fn timer(&self, platform: Platform) -> Result<Option<Parts>, Text> {
        let Some(told) = self.auto_stop()? else { return Ok(None) };
        let own = self.user_data();
        guest_timer::parts(&told.auto_stop, platform, own.as_ref()).map(Some).map_err(guest_timer::TimerProblem::text)
    }

    /// The user data as it is sent: the person's own, the timer, or both in one.
    ///
    /// # Errors
    /// As for [`Self::timer`].
    pub fn sent_user_data(&self, platform: Platform) -> Result<Option<UserData>, Text> {
        let own = self.user_data();
        Ok(match self.timer(platform)? {
            Some(parts) => Some(parts.together(own.as_ref())),
            None => own,
        })
    }

    /// What the image runs.
    pub fn of_platform(&mut self, platform: Platform) {
        self.platform = platform;
    }

    /// Counts anew from now, when a time from now was typed.
    pub fn renew_auto_stop(&mut self, world: &World<'_>) {
        if self.ending().is_some() {
            // What can no longer be done stays as it was, and the launch itself refuses.
            let _ = self.fix(world);
            self.follow_auto_stop(world);
        }
    }

    /// Fits the fields to one another and says what was typed means.
    pub(super) fn follow_auto_stop(&mut self, world: &World<'_>) {
        let ending = self.ending();
        self.form.show(AUTO_STOP_WHEN, ending.is_some());
        let protected = self.form.field(PROTECTION).is_some_and(crate::app::form::Field::is_on);
        if let Some(field) = self.form.field_mut(AUTO_STOP) {
            field.note = ending.map(|ending| match ending {
                Ending::Stop => text!("auto-stop-stop-note"),
                Ending::Terminate if protected => text!("auto-stop-terminate-protected-note"),
                Ending::Terminate => text!("auto-stop-terminate-note"),
            });
        }
        if let Some(field) = self.form.field_mut(SHUTDOWN) {
            field.disabled = ending.map(|ending| match ending {
                Ending::Stop => text!("launch-auto-stop-shutdown-stop"),
                Ending::Terminate => text!("launch-auto-stop-shutdown-terminate"),
            });
        }
        let typed = self.form.value(AUTO_STOP_WHEN).trim().to_owned();
        let known = self.auto_stop.as_ref().filter(|fixed| fixed.typed == typed).map(|fixed| fixed.told.auto_stop.at);
        let at = known.or_else(|| moment(&typed, world.now, &world.environment.zone).ok());
        if let Some(field) = self.form.field_mut(AUTO_STOP_WHEN) {
            field.note = at.map(|at| moment_said(at, world));
        }
    }

    /// Fixes the moment; what is wrong with it is set as the field's error.
    pub(super) fn check_auto_stop(&mut self, world: &World<'_>) {
        let Some(ending) = self.ending() else { return };
        let typed = self.form.value(AUTO_STOP_WHEN).trim();
        let still = self.auto_stop.as_ref().is_some_and(|fixed| {
            fixed.typed == typed && fixed.told.auto_stop.ending == ending && !self.auto_stop_is_too_near(world.now)
        });
        if still {
            return;
        }
        if let Err(problem) = self.fix(world) {
            self.auto_stop = None;
            self.form.set_error(AUTO_STOP_WHEN, problem.text());
        }
        self.follow_auto_stop(world);
    }

    /// Whether the timer and the person's own user data go together.
    pub(super) fn check_timer(&mut self) {
        if self.form.field(AUTO_STOP_WHEN).is_some_and(|field| field.error.is_some()) {
            return;
        }
        if let Err(why) = self.timer(self.platform) {
            self.form.set_error(USER_DATA, why);
        }
    }

    fn fix(&mut self, world: &World<'_>) -> Result<(), WhenProblem> {
        let Some(ending) = self.ending() else { return Ok(()) };
        let typed = self.form.value(AUTO_STOP_WHEN).trim().to_owned();
        let at = moment(&typed, world.now, &world.environment.zone)?;
        let auto_stop = AutoStop { ending, at };
        let told = Told { auto_stop, by: By::Server, set_by: world.environment.who.at_machine() };
        let said = said(&auto_stop, &world.environment.zone);
        self.auto_stop = Some(Fixed { typed, told, said });
        Ok(())
    }
}

/// `2026-11-24 23:00 KST, in 3 h 58 m`.
fn moment_said(at: Timestamp, world: &World<'_>) -> Text {
    let local = crate::app::auto_stop::local(at, &world.environment.zone);
    text!("auto-stop-moment", time = local, wait = span(world.now, at))
}
