//! Reading a private key file: whichever of the usual forms it has, only what may be shown comes out.
//!
//! The text is taken apart here, not by the crates below, because they insist on lines of 64 characters and AWS has
//! handed out files with 76.

use base64ct::{Base64, Encoding};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::PrivateKeyInfo;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, RsaPrivateKey};
use ssh_key::private::{Ed25519Keypair, KeypairData, PrivateKey, RsaKeypair};
use ssh_key::public::{KeyData, PublicKey, RsaPublicKey};
use ssh_key::{Algorithm, Mpint};
use zeroize::Zeroizing;

use super::fingerprint;
use crate::domain::key_pair::KeyKind;

/// Object identifiers of the algorithms in a PKCS#8 file.
const OID_RSA: &str = "1.2.840.113549.1.1.1";
const OID_ED25519: &str = "1.3.101.112";
const OID_EC: &str = "1.2.840.10045.2.1";

/// What a private key file tells without giving the key away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) kind: KeyKind,
    pub(super) public_key: Option<String>,
    pub(super) fingerprints: Vec<String>,
}

/// The forms of private key file, by their first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    OpenSsh,
    Pkcs1,
    Pkcs8,
    EncryptedPkcs8,
    Sec1,
}

impl Form {
    const ALL: [Self; 5] = [Self::OpenSsh, Self::Pkcs1, Self::Pkcs8, Self::EncryptedPkcs8, Self::Sec1];

    fn label(self) -> &'static str {
        match self {
            Self::OpenSsh => "OPENSSH PRIVATE KEY",
            Self::Pkcs1 => "RSA PRIVATE KEY",
            Self::Pkcs8 => "PRIVATE KEY",
            Self::EncryptedPkcs8 => "ENCRYPTED PRIVATE KEY",
            Self::Sec1 => "EC PRIVATE KEY",
        }
    }

    /// The form whose first line this is.
    pub(super) fn of_first_line(line: &str) -> Option<Self> {
        let label = line.trim_start_matches('\u{feff}').trim().strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
        Self::ALL.into_iter().find(|form| form.label() == label)
    }

    /// What is known of a file of this form that tells nothing more.
    fn silent(self) -> Told {
        let kind = match self {
            Self::Pkcs1 => KeyKind::Rsa,
            Self::Sec1 => KeyKind::Ecdsa,
            Self::OpenSsh | Self::Pkcs8 | Self::EncryptedPkcs8 => KeyKind::Other,
        };
        Told { kind, public_key: None, fingerprints: Vec::new() }
    }
}

/// What the file's text tells; `None` when it is no private key file at all. A file that is encrypted or damaged
/// tells its form and nothing else.
pub(super) fn told_by(text: &str) -> Option<Told> {
    let form = Form::of_first_line(text.lines().find(|line| !line.trim().is_empty())?)?;
    let told = decoded(text, form).and_then(|der| match form {
        Form::OpenSsh => told_by_openssh(&der),
        Form::Pkcs1 => told_by_rsa(&RsaPrivateKey::from_pkcs1_der(&der).ok()?),
        Form::Pkcs8 => told_by_pkcs8(&der),
        Form::EncryptedPkcs8 | Form::Sec1 => None,
    });
    Some(told.unwrap_or_else(|| form.silent()))
}

/// The bytes between the first and the last line. `None` for the old encrypted form, which has headers there.
fn decoded(text: &str, form: Form) -> Option<Zeroizing<Vec<u8>>> {
    let end = format!("-----END {}-----", form.label());
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).skip(1);
    loop {
        match lines.next()? {
            line if line == end => break,
            line if line.contains(':') => return None,
            line => base64.push_str(line),
        }
    }
    Base64::decode_vec(&base64).ok().map(Zeroizing::new)
}

/// The OpenSSH form gives its public half even when the rest is encrypted.
fn told_by_openssh(bytes: &[u8]) -> Option<Told> {
    let key = PrivateKey::from_bytes(bytes).ok()?;
    let mut told = told_by_public(key.public_key().key_data())?;
    if let KeypairData::Rsa(pair) = key.key_data() {
        told.fingerprints.extend(rsa_key(pair).as_ref().and_then(fingerprint::of_created_rsa));
    }
    Some(told)
}

fn told_by_pkcs8(der: &[u8]) -> Option<Told> {
    let info = PrivateKeyInfo::try_from(der).ok()?;
    match info.algorithm.oid.to_string().as_str() {
        OID_RSA => told_by_rsa(&RsaPrivateKey::from_pkcs1_der(info.private_key).ok()?),
        OID_ED25519 => {
            // An octet string of 32 bytes inside the octet string: RFC 8410, section 7.
            let seed: &[u8; 32] = info.private_key.strip_prefix(&[0x04, 0x20])?.try_into().ok()?;
            told_by_public(&KeyData::Ed25519(Ed25519Keypair::from_seed(seed).public))
        }
        OID_EC => Some(Form::Sec1.silent()),
        _ => None,
    }
}

fn told_by_rsa(key: &RsaPrivateKey) -> Option<Told> {
    let number = |number: &BigUint| Mpint::from_positive_bytes(&number.to_bytes_be()).ok();
    let public = RsaPublicKey { e: number(key.e())?, n: number(key.n())? };
    let mut told = told_by_public(&KeyData::Rsa(public))?;
    told.fingerprints.extend(fingerprint::of_created_rsa(key));
    Some(told)
}

fn told_by_public(key: &KeyData) -> Option<Told> {
    let kind = match key.algorithm() {
        Algorithm::Rsa { .. } => KeyKind::Rsa,
        Algorithm::Ed25519 => KeyKind::Ed25519,
        Algorithm::Ecdsa { .. } => KeyKind::Ecdsa,
        _ => KeyKind::Other,
    };
    let line = PublicKey::from(key.clone()).to_openssh().ok()?;
    Some(Told { kind, public_key: Some(line), fingerprints: fingerprint::of_public(key).into_iter().collect() })
}

/// The same key as the `rsa` crate has it. Not by that crate's own conversion: in ssh-key 0.6.7 it passes the first
/// prime twice, and it refuses keys below 2048 bits, which EC2 takes.
fn rsa_key(pair: &RsaKeypair) -> Option<RsaPrivateKey> {
    let number = |number: &Mpint| number.as_positive_bytes().map(BigUint::from_bytes_be);
    RsaPrivateKey::from_components(
        number(&pair.public.n)?,
        number(&pair.public.e)?,
        number(&pair.private.d)?,
        vec![number(&pair.private.p)?, number(&pair.private.q)?],
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_form() {
        for (line, form) in [
            ("-----BEGIN OPENSSH PRIVATE KEY-----", Some(Form::OpenSsh)),
            ("-----BEGIN RSA PRIVATE KEY-----\r", Some(Form::Pkcs1)),
            ("\u{feff}-----BEGIN PRIVATE KEY-----", Some(Form::Pkcs8)),
            ("-----BEGIN EC PRIVATE KEY-----", Some(Form::Sec1)),
            ("-----BEGIN PUBLIC KEY-----", None),
            ("-----BEGIN CERTIFICATE-----", None),
            ("ssh-ed25519 AAAA", None),
            ("", None),
        ] {
            assert_eq!(Form::of_first_line(line), form, "{line}");
        }
    }

    #[test]
    fn an_encrypted_or_damaged_file_tells_its_form_only() {
        let encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        assert_eq!(told_by(encrypted), Some(Form::Pkcs1.silent()));
        for damaged in
            ["-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----"]
        {
            let told = told_by(damaged).unwrap();
            assert_eq!((told.kind, told.public_key), (KeyKind::Other, None));
        }
        assert_eq!(told_by("\n\n"), None);
    }
}
