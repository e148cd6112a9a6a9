//! Where the new file may go, and that nothing else is touched.

use super::*;

fn bench() -> Bench {
    let bench = Bench::new();
    let key = KeyMaterial { pair: Pair::ed25519(&[9; 32]).unwrap(), comment: Some("laptop".to_owned()) };
    write_private(&bench.path("key"), openssh::write(&key, None).unwrap().as_bytes());
    bench
}

fn names(bench: &Bench) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(bench.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["passphrase", "empty"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

#[track_caller]
fn refused(bench: &Bench, request: &ConvertRequest, expected: impl Fn(String) -> LocalCause, path: &str) {
    let before = names(bench);
    let problem = convert(request).unwrap_err();
    assert_eq!(problem.cause, Cause::Local(expected(bench.at(path))));
    assert_eq!(problem.operation, "ExportKey");
    assert_eq!(names(bench), before, "nothing is left behind");
}

#[test]
fn a_file_that_is_there_is_replaced_only_if_that_was_said() {
    let bench = bench();
    fs::write(bench.path("x.ppk"), "mine").unwrap();
    refused(&bench, &bench.request("key", "x.ppk"), LocalCause::FileExists, "x.ppk");
    assert_eq!(fs::read(bench.path("x.ppk")).unwrap(), b"mine");
    let force = ConvertRequest { force: true, ..bench.request("key", "x.ppk") };
    convert(&force).unwrap();
    assert!(fs::read_to_string(bench.path("x.ppk")).unwrap().starts_with("PuTTY-User-Key-File-3: ssh-ed25519\n"));
    convert(&force).unwrap();
    convert(&ConvertRequest { force: true, ..bench.request("key", "new.ppk") }).unwrap();
    assert_eq!(names(&bench), ["key", "new.ppk", "x.ppk"]);
}

#[test]
fn a_file_that_cannot_be_converted_does_not_cost_the_one_that_is_there() {
    let bench = bench();
    fs::write(bench.path("x.ppk"), "mine").unwrap();
    fs::write(bench.path("other"), "no key").unwrap();
    let force = ConvertRequest { force: true, ..bench.request("other", "x.ppk") };
    refused(&bench, &force, LocalCause::NotAKey, "other");
    assert_eq!(fs::read(bench.path("x.ppk")).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn the_file_to_read_is_never_the_file_to_write() {
    let bench = bench();
    let before = fs::read(bench.path("key")).unwrap();
    fs::hard_link(bench.path("key"), bench.path("hard")).unwrap();
    for to in ["key", "./key", "hard"] {
        refused(&bench, &ConvertRequest { force: true, ..bench.request("key", to) }, LocalCause::SameFile, to);
    }
    assert_eq!(fs::read(bench.path("key")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn links_and_folders_in_the_files_place_are_refused() {
    let bench = bench();
    fs::write(bench.path("target"), "mine").unwrap();
    std::os::unix::fs::symlink(bench.path("target"), bench.path("link")).unwrap();
    std::os::unix::fs::symlink(bench.path("nowhere"), bench.path("dangling")).unwrap();
    fs::create_dir(bench.path("folder")).unwrap();
    for force in [false, true] {
        for to in ["link", "dangling"] {
            refused(&bench, &ConvertRequest { force, ..bench.request("key", to) }, LocalCause::SymbolicLink, to);
        }
    }
    refused(&bench, &bench.request("key", "folder"), LocalCause::FileExists, "folder");
    let force = ConvertRequest { force: true, ..bench.request("key", "folder") };
    refused(&bench, &force, LocalCause::NotAFile, "folder");
    assert_eq!(fs::read(bench.path("target")).unwrap(), b"mine");
    let missing = convert(&bench.request("key", "missing/x.ppk")).unwrap_err();
    assert!(matches!(missing.cause, Cause::Local(LocalCause::System(_))) && !missing.message.is_empty());
}

#[cfg(unix)]
#[test]
fn the_new_file_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    for force in [false, true, true] {
        convert(&ConvertRequest { force, ..bench.request("key", "x.ppk") }).unwrap();
        assert_eq!(fs::metadata(bench.path("x.ppk")).unwrap().permissions().mode() & 0o7777, 0o400);
    }
    fs::set_permissions(bench.path("x.ppk"), fs::Permissions::from_mode(0o644)).unwrap();
    convert(&ConvertRequest { force: true, ..bench.request("key", "x.ppk") }).unwrap();
    assert_eq!(fs::metadata(bench.path("x.ppk")).unwrap().permissions().mode() & 0o7777, 0o400);
}

#[test]
fn what_is_no_private_key_is_told_by_what_it_is() {
    let bench = bench();
    let public = public_half(&bench.path("key"), None).unwrap();
    let large = vec![b'a'; 70_000];
    fs::write(bench.path("key.pub"), format!("{} me@laptop\n", public.line)).unwrap();
    refused(&bench, &bench.request("key.pub", "x.ppk"), LocalCause::PublicKeyOnly, "key.pub");
    for (name, bytes) in [("text", &b"hello"[..]), ("nothing", b""), ("binary", &[0xff; 100]), ("large", &large)] {
        fs::write(bench.path(name), bytes).unwrap();
        refused(&bench, &bench.request(name, "x.ppk"), LocalCause::NotAKey, name);
    }
    refused(&bench, &bench.request("", "x.ppk"), LocalCause::NotAFile, "");
    let empty = ConvertRequest { output_passphrase: secret(""), ..bench.request("key", "x.ppk") };
    refused(&bench, &empty, |_| LocalCause::EmptyPassphrase, "");
}

#[test]
fn a_pem_or_openssh_file_that_was_cut_off_says_so() {
    let bench = bench();
    let whole = fs::read_to_string(bench.path("key")).unwrap();
    let lines = whole.lines().count();
    for kept in 1..lines {
        let cut: Vec<&str> = whole.lines().take(kept).collect();
        fs::write(bench.path("cut"), cut.join("\n")).unwrap();
        refused(&bench, &bench.request("cut", "x.ppk"), LocalCause::TruncatedKey, "cut");
    }
}

#[test]
fn public_keys_are_read_in_their_usual_forms() {
    let bench = bench();
    let key = public_half(&bench.path("key"), None).unwrap();
    assert_eq!((key.comment.as_str(), key.bits), ("laptop", Some(256)));
    let base64 = key.line.split(' ').nth(1).unwrap();
    let rfc_4716 = format!(
        "---- BEGIN SSH2 PUBLIC KEY ----\r\nSubject: me\r\nComment: \"my \\\r\nlaptop\"\r\n{}\r\n{}\r\n---- END SSH2 PUBLIC KEY ----\r\n",
        &base64[..40],
        &base64[40..]
    );
    for (text, comment) in [
        (format!("{} my laptop\n", key.line), "my laptop"),
        (key.line.clone(), ""),
        (format!("\n{}\r\n", key.line), ""),
        (rfc_4716, "my laptop"),
    ] {
        fs::write(bench.path("public"), &text).unwrap();
        let found = public_half(&bench.path("public"), None).unwrap();
        assert_eq!((&found.line, found.comment.as_str()), (&key.line, comment), "{text}");
    }
    for text in
        ["ssh-ed25519 AAAA", "ssh-ed25519", "hello world", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"]
    {
        fs::write(bench.path("public"), text).unwrap();
        let problem = public_half(&bench.path("public"), None).unwrap_err();
        assert_eq!(problem.operation, "ReadPublicKey");
        let fits = matches!(problem.cause, Cause::Local(LocalCause::NotAKey(_) | LocalCause::DamagedKey(_)));
        assert!(fits, "{text}: {problem:?}");
    }
}
