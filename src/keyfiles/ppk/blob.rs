//! The private part of a file in plain: which numbers of a key it holds, in which order.

use rsa::RsaPrivateKey;
use rsa::traits::PrivateKeyParts;
use ssh_key::private::EcdsaKeypair;
use ssh_key::public::KeyData;
use zeroize::{Zeroize, Zeroizing};

use crate::keyfiles::error::KeyError;
use crate::keyfiles::material::{Pair, RsaNumbers, bytes, larger_prime_first, primes};
use crate::keyfiles::openssh::{curve, public_of_blob};
use crate::keyfiles::wire::{WireReader, WireWriter};

/// The private part: d, p, q and q⁻¹ mod p of an RSA key, the seed of an ed25519 key, the number of an ECDSA key.
pub(super) fn private(pair: &Pair) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut blob = WireWriter::new();
    match pair {
        Pair::Rsa(key) => {
            // PuTTY wants the larger prime first.
            let key = larger_prime_first(key)?;
            let [p, q] = primes(&key)?;
            blob.mpint(&bytes(key.d()));
            blob.mpint(&bytes(p));
            blob.mpint(&bytes(q));
            blob.mpint(&inverse(&key)?);
        }
        Pair::Ed25519(pair) => blob.string(pair.private.as_ref()),
        Pair::Ecdsa(EcdsaKeypair::NistP256 { private, .. }) => blob.mpint(private.as_slice()),
        Pair::Ecdsa(EcdsaKeypair::NistP384 { private, .. }) => blob.mpint(private.as_slice()),
        Pair::Ecdsa(EcdsaKeypair::NistP521 { private, .. }) => blob.mpint(private.as_slice()),
    }
    Ok(blob.finish())
}

/// The key out of both parts. The public part is believed for nothing but the RSA modulus and exponent, which the
/// private numbers are checked against; for the others it must be what the private part yields. What stands behind the
/// private part is returned as its length.
#[allow(clippy::many_single_char_names, reason = "the names that the numbers of an RSA key have everywhere")]
pub(super) fn pair(algorithm: &str, public: &[u8], private: &[u8]) -> Result<(Pair, usize), KeyError> {
    let mut reader = WireReader::new(private);
    let pair = match algorithm {
        "ssh-rsa" => {
            let KeyData::Rsa(key) = public_of_blob(public)? else {
                return Err(KeyError::Damaged("the public key is of another algorithm"));
            };
            let negative = KeyError::Damaged("a number of the RSA key is negative");
            let (Some(n), Some(e)) = (key.n.as_positive_bytes(), key.e.as_positive_bytes()) else {
                return Err(negative);
            };
            let mut next = || reader.mpint().ok_or(KeyError::Damaged("the private key is incomplete"));
            let (d, p, q, stated) = (next()?, next()?, next()?, next()?);
            let pair = Pair::rsa(&RsaNumbers { n, e, d, p, q })?;
            match &pair {
                Pair::Rsa(key) if *inverse(key)? == *stated => pair,
                _ => return Err(KeyError::Damaged("the numbers of the RSA key do not belong together")),
            }
        }
        "ssh-ed25519" => Pair::ed25519(reader.string().ok_or(KeyError::Damaged("the private key is incomplete"))?)?,
        other => {
            let curve = curve(other.as_bytes()).ok_or_else(|| KeyError::Unsupported(other.to_owned()))?;
            Pair::ecdsa(curve, reader.mpint().ok_or(KeyError::Damaged("the private key is incomplete"))?)?
        }
    };
    if pair.public_blob()? != public {
        return Err(KeyError::Damaged("the private key belongs to another public key"));
    }
    Ok((pair, reader.rest().len()))
}

/// q⁻¹ mod p, where p is the first prime.
fn inverse(key: &RsaPrivateKey) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut inverse = key.crt_coefficient().ok_or(KeyError::Damaged("the primes are no primes"))?;
    let bytes = bytes(&inverse);
    inverse.zeroize();
    Ok(bytes)
}
