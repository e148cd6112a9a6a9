//! `AllocateAddress`: it costs money and carries no token, so an unclear one is looked for by its tag and never sent
//! again.

use std::net::Ipv4Addr;

use super::{Looks, Progress, look_later};
use crate::app::tasks::{Event, Step};
use crate::app::world::World;
use crate::domain::id::AllocationId;
use crate::domain::problem::{Cause, Problem};
use crate::domain::tag::{NAME, Tag};
use crate::message::{Found, MadeKind, Read, Write, Written};

/// One allocation.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app::tasks) struct Allocating {
    marker: String,
    looks: Looks,
    /// The answer that was not clear.
    unclear: Option<Problem>,
}

impl Allocating {
    /// Sends it; the address gets this `Name` tag.
    pub fn begin(name: Option<&str>, world: &mut World<'_>) -> (Self, Step) {
        let marker = world.outbox.unique_token();
        let tags = name.map(|name| Tag::new(NAME, name)).into_iter().collect();
        let write = world.outbox.write(Write::AllocateAddress { tags, marker: marker.clone() });
        (Self { marker, looks: Looks::default(), unclear: None }, Step::write(write))
    }

    /// What comes next.
    pub fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Progress<(AllocationId, Ipv4Addr)> {
        match event {
            Event::Written(Ok(Written::Address(id, ip))) => Progress::Done((id.clone(), *ip)),
            Event::Written(Err(problem)) if problem.cause == Cause::UnclearOutcome => {
                self.unclear = Some(problem.clone());
                self.look(world)
            }
            Event::Written(Err(problem)) => Progress::Failed(problem.clone()),
            Event::Found(found) => match (found, &self.unclear) {
                (Ok(Found::Made(made)), Some(unclear)) => match made.addresses.first() {
                    Some(address) => Progress::Done((address.id.clone(), address.ip)),
                    None => look_later(&mut self.looks, true, unclear, world),
                },
                (_, Some(unclear)) => look_later(&mut self.looks, false, unclear, world),
                (_, None) => self.look(world),
            },
            _ => self.look(world),
        }
    }

    fn look(&self, world: &mut World<'_>) -> Progress<(AllocationId, Ipv4Addr)> {
        let read = Read::MadeBy { marker: self.marker.clone(), kind: MadeKind::Address };
        Progress::Going(Step::read(read, world))
    }
}
