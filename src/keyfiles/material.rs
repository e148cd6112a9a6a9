//! A private key in memory, whatever file it came from. It is checked when it is made: the parts belong together, and
//! the public half is computed from the private one, never believed.

use std::fmt;

use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey};
use ssh_key::private::{EcdsaKeypair, Ed25519Keypair, KeypairData, RsaKeypair};
use ssh_key::public::{EcdsaPublicKey, KeyData, PublicKey, RsaPublicKey};
use ssh_key::{EcdsaCurve, HashAlg, Mpint};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::wire::without_zeros;
use crate::domain::key_pair::{KeyKind, PublicHalf};

/// The largest RSA modulus that is worth the time, in bits; EC2 takes 4096.
const RSA_LARGEST: usize = 16_384;

/// A private key and what its file calls it.
#[derive(Debug)]
pub(super) struct KeyMaterial {
    pub(super) pair: Pair,
    /// `None` where the file's form has no place for a comment.
    pub(super) comment: Option<String>,
}

/// The kinds of key that are understood. Each wipes its private part when it is dropped.
pub(super) enum Pair {
    Rsa(RsaPrivateKey),
    Ed25519(Ed25519Keypair),
    Ecdsa(EcdsaKeypair),
}

/// The numbers of an RSA key, big-endian.
pub(super) struct RsaNumbers<'a> {
    pub(super) n: &'a [u8],
    pub(super) e: &'a [u8],
    pub(super) d: &'a [u8],
    pub(super) p: &'a [u8],
    pub(super) q: &'a [u8],
}

impl Pair {
    /// An RSA key out of its numbers; the order of the primes is kept.
    pub(super) fn rsa(numbers: &RsaNumbers<'_>) -> Result<Self, KeyError> {
        for number in [numbers.n, numbers.e, numbers.d, numbers.p, numbers.q] {
            check_rsa_size(8 * without_zeros(number).len())?;
        }
        let number = BigUint::from_bytes_be;
        RsaPrivateKey::from_components(
            number(numbers.n),
            number(numbers.e),
            number(numbers.d),
            vec![number(numbers.p), number(numbers.q)],
        )
        .map_err(|_| KeyError::Damaged("the numbers of the RSA key do not belong together"))
        .and_then(Self::of_rsa)
    }

    /// An RSA key that another crate has read and checked.
    pub(super) fn of_rsa(key: RsaPrivateKey) -> Result<Self, KeyError> {
        check_rsa_size(key.n().bits())?;
        if key.primes().len() != 2 {
            return Err(KeyError::Unsupported(format!("RSA, {} primes", key.primes().len())));
        }
        Ok(Self::Rsa(key))
    }

    /// The ed25519 key that grows from this seed.
    pub(super) fn ed25519(seed: &[u8]) -> Result<Self, KeyError> {
        let seed = <&[u8; 32]>::try_from(seed).map_err(|_| KeyError::Damaged("an ed25519 seed has 32 bytes"))?;
        Ok(Self::Ed25519(Ed25519Keypair::from_seed(seed)))
    }

    /// The ECDSA key with this secret number.
    pub(super) fn ecdsa(curve: EcdsaCurve, secret: &[u8]) -> Result<Self, KeyError> {
        let out_of_range = |_| KeyError::Damaged("the secret number is outside its curve");
        Ok(Self::Ecdsa(match curve {
            EcdsaCurve::NistP256 => {
                let key = p256::SecretKey::from_slice(&*filled::<32>(secret)?).map_err(out_of_range)?;
                EcdsaKeypair::NistP256 { public: key.public_key().into(), private: key.into() }
            }
            EcdsaCurve::NistP384 => {
                let key = p384::SecretKey::from_slice(&*filled::<48>(secret)?).map_err(out_of_range)?;
                EcdsaKeypair::NistP384 { public: key.public_key().into(), private: key.into() }
            }
            EcdsaCurve::NistP521 => {
                let key = p521::SecretKey::from_slice(&*filled::<66>(secret)?).map_err(out_of_range)?;
                EcdsaKeypair::NistP521 { public: key.public_key().into(), private: key.into() }
            }
        }))
    }

    /// The public half.
    pub(super) fn public(&self) -> Result<KeyData, KeyError> {
        Ok(match self {
            Self::Rsa(key) => KeyData::Rsa(RsaPublicKey { e: mpint(key.e())?, n: mpint(key.n())? }),
            Self::Ed25519(pair) => KeyData::Ed25519(pair.public),
            Self::Ecdsa(pair) => KeyData::Ecdsa(EcdsaPublicKey::from(pair)),
        })
    }

    /// The public half in SSH's own encoding: what the base64 of a public key line holds.
    pub(super) fn public_blob(&self) -> Result<Vec<u8>, KeyError> {
        PublicKey::from(self.public()?).to_bytes().map_err(|_| KeyError::Damaged("the public key cannot be written"))
    }

    /// As the `ssh-key` crate has it. RSA not by that crate's own conversion: in 0.6.7 it passes the first prime
    /// twice, and it refuses keys below 2048 bits, which EC2 takes.
    pub(super) fn to_ssh(&self) -> Result<KeypairData, KeyError> {
        Ok(match self {
            Self::Rsa(key) => {
                let [p, q] = primes(key)?;
                let inverse = key.crt_coefficient().ok_or(KeyError::Damaged("the primes are no primes"))?;
                KeypairData::Rsa(RsaKeypair {
                    public: RsaPublicKey { e: mpint(key.e())?, n: mpint(key.n())? },
                    private: ssh_key::private::RsaPrivateKey {
                        d: mpint(key.d())?,
                        iqmp: mpint(&inverse)?,
                        p: mpint(p)?,
                        q: mpint(q)?,
                    },
                })
            }
            Self::Ed25519(pair) => KeypairData::Ed25519(pair.clone()),
            Self::Ecdsa(pair) => KeypairData::Ecdsa(pair.clone()),
        })
    }
}

impl KeyMaterial {
    /// What may be shown of it.
    pub(super) fn public_half(&self) -> Result<PublicHalf, KeyError> {
        half_of(&self.pair.public()?, self.comment.as_deref().unwrap_or_default())
    }

    /// `SHA256:...`, as OpenSSH and PuTTY print it.
    pub(super) fn fingerprint(&self) -> Result<String, KeyError> {
        Ok(self.pair.public()?.fingerprint(HashAlg::Sha256).to_string())
    }
}

/// What may be shown of a public key.
pub(super) fn half_of(key: &KeyData, comment: &str) -> Result<PublicHalf, KeyError> {
    let line = PublicKey::from(key.clone())
        .to_openssh()
        .map_err(|_| KeyError::Damaged("the public key cannot be written as a line"))?;
    let (kind, bits) = match key {
        KeyData::Rsa(key) => {
            let modulus = key.n.as_positive_bytes().ok_or(KeyError::Damaged("the RSA modulus is negative"))?;
            (KeyKind::Rsa, u32::try_from(BigUint::from_bytes_be(modulus).bits()).ok())
        }
        KeyData::Ed25519(_) => (KeyKind::Ed25519, Some(256)),
        KeyData::Ecdsa(EcdsaPublicKey::NistP256(_)) => (KeyKind::Ecdsa, Some(256)),
        KeyData::Ecdsa(EcdsaPublicKey::NistP384(_)) => (KeyKind::Ecdsa, Some(384)),
        KeyData::Ecdsa(EcdsaPublicKey::NistP521(_)) => (KeyKind::Ecdsa, Some(521)),
        _ => (KeyKind::Other, None),
    };
    Ok(PublicHalf { line, comment: crate::domain::clean::clean(comment), kind, bits })
}

/// The two primes, in the order of the file.
pub(super) fn primes(key: &RsaPrivateKey) -> Result<[&BigUint; 2], KeyError> {
    match key.primes() {
        [p, q] => Ok([p, q]),
        _ => Err(KeyError::Damaged("an RSA key has two primes")),
    }
}

/// The same key with the larger prime before the smaller one, as OpenSSL and PuTTY have them.
pub(super) fn larger_prime_first(key: &RsaPrivateKey) -> Result<RsaPrivateKey, KeyError> {
    let [p, q] = primes(key)?;
    if p > q {
        return Ok(key.clone());
    }
    let swapped = vec![q.clone(), p.clone()];
    RsaPrivateKey::from_components(key.n().clone(), key.e().clone(), key.d().clone(), swapped)
        .map_err(|_| KeyError::Damaged("the numbers of the RSA key do not belong together"))
}

/// A number's bytes, in memory that is wiped.
pub(super) fn bytes(number: &BigUint) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(number.to_bytes_be())
}

fn mpint(number: &BigUint) -> Result<Mpint, KeyError> {
    Mpint::from_positive_bytes(&bytes(number)).map_err(|_| KeyError::Damaged("a number of the key is zero"))
}

/// The number with zeros at its front until it has `N` bytes.
fn filled<const N: usize>(number: &[u8]) -> Result<Zeroizing<[u8; N]>, KeyError> {
    let number = without_zeros(number);
    let mut full = Zeroizing::new([0; N]);
    let start = N.checked_sub(number.len()).ok_or(KeyError::Damaged("the secret number is outside its curve"))?;
    full[start..].copy_from_slice(number);
    Ok(full)
}

fn check_rsa_size(bits: usize) -> Result<(), KeyError> {
    if bits > RSA_LARGEST + 8 { Err(KeyError::Unsupported(format!("RSA, {bits} bits"))) } else { Ok(()) }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa(_) => "RSA",
            Self::Ed25519(_) => "ed25519",
            Self::Ecdsa(_) => "ECDSA",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_key_is_shown() {
        let key = KeyMaterial { pair: Pair::ed25519(&[7; 32]).unwrap(), comment: Some("laptop".to_owned()) };
        assert_eq!(format!("{key:?}"), "KeyMaterial { pair: ed25519, comment: Some(\"laptop\") }");
    }

    #[test]
    fn numbers_that_are_no_key_are_refused() {
        assert!(Pair::ed25519(&[7; 31]).is_err());
        for curve in [EcdsaCurve::NistP256, EcdsaCurve::NistP384, EcdsaCurve::NistP521] {
            assert!(Pair::ecdsa(curve, &[0]).is_err());
            assert!(Pair::ecdsa(curve, &[0xff; 67]).is_err());
            assert!(Pair::ecdsa(curve, &[0xff; 66]).is_err());
            assert!(Pair::ecdsa(curve, &[1]).is_ok());
        }
        let small = RsaNumbers { n: &[15], e: &[3], d: &[3], p: &[3], q: &[0] };
        assert!(Pair::rsa(&small).is_err());
        let huge = vec![0xff; 4096];
        let huge = RsaNumbers { n: &huge, e: &[3], d: &[3], p: &[3], q: &[5] };
        assert!(matches!(Pair::rsa(&huge), Err(KeyError::Unsupported(_))));
    }
}
