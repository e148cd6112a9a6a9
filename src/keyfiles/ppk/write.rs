//! Writing a file, byte for byte as puttygen does.

use std::fmt::Write as _;

use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockEncryptMut, KeyIvInit};
use base64ct::{Base64, Encoding};
use rand_core::{OsRng, RngCore};
use zeroize::Zeroizing;

use super::derive::{Argon, Cost, Keys};
use super::mac::Covered;
use super::{CIPHER, NO_CIPHER, blob, number};
use crate::domain::key_pair::PpkVersion;
use crate::domain::secret::Secret;
use crate::keyfiles::error::KeyError;
use crate::keyfiles::material::KeyMaterial;
use crate::keyfiles::wire::WireReader;

const BLOCK: usize = 16;
const LINE: usize = 64;

/// The file's text, encrypted if there is a passphrase; `cost` counts then, and in version 3 only.
pub(in crate::keyfiles) fn write(
    key: &KeyMaterial,
    version: PpkVersion,
    passphrase: Option<&Secret>,
    cost: Cost,
) -> Result<Zeroizing<String>, KeyError> {
    let public = key.pair.public_blob()?;
    let algorithm = WireReader::new(&public).string().and_then(|name| std::str::from_utf8(name).ok());
    let algorithm = algorithm.ok_or(KeyError::Damaged("the algorithm has no name"))?;
    // A line break would begin another field.
    let comment = key.comment.as_deref().unwrap_or_default().replace(['\r', '\n'], " ");
    let argon = (version == PpkVersion::V3 && passphrase.is_some()).then(|| Argon::new(cost));
    let keys = match (passphrase, &argon) {
        (None, _) => None,
        (Some(passphrase), Some(argon)) => Some(argon.keys(passphrase)?),
        (Some(passphrase), None) => Some(Keys::of_version_2(passphrase)),
    };
    let mut private = blob::private(&key.pair)?;
    if keys.is_some() {
        private = padded(&private);
    }
    let covered = Covered {
        version,
        algorithm: algorithm.as_bytes(),
        comment: comment.as_bytes(),
        public: &public,
        private: &private,
        keys: keys.as_ref(),
    };
    let checksum = covered.checksum()?;
    if let Some(keys) = &keys {
        encrypt(&mut private, keys)?;
    }

    // Large enough from the start, so that no copy of it is left behind.
    let mut text = Zeroizing::new(String::with_capacity(1024 + comment.len() + 2 * (public.len() + private.len())));
    let cipher = if keys.is_some() { CIPHER } else { NO_CIPHER };
    let _ = write!(text, "PuTTY-User-Key-File-{}: {algorithm}\nEncryption: {cipher}\n", number(version));
    let _ = writeln!(text, "Comment: {comment}");
    block(&mut text, "Public-Lines", &public);
    if let Some(argon) = &argon {
        let _ = write!(text, "Key-Derivation: Argon2id\nArgon2-Memory: {}\n", argon.cost.memory);
        let _ = write!(text, "Argon2-Passes: {}\nArgon2-Parallelism: {}\n", argon.cost.passes, argon.lanes);
        let _ = writeln!(text, "Argon2-Salt: {}", hex(&argon.salt));
    }
    block(&mut text, "Private-Lines", &private);
    let _ = writeln!(text, "Private-MAC: {}", hex(&checksum));
    Ok(text)
}

/// Random bytes at the end make whole blocks of it.
fn padded(private: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut padded = Zeroizing::new(vec![0; private.len().next_multiple_of(BLOCK)]);
    let (start, end) = padded.split_at_mut(private.len());
    start.copy_from_slice(private);
    OsRng.fill_bytes(end);
    padded
}

fn encrypt(private: &mut [u8], keys: &Keys) -> Result<(), KeyError> {
    let length = private.len();
    cbc::Encryptor::<Aes256>::new((&*keys.cipher).into(), (&*keys.iv).into())
        .encrypt_padded_mut::<NoPadding>(private, length)
        .map_err(|_| KeyError::Damaged("the private key is not a whole number of blocks"))?;
    Ok(())
}

fn block(text: &mut String, name: &str, bytes: &[u8]) {
    let base64 = Zeroizing::new(Base64::encode_string(bytes));
    let _ = writeln!(text, "{name}: {}", base64.len().div_ceil(LINE));
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = behind;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
