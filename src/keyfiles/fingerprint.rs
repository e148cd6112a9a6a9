//! Fingerprints as AWS computes them: three rules, by the kind of key and by who made it.
//!
//! Source: EC2 User Guide, "Verify your key pair's fingerprint" (verify-keys.html):
//! - RSA that EC2 created: SHA-1 over the PKCS#8 DER of the *private* key, in hexadecimal with colons;
//! - RSA that was imported: MD5 over the DER of the public key, in hexadecimal with colons;
//! - ed25519, however it was made: SHA-256 over the public key, in base64, as OpenSSH prints it.

use std::fmt::Write;

use base64ct::{Base64, Encoding};
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use sha1::Digest;
use ssh_key::HashAlg;
use ssh_key::public::{KeyData, PublicKey};

/// The fingerprint that AWS shows for an RSA key pair which it created itself.
#[must_use]
pub fn of_created_rsa(key: &RsaPrivateKey) -> Option<String> {
    let der = key.to_pkcs8_der().ok()?;
    Some(hex(&sha1::Sha1::digest(der.as_bytes())))
}

/// The fingerprint that AWS shows for a key pair once this public key, an OpenSSH line, has been imported. `None` for
/// a line that cannot be read or a kind that EC2 does not take.
#[must_use]
pub fn of_imported(public_key: &str) -> Option<String> {
    let key = PublicKey::from_openssh(public_key.trim()).ok()?;
    of_public(key.key_data())
}

/// [`of_imported`] for a key that has been read already.
pub(super) fn of_public(key: &KeyData) -> Option<String> {
    match key {
        KeyData::Rsa(key) => {
            let modulus = BigUint::from_bytes_be(key.n.as_positive_bytes()?);
            let exponent = BigUint::from_bytes_be(key.e.as_positive_bytes()?);
            let der = RsaPublicKey::new_unchecked(modulus, exponent).to_public_key_der().ok()?;
            Some(hex(&md5::Md5::digest(der.as_bytes())))
        }
        // With its padding, as the console shows it; OpenSSH leaves the padding out.
        KeyData::Ed25519(_) => Some(Base64::encode_string(key.fingerprint(HashAlg::Sha256).as_bytes())),
        _ => None,
    }
}

/// `1f:51:ae:...`
fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (place, byte) in bytes.iter().enumerate() {
        let colon = if place == 0 { "" } else { ":" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{colon}{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_has_two_digits_and_colons() {
        assert_eq!(hex(&[0, 255, 10]), "00:ff:0a");
    }

    #[test]
    fn what_is_no_key_has_no_fingerprint() {
        for line in ["", "ssh-ed25519", "ssh-ed25519 AAAA", "hello world"] {
            assert_eq!(of_imported(line), None, "{line}");
        }
    }
}
