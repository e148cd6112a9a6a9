//! The notation of the stories: `jj<enter>abc<tab>` are seven presses; `<lt>` is the sign `<` itself.

use ec2deck::keymap::{Key, KeyCode};

/// The presses of a notation.
///
/// # Panics
/// On a name in angle brackets that is no key.
pub fn parse(notation: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = notation;
    while let Some(first) = rest.chars().next() {
        match rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
            Some(("lt", after)) => {
                keys.push(Key::plain(KeyCode::Char('<')));
                rest = after;
            }
            Some((name, after)) => {
                keys.push(Key::parse(name).unwrap_or_else(|| panic!("<{name}> in {notation:?} is no key")));
                rest = after;
            }
            None => {
                keys.push(Key::plain(KeyCode::Char(first)));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    keys
}

#[test]
fn a_notation_is_read_press_by_press() {
    let names = |notation| parse(notation).iter().map(Key::to_string).collect::<Vec<_>>();
    assert_eq!(names("jG<enter>웹<ctrl-p><lt>"), ["j", "G", "enter", "웹", "ctrl-p", "<"]);
}
