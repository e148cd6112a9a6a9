//! `ec2deck convert-key`: the conversion of [`crate::keyfiles`], said in plain lines.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use zeroize::Zeroizing;

use crate::cli::{BadInput, ConvertKey};
use crate::domain::clean::clean;
use crate::domain::explain::{Explaining, explain};
use crate::domain::key_pair::{KeyFileForm, PpkVersion};
use crate::domain::problem::{Cause, LocalCause, Problem};
use crate::domain::secret::Secret;
use crate::keyfiles::{self, ConvertRequest, Converted};
use crate::text::Language;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "ExportKey";

/// Nobody types a passphrase as long as this.
const LONGEST: usize = 4096;

/// Standard input, as a file's name.
const STDIN: &str = "-";

/// Converts the key and says what came of it: one line on standard output, or up to three on standard error.
#[must_use]
pub fn run(words: ConvertKey) -> ExitCode {
    if [&words.passphrase_file, &words.input_passphrase_file].iter().all(|file| is_stdin(file.as_deref())) {
        BadInput::new("--passphrase-file and --input-passphrase-file cannot both be standard input").report();
        return ExitCode::from(BadInput::STATUS);
    }
    match converted(words) {
        Ok((converted, version)) => {
            let form = match (converted.form, version) {
                (KeyFileForm::Ppk, PpkVersion::V2) => "PuTTY key, version 2",
                (KeyFileForm::Ppk, PpkVersion::V3) => "PuTTY key, version 3",
                (KeyFileForm::OpenSsh, _) => "OpenSSH key",
                (KeyFileForm::Pem, _) => "PEM key",
            };
            let path = clean(&converted.path.display().to_string());
            // Nobody is left to hear that this cannot be said; the file is there.
            let _ = writeln!(io::stdout(), "{path}: {form}, {}", converted.fingerprint);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            report(&problem);
            ExitCode::FAILURE
        }
    }
}

fn converted(words: ConvertKey) -> Result<(Converted, PpkVersion), Problem> {
    let version = words.ppk_version.into();
    let mut request = ConvertRequest {
        from: words.from,
        to: words.output,
        input_passphrase: words.input_passphrase_file.as_deref().map(passphrase_in).transpose()?,
        output_passphrase: words.passphrase_file.as_deref().map(passphrase_in).transpose()?,
        ppk_version: version,
        force: words.force,
    };
    let asked = match keyfiles::convert(&request) {
        // Somebody is there to be asked.
        Err(problem) if needs_passphrase(&problem) && io::stdin().is_terminal() => ask(&request.from)?,
        outcome => return outcome.map(|converted| (converted, version)),
    };
    request.input_passphrase = Some(asked);
    keyfiles::convert(&request).map(|converted| (converted, version))
}

fn needs_passphrase(problem: &Problem) -> bool {
    matches!(problem.cause, Cause::Local(LocalCause::NeedsPassphrase(_)))
}

/// Asks on the terminal, without showing what is typed.
fn ask(path: &Path) -> Result<Secret, Problem> {
    let question = format!("Passphrase of {}: ", clean(&path.display().to_string()));
    rpassword::prompt_password(question).map(Secret::new).map_err(|error| refused(Path::new(""), &error))
}

fn is_stdin(file: Option<&Path>) -> bool {
    file.is_some_and(|file| file.as_os_str() == STDIN)
}

/// The first line of a file, without its end.
fn passphrase_in(file: &Path) -> Result<Secret, Problem> {
    let line =
        if is_stdin(Some(file)) { first_line(io::stdin().lock()) } else { File::open(file).and_then(first_line) };
    line.map(Secret::new).map_err(|error| refused(file, &error))
}

fn first_line(mut from: impl Read) -> io::Result<String> {
    // Full size from the start, so that no copy stays behind where it grew.
    let mut buffer = Zeroizing::new(vec![0; LONGEST]);
    let mut length = 0;
    while !buffer[..length].contains(&b'\n') {
        if length == buffer.len() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the first line is too long for a passphrase"));
        }
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let line = buffer[..length].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    std::str::from_utf8(line)
        .map(str::to_owned)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the passphrase is not UTF-8"))
}

fn refused(file: &Path, error: &io::Error) -> Problem {
    let path = clean(&file.display().to_string());
    Problem::local(OPERATION, LocalCause::System(path), clean(&error.to_string()))
}

/// What happened, why, and what to do next. The command line speaks English.
fn report(problem: &Problem) {
    let words = explain(problem, &Explaining { profile: "", region: None, sso: false, eligible: &[] });
    let mut stderr = io::stderr().lock();
    // Nobody is left to hear that this cannot be said.
    let _ = writeln!(stderr, "ec2deck: {}", words.what.say(Language::English));
    let _ = writeln!(stderr, "{}", words.why.say(Language::English));
    if let Some(next) = words.next {
        let _ = writeln!(stderr, "{}", next.say(Language::English));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_first_line_without_its_end() {
        for (file, expected) in [
            (&b"open sesame\n"[..], "open sesame"),
            (b"open sesame\r\n", "open sesame"),
            (b"open sesame", "open sesame"),
            (b" open \nsecond\n", " open "),
            (b"", ""),
            (b"\n", ""),
            ("열려라 참깨\n".as_bytes(), "열려라 참깨"),
        ] {
            assert_eq!(first_line(file).unwrap(), expected);
        }
        assert!(first_line(&[b'x'; LONGEST + 1][..]).is_err());
        assert!(first_line(&b"\xff\n"[..]).is_err());
    }
}
