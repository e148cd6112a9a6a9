//! What kind of account this is for AWS's free tier: accounts opened since 15 July 2025 live on credits, older ones had
//! monthly allowances. AWS is asked; where it does not answer, the person may say it.

use jiff::Timestamp;

use super::money::Money;

/// What FreeTier tells of the account (`GetAccountPlanState`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPlan {
    /// Free or paid.
    pub kind: PlanKind,
    /// Where the plan is in its life.
    pub status: PlanStatus,
    /// Credits that are left, if there have been any.
    pub credits: Option<Money>,
    /// When the plan ends: the free one closes the account then.
    pub ends: Option<Timestamp>,
}

/// `accountPlanType`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanKind {
    /// The Free Plan: only some types may be launched, nothing is billed.
    Free,
    /// The Paid Plan: what goes beyond the credits is billed.
    Paid,
    /// A plan that this program does not know.
    Other,
}

/// `accountPlanStatus`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanStatus {
    /// It has not begun.
    NotStarted,
    /// It is in force.
    Active,
    /// It is over.
    Expired,
    /// A word that this program does not know.
    Other,
}

/// What the person has said about the account, for when AWS does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// Monthly allowances: opened before 15 July 2025, in its first twelve months.
    Allowances,
    /// Credits: opened since.
    Credits,
    /// Neither: everything is billed.
    Billed,
}

impl AccountKind {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Credits, Self::Allowances, Self::Billed];

    /// The word in the settings file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowances => "allowances",
            Self::Credits => "credits",
            Self::Billed => "billed",
        }
    }

    /// The kind with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
