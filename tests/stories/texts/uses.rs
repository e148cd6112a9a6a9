//! Where the sources use texts: `text!("key", name = value)`, `tr!(language, "key", name = value)`, and keys as
//! literals in tables.

use std::collections::BTreeSet;

/// One `text!` or `tr!`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The key.
    pub key: String,
    /// The names of its arguments.
    pub arguments: BTreeSet<String>,
}

/// All string literals that could be keys.
pub fn literals(source: &str) -> Vec<String> {
    code(source).split('"').filter(|part| super::fluent::is_key(part)).map(str::to_owned).collect()
}

/// All uses of the two macros.
pub fn macros(source: &str) -> Vec<Use> {
    let code = code(source);
    let mut found = Vec::new();
    for name in ["text!(", "tr!("] {
        for (at, _) in code.match_indices(name) {
            // `$crate::text!($key ...)` in the macros' own definitions, and names that only end like that.
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let parts = top_level_parts(&code[at + name.len()..]);
            let parts = if name == "tr!(" { parts.get(1..).unwrap_or_default() } else { &parts[..] };
            let Some(key) = parts.first().and_then(|part| part.strip_prefix('"')?.strip_suffix('"')) else { continue };
            let names =
                parts[1..].iter().filter_map(|part| part.split_once('=')).map(|(name, _)| name.trim().to_owned());
            found.push(Use { key: key.to_owned(), arguments: names.filter(|name| !name.is_empty()).collect() });
        }
    }
    found
}

/// The source without its comments.
fn code(source: &str) -> String {
    let lines = source.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands between the commas up to the closing parenthesis.
fn top_level_parts(rest: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in rest.chars() {
        match c {
            _ if quoted => {
                if c == '"' && !escaped {
                    quoted = false;
                }
                escaped = c == '\\' && !escaped;
            }
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' => break,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[test]
fn uses_are_found_over_lines_and_with_nested_arguments() {
    let source = r#"
        // text!("in-a-comment")
        let one = text!("one-key");
        let two = tr!(
            look.language, "two-key",
            name = of(a, ")"),
            n = rows.len(),
        );
        context!("other");
    "#;
    let arguments = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        macros(source),
        [
            Use { key: "one-key".to_owned(), arguments: arguments(&[]) },
            Use { key: "two-key".to_owned(), arguments: arguments(&["name", "n"]) },
        ]
    );
    assert_eq!(literals(source), ["one-key", "two-key", "other"]);
}
