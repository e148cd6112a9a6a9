use aws_sdk_ec2::primitives::Blob;
use aws_sdk_ec2::types::KeyType;

use super::*;

/// Made for this test; the fingerprints are `openssl md5 -c` over the DER of the public key, and `ssh-keygen -l`.
const LAPTOP: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICkRU2XWE86mhoVAVQfhWTP/R73nFsX0PsSrLC5fB/ss";

#[tokio::test(start_paused = true)]
async fn the_seeded_keys_have_the_fingerprints_of_ec2() {
    let client = seoul(&DemoAccount::lived_in(clock()));
    let reply = client.describe_key_pairs().include_public_key(true).send().await.unwrap();
    let (laptop, office) = (&reply.key_pairs()[0], &reply.key_pairs()[1]);
    assert_eq!(laptop.key_type(), Some(&KeyType::Ed25519));
    assert_eq!(laptop.public_key(), Some(format!("{LAPTOP} laptop").as_str()));
    assert_eq!(laptop.key_fingerprint(), Some("Fd7pRMJF/VIH9LQqLas4yfy7OOHxsmh1j3PjJS7gNJw="));
    assert_eq!(office.key_type(), Some(&KeyType::Rsa));
    assert_eq!(office.key_fingerprint(), Some("b3:ec:e7:ec:e6:0b:69:51:fd:d8:6b:4f:b4:cb:2a:b9"));
    let bare = client.describe_key_pairs().key_names("laptop").send().await.unwrap();
    assert_eq!(bare.key_pairs()[0].public_key(), None);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_imported_once_and_deleted_by_id() {
    let client = seoul(&DemoAccount::empty(clock()));
    let import = |name: &str, line: &str| {
        client.import_key_pair().key_name(name).public_key_material(Blob::new(line.as_bytes())).send()
    };
    let made = import("mine", &format!("{LAPTOP} a comment")).await.unwrap();
    assert_eq!(code(import("mine", LAPTOP).await), "InvalidKeyPair.Duplicate");
    assert_eq!(code(import("other", "ssh-ed25519 AAAA").await), "InvalidKey.Format");
    assert_eq!(code(import("열쇠", LAPTOP).await), "InvalidParameterValue");
    assert_eq!(code(client.describe_key_pairs().key_names("none").send().await), "InvalidKeyPair.NotFound");
    let id = made.key_pair_id().unwrap();
    assert_eq!(code(client.delete_key_pair().key_pair_id(id).send().await), "(done)");
    assert_eq!(code(client.delete_key_pair().key_pair_id(id).send().await), "InvalidKeyPair.NotFound");
    assert_eq!(code(client.delete_key_pair().key_name("mine").send().await), "(done)");
    assert!(client.describe_key_pairs().send().await.unwrap().key_pairs().is_empty());
}
