//! Writing new files: all of them, or none.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file to be written.
pub struct NewFile {
    /// Path relative to the folder, `/`-separated.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Why files could not be written; nothing was left behind.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something is there already; nothing is overwritten.
    #[error("`{0}` exists already; nothing was written")]
    Exists(PathBuf),
    /// The file system refused.
    #[error("cannot write `{path}`: {error}; nothing was left behind")]
    Refused {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Writes files that do not exist yet into a folder, which is made if it is missing.
///
/// # Errors
/// When one of them exists, or cannot be written; then those already written are removed again.
pub fn write_new(folder: &Path, files: &[NewFile]) -> Result<(), WriteError> {
    for file in files {
        let path = folder.join(&file.path);
        if path.symlink_metadata().is_ok() {
            return Err(WriteError::Exists(path));
        }
    }
    let mut made = Made::default();
    for file in files {
        let path = folder.join(&file.path);
        if let Err(error) = made.write(&path, &file.text) {
            made.undo();
            return Err(WriteError::Refused { path, error });
        }
    }
    Ok(())
}

/// What this run has made so far, in order.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, path: &Path, text: &str) -> std::io::Result<()> {
        let missing: Vec<&Path> = path
            .ancestors()
            .skip(1)
            .take_while(|folder| !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            std::fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Removes what was made; what cannot be removed is left to the message about the first failure.
    fn undo(&self) {
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("ismsctl-write-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    fn file(path: &str) -> NewFile {
        NewFile {
            path: path.to_owned(),
            text: "x\n".to_owned(),
        }
    }

    #[test]
    fn an_existing_file_stops_everything() {
        let folder = folder("existing");
        write_new(&folder, &[file("a/b.txt")]).unwrap();
        let refused = write_new(&folder, &[file("c.txt"), file("a/b.txt")]);
        assert!(matches!(refused, Err(WriteError::Exists(_))));
        assert!(!folder.join("c.txt").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = folder("failure");
        // The second file needs a folder where the first one put a file.
        let refused = write_new(&folder, &[file("a"), file("a/b")]);
        assert!(matches!(refused, Err(WriteError::Refused { .. })));
        assert!(!folder.exists());
    }
}
