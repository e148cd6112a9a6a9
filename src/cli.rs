//! The command line: what may be said there, and one clear line for what may not.
//!
//! Nothing here asks the network or touches the terminal: bad input ends the program before either.

mod connect;
mod convert_key;
mod doctor;
mod error;
mod language;
mod region;

use std::io::IsTerminal;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand};

pub use connect::Connect;
pub use convert_key::ConvertKey;
pub use doctor::Doctor;
pub use error::BadInput;
pub use language::language;

use crate::domain::region::Region;
use crate::domain::web_address::{self, WebAddress};
use crate::platform::folders;
use crate::text::Language;

/// Seconds between two refreshes that AWS does not mind.
const REFRESH: std::ops::RangeInclusive<u64> = 5..=86_400;

/// A keyboard-driven dashboard for Amazon EC2.
#[derive(Clone, Debug, Parser)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(name = "ec2deck", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// Use a simulated account: no AWS account and no network needed
    #[arg(long)]
    demo: bool,

    /// Profile in ~/.aws/config or ~/.aws/credentials [default: the SDK's own chain]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Region, such as ap-northeast-2 [default: the SDK's own chain]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// Another EC2 endpoint, such as a local test server
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,

    /// Change nothing: whatever would, says so instead
    #[arg(long)]
    read_only: bool,

    /// Language of the screen [default: the locale's, else en]
    #[arg(long, value_name = "LANGUAGE", value_parser = ["en", "ko"])]
    lang: Option<String>,

    /// Seconds between refreshes, 5 at least
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(REFRESH))]
    refresh: u64,

    /// Folder of private keys [default: ~/.ssh]
    #[arg(long, value_name = "PATH")]
    key_dir: Option<PathBuf>,

    /// Another folder to look for private keys in; may be given several times
    #[arg(long, value_name = "PATH")]
    also_keys_in: Vec<PathBuf>,

    /// Your own address, instead of asking a service for it
    #[arg(long, value_name = "ADDRESS")]
    my_ip: Option<String>,

    /// The service that tells your own address
    #[arg(long, value_name = "URL", default_value = "https://checkip.amazonaws.com")]
    my_ip_url: String,

    /// Write a log to this file
    #[arg(long, value_name = "PATH")]
    log_file: Option<PathBuf>,

    /// Plain ASCII signs, for fonts without the others
    #[arg(long)]
    ascii: bool,

    /// What to do instead of opening the dashboard.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program does without a screen.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Convert a private key for PuTTY (.ppk), or a .ppk file back to PEM
    ConvertKey(ConvertKey),
    /// Log in to an instance by ssh, or run a command there
    Connect(Connect),
    /// Say why you cannot connect to an instance, check by check
    Doctor(Doctor),
}

/// The command line, checked: what the program runs with.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Options {
    /// A simulated account.
    pub demo: bool,
    /// `None`: the SDK's default chain decides.
    pub profile: Option<String>,
    /// `None`: the SDK's default chain decides.
    pub region: Option<Region>,
    /// `None`: the SDK's default chain decides. An `http` or `https` URL with a host.
    pub endpoint_url: Option<String>,
    /// Nothing is changed.
    pub read_only: bool,
    /// Of the screen.
    pub language: Language,
    /// Between two refreshes while nothing is on its way.
    pub refresh: Duration,
    /// Where private keys are; absolute.
    pub key_folder: PathBuf,
    /// Where else private keys are looked for; absolute.
    pub more_key_folders: Vec<PathBuf>,
    /// The person's own address, when they said it.
    pub my_ip: Option<IpAddr>,
    /// Who tells it otherwise: `https`, or this machine.
    pub my_ip_url: String,
    /// Plain ASCII signs.
    pub ascii: bool,
    /// Where the log goes; `None`: nowhere.
    pub log_file: Option<PathBuf>,
}

/// Reads this process's command line. `--help` and `--version` print and end the process here.
///
/// # Errors
/// One line that says what cannot be used.
pub fn parse() -> Result<Arguments, BadInput> {
    Arguments::try_parse().map_err(|error| BadInput::of_clap(&error))
}

/// Checks that there is a terminal to draw on and to read keys from.
///
/// # Errors
/// One line that says which of the two is none.
pub fn require_terminal() -> Result<(), BadInput> {
    for (there, name) in [(std::io::stdin().is_terminal(), "input"), (std::io::stdout().is_terminal(), "output")] {
        if !there {
            return Err(BadInput::new(format!("needs a terminal, and standard {name} is none")));
        }
    }
    Ok(())
}

impl Arguments {
    /// The checked options; `variable` reads the environment.
    ///
    /// # Errors
    /// One line that says what cannot be used, and what was probably meant.
    pub fn into_options(self, variable: impl Fn(&str) -> Option<String>) -> Result<Options, BadInput> {
        let region = self.region.map(|code| region::check(&code, self.endpoint_url.is_some())).transpose()?;
        if let Some(endpoint) = &self.endpoint_url {
            web_address::parse(endpoint).map_err(|why| BadInput::of_address("--endpoint-url", endpoint, &why))?;
        }
        let service = web_address::parse(&self.my_ip_url).and_then(WebAddress::require_privacy);
        service.map_err(|why| BadInput::of_address("--my-ip-url", &self.my_ip_url, &why))?;
        if self.profile.as_deref() == Some("") {
            return Err(BadInput::of_value("--profile", "", "it is empty"));
        }
        Ok(Options {
            demo: self.demo,
            profile: self.profile,
            region,
            endpoint_url: self.endpoint_url,
            read_only: self.read_only,
            language: language(self.lang.as_deref(), variable),
            refresh: Duration::from_secs(self.refresh),
            key_folder: self.key_dir.map_or_else(folders::ssh, |folder| folders::expand(&folder)),
            more_key_folders: self.also_keys_in.iter().map(|folder| folders::expand(folder)).collect(),
            my_ip: self.my_ip.map(|address| own_address(&address)).transpose()?,
            my_ip_url: self.my_ip_url,
            ascii: self.ascii,
            log_file: self.log_file.map(|file| folders::expand(&file)),
        })
    }
}

impl Options {
    /// Checks the profile's name against those in `~/.aws`. The demo account has no profiles and needs none, and
    /// `default` need not be written down.
    ///
    /// # Errors
    /// One line that names the profile and the nearest one, if there is one.
    pub fn check_profile(&self, known: &[String]) -> Result<(), BadInput> {
        let Some(profile) = self.profile.as_deref().filter(|_| !self.demo) else { return Ok(()) };
        if profile == "default" || known.iter().any(|name| name == profile) {
            return Ok(());
        }
        let near = error::nearest(profile, known.iter().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
        Err(BadInput::of_value("--profile", profile, format!("no such profile in ~/.aws/config or credentials{hint}")))
    }
}

/// An address that somebody can come from.
fn own_address(text: &str) -> Result<IpAddr, BadInput> {
    let refuse = |why| BadInput::of_value("--my-ip", text, why);
    let address: IpAddr = text.parse().map_err(|_| refuse("it is not an IP address"))?;
    if address.is_unspecified() || address.is_multicast() || address.is_loopback() {
        return Err(refuse("nobody reaches a server from that address"));
    }
    Ok(address)
}

#[cfg(test)]
mod tests;
