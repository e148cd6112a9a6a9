//! The operations on rules of security groups: list, authorize, revoke, modify.

use aws_sdk_ec2::operation::authorize_security_group_egress::{
    AuthorizeSecurityGroupEgressInput, AuthorizeSecurityGroupEgressOutput,
};
use aws_sdk_ec2::operation::authorize_security_group_ingress::{
    AuthorizeSecurityGroupIngressInput, AuthorizeSecurityGroupIngressOutput,
};
use aws_sdk_ec2::operation::describe_security_group_rules::{
    DescribeSecurityGroupRulesInput, DescribeSecurityGroupRulesOutput,
};
use aws_sdk_ec2::operation::modify_security_group_rules::{
    ModifySecurityGroupRulesInput, ModifySecurityGroupRulesOutput,
};
use aws_sdk_ec2::operation::revoke_security_group_egress::{
    RevokeSecurityGroupEgressInput, RevokeSecurityGroupEgressOutput,
};
use aws_sdk_ec2::operation::revoke_security_group_ingress::{
    RevokeSecurityGroupIngressInput, RevokeSecurityGroupIngressOutput,
};
use aws_sdk_ec2::types::{self, ResourceType, TagSpecification};

use super::fault::Fault;
use super::permissions::{Asked, Peer, Permission, Scope, description};
use super::query::{keep, page, passes};
use super::tags;
use super::world::World;

/// `DescribeSecurityGroupRules`
pub(super) fn describe_rules(
    world: &mut World,
    input: &DescribeSecurityGroupRulesInput,
) -> Result<DescribeSecurityGroupRulesOutput, Fault> {
    let ids = input.security_group_rule_ids();
    for id in ids {
        world.rule_at(id)?;
    }
    let listed = world.permissions.iter().filter(|rule| ids.is_empty() || ids.contains(&rule.id)).collect();
    let listed = keep(listed, |rule: &&Permission| {
        passes(input.filters(), &rule.tags, |name| match name {
            "group-id" => Some(vec![rule.group.clone()]),
            "security-group-rule-id" => Some(vec![rule.id.clone()]),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let rules = paged.rows.into_iter().map(|rule| rule.to_sdk(world)).collect();
    Ok(DescribeSecurityGroupRulesOutput::builder()
        .set_security_group_rules(Some(rules))
        .set_next_token(paged.next_token)
        .build())
}

impl World {
    fn rule_at(&self, id: &str) -> Result<usize, Fault> {
        self.permissions.iter().position(|rule| rule.id == id).ok_or_else(|| {
            Fault::new(
                "InvalidSecurityGroupRuleId.NotFound",
                format!("The security group rule ID '{id}' does not exist"),
            )
        })
    }

    fn add_rules(
        &mut self,
        group: &str,
        egress: bool,
        asked: Vec<Asked>,
        specifications: &[TagSpecification],
    ) -> Result<Vec<types::SecurityGroupRule>, Fault> {
        tags::only_for(specifications, &[ResourceType::SecurityGroupRule])?;
        let tags = tags::specified(specifications, &ResourceType::SecurityGroupRule)?;
        let ids = self.authorize(group, egress, asked, &tags)?;
        Ok(self.permissions.iter().filter(|rule| ids.contains(&rule.id)).map(|rule| rule.to_sdk(self)).collect())
    }

    /// Takes rules away, by id or by what they allow; tells what went.
    fn take_rules(
        &mut self,
        group: &str,
        egress: bool,
        ids: &[String],
        permissions: &[types::IpPermission],
    ) -> Result<Vec<types::RevokedSecurityGroupRule>, Fault> {
        let mut gone = Vec::new();
        for id in ids {
            let rule = &self.permissions[self.rule_at(id)?];
            if rule.group != group || rule.egress != egress {
                return Err(Fault::new(
                    "InvalidSecurityGroupRuleId.NotFound",
                    format!("The security group rule ID '{id}' does not exist"),
                ));
            }
            gone.push(id.clone());
        }
        for (scope, _) in self.expand(permissions)? {
            let found = self.permissions.iter().find(|r| r.group == group && r.egress == egress && r.scope == scope);
            match found {
                Some(rule) => gone.push(rule.id.clone()),
                // In a default VPC EC2 keeps silent about a rule that is not there.
                None if self.network.is_default => {}
                None => {
                    return Err(Fault::new(
                        "InvalidPermission.NotFound",
                        "The specified rule does not exist in this security group.",
                    ));
                }
            }
        }
        if ids.is_empty() && permissions.is_empty() {
            return Err(Fault::missing("ipPermissions"));
        }
        let told = self.permissions.iter().filter(|rule| gone.contains(&rule.id)).map(|rule| {
            let (from, to) = rule.scope.ports.unwrap_or((-1, -1));
            types::RevokedSecurityGroupRule::builder()
                .security_group_rule_id(&rule.id)
                .group_id(&rule.group)
                .is_egress(rule.egress)
                .ip_protocol(&rule.scope.protocol)
                .from_port(from)
                .to_port(to)
                .build()
        });
        let told = told.collect();
        self.permissions.retain(|rule| !gone.contains(&rule.id));
        Ok(told)
    }
}

/// `AuthorizeSecurityGroupIngress`, in both forms: permissions, or one rule in the flat parameters.
pub(super) fn authorize_ingress(
    world: &mut World,
    input: &AuthorizeSecurityGroupIngressInput,
) -> Result<AuthorizeSecurityGroupIngressOutput, Fault> {
    let group = world.group_named(input.group_id(), input.group_name())?;
    let mut asked = world.expand(input.ip_permissions())?;
    if let Some(block) = input.cidr_ip() {
        asked.push((Scope::new(input.ip_protocol(), input.from_port(), input.to_port(), Peer::v4(block)?)?, None));
    }
    let rules = world.add_rules(&group, false, asked, input.tag_specifications())?;
    Ok(AuthorizeSecurityGroupIngressOutput::builder().r#return(true).set_security_group_rules(Some(rules)).build())
}

/// `AuthorizeSecurityGroupEgress`
pub(super) fn authorize_egress(
    world: &mut World,
    input: &AuthorizeSecurityGroupEgressInput,
) -> Result<AuthorizeSecurityGroupEgressOutput, Fault> {
    let group = world.group_named(input.group_id(), None)?;
    let asked = world.expand(input.ip_permissions())?;
    let rules = world.add_rules(&group, true, asked, input.tag_specifications())?;
    Ok(AuthorizeSecurityGroupEgressOutput::builder().r#return(true).set_security_group_rules(Some(rules)).build())
}

/// `RevokeSecurityGroupIngress`
pub(super) fn revoke_ingress(
    world: &mut World,
    input: &RevokeSecurityGroupIngressInput,
) -> Result<RevokeSecurityGroupIngressOutput, Fault> {
    let group = world.group_named(input.group_id(), input.group_name())?;
    let gone = world.take_rules(&group, false, input.security_group_rule_ids(), input.ip_permissions())?;
    Ok(RevokeSecurityGroupIngressOutput::builder().r#return(true).set_revoked_security_group_rules(Some(gone)).build())
}

/// `RevokeSecurityGroupEgress`
pub(super) fn revoke_egress(
    world: &mut World,
    input: &RevokeSecurityGroupEgressInput,
) -> Result<RevokeSecurityGroupEgressOutput, Fault> {
    let group = world.group_named(input.group_id(), None)?;
    let gone = world.take_rules(&group, true, input.security_group_rule_ids(), input.ip_permissions())?;
    Ok(RevokeSecurityGroupEgressOutput::builder().r#return(true).set_revoked_security_group_rules(Some(gone)).build())
}

/// `ModifySecurityGroupRules`: each rule is replaced whole and keeps its id and its kind of peer; all or none.
pub(super) fn modify_rules(
    world: &mut World,
    input: &ModifySecurityGroupRulesInput,
) -> Result<ModifySecurityGroupRulesOutput, Fault> {
    let group = world.group_named(input.group_id(), None)?;
    let mut changes: Vec<(usize, Asked)> = Vec::new();
    for update in input.security_group_rules() {
        let place = world.rule_at(update.security_group_rule_id().unwrap_or_default())?;
        let request = update.security_group_rule().ok_or_else(|| Fault::missing("SecurityGroupRule"))?;
        let peers = [
            request.cidr_ipv4().map(Peer::v4).transpose()?,
            request.cidr_ipv6().map(Peer::v6).transpose()?,
            match request.prefix_list_id() {
                Some(id) => world.prefix_list(id).map(|_| Some(Peer::PrefixList(id.to_owned())))?,
                None => None,
            },
            match request.referenced_group_id() {
                Some(id) => Some(Peer::Group(world.group(id)?.id.clone())),
                None => None,
            },
        ];
        let mut peers = peers.into_iter().flatten();
        let (Some(peer), None) = (peers.next(), peers.next()) else {
            return Err(Fault::combination("Exactly one source or destination must be specified for a rule."));
        };
        let scope = Scope::new(request.ip_protocol(), request.from_port(), request.to_port(), peer)?;
        let rule = &world.permissions[place];
        if rule.group != group {
            return Err(Fault::new(
                "InvalidSecurityGroupRuleId.NotFound",
                format!("The security group rule ID '{}' does not exist", rule.id),
            ));
        }
        let (old, new) = (rule.scope.peer.kind(), scope.peer.kind());
        if old != new {
            return Err(Fault::value(format!(
                "Invalid rule type for security group rule '{}'. You may not specify a {new} for an existing {old} rule.",
                rule.id
            )));
        }
        world.refuse_duplicate(&group, rule.egress, &scope, Some(&rule.id))?;
        changes.push((place, (scope, description(request.description())?)));
    }
    if changes.is_empty() {
        return Err(Fault::missing("SecurityGroupRules"));
    }
    for (place, (scope, text)) in changes {
        world.permissions[place].scope = scope;
        world.permissions[place].description = text;
    }
    Ok(ModifySecurityGroupRulesOutput::builder().r#return(true).build())
}
