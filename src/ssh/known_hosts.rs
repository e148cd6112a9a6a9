//! This program's own known hosts: a host key belongs to an instance, so its line bears the instance's id and no
//! address.
//!
//! ssh itself reads this file and adds to it at a first contact.

use std::fmt::Write;
use std::path::Path;

use ssh_key::{HashAlg, PublicKey};

use super::{read_or_empty, refused, text_of};
use crate::domain::host_keys::{HostKey, HostKeyKind};
use crate::domain::id::InstanceId;
use crate::domain::login::SshPath;
use crate::domain::problem::{LocalCause, Problem};
use crate::platform::replace::replace;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "KnownHosts";

/// Makes the file and its folder, both for their owner alone, unless they are there: ssh would make the file readable
/// by others, and not make the folder at all. To be called before ssh is, which is why the path for ssh comes from here.
///
/// # Errors
/// What the system says of the file; [`LocalCause::Login`] for a path that ssh cannot be told.
pub fn prepare(file: &Path) -> Result<SshPath, Problem> {
    let path = SshPath::of_file(file).map_err(|problem| Problem::local(OPERATION, LocalCause::Login(problem), ""))?;
    if !file.exists() {
        write(file, "")?;
    }
    Ok(path)
}

/// The keys that are known of an instance; none when there is no file yet.
///
/// # Errors
/// What the system says of the file.
pub fn known(file: &Path, instance: &InstanceId) -> Result<Vec<HostKey>, Problem> {
    // Nothing is written here, so bytes that are no text do no harm.
    let bytes = read_or_empty(file).map_err(|error| refused(OPERATION, file, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().filter(|line| is_of(line, instance)).filter_map(key_in).collect())
}

/// Records keys of an instance; those that are there already are not written twice. A key that has changed must be
/// forgotten first: nothing is replaced here.
///
/// # Errors
/// What the system says of the file.
pub fn record(file: &Path, instance: &InstanceId, keys: &[HostKey]) -> Result<(), Problem> {
    let mut text = text(file)?;
    let there = known(file, instance)?;
    let mut added = false;
    for key in keys.iter().filter(|key| !there.contains(key)) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{instance} {} {}", key.algorithm, key.base64);
        added = true;
    }
    if added { write(file, &text) } else { Ok(()) }
}

/// Forgets all keys of an instance; says how many there were.
///
/// # Errors
/// What the system says of the file.
pub fn forget(file: &Path, instance: &InstanceId) -> Result<usize, Problem> {
    let before = text(file)?;
    let after: String = before.split_inclusive('\n').filter(|line| !is_of(line, instance)).collect();
    let forgotten = before.lines().filter(|line| is_of(line, instance)).count();
    if forgotten > 0 {
        write(file, &after)?;
    }
    Ok(forgotten)
}

fn text(file: &Path) -> Result<String, Problem> {
    let bytes = read_or_empty(file).map_err(|error| refused(OPERATION, file, &error))?;
    text_of(OPERATION, file, bytes)
}

fn write(file: &Path, text: &str) -> Result<(), Problem> {
    replace(file, text.as_bytes()).map_err(|error| refused(OPERATION, file, &error))
}

fn is_of(line: &str, instance: &InstanceId) -> bool {
    line.split_ascii_whitespace().next() == Some(instance.as_str())
}

/// The key in a line `NAME ALGORITHM KEY`, as known-hosts files and `ssh-keyscan` have it.
pub(super) fn key_in(line: &str) -> Option<HostKey> {
    let mut words = line.split_ascii_whitespace().skip(1);
    let (algorithm, base64) = (words.next()?, words.next()?);
    let kind = HostKeyKind::of_algorithm(algorithm)?;
    let key = PublicKey::from_openssh(&format!("{algorithm} {base64}")).ok()?;
    let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
    Some(HostKey { kind, algorithm: algorithm.to_owned(), base64: base64.to_owned(), fingerprint })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlUDfPIGnx6CjjYztRyL8velnpj66juJBR08Q6RKeXB";

    fn web() -> InstanceId {
        InstanceId::new("i-0123456789abcdef0")
    }

    #[test]
    fn keys_are_recorded_once_and_forgotten_together() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/known_hosts");
        assert_eq!(known(&file, &web()).unwrap(), []);
        assert_eq!(forget(&file, &web()).unwrap(), 0);
        let key = key_in(&format!("x {ED25519}")).unwrap();
        record(&file, &web(), std::slice::from_ref(&key)).unwrap();
        record(&file, &web(), std::slice::from_ref(&key)).unwrap();
        record(&file, &InstanceId::new("i-0123456789abcdef00"), std::slice::from_ref(&key)).unwrap();
        assert_eq!(known(&file, &web()).unwrap(), [key]);
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 2);
        assert_eq!(forget(&file, &web()).unwrap(), 1);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("i-0123456789abcdef00 {ED25519}\n"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known_hosts");
        record(&file, &web(), &[key_in(&format!("x {ED25519}")).unwrap()]).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_ssh_is_to_write_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/known_hosts");
        assert_eq!(prepare(&file).unwrap().path(), file);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&file, "# mine\n").unwrap();
        prepare(&file).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\n");
        assert!(prepare(Path::new("known_hosts")).is_err());
    }

    #[test]
    fn a_line_that_does_not_end_stays_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known_hosts");
        std::fs::write(&file, "# mine").unwrap();
        record(&file, &web(), &[key_in(&format!("x {ED25519}")).unwrap()]).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("# mine\ni-0123456789abcdef0 {ED25519}\n"));
    }

    #[test]
    fn bytes_that_are_no_text_are_not_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known_hosts");
        let before = [b"# caf\xe9\n".as_slice(), web().as_str().as_bytes(), b" ", ED25519.as_bytes(), b"\n"].concat();
        std::fs::write(&file, &before).unwrap();
        assert_eq!(known(&file, &web()).unwrap().len(), 1);
        let key = key_in(&format!("x {ED25519}")).unwrap();
        assert!(record(&file, &InstanceId::new("i-1"), &[key]).is_err());
        assert!(forget(&file, &web()).is_err());
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[test]
    fn what_is_no_key_is_none() {
        for line in ["", "x", "x ssh-ed25519", "x ssh-ed25519 AAAA", "x ssh-dss AAAA", "# x ssh-ed25519 AAAA"] {
            assert_eq!(key_in(line), None, "{line}");
        }
    }
}
