//! `AllocateAddress`: it costs money and carries no token, so an unclear one is looked for by its tag and never sent
//! again.

use std::net::Ipv4Addr;

use super::{BETWEEN_LOOKS, LOOKS, Progress, wait};
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
    looks_left: u8,
    /// The answer that was not clear.
    unclear: Option<Problem>,
}

impl Allocating {
    /// Sends it; the address gets this `Name` tag.
    pub fn begin(name: Option<&str>, world: &mut World<'_>) -> (Self, Step) {
        let marker = world.outbox.unique_token();
        let tags = name.map(|name| Tag::new(NAME, name)).into_iter().collect();
        let write = world.outbox.write(Write::AllocateAddress { tags, marker: marker.clone() });
        (Self { marker, looks_left: LOOKS, unclear: None }, Step::write(write))
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
            Event::Found(Ok(Found::Made(made))) if !made.addresses.is_empty() => match made.addresses.first() {
                Some(address) => Progress::Done((address.id.clone(), address.ip)),
                None => self.look_later(world),
            },
            Event::Woken => self.look(world),
            _ => self.look_later(world),
        }
    }

    fn look(&mut self, world: &mut World<'_>) -> Progress<(AllocationId, Ipv4Addr)> {
        self.looks_left = self.looks_left.saturating_sub(1);
        let read = Read::MadeBy { marker: self.marker.clone(), kind: MadeKind::Address };
        Progress::Going(Step::read(read, world))
    }

    fn look_later(&self, world: &World<'_>) -> Progress<(AllocationId, Ipv4Addr)> {
        match &self.unclear {
            Some(problem) if self.looks_left == 0 => Progress::Failed(problem.clone()),
            _ => Progress::Going(wait(BETWEEN_LOOKS, world)),
        }
    }
}
