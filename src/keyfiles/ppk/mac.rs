//! The checksum of a file, which covers all of it, and which the passphrase is a part of.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::derive::{Keys, mac_key_of_version_2};
use super::{CIPHER, NO_CIPHER};
use crate::domain::key_pair::PpkVersion;
use crate::keyfiles::error::KeyError;
use crate::keyfiles::wire::WireWriter;

/// What the checksum covers.
pub(super) struct Covered<'a> {
    pub(super) version: PpkVersion,
    pub(super) algorithm: &'a [u8],
    pub(super) comment: &'a [u8],
    pub(super) public: &'a [u8],
    /// In plain, with its padding.
    pub(super) private: &'a [u8],
    /// Of an encrypted file.
    pub(super) keys: Option<&'a Keys>,
}

impl Covered<'_> {
    /// Whether the file's checksum is this one; takes as long for a wrong one as for the right one.
    pub(super) fn has(&self, checksum: &[u8]) -> Result<bool, KeyError> {
        self.with_key(|key, message| match self.version {
            PpkVersion::V2 => Ok(keyed::<Hmac<Sha1>>(key)?.chain_update(message).verify_slice(checksum).is_ok()),
            PpkVersion::V3 => Ok(keyed::<Hmac<Sha256>>(key)?.chain_update(message).verify_slice(checksum).is_ok()),
        })
    }

    /// The checksum: 20 bytes in version 2, 32 in version 3.
    pub(super) fn checksum(&self) -> Result<Vec<u8>, KeyError> {
        self.with_key(|key, message| {
            Ok(match self.version {
                PpkVersion::V2 => keyed::<Hmac<Sha1>>(key)?.chain_update(message).finalize().into_bytes().to_vec(),
                PpkVersion::V3 => keyed::<Hmac<Sha256>>(key)?.chain_update(message).finalize().into_bytes().to_vec(),
            })
        })
    }

    fn with_key<T>(&self, use_it: impl FnOnce(&[u8], &[u8]) -> Result<T, KeyError>) -> Result<T, KeyError> {
        let mut message = WireWriter::new();
        message.string(self.algorithm);
        message.string(if self.keys.is_some() { CIPHER } else { NO_CIPHER }.as_bytes());
        message.string(self.comment);
        message.string(self.public);
        message.string(self.private);
        let message = message.finish();
        match (self.version, self.keys) {
            (_, Some(keys)) => use_it(&keys.mac, &message),
            (PpkVersion::V2, None) => use_it(&*mac_key_of_version_2(b""), &message),
            (PpkVersion::V3, None) => use_it(&[], &message),
        }
    }
}

fn keyed<M: Mac + hmac::digest::KeyInit>(key: &[u8]) -> Result<M, KeyError> {
    <M as hmac::digest::KeyInit>::new_from_slice(key).map_err(|_| KeyError::Damaged("the checksum has no key"))
}
