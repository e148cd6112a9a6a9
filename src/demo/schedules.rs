//! EventBridge Scheduler of the demo account, as far as this program uses it: schedules that come once. When the time has
//! come, the call is made and the schedule deletes itself. The timers that new servers get by their user data run here,
//! too.

use aws_sdk_ec2::operation::stop_instances::StopInstancesInput;
use aws_sdk_ec2::operation::terminate_instances::TerminateInstancesInput;
use aws_sdk_scheduler::operation::create_schedule::{CreateScheduleInput, CreateScheduleOutput};
use aws_sdk_scheduler::operation::delete_schedule::{DeleteScheduleInput, DeleteScheduleOutput};
use aws_sdk_scheduler::operation::get_schedule::{GetScheduleInput, GetScheduleOutput};
use aws_sdk_scheduler::operation::list_schedules::{ListSchedulesInput, ListSchedulesOutput};
use aws_sdk_scheduler::operation::update_schedule::{UpdateScheduleInput, UpdateScheduleOutput};
use aws_sdk_scheduler::types;
use base64ct::{Base64, Encoding};
use jiff::Timestamp;

use super::fault::Fault;
use super::instances::{Instance, Phase};
use super::lifecycle;
use super::world::{ACCOUNT, World};
use crate::domain::auto_stop::{By, Told};
use crate::domain::guest_timer;
use crate::domain::schedule::{RoleArn, moment_of};

/// A schedule as it was made.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    name: String,
    expression: String,
    zone: String,
    target: types::Target,
    token: Option<String>,
    at: Timestamp,
}

fn invalid(message: &str) -> Fault {
    Fault::new("ValidationException", message)
}

fn missing(name: &str) -> Fault {
    Fault::new("ResourceNotFoundException", format!("Schedule {name} does not exist."))
}

fn arn(world: &World, name: &str) -> String {
    format!("arn:aws:scheduler:{}:{ACCOUNT}:schedule/default/{name}", world.region.code)
}

/// A schedule from what a request says, or the service's refusal.
fn schedule(
    name: Option<&str>,
    expression: Option<&str>,
    zone: Option<&str>,
    target: Option<&types::Target>,
    token: Option<&str>,
) -> Result<Schedule, Fault> {
    let name = name.filter(|name| (1..=64).contains(&name.len())).ok_or_else(|| invalid("Invalid name."))?;
    let (expression, zone) = (expression.unwrap_or_default(), zone.unwrap_or("UTC"));
    let at =
        moment_of(expression, zone).ok_or_else(|| invalid(&format!("Invalid Schedule Expression {expression}.")))?;
    let target = target.ok_or_else(|| invalid("A target is required."))?;
    if RoleArn::parse(target.role_arn()).is_none_or(|role| role.account() != ACCOUNT) {
        return Err(invalid("The execution role you provide must allow AWS EventBridge Scheduler to assume the role."));
    }
    Ok(Schedule {
        name: name.to_owned(),
        expression: expression.to_owned(),
        zone: zone.to_owned(),
        target: target.clone(),
        token: token.map(str::to_owned),
        at,
    })
}

/// `CreateSchedule`
pub(super) fn create(world: &mut World, input: &CreateScheduleInput) -> Result<CreateScheduleOutput, Fault> {
    let new = schedule(
        input.name(),
        input.schedule_expression(),
        input.schedule_expression_timezone(),
        input.target(),
        input.client_token(),
    )?;
    let told = CreateScheduleOutput::builder().schedule_arn(arn(world, &new.name)).build();
    match world.schedules.iter().find(|one| one.name == new.name) {
        Some(there) if there.token.is_some() && there.token == new.token => {}
        Some(_) => return Err(Fault::new("ConflictException", format!("Schedule {} already exists.", new.name))),
        None => world.schedules.push(new),
    }
    told.map_err(|error| invalid(&error.to_string()))
}

/// `UpdateSchedule`
pub(super) fn update(world: &mut World, input: &UpdateScheduleInput) -> Result<UpdateScheduleOutput, Fault> {
    let new = schedule(
        input.name(),
        input.schedule_expression(),
        input.schedule_expression_timezone(),
        input.target(),
        input.client_token(),
    )?;
    let told = UpdateScheduleOutput::builder().schedule_arn(arn(world, &new.name)).build();
    let there = world.schedules.iter_mut().find(|one| one.name == new.name).ok_or_else(|| missing(&new.name))?;
    *there = new;
    told.map_err(|error| invalid(&error.to_string()))
}

/// `DeleteSchedule`
pub(super) fn delete(world: &mut World, input: &DeleteScheduleInput) -> Result<DeleteScheduleOutput, Fault> {
    let name = input.name().unwrap_or_default();
    let place = world.schedules.iter().position(|one| one.name == name).ok_or_else(|| missing(name))?;
    world.schedules.remove(place);
    Ok(DeleteScheduleOutput::builder().build())
}

/// `GetSchedule`
pub(super) fn get(world: &mut World, input: &GetScheduleInput) -> Result<GetScheduleOutput, Fault> {
    let name = input.name().unwrap_or_default();
    let one = world.schedules.iter().find(|one| one.name == name).ok_or_else(|| missing(name))?;
    Ok(GetScheduleOutput::builder()
        .name(&one.name)
        .arn(arn(world, &one.name))
        .schedule_expression(&one.expression)
        .schedule_expression_timezone(&one.zone)
        .state(types::ScheduleState::Enabled)
        .action_after_completion(types::ActionAfterCompletion::Delete)
        .target(one.target.clone())
        .build())
}

/// `ListSchedules`, all on one page.
pub(super) fn list(world: &mut World, input: &ListSchedulesInput) -> Result<ListSchedulesOutput, Fault> {
    let prefix = input.name_prefix().unwrap_or_default();
    let found = world.schedules.iter().filter(|one| one.name.starts_with(prefix)).map(|one| {
        types::ScheduleSummary::builder()
            .name(&one.name)
            .arn(arn(world, &one.name))
            .state(types::ScheduleState::Enabled)
            .build()
    });
    let found = Some(found.collect());
    ListSchedulesOutput::builder().set_schedules(found).build().map_err(|error| invalid(&error.to_string()))
}

/// The moment at which a new server's own timer shuts it down: its user data hold one, and its tag says when.
pub(super) fn timer_of(instance: &Instance) -> Option<Timestamp> {
    let user_data = Base64::decode_vec(instance.user_data.as_deref()?).ok()?;
    let holds_one = user_data.windows(guest_timer::NAME.len()).any(|window| window == guest_timer::NAME.as_bytes());
    let value = instance.tags.get(By::Server.tag_key()).filter(|_| holds_one)?;
    Told::parse(By::Server, value).map(|told| told.auto_stop.at)
}

impl World {
    /// When the next server is to stop by itself, if that is by `now`.
    pub fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        let schedules = self.schedules.iter().map(|one| one.at);
        let timers = self.instances.iter().filter_map(|instance| instance.timer);
        schedules.chain(timers).filter(|at| *at <= now).min()
    }

    /// Does what is due at the present moment. A call that EC2 refuses changes nothing, and its schedule is gone, too.
    pub fn run_ends(&mut self) {
        let now = self.now;
        let (due, rest) = std::mem::take(&mut self.schedules).into_iter().partition(|one: &Schedule| one.at <= now);
        self.schedules = rest;
        for one in due {
            let input = one.target.input().and_then(|input| serde_json::from_str::<serde_json::Value>(input).ok());
            let ids = input.and_then(|input| input.get("InstanceIds")?.as_array().cloned()).unwrap_or_default();
            let ids = Some(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect());
            if one.target.arn().ends_with(":stopInstances") {
                let input = StopInstancesInput::builder().set_instance_ids(ids).build();
                let _ = input.map(|input| lifecycle::stop(self, &input));
            } else {
                let input = TerminateInstancesInput::builder().set_instance_ids(ids).build();
                let _ = input.map(|input| lifecycle::terminate(self, &input));
            }
        }
        for place in 0..self.instances.len() {
            let instance = &mut self.instances[place];
            if instance.timer.is_none_or(|at| at > now) {
                continue;
            }
            // A timer whose moment passes while the server is off never runs.
            instance.timer = None;
            if instance.phase == Phase::Running {
                self.shut_down(place);
            }
        }
    }
}
