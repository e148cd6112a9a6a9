//! What differs between Linux, macOS and Windows: one file per concern, with a counterpart for each system.

pub mod file_mode;
pub mod folders;
pub mod person;
pub mod replace;
pub mod signals;
pub mod terminal_mode;
