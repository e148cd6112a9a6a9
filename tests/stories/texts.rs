//! Every text exists in both languages with the same gaps, every one is used, and every use finds its text.

mod fluent;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use fluent::Message;

const LANGUAGES: [&str; 2] = ["en", "ko"];

fn texts(language: &str) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for (path, source) in crate::support::files::below(&format!("assets/locales/{language}"), ".ftl") {
        for (key, message) in fluent::parse(&path, &source) {
            let twice = all.insert(key.clone(), message);
            assert!(twice.is_none(), "{path}: {key} stands twice in {language}");
        }
    }
    all
}

fn keys(texts: &BTreeMap<String, Message>) -> BTreeSet<&str> {
    texts.keys().map(String::as_str).collect()
}

#[test]
fn both_languages_have_the_same_files_and_texts() {
    let [english, korean] = LANGUAGES.map(texts);
    let missing: Vec<_> = keys(&english).symmetric_difference(&keys(&korean)).copied().collect();
    assert!(missing.is_empty(), "in one language only: {missing:#?}");
    for (key, message) in &english {
        let other = &korean[key];
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        assert_eq!(name(&message.file), name(&other.file), "{key} stands in files of different names");
    }
}

#[test]
fn both_languages_have_the_same_gaps() {
    let [english, korean] = LANGUAGES.map(texts);
    let differing: Vec<_> = english
        .iter()
        .filter_map(|(key, message)| korean.get(key).map(|other| (key, &message.gaps, &other.gaps)))
        .filter(|(_, one, other)| one != other)
        .collect();
    assert!(differing.is_empty(), "gaps differ: {differing:#?}");
}

#[test]
fn no_text_shouts_or_is_empty() {
    for language in LANGUAGES {
        for (key, message) in texts(language) {
            // A sign among others (a key, a list of characters) does not shout.
            let words = &message.words;
            let shouts = words.match_indices('!').any(|(at, _)| words[..at].ends_with(char::is_alphabetic));
            assert!(!shouts, "{language} {key}: {words}");
            assert!(!message.words.trim().is_empty(), "{language} {key} is empty");
        }
    }
}

#[test]
fn a_korean_text_is_korean() {
    let english = texts("en");
    // Names of products, units and the like are the same in both.
    let has_words =
        |text: &str| text.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).count() > 2;
    let untranslated: Vec<_> = texts("ko")
        .into_iter()
        .filter(|(key, message)| has_words(&message.words) && message.words == english[key].words)
        .map(|(key, _)| key)
        .collect();
    assert!(untranslated.is_empty(), "the Korean text is the English one: {untranslated:#?}");
}

#[test]
fn every_text_is_used_and_every_use_finds_its_text() {
    let english = texts("en");
    let sources = crate::support::files::below("src", ".rs");
    let literals: BTreeSet<String> = sources.iter().flat_map(|(_, source)| uses::literals(source)).collect();
    let unused: Vec<_> = english.keys().filter(|key| !literals.contains(*key)).collect();
    assert!(unused.is_empty(), "used nowhere in src: {unused:#?}");

    let uses: Vec<(String, uses::Use)> = sources
        .iter()
        .flat_map(|(path, source)| uses::macros(source).into_iter().map(move |one| (path.clone(), one)))
        .collect();
    assert!(uses.len() > 100, "only {} uses of text! and tr! were found: the test is blind", uses.len());
    let unknown: BTreeSet<_> =
        uses.iter().filter(|(_, one)| !english.contains_key(&one.key)).map(|(path, one)| (path, &one.key)).collect();
    assert!(unknown.is_empty(), "used but not there: {unknown:#?}");

    let wrong: Vec<_> = uses
        .iter()
        .filter_map(|(path, one)| english.get(&one.key).map(|message| (path, one, &message.gaps)))
        .filter(|(_, one, gaps)| one.arguments != **gaps)
        .map(|(path, one, gaps)| format!("{path}: {} gets {:?}, its gaps are {gaps:?}", one.key, one.arguments))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Keys that reach the screen by way of a table (a title, a label) take no arguments.
#[test]
fn every_key_binding_has_its_label() {
    let english = texts("en");
    for binding in ec2deck::keymap::BINDINGS {
        let message = english.get(binding.label).unwrap_or_else(|| panic!("{} is no text", binding.label));
        assert!(message.gaps.is_empty(), "{} has gaps", binding.label);
    }
}
