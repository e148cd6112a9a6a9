//! Rules of security groups: what EC2 takes, canonicalises and refuses, and how it tells them in its two forms
//! (rules with ids, and permissions grouped by protocol and ports).

use std::collections::HashSet;
use std::fmt;

use aws_sdk_ec2::types;
use ipnet::{Ipv4Net, Ipv6Net};

use super::fault::Fault;
use super::groups::is_allowed;
use super::tags::{Tags, to_sdk};
use super::world::{ACCOUNT, World};

/// One rule of a group.
#[derive(Clone, Debug)]
pub(super) struct Permission {
    /// The rule's id.
    pub id: String,
    /// Its group.
    pub group: String,
    /// Outbound.
    pub egress: bool,
    /// What it allows.
    pub scope: Scope,
    /// Its description.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// What a rule allows; two rules of a group and direction with the same scope are duplicates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `-1` or a number.
    pub protocol: String,
    /// From and to, or ICMP type and code, where the protocol has them.
    pub ports: Option<(i32, i32)>,
    /// The other end.
    pub peer: Peer,
}

/// The other end of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Peer {
    /// IPv4, canonical.
    V4(Ipv4Net),
    /// IPv6, canonical.
    V6(Ipv6Net),
    /// A group.
    Group(String),
    /// A prefix list.
    PrefixList(String),
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(net) => net.fmt(f),
            Self::V6(net) => net.fmt(f),
            Self::Group(id) | Self::PrefixList(id) => f.write_str(id),
        }
    }
}

impl Peer {
    /// An IPv4 block as EC2 keeps it: `100.68.0.18/18` becomes `100.68.0.0/18`.
    pub fn v4(text: &str) -> Result<Self, Fault> {
        text.parse::<Ipv4Net>().map(|net| Self::V4(net.trunc())).map_err(|_| malformed(text))
    }

    /// EC2's words for its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::V4(_) => "IPv4 CIDR",
            Self::V6(_) => "IPv6 CIDR",
            Self::Group(_) => "referenced group id",
            Self::PrefixList(_) => "prefix list",
        }
    }

    /// An IPv6 block as EC2 keeps it.
    pub fn v6(text: &str) -> Result<Self, Fault> {
        text.parse::<Ipv6Net>().map(|net| Self::V6(net.trunc())).map_err(|_| malformed(text))
    }
}

fn malformed(text: &str) -> Fault {
    Fault::value(format!("CIDR block {text} is malformed"))
}

impl Scope {
    /// Protocol and ports as EC2 checks and keeps them.
    pub fn new(protocol: Option<&str>, from: Option<i32>, to: Option<i32>, peer: Peer) -> Result<Self, Fault> {
        let protocol = match protocol.ok_or_else(|| Fault::missing("ipProtocol"))?.to_ascii_lowercase().as_str() {
            "6" => "tcp".to_owned(),
            "17" => "udp".to_owned(),
            "1" => "icmp".to_owned(),
            "58" => "icmpv6".to_owned(),
            "all" | "-1" => "-1".to_owned(),
            word @ ("tcp" | "udp" | "icmp" | "icmpv6") => word.to_owned(),
            number if number.parse::<u8>().is_ok() => number.to_owned(),
            other => {
                return Err(Fault::value(format!("Invalid value '{other}' for IP protocol. Unknown protocol.")));
            }
        };
        let ports = match protocol.as_str() {
            "tcp" | "udp" => Some(port_range(from, to)?),
            "icmp" | "icmpv6" => Some(icmp(from, to)?),
            _ => None,
        };
        Ok(Self { protocol, ports, peer })
    }

    /// EC2's sentence about a duplicate names the rule like this.
    fn worded(&self) -> String {
        let protocol = if self.protocol == "-1" { "ALL".to_owned() } else { self.protocol.to_ascii_uppercase() };
        let ports = self.ports.map(|(from, to)| format!(", from port: {from}, to port: {to}")).unwrap_or_default();
        format!("peer: {}, {protocol}{ports}, ALLOW", self.peer)
    }
}

fn port_range(from: Option<i32>, to: Option<i32>) -> Result<(i32, i32), Fault> {
    let (Some(from), Some(to)) = (from, to) else {
        return Err(Fault::value("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange."));
    };
    if !(0..=65_535).contains(&from) || !(0..=65_535).contains(&to) || from > to {
        return Err(Fault::value(format!("Invalid TCP/UDP port range ({from}:{to})")));
    }
    Ok((from, to))
}

fn icmp(from: Option<i32>, to: Option<i32>) -> Result<(i32, i32), Fault> {
    let (kind, code) = (from.unwrap_or(-1), to.unwrap_or(-1));
    if !(-1..=255).contains(&kind) || !(-1..=255).contains(&code) || (kind == -1 && code != -1) {
        return Err(Fault::value(format!("ICMP type ({kind}) and code ({code}) are not valid")));
    }
    Ok((kind, code))
}

/// A rule that is asked for: scope and description.
pub(super) type Asked = (Scope, Option<String>);

/// Takes a rule's description as EC2 does.
pub(super) fn description(text: Option<&str>) -> Result<Option<String>, Fault> {
    match text.filter(|text| !text.is_empty()) {
        Some(text) if !is_allowed(text) => Err(Fault::value(
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: \
             a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        )),
        other => Ok(other.map(str::to_owned)),
    }
}

impl World {
    /// One rule per other end that the permissions name.
    pub fn expand(&self, permissions: &[types::IpPermission]) -> Result<Vec<Asked>, Fault> {
        let mut asked = Vec::new();
        for permission in permissions {
            let before = asked.len();
            let mut add = |peer: Peer, text: Option<&str>| -> Result<(), Fault> {
                let scope = Scope::new(permission.ip_protocol(), permission.from_port(), permission.to_port(), peer)?;
                asked.push((scope, description(text)?));
                Ok(())
            };
            for range in permission.ip_ranges() {
                add(Peer::v4(range.cidr_ip().unwrap_or_default())?, range.description())?;
            }
            for range in permission.ipv6_ranges() {
                add(Peer::v6(range.cidr_ipv6().unwrap_or_default())?, range.description())?;
            }
            for list in permission.prefix_list_ids() {
                let id = list.prefix_list_id().unwrap_or_default();
                self.prefix_list(id)?;
                add(Peer::PrefixList(id.to_owned()), list.description())?;
            }
            for pair in permission.user_id_group_pairs() {
                let group = self.group_named(pair.group_id(), pair.group_name())?;
                add(Peer::Group(group), pair.description())?;
            }
            if asked.len() == before {
                return Err(Fault::missing("groups or IP ranges"));
            }
        }
        Ok(asked)
    }

    /// Adds rules to a group, all or none.
    pub fn authorize(
        &mut self,
        group: &str,
        egress: bool,
        asked: Vec<Asked>,
        tags: &Tags,
    ) -> Result<Vec<String>, Fault> {
        if asked.is_empty() {
            return Err(Fault::missing("ipPermissions"));
        }
        let mut seen = HashSet::new();
        if !asked.iter().all(|(scope, _)| seen.insert(scope.clone())) {
            return Err(Fault::value("The same permission must not appear multiple times"));
        }
        for (scope, _) in &asked {
            self.refuse_duplicate(group, egress, scope, None)?;
        }
        let present = self.permissions.iter().filter(|rule| rule.group == group && rule.egress == egress).count();
        if present + asked.len() > 60 {
            return Err(Fault::new(
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.",
            ));
        }
        Ok(asked
            .into_iter()
            .map(|(scope, description)| self.add_permission(group, egress, scope, description, tags.clone()))
            .collect())
    }

    /// Refuses a scope that another rule of the group has.
    pub fn refuse_duplicate(
        &self,
        group: &str,
        egress: bool,
        scope: &Scope,
        except: Option<&str>,
    ) -> Result<(), Fault> {
        let duplicate = self.permissions.iter().any(|rule| {
            rule.group == group && rule.egress == egress && &rule.scope == scope && Some(rule.id.as_str()) != except
        });
        if duplicate {
            return Err(Fault::new(
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", scope.worded()),
            ));
        }
        Ok(())
    }

    /// Adds one rule without any check.
    pub fn add_permission(
        &mut self,
        group: &str,
        egress: bool,
        scope: Scope,
        description: Option<String>,
        tags: Tags,
    ) -> String {
        let id = self.id("sgr");
        self.permissions.push(Permission { id: id.clone(), group: group.to_owned(), egress, scope, description, tags });
        id
    }
}

impl Permission {
    /// As `DescribeSecurityGroupRules` tells it.
    pub fn to_sdk(&self, world: &World) -> types::SecurityGroupRule {
        // Of a protocol without ports EC2 says -1 here, and nothing in the grouped form.
        let (from, to) = self.scope.ports.unwrap_or((-1, -1));
        let mut builder = types::SecurityGroupRule::builder()
            .security_group_rule_id(&self.id)
            .group_id(&self.group)
            .group_owner_id(ACCOUNT)
            .is_egress(self.egress)
            .ip_protocol(&self.scope.protocol)
            .from_port(from)
            .to_port(to)
            .set_description(self.description.clone())
            .security_group_rule_arn(format!(
                "arn:aws:ec2:{}:{ACCOUNT}:security-group-rule/{}",
                world.region.code, self.id
            ))
            .set_tags(Some(to_sdk(&self.tags)));
        builder = match &self.scope.peer {
            Peer::V4(net) => builder.cidr_ipv4(net.to_string()),
            Peer::V6(net) => builder.cidr_ipv6(net.to_string()),
            Peer::PrefixList(id) => builder.prefix_list_id(id),
            Peer::Group(id) => builder.referenced_group_info(
                types::ReferencedSecurityGroup::builder()
                    .group_id(id)
                    .user_id(ACCOUNT)
                    .vpc_id(&world.network.vpc)
                    .build(),
            ),
        };
        builder.build()
    }
}

/// The rules as `DescribeSecurityGroups` tells them: one permission for each protocol and range of ports.
pub(super) fn grouped(rules: &[&Permission]) -> Vec<types::IpPermission> {
    let mut kinds: Vec<(&str, Option<(i32, i32)>)> = Vec::new();
    for rule in rules {
        let kind = (rule.scope.protocol.as_str(), rule.scope.ports);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let told = kinds.into_iter().map(|(protocol, ports)| {
        let mut builder = types::IpPermission::builder()
            .ip_protocol(protocol)
            .set_from_port(ports.map(|(from, _)| from))
            .set_to_port(ports.map(|(_, to)| to));
        for rule in rules.iter().filter(|rule| rule.scope.protocol == protocol && rule.scope.ports == ports) {
            let text = rule.description.clone();
            builder = match &rule.scope.peer {
                Peer::V4(net) => {
                    builder.ip_ranges(types::IpRange::builder().cidr_ip(net.to_string()).set_description(text).build())
                }
                Peer::V6(net) => builder
                    .ipv6_ranges(types::Ipv6Range::builder().cidr_ipv6(net.to_string()).set_description(text).build()),
                Peer::PrefixList(id) => builder
                    .prefix_list_ids(types::PrefixListId::builder().prefix_list_id(id).set_description(text).build()),
                Peer::Group(id) => builder.user_id_group_pairs(
                    types::UserIdGroupPair::builder().group_id(id).user_id(ACCOUNT).set_description(text).build(),
                ),
            };
        }
        builder.build()
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(protocol: &str, from: i32, to: i32, peer: &str) -> Result<Scope, String> {
        let peer = Peer::v4(peer).map_err(|fault| fault.code)?;
        Scope::new(Some(protocol), Some(from), Some(to), peer).map_err(|fault| fault.code)
    }

    #[test]
    fn blocks_and_protocols_become_canonical() {
        assert_eq!(scope("tcp", 22, 22, "100.68.0.18/18"), scope("6", 22, 22, "100.68.0.0/18"));
        assert_eq!(scope("-1", 22, 22, "10.0.0.0/8").unwrap().ports, None);
        assert_eq!(scope("47", 22, 22, "10.0.0.0/8").unwrap().ports, None);
    }

    #[test]
    fn nonsense_is_refused() {
        for (protocol, from, to, peer) in [
            ("tcp", 23, 22, "10.0.0.0/8"),
            ("tcp", -1, -1, "10.0.0.0/8"),
            ("udp", 0, 65_536, "10.0.0.0/8"),
            ("icmp", -1, 0, "10.0.0.0/8"),
            ("http", 80, 80, "10.0.0.0/8"),
            ("tcp", 22, 22, "10.0.0.0"),
            ("tcp", 22, 22, "10.0.0.0/33"),
        ] {
            assert_eq!(
                scope(protocol, from, to, peer),
                Err("InvalidParameterValue".to_owned()),
                "{protocol} {from} {to} {peer}"
            );
        }
        assert!(description(Some("집")).is_err());
        assert!(description(Some("it's")).is_err());
    }
}
