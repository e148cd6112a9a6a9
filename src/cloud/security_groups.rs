//! Security groups with their rules.

use std::collections::HashMap;

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{following, made_by, maybe, tagged, tags, words};
use super::error::Call;
use super::rules::{of_permissions, rule};
use super::send::{Repeat, ask, change};
use crate::domain::id::{GroupId, VpcId};
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{NewGroup, Rule, SecurityGroup};
use crate::domain::tag::Tag;
use crate::message::{Found, Page, Written};

/// The largest page of groups and of rules.
const PAGE: i32 = 1_000;

/// Inbound and outbound rules.
type Rules = (Vec<Rule>, Vec<Rule>);

impl Cloud {
    /// `DescribeSecurityGroups` and `DescribeSecurityGroupRules`, all pages of both, joined by group. Who may not ask
    /// for the rules gets those inside the groups, which have no ids.
    pub(super) async fn security_groups(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let (groups, rules) = tokio::join!(self.group_pages(), self.rule_pages());
        let groups = groups?;
        let mut rules = match rules {
            Ok(rules) => Some(rules),
            Err(Problem { cause: Cause::NotAllowed { .. }, .. }) => None,
            Err(problem) => return Err(problem),
        };
        let rows = groups.iter().filter_map(|from| {
            let id = from.group_id()?;
            let rules = match &mut rules {
                Some(rules) => rules.remove(id).unwrap_or_default(),
                None => (of_permissions(from.ip_permissions()), of_permissions(from.ip_permissions_egress())),
            };
            Some(group(id, from, rules))
        });
        found(Found::SecurityGroups(Page { rows: rows.collect(), more: false }));
        Ok(())
    }

    async fn group_pages(&self) -> Result<Vec<sdk::SecurityGroup>, Problem> {
        let mut groups = Vec::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_security_groups().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeSecurityGroups", request)?;
            token = following(page.next_token(), token.as_ref());
            groups.extend(page.security_groups.unwrap_or_default());
            if token.is_none() {
                return Ok(groups);
            }
        }
    }

    async fn rule_pages(&self) -> Result<HashMap<String, Rules>, Problem> {
        let mut rules: HashMap<String, Rules> = HashMap::new();
        let mut token = None;
        loop {
            let request = self.ec2().describe_security_group_rules().max_results(PAGE).set_next_token(token.clone());
            let page = ask!(self, "DescribeSecurityGroupRules", request)?;
            token = following(page.next_token(), token.as_ref());
            for from in page.security_group_rules() {
                if let (Some(group), Some(rule)) = (from.group_id(), rule(from)) {
                    let (inbound, outbound) = rules.entry(group.to_owned()).or_default();
                    if from.is_egress().unwrap_or_default() { outbound.push(rule) } else { inbound.push(rule) }
                }
            }
            if token.is_none() {
                return Ok(rules);
            }
        }
    }

    /// The groups that a request of this program made.
    pub(super) async fn groups_made_by(&self, marker: &str) -> Result<Vec<GroupId>, Problem> {
        let request = self.ec2().describe_security_groups().filters(made_by(marker)).max_results(PAGE);
        let answer = ask!(self, "DescribeSecurityGroups", request)?;
        Ok(answer.security_groups().iter().filter_map(|group| maybe(group.group_id())).map(GroupId::new).collect())
    }

    /// `CreateSecurityGroup`, without rules.
    pub(super) async fn create_security_group(
        &self,
        group: &NewGroup,
        tags: &[Tag],
        marker: &str,
    ) -> Result<Written, Problem> {
        let request = self
            .ec2()
            .create_security_group()
            .group_name(&group.name)
            .description(&group.description)
            .set_vpc_id(group.vpc.as_ref().map(|id| id.as_str().to_owned()))
            .set_tag_specifications(
                tagged(sdk::ResourceType::SecurityGroup, tags, Some(marker)).map(|tags| vec![tags]),
            );
        let answer = change!(self, Repeat::Never, "CreateSecurityGroup", request)?;
        match maybe(answer.group_id()) {
            Some(id) => Ok(Written::Group(GroupId::new(id))),
            None => Err(Call::write("CreateSecurityGroup", &self.hosts, Repeat::Never, true).unreadable("GroupId")),
        }
    }

    /// `DeleteSecurityGroup`.
    pub(super) async fn delete_security_group(&self, id: &GroupId) -> Result<Written, Problem> {
        let request = self.ec2().delete_security_group().group_id(id.as_str());
        change!(self, Repeat::Never, "DeleteSecurityGroup", request)?;
        Ok(Written::Done)
    }
}

fn group(id: &str, from: &sdk::SecurityGroup, (inbound, outbound): Rules) -> SecurityGroup {
    SecurityGroup {
        id: GroupId::new(words(Some(id))),
        name: words(from.group_name()),
        description: words(from.description()),
        vpc: maybe(from.vpc_id()).map(VpcId::new),
        inbound,
        outbound,
        tags: tags(from.tags()),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::create_security_group::CreateSecurityGroupOutput;
    use aws_sdk_ec2::operation::describe_security_group_rules::{
        DescribeSecurityGroupRulesError, DescribeSecurityGroupRulesOutput,
    };
    use aws_sdk_ec2::operation::describe_security_groups::DescribeSecurityGroupsOutput;
    use aws_smithy_mocks::{Rule as Mock, mock};
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::domain::security_group::Peer;
    use crate::domain::tag;
    use crate::message::Read;

    fn range(block: &str) -> sdk::IpPermission {
        let range = sdk::IpRange::builder().cidr_ip(block).description("hand\u{1b}made").build();
        sdk::IpPermission::builder().ip_protocol("tcp").from_port(22).to_port(22).ip_ranges(range).build()
    }

    fn groups() -> Mock {
        mock!(aws_sdk_ec2::Client::describe_security_groups).then_output(|| {
            DescribeSecurityGroupsOutput::builder()
                .security_groups(
                    sdk::SecurityGroup::builder()
                        .group_id("sg-1")
                        .group_name("web")
                        .ip_permissions(range("203.0.113.0/24"))
                        .build(),
                )
                .security_groups(sdk::SecurityGroup::builder().group_id("sg-2").group_name("empty").build())
                .build()
        })
    }

    async fn rows(rules: &Mock) -> Result<Vec<SecurityGroup>, Problem> {
        let found = read_all(&cloud_of(&[&groups(), rules]), Read::SecurityGroups).await?;
        match found.into_iter().next() {
            Some(Found::SecurityGroups(page)) => Ok(page.rows),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn rules_find_their_group_and_direction() {
        let rules = mock!(aws_sdk_ec2::Client::describe_security_group_rules).then_output(|| {
            let rule = |id: &str, out: bool| {
                sdk::SecurityGroupRule::builder()
                    .security_group_rule_id(id)
                    .group_id("sg-1")
                    .is_egress(out)
                    .ip_protocol("-1")
                    .cidr_ipv4("0.0.0.0/0")
                    .build()
            };
            DescribeSecurityGroupRulesOutput::builder()
                .security_group_rules(rule("sgr-in", false))
                .security_group_rules(rule("sgr-out", true))
                .build()
        });
        let rows = rows(&rules).await.unwrap();
        assert_eq!((rows[0].inbound.len(), rows[0].outbound.len()), (1, 1));
        assert_eq!(rows[0].inbound[0].id.as_str(), "sgr-in");
        assert!(rows[1].inbound.is_empty() && rows[1].outbound.is_empty());
    }

    fn refusing(code: &'static str) -> Mock {
        mock!(aws_sdk_ec2::Client::describe_security_group_rules)
            .then_error(move || DescribeSecurityGroupRulesError::generic(ErrorMetadata::builder().code(code).build()))
    }

    #[tokio::test]
    async fn without_permission_for_rules_those_inside_the_groups_stand_in() {
        let rows = rows(&refusing("UnauthorizedOperation")).await.unwrap();
        assert_eq!(rows[0].inbound[0].peer, Peer::V4("203.0.113.0/24".parse().unwrap()));
        assert_eq!(rows[0].inbound[0].id.as_str(), "");
        assert_eq!(rows[0].inbound[0].description.as_deref(), Some("hand\u{fffd}made"));
    }

    #[tokio::test]
    async fn another_failure_of_the_rules_is_told() {
        assert_eq!(rows(&refusing("AuthFailure")).await.unwrap_err().cause, Cause::RejectedCredentials);
    }

    #[tokio::test]
    async fn a_new_group_carries_its_tags_and_the_requests() {
        let rule = mock!(aws_sdk_ec2::Client::create_security_group)
            .match_requests(|asked| {
                let tags = asked.tag_specifications()[0].tags();
                asked.vpc_id() == Some("vpc-1")
                    && asked.description() == Some("made here")
                    && tags[0].key() == Some("Name")
                    && tags[1].key() == Some(tag::REQUEST)
                    && tags[1].value() == Some("m")
            })
            .then_output(|| CreateSecurityGroupOutput::builder().group_id("sg-9").build());
        let group = NewGroup {
            name: "web".to_owned(),
            description: "made here".to_owned(),
            vpc: Some(VpcId::new("vpc-1")),
            inbound: vec![],
        };
        let written = cloud_of(&[&rule]).create_security_group(&group, &[Tag::new("Name", "web")], "m").await;
        assert_eq!(written, Ok(Written::Group(GroupId::new("sg-9"))));
    }
}
