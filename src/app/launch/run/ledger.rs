//! What exists by now because of a launch: kept over tries, so that nothing is made twice and everything can be named
//! and removed.

use std::path::PathBuf;

use crate::app::environment::Environment;
use crate::domain::id::{GroupId, InstanceId, KeyPairId};
use crate::domain::key_pair::{KeyKind, LocalKey};
use crate::domain::launch_plan::{GroupChoice, KeyChoice, LaunchPlan};
use crate::domain::problem::Problem;
use crate::domain::security_group::{NewGroup, NewRule};
use crate::text;
use crate::text::Text;

/// Everything that one draft has made so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The new key pair, as far as it got.
    pub key: Option<MadeKey>,
    /// The new security group, as far as it got.
    pub group: Option<MadeGroup>,
    /// Instances that EC2 has accepted.
    pub instances: Vec<InstanceId>,
    /// A `RunInstances` was sent, its reply never came, and it is not settled.
    pub launch_unclear: Option<Problem>,
    /// Private key files of earlier tries; they are never deleted.
    pub left_files: Vec<PathBuf>,
    /// What earlier tries made in EC2, the plan does not use any more, and could not be removed.
    pub left: Vec<Stale>,
}

/// A key pair that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeKey {
    /// Its name.
    pub name: String,
    /// Its algorithm.
    pub kind: KeyKind,
    /// Value of the request tag, the same for every try.
    pub marker: String,
    /// The private key, once it is on disk.
    pub file: Option<LocalKey>,
    /// The key pair, once EC2 has it.
    pub pair: Option<KeyPairId>,
    /// An import was sent, its reply never came, and it is not settled.
    pub unclear: Option<Problem>,
}

/// A security group that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeGroup {
    /// As it was asked for.
    pub group: NewGroup,
    /// Value of the request tag, the same for every try.
    pub marker: String,
    /// The group, once EC2 has it.
    pub id: Option<GroupId>,
    /// The rules that it has.
    pub rules: Vec<NewRule>,
    /// Rules that were sent and were not refused: it has them or may have them.
    pub sent: Vec<NewRule>,
    /// Its creation was sent, the reply never came, and it is not settled.
    pub unclear: Option<Problem>,
}

/// Something of an earlier try that the plan does not use any more.
#[derive(Clone, Debug, PartialEq)]
pub enum Stale {
    /// A key pair in EC2, with its name.
    KeyPair(KeyPairId, String),
    /// A security group, with its name.
    Group(GroupId, String),
}

impl Ledger {
    /// Whether an unfinished launch has left anything in EC2.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pair().is_none() && self.group_id().is_none() && self.instances.is_empty() && self.launch_unclear.is_none()
    }

    /// The key pair that EC2 has.
    #[must_use]
    pub fn pair(&self) -> Option<&KeyPairId> {
        self.key.as_ref()?.pair.as_ref()
    }

    /// The group that EC2 has.
    #[must_use]
    pub fn group_id(&self) -> Option<&GroupId> {
        self.group.as_ref()?.id.as_ref()
    }

    /// Whether a key pair of this name is (or may be) one that this launch has made.
    #[must_use]
    pub fn has_key_named(&self, name: &str) -> bool {
        self.key.as_ref().is_some_and(|key| key.name == name && (key.file.is_some() || key.pair.is_some()))
    }

    /// Fits it to a plan: what the plan goes on with stays, and what it does not is given back to be removed.
    /// `marker` makes a new value for a request tag.
    pub fn fit(&mut self, plan: &LaunchPlan, mut marker: impl FnMut() -> String) -> Vec<Stale> {
        let mut stale = Vec::new();
        let wanted = match &plan.key {
            KeyChoice::New { name, kind } => Some((name, *kind)),
            KeyChoice::Existing(_) | KeyChoice::None => None,
        };
        if self.key.as_ref().is_some_and(|key| wanted != Some((&key.name, key.kind)))
            && let Some(key) = self.key.take()
        {
            self.left_files.extend(key.file.map(|file| file.path));
            stale.extend(key.pair.map(|id| Stale::KeyPair(id, key.name)));
        }
        if let (None, Some((name, kind))) = (&self.key, wanted) {
            self.key =
                Some(MadeKey { name: name.clone(), kind, marker: marker(), file: None, pair: None, unclear: None });
        }
        let wanted = match &plan.groups {
            GroupChoice::New(group) => Some(group),
            GroupChoice::Existing(_) => None,
        };
        if self.group.as_ref().is_some_and(|made| !wanted.is_some_and(|group| made.can_become(group)))
            && let Some(made) = self.group.take()
        {
            stale.extend(made.id.map(|id| Stale::Group(id, made.group.name)));
        }
        match (&mut self.group, wanted) {
            (Some(made), Some(group)) => made.group = group.clone(),
            (None, Some(group)) => {
                self.group = Some(MadeGroup {
                    group: group.clone(),
                    marker: marker(),
                    id: None,
                    rules: Vec::new(),
                    sent: Vec::new(),
                    unclear: None,
                });
            }
            (_, None) => {}
        }
        stale
    }

    /// What exists by now, one line each.
    #[must_use]
    pub fn facts(&self, environment: &Environment) -> Vec<Text> {
        let mut facts = Vec::new();
        for path in self.left_files.iter().chain(self.key_file().map(|file| &file.path)) {
            facts.push(text!("run-has-key-file", path = environment.short_path(path)));
        }
        for left in &self.left {
            facts.push(match left {
                Stale::KeyPair(_, name) => text!("run-has-key-pair", name = name),
                Stale::Group(id, name) => text!("run-has-group", name = name, id = id),
            });
        }
        if let Some(key) = self.key.as_ref().filter(|key| key.pair.is_some()) {
            facts.push(text!("run-has-key-pair", name = &key.name));
        }
        if let Some(made) = &self.group
            && let Some(id) = &made.id
        {
            facts.push(text!("run-has-group", name = &made.group.name, id = id));
        }
        for id in &self.instances {
            facts.push(text!("run-has-instance", id = id));
        }
        facts
    }

    /// The group is gone; another try makes it anew.
    pub fn forget_group(&mut self) {
        if let Some(made) = &mut self.group {
            made.id = None;
            made.rules.clear();
            made.sent.clear();
            made.unclear = None;
        }
    }

    /// The private key that this launch has written.
    #[must_use]
    pub fn key_file(&self) -> Option<&LocalKey> {
        self.key.as_ref()?.file.as_ref()
    }
}

impl MadeGroup {
    /// Whether the group, as far as it was made, can go on as `wanted`: everything about it is the same, and it has no
    /// rule that is not wanted. (A description cannot be changed, and a rule too many would be a hole.)
    fn can_become(&self, wanted: &NewGroup) -> bool {
        self.group.name == wanted.name
            && self.group.vpc == wanted.vpc
            && self.group.description == wanted.description
            && self.rules.iter().chain(&self.sent).all(|rule| wanted.inbound.contains(rule))
    }

    /// The rules that it does not have yet.
    #[must_use]
    pub fn missing_rules(&self) -> Vec<NewRule> {
        self.group.inbound.iter().filter(|rule| !self.rules.contains(rule)).cloned().collect()
    }
}
