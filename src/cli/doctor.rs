//! The words of `ec2deck doctor`.

use clap::Args;

/// Say why you cannot connect to an instance, check by check.
///
/// Exit status 0 when you get in, 1 when something stands in the way or could not be seen, 2 when the words here are
/// wrong. Flags such as --profile stand before `doctor`.
#[derive(Args, Clone, Debug)]
pub struct Doctor {
    /// The instance: its id or its Name tag
    #[arg(value_name = "NAME-OR-ID")]
    pub instance: String,

    /// Another port than the usual one (22, or 3389 where it is Windows)
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,

    /// One JSON object instead of lines
    #[arg(long)]
    pub json: bool,
}
