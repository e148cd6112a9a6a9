//! Where the update function puts the effects it asks for, with the numbers by which replies find their way back.

use std::collections::BTreeSet;

use crate::domain::id::InstanceId;
use crate::domain::program::Program;
use crate::domain::region::Region;
use crate::message::{Effect, LocalId, LocalTask, Read, SessionId, Write, WriteId};

/// Effects of one update, and the counters behind their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    effects: Vec<Effect>,
    session: SessionId,
    writes: u64,
    locals: u64,
    tokens: u64,
    run_id: String,
    /// Instances that the latest question by id is about, until it is answered.
    asked_by_id: BTreeSet<InstanceId>,
}

impl Outbox {
    /// An empty outbox; `run_id` begins every token.
    #[must_use]
    pub fn new(run_id: String) -> Self {
        Self { run_id, ..Self::default() }
    }

    /// The session that reads and writes belong to.
    #[must_use]
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// Opens a new session: replies to older reads are stale from now on.
    pub fn open_session(&mut self, profile: Option<String>, region: Option<Region>) {
        self.session.0 += 1;
        self.asked_by_id.clear();
        self.effects.push(Effect::OpenSession { session: self.session, profile, region });
    }

    /// Asks AWS. Questions for instances by their ids replace one another: a newer one takes along what the one before
    /// it has not been told yet, so that whoever waits for an answer gets one that is about its instance.
    pub fn read(&mut self, read: Read) {
        let read = match read {
            Read::InstancesById(ids) => {
                self.asked_by_id.extend(ids);
                Read::InstancesById(self.asked_by_id.iter().cloned().collect())
            }
            other => other,
        };
        self.effects.push(Effect::Read { session: self.session, read });
    }

    /// Whether a question for instances by their ids is on its way.
    #[must_use]
    pub fn is_asking_by_id(&self) -> bool {
        !self.asked_by_id.is_empty()
    }

    /// An answer has come. Says whether it is about everything that was asked for: one that a newer question has
    /// overtaken is not.
    pub fn answered(&mut self, read: &Read) -> bool {
        let Read::InstancesById(ids) = read else { return true };
        let is_whole = self.asked_by_id.iter().all(|asked| ids.contains(asked));
        if is_whole {
            self.asked_by_id.clear();
        }
        is_whole
    }

    /// Changes something in AWS.
    pub fn write(&mut self, write: Write) -> WriteId {
        self.writes += 1;
        let id = WriteId(self.writes);
        self.effects.push(Effect::Write { session: self.session, id, write });
        id
    }

    /// Works on this machine.
    pub fn local(&mut self, task: LocalTask) -> LocalId {
        self.locals += 1;
        let id = LocalId(self.locals);
        self.effects.push(Effect::Local { id, task });
        id
    }

    /// Gives the terminal to a program.
    pub fn run(&mut self, program: Program) -> LocalId {
        self.locals += 1;
        let id = LocalId(self.locals);
        self.effects.push(Effect::Run { id, program });
        id
    }

    /// Puts text on the clipboard.
    pub fn copy(&mut self, text: String) {
        self.effects.push(Effect::Copy(text));
    }

    /// Ends the program.
    pub fn quit(&mut self) {
        self.effects.push(Effect::Quit);
    }

    /// A text that no other request of any run has: for client tokens (at most 64 ASCII characters) and request tags.
    pub fn unique_token(&mut self) -> String {
        self.tokens += 1;
        format!("ec2deck-{}-{}", self.run_id, self.tokens)
    }

    /// Takes what has gathered.
    pub fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Read {
        Read::InstancesById(ids.iter().map(|id| InstanceId::new(*id)).collect())
    }

    fn asked(outbox: &mut Outbox, wanted: &[&str]) -> Read {
        outbox.read(ids(wanted));
        match outbox.take().remove(0) {
            Effect::Read { read, .. } => read,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_newer_question_takes_along_what_the_older_one_was_about() {
        let mut outbox = Outbox::default();
        assert_eq!(asked(&mut outbox, &["i-1"]), ids(&["i-1"]));
        assert_eq!(asked(&mut outbox, &["i-2"]), ids(&["i-1", "i-2"]));
        assert!(!outbox.answered(&ids(&["i-1"])), "it was overtaken");
        assert_eq!(asked(&mut outbox, &["i-3"]), ids(&["i-1", "i-2", "i-3"]));
        assert!(outbox.answered(&ids(&["i-1", "i-2", "i-3"])));
        assert_eq!(asked(&mut outbox, &["i-4"]), ids(&["i-4"]));
        outbox.open_session(None, None);
        outbox.take();
        assert_eq!(asked(&mut outbox, &["i-5"]), ids(&["i-5"]), "of this session only");
    }
}
