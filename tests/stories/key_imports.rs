//! Key pairs from keys that the person has, and what deleting one does and does not do.

use std::path::{Path, PathBuf};

use ec2deck::domain::key_pair::{KeyKind, RsaBits};
use ec2deck::keyfiles;

use crate::key_pairs::make;
use crate::support::tools::{self, argument, half};
use crate::support::{Stage, Story};

const PASSPHRASE: &str = "open sesame";

/// The public key that the account has under a name.
fn public_key(story: &Story, name: &str) -> String {
    let pair = story.app().inventory.key_pair_named(name).unwrap_or_else(|| panic!("no {name}:\n{}", story.screen()));
    pair.public_key.clone().expect("the demo account tells public keys")
}

/// A key made by `ssh-keygen`: the private file, and its public line.
fn made_by_ssh_keygen(folder: &Path, name: &str, arguments: &[&str]) -> (PathBuf, String) {
    let path = folder.join(name);
    let mut all = vec!["-q", "-C", "kim@laptop", "-f", argument(&path)];
    all.extend(arguments);
    tools::output("ssh-keygen", &all).expect("ssh-keygen is there");
    let public = std::fs::read_to_string(path.with_file_name(format!("{name}.pub"))).unwrap();
    (path, half(&public))
}

/// Types the file and sends the dialog off; the name follows from the file.
async fn import(story: &mut Story, file: &Path) {
    story.keys("4I").await.keys(argument(file)).await.keys("<enter>").await;
}

#[tokio::test(start_paused = true)]
async fn a_public_key_file_is_imported_under_the_files_name() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (private, public) = made_by_ssh_keygen(elsewhere.path(), "desk", &["-t", "ed25519", "-N", ""]);
    let mut story = Stage::demo().open().await;
    import(&mut story, &private.with_file_name("desk.pub")).await;
    story.sees("Key pair desk is there");
    assert_eq!(public_key(&story, "desk"), public);
    assert_eq!(story.app().selected_label().as_deref(), Some("desk"));
    story.sees_in_one_line(&["desk", "not here"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_private_key_only_the_public_half_is_sent() {
    for arguments in [&["-t", "ed25519", "-N", ""][..], &["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", ""]] {
        let elsewhere = tempfile::tempdir().unwrap();
        let (private, public) = made_by_ssh_keygen(elsewhere.path(), "desk", arguments);
        let mut story = Stage::demo().open().await;
        import(&mut story, &private).await;
        assert_eq!(public_key(&story, "desk"), public);
    }
}

#[tokio::test(start_paused = true)]
async fn private_keys_that_are_in_no_key_pair_yet_are_offered() {
    let stage = Stage::demo();
    let key = |name| keyfiles::generate(&stage.key_folder(), name, KeyKind::Ed25519, RsaBits::default()).unwrap();
    let (desk, old) = (key("desk"), key("old"));
    std::fs::rename(&old.path, stage.key_folder().join("old")).unwrap();
    let mut story = stage.open().await;
    story.keys("4I").await.sees("~/.ssh/desk.pem").does_not_say("import-key-path-hint");
    story.keys("<right>").await.sees("~/.ssh/old");
    story.keys("<right>").await.says("import-key-other");
    story.keys("<right><enter>").await;
    assert_eq!(Some(public_key(&story, "desk")), desk.public_key);
    story.sees_in_one_line(&["desk", "here"]);
    // One is left, and the other file.
    story.keys("I").await.sees("‹ ~/.ssh/old ›");
}

#[tokio::test(start_paused = true)]
async fn an_encrypted_file_asks_for_its_passphrase() {
    let elsewhere = tempfile::tempdir().unwrap();
    let arguments = ["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", PASSPHRASE];
    let (private, public) = made_by_ssh_keygen(elsewhere.path(), "desk", &arguments);
    let mut story = Stage::demo().open().await;
    story.keys("4I").await.does_not_say("key-input-passphrase");
    story.keys(argument(&private)).await.keys("<enter>").await.says("key-input-passphrase");
    story.keys("wrong<enter>").await.sees("The passphrase does not open");
    story.keys(PASSPHRASE).await.sees("•••••••••••").does_not_see(PASSPHRASE);
    story.keys("<enter>").await;
    assert_eq!(public_key(&story, "desk"), public);
}

#[tokio::test(start_paused = true)]
async fn an_encrypted_file_that_does_not_tell_its_key_is_named_where_it_may_be_the_one() {
    let stage = Stage::demo().size(160, 45);
    std::fs::create_dir_all(stage.key_folder()).unwrap();
    let arguments = ["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", PASSPHRASE];
    made_by_ssh_keygen(&stage.key_folder(), "desk", &arguments);
    let mut story = stage.open().await;
    story.keys("4").await.says("details-private-missing").sees("~/.ssh/desk").sees("is encrypted and does not tell");
}

#[tokio::test(start_paused = true)]
async fn a_kind_that_ec2_does_not_take_is_said_before_anything_is_sent() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (private, _) = made_by_ssh_keygen(elsewhere.path(), "desk", &["-t", "ecdsa", "-N", ""]);
    let mut story = Stage::demo().open().await;
    import(&mut story, &private).await;
    story.sees("ecdsa-sha2-nistp256").sees("RSA and ed25519 only");
    assert_eq!(story.calls_of("ImportKeyPair"), 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_key_and_what_is_not_there_are_said() {
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("desk");
    let mut story = Stage::demo().open().await;
    import(&mut story, &file).await;
    story.says("problem-what-public-key");
    std::fs::write(&file, "hello").unwrap();
    story.keys("<enter>").await.sees("holds no key");
    story.retype("").await.keys("<enter>").await.says("import-key-path-empty");
    assert_eq!(story.calls_of("ImportKeyPair"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_of_an_import_is_settled() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (private, _) = made_by_ssh_keygen(elsewhere.path(), "desk", &["-t", "ed25519", "-N", ""]);
    let mut story = Stage::demo().open().await;
    story.demo().lose_reply("ImportKeyPair");
    import(&mut story, &private).await;
    story.until("Key pair desk is there").await;
    assert_eq!(story.demo().key_names().iter().filter(|name| *name == "desk").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn deleting_names_who_uses_it_and_says_what_stays() {
    let mut story = Stage::demo().size(160, 45).open().await;
    story.keys("4").await.select("laptop").await.keys("d").await;
    for instance in ["web-1", "batch-2"] {
        story.sees(instance);
    }
    story.says("delete-key-servers-keep-it").says("delete-key-no-file");
    story.keys("<enter>").await;
    assert_eq!(story.calls_of("DeleteKeyPair"), 0, "Enter took Yes");
    story.keys("dy").await.sees("laptop is deleted");
    assert!(!story.demo().key_names().contains(&"laptop".to_owned()));
    assert_eq!(story.calls_of("DeleteKeyPair"), 1);
}

#[tokio::test(start_paused = true)]
async fn deleting_leaves_the_private_key_on_this_machine() {
    let mut story = Stage::demo().open().await;
    make(&mut story, "shop").await;
    story.keys("d").await.says("delete-key-unused").sees_in_one_line(&["stays", "~/.ssh/shop.pem"]);
    story.keys("y").await.sees("shop is deleted");
    assert!(story.key_folder().join("shop.pem").exists());
    assert!(!story.demo().key_names().contains(&"shop".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_refused_deletion_names_the_missing_permission() {
    let mut story = Stage::demo().open().await;
    story.demo().fail_next("DeleteKeyPair", "UnauthorizedOperation", "You are not authorized.", 1);
    story.keys("4").await.select("office").await.keys("dy").await.sees("ec2:DeleteKeyPair");
    assert!(story.demo().key_names().contains(&"office".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn read_only_changes_neither_aws_nor_files() {
    let mut story = Stage::demo().read_only().open().await;
    story.keys("4").await;
    for keys in ["n", "I", "d", "p", "m"] {
        story.keys(keys).await.says("why-read-only");
    }
    for call in ["ImportKeyPair", "DeleteKeyPair"] {
        assert_eq!(story.calls_of(call), 0, "{call}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_without_key_pairs_says_how_to_get_one() {
    let mut story = Stage::demo_of(ec2deck::demo::DemoAccount::empty).open().await;
    story.keys("4").await.says("empty-keys").sees("n  new key pair").sees("I  import");
}
