//! Deletes a volume that is attached to nothing, or a snapshot that no image needs: both for good, after a question.
//!
//! Neither call is repeated by itself. After an unclear answer the list shows whether it is gone.

use super::address_calls::{Looks, wait};
use super::{Event, Step, Work};
use crate::app::App;
use crate::app::form::TextInput;
use crate::app::modal::{Confirm, Then, TypedWord};
use crate::app::world::World;
use crate::domain::id::{ImageId, SnapshotId, VolumeId};
use crate::domain::problem::{Cause, Problem};
use crate::domain::volume::{Volume, VolumeState};
use crate::message::{Read, Write};
use crate::text;
use crate::text::Text;

/// Deleting a volume or a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Discard {
    what: Goods,
    question: Box<Confirm>,
    /// The answer that left it open whether it is gone.
    unclear: Option<Problem>,
    looks: Looks,
}

#[derive(Clone, Debug, PartialEq)]
enum Goods {
    Volume(VolumeId),
    Snapshot(SnapshotId),
}

impl Goods {
    fn id(&self) -> &str {
        match self {
            Self::Volume(id) => id.as_str(),
            Self::Snapshot(id) => id.as_str(),
        }
    }

    fn write(&self) -> Write {
        match self {
            Self::Volume(id) => Write::DeleteVolume(id.clone()),
            Self::Snapshot(id) => Write::DeleteSnapshot(id.clone()),
        }
    }

    /// EC2's word for one that is gone already.
    fn not_found(&self) -> &'static str {
        match self {
            Self::Volume(_) => "InvalidVolume.NotFound",
            Self::Snapshot(_) => "InvalidSnapshot.NotFound",
        }
    }

    /// Reads the list that it is on.
    fn reread(&self, world: &mut World<'_>) -> Step {
        match self {
            Self::Volume(_) => {
                world.inventory.volumes.ask();
                Step::read(Read::Volumes, world)
            }
            Self::Snapshot(_) => {
                world.inventory.snapshots.ask();
                Step::read(Read::Snapshots, world)
            }
        }
    }

    /// Whether the list does not have it any more. A volume is listed for a moment while it is being deleted.
    fn is_gone(&self, world: &World<'_>) -> bool {
        match self {
            Self::Volume(id) => {
                let volume = world.inventory.volumes.get(id.as_str());
                volume.is_none_or(|volume| volume.state == VolumeState::Gone)
            }
            Self::Snapshot(id) => world.inventory.snapshots.get(id.as_str()).is_none(),
        }
    }

    fn task(&self) -> Text {
        match self {
            Self::Volume(id) => text!("task-delete-volume", id = id),
            Self::Snapshot(id) => text!("task-delete-snapshot", id = id),
        }
    }

    fn done(&self) -> Text {
        match self {
            Self::Volume(id) => text!("done-delete-volume", id = id),
            Self::Snapshot(id) => text!("done-delete-snapshot", id = id),
        }
    }
}

impl Discard {
    /// Deletes a volume, after its id or name was typed: what is on it is gone.
    fn volume(volume: &Volume) -> Self {
        let mut lines = vec![
            text!("delete-volume-is", size = volume.size_gib.to_string(), zone = volume.zone.as_str()),
            text!("delete-volume-final"),
        ];
        if let Some(name) = &volume.name {
            lines.insert(0, text!("confirm-instance", name = name.as_str(), id = &volume.id));
        }
        if let Some(created) = volume.created {
            let day = created.strftime("%Y-%m-%d").to_string();
            lines.push(text!("delete-volume-created", day = day));
        }
        lines.push(match &volume.snapshot {
            Some(snapshot) => text!("delete-volume-from", snapshot = snapshot),
            None => text!("delete-volume-from-nothing"),
        });
        lines.push(text!("delete-volume-keep-first", command = keep_first(&volume.id)));
        let mut expected = vec![volume.id.to_string()];
        expected.extend(volume.name.clone());
        let typed = TypedWord { expected, input: TextInput::default(), option: None };
        let title = text!("delete-volume-title", id = &volume.id);
        Self::asking(Goods::Volume(volume.id.clone()), title, lines, Some(typed))
    }

    fn asking(what: Goods, title: Text, lines: Vec<Text>, typed: Option<TypedWord>) -> Self {
        let question = Confirm { title, lines, typed, yes: false, danger: true, then: Then::Quit };
        Self { what, question: Box::new(question), unclear: None, looks: Looks::default() }
    }

    fn done(&self, world: &mut World<'_>) -> Step {
        self.what.reread(world);
        Step::done(self.what.done())
    }
}

/// The command that makes a copy first.
fn keep_first(volume: &VolumeId) -> String {
    format!("aws ec2 create-snapshot --volume-id {volume}")
}

impl Work for Discard {
    fn on(&mut self, event: Event<'_>, world: &mut World<'_>) -> Step {
        match event {
            Event::Begin => Step::Ask((*self.question).clone()),
            Event::Yes => Step::write(world.outbox.write(self.what.write())),
            Event::Written(Ok(_)) => self.done(world),
            Event::Written(Err(problem)) if problem.is(self.what.not_found()) => self.done(world),
            Event::Written(Err(problem)) if problem.cause == Cause::UnclearOutcome => {
                self.unclear = Some(problem.clone());
                self.what.reread(world)
            }
            Event::Written(Err(problem)) => {
                self.what.reread(world);
                Step::Failed(problem.clone())
            }
            Event::Found(Ok(_)) if self.what.is_gone(world) => Step::done(self.what.done()),
            Event::Found(found) => match (self.looks.after(found.is_ok()), &self.unclear) {
                (Some(pause), _) => wait(pause, world),
                (None, Some(unclear)) => Step::Failed(unclear.clone()),
                (None, None) => Step::Dropped,
            },
            Event::Woken => self.what.reread(world),
            _ => Step::Dropped,
        }
    }

    fn label(&self) -> Text {
        self.what.task()
    }

    fn leaves_behind(&self) -> Option<Text> {
        self.unclear.is_some().then(|| text!("delete-unclear", id = self.what.id()))
    }
}

impl App {
    /// Asks whether a volume is to be deleted.
    pub(in crate::app) fn delete_volume(&mut self, id: &VolumeId) {
        if let Some(volume) = self.inventory.volumes.get(id.as_str()) {
            let job = Discard::volume(volume);
            self.begin(job.into());
        }
    }

    /// Asks whether a snapshot whose image is gone is to be deleted.
    pub(in crate::app) fn delete_snapshot(&mut self, id: &SnapshotId, image: &ImageId) {
        let Some(snapshot) = self.inventory.snapshots.get(id.as_str()) else { return };
        let mut lines = vec![
            text!("delete-snapshot-is", size = snapshot.volume_gib.to_string()),
            text!("delete-snapshot-image", image = image),
        ];
        if let Some(started) = snapshot.started {
            lines.push(text!("delete-volume-created", day = started.strftime("%Y-%m-%d").to_string()));
        }
        lines.push(text!("delete-snapshot-final"));
        let title = text!("delete-snapshot-title", id = id);
        let job = Discard::asking(Goods::Snapshot(id.clone()), title, lines, None);
        self.begin(job.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::launch::testing::Bench;
    use crate::app::tasks::Wait;
    use crate::message::{Effect, Found, Page, Slot, Written};

    fn volume(state: VolumeState) -> Volume {
        Volume { state, ..crate::app::launch::sample::volume(8) }
    }

    fn unclear() -> Problem {
        Problem {
            cause: Cause::UnclearOutcome,
            operation: "DeleteVolume".to_owned(),
            code: String::new(),
            message: String::new(),
            request_id: None,
        }
    }

    /// The step that follows an event, with these volumes listed.
    fn step(task: &mut Discard, bench: &mut Bench, listed: &[Volume], event: Event<'_>) -> Step {
        let page = Page { rows: listed.to_vec(), more: false };
        bench.inventory.volumes.page(page, bench.now, |_| false);
        let mut step = Step::Dropped;
        bench.with(|world| step = task.on(event, world));
        step
    }

    #[test]
    fn a_lost_answer_is_settled_by_the_list() {
        for (listed, gone) in [
            (vec![], true),
            (vec![volume(VolumeState::Gone)], true),
            (vec![volume(VolumeState::Other)], false),
            (vec![volume(VolumeState::Available)], false),
        ] {
            let (mut task, mut bench) = (Discard::volume(&volume(VolumeState::Available)), Bench::new());
            assert!(matches!(
                step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Begin),
                Step::Ask(_)
            ));
            let sent = step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Yes);
            assert!(matches!(sent, Step::Wait(Wait::Write(_))));
            let writes = |bench: &mut Bench| {
                bench.effects().into_iter().filter(|effect| matches!(effect, Effect::Write { .. })).count()
            };
            assert_eq!(writes(&mut bench), 1);
            let looks = step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Written(&Err(unclear())));
            assert_eq!(looks, Step::Wait(Wait::Read(Slot::Volumes)));
            let found = Ok(Found::Volumes(Page { rows: vec![], more: false }));
            let after = step(&mut task, &mut bench, &listed, Event::Found(&found));
            assert_eq!(matches!(after, Step::Done(_)), gone, "{listed:?}: {after:?}");
            assert_eq!(writes(&mut bench), 0, "it is not sent a second time");
        }
    }

    #[test]
    fn what_stays_listed_ends_as_not_known_and_what_is_gone_already_is_done() {
        let (mut task, mut bench) = (Discard::volume(&volume(VolumeState::Available)), Bench::new());
        let mut last = step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Written(&Err(unclear())));
        assert!(task.leaves_behind().is_some());
        for _ in 0..20 {
            let found = Ok(Found::Volumes(Page { rows: vec![], more: false }));
            last = match last {
                Step::Wait(Wait::Read(_)) => {
                    step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Found(&found))
                }
                Step::Wait(_) => step(&mut task, &mut bench, &[volume(VolumeState::Available)], Event::Woken),
                other => other,
            };
        }
        assert_eq!(last, Step::Failed(unclear()));
        let gone = Problem { cause: Cause::Service, code: "InvalidVolume.NotFound".to_owned(), ..unclear() };
        let after = step(&mut task, &mut bench, &[], Event::Written(&Err(gone)));
        assert!(matches!(after, Step::Done(_)));
        let good = step(&mut task, &mut bench, &[], Event::Written(&Ok(Written::Done)));
        assert!(matches!(good, Step::Done(_)));
    }
}
