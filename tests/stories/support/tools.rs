//! Other programs that the stories hold this one against: `ssh-keygen`, `openssl` and `puttygen`. Where one is missing,
//! its tests say so and pass; in CI they fail.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What came of running a program, or `None` where it is not installed.
#[expect(clippy::print_stderr, reason = "a test that shows nothing says so")]
pub fn outcome(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).stdin(Stdio::null()).output() {
        Ok(outcome) => Some(outcome),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(std::env::var_os("CI").is_none(), "{program} is not installed, and CI must not skip its tests");
            eprintln!("skipped: {program} is not installed");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// What a program printed. Fails when it did.
#[track_caller]
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let outcome = outcome(program, arguments)?;
    assert!(outcome.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&outcome.stderr));
    Some(String::from_utf8(outcome.stdout).expect("text"))
}

/// Algorithm and base64 of a public key line.
pub fn half(line: &str) -> String {
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// A path as an argument.
pub fn argument(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The permission bits of a file.
#[cfg(unix)]
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).expect("the file is there").permissions().mode() & 0o777
}

/// Sets the permission bits of a file, where files have any.
pub fn set_mode(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("the file is there");
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}
