//! The stories of security groups on moto, an EC2 that nobody here wrote: what exists afterwards is asked of the server.
//!
//! What moto (5.2.1) cannot do is told on the demo account only, in `groups.rs`:
//! - it deletes a group that is in use (EC2: `DependencyViolation`), so the list of what still uses it cannot be seen;
//! - an instance goes on showing the groups that it was launched with, and those stay on its interface, so taking one
//!   off changes nothing there; putting one on is seen on the interface;
//! - `ModifySecurityGroupRules` changes nothing but protocol, ports and an IPv4 block, and refuses a rule for all
//!   traffic, so closing such a rule to one's own address is refused;
//! - of several rules in one request it tells the id of the last one only.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, IpPermission, IpRange, SecurityGroupRule};

use crate::support::{Stage, Story, moto};

const OWN: &str = "ec2deck kim@laptop (7f3a2c1d) 2026-01-01";

async fn given_group(server: &Client, name: &str) -> String {
    let made = server.create_security_group().group_name(name).description("from the story").send().await;
    made.expect("moto makes a group").group_id().expect("an id").to_owned()
}

async fn given_rule(server: &Client, group: &str, port: i32, block: &str, description: &str) -> String {
    let range = IpRange::builder().cidr_ip(block).description(description).build();
    let permission = IpPermission::builder().ip_protocol("tcp").from_port(port).to_port(port).ip_ranges(range).build();
    let made = server.authorize_security_group_ingress().group_id(group).ip_permissions(permission).send().await;
    made.expect("moto adds a rule").security_group_rules()[0].security_group_rule_id().expect("an id").to_owned()
}

async fn rules(server: &Client, group: &str) -> Vec<SecurityGroupRule> {
    let of = Filter::builder().name("group-id").values(group).build();
    let found = server.describe_security_group_rules().filters(of).send().await.expect("moto lists rules");
    found.security_group_rules().to_vec()
}

/// Inbound rules as `from-to block`.
async fn inbound(server: &Client, group: &str) -> Vec<String> {
    let mut told: Vec<String> = rules(server, group)
        .await
        .iter()
        .filter(|rule| rule.is_egress() == Some(false))
        .map(|rule| {
            let ports = (rule.from_port().unwrap_or(-1), rule.to_port().unwrap_or(-1));
            format!("{}-{} {}", ports.0, ports.1, rule.cidr_ipv4().unwrap_or("?"))
        })
        .collect();
    told.sort();
    told
}

async fn group_named(server: &Client, name: &str) -> Option<aws_sdk_ec2::types::SecurityGroup> {
    let of = Filter::builder().name("group-name").values(name).build();
    let found = server.describe_security_groups().filters(of).send().await.expect("moto lists groups");
    found.security_groups().first().cloned()
}

/// An instance `box` in a group `web`, and the group's id.
async fn a_box() -> (Client, String, Stage) {
    let stage = Stage::moto().await;
    let server = stage.server();
    let group = given_group(&server, "web").await;
    moto::given_instance(&server, "box", Some(&group)).await;
    (server, group, stage)
}

async fn opened(stage: Stage) -> Story {
    let mut story = stage.open().await;
    story.select("box").await;
    story
}

#[tokio::test]
async fn on_moto_my_address_is_added_once_and_taken_back() {
    let (server, group, stage) = a_box().await;
    let mut story = opened(stage).await;
    story.keys("i").await.sees_in_one_line(&["web", "198.51.100.7"]);
    let there = rules(&server, &group).await;
    let mine = there.iter().find(|rule| rule.cidr_ipv4() == Some("198.51.100.7/32")).expect("a rule for me");
    assert_eq!((mine.from_port(), mine.to_port(), mine.ip_protocol()), (Some(22), Some(22), Some("tcp")));
    let description = mine.description().expect("it says whose it is");
    assert!(description.starts_with("ec2deck kim@laptop (7f3a2c1d) 20"), "{description}");

    story.keys("i").await.sees("already");
    assert_eq!(inbound(&server, &group).await, ["22-22 198.51.100.7/32"]);

    story.keys("u").await.sees("Taken back");
    assert!(inbound(&server, &group).await.is_empty());
}

#[tokio::test]
async fn on_moto_a_wider_rule_covers_me() {
    let (server, group, stage) = a_box().await;
    given_rule(&server, &group, 22, "198.51.100.0/24", "office").await;
    let mut story = opened(stage).await;
    story.keys("i").await.sees_in_one_line(&["already", "198.51.100.0/24"]);
    assert_eq!(inbound(&server, &group).await, ["22-22 198.51.100.0/24"]);
}

#[tokio::test]
async fn on_moto_my_own_older_rule_moves_and_keeps_its_id() {
    let (server, group, stage) = a_box().await;
    let own = given_rule(&server, &group, 22, "203.0.113.50/32", OWN).await;
    let mut story = opened(stage).await;
    story.keys("i").await.sees("203.0.113.50/32");
    let there = rules(&server, &group).await;
    let moved = there.iter().find(|rule| rule.security_group_rule_id() == Some(&own)).expect("the same rule");
    assert_eq!(moved.cidr_ipv4(), Some("198.51.100.7/32"));
    assert_eq!(inbound(&server, &group).await, ["22-22 198.51.100.7/32"]);
    story.keys("u").await;
    assert_eq!(inbound(&server, &group).await, ["22-22 203.0.113.50/32"]);
}

#[tokio::test]
async fn on_moto_nobody_elses_rule_is_touched_and_a_shared_group_says_so() {
    let (server, group, stage) = a_box().await;
    moto::given_instance(&server, "other", Some(&group)).await;
    given_rule(&server, &group, 22, "203.0.113.8/32", "ec2deck lee@desk (00000000) 2026-01-01").await;
    let mut story = opened(stage).await;
    story.keys("i").await.sees("1 other instance");
    assert_eq!(inbound(&server, &group).await, ["22-22 198.51.100.7/32", "22-22 203.0.113.8/32"]);
}

#[tokio::test]
async fn on_moto_what_is_open_to_the_world_is_closed_to_me() {
    let (server, group, stage) = a_box().await;
    let open = given_rule(&server, &group, 22, "0.0.0.0/0", "").await;
    given_rule(&server, &group, 443, "0.0.0.0/0", "web").await;
    let mut story = opened(stage).await;
    story.keys("2").await.select("web").await.keys("w").await.sees("SSH 22, anywhere");
    story.keys("n").await;
    assert_eq!(inbound(&server, &group).await, ["22-22 0.0.0.0/0", "443-443 0.0.0.0/0"]);
    story.keys("wy").await;
    assert_eq!(inbound(&server, &group).await, ["22-22 198.51.100.7/32", "443-443 0.0.0.0/0"]);
    let there = rules(&server, &group).await;
    assert!(there.iter().any(|rule| rule.security_group_rule_id() == Some(&open)), "narrowed, not replaced");
}

#[tokio::test]
async fn on_moto_rules_are_added_changed_and_deleted() {
    let (server, group, stage) = a_box().await;
    let mut story = opened(stage).await;
    story.keys("en<tab>8080<enter>").await;
    assert_eq!(inbound(&server, &group).await, ["8080-8080 198.51.100.7/32"]);
    story.keys("e<tab>").await.retype("8000-8100").await.keys("<enter>").await;
    assert_eq!(inbound(&server, &group).await, ["8000-8100 198.51.100.7/32"]);
    story.keys("n<tab>9000<tab><right><right><right><tab>100.68.0.18/18<enter>").await;
    assert_eq!(inbound(&server, &group).await, ["8000-8100 198.51.100.7/32", "9000-9000 100.68.0.0/18"]);
    story.keys("gdy").await;
    assert_eq!(inbound(&server, &group).await, ["9000-9000 100.68.0.0/18"]);
    story.keys("u").await;
    assert_eq!(inbound(&server, &group).await, ["8000-8100 198.51.100.7/32", "9000-9000 100.68.0.0/18"]);
}

#[tokio::test]
async fn on_moto_a_rule_that_changes_its_kind_of_source_is_replaced_without_a_gap() {
    let (server, group, stage) = a_box().await;
    let old = given_rule(&server, &group, 22, "198.51.100.7/32", "me").await;
    let mut story = opened(stage).await;
    // The source becomes the group itself.
    story.keys("e<enter><tab>").await.keys("<right><enter>").await;
    let there = rules(&server, &group).await;
    let inbound: Vec<_> = there.iter().filter(|rule| rule.is_egress() == Some(false)).collect();
    assert_eq!(inbound.len(), 1, "{inbound:?}");
    assert_eq!(inbound[0].referenced_group_info().and_then(|group| group.group_id()), Some(group.as_str()));
    assert_ne!(inbound[0].security_group_rule_id(), Some(old.as_str()));
}

#[tokio::test]
async fn on_moto_groups_are_made_tagged_copied_and_deleted() {
    let (server, group, stage) = a_box().await;
    given_rule(&server, &group, 22, "203.0.113.8/32", "the admins").await;
    let mut story = opened(stage).await;
    story.keys("2ndb<enter>").await;
    let made = group_named(&server, "db").await.expect("the new group");
    assert!(made.ip_permissions().is_empty());
    assert!(made.tags().iter().any(|tag| tag.key() == Some("ec2deck:request")), "{:?}", made.tags());

    story.keys("tnowner<tab>kim<enter><esc>").await;
    let tagged = group_named(&server, "db").await.expect("the new group");
    assert!(tagged.tags().iter().any(|tag| (tag.key(), tag.value()) == (Some("owner"), Some("kim"))));

    story.select("web").await.keys("C<enter>").await;
    let copy = group_named(&server, "web-copy").await.expect("the copy");
    let copied = rules(&server, copy.group_id().unwrap()).await;
    let copied: Vec<_> = copied.iter().filter(|rule| rule.is_egress() == Some(false)).collect();
    assert_eq!(copied.len(), 1);
    assert_eq!((copied[0].cidr_ipv4(), copied[0].description()), (Some("203.0.113.8/32"), Some("the admins")));

    story.select("db").await.keys("dy").await;
    assert!(group_named(&server, "db").await.is_none());
}

#[tokio::test]
async fn on_moto_a_group_is_put_on_an_instance() {
    let (server, _group, stage) = a_box().await;
    let second = given_group(&server, "second").await;
    let mut story = opened(stage).await;
    story.keys("asecond<enter>y").await;
    let carries = Filter::builder().name("group-id").values(&second).build();
    let found = server.describe_network_interfaces().filters(carries).send().await.expect("moto lists interfaces");
    assert_eq!(found.network_interfaces().len(), 1);
}
