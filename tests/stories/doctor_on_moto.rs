//! Why can't I connect? On moto, an EC2 that nobody here wrote, which gives out loopback addresses: a real SSH server
//! answers on the very Elastic IP that the instance has.
//!
//! What moto (5.2.1) cannot do: its default VPC has no internet gateway, and it prints one console output for all.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::primitives::Blob;
use aws_sdk_ec2::types::DomainType;
use ec2deck::domain::doctor::{Check, Verdict, is_well};

use crate::support::sshd::{self, Sshd};
use crate::support::{Stage, Story, moto, tools};

#[track_caller]
fn verdict(story: &Story, check: Check) -> Verdict {
    let doctor = story.app().doctor().expect("the doctor is there");
    doctor.findings.iter().find(|finding| finding.check == check).expect("it was done").verdict
}

/// The subnet and the VPC of an instance.
async fn places(server: &Client, id: &str) -> (String, String) {
    let found = server.describe_instances().instance_ids(id).send().await.expect("moto has it");
    let instance = &found.reservations()[0].instances()[0];
    (instance.subnet_id().expect("a subnet").to_owned(), instance.vpc_id().expect("a VPC").to_owned())
}

/// A route from everywhere to a new internet gateway.
async fn open_to_the_internet(server: &Client, vpc: &str) {
    let made = server.create_internet_gateway().send().await.expect("moto makes a gateway");
    let gateway = made.internet_gateway().and_then(|gateway| gateway.internet_gateway_id()).expect("an id").to_owned();
    server.attach_internet_gateway().internet_gateway_id(&gateway).vpc_id(vpc).send().await.expect("moto attaches");
    let filter = aws_sdk_ec2::types::Filter::builder().name("vpc-id").values(vpc).build();
    let tables = server.describe_route_tables().filters(filter).send().await.expect("moto lists route tables");
    let table = tables.route_tables()[0].route_table_id().expect("an id");
    let route = server.create_route().route_table_id(table).destination_cidr_block("0.0.0.0/0").gateway_id(gateway);
    route.send().await.expect("moto makes a route");
}

#[tokio::test]
async fn on_moto_the_network_is_read_and_a_real_server_lets_in() {
    let Some(daemon) = Sshd::start() else { return };
    let stage = Stage::moto().await.size(130, 40);
    let server = stage.server();
    let folder = stage.key_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(daemon.user_key(), folder.join("box.pem")).unwrap();
    tools::set_mode(&folder.join("box.pem"), 0o600);
    let half = std::fs::read_to_string(daemon.user_key().with_extension("pub")).unwrap();
    server.import_key_pair().key_name("box").public_key_material(Blob::new(half)).send().await.expect("moto imports");
    let id = moto::given_instance_with_key(&server, "box", "box").await;
    let made = server.allocate_address().domain(DomainType::Vpc).address("127.0.0.1").send().await;
    let made = made.expect("moto allocates");
    assert_eq!(made.public_ip(), Some("127.0.0.1"));
    let allocation = made.allocation_id().expect("an id");
    server.associate_address().allocation_id(allocation).instance_id(&id).send().await.expect("moto associates");

    let mut story = stage.open().await;
    let settings = story.app().environment.ssh_places.clone().unwrap().settings;
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    std::fs::write(&settings, format!("[users]\nal2023 = \"{}\"\n\n[ports]\n{id} = {}\n", sshd::me(), daemon.port))
        .unwrap();

    story.select("box").await.keys("D").await.sees("127.0.0.1 is its Elastic IP");
    for (check, expected) in [
        (Check::Address, Verdict::Good),
        (Check::Route, Verdict::Bad),
        (Check::Acl, Verdict::Good),
        (Check::Rule, Verdict::Bad),
        (Check::Key, Verdict::Good),
        (Check::Tcp, Verdict::Good),
        (Check::Login, Verdict::Good),
    ] {
        assert_eq!(verdict(&story, check), expected, "{check:?}:\n{}", story.screen());
    }

    let (_, vpc) = places(&server, &id).await;
    open_to_the_internet(&server, &vpc).await;
    story.keys("i").await;
    assert_eq!((verdict(&story, Check::Route), verdict(&story, Check::Rule)), (Verdict::Good, Verdict::Good));
    story.sees("Everything is fine: you get in.");
    assert!(is_well(&story.app().doctor().unwrap().findings));
}

#[tokio::test]
async fn on_moto_an_acl_that_denies_is_found_by_its_entry() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let id = moto::given_instance(&server, "box", None).await;
    let made = server.allocate_address().domain(DomainType::Vpc).address("127.0.0.1").send().await.expect("an address");
    let allocation = made.allocation_id().expect("an id");
    server.associate_address().allocation_id(allocation).instance_id(&id).send().await.expect("moto associates");
    let (subnet, _) = places(&server, &id).await;
    let filter = aws_sdk_ec2::types::Filter::builder().name("association.subnet-id").values(subnet).build();
    let found = server.describe_network_acls().filters(filter).send().await.expect("moto lists ACLs");
    let acl = found.network_acls()[0].network_acl_id().expect("an id");
    let entry = server.create_network_acl_entry().network_acl_id(acl).rule_number(50).egress(false).protocol("-1");
    let entry = entry.rule_action(aws_sdk_ec2::types::RuleAction::Deny).cidr_block("198.51.100.0/24");
    entry.send().await.expect("moto adds an entry");

    let mut story = stage.open().await;
    story.select("box").await.keys("D").await.sees("entry 50 denies 198.51.100.0/24");
    assert_eq!(verdict(&story, Check::Acl), Verdict::Bad);
}
