//! A new Elastic IP: a question, because it costs money; then the instances that it can go to are offered at once.

use super::address_calls::{Allocating, Progress, limit_reached};
use super::{Event, Step, Work};
use crate::app::address_choice::targets;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::panes::PaneKind;
use crate::app::world::{Wish, World};
use crate::domain::problem::Problem;
use crate::text;
use crate::text::Text;

/// Allocating an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Allocate {
    sent: Option<Allocating>,
}

impl Allocate {
    /// The question before one is bought: `for_whom` is the instance that it is meant for, if there is one.
    pub(super) fn question(for_whom: Option<&str>, world: &World<'_>) -> Confirm {
        let title = match for_whom {
            Some(name) => text!("allocate-title-for", name = name),
            None => text!("allocate-title"),
        };
        let mut lines = vec![text!("allocate-costs")];
        let unused = world.inventory.unused_addresses();
        match unused.as_slice() {
            [] => {}
            [one] => lines.push(text!("allocate-one-is-idle", address = one.ip)),
            several => lines.push(text!("allocate-several-are-idle", n = several.len())),
        }
        lines.push(match for_whom {
            Some(name) => text!("allocate-goes-to", name = name),
            None => text!("allocate-then-choose"),
        });
        Confirm { title, lines, typed: None, yes: false, danger: false, then: Then::Quit }
    }

    /// What is said about an allocation that did not work.
    pub(super) fn failed(problem: Problem, world: &mut World<'_>) -> Step {
        world.reread_addresses_on(None);
        if problem.is("AddressLimitExceeded") { limit_reached(world) } else { Step::Failed(problem) }
    }
}

impl Work for Allocate {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        let progress = match (event, &mut self.sent) {
            (Event::Begin, _) => return Step::Ask(Self::question(None, world)),
            (Event::Yes, None) => {
                let (sent, step) = Allocating::begin(None, world);
                self.sent = Some(sent);
                return step;
            }
            (event, Some(sent)) => sent.on(event, world),
            _ => return Step::Dropped,
        };
        match progress {
            Progress::Going(step) => step,
            Progress::Failed(problem) => Self::failed(problem, world),
            Progress::Done((id, ip)) => {
                world.reread_addresses_on(None);
                world.wish(Wish::Select(PaneKind::Addresses, id.as_str().to_owned()));
                let title = text!("associate-title", address = ip);
                let left = text!("allocate-left-idle", address = ip);
                match targets(&id, ip, world.inventory, title, Some(left)) {
                    Some(choice) => {
                        world.wish(Wish::Choose(choice));
                        Step::done(text!("done-allocate", address = ip))
                    }
                    None => Step::told(text!("allocate-no-instance", address = ip), Tone::Warning),
                }
            }
        }
    }

    fn label(&self) -> Text {
        text!("task-allocate")
    }

    fn leaves_behind(&self) -> Option<Text> {
        self.sent.as_ref().map(|_| text!("allocate-unfinished"))
    }
}
