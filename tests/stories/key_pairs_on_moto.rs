//! The stories of key pairs on moto, an EC2 that nobody here wrote: what exists afterwards is asked of the server, and
//! fingerprints are held against `openssl` and `ssh-keygen`.
//!
//! What moto (5.2.1) does otherwise than EC2:
//! - the fingerprint of an ed25519 key comes as hexadecimal with colons (EC2: SHA-256 in base64), so whether such a key is
//!   here shows by its public key only; the fingerprint itself is compared on the demo account, in `key_pairs.rs`;
//! - the fingerprint of an RSA key that the server made is the SHA-1 of its *public* half (EC2: of its private half), so
//!   that, too, is found by its public key; what EC2 would show is held against `openssl`;
//! - `DeleteKeyPair` by id answers that it is done and deletes nothing; it looks at the name only;
//! - a damaged public key is refused as `InvalidKeyPair.Format` (EC2: `InvalidKey.Format`);
//! - it takes RSA keys of any size, 3072 bits among them.

use std::path::{Path, PathBuf};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{KeyPairInfo, KeyType};

use crate::key_pairs::make;
use crate::launch::opens_with_ssh_keygen;
use crate::support::tools::{self, argument, half};
use crate::support::{Stage, Story};

async fn pairs(server: &Client) -> Vec<KeyPairInfo> {
    let found = server.describe_key_pairs().include_public_key(true).send().await;
    found.expect("moto lists key pairs").key_pairs().to_vec()
}

async fn the_only_pair(story: &Story) -> KeyPairInfo {
    let pairs = pairs(&story.server()).await;
    assert_eq!(pairs.len(), 1, "{pairs:#?}");
    pairs.into_iter().next().expect("one pair")
}

fn public_key(pair: &KeyPairInfo) -> String {
    half(pair.public_key().expect("moto tells public keys"))
}

/// A key pair that the server makes; its private key is kept under another name.
async fn created_by_the_server(stage: &Stage, name: &str, kind: KeyType) -> PathBuf {
    let made = stage.server().create_key_pair().key_name(name).key_type(kind).send().await.expect("moto makes keys");
    let folder = stage.key_folder();
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("kept elsewhere {}", folder.read_dir().unwrap().count()));
    std::fs::write(&path, made.key_material().expect("its private key")).unwrap();
    tools::set_mode(&path, 0o600);
    path
}

/// What `openssl` makes of a key in another form, hashed.
fn hashed_by_openssl(how: &[&str], key: &Path, hash: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let der = folder.path().join("der");
    let mut arguments = how.to_vec();
    arguments.extend(["-in", argument(key), "-outform", "DER", "-out", argument(&der)]);
    tools::output("openssl", &arguments).expect("openssl is there");
    let told = tools::output("openssl", &["dgst", "-c", hash, argument(&der)]).expect("openssl is there");
    told.split("= ").nth(1).expect("a hash").trim().to_owned()
}

#[tokio::test]
async fn a_new_key_of_either_kind_is_the_one_that_the_server_has() {
    for (turns, kind) in [("", KeyType::Ed25519), ("<tab><right>", KeyType::Rsa), ("<tab><right><right>", KeyType::Rsa)]
    {
        let mut story = Stage::moto().await.open().await;
        story.keys("4nshop").await.keys(turns).await.keys("<enter>").await.sees("~/.ssh/shop.pem");
        let pair = the_only_pair(&story).await;
        assert_eq!((pair.key_name(), pair.key_type()), (Some("shop"), Some(&kind)));
        assert_eq!(half(&opens_with_ssh_keygen(&story.key_folder().join("shop.pem"))), public_key(&pair));
        story.sees_in_one_line(&["shop", kind.as_str(), "here"]);
    }
}

#[tokio::test]
async fn a_public_file_and_a_private_file_are_imported() {
    let elsewhere = tempfile::tempdir().unwrap();
    let private = elsewhere.path().join("desk");
    tools::output("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "kim", "-f", argument(&private)]);
    let public = std::fs::read_to_string(elsewhere.path().join("desk.pub")).unwrap();
    for file in ["desk.pub", "desk"] {
        let mut story = Stage::moto().await.open().await;
        story.keys("4I").await.keys(argument(&elsewhere.path().join(file))).await.keys("<enter>").await;
        story.sees("Key pair desk is there");
        assert_eq!(public_key(&the_only_pair(&story).await), half(&public));
    }
}

/// By id, so moto deletes nothing; the list afterwards is the server's, not what the program hoped for.
#[tokio::test]
async fn after_a_deletion_the_list_is_what_the_server_has_and_the_file_stays() {
    let mut story = Stage::moto().await.open().await;
    make(&mut story, "shop").await;
    story.keys("dy").await.sees("shop is deleted");
    assert_eq!(the_only_pair(&story).await.key_name(), Some("shop"), "moto deletes by id now: tell it in full here");
    story.sees_in_one_line(&["shop", "ed25519", "here"]);
    story.server().delete_key_pair().key_name("shop").send().await.expect("moto deletes by name");
    story.keys("r").await.does_not_see("shop.pem");
    opens_with_ssh_keygen(&story.key_folder().join("shop.pem"));
}

#[tokio::test]
async fn the_fingerprint_of_an_imported_rsa_key_is_the_md5_of_its_public_half() {
    let mut story = Stage::moto().await.size(200, 60).open().await;
    story.keys("4nshop<tab><right><enter>z").await;
    let path = story.key_folder().join("shop.pem");
    let md5 = hashed_by_openssl(&["rsa", "-pubout"], &path, "-md5");
    assert_eq!(the_only_pair(&story).await.key_fingerprint(), Some(md5.as_str()));
    story.sees_in_one_line(&["shop", &md5, "here"]);
}

#[tokio::test]
async fn the_fingerprint_of_a_created_rsa_key_is_the_sha1_of_its_private_half() {
    let stage = Stage::moto().await.size(200, 60);
    let path = created_by_the_server(&stage, "made-by-aws", KeyType::Rsa).await;
    let mut story = stage.open().await;
    let motos = hashed_by_openssl(&["rsa", "-pubout"], &path, "-sha1");
    assert_eq!(the_only_pair(&story).await.key_fingerprint(), Some(motos.as_str()));
    story.keys("4z").await.sees_in_one_line(&["made-by-aws", &motos, "here"]);
    let sha1 = hashed_by_openssl(&["pkcs8", "-topk8", "-nocrypt"], &path, "-sha1");
    let ours = &story.app().inventory.local_keys.value.as_ref().expect("scanned")[0];
    assert!(ours.fingerprints.contains(&sha1), "{:?} of the file do not hold {sha1}", ours.fingerprints);
}

/// EC2 shows what OpenSSH does, with the padding of base64; moto shows the fingerprint in a form of its own.
#[tokio::test]
async fn the_fingerprint_of_an_ed25519_key_is_shown_as_the_server_tells_it() {
    let mut story = Stage::moto().await.size(200, 60).open().await;
    make(&mut story, "shop").await;
    let told = the_only_pair(&story).await.key_fingerprint().expect("a fingerprint").to_owned();
    story.keys("z").await.sees_in_one_line(&["shop", &told, "here"]);
    let path = story.key_folder().join("shop.pem");
    let openssh = tools::output("ssh-keygen", &["-l", "-f", argument(&path)]).expect("ssh-keygen is there");
    let openssh = openssh.split_whitespace().nth(1).expect("SHA256:...").trim_start_matches("SHA256:").to_owned();
    let ours = &story.app().inventory.local_keys.value.as_ref().expect("scanned")[0];
    assert_eq!(ours.fingerprints, [format!("{openssh}=")], "what EC2 would show");
}

#[tokio::test]
async fn keys_that_the_server_made_are_found_by_what_they_hold() {
    for kind in [KeyType::Rsa, KeyType::Ed25519] {
        let stage = Stage::moto().await;
        let path = created_by_the_server(&stage, "made-by-aws", kind.clone()).await;
        created_by_the_server(&stage, "lost", kind).await;
        std::fs::remove_file(stage.key_folder().join("kept elsewhere 1")).unwrap();
        let mut story = stage.size(160, 45).open().await;
        story.keys("4").await;
        story.sees_in_one_line(&["made-by-aws", "here"]).sees_in_one_line(&["lost", "not here"]);
        story.select("made-by-aws").await.sees("kept elsewhere 0");
        std::fs::rename(&path, story.key_folder().join("lost.pem")).unwrap();
        story.keys("r").await.sees_in_one_line(&["made-by-aws", "here"]).sees_in_one_line(&["lost", "not here"]);
    }
}
