//! Who can read what on Unix.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use super::*;

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_private_file_is_closed_to_others_and_never_replaces_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    create_private(&path).unwrap().write_all(b"secret").unwrap();
    assert_eq!(mode(&path), 0o400);
    assert!(!is_open_to_others(&path));

    assert_eq!(create_private(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&path).unwrap(), b"secret");
}

#[test]
fn a_link_in_the_files_place_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("key");
    let target = folder.path().join("elsewhere");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert_eq!(create_private(&link).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert!(!target.exists());
}

#[test]
fn missing_folders_are_made_private_and_existing_ones_keep_their_mode() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let deep = folder.path().join("a/b");
    create_private_folder(&deep).unwrap();
    create_private_folder(folder.path()).unwrap();
    assert_eq!((mode(&deep), mode(deep.parent().unwrap()), mode(folder.path())), (0o700, 0o700, 0o755));
}

#[test]
fn only_the_own_file_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let file = create_private(&path).unwrap();
    std::fs::rename(&path, folder.path().join("moved")).unwrap();
    std::fs::write(&path, "somebody else's").unwrap();
    remove_own(&file, &path);
    assert!(path.exists());
    remove_own(&file, &folder.path().join("moved"));
    assert!(!folder.path().join("moved").exists());
}

#[test]
fn one_file_has_many_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("one"), "x").unwrap();
    std::fs::write(at("other"), "x").unwrap();
    std::os::unix::fs::symlink(at("one"), at("link")).unwrap();
    std::fs::hard_link(at("one"), at("hard")).unwrap();
    for name in ["one", "./one", "link", "hard"] {
        assert!(is_same_path(&at("one"), &at(name)), "{name}");
    }
    assert!(!is_same_path(&at("one"), &at("other")) && !is_same_path(&at("one"), &at("missing")));
}

#[test]
fn an_open_file_is_closed_to_others_and_stays_as_writable_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for (before, after) in [(0o644, 0o600), (0o444, 0o400), (0o777, 0o600), (0o400, 0o400), (0o600, 0o600)] {
        let path = folder.path().join(format!("{before:o}"));
        std::fs::write(&path, "x").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(before)).unwrap();
        lock_down(&path).unwrap();
        assert_eq!(mode(&path), after, "{before:o}");
    }
    let link = folder.path().join("link");
    std::fs::set_permissions(folder.path().join("644"), std::fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(folder.path().join("644"), &link).unwrap();
    lock_down(&link).unwrap();
    assert_eq!(mode(&folder.path().join("644")), 0o600);
    assert!(matches!(lock_down(folder.path()), Err(NotLocked::NotAFile)));
    assert!(matches!(lock_down(&folder.path().join("missing")), Err(NotLocked::System(_))));
}

#[test]
fn a_readable_file_is_open_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, "x").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(is_open_to_others(&path));
    assert!(!is_open_to_others(&folder.path().join("missing")));
}
