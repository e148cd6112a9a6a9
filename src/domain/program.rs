//! A program that gets the terminal for itself: ssh, a session of Session Manager.

/// What is run, word by word: no shell takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its name, looked for as the system does.
    pub name: String,
    /// Its arguments, each one word.
    pub arguments: Vec<String>,
    /// A line above its own words, in the language of the run.
    pub says: String,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With this status.
    Status(i32),
    /// By a signal, or in another way without a status.
    Killed,
    /// It could not be run: there is no such program.
    NotFound,
    /// It could not be run for another reason.
    NotRun,
}
