//! Saved sessions of PuTTY: files of `Key=value` lines on Unix, the registry on Windows.
//!
//! Source: PuTTY 0.78, `unix/storage.c`, `windows/storage.c` and `settings.c`. A value that is missing takes PuTTY's
//! default, so a session is only what differs.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::id::InstanceId;
use super::login::{Login, LoginProblem, SshPath};

/// Where PuTTY keeps sessions in the Windows registry.
const REGISTRY_KEY: &str = r"HKEY_CURRENT_USER\Software\SimonTatham\PuTTY\Sessions";

/// One saved session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PuttySession {
    name: String,
    login: Login,
    key: Option<SshPath>,
    host_keys: Vec<String>,
}

impl PuttySession {
    /// A session named `name` (an alias of [`super::ssh_hosts`]) for a login. `key` is the private key in PuTTY's own
    /// format, which is the only one that it reads.
    ///
    /// # Errors
    /// When the path of the key cannot be written in one line.
    pub fn new(name: &str, login: Login, key: Option<&Path>) -> Result<Self, LoginProblem> {
        let key = key.map(SshPath::of_key).transpose()?;
        Ok(Self { name: name.to_owned(), login, key, host_keys: Vec::new() })
    }

    /// The same, accepting host keys with these fingerprints (`SHA256:...`) and no others: those that the instance's
    /// console has told. Without any, PuTTY asks at the first contact.
    #[must_use]
    pub fn with_host_keys(mut self, fingerprints: impl IntoIterator<Item = String>) -> Self {
        self.host_keys = fingerprints.into_iter().collect();
        self
    }

    /// What it is called in PuTTY's list.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The instance that it leads to.
    #[must_use]
    pub fn instance(&self) -> &InstanceId {
        self.login.instance()
    }

    /// The name of its file on Unix: every byte outside letters, digits and `+-.@_` as `%XX`.
    #[must_use]
    pub fn file_name(&self) -> String {
        escaped(&self.name, |byte| byte.is_ascii_alphanumeric() || b"+-.@_".contains(&byte))
    }

    /// The content of its file on Unix.
    #[must_use]
    pub fn file_text(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.values() {
            let _ = match value {
                Value::Words(words) => writeln!(text, "{name}={words}"),
                Value::Number(number) => writeln!(text, "{name}={number}"),
            };
        }
        text
    }

    /// What differs from PuTTY's defaults.
    fn values(&self) -> Vec<(&'static str, Value)> {
        let words = |words: &str| Value::Words(words.to_owned());
        let mut values = vec![
            ("Present", Value::Number(1)),
            ("HostName", words(self.login.host())),
            ("PortNumber", Value::Number(u32::from(self.login.port()))),
            ("Protocol", words("ssh")),
            ("UserName", words(self.login.user())),
            // The name under which PuTTY keeps the host key: the instance, not its address.
            ("LogHost", words(self.login.instance().as_str())),
        ];
        if let Some(key) = &self.key {
            values.push(("PublicKeyFile", words(key.as_str())));
        }
        if !self.host_keys.is_empty() {
            values.push(("SSHManualHostKeys", Value::Words(self.host_keys.join(","))));
        }
        values
    }

    fn registry_text(&self, text: &mut String) {
        let name = escaped(&self.name, |byte| matches!(byte, b'!'..=b'~') && !br"\*?%".contains(&byte));
        // A key must not begin with a dot.
        let name = name.strip_prefix('.').map_or(name.clone(), |rest| format!("%2E{rest}"));
        let _ = write!(text, "\r\n[{REGISTRY_KEY}\\{name}]\r\n");
        for (name, value) in self.values() {
            let _ = match value {
                Value::Words(words) => {
                    let words = words.replace('\\', r"\\").replace('"', "\\\"");
                    write!(text, "\"{name}\"=\"{words}\"\r\n")
                }
                Value::Number(number) => write!(text, "\"{name}\"=dword:{number:08x}\r\n"),
            };
        }
    }
}

/// What was written for PuTTY.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PuttyWritten {
    /// The session's file; on Windows a `.reg` file.
    pub session: PathBuf,
    /// The key in PuTTY's format.
    pub key: Option<PathBuf>,
    /// Whether the key's file was made on the way.
    pub key_is_new: bool,
}

/// The arguments for `reg.exe`, which brings a `.reg` file into the registry: only with the person's consent.
#[must_use]
pub fn import_arguments(file: &Path) -> Vec<OsString> {
    vec!["import".into(), file.into()]
}

/// A setting's value.
enum Value {
    Words(String),
    Number(u32),
}

/// A `.reg` file with these sessions, as regedit writes such files: UTF-16, little endian, with a byte order mark, and
/// lines that end with CR LF.
#[must_use]
pub fn registry_file(sessions: &[PuttySession]) -> Vec<u8> {
    let mut text = String::from("\u{feff}Windows Registry Editor Version 5.00\r\n");
    for session in sessions {
        session.registry_text(&mut text);
    }
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn escaped(name: &str, is_plain: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::with_capacity(name.len());
    for byte in name.bytes() {
        if is_plain(byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::login::LoginParts;

    fn session(name: &str, key: Option<&Path>) -> PuttySession {
        let login = Login::new(LoginParts {
            instance: InstanceId::new("i-0123456789abcdef0"),
            host: "203.0.113.10".to_owned(),
            port: 2222,
            user: "ec2-user".to_owned(),
            key: None,
            jump: None,
        });
        PuttySession::new(name, login.unwrap(), key).unwrap()
    }

    #[test]
    fn a_session_on_unix_is_a_file_of_lines() {
        let web = session("my ec2/web", Some(Path::new("/home/me/.ssh/my key.ppk")));
        assert_eq!(web.file_name(), "my%20ec2%2Fweb");
        assert_eq!(
            web.with_host_keys(["SHA256:abc".to_owned(), "SHA256:def".to_owned()]).file_text(),
            "Present=1\nHostName=203.0.113.10\nPortNumber=2222\nProtocol=ssh\nUserName=ec2-user\n\
             LogHost=i-0123456789abcdef0\nPublicKeyFile=/home/me/.ssh/my key.ppk\n\
             SSHManualHostKeys=SHA256:abc,SHA256:def\n"
        );
    }

    #[test]
    fn a_session_on_windows_is_a_registry_file() {
        let bytes = registry_file(&[session(r".my\ec2 *", Some(Path::new("/k/a\\b\"c.ppk")))]);
        assert_eq!(bytes[..4], [0xff, 0xfe, b'W', 0]);
        let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        assert_eq!(
            String::from_utf16(&units[1..]).unwrap().replace("\r\n", "\n"),
            r#"Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\SimonTatham\PuTTY\Sessions\%2Emy%5Cec2%20%2A]
"Present"=dword:00000001
"HostName"="203.0.113.10"
"PortNumber"=dword:000008ae
"Protocol"="ssh"
"UserName"="ec2-user"
"LogHost"="i-0123456789abcdef0"
"PublicKeyFile"="/k/a\\b\"c.ppk"
"#
        );
    }

    #[test]
    fn a_key_whose_path_would_break_the_line_is_refused() {
        let login = session("web", None).login;
        assert!(PuttySession::new("web", login, Some(Path::new("/k/a\nProxyMethod=5"))).is_err());
    }
}
