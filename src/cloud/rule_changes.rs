//! Changes of a security group's rules: add, replace, take away. Rules go by their ids wherever EC2 takes ids.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::maybe;
use super::rules::{permission, update};
use super::send::{Repeat, change};
use crate::domain::id::{GroupId, RuleId};
use crate::domain::problem::Problem;
use crate::domain::security_group::{Direction, NewRule};
use crate::message::Written;

/// The API operation that adds rules.
pub(super) fn authorize_operation(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "AuthorizeSecurityGroupIngress",
        Direction::Outbound => "AuthorizeSecurityGroupEgress",
    }
}

/// The API operation that takes rules away.
pub(super) fn revoke_operation(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "RevokeSecurityGroupIngress",
        Direction::Outbound => "RevokeSecurityGroupEgress",
    }
}

impl Cloud {
    /// `AuthorizeSecurityGroupIngress` or `...Egress`. One rule that is there already makes EC2 refuse all of them, so
    /// they are then added one by one, and what is there counts as done.
    pub(super) async fn authorize_rules(
        &self,
        group: &GroupId,
        direction: Direction,
        rules: &[NewRule],
    ) -> Result<Written, Problem> {
        let mut permissions: Vec<sdk::IpPermission> = Vec::new();
        let mut seen = Vec::new();
        for rule in rules {
            // The same rule twice in one request is an error, whatever its description.
            if !seen.contains(&(rule.traffic, &rule.peer)) {
                seen.push((rule.traffic, &rule.peer));
                permissions.push(permission(rule));
            }
        }
        if permissions.is_empty() {
            return Ok(Written::Rules(Vec::new()));
        }
        match self.authorize(group, direction, permissions.clone()).await {
            Err(problem) if is_there_already(&problem) => {
                let mut ids = Vec::new();
                for permission in permissions {
                    match self.authorize(group, direction, vec![permission]).await {
                        Err(problem) if is_there_already(&problem) => {}
                        outcome => ids.extend(outcome?),
                    }
                }
                Ok(Written::Rules(ids))
            }
            outcome => outcome.map(Written::Rules),
        }
    }

    async fn authorize(
        &self,
        group: &GroupId,
        direction: Direction,
        permissions: Vec<sdk::IpPermission>,
    ) -> Result<Vec<RuleId>, Problem> {
        // A second try would be refused as a duplicate of the first, whose rules' ids would then be unknown.
        let (repeat, operation) = (Repeat::Never, authorize_operation(direction));
        let ids = |rules: &[sdk::SecurityGroupRule]| {
            rules.iter().filter_map(|rule| maybe(rule.security_group_rule_id())).map(RuleId::new).collect()
        };
        match direction {
            Direction::Inbound => {
                let request = self.ec2().authorize_security_group_ingress();
                let request = request.group_id(group.as_str()).set_ip_permissions(Some(permissions));
                Ok(ids(change!(self, repeat, operation, request)?.security_group_rules()))
            }
            Direction::Outbound => {
                let request = self.ec2().authorize_security_group_egress();
                let request = request.group_id(group.as_str()).set_ip_permissions(Some(permissions));
                Ok(ids(change!(self, repeat, operation, request)?.security_group_rules()))
            }
        }
    }

    /// `ModifySecurityGroupRules`, all or none. EC2 takes no other kind of peer than the rule has: a block of IPv4
    /// addresses stays one.
    pub(super) async fn modify_rules(
        &self,
        group: &GroupId,
        changes: &[(RuleId, NewRule)],
    ) -> Result<Written, Problem> {
        if changes.is_empty() {
            return Ok(Written::Done);
        }
        let updates = changes.iter().map(|(id, rule)| update(id, rule)).collect();
        let request =
            self.ec2().modify_security_group_rules().group_id(group.as_str()).set_security_group_rules(Some(updates));
        // Each rule becomes what the request says, as often as it is sent.
        change!(self, Repeat::Freely, "ModifySecurityGroupRules", request)?;
        Ok(Written::Done)
    }

    /// `RevokeSecurityGroupIngress` or `...Egress` by id. One rule that is gone makes EC2 refuse all of them, so they
    /// are then taken away one by one, and what is gone counts as done.
    pub(super) async fn revoke_rules(
        &self,
        group: &GroupId,
        direction: Direction,
        rules: &[RuleId],
    ) -> Result<Written, Problem> {
        if rules.is_empty() {
            return Ok(Written::Done);
        }
        match self.revoke(group, direction, rules).await {
            Err(problem) if is_gone(&problem) && rules.len() > 1 => {
                for rule in rules {
                    match self.revoke(group, direction, std::slice::from_ref(rule)).await {
                        Err(problem) if is_gone(&problem) => {}
                        outcome => outcome?,
                    }
                }
            }
            Err(problem) if is_gone(&problem) => {}
            outcome => outcome?,
        }
        Ok(Written::Done)
    }

    async fn revoke(&self, group: &GroupId, direction: Direction, rules: &[RuleId]) -> Result<(), Problem> {
        let ids = Some(rules.iter().map(|id| id.as_str().to_owned()).collect());
        // A rule's id is never given again, so a second try finds the rule gone, which is what was wanted.
        let (repeat, operation) = (Repeat::Freely, revoke_operation(direction));
        match direction {
            Direction::Inbound => {
                let request = self.ec2().revoke_security_group_ingress();
                let request = request.group_id(group.as_str()).set_security_group_rule_ids(ids);
                change!(self, repeat, operation, request)?;
            }
            Direction::Outbound => {
                let request = self.ec2().revoke_security_group_egress();
                let request = request.group_id(group.as_str()).set_security_group_rule_ids(ids);
                change!(self, repeat, operation, request)?;
            }
        }
        Ok(())
    }
}

fn is_there_already(problem: &Problem) -> bool {
    problem.is("InvalidPermission.Duplicate")
}

fn is_gone(problem: &Problem) -> bool {
    problem.is("InvalidSecurityGroupRuleId.NotFound") || problem.is("InvalidPermission.NotFound")
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::authorize_security_group_egress::AuthorizeSecurityGroupEgressOutput;
    use aws_sdk_ec2::operation::authorize_security_group_ingress::{
        AuthorizeSecurityGroupIngressError, AuthorizeSecurityGroupIngressOutput,
    };
    use aws_sdk_ec2::operation::modify_security_group_rules::ModifySecurityGroupRulesOutput;
    use aws_sdk_ec2::operation::revoke_security_group_egress::RevokeSecurityGroupEgressOutput;
    use aws_sdk_ec2::operation::revoke_security_group_ingress::{
        RevokeSecurityGroupIngressError, RevokeSecurityGroupIngressOutput,
    };
    use aws_smithy_mocks::{Rule as Mock, mock};
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::domain::security_group::{Peer, Traffic};
    use crate::message::Write;

    fn web() -> GroupId {
        GroupId::new("sg-1")
    }

    fn ids(ids: &[&str]) -> Vec<RuleId> {
        ids.iter().map(|id| RuleId::new(*id)).collect()
    }

    fn ssh(block: &str) -> NewRule {
        NewRule { traffic: Traffic::Tcp(22, 22), peer: Peer::V4(block.parse().unwrap()), description: String::new() }
    }

    fn made(id: &str) -> sdk::SecurityGroupRule {
        sdk::SecurityGroupRule::builder().security_group_rule_id(id).build()
    }

    #[tokio::test]
    async fn a_rule_that_is_there_already_does_not_stop_the_others() {
        let duplicate = || {
            AuthorizeSecurityGroupIngressError::generic(
                ErrorMetadata::builder().code("InvalidPermission.Duplicate").build(),
            )
        };
        let together = mock!(aws_sdk_ec2::Client::authorize_security_group_ingress)
            .match_requests(|asked| asked.ip_permissions().len() == 2)
            .then_error(duplicate);
        let old = mock!(aws_sdk_ec2::Client::authorize_security_group_ingress)
            .match_requests(|asked| asked.ip_permissions()[0].ip_ranges()[0].cidr_ip() == Some("198.51.100.7/32"))
            .then_error(duplicate);
        let new = mock!(aws_sdk_ec2::Client::authorize_security_group_ingress)
            .match_requests(|asked| asked.ip_permissions()[0].ip_ranges()[0].cidr_ip() == Some("203.0.113.0/24"))
            .then_output(|| {
                AuthorizeSecurityGroupIngressOutput::builder().security_group_rules(made("sgr-new")).build()
            });
        let cloud = cloud_of(&[&together, &old, &new]);
        // The third is the second again, with host bits and another description.
        let again = NewRule { description: "again".to_owned(), ..ssh("203.0.113.0/24") };
        let rules = vec![ssh("198.51.100.7/32"), ssh("203.0.113.0/24"), again];
        let write = Write::AuthorizeRules { group: web(), direction: Direction::Inbound, rules };
        assert_eq!(cloud.write(write).await, Ok(Written::Rules(ids(&["sgr-new"]))));
        assert_eq!((together.num_calls(), old.num_calls(), new.num_calls()), (1, 1, 1));
    }

    #[tokio::test]
    async fn an_outbound_rule_goes_out_by_its_own_operations() {
        let authorize = mock!(aws_sdk_ec2::Client::authorize_security_group_egress)
            .match_requests(|asked| asked.group_id() == Some("sg-1") && asked.ip_permissions().len() == 1)
            .then_output(|| {
                AuthorizeSecurityGroupEgressOutput::builder().security_group_rules(made("sgr-out")).build()
            });
        let revoke = mock!(aws_sdk_ec2::Client::revoke_security_group_egress)
            .match_requests(|asked| asked.group_id() == Some("sg-1") && asked.security_group_rule_ids() == ["sgr-out"])
            .then_output(|| RevokeSecurityGroupEgressOutput::builder().build());
        let cloud = cloud_of(&[&authorize, &revoke]);
        let direction = Direction::Outbound;
        let write = Write::AuthorizeRules { group: web(), direction, rules: vec![ssh("0.0.0.0/0")] };
        assert_eq!(cloud.write(write).await, Ok(Written::Rules(ids(&["sgr-out"]))));
        let write = Write::RevokeRules { group: web(), direction, rules: ids(&["sgr-out"]) };
        assert_eq!(cloud.write(write).await, Ok(Written::Done));
    }

    #[tokio::test]
    async fn rules_are_replaced_whole_in_one_request() {
        let modify = mock!(aws_sdk_ec2::Client::modify_security_group_rules)
            .match_requests(|asked| {
                let updates = asked.security_group_rules();
                let first = updates[0].security_group_rule().unwrap();
                asked.group_id() == Some("sg-1")
                    && updates.len() == 2
                    && updates[0].security_group_rule_id() == Some("sgr-1")
                    && updates[1].security_group_rule_id() == Some("sgr-2")
                    && first.cidr_ipv4() == Some("203.0.113.9/32")
                    && first.description() == Some("")
            })
            .then_output(|| ModifySecurityGroupRulesOutput::builder().r#return(true).build());
        let cloud = cloud_of(&[&modify]);
        let changes =
            vec![(RuleId::new("sgr-1"), ssh("203.0.113.9/32")), (RuleId::new("sgr-2"), ssh("203.0.113.10/32"))];
        assert_eq!(cloud.write(Write::ModifyRules { group: web(), changes }).await, Ok(Written::Done));
        assert_eq!(modify.num_calls(), 1);
    }

    fn revoking(rules: &'static [&'static str], code: Option<&'static str>) -> Mock {
        let mock = mock!(aws_sdk_ec2::Client::revoke_security_group_ingress)
            .match_requests(move |asked| asked.security_group_rule_ids() == rules);
        match code {
            None => mock.then_output(|| RevokeSecurityGroupIngressOutput::builder().r#return(true).build()),
            Some(code) => mock.then_error(move || {
                RevokeSecurityGroupIngressError::generic(ErrorMetadata::builder().code(code).build())
            }),
        }
    }

    async fn revoke(mocks: &[&Mock], rules: &[&str]) -> Result<Written, Problem> {
        let write = Write::RevokeRules { group: web(), direction: Direction::Inbound, rules: ids(rules) };
        cloud_of(mocks).write(write).await
    }

    #[tokio::test]
    async fn rules_that_are_there_go_at_once() {
        let both = revoking(&["sgr-1", "sgr-2"], None);
        assert_eq!(revoke(&[&both], &["sgr-1", "sgr-2"]).await, Ok(Written::Done));
        assert_eq!(both.num_calls(), 1);
    }

    #[tokio::test]
    async fn a_rule_that_is_gone_does_not_keep_the_others() {
        for code in ["InvalidSecurityGroupRuleId.NotFound", "InvalidPermission.NotFound"] {
            let both = revoking(&["sgr-1", "sgr-2"], Some(code));
            let gone = revoking(&["sgr-1"], Some(code));
            let there = revoking(&["sgr-2"], None);
            assert_eq!(revoke(&[&both, &gone, &there], &["sgr-1", "sgr-2"]).await, Ok(Written::Done));
            assert_eq!((both.num_calls(), gone.num_calls(), there.num_calls()), (1, 1, 1));
            assert_eq!(revoke(&[&gone], &["sgr-1"]).await, Ok(Written::Done));
            assert_eq!(gone.num_calls(), 2, "one alone is asked for once");
        }
    }

    #[tokio::test]
    async fn another_refusal_of_a_revocation_is_told() {
        let both = revoking(&["sgr-1", "sgr-2"], Some("InvalidPermission.NotFound"));
        let gone = revoking(&["sgr-1"], Some("InvalidPermission.NotFound"));
        let refused = revoking(&["sgr-2"], Some("InvalidGroup.NotFound"));
        let problem = revoke(&[&both, &gone, &refused], &["sgr-1", "sgr-2"]).await.unwrap_err();
        assert!(problem.is("InvalidGroup.NotFound"), "{problem:?}");
    }

    #[tokio::test]
    async fn nothing_to_change_sends_nothing() {
        let cloud = cloud_of(&[]);
        let (group, direction) = (web(), Direction::Inbound);
        for write in [
            Write::ModifyRules { group: group.clone(), changes: vec![] },
            Write::RevokeRules { group: group.clone(), direction, rules: vec![] },
        ] {
            assert_eq!(cloud.write(write).await, Ok(Written::Done));
        }
        let write = Write::AuthorizeRules { group, direction, rules: vec![] };
        assert_eq!(cloud.write(write).await, Ok(Written::Rules(vec![])));
    }
}
