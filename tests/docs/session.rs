//! A reader at a terminal: a folder, an as-of day, and the status of the last command.

use crate::root;
use ismsctl::cli::{self, Status, World};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The day on which all pages are read, unless they say another.
const NOW: &str = "2026-06-30T12:00:00Z";

/// A session in a copy of the examples, removed at its end.
pub struct Session {
    folder: PathBuf,
    cwd: PathBuf,
    as_of: Option<String>,
    /// Status of the last run.
    pub status: Status,
}

/// Standard output and standard error, as a terminal shows them.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Session {
    /// Starts where a page is read.
    pub fn start(page: &Path) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("ismsctl-docs-{}-{number}", std::process::id()));
        copy(&root().join("examples"), &folder.join("examples"));
        let cwd = match page.parent() {
            Some(parent) if page.starts_with("examples") => folder.join(parent),
            _ => folder.clone(),
        };
        Self {
            folder,
            cwd,
            as_of: None,
            status: Status::Fine,
        }
    }

    /// Makes a folder.
    pub fn make_folder(&self, folder: &str) {
        std::fs::create_dir(self.cwd.join(folder)).unwrap();
    }

    /// Goes to another folder.
    pub fn change_folder(&mut self, folder: &str) -> Result<(), String> {
        let cwd = self.cwd.join(folder).canonicalize();
        self.cwd = cwd.map_err(|error| format!("cd {folder}: {error}"))?;
        Ok(())
    }

    /// Sets `ISMSCTL_AS_OF`.
    pub fn set_as_of(&mut self, day: &str) {
        self.as_of = Some(day.to_owned());
    }

    /// Runs ismsctl and gives what it prints.
    pub fn run(&mut self, arguments: &[String]) -> String {
        let arguments: Vec<OsString> = std::iter::once("ismsctl".into())
            .chain(arguments.iter().map(OsString::from))
            .collect();
        let screen = Screen::default();
        let (mut out, mut err) = (screen.clone(), screen.clone());
        let mut world = World {
            now: NOW.parse().unwrap(),
            as_of: self.as_of.clone(),
            cwd: self.cwd.clone(),
            out: &mut out,
            err: &mut err,
            color: false,
            width: 80,
        };
        self.status = cli::run(&arguments, &mut world);
        let bytes = screen.0.borrow().clone();
        String::from_utf8(bytes).unwrap()
    }

    /// Saves a file, folders included.
    pub fn save(&self, path: &str, text: &str) {
        let path = self.cwd.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces lines of a file: those of a diff without `+` by those without `-`.
    pub fn change(&self, path: &str, diff: &[String]) -> Result<(), String> {
        let side = |left_out: char| -> String {
            let lines = diff.iter().filter(|line| !line.starts_with(left_out));
            lines
                .map(|line| format!("{}\n", line.get(1..).unwrap_or_default()))
                .collect()
        };
        let (old, new) = (side('+'), side('-'));
        let full = self.cwd.join(path);
        let text = std::fs::read_to_string(&full).map_err(|error| format!("{path}: {error}"))?;
        match text.matches(&old).count() {
            1 => std::fs::write(full, text.replacen(&old, &new, 1)).map_err(|e| e.to_string()),
            count => Err(format!("the lines to change stand {count} times in {path}")),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A folder left behind in the folder for temporary files harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
