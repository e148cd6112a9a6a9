//! Where each system keeps a person's files.
//!
//! Linux follows the XDG folders, macOS too (as command-line programs there do), Windows has its own.

use std::path::{Path, PathBuf};

use etcetera::AppStrategy;

/// The person's home folder, if the system knows one.
#[must_use]
pub fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok().filter(|home| home.is_absolute())
}

/// Where this program's settings belong.
#[must_use]
pub fn config() -> Option<PathBuf> {
    Some(strategy()?.config_dir())
}

/// Where what can be had again belongs.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    Some(strategy()?.cache_dir())
}

/// Where what the program remembers belongs: state where the system has a place for it, else data.
#[must_use]
pub fn state() -> Option<PathBuf> {
    let strategy = strategy()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))
}

/// Where ssh keeps its files, and so the default key folder; `.ssh` below the working folder where there is no home.
#[must_use]
pub fn ssh() -> PathBuf {
    home().unwrap_or_default().join(".ssh")
}

/// The path with a leading `~` as the home folder (a shell leaves it alone in `--key-dir=~/keys`), and absolute, so
/// that it still holds in a command that is run elsewhere.
#[must_use]
pub fn expand(path: &Path) -> PathBuf {
    let path = match (path.strip_prefix("~"), home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    };
    std::path::absolute(&path).unwrap_or(path)
}

fn strategy() -> Option<impl AppStrategy> {
    etcetera::choose_app_strategy(etcetera::AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "ec2deck".to_owned(),
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder_and_a_relative_path_becomes_absolute() {
        let home = home().expect("tests run with a home folder");
        assert_eq!(expand(Path::new("~/keys")), home.join("keys"));
        assert_eq!(expand(Path::new("~other/keys")).file_name(), Some("keys".as_ref()));
        assert_ne!(expand(Path::new("~other/keys")), home.join("keys"));
        assert!(expand(Path::new("keys")).is_absolute());
    }
}
