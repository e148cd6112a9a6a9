//! The forms of private key that OpenSSL writes: PKCS#1 (RSA, what EC2 hands out), SEC1 (elliptic curves) and PKCS#8,
//! each plain or encrypted.

use pkcs5::EncryptionScheme;
use pkcs5::pbes2::Kdf;
use rsa::RsaPrivateKey;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::PrivateKeyInfo;
use rsa::pkcs8::der::asn1::OctetStringRef;
use rsa::pkcs8::der::{Decode, Reader, SliceReader};
use sec1::{EcParameters, EcPrivateKey};
use ssh_key::EcdsaCurve;
use zeroize::Zeroizing;

use super::armour::{Armoured, Form};
use super::error::KeyError;
use super::legacy;
use super::material::{KeyMaterial, Pair};
use crate::domain::secret::Secret;

/// Object identifiers of the algorithms in a PKCS#8 file.
pub(super) const OID_RSA: &str = "1.2.840.113549.1.1.1";
pub(super) const OID_ED25519: &str = "1.3.101.112";
const OID_EC: &str = "1.2.840.10045.2.1";

/// `openssl pkcs8 -topk8` takes 2048 rounds by default; ten million take some seconds.
const MOST_ITERATIONS: u32 = 10_000_000;

/// scrypt works on so many bytes of memory at most, and goes over that memory so many times.
const SCRYPT_MEMORY: u64 = 256 * 1024 * 1024;
const SCRYPT_PASSES: u64 = 16;

/// The private key in an armoured text of a form other than OpenSSH's.
pub(super) fn read(armoured: &Armoured, form: Form, passphrase: Option<&Secret>) -> Result<KeyMaterial, KeyError> {
    let plain = legacy::decrypted(armoured, passphrase)?;
    let encrypted = plain.is_some();
    let der = plain.as_ref().unwrap_or(&armoured.bytes);
    let pair = match form {
        Form::Pkcs1 => pkcs1(der),
        Form::Sec1 => sec1(der, None),
        Form::Pkcs8 => pkcs8(der),
        Form::EncryptedPkcs8 => encrypted_pkcs8(der, passphrase),
        Form::Dsa => return Err(KeyError::Unsupported("DSA".to_owned())),
        Form::OpenSsh => return Err(KeyError::NotAKey),
    };
    // The old cipher has no checksum: with a wrong passphrase, what comes out is sometimes padded well and no key.
    let pair = pair.map_err(|error| match error {
        KeyError::Damaged(_) | KeyError::Truncated if encrypted => KeyError::WrongPassphrase,
        other => other,
    })?;
    Ok(KeyMaterial { pair, comment: None })
}

fn pkcs1(der: &[u8]) -> Result<Pair, KeyError> {
    let key = RsaPrivateKey::from_pkcs1_der(der).map_err(|_| KeyError::Damaged("this is no RSA key in PKCS#1 form"))?;
    Pair::of_rsa(key)
}

fn pkcs8(der: &[u8]) -> Result<Pair, KeyError> {
    let damaged = || KeyError::Damaged("this is no key in PKCS#8 form");
    let info = PrivateKeyInfo::try_from(der).map_err(|_| damaged())?;
    let oid = info.algorithm.oid.to_string();
    match oid.as_str() {
        OID_RSA => pkcs1(info.private_key),
        // An octet string of 32 bytes inside the octet string: RFC 8410, section 7.
        OID_ED25519 => Pair::ed25519(OctetStringRef::from_der(info.private_key).map_err(|_| damaged())?.as_bytes()),
        OID_EC => {
            let curve = info.algorithm.parameters_oid().map_err(|_| damaged())?;
            sec1(info.private_key, Some(curve.to_string()))
        }
        _ => Err(KeyError::Unsupported(oid)),
    }
}

/// `outer` is the curve that the file around it names.
fn sec1(der: &[u8], outer: Option<String>) -> Result<Pair, KeyError> {
    let key = EcPrivateKey::from_der(der).map_err(|_| KeyError::Damaged("this is no key in SEC1 form"))?;
    let named = key.parameters.and_then(EcParameters::named_curve).map(|oid| oid.to_string());
    let oid = outer.or(named).ok_or(KeyError::Damaged("the elliptic curve is not named"))?;
    let curve = match oid.as_str() {
        "1.2.840.10045.3.1.7" => EcdsaCurve::NistP256,
        "1.3.132.0.34" => EcdsaCurve::NistP384,
        "1.3.132.0.35" => EcdsaCurve::NistP521,
        _ => return Err(KeyError::Unsupported(oid)),
    };
    Pair::ecdsa(curve, key.private_key)
}

fn encrypted_pkcs8(der: &[u8], passphrase: Option<&Secret>) -> Result<Pair, KeyError> {
    let damaged = |_| KeyError::Damaged("this is no encrypted key in PKCS#8 form");
    let mut reader = SliceReader::new(der).map_err(damaged)?;
    let (scheme, ciphertext) = reader
        .sequence(|inner| Ok((inner.tlv_bytes()?, OctetStringRef::decode(inner)?.as_bytes())))
        .map_err(damaged)?;
    // Its own error would be "damaged", but nothing more is wrong with it than that it is old or rare.
    let scheme = EncryptionScheme::try_from(scheme).map_err(|_| KeyError::Unsupported("PBES".to_owned()))?;
    let EncryptionScheme::Pbes2(parameters) = &scheme else {
        return Err(KeyError::Unsupported(scheme.oid().to_string()));
    };
    check_cost(&parameters.kdf)?;
    let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
    let plain = parameters.decrypt(passphrase.as_bytes(), ciphertext).map_err(|error| match error {
        pkcs5::Error::UnsupportedAlgorithm { oid } => KeyError::Unsupported(oid.to_string()),
        // The padding tells, nearly always.
        _ => KeyError::WrongPassphrase,
    })?;
    pkcs8(&Zeroizing::new(plain)).map_err(|error| match error {
        KeyError::Damaged(_) => KeyError::WrongPassphrase,
        other => other,
    })
}

fn check_cost(kdf: &Kdf<'_>) -> Result<(), KeyError> {
    let fine = match kdf {
        Kdf::Pbkdf2(parameters) => parameters.iteration_count <= MOST_ITERATIONS,
        Kdf::Scrypt(parameters) => {
            let memory = parameters.cost_parameter.saturating_mul(u64::from(parameters.block_size)).saturating_mul(128);
            memory <= SCRYPT_MEMORY && u64::from(parameters.parallelization) <= SCRYPT_PASSES
        }
        _ => false,
    };
    if fine { Ok(()) } else { Err(KeyError::TooCostly) }
}
