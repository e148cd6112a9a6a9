//! Every kind of dialog.

use super::Asked;
use super::group::GroupDialog;
use super::my_address::MyAddressDialog;
use super::rule::RuleDialog;
use super::tag::TagDialog;

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
    /// A new security group.
    GroupDialog,
    /// One's own address.
    MyAddressDialog,
    /// A rule.
    RuleDialog,
    /// One tag of a resource.
    TagDialog,
}
