//! Security groups of the demo account.

use aws_sdk_ec2::operation::create_security_group::{CreateSecurityGroupInput, CreateSecurityGroupOutput};
use aws_sdk_ec2::operation::delete_security_group::{DeleteSecurityGroupInput, DeleteSecurityGroupOutput};
use aws_sdk_ec2::operation::describe_security_groups::{DescribeSecurityGroupsInput, DescribeSecurityGroupsOutput};
use aws_sdk_ec2::types::{self, ResourceType};

use super::fault::Fault;
use super::permissions::{Peer, Permission, Scope, grouped};
use super::query::{keep, page, passes};
use super::tags::{self, Tags, to_sdk};
use super::world::{ACCOUNT, World};

/// One group; its rules are [`World::permissions`].
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The description.
    pub description: String,
    /// Its tags.
    pub tags: Tags,
}

impl World {
    /// The group that every VPC begins with: all from itself, all to the world.
    pub fn add_default_group(&mut self) {
        let id = self.add_group("default", "default VPC security group", Tags::new());
        let itself = Scope { protocol: "-1".to_owned(), ports: None, peer: Peer::Group(id.clone()) };
        self.add_permission(&id, false, itself, None, Tags::new());
    }

    /// A group with nothing but the rule that lets everything out.
    pub fn add_group(&mut self, name: &str, description: &str, tags: Tags) -> String {
        let id = self.id("sg");
        self.groups.push(Group { id: id.clone(), name: name.to_owned(), description: description.to_owned(), tags });
        let out = Scope { protocol: "-1".to_owned(), ports: None, peer: Peer::V4(ipnet::Ipv4Net::default()) };
        self.add_permission(&id, true, out, None, Tags::new());
        id
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Result<&Group, Fault> {
        if !id.starts_with("sg-") {
            return Err(Fault::new("InvalidGroupId.Malformed", format!("Invalid id: \"{id}\" (expecting \"sg-...\")")));
        }
        self.groups.iter().find(|group| group.id == id).ok_or_else(|| not_found(id))
    }

    /// The group's id, from an id or a name.
    pub fn group_named(&self, id: Option<&str>, name: Option<&str>) -> Result<String, Fault> {
        match (id, name) {
            (Some(id), _) => self.group(id).map(|group| group.id.clone()),
            (None, Some(name)) => {
                self.groups.iter().find(|group| group.name == name).map(|g| g.id.clone()).ok_or_else(|| not_found(name))
            }
            (None, None) => Err(Fault::missing("groupName or groupId")),
        }
    }

    /// Whether an instance that is still there, a load balancer or another group's rule needs the group.
    fn group_is_needed(&self, id: &str) -> bool {
        self.instances.iter().any(|instance| instance.is_there() && instance.groups.iter().any(|group| group == id))
            || self.other_interfaces.iter().any(|other| other.groups.iter().any(|group| group == id))
            || self.permissions.iter().any(|rule| rule.group != id && rule.scope.peer == Peer::Group(id.to_owned()))
    }
}

fn not_found(what: &str) -> Fault {
    Fault::new("InvalidGroup.NotFound", format!("The security group '{what}' does not exist"))
}

/// Whether EC2 takes the text as a group's name, its description or a rule's description.
pub(super) fn is_allowed(text: &str) -> bool {
    text.chars().count() <= 255
        && text.chars().all(|c| c.is_ascii_alphanumeric() || ". _-:/()#,@[]+=&;{}!$*".contains(c))
}

/// `DescribeSecurityGroups`
pub(super) fn describe_groups(
    world: &mut World,
    input: &DescribeSecurityGroupsInput,
) -> Result<DescribeSecurityGroupsOutput, Fault> {
    let (ids, names) = (input.group_ids(), input.group_names());
    for id in ids {
        world.group(id)?;
    }
    for name in names {
        world.group_named(None, Some(name))?;
    }
    let listed = world
        .groups
        .iter()
        .filter(|group| ids.is_empty() || ids.contains(&group.id))
        .filter(|group| names.is_empty() || names.contains(&group.name))
        .collect();
    let listed = keep(listed, |group: &&Group| {
        let rules = || world.permissions.iter().filter(|rule| rule.group == group.id && !rule.egress);
        passes(input.filters(), &group.tags, |name| match name {
            "group-id" => Some(vec![group.id.clone()]),
            "group-name" => Some(vec![group.name.clone()]),
            "description" => Some(vec![group.description.clone()]),
            "vpc-id" => Some(vec![world.network.vpc.clone()]),
            "owner-id" => Some(vec![ACCOUNT.to_owned()]),
            "ip-permission.cidr" => Some(rules().map(|rule| rule.scope.peer.to_string()).collect()),
            "ip-permission.protocol" => Some(rules().map(|rule| rule.scope.protocol.clone()).collect()),
            "ip-permission.group-id" => Some(
                rules()
                    .filter_map(|rule| match &rule.scope.peer {
                        Peer::Group(id) => Some(id.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => None,
        })
    })?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 1000))?;
    let groups = paged.rows.into_iter().map(|group| {
        let rules = |egress: bool| -> Vec<&Permission> {
            world.permissions.iter().filter(|rule| rule.group == group.id && rule.egress == egress).collect()
        };
        types::SecurityGroup::builder()
            .group_id(&group.id)
            .group_name(&group.name)
            .description(&group.description)
            .vpc_id(&world.network.vpc)
            .owner_id(ACCOUNT)
            .security_group_arn(arn(world, &group.id))
            .set_ip_permissions(Some(grouped(&rules(false))))
            .set_ip_permissions_egress(Some(grouped(&rules(true))))
            .set_tags(Some(to_sdk(&group.tags)))
            .build()
    });
    let groups = groups.collect();
    Ok(DescribeSecurityGroupsOutput::builder()
        .set_security_groups(Some(groups))
        .set_next_token(paged.next_token)
        .build())
}

fn arn(world: &World, id: &str) -> String {
    format!("arn:aws:ec2:{}:{ACCOUNT}:security-group/{id}", world.region.code)
}

/// `CreateSecurityGroup`
pub(super) fn create_group(
    world: &mut World,
    input: &CreateSecurityGroupInput,
) -> Result<CreateSecurityGroupOutput, Fault> {
    let name = input.group_name().filter(|name| !name.trim().is_empty()).ok_or_else(|| Fault::missing("GroupName"))?;
    let description =
        input.description().filter(|text| !text.is_empty()).ok_or_else(|| Fault::missing("GroupDescription"))?;
    if !is_allowed(description) {
        return Err(Fault::value(
            "Invalid security group description. Valid descriptions are strings less than 256 characters from the \
             following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        ));
    }
    if !is_allowed(name) {
        return Err(Fault::value(format!(
            "Value ({name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported."
        )));
    }
    if name.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sg-")) {
        return Err(Fault::value("Invalid group name. Group names may not be in the format sg-*"));
    }
    if name.eq_ignore_ascii_case("default") {
        return Err(Fault::new("InvalidGroup.Reserved", format!("Cannot use reserved security group name: {name}")));
    }
    match input.vpc_id() {
        None if !world.network.is_default => {
            return Err(Fault::new("VPCIdNotSpecified", "No default VPC for this user"));
        }
        Some(vpc) if vpc != world.network.vpc => {
            return Err(Fault::new("InvalidVpcID.NotFound", format!("The vpc ID '{vpc}' does not exist")));
        }
        _ => {}
    }
    if world.groups.iter().any(|group| group.name.eq_ignore_ascii_case(name)) {
        return Err(Fault::new(
            "InvalidGroup.Duplicate",
            format!("The security group '{name}' already exists for VPC '{}'", world.network.vpc),
        ));
    }
    let kinds = [ResourceType::SecurityGroup];
    tags::only_for(input.tag_specifications(), &kinds)?;
    let tags = tags::specified(input.tag_specifications(), &ResourceType::SecurityGroup)?;
    let told = to_sdk(&tags);
    let id = world.add_group(name, description, tags);
    Ok(CreateSecurityGroupOutput::builder()
        .security_group_arn(arn(world, &id))
        .group_id(id)
        .set_tags(Some(told))
        .build())
}

/// `DeleteSecurityGroup`: refused for the default group and for one that something needs.
pub(super) fn delete_group(
    world: &mut World,
    input: &DeleteSecurityGroupInput,
) -> Result<DeleteSecurityGroupOutput, Fault> {
    let id = world.group_named(input.group_id(), input.group_name())?;
    if world.group(&id)?.name == "default" {
        return Err(Fault::new(
            "CannotDelete",
            format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"),
        ));
    }
    if world.group_is_needed(&id) {
        return Err(Fault::new("DependencyViolation", format!("resource {id} has a dependent object")));
    }
    world.groups.retain(|group| group.id != id);
    world.permissions.retain(|rule| rule.group != id);
    Ok(DeleteSecurityGroupOutput::builder().group_id(id).build())
}
