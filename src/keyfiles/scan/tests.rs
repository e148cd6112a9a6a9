//! The scan held against `ssh-keygen` and `openssl`, where those programs exist: they, not this crate, say which public
//! half and which fingerprint belong to a file.

use super::*;
use crate::domain::key_pair::{KeyFileForm, KeyKind, RsaBits};
use crate::keyfiles::generate;
use crate::keyfiles::tools::{output, words};

/// `ssh-keygen -y`, which also refuses a file that others can read.
fn public_half_by_ssh_keygen(path: &str) -> Option<String> {
    Some(words("ssh-keygen", &["-y", "-P", "", "-f", path])?[..2].join(" "))
}

fn only_key(folder: &Path) -> LocalKey {
    let mut keys = scan(&[folder.to_owned()]);
    assert_eq!(keys.len(), 1, "{keys:?}");
    keys.remove(0)
}

#[test]
fn a_generated_key_opens_with_ssh_keygen_and_has_the_same_public_half() {
    for kind in [KeyKind::Ed25519, KeyKind::Rsa] {
        let folder = tempfile::tempdir().unwrap();
        let key = generate(folder.path(), "laptop", kind, RsaBits::default()).unwrap();
        assert_eq!(only_key(folder.path()), key);
        let Some(theirs) = public_half_by_ssh_keygen(key.path.to_str().unwrap()) else { return };
        assert_eq!(key.public_key.as_deref(), Some(theirs.as_str()));
    }
}

#[test]
fn the_ed25519_fingerprint_is_what_ssh_keygen_prints() {
    let folder = tempfile::tempdir().unwrap();
    let key = generate(folder.path(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let Some(theirs) = words("ssh-keygen", &["-l", "-f", key.path.to_str().unwrap()]) else { return };
    let ours = key.fingerprints.iter().map(|ours| format!("SHA256:{}", ours.trim_end_matches('='))).collect::<Vec<_>>();
    assert_eq!(ours, [theirs[1].clone()]);
}

/// The commands of the EC2 User Guide, "Verify your key pair's fingerprint".
fn rsa_fingerprints_by_openssl(folder: &Path, path: &str) -> Option<[String; 2]> {
    let public = folder.join("public.der");
    let private = folder.join("private.der");
    let (public, private) = (public.to_str()?, private.to_str()?);
    output("openssl", &["pkey", "-in", path, "-pubout", "-outform", "DER", "-out", public])?;
    output(
        "openssl",
        &["pkcs8", "-topk8", "-nocrypt", "-in", path, "-inform", "PEM", "-outform", "DER", "-out", private],
    )?;
    let imported = words("openssl", &["dgst", "-md5", "-c", public])?.pop()?;
    let created = words("openssl", &["dgst", "-sha1", "-c", private])?.pop()?;
    Some([imported, created])
}

#[test]
fn the_rsa_fingerprints_are_those_of_the_user_guides_openssl_commands() {
    let folder = tempfile::tempdir().unwrap();
    let key = generate(folder.path(), "laptop", KeyKind::Rsa, RsaBits::default()).unwrap();
    let Some(theirs) = rsa_fingerprints_by_openssl(folder.path(), key.path.to_str().unwrap()) else { return };
    assert_eq!(key.fingerprints, theirs);
}

#[test]
fn an_rsa_key_in_openssh_or_pkcs8_form_has_the_same_fingerprints() {
    let folder = tempfile::tempdir().unwrap();
    let original = generate(folder.path(), "laptop", KeyKind::Rsa, RsaBits::default()).unwrap();
    let text = std::fs::read_to_string(&original.path).unwrap();

    let openssh = tempfile::tempdir().unwrap();
    let path = openssh.path().join("key");
    std::fs::write(&path, &text).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    if output("ssh-keygen", &["-p", "-P", "", "-N", "", "-q", "-f", path.to_str().unwrap()]).is_some() {
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN OPENSSH"));
        let converted = only_key(openssh.path());
        assert_eq!(
            (converted.public_key, converted.fingerprints),
            (original.public_key.clone(), original.fingerprints.clone())
        );
    }

    let pkcs8 = tempfile::tempdir().unwrap();
    let path = pkcs8.path().join("key");
    let from = original.path.to_str().unwrap();
    if output("openssl", &["pkcs8", "-topk8", "-nocrypt", "-in", from, "-out", path.to_str().unwrap()]).is_some() {
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN PRIVATE KEY"));
        let converted = only_key(pkcs8.path());
        assert_eq!((converted.public_key, converted.fingerprints), (original.public_key, original.fingerprints));
    }
}

/// The same commands for a key of another size, made by another program.
#[test]
fn the_fingerprints_of_a_larger_rsa_key_are_those_of_openssl_and_ssh_keygen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.pem");
    let shown = path.to_str().unwrap();
    if output("openssl", &["genrsa", "-traditional", "-out", shown, "3072"]).is_none() {
        return;
    }
    let key = only_key(folder.path());
    assert_eq!((key.kind, key.form), (KeyKind::Rsa, KeyFileForm::Pem));
    let Some(theirs) = rsa_fingerprints_by_openssl(folder.path(), shown) else { return };
    assert_eq!(key.fingerprints, theirs);
    let Some(public) = public_half_by_ssh_keygen(shown) else { return };
    assert_eq!(key.public_key, Some(public));
}

#[test]
fn ppk_files_and_elliptic_curve_keys_tell_their_public_half() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (curve, name) in [("prime256v1", "a"), ("secp384r1", "b"), ("secp521r1", "c")] {
        let made = output("openssl", &["ecparam", "-name", curve, "-genkey", "-noout", "-out", &at(name)]);
        if made.is_none() {
            return;
        }
        output("openssl", &["pkcs8", "-topk8", "-nocrypt", "-in", &at(name), "-out", &at(&format!("{name}8"))]);
        let Some(theirs) = public_half_by_ssh_keygen(&at(name)) else { return };
        for key in [read(Path::new(&at(name))), read(Path::new(&at(&format!("{name}8"))))] {
            let key = key.unwrap();
            assert_eq!((key.kind, key.form, key.public_key), (KeyKind::Ecdsa, KeyFileForm::Pem, Some(theirs.clone())));
        }
        let passphrase = Some(crate::domain::secret::Secret::new("open sesame".to_owned()));
        for (passphrase, ending) in [(None, "plain"), (passphrase, "closed")] {
            let to = folder.path().join(format!("{name}-{ending}.ppk"));
            let request = crate::keyfiles::ConvertRequest {
                from: at(name).into(),
                to: to.clone(),
                input_passphrase: None,
                output_passphrase: passphrase,
                ppk_version: crate::domain::key_pair::PpkVersion::V3,
                force: false,
            };
            crate::keyfiles::convert(&request).unwrap();
            let key = read(&to).unwrap();
            assert_eq!((key.kind, key.form, key.public_key), (KeyKind::Ecdsa, KeyFileForm::Ppk, Some(theirs.clone())));
            assert!(!key.open_to_others);
        }
    }
}

#[test]
fn an_ed25519_key_in_pkcs8_form_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let shown = path.to_str().unwrap();
    if output("openssl", &["genpkey", "-algorithm", "ed25519", "-out", shown]).is_none() {
        return;
    }
    let key = only_key(folder.path());
    let public = folder.path().join("public.der");
    output("openssl", &["pkey", "-in", shown, "-pubout", "-outform", "DER", "-out", public.to_str().unwrap()]);
    let der = std::fs::read(public).unwrap();
    let line = key.public_key.unwrap();
    let parsed = ssh_key::PublicKey::from_openssh(&line).unwrap();
    assert_eq!(parsed.key_data().ed25519().unwrap().0, der[der.len() - 32..]);
}

#[test]
fn an_encrypted_openssh_key_still_tells_its_public_half() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, name) in [("ed25519", "a"), ("rsa", "b")] {
        let path = folder.path().join(name);
        let path = path.to_str().unwrap();
        if output("ssh-keygen", &["-q", "-t", kind, "-N", "passphrase", "-f", path]).is_none() {
            return;
        }
    }
    for (key, name) in scan(&[folder.path().to_owned()]).iter().zip(["a", "b"]) {
        assert_eq!(key.path, folder.path().join(name));
        let written = std::fs::read_to_string(folder.path().join(format!("{name}.pub"))).unwrap();
        let public = key.public_key.as_deref().unwrap();
        assert_eq!(public, written.split(' ').take(2).collect::<Vec<_>>().join(" "));
        assert_eq!(key.fingerprints, [crate::keyfiles::fingerprint::of_imported(&written).unwrap()]);
    }
}

#[test]
fn a_file_wrapped_at_76_characters_with_windows_line_ends_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let key = generate(folder.path(), "laptop", KeyKind::Rsa, RsaBits::default()).unwrap();
    let text = std::fs::read_to_string(&key.path).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let mut wrapped = "-----BEGIN RSA PRIVATE KEY-----\r\n".to_owned();
    for line in body.as_bytes().chunks(76) {
        wrapped.push_str(std::str::from_utf8(line).unwrap());
        wrapped.push_str("\r\n");
    }
    wrapped.push_str("-----END RSA PRIVATE KEY-----");
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("aws.pem"), wrapped).unwrap();
    assert_eq!(only_key(other.path()).public_key, key.public_key);
}

#[test]
fn what_is_no_private_key_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::fs::write(at("config"), "Host *\n").unwrap();
    std::fs::write(at("key.pub"), "ssh-ed25519 AAAA").unwrap();
    std::fs::write(at("binary"), [0xff, 0xfe, 0x00]).unwrap();
    std::fs::write(at("empty"), "").unwrap();
    let mut large = b"-----BEGIN RSA PRIVATE KEY-----\n".to_vec();
    large.resize(64 * 1024, b'A');
    std::fs::write(at("large"), large).unwrap();
    assert_eq!(scan(&[folder.path().to_owned(), at("missing"), at("config")]), []);
}

#[test]
fn keys_of_several_folders_come_in_the_order_of_their_paths_and_once_each() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let b = generate(&at("b"), "one", KeyKind::Ed25519, RsaBits::default()).unwrap();
    let a = generate(&at("a"), "two", KeyKind::Ed25519, RsaBits::default()).unwrap();
    assert_eq!(scan(&[at("b"), at("a"), at("b")]), [a, b]);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let key = generate(folder.path(), "laptop", KeyKind::Ed25519, RsaBits::default()).unwrap();
    assert!(!key.open_to_others);
    std::fs::set_permissions(&key.path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert!(only_key(folder.path()).open_to_others);
}
