//! Writing a folder anew: it is begun before its files are known, they come one by one, and it takes its place whole.

use super::draft::{Draft, Place, refuse_other, refused, sync_folder};
use super::stored::Holding;
use super::{FolderError, MANIFEST};
use crate::text::{Checksum, Checksums};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// A folder that is being written anew: all its files, or none. Until it is finished what stands there is as it was, and
/// when it is not finished nothing is left of it.
pub struct Writing {
    // In the order in which they are given up.
    disk: Disk,
    draft: Draft,
    _above: Above,
    place: Place,
    kind: &'static str,
    before: Holding,
    sums: Mutex<Checksums>,
}

impl Writing {
    /// Begins to write a folder. What stands there must be empty, or a folder written like this with a file `kind` in its
    /// list; then it is replaced.
    ///
    /// # Errors
    /// Something else stands there, or the file system refuses.
    pub fn begin(target: &Path, kind: &'static str) -> Result<Self, FolderError> {
        let place = Place::of(target)?;
        refuse_other(&place.target)?;
        let above = Above::make(&place.parent)?;
        place.clear_up();
        let draft = place.begin()?;
        let before = place.holding(kind)?;
        let new = draft.new_folder();
        fs::create_dir(&new).map_err(refused(&new))?;
        Ok(Self {
            disk: Disk::begin().map_err(refused(&new))?,
            draft,
            _above: above,
            place,
            kind,
            before,
            sums: Mutex::default(),
        })
    }

    /// Adds a file; several threads may.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let (sum, written) = rayon::join(|| Checksum::of(bytes), || self.write(path, bytes));
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.0.insert(path.to_owned(), sum);
        written
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let path = self.draft.new_folder().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refused(folder))?;
        }
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).open(&path);
        let written = file.and_then(|mut file| file.write_all(bytes).map(|()| file));
        let file = written.map_err(refused(&path))?;
        self.disk.take(path, file);
        Ok(())
    }

    /// Adds the list of the files, and lets the folder take its place; tells how many files it has. Readers find the old
    /// folder or the new one.
    ///
    /// # Errors
    /// What stands there was changed meanwhile, or the file system refuses; then it is as it was.
    pub fn finish(mut self) -> Result<usize, FolderError> {
        let sums = self.sums.get_mut().unwrap_or_else(PoisonError::into_inner);
        let sums = std::mem::take(sums);
        self.write(MANIFEST, sums.spell().as_bytes())?;
        self.disk.end()?;
        let new = self.draft.new_folder();
        let files = sums.0.keys().map(|path| new.join(path));
        let folders: BTreeSet<PathBuf> = files
            .flat_map(|file| {
                let above = file.ancestors().skip(1).map(Path::to_owned);
                above
                    .take_while(|it| it.starts_with(&new))
                    .collect::<Vec<_>>()
            })
            .collect();
        folders.iter().for_each(|folder| sync_folder(folder));
        self.place.replace(self.kind, &self.draft, &self.before)?;
        Ok(sums.0.len() + 1)
    }
}

/// The folders above a target that were made for it, innermost first. They go again unless something stands in them.
struct Above(Vec<PathBuf>);

impl Above {
    fn make(parent: &Path) -> Result<Self, FolderError> {
        let missing = parent.ancestors().take_while(|folder| !folder.exists());
        let above = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(parent).map_err(refused(parent))?;
        Ok(above)
    }
}

impl Drop for Above {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Sees to it that files are on disk, while others are still made; gone once all are.
struct Disk(Option<Syncing>);

/// Where files go that are written, and the thread that takes them.
type Syncing = (Sender<(PathBuf, File)>, JoinHandle<Result<(), FolderError>>);

impl Disk {
    fn begin() -> std::io::Result<Self> {
        let (files, received) = channel::<(PathBuf, File)>();
        let sync = move || {
            let mut outcome = Ok(());
            for (path, file) in received {
                outcome = outcome.and(file.sync_all().map_err(refused(&path)));
            }
            outcome
        };
        let thread = thread::Builder::new().spawn(sync)?;
        Ok(Self(Some((files, thread))))
    }

    /// Takes a file that is written.
    fn take(&self, path: PathBuf, file: File) {
        if let Some((files, _)) = &self.0 {
            // The thread takes files for as long as there may be any.
            let _ = files.send((path, file));
        }
    }

    /// Waits until all are on disk.
    fn end(&mut self) -> Result<(), FolderError> {
        let outcome = self.stop();
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn stop(&mut self) -> thread::Result<Result<(), FolderError>> {
        match self.0.take() {
            Some((files, thread)) => {
                drop(files);
                thread.join()
            }
            None => Ok(Ok(())),
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Files are closed before the folder they are in is removed.
        let _ = self.stop();
    }
}

#[cfg(test)]
mod tests;
