//! Letting one's own address in, and everybody else out: which rule is added, moved or changed. Decisions only; the
//! calls are made elsewhere.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::id::{GroupId, PrefixListId, RuleId};
use super::security_group::{NewRule, Peer, Rule, SecurityGroup, Traffic};
use super::who::Who;

/// The address blocks of the prefix lists that rules name, as far as they are known.
pub type Blocks = BTreeMap<PrefixListId, Vec<IpNet>>;

/// What lets an address in on a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A rule holds the address already: nothing is to be done.
    Covered {
        /// In this group.
        group: GroupId,
        /// This rule.
        rule: Rule,
    },
    /// A rule of one's own holds an older address and moves on.
    Move {
        /// In this group.
        group: GroupId,
        /// This rule, as it is.
        rule: Rule,
    },
    /// There is none: one is added.
    Add {
        /// To this group.
        group: GroupId,
    },
}

/// One group that could take the rule, and how many instances besides the one in question carry it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The group.
    pub group: &'a SecurityGroup,
    /// Others that carry it.
    pub shared_by: usize,
}

/// Decides how `me` gets in on TCP `port` through one of these groups; `None` when there is no group.
///
/// A rule that covers the address in any of the groups wins (containment, not equality). Then a rule that this program
/// made for this person at this machine, for exactly this port: it moves. Else a rule is added to the group that holds
/// rules for the port already, to the one that fewer others share.
#[must_use]
pub fn decide(candidates: &[Candidate<'_>], me: IpAddr, port: u16, who: &Who, blocks: &Blocks) -> Option<Decision> {
    for candidate in candidates {
        if let Some(rule) = candidate.group.inbound.iter().find(|rule| covers(rule, me, port, blocks)) {
            return Some(Decision::Covered { group: candidate.group.id.clone(), rule: rule.clone() });
        }
    }
    for candidate in candidates {
        if let Some(rule) = candidate.group.inbound.iter().find(|rule| is_own_host(rule, me, port, who)) {
            return Some(Decision::Move { group: candidate.group.id.clone(), rule: rule.clone() });
        }
    }
    let best = candidates.iter().min_by_key(|candidate| {
        let holds = candidate.group.inbound.iter().any(|rule| rule.traffic.covers_tcp(port));
        (!holds, candidate.shared_by)
    })?;
    Some(Decision::Add { group: best.group.id.clone() })
}

fn covers(rule: &Rule, me: IpAddr, port: u16, blocks: &Blocks) -> bool {
    let in_list = || match &rule.peer {
        Peer::PrefixList(list) => blocks.get(list).is_some_and(|blocks| blocks.iter().any(|block| block.contains(&me))),
        _ => false,
    };
    rule.admits(me, port) || (rule.traffic.covers_tcp(port) && in_list())
}

/// A rule for one host on exactly this port, made by this program for this person here. One for IPv4 cannot become one
/// for IPv6: EC2 refuses that.
fn is_own_host(rule: &Rule, me: IpAddr, port: u16, who: &Who) -> bool {
    rule.traffic == Traffic::Tcp(port, port)
        && rule.peer.is_host()
        && rule.peer.is_of_same_kind(&Peer::host(me))
        && rule.has_id()
        && who.made(rule)
}

/// The prefix lists whose blocks must be known before [`decide`] can tell.
#[must_use]
pub fn lists_to_know(candidates: &[Candidate<'_>], port: u16, known: &Blocks) -> Vec<PrefixListId> {
    let mut lists: Vec<PrefixListId> = candidates
        .iter()
        .flat_map(|candidate| &candidate.group.inbound)
        .filter(|rule| rule.traffic.covers_tcp(port))
        .filter_map(|rule| match &rule.peer {
            Peer::PrefixList(list) if !known.contains_key(list) => Some(list.clone()),
            _ => None,
        })
        .collect();
    lists.sort();
    lists.dedup();
    lists
}

/// The rule for one's own address.
#[must_use]
pub fn own_rule(traffic: Traffic, me: IpAddr, description: &str) -> NewRule {
    NewRule { traffic, peer: Peer::host(me), description: description.to_owned() }
}

/// How the rules of a group that are open to the world are closed to one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Rules that are narrowed to the address.
    pub narrowed: Vec<Rule>,
    /// What the address needs a rule of its own for, before the rules for the other family of addresses are removed.
    pub added: Vec<Traffic>,
    /// Rules that are removed, since another one lets the address in on the same ports.
    pub removed: Vec<Rule>,
}

impl Closing {
    /// The closing of a group to `me`. Each rule that opens an administrator's port to the world is narrowed, unless
    /// that would make it the same as another, or it is for the other family of addresses: then it goes.
    #[must_use]
    pub fn of(group: &SecurityGroup, me: IpAddr) -> Self {
        let mut closing = Self::default();
        let host = Peer::host(me);
        let there = |traffic| group.inbound.iter().any(|other| other.traffic == traffic && other.peer == host);
        let mut others = Vec::new();
        for rule in group.rules_open_to_world().filter(|rule| rule.has_id()) {
            let made = closing.narrowed.iter().any(|other| other.traffic == rule.traffic);
            if there(rule.traffic) || made {
                closing.removed.push(rule.clone());
            } else if rule.peer.is_of_same_kind(&host) {
                closing.narrowed.push(rule.clone());
            } else {
                others.push(rule.clone());
            }
        }
        for rule in others {
            let narrowed = closing.narrowed.iter().any(|other| other.traffic == rule.traffic);
            if !narrowed && !closing.added.contains(&rule.traffic) {
                closing.added.push(rule.traffic);
            }
            closing.removed.push(rule);
        }
        closing
    }

    /// What the narrowed rules become.
    #[must_use]
    pub fn changes(&self, me: IpAddr, description: &str) -> Vec<(RuleId, NewRule)> {
        self.narrowed.iter().map(|rule| (rule.id.clone(), own_rule(rule.traffic, me, description))).collect()
    }

    /// The rules that are added.
    #[must_use]
    pub fn additions(&self, me: IpAddr, description: &str) -> Vec<NewRule> {
        self.added.iter().map(|traffic| own_rule(*traffic, me, description)).collect()
    }

    /// Whether there is nothing to close.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.narrowed.is_empty() && self.removed.is_empty()
    }

    /// Whether more than the administrator's ports themselves is closed: a range or all traffic, behind which web pages
    /// may be.
    #[must_use]
    pub fn closes_more(&self) -> bool {
        self.narrowed
            .iter()
            .chain(&self.removed)
            .any(|rule| !matches!(rule.traffic, Traffic::Tcp(from, to) if from == to))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: &str = "2026-11-24T09:00:00Z";

    fn me() -> Who {
        Who { user: "kim".to_owned(), machine: "laptop".to_owned(), id: Some("7f3a2c1d".to_owned()) }
    }

    fn own() -> String {
        me().description(NOW.parse().unwrap())
    }

    fn rule(id: &str, traffic: Traffic, peer: &str, description: &str) -> Rule {
        let peer = match peer.parse::<IpNet>() {
            Ok(IpNet::V4(net)) => Peer::V4(net),
            Ok(IpNet::V6(net)) => Peer::V6(net),
            Err(_) => Peer::PrefixList(PrefixListId::new(peer)),
        };
        Rule { id: RuleId::new(id), traffic, peer, description: Some(description.to_owned()), tags: vec![] }
    }

    fn group(id: &str, inbound: Vec<Rule>) -> SecurityGroup {
        SecurityGroup {
            id: GroupId::new(id),
            name: id.to_owned(),
            description: String::new(),
            vpc: None,
            inbound,
            outbound: vec![],
            tags: vec![],
        }
    }

    fn decided(groups: &[(SecurityGroup, usize)], address: &str) -> Option<Decision> {
        let candidates: Vec<Candidate<'_>> =
            groups.iter().map(|(group, shared_by)| Candidate { group, shared_by: *shared_by }).collect();
        let blocks = Blocks::from([(PrefixListId::new("pl-office"), vec!["192.0.2.0/24".parse().unwrap()])]);
        decide(&candidates, address.parse().unwrap(), 22, &me(), &blocks)
    }

    const SSH: Traffic = Traffic::Tcp(22, 22);

    #[test]
    fn a_rule_that_holds_the_address_is_enough_wherever_it_is() {
        for covering in [
            rule("sgr-1", SSH, "198.51.100.7/32", "somebody"),
            rule("sgr-1", SSH, "198.51.100.0/24", "office"),
            rule("sgr-1", Traffic::Tcp(20, 30), "0.0.0.0/0", ""),
            rule("sgr-1", Traffic::All, "198.51.0.0/16", ""),
        ] {
            let stale = rule("sgr-2", SSH, "203.0.113.9/32", &own());
            let groups = [(group("sg-1", vec![stale]), 0), (group("sg-2", vec![covering.clone()]), 9)];
            let expected = Decision::Covered { group: GroupId::new("sg-2"), rule: covering };
            assert_eq!(decided(&groups, "198.51.100.7"), Some(expected));
        }
        let list = rule("sgr-1", SSH, "pl-office", "");
        let groups = [(group("sg-1", vec![list.clone()]), 0)];
        assert_eq!(decided(&groups, "192.0.2.5"), Some(Decision::Covered { group: GroupId::new("sg-1"), rule: list }));
        assert_eq!(decided(&groups, "198.51.100.7"), Some(Decision::Add { group: GroupId::new("sg-1") }));
    }

    #[test]
    fn ones_own_older_rule_moves_and_nobody_elses() {
        let stale = rule("sgr-2", SSH, "203.0.113.9/32", &own());
        let foreign = rule("sgr-1", SSH, "203.0.113.8/32", "ec2deck lee@desk (00000000) 2026-01-01");
        let groups = [(group("sg-1", vec![foreign.clone(), stale.clone()]), 0)];
        assert_eq!(decided(&groups, "198.51.100.7"), Some(Decision::Move { group: GroupId::new("sg-1"), rule: stale }));
        assert_eq!(
            decided(&[(group("sg-1", vec![foreign]), 0)], "198.51.100.7"),
            Some(Decision::Add { group: GroupId::new("sg-1") })
        );
    }

    #[test]
    fn ones_own_rule_that_was_widened_or_is_for_other_ports_stays() {
        for other in [
            rule("sgr-1", SSH, "203.0.113.0/24", &own()),
            rule("sgr-1", Traffic::Tcp(8080, 8080), "203.0.113.9/32", &own()),
            rule("sgr-1", Traffic::Tcp(20, 30), "203.0.113.9/32", &own()),
            rule("", SSH, "203.0.113.9/32", &own()),
        ] {
            assert_eq!(
                decided(&[(group("sg-1", vec![other]), 0)], "198.51.100.7"),
                Some(Decision::Add { group: GroupId::new("sg-1") })
            );
        }
    }

    #[test]
    fn of_several_groups_the_one_with_rules_for_the_port_is_taken_then_the_less_shared_one() {
        let ssh = || vec![rule("sgr-1", SSH, "203.0.113.8/32", "")];
        let web = || vec![rule("sgr-2", Traffic::Tcp(443, 443), "0.0.0.0/0", "")];
        for (groups, taken) in [
            (vec![(group("sg-1", web()), 0), (group("sg-2", ssh()), 5)], "sg-2"),
            (vec![(group("sg-1", ssh()), 5), (group("sg-2", ssh()), 1)], "sg-2"),
            (vec![(group("sg-1", web()), 1), (group("sg-2", vec![]), 1)], "sg-1"),
        ] {
            assert_eq!(decided(&groups, "198.51.100.7"), Some(Decision::Add { group: GroupId::new(taken) }));
        }
        assert_eq!(decided(&[], "198.51.100.7"), None);
    }

    #[test]
    fn an_ipv6_address_is_not_covered_by_ipv4_and_gets_a_rule_of_its_own() {
        let groups = [(group("sg-1", vec![rule("sgr-1", SSH, "0.0.0.0/0", "")]), 0)];
        assert_eq!(decided(&groups, "2001:db8::7"), Some(Decision::Add { group: GroupId::new("sg-1") }));
        assert_eq!(own_rule(SSH, "2001:db8::7".parse().unwrap(), "").peer.to_string(), "2001:db8::7/128");
    }

    #[test]
    fn closing_narrows_once_for_each_kind_of_traffic_and_removes_the_rest() {
        let open = group(
            "sg-1",
            vec![
                rule("sgr-1", SSH, "0.0.0.0/0", ""),
                rule("sgr-2", SSH, "::/0", ""),
                rule("sgr-3", Traffic::Tcp(443, 443), "0.0.0.0/0", ""),
                rule("sgr-4", Traffic::Tcp(3389, 3389), "0.0.0.0/0", ""),
                rule("sgr-5", Traffic::Tcp(3389, 3389), "198.51.100.7/32", ""),
            ],
        );
        let me: IpAddr = "198.51.100.7".parse().unwrap();
        let closing = Closing::of(&open, me);
        let ids = |rules: &[Rule]| rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>();
        assert_eq!(
            (ids(&closing.narrowed), ids(&closing.removed)),
            (vec!["sgr-1".to_owned()], vec!["sgr-2".to_owned(), "sgr-4".to_owned()])
        );
        assert_eq!(closing.changes(me, "me")[0].1.peer.to_string(), "198.51.100.7/32");
        assert!(!closing.closes_more());
        let v6 = group("sg-3", vec![rule("sgr-1", SSH, "::/0", ""), rule("sgr-2", Traffic::All, "::/0", "")]);
        let closing = Closing::of(&v6, me);
        assert_eq!(
            (closing.added.clone(), ids(&closing.removed)),
            (vec![SSH, Traffic::All], vec!["sgr-1".to_owned(), "sgr-2".to_owned()])
        );
        let all = group("sg-2", vec![rule("sgr-1", Traffic::All, "0.0.0.0/0", "")]);
        assert!(Closing::of(&all, me).closes_more());
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let traffic = prop_oneof![
            Just(SSH),
            Just(Traffic::Tcp(3389, 3389)),
            Just(Traffic::Tcp(0, 65_535)),
            Just(Traffic::All),
            Just(Traffic::Tcp(443, 443)),
            Just(Traffic::Udp(22, 22))
        ];
        let peer = prop_oneof![
            (any::<u32>(), 0_u8..=32).prop_map(|(bits, prefix)| format!("{}/{prefix}", std::net::Ipv4Addr::from(bits))),
            (any::<u128>(), 0_u8..=128)
                .prop_map(|(bits, prefix)| format!("{}/{prefix}", std::net::Ipv6Addr::from(bits))),
        ];
        (traffic, peer, any::<bool>(), 0..1_000_u32).prop_map(|(traffic, peer, mine, id)| {
            let mut rule = rule(&format!("sgr-{id}"), traffic, &peer, &if mine { own() } else { "other".to_owned() });
            rule.peer = match rule.peer {
                Peer::V4(net) => Peer::V4(net.trunc()),
                Peer::V6(net) => Peer::V6(net.trunc()),
                other => other,
            };
            rule
        })
    }

    proptest! {
        /// Whatever the rules are: after the decision is carried out the address gets in, and no rule but one's own
        /// has changed.
        #[test]
        fn carrying_the_decision_out_lets_me_in_and_touches_nobody(rules in prop::collection::vec(any_rule(), 0..8), bits in any::<u32>()) {
            let address = IpAddr::from(std::net::Ipv4Addr::from(bits));
            let before = group("sg-1", rules);
            let decision = decide(&[Candidate { group: &before, shared_by: 0 }], address, 22, &me(), &Blocks::new()).unwrap();
            let mut after = before.clone();
            match decision {
                Decision::Covered { .. } => {}
                Decision::Move { rule, .. } => {
                    prop_assert!(me().made(&rule));
                    for other in after.inbound.iter_mut().filter(|other| **other == rule) {
                        other.peer = Peer::host(address);
                    }
                }
                Decision::Add { .. } => after.inbound.push(rule("sgr-new", SSH, &format!("{address}/32"), &own())),
            }
            prop_assert!(after.inbound.iter().any(|rule| rule.admits(address, 22)));
            for rule in before.inbound.iter().filter(|rule| !me().made(rule)) {
                prop_assert!(after.inbound.contains(rule));
            }
        }

        /// After closing, nothing opens an administrator's port to the world, and the address still gets in wherever
        /// it did.
        #[test]
        fn closing_closes_and_keeps_me_in(rules in prop::collection::vec(any_rule(), 0..8), bits in any::<u32>()) {
            let address = IpAddr::from(std::net::Ipv4Addr::from(bits));
            let mut rules = rules;
            for (number, rule) in rules.iter_mut().enumerate() {
                rule.id = RuleId::new(format!("sgr-{number}"));
            }
            let before = group("sg-1", rules);
            let closing = Closing::of(&before, address);
            let mut after = before.clone();
            for (id, new) in closing.changes(address, "me") {
                for rule in after.inbound.iter_mut().filter(|rule| rule.id == id) {
                    rule.peer = new.peer.clone();
                }
            }
            for new in closing.additions(address, "me") {
                let rule = rule("sgr-new", new.traffic, &new.peer.to_string(), "me");
                after.inbound.push(rule);
            }
            for rule in &closing.narrowed {
                prop_assert!(rule.peer.is_of_same_kind(&Peer::host(address)), "EC2 would refuse that");
            }
            let mut seen = std::collections::HashSet::new();
            for rule in after.inbound.iter().filter(|rule| rule.peer == Peer::host(address)) {
                let was_twice = before.inbound.iter().filter(|other| (other.traffic, &other.peer) == (rule.traffic, &rule.peer)).count() > 1;
                prop_assert!(seen.insert(rule.traffic) || was_twice, "EC2 would refuse the duplicate");
            }
            after.inbound.retain(|rule| !closing.removed.iter().any(|gone| gone.id == rule.id));
            prop_assert!(after.rules_open_to_world().next().is_none());
            for port in [22, 3389] {
                let could = before.inbound.iter().any(|rule| rule.admits(address, port));
                prop_assert!(!could || after.inbound.iter().any(|rule| rule.admits(address, port)));
            }
        }
    }
}
