//! Check 5: a rule of the instance's security groups lets one's own present address in on the port. By the same rules
//! as the key that adds one: see [`crate::domain::allow`].

use std::net::IpAddr;

use super::{Check, Finding, Looked, Mend, Missing, facing, is_private};
use crate::domain::allow::{Blocks, Candidate, Decision, decide, lists_to_know};
use crate::domain::id::GroupId;
use crate::domain::security_group::{Rule, SecurityGroup};
use crate::domain::who::Who;
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Rule;

/// How many other addresses are shown that are let in.
const SHOWN: usize = 3;

/// What is known about the rules.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The address that a connection goes to.
    pub target: Option<IpAddr>,
    /// The port.
    pub port: u16,
    /// One's own address.
    pub me: Looked<IpAddr>,
    /// The instance's security groups.
    pub groups: Looked<Vec<&'a SecurityGroup>>,
    /// Who sits here.
    pub who: &'a Who,
    /// The blocks of prefix lists, as far as they are known.
    pub blocks: &'a Blocks,
    /// Why the blocks of others are not, if they were asked for.
    pub unread: Option<&'a Missing>,
}

/// Looks for a rule that covers one's own address.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Finding {
    let Some(target) = facts.target else { return Finding::not_tried(CHECK, text!("doctor-without-address")) };
    let groups = match &facts.groups {
        Ok(groups) => groups,
        Err(missing) => return Finding::blind(CHECK, missing),
    };
    if groups.is_empty() {
        return Finding::bad(CHECK, text!("doctor-rule-no-group"));
    }
    if is_private(target) {
        // As whom the server sees somebody who comes over a private network, nothing tells.
        return Finding::not_tried(CHECK, text!("doctor-private-way"));
    }
    let me = match facing(CHECK, &facts.me, target) {
        Ok(me) => me,
        Err(finding) => return finding,
    };
    let candidates: Vec<Candidate<'_>> = groups.iter().map(|group| Candidate { group, shared_by: 0 }).collect();
    let name = |id: &GroupId| {
        groups.iter().find(|group| group.id == *id).map_or_else(|| id.to_string(), |group| group.name.clone())
    };
    let port = facts.port.to_string();
    let decision = decide(&candidates, me, facts.port, facts.who, facts.blocks);
    if let Some(Decision::Covered { group, rule }) = &decision {
        let said = text!("doctor-rule-covers", group = name(group), me = me, port = port);
        return Finding::good(CHECK, said).showing(words_of(rule));
    }
    // A prefix list that was not read may hold the address.
    if let Some(list) = lists_to_know(&candidates, facts.port, facts.blocks).first() {
        let finding = Finding::unknown(CHECK, text!("doctor-rule-list", list = list, me = me));
        return match facts.unread {
            Some(missing) => finding.showing(missing.evidence()),
            None => finding,
        };
    }
    let finding = match decision {
        Some(Decision::Move { group, rule }) => {
            let said =
                text!("doctor-rule-moved", group = name(&group), old = rule.peer.to_string(), me = me, port = port);
            Finding::bad(CHECK, said)
        }
        _ => Finding::bad(CHECK, text!("doctor-rule-none", me = me, port = port)).showing(others(groups, facts.port)),
    };
    finding.mended_by(Mend::AllowMyIp)
}

fn words_of(rule: &Rule) -> Text {
    text!(
        "rule-words",
        kind = rule.traffic.type_text(),
        ports = rule.traffic.ports_text(),
        peer = rule.peer.to_string(),
    )
}

/// Who is let in instead.
fn others(groups: &[&SecurityGroup], port: u16) -> Text {
    for group in groups {
        let on_port = group.inbound.iter().filter(|rule| rule.traffic.covers_tcp(port));
        let mut peers: Vec<String> = on_port.map(described).collect();
        if peers.is_empty() {
            continue;
        }
        if peers.len() > SHOWN {
            peers.truncate(SHOWN);
            peers.push("...".to_owned());
        }
        return text!("doctor-rule-others", group = &group.name, peers = peers.join(", "));
    }
    text!("doctor-rule-nobody", port = port.to_string())
}

fn described(rule: &Rule) -> String {
    match rule.description.as_deref().filter(|words| !words.is_empty()) {
        Some(description) => format!("{} ({description})", rule.peer),
        None => rule.peer.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::Verdict;
    use crate::domain::doctor::testing::{ADDRESS, ME, no_permission, shown};
    use crate::domain::id::{PrefixListId, RuleId};
    use crate::domain::security_group::{Peer, Traffic};

    const SSH: Traffic = Traffic::Tcp(22, 22);

    fn who() -> Who {
        Who { user: "kim".to_owned(), machine: "laptop".to_owned(), id: Some("7f3a2c1d".to_owned()) }
    }

    fn rule(traffic: Traffic, peer: &str, description: &str) -> Rule {
        let peer = peer.parse().map_or_else(|_| Peer::PrefixList(PrefixListId::new(peer)), Peer::V4);
        Rule { id: RuleId::new("sgr-1"), traffic, peer, description: Some(description.to_owned()), tags: vec![] }
    }

    fn group(inbound: Vec<Rule>) -> SecurityGroup {
        SecurityGroup {
            id: GroupId::new("sg-1"),
            name: "web".to_owned(),
            description: String::new(),
            vpc: None,
            inbound,
            outbound: vec![],
            tags: vec![],
        }
    }

    fn found(inbound: Vec<Rule>, port: u16, unread: Option<&Missing>) -> Finding {
        let group = group(inbound);
        let blocks = Blocks::from([(PrefixListId::new("pl-me"), vec!["198.51.100.0/24".parse().unwrap()])]);
        check(&Facts {
            target: Some(ADDRESS),
            port,
            me: Ok(ME),
            groups: Ok(vec![&group]),
            who: &who(),
            blocks: &blocks,
            unread,
        })
    }

    #[test]
    fn a_rule_that_covers_the_address_is_good_and_none_is_mended() {
        let own = who().description("2026-11-24T09:00:00Z".parse().unwrap());
        let bad = (Verdict::Bad, Some(Mend::AllowMyIp));
        for (rules, expected, words) in [
            (vec![rule(SSH, "198.51.100.0/24", "office")], (Verdict::Good, None), "198.51.100.0/24"),
            (vec![rule(Traffic::All, "0.0.0.0/0", "")], (Verdict::Good, None), "web lets 198.51.100.7 in"),
            (vec![rule(SSH, "pl-me", "")], (Verdict::Good, None), "pl-me"),
            (vec![rule(SSH, "203.0.113.50/32", "office")], bad.clone(), "203.0.113.50/32 (office)"),
            (vec![rule(SSH, "203.0.113.50/32", &own)], bad.clone(), "203.0.113.50/32"),
            (vec![rule(Traffic::Tcp(443, 443), "0.0.0.0/0", "")], bad.clone(), "nobody"),
            (vec![], bad, "no rule lets 198.51.100.7 in on port 22"),
        ] {
            let finding = found(rules, 22, None);
            assert_eq!((finding.verdict, finding.mend.clone()), expected, "{}", shown(&finding));
            assert!(shown(&finding).contains(words), "{}", shown(&finding));
        }
        assert_eq!(found(vec![rule(SSH, "198.51.100.0/24", "")], 3389, None).verdict, Verdict::Bad);
    }

    #[test]
    fn a_list_that_was_not_read_leaves_it_open() {
        let missing = no_permission("ec2:GetManagedPrefixListEntries");
        let finding = found(vec![rule(SSH, "pl-other", "")], 22, Some(&missing));
        assert_eq!(finding.verdict, Verdict::Unknown);
        assert!(shown(&finding).contains("pl-other") && shown(&finding).contains("ec2:GetManagedPrefixListEntries"));
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        let (who, blocks, empty) = (who(), Blocks::new(), group(vec![]));
        let facts = Facts {
            target: Some(ADDRESS),
            port: 22,
            me: Ok(ME),
            groups: Ok(vec![&empty]),
            who: &who,
            blocks: &blocks,
            unread: None,
        };
        let blind = check(&Facts { groups: Err(no_permission("ec2:DescribeSecurityGroups")), ..facts.clone() });
        assert!(shown(&blind).contains("ec2:DescribeSecurityGroups"), "{}", shown(&blind));
        for (facts, verdict) in [
            (Facts { me: Err(Missing::Failed("portal".to_owned())), ..facts.clone() }, Verdict::Unknown),
            (Facts { me: Ok("2001:db8::1".parse().unwrap()), ..facts.clone() }, Verdict::Unknown),
            (Facts { groups: Ok(vec![]), ..facts.clone() }, Verdict::Bad),
            (Facts { target: None, ..facts.clone() }, Verdict::NotTried),
            (Facts { target: "172.31.4.19".parse().ok(), ..facts.clone() }, Verdict::NotTried),
        ] {
            assert_eq!(check(&facts).verdict, verdict);
        }
    }
}
