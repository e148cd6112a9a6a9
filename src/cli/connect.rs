//! The words of `ec2deck connect`.

use clap::Args;

/// Log in to an instance by ssh, or run a command there.
///
/// The exit status is ssh's own: that of the command, or 255 when ssh could not get in; 255, too, when it was not even
/// tried, 127 when there is no ssh on this machine, 2 when the words here are wrong. Flags such as --profile stand
/// before `connect`.
#[derive(Args, Clone, Debug)]
pub struct Connect {
    /// The instance: its id or its Name tag
    #[arg(value_name = "NAME-OR-ID")]
    pub instance: String,

    /// Another port than the remembered one (22, unless you have said otherwise)
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,

    /// What to run there instead of a shell, after `--`
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}
