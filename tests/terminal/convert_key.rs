//! `ec2deck convert-key`: the program converts a key, says what came of it in a few lines, and needs no terminal unless
//! it has to ask for a passphrase.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use ec2deck::domain::key_pair::{KeyKind, RsaBits};
use ec2deck::keyfiles;

/// A folder with one new key of each kind.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        keyfiles::generate(folder.path(), "ed25519", KeyKind::Ed25519, RsaBits::default()).unwrap();
        keyfiles::generate(folder.path(), "rsa", KeyKind::Rsa, RsaBits::default()).unwrap();
        std::fs::write(folder.path().join("passphrase"), "open sesame\nand more\n").unwrap();
        std::fs::write(folder.path().join("wrong"), "open\n").unwrap();
        std::fs::write(folder.path().join("empty"), "\n").unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program in this folder, with these words on its standard input.
    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ec2deck"))
            .arg("convert-key")
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built for this test");
        // A program that does not read it is no failure.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Its one line.
    #[track_caller]
    fn converted(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input);
        let (said, complained) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!((output.status.code(), complained.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(said.lines().count(), 1, "{said}");
        said.trim_end().to_owned()
    }

    /// Its lines on standard error, after checking that it made nothing.
    #[track_caller]
    fn failed(&self, arguments: &[&str], status: i32) -> String {
        let before = self.names();
        let output = self.run(arguments, "");
        let complained = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {complained}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
        assert_eq!(self.names(), before, "{arguments:?}");
        assert!(complained.starts_with("ec2deck: ") && (1..=3).contains(&complained.lines().count()), "{complained}");
        complained
    }

    /// Compares private parts and comments: the form of an unencrypted `.ppk` file leaves nothing to chance.
    fn holds_the_same_key(&self, one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|name| {
            let file = format!("{name}.same.ppk");
            std::fs::copy(self.path(name), self.path("same")).unwrap();
            self.converted(&["same", "-o", &file], "");
            std::fs::remove_file(self.path("same")).unwrap();
            self.text(&file)
        });
        one == other
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// The fingerprint in the program's line.
fn fingerprint(line: &str) -> &str {
    let fingerprint = line.rsplit(' ').next().unwrap();
    assert!(fingerprint.starts_with("SHA256:") && fingerprint.len() == 50, "{line}");
    fingerprint
}

#[test]
fn pem_becomes_ppk_and_pem_again() {
    let folder = Folder::new();
    for (name, form) in [("ed25519", "OpenSSH key"), ("rsa", "PEM key")] {
        let (pem, ppk, back) = (format!("{name}.pem"), format!("{name}.ppk"), format!("{name}.back"));
        let there = folder.converted(&[&pem, "-o", &ppk], "");
        assert!(there.starts_with(&format!("{ppk}: PuTTY key, version 3, SHA256:")), "{there}");
        let again = folder.converted(&[&ppk, "--output", &back], "");
        assert!(again.starts_with(&format!("{back}: {form}, SHA256:")), "{again}");
        assert_eq!(fingerprint(&there), fingerprint(&again));
        assert!(folder.holds_the_same_key(&pem, &back));
    }
}

#[test]
fn a_passphrase_comes_from_a_file_or_from_standard_input() {
    let folder = Folder::new();
    folder.converted(&["rsa.pem", "-o", "a.ppk", "--passphrase-file", "passphrase", "--ppk-version", "2"], "");
    assert!(folder.text("a.ppk").starts_with("PuTTY-User-Key-File-2: ssh-rsa\nEncryption: aes256-cbc\n"));
    folder.converted(&["a.ppk", "-o", "a.pem", "--input-passphrase-file", "-"], "open sesame\r\n");
    assert_eq!(folder.text("a.pem"), folder.text("rsa.pem"));

    folder.converted(&["ed25519.pem", "-o", "b.ppk", "--passphrase-file", "-"], "열려라 참깨");
    assert!(folder.text("b.ppk").contains("\nArgon2-Memory: 8192\nArgon2-Passes: 13\n"));
    let both = ["b.ppk", "-o", "b.pem", "--input-passphrase-file", "-", "--passphrase-file", "passphrase"];
    folder.converted(&both, "열려라 참깨\n");
    assert!(folder.text("b.pem").starts_with("-----BEGIN OPENSSH PRIVATE KEY-----\n"));
    folder.converted(&["b.pem", "-o", "c.ppk", "--input-passphrase-file", "passphrase"], "");
    folder.converted(&["c.ppk", "-o", "c.pem"], "");
    assert!(folder.holds_the_same_key("c.pem", "ed25519.pem"));
}

#[test]
fn a_file_that_is_there_stays_unless_its_replacement_was_ordered() {
    let folder = Folder::new();
    std::fs::write(folder.path("x.ppk"), "mine").unwrap();
    let said = folder.failed(&["rsa.pem", "-o", "x.ppk"], 1);
    assert!(said.contains("x.ppk exists already") && said.contains("--force"), "{said}");
    assert_eq!(folder.text("x.ppk"), "mine");
    folder.converted(&["rsa.pem", "-o", "x.ppk", "--force"], "");
    assert!(folder.text("x.ppk").starts_with("PuTTY-User-Key-File-3: ssh-rsa\n"));
    let said = folder.failed(&["rsa.pem", "-o", "rsa.pem", "--force"], 1);
    assert!(said.contains("the file to read and the file to write"), "{said}");
}

#[cfg(unix)]
#[test]
fn the_new_file_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.converted(&["rsa.pem", "-o", "x.ppk"], "");
    assert_eq!(std::fs::metadata(folder.path("x.ppk")).unwrap().permissions().mode() & 0o7777, 0o400);
}

#[test]
fn what_cannot_be_converted_is_said_in_three_lines_and_leaves_nothing() {
    let folder = Folder::new();
    folder.converted(&["rsa.pem", "-o", "closed.ppk", "--passphrase-file", "passphrase"], "");
    folder.converted(&["rsa.pem", "-o", "open.ppk"], "");
    let open = folder.text("open.ppk");
    std::fs::write(folder.path("changed.ppk"), open.replace("Comment: ", "Comment: x")).unwrap();
    std::fs::write(folder.path("cut.ppk"), &open[..open.len() / 2]).unwrap();
    std::fs::write(folder.path("text"), "hello\n").unwrap();
    for (arguments, words) in [
        // Without a terminal nobody can be asked.
        (&["closed.ppk", "-o", "x"][..], "is encrypted.\nGive its passphrase (--input-passphrase-file"),
        (&["closed.ppk", "-o", "x", "--input-passphrase-file", "wrong"], "The passphrase does not open closed.ppk"),
        (&["open.ppk", "-o", "x", "--passphrase-file", "empty"], "The passphrase for the new file is empty."),
        (&["open.ppk", "-o", "x", "--passphrase-file", "missing"], "missing: "),
        (&["changed.ppk", "-o", "x"], "changed.ppk was changed after it was written"),
        (&["cut.ppk", "-o", "x"], "cut.ppk ends too early"),
        (&["text", "-o", "x"], "text holds no key"),
        (&["missing", "-o", "x"], "missing: "),
        (&[".", "-o", "x"], "is not a regular file"),
        (&["rsa.pem", "-o", "missing/x.ppk"], "missing/x.ppk: "),
    ] {
        let said = folder.failed(arguments, 1);
        assert!(said.starts_with("ec2deck: The key was not converted.\n") && said.contains(words), "{said}");
    }
}

#[test]
fn bad_usage_is_one_line() {
    let folder = Folder::new();
    for (arguments, words) in [
        (&[][..], "required"),
        (&["rsa.pem"], "--output"),
        (&["rsa.pem", "-o", "x", "--ppk-version", "1"], "--ppk-version"),
        (&["rsa.pem", "-o", "x", "--passphrase-file", "-", "--input-passphrase-file", "-"], "standard input"),
    ] {
        let said = folder.failed(arguments, 2);
        assert!(said.lines().count() == 1 && said.contains(words), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_passphrase_is_asked_for_and_not_shown() {
    let folder = Folder::new();
    folder.converted(&["rsa.pem", "-o", "closed.ppk", "--passphrase-file", "passphrase"], "");
    for (typed, status, words) in
        [("open sesame\n", 0, "back.pem: PEM key, SHA256:"), ("xyzzy\n", 1, "does not open closed.ppk")]
    {
        let _ = std::fs::remove_file(folder.path("back.pem"));
        let script = r#"
            before=$(stty -g)
            "$PROGRAM" convert-key closed.ppk -o back.pem
            status=$?
            if [ "$before" = "$(stty -g)" ]; then modes=same; else modes=other; fi
            echo "ended with $status, modes: $modes."
        "#;
        let variables = [("PROGRAM", env!("CARGO_BIN_EXE_ec2deck"))];
        let mut pty = crate::pty::Pty::run(script, folder.0.path(), &variables);
        pty.wait_until("the question", |screen| screen.contents().contains("Passphrase of closed.ppk:"));
        pty.wait_until_silent();
        pty.type_keys(typed);
        let screen = pty.wait_until("the end", |screen| screen.contents().contains("modes: "));
        let contents = screen.contents();
        assert!(contents.contains(&format!("ended with {status}, modes: same.")), "{contents}");
        assert!(contents.contains(words) && !contents.contains(typed.trim_end()), "{contents}");
        assert_eq!(folder.path("back.pem").exists(), status == 0);
    }
}
