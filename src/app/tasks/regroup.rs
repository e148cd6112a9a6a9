//! Puts one security group on an interface of an instance, or takes one off. EC2 knows only whole lists of groups: the
//! list is read again right before it is written, so that nothing is lost that came or went meanwhile.

use super::undo::{Place, Undoable};
use super::{Event, Step, Work};
use crate::app::group_effect::GroupEffect;
use crate::app::instance_groups::full_words;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::{GroupId, InstanceId, InterfaceId};
use crate::domain::instance::{Instance, Interface};
use crate::domain::limits::GROUPS_PER_INTERFACE;
use crate::domain::security_group::SecurityGroup;
use crate::message::{Found, Read, Write};
use crate::text;
use crate::text::Text;

/// How often another answer may come in place of the one that is waited for.
const TRIES: u8 = 5;

/// Attaching or detaching one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Regroup {
    instance: InstanceId,
    name: String,
    interface: InterfaceId,
    group: GroupId,
    group_name: String,
    way: Way,
    /// Whether it takes the opposite back.
    undoes: bool,
    /// What the person has been asked about.
    asked: Option<GroupEffect>,
    tries: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Asking,
    Reading,
    Writing,
}

impl Regroup {
    /// Puts a group on.
    #[must_use]
    pub fn attach(instance: &Instance, interface: &InterfaceId, group: &SecurityGroup) -> Self {
        Self::new(instance, interface, group, Way::On)
    }

    /// Takes a group off.
    #[must_use]
    pub fn detach(instance: &Instance, interface: &InterfaceId, group: &SecurityGroup) -> Self {
        Self::new(instance, interface, group, Way::Off)
    }

    fn new(instance: &Instance, interface: &InterfaceId, group: &SecurityGroup, way: Way) -> Self {
        Self {
            instance: instance.id.clone(),
            name: instance.label().to_owned(),
            interface: interface.clone(),
            group: group.id.clone(),
            group_name: group.name.clone(),
            way,
            undoes: false,
            asked: None,
            tries: 0,
            state: State::Asking,
        }
    }

    /// The interface whose groups it changes.
    #[must_use]
    pub fn interface(&self) -> &InterfaceId {
        &self.interface
    }

    /// Whether it takes something back.
    #[must_use]
    pub fn undoes(&self) -> bool {
        self.undoes
    }

    /// The same from its beginning, as one that takes something back.
    fn as_undo(&self, way: Way) -> Self {
        Self { way, undoes: true, asked: None, tries: 0, state: State::Asking, ..self.clone() }
    }

    fn after(&self, before: &[GroupId]) -> Vec<GroupId> {
        let others = before.iter().filter(|id| **id != self.group).cloned();
        match self.way {
            Way::On => others.chain([self.group.clone()]).collect(),
            Way::Off => others.collect(),
        }
    }

    fn begin(&mut self, world: &mut World<'_>) -> Step {
        // The question says whether the person still gets in: from where they are now.
        world.catalog.ask_my_ip(world.outbox);
        if self.undoes {
            return self.read(world);
        }
        let Some((instance, before)) = self.present(world) else { return self.is_gone() };
        let effect = GroupEffect::of(&instance, &before, &self.after(&before), world);
        self.ask(effect, Vec::new())
    }

    fn ask(&mut self, effect: GroupEffect, mut lines: Vec<Text>) -> Step {
        let (group, name) = (self.group_name.as_str(), self.name.as_str());
        let title = match self.way {
            Way::On => text!("attach-question", group = group, name = name),
            Way::Off => text!("detach-question", group = group, name = name),
        };
        lines.extend(effect.lines());
        let danger = effect.opens_to_world;
        self.asked = Some(effect);
        self.state = State::Asking;
        Step::Ask(Confirm { title, lines, typed: None, yes: false, danger, then: Then::Quit })
    }

    fn read(&mut self, world: &mut World<'_>) -> Step {
        self.state = State::Reading;
        Step::read(Read::InstancesById(vec![self.instance.clone()]), world)
    }

    /// The instance as it was read last, and the groups of the interface.
    fn present(&self, world: &World<'_>) -> Option<(Instance, Vec<GroupId>)> {
        let instance = world.inventory.instance(&self.instance)?;
        let interface = instance.interfaces.iter().find(|one| one.id == self.interface)?;
        Some((instance.clone(), ids(interface)))
    }

    fn is_gone(&self) -> Step {
        Step::told(text!("regroup-gone", name = self.name.as_str()), Tone::Warning)
    }

    fn write(&mut self, world: &mut World<'_>) -> Step {
        let Some((instance, before)) = self.present(world) else { return self.is_gone() };
        let (group, name) = (self.group_name.as_str(), self.name.as_str());
        let carried = before.contains(&self.group);
        match self.way {
            Way::On if carried => return Step::told(text!("attach-there", group = group, name = name), Tone::Plain),
            Way::Off if !carried => return Step::told(text!("detach-gone", group = group, name = name), Tone::Plain),
            Way::On if before.len() >= GROUPS_PER_INTERFACE => {
                return self.cannot(text!("regroup-cannot", why = full_words()), world);
            }
            Way::Off if before.len() <= 1 => {
                return self.cannot(text!("regroup-cannot", why = text!("detach-last")), world);
            }
            _ => {}
        }
        let groups = self.after(&before);
        let effect = GroupEffect::of(&instance, &before, &groups, world);
        match &self.asked {
            Some(asked) if *asked != effect => return self.ask(effect, vec![text!("regroup-changed")]),
            // What opens something to the world is asked even when it takes something back.
            None if effect.opens_to_world => return self.ask(effect, Vec::new()),
            _ => {}
        }
        self.state = State::Writing;
        Step::write(world.outbox.write(Write::SetInterfaceGroups { interface: self.interface.clone(), groups }))
    }

    fn cannot(&self, why: Text, world: &mut World<'_>) -> Step {
        self.keep(world);
        Step::told(why, Tone::Warning)
    }

    /// What could not be taken back now can be later.
    fn keep(&self, world: &mut World<'_>) {
        if self.undoes {
            let place = Place::of(world);
            world.wish(Wish::CanTakeBack(Box::new(Undoable { place, job: self.as_undo(self.way).into() })));
        }
    }

    fn done(&self, world: &mut World<'_>) -> Step {
        world.reread_instance(&self.instance);
        let (group, name) = (self.group_name.as_str(), self.name.as_str());
        if self.undoes {
            return Step::done(text!("undo-done", what = text!("undo-groups", name = name)));
        }
        let (said, back) = match self.way {
            Way::On => (text!("done-attach", group = group, name = name), Way::Off),
            Way::Off => (text!("done-detach", group = group, name = name), Way::On),
        };
        let place = Place::of(world);
        world.wish(Wish::CanTakeBack(Box::new(Undoable { place, job: self.as_undo(back).into() })));
        Step::done(said)
    }
}

impl Work for Regroup {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match (self.state, event) {
            (_, Event::Begin) => self.begin(world),
            (_, Event::Yes) => self.read(world),
            (_, Event::No) => {
                self.keep(world);
                Step::Dropped
            }
            (State::Reading, Event::Found(Ok(found))) => {
                // EC2 may not list one yet that was just made.
                let is_it =
                    matches!(found, Found::Instances(page) if page.rows.iter().any(|one| one.id == self.instance));
                if is_it {
                    return self.write(world);
                }
                self.tries += 1;
                if self.tries < TRIES { self.read(world) } else { self.is_gone() }
            }
            (State::Writing, Event::Written(Ok(_))) => self.done(world),
            (_, Event::Found(Err(problem)) | Event::Written(Err(problem))) => {
                // What is gone bars nothing that was done before it.
                if !problem.is_not_found() {
                    self.keep(world);
                }
                world.reread_instance(&self.instance);
                Step::Failed(problem.clone())
            }
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        text!("task-groups", name = self.name.as_str())
    }
}

fn ids(interface: &Interface) -> Vec<GroupId> {
    interface.groups.iter().map(|group| group.id.clone()).collect()
}
