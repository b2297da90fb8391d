//! Writing new files: all of them, or none.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file to be written.
pub struct NewFile {
    /// Path relative to the folder, `/`-separated.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// Whether a file that is there already may stand in its place.
    pub optional: bool,
}

/// Why files could not be written; nothing was left behind.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something is there already; nothing is overwritten.
    #[error("`{0}` exists already; nothing was written")]
    Exists(PathBuf),
    /// Somebody else wrote it in the meantime.
    #[error("`{0}` has changed since it was read; nothing was written, so run the command again")]
    Changed(PathBuf),
    /// It is not meant to be written.
    #[error("`{0}` is read-only; nothing was written")]
    ReadOnly(PathBuf),
    /// The file system refused.
    #[error("cannot write `{path}`: {error}; nothing was left behind")]
    Refused {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Writes files that do not exist yet into a folder, which is made if it is missing. Gives the optional files that
/// were there already and stay as they are.
///
/// # Errors
/// When another one exists, or one cannot be written; then those already written are removed again.
pub fn write_new<'f>(folder: &Path, files: &'f [NewFile]) -> Result<Vec<&'f str>, WriteError> {
    let is_there = |file: &&NewFile| folder.join(&file.path).symlink_metadata().is_ok();
    let (there, files): (Vec<&NewFile>, Vec<&NewFile>) = files.iter().partition(is_there);
    if let Some(file) = there.iter().find(|file| !file.optional) {
        return Err(WriteError::Exists(folder.join(&file.path)));
    }
    let mut made = Made::default();
    for file in files {
        let path = folder.join(&file.path);
        if let Err(error) = made.write(&path, &file.text) {
            made.undo();
            return Err(WriteError::Refused { path, error });
        }
    }
    Ok(there.iter().map(|file| file.path.as_str()).collect())
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
            optional: false,
        }
    }

    #[test]
    fn an_existing_file_stops_everything() {
        let folder = folder("existing");
        write_new(&folder, &[file("a/b.txt")]).unwrap();
        let files = [file("c.txt"), file("a/b.txt")];
        let refused = write_new(&folder, &files);
        assert!(matches!(refused, Err(WriteError::Exists(_))));
        assert!(!folder.join("c.txt").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_optional_file_that_is_there_stays() {
        let folder = folder("optional");
        write_new(&folder, &[file("README.md")]).unwrap();
        let mut readme = file("README.md");
        readme.optional = true;
        readme.text = "other\n".to_owned();
        let files = [readme, file("isms.toml")];
        assert_eq!(write_new(&folder, &files).unwrap(), ["README.md"]);
        assert_eq!(
            std::fs::read_to_string(folder.join("README.md")).unwrap(),
            "x\n"
        );
        assert!(folder.join("isms.toml").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = folder("failure");
        // The second file needs a folder where the first one put a file.
        let files = [file("a"), file("a/b")];
        let refused = write_new(&folder, &files);
        assert!(matches!(refused, Err(WriteError::Refused { .. })));
        assert!(!folder.exists());
    }
}
