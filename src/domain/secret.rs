//! A passphrase on its way from the person to the key files.

use std::fmt;

use zeroize::Zeroizing;

/// A passphrase: wiped from memory when it is dropped, and never shown, not even by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over; no copy of it stays behind.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The passphrase.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its bytes, as key derivation takes them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether it is no passphrase at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_wiped_when_it_is_dropped() {
        fn wipes<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        let Secret(text) = Secret::new("open sesame".to_owned());
        wipes(&text);
    }

    #[test]
    fn it_is_never_shown() {
        let secret = Secret::new("open sesame".to_owned());
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(..) Some(Secret(..))");
        assert_eq!((secret.as_str(), secret.as_bytes()), ("open sesame", &b"open sesame"[..]));
        assert_eq!(secret, secret.clone());
        assert!(!secret.is_empty() && Secret::new(String::new()).is_empty());
    }
}
