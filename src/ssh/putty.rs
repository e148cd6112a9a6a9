//! Saved sessions of PuTTY: where this machine keeps them, and writing them there.
//!
//! Source: PuTTY 0.78, `unix/storage.c`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::refused;
use crate::domain::clean::clean;
use crate::domain::key_pair::{PpkVersion, same_public_key};
use crate::domain::login::Login;
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::putty::{PuttySession, PuttyWritten, registry_file};
use crate::domain::secret::Secret;
use crate::keyfiles::{self, ConvertRequest};
use crate::platform::folders;
use crate::platform::replace::replace;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "WritePuttySession";

/// Where PuTTY looks for sessions on Unix; on Windows, where sessions are in the registry, the folder for `.reg` files.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    if cfg!(windows) {
        return Some(folders::config()?.join("putty"));
    }
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    Some(sessions_folder(variable, &folders::home()?))
}

/// `$PUTTYSESSIONS`, else `$PUTTYDIR/sessions`, else `putty/sessions` in the configuration folder if `putty` is there,
/// else `~/.putty/sessions`.
fn sessions_folder(variable: impl Fn(&str) -> Option<OsString>, home: &Path) -> PathBuf {
    if let Some(sessions) = variable("PUTTYSESSIONS") {
        return sessions.into();
    }
    if let Some(folder) = variable("PUTTYDIR") {
        return PathBuf::from(folder).join("sessions");
    }
    let config = variable("XDG_CONFIG_HOME").map_or_else(|| home.join(".config"), PathBuf::from).join("putty");
    let putty = if config.is_dir() { config } else { home.join(".putty") };
    putty.join("sessions")
}

/// Writes a session, replacing an older one of the same instance: on Unix where PuTTY finds it, on Windows as a `.reg`
/// file that [`crate::domain::putty::import_arguments`] brings into the registry. PuTTY reads no other private keys than
/// its own, so the login's key is converted to a `.ppk` file beside it, unless one is there that holds the same key. An
/// encrypted key becomes an encrypted `.ppk` file with the same passphrase.
///
/// # Errors
/// [`LocalCause::FileExists`] when the `.ppk` file holds another key, or the session of this name leads elsewhere:
/// neither is ever replaced.
/// [`LocalCause::NeedsPassphrase`] and the other causes of a conversion, [`LocalCause::Login`] for a path that PuTTY's
/// files cannot hold, else what the system says. Then no session is written.
pub fn write(
    folder: &Path,
    name: &str,
    login: &Login,
    host_keys: Vec<String>,
    passphrase: Option<Secret>,
) -> Result<PuttyWritten, Problem> {
    let named = PuttySession::new(name, login.clone(), None)
        .map_err(|problem| Problem::local(OPERATION, LocalCause::Login(problem), ""))?;
    let file = folder.join(named.file_name());
    if leads_elsewhere(&file, login) {
        return Err(Problem::local(OPERATION, LocalCause::FileExists(clean(&file.display().to_string())), ""));
    }
    let (key, key_is_new) = match login.key() {
        Some(key) => putty_key(key.path(), passphrase).map(|(path, new)| (Some(path), new))?,
        None => (None, false),
    };
    let session = PuttySession::new(name, login.clone(), key.as_deref())
        .map_err(|problem| Problem::local(OPERATION, LocalCause::Login(problem), ""))?
        .with_host_keys(host_keys);
    let (file, content) = if cfg!(windows) {
        (format!("{}.reg", session.file_name()), registry_file(std::slice::from_ref(&session)))
    } else {
        (session.file_name(), session.file_text().into_bytes())
    };
    let path = folder.join(file);
    replace(&path, &content).map_err(|error| refused(OPERATION, &path, &error))?;
    Ok(PuttyWritten { session: path, key, key_is_new })
}

/// The `.ppk` file of a private key, and whether it is new.
fn putty_key(key: &Path, passphrase: Option<Secret>) -> Result<(PathBuf, bool), Problem> {
    if key.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ppk")) {
        return Ok((key.to_owned(), false));
    }
    let path = key.with_extension("ppk");
    let public = |path: &Path| keyfiles::read(path).and_then(|key| key.public_key);
    if let (Some(ours), Some(there)) = (public(key), public(&path))
        && same_public_key(&ours, &there)
    {
        return Ok((path, false));
    }
    let request = ConvertRequest {
        from: key.to_owned(),
        to: path,
        input_passphrase: passphrase.clone(),
        output_passphrase: passphrase,
        ppk_version: PpkVersion::default(),
        force: false,
    };
    keyfiles::convert(&request).map(|converted| (converted.path, true))
}

/// Whether a file of this name is a session that leads elsewhere, by [`PuttySession`]'s own mark: the instance's id.
fn leads_elsewhere(file: &Path, login: &Login) -> bool {
    let ours = format!("LogHost={}", login.instance());
    !cfg!(windows)
        && std::fs::read(file).is_ok_and(|old| !String::from_utf8_lossy(&old).lines().any(|line| line == ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_follows_puttys_own_rules() {
        let home = tempfile::tempdir().unwrap();
        let folder = |set: &[(&str, &str)]| {
            let set: Vec<(String, OsString)> =
                set.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
            sessions_folder(|name| set.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()), home.path())
        };
        assert_eq!(folder(&[("PUTTYSESSIONS", "/s"), ("PUTTYDIR", "/d")]), Path::new("/s"));
        assert_eq!(folder(&[("PUTTYDIR", "/d")]), Path::new("/d/sessions"));
        assert_eq!(folder(&[]), home.path().join(".putty/sessions"));
        let elsewhere = home.path().join("xdg");
        assert_eq!(folder(&[("XDG_CONFIG_HOME", elsewhere.to_str().unwrap())]), home.path().join(".putty/sessions"));
        std::fs::create_dir_all(elsewhere.join("putty")).unwrap();
        std::fs::create_dir_all(home.path().join(".config/putty")).unwrap();
        assert_eq!(folder(&[("XDG_CONFIG_HOME", elsewhere.to_str().unwrap())]), elsewhere.join("putty/sessions"));
        assert_eq!(folder(&[]), home.path().join(".config/putty/sessions"));
    }
}
