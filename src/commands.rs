//! What the program does without a screen, for scripts and for those who are not in the dashboard.

pub mod convert_key;
