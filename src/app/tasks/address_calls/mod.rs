//! The calls on Elastic IPs that several tasks make, each with what settles an outcome that is not clear: nothing is
//! bought twice, and nothing is said to have failed before EC2 was asked.

mod allocating;
mod associating;
mod looks;
mod releasing;

use jiff::SignedDuration;

pub(super) use self::allocating::Allocating;
pub(super) use self::associating::{Associating, is_at};
pub(super) use self::looks::Looks;
pub(super) use self::releasing::{BETWEEN_TRIES, IN_USE, NOT_FOUND, Releasing};
use super::{Step, Wait};
use crate::app::modal::PageContent;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::problem::Problem;
use crate::text;

/// Where a call is.
#[derive(Debug)]
pub(super) enum Progress<T> {
    /// It goes on with this step.
    Going(Step),
    /// It is done.
    Done(T),
    /// It has failed.
    Failed(Problem),
}

/// Waits for a while.
pub(super) fn wait(time: SignedDuration, world: &World<'_>) -> Step {
    Step::Wait(Wait::Until(world.now.saturating_add(time).unwrap_or(jiff::Timestamp::MAX)))
}

/// An unclear call that nothing has settled yet: the next look, or that it failed.
fn look_later<T>(looks: &mut Looks, answered: bool, unclear: &Problem, world: &World<'_>) -> Progress<T> {
    match looks.after(answered) {
        Some(pause) => Progress::Going(wait(pause, world)),
        None => Progress::Failed(unclear.clone()),
    }
}

/// The region has as many Elastic IPs as it may: says so, and names those that cost money for nothing.
pub(super) fn limit_reached(world: &mut World<'_>) -> Step {
    let inventory = &world.inventory;
    let mut idle: Vec<_> = inventory.addresses.rows.iter().filter(|one| inventory.is_idle(one)).collect();
    idle.sort_by_key(|address| address.ip);
    let mut lines = vec![text!("code-address-limit")];
    lines.extend(idle.iter().map(|address| match (&address.name, &address.association) {
        (_, Some(on)) if inventory.is_on_loose_interface(on) => {
            let interface = on.interface.as_ref().map(ToString::to_string).unwrap_or_default();
            text!("limit-on-loose-interface", address = address.ip, interface = interface)
        }
        (_, Some(on)) => {
            let name = on.instance.as_ref().map(|id| crate::app::instance_groups::label_of(id, inventory));
            text!("limit-on-stopped", address = address.ip, name = name.unwrap_or_default())
        }
        (Some(name), None) => text!("limit-idle-named", address = address.ip, name = name.as_str()),
        (None, None) => text!("limit-idle", address = address.ip),
    }));
    lines.push(if idle.is_empty() { text!("limit-none-idle") } else { text!("limit-use-idle") });
    world.wish(Wish::Page(PageContent::Lines { title: text!("limit-title"), lines }));
    Step::told(text!("allocate-not"), Tone::Warning)
}
