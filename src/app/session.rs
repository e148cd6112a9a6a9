//! Whose account, which region.

use super::remote::Remote;
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::message::{Account, SessionInfo};

/// The profile and region in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// What opening it found; the profile and region names are here.
    pub info: SessionInfo,
    /// The profile that the person named, by flag or in the switcher; `None` leaves it to the default chain.
    pub chosen_profile: Option<String>,
    /// The account.
    pub account: Remote<Account>,
    /// Whether the clients are being built.
    pub opening: bool,
    /// Why they could not be.
    pub problem: Option<Problem>,
}

impl Session {
    /// The region in use.
    #[must_use]
    pub fn region(&self) -> Option<&Region> {
        self.info.region.as_ref()
    }

    /// The account id as people read it: `1234-5678-9012`.
    #[must_use]
    pub fn account_in_groups(&self) -> Option<String> {
        let id = &self.account.value.as_ref()?.id;
        if id.len() != 12 || !id.is_ascii() {
            return Some(id.clone());
        }
        Some(format!("{}-{}-{}", &id[..4], &id[4..8], &id[8..]))
    }
}
