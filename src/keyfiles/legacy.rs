//! The old way to encrypt a PEM file: `Proc-Type: 4,ENCRYPTED`. `openssl genrsa -aes256` wrote it for decades,
//! `ssh-keygen -m PEM` and puttygen's export still do. Read only: its key derivation is one round of MD5.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockDecryptMut, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use cbc::Decryptor;
use des::TdesEde3;
use md5::{Digest, Md5};
use zeroize::{Zeroize, Zeroizing};

use super::armour::Armoured;
use super::error::KeyError;
use crate::domain::secret::Secret;

/// The bytes in plain; `None` when the headers do not speak of encryption.
pub(super) fn decrypted(
    armoured: &Armoured,
    passphrase: Option<&Secret>,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
    match armoured.header("Proc-Type") {
        None => return Ok(None),
        Some("4,ENCRYPTED") => {}
        Some(other) => return Err(KeyError::Unsupported(format!("Proc-Type: {other}"))),
    }
    let info = armoured.header("DEK-Info").ok_or(KeyError::Damaged("the cipher is not named"))?;
    let (cipher, iv) = info.split_once(',').ok_or(KeyError::Damaged("the cipher has no initial value"))?;
    let (key_length, block) = match cipher {
        "AES-128-CBC" => (16, 16),
        "AES-192-CBC" => (24, 16),
        "AES-256-CBC" => (32, 16),
        "DES-EDE3-CBC" => (24, 8),
        other => return Err(KeyError::Unsupported(other.to_owned())),
    };
    let iv = unhex(iv).filter(|iv| iv.len() == block).ok_or(KeyError::Damaged("the initial value is damaged"))?;
    if !armoured.bytes.len().is_multiple_of(block) {
        return Err(KeyError::Truncated);
    }
    let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
    let key = derived(passphrase.as_bytes(), &iv[..8], key_length);
    let bytes = &armoured.bytes;
    match cipher {
        "AES-128-CBC" => decrypt::<Decryptor<Aes128>>(&key, &iv, bytes),
        "AES-192-CBC" => decrypt::<Decryptor<Aes192>>(&key, &iv, bytes),
        "AES-256-CBC" => decrypt::<Decryptor<Aes256>>(&key, &iv, bytes),
        _ => decrypt::<Decryptor<TdesEde3>>(&key, &iv, bytes),
    }
    .map(Some)
}

fn decrypt<C: BlockDecryptMut + KeyIvInit>(
    key: &[u8],
    iv: &[u8],
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let cipher = C::new_from_slices(key, iv).map_err(|_| KeyError::Damaged("the cipher's sizes are wrong"))?;
    let mut buffer = Zeroizing::new(bytes.to_vec());
    let length = cipher.decrypt_padded_mut::<Pkcs7>(&mut buffer).map_err(|_| KeyError::WrongPassphrase)?.len();
    buffer.truncate(length);
    Ok(buffer)
}

/// `EVP_BytesToKey` of OpenSSL with MD5 and one round: MD5(previous ‖ passphrase ‖ salt), one after the other.
fn derived(passphrase: &[u8], salt: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
    let mut last = Zeroizing::new(Vec::with_capacity(16));
    while key.len() < length {
        let mut digest = Md5::new().chain_update(&*last).chain_update(passphrase).chain_update(salt).finalize();
        last.clear();
        last.extend_from_slice(&digest);
        digest.as_mut_slice().zeroize();
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    key
}

/// The bytes of a hexadecimal text; `None` for anything else.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_is_read_and_nothing_else() {
        assert_eq!(unhex("00fF10"), Some(vec![0, 255, 16]));
        assert_eq!(unhex(""), Some(vec![]));
        for wrong in ["0", "0g", "+1", "키키"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }

    /// `openssl enc -aes-256-cbc -md md5 -S 0102030405060708 -pass pass:test -P`.
    #[test]
    fn the_key_is_the_one_that_openssl_derives() {
        let first: [u8; 16] = Md5::digest(b"test\x01\x02\x03\x04\x05\x06\x07\x08").into();
        assert_eq!(*derived(b"test", &[1, 2, 3, 4, 5, 6, 7, 8], 16), first);
        assert_eq!(derived(b"test", &[1, 2, 3, 4, 5, 6, 7, 8], 32)[..16], first);
    }
}
