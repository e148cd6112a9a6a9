//! The visible steps of a run, where each stands, and why one failed.

use crate::domain::id::InstanceId;
use crate::domain::launch_plan::{GroupChoice, KeyChoice, LaunchPlan};
use crate::domain::problem::{Cause, Problem};
use crate::text::Text;

/// One visible step.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Which one.
    pub kind: StageKind,
    /// Where it stands.
    pub state: StageState,
    /// What is going on, or what came of it.
    pub note: Option<Text>,
}

/// The steps of a run, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageKind {
    /// Removes what an earlier try made and the plan does not use any more.
    Tidy,
    /// Writes the private key and imports its public half.
    KeyPair,
    /// Makes the security group.
    SecurityGroup,
    /// Adds its rules.
    Rules,
    /// Launches.
    Instance,
    /// Waits until every instance runs.
    Running,
    /// Waits until the status checks have passed.
    StatusChecks,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq)]
pub enum StageState {
    /// Not begun.
    Waiting,
    /// Under way.
    Working,
    /// It worked.
    Done,
    /// It did not.
    Failed(Box<Failure>),
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// AWS or this machine refused.
    Problem(Problem),
    /// Something else has the name already.
    NameTaken(Problem),
    /// No reply came, and a look showed that nothing was made: trying again is safe.
    NothingMade(Problem),
    /// No reply came, and looking failed, too: whether something was made is not known yet.
    Unsettled {
        /// Of the write.
        write: Problem,
        /// Of the look.
        look: Problem,
    },
    /// Every instance ended instead of running, with the reasons that EC2 gives.
    Ended(Vec<(InstanceId, Option<String>)>),
    /// A status check says that something is wrong.
    Impaired(Vec<InstanceId>),
}

impl Failure {
    /// The failure of a call, where there is one to be explained.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) | Self::NameTaken(problem) | Self::NothingMade(problem) => Some(problem),
            Self::Unsettled { look, .. } => Some(look),
            Self::Ended(_) | Self::Impaired(_) => None,
        }
    }
}

impl Stage {
    /// A step that has not begun.
    #[must_use]
    pub fn new(kind: StageKind) -> Self {
        Self { kind, state: StageState::Waiting, note: None }
    }

    /// The steps that a plan takes.
    #[must_use]
    pub fn all_of(plan: &LaunchPlan, tidy: bool) -> Vec<Self> {
        let mut kinds = Vec::new();
        if tidy {
            kinds.push(StageKind::Tidy);
        }
        if matches!(plan.key, KeyChoice::New { .. }) {
            kinds.push(StageKind::KeyPair);
        }
        if let GroupChoice::New(group) = &plan.groups {
            kinds.push(StageKind::SecurityGroup);
            if !group.inbound.is_empty() {
                kinds.push(StageKind::Rules);
            }
        }
        kinds.extend([StageKind::Instance, StageKind::Running, StageKind::StatusChecks]);
        kinds.into_iter().map(Self::new).collect()
    }
}

/// Whether a write may have happened although it seems to have failed.
#[must_use]
pub fn is_unclear(problem: &Problem) -> bool {
    matches!(problem.cause, Cause::UnclearOutcome | Cause::Unreadable | Cause::ServiceFailed)
}
