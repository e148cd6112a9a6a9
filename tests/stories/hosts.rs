//! Remembered hosts: `H` writes them down after showing them, and their entries follow the instances without a word.

use std::path::PathBuf;
use std::time::Duration;

use ec2deck::domain::id::InstanceId;
use ec2deck::domain::key_pair::{KeyKind, RsaBits};
use ec2deck::domain::login::{Login, LoginParts};
use ec2deck::domain::region::Region;
use ec2deck::domain::ssh_hosts::{self, HostsScope, RegionHosts};
use ec2deck::domain::ssh_places::SshPlaces;
use ec2deck::keyfiles;

use crate::getting_in::{assert_settings, settings_of};
use crate::support::tools;
use crate::support::{Stage, Story};

const WEB: &str = "203.0.113.10";

/// One refresh, and what comes of it.
const REFRESH: Duration = Duration::from_secs(31);

fn hosts_file(story: &Story) -> PathBuf {
    story.key_folder().join("ec2deck.config")
}

fn config(story: &Story) -> PathBuf {
    story.key_folder().join("config")
}

/// The remembered hosts, as they are on disk.
fn hosts(story: &Story) -> String {
    std::fs::read_to_string(hosts_file(story)).unwrap_or_default()
}

/// The address behind the alias of an instance, by its id.
fn remembered(story: &Story, id: &str) -> Option<String> {
    ssh_hosts::remembered_host(&hosts(story), &InstanceId::new(id))
}

fn id_of(story: &Story, name: &str) -> String {
    let rows = &story.app().inventory.instances.rows;
    let row = rows.iter().find(|row| row.name.as_deref() == Some(name));
    row.unwrap_or_else(|| panic!("no {name}")).id.to_string()
}

/// `H` and Yes.
async fn remember(story: &mut Story) {
    story.select("web-1").await.keys("H").await.sees("One line goes to the top");
    story.keys("y").await.sees("ssh web-1 works now");
}

/// The places of a stage's story.
fn places(stage: &Stage) -> SshPlaces {
    let home = stage.key_folder().parent().expect("it is in the home").to_owned();
    SshPlaces {
        settings: home.join(".config/ec2deck/connect.toml"),
        known_hosts: home.join(".local/state/ec2deck/known_hosts"),
        ssh_folder: stage.key_folder(),
        putty_sessions: home.join(".putty/sessions"),
    }
}

/// Entries of one region, by id and name, that were written before the story begins.
fn given(stage: &Stage, region: &str, profile: &str, entries: &[(&str, &str)]) {
    let entry = |(id, name): &(&str, &str)| {
        let parts = LoginParts {
            instance: InstanceId::new(*id),
            host: "192.0.2.1".to_owned(),
            port: 22,
            user: "ec2-user".to_owned(),
            key: None,
            jump: None,
        };
        (Some((*name).to_owned()), Login::new(parts).unwrap())
    };
    let hosts = RegionHosts {
        profile: profile.to_owned(),
        account: None,
        region: Region::parse(region).unwrap(),
        hosts: entries.iter().map(entry).collect(),
        asleep: std::collections::BTreeSet::new(),
    };
    ec2deck::ssh::hosts::write(&places(stage), &hosts, HostsScope::All).unwrap();
}

/// What the demo account's instance is called by EC2, and the profile of the demo.
async fn demo_names(name: &str) -> (String, String) {
    let story = Stage::demo().open().await;
    (id_of(&story, name), story.app().session.info.profile.clone())
}

#[tokio::test(start_paused = true)]
async fn all_is_shown_before_and_no_leaves_no_file() {
    let mut story = Stage::demo().open().await;
    story.keys("H").await.sees("~/.ssh/ec2deck.config").sees(&format!("web-1  ec2-user@{WEB}"));
    story
        .sees("One line goes to the top")
        .sees("~/.ssh/config")
        .sees("Include ec2deck.config")
        .sees("no address just now");
    story.does_not_see("Administrator@").sees_in_one_line(&["ec2-4851  ubuntu@", "웹-테스트"]);
    assert_eq!((hosts_file(&story).exists(), config(&story).exists()), (false, false), "it was only asked");
    story.keys("<enter>").await;
    story.keys("H<esc>Hn").await;
    story.elapse(REFRESH).await;
    assert_eq!((hosts_file(&story).exists(), config(&story).exists()), (false, false));
}

#[tokio::test(start_paused = true)]
async fn ssh_itself_reads_what_was_remembered() {
    let stage = Stage::demo();
    let key = keyfiles::generate(&stage.key_folder(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    assert!(story.demo().set_public_key("laptop", &key.public_key.expect("its public half")));
    story.keys("r").await;
    remember(&mut story).await;
    assert_eq!((tools::mode(&hosts_file(&story)), tools::mode(&config(&story))), (0o600, 0o600));
    assert_eq!(std::fs::read_to_string(config(&story)).unwrap(), "Include ec2deck.config\n");
    let Some(settings) = settings_of("web-1", &hosts_file(&story)) else { return };
    let known_hosts = story.key_folder().parent().unwrap().join(".local/state/ec2deck/known_hosts");
    assert_settings(
        &settings,
        &[
            ("hostname", WEB),
            ("user", "ec2-user"),
            ("identityfile", tools::argument(&key.path)),
            ("identitiesonly", "yes"),
            ("hostkeyalias", &id_of(&story, "web-1")),
            ("userknownhostsfile", tools::argument(&known_hosts)),
        ],
    );
    story.keys("H").await.sees("Nothing to change");
}

#[tokio::test(start_paused = true)]
async fn ones_own_configuration_keeps_every_byte() {
    let stage = Stage::demo();
    let own = "Port 9\r\nHost second\r\n\tPort 2\r\n\r\nMatch host third\r\n  User match";
    let file = stage.key_folder().join("config");
    std::fs::create_dir_all(stage.key_folder()).unwrap();
    std::fs::write(&file, own).unwrap();
    tools::set_mode(&file, 0o640);
    let mut story = stage.open().await;
    remember(&mut story).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("Include ec2deck.config\r\n{own}"));
    assert_eq!(tools::mode(&file), 0o640);
    // The line stays one line.
    assert!(story.demo().set_public_address("web-1", "192.0.2.77".parse().ok()));
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, &id_of(&story, "web-1")).as_deref(), Some("192.0.2.77"));
    assert!(story.demo().rename("웹-테스트", "shop"));
    story.keys("rH").await.sees("shop").does_not_see("One line goes");
    story.keys("y").await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("Include ec2deck.config\r\n{own}"));
}

#[tokio::test(start_paused = true)]
async fn a_new_address_after_a_stop_and_a_start_is_followed_without_a_word() {
    let mut story = Stage::demo().open().await;
    assert!(story.demo().rename("웹-테스트", "api"));
    story.keys("r").await;
    remember(&mut story).await;
    let id = id_of(&story, "api");
    let before = remembered(&story, &id).expect("it has an address");
    story.select("api").await.keys("Sy").await.until_one_line_has(&["api", "stopped"]).await;
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, &id), Some(before.clone()), "one that is asleep keeps its entry");

    story.keys("s").await.until_one_line_has(&["api", "running"]).await.elapse(REFRESH).await;
    let now = story.app().inventory.instance(&InstanceId::new(&*id)).unwrap().public_ip.expect("it runs").to_string();
    assert_ne!(now, before);
    assert_eq!(remembered(&story, &id), Some(now));
    story.does_not_see("works now");
}

#[tokio::test(start_paused = true)]
async fn the_entry_of_a_terminated_instance_goes() {
    let mut story = Stage::demo().open().await;
    remember(&mut story).await;
    let id = id_of(&story, "web-1");
    assert!(remembered(&story, &id).is_some());
    story.select("web-1").await.keys("dweb-1<enter>").await.until_one_line_has(&["web-1", "terminated"]).await;
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, &id), None);
    assert!(hosts(&story).contains("Host "), "the others stay");
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_nobody_asked_to_remember_gets_no_entry() {
    let (id, profile) = demo_names("web-1").await;
    let stage = Stage::demo();
    given(&stage, "ap-northeast-2", &profile, &[(&id, "web-1")]);
    let mut story = stage.open().await;
    // What was written elsewhere, or by an earlier run, is brought up to date as soon as all lists are there.
    assert_eq!(remembered(&story, &id).as_deref(), Some(WEB));
    story.elapse(REFRESH).await;
    assert_eq!(ssh_hosts::aliases(&hosts(&story)).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_written_while_nothing_changes() {
    let mut story = Stage::demo().open().await;
    story.until_one_line_has(&["batch-2", "running"]).await;
    remember(&mut story).await;
    story.elapse(REFRESH).await;
    // A write would lose what is added by hand, as the file says at its top.
    let marked = format!("{}# a mark\n", hosts(&story));
    std::fs::write(hosts_file(&story), &marked).unwrap();
    story.elapse(REFRESH * 4).await;
    assert_eq!(hosts(&story), marked);
    assert!(story.demo().set_public_address("web-1", "192.0.2.77".parse().ok()));
    story.elapse(REFRESH).await;
    assert!(hosts(&story).contains("HostName 192.0.2.77") && hosts(&story) != marked);
}

#[tokio::test(start_paused = true)]
async fn half_read_lists_lose_no_entry() {
    for operation in ["DescribeInstances", "DescribeAddresses", "DescribeKeyPairs", "DescribeImages"] {
        let (id, profile) = demo_names("web-1").await;
        let stage = Stage::demo();
        given(&stage, "ap-northeast-2", &profile, &[(&id, "web-1"), ("i-0123456789abcdef0", "long-gone")]);
        let mut story = stage.raise();
        story.demo().fail_next(operation, "UnauthorizedOperation", "You are not authorized", 1);
        let before = hosts(&story);
        story.settle().await;
        assert_eq!(hosts(&story), before, "{operation} failed");
        story.keys("r").await;
        assert_eq!(remembered(&story, &id).as_deref(), Some(WEB), "{operation}");
        assert_eq!(remembered(&story, "i-0123456789abcdef0"), None);
    }
}

#[tokio::test(start_paused = true)]
async fn read_only_writes_nothing() {
    let (id, profile) = demo_names("web-1").await;
    let stage = Stage::demo().read_only();
    given(&stage, "ap-northeast-2", &profile, &[(&id, "web-1")]);
    std::fs::remove_file(stage.key_folder().join("config")).unwrap();
    let mut story = stage.open().await;
    story.keys("H").await.says("why-read-only");
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, &id).as_deref(), Some("192.0.2.1"));
    assert!(!config(&story).exists());
}

#[tokio::test(start_paused = true)]
async fn entries_of_other_regions_and_profiles_stay() {
    let (_, profile) = demo_names("web-1").await;
    let stage = Stage::demo();
    given(&stage, "ap-northeast-1", &profile, &[("i-0123456789abcdef0", "web-1")]);
    given(&stage, "ap-northeast-2", "work", &[("i-0123456789abcdef1", "shop")]);
    let mut story = stage.open().await;
    let id = id_of(&story, "web-1");
    // Its name leads to Tokyo already.
    let alias = format!("web-1-{}", &id[id.len() - 4..]);
    story.select("web-1").await.keys("H").await.sees(&alias);
    story.keys("y").await.sees(&format!("ssh {alias} works now"));
    story.elapse(REFRESH).await;
    for other in ["i-0123456789abcdef0", "i-0123456789abcdef1"] {
        assert_eq!(remembered(&story, other).as_deref(), Some("192.0.2.1"));
    }
    assert_eq!(remembered(&story, &id).as_deref(), Some(WEB));
}

#[tokio::test(start_paused = true)]
async fn hostile_names_become_safe_aliases_and_run_nothing() {
    let mut story = Stage::demo().open().await;
    let canary = story.key_folder().join("canary");
    let touch = format!("touch {}", canary.display());
    let names = [
        ("web-1", format!("-oProxyCommand={touch}")),
        ("old-db", format!("x\nHost *\n  ProxyCommand {touch}")),
        ("웹-테스트", "*".to_owned()),
        ("batch-2", format!("\"$({touch})` 웹 🚀")),
    ];
    for (old, new) in &names {
        assert!(story.demo().rename(old, new));
    }
    story.keys("r").await.keys("H").await.sees("oProxyCommand-touch");
    story.keys("y").await;
    let aliases = ssh_hosts::aliases(&hosts(&story));
    assert!(aliases.len() >= 2, "{}", hosts(&story));
    for (id, alias) in aliases {
        assert!(alias.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{alias}");
        let Some(settings) = settings_of(&alias, &hosts_file(&story)) else { return };
        assert_settings(&settings, &[("hostkeyalias", id.as_str())]);
        assert!(!settings.contains_key("proxycommand"), "{alias}");
    }
    assert!(!canary.exists());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_followed_is_told_once() {
    let mut story = Stage::demo().open().await;
    remember(&mut story).await;
    std::fs::remove_file(hosts_file(&story)).unwrap();
    std::fs::create_dir(hosts_file(&story)).unwrap();
    assert!(story.demo().set_public_address("web-1", "192.0.2.77".parse().ok()));
    story.keys("r").await.says("hosts-not-followed");
    story.keys("r").await.does_not_say("hosts-not-followed");
    story.elapse(REFRESH).await.does_not_say("hosts-not-followed");
    // It is tried again with every refresh.
    std::fs::remove_dir(hosts_file(&story)).unwrap();
    story.elapse(REFRESH).await;
    story.select("web-1").await.keys("Hy").await.sees("ssh web-1 works now");
    assert!(story.demo().set_public_address("web-1", "192.0.2.78".parse().ok()));
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, &id_of(&story, "web-1")).as_deref(), Some("192.0.2.78"));
}

#[tokio::test(start_paused = true)]
async fn a_settings_file_with_a_mistake_is_shown_and_nothing_is_written() {
    let stage = Stage::demo();
    let settings = places(&stage).settings;
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    std::fs::write(settings, "[users\n").unwrap();
    let mut story = stage.open().await;
    story.keys("H").await.says("problem-what-read-remembered");
    assert!(!hosts_file(&story).exists());
}

#[tokio::test(start_paused = true)]
async fn the_question_fits_a_low_screen_and_korean() {
    let mut story = Stage::demo().korean().size(80, 24).open().await;
    story
        .select("web-1")
        .await
        .keys("H")
        .await
        .sees("한 줄을 추가합니다")
        .sees("Include ec2deck.config")
        .says("answer-no");
    story.keys("y").await.sees("ssh web-1");
}

#[tokio::test(start_paused = true)]
async fn a_file_of_somebody_elses_is_kept_and_h_says_so() {
    let stage = Stage::demo();
    std::fs::create_dir_all(stage.key_folder()).unwrap();
    let file = stage.key_folder().join("ec2deck.config");
    std::fs::write(&file, "Host mine\n  User me\n").unwrap();
    let mut story = stage.open().await;
    story.does_not_say("hosts-not-followed");
    story.elapse(REFRESH).await;
    story.does_not_say("hosts-not-followed");
    story.keys("H").await.sees("was not written by ec2deck");
    assert_eq!((hosts(&story).as_str(), config(&story).exists()), ("Host mine\n  User me\n", false));
}

#[tokio::test(start_paused = true)]
async fn entries_of_another_account_under_the_same_profile_stay() {
    let (_, profile) = demo_names("web-1").await;
    let stage = Stage::demo();
    given(&stage, "ap-northeast-2", &profile, &[("i-0123456789abcdef0", "shop")]);
    let file = stage.key_folder().join("ec2deck.config");
    let old = std::fs::read_to_string(&file).unwrap();
    let end = format!(" profile={profile}\n");
    std::fs::write(&file, old.replace(&end, &format!(" profile={profile} account=999999999999\n"))).unwrap();
    let mut story = stage.open().await;
    let own = story.app().session.account.value.as_ref().expect("it is known").id.clone();
    story.select("web-1").await.keys("Hy").await.sees("ssh web-1 works now");
    story.elapse(REFRESH).await;
    assert_eq!(remembered(&story, "i-0123456789abcdef0").as_deref(), Some("192.0.2.1"));
    assert!(hosts(&story).contains(&format!(" account={own}\n")), "{}", hosts(&story));
}
