//! One's own address, typed, when no service could tell it.

use std::net::IpAddr;

use super::{Asked, Dialog};
use crate::app::form::{Field, Form};
use crate::app::launch::group::rules::parse_address;
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::allow_me::AllowMe;
use crate::app::tasks::close_to_me::CloseToMe;
use crate::app::world::World;
use crate::text;
use crate::text::Text;

const ADDRESS: &str = "address";

/// What the address is for.
#[derive(Clone, Debug, PartialEq)]
pub enum MyAddressDialog {
    /// To let it in.
    Allow(AllowMe),
    /// To let nobody else in.
    Close(CloseToMe),
}

impl MyAddressDialog {
    /// Asks for the address that is to be let in.
    #[must_use]
    pub fn to_allow(job: AllowMe) -> Dialog {
        Self::Allow(job).dialog()
    }

    /// Asks for the address that a group is to be closed to.
    #[must_use]
    pub fn to_close(job: CloseToMe) -> Dialog {
        Self::Close(job).dialog()
    }

    fn dialog(self) -> Dialog {
        let field = Field::text(ADDRESS, "my-address-field", "", 45).with_hint(text!("my-address-hint"));
        Dialog::new(text!("my-address-title"), vec![field], self)
    }
}

impl Asked for MyAddressDialog {
    fn fit(&mut self, _form: &mut Form, _world: &mut World<'_>) -> Vec<(Text, Tone)> {
        vec![(text!("my-address-why"), Tone::Warning)]
    }

    fn send(&mut self, form: &mut Form, _world: &mut World<'_>) -> Option<Job> {
        let address = parse_address(form.value(ADDRESS)).filter(is_somewhere);
        let Some(address) = address else {
            form.set_error(ADDRESS, text!("group-my-address-wrong"));
            return None;
        };
        Some(match self {
            Self::Allow(job) => job.clone().from_address(address).into(),
            Self::Close(job) => job.clone().from_address(address).into(),
        })
    }
}

/// An address that somebody can come from.
fn is_somewhere(address: &IpAddr) -> bool {
    !address.is_unspecified() && !address.is_multicast() && !address.is_loopback()
}
