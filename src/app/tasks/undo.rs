//! What can be taken back until the program ends: each entry holds the changes that do it, in their order.

use super::change::{Change, Reread};
use crate::app::App;
use crate::app::notice::Tone;
use crate::app::world::World;
use crate::domain::region::Region;
use crate::message::Write;
use crate::text;
use crate::text::Text;

/// How one thing is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// What is taken back, for the line that says so.
    pub what: Text,
    /// The changes, in their order.
    pub writes: Vec<Write>,
    /// Where it was done.
    pub place: Place,
}

/// A profile and region: what was done in one cannot be taken back from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The profile.
    pub profile: String,
    /// The region.
    pub region: Option<Region>,
}

impl Place {
    /// Where the world is now.
    #[must_use]
    pub fn of(world: &World<'_>) -> Self {
        Self { profile: world.profile.to_owned(), region: world.region.cloned() }
    }
}

impl App {
    /// Takes the last thing back that can be.
    pub(in crate::app) fn undo_last(&mut self) {
        let Some(undo) = self.undos.pop() else { return };
        let here = self.in_world(|world| Place::of(world));
        if undo.place != here {
            let region = undo.place.region.as_ref().map(ToString::to_string).unwrap_or_default();
            self.notify(text!("undo-elsewhere", region = region, profile = undo.place.profile.as_str()), Tone::Warning);
            self.undos.push(undo);
            return;
        }
        let said = text!("undo-done", what = undo.what);
        self.begin(Change::new(text!("task-undo"), undo.writes, said, Reread::All).into());
    }
}
