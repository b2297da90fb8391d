//! Writing the commits as a git repository, without asking the configuration of whoever runs it for anything that
//! reaches an object or the work tree.

use super::packs::Written;
use super::state::{Commit, Files};
use super::{DemoError, Demonstration};
use git2::build::CheckoutBuilder;
use git2::{Buf, ObjectType, Oid, Repository, RepositoryInitOptions, Signature, Time, TreeBuilder};
use std::io::Write;
use std::path::{Path, PathBuf};

const BRANCH: &str = "main";
/// What the log of references says.
const LOG: &str = "ismsctl demo";
/// Above every other place for objects.
const FIRST: i32 = 1000;
const FILE: i32 = 0o100_644;
const FOLDER: i32 = 0o040_000;

/// Writes a repository with its work tree into a folder that is empty or missing.
pub fn write(folder: &Path, commits: &[Commit]) -> Result<Demonstration, DemoError> {
    let made = prepare(folder)?;
    let written =
        Repository::init_opts(folder, &options()).and_then(|repository| fill(&repository, commits));
    match (written, commits.first(), commits.last()) {
        (Ok(head), Some(first), Some(last)) => Ok(Demonstration {
            commits: commits.len(),
            head: head.to_string(),
            first: first.when,
            last: last.when,
        }),
        (written, ..) => {
            undo(folder, &made);
            let message = written.err().map_or_else(
                || "there are no commits".to_owned(),
                |error| error.message().to_owned(),
            );
            Err(DemoError::Git {
                path: folder.to_owned(),
                message,
            })
        }
    }
}

/// Makes the folder, or finds it empty. Gives the folders that were made.
fn prepare(folder: &Path) -> Result<Vec<PathBuf>, DemoError> {
    let refused = |path: &Path, error| DemoError::Refused {
        path: path.to_owned(),
        error,
    };
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => return Ok(Vec::new()),
            Some(_) => return Err(DemoError::NotEmpty(folder.to_owned())),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(refused(folder, error)),
    }
    let missing = folder
        .ancestors()
        .take_while(|path| path.symlink_metadata().is_err() && !path.as_os_str().is_empty());
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    for (at, path) in missing.iter().enumerate().rev() {
        if let Err(error) = std::fs::create_dir(path) {
            for made in &missing[at + 1..] {
                let _ = std::fs::remove_dir(made);
            }
            return Err(refused(path, error));
        }
    }
    Ok(missing)
}

/// Empties the folder, which was empty before, and removes the folders that were made, innermost first.
fn undo(folder: &Path, made: &[PathBuf]) {
    // What cannot be removed is left to the message about the failure.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let _ = if is_folder {
            std::fs::remove_dir_all(entry.path())
        } else {
            std::fs::remove_file(entry.path())
        };
    }
    for path in made {
        let _ = std::fs::remove_dir(path);
    }
}

fn options() -> RepositoryInitOptions {
    let mut options = RepositoryInitOptions::new();
    options
        .no_reinit(true)
        .mkdir(false)
        .external_template(false)
        .initial_head(BRANCH);
    options
}

fn fill(repository: &Repository, commits: &[Commit]) -> Result<Oid, git2::Error> {
    // What is committed here later is to be the same on every system, too.
    repository.config()?.set_bool("core.autocrlf", false)?;
    let ids = write_objects(repository, commits)?;
    let nothing = || git2::Error::from_str("there are no commits");
    let head = ids.last().copied().ok_or_else(nothing)?;
    repository.reference(&format!("refs/heads/{BRANCH}"), head, false, LOG)?;
    let mut checkout = CheckoutBuilder::new();
    repository.checkout_head(Some(checkout.force().disable_filters(true)))?;
    Ok(head)
}

/// Writes all objects as one pack: a thousand small files would take much longer.
fn write_objects(repository: &Repository, commits: &[Commit]) -> Result<Vec<Oid>, git2::Error> {
    let objects = repository.odb()?;
    let memory = objects.add_new_mempack_backend(FIRST)?;
    let mut packed = repository.packbuilder()?;
    let mut ids: Vec<Oid> = Vec::with_capacity(commits.len());
    let mut written = Written::default();
    for (at, commit) in commits.iter().enumerate() {
        let files = written.files(commits, at);
        let files = files.map_err(|error| git2::Error::from_str(&error))?;
        let id = write_commit(repository, commit, files, &ids)?;
        written.note(id.to_string());
        packed.insert_commit(id)?;
        if let Some(tag) = write_tags(repository, commit, id)? {
            packed.insert_object(tag, None)?;
        }
        ids.push(id);
    }
    let mut pack = Buf::new();
    packed.write_buf(&mut pack)?;
    let mut writer = objects.packwriter()?;
    let refused = |error: std::io::Error| git2::Error::from_str(&error.to_string());
    writer.write_all(&pack).map_err(refused)?;
    writer.commit()?;
    memory.reset()?;
    Ok(ids)
}

fn write_commit(
    repository: &Repository,
    commit: &Commit,
    files: &Files,
    ids: &[Oid],
) -> Result<Oid, git2::Error> {
    let tree = write_tree(repository, files, "")?;
    let tree = repository.find_tree(tree)?;
    let parents = commit
        .parents
        .iter()
        .map(|at| repository.find_commit(ids[*at]));
    let parents = parents.collect::<Result<Vec<_>, _>>()?;
    let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
    let by = signature(commit)?;
    repository.commit(None, &by, &by, &commit.message, &tree, &parents)
}

fn signature(commit: &Commit) -> Result<Signature<'static>, git2::Error> {
    let (name, email) = &commit.by;
    let minutes = commit.when.offset().local_minus_utc() / 60;
    Signature::new(name, email, &Time::new(commit.when.timestamp(), minutes))
}

/// Writes the tags of a commit. Gives the id of the annotated one.
fn write_tags(
    repository: &Repository,
    commit: &Commit,
    id: Oid,
) -> Result<Option<Oid>, git2::Error> {
    if let Some(name) = &commit.mark {
        repository.reference(&format!("refs/tags/{name}"), id, false, LOG)?;
    }
    let Some((name, message)) = &commit.tag else {
        return Ok(None);
    };
    let target = repository.find_object(id, Some(ObjectType::Commit))?;
    let message = format!("{message}\n");
    let tag = repository.tag(name, &target, &signature(commit)?, &message, false)?;
    Ok(Some(tag))
}

/// Writes the files whose paths begin with `prefix` as a tree.
fn write_tree(repository: &Repository, files: &Files, prefix: &str) -> Result<Oid, git2::Error> {
    let mut tree: TreeBuilder<'_> = repository.treebuilder(None)?;
    let mut done = "";
    let below = files.range(prefix.to_owned()..);
    for (path, text) in below.take_while(|(path, _)| path.starts_with(prefix)) {
        let rest = &path[prefix.len()..];
        let Some((folder, _)) = rest.split_once('/') else {
            tree.insert(rest, repository.blob(text.as_bytes())?, FILE)?;
            continue;
        };
        if folder != done {
            let id = write_tree(repository, files, &format!("{prefix}{folder}/"))?;
            tree.insert(folder, id, FOLDER)?;
            done = folder;
        }
    }
    tree.write()
}
