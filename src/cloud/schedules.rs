//! EventBridge Scheduler: one-time schedules that stop or terminate one instance each.

use aws_sdk_scheduler::types as sdk;

use super::Cloud;
use super::error::{Call, problem};
use super::send::{Repeat, Track};
use crate::domain::auto_stop::AutoStop;
use crate::domain::clean::clean;
use crate::domain::id::InstanceId;
use crate::domain::problem::Problem;
use crate::domain::schedule::{self, NewSchedule, RoleArn, Schedule, Schedules};
use crate::message::Written;

const SERVICE: &str = "scheduler";

/// More than these are only named: each is a call of its own.
const MOST_LOOKED_AT: usize = 100;

/// A moment that was missed by more than this, seconds, is missed for good.
const LATEST_SECONDS: i32 = 300;

/// So often Scheduler tries again within that.
const MOST_RETRIES: i32 = 5;

/// Changes something under a [`Repeat`] policy.
macro_rules! change_schedule {
    ($cloud:expr, $repeat:expr, $operation:literal, $request:expr) => {{
        let track = Track::default();
        $request.customize().interceptor(track.clone()).send().await.map_err(|failure| {
            let call = Call::write($operation, &$cloud.hosts, $repeat, track.maybe_sent());
            problem(&failure, &call.of_service(SERVICE))
        })
    }};
}

impl Cloud {
    /// `ListSchedules` by the prefix of this program's names, then `GetSchedule` for each: the list tells no time.
    pub(super) async fn schedules(&self) -> Result<Schedules, Problem> {
        let mut pages = self.clients.scheduler.list_schedules().name_prefix(schedule::PREFIX).into_paginator().send();
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|failure| problem(&failure, &Call::read(SERVICE, "ListSchedules", &self.hosts)))?;
            found.extend(page.schedules().iter().filter_map(|one| schedule::instance_of(one.name()?)));
        }
        let unread = found.split_off(found.len().min(MOST_LOOKED_AT)).into_iter().collect();
        let mut known = Vec::new();
        for instance in found {
            // It may have run, and gone, since it was listed.
            known.extend(self.schedule(&instance).await?);
        }
        Ok(Schedules { known, unread })
    }

    /// `GetSchedule`: the schedule of an instance; `None` when there is none.
    pub(super) async fn schedule(&self, instance: &InstanceId) -> Result<Option<Schedule>, Problem> {
        let request = self.clients.scheduler.get_schedule().name(schedule::name(instance));
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(failure) => {
                let problem = problem(&failure, &Call::read(SERVICE, "GetSchedule", &self.hosts));
                return if problem.is_not_found() { Ok(None) } else { Err(problem) };
            }
        };
        let expression = answer.schedule_expression().unwrap_or_default();
        let at = schedule::moment_of(expression, answer.schedule_expression_timezone().unwrap_or_default());
        let target = answer.target();
        let ending = target.and_then(|target| schedule::ending_of(target.arn()));
        let is_for = target.and_then(sdk::Target::input).is_some_and(|input| schedule::is_input_for(input, instance));
        let enabled = answer.state() != Some(&sdk::ScheduleState::Disabled);
        Ok(Some(Schedule {
            instance: instance.clone(),
            auto_stop: ending.zip(at).filter(|_| is_for && enabled).map(|(ending, at)| AutoStop { ending, at }),
            role: target.and_then(|target| RoleArn::parse(target.role_arn())),
            expression: clean(expression),
        }))
    }

    /// `CreateSchedule`. The token makes a further try of the same request return what the first one made.
    pub(super) async fn create_schedule(&self, new: &NewSchedule, token: &str) -> Result<Written, Problem> {
        let request = self
            .clients
            .scheduler
            .create_schedule()
            .name(schedule::name(&new.instance))
            .client_token(token)
            .schedule_expression(schedule::expression(&new.auto_stop))
            .schedule_expression_timezone("UTC")
            .set_flexible_time_window(exactly())
            .action_after_completion(sdk::ActionAfterCompletion::Delete)
            .set_target(self.target(new));
        change_schedule!(self, Repeat::ByToken, "CreateSchedule", request)?;
        Ok(Written::Done)
    }

    /// `UpdateSchedule`, which replaces all of it: doing it twice is doing it once.
    pub(super) async fn update_schedule(&self, new: &NewSchedule, token: &str) -> Result<Written, Problem> {
        let request = self
            .clients
            .scheduler
            .update_schedule()
            .name(schedule::name(&new.instance))
            .client_token(token)
            .schedule_expression(schedule::expression(&new.auto_stop))
            .schedule_expression_timezone("UTC")
            .state(sdk::ScheduleState::Enabled)
            .set_flexible_time_window(exactly())
            .action_after_completion(sdk::ActionAfterCompletion::Delete)
            .set_target(self.target(new));
        change_schedule!(self, Repeat::Freely, "UpdateSchedule", request)?;
        Ok(Written::Done)
    }

    /// `DeleteSchedule`; one that is gone already, because it has run, is as good.
    pub(super) async fn delete_schedule(&self, instance: &InstanceId) -> Result<Written, Problem> {
        let request = self.clients.scheduler.delete_schedule().name(schedule::name(instance));
        match change_schedule!(self, Repeat::Freely, "DeleteSchedule", request) {
            Err(problem) if !problem.is_not_found() => Err(problem),
            _ => Ok(Written::Done),
        }
    }

    /// `None` cannot come of this: what is required is set. The SDK would refuse a request without it.
    fn target(&self, new: &NewSchedule) -> Option<sdk::Target> {
        sdk::Target::builder()
            .arn(schedule::target(new.auto_stop.ending, &self.region))
            .role_arn(new.role.as_str())
            .input(schedule::input(&new.instance))
            // Hours later somebody may have started it again and want it to run.
            .retry_policy(
                sdk::RetryPolicy::builder()
                    .maximum_event_age_in_seconds(LATEST_SECONDS)
                    .maximum_retry_attempts(MOST_RETRIES)
                    .build(),
            )
            .build()
            .ok()
    }
}

/// At the moment itself, not some time around it; never `None`, as with the target.
fn exactly() -> Option<sdk::FlexibleTimeWindow> {
    sdk::FlexibleTimeWindow::builder().mode(sdk::FlexibleTimeWindowMode::Off).build().ok()
}

#[cfg(test)]
mod tests;
