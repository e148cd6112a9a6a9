//! Who sits at this machine: a rule that this program makes says whose address it holds, so that it can be told from
//! everybody else's and moved when the person has moved.

use jiff::Timestamp;

use super::security_group::{Rule, to_allowed};

/// What every description of this program's own rules begins with.
const MADE_BY: &str = "ec2deck ";

/// A person at a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The login name on this machine.
    pub user: String,
    /// The machine's name on its network.
    pub machine: String,
    /// Random, made once for this user on this machine and kept: names of machines are not unique. `None` when it
    /// cannot be kept; no rule is then taken for one's own.
    pub id: Option<String>,
}

impl Who {
    /// The description of a rule for this person's address: who, from which machine, when; in EC2's character set.
    #[must_use]
    pub fn description(&self, now: Timestamp) -> String {
        let date = now.strftime("%Y-%m-%d");
        let part = |text: &str| to_allowed(text).replace(['(', ')'], "-").chars().take(60).collect::<String>();
        let (user, machine) = (part(&self.user), part(&self.machine));
        match &self.id {
            Some(id) => format!("{MADE_BY}{user}@{machine} ({id}) {date}"),
            None => format!("{MADE_BY}{user}@{machine} {date}"),
        }
    }

    /// The person and the machine in one word, for a tag: `kim@laptop`.
    #[must_use]
    pub fn at_machine(&self) -> String {
        let part = |text: &str| to_allowed(text).replace(char::is_whitespace, "-").chars().take(30).collect::<String>();
        format!("{}@{}", part(&self.user), part(&self.machine))
    }

    /// Whether this program made the rule for this machine, for this person.
    #[must_use]
    pub fn made(&self, rule: &Rule) -> bool {
        let (Some(id), Some(description)) = (&self.id, &rule.description) else { return false };
        description
            .strip_prefix(MADE_BY)
            .and_then(|rest| rest.split_once('('))
            .and_then(|(_, rest)| rest.split_once(')'))
            .is_some_and(|(made_by, _)| made_by == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RuleId;
    use crate::domain::security_group::{Peer, Traffic, check_description};

    fn who(user: &str, id: Option<&str>) -> Who {
        Who { user: user.to_owned(), machine: "laptop".to_owned(), id: id.map(str::to_owned) }
    }

    fn rule(description: &str) -> Rule {
        Rule {
            id: RuleId::new("sgr-1"),
            traffic: Traffic::Tcp(22, 22),
            peer: Peer::anywhere_v4(),
            description: Some(description.to_owned()),
            tags: vec![],
        }
    }

    #[test]
    fn a_description_is_ec2s_and_found_again() {
        for user in ["kim", "김민수", "o'neil (admin) 99", &"x".repeat(300)] {
            let me = who(user, Some("7f3a2c1d"));
            let description = me.description("2026-11-24T09:00:00Z".parse().unwrap());
            assert_eq!(check_description(&description), Ok(()), "{description}");
            assert!(description.ends_with(" 2026-11-24"), "{description}");
            assert!(me.made(&rule(&description)), "{description}");
            assert!(!who(user, Some("00000000")).made(&rule(&description)), "another machine's");
            assert!(!who(user, None).made(&rule(&description)), "without an id nothing is one's own");
        }
    }

    #[test]
    fn what_others_wrote_is_not_ones_own() {
        let me = who("kim", Some("7f3a2c1d"));
        for description in ["", "SSH", "ec2deck kim@laptop 2026-11-24", "made by ec2deck (7f3a2c1d)", "(7f3a2c1d)"] {
            assert!(!me.made(&rule(description)), "{description}");
        }
    }
}
