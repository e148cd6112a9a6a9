//! Security group rules between EC2's words and ours.

use aws_sdk_ec2::types as sdk;
use ipnet::{Ipv4Net, Ipv6Net};

use super::convert::{maybe, tags, words};
use crate::domain::id::{GroupId, PrefixListId, RuleId};
use crate::domain::security_group::{NewRule, Peer, Rule, Traffic};

/// One rule of `DescribeSecurityGroupRules`; one that makes no sense is left out and logged.
pub(super) fn rule(from: &sdk::SecurityGroupRule) -> Option<Rule> {
    let peer = if let Some(block) = from.cidr_ipv4() {
        v4(block)
    } else if let Some(block) = from.cidr_ipv6() {
        v6(block)
    } else if let Some(list) = from.prefix_list_id() {
        Some(Peer::PrefixList(PrefixListId::new(words(Some(list)))))
    } else {
        from.referenced_group_info().and_then(|group| maybe(group.group_id())).map(|id| Peer::Group(GroupId::new(id)))
    };
    let traffic = from.ip_protocol().and_then(|protocol| traffic(protocol, from.from_port(), from.to_port()));
    let (Some(traffic), Some(peer)) = (traffic, peer) else {
        tracing::warn!(rule = from.security_group_rule_id(), "a rule that this program does not understand");
        return None;
    };
    Some(Rule {
        id: RuleId::new(words(from.security_group_rule_id())),
        traffic,
        peer,
        description: maybe(from.description()),
        tags: tags(from.tags()),
    })
}

/// The rules inside a group of `DescribeSecurityGroups`: without ids and tags, for who may not ask for the rules.
pub(super) fn of_permissions(permissions: &[sdk::IpPermission]) -> Vec<Rule> {
    let mut rules = Vec::new();
    for permission in permissions {
        let Some(traffic) = permission
            .ip_protocol()
            .and_then(|protocol| traffic(protocol, permission.from_port(), permission.to_port()))
        else {
            continue;
        };
        let mut add = |peer: Option<Peer>, description: Option<&str>| {
            rules.extend(peer.map(|peer| Rule {
                id: RuleId::new(""),
                traffic,
                peer,
                description: maybe(description),
                tags: Vec::new(),
            }));
        };
        for range in permission.ip_ranges() {
            add(range.cidr_ip().and_then(v4), range.description());
        }
        for range in permission.ipv6_ranges() {
            add(range.cidr_ipv6().and_then(v6), range.description());
        }
        for list in permission.prefix_list_ids() {
            let peer = maybe(list.prefix_list_id()).map(|id| Peer::PrefixList(PrefixListId::new(id)));
            add(peer, list.description());
        }
        for pair in permission.user_id_group_pairs() {
            add(maybe(pair.group_id()).map(|id| Peer::Group(GroupId::new(id))), pair.description());
        }
    }
    rules
}

/// A rule as `AuthorizeSecurityGroupIngress` and `...Egress` take it.
pub(super) fn permission(rule: &NewRule) -> sdk::IpPermission {
    let ports = rule.traffic.ports();
    let description = Some(rule.description.clone()).filter(|text| !text.is_empty());
    let permission = sdk::IpPermission::builder()
        .ip_protocol(rule.traffic.protocol())
        .set_from_port(ports.map(|(from, _)| from))
        .set_to_port(ports.map(|(_, to)| to));
    match &rule.peer {
        Peer::V4(block) => permission
            .ip_ranges(sdk::IpRange::builder().cidr_ip(block.trunc().to_string()).set_description(description).build()),
        Peer::V6(block) => permission.ipv6_ranges(
            sdk::Ipv6Range::builder().cidr_ipv6(block.trunc().to_string()).set_description(description).build(),
        ),
        Peer::PrefixList(list) => permission.prefix_list_ids(
            sdk::PrefixListId::builder().prefix_list_id(list.as_str()).set_description(description).build(),
        ),
        Peer::Group(id) => permission.user_id_group_pairs(
            sdk::UserIdGroupPair::builder().group_id(id.as_str()).set_description(description).build(),
        ),
    }
    .build()
}

/// What a rule becomes, as `ModifySecurityGroupRules` takes it: the whole rule. The description goes along even when it
/// is empty, so that what the rule says afterwards never depends on what EC2 does with one that is left out.
pub(super) fn update(id: &RuleId, rule: &NewRule) -> sdk::SecurityGroupRuleUpdate {
    let ports = rule.traffic.ports();
    let request = sdk::SecurityGroupRuleRequest::builder()
        .ip_protocol(rule.traffic.protocol())
        .set_from_port(ports.map(|(from, _)| from))
        .set_to_port(ports.map(|(_, to)| to))
        .description(&rule.description);
    let request = match &rule.peer {
        Peer::V4(block) => request.cidr_ipv4(block.trunc().to_string()),
        Peer::V6(block) => request.cidr_ipv6(block.trunc().to_string()),
        Peer::PrefixList(list) => request.prefix_list_id(list.as_str()),
        Peer::Group(id) => request.referenced_group_id(id.as_str()),
    };
    sdk::SecurityGroupRuleUpdate::builder()
        .security_group_rule_id(id.as_str())
        .security_group_rule(request.build())
        .build()
}

fn v4(block: &str) -> Option<Peer> {
    block.parse::<Ipv4Net>().ok().map(|net| Peer::V4(net.trunc()))
}

fn v6(block: &str) -> Option<Peer> {
    block.parse::<Ipv6Net>().ok().map(|net| Peer::V6(net.trunc()))
}

/// Protocol and ports; EC2 writes the common protocols as words, but takes and may return their numbers.
fn traffic(protocol: &str, from: Option<i32>, to: Option<i32>) -> Option<Traffic> {
    let port = |number: Option<i32>, missing: u16| match number {
        None | Some(-1) => Some(missing),
        Some(number) => u16::try_from(number).ok(),
    };
    let number = |number: Option<i32>| number.unwrap_or(-1);
    Some(match protocol.to_ascii_lowercase().as_str() {
        "-1" | "all" => Traffic::All,
        "tcp" | "6" => Traffic::Tcp(port(from, 0)?, port(to, u16::MAX)?),
        "udp" | "17" => Traffic::Udp(port(from, 0)?, port(to, u16::MAX)?),
        "icmp" | "1" => Traffic::Icmp(number(from), number(to)),
        "icmpv6" | "58" => Traffic::Icmpv6(number(from), number(to)),
        other => Traffic::Protocol(other.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What EC2 would tell of a rule that it was given.
    fn echo(permission: &sdk::IpPermission) -> sdk::SecurityGroupRule {
        let told = sdk::SecurityGroupRule::builder()
            .security_group_rule_id("sgr-1")
            .ip_protocol(permission.ip_protocol().unwrap())
            .set_from_port(permission.from_port().or(Some(-1)))
            .set_to_port(permission.to_port().or(Some(-1)));
        if let [range] = permission.ip_ranges() {
            told.cidr_ipv4(range.cidr_ip().unwrap()).set_description(range.description().map(str::to_owned))
        } else if let [range] = permission.ipv6_ranges() {
            told.cidr_ipv6(range.cidr_ipv6().unwrap()).set_description(range.description().map(str::to_owned))
        } else if let [list] = permission.prefix_list_ids() {
            told.prefix_list_id(list.prefix_list_id().unwrap())
        } else {
            let [pair] = permission.user_id_group_pairs() else { panic!("one peer") };
            let group = sdk::ReferencedSecurityGroup::builder().group_id(pair.group_id().unwrap()).build();
            told.referenced_group_info(group)
        }
        .build()
    }

    #[test]
    fn a_rule_comes_back_as_it_was_sent() {
        for (traffic, peer) in [
            (Traffic::Tcp(22, 22), Peer::V4("198.51.100.7/32".parse().unwrap())),
            (Traffic::Udp(0, 65_535), Peer::V6("2001:db8::/64".parse().unwrap())),
            (Traffic::Icmp(8, -1), Peer::anywhere_v4()),
            (Traffic::Icmpv6(-1, -1), Peer::V6("::/0".parse().unwrap())),
            (Traffic::All, Peer::Group(GroupId::new("sg-1"))),
            (Traffic::Protocol(50), Peer::PrefixList(PrefixListId::new("pl-1"))),
        ] {
            let new = NewRule { traffic, peer: peer.clone(), description: String::new() };
            let back = rule(&echo(&permission(&new))).unwrap();
            assert_eq!((back.traffic, back.peer), (traffic, peer));
            let plain = of_permissions(&[permission(&new)]);
            assert_eq!((plain[0].traffic, &plain[0].peer), (new.traffic, &new.peer));
        }
    }

    #[test]
    fn blocks_are_canonical_both_ways_and_descriptions_go_with_them() {
        let new = NewRule {
            traffic: Traffic::Tcp(443, 443),
            peer: Peer::V4("100.68.0.18/18".parse().unwrap()),
            description: "office".to_owned(),
        };
        let sent = permission(&new);
        assert_eq!(sent.ip_ranges()[0].cidr_ip(), Some("100.68.0.0/18"));
        assert_eq!(sent.ip_ranges()[0].description(), Some("office"));
        assert_eq!(rule(&echo(&sent)).unwrap().description.as_deref(), Some("office"));
        let all = NewRule { traffic: Traffic::All, peer: Peer::anywhere_v4(), description: String::new() };
        let sent = permission(&all);
        assert_eq!((sent.ip_protocol(), sent.from_port(), sent.to_port()), (Some("-1"), None, None));
        assert_eq!(sent.ip_ranges()[0].description(), None);
    }

    #[test]
    fn an_update_is_the_whole_rule_with_exactly_one_peer() {
        for (peer, sent) in [
            (Peer::V4("100.68.0.18/18".parse().unwrap()), [Some("100.68.0.0/18"), None, None, None]),
            (Peer::V6("2001:db8::1/64".parse().unwrap()), [None, Some("2001:db8::/64"), None, None]),
            (Peer::PrefixList(PrefixListId::new("pl-1")), [None, None, Some("pl-1"), None]),
            (Peer::Group(GroupId::new("sg-1")), [None, None, None, Some("sg-1")]),
        ] {
            let new = NewRule { traffic: Traffic::Tcp(22, 22), peer, description: String::new() };
            let update = update(&RuleId::new("sgr-1"), &new);
            let rule = update.security_group_rule().unwrap();
            let peers = [rule.cidr_ipv4(), rule.cidr_ipv6(), rule.prefix_list_id(), rule.referenced_group_id()];
            assert_eq!((update.security_group_rule_id(), peers), (Some("sgr-1"), sent));
            assert_eq!((rule.ip_protocol(), rule.from_port(), rule.to_port()), (Some("tcp"), Some(22), Some(22)));
            assert_eq!(rule.description(), Some(""), "an empty description is sent, too");
        }
    }

    #[test]
    fn a_rule_without_a_peer_or_with_an_impossible_port_is_left_out() {
        let nobody = sdk::SecurityGroupRule::builder().ip_protocol("tcp").from_port(22).to_port(22).build();
        assert_eq!(rule(&nobody), None);
        assert_eq!(traffic("tcp", Some(70_000), Some(70_000)), None);
        assert_eq!(traffic("6", Some(22), Some(23)), Some(Traffic::Tcp(22, 23)));
        assert_eq!(traffic("tcp", None, None), Some(Traffic::Tcp(0, 65_535)));
        assert_eq!(traffic("quic", None, None), None);
    }
}
