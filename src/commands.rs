//! What the program does without a screen, for scripts and for those who are not in the dashboard.

pub mod connect;
pub mod convert_key;
pub mod doctor;
pub mod headless;
mod json;

use std::process::ExitCode;

use crate::cli::{Command, Options};
use crate::runtime;

/// Does what the command line asks for: the dashboard, unless it names something else.
///
/// # Errors
/// When the terminal cannot be used.
pub async fn run(command: Option<Command>, options: Options) -> color_eyre::Result<ExitCode> {
    match command {
        None => Box::pin(runtime::run(options)).await.map(|()| ExitCode::SUCCESS),
        Some(Command::ConvertKey(words)) => Ok(convert_key::run(words)),
        Some(Command::Connect(words)) => Ok(Box::pin(connect::run(options, words)).await),
        Some(Command::Doctor(words)) => Ok(Box::pin(doctor::run(options, words)).await),
    }
}
