use aws_sdk_ec2::types::{AttributeBooleanValue, AttributeValue, InstanceAttributeName, Reservation, SummaryStatus};

use super::*;

async fn summary(client: &Client, id: &str) -> Option<SummaryStatus> {
    let reply = client.describe_instance_status().instance_ids(id).send().await.unwrap();
    reply.instance_statuses().first().and_then(|status| status.instance_status()?.status().cloned())
}

#[tokio::test(start_paused = true)]
async fn a_new_run_has_a_new_address_and_the_same_private_one() {
    let client = seoul(&DemoAccount::empty(clock()));
    let id = launch(&client).await;
    pass(10).await;
    let before = instance(&client, &id).await;
    client.stop_instances().instance_ids(&id).send().await.unwrap();
    assert_eq!(state(&client, &id).await, InstanceStateName::Stopping);
    assert_eq!(public_ip(&client, &id).await, None);
    assert_eq!(code(client.start_instances().instance_ids(&id).send().await), "IncorrectInstanceState");
    pass(5).await;
    assert_eq!(state(&client, &id).await, InstanceStateName::Stopped);
    let reply = client.start_instances().instance_ids(&id).send().await.unwrap();
    let change = &reply.starting_instances()[0];
    assert_eq!(change.previous_state().unwrap().name(), Some(&InstanceStateName::Stopped));
    assert_eq!(change.current_state().unwrap().code(), Some(0));
    pass(6).await;
    let after = instance(&client, &id).await;
    assert_eq!(after.private_ip_address(), before.private_ip_address());
    assert!(after.public_ip_address().is_some());
    assert_ne!(after.public_ip_address(), before.public_ip_address());
    assert!(after.launch_time().unwrap() > before.launch_time().unwrap());
}

#[tokio::test(start_paused = true)]
async fn the_checks_pass_some_time_after_the_start() {
    let client = seoul(&DemoAccount::empty(clock()));
    let id = launch(&client).await;
    assert_eq!(summary(&client, &id).await, None, "a pending instance has no status yet");
    pass(6).await;
    assert_eq!(summary(&client, &id).await, Some(SummaryStatus::Initializing));
    pass(40).await;
    assert_eq!(summary(&client, &id).await, Some(SummaryStatus::Ok));
    let reply = client.describe_instance_status().include_all_instances(true).instance_ids(&id).send().await.unwrap();
    assert_eq!(reply.instance_statuses().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_terminated_instance_stays_listed_for_an_hour_without_network_and_disks() {
    let client = seoul(&DemoAccount::empty(clock()));
    let id = launch(&client).await;
    pass(10).await;
    client.terminate_instances().instance_ids(&id).send().await.unwrap();
    assert_eq!(state(&client, &id).await, InstanceStateName::ShuttingDown);
    pass(5).await;
    let gone = instance(&client, &id).await;
    assert_eq!(gone.state().unwrap().name(), Some(&InstanceStateName::Terminated));
    assert_eq!((gone.vpc_id(), gone.private_ip_address(), gone.block_device_mappings().len()), (None, None, 0));
    assert_eq!(gone.state_reason().unwrap().code(), Some("Client.UserInitiatedShutdown"));
    assert!(client.describe_volumes().send().await.unwrap().volumes().is_empty());
    assert_eq!(code(client.terminate_instances().instance_ids(&id).send().await), "(done)");
    assert_eq!(code(client.start_instances().instance_ids(&id).send().await), "IncorrectInstanceState");
    assert_eq!(code(client.reboot_instances().instance_ids(&id).send().await), "IncorrectInstanceState");
    pass(3600).await;
    assert_eq!(code(client.describe_instances().instance_ids(&id).send().await), "InvalidInstanceID.NotFound");
}

#[tokio::test(start_paused = true)]
async fn a_kept_volume_outlives_its_instance() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let web = id(&named(&client, "web-1").await);
    client.terminate_instances().instance_ids(&web).send().await.unwrap();
    pass(5).await;
    let left = client.describe_volumes().filters(filter("status", "available")).send().await.unwrap();
    let made = |volume: &aws_sdk_ec2::types::Volume| volume.tags().iter().any(|tag| tag.value() == Some("web-1"));
    let left: Vec<_> = left.volumes().iter().filter(|volume| made(volume)).map(|one| one.size().unwrap()).collect();
    assert_eq!(left, [20]);
    let address = client.describe_addresses().public_ips("203.0.113.10").send().await.unwrap();
    assert_eq!(address.addresses()[0].association_id(), None, "the Elastic IP is kept and let go");
}

#[tokio::test(start_paused = true)]
async fn protection_holds_until_it_is_switched_off() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let web = id(&named(&client, "web-1").await);
    let protect = |value: bool| {
        client
            .modify_instance_attribute()
            .instance_id(&web)
            .disable_api_termination(AttributeBooleanValue::builder().value(value).build())
            .send()
    };
    protect(true).await.unwrap();
    let attribute = client
        .describe_instance_attribute()
        .instance_id(&web)
        .attribute(InstanceAttributeName::DisableApiTermination)
        .send()
        .await
        .unwrap();
    assert_eq!(attribute.disable_api_termination().unwrap().value(), Some(true));
    assert_eq!(code(client.terminate_instances().instance_ids(&web).send().await), "OperationNotPermitted");
    assert_eq!(state(&client, &web).await, InstanceStateName::Running);
    protect(false).await.unwrap();
    assert_eq!(code(client.terminate_instances().instance_ids(&web).send().await), "(done)");
}

#[tokio::test(start_paused = true)]
async fn the_type_changes_only_while_stopped_and_only_to_one_that_fits() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let change = |id: String, name: &str| {
        let kind = AttributeValue::builder().value(name).build();
        client.modify_instance_attribute().instance_id(id).instance_type(kind).send()
    };
    let web = id(&named(&client, "web-1").await);
    assert_eq!(code(change(web, "t3.small").await), "IncorrectInstanceState");
    let db = id(&named(&client, "old-db").await);
    assert_eq!(code(change(db.clone(), "t4g.micro").await), "InvalidParameterValue");
    assert_eq!(code(change(db.clone(), "t3.small").await), "(done)");
    assert_eq!(instance(&client, &db).await.instance_type(), Some(&InstanceType::T3Small));
    let credits = client.describe_instance_credit_specifications().instance_ids(&db).send().await.unwrap();
    assert_eq!(credits.instance_credit_specifications()[0].cpu_credits(), Some("standard"));
}

#[tokio::test(start_paused = true)]
async fn pages_cover_every_instance_once() {
    let client = seoul(&DemoAccount::large(clock(), 2_345));
    let mut pages = client.describe_instances().max_results(1_000).into_paginator().send();
    let mut sizes = Vec::new();
    let mut ids = std::collections::HashSet::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let rows = page.reservations().iter().flat_map(Reservation::instances);
        sizes.push(rows.map(|row| ids.insert(id(row))).filter(|new| *new).count());
    }
    assert_eq!(sizes, [1_000, 1_000, 345]);
    let both = client.describe_instances().max_results(10).instance_ids(ids.iter().next().unwrap()).send().await;
    assert_eq!(code(both), "InvalidParameterCombination");
    assert_eq!(code(client.describe_instances().max_results(4).send().await), "InvalidParameterValue");
    let running = client
        .describe_instances()
        .filters(filter("instance-state-name", "stopped"))
        .filters(filter("tag:Team", "billing"))
        .send()
        .await
        .unwrap();
    assert_eq!(running.reservations().len(), 234);
}

#[tokio::test(start_paused = true)]
async fn unknown_and_malformed_ids_are_told_apart() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    for (id, expected) in [
        ("i-0123456789abcdef0", "InvalidInstanceID.NotFound"),
        ("i-1", "InvalidInstanceID.Malformed"),
        ("web-1", "InvalidInstanceID.Malformed"),
    ] {
        assert_eq!(code(client.describe_instances().instance_ids(id).send().await), expected);
        assert_eq!(code(client.start_instances().instance_ids(id).send().await), expected);
    }
    let web = id(&named(&client, "web-1").await);
    let both = client.terminate_instances().instance_ids(&web).instance_ids("i-0123456789abcdef0").send().await;
    assert_eq!(code(both), "InvalidInstanceID.NotFound");
    assert_eq!(state(&client, &web).await, InstanceStateName::Running, "one wrong id terminates none");
}

#[tokio::test(start_paused = true)]
async fn tags_are_added_replaced_and_taken_away() {
    use aws_sdk_ec2::types::Tag;
    let client = seoul(&DemoAccount::lived_in(clock()));
    let web = id(&named(&client, "web-1").await);
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let both = client.create_tags().resources(&web).tags(tag("Team", "ops")).tags(tag("새", "값"));
    both.send().await.unwrap();
    let bare = Tag::builder().key("env").build();
    client.delete_tags().resources(&web).tags(bare).tags(tag("Name", "other")).send().await.unwrap();
    let tags: Vec<(String, String)> = instance(&client, &web)
        .await
        .tags()
        .iter()
        .map(|tag| (tag.key().unwrap().to_owned(), tag.value().unwrap().to_owned()))
        .collect();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(tags, [pair("Name", "web-1"), pair("Team", "ops"), pair("새", "값")]);
    let unknown = client.create_tags().resources("i-0123456789abcdef0").tags(tag("a", "b")).send().await;
    assert_eq!(code(unknown), "InvalidID");
}

#[tokio::test(start_paused = true)]
async fn the_console_tells_host_keys_once_booted() {
    use base64ct::{Base64, Encoding};
    let client = seoul(&DemoAccount::empty(clock()));
    let id = launch(&client).await;
    let early = client.get_console_output().instance_id(&id).send().await.unwrap();
    assert_eq!(early.output(), None);
    pass(60).await;
    let late = client.get_console_output().instance_id(&id).send().await.unwrap();
    let text = String::from_utf8(Base64::decode_vec(late.output().unwrap()).unwrap()).unwrap();
    assert!(text.contains("BEGIN SSH HOST KEY FINGERPRINTS") && text.contains("(ED25519)"), "{text}");
}
