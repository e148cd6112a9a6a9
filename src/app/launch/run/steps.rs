//! The steps up to the launch itself: what each sends, and what its reply means.

use jiff::SignedDuration;

use super::ledger::Stale;
use super::stage::{Failure, StageKind, StageState, is_unclear};
use super::{Run, SPIN, Waiting, later};
use crate::app::world::{Wish, World};
use crate::domain::id::{GroupId, KeyPairId};
use crate::domain::instance::Instance;
use crate::domain::key_pair::RsaBits;
use crate::domain::launch_plan::{GroupChoice, KeyChoice};
use crate::domain::problem::{Cause, LocalCause, Problem};
use crate::domain::security_group::Direction;
use crate::message::{LocalDone, LocalTask, MadeKind, Write, Written};
use crate::text;

/// How often a call is sent again because what was just made is not visible to it yet.
const VISIBILITY_TRIES: u8 = 5;
const VISIBILITY_WAIT: SignedDuration = SignedDuration::from_secs(2);

impl Run {
    /// Goes on with the first step that is not done.
    pub(super) fn go_on(&mut self, world: &mut World<'_>) {
        let Some(stage) = self.current() else { return };
        let kind = stage.kind;
        stage.state = StageState::Working;
        self.spinner_due = later(world.now, SPIN);
        match kind {
            StageKind::Tidy => self.tidy(world),
            StageKind::KeyPair => self.make_key_pair(world),
            StageKind::SecurityGroup => self.make_group(world),
            StageKind::Rules => self.add_rules(world),
            StageKind::Instance => self.launch(world),
            StageKind::Running | StageKind::StatusChecks => self.begin_watch(kind, world),
        }
    }

    fn send(&mut self, write: Write, world: &mut World<'_>) {
        self.waiting = Waiting::Write(world.outbox.write(write));
    }

    fn tidy(&mut self, world: &mut World<'_>) {
        match self.stale.first() {
            Some(Stale::KeyPair(id, _)) => self.send(Write::DeleteKeyPair(id.clone()), world),
            Some(Stale::Group(id, _)) => self.send(Write::DeleteSecurityGroup(id.clone()), world),
            None => self.done(text!("run-tidy-done"), world),
        }
    }

    /// The private key first: only when it is safe on disk does EC2 hear of its public half.
    fn make_key_pair(&mut self, world: &mut World<'_>) {
        let Some(key) = &self.ledger.key else { return };
        if key.pair.is_some() {
            return self.key_pair_done(world);
        }
        let Some(file) = &key.file else {
            self.note(text!("run-key-generating"));
            let Some(key) = &self.ledger.key else { return };
            let folder = world.environment.key_folder.clone();
            let task =
                LocalTask::GenerateKey { folder, name: key.name.clone(), kind: key.kind, rsa_bits: RsaBits::default() };
            self.waiting = Waiting::Local(world.outbox.local(task));
            return;
        };
        if let Some(problem) = key.unclear.clone() {
            return self.settle(MadeKind::KeyPair, problem, world);
        }
        let Some(public_key) = file.public_key.clone() else {
            let path = file.path.display().to_string();
            let cause = LocalCause::System("no public key".to_owned());
            return self.fail(Failure::Problem(Problem::local("ImportKeyPair", cause, path)));
        };
        let write = Write::ImportKeyPair { name: key.name.clone(), public_key, marker: key.marker.clone() };
        self.note(text!("run-key-importing"));
        self.send(write, world);
    }

    pub(super) fn on_key_written(&mut self, outcome: &Result<LocalDone, Problem>, world: &mut World<'_>) {
        match outcome {
            Ok(LocalDone::KeyWritten(file)) => {
                if let Some(key) = &mut self.ledger.key {
                    key.file = Some(file.clone());
                }
                self.go_on(world);
            }
            Ok(_) => self.fail(Failure::Problem(Problem::local(
                "GenerateKey",
                LocalCause::System("unexpected answer".to_owned()),
                String::new(),
            ))),
            Err(problem) => self.fail(Failure::Problem(problem.clone())),
        }
    }

    fn make_group(&mut self, world: &mut World<'_>) {
        let Some(made) = &self.ledger.group else { return };
        if made.id.is_some() {
            return self.group_done(world);
        }
        if let Some(problem) = made.unclear.clone() {
            return self.settle(MadeKind::SecurityGroup, problem, world);
        }
        let write =
            Write::CreateSecurityGroup { group: made.group.clone(), tags: Vec::new(), marker: made.marker.clone() };
        self.send(write, world);
    }

    fn add_rules(&mut self, world: &mut World<'_>) {
        let Some(made) = &mut self.ledger.group else { return };
        let missing = made.missing_rules();
        match &made.id {
            Some(id) if !missing.is_empty() => {
                let write =
                    Write::AuthorizeRules { group: id.clone(), direction: Direction::Inbound, rules: missing.clone() };
                made.sent = missing;
                self.send(write, world);
            }
            _ => self.rules_done(world),
        }
    }

    fn launch(&mut self, world: &mut World<'_>) {
        if let Some(problem) = self.ledger.launch_unclear.clone() {
            return self.settle(MadeKind::Instances, problem, world);
        }
        let plan = &self.order.plan;
        let groups = match &plan.groups {
            GroupChoice::Existing(groups) => groups.clone(),
            GroupChoice::New(_) => self.ledger.group_id().cloned().into_iter().collect(),
        };
        let key_name = match &plan.key {
            KeyChoice::Existing(name) | KeyChoice::New { name, .. } => Some(name.clone()),
            KeyChoice::None => None,
        };
        let write =
            Write::RunInstances { plan: Box::new(plan.clone()), groups, key_name, token: self.order.token.clone() };
        self.send(write, world);
    }

    /// A write of a step has ended.
    pub(super) fn on_step_written(&mut self, outcome: &Result<Written, Problem>, world: &mut World<'_>) {
        let Some(kind) = self.current_kind() else { return };
        match (kind, outcome) {
            (StageKind::Tidy, Ok(_)) => self.tidied(world),
            (StageKind::Tidy, Err(problem)) if problem.is_not_found() => self.tidied(world),
            // What cannot be removed is in nobody's way: it stays, and is named with the rest.
            (StageKind::Tidy, Err(_)) => {
                let kept = self.stale.first().cloned();
                self.ledger.left.extend(kept);
                self.tidied(world);
            }
            (StageKind::KeyPair, Ok(Written::KeyPair(id))) => self.has_key_pair(id.clone(), world),
            (StageKind::SecurityGroup, Ok(Written::Group(id))) => self.has_group(id.clone(), world),
            (StageKind::Rules, Ok(_)) => self.rules_done(world),
            (StageKind::Instance, Ok(Written::Launched(instances))) if !instances.is_empty() => {
                self.has_instances(instances.clone(), world);
            }
            (kind, Ok(_)) => {
                let problem = Problem {
                    cause: Cause::Unreadable,
                    operation: format!("{kind:?}"),
                    code: String::new(),
                    message: String::new(),
                    request_id: None,
                };
                self.refused(kind, problem, world);
            }
            (kind, Err(problem)) => self.refused(kind, problem.clone(), world),
        }
    }

    fn tidied(&mut self, world: &mut World<'_>) {
        if !self.stale.is_empty() {
            self.stale.remove(0);
        }
        self.go_on(world);
    }

    fn refused(&mut self, kind: StageKind, problem: Problem, world: &mut World<'_>) {
        let made_kind = match kind {
            StageKind::KeyPair => Some((MadeKind::KeyPair, "InvalidKeyPair.Duplicate")),
            StageKind::SecurityGroup => Some((MadeKind::SecurityGroup, "InvalidGroup.Duplicate")),
            StageKind::Instance => Some((MadeKind::Instances, "")),
            _ => None,
        };
        if let Some((made_kind, duplicate)) = made_kind
            && (is_unclear(&problem) || (!duplicate.is_empty() && problem.is(duplicate)))
        {
            return self.settle(made_kind, problem, world);
        }
        if kind == StageKind::Rules
            && !is_unclear(&problem)
            && let Some(made) = &mut self.ledger.group
        {
            made.sent.clear();
        }
        let ours_is_invisible = (problem.is("InvalidGroup.NotFound") && self.ledger.group_id().is_some())
            || (problem.is("InvalidKeyPair.NotFound") && self.ledger.pair().is_some());
        if ours_is_invisible && self.attempts < VISIBILITY_TRIES {
            self.attempts += 1;
            self.note(text!("run-not-visible-yet"));
            return self.pause(VISIBILITY_WAIT, world.now);
        }
        self.fail(Failure::Problem(problem));
    }

    pub(super) fn has_key_pair(&mut self, id: KeyPairId, world: &mut World<'_>) {
        if let Some(key) = &mut self.ledger.key {
            key.pair = Some(id);
            key.unclear = None;
        }
        self.key_pair_done(world);
    }

    fn key_pair_done(&mut self, world: &mut World<'_>) {
        let Some(key) = &self.ledger.key else { return };
        let path = key.file.as_ref().map(|file| world.environment.short_path(&file.path)).unwrap_or_default();
        self.done(text!("run-key-done", name = &key.name, path = path), world);
    }

    pub(super) fn has_group(&mut self, id: GroupId, world: &mut World<'_>) {
        if let Some(made) = &mut self.ledger.group {
            made.id = Some(id);
            made.unclear = None;
        }
        self.group_done(world);
    }

    fn group_done(&mut self, world: &mut World<'_>) {
        let Some(made) = &self.ledger.group else { return };
        let id = made.id.as_ref().map(GroupId::to_string).unwrap_or_default();
        self.done(text!("run-group-done", name = &made.group.name, id = id), world);
    }

    fn rules_done(&mut self, world: &mut World<'_>) {
        let Some(made) = &mut self.ledger.group else { return };
        made.rules.append(&mut made.sent);
        let count = made.rules.len();
        self.done(text!("run-rules-done", count = count), world);
    }

    pub(super) fn has_instances(&mut self, instances: Vec<Instance>, world: &mut World<'_>) {
        self.ledger.instances = instances.iter().map(|instance| instance.id.clone()).collect();
        self.ledger.launch_unclear = None;
        self.token_spent = true;
        world.inventory.add_made(instances, world.now);
        world.wish(Wish::RefreshAll);
        let ids: Vec<&str> = self.ledger.instances.iter().map(crate::domain::id::InstanceId::as_str).collect();
        self.done(text!("run-instance-done", ids = ids.join(", "), count = ids.len()), world);
    }
}
