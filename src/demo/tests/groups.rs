use aws_sdk_ec2::types::{IpPermission, IpRange, SecurityGroupRuleRequest, SecurityGroupRuleUpdate};

use super::*;

fn tcp(port: i32, blocks: &[&str]) -> IpPermission {
    let ranges = blocks.iter().map(|block| IpRange::builder().cidr_ip(*block).description("x").build()).collect();
    IpPermission::builder().ip_protocol("tcp").from_port(port).to_port(port).set_ip_ranges(Some(ranges)).build()
}

async fn group(client: &Client, name: &str) -> String {
    let reply = client.describe_security_groups().filters(filter("group-name", name)).send().await.unwrap();
    reply.security_groups()[0].group_id().unwrap().to_owned()
}

async fn new_group(client: &Client, name: &str) -> String {
    let reply = client.create_security_group().group_name(name).description("test").send().await.unwrap();
    reply.group_id().unwrap().to_owned()
}

/// Id, inbound or not, and block of each rule.
async fn rules(client: &Client, group: &str) -> Vec<(String, bool, String)> {
    let reply = client.describe_security_group_rules().filters(filter("group-id", group)).send().await.unwrap();
    reply
        .security_group_rules()
        .iter()
        .map(|rule| {
            let block = rule.cidr_ipv4().unwrap_or_default().to_owned();
            (rule.security_group_rule_id().unwrap().to_owned(), rule.is_egress().unwrap(), block)
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_new_group_lets_all_out_and_nothing_in() {
    let client = seoul(&DemoAccount::empty(clock()));
    let id = new_group(&client, "web").await;
    let rules = rules(&client, &id).await;
    assert_eq!(
        rules.iter().map(|(_, egress, block)| (*egress, block.as_str())).collect::<Vec<_>>(),
        [(true, "0.0.0.0/0")]
    );
    for name in ["web", "WEB"] {
        let again = client.create_security_group().group_name(name).description("test").send().await;
        assert_eq!(code(again), "InvalidGroup.Duplicate", "names are unique whatever their case");
    }
    for (name, text) in [("sg-web", "x"), ("웹", "x"), ("a", "집"), ("it's", "x")] {
        let wrong = client.create_security_group().group_name(name).description(text).send().await;
        assert_eq!(code(wrong), "InvalidParameterValue", "{name} {text}");
    }
    assert_eq!(code(client.create_security_group().group_name("a").send().await), "MissingParameter");
}

#[tokio::test(start_paused = true)]
async fn rules_are_canonical_and_unique() {
    let client = seoul(&DemoAccount::empty(clock()));
    let id = new_group(&client, "web").await;
    let authorize = |permission: IpPermission| {
        client.authorize_security_group_ingress().group_id(&id).ip_permissions(permission).send()
    };
    let reply = authorize(tcp(22, &["100.68.0.18/18", "198.51.100.7/32"])).await.unwrap();
    assert_eq!(reply.security_group_rules()[0].cidr_ipv4(), Some("100.68.0.0/18"));
    assert_eq!(code(authorize(tcp(22, &["100.68.3.3/18"])).await), "InvalidPermission.Duplicate");
    assert_eq!(code(authorize(tcp(23, &["1.2.3.4/32", "1.2.3.4/32"])).await), "InvalidParameterValue");
    assert_eq!(code(authorize(tcp(80, &["0.0.0.0/0", "nonsense"])).await), "InvalidParameterValue");
    assert_eq!(rules(&client, &id).await.len(), 3, "a refused call adds nothing");
    let reply = client.describe_security_groups().group_ids(&id).send().await.unwrap();
    let inbound = reply.security_groups()[0].ip_permissions();
    assert_eq!((inbound.len(), inbound[0].ip_ranges().len()), (1, 2), "one permission for one range of ports");
}

#[tokio::test(start_paused = true)]
async fn rules_go_by_id_or_by_what_they_allow() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let id = group(&client, "web").await;
    let before = rules(&client, &id).await;
    let revoke = || client.revoke_security_group_ingress().group_id(&id);
    revoke().security_group_rule_ids(&before[1].0).send().await.unwrap();
    revoke().ip_permissions(tcp(443, &["0.0.0.0/0"])).send().await.unwrap();
    assert_eq!(rules(&client, &id).await.len(), before.len() - 2);
    let again = revoke().security_group_rule_ids(&before[1].0).send().await;
    assert_eq!(code(again), "InvalidSecurityGroupRuleId.NotFound");
    let silent = revoke().ip_permissions(tcp(443, &["0.0.0.0/0"])).send().await;
    assert_eq!(code(silent), "(done)", "a default VPC keeps silent");

    let client = seoul(&DemoAccount::empty(clock()).without_default_vpc());
    let vpc = client.describe_vpcs().send().await.unwrap().vpcs()[0].vpc_id().unwrap().to_owned();
    let reply = client.create_security_group().group_name("a").description("a").vpc_id(vpc).send().await.unwrap();
    let revoke = client.revoke_security_group_ingress().group_id(reply.group_id().unwrap());
    assert_eq!(code(revoke.ip_permissions(tcp(443, &["0.0.0.0/0"])).send().await), "InvalidPermission.NotFound");
}

#[tokio::test(start_paused = true)]
async fn a_modified_rule_keeps_its_id() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let id = group(&client, "web").await;
    let ssh = rules(&client, &id).await.into_iter().find(|(_, egress, b)| !egress && b == "198.51.100.7/32").unwrap();
    let modify = |port: i32, block: &str| {
        let request = SecurityGroupRuleRequest::builder()
            .ip_protocol("tcp")
            .from_port(port)
            .to_port(port)
            .cidr_ipv4(block)
            .build();
        let update =
            SecurityGroupRuleUpdate::builder().security_group_rule_id(&ssh.0).security_group_rule(request).build();
        client.modify_security_group_rules().group_id(&id).security_group_rules(update).send()
    };
    modify(22, "203.0.113.9/32").await.unwrap();
    assert!(rules(&client, &id).await.contains(&(ssh.0.clone(), false, "203.0.113.9/32".to_owned())));
    assert_eq!(code(modify(443, "0.0.0.0/0").await), "InvalidPermission.Duplicate");
}

#[tokio::test(start_paused = true)]
async fn a_group_in_use_stays() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let delete = |id: String| client.delete_security_group().group_id(id).send();
    let win = group(&client, "win").await;
    assert_eq!(code(delete(group(&client, "default").await).await), "CannotDelete");
    assert_eq!(code(delete(win.clone()).await), "DependencyViolation");
    let users = client.describe_network_interfaces().filters(filter("group-id", &win)).send().await.unwrap();
    let user = users.network_interfaces()[0].attachment().unwrap().instance_id().unwrap().to_owned();
    client.terminate_instances().instance_ids(&user).send().await.unwrap();
    assert_eq!(code(delete(win.clone()).await), "DependencyViolation", "it is needed until the end");
    pass(5).await;
    assert_eq!(code(delete(win.clone()).await), "(done)");
    assert_eq!(code(delete(win).await), "InvalidGroup.NotFound");
}

#[tokio::test(start_paused = true)]
async fn an_instance_changes_its_groups_either_way() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let (web, legacy) = (group(&client, "web").await, group(&client, "legacy").await);
    let instance = named(&client, "web-1").await;
    let interface = instance.network_interfaces()[0].network_interface_id().unwrap();
    client
        .modify_network_interface_attribute()
        .network_interface_id(interface)
        .groups(&web)
        .groups(&legacy)
        .send()
        .await
        .unwrap();
    let names = |instance: &Instance| -> Vec<String> {
        instance.security_groups().iter().map(|group| group.group_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&named(&client, "web-1").await), ["web", "legacy"]);
    client.modify_instance_attribute().instance_id(id(&instance)).groups(&legacy).send().await.unwrap();
    assert_eq!(names(&named(&client, "web-1").await), ["legacy"]);
}
