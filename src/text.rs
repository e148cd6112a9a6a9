//! Texts that a person reads, in English and Korean, from `assets/locales` (Fluent files, compiled in).
//!
//! State holds a [`Text`] (a key and its arguments), never a finished sentence: the language is chosen where it is
//! drawn. `text!("key", name = value)` makes one; `tr!(language, "key", name = value)` makes the sentence at once.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static LOCALES = {
        locales: "./assets/locales",
        fallback_language: "en",
        // Isolation marks are invisible characters that a terminal counts as cells.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");
static KOREAN: LanguageIdentifier = langid!("ko");

/// A language that every text exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `en`
    #[default]
    English,
    /// `ko`, in the terms of the Korean AWS console.
    Korean,
}

impl Language {
    /// The language of a locale's name as in `LANG` (`ko_KR.UTF-8`, `ko`, `C`).
    #[must_use]
    pub fn of_locale(name: &str) -> Self {
        if name.split(['_', '.', '-', '@']).next() == Some("ko") { Self::Korean } else { Self::English }
    }

    /// The sentence behind a key that takes no arguments.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        LOCALES.lookup(self.id(), key)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::English => &ENGLISH,
            Self::Korean => &KOREAN,
        }
    }
}

/// A text before its language is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    key: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// What stands in a text's gaps.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A name, an id, an address.
    Words(String),
    /// A number that decides between singular and plural.
    Count(i64),
    /// A text of its own, said in the same language.
    Text(Box<Text>),
}

impl Text {
    /// The text behind a key; prefer the `text!` macro, which the test on unused texts can see.
    #[must_use]
    pub fn new(key: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        Self { key, arguments }
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The finished sentence.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        if self.arguments.is_empty() {
            return language.say(self.key);
        }
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = self
            .arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Argument::Words(words) => FluentValue::from(words.as_str()),
                    Argument::Count(count) => FluentValue::from(*count),
                    Argument::Text(text) => FluentValue::from(text.say(language)),
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        LOCALES.lookup_with_args(language.id(), self.key, &arguments)
    }
}

macro_rules! counts {
    ($($number:ty),+) => {$(
        impl From<$number> for Argument {
            fn from(count: $number) -> Self {
                Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )+};
}
counts!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! words {
    ($($kind:ty),+) => {$(
        impl From<$kind> for Argument {
            fn from(words: $kind) -> Self {
                Self::Words(words.to_string())
            }
        }
    )+};
}
words!(
    &str,
    &String,
    char,
    std::net::IpAddr,
    std::net::Ipv4Addr,
    &std::net::Ipv4Addr,
    &crate::domain::id::InstanceId,
    &crate::domain::id::GroupId,
    &crate::domain::id::ImageId,
    &crate::domain::id::VpcId,
    &crate::domain::id::SubnetId,
    &crate::domain::id::VolumeId,
    &crate::domain::id::SnapshotId,
    &crate::domain::id::AllocationId,
    &crate::domain::id::InterfaceId,
    &crate::domain::id::RuleId,
    &crate::domain::id::PrefixListId,
    &crate::domain::id::RouteTableId,
    &crate::domain::id::NetworkAclId,
    &crate::domain::region::Region
);

impl From<String> for Argument {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Self {
        Self::Text(Box::new(text))
    }
}

/// Makes a [`Text`]: `text!("key")` or `text!("key", name = value, ...)`.
#[macro_export]
macro_rules! text {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Text::new($key, vec![$((stringify!($name), $crate::text::Argument::from($value))),*])
    };
}

/// Makes the finished sentence: `tr!(language, "key", name = value, ...)`.
#[macro_export]
macro_rules! tr {
    ($language:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text!($key $(, $name = $value)*).say($language)
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_name_chooses_the_language() {
        for (name, language) in [
            ("ko_KR.UTF-8", Language::Korean),
            ("ko", Language::Korean),
            ("en_US.UTF-8", Language::English),
            ("C", Language::English),
            ("kok_IN", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_locale(name), language, "{name}");
        }
    }
}
