//! Every kind of task.

use super::Work;
use super::add_rule::AddRule;
use super::allocate::Allocate;
use super::allow_me::AllowMe;
use super::associate::Associate;
use super::auto_stop::SetAutoStop;
use super::auto_stop_off::TakeOffAutoStop;
use super::change::Change;
use super::change_type::ChangeType;
use super::close_to_me::CloseToMe;
use super::connect::Connect;
use super::delete_group::DeleteGroup;
use super::discard::Discard;
use super::examine::Examine;
use super::export_key::ExportKey;
use super::fixed_address::FixedAddress;
use super::forget_host_key::ForgetHostKey;
use super::import_key::ImportKey;
use super::lock_key::LockKey;
use super::make_group::MakeGroup;
use super::new_key::NewKey;
use super::open_session::OpenSession;
use super::regroup::Regroup;
use super::release::Release;
use super::remember::Remember;
use super::remember_hosts::RememberHosts;
use super::rewrite_host::RewriteHost;
use super::save_putty::SavePutty;
use super::set_credits::SetCredits;
use super::show_password::ShowPassword;
use super::undo::TakeBack;
use crate::text::Text;

macro_rules! jobs {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        /// What a task does.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Job {
            $($(#[$meta])* $name($name)),+
        }

        impl Job {
            pub(super) fn work(&mut self) -> &mut dyn Work {
                match self {
                    $(Self::$name(work) => work),+
                }
            }

            fn read(&self) -> &dyn Work {
                match self {
                    $(Self::$name(work) => work),+
                }
            }
        }

        $(impl From<$name> for Job {
            fn from(work: $name) -> Self {
                Self::$name(work)
            }
        })+
    };
}

jobs! {
    /// Lets an instance stop or end by itself.
    SetAutoStop,
    /// Keeps it from that.
    TakeOffAutoStop,
    /// Adds a rule.
    AddRule,
    /// Lets one's own address in.
    AllowMe,
    /// Allocates an Elastic IP.
    Allocate,
    /// Puts an Elastic IP on an instance.
    Associate,
    /// Changes one after the other.
    Change,
    /// Makes an instance one of another type.
    ChangeType,
    /// Closes a group to one's own address.
    CloseToMe,
    /// Goes on to a server.
    Connect,
    /// Deletes a volume or a snapshot.
    Discard,
    /// Sets what happens when CPU credits are used up.
    SetCredits,
    /// Deletes a group.
    DeleteGroup,
    /// Remembers who logs in.
    Remember,
    /// Lets a remembered host name another address.
    RewriteHost,
    /// Forgets host keys.
    ForgetHostKey,
    /// Finds out why nobody gets in.
    Examine,
    /// Remembers a region's instances for ssh.
    RememberHosts,
    /// Saves a session for PuTTY.
    SavePutty,
    /// Shows the password of Windows' administrator.
    ShowPassword,
    /// Converts a private key for PuTTY.
    ExportKey,
    /// Imports a public key.
    ImportKey,
    /// Closes key files to others.
    LockKey,
    /// Makes a group.
    MakeGroup,
    /// Makes a key pair.
    NewKey,
    /// Gives an instance a fixed address.
    FixedAddress,
    /// Opens a session of Session Manager.
    OpenSession,
    /// Puts a group on an instance, or takes one off.
    Regroup,
    /// Releases an Elastic IP.
    Release,
    /// Takes something back.
    TakeBack,
}

impl Job {
    pub(super) fn label(&self) -> Text {
        self.read().label()
    }

    pub(super) fn leaves_behind(&self) -> Option<Text> {
        self.read().leaves_behind()
    }
}
