//! The text around a key: `-----BEGIN ...-----`, base64, `-----END ...-----`.
//!
//! Taken apart here, not by the crates below, because they insist on lines of 64 characters and AWS has handed out
//! files with 76.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::error::KeyError;

/// The forms of key in such a text, by their first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    OpenSsh,
    Pkcs1,
    Pkcs8,
    EncryptedPkcs8,
    Sec1,
    Dsa,
}

impl Form {
    const ALL: [Self; 6] = [Self::OpenSsh, Self::Pkcs1, Self::Pkcs8, Self::EncryptedPkcs8, Self::Sec1, Self::Dsa];

    fn label(self) -> &'static str {
        match self {
            Self::OpenSsh => "OPENSSH PRIVATE KEY",
            Self::Pkcs1 => "RSA PRIVATE KEY",
            Self::Pkcs8 => "PRIVATE KEY",
            Self::EncryptedPkcs8 => "ENCRYPTED PRIVATE KEY",
            Self::Sec1 => "EC PRIVATE KEY",
            Self::Dsa => "DSA PRIVATE KEY",
        }
    }

    /// The form whose first line this is.
    pub(super) fn of_first_line(line: &str) -> Option<Self> {
        let label = label(line)?;
        Self::ALL.into_iter().find(|form| form.label() == label)
    }
}

/// `LABEL` of `-----BEGIN LABEL-----`.
pub(super) fn label(line: &str) -> Option<&str> {
    line.trim_start_matches('\u{feff}').trim().strip_prefix("-----BEGIN ")?.strip_suffix("-----")
}

/// What stands between the first and the last line.
pub(super) struct Armoured {
    /// `Name: value` lines, of the old encrypted form.
    pub(super) headers: Vec<(String, String)>,
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

impl Armoured {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }
}

/// Takes the armour off. The text begins with the armour's first line.
pub(super) fn open(text: &str) -> Result<Armoured, KeyError> {
    let mut lines = lines(text).map(str::trim).filter(|line| !line.is_empty());
    let label = lines.next().and_then(label).ok_or(KeyError::NotAKey)?;
    let end = format!("-----END {label}-----");
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    let mut headers = Vec::new();
    loop {
        match lines.next().ok_or(KeyError::Truncated)? {
            line if line == end => break,
            line if line.starts_with("-----") => {
                // A last line that was cut off, or another file's.
                return Err(if end.starts_with(line) { KeyError::Truncated } else { KeyError::Damaged(OTHER_END) });
            }
            line => match line.split_once(':') {
                Some((name, value)) => headers.push((name.trim().to_owned(), value.trim().to_owned())),
                None => base64.push_str(line),
            },
        }
    }
    let bytes = Base64::decode_vec(&base64).map_err(|_| KeyError::Damaged("the key is not base64"))?;
    Ok(Armoured { headers, bytes: Zeroizing::new(bytes) })
}

const OTHER_END: &str = "the last line names another form than the first";

/// The lines of a text, however they end: LF, CR LF or CR alone.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_form() {
        for (line, form) in [
            ("-----BEGIN OPENSSH PRIVATE KEY-----", Some(Form::OpenSsh)),
            ("-----BEGIN RSA PRIVATE KEY-----\r", Some(Form::Pkcs1)),
            ("\u{feff}-----BEGIN PRIVATE KEY-----", Some(Form::Pkcs8)),
            ("-----BEGIN EC PRIVATE KEY-----", Some(Form::Sec1)),
            ("-----BEGIN PUBLIC KEY-----", None),
            ("-----BEGIN CERTIFICATE-----", None),
            ("ssh-ed25519 AAAA", None),
            ("", None),
        ] {
            assert_eq!(Form::of_first_line(line), form, "{line}");
        }
    }

    #[test]
    fn lines_end_in_any_way() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r"] {
            assert_eq!(lines(text).filter(|line| !line.is_empty()).collect::<Vec<_>>(), ["a", "b"], "{text:?}");
        }
    }

    #[test]
    fn headers_and_bytes_come_apart() {
        let text = "-----BEGIN X-----\nA: b\nC:d\n\nAAEC\n-----END X-----\n";
        let open = open(text).unwrap();
        assert_eq!((open.header("A"), open.header("C"), open.header("D")), (Some("b"), Some("d"), None));
        assert_eq!(*open.bytes, [0, 1, 2]);
    }

    #[test]
    fn a_text_that_ends_too_early_says_so() {
        for text in ["-----BEGIN X-----", "-----BEGIN X-----\nAAEC\n", "-----BEGIN X-----\nAAEC\n-----END X"] {
            assert!(matches!(open(text), Err(KeyError::Truncated)), "{text}");
        }
        for text in ["-----BEGIN X-----\n%\n-----END X-----", "-----BEGIN X-----\nAAEC\n-----END Y-----"] {
            assert!(matches!(open(text), Err(KeyError::Damaged(_))), "{text}");
        }
        assert!(matches!(open("hello"), Err(KeyError::NotAKey)));
    }
}
