//! What is decided at start and never changes while the program runs.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::region::Region;
use crate::domain::ssh_places::SshPlaces;
use crate::domain::who::Who;
use crate::text::Language;

/// The settings of one run, from the command line and the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// Of every text.
    pub language: Language,
    /// A simulated account: the header says so.
    pub demo: bool,
    /// Nothing that changes something is sent.
    pub read_only: bool,
    /// How often lists are read again while nothing changes.
    pub refresh: Duration,
    /// Where new private keys go.
    pub key_folder: PathBuf,
    /// Where private keys are looked for; the key folder among them.
    pub key_folders: Vec<PathBuf>,
    /// The home folder, shown as `~`.
    pub home: Option<PathBuf>,
    /// Plain ASCII signs instead of `●` and the like.
    pub ascii: bool,
    /// `--profile`
    pub profile: Option<String>,
    /// `--region`
    pub region: Option<Region>,
    /// Where what was read from AWS and may be lost is kept; `None`: nothing is.
    pub cache_folder: Option<PathBuf>,
    /// Where the files about getting in are; `None` where there is no home folder.
    pub ssh_places: Option<SshPlaces>,
    /// Who sits here: rules for one's own address say so.
    pub who: Who,
    /// Random and different for each run: the tokens and tags that settle unclear outcomes begin with it.
    pub run_id: String,
}

impl Environment {
    /// The path that the person wrote, with their home for a leading `~`.
    #[must_use]
    pub fn full_path(&self, written: &str) -> PathBuf {
        let written = written.trim();
        match (self.home.as_deref(), written.strip_prefix('~')) {
            (Some(home), Some("")) => home.to_owned(),
            (Some(home), Some(rest)) if rest.starts_with(['/', std::path::MAIN_SEPARATOR]) => home.join(&rest[1..]),
            _ => PathBuf::from(written),
        }
    }

    /// A path as people write it, with `~` for their home.
    #[must_use]
    pub fn short_path(&self, path: &std::path::Path) -> String {
        let shown = match self.home.as_deref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(rest) => format!("~/{}", rest.display()),
            None => path.display().to_string(),
        };
        crate::domain::clean::clean(&shown)
    }
}
