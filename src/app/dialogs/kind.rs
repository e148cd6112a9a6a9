//! Every kind of dialog.

use super::Asked;
use super::auto_stop::AutoStopDialog;
use super::export_key::ExportKeyDialog;
use super::group::GroupDialog;
use super::import_key::ImportKeyDialog;
use super::login::LoginDialog;
use super::my_address::MyAddressDialog;
use super::new_key::NewKeyDialog;
use super::rule::RuleDialog;
use super::tag::TagDialog;
use super::unlock::UnlockDialog;

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        /// Whose form it is.
        #[derive(Clone, Debug, PartialEq)]
        pub enum DialogKind {
            $($(#[$meta])* $name($name)),+
        }

        impl DialogKind {
            pub(super) fn asked(&mut self) -> &mut dyn Asked {
                match self {
                    $(Self::$name(asked) => asked),+
                }
            }
        }

        $(impl From<$name> for DialogKind {
            fn from(asked: $name) -> Self {
                Self::$name(asked)
            }
        })+
    };
}

kinds! {
    /// When an instance stops or ends by itself.
    AutoStopDialog,
    /// A private key for PuTTY.
    ExportKeyDialog,
    /// A new security group.
    GroupDialog,
    /// A public key for EC2.
    ImportKeyDialog,
    /// Who logs in.
    LoginDialog,
    /// One's own address.
    MyAddressDialog,
    /// A new key pair.
    NewKeyDialog,
    /// A rule.
    RuleDialog,
    /// One tag of a resource.
    TagDialog,
    /// The passphrase of a private key.
    UnlockDialog,
}
