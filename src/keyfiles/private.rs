//! Any private key file: which form it has, the key in it, and what it tells without its passphrase.

use ssh_key::Algorithm;
use ssh_key::public::{KeyData, PublicKey};

use super::armour::{self, Form};
use super::error::KeyError;
use super::material::{KeyMaterial, Pair};
use super::{fingerprint, openssh, pem, ppk};
use crate::domain::key_pair::{KeyFileForm, KeyKind};
use crate::domain::secret::Secret;

/// What a private key file tells without giving the key away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) form: KeyFileForm,
    pub(super) kind: KeyKind,
    pub(super) public_key: Option<String>,
    pub(super) fingerprints: Vec<String>,
}

/// The forms of private key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Armoured(Form),
    Ppk,
}

impl Kind {
    /// What a file is that begins with this line.
    pub(super) fn of_first_line(line: &str) -> Option<Self> {
        if ppk::is_first_line(line) { Some(Self::Ppk) } else { Form::of_first_line(line).map(Self::Armoured) }
    }

    /// What a file is, and where the key begins in it. Before an armoured key there may be remarks, or the curve's
    /// parameters, as `openssl ecparam -genkey` writes them.
    pub(super) fn of(file: &[u8]) -> Option<(Self, &[u8])> {
        if ppk::is_first_line(first_line(file)?) {
            return Some((Self::Ppk, file.trim_ascii_start()));
        }
        let mut start = 0;
        for line in file.split_inclusive(|byte| matches!(byte, b'\r' | b'\n')) {
            if let Some(form) = std::str::from_utf8(line).ok().and_then(Form::of_first_line) {
                return Some((Self::Armoured(form), &file[start..]));
            }
            start += line.len();
        }
        None
    }

    fn form(self) -> KeyFileForm {
        match self {
            Self::Ppk => KeyFileForm::Ppk,
            Self::Armoured(Form::OpenSsh) => KeyFileForm::OpenSsh,
            Self::Armoured(_) => KeyFileForm::Pem,
        }
    }

    /// What is known of a file that tells nothing more.
    fn silent(self) -> Told {
        let kind = match self {
            Self::Armoured(Form::Pkcs1) => KeyKind::Rsa,
            Self::Armoured(Form::Sec1) => KeyKind::Ecdsa,
            _ => KeyKind::Other,
        };
        Told { form: self.form(), kind, public_key: None, fingerprints: Vec::new() }
    }
}

/// The first line that is not empty.
pub(super) fn first_line(bytes: &[u8]) -> Option<&str> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let line = bytes[start..].split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    std::str::from_utf8(line).ok()
}

/// The private key in a file, and the form that it has there.
pub(super) fn open(file: &[u8], passphrase: Option<&Secret>) -> Result<(KeyMaterial, KeyFileForm), KeyError> {
    let (kind, key) = Kind::of(file).ok_or(KeyError::NotAKey)?;
    let key = match kind {
        Kind::Ppk => ppk::read(key, passphrase)?,
        Kind::Armoured(form) => {
            let text = std::str::from_utf8(key).map_err(|_| KeyError::Damaged("the file is no text"))?;
            let armoured = armour::open(text)?;
            match form {
                Form::OpenSsh => openssh::read(&armoured.bytes, passphrase)?,
                other => pem::read(&armoured, other, passphrase)?,
            }
        }
    };
    Ok((key, kind.form()))
}

/// The public half that a file shows without its passphrase, and the comment: `None` when it shows none.
pub(super) fn shown_public(file: &[u8]) -> Option<(KeyData, String)> {
    match Kind::of(file)? {
        (Kind::Ppk, key) => ppk::public(key).ok(),
        (Kind::Armoured(Form::OpenSsh), key) => {
            let armoured = armour::open(std::str::from_utf8(key).ok()?).ok()?;
            Some((openssh::public(&armoured.bytes).ok()?, String::new()))
        }
        (Kind::Armoured(_), _) => None,
    }
}

/// What the file tells; `None` when it is no private key file at all. One that is encrypted tells its public half if
/// its form shows that, one that is damaged only its form.
pub(super) fn told_by(file: &[u8]) -> Option<Told> {
    let (kind, _) = Kind::of(file)?;
    let told = match open(file, None) {
        Ok((key, form)) => told_by_key(&key, form),
        Err(KeyError::NeedsPassphrase | KeyError::Unsupported(_) | KeyError::TooCostly) => {
            shown_public(file).and_then(|(public, _)| told_by_public(&public, kind.form()))
        }
        Err(_) => None,
    };
    Some(told.unwrap_or_else(|| kind.silent()))
}

fn told_by_key(key: &KeyMaterial, form: KeyFileForm) -> Option<Told> {
    let mut told = told_by_public(&key.pair.public().ok()?, form)?;
    if let Pair::Rsa(key) = &key.pair {
        told.fingerprints.extend(fingerprint::of_created_rsa(key));
    }
    Some(told)
}

fn told_by_public(key: &KeyData, form: KeyFileForm) -> Option<Told> {
    let kind = match key.algorithm() {
        Algorithm::Rsa { .. } => KeyKind::Rsa,
        Algorithm::Ed25519 => KeyKind::Ed25519,
        Algorithm::Ecdsa { .. } => KeyKind::Ecdsa,
        _ => KeyKind::Other,
    };
    let line = PublicKey::from(key.clone()).to_openssh().ok()?;
    Some(Told { form, kind, public_key: Some(line), fingerprints: fingerprint::of_public(key).into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_form() {
        for (line, kind) in [
            ("-----BEGIN OPENSSH PRIVATE KEY-----", Some(Kind::Armoured(Form::OpenSsh))),
            ("PuTTY-User-Key-File-2: ssh-rsa", Some(Kind::Ppk)),
            ("PuTTY-User-Key-File-3: ssh-ed25519", Some(Kind::Ppk)),
            ("ssh-ed25519 AAAA", None),
        ] {
            assert_eq!(Kind::of_first_line(line), kind, "{line}");
            let file = format!("\n\n{line}\r\n");
            assert_eq!(Kind::of(file.as_bytes()).map(|(kind, _)| kind), kind, "{line}");
        }
    }

    #[test]
    fn an_encrypted_or_damaged_file_tells_its_form_only() {
        let encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        assert_eq!(told_by(encrypted.as_bytes()), Some(Kind::Armoured(Form::Pkcs1).silent()));
        for damaged in [
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----",
            "PuTTY-User-Key-File-3: ssh-ed25519\n",
        ] {
            let told = told_by(damaged.as_bytes()).unwrap();
            assert_eq!((told.kind, told.public_key), (KeyKind::Other, None));
        }
        assert_eq!(told_by(b"\n\n"), None);
    }

    /// The label and the bytes of a key in each form that can be written here, and the key's public line.
    fn samples() -> Vec<(&'static str, Vec<u8>, String)> {
        let key = |pair| KeyMaterial { pair, comment: Some("laptop".to_owned()) };
        let ed25519 = key(Pair::ed25519(&[7; 32]).unwrap());
        let ecdsa = key(Pair::ecdsa(ssh_key::EcdsaCurve::NistP521, &[7; 60]).unwrap());
        let rsa = key(Pair::Rsa(rsa::RsaPrivateKey::new(&mut rand_core::OsRng, 1024).unwrap()));
        let passphrase = Secret::new("p".to_owned());
        let mut samples = Vec::new();
        for (key, passphrase) in [(&ed25519, None), (&ecdsa, None), (&rsa, None), (&ed25519, Some(&passphrase))] {
            let text = crate::keyfiles::convert::to_pem(key, passphrase).unwrap();
            let bytes = armour::open(&text).unwrap().bytes.to_vec();
            let label = armour::label(text.lines().next().unwrap()).unwrap();
            let label = if label.starts_with("RSA") { "RSA PRIVATE KEY" } else { "OPENSSH PRIVATE KEY" };
            samples.push((label, bytes, key.public_half().unwrap().line));
        }
        samples
    }

    fn armoured(label: &str, bytes: &[u8]) -> String {
        use base64ct::Encoding;
        let base64 = base64ct::Base64::encode_string(bytes);
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
    }

    proptest::proptest! {
        /// OpenSSH's form has no checksum, so that another comment or padding may still be a key: but the same one.
        #[test]
        fn a_changed_key_is_the_same_key_or_none(
            which in 0_usize..4,
            at in proptest::prelude::any::<proptest::sample::Index>(),
            byte in proptest::prelude::any::<u8>(),
            cut in proptest::prelude::any::<bool>(),
        ) {
            static SAMPLES: std::sync::OnceLock<Vec<(&'static str, Vec<u8>, String)>> = std::sync::OnceLock::new();
            let (label, bytes, line) = &SAMPLES.get_or_init(samples)[which];
            let mut changed = bytes.clone();
            let at = at.index(changed.len());
            if cut { changed.truncate(at) } else { changed[at] = byte }
            // Without a passphrase, so that no round of bcrypt is worked off for an encrypted one.
            if let Ok((key, _)) = open(armoured(label, &changed).as_bytes(), None)
                && *label == "OPENSSH PRIVATE KEY"
            {
                proptest::prop_assert_eq!(&key.public_half().unwrap().line, line);
            }
        }

        #[test]
        fn any_bytes_in_any_armour_end_well(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
            label in proptest::sample::select(vec![
                "OPENSSH PRIVATE KEY", "RSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY",
            ]),
        ) {
            let passphrase = Secret::new("p".to_owned());
            proptest::prop_assert!(open(armoured(label, &bytes).as_bytes(), Some(&passphrase)).is_err());
            let mut openssh = b"openssh-key-v1\0".to_vec();
            openssh.extend_from_slice(&bytes);
            proptest::prop_assert!(open(armoured(label, &openssh).as_bytes(), Some(&passphrase)).is_err());
        }
    }
}
