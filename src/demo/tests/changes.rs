//! The cloud room's changes of rules, groups, tags and Elastic IPs, on the demo account.

use super::cloud::{ask, open};
use super::*;
use crate::cloud::Cloud;
use crate::demo::DemoRule;
use crate::domain::address::Address;
use crate::domain::id::{AllocationId, GroupId, InstanceId, InterfaceId, PrefixListId, RuleId};
use crate::domain::prefix_list::PrefixList;
use crate::domain::problem::{Cause, Problem};
use crate::domain::security_group::{Direction, NewRule, Peer, SecurityGroup, Traffic};
use crate::domain::tag::{self, Tag};
use crate::message::{AddressTarget, Found, MadeKind, Read, Write, Written};

fn ssh(peer: &str, description: &str) -> NewRule {
    let peer = if peer.starts_with("pl-") {
        Peer::PrefixList(PrefixListId::new(peer))
    } else if peer.starts_with("sg-") {
        Peer::Group(GroupId::new(peer))
    } else {
        Peer::V4(peer.parse().unwrap())
    };
    NewRule { traffic: Traffic::Tcp(22, 22), peer, description: description.to_owned() }
}

async fn group_named(cloud: &Cloud, name: &str) -> SecurityGroup {
    let found = ask(cloud, Read::SecurityGroups).await.unwrap();
    let Found::SecurityGroups(page) = &found[0] else { panic!("{found:?}") };
    page.rows.iter().find(|group| group.name == name).unwrap().clone()
}

fn rule(account: &DemoAccount, group: &str, id: &str) -> Option<DemoRule> {
    account.rules_of(group).into_iter().find(|rule| rule.id == id)
}

async fn lists(cloud: &Cloud) -> Vec<PrefixList> {
    let found = ask(cloud, Read::PrefixLists).await.unwrap();
    let [Found::PrefixLists(lists)] = found.as_slice() else { panic!("{found:?}") };
    lists.clone()
}

#[tokio::test(start_paused = true)]
async fn a_rule_is_added_replaced_and_taken_away_by_its_id() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let group = group_named(&cloud, "web").await.id;
    for direction in [Direction::Inbound, Direction::Outbound] {
        let rules = vec![ssh("203.0.113.5/24", "office")];
        let add = Write::AuthorizeRules { group: group.clone(), direction, rules };
        let Ok(Written::Rules(ids)) = cloud.write(add).await else { panic!("not added") };
        let id = ids[0].as_str();
        let made = rule(&account, "web", id).unwrap();
        assert_eq!((made.peer.as_str(), made.egress), ("203.0.113.0/24", direction == Direction::Outbound));
        assert_eq!(made.description.as_deref(), Some("office"));

        let changes = vec![(ids[0].clone(), ssh("192.0.2.1/32", ""))];
        let modify = Write::ModifyRules { group: group.clone(), changes };
        assert_eq!(cloud.write(modify).await, Ok(Written::Done));
        let changed = rule(&account, "web", id).unwrap();
        assert_eq!(
            (changed.peer.as_str(), changed.description),
            ("192.0.2.1/32", None),
            "the id and nothing else stays"
        );

        for _ in 0..2 {
            let rules = vec![RuleId::new("sgr-0"), ids[0].clone()];
            let revoke = Write::RevokeRules { group: group.clone(), direction, rules };
            assert_eq!(cloud.write(revoke).await, Ok(Written::Done), "what is gone counts as done");
            assert_eq!(rule(&account, "web", id), None);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_rule_keeps_its_kind_of_peer() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let web = group_named(&cloud, "web").await;
    let office = lists(&cloud).await.iter().find(|list| list.name == "office").unwrap().id.clone();
    for peer in [web.id.as_str(), office.as_str()] {
        let changes = vec![(web.inbound[0].id.clone(), ssh(peer, ""))];
        let refused = cloud.write(Write::ModifyRules { group: web.id.clone(), changes }).await.unwrap_err();
        assert!(
            refused.is("InvalidParameterValue") && refused.message.contains("existing IPv4 CIDR rule"),
            "{refused:?}"
        );
    }
    assert_eq!(group_named(&cloud, "web").await, web);
}

#[tokio::test(start_paused = true)]
async fn a_prefix_list_is_a_source() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let lists = lists(&cloud).await;
    let named = |name: &str| lists.iter().find(|list| list.name == name).unwrap();
    assert!(named("com.amazonaws.ap-northeast-2.ipv6.ec2-instance-connect").is_v6);
    assert_eq!(named("com.amazonaws.ap-northeast-2.s3").most_entries, 0, "AWS does not say");
    let office = named("office");
    assert_eq!((office.is_v6, office.most_entries), (false, 10));
    let found = ask(&cloud, Read::PrefixListEntries(office.id.clone())).await.unwrap();
    let Found::PrefixListEntries(blocks) = &found[0] else { panic!("{found:?}") };
    assert_eq!(blocks.iter().map(ToString::to_string).collect::<Vec<_>>(), ["203.0.113.0/24", "192.0.2.0/24"]);

    let (group, direction) = (group_named(&cloud, "web").await.id, Direction::Inbound);
    let rules = vec![ssh(office.id.as_str(), "office")];
    let add = Write::AuthorizeRules { group: group.clone(), direction, rules };
    let Ok(Written::Rules(ids)) = cloud.write(add).await else { panic!("not added") };
    assert_eq!(rule(&account, "web", ids[0].as_str()).unwrap().peer, office.id.as_str());

    let unknown = ssh("pl-00000000000000000", "");
    let add = Write::AuthorizeRules { group: group.clone(), direction, rules: vec![unknown.clone()] };
    assert!(cloud.write(add).await.unwrap_err().is("InvalidPrefixListID.NotFound"));
    let modify = Write::ModifyRules { group, changes: vec![(ids[0].clone(), unknown)] };
    assert!(cloud.write(modify).await.unwrap_err().is("InvalidPrefixListID.NotFound"));
    let entries = ask(&cloud, Read::PrefixListEntries(PrefixListId::new("pl-00000000000000000"))).await;
    assert!(entries.unwrap_err().is("InvalidPrefixListID.NotFound"));
}

#[tokio::test(start_paused = true)]
async fn a_load_balancer_keeps_its_group() {
    let account = DemoAccount::lived_in(clock()).with_load_balancer();
    let cloud = open(&account).await;
    let front = group_named(&cloud, "front").await.id;
    let found = ask(&cloud, Read::Interfaces).await.unwrap();
    let Found::Interfaces(page) = &found[0] else { panic!("{found:?}") };
    let users: Vec<_> = page.rows.iter().filter(|one| one.groups.contains(&front)).collect();
    let [balancer] = users.as_slice() else { panic!("{users:?}") };
    assert_eq!((&balancer.instance, balancer.kind.as_str()), (&None, "interface"));
    assert!(balancer.description.starts_with("ELB app/front/"), "{balancer:?}");
    assert_eq!(page.rows.iter().filter(|one| one.instance.is_some()).count(), 5, "one for each instance");
    let delete = cloud.write(Write::DeleteSecurityGroup(front.clone())).await.unwrap_err();
    assert!(delete.is("DependencyViolation"), "{delete:?}");
    let change = Write::SetInterfaceGroups { interface: balancer.id.clone(), groups: vec![front] };
    assert!(cloud.write(change).await.unwrap_err().is("AuthFailure"));
}

#[tokio::test(start_paused = true)]
async fn an_interface_changes_its_groups_and_keeps_at_least_one() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    assert_eq!(account.groups_of("web-1"), ["web"]);
    assert!(account.put_in_group("web-1", "win") && !account.put_in_group("web-1", "none"));
    assert_eq!(account.groups_of("web-1"), ["web", "win"]);
    let web = named(&seoul(&account), "web-1").await;
    let interface = InterfaceId::new(web.network_interfaces()[0].network_interface_id().unwrap());
    let legacy = group_named(&cloud, "legacy").await.id;
    let write = Write::SetInterfaceGroups { interface: interface.clone(), groups: vec![legacy] };
    assert_eq!(cloud.write(write).await, Ok(Written::Done));
    assert_eq!(account.groups_of("web-1"), ["legacy"]);
    assert!(cloud.write(Write::SetInterfaceGroups { interface, groups: vec![] }).await.is_err());
    assert_eq!(account.groups_of("web-1"), ["legacy"]);
}

#[tokio::test(start_paused = true)]
async fn tags_come_and_go() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let web = id(&named(&seoul(&account), "web-1").await);
    let before = account.tags_of(&web);
    let tags = vec![Tag::new("Name", "web-one"), Tag::new("새 키", "값")];
    assert_eq!(cloud.write(Write::PutTags { resource: web.clone(), tags }).await, Ok(Written::Done));
    let after = account.tags_of(&web);
    assert_eq!((after["Name"].as_str(), after["새 키"].as_str(), after.len()), ("web-one", "값", before.len() + 1));
    let keys = vec!["새 키".to_owned(), "never there".to_owned()];
    assert_eq!(cloud.write(Write::RemoveTags { resource: web.clone(), keys }).await, Ok(Written::Done));
    assert_eq!(account.tags_of(&web).len(), before.len());
    assert_eq!(cloud.write(Write::RemoveTags { resource: web.clone(), keys: vec![] }).await, Ok(Written::Done));
    assert_eq!(account.tags_of(&web).len(), before.len(), "no keys are not all keys");
    let reserved = Write::PutTags { resource: web, tags: vec![Tag::new("aws:x", "")] };
    assert!(cloud.write(reserved).await.unwrap_err().is("InvalidParameterValue"));
}

fn allocate(marker: &str) -> Write {
    Write::AllocateAddress { tags: vec![Tag::new("Name", "shop")], marker: marker.to_owned() }
}

async fn made_by(cloud: &Cloud, marker: &str) -> Vec<Address> {
    let read = Read::MadeBy { marker: marker.to_owned(), kind: MadeKind::Address };
    match ask(cloud, read).await.unwrap().remove(0) {
        Found::Made(made) => made.addresses,
        other => panic!("{other:?}"),
    }
}

async fn put(cloud: &Cloud, address: &AllocationId, instance: &str, take_over: bool) -> Result<Written, Problem> {
    let target = AddressTarget { instance: InstanceId::new(instance), interface: None, private_ip: None };
    cloud.write(Write::AssociateAddress { address: address.clone(), target, take_over }).await
}

#[tokio::test(start_paused = true)]
async fn an_address_goes_its_whole_round() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let client = seoul(&account);
    let (web, test) = (id(&named(&client, "web-1").await), id(&named(&client, "웹-테스트").await));
    let Ok(Written::Address(new, ip)) = cloud.write(allocate("m")).await else { panic!("not allocated") };
    assert_eq!(account.tags_of(new.as_str())[tag::REQUEST], "m");

    let Ok(Written::Associated(on_test)) = put(&cloud, &new, &test, false).await else { panic!("not associated") };
    let on = |name: &str| (new.to_string(), ip.to_string(), Some(name.to_owned()));
    assert!(account.addresses().contains(&on("웹-테스트")));
    // web-1 has an Elastic IP of its own, too: neither is taken away unasked.
    assert!(put(&cloud, &new, &web, false).await.unwrap_err().is("Resource.AlreadyAssociated"));
    assert!(account.addresses().contains(&on("웹-테스트")));
    let in_use = cloud.write(Write::ReleaseAddress(new.clone())).await.unwrap_err();
    assert!(in_use.is("InvalidIPAddress.InUse"), "{in_use:?}");

    let Ok(Written::Associated(on_web)) = put(&cloud, &new, &web, true).await else { panic!("not taken over") };
    assert!(account.addresses().contains(&on("web-1")));
    for association in [on_test, on_web.clone(), on_web] {
        assert_eq!(cloud.write(Write::DisassociateAddress(association)).await, Ok(Written::Done));
    }
    assert_eq!(cloud.write(Write::ReleaseAddress(new.clone())).await, Ok(Written::Done));
    let gone = cloud.write(Write::ReleaseAddress(new.clone())).await.unwrap_err();
    assert!(gone.is("InvalidAllocationID.NotFound"), "{gone:?}");
    assert!(!account.addresses().iter().any(|(allocation, ..)| allocation == new.as_str()));
}

#[tokio::test(start_paused = true)]
async fn an_address_goes_to_an_interface_and_not_to_an_instance_that_only_starts() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let client = seoul(&account);
    let test = named(&client, "웹-테스트").await;
    let target = AddressTarget {
        instance: InstanceId::new(id(&test)),
        interface: test.network_interfaces()[0].network_interface_id().map(InterfaceId::new),
        private_ip: test.private_ip_address().and_then(|ip| ip.parse().ok()),
    };
    let Ok(Written::Address(address, _)) = cloud.write(allocate("m")).await else { panic!("not allocated") };
    let write = Write::AssociateAddress { address: address.clone(), target, take_over: false };
    assert!(matches!(cloud.write(write).await, Ok(Written::Associated(_))));
    let pending = launch(&client).await;
    assert!(put(&cloud, &address, &pending, true).await.unwrap_err().is("InvalidInstanceID"));
}

#[tokio::test(start_paused = true)]
async fn an_address_whose_reply_was_lost_is_found_by_its_mark() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    account.lose_reply("AllocateAddress");
    assert_eq!(cloud.write(allocate("lost")).await.unwrap_err().cause, Cause::UnclearOutcome);
    let made = made_by(&cloud, "lost").await;
    assert_eq!((made.len(), made[0].name.as_deref()), (1, Some("shop")));
    assert!(made_by(&cloud, "other").await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_tests_arrange_is_what_the_program_sees() {
    let account = DemoAccount::lived_in(clock());
    let cloud = open(&account).await;
    let id = account.given_rule("web", "tcp", 8443, 8443, "203.0.113.9/32", "by hand").unwrap();
    let seen = group_named(&cloud, "web").await;
    let rule = seen.inbound.iter().find(|rule| rule.id.as_str() == id).unwrap();
    assert_eq!((rule.traffic, rule.description.as_deref()), (Traffic::Tcp(8443, 8443), Some("by hand")));
    assert_eq!(account.given_rule("none", "tcp", 1, 1, "203.0.113.9/32", ""), None);
    assert_eq!(account.key_names(), ["laptop", "office"]);
    assert_eq!(account.addresses().len(), 2);
}
