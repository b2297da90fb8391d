//! The folder beside a target, which takes its place by a rename.
//!
//! It is named `.NAME.N.ismsctl` and holds `lock`, `new` and `old`. While a run lives it holds the lock; what a stopped
//! run left behind is removed by the next one, which first puts an `old` back that has no successor.

use super::FolderError;
use super::stored::{Holding, refuse_changed, refuse_foreign};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How a folder beside the target ends.
const BESIDE: &str = ".ismsctl";
/// The lock in it, older than everything that changes while it lives.
const LOCK: &str = "lock";
/// How many names for it, and how many attempts to take the place of the target.
const ATTEMPTS: u32 = 100;

/// Where a folder goes.
pub struct Place {
    pub parent: PathBuf,
    name: String,
    pub target: PathBuf,
}

/// The folder beside the target; removed when it is done with.
pub struct Draft {
    folder: PathBuf,
    /// Held until the end; the system gives it back when the run is stopped.
    _lock: File,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = remove(&self.folder);
    }
}

/// Removes a folder beside a target, whose lock is held. The lock goes last: as long as anything else is there, no other
/// run takes the folder for what a stopped one left, nor its name for one of its own.
fn remove(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false if entry.file_name() == LOCK => {}
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_file(folder.join(LOCK))?;
    fs::remove_dir(folder)
}

pub fn refused(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Refused { path, error }
}

impl Place {
    pub fn of(target: &Path) -> Result<Self, FolderError> {
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

    /// What the folder there holds, unless it must not be replaced.
    pub fn holding(&self, kind: &str) -> Result<Holding, FolderError> {
        match self.target.exists() {
            true => refuse_foreign(&self.target, kind),
            false => Ok(Holding::default()),
        }
    }

    /// Puts the new folder in place of one that was looked at before.
    pub fn replace(&self, kind: &str, draft: &Draft, before: &Holding) -> Result<(), FolderError> {
        refuse_other(&self.target)?;
        let new = draft.new_folder();
        if let Ok(there) = fs::metadata(&self.target) {
            // Who may read the old folder may read the new one.
            fs::set_permissions(&new, there.permissions()).map_err(refused(&new))?;
        }
        let swapped = self.take_place(draft);
        swapped.map_err(refused(&self.target))?;
        // Somebody may have put something else there in the meantime.
        let begun = draft.folder.join(LOCK);
        let refuse = |old: &Path| {
            refuse_other(old)?;
            refuse_changed(old, kind, before, &begun)
        };
        let old = draft.old();
        if let Some(old) = &old
            && let Err(error) = refuse(old)
        {
            let back = fs::rename(&self.target, draft.folder.join("refused"));
            back.and_then(|()| fs::rename(old, &self.target))
                .map_err(refused(&self.target))?;
            return Err(error.moved(old, &self.target));
        }
        sync_folder(&self.parent);
        if let Some(old) = old {
            before.remove_from(&old);
        }
        Ok(())
    }

    /// Makes the folder beside it.
    pub fn begin(&self) -> Result<Draft, FolderError> {
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
    pub fn clear_up(&self) {
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
            // A run that removes its own takes the lock away last: without one there is nothing of ours.
            let Ok(Lock::Ours(_lock)) = lock(&folder.join(LOCK), false) else {
                continue;
            };
            let old = folder.join("old");
            if !self.target.exists() && old.exists() {
                let _ = fs::rename(old, &self.target);
            }
            let _ = remove(&folder);
        }
    }

    fn take_place(&self, draft: &Draft) -> io::Result<()> {
        let new = draft.new_folder();
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
    /// The folder that is to take the place of the target.
    pub fn new_folder(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// What was replaced, if there was anything.
    fn old(&self) -> Option<PathBuf> {
        let places = [self.folder.join("old"), self.new_folder()];
        let mut places = places.into_iter();
        places.find(|place| fs::symlink_metadata(place).is_ok())
    }
}

/// Refuses what is no folder.
pub fn refuse_other(path: &Path) -> Result<(), FolderError> {
    let in_the_way = |what| FolderError::InTheWay {
        path: path.to_owned(),
        what,
    };
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(in_the_way("a symbolic link")),
        Ok(found) if !found.is_dir() => Err(in_the_way("a file")),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(refused(path)(error)),
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
pub fn swap_in_two_steps(new: &Path, target: &Path, old: &Path) -> io::Result<()> {
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
pub enum Lock {
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
pub fn lock(path: &Path, make: bool) -> io::Result<Lock> {
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
pub fn lock(path: &Path, make: bool) -> io::Result<Lock> {
    let mut options = OpenOptions::new();
    match options.write(true).create_new(true).open(path) {
        Ok(file) if make => Ok(Lock::Ours(file)),
        Ok(_) => Ok(Lock::Taken),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Lock::Taken),
        Err(error) => Err(error),
    }
}

/// A name lasts only once its folder is on disk as well; where folders cannot be opened, the system sees to it.
pub fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
