//! The password of Windows' administrator: EC2 encrypts it with the public half of the key pair, so that only the
//! private key on this machine opens it.

use std::path::Path;

use base64ct::{Base64, Encoding};
use rsa::Pkcs1v15Encrypt;
use zeroize::Zeroizing;

use super::error::shown;
use super::material::Pair;
use super::{private, source};
use crate::domain::problem::{Cause, LocalCause, Problem};
use crate::domain::secret::Secret;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "DecryptPassword";

/// Decrypts what `GetPasswordData` has told (base64, RSA PKCS#1 v1.5) with the private key at `path`, of any form.
/// The password is never written anywhere.
///
/// # Errors
/// [`LocalCause::WrongKey`] when it was encrypted for another key, [`LocalCause::NotRsa`] for a key of another
/// kind, [`Cause::Unreadable`] for a text that is no base64, and the other causes of key files.
pub fn decrypt_password(path: &Path, passphrase: Option<&Secret>, base64: &str) -> Result<Secret, Problem> {
    let base64: String = base64.split_whitespace().collect();
    let encrypted = Base64::decode_vec(&base64).map_err(|error| Problem {
        cause: Cause::Unreadable,
        operation: OPERATION.to_owned(),
        code: String::new(),
        message: error.to_string(),
        request_id: None,
    })?;
    let opened = source::read(path).and_then(|file| private::open(&file, passphrase));
    let (key, _) = opened.map_err(|error| error.at(path, OPERATION))?;
    let Pair::Rsa(rsa) = &key.pair else {
        return Err(Problem::local(OPERATION, LocalCause::NotRsa(shown(path)), ""));
    };
    let wrong_key = || Problem::local(OPERATION, LocalCause::WrongKey(shown(path)), "");
    // Blinded, though nobody is there to measure: the password and the key are the person's own.
    let plain = rsa.decrypt_blinded(&mut rand_core::OsRng, Pkcs1v15Encrypt, &encrypted).map_err(|_| wrong_key())?;
    let plain = Zeroizing::new(plain);
    // A wrong key gives good padding once in many thousand times, and then no text.
    let text = std::str::from_utf8(&plain).map_err(|_| wrong_key())?;
    Ok(Secret::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use rand_core::OsRng;
    use rsa::RsaPrivateKey;
    use rsa::pkcs1::{EncodeRsaPrivateKey, LineEnding};

    use super::*;
    use crate::keyfiles::tools;

    fn key(folder: &Path, name: &str) -> (RsaPrivateKey, std::path::PathBuf) {
        // Short, so that the test is: EC2 itself takes 1024 bits.
        let key = RsaPrivateKey::new(&mut OsRng, 1024).unwrap();
        let path = folder.join(name);
        tools::write_private(&path, key.to_pkcs1_pem(LineEnding::LF).unwrap().as_bytes());
        (key, path)
    }

    #[test]
    fn the_right_key_opens_it_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (key, path) = key(folder.path(), "win.pem");
        let encrypted = key.to_public_key().encrypt(&mut OsRng, Pkcs1v15Encrypt, "p4ss=Wörd;".as_bytes()).unwrap();
        let base64 = Base64::encode_string(&encrypted);
        let opened = decrypt_password(&path, None, &format!("\r\n{base64}\r\n")).unwrap();
        assert_eq!(opened.as_str(), "p4ss=Wörd;");

        let (_, other) = self::key(folder.path(), "other.pem");
        let cause = |outcome: Result<Secret, Problem>| outcome.unwrap_err().cause;
        let wrong = decrypt_password(&other, None, &base64);
        assert_eq!(cause(wrong), Cause::Local(LocalCause::WrongKey(shown(&other))));
        assert_eq!(cause(decrypt_password(&path, None, "*")), Cause::Unreadable);
        assert_eq!(cause(decrypt_password(&path, None, "")), Cause::Local(LocalCause::WrongKey(shown(&path))));
        let missing = folder.path().join("gone.pem");
        assert!(matches!(cause(decrypt_password(&missing, None, &base64)), Cause::Local(LocalCause::System(_))));
    }

    #[test]
    fn only_rsa_can_decrypt() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("laptop.pem");
        let key = ssh_key::PrivateKey::random(&mut OsRng, ssh_key::Algorithm::Ed25519).unwrap();
        tools::write_private(&path, key.to_openssh(ssh_key::LineEnding::LF).unwrap().as_bytes());
        let problem = decrypt_password(&path, None, "QUJD").unwrap_err();
        assert_eq!(problem.cause, Cause::Local(LocalCause::NotRsa(shown(&path))));
    }
}
