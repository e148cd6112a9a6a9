//! The door itself on moto: every change of rules, groups on interfaces, tags and Elastic IPs, and what it reads for
//! them, each checked by asking the server.
//!
//! moto (5.2.1) differs from EC2 in this:
//! - Rules: of several in one request it tells the id of the last alone, and adds those before a duplicate (EC2: none).
//!   A change to another kind of peer is accepted, and only protocol, ports and an IPv4 block really change (EC2
//!   refuses another kind); one that equals another rule is accepted (EC2: `InvalidPermission.Duplicate`); one without
//!   ports (all traffic) is refused (EC2 takes it).
//! - Prefix lists: a rule may name one that does not exist (EC2: `InvalidPrefixListID.NotFound`), and its description
//!   is dropped; an unknown list has no entries (EC2: an error).
//! - Groups of an interface: those that the instance was launched with stay on it whatever is set, and the instance
//!   itself goes on showing those alone; unknown groups and none at all are accepted.
//! - Tags: any id and the prefix `aws:` are accepted; `DeleteTags` without keys removes none (EC2: all).
//! - Elastic IPs: there is no limit; one goes on an instance that has another already, without leave to take over (EC2:
//!   `Resource.AlreadyAssociated`), and in any state; asking for the same association again gives it a new id (EC2: the
//!   same); on an interface it names no instance, and the private address asked for is ignored; one in use can be
//!   released (EC2: `InvalidIPAddress.InUse`).
//! - Lists come in one page whatever `MaxResults` says.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{AddPrefixListEntry, Filter, SecurityGroupRule};
use ec2deck::cloud::{Cloud, Settings, Source};
use ec2deck::domain::id::{AllocationId, AssociationId, GroupId, InstanceId, InterfaceId, PrefixListId, RuleId};
use ec2deck::domain::problem::{Cause, Problem};
use ec2deck::domain::region::Region;
use ec2deck::domain::security_group::{Direction, NewGroup, NewRule, Peer, Traffic};
use ec2deck::domain::tag::{REQUEST, Tag};
use ec2deck::message::{AddressTarget, Found, MadeKind, Read, Write, Written};

use crate::support::moto::{self, Turn};
use crate::support::stage::moto_clients;

/// The door to an empty server, and a client beside it.
struct Door {
    cloud: Cloud,
    server: aws_sdk_ec2::Client,
    _turn: Turn,
}

impl Door {
    async fn open() -> Self {
        Self::with(false).await
    }

    async fn with(read_only: bool) -> Self {
        let turn = moto::turn().await;
        let settings = Settings {
            source: Source::Ready(moto_clients(turn.endpoint)),
            endpoint_url: None,
            read_only,
            my_ip_url: String::new(),
            my_ip: None,
        };
        let opened = Cloud::open(&settings, None, Region::parse(moto::REGION).as_ref()).await.unwrap();
        Self { cloud: opened.0.unwrap(), server: moto::ec2(turn.endpoint), _turn: turn }
    }

    async fn write(&self, write: Write) -> Result<Written, Problem> {
        self.cloud.write(write).await
    }

    async fn ask(&self, read: Read) -> Found {
        let mut all = Vec::new();
        self.cloud.read(&read, &mut |found| all.push(found)).await.unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    async fn group(&self, name: &str) -> GroupId {
        let group = NewGroup { name: name.to_owned(), description: name.to_owned(), vpc: None, inbound: vec![] };
        let write = Write::CreateSecurityGroup { group, tags: vec![], marker: name.to_owned() };
        match self.write(write).await {
            Ok(Written::Group(id)) => id,
            other => panic!("{other:?}"),
        }
    }

    async fn add(&self, group: &GroupId, direction: Direction, rule: NewRule) -> RuleId {
        let write = Write::AuthorizeRules { group: group.clone(), direction, rules: vec![rule] };
        match self.write(write).await {
            Ok(Written::Rules(ids)) => ids[0].clone(),
            other => panic!("{other:?}"),
        }
    }

    async fn rules(&self, group: &GroupId) -> Vec<SecurityGroupRule> {
        let of_group = Filter::builder().name("group-id").values(group.as_str()).build();
        let answer = self.server.describe_security_group_rules().filters(of_group).send().await.unwrap();
        answer.security_group_rules().to_vec()
    }

    async fn rule(&self, group: &GroupId, id: &RuleId) -> Option<SecurityGroupRule> {
        self.rules(group).await.into_iter().find(|rule| rule.security_group_rule_id() == Some(id.as_str()))
    }

    /// A running instance and its interface.
    async fn instance(&self) -> (InstanceId, InterfaceId) {
        let image = moto::newest_image(&self.server, "al2023-ami-2023.*-x86_64").await;
        let run = self.server.run_instances().image_id(image).min_count(1).max_count(1);
        let made = run.instance_type("t3.micro".into()).send().await.unwrap();
        let instance = &made.instances()[0];
        let interface = instance.network_interfaces()[0].network_interface_id().unwrap();
        (InstanceId::new(instance.instance_id().unwrap()), InterfaceId::new(interface))
    }

    async fn tags(&self, id: &str) -> BTreeMap<String, String> {
        let of_one = Filter::builder().name("resource-id").values(id).build();
        let answer = self.server.describe_tags().filters(of_one).send().await.unwrap();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        answer.tags().iter().map(|tag| (text(tag.key()), text(tag.value()))).collect()
    }

    /// What an Elastic IP is on: association, instance and interface. `None`: there is no such address.
    async fn on(&self, id: &AllocationId) -> Option<[Option<String>; 3]> {
        let answer = self.server.describe_addresses().send().await.unwrap();
        let address = answer.addresses().iter().find(|one| one.allocation_id() == Some(id.as_str()))?;
        let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        Some([text(address.association_id()), text(address.instance_id()), text(address.network_interface_id())])
    }

    async fn allocate(&self, marker: &str) -> AllocationId {
        let write = Write::AllocateAddress { tags: vec![Tag::new("Name", "shop")], marker: marker.to_owned() };
        match self.write(write).await {
            Ok(Written::Address(id, _)) => id,
            other => panic!("{other:?}"),
        }
    }
}

fn rule(peer: &str, description: &str) -> NewRule {
    let peer = if peer.starts_with("pl-") {
        Peer::PrefixList(PrefixListId::new(peer))
    } else {
        Peer::V4(peer.parse().unwrap())
    };
    NewRule { traffic: Traffic::Tcp(22, 22), peer, description: description.to_owned() }
}

#[tokio::test]
async fn rules_are_added_both_ways_replaced_and_revoked_by_id() {
    let door = Door::open().await;
    let group = door.group("web").await;
    for direction in [Direction::Inbound, Direction::Outbound] {
        let id = door.add(&group, direction, rule("203.0.113.5/24", "office")).await;
        let there = door.rule(&group, &id).await.unwrap();
        assert_eq!(there.cidr_ipv4(), Some("203.0.113.0/24"), "canonical when it leaves");
        assert_eq!(there.is_egress(), Some(direction == Direction::Outbound));

        let again = Write::AuthorizeRules { group: group.clone(), direction, rules: vec![rule("203.0.113.0/24", "x")] };
        assert_eq!(door.write(again).await, Ok(Written::Rules(vec![])), "what is there counts as done");

        let changes = vec![(id.clone(), rule("192.0.2.1/32", ""))];
        let modify = Write::ModifyRules { group: group.clone(), changes };
        assert_eq!(door.write(modify).await, Ok(Written::Done));
        let changed = door.rule(&group, &id).await.unwrap();
        assert_eq!(changed.cidr_ipv4(), Some("192.0.2.1/32"));
        assert_eq!(changed.description().unwrap_or_default(), "", "the old description does not stay");

        for _ in 0..2 {
            let rules = vec![RuleId::new("sgr-00000000000000000"), id.clone()];
            let revoke = Write::RevokeRules { group: group.clone(), direction, rules };
            assert_eq!(door.write(revoke).await, Ok(Written::Done));
            assert!(door.rule(&group, &id).await.is_none());
        }
    }
    assert_eq!(door.rules(&group).await.len(), 1, "the rule that lets everything out is the only one left");
}

#[tokio::test]
async fn a_rule_that_is_gone_cannot_be_replaced() {
    let door = Door::open().await;
    let group = door.group("web").await;
    let changes = vec![(RuleId::new("sgr-00000000000000000"), rule("192.0.2.1/32", ""))];
    let problem = door.write(Write::ModifyRules { group, changes }).await.unwrap_err();
    assert!(problem.is("InvalidSecurityGroupRuleId.NotFound"), "{problem:?}");
}

#[tokio::test]
async fn an_interface_gets_its_groups() {
    let door = Door::open().await;
    let (instance, interface) = door.instance().await;
    let groups = vec![door.group("one").await, door.group("two").await];
    let write = Write::SetInterfaceGroups { interface: interface.clone(), groups: groups.clone() };
    assert_eq!(door.write(write).await, Ok(Written::Done));
    let Found::Interfaces(page) = door.ask(Read::Interfaces).await else { panic!("no interfaces") };
    let own = page.rows.iter().find(|one| one.id == interface).expect("the interface");
    assert_eq!((&own.instance, &own.groups), (&Some(instance), &groups));
    assert!(own.private_ip.is_some());
    let answer = door.server.describe_network_interfaces().network_interface_ids(interface.as_str());
    let answer = answer.send().await.unwrap();
    let shown = answer.network_interfaces()[0].groups();
    assert_eq!(shown.iter().filter_map(|group| group.group_name()).collect::<Vec<_>>(), ["one", "two"]);
}

#[tokio::test]
async fn tags_come_and_go() {
    let door = Door::open().await;
    let (instance, _) = door.instance().await;
    let resource = instance.to_string();
    let tags = vec![Tag::new("Name", "웹 서버"), Tag::new("env", "test")];
    assert_eq!(door.write(Write::PutTags { resource: resource.clone(), tags }).await, Ok(Written::Done));
    let tags = vec![Tag::new("env", "prod")];
    assert_eq!(door.write(Write::PutTags { resource: resource.clone(), tags }).await, Ok(Written::Done));
    let there = door.tags(&resource).await;
    assert_eq!((there["Name"].as_str(), there["env"].as_str()), ("웹 서버", "prod"));
    let keys = vec!["env".to_owned(), "never there".to_owned()];
    assert_eq!(door.write(Write::RemoveTags { resource: resource.clone(), keys }).await, Ok(Written::Done));
    assert_eq!(door.tags(&resource).await.into_keys().collect::<Vec<_>>(), ["Name"]);
}

#[tokio::test]
async fn an_address_goes_its_whole_round() {
    let door = Door::open().await;
    let (first, _) = door.instance().await;
    let (second, interface) = door.instance().await;
    let address = door.allocate("m").await;
    let tags = door.tags(address.as_str()).await;
    assert_eq!((tags["Name"].as_str(), tags[REQUEST].as_str()), ("shop", "m"));
    let Found::Made(made) = door.ask(Read::MadeBy { marker: "m".to_owned(), kind: MadeKind::Address }).await else {
        panic!("not looked for")
    };
    assert_eq!(made.addresses.iter().map(|one| &one.id).collect::<Vec<_>>(), [&address]);

    let put = |instance: &InstanceId, interface: Option<&InterfaceId>, take_over: bool| {
        let target = AddressTarget { instance: instance.clone(), interface: interface.cloned(), private_ip: None };
        door.write(Write::AssociateAddress { address: address.clone(), target, take_over })
    };
    let Ok(Written::Associated(association)) = put(&first, None, false).await else { panic!("not associated") };
    let [on, instance, _] = door.on(&address).await.unwrap();
    assert_eq!((on, instance), (Some(association.to_string()), Some(first.to_string())));
    let taken = put(&second, Some(&interface), false).await.unwrap_err();
    assert!(taken.is("Resource.AlreadyAssociated"), "{taken:?}");
    let Ok(Written::Associated(association)) = put(&second, Some(&interface), true).await else {
        panic!("not taken over")
    };
    let [on, _, at] = door.on(&address).await.unwrap();
    assert_eq!((on, at), (Some(association.to_string()), Some(interface.to_string())));

    for _ in 0..2 {
        let off = door.write(Write::DisassociateAddress(association.clone())).await;
        assert_eq!(off, Ok(Written::Done), "off already is done");
        assert_eq!(door.on(&address).await.unwrap()[0], None);
    }
    assert_eq!(door.write(Write::ReleaseAddress(address.clone())).await, Ok(Written::Done));
    assert_eq!(door.on(&address).await, None);
    let gone = door.write(Write::ReleaseAddress(address)).await.unwrap_err();
    assert!(gone.is("InvalidAllocationID.NotFound"), "{gone:?}");
}

#[tokio::test]
async fn a_prefix_list_is_found_and_is_a_source() {
    let door = Door::open().await;
    let entry = |block: &str| AddPrefixListEntry::builder().cidr(block).build();
    let create = door.server.create_managed_prefix_list().prefix_list_name("office").address_family("IPv4");
    let create = create.max_entries(5).entries(entry("203.0.113.0/24")).entries(entry("192.0.2.0/24"));
    let id = create.send().await.unwrap().prefix_list().unwrap().prefix_list_id().unwrap().to_owned();

    let Found::PrefixLists(lists) = door.ask(Read::PrefixLists).await else { panic!("no lists") };
    let office = lists.iter().find(|list| list.id.as_str() == id).expect("the list");
    assert_eq!((office.name.as_str(), office.is_v6, office.most_entries), ("office", false, 5));
    let s3 = lists.iter().find(|list| list.name == "com.amazonaws.ap-northeast-2.s3").expect("AWS's own list");
    assert_eq!(s3.most_entries, 0);
    let Found::PrefixListEntries(blocks) = door.ask(Read::PrefixListEntries(office.id.clone())).await else {
        panic!("no blocks")
    };
    assert_eq!(blocks.iter().map(ToString::to_string).collect::<Vec<_>>(), ["203.0.113.0/24", "192.0.2.0/24"]);

    let group = door.group("web").await;
    let rule = door.add(&group, Direction::Inbound, rule(&id, "office")).await;
    assert_eq!(door.rule(&group, &rule).await.unwrap().prefix_list_id(), Some(id.as_str()));
}

#[tokio::test]
async fn read_only_changes_nothing() {
    let door = Door::with(true).await;
    let (group, direction, rules) = (GroupId::new("sg-1"), Direction::Outbound, vec![RuleId::new("sgr-1")]);
    let target = AddressTarget { instance: InstanceId::new("i-1"), interface: None, private_ip: None };
    let address = AllocationId::new("eipalloc-1");
    let new = || rule("0.0.0.0/0", "");
    for (write, operation) in [
        (Write::AuthorizeRules { group: group.clone(), direction, rules: vec![new()] }, "AuthorizeSecurityGroupEgress"),
        (
            Write::ModifyRules { group: group.clone(), changes: vec![(rules[0].clone(), new())] },
            "ModifySecurityGroupRules",
        ),
        (Write::RevokeRules { group: group.clone(), direction, rules }, "RevokeSecurityGroupEgress"),
        (
            Write::SetInterfaceGroups { interface: InterfaceId::new("eni-1"), groups: vec![group] },
            "ModifyNetworkInterfaceAttribute",
        ),
        (Write::PutTags { resource: "i-1".to_owned(), tags: vec![Tag::new("a", "b")] }, "CreateTags"),
        (Write::RemoveTags { resource: "i-1".to_owned(), keys: vec!["a".to_owned()] }, "DeleteTags"),
        (Write::AllocateAddress { tags: vec![], marker: "m".to_owned() }, "AllocateAddress"),
        (Write::AssociateAddress { address: address.clone(), target, take_over: true }, "AssociateAddress"),
        (Write::DisassociateAddress(AssociationId::new("eipassoc-1")), "DisassociateAddress"),
        (Write::ReleaseAddress(address), "ReleaseAddress"),
    ] {
        let problem = door.write(write).await.unwrap_err();
        assert_eq!((problem.cause, problem.operation.as_str()), (Cause::ReadOnly, operation));
    }
    assert!(door.server.describe_addresses().send().await.unwrap().addresses().is_empty());
}
