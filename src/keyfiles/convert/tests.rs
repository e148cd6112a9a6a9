//! The conversion held against `puttygen`, `openssl` and `ssh-keygen`: they say which key is in a file.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::domain::problem::Cause;
use crate::keyfiles::public_half;
use crate::keyfiles::tools::{output, words, write_private};

const PASSPHRASE: &str = "열려라 open sesame";

/// A folder with a file that holds the passphrase, and one that holds none, which is how puttygen is told not to
/// encrypt.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), PASSPHRASE).unwrap();
        fs::write(folder.path().join("empty"), "").unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn at(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn request(&self, from: &str, to: &str) -> ConvertRequest {
        ConvertRequest {
            from: self.path(from),
            to: self.path(to),
            input_passphrase: None,
            output_passphrase: None,
            ppk_version: PpkVersion::V3,
            force: false,
        }
    }

    /// One key of every kind, in the form that its usual program writes; `None` without these programs.
    fn keys(&self) -> Option<Vec<&'static str>> {
        output("openssl", &["genrsa", "-traditional", "-out", &self.at("rsa.pem"), "2048"])?;
        write_private(&self.path("rsa.pem"), &fs::read(self.path("rsa.pem")).unwrap());
        for (kind, bits, name) in [
            ("rsa", "2048", "rsa"),
            ("ed25519", "256", "ed25519"),
            ("ecdsa", "256", "p256"),
            ("ecdsa", "384", "p384"),
            ("ecdsa", "521", "p521"),
        ] {
            let file = self.at(name);
            output("ssh-keygen", &["-q", "-t", kind, "-b", bits, "-N", "", "-C", "my laptop", "-f", &file])?;
        }
        // A seed with zeros at its front is where other programs have gone wrong.
        for (name, start) in
            [("zero", &[0, 0x11][..]), ("zeros", &[0, 0]), ("high", &[0xff]), ("all-high", &[0xff; 32])]
        {
            let mut seed = [0x11; 32];
            seed[..start.len()].copy_from_slice(start);
            let key = KeyMaterial { pair: Pair::ed25519(&seed).unwrap(), comment: Some(name.to_owned()) };
            write_private(&self.path(name), openssh::write(&key, None).unwrap().as_bytes());
        }
        Some(vec!["rsa.pem", "rsa", "ed25519", "p256", "p384", "p521", "zero", "zeros", "high", "all-high"])
    }
}

/// Converts with Argon2 at its cheapest.
fn cheaply(request: &ConvertRequest) -> Converted {
    let (text, converted) = converted(request, Cost { memory: 8, passes: 1 }).unwrap();
    write_private(&request.to, text.as_bytes());
    converted
}

fn public_by_ssh_keygen(path: &str) -> Option<String> {
    Some(words("ssh-keygen", &["-y", "-P", "", "-f", path])?[..2].join(" "))
}

#[allow(clippy::unnecessary_wraps, reason = "every use wants an option")]
fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text.to_owned()))
}

#[test]
fn puttygen_reads_every_file_that_is_written_and_finds_the_same_key() {
    let bench = Bench::new();
    let Some(keys) = bench.keys() else { return };
    for name in keys {
        let Some(public) = public_by_ssh_keygen(&bench.at(name)) else { return };
        for (ppk_version, passphrase) in [
            (PpkVersion::V2, None),
            (PpkVersion::V3, None),
            (PpkVersion::V2, secret(PASSPHRASE)),
            (PpkVersion::V3, secret(PASSPHRASE)),
        ] {
            let request = ConvertRequest {
                ppk_version,
                output_passphrase: passphrase.clone(),
                ..bench.request(name, "converted.ppk")
            };
            let converted = cheaply(&request);
            assert_eq!((converted.form, &converted.public.line), (KeyFileForm::Ppk, &public), "{name}");
            let file = bench.at(if passphrase.is_some() { "passphrase" } else { "empty" });
            let back = [
                "--old-passphrase",
                &file,
                "--new-passphrase",
                &bench.at("empty"),
                "-O",
                "private-openssh-new",
                "-o",
                &bench.at("back"),
                &bench.at("converted.ppk"),
            ]
            .map(str::to_owned);
            let back: Vec<&str> = back.iter().map(String::as_str).collect();
            if output("puttygen", &back).is_none() {
                return;
            }
            assert_eq!(public_by_ssh_keygen(&bench.at("back")), Some(public.clone()), "{name} {ppk_version:?}");
            // And our own reading of puttygen's OpenSSH file gives the same, private numbers too.
            let (ours, _) = private::open(&fs::read(bench.path("back")).unwrap(), None).unwrap();
            let (theirs, _) = private::open(&fs::read(bench.path(name)).unwrap(), None).unwrap();
            let write = |mut key: KeyMaterial| {
                key.comment = None;
                ppk::write(&key, PpkVersion::V3, None, Cost::USUAL).unwrap()
            };
            assert_eq!(write(ours), write(theirs), "{name} {ppk_version:?}");
        }
    }
}

#[test]
fn an_unencrypted_file_is_byte_for_byte_what_puttygen_writes() {
    let bench = Bench::new();
    let Some(keys) = bench.keys() else { return };
    for name in keys {
        for (version, ppk_version) in [("2", PpkVersion::V2), ("3", PpkVersion::V3)] {
            let parameter = format!("version={version}");
            let theirs = bench.at("theirs.ppk");
            let made = output(
                "puttygen",
                &[
                    &bench.at(name),
                    "-O",
                    "private",
                    "-o",
                    &theirs,
                    "--new-passphrase",
                    &bench.at("empty"),
                    "--ppk-param",
                    &parameter,
                ],
            );
            if made.is_none() {
                return;
            }
            let (mut key, _) = private::open(&fs::read(bench.path(name)).unwrap(), None).unwrap();
            key.comment.get_or_insert_with(|| "imported-openssh-key".to_owned());
            let ours = ppk::write(&key, ppk_version, None, Cost::USUAL).unwrap();
            assert_eq!(*ours, fs::read_to_string(&theirs).unwrap(), "{name} {version}");
        }
    }
}

#[test]
fn files_of_puttygen_are_read_in_every_version_and_with_every_derivation() {
    let bench = Bench::new();
    let Some(keys) = bench.keys() else { return };
    for name in keys {
        let Some(public) = public_by_ssh_keygen(&bench.at(name)) else { return };
        for (parameters, passphrase) in [
            ("version=2", None),
            ("version=3", None),
            ("version=2", secret(PASSPHRASE)),
            ("version=3,kdf=argon2id,memory=64,passes=2", secret(PASSPHRASE)),
            ("version=3,kdf=argon2i,memory=64,passes=3,parallelism=2", secret(PASSPHRASE)),
            ("version=3,kdf=argon2d,memory=128,passes=1", secret(PASSPHRASE)),
        ] {
            let file = bench.at(if passphrase.is_some() { "passphrase" } else { "empty" });
            let (from, to) = (bench.at(name), bench.at("theirs.ppk"));
            let arguments =
                [&from, "-O", "private", "-o", &to, "--new-passphrase", &file, "--ppk-param", parameters, "-C", "PC 1"];
            if output("puttygen", &arguments).is_none() {
                return;
            }
            let request =
                ConvertRequest { input_passphrase: passphrase.clone(), ..bench.request("theirs.ppk", "back.pem") };
            let converted = cheaply(&request);
            assert_eq!(converted.public.line, public, "{name} {parameters}");
            assert_eq!(converted.public.comment, "PC 1");
            let form = if name.starts_with("rsa") { KeyFileForm::Pem } else { KeyFileForm::OpenSsh };
            assert_eq!(converted.form, form);
            assert_eq!(public_by_ssh_keygen(&bench.at("back.pem")), Some(public.clone()), "{name} {parameters}");
            // The public half is shown without the passphrase.
            assert_eq!(public_half(&bench.path("theirs.ppk"), None).unwrap().line, public);
            let wrong = ConvertRequest { input_passphrase: secret("wrong"), ..bench.request("theirs.ppk", "never") };
            if passphrase.is_some() {
                let problem = convert(&wrong).unwrap_err();
                assert!(matches!(problem.cause, Cause::Local(LocalCause::WrongPassphrase(_))), "{problem:?}");
                assert!(!bench.path("never").exists());
            }
        }
    }
}

#[test]
fn fingerprints_are_those_of_ssh_keygen() {
    let bench = Bench::new();
    let Some(keys) = bench.keys() else { return };
    for name in keys {
        let Some(theirs) = words("ssh-keygen", &["-l", "-f", &bench.at(name)]) else { return };
        let converted = cheaply(&bench.request(name, "x.ppk"));
        assert_eq!(converted.fingerprint, theirs[1]);
        assert_eq!(converted.public.bits.unwrap().to_string(), theirs[0], "{name}");
        let comment = if name == "rsa.pem" { "rsa" } else { theirs[2..theirs.len() - 1].join(" ").leak() };
        assert_eq!(converted.public.comment, comment);
    }
}

/// Every way in which openssl and ssh-keygen encrypt a private key.
#[test]
fn encrypted_files_of_openssl_and_ssh_keygen_are_read() {
    let bench = Bench::new();
    let Some(keys) = bench.keys() else { return };
    output("openssl", &["ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", &bench.at("ec.pem")]).unwrap();
    write_private(&bench.path("ec.pem"), &fs::read(bench.path("ec.pem")).unwrap());
    let (pass, old) = (format!("pass:{PASSPHRASE}"), bench.at("encrypted"));
    let check = |from: &str, how: &str| {
        let public = public_by_ssh_keygen(&bench.at(from)).unwrap();
        write_private(Path::new(&old), &fs::read(&old).unwrap());
        let open =
            |passphrase| convert(&ConvertRequest { input_passphrase: passphrase, ..bench.request("encrypted", "o") });
        let problem = open(None).unwrap_err();
        assert!(matches!(problem.cause, Cause::Local(LocalCause::NeedsPassphrase(_))), "{how}: {problem:?}");
        for wrong in ["", "wrong", "Wrong", "wronger", "no", "never"] {
            let problem = open(secret(wrong)).unwrap_err();
            assert!(matches!(problem.cause, Cause::Local(LocalCause::WrongPassphrase(_))), "{how}: {problem:?}");
        }
        assert!(!bench.path("o").exists());
        assert_eq!(open(secret(PASSPHRASE)).unwrap().public.line, public, "{how}");
        fs::remove_file(bench.path("o")).unwrap();
    };
    for cipher in ["-aes128", "-aes192", "-aes256", "-des3"] {
        for (from, command) in [("rsa.pem", "rsa"), ("ec.pem", "ec")] {
            let mut arguments = vec![command, "-in"];
            let file = bench.at(from);
            arguments.extend([file.as_str(), cipher, "-passout", &pass, "-out", &old]);
            if command == "rsa" {
                arguments.push("-traditional");
            }
            output("openssl", &arguments).unwrap();
            assert!(fs::read_to_string(&old).unwrap().contains("DEK-Info: "), "{command} {cipher}");
            check(from, &format!("{command} {cipher}"));
        }
    }
    for how in [
        &["-v2", "aes-256-cbc"][..],
        &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"],
        &["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512"],
        &["-v2", "des3"],
        &["-scrypt"],
    ] {
        for from in ["rsa.pem", "ec.pem"] {
            let file = bench.at(from);
            let mut arguments = vec!["pkcs8", "-topk8", "-in", file.as_str(), "-passout", &pass, "-out", &old];
            arguments.extend(how);
            output("openssl", &arguments).unwrap();
            assert!(fs::read_to_string(&old).unwrap().contains("BEGIN ENCRYPTED PRIVATE KEY"));
            check(from, &format!("{how:?}"));
        }
    }
    for from in keys {
        for cipher in ["aes256-ctr", "aes128-cbc", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"] {
            fs::copy(bench.path(from), &old).unwrap();
            let arguments = ["-q", "-p", "-P", "", "-N", PASSPHRASE, "-Z", cipher, "-a", "1", "-f", &old];
            output("ssh-keygen", &arguments).unwrap();
            check(from, cipher);
        }
    }
}

#[test]
fn plain_pkcs8_is_read_too() {
    let bench = Bench::new();
    let Some(_) = output("openssl", &["genpkey", "-algorithm", "ed25519", "-out", &bench.at("ed")]) else { return };
    output("openssl", &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", &bench.at("rsa")]);
    output("openssl", &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521", "-out", &bench.at("ec")]);
    output("openssl", &["genpkey", "-algorithm", "ed448", "-out", &bench.at("ed448")]);
    output("openssl", &["ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", &bench.at("k1")]);
    // With the curve's parameters in a block of their own before the key.
    output("openssl", &["ecparam", "-name", "prime256v1", "-genkey", "-out", &bench.at("two")]);
    assert!(fs::read_to_string(bench.path("two")).unwrap().starts_with("-----BEGIN EC PARAMETERS-----"));
    assert!(cheaply(&bench.request("two", "y.ppk")).public.line.starts_with("ecdsa-sha2-nistp256 "));
    for (name, algorithm) in [("ed", "ssh-ed25519"), ("rsa", "ssh-rsa"), ("ec", "ecdsa-sha2-nistp521")] {
        assert!(fs::read_to_string(bench.path(name)).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
        let converted = cheaply(&bench.request(name, "x.ppk"));
        assert!(converted.public.line.starts_with(algorithm));
        assert_eq!(converted.public.comment, name, "a key without a comment is called after its file");
        let spki = bench.at("public");
        output("openssl", &["pkey", "-in", &bench.at(name), "-pubout", "-out", &spki]);
        if name != "ec" {
            assert_eq!(public_half(Path::new(&spki), None).unwrap().line, converted.public.line);
        }
    }
    for name in ["ed448", "k1"] {
        let problem = convert(&bench.request(name, "never")).unwrap_err();
        assert!(matches!(problem.cause, Cause::Local(LocalCause::UnsupportedKey(_))), "{problem:?}");
    }
}

#[test]
fn an_rsa_key_that_goes_back_encrypted_is_in_openssh_form() {
    let bench = Bench::new();
    let Some(_) = output("openssl", &["genrsa", "-traditional", "-out", &bench.at("rsa.pem"), "2048"]) else { return };
    cheaply(&bench.request("rsa.pem", "x.ppk"));
    let request = ConvertRequest { output_passphrase: secret(PASSPHRASE), ..bench.request("x.ppk", "back") };
    assert_eq!(convert(&request).unwrap().form, KeyFileForm::OpenSsh);
    let Some(theirs) = words("ssh-keygen", &["-y", "-P", PASSPHRASE, "-f", &bench.at("back")]) else { return };
    write_private(&bench.path("rsa.pem"), &fs::read(bench.path("rsa.pem")).unwrap());
    assert_eq!(public_by_ssh_keygen(&bench.at("rsa.pem")), Some(theirs[..2].join(" ")));
    // And without one it is what it was, byte for byte.
    convert(&bench.request("x.ppk", "plain")).unwrap();
    assert_eq!(fs::read(bench.path("plain")).unwrap(), fs::read(bench.path("rsa.pem")).unwrap());
}

mod places;
