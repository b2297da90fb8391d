use super::*;
use crate::edit::folder::Contents;
use crate::edit::folder::draft::swap_in_two_steps;
#[cfg(unix)]
use crate::edit::folder::draft::{Lock, lock};

struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let name = format!("ismsctl-folder-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn target(&self) -> PathBuf {
        self.0.join("pack")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn write(&self, text: &str) -> Result<(), FolderError> {
        write_folder(&self.target(), &contents(text))
    }

    #[track_caller]
    fn holds(&self, text: &str) {
        let main = fs::read_to_string(self.target().join("main")).unwrap();
        let deep = fs::read_to_string(self.target().join("a/b/deep")).unwrap();
        assert_eq!((main.as_str(), deep.as_str()), (text, text));
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn contents(text: &str) -> Contents {
    let files = ["main", "a/b/deep"].map(|path| (path.to_owned(), text.as_bytes().to_vec()));
    Contents::from(files)
}

fn write_folder(target: &Path, files: &Contents) -> Result<(), FolderError> {
    let writing = Writing::begin(target, "main")?;
    for (path, bytes) in files {
        writing.add(path, bytes)?;
    }
    assert_eq!(writing.finish()?, files.len() + 1);
    Ok(())
}

#[test]
fn a_folder_is_written_and_replaced_without_litter() {
    let temporary = Temporary::new("replaced");
    for text in ["one", "two", "two"] {
        temporary.write(text).unwrap();
        temporary.holds(text);
        assert_eq!(temporary.names(), ["pack"]);
    }
    // What is gone cannot be lost.
    fs::remove_file(temporary.target().join("main")).unwrap();
    temporary.write("three").unwrap();
    temporary.holds("three");
    let deeper = temporary.0.join("x/y/pack/");
    write_folder(&deeper, &contents("four")).unwrap();
    assert!(deeper.join("a/b/deep").exists());
}

#[test]
fn nothing_else_is_overwritten() {
    let temporary = Temporary::new("foreign");
    let target = temporary.target();
    let refused = |words: &str| {
        let error = temporary.write("new").unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        fs::remove_dir_all(&target)
            .or_else(|_| fs::remove_file(&target))
            .unwrap();
        assert_eq!(temporary.names(), [""; 0]);
    };
    fs::write(&target, "x").unwrap();
    refused("is a file, not a folder");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("notes.txt"), "x").unwrap();
    refused("holds `notes.txt`, which is not of an earlier pack");
    // Whatever else lies there is not looked at.
    let deep = target.join("a/b");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("one"), "x").unwrap();
    fs::write(target.join("two"), "x").unwrap();
    refused("holds `a/b/one`");
    // A list of something else.
    fs::create_dir(&target).unwrap();
    let list = format!("{}  other\n", Checksum::of(b"x"));
    fs::write(target.join("other"), "x").unwrap();
    fs::write(target.join(MANIFEST), list).unwrap();
    refused("holds `MANIFEST`");
    for (path, words) in [
        (
            "a/b/notes.txt",
            "holds `a/b/notes.txt`, which is not of an earlier pack",
        ),
        ("a/b/deep", "`a/b/deep` in `"),
    ] {
        temporary.write("old").unwrap();
        fs::write(target.join(path), "by hand").unwrap();
        refused(words);
    }
    temporary.write("old").unwrap();
    fs::create_dir(target.join("empty")).unwrap();
    refused("holds `empty`");
}

/// A run that has written everything, and is about to let it take its place.
fn about_to_finish(temporary: &Temporary) -> Writing {
    let writing = Writing::begin(&temporary.target(), "main").unwrap();
    for (path, bytes) in contents("new") {
        writing.add(&path, &bytes).unwrap();
    }
    writing
}

#[test]
fn what_was_changed_while_a_run_wrote_is_put_back() {
    let temporary = Temporary::new("meanwhile");
    temporary.write("old").unwrap();
    // At once, so that times may be too coarse to tell, and of the same length.
    for changed in ["one", "two"] {
        let writing = about_to_finish(&temporary);
        let main = temporary.target().join("main");
        fs::write(&main, changed).unwrap();
        let error = writing.finish().unwrap_err().to_string();
        let place = format!("`main` in `{}`", temporary.target().display());
        assert!(error.starts_with(&place), "{error}");
        assert_eq!(fs::read_to_string(&main).unwrap(), changed);
        assert_eq!(temporary.names(), ["pack"]);
        fs::write(&main, "old").unwrap();
    }
    temporary.write("new").unwrap();
    temporary.holds("new");
}

#[test]
fn what_was_put_there_while_a_run_wrote_stays() {
    let temporary = Temporary::new("put");
    for (what, put) in [
        (
            "a file",
            (|target| fs::write(target, "x").unwrap()) as fn(&Path),
        ),
        #[cfg(unix)]
        ("a symbolic link", |target| {
            std::os::unix::fs::symlink("nowhere", target).unwrap();
        }),
    ] {
        let writing = about_to_finish(&temporary);
        put(&temporary.target());
        let error = writing.finish().unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
        assert_eq!(temporary.names(), ["pack"]);
        fs::remove_file(temporary.target()).unwrap();
    }
    // Another run is no reason to stop: the later one wins.
    let writing = about_to_finish(&temporary);
    temporary.write("other").unwrap();
    writing.finish().unwrap();
    temporary.holds("new");
    assert_eq!(temporary.names(), ["pack"]);
}

#[test]
fn a_run_that_is_not_finished_leaves_nothing() {
    let temporary = Temporary::new("unfinished");
    temporary.write("old").unwrap();
    drop(about_to_finish(&temporary));
    temporary.holds("old");
    drop(Writing::begin(&temporary.0.join("x/y/pack"), "main").unwrap());
    assert_eq!(temporary.names(), ["pack"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let temporary = Temporary::new("links");
    let other = Temporary::new("links-other");
    symlink(&other.0, temporary.target()).unwrap();
    let error = temporary.write("new").unwrap_err().to_string();
    assert!(
        error.contains("is a symbolic link, not a folder"),
        "{error}"
    );
    assert_eq!(other.names(), [""; 0]);
    fs::remove_file(temporary.target()).unwrap();
    temporary.write("old").unwrap();
    symlink("main", temporary.target().join("link")).unwrap();
    let error = temporary.write("new").unwrap_err().to_string();
    assert!(error.contains("holds `link`"), "{error}");
    temporary.holds("old");
}

#[test]
fn a_failure_leaves_what_was_there() {
    let temporary = Temporary::new("failure");
    temporary.write("old").unwrap();
    // A file where a folder is needed.
    let mut files = contents("new");
    files.insert("main/below".to_owned(), Vec::new());
    let refused = write_folder(&temporary.target(), &files);
    assert!(matches!(refused, Err(FolderError::Refused { .. })));
    temporary.holds("old");
    assert_eq!(temporary.names(), ["pack"]);
    let deeper = temporary.0.join("x/y/pack");
    assert!(write_folder(&deeper, &files).is_err());
    assert_eq!(temporary.names(), ["pack"]);
}

#[test]
fn what_a_stopped_run_left_is_cleared_and_what_it_took_is_put_back() {
    let temporary = Temporary::new("stopped");
    temporary.write("old").unwrap();
    let left = temporary.0.join(".pack.0.ismsctl");
    fs::create_dir_all(left.join("new")).unwrap();
    fs::write(left.join("lock"), "").unwrap();
    fs::rename(temporary.target(), left.join("old")).unwrap();
    // Another run fails, but has put the old folder back before.
    let mut files = contents("new");
    files.insert("main/below".to_owned(), Vec::new());
    assert!(write_folder(&temporary.target(), &files).is_err());
    temporary.holds("old");
    assert_eq!(temporary.names(), ["pack"]);
    // Folders that only look like it stay.
    let alike = [".pack.ismsctl", ".pack.x.ismsctl", ".other.0.ismsctl"];
    for name in alike {
        fs::create_dir(temporary.0.join(name)).unwrap();
        fs::write(temporary.0.join(name).join("lock"), "").unwrap();
    }
    temporary.write("new").unwrap();
    assert_eq!(temporary.names().len(), 1 + alike.len());
}

#[cfg(unix)]
#[test]
fn what_a_living_run_writes_is_left_alone() {
    let temporary = Temporary::new("living");
    let left = temporary.0.join(".pack.0.ismsctl");
    fs::create_dir_all(left.join("new")).unwrap();
    let Ok(Lock::Ours(held)) = lock(&left.join("lock"), true) else {
        panic!("the temporary folder knows no locks");
    };
    temporary.write("one").unwrap();
    assert!(left.join("new").exists());
    drop(held);
    temporary.write("two").unwrap();
    assert_eq!(temporary.names(), ["pack"]);
}

#[test]
fn folders_are_swapped_in_two_steps_where_they_must() {
    let temporary = Temporary::new("steps");
    temporary.write("old").unwrap();
    let new = temporary.0.join("new");
    let old = temporary.0.join("moved");
    write_folder(&new, &contents("new")).unwrap();
    swap_in_two_steps(&new, &temporary.target(), &old).unwrap();
    temporary.holds("new");
    assert!(old.join("main").exists() && !new.exists());
    // Without a new folder the old one is put back.
    fs::remove_dir_all(&old).unwrap();
    assert!(swap_in_two_steps(&new, &temporary.target(), &old).is_err());
    temporary.holds("new");
}

#[test]
fn many_writers_leave_one_whole_folder() {
    let temporary = Temporary::new("many");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let temporary = &temporary;
            scope.spawn(move || {
                for round in 0..10 {
                    temporary.write(&format!("{writer} {round}")).unwrap();
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..200 {
                let Ok(main) = fs::read_to_string(temporary.target().join("main")) else {
                    continue;
                };
                assert!(!main.is_empty());
            }
        });
    });
    let main = fs::read_to_string(temporary.target().join("main")).unwrap();
    temporary.holds(&main);
    assert_eq!(temporary.names(), ["pack"]);
}
