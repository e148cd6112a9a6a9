//! Private key files of key pairs: closed to others with one key, converted for PuTTY and back with another; what was
//! typed to open them is seen nowhere.

use std::path::PathBuf;

use ec2deck::message::{Effect, LocalTask, Message};

use crate::key_pairs::make;
use crate::launch::opens_with_ssh_keygen;
use crate::support::tools::{self, argument, half};
use crate::support::{Stage, Story};

const PASSPHRASE: &str = "open sesame";

/// A key pair whose private key is here, selected.
async fn with_key(stage: Stage) -> (Story, PathBuf) {
    let mut story = stage.open().await;
    make(&mut story, "shop").await;
    let path = story.key_folder().join("shop.pem");
    (story, path)
}

/// The public half of a `.ppk` file as PuTTY's own program reads it, and whether it could.
fn read_by_puttygen(ppk: &std::path::Path, passphrase: Option<&str>) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let (given, none) = (folder.path().join("passphrase"), folder.path().join("none"));
    std::fs::write(&given, passphrase.unwrap_or_default()).unwrap();
    std::fs::write(&none, "").unwrap();
    let mut arguments = vec![argument(ppk), "-O", "private-openssh-new", "-o"];
    let back = folder.path().join("back");
    arguments.push(argument(&back));
    arguments.extend(["--old-passphrase", argument(&given), "--new-passphrase", argument(&none)]);
    tools::output("puttygen", &arguments)?;
    tools::set_mode(&back, 0o600);
    Some(half(&tools::output("ssh-keygen", &["-y", "-f", argument(&back)])?))
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn a_file_that_others_can_read_is_marked_and_one_key_sets_it_right() {
    for (open, closed) in [(0o644, 0o600), (0o444, 0o400)] {
        let (mut story, path) = with_key(Stage::demo()).await;
        story.keys("m").await.says("why-key-is-closed");
        tools::set_mode(&path, open);
        let refused = tools::outcome("ssh-keygen", &["-y", "-f", argument(&path)]).expect("ssh-keygen is there");
        assert!(!refused.status.success(), "ssh-keygen takes an open file: this test would show nothing");
        story.keys("r").await.sees_in_one_line(&["shop", "open to others"]);
        story.keys("m").await.sees_in_one_line(&["Only you", "~/.ssh/shop.pem"]);
        assert_eq!(tools::mode(&path), closed);
        tools::output("ssh-keygen", &["-y", "-f", argument(&path)]);
        story.sees_in_one_line(&["shop", "here"]).does_not_see("open to others");
    }
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn every_open_copy_is_named_and_closed() {
    let (mut story, path) = with_key(Stage::demo().size(160, 45)).await;
    let copy = path.with_file_name("copy");
    std::fs::copy(&path, &copy).unwrap();
    tools::set_mode(&copy, 0o644);
    tools::set_mode(&path, 0o640);
    story.keys("r").await.sees("~/.ssh/copy").sees("~/.ssh/shop.pem");
    story.keys("m").await.sees_in_one_line(&["~/.ssh/copy", "~/.ssh/shop.pem"]);
    assert_eq!((tools::mode(&copy), tools::mode(&path)), (0o600, 0o600));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_not_here_can_be_neither_closed_nor_converted() {
    let mut story = Stage::demo().open().await;
    story.keys("4").await;
    for keys in ["m", "p"] {
        story.keys(keys).await.says("why-key-not-here");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_converted_for_putty() {
    let (mut story, path) = with_key(Stage::demo()).await;
    let ours = half(&opens_with_ssh_keygen(&path));
    story.keys("p").await.sees("~/.ssh/shop.ppk").says("export-key-no-passphrase").says("export-key-to-hint");
    story.keys("<tab>").await.says("export-key-version-hint");
    story.keys("<enter>").await;
    story.sees("Connection > SSH > Auth > Credentials");
    let ppk = path.with_extension("ppk");
    let text = std::fs::read_to_string(&ppk).unwrap();
    assert!(text.starts_with("PuTTY-User-Key-File-3: ssh-ed25519"), "{}", text.lines().next().unwrap_or_default());
    if let Some(theirs) = read_by_puttygen(&ppk, None) {
        assert_eq!(theirs, ours);
    }
    story.sees_in_one_line(&["shop", "here"]);
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_is_typed_twice_and_encrypts_the_file() {
    let (mut story, path) = with_key(Stage::demo()).await;
    let ours = half(&opens_with_ssh_keygen(&path));
    story.keys("p<tab><right>").await.keys("<tab>").await.says("export-key-passphrase-hint");
    story.keys(PASSPHRASE).await.keys("<tab>open sesam<enter>").await.says("export-key-differs");
    story.keys("e<enter>").await.sees("shop.ppk is written");
    let ppk = path.with_extension("ppk");
    let text = std::fs::read_to_string(&ppk).unwrap();
    assert!(text.starts_with("PuTTY-User-Key-File-2: ssh-ed25519") && text.contains("Encryption: aes256-cbc"));
    if let Some(theirs) = read_by_puttygen(&ppk, Some(PASSPHRASE)) {
        assert_eq!(theirs, ours);
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_in_the_way_is_never_replaced() {
    let (mut story, path) = with_key(Stage::demo()).await;
    std::fs::write(path.with_extension("ppk"), "mine").unwrap();
    story.keys("p<enter>").await.sees("exists already").says("problem-what-export-key");
    assert_eq!(std::fs::read_to_string(path.with_extension("ppk")).unwrap(), "mine");
    let other = story.key_folder().join("other.ppk");
    story.retype(argument(&other)).await.keys("<enter>").await;
    assert!(other.exists());
}

#[tokio::test(start_paused = true)]
async fn an_encrypted_private_key_asks_for_its_passphrase() {
    let (mut story, path) = with_key(Stage::demo()).await;
    let ours = half(&opens_with_ssh_keygen(&path));
    tools::set_mode(&path, 0o600);
    tools::output("ssh-keygen", &["-q", "-p", "-f", argument(&path), "-N", PASSPHRASE]);
    story.keys("rp").await.does_not_say("key-input-passphrase-hint");
    story.keys("<enter>").await.says("key-input-passphrase-hint");
    story.keys(PASSPHRASE).await.keys("<enter>").await.sees("shop.ppk is written");
    if let Some(theirs) = read_by_puttygen(&path.with_extension("ppk"), None) {
        assert_eq!(theirs, ours);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_here_for_putty_only_says_so_and_is_converted_back() {
    let (mut story, path) = with_key(Stage::demo().size(160, 45)).await;
    let ours = half(&opens_with_ssh_keygen(&path));
    story.keys("p<enter>").await.sees("shop.ppk is written");
    std::fs::remove_file(&path).unwrap();
    story.keys("r").await.sees_in_one_line(&["shop", "here as .ppk"]).says("details-private-ppk");
    story.keys("p").await.says("export-key-note-pem").sees("~/.ssh/shop.pem").does_not_say("export-key-version-hint");
    story.keys("<enter>").await.sees("shop.pem is written");
    assert_eq!(half(&opens_with_ssh_keygen(&path)), ours);
}

/// Neither the screen nor any text that a log could get shows what was typed.
fn keeps_quiet(story: &Story) {
    story.does_not_see("sesame");
    assert!(!format!("{:?}", story.app()).contains("sesame"));
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_is_on_no_screen_and_in_no_debug_output() {
    let (mut story, _) = with_key(Stage::demo()).await;
    story.keys("p<tab><tab>").await.paste(PASSPHRASE).await.sees("•••••••••••");
    keeps_quiet(&story);
    story.keys("<tab>").await.keys(PASSPHRASE).await;
    keeps_quiet(&story);
    assert!(!format!("{:?}", story.app().modals).contains("sesame"));

    let pasted = Message::Paste(PASSPHRASE.to_owned());
    assert!(!format!("{pasted:?}").contains("sesame"));
    let mut app = story.app().clone();
    let now = app.now;
    let effects = app.update(Message::Key(ec2deck::keymap::Key::parse("enter").unwrap()), now);
    let task = effects.iter().find_map(|effect| match effect {
        Effect::Local { task: LocalTask::ExportKey { output_passphrase, .. }, .. } => output_passphrase.as_ref(),
        _ => None,
    });
    assert_eq!(task.expect("the conversion is asked for").as_str(), PASSPHRASE, "the test would show nothing");
    assert!(!format!("{effects:?} {app:?}").contains("sesame"));

    story.keys("<enter>").await;
    keeps_quiet(&story);
}

#[tokio::test(start_paused = true)]
async fn private_keys_are_on_no_screen_and_in_no_debug_output() {
    let (mut story, path) = with_key(Stage::demo()).await;
    let text = std::fs::read_to_string(&path).unwrap();
    let secret_line = text.lines().rev().nth(1).expect("the last line before the end");
    story.keys("p<enter>").await;
    assert!(!format!("{:?}", story.app()).contains(secret_line));
    story.does_not_see(secret_line);
}
