//! The other ways in: sessions for PuTTY, and Windows' remote desktop with the Administrator's password.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ec2deck::domain::key_pair::{KeyKind, RsaBits};
use ec2deck::keyfiles;

use crate::getting_in::putty::{plink, said};
use crate::support::tools;
use crate::support::{Stage, Story};

const PASSPHRASE: &str = "open sesame";

/// A story in which the private key of a key pair is on this machine.
async fn with_key(pair: &str, kind: KeyKind) -> (Story, PathBuf) {
    let stage = Stage::demo();
    let key = keyfiles::generate(&stage.key_folder(), pair, kind, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    assert!(story.demo().set_public_key(pair, &key.public_key.expect("its public half")));
    story.keys("r").await;
    (story, key.path)
}

fn encrypt(key: &Path) {
    tools::output("ssh-keygen", &["-q", "-p", "-f", tools::argument(key), "-N", PASSPHRASE]);
}

fn sessions(story: &Story) -> PathBuf {
    story.key_folder().parent().unwrap().join(".putty/sessions")
}

#[tokio::test(start_paused = true)]
async fn a_session_for_putty_is_written_and_plink_reads_it() {
    let (mut story, key) = with_key("laptop", KeyKind::Ed25519).await;
    assert!(story.demo().set_public_address("web-1", "127.0.0.1".parse().ok()));
    story.keys("r").await.select("web-1").await.keys("Wputty<enter>").await;
    story.sees("PuTTY has a session web-1 now");
    let session = std::fs::read_to_string(sessions(&story).join("web-1")).unwrap();
    let ppk = key.with_extension("ppk");
    for line in ["HostName=127.0.0.1", "UserName=ec2-user", &format!("PublicKeyFile={}", ppk.display())] {
        assert!(session.lines().any(|one| one == line), "{line}:\n{session}");
    }
    assert_eq!(session.matches("SHA256:").count(), 2, "the console tells two keys:\n{session}");
    assert!(ppk.exists());
    // A second time nothing is in the way.
    story.keys("Wputty<enter>").await.sees("PuTTY has a session");
    let Some(outcome) = plink(&sessions(&story), &["-v", "-batch", "-load", "web-1"]) else { return };
    assert!(said(&outcome).contains("Connecting to 127.0.0.1 port 22"), "{}", said(&outcome));
}

#[tokio::test(start_paused = true)]
async fn an_encrypted_key_asks_for_its_passphrase() {
    let (mut story, key) = with_key("laptop", KeyKind::Ed25519).await;
    encrypt(&key);
    story.select("web-1").await.keys("rWputty<enter>").await.says("unlock-note-putty").sees("is encrypted");
    assert!(!sessions(&story).exists());
    story.keys("<enter>").await.says("unlock-empty");
    story.keys("wrong<enter>").await.does_not_see("PuTTY has a session").sees("is encrypted");
    story.keys(PASSPHRASE).await.keys("<enter>").await.sees("PuTTY has a session");
    assert!(std::fs::read_to_string(key.with_extension("ppk")).unwrap().contains("Encryption: aes256-cbc"));
    assert!(!format!("{:?}", story.app()).contains(PASSPHRASE));
}

#[tokio::test(start_paused = true)]
async fn two_of_the_same_name_have_two_sessions() {
    let (mut story, _) = with_key("laptop", KeyKind::Ed25519).await;
    assert!(story.demo().rename("웹-테스트", "web-1"));
    story.keys("r").await.select("web-1").await.keys("Wputty<enter>").await.sees("PuTTY has a session");
    let mut names: Vec<_> = std::fs::read_dir(sessions(&story)).unwrap().map(|one| one.unwrap().file_name()).collect();
    let only = names.pop().unwrap().into_string().unwrap();
    assert!(only.starts_with("web-1-") && names.is_empty(), "{only} {names:?}");
}

#[tokio::test(start_paused = true)]
async fn a_way_that_cannot_work_says_why() {
    let mut story = Stage::demo().size(160, 40).open().await;
    story.select("web-1").await.keys("Wputty").await.says("why-no-key-here");
    story.keys("<enter>").await;
    assert!(!sessions(&story).exists());
    story.keys("<esc>").await.select("win-office").await.keys("W").await;
    story.says("why-no-key-here");
    let stage = Stage::demo().read_only();
    let key = keyfiles::generate(&stage.key_folder(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    assert!(story.demo().set_public_key("laptop", &key.public_key.unwrap()));
    story.keys("r").await.select("web-1").await.keys("Wputty<enter>").await.says("why-read-only");
    assert!(!sessions(&story).exists());
}

#[tokio::test(start_paused = true)]
async fn past_a_jump_host_no_session_is_saved() {
    let vpc = {
        let (story, _) = with_key("laptop", KeyKind::Ed25519).await;
        let rows = &story.app().inventory.instances.rows;
        let web = rows.iter().find(|row| row.name.as_deref() == Some("web-1")).unwrap();
        web.vpc.clone().expect("it is in one")
    };
    let stage = Stage::demo().size(160, 40);
    let settings = stage.key_folder().parent().unwrap().join(".config/ec2deck/connect.toml");
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    std::fs::write(settings, format!("[jump]\n{vpc} = \"me@bastion\"\n")).unwrap();
    let key = keyfiles::generate(&stage.key_folder(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let mut story = stage.open().await;
    assert!(story.demo().set_public_key("laptop", &key.public_key.unwrap()));
    story.keys("r").await.select("web-1").await.keys("Wputty").await.says("why-putty-jump");
    story.keys("<enter>").await;
    assert!(!sessions(&story).exists());
}

#[tokio::test(start_paused = true)]
async fn the_address_for_remote_desktop_is_copied() {
    let mut story = Stage::demo().open().await;
    story.select("win-office").await.keys("c").await.says("way-copy-rdp").does_not_say("way-putty");
    story.keys("remote<enter>").await;
    let row = story.app().selected_instance().unwrap().public_ip.expect("it runs");
    assert_eq!(story.copied(), [format!("{row}:3389")]);
}

#[tokio::test(start_paused = true)]
async fn the_password_is_shown_and_stays_nowhere() {
    let (mut story, _) = with_key("office", KeyKind::Rsa).await;
    let password = story.demo().password_of("win-office");
    story.select("win-office").await.keys("cpassword<enter>").await.sees(&password);
    story.sees("Administrator").says("password-kept");
    assert!(!format!("{:?}", story.app()).contains(&password));
    story.keys("y").await.says("password-copied").sees(&password);
    assert_eq!(story.copied(), std::slice::from_ref(&password));
    story.keys("<esc>").await.does_not_see(&password);
    assert!(story.app().modals.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_password_behind_an_encrypted_key_wants_the_passphrase() {
    let (mut story, key) = with_key("office", KeyKind::Rsa).await;
    encrypt(&key);
    let password = story.demo().password_of("win-office");
    story.select("win-office").await.keys("rcpassword<enter>").await.sees("is encrypted").does_not_see(&password);
    story.keys("wrong<enter>").await.does_not_see(&password);
    story.keys(PASSPHRASE).await.keys("<enter>").await.sees(&password);
    let shown = format!("{:?}", story.app());
    assert!(!shown.contains(&password) && !shown.contains(PASSPHRASE));
    story.keys("<esc>").await;
    assert!(story.app().modals.is_empty());
}

#[tokio::test(start_paused = true)]
async fn there_is_no_password_before_windows_has_made_one() {
    let (mut story, _) = with_key("office", KeyKind::Rsa).await;
    let password = story.demo().password_of("win-office");
    assert!(story.demo().launched_now("win-office"));
    story.select("win-office").await.keys("cpassword<enter>").await.says("password-none-yet").does_not_see(&password);
    story.keys("<esc>").await.elapse(Duration::from_mins(3)).await;
    story.keys("cpassword<enter>").await.says("password-none-yet");
    story.keys("<esc>").await.elapse(Duration::from_secs(61)).await;
    story.keys("cpassword<enter>").await.sees(&password);
}

#[tokio::test(start_paused = true)]
async fn only_an_rsa_key_opens_a_password() {
    let (mut story, _) = with_key("office", KeyKind::Ed25519).await;
    story.select("win-office").await.keys("c").await.says("why-key-not-rsa");
    assert_eq!(story.calls_of("GetPasswordData"), 0);
}
