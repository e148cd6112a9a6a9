//! One's own address as the first step of a task: asked of the service each time, for people move; or typed by the person,
//! when no service can tell.

use std::net::IpAddr;

use super::Step;
use crate::app::world::World;
use crate::domain::problem::Problem;
use crate::message::{Found, Read};

/// The address that was typed; else asks the service.
///
/// # Errors
/// The step that waits for the service's answer.
pub(super) fn ask(typed: Option<IpAddr>, world: &mut World<'_>) -> Result<IpAddr, Box<Step>> {
    if let Some(address) = typed {
        return Ok(address);
    }
    world.catalog.my_ip.ask();
    Err(Box::new(Step::read(Read::MyIp, world)))
}

/// The address of the service's answer; an older answer does not count.
pub(super) fn answered(outcome: &Result<Found, Problem>, world: &World<'_>) -> Option<IpAddr> {
    outcome.as_ref().ok().and(world.catalog.my_ip.value)
}
