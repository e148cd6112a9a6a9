//! What the doctor asks EC2 for, on moto: route tables, network ACLs, rules, console and password, made on the server
//! and read through the door, and what the checks make of them.
//!
//! moto (5.2.1) differs from EC2 in this:
//! - Routes are always active, also to a gateway that was deleted (EC2: `blackhole`), and a subnet without a table of
//!   its own names none, as in EC2.
//! - The default VPC has no internet gateway (EC2: it has).
//! - The console says the same for every instance, whatever `Latest` asks; a password is there for Windows alone, at
//!   once, and is not encrypted for anybody's key.

use std::net::IpAddr;

use aws_sdk_ec2::types::{PortRange, RuleAction};
use ec2deck::cloud::{Cloud, Settings, Source};
use ec2deck::domain::allow::Blocks;
use ec2deck::domain::doctor::{Finding, Mend, Verdict, acl, console, route, rule};
use ec2deck::domain::id::{InstanceId, SubnetId, VpcId};
use ec2deck::domain::region::Region;
use ec2deck::domain::route_table::{Target, table_of};
use ec2deck::domain::who::Who;
use ec2deck::message::{Found, Read};

use crate::support::moto::{self, Turn};
use crate::support::stage::moto_clients;

const SERVER: &str = "127.20.30.40";
const ME: &str = "198.51.100.7";

/// A VPC with one subnet that nothing leads to yet, and the door to it.
struct Network {
    cloud: Cloud,
    server: aws_sdk_ec2::Client,
    vpc: VpcId,
    subnet: SubnetId,
    _turn: Turn,
}

impl Network {
    async fn new() -> Self {
        let turn = moto::turn().await;
        let settings = Settings {
            source: Source::Ready(moto_clients(turn.endpoint)),
            endpoint_url: None,
            read_only: true,
            my_ip_url: String::new(),
            my_ip: None,
        };
        let opened = Cloud::open(&settings, None, Region::parse(moto::REGION).as_ref()).await.unwrap();
        let server = moto::ec2(turn.endpoint);
        let vpc = server.create_vpc().cidr_block("10.0.0.0/16").send().await.unwrap();
        let vpc = vpc.vpc().unwrap().vpc_id().unwrap().to_owned();
        let subnet = server.create_subnet().vpc_id(&vpc).cidr_block("10.0.1.0/24").send().await.unwrap();
        let subnet = SubnetId::new(subnet.subnet().unwrap().subnet_id().unwrap());
        Self { cloud: opened.0.unwrap(), server, vpc: VpcId::new(vpc), subnet, _turn: turn }
    }

    async fn ask(&self, read: Read) -> Found {
        let mut all = Vec::new();
        self.cloud.read(&read, &mut |found| all.push(found)).await.unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    async fn route(&self) -> Finding {
        let Found::RouteTables(tables) = self.ask(Read::RouteTables(self.vpc.clone())).await else {
            panic!("no tables")
        };
        route::check(&route::Facts {
            subnet: Some(&self.subnet),
            target: Some(address(SERVER)),
            me: Ok(address(ME)),
            tables: Ok(&tables),
            blocks: &Blocks::new(),
        })
    }

    async fn acl(&self) -> Finding {
        let Found::NetworkAcls(acls) = self.ask(Read::NetworkAcls(self.vpc.clone())).await else { panic!("no ACLs") };
        acl::check(&acl::Facts {
            subnet: Some(&self.subnet),
            target: Some(address(SERVER)),
            port: 22,
            me: Ok(address(ME)),
            acls: Ok(&acls),
        })
    }

    async fn rule(&self, group: &str) -> Finding {
        let Found::SecurityGroups(page) = self.ask(Read::SecurityGroups).await else { panic!("no groups") };
        rule::check(&rule::Facts {
            target: Some(address(SERVER)),
            port: 22,
            me: Ok(address(ME)),
            groups: Ok(page.rows.iter().filter(|one| one.id.as_str() == group).collect()),
            who: &Who::default(),
            blocks: &Blocks::new(),
            unread: None,
        })
    }

    async fn gateway(&self) -> String {
        let made = self.server.create_internet_gateway().send().await.unwrap();
        let id = made.internet_gateway().unwrap().internet_gateway_id().unwrap().to_owned();
        self.server.attach_internet_gateway().internet_gateway_id(&id).vpc_id(self.vpc.as_str()).send().await.unwrap();
        id
    }

    async fn main_table(&self) -> String {
        let Found::RouteTables(tables) = self.ask(Read::RouteTables(self.vpc.clone())).await else {
            panic!("no tables")
        };
        tables.iter().find(|table| table.is_main).unwrap().id.to_string()
    }

    async fn acl_id(&self) -> String {
        let Found::NetworkAcls(acls) = self.ask(Read::NetworkAcls(self.vpc.clone())).await else { panic!("no ACLs") };
        assert_eq!(acls.len(), 1, "those of other VPCs are not asked for");
        assert!(acls[0].is_default && acls[0].subnets == [self.subnet.clone()], "{acls:?}");
        acls[0].id.to_string()
    }

    async fn entry(&self, acl: &str, number: i32, egress: bool, action: RuleAction, ports: Option<(i32, i32)>) {
        let range = ports.map(|(from, to)| PortRange::builder().from(from).to(to).build());
        let create = self.server.create_network_acl_entry().network_acl_id(acl).rule_number(number).egress(egress);
        let create = create.protocol(if ports.is_some() { "6" } else { "-1" }).set_port_range(range);
        create.rule_action(action).cidr_block("198.51.100.0/24").send().await.unwrap();
    }
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[track_caller]
fn is(finding: &Finding, verdict: Verdict, mend: Option<Mend>) {
    assert_eq!((finding.verdict, finding.mend.clone()), (verdict, mend), "{finding:?}");
}

#[tokio::test]
async fn a_subnet_leads_to_the_internet_when_its_own_table_does() {
    let network = Network::new().await;
    is(&network.route().await, Verdict::Bad, None);
    let (gateway, main) = (network.gateway().await, network.main_table().await);
    let create = || network.server.create_route().destination_cidr_block("0.0.0.0/0");
    create().route_table_id(&main).gateway_id(&gateway).send().await.unwrap();
    is(&network.route().await, Verdict::Good, None);

    // A table of its own hides the main one.
    let own = network.server.create_route_table().vpc_id(network.vpc.as_str()).send().await.unwrap();
    let own = own.route_table().unwrap().route_table_id().unwrap().to_owned();
    let associate = network.server.associate_route_table().route_table_id(&own);
    associate.subnet_id(network.subnet.as_str()).send().await.unwrap();
    is(&network.route().await, Verdict::Bad, None);

    let nat = network.server.create_nat_gateway().subnet_id(network.subnet.as_str()).send().await.unwrap();
    let nat = nat.nat_gateway().unwrap().nat_gateway_id().unwrap().to_owned();
    create().route_table_id(&own).nat_gateway_id(&nat).send().await.unwrap();
    is(&network.route().await, Verdict::Bad, None);
    let Found::RouteTables(tables) = network.ask(Read::RouteTables(network.vpc.clone())).await else {
        panic!("no tables")
    };
    let table = table_of(&tables, &network.subnet).unwrap();
    assert_eq!(table.id.as_str(), own);
    assert_eq!(table.default_route(false).map(|route| &route.target), Some(&Target::NatGateway(nat)));

    let replace = network.server.replace_route().route_table_id(&own).destination_cidr_block("0.0.0.0/0");
    replace.gateway_id(&gateway).send().await.unwrap();
    is(&network.route().await, Verdict::Good, None);
}

#[tokio::test]
async fn entries_of_the_acl_decide_by_their_numbers() {
    let network = Network::new().await;
    let acl = network.acl_id().await;
    is(&network.acl().await, Verdict::Good, None);
    network.entry(&acl, 110, false, RuleAction::Deny, None).await;
    is(&network.acl().await, Verdict::Good, None);
    network.entry(&acl, 90, false, RuleAction::Deny, Some((22, 22))).await;
    is(&network.acl().await, Verdict::Bad, None);
    network.entry(&acl, 80, false, RuleAction::Allow, Some((20, 30))).await;
    is(&network.acl().await, Verdict::Good, None);
    network.entry(&acl, 90, true, RuleAction::Deny, Some((40_000, 40_000))).await;
    is(&network.acl().await, Verdict::Bad, None);
    network.entry(&acl, 80, true, RuleAction::Allow, Some((32_768, 65_535))).await;
    is(&network.acl().await, Verdict::Good, None);
}

#[tokio::test]
async fn a_rule_lets_in_whom_it_holds() {
    let network = Network::new().await;
    let create = network.server.create_security_group().group_name("web").description("web");
    let group = create.vpc_id(network.vpc.as_str()).send().await.unwrap().group_id().unwrap().to_owned();
    is(&network.rule(&group).await, Verdict::Bad, Some(Mend::AllowMyIp));
    let allow = |block: &str| {
        let authorize = network.server.authorize_security_group_ingress().group_id(&group).ip_protocol("tcp");
        authorize.from_port(22).to_port(22).cidr_ip(block)
    };
    allow("203.0.113.0/24").send().await.unwrap();
    is(&network.rule(&group).await, Verdict::Bad, Some(Mend::AllowMyIp));
    allow("198.51.100.0/24").send().await.unwrap();
    is(&network.rule(&group).await, Verdict::Good, None);
}

#[tokio::test]
async fn the_console_is_read_as_text() {
    let network = Network::new().await;
    let image = moto::newest_image(&network.server, "al2023-ami-2023.*-x86_64").await;
    let run = network.server.run_instances().image_id(image).min_count(1).max_count(1);
    let made = run.instance_type("t3.micro".into()).send().await.unwrap();
    let id = InstanceId::new(made.instances()[0].instance_id().unwrap());
    let Found::ConsoleOutput(Some(text)) = network.ask(Read::ConsoleOutput(id.clone())).await else {
        panic!("no console")
    };
    assert!(text.starts_with("Linux version 2.6.16-xenU") && text.lines().count() > 5, "{text}");
    is(&console::check(Ok(Some(&text))), Verdict::Good, None);
    assert_eq!(network.ask(Read::PasswordData(id)).await, Found::PasswordData(None), "not Windows");
}
