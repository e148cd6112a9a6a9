//! Key pairs of the demo account: real public keys, never a private one.

use aws_sdk_ec2::operation::delete_key_pair::{DeleteKeyPairInput, DeleteKeyPairOutput};
use aws_sdk_ec2::operation::describe_key_pairs::{DescribeKeyPairsInput, DescribeKeyPairsOutput};
use aws_sdk_ec2::operation::import_key_pair::{ImportKeyPairInput, ImportKeyPairOutput};
use aws_sdk_ec2::types::{self, ResourceType};
use jiff::Timestamp;
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use super::fault::Fault;
use super::query::{keep, passes};
use super::tags::{self, Tags, to_sdk};
use super::world::{World, sdk_time};
use crate::keyfiles::fingerprint;

/// One key pair.
#[derive(Clone, Debug)]
pub(super) struct KeyPair {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// RSA or ed25519.
    pub kind: types::KeyType,
    /// As EC2 computes it for an imported key.
    pub fingerprint: String,
    /// The OpenSSH line without comment.
    pub public_key: String,
    /// When it was imported.
    pub created: Timestamp,
    /// Its tags.
    pub tags: Tags,
}

impl World {
    /// Adds a key pair from an OpenSSH line, as an import does.
    pub fn add_key(&mut self, name: &str, line: &str, created: Timestamp, tags: Tags) -> Result<&KeyPair, Fault> {
        let (kind, public_key) = read(line)?;
        let fingerprint = fingerprint::of_imported(&public_key).ok_or_else(bad_format)?;
        let id = self.id("key");
        self.keys.push(KeyPair { id, name: name.to_owned(), kind, fingerprint, public_key, created, tags });
        self.keys.last().ok_or_else(bad_format)
    }
}

fn bad_format() -> Fault {
    Fault::new("InvalidKey.Format", "Key is not in valid OpenSSH public key format")
}

/// Kind and bare line of a key that EC2 takes: ed25519, or RSA of 1024, 2048 or 4096 bits.
fn read(line: &str) -> Result<(types::KeyType, String), Fault> {
    let key = PublicKey::from_openssh(line.trim()).map_err(|_| bad_format())?;
    let kind = match key.key_data() {
        KeyData::Ed25519(_) => types::KeyType::Ed25519,
        KeyData::Rsa(rsa) => {
            let bits = rsa.n.as_positive_bytes().map_or(0, <[u8]>::len) * 8;
            if ![1024, 2048, 4096].contains(&bits) {
                return Err(Fault::new("InvalidKey.Format", "Invalid DER encoded key material"));
            }
            types::KeyType::Rsa
        }
        _ => return Err(bad_format()),
    };
    let bare = line.split_ascii_whitespace().take(2).collect::<Vec<_>>().join(" ");
    Ok((kind, bare))
}

/// `DescribeKeyPairs`; it has no pages.
pub(super) fn describe_keys(world: &mut World, input: &DescribeKeyPairsInput) -> Result<DescribeKeyPairsOutput, Fault> {
    let (names, ids) = (input.key_names(), input.key_pair_ids());
    if let Some(missing) = names.iter().find(|name| !world.keys.iter().any(|key| &key.name == *name)) {
        return Err(Fault::new("InvalidKeyPair.NotFound", format!("The key pair '{missing}' does not exist")));
    }
    if let Some(missing) = ids.iter().find(|id| !world.keys.iter().any(|key| &key.id == *id)) {
        return Err(Fault::new("InvalidKeyPair.NotFound", format!("The key pair ID '{missing}' does not exist")));
    }
    let listed = world
        .keys
        .iter()
        .filter(|key| names.is_empty() || names.contains(&key.name))
        .filter(|key| ids.is_empty() || ids.contains(&key.id))
        .collect();
    let listed = keep(listed, |key: &&KeyPair| {
        passes(input.filters(), &key.tags, |name| match name {
            "key-name" => Some(vec![key.name.clone()]),
            "key-pair-id" => Some(vec![key.id.clone()]),
            "fingerprint" => Some(vec![key.fingerprint.clone()]),
            _ => None,
        })
    })?;
    let with_public = input.include_public_key().unwrap_or_default();
    let keys = listed.into_iter().map(|key| {
        types::KeyPairInfo::builder()
            .key_pair_id(&key.id)
            .key_name(&key.name)
            .key_type(key.kind.clone())
            .key_fingerprint(&key.fingerprint)
            .create_time(sdk_time(key.created))
            // EC2 ends the line with the pair's name as its comment.
            .set_public_key(with_public.then(|| format!("{} {}", key.public_key, key.name)))
            .set_tags(Some(to_sdk(&key.tags)))
            .build()
    });
    let keys = keys.collect();
    Ok(DescribeKeyPairsOutput::builder().set_key_pairs(Some(keys)).build())
}

/// `ImportKeyPair`
pub(super) fn import_key(world: &mut World, input: &ImportKeyPairInput) -> Result<ImportKeyPairOutput, Fault> {
    let name = input.key_name().filter(|name| !name.is_empty()).ok_or_else(|| Fault::missing("KeyName"))?;
    if name.len() > 255 || name.trim() != name || !name.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Err(Fault::value(format!(
            "Value ({name}) for parameter keyName is invalid. Character sets beyond ASCII are not supported."
        )));
    }
    let material = input.public_key_material().ok_or_else(|| Fault::missing("PublicKeyMaterial"))?;
    let line = std::str::from_utf8(material.as_ref()).map_err(|_| bad_format())?;
    tags::only_for(input.tag_specifications(), &[ResourceType::KeyPair])?;
    let tags = tags::specified(input.tag_specifications(), &ResourceType::KeyPair)?;
    read(line)?;
    if world.keys.iter().any(|key| key.name == name) {
        return Err(Fault::new("InvalidKeyPair.Duplicate", format!("The keypair '{name}' already exists.")));
    }
    let now = world.now;
    let key = world.add_key(name, line, now, tags)?;
    Ok(ImportKeyPairOutput::builder()
        .key_pair_id(&key.id)
        .key_name(&key.name)
        .key_fingerprint(&key.fingerprint)
        .set_tags(Some(to_sdk(&key.tags)))
        .build())
}

/// `DeleteKeyPair`: a name that is not there is no error, an id that is not there is.
pub(super) fn delete_key(world: &mut World, input: &DeleteKeyPairInput) -> Result<DeleteKeyPairOutput, Fault> {
    let place =
        match (input.key_pair_id(), input.key_name()) {
            (Some(id), _) => Some(world.keys.iter().position(|key| key.id == id).ok_or_else(|| {
                Fault::new("InvalidKeyPair.NotFound", format!("The key pair ID '{id}' does not exist"))
            })?),
            (None, Some(name)) => world.keys.iter().position(|key| key.name == name),
            (None, None) => return Err(Fault::missing("KeyName")),
        };
    let gone = place.map(|place| world.keys.remove(place).id);
    Ok(DeleteKeyPairOutput::builder().r#return(true).set_key_pair_id(gone).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_ec2_does_not_take_are_refused() {
        let ecdsa = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEzeiBeXePqcVag0yJ8dYTYFxxa+gwMWmLT5AZKMRHm3eoTGYSM1iMmyil2ldAl10YniB3MH6QUWBxr2GJ2TcxQ= x";
        assert!(PublicKey::from_openssh(ecdsa).is_ok(), "a good key of a kind that EC2 does not take");
        for line in ["", "hello", "ssh-ed25519 AAAA", ecdsa] {
            assert_eq!(read(line).map_err(|fault| fault.code), Err("InvalidKey.Format".to_owned()), "{line}");
        }
    }
}
