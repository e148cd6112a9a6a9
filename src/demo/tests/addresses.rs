use super::*;

async fn allocation(client: &Client, ip: &str) -> String {
    let reply = client.describe_addresses().public_ips(ip).send().await.unwrap();
    reply.addresses()[0].allocation_id().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn five_addresses_are_the_most() {
    let client = seoul(&DemoAccount::empty(clock()));
    for _ in 0..5 {
        let reply = client.allocate_address().send().await.unwrap();
        assert!(reply.public_ip().unwrap().starts_with("203.0.113."));
    }
    assert_eq!(code(client.allocate_address().send().await), "AddressLimitExceeded");
    let reply = client.describe_addresses().send().await.unwrap();
    client.release_address().allocation_id(reply.addresses()[0].allocation_id().unwrap()).send().await.unwrap();
    assert_eq!(code(client.allocate_address().send().await), "(done)");
}

#[tokio::test(start_paused = true)]
async fn an_elastic_ip_outlasts_stop_and_start() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let web = id(&named(&client, "web-1").await);
    client.stop_instances().instance_ids(&web).send().await.unwrap();
    pass(10).await;
    assert_eq!(public_ip(&client, &web).await.as_deref(), Some("203.0.113.10"));
    client.start_instances().instance_ids(&web).send().await.unwrap();
    pass(10).await;
    assert_eq!(public_ip(&client, &web).await.as_deref(), Some("203.0.113.10"));
}

#[tokio::test(start_paused = true)]
async fn an_address_comes_in_place_of_the_own_one_and_leaves_a_new_one() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let test = id(&named(&client, "웹-테스트").await);
    let own = public_ip(&client, &test).await.unwrap();
    let idle = allocation(&client, "203.0.113.120").await;
    let put = || client.associate_address().allocation_id(&idle).instance_id(&test).allow_reassociation(false).send();
    let association = put().await.unwrap().association_id().unwrap().to_owned();
    assert_eq!(public_ip(&client, &test).await.as_deref(), Some("203.0.113.120"));
    assert_eq!(put().await.unwrap().association_id(), Some(association.as_str()), "a second time changes nothing");
    assert_eq!(code(client.release_address().allocation_id(&idle).send().await), "InvalidIPAddress.InUse");
    client.disassociate_address().association_id(&association).send().await.unwrap();
    let fresh = public_ip(&client, &test).await.unwrap();
    assert!(fresh != own && fresh.starts_with("198.1"), "{fresh}");
    let again = client.disassociate_address().association_id(&association).send().await;
    assert_eq!(code(again), "InvalidAssociationID.NotFound");
}

#[tokio::test(start_paused = true)]
async fn an_address_in_use_moves_only_when_that_is_allowed() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let (web, test) = (id(&named(&client, "web-1").await), id(&named(&client, "웹-테스트").await));
    let taken = allocation(&client, "203.0.113.10").await;
    let put = |instance: &str| client.associate_address().allocation_id(&taken).instance_id(instance);
    let careful = put(&test).allow_reassociation(false).send().await;
    assert_eq!(code(careful), "Resource.AlreadyAssociated");
    put(&test).send().await.unwrap();
    assert_eq!(public_ip(&client, &test).await.as_deref(), Some("203.0.113.10"));
    assert!(public_ip(&client, &web).await.is_some_and(|own| own.starts_with("198.1")), "web-1 gets an own one again");
    let pending = launch(&client).await;
    assert_eq!(code(put(&pending).send().await), "InvalidInstanceID");
    let unknown = client.associate_address().allocation_id("eipalloc-0").instance_id(&web).send().await;
    assert_eq!(code(unknown), "InvalidAllocationID.NotFound");
}
