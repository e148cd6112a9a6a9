//! The doctor's checks on the demo account: each can be broken and is mended again, as the real door brings the facts.

use std::net::{IpAddr, Ipv4Addr};

use super::cloud::{ask, open};
use super::*;
use crate::cloud::Cloud;
use crate::demo::DemoRoute;
use crate::domain::allow::Blocks;
use crate::domain::doctor::{self, Finding, Looked, Mend, Missing, Service, Verdict};
use crate::domain::id::{InstanceId, VpcId};
use crate::domain::instance::{self, InstanceAction};
use crate::domain::key_pair::{KeyFileForm, KeyKind, LocalKey};
use crate::domain::problem::Problem;
use crate::domain::who::Who;
use crate::message::{AddressTarget, Found, Read, Write};

/// Everything that the checks want to know, asked through the door.
struct Patient<'a> {
    account: &'a DemoAccount,
    cloud: Cloud,
    id: InstanceId,
}

impl<'a> Patient<'a> {
    async fn web(account: &'a DemoAccount) -> Self {
        let cloud = open(account).await;
        let id = InstanceId::new(id(&named(&seoul(account), "web-1").await));
        Self { account, cloud, id }
    }

    async fn one(&self, read: Read) -> Looked<Found> {
        ask(&self.cloud, read).await.map(|mut all| all.remove(0)).map_err(|problem: Problem| Missing::from(&problem))
    }

    async fn instance(&self) -> instance::Instance {
        match self.one(Read::InstancesById(vec![self.id.clone()])).await {
            Ok(Found::Instances(mut page)) => page.rows.remove(0),
            other => panic!("{other:?}"),
        }
    }

    fn vpc(instance: &instance::Instance) -> VpcId {
        instance.vpc.clone().unwrap()
    }

    async fn running(&self) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::InstanceStatuses).await;
        let status = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::InstanceStatuses(page) => page.rows.iter().find(|status| status.id == self.id),
            other => panic!("{other:?}"),
        });
        doctor::running::check(Some(&instance), status)
    }

    async fn address(&self, remembered: Option<&str>) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::Addresses).await;
        let elastic = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::Addresses(page) => page
                .rows
                .iter()
                .find(|one| one.association.as_ref().is_some_and(|on| on.instance.as_ref() == Some(&self.id))),
            other => panic!("{other:?}"),
        });
        let target = instance.public_ip.map(IpAddr::from);
        doctor::address::check(&doctor::address::Facts { instance: &instance, target, elastic, remembered })
    }

    async fn route(&self) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::RouteTables(Self::vpc(&instance))).await;
        let tables = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::RouteTables(tables) => tables.as_slice(),
            other => panic!("{other:?}"),
        });
        doctor::route::check(&doctor::route::Facts {
            subnet: instance.subnet.as_ref(),
            target: instance.public_ip.map(IpAddr::from),
            me: Ok(super::super::seed::MY_IP),
            tables,
            blocks: &Blocks::new(),
        })
    }

    async fn acl(&self) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::NetworkAcls(Self::vpc(&instance))).await;
        let acls = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::NetworkAcls(acls) => acls.as_slice(),
            other => panic!("{other:?}"),
        });
        doctor::acl::check(&doctor::acl::Facts {
            subnet: instance.subnet.as_ref(),
            target: instance.public_ip.map(IpAddr::from),
            port: 22,
            me: Ok(super::super::seed::MY_IP),
            acls,
        })
    }

    async fn rule(&self, me: &str) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::SecurityGroups).await;
        let groups = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::SecurityGroups(page) => {
                page.rows.iter().filter(|group| instance.groups.iter().any(|own| own.id == group.id)).collect()
            }
            other => panic!("{other:?}"),
        });
        doctor::rule::check(&doctor::rule::Facts {
            target: instance.public_ip.map(IpAddr::from),
            port: 22,
            me: Ok(me.parse().unwrap()),
            groups,
            who: &Who::default(),
            blocks: &Blocks::new(),
            unread: None,
        })
    }

    async fn key(&self, local: Option<&LocalKey>) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::KeyPairs).await;
        let pair = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::KeyPairs(page) => page.rows.iter().find(|pair| Some(&pair.name) == instance.key_name.as_ref()),
            other => panic!("{other:?}"),
        });
        doctor::key::check(&doctor::key::Facts {
            service: Service::of(instance.platform),
            name: instance.key_name.as_deref(),
            launched_at: instance.launched_at,
            pair,
            local: Ok(local),
        })
    }

    async fn user(&self, user: &str) -> Finding {
        let instance = self.instance().await;
        let found = self.one(Read::Images(vec![instance.image.clone()])).await;
        let image = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::Images(images) => images.first(),
            other => panic!("{other:?}"),
        });
        doctor::user::check(Service::of(instance.platform), user, image)
    }

    async fn console(&self) -> Finding {
        let found = self.one(Read::ConsoleOutput(self.id.clone())).await;
        let text = found.as_ref().map_err(Clone::clone).map(|found| match found {
            Found::ConsoleOutput(text) => text.as_deref(),
            other => panic!("{other:?}"),
        });
        doctor::console::check(text)
    }

    async fn act(&self, action: InstanceAction) {
        self.cloud.write(Write::Instance { action, id: self.id.clone() }).await.unwrap();
    }

    fn forbid(&self, operation: &str) {
        self.account.fail_next(operation, "UnauthorizedOperation", "You are not authorized.", 1);
    }
}

#[track_caller]
fn is(finding: &Finding, verdict: Verdict, mend: Option<Mend>) {
    assert_eq!((finding.verdict, finding.mend.clone()), (verdict, mend), "{finding:?}");
}

#[track_caller]
fn is_blind(finding: &Finding, action: &str) {
    assert_eq!(finding.verdict, Verdict::Unknown, "{finding:?}");
    let evidence = finding.evidence.as_ref().unwrap().say(crate::text::Language::English);
    assert!(evidence.contains(action), "{evidence}");
}

#[tokio::test(start_paused = true)]
async fn state_and_status_checks() {
    let account = DemoAccount::lived_in(clock());
    let web = Patient::web(&account).await;
    is(&web.running().await, Verdict::Good, None);
    assert!(account.impair("web-1"));
    is(&web.running().await, Verdict::Bad, Some(Mend::Reboot));
    web.act(InstanceAction::Reboot).await;
    is(&web.running().await, Verdict::Good, None);
    web.act(InstanceAction::Stop).await;
    is(&web.running().await, Verdict::Bad, Some(Mend::Wait));
    pass(10).await;
    is(&web.running().await, Verdict::Bad, Some(Mend::Start));
    web.act(InstanceAction::Start).await;
    is(&web.running().await, Verdict::Bad, Some(Mend::Wait));
    pass(10).await;
    is(&web.running().await, Verdict::Unknown, Some(Mend::Wait));
    pass(60).await;
    is(&web.running().await, Verdict::Good, None);
    web.forbid("DescribeInstanceStatus");
    is_blind(&web.running().await, "ec2:DescribeInstanceStatus");
}

#[tokio::test(start_paused = true)]
async fn address_and_remembered_host() {
    let account = DemoAccount::lived_in(clock());
    let web = Patient::web(&account).await;
    is(&web.address(Some("203.0.113.10")).await, Verdict::Good, None);
    is(&web.address(Some("198.18.9.9")).await, Verdict::Bad, Some(Mend::RewriteHost));
    web.forbid("DescribeAddresses");
    is_blind(&web.address(None).await, "ec2:DescribeAddresses");

    assert!(account.set_public_address("web-1", None));
    is(&web.address(None).await, Verdict::Bad, Some(Mend::GiveFixedAddress));
    let Ok(Found::Addresses(page)) = web.one(Read::Addresses).await else { panic!("no addresses") };
    let shop = page.rows.iter().find(|one| one.name.as_deref() == Some("old-shop")).unwrap().id.clone();
    let target = AddressTarget { instance: web.id.clone(), interface: None, private_ip: None };
    let give = Write::AssociateAddress { address: shop, target, take_over: false };
    assert!(web.cloud.write(give).await.is_ok());
    is(&web.address(Some("203.0.113.120")).await, Verdict::Good, None);
    assert!(account.set_public_address("web-1", Some(Ipv4Addr::LOCALHOST)));
    is(&web.address(Some("127.0.0.1")).await, Verdict::Good, None);
}

#[tokio::test(start_paused = true)]
async fn route_acl_and_rule() {
    let account = DemoAccount::lived_in(clock());
    let web = Patient::web(&account).await;
    is(&web.route().await, Verdict::Good, None);
    for route in [DemoRoute::Missing, DemoRoute::Blackhole, DemoRoute::Nat] {
        account.set_internet_route(route);
        is(&web.route().await, Verdict::Bad, None);
    }
    account.set_internet_route(DemoRoute::Internet);
    is(&web.route().await, Verdict::Good, None);
    web.forbid("DescribeRouteTables");
    is_blind(&web.route().await, "ec2:DescribeRouteTables");

    is(&web.acl().await, Verdict::Good, None);
    account.deny_in_acl(200, false, "0.0.0.0/0", None);
    is(&web.acl().await, Verdict::Good, None);
    account.deny_in_acl(50, false, "198.51.100.0/24", Some((22, 22)));
    is(&web.acl().await, Verdict::Bad, None);
    account.reset_acl();
    is(&web.acl().await, Verdict::Good, None);
    account.deny_in_acl(50, true, "0.0.0.0/0", Some((1024, 65535)));
    is(&web.acl().await, Verdict::Bad, None);
    account.reset_acl();
    web.forbid("DescribeNetworkAcls");
    is_blind(&web.acl().await, "ec2:DescribeNetworkAcls");

    is(&web.rule("198.51.100.7").await, Verdict::Good, None);
    is(&web.rule("192.0.2.99").await, Verdict::Bad, Some(Mend::AllowMyIp));
    assert!(account.given_rule("web", "tcp", 22, 22, "192.0.2.0/24", "").is_some());
    is(&web.rule("192.0.2.99").await, Verdict::Good, None);
    web.forbid("DescribeSecurityGroups");
    is_blind(&web.rule("192.0.2.99").await, "ec2:DescribeSecurityGroups");
}

#[tokio::test(start_paused = true)]
async fn key_user_and_console() {
    let account = DemoAccount::lived_in(clock());
    let web = Patient::web(&account).await;
    let folder = tempfile::tempdir().unwrap();
    let bits = crate::domain::key_pair::RsaBits::default();
    let made = crate::keyfiles::generate(folder.path(), "laptop", KeyKind::Ed25519, bits).unwrap();
    is(&web.key(None).await, Verdict::Bad, Some(Mend::FindKey));
    is(&web.key(Some(&made)).await, Verdict::Bad, Some(Mend::FindKey));
    assert!(account.set_public_key("laptop", made.public_key.as_deref().unwrap()));
    is(&web.key(Some(&made)).await, Verdict::Good, None);
    let open = LocalKey { open_to_others: true, ..made.clone() };
    is(&web.key(Some(&open)).await, Verdict::Bad, Some(Mend::LockKey(made.path.clone())));
    let putty = LocalKey { form: KeyFileForm::Ppk, ..made.clone() };
    is(&web.key(Some(&putty)).await, Verdict::Bad, Some(Mend::ConvertKey(made.path.clone())));
    web.forbid("DescribeKeyPairs");
    is_blind(&web.key(Some(&made)).await, "ec2:DescribeKeyPairs");

    is(&web.user("ec2-user").await, Verdict::Good, None);
    is(&web.user("ubuntu").await, Verdict::Bad, Some(Mend::ChooseUser("ec2-user".to_owned())));
    web.forbid("DescribeImages");
    is_blind(&web.user("ec2-user").await, "ec2:DescribeImages");

    is(&web.console().await, Verdict::Good, None);
    assert!(account.set_console("web-1", "\u{1b}[31mNo space left on device\u{1b}[0m\r\n"));
    is(&web.console().await, Verdict::Bad, None);
    web.act(InstanceAction::Reboot).await;
    is(&web.console().await, Verdict::Good, None);
    web.forbid("GetConsoleOutput");
    is_blind(&web.console().await, "ec2:GetConsoleOutput");
}

#[tokio::test(start_paused = true)]
async fn a_windows_password_comes_after_a_while_and_the_key_opens_it() {
    let account = DemoAccount::lived_in(clock());
    let windows = Patient {
        id: InstanceId::new(id(&named(&seoul(&account), "win-office").await)),
        cloud: open(&account).await,
        account: &account,
    };
    let folder = tempfile::tempdir().unwrap();
    // Short, so that the test is.
    let key = rsa::RsaPrivateKey::new(&mut rand_core::OsRng, 1024).unwrap();
    let path = folder.path().join("office.pem");
    let pem = rsa::pkcs1::EncodeRsaPrivateKey::to_pkcs1_pem(&key, rsa::pkcs1::LineEnding::LF).unwrap();
    std::fs::write(&path, pem.as_bytes()).unwrap();
    let public = crate::keyfiles::public_half(&path, None).unwrap().line;
    assert!(windows.account.set_public_key("office", &public));

    let read = Read::PasswordData(windows.id.clone());
    let Ok(Found::PasswordData(Some(encrypted))) = windows.one(read.clone()).await else { panic!("no password") };
    let password = crate::keyfiles::decrypt_password(&path, None, &encrypted).unwrap();
    assert_eq!(password.as_str(), account.password_of("win-office"));

    windows.act(InstanceAction::Stop).await;
    pass(10).await;
    windows.act(InstanceAction::Start).await;
    pass(60).await;
    assert_eq!(windows.one(read.clone()).await, Ok(Found::PasswordData(None)), "not made yet");
    pass(240).await;
    assert!(matches!(windows.one(read).await, Ok(Found::PasswordData(Some(_)))));
    let linux = Patient::web(&account).await;
    assert_eq!(linux.one(Read::PasswordData(linux.id.clone())).await, Ok(Found::PasswordData(None)), "never");
}
