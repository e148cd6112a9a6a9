//! How a key's name is written on the screen.

/// `ctrl-p` as `Ctrl-p`, `up` as an arrow, `shift-tab` as `Shift-Tab`; a character stays as it is.
#[must_use]
pub fn shown(name: &str, ascii: bool) -> String {
    if name.chars().count() == 1 {
        return name.to_owned();
    }
    let arrow = match name {
        "up" => Some("↑"),
        "down" => Some("↓"),
        "left" => Some("←"),
        "right" => Some("→"),
        _ => None,
    };
    if let (Some(arrow), false) = (arrow, ascii) {
        return arrow.to_owned();
    }
    match name {
        "pagedown" => return "PgDn".to_owned(),
        "pageup" => return "PgUp".to_owned(),
        _ => {}
    }
    // Only words begin with a capital: the last part of `ctrl-p` is a character.
    let parts: Vec<String> = name
        .split('-')
        .map(|part| {
            let mut characters = part.chars();
            match characters.next() {
                Some(first) if part.len() > 1 => first.to_uppercase().chain(characters).collect(),
                _ => part.to_owned(),
            }
        })
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::BINDINGS;

    #[test]
    fn names_read_as_on_a_keyboard() {
        for (name, fancy, plain) in [
            ("G", "G", "G"),
            ("ctrl-p", "Ctrl-p", "Ctrl-p"),
            ("shift-tab", "Shift-Tab", "Shift-Tab"),
            ("up", "↑", "Up"),
            ("pagedown", "PgDn", "PgDn"),
            ("enter", "Enter", "Enter"),
            ("/", "/", "/"),
        ] {
            assert_eq!(shown(name, false), fancy);
            assert_eq!(shown(name, true), plain);
        }
        assert!(BINDINGS.iter().flat_map(|row| row.keys).all(|key| shown(key, true).is_ascii()));
    }
}
