//! OpenSSH's own form of private key: `-----BEGIN OPENSSH PRIVATE KEY-----`.
//!
//! Written by the `ssh-key` crate. Read here, because that crate (0.6.7) takes elliptic curve numbers only in full
//! width, while ssh-keygen leaves out zeros at their front: every second P-521 key would be refused. Deriving the key
//! and deciphering are the crate's again. Source: PROTOCOL.key of OpenSSH.

use rand_core::OsRng;
use ssh_key::public::{KeyData, PublicKey};
use ssh_key::{Cipher, EcdsaCurve, Kdf, LineEnding, PrivateKey};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::material::{KeyMaterial, Pair, RsaNumbers};
use super::wire::WireReader;
use crate::domain::secret::Secret;

const MAGIC: &[u8] = b"openssh-key-v1\0";

/// `ssh-keygen -a` takes 16 by default, and each round takes about 10 ms; nobody waits for more than this.
const MOST_ROUNDS: u32 = 4096;

/// The parts of the file, which can be told apart without the passphrase.
struct Container<'a> {
    cipher: &'a str,
    derivation: &'a [u8],
    options: &'a [u8],
    public: &'a [u8],
    private: &'a [u8],
    /// What authenticates the private part, for some ciphers.
    tag: &'a [u8],
}

impl<'a> Container<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, KeyError> {
        let bytes = bytes.strip_prefix(MAGIC).ok_or(KeyError::Damaged("the OpenSSH key has another beginning"))?;
        let mut reader = WireReader::new(bytes);
        let mut next = || reader.string().ok_or(KeyError::Truncated);
        let (cipher, derivation, options) = (next()?, next()?, next()?);
        if reader.number().ok_or(KeyError::Truncated)? != 1 {
            return Err(KeyError::Unsupported("several keys in one file".to_owned()));
        }
        let mut next = || reader.string().ok_or(KeyError::Truncated);
        let (public, private) = (next()?, next()?);
        let cipher = std::str::from_utf8(cipher).map_err(|_| KeyError::Damaged("the cipher has no name"))?;
        Ok(Self { cipher, derivation, options, public, private, tag: reader.rest() })
    }

    fn is_encrypted(&self) -> bool {
        self.cipher != "none"
    }

    fn decrypted(&self, passphrase: Option<&Secret>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let mut private = Zeroizing::new(self.private.to_vec());
        if !self.is_encrypted() {
            return Ok(private);
        }
        let unsupported = |_| KeyError::Unsupported(self.cipher.to_owned());
        let cipher: Cipher = self.cipher.parse().map_err(unsupported)?;
        if self.derivation != b"bcrypt" {
            return Err(KeyError::Unsupported(String::from_utf8_lossy(self.derivation).into_owned()));
        }
        let mut options = WireReader::new(self.options);
        let salt = options.string().ok_or(KeyError::Damaged("the salt is missing"))?.to_vec();
        let rounds = options.number().ok_or(KeyError::Damaged("the number of rounds is missing"))?;
        if rounds > MOST_ROUNDS {
            return Err(KeyError::TooCostly);
        }
        let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
        if passphrase.is_empty() {
            // Nothing is encrypted with that, and bcrypt does not take it.
            return Err(KeyError::WrongPassphrase);
        }
        let (key, iv) = Kdf::Bcrypt { salt, rounds }
            .derive_key_and_iv(cipher, passphrase.as_bytes())
            .map_err(|_| KeyError::Damaged("the key cannot be derived from these options"))?;
        let tag = self.tag.try_into().ok();
        if cipher.has_tag() != tag.is_some() || !self.private.len().is_multiple_of(cipher.block_size()) {
            return Err(KeyError::Truncated);
        }
        // Only the ciphers that authenticate can fail here; the others show it by what comes out.
        cipher.decrypt(&key, &iv, &mut private, tag).map_err(|_| KeyError::WrongPassphrase)?;
        Ok(private)
    }
}

/// The public half, which is never encrypted.
pub(super) fn public(bytes: &[u8]) -> Result<KeyData, KeyError> {
    let container = Container::of(bytes)?;
    public_of_blob(container.public)
}

/// A public key in SSH's own encoding.
pub(super) fn public_of_blob(blob: &[u8]) -> Result<KeyData, KeyError> {
    let key = PublicKey::from_bytes(blob).map_err(|_| KeyError::Damaged("the public key cannot be read"))?;
    Ok(key.key_data().clone())
}

/// The private key.
pub(super) fn read(bytes: &[u8], passphrase: Option<&Secret>) -> Result<KeyMaterial, KeyError> {
    let container = Container::of(bytes)?;
    let private = container.decrypted(passphrase)?;
    let mut reader = WireReader::new(&private);
    let mut check = || reader.number().ok_or(KeyError::Truncated);
    if check()? != check()? {
        return Err(if container.is_encrypted() { KeyError::WrongPassphrase } else { KeyError::Changed });
    }
    let key = key(&mut reader)?;
    if key.pair.public_blob()? != container.public {
        return Err(KeyError::Damaged("the private key belongs to another public key"));
    }
    let padding = reader.rest();
    if padding.len() >= 256 || padding.iter().zip(1_u8..).any(|(found, expected)| *found != expected) {
        return Err(KeyError::Damaged("there is something behind the key"));
    }
    Ok(key)
}

#[allow(clippy::many_single_char_names, reason = "the names that the numbers of an RSA key have everywhere")]
fn key(reader: &mut WireReader<'_>) -> Result<KeyMaterial, KeyError> {
    let algorithm = reader.string().ok_or(KeyError::Truncated)?;
    let pair = match algorithm {
        b"ssh-rsa" => {
            let mut next = || reader.mpint().ok_or(KeyError::Truncated);
            let (n, e, d, _inverse, p, q) = (next()?, next()?, next()?, next()?, next()?, next()?);
            Pair::rsa(&RsaNumbers { n, e, d, p, q })?
        }
        b"ssh-ed25519" => {
            let mut next = || reader.string().ok_or(KeyError::Truncated);
            let (_public, both) = (next()?, next()?);
            if both.len() != 64 {
                return Err(KeyError::Damaged("an ed25519 key has 64 bytes here"));
            }
            Pair::ed25519(&both[..32])?
        }
        name => {
            let curve = curve(name).ok_or_else(|| KeyError::Unsupported(String::from_utf8_lossy(name).into_owned()))?;
            let mut next = || reader.string().ok_or(KeyError::Truncated);
            let (_curve, _point) = (next()?, next()?);
            Pair::ecdsa(curve, reader.mpint().ok_or(KeyError::Truncated)?)?
        }
    };
    let comment = String::from_utf8_lossy(reader.string().ok_or(KeyError::Truncated)?).into_owned();
    Ok(KeyMaterial { pair, comment: Some(comment) })
}

/// The curve of an SSH algorithm.
pub(super) fn curve(algorithm: &[u8]) -> Option<EcdsaCurve> {
    match algorithm {
        b"ecdsa-sha2-nistp256" => Some(EcdsaCurve::NistP256),
        b"ecdsa-sha2-nistp384" => Some(EcdsaCurve::NistP384),
        b"ecdsa-sha2-nistp521" => Some(EcdsaCurve::NistP521),
        _ => None,
    }
}

/// The file's text; with a passphrase encrypted as `ssh-keygen` does it (bcrypt, 16 rounds, aes256-ctr).
pub(super) fn write(key: &KeyMaterial, passphrase: Option<&Secret>) -> Result<Zeroizing<String>, KeyError> {
    let failed = |_| KeyError::Damaged("the key cannot be written in OpenSSH's form");
    let comment = key.comment.as_deref().unwrap_or_default();
    let mut private = PrivateKey::new(key.pair.to_ssh()?, comment).map_err(failed)?;
    if let Some(passphrase) = passphrase {
        private = private.encrypt(&mut OsRng, passphrase.as_bytes()).map_err(failed)?;
    }
    private.to_openssh(LineEnding::LF).map_err(failed)
}
