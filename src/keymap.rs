//! placeholder
/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key { /// code
 pub code: KeyCode, /// ctrl
 pub ctrl: bool, /// alt
 pub alt: bool }
/// Code
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCode { /// c
 Char(char) }
