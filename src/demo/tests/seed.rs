use aws_sdk_ec2::types::{ArchitectureType, LocationType, Reservation};

use super::*;

async fn names_and_states(client: &Client) -> Vec<(String, String)> {
    let reply = client.describe_instances().send().await.unwrap();
    let rows = reply.reservations().iter().flat_map(Reservation::instances);
    rows.map(|row| {
        let name = row.tags().iter().find(|tag| tag.key() == Some("Name")).unwrap().value().unwrap();
        (name.to_owned(), row.state().unwrap().name().unwrap().as_str().to_owned())
    })
    .collect()
}

#[tokio::test(start_paused = true)]
async fn the_lived_in_account_is_as_its_tables_say() {
    let account = DemoAccount::lived_in(clock());
    let client = seoul(&account);
    let row = |name: &str, state: &str| (name.to_owned(), state.to_owned());
    assert_eq!(
        names_and_states(&client).await,
        [
            row("web-1", "running"),
            row("batch-2", "pending"),
            row("old-db", "stopped"),
            row("웹-테스트", "running"),
            row("win-office", "running"),
        ]
    );
    let web = named(&client, "web-1").await;
    assert_eq!(web.public_ip_address(), Some("203.0.113.10"));
    assert_eq!(web.launch_time().unwrap().to_string(), "2026-10-28T09:00:00Z");
    assert_eq!(web.block_device_mappings().len(), 2);
    let db = named(&client, "old-db").await;
    assert_eq!(db.state_transition_reason(), Some("User initiated (2026-10-13 09:00:00 GMT)"));
    let groups = client.describe_security_groups().send().await.unwrap();
    let names: Vec<_> = groups.security_groups().iter().map(|group| group.group_name().unwrap()).collect();
    assert_eq!(names, ["default", "web", "legacy", "win"]);
    assert_eq!(groups.security_groups()[1].ip_permissions().len(), 3);
    let relay = clients(&account, "us-east-1").ec2;
    assert_eq!(names_and_states(&relay).await, [row("relay", "running")]);
    let tokyo = clients(&account, "ap-northeast-1").ec2;
    assert_eq!(names_and_states(&tokyo).await, []);
    assert_eq!(tokyo.describe_vpcs().send().await.unwrap().vpcs().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn ids_are_the_same_in_every_run_and_look_like_those_of_ec2() {
    let (one, other) = (seoul(&DemoAccount::lived_in(clock())), seoul(&DemoAccount::lived_in(clock())));
    let (web, again) = (named(&one, "web-1").await, named(&other, "web-1").await);
    assert_eq!((web.instance_id(), web.private_ip_address()), (again.instance_id(), again.private_ip_address()));
    let id = id(&web);
    assert!(id.len() == 19 && id.starts_with("i-0") && id[2..].chars().all(|c| c.is_ascii_hexdigit()), "{id}");
    let virginia = clients(&DemoAccount::lived_in(clock()), "us-east-1").ec2;
    assert_ne!(amazon_linux(&one).await, amazon_linux(&virginia).await, "image ids belong to a region");
}

#[tokio::test(start_paused = true)]
async fn regions_tell_which_are_enabled() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let all = client.describe_regions().all_regions(true).send().await.unwrap();
    let enabled = client.describe_regions().send().await.unwrap();
    assert!(all.regions().len() > enabled.regions().len());
    assert!(enabled.regions().iter().all(|region| region.opt_in_status() != Some("not-opted-in")));
    let jakarta = all.regions().iter().find(|region| region.region_name() == Some("ap-southeast-3")).unwrap();
    assert_eq!(jakarta.opt_in_status(), Some("not-opted-in"));
    let zones = client.describe_availability_zones().send().await.unwrap();
    assert_eq!(zones.availability_zones()[0].zone_id(), Some("apne2-az1"));
}

#[tokio::test(start_paused = true)]
async fn types_come_in_pages_and_by_zone() {
    let client = seoul(&DemoAccount::empty(clock()));
    let mut pages = client.describe_instance_types().max_results(25).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().instance_types().len());
    }
    assert!(sizes.len() >= 3 && sizes[0] == 25, "{sizes:?}");
    assert_eq!(code(client.describe_instance_types().max_results(101).send().await), "InvalidParameterValue");
    let micro = client.describe_instance_types().instance_types(InstanceType::T4gMicro).send().await.unwrap();
    let micro = &micro.instance_types()[0];
    assert_eq!(micro.memory_info().unwrap().size_in_mib(), Some(1024));
    assert_eq!(micro.processor_info().unwrap().supported_architectures(), [ArchitectureType::Arm64]);
    let zones = client
        .describe_instance_type_offerings()
        .location_type(LocationType::AvailabilityZone)
        .filters(filter("instance-type", "t2.micro"))
        .send()
        .await
        .unwrap();
    let zones: Vec<_> = zones.instance_type_offerings().iter().map(|offer| offer.location().unwrap()).collect();
    assert_eq!(zones, ["ap-northeast-2a", "ap-northeast-2c"]);
}

#[tokio::test(start_paused = true)]
async fn images_need_an_owner_to_be_trusted_and_deprecated_ones_hide() {
    let client = seoul(&DemoAccount::empty(clock()));
    let pattern = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*";
    let anybody = client.describe_images().filters(filter("name", pattern)).send().await.unwrap();
    let canonical =
        client.describe_images().owners("099720109477").filters(filter("name", pattern)).send().await.unwrap();
    assert_eq!((anybody.images().len(), canonical.images().len()), (3, 2));
    let old = || client.describe_images().owners("amazon").filters(filter("name", "amzn2-ami-*-x86_64-gp2"));
    assert!(old().send().await.unwrap().images().is_empty());
    assert_eq!(old().include_deprecated(true).send().await.unwrap().images().len(), 1);
    let own = client.describe_images().owners("self").send().await.unwrap();
    assert_eq!((own.images().len(), own.images()[0].name()), (1, Some("golden-web")));
    let unknown = client.describe_images().image_ids("ami-0123456789abcdef0").send().await;
    assert_eq!(code(unknown), "InvalidAMIID.NotFound");
}

#[tokio::test(start_paused = true)]
async fn the_default_network_leads_to_the_internet() {
    let client = seoul(&DemoAccount::empty(clock()));
    let subnets = client.describe_subnets().filters(filter("default-for-az", "true")).send().await.unwrap();
    assert_eq!(subnets.subnets().len(), 4);
    assert_eq!(subnets.subnets()[0].available_ip_address_count(), Some(4091));
    let tables = client.describe_route_tables().filters(filter("association.main", "true")).send().await.unwrap();
    let gateway = tables.route_tables()[0].routes()[1].gateway_id().unwrap();
    let gateways = client.describe_internet_gateways().internet_gateway_ids(gateway).send().await.unwrap();
    assert_eq!(gateways.internet_gateways()[0].attachments()[0].vpc_id(), subnets.subnets()[0].vpc_id());
    let by_subnet = filter("association.subnet-id", subnets.subnets()[0].subnet_id().unwrap());
    let acls = client.describe_network_acls().filters(by_subnet.clone()).send().await.unwrap();
    assert_eq!(acls.network_acls()[0].entries().len(), 4);
    let own = client.describe_route_tables().filters(by_subnet).send().await.unwrap();
    assert!(own.route_tables().is_empty(), "the subnets follow the main table");
    launch(&client).await;
    let after = client.describe_subnets().send().await.unwrap();
    assert_eq!(after.subnets()[0].available_ip_address_count(), Some(4090));
}
