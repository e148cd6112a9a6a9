//! Reading a file: nothing is taken for a key before its checksum has been found right.

use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockDecryptMut, KeyIvInit};
use ssh_key::public::KeyData;

use super::blob;
use super::derive::Keys;
use super::fields::Fields;
use super::mac::Covered;
use crate::domain::secret::Secret;
use crate::keyfiles::error::KeyError;
use crate::keyfiles::material::KeyMaterial;
use crate::keyfiles::openssh::public_of_blob;

/// AES works on so many bytes at a time.
const BLOCK: usize = 16;

/// The public half and the comment, which are never encrypted. Not checked: without the passphrase it cannot be.
pub(in crate::keyfiles) fn public(text: &[u8]) -> Result<(KeyData, String), KeyError> {
    let (comment, public) = Fields::public_part(text)?;
    Ok((public_of_blob(&public)?, String::from_utf8_lossy(comment).into_owned()))
}

/// The private key. A passphrase for a file that is not encrypted is not used.
pub(in crate::keyfiles) fn read(text: &[u8], passphrase: Option<&Secret>) -> Result<KeyMaterial, KeyError> {
    let mut fields = Fields::of(text)?;
    let keys = if fields.encrypted { Some(decrypt(&mut fields, passphrase)?) } else { None };
    let covered = Covered {
        version: fields.version,
        algorithm: fields.algorithm.as_bytes(),
        comment: fields.comment,
        public: &fields.public,
        private: &fields.private,
        keys: keys.as_ref(),
    };
    if !covered.has(&fields.checksum)? {
        // The two cannot be told apart: with a wrong passphrase, what comes out of the cipher is noise.
        return Err(if fields.encrypted { KeyError::WrongPassphrase } else { KeyError::Changed });
    }
    let (pair, behind) = blob::pair(fields.algorithm, &fields.public, &fields.private)?;
    if behind >= if fields.encrypted { BLOCK } else { 1 } {
        return Err(KeyError::Damaged("there is something behind the private key"));
    }
    Ok(KeyMaterial { pair, comment: Some(String::from_utf8_lossy(fields.comment).into_owned()) })
}

/// Decrypts the private part where it stands.
fn decrypt(fields: &mut Fields<'_>, passphrase: Option<&Secret>) -> Result<Keys, KeyError> {
    if let Some(argon) = &fields.argon {
        // Said before anybody is asked for a passphrase that would not help.
        argon.check()?;
    }
    if !fields.private.len().is_multiple_of(BLOCK) {
        return Err(KeyError::Damaged("the private key is not a whole number of blocks"));
    }
    let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
    let keys = match &fields.argon {
        Some(argon) => argon.keys(passphrase)?,
        None => Keys::of_version_2(passphrase),
    };
    cbc::Decryptor::<Aes256>::new((&*keys.cipher).into(), (&*keys.iv).into())
        .decrypt_padded_mut::<NoPadding>(&mut fields.private)
        .map_err(|_| KeyError::Damaged("the private key is not a whole number of blocks"))?;
    Ok(keys)
}
