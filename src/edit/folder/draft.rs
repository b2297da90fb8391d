//! Writing a folder: everything goes into a folder beside it, which then takes its place by a rename.
//!
//! The folder beside is named `.NAME.N.ismsctl` and holds `lock`, `new` and `old`. While a run lives it holds the lock;
//! what a stopped run left behind is removed by the next one, which first puts an `old` back that has no successor.

use super::stored::{Holding, refuse_changed, refuse_foreign};
use super::{Contents, FolderError};
use rayon::prelude::*;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How a folder beside the target ends.
const BESIDE: &str = ".ismsctl";
/// The lock in it, older than everything that changes while it lives.
const LOCK: &str = "lock";
/// How many names for it, and how many attempts to take the place of the target.
const ATTEMPTS: u32 = 100;

/// Writes a folder anew: all files, or none. What stands there must be empty, or a folder written like this with a file
/// `kind` in its list; then it is replaced. Readers find the old folder or the new one.
///
/// # Errors
/// Something else stands there, or the file system refuses; then everything is as before.
pub fn write_folder(target: &Path, kind: &str, files: &Contents) -> Result<(), FolderError> {
    let place = Place::of(target)?;
    place.refuse_other()?;
    let missing = place.parent.ancestors().take_while(|it| !it.exists());
    let missing: Vec<&Path> = missing.collect();
    let made = fs::create_dir_all(&place.parent).map_err(refused(&place.parent));
    let written = made.and_then(|()| place.write(kind, files));
    if written.is_err() {
        // Innermost first; one that somebody else uses by now is not empty and stays.
        for folder in missing {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

/// Where a folder goes.
struct Place {
    parent: PathBuf,
    name: String,
    target: PathBuf,
}

/// The folder beside the target; removed when it is done with.
struct Draft {
    folder: PathBuf,
    /// Held until the end; the system gives it back when the run is stopped.
    _lock: File,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn refused(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Refused { path, error }
}

impl Place {
    fn of(target: &Path) -> Result<Self, FolderError> {
        let nameless = || FolderError::Nameless(target.to_owned());
        let name = target.file_name().and_then(|name| name.to_str());
        let (name, parent) = name.zip(target.parent()).ok_or_else(nameless)?;
        Ok(Self {
            parent: parent.to_owned(),
            name: name.to_owned(),
            // Without a `/` at its end, which would follow a link.
            target: parent.join(name),
        })
    }

    /// Refuses what is no folder.
    fn refuse_other(&self) -> Result<(), FolderError> {
        let in_the_way = |what| FolderError::InTheWay {
            path: self.target.clone(),
            what,
        };
        match fs::symlink_metadata(&self.target) {
            Ok(found) if found.is_symlink() => Err(in_the_way("a symbolic link")),
            Ok(found) if !found.is_dir() => Err(in_the_way("a file")),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(refused(&self.target)(error)),
        }
    }

    /// What the folder there holds, unless it must not be replaced.
    fn holding(&self, kind: &str) -> Result<Holding, FolderError> {
        self.refuse_other()?;
        match self.target.exists() {
            true => refuse_foreign(&self.target, kind),
            false => Ok(Holding::default()),
        }
    }

    fn write(&self, kind: &str, files: &Contents) -> Result<(), FolderError> {
        self.clear_up();
        let draft = self.begin()?;
        let before = self.holding(kind)?;
        let new = draft.folder.join("new");
        fill(&new, files)?;
        self.replace(kind, &draft, &before)
    }

    /// Puts the new folder in place of one that was looked at before.
    fn replace(&self, kind: &str, draft: &Draft, before: &Holding) -> Result<(), FolderError> {
        let new = draft.folder.join("new");
        if let Ok(there) = fs::metadata(&self.target) {
            // Who may read the old folder may read the new one.
            fs::set_permissions(&new, there.permissions()).map_err(refused(&new))?;
        }
        let swapped = self.take_place(draft);
        swapped.map_err(refused(&self.target))?;
        // Somebody may have put something else there in the meantime.
        if let Some(old) = draft.old()
            && let Err(error) = refuse_changed(&old, kind, before, &draft.folder.join(LOCK))
        {
            let back = fs::rename(&self.target, draft.folder.join("refused"));
            back.and_then(|()| fs::rename(&old, &self.target))
                .map_err(refused(&self.target))?;
            return Err(error);
        }
        sync_folder(&self.parent);
        Ok(())
    }

    fn begin(&self) -> Result<Draft, FolderError> {
        for number in 0..ATTEMPTS {
            let folder = self.parent.join(format!(".{}.{number}{BESIDE}", self.name));
            match fs::create_dir(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(refused(&folder)(error)),
            }
            let path = folder.join(LOCK);
            match lock(&path, true) {
                Ok(Lock::Ours(lock) | Lock::Unknown(lock)) => {
                    return Ok(Draft {
                        folder,
                        _lock: lock,
                    });
                }
                // A run that clears up was quicker.
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let _ = fs::remove_dir_all(&folder);
                    return Err(refused(&folder)(error));
                }
            }
        }
        let error = io::Error::new(ErrorKind::AlreadyExists, "too many runs write it at once");
        Err(refused(&self.target)(error))
    }

    /// Removes what stopped runs left behind. What cannot be removed is in nobody's way.
    fn clear_up(&self) {
        let Ok(entries) = fs::read_dir(&self.parent) else {
            return;
        };
        let begin = format!(".{}.", self.name);
        for entry in entries.flatten() {
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| {
                let name = name.strip_prefix(&begin)?;
                name.strip_suffix(BESIDE)?.parse::<u32>().ok()
            });
            let folder = entry.path();
            // An empty one was made this moment, or its run stopped before anything was written.
            if number.is_none() || fs::remove_dir(&folder).is_ok() {
                continue;
            }
            // Something is in it: without a lock it is what a stopped removal left.
            let _lock = match lock(&folder.join(LOCK), false) {
                Ok(Lock::Ours(lock)) => Some(lock),
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                _ => continue,
            };
            let old = folder.join("old");
            if !self.target.exists() && old.exists() {
                let _ = fs::rename(old, &self.target);
            }
            let _ = fs::remove_dir_all(&folder);
        }
    }

    fn take_place(&self, draft: &Draft) -> io::Result<()> {
        let new = draft.folder.join("new");
        let mut last = None;
        for _ in 0..ATTEMPTS {
            // Two runs that write the same folder meet here; the later one wins.
            match swap(&new, &self.target, &draft.folder.join("old")) {
                Ok(()) => return Ok(()),
                Err(error) if may_pass(&error) => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| ErrorKind::AlreadyExists.into()))
    }
}

impl Draft {
    /// The folder that was replaced, if there was one.
    fn old(&self) -> Option<PathBuf> {
        let places = ["old", "new"].map(|name| self.folder.join(name));
        places.into_iter().find(|place| place.exists())
    }
}

/// Whether another run was between its two renames.
fn may_pass(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty
    )
}

/// Puts a folder in place of another, which moves to where the first was, or to `old`.
fn swap(new: &Path, target: &Path, old: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    match exchange(new, target) {
        Some(done) => done,
        None => swap_in_two_steps(new, target, old),
    }
}

/// Where two folders cannot change places at once, there is none for a moment.
fn swap_in_two_steps(new: &Path, target: &Path, old: &Path) -> io::Result<()> {
    fs::rename(target, old)?;
    let done = fs::rename(new, target);
    if done.is_err() {
        fs::rename(old, target)?;
    }
    done
}

/// Lets two folders change places at once; none where the system cannot.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> Option<io::Result<()>> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
        done => Some(done.map_err(io::Error::from)),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> Option<io::Result<()>> {
    None
}

/// A lock that was asked for.
enum Lock {
    /// It is ours until the file is closed.
    Ours(File),
    /// Another run has it.
    Taken,
    /// The file system knows no locks.
    #[cfg_attr(not(unix), expect(dead_code, reason = "told by unix alone"))]
    Unknown(File),
}

/// Takes a lock, whose file is made on request. One whose file was removed or made anew meanwhile is none.
#[cfg(unix)]
fn lock(path: &Path, make: bool) -> io::Result<Lock> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    use std::os::unix::fs::MetadataExt;
    let mut options = OpenOptions::new();
    let file = options.write(true).create(make).open(path)?;
    let known = match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => true,
        Err(Errno::WOULDBLOCK) => return Ok(Lock::Taken),
        Err(Errno::NOSYS | Errno::NOTSUP | Errno::NOLCK | Errno::INVAL) => false,
        Err(error) => return Err(error.into()),
    };
    let (ours, there) = (file.metadata()?, fs::metadata(path)?);
    Ok(match known {
        _ if (ours.dev(), ours.ino()) != (there.dev(), there.ino()) => Lock::Taken,
        true => Lock::Ours(file),
        false => Lock::Unknown(file),
    })
}

/// Takes a lock by making a file; who finds it made cannot tell whether its owner lives.
#[cfg(not(unix))]
fn lock(path: &Path, make: bool) -> io::Result<Lock> {
    let mut options = OpenOptions::new();
    match options.write(true).create_new(true).open(path) {
        Ok(file) if make => Ok(Lock::Ours(file)),
        Ok(_) => Ok(Lock::Taken),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Lock::Taken),
        Err(error) => Err(error),
    }
}

/// Writes files into a new folder, and sees to it that they are on disk.
fn fill(folder: &Path, files: &Contents) -> Result<(), FolderError> {
    fs::create_dir(folder).map_err(refused(folder))?;
    let mut folders = vec![folder.to_owned()];
    for path in files.keys() {
        let path = folder.join(path);
        let above = path.parent().unwrap_or(folder);
        if !above.exists() {
            fs::create_dir_all(above).map_err(refused(above))?;
            folders.push(above.to_owned());
        }
    }
    let write = |(path, bytes): (&String, &Vec<u8>)| {
        let path = folder.join(path);
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).open(&path);
        let written = file.and_then(|mut file| file.write_all(bytes).map(|()| file));
        let file = written.map_err(refused(&path))?;
        Ok((path, file))
    };
    let written: Vec<Result<_, FolderError>> = files.par_iter().map(write).collect();
    let written: Vec<(PathBuf, File)> = written.into_iter().collect::<Result<_, _>>()?;
    // Only when all are written: the system then brings them to disk together.
    for (path, file) in written {
        file.sync_all().map_err(refused(&path))?;
    }
    folders.iter().for_each(|folder| sync_folder(folder));
    Ok(())
}

/// A name lasts only once its folder is on disk as well; where folders cannot be opened, the system sees to it.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests;
