//! The names that ssh leads somewhere by the configuration files of this machine, with all that they include.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::domain::ssh_hosts::{host_names, included_files};

/// How deep files may include each other; ssh has the same limit.
const DEEPEST: usize = 16;

/// The configuration for everybody on this machine.
pub(super) const SYSTEM_CONFIG: &str = "/etc/ssh/ssh_config";

/// The names in a configuration of this content and in all files that it includes, but for `own`. Relative names are
/// looked for in `folder`, and those that begin with `~/` in its parent.
///
/// What cannot be read leads nowhere: ssh goes past it as well.
pub(super) fn names_in(config: &[u8], folder: &Path, own: &Path) -> BTreeSet<String> {
    let mut names = host_names(config);
    let mut seen: BTreeSet<PathBuf> = own.canonicalize().into_iter().collect();
    let files = |config: &[u8]| included_files(config).into_iter().flat_map(|pattern| matching(&pattern, folder));
    let mut waiting: VecDeque<(PathBuf, usize)> = files(config).map(|file| (file, 1)).collect();
    while let Some((file, depth)) = waiting.pop_front() {
        let Ok(real) = file.canonicalize() else { continue };
        // Files that include each other, or a whole folder with themselves in it, are read once.
        if !real.is_file() || !seen.insert(real) {
            continue;
        }
        let Ok(config) = std::fs::read(&file) else { continue };
        names.extend(host_names(&config));
        if depth < DEEPEST {
            waiting.extend(files(&config).map(|file| (file, depth + 1)));
        }
    }
    names
}

/// The files that the value of an `Include` names: it may have `*` and `?` in its last part.
fn matching(pattern: &str, folder: &Path) -> Vec<PathBuf> {
    let path = match (pattern.strip_prefix("~/"), folder.parent()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(pattern),
    };
    let (Some(parent), Some(last)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Vec::new();
    };
    if !last.contains(['*', '?']) {
        return vec![path];
    }
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    let wanted: Vec<char> = last.chars().collect();
    let fits = |entry: &std::fs::DirEntry| {
        let name: Vec<char> = entry.file_name().to_string_lossy().chars().collect();
        // As in a shell, a hidden file must be meant.
        (name.first() != Some(&'.') || wanted.first() == Some(&'.')) && is_like(&wanted, &name)
    };
    entries.flatten().filter(fits).map(|entry| entry.path()).collect()
}

/// Whether a name fits a pattern with `*` and `?`.
fn is_like(pattern: &[char], name: &[char]) -> bool {
    let (mut at, mut read) = (0, 0);
    // The last `*`, and what it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while read < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(&c) if c == '?' || c == name[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                at = star_at + 1;
                read = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[(&str, &str)], config: &str) -> Vec<String> {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".ssh");
        for (path, text) in files {
            let path = home.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        let config = config.replace("HOME", &home.path().display().to_string());
        names_in(config.as_bytes(), &folder, &folder.join("ec2deck.config")).into_iter().collect()
    }

    #[test]
    fn included_files_are_followed_wherever_they_are() {
        let files = [
            (".ssh/work", "Host work-1\n  Include more\n"),
            (".ssh/more", "Host more-1 *.wild\n"),
            (".ssh/config.d/a.conf", "Host a\n"),
            (".ssh/config.d/b.conf", "Host b\n"),
            (".ssh/config.d/.hidden.conf", "Host hidden\n"),
            (".ssh/config.d/c.txt", "Host c\n"),
            ("dotfiles/ssh", "Host dot\n"),
            ("absolute", "Host absolute\n"),
            (".ssh/ec2deck.config", "Host ours\n"),
        ];
        let config = "Include ec2deck.config nowhere\nInclude work config.d/*.conf\nHost own\n  Include ~/dotfiles/s?h HOME/absolute\n";
        assert_eq!(names(&files, config), ["a", "absolute", "b", "dot", "more-1", "own", "work-1"]);
    }

    #[test]
    fn files_that_include_each_other_come_to_an_end() {
        let files = [(".ssh/a", "Include *\nHost a\n"), (".ssh/b", "Include *\nHost b\n")];
        assert_eq!(names(&files, "Include *\n"), ["a", "b"]);
        let chain: Vec<_> = (1..=DEEPEST + 1)
            .map(|depth| (format!(".ssh/{depth}"), format!("Host h{depth}\nInclude {}\n", depth + 1)))
            .collect();
        let chain: Vec<_> = chain.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(names(&chain, "Include 1\n").len(), DEEPEST);
    }

    #[test]
    fn patterns_are_those_of_a_shell() {
        let like = |pattern: &str, name: &str| {
            is_like(&pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>())
        };
        for (pattern, name) in [("*", ""), ("*", "a"), ("a*c", "abbc"), ("?b*", "ab"), ("*a*b", "xaab"), ("**", "x")] {
            assert!(like(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("?", ""), ("a*c", "abb"), ("a", "ab"), ("ab", "a"), ("*.conf", "a.conf.bak")] {
            assert!(!like(pattern, name), "{pattern} {name}");
        }
    }
}
