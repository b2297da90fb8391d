use super::*;

fn folder(name: &str) -> PathBuf {
    let name = format!("ismsctl-rewrite-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_and_nothing_else_is_left() {
    let folder = folder("plain");
    let path = folder.join("a.yaml");
    std::fs::write(&path, "a: 1\n").unwrap();
    rewrite(&path, b"a: 1\n", b"a: 2\n").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"a: 2\n");
    assert_eq!(names(&folder), ["a.yaml"]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_somebody_else_saved_stays() {
    let folder = folder("changed");
    let path = folder.join("a.yaml");
    std::fs::write(&path, "a: 1 # new\n").unwrap();
    let refused = rewrite(&path, b"a: 1\n", b"a: 2\n").unwrap_err();
    assert!(matches!(refused, WriteError::Changed(_)), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), b"a: 1 # new\n");
    let gone = rewrite(&folder.join("b.yaml"), b"", b"a: 2\n").unwrap_err();
    assert!(matches!(gone, WriteError::Refused { .. }), "{gone}");
    assert_eq!(names(&folder), ["a.yaml"]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_that_a_stopped_run_left_is_in_nobodys_way() {
    let folder = folder("stopped");
    let path = folder.join("a.yaml");
    std::fs::write(&path, "a: 1\n").unwrap();
    std::fs::write(folder.join(".a.yaml.0.new"), "a: ").unwrap();
    rewrite(&path, b"a: 1\n", b"a: 2\n").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"a: 2\n");
    assert_eq!(names(&folder), [".a.yaml.0.new", "a.yaml"]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
#[cfg(unix)]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("links");
    std::fs::create_dir(folder.join("real")).unwrap();
    let real = folder.join("real/a.yaml");
    std::fs::write(&real, "a: 1\n").unwrap();
    let mode = |mode| std::fs::set_permissions(&real, PermissionsExt::from_mode(mode)).unwrap();
    mode(0o640);
    symlink("real/a.yaml", folder.join("a.yaml")).unwrap();
    rewrite(&folder.join("a.yaml"), b"a: 1\n", b"a: 2\n").unwrap();
    assert!(
        folder
            .join("a.yaml")
            .symlink_metadata()
            .unwrap()
            .is_symlink()
    );
    assert_eq!(std::fs::read(&real).unwrap(), b"a: 2\n");
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(&folder), ["a.yaml", "real"]);
    mode(0o444);
    let refused = rewrite(&real, b"a: 2\n", b"a: 3\n").unwrap_err();
    assert!(matches!(refused, WriteError::ReadOnly(_)), "{refused}");
    assert_eq!(std::fs::read(&real).unwrap(), b"a: 2\n");
    assert_eq!(names(&folder.join("real")), ["a.yaml"]);
    mode(0o644);
    std::fs::remove_dir_all(folder).unwrap();
}
