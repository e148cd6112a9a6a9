//! Files that are right, files that are not, and files that are anything at all.

use std::sync::OnceLock;

use proptest::prelude::*;
use rand_core::OsRng;
use ssh_key::EcdsaCurve;

use super::*;
use crate::domain::secret::Secret;
use crate::keyfiles::error::KeyError;
use crate::keyfiles::material::{KeyMaterial, Pair};

/// Argon2 at its cheapest: what is tested here is not how long guessing takes.
const CHEAP: Cost = Cost { memory: 8, passes: 1 };

/// Made with puttygen 0.78.
const VECTOR: &str = "\
PuTTY-User-Key-File-3: ssh-ed25519
Encryption: none
Comment: \n\
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIBlUDfPIGnx6CjjYztRyL8velnpj66juJBR08Q6R
KeXB
Private-Lines: 1
AAAAIMyIzPCv0LdBQoOGbAgdzCjvmobQUN9PZS6f1WIkohgm
Private-MAC: 504de392d738571fc3511df8685b5965817fa495b5e5d8fc18eee1196f08c712
";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn ed25519(seed: [u8; 32]) -> KeyMaterial {
    KeyMaterial { pair: Pair::ed25519(&seed).unwrap(), comment: Some("laptop".to_owned()) }
}

/// A few keys for all tests: making one takes a while. Small ones, and both orders of the primes.
fn rsa(which: usize) -> KeyMaterial {
    static KEYS: OnceLock<Vec<rsa::RsaPrivateKey>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        use rsa::traits::{PrivateKeyParts, PublicKeyParts};
        let one = rsa::RsaPrivateKey::new(&mut OsRng, 1024).unwrap();
        let primes: Vec<_> = one.primes().iter().rev().cloned().collect();
        let swapped =
            rsa::RsaPrivateKey::from_components(one.n().clone(), one.e().clone(), one.d().clone(), primes).unwrap();
        vec![one, swapped, rsa::RsaPrivateKey::new(&mut OsRng, 2048).unwrap()]
    });
    KeyMaterial { pair: Pair::Rsa(keys[which % keys.len()].clone()), comment: Some("server".to_owned()) }
}

/// All that two keys can differ in.
fn parts(key: &KeyMaterial) -> (Vec<u8>, Vec<u8>, Option<String>) {
    (key.pair.public_blob().unwrap(), blob::private(&key.pair).unwrap().to_vec(), key.comment.clone())
}

/// One file of each kind, with the passphrase that opens it.
fn samples() -> Vec<(String, Option<Secret>)> {
    let mut samples = Vec::new();
    for version in [PpkVersion::V2, PpkVersion::V3] {
        for passphrase in [None, Some(secret("open sesame"))] {
            for key in [ed25519([7; 32]), rsa(0)] {
                let text = write(&key, version, passphrase.as_ref(), CHEAP).unwrap();
                samples.push((text.to_string(), passphrase.clone()));
            }
        }
    }
    samples
}

#[test]
fn the_vector_is_read_and_written_byte_for_byte() {
    let key = read(VECTOR.as_bytes(), None).unwrap();
    assert_eq!(key.comment.as_deref(), Some(""));
    assert_eq!(*write(&key, PpkVersion::V3, None, CHEAP).unwrap(), VECTOR);
}

#[test]
fn the_larger_prime_comes_first_in_whichever_order_they_were() {
    let [one, swapped] = [rsa(0), rsa(1)].map(|key| write(&key, PpkVersion::V3, None, CHEAP).unwrap());
    assert_eq!(one, swapped);
}

#[test]
fn lines_may_end_as_on_any_system() {
    for end in ["\r\n", "\r", "\n\r\n"] {
        let other = VECTOR.replace('\n', end);
        let outcome = read(other.as_bytes(), None);
        assert_eq!(outcome.is_ok(), end != "\n\r\n", "{end:?}");
    }
    assert!(read(VECTOR.trim_end().as_bytes(), None).is_ok());
    assert!(read(format!("{VECTOR}\n\n").as_bytes(), None).is_ok());
    assert!(matches!(read(format!("{VECTOR}more").as_bytes(), None), Err(KeyError::Damaged(_))));
}

#[test]
fn a_file_without_its_end_is_no_key_wherever_it_ends() {
    for (text, passphrase) in samples() {
        for (at, _) in text.match_indices('\n').filter(|(at, _)| at + 1 < text.len()) {
            for cut in [&text[..at], &text[..=at]] {
                let outcome = read(cut.as_bytes(), passphrase.as_ref());
                assert!(matches!(outcome, Err(KeyError::Truncated)), "{outcome:?} for {} bytes of\n{text}", cut.len());
            }
        }
        for length in 0..text.len() - 1 {
            let outcome = read(&text.as_bytes()[..length], passphrase.as_ref());
            assert!(outcome.is_err(), "{length} bytes of\n{text}");
        }
    }
}

#[test]
fn a_changed_file_is_told_apart_from_a_wrong_passphrase() {
    for (text, passphrase) in samples() {
        let comment = text.replace("laptop", "Laptop").replace("server", "Server");
        let mac = text.trim_end();
        let last = if mac.ends_with('0') { "1" } else { "0" };
        let mac = format!("{}{last}\n", &mac[..mac.len() - 1]);
        for changed in [comment, mac] {
            let outcome = read(changed.as_bytes(), passphrase.as_ref());
            match passphrase {
                None => assert!(matches!(outcome, Err(KeyError::Changed)), "{outcome:?}"),
                Some(_) => assert!(matches!(outcome, Err(KeyError::WrongPassphrase)), "{outcome:?}"),
            }
        }
    }
}

#[test]
fn an_encrypted_file_wants_its_own_passphrase() {
    for (text, passphrase) in samples() {
        assert_eq!(text.contains("aes256-cbc"), passphrase.is_some());
        if passphrase.is_some() {
            assert!(matches!(read(text.as_bytes(), None), Err(KeyError::NeedsPassphrase)));
            for wrong in ["", "open sesame ", "Open sesame"] {
                let outcome = read(text.as_bytes(), Some(&secret(wrong)));
                assert!(matches!(outcome, Err(KeyError::WrongPassphrase)), "{outcome:?}");
            }
        } else {
            assert!(read(text.as_bytes(), Some(&secret("not needed"))).is_ok());
        }
        assert!(public(text.as_bytes()).is_ok(), "shown without a passphrase");
    }
}

#[test]
fn what_is_not_understood_is_named() {
    for (from, to, name) in
        [("File-3", "File-1", "File-1"), ("File-3", "File-4", "File-4"), ("none", "aes128-cbc", "aes128-cbc")]
    {
        match read(VECTOR.replace(from, to).as_bytes(), None) {
            Err(KeyError::Unsupported(what)) => assert!(what.contains(name), "{what}"),
            outcome => panic!("{outcome:?}"),
        }
    }
    let (text, passphrase) = samples().into_iter().find(|(text, _)| text.contains("Argon2id")).unwrap();
    let outcome = read(text.replace("Argon2id", "scrypt").as_bytes(), passphrase.as_ref());
    assert!(matches!(&outcome, Err(KeyError::Unsupported(what)) if what == "scrypt"), "{outcome:?}");
}

#[test]
fn a_file_that_asks_for_too_much_is_refused_before_a_passphrase_is_asked_for() {
    let (text, _) = samples().into_iter().find(|(text, _)| text.contains("Argon2id")).unwrap();
    for (from, to) in [
        ("Argon2-Memory: 8\n", "Argon2-Memory: 4294967295\n"),
        ("Argon2-Passes: 1\n", "Argon2-Passes: 4294967295\n"),
        ("Argon2-Parallelism: 1\n", "Argon2-Parallelism: 4294967295\n"),
    ] {
        let hostile = text.replace(from, to);
        assert_ne!(hostile, text);
        assert!(matches!(read(hostile.as_bytes(), None), Err(KeyError::TooCostly)), "{to}");
    }
    for number in ["4294967296", "-1", "+1", "1 ", "", "x"] {
        let wrong = text.replace("Argon2-Passes: 1\n", &format!("Argon2-Passes: {number}\n"));
        assert!(read(wrong.as_bytes(), None).is_err(), "{number}");
    }
}

/// What PuTTY refuses, too: numbers that are a key each, but not one key.
#[test]
fn a_private_part_of_another_key_is_refused_although_its_checksum_is_right() {
    let (one, other) = (ed25519([1; 32]), ed25519([2; 32]));
    let (public, private) = (one.pair.public_blob().unwrap(), blob::private(&other.pair).unwrap());
    assert!(matches!(blob::pair("ssh-ed25519", &public, &private), Err(KeyError::Damaged(_))));
    assert!(matches!(blob::pair("ssh-rsa", &public, &private), Err(KeyError::Damaged(_))));
    let (one, other) = (rsa(0), rsa(2));
    let (public, private) = (one.pair.public_blob().unwrap(), blob::private(&other.pair).unwrap());
    assert!(matches!(blob::pair("ssh-rsa", &public, &private), Err(KeyError::Damaged(_))));
}

#[test]
fn a_comment_cannot_begin_another_line() {
    let key = KeyMaterial { comment: Some("a\r\nPublic-Lines: 1\nAAAA".to_owned()), ..ed25519([3; 32]) };
    let text = write(&key, PpkVersion::V3, None, CHEAP).unwrap();
    assert_eq!(read(text.as_bytes(), None).unwrap().comment.as_deref(), Some("a  Public-Lines: 1 AAAA"));
}

/// Any key of any kind.
fn keys() -> impl Strategy<Value = KeyMaterial> {
    let curve = prop_oneof![Just(EcdsaCurve::NistP256), Just(EcdsaCurve::NistP384), Just(EcdsaCurve::NistP521)];
    // Seeds and numbers that begin with zeros are where fixed widths and fewest bytes differ.
    let bytes = (any::<[u8; 32]>(), 0_usize..4).prop_map(|(mut bytes, zeros)| {
        bytes[..zeros].fill(0);
        bytes
    });
    let pair = prop_oneof![
        bytes.prop_map(|seed| Pair::ed25519(&seed).unwrap()),
        (curve, proptest::collection::vec(any::<u8>(), 66), 0_usize..4).prop_filter_map(
            "outside the curve",
            |(curve, mut number, zeros)| {
                let width = if curve == EcdsaCurve::NistP521 {
                    65
                } else if curve == EcdsaCurve::NistP384 {
                    48
                } else {
                    32
                };
                number.truncate(width);
                number[..zeros].fill(0);
                Pair::ecdsa(curve, &number).ok()
            }
        ),
        (0_usize..3).prop_map(|which| rsa(which).pair),
    ];
    (pair, "[^\r\n]{0,40}").prop_map(|(pair, comment)| KeyMaterial { pair, comment: Some(comment) })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        key in keys(),
        new in any::<bool>(),
        passphrase in proptest::option::of("\\PC{1,20}"),
    ) {
        let version = if new { PpkVersion::V3 } else { PpkVersion::V2 };
        let passphrase = passphrase.map(Secret::new);
        let text = write(&key, version, passphrase.as_ref(), CHEAP).unwrap();
        let again = read(text.as_bytes(), passphrase.as_ref()).unwrap();
        prop_assert_eq!(parts(&again), parts(&key));
    }

    #[test]
    fn pem_to_ppk_to_pem_keeps_the_key(key in keys(), encrypted in any::<bool>()) {
        use crate::keyfiles::{convert, private};
        let pem = convert::to_pem(&key, None).unwrap();
        let (first, _) = private::open(pem.as_bytes(), None).unwrap();
        let passphrase = encrypted.then(|| secret("p"));
        let ppk = write(&first, PpkVersion::V3, passphrase.as_ref(), CHEAP).unwrap();
        let (second, _) = private::open(ppk.as_bytes(), passphrase.as_ref()).unwrap();
        let again = convert::to_pem(&second, None).unwrap();
        let (third, _) = private::open(again.as_bytes(), None).unwrap();
        prop_assert_eq!((&parts(&third).0, &parts(&third).1), (&parts(&key).0, &parts(&key).1));
    }

    #[test]
    fn a_changed_byte_gives_the_same_key_or_none(which in 0_usize..8, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        static SAMPLES: OnceLock<Vec<(String, Option<Secret>)>> = OnceLock::new();
        let (text, passphrase) = &SAMPLES.get_or_init(samples)[which];
        let mut changed = text.clone().into_bytes();
        let at = at.index(changed.len());
        changed[at] = byte;
        if let Ok(key) = read(&changed, passphrase.as_ref()) {
            let expected = read(text.as_bytes(), passphrase.as_ref()).unwrap();
            prop_assert_eq!(parts(&key), parts(&expected));
        }
    }

    #[test]
    fn anything_at_all_is_no_key(bytes in proptest::collection::vec(any::<u8>(), 0..600), with in any::<bool>()) {
        let mut file = if with { b"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: ".to_vec() } else { vec![] };
        file.extend(bytes);
        prop_assert!(read(&file, None).is_err());
        let _ = public(&file);
        let _ = crate::keyfiles::private::told_by(&file);
    }

    #[test]
    fn lines_in_any_order_are_no_key(lines in proptest::collection::vec((0_usize..20, any::<prop::sample::Index>()), 0..20)) {
        let samples = [VECTOR];
        let all: Vec<&str> = samples.iter().flat_map(|text| text.lines()).collect();
        let file: Vec<&str> = lines.iter().map(|(_, index)| all[index.index(all.len())]).collect();
        let file = format!("{}\n", file.join("\n"));
        if file != VECTOR {
            prop_assert!(read(file.as_bytes(), Some(&secret("x"))).is_err());
        }
    }
}
