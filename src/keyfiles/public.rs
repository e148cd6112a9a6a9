//! The public half of a key, out of whatever file the person has: a public key in the usual forms, or any private key.

use std::path::Path;

use base64ct::{Base64, Encoding};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::{DecodePublicKey, SubjectPublicKeyInfoRef};
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, RsaPublicKey};
use ssh_key::Mpint;
use ssh_key::public::{Ed25519PublicKey, KeyData, PublicKey};

use super::armour::{self, label, lines};
use super::error::KeyError;
use super::material::half_of;
use super::pem::{OID_ED25519, OID_RSA};
use super::{openssh, private, source};
use crate::domain::key_pair::PublicHalf;
use crate::domain::problem::Problem;
use crate::domain::secret::Secret;

const OPERATION: &str = "ReadPublicKey";

/// The public half of the key in a file: an OpenSSH line (`.pub`), RFC 4716 (`BEGIN SSH2 PUBLIC KEY`), PEM (`BEGIN
/// PUBLIC KEY`, `BEGIN RSA PUBLIC KEY`), or any private key file that this program understands. OpenSSH's and PuTTY's
/// private keys show their public half without a passphrase.
///
/// # Errors
/// [`LocalCause::NotAKey`](crate::domain::problem::LocalCause::NotAKey) for any other file,
/// [`LocalCause::NeedsPassphrase`](crate::domain::problem::LocalCause::NeedsPassphrase) for an encrypted private key
/// that shows nothing without one, and what else can be wrong with a key file.
pub fn public_half(path: &Path, passphrase: Option<&Secret>) -> Result<PublicHalf, Problem> {
    source::read(path).and_then(|file| half_in(&file, passphrase)).map_err(|error| error.at(path, OPERATION))
}

fn half_in(file: &[u8], passphrase: Option<&Secret>) -> Result<PublicHalf, KeyError> {
    if is_private(file) {
        return match private::open(file, passphrase) {
            Ok((key, _)) => key.public_half(),
            Err(error @ (KeyError::NeedsPassphrase | KeyError::Unsupported(_) | KeyError::TooCostly)) => {
                match private::shown_public(file) {
                    Some((public, comment)) => half_of(&public, &comment),
                    None => Err(error),
                }
            }
            Err(error) => Err(error),
        };
    }
    let (key, comment) = public_key(file)?;
    half_of(&key, &comment)
}

/// Whether this is a private key file, in any form.
fn is_private(file: &[u8]) -> bool {
    private::Kind::of(file).is_some()
}

/// Whether this is a public key file, in any form.
pub(super) fn is_public(file: &[u8]) -> bool {
    !is_private(file) && public_key(file).is_ok()
}

fn public_key(file: &[u8]) -> Result<(KeyData, String), KeyError> {
    let text = std::str::from_utf8(file).map_err(|_| KeyError::NotAKey)?;
    let first = private::first_line(file).ok_or(KeyError::NotAKey)?;
    match label(first) {
        Some("PUBLIC KEY") => Ok((of_spki(&armour::open(text)?.bytes)?, String::new())),
        Some("RSA PUBLIC KEY") => {
            let key = RsaPublicKey::from_pkcs1_der(&armour::open(text)?.bytes);
            Ok((of_rsa(&key.map_err(|_| KeyError::Damaged("this is no RSA public key"))?)?, String::new()))
        }
        Some(_) => Err(KeyError::NotAKey),
        None if first.trim_end() == "---- BEGIN SSH2 PUBLIC KEY ----" => of_rfc_4716(text),
        None => of_line(first),
    }
}

/// `ssh-ed25519 AAAA... comment`.
fn of_line(line: &str) -> Result<(KeyData, String), KeyError> {
    let mut words = line.trim_start_matches('\u{feff}').trim().splitn(3, [' ', '\t']);
    let (Some(algorithm), Some(base64)) = (words.next(), words.next()) else { return Err(KeyError::NotAKey) };
    let key = PublicKey::from_openssh(&format!("{algorithm} {base64}")).map_err(|_| {
        let looks_like_one = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| algorithm.starts_with(start));
        if looks_like_one { KeyError::Damaged("the public key cannot be read") } else { KeyError::NotAKey }
    })?;
    Ok((key.key_data().clone(), words.next().unwrap_or_default().trim().to_owned()))
}

/// RFC 4716: headers, whose lines may go on behind a backslash, then base64.
fn of_rfc_4716(text: &str) -> Result<(KeyData, String), KeyError> {
    let mut lines = lines(text).map(str::trim).filter(|line| !line.is_empty()).skip(1);
    let (mut base64, mut comment) = (String::new(), String::new());
    loop {
        let line = lines.next().ok_or(KeyError::Truncated)?;
        if line.starts_with("----") {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            base64.push_str(line);
            continue;
        };
        let mut value = value.trim().to_owned();
        while value.ends_with('\\') {
            value.pop();
            value.push_str(lines.next().ok_or(KeyError::Truncated)?);
        }
        if name.eq_ignore_ascii_case("comment") {
            value.trim_matches('"').clone_into(&mut comment);
        }
    }
    let blob = Base64::decode_vec(&base64).map_err(|_| KeyError::Damaged("the key is not base64"))?;
    Ok((openssh::public_of_blob(&blob)?, comment))
}

fn of_spki(der: &[u8]) -> Result<KeyData, KeyError> {
    let damaged = || KeyError::Damaged("this is no public key in X.509 form");
    let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| damaged())?;
    match info.algorithm.oid.to_string().as_str() {
        OID_RSA => of_rsa(&RsaPublicKey::from_public_key_der(der).map_err(|_| damaged())?),
        OID_ED25519 => {
            let bytes = info.subject_public_key.as_bytes().ok_or_else(damaged)?;
            Ok(KeyData::Ed25519(Ed25519PublicKey::try_from(bytes).map_err(|_| damaged())?))
        }
        other => Err(KeyError::Unsupported(other.to_owned())),
    }
}

fn of_rsa(key: &RsaPublicKey) -> Result<KeyData, KeyError> {
    let number = |number: &BigUint| {
        Mpint::from_positive_bytes(&number.to_bytes_be()).map_err(|_| KeyError::Damaged("a number of the key is zero"))
    };
    Ok(KeyData::Rsa(ssh_key::public::RsaPublicKey { e: number(key.e())?, n: number(key.n())? }))
}
