//! What is remembered about getting in: who logs in to which family of images, on which port, past which host.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::path::PathBuf;

use super::account_plan::AccountKind;
use super::id::{InstanceId, VpcId};
use super::image::Image;
use super::image_family::ImageFamily;
use super::instance::Instance;
use super::login::{
    AddressKind, Login, LoginParts, LoginProblem, SSH_PORT, check_instance, check_jump, check_port, check_user,
    choose_address,
};
use super::schedule::RoleArn;
use crate::text;
use crate::text::Text;

/// The operation's name in a [`super::problem::Problem`].
pub const READ_REMEMBERED: &str = "ReadRemembered";

/// Everything that is remembered; each value has passed the checks of a [`Login`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    users: BTreeMap<ImageFamily, String>,
    ports: BTreeMap<InstanceId, u16>,
    jumps: BTreeMap<VpcId, String>,
    private: BTreeSet<VpcId>,
    accounts: BTreeMap<String, AccountKind>,
    roles: BTreeMap<String, RoleArn>,
}

/// A line in the settings file that means nothing to this program: a typing mistake, or a newer version's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSetting {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The key, cleaned.
    pub key: String,
}

impl UnknownSetting {
    /// The sentence for the person.
    #[must_use]
    pub fn text(&self) -> Text {
        text!("setting-unknown", line = self.line, column = self.column, key = &self.key)
    }
}

/// What is wrong at a place of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingFault {
    /// It is no TOML; the parser's words, cleaned.
    Syntax(String),
    /// The name stands for a table.
    NotATable(&'static str),
    /// A text belongs here.
    NotText,
    /// A number from 1 to 65535 belongs here.
    NotAPort,
    /// The ARN of a role of that account belongs here.
    NotARole,
    /// `true` or `false` belongs here.
    NotYesOrNo,
    /// A kind of account belongs here.
    NotAnAccountKind,
    /// It may not be handed to ssh.
    Refused(LoginProblem),
}

impl SettingFault {
    /// The sentence for the person.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Syntax(words) => text!("setting-syntax", words = words),
            Self::NotATable(name) => text!("setting-table", name = *name),
            Self::NotText => text!("setting-text"),
            Self::NotAPort => text!("setting-port"),
            Self::NotARole => text!("setting-role"),
            Self::NotYesOrNo => text!("setting-yes-or-no"),
            Self::NotAnAccountKind => text!("setting-account-kind"),
            Self::Refused(problem) => problem.text(),
        }
    }
}

/// What the settings file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RememberedFile {
    /// What it says.
    pub remembered: Remembered,
    /// What it says that means nothing.
    pub unknown: Vec<UnknownSetting>,
}

/// Why there is no way in by ssh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLogin {
    /// The instance has no address at all.
    NoAddress,
    /// A part of the login cannot be handed to ssh.
    Refused(LoginProblem),
}

impl NoLogin {
    /// The sentence for the person.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::NoAddress => text!("login-no-address"),
            Self::Refused(problem) => problem.text(),
        }
    }
}

impl Remembered {
    /// The login that fits an instance now, and what kind of address it uses.
    ///
    /// # Errors
    /// See [`NoLogin`].
    pub fn login(
        &self,
        instance: &Instance,
        image: Option<&Image>,
        elastic_ip: Option<Ipv4Addr>,
        key: Option<PathBuf>,
    ) -> Result<(Login, AddressKind), NoLogin> {
        let vpc = instance.vpc.as_ref();
        let (address, kind) =
            choose_address(instance, elastic_ip, self.prefers_private(vpc)).ok_or(NoLogin::NoAddress)?;
        let parts = LoginParts {
            instance: instance.id.clone(),
            host: address.to_string(),
            port: self.port(&instance.id),
            user: self.user(&ImageFamily::of_image(image, instance.platform)).to_owned(),
            key,
            jump: self.jump(vpc).map(str::to_owned),
        };
        Login::new(parts).map(|login| (login, kind)).map_err(NoLogin::Refused)
    }

    /// Who logs in to images of a family: as remembered, else the family's usual user.
    #[must_use]
    pub fn user(&self, family: &ImageFamily) -> &str {
        self.users.get(family).map_or(family.default_user(), String::as_str)
    }

    /// The port of an instance: as remembered, else 22.
    #[must_use]
    pub fn port(&self, instance: &InstanceId) -> u16 {
        self.ports.get(instance).copied().unwrap_or(SSH_PORT)
    }

    /// The host in front of a VPC.
    #[must_use]
    pub fn jump(&self, vpc: Option<&VpcId>) -> Option<&str> {
        self.jumps.get(vpc?).map(String::as_str)
    }

    /// Whether instances of a VPC are reached at their private address although they have a public one.
    #[must_use]
    pub fn prefers_private(&self, vpc: Option<&VpcId>) -> bool {
        vpc.is_some_and(|vpc| self.private.contains(vpc))
    }

    /// Remembers who logs in. The family's usual user is nothing to remember.
    ///
    /// # Errors
    /// When it is no login name.
    pub fn set_user(&mut self, family: ImageFamily, user: &str) -> Result<(), LoginProblem> {
        check_user(user)?;
        if user == family.default_user() {
            self.users.remove(&family);
        } else {
            self.users.insert(family, user.to_owned());
        }
        Ok(())
    }

    /// Remembers a port; 22 is nothing to remember.
    ///
    /// # Errors
    /// When it is no port, or the id no instance's.
    pub fn set_port(&mut self, instance: InstanceId, port: u16) -> Result<(), LoginProblem> {
        check_instance(&instance)?;
        check_port(port)?;
        if port == SSH_PORT {
            self.ports.remove(&instance);
        } else {
            self.ports.insert(instance, port);
        }
        Ok(())
    }

    /// Remembers the host in front of a VPC, or that there is none.
    ///
    /// # Errors
    /// When `ProxyJump` would not take it.
    pub fn set_jump(&mut self, vpc: VpcId, jump: Option<&str>) -> Result<(), LoginProblem> {
        match jump {
            Some(jump) => {
                check_jump(jump)?;
                self.jumps.insert(vpc, jump.to_owned());
            }
            None => {
                self.jumps.remove(&vpc);
            }
        }
        Ok(())
    }

    /// Remembers whether private addresses are preferred in a VPC.
    pub fn set_private(&mut self, vpc: VpcId, private: bool) {
        if private {
            self.private.insert(vpc);
        } else {
            self.private.remove(&vpc);
        }
    }

    /// What the person has said about an account, by its id.
    #[must_use]
    pub fn account_kind(&self, account: &str) -> Option<AccountKind> {
        self.accounts.get(account).copied()
    }

    /// Remembers what kind of account one is, or forgets it.
    pub fn set_account_kind(&mut self, account: &str, kind: Option<AccountKind>) {
        match kind {
            Some(kind) => self.accounts.insert(account.to_owned(), kind),
            None => self.accounts.remove(account),
        };
    }

    /// Remembered kinds of accounts, by id.
    pub fn account_kinds(&self) -> impl Iterator<Item = (&str, AccountKind)> {
        self.accounts.iter().map(|(id, kind)| (id.as_str(), *kind))
    }

    /// The role by which EventBridge Scheduler acts in an account.
    #[must_use]
    pub fn role(&self, account: &str) -> Option<&RoleArn> {
        self.roles.get(account)
    }

    /// Remembers a role, for the account that it belongs to.
    pub fn set_role(&mut self, role: RoleArn) {
        self.roles.insert(role.account().to_owned(), role);
    }

    /// Remembered roles, by account.
    pub fn roles(&self) -> impl Iterator<Item = (&str, &RoleArn)> {
        self.roles.iter().map(|(account, role)| (account.as_str(), role))
    }

    /// Remembered users, by family.
    pub fn users(&self) -> impl Iterator<Item = (&ImageFamily, &str)> {
        self.users.iter().map(|(family, user)| (family, user.as_str()))
    }

    /// Remembered ports, by instance.
    pub fn ports(&self) -> impl Iterator<Item = (&InstanceId, u16)> {
        self.ports.iter().map(|(id, port)| (id, *port))
    }

    /// Remembered jump hosts, by VPC.
    pub fn jumps(&self) -> impl Iterator<Item = (&VpcId, &str)> {
        self.jumps.iter().map(|(vpc, jump)| (vpc, jump.as_str()))
    }

    /// The VPCs whose private addresses are preferred.
    pub fn private(&self) -> impl Iterator<Item = &VpcId> {
        self.private.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_is_nothing_to_remember() {
        let mut remembered = Remembered::default();
        let id = InstanceId::new("i-0123456789abcdef0");
        remembered.set_user(ImageFamily::Ubuntu, "me").unwrap();
        remembered.set_port(id.clone(), 2222).unwrap();
        assert_eq!((remembered.user(&ImageFamily::Ubuntu), remembered.port(&id)), ("me", 2222));
        remembered.set_user(ImageFamily::Ubuntu, "ubuntu").unwrap();
        remembered.set_port(id.clone(), 22).unwrap();
        assert_eq!(remembered, Remembered::default());
        assert_eq!((remembered.user(&ImageFamily::Ubuntu), remembered.port(&id)), ("ubuntu", 22));
    }

    #[test]
    fn hostile_values_are_not_remembered() {
        let mut remembered = Remembered::default();
        assert!(remembered.set_user(ImageFamily::Ubuntu, "-oProxyCommand=x").is_err());
        assert!(remembered.set_port(InstanceId::new("i-1"), 2222).is_err());
        assert!(remembered.set_port(InstanceId::new("i-0123456789abcdef0"), 0).is_err());
        assert!(remembered.set_jump(VpcId::new("vpc-1"), Some("-oProxyCommand=x")).is_err());
        assert_eq!(remembered, Remembered::default());
    }
}
