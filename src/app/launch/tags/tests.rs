use super::*;
use crate::app::launch::sample::{Bench, key};
use crate::keymap::{Context, resolve};

fn press(step: &mut TagsStep, keys: &[&str]) {
    let mut bench = Bench::new();
    for name in keys {
        bench.with(|world| match resolve(Context::LaunchForm, key(name)) {
            // Arrows belong to the text, as the flow decides.
            Some(Action::Left | Action::Right) | None => step.press(key(name), world),
            Some(Action::NextStep) => {
                step.check();
            }
            Some(action) => step.act(action, world),
        });
    }
}

fn paste(step: &mut TagsStep, text: &str) {
    Bench::new().with(|world| step.paste(text, world));
}

fn with(name: &str, tags: &[(&str, &str)]) -> TagsStep {
    let mut step = TagsStep::new();
    paste(&mut step, name);
    for (index, (tag_key, value)) in tags.iter().enumerate() {
        step.focus = TagFocus::Key(index);
        paste(&mut step, tag_key);
        step.focus = TagFocus::Value(index);
        paste(&mut step, value);
        if index + 1 == step.rows.len() {
            step.rows.push(TagRow::new());
        }
    }
    step
}

#[test]
fn a_name_alone_is_enough_and_nothing_is_enough_too() {
    let mut step = TagsStep::new();
    assert!(step.check());
    assert_eq!((step.name(), step.tags()), (String::new(), vec![]));
    press(&mut step, &["w", "e", "b", "space", "enter"]);
    assert!(step.check());
    assert_eq!((step.name(), step.tags()), ("web".to_owned(), vec![Tag::new("Name", "web")]));
}

#[test]
fn there_is_always_one_empty_row() {
    let mut step = TagsStep::new();
    press(&mut step, &["tab", "k", "tab", "v", "tab", "a", "down", "b"]);
    assert_eq!(step.rows.len(), 4);
    assert!(step.rows.last().unwrap().is_empty());
    assert_eq!(step.tags(), [Tag::new("k", "v"), Tag::new("a", ""), Tag::new("b", "")]);
    press(&mut step, &["up", "backspace", "enter"]);
    assert_eq!(step.tags(), [Tag::new("k", "v"), Tag::new("b", "")]);
    assert_eq!(step.rows.len(), 3, "an emptied row goes");
    assert_eq!(step.focus, TagFocus::Key(1));
}

#[test]
fn tab_goes_round_and_arrows_go_by_rows() {
    use TagFocus::{Key, Name, Value};
    let mut step = with("n", &[("k", "v")]);
    step.focus = TagFocus::Name;
    let mut seen = Vec::new();
    for _ in 0..5 {
        press(&mut step, &["tab"]);
        seen.push(step.focus);
    }
    assert_eq!(seen, [Key(0), Value(0), Key(1), Value(1), Name]);
    press(&mut step, &["down", "tab", "down", "down", "up", "up", "up"]);
    assert_eq!(step.focus, Name);
}

#[test]
fn the_limits_of_ec2_are_checked_under_the_row() {
    let long_key = "k".repeat(129);
    let long_value = "값".repeat(257);
    for (name, tags, wrong) in [
        ("웹 서버", vec![("팀", "플랫폼"), ("env", "")], None),
        ("", vec![("Name", "web")], None),
        (long_value.as_str(), vec![], Some(("launch-tags-value-long", TagFocus::Name))),
        ("n", vec![("", "v")], Some(("launch-tags-empty-key", TagFocus::Key(0)))),
        ("n", vec![("AWS:x", "v")], Some(("launch-tags-reserved", TagFocus::Key(0)))),
        ("n", vec![("ok", ""), (long_key.as_str(), "")], Some(("launch-tags-key-long", TagFocus::Key(1)))),
        ("n", vec![("k", long_value.as_str())], Some(("launch-tags-value-long", TagFocus::Value(0)))),
        ("n", vec![("Name", "m")], Some(("launch-tags-duplicate", TagFocus::Key(0)))),
        ("n", vec![("a", "1"), (" a ", "2")], Some(("launch-tags-duplicate", TagFocus::Key(1)))),
        ("n", vec![("name", "m"), ("NAME", "l")], None),
        ("n", vec![("ec2deck:request", "m")], Some(("launch-tags-duplicate", TagFocus::Key(0)))),
    ] {
        let mut step = with(name, &tags);
        let fits = step.check();
        assert_eq!(fits, wrong.is_none(), "{name} {tags:?}");
        if let Some((key, focus)) = wrong {
            assert_eq!(step.focus, focus);
            let field = match focus {
                TagFocus::Name => &step.name,
                TagFocus::Key(row) => &step.rows[row].key,
                TagFocus::Value(row) => &step.rows[row].value,
            };
            assert_eq!(field.error.as_ref().map(Text::key), Some(key));
            assert!(!field.value().is_empty() || key == "launch-tags-empty-key", "what was typed stays");
        }
    }
}

#[test]
fn one_tag_of_the_fifty_is_the_programs_own() {
    let keys: Vec<String> = (0..49).map(|index| format!("k{index}")).collect();
    let tags: Vec<(&str, &str)> = keys.iter().map(|tag_key| (tag_key.as_str(), "v")).collect();
    let mut step = with("", &tags);
    assert!(step.check());
    assert_eq!(step.tags().len(), MOST_OWN_TAGS);
    let mut step = with("n", &tags);
    assert!(!step.check());
    assert_eq!(step.rows[48].key.error.as_ref().map(Text::key), Some("launch-tags-too-many"));
    press(&mut step, &["backspace"]);
    assert_eq!(step.rows[48].key.error, None, "it stays until something changes");
}
