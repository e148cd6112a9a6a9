//! Other programs that tests hold this one against: `ssh-keygen`, `openssl` and `puttygen`. Where one is missing, its
//! tests say so and pass; in CI they fail.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the program printed, or `None` where it is not installed.
pub(super) fn output(program: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    let outcome = match Command::new(program).args(arguments).stdin(Stdio::null()).output() {
        Ok(outcome) => outcome,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(std::env::var_os("CI").is_none(), "{program} is not installed, and CI must not skip its tests");
            eprintln!("skipped: {program} is not installed");
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    assert!(outcome.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&outcome.stderr));
    Some(outcome.stdout)
}

/// The words of what it printed.
pub(super) fn words(program: &str, arguments: &[&str]) -> Option<Vec<String>> {
    let text = String::from_utf8(output(program, arguments)?).unwrap();
    Some(text.split_whitespace().map(str::to_owned).collect())
}

/// Writes a file as ssh wants it: closed to others.
pub(super) fn write_private(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}
