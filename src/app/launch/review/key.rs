//! The key pair of a launch: an existing one, a new one, or none.

use crate::app::form::Field;
use crate::app::inventory::Inventory;
use crate::domain::instance::Platform;
use crate::domain::key_pair::{self, KeyKind, KeyNameProblem, KeyPair};
use crate::domain::launch_plan::KeyChoice;
use crate::text;
use crate::text::Text;

/// Which way to a key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMode {
    /// Generated on this machine; only its public half goes to AWS.
    New,
    /// One that AWS has.
    Existing,
    /// Nobody can log in with a key.
    None,
}

/// The answers about the key pair.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPart {
    /// Which way.
    pub mode: KeyMode,
    /// Name of a new one.
    pub name: Field,
    /// Name of the chosen existing one.
    pub pair: Option<String>,
    mode_touched: bool,
    name_touched: bool,
}

impl Default for KeyPart {
    fn default() -> Self {
        Self {
            mode: KeyMode::New,
            name: Field::text("key-name", "review-key-name", "", 255),
            pair: None,
            mode_touched: false,
            name_touched: false,
        }
    }
}

impl KeyPart {
    /// Fits the defaults to the answers before this step and to what exists; what the person has chosen stays.
    ///
    /// `ours` is the name of a key pair that an unfinished try of this launch has made: it is not taken.
    pub fn fit(&mut self, platform: Platform, instance_name: &str, ours: Option<&str>, inventory: &Inventory) {
        let offered = Self::offered(platform, inventory);
        if self.pair.as_ref().is_none_or(|name| !offered.iter().any(|pair| pair.name == *name)) {
            self.pair = offered.first().map(|pair| pair.name.clone());
        }
        if !self.mode_touched {
            let usable = offered.first().is_some_and(|pair| inventory.local_key_of(pair).is_some());
            self.mode = if usable { KeyMode::Existing } else { KeyMode::New };
        }
        if self.mode == KeyMode::Existing && self.pair.is_none() && inventory.key_pairs.is_known() {
            self.mode = KeyMode::New;
        }
        if !self.name_touched {
            let wanted = free_name(&default_name(instance_name), ours, inventory);
            if self.name.value() != wanted {
                self.name.set_value(&wanted);
            }
        }
    }

    /// The key pairs that the system of the image takes: those whose private key is here first, then by name.
    #[must_use]
    pub fn offered(platform: Platform, inventory: &Inventory) -> Vec<&KeyPair> {
        let fits = |pair: &&KeyPair| platform != Platform::Windows || pair.kind == KeyKind::Rsa;
        let mut pairs: Vec<_> = inventory.key_pairs.rows.iter().filter(fits).collect();
        pairs.sort_by_cached_key(|pair| (inventory.local_key_of(pair).is_none(), pair.name.clone()));
        pairs
    }

    /// The algorithm of a new key: Windows images take RSA only.
    #[must_use]
    pub fn kind_for(platform: Platform) -> KeyKind {
        if platform == Platform::Windows { KeyKind::Rsa } else { KeyKind::Ed25519 }
    }

    /// The answer.
    #[must_use]
    pub fn choice(&self, platform: Platform) -> KeyChoice {
        match (self.mode, &self.pair) {
            (KeyMode::None, _) => KeyChoice::None,
            (KeyMode::Existing, Some(name)) => KeyChoice::Existing(name.clone()),
            (KeyMode::New | KeyMode::Existing, _) => {
                KeyChoice::New { name: self.name.value().to_owned(), kind: Self::kind_for(platform) }
            }
        }
    }

    /// Another way to a key pair; existing ones are passed by when there are none.
    pub fn turn_mode(&mut self, step: isize, platform: Platform, inventory: &Inventory) {
        let mut modes = vec![KeyMode::New, KeyMode::Existing, KeyMode::None];
        if Self::offered(platform, inventory).is_empty() {
            modes.retain(|mode| *mode != KeyMode::Existing);
        }
        self.mode = turned(&modes, &self.mode, step).unwrap_or(KeyMode::New);
        if self.pair.is_none() {
            self.pair = Self::offered(platform, inventory).first().map(|pair| pair.name.clone());
        }
        self.mode_touched = true;
    }

    /// Another existing key pair.
    pub fn turn_pair(&mut self, step: isize, platform: Platform, inventory: &Inventory) {
        let names: Vec<_> = Self::offered(platform, inventory).into_iter().map(|pair| pair.name.clone()).collect();
        self.pair = self.pair.as_ref().and_then(|name| turned(&names, name, step)).or_else(|| names.first().cloned());
        self.mode_touched = true;
    }

    /// Goes to the next existing key pair that begins with a letter.
    pub fn jump_to(&mut self, letter: char, platform: Platform, inventory: &Inventory) {
        let begins = |pair: &KeyPair| pair.name.chars().next().is_some_and(|c| c.eq_ignore_ascii_case(&letter));
        let offered = Self::offered(platform, inventory);
        let here = offered.iter().position(|pair| Some(&pair.name) == self.pair.as_ref()).map_or(0, |index| index + 1);
        let found = offered.iter().cycle().skip(here).take(offered.len()).find(|pair| begins(pair));
        if let Some(pair) = found {
            self.pair = Some(pair.name.clone());
            self.mode_touched = true;
        }
    }

    /// The person has written the name: it no longer follows the instance's.
    pub fn name_was_written(&mut self) {
        self.name_touched = true;
        self.mode_touched = true;
    }

    /// The choice is made: what arrives later changes it no more.
    pub fn keep(&mut self) {
        self.name_touched = true;
        self.mode_touched = true;
    }

    /// Whether the answer holds; says what is wrong with a new name.
    pub fn check(&mut self, ours: Option<&str>, inventory: &Inventory) -> bool {
        self.name.error = None;
        if self.mode != KeyMode::New {
            return true;
        }
        let name = self.name.value();
        self.name.error = match key_pair::check_key_name(name) {
            Err(problem) => Some(words_of(problem)),
            Ok(()) if ours != Some(name) && inventory.key_pair_named(name).is_some() => {
                Some(text!("review-key-name-taken"))
            }
            Ok(()) => None,
        };
        self.name.error.is_none()
    }
}

fn turned<T: Clone + PartialEq>(all: &[T], here: &T, step: isize) -> Option<T> {
    let count = isize::try_from(all.len()).ok().filter(|count| *count > 0)?;
    let index = isize::try_from(all.iter().position(|one| one == here)?).ok()?;
    all.get(usize::try_from((index + step).rem_euclid(count)).ok()?).cloned()
}

/// A name for the key pair after the instance: printable ASCII that also makes a good file name.
fn default_name(instance_name: &str) -> String {
    let safe: String = instance_name
        .chars()
        .filter_map(|c| match c {
            c if c.is_ascii_alphanumeric() || "._-".contains(c) => Some(c),
            ' ' => Some('-'),
            _ => None,
        })
        .take(100)
        .collect();
    let safe = safe.trim_matches(['.', '-', '_']);
    if safe.is_empty() { "ec2deck-key".to_owned() } else { safe.to_owned() }
}

/// The first name that neither a key pair nor a key file on this machine has.
fn free_name(wanted: &str, ours: Option<&str>, inventory: &Inventory) -> String {
    let file_of = |name: &str| format!("{name}.pem");
    let files = inventory.local_keys.value.as_deref().unwrap_or_default();
    let is_free = |name: &String| {
        ours == Some(name)
            || (inventory.key_pair_named(name).is_none()
                && !files.iter().any(|key| key.path.file_name().is_some_and(|file| *file == *file_of(name))))
    };
    let numbered = |number: u32| if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
    (1..1_000).map(numbered).find(is_free).unwrap_or_else(|| wanted.to_owned())
}

/// What is wrong with a key pair's name, in words.
pub(crate) fn words_of(problem: KeyNameProblem) -> Text {
    match problem {
        KeyNameProblem::Empty => text!("review-key-name-empty"),
        KeyNameProblem::TooLong => text!("review-key-name-long"),
        KeyNameProblem::NotAscii => text!("review-key-name-ascii"),
        KeyNameProblem::OuterSpace => text!("review-key-name-space"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::launch::testing::{local_key, pair};
    use crate::app::remote::Remote;

    fn inventory(pairs: Vec<KeyPair>, here: &[&str]) -> Inventory {
        let mut inventory = Inventory::default();
        inventory.key_pairs.put(pairs);
        inventory.key_pairs.read_at = Some(jiff::Timestamp::UNIX_EPOCH);
        inventory.local_keys =
            Remote { value: Some(here.iter().map(|name| local_key(name)).collect()), ..Remote::default() };
        inventory
    }

    fn fitted(platform: Platform, name: &str, inventory: &Inventory) -> KeyChoice {
        let mut key = KeyPart::default();
        key.fit(platform, name, None, inventory);
        key.choice(platform)
    }

    fn new(name: &str, kind: KeyKind) -> KeyChoice {
        KeyChoice::New { name: name.to_owned(), kind }
    }

    #[test]
    fn the_default_is_a_key_that_can_be_used() {
        use KeyKind::{Ed25519, Rsa};
        let laptop = || vec![pair("laptop", Ed25519), pair("a-lost-one", Ed25519)];
        for (platform, name, inventory, choice) in vec![
            (Platform::Linux, "web-1", inventory(vec![], &[]), new("web-1", Ed25519)),
            (Platform::Linux, "web 1", inventory(vec![], &[]), new("web-1", Ed25519)),
            (Platform::Linux, "웹 서버", inventory(vec![], &[]), new("ec2deck-key", Ed25519)),
            (Platform::Windows, "win", inventory(vec![], &[]), new("win", Rsa)),
            // The private key is here: that one. Not here: a new one.
            (Platform::Linux, "web-1", inventory(laptop(), &["laptop"]), KeyChoice::Existing("laptop".to_owned())),
            (Platform::Linux, "web-1", inventory(laptop(), &[]), new("web-1", Ed25519)),
            // Windows takes RSA only.
            (Platform::Windows, "win", inventory(laptop(), &["laptop"]), new("win", Rsa)),
            (
                Platform::Windows,
                "win",
                inventory(vec![pair("old", Rsa)], &["old"]),
                KeyChoice::Existing("old".to_owned()),
            ),
            // Neither a key pair nor a file of that name is there afterwards twice.
            (Platform::Linux, "laptop", inventory(laptop(), &[]), new("laptop-2", Ed25519)),
            (Platform::Linux, "web", inventory(vec![], &["web"]), new("web-2", Ed25519)),
        ] {
            assert_eq!(fitted(platform, name, &inventory), choice, "{platform:?} {name}");
        }
    }

    #[test]
    fn what_was_chosen_stays_when_more_arrives() {
        let mut key = KeyPart::default();
        let none = inventory(vec![], &[]);
        key.fit(Platform::Linux, "web", None, &none);
        key.turn_mode(1, Platform::Linux, &none);
        assert_eq!(key.mode, KeyMode::None, "there is no existing one to offer");
        key.fit(Platform::Linux, "web", None, &inventory(vec![pair("laptop", KeyKind::Ed25519)], &["laptop"]));
        assert_eq!(key.mode, KeyMode::None);
    }

    #[test]
    fn a_name_that_is_taken_is_wrong_unless_this_launch_has_taken_it() {
        let inventory = inventory(vec![pair("web", KeyKind::Ed25519)], &[]);
        let mut key = KeyPart::default();
        key.name.set_value("web");
        assert!(!key.check(None, &inventory));
        assert!(key.check(Some("web"), &inventory));
        key.name.set_value("웹");
        assert!(!key.check(None, &inventory));
    }
}
