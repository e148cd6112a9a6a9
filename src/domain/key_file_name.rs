//! A file name out of a key pair's name, which EC2 lets hold `/`, spaces and `..`.

/// The longest name, without its ending, that every file system takes.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices, with any ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The file name for a key pair's name: `NAME.pem`, where every character but ASCII letters, digits, `.`, `_` and `-`
/// has become `-`. It never begins with `-` or `.`, never leads to another folder, and is no device on Windows.
#[must_use]
pub fn key_file_name(name: &str) -> String {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }).collect();
    let safe = safe.trim_start_matches(['-', '.']);
    let safe = &safe[..safe.len().min(LONGEST)];
    match safe {
        "" => "key.pem".to_owned(),
        device if is_reserved(device) => format!("key-{device}.pem"),
        plain => format!("{plain}.pem"),
    }
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    RESERVED.contains(&stem.as_str()) || port.is_some_and(|port| port.len() == 1 && port.as_bytes()[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_become_safe_file_names() {
        for (name, file) in [
            ("laptop", "laptop.pem"),
            ("my key", "my-key.pem"),
            ("team/prod", "team-prod.pem"),
            ("../../etc/passwd", "etc-passwd.pem"),
            (".hidden", "hidden.pem"),
            ("-oProxyCommand=x", "oProxyCommand-x.pem"),
            ("a:b\\c", "a-b-c.pem"),
            ("..", "key.pem"),
            ("키", "key.pem"),
            ("", "key.pem"),
            ("CON", "key-CON.pem"),
            ("nul.backup", "key-nul.backup.pem"),
            ("com1", "key-com1.pem"),
            ("computer", "computer.pem"),
            ("laptop.pem", "laptop.pem.pem"),
        ] {
            assert_eq!(key_file_name(name), file, "{name}");
        }
        assert_eq!(key_file_name(&"x".repeat(255)).len(), LONGEST + ".pem".len());
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_the_folder(name in ".*") {
            let file = key_file_name(&name);
            let folder = std::path::Path::new("/keys");
            let path = folder.join(&file);
            prop_assert_eq!(path.parent(), Some(folder));
            prop_assert!(!file.starts_with(['-', '.']) && file.strip_suffix(".pem").is_some() && file.len() <= 255);
        }
    }
}
