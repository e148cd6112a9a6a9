use aws_sdk_ec2::operation::run_instances::builders::RunInstancesFluentBuilder;
use aws_sdk_ec2::types::{
    CreditSpecificationRequest, InstanceNetworkInterfaceSpecification, ResourceType, Tag, TagSpecification,
};

use super::*;

fn request(client: &Client, image: &str) -> RunInstancesFluentBuilder {
    client.run_instances().image_id(image).instance_type(InstanceType::T3Micro).min_count(1).max_count(1)
}

fn tagged(kind: ResourceType, key: &str, value: &str) -> TagSpecification {
    TagSpecification::builder().resource_type(kind).tags(Tag::builder().key(key).value(value).build()).build()
}

#[tokio::test(start_paused = true)]
async fn a_launch_makes_what_was_asked_and_boots() {
    let client = seoul(&DemoAccount::empty(clock()));
    let image = amazon_linux(&client).await;
    let reply = request(&client, &image)
        .max_count(2)
        .block_device_mappings(disk("/dev/xvda", 30))
        .tag_specifications(tagged(ResourceType::Instance, "Name", "웹"))
        .tag_specifications(tagged(ResourceType::Volume, "env", "test"))
        .disable_api_termination(true)
        .user_data("IyEvYmluL3No")
        .client_token("abc")
        .send()
        .await
        .unwrap();
    assert_eq!(reply.instances().len(), 2);
    let one = &reply.instances()[0];
    assert_eq!(one.state().unwrap().name(), Some(&InstanceStateName::Pending));
    assert_eq!(one.client_token(), Some("abc"));
    assert_eq!(one.tags()[0].value(), Some("웹"));
    let id = id(one);
    assert_eq!(public_ip(&client, &id).await, None, "no public address before it runs");

    pass(6).await;
    assert_eq!(state(&client, &id).await, InstanceStateName::Running);
    assert!(public_ip(&client, &id).await.unwrap().starts_with("198.1"));
    let volumes = client.describe_volumes().filters(filter("attachment.instance-id", &id)).send().await.unwrap();
    let volume = &volumes.volumes()[0];
    assert_eq!((volumes.volumes().len(), volume.size(), volume.iops()), (1, Some(30), Some(3000)));
    assert_eq!(volume.tags()[0].value(), Some("test"));
}

#[tokio::test(start_paused = true)]
async fn a_token_makes_a_second_try_return_the_first_one() {
    let client = seoul(&DemoAccount::empty(clock()));
    let image = amazon_linux(&client).await;
    let first = request(&client, &image).client_token("one").send().await.unwrap();
    pass(10).await;
    let second = request(&client, &image).client_token("one").send().await.unwrap();
    assert_eq!(first.instances()[0].instance_id(), second.instances()[0].instance_id());
    assert_eq!(first.reservation_id(), second.reservation_id());
    let other = request(&client, &image).client_token("one").max_count(2).send().await;
    assert_eq!(code(other), "IdempotentParameterMismatch");
    let other = request(&client, &image).client_token("one").user_data("IyEvYmluL3No").send().await;
    assert_eq!(code(other), "IdempotentParameterMismatch");
    let all = client.describe_instances().send().await.unwrap();
    assert_eq!(all.reservations().iter().map(|r| r.instances().len()).sum::<usize>(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_mapping_under_another_name_makes_a_second_volume() {
    let client = seoul(&DemoAccount::empty(clock()));
    let image = amazon_linux(&client).await;
    let reply = request(&client, &image).block_device_mappings(disk("/dev/sda1", 30)).send().await.unwrap();
    let id = id(&reply.instances()[0]);
    let volumes = client.describe_volumes().filters(filter("attachment.instance-id", &id)).send().await.unwrap();
    assert_eq!(volumes.volumes().iter().map(|volume| volume.size().unwrap()).collect::<Vec<_>>(), [8, 30]);
}

#[tokio::test(start_paused = true)]
async fn what_ec2_refuses_is_refused_and_makes_nothing() {
    let account = DemoAccount::lived_in(clock());
    let client = seoul(&account);
    let linux = amazon_linux(&client).await;
    let arm = image(&client, "amazon", "al2023-ami-2023.*-arm64").await;
    let windows = image(&client, "amazon", "Windows_Server-2025-English-Full-Base-*").await;
    let network = || InstanceNetworkInterfaceSpecification::builder().device_index(0);
    let credits = CreditSpecificationRequest::builder().cpu_credits("standard").build();
    let subnet_b = {
        let filter = filter("availability-zone", "ap-northeast-2b");
        let reply = client.describe_subnets().filters(filter).send().await.unwrap();
        reply.subnets()[0].subnet_id().unwrap().to_owned()
    };
    for (wrong, expected) in vec![
        (request(&client, "ami-0123456789abcdef0"), "InvalidAMIID.NotFound"),
        (request(&client, "golden-web"), "InvalidAMIID.Malformed"),
        (request(&client, &arm), "InvalidParameterValue"),
        (request(&client, &linux).instance_type(InstanceType::from("t9.micro")), "InvalidParameterValue"),
        (request(&client, &linux).key_name("nobody"), "InvalidKeyPair.NotFound"),
        (request(&client, &windows).key_name("laptop"), "Unsupported"),
        (request(&client, &linux).security_group_ids("sg-0123456789abcdef0"), "InvalidGroup.NotFound"),
        (request(&client, &linux).subnet_id("subnet-0123456789abcdef0"), "InvalidSubnetID.NotFound"),
        (request(&client, &linux).block_device_mappings(disk("/dev/xvda", 4)), "InvalidBlockDeviceMapping"),
        (request(&client, &linux).user_data("not base64!"), "InvalidUserData.Malformed"),
        (request(&client, &linux).max_count(0), "InvalidParameterValue"),
        (request(&client, &linux).max_count(100), "VcpuLimitExceeded"),
        (
            request(&client, &linux).subnet_id(&subnet_b).network_interfaces(network().build()),
            "InvalidParameterCombination",
        ),
        (request(&client, &linux).instance_type(InstanceType::T2Micro).subnet_id(&subnet_b), "Unsupported"),
        (
            request(&client, &linux).instance_type(InstanceType::M5Large).credit_specification(credits),
            "InvalidParameterCombination",
        ),
        (
            request(&client, &linux).tag_specifications(tagged(ResourceType::Instance, "aws:x", "1")),
            "InvalidParameterValue",
        ),
        (request(&client, &linux).tag_specifications(tagged(ResourceType::KeyPair, "x", "1")), "InvalidParameterValue"),
    ] {
        assert_eq!(code(wrong.send().await), expected);
    }
    let all = client.describe_instances().send().await.unwrap();
    assert_eq!(all.reservations().len(), 5);
    assert_eq!(client.describe_volumes().send().await.unwrap().volumes().len(), 7);
}

#[tokio::test(start_paused = true)]
async fn groups_subnet_and_public_address_come_from_the_interface() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let linux = amazon_linux(&client).await;
    let web = client.describe_security_groups().filters(filter("group-name", "web")).send().await.unwrap();
    let web = web.security_groups()[0].group_id().unwrap().to_owned();
    let network = InstanceNetworkInterfaceSpecification::builder()
        .device_index(0)
        .groups(&web)
        .associate_public_ip_address(false)
        .build();
    let reply = request(&client, &linux).network_interfaces(network).send().await.unwrap();
    let id = id(&reply.instances()[0]);
    pass(60).await;
    let made = instance(&client, &id).await;
    assert_eq!(made.security_groups()[0].group_name(), Some("web"));
    assert_eq!((made.public_ip_address(), made.public_dns_name()), (None, Some("")));
    assert!(made.private_ip_address().unwrap().starts_with("172.31."));
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_tells_the_verdict_and_makes_nothing() {
    let account = DemoAccount::empty(clock());
    let client = seoul(&account);
    let linux = amazon_linux(&client).await;
    let dry = request(&client, &linux).dry_run(true).client_token("t").send().await.unwrap_err();
    assert_eq!(dry.raw_response().unwrap().status().as_u16(), 412);
    assert_eq!(dry.code(), Some("DryRunOperation"));
    let refused = request(&client, &linux).dry_run(true).key_name("nobody").send().await;
    assert_eq!(code(refused), "InvalidKeyPair.NotFound");
    assert!(client.describe_instances().send().await.unwrap().reservations().is_empty());
    assert_eq!(code(request(&client, &linux).client_token("t").send().await), "(done)");
    assert!(account.calls().contains(&"RunInstances (dry run)".to_owned()));
    assert_eq!(account.calls().iter().filter(|call| *call == "RunInstances").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_free_plan_and_a_missing_default_vpc_are_felt() {
    let client = seoul(&DemoAccount::empty(clock()).on_free_plan());
    let linux = amazon_linux(&client).await;
    assert_eq!(code(request(&client, &linux).send().await), "(done)");
    let dear = request(&client, &linux).instance_type(InstanceType::M5Large).send().await;
    assert!(format!("{dear:?}").contains("not eligible for Free Tier"));
    assert_eq!(code(dear), "InvalidParameterCombination");

    let client = seoul(&DemoAccount::empty(clock()).without_default_vpc());
    assert_eq!(code(request(&client, &linux).send().await), "VPCIdNotSpecified");
    let subnets = client.describe_subnets().send().await.unwrap();
    let subnet = subnets.subnets()[0].subnet_id().unwrap();
    let reply = request(&client, &linux).subnet_id(subnet).send().await.unwrap();
    let id = id(&reply.instances()[0]);
    pass(10).await;
    assert_eq!(public_ip(&client, &id).await, None);
    let vpcs = client.describe_vpcs().filters(filter("is-default", "true")).send().await.unwrap();
    assert!(vpcs.vpcs().is_empty());
}
