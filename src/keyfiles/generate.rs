//! Making a private key and writing it, before AWS hears of it: a retry or a crash can then lose nothing.

use std::io;
use std::path::Path;

use rand_core::OsRng;
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey, LineEnding};
use ssh_key::{Algorithm, PrivateKey};
use zeroize::Zeroizing;

use super::error::shown;
use super::material::larger_prime_first;
use super::{scan, store};
use crate::domain::clean::clean;
use crate::domain::key_file_name::key_file_name;
use crate::domain::key_pair::{KeyKind, LocalKey, RsaBits};
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::file_mode;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "GenerateKey";

/// Makes a private key and writes it to `folder` as [`key_file_name`] of `name`: ed25519 in OpenSSH's form, RSA as
/// PKCS#1 PEM, which the EC2 console needs to decrypt a Windows password. `rsa_bits` counts for RSA only.
///
/// The folder is made (0700) if it is missing. The file is created exclusively, closed to others from its first
/// moment (0400), flushed to disk with its folder, and read back. If anything fails, the file is removed again.
///
/// # Errors
/// [`LocalCause::FileExists`] and [`LocalCause::SymbolicLink`] when something is in the file's place: it is never
/// replaced. [`LocalCause::System`] for all else, also for a kind of key that EC2 does not take.
pub fn generate(folder: &Path, name: &str, kind: KeyKind, rsa_bits: RsaBits) -> Result<LocalKey, Problem> {
    let path = folder.join(key_file_name(name));
    // Looked at first, so that nobody waits for a key that has no place; creating it exclusively is what decides.
    if let Some(problem) = store::in_the_way(&path, OPERATION) {
        return Err(problem);
    }
    let text = private_text(name, kind, rsa_bits).map_err(|message| failed(&path, &message))?;
    file_mode::create_private_folder(folder).map_err(|error| failed(folder, &error))?;
    store::create(&path, &text, OPERATION, |path| {
        scan::read(path)
            .filter(|key| key.public_key.is_some())
            .ok_or_else(|| io::Error::other("the file that was written cannot be read as a key"))
    })
}

/// The file's text.
pub(super) fn private_text(name: &str, kind: KeyKind, rsa_bits: RsaBits) -> Result<Zeroizing<String>, String> {
    match kind {
        KeyKind::Ed25519 => {
            let mut key = PrivateKey::random(&mut OsRng, Algorithm::Ed25519).map_err(|error| words(&error))?;
            key.set_comment(name);
            key.to_openssh(LineEnding::LF).map_err(|error| words(&error))
        }
        KeyKind::Rsa => {
            let key = RsaPrivateKey::new(&mut OsRng, rsa_bits.bits()).map_err(|error| words(&error))?;
            // So that it is the same file again when it comes back from PuTTY's form.
            let key = larger_prime_first(&key).map_err(|_| "the primes are no primes")?;
            key.to_pkcs1_pem(LineEnding::LF).map_err(|error| words(&error))
        }
        KeyKind::Ecdsa | KeyKind::Other => Err("EC2 takes ed25519 and RSA keys only".to_owned()),
    }
}

fn failed(path: &Path, why: &impl ToString) -> Problem {
    Problem::local(OPERATION, LocalCause::System(shown(path)), clean(&why.to_string()))
}

/// An error's words: those of the key crates speak of lengths and encodings, never of the key.
fn words(error: &impl ToString) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(kind: KeyKind) -> (tempfile::TempDir, LocalKey) {
        let folder = tempfile::tempdir().unwrap();
        let key = generate(&folder.path().join("new/keys"), "team/web 1", kind, RsaBits::default()).unwrap();
        (folder, key)
    }

    #[test]
    fn an_ed25519_key_is_written_in_openssh_form_with_its_name() {
        let (_folder, key) = generated(KeyKind::Ed25519);
        assert_eq!(key.path.file_name(), Some("team-web-1.pem".as_ref()));
        let parsed = PrivateKey::read_openssh_file(&key.path).unwrap();
        assert_eq!(parsed.comment(), "team/web 1");
        assert!(!parsed.is_encrypted());
        let public = key.public_key.unwrap();
        assert_eq!(public.split(' ').collect::<Vec<_>>().len(), 2, "algorithm and base64 only: {public}");
        assert!(public.starts_with("ssh-ed25519 AAAA"));
        assert_eq!((key.kind, key.open_to_others), (KeyKind::Ed25519, false));
    }

    #[test]
    fn an_rsa_key_is_written_as_pkcs1() {
        let (_folder, key) = generated(KeyKind::Rsa);
        let text = std::fs::read_to_string(&key.path).unwrap();
        assert!(text.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
        assert!(key.public_key.unwrap().starts_with("ssh-rsa AAAA"));
        assert_eq!(key.fingerprints.iter().map(String::len).collect::<Vec<_>>(), [47, 59], "MD5, then SHA-1");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_and_its_folder_are_closed_to_others() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (_folder, key) = generated(KeyKind::Ed25519);
        assert_eq!((mode(&key.path), mode(key.path.parent().unwrap())), (0o400, 0o700));
    }

    #[test]
    fn a_file_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("laptop.pem");
        std::fs::write(&path, "mine").unwrap();
        let problem = generate(folder.path(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap_err();
        let expected = LocalCause::FileExists(path.display().to_string());
        assert_eq!(problem.cause, crate::domain::problem::Cause::Local(expected));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_files_place_is_refused_even_when_it_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        std::os::unix::fs::symlink(&target, folder.path().join("laptop.pem")).unwrap();
        let problem = generate(folder.path(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap_err();
        assert!(matches!(problem.cause, crate::domain::problem::Cause::Local(LocalCause::SymbolicLink(_))));
        assert!(!target.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_a_problem_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("file");
        std::fs::write(&in_the_way, "").unwrap();
        let problem = generate(&in_the_way.join("keys"), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap_err();
        assert!(!problem.message.is_empty());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_rsa_key_has_as_many_bits_as_were_asked_for() {
        assert_eq!(RsaBits::ALL.map(RsaBits::bits), [2048, 3072, 4096]);
        let folder = tempfile::tempdir().unwrap();
        let key = generate(folder.path(), "laptop", KeyKind::Rsa, RsaBits::B3072).unwrap();
        let half = crate::keyfiles::public_half(&key.path, None).unwrap();
        assert_eq!((half.kind, half.bits), (KeyKind::Rsa, Some(3072)));
    }

    #[test]
    fn a_kind_that_ec2_refuses_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(generate(&folder.path().join("keys"), "laptop", KeyKind::Ecdsa, RsaBits::default()).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
