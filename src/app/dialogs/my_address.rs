//! One's own address, typed, when no service could tell it.

use std::net::{IpAddr, Ipv4Addr};

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
        if is_private(address) {
            form.set_error(ADDRESS, text!("my-address-private"));
            return None;
        }
        Some(match self {
            Self::Allow(job) => job.clone().from_address(address).into(),
            Self::Close(job) => job.clone().from_address(address).into(),
        })
    }
}

/// An address that is only known inside a network: AWS never sees it. The addresses for documentation are not among
/// them.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => is_private_v4(address),
            None => address.is_loopback() || address.is_unicast_link_local() || address.is_unique_local(),
        },
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // 100.64.0.0/10 is what providers use for many customers behind one address.
    let shared = first == 100 && (64..128).contains(&second);
    address.is_private() || address.is_loopback() || address.is_link_local() || shared
}

/// An address that somebody can come from.
fn is_somewhere(address: &IpAddr) -> bool {
    !address.is_unspecified() && !address.is_multicast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_aws_never_sees_are_private() {
        for (address, private) in [
            ("192.168.0.5", true),
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.32.0.1", false),
            ("100.64.0.1", true),
            ("100.128.0.1", false),
            ("127.0.0.1", true),
            ("169.254.1.1", true),
            ("::1", true),
            ("fe80::1", true),
            ("fd12::1", true),
            ("fc00::1", true),
            ("::ffff:10.0.0.1", true),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("192.0.2.9", false),
            ("2001:db8::7", false),
        ] {
            assert_eq!(is_private(address.parse().unwrap()), private, "{address}");
        }
    }
}
