//! What stands in a folder, compared with its list.

use super::{Contents, FolderError, MANIFEST};
use crate::text::{Checksum, Checksums};
use rayon::prelude::*;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::path::{Path, PathBuf};

/// How often a folder is read at most while others write it.
const ATTEMPTS: usize = 100;

/// What a folder with a list holds.
#[derive(Debug)]
pub struct Stored {
    /// All its files, the list included.
    pub files: Contents,
    /// What else stands there: links, and whatever is no file.
    pub others: Vec<String>,
    /// Its list, or the first line of it that is none.
    pub list: Result<Checksums, usize>,
}

/// How a folder differs from its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tampering {
    /// A file that is listed holds something else.
    Changed(String),
    /// A file that is listed is not there.
    Missing(String),
    /// Something is not listed.
    Extra(String),
    /// The list cannot be read from this line on.
    NoList(usize),
}

impl Tampering {
    /// What differs.
    pub fn path(&self) -> &str {
        match self {
            Self::Changed(path) | Self::Missing(path) | Self::Extra(path) => path,
            Self::NoList(_) => MANIFEST,
        }
    }

    /// How, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Changed(_) => "was changed after it was written".to_owned(),
            Self::Missing(_) => "is missing".to_owned(),
            Self::Extra(_) => "was put there by somebody else".to_owned(),
            Self::NoList(line) => format!("is no list from line {line} on"),
        }
    }
}

/// Reads a folder with a list.
///
/// # Errors
/// No folder, none with a list, or one that cannot be read.
pub fn read_folder(folder: &Path) -> Result<Stored, FolderError> {
    undisturbed(folder, || read(folder))
}

/// Reads a folder again for as long as another one took its place meanwhile: half of one and half of the other would
/// look like a folder that somebody changed.
fn undisturbed<T>(folder: &Path, read: impl Fn() -> T) -> T {
    for _ in 0..ATTEMPTS {
        let before = identity(folder);
        let found = read();
        if identity(folder) == before {
            return found;
        }
    }
    read()
}

/// What tells a file or folder from another one at the same place, or from itself before it was changed.
#[derive(Debug, PartialEq)]
struct Identity {
    // Numbers are given away again: the time of the last change tells one from the next.
    number: i128,
    /// In nanoseconds.
    changed: i128,
    length: u64,
}

fn identity(path: &Path) -> Option<Identity> {
    let found = std::fs::symlink_metadata(path).ok()?;
    #[cfg(unix)]
    let (number, changed) = {
        use std::os::unix::fs::MetadataExt;
        let seconds = i128::from(found.ctime()) * 1_000_000_000;
        (found.ino().into(), seconds + i128::from(found.ctime_nsec()))
    };
    #[cfg(not(unix))]
    let (number, changed) = {
        use std::time::{SystemTime, UNIX_EPOCH};
        let nanoseconds = |time: SystemTime| {
            let since = time.duration_since(UNIX_EPOCH).ok();
            since.and_then(|since| i128::try_from(since.as_nanos()).ok())
        };
        let number = found.created().ok().and_then(nanoseconds);
        (number?, found.modified().ok().and_then(nanoseconds)?)
    };
    Some(Identity {
        number,
        changed,
        length: found.len(),
    })
}

/// Whatever a folder held at a time, and which files these were.
#[derive(Debug, Default, PartialEq)]
pub struct Holding(Vec<(String, Option<Identity>)>);

impl Holding {
    fn of(folder: &Path) -> Result<Self, FolderError> {
        let mut found = Vec::new();
        walk(folder, "", &mut |path, _| {
            let identity = identity(&folder.join(&path));
            found.push((path, identity));
            Ok(())
        })?;
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Self(found))
    }

    /// Removes the files of the same names from a folder that was replaced, as far as that can be done: those of
    /// megabytes take their time to go, so they go side by side.
    pub fn remove_from(&self, folder: &Path) {
        self.0.par_iter().for_each(|(path, _)| {
            let _ = std::fs::remove_file(folder.join(path));
        });
    }

    /// Whether all of it is older than a file that was there before this was looked up. Whatever changes afterwards is
    /// not: times are as coarse as a few milliseconds, but they never run backwards.
    fn is_older_than(&self, file: &Path) -> bool {
        let Some(limit) = identity(file).map(|file| file.changed) else {
            return false;
        };
        let is_older = |it: &Option<Identity>| it.as_ref().is_some_and(|it| it.changed < limit);
        self.0.iter().all(|(_, identity)| is_older(identity))
    }
}

fn read(folder: &Path) -> Result<Stored, FolderError> {
    if !has_list(folder) {
        return Err(FolderError::NoPack(folder.to_owned()));
    }
    let (mut paths, mut others) = (Vec::new(), Vec::new());
    walk(folder, "", &mut |path, kind| {
        let to = if kind.is_file() {
            &mut paths
        } else {
            &mut others
        };
        to.push(path);
        Ok(())
    })?;
    let read = |path: String| {
        let full = folder.join(&path);
        let bytes = std::fs::read(&full).map_err(|error| unreadable(&full, error))?;
        Ok((path, bytes))
    };
    let files: Vec<Result<_, FolderError>> = paths.into_par_iter().map(read).collect();
    let files: Contents = files.into_iter().collect::<Result<_, _>>()?;
    let Some(list) = files.get(MANIFEST) else {
        return Err(FolderError::NoPack(folder.to_owned()));
    };
    let list = Checksums::parse(&String::from_utf8_lossy(list));
    Ok(Stored {
        files,
        others,
        list,
    })
}

impl Stored {
    /// How it differs from its list. A checkout that ends all lines otherwise changes nothing.
    pub fn tampering(&self) -> Vec<Tampering> {
        let list = match &self.list {
            Ok(list) => list,
            Err(line) => return vec![Tampering::NoList(*line)],
        };
        let listed = list.0.par_iter();
        let differing = listed.filter_map(|(path, checksum)| match self.files.get(path) {
            None => Some(Tampering::Missing(path.clone())),
            Some(bytes) if !is(bytes, *checksum) => Some(Tampering::Changed(path.clone())),
            Some(_) => None,
        });
        let mut found: Vec<Tampering> = differing.collect();
        let files = self.files.keys().filter(|path| *path != MANIFEST);
        let extra = files.filter(|path| !list.0.contains_key(*path));
        let extra = extra.chain(&self.others).cloned();
        found.extend(extra.map(Tampering::Extra));
        found
    }
}

/// Whether bytes have a checksum, as they are or as they were written.
fn is(bytes: &[u8], checksum: Checksum) -> bool {
    Checksum::of(bytes) == checksum || Checksum::of(&as_written(bytes)) == checksum
}

/// Text as it was written: git can check it out with a carriage return at the end of every line. Where only some lines
/// have one, somebody put it there.
pub fn as_written(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_whole = |at: usize| match bytes[at] {
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        b'\n' => at > 0 && bytes[at - 1] == b'\r',
        _ => true,
    };
    match bytes.contains(&b'\r') && (0..bytes.len()).all(is_whole) {
        true => Cow::Owned(bytes.iter().copied().filter(|it| *it != b'\r').collect()),
        false => Cow::Borrowed(bytes),
    }
}

/// Whether there is a list.
fn has_list(folder: &Path) -> bool {
    let list = std::fs::symlink_metadata(folder.join(MANIFEST));
    list.is_ok_and(|list| list.is_file())
}

/// Refuses a folder that is neither empty nor what was written there; tells what it holds.
pub fn refuse_foreign(folder: &Path, kind: &str) -> Result<Holding, FolderError> {
    undisturbed(folder, || {
        refuse_unlisted(folder, kind)?;
        let holding = Holding::of(folder)?;
        refuse_tampered(folder, &holding)?;
        Ok(holding)
    })
}

/// The same of a folder that was looked at before, after the file `begun` was made. Nothing is read of one that is as it
/// was.
pub fn refuse_changed(
    folder: &Path,
    kind: &str,
    before: &Holding,
    begun: &Path,
) -> Result<(), FolderError> {
    let is_same = Holding::of(folder).is_ok_and(|now| now == *before);
    match is_same && before.is_older_than(begun) {
        true => Ok(()),
        false => refuse_foreign(folder, kind).map(drop),
    }
}

/// Refuses a folder whose list is not one of `kind`, by a look at the list alone: what lies in another folder is nobody's
/// business, and may be whatever a disk holds.
fn refuse_unlisted(folder: &Path, kind: &str) -> Result<(), FolderError> {
    let foreign = |file| {
        let folder = folder.to_owned();
        Err(FolderError::Foreign { folder, file })
    };
    if !has_list(folder) {
        return first(folder, "")?.map_or(Ok(()), foreign);
    }
    let path = folder.join(MANIFEST);
    let list = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
    match Checksums::parse(&String::from_utf8_lossy(&list)) {
        Ok(list) if list.0.contains_key(kind) => Ok(()),
        _ => foreign(MANIFEST.to_owned()),
    }
}

/// Refuses a folder that differs from its list.
fn refuse_tampered(folder: &Path, holding: &Holding) -> Result<(), FolderError> {
    if holding.0.is_empty() {
        return Ok(());
    }
    let stored = read(folder)?;
    for found in stored.tampering() {
        let (folder, file) = (folder.to_owned(), found.path().to_owned());
        match found {
            Tampering::Changed(_) => return Err(FolderError::Changed { folder, file }),
            Tampering::Extra(_) | Tampering::NoList(_) => {
                return Err(FolderError::Foreign { folder, file });
            }
            // What is gone cannot be lost.
            Tampering::Missing(_) => {}
        }
    }
    Ok(())
}

/// Tells of everything below a folder but the folders, which are told when they are empty; whether there was anything.
fn walk(
    folder: &Path,
    path: &str,
    tell: &mut dyn FnMut(String, FileType) -> Result<(), FolderError>,
) -> Result<bool, FolderError> {
    let entries = entries(folder)?;
    let is_any = !entries.is_empty();
    for (name, kind) in entries {
        let (full, path) = below(folder, path, &name);
        if !kind.is_dir() || !walk(&full, &path, tell)? {
            tell(path, kind)?;
        }
    }
    Ok(is_any)
}

/// The first thing that [`walk`] would tell of.
fn first(folder: &Path, path: &str) -> Result<Option<String>, FolderError> {
    let Some((name, kind)) = entries(folder)?.into_iter().next() else {
        return Ok(None);
    };
    let (full, path) = below(folder, path, &name);
    let within = match kind.is_dir() {
        true => first(&full, &path)?,
        false => None,
    };
    Ok(within.or(Some(path)))
}

/// What lies in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<(OsString, FileType)>, FolderError> {
    let failed = |error| unreadable(folder, error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        entries.push((entry.file_name(), kind));
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}

/// Where something in a folder lies, and its path as it is written; `path` is that of the folder.
fn below(folder: &Path, path: &str, name: &OsStr) -> (PathBuf, String) {
    let written = name.to_string_lossy();
    let path = match path {
        "" => written.into_owned(),
        path => format!("{path}/{written}"),
    };
    (folder.join(name), path)
}

fn unreadable(path: &Path, error: std::io::Error) -> FolderError {
    FolderError::Unreadable {
        path: path.to_owned(),
        error,
    }
}
