//! Runs the tool in process with a World made here: no clock, no environment, no terminal; workspaces are copies in
//! temporary folders outside git.

use chrono::{DateTime, TimeZone, Utc};
use ismsctl::cli::{self, World};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The smallest isms.toml with which rules are content.
pub const CONFIG: &str =
    "[isms]\nname = \"Test\"\nsince = 2026-01-01\n\n[roles]\nciso = \"Security\"\n";
/// The last day of the example's second quarter, where most snapshots stand.
pub const JUNE: &str = "2026-06-30";
/// The last day of the quarter before.
pub const MARCH: &str = "2026-03-31";

/// What a run said.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub status: u8,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Standard output of a run that ended well and had nothing to complain about.
    #[track_caller]
    pub fn fine(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Standard output as JSON, whatever the status.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard error of a run that could not do its work and therefore printed nothing.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{}", self.err);
        self.err
    }
}

/// A terminal of some width, with colour or without.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: usize,
    pub color: bool,
}

pub const PLAIN: Screen = Screen {
    width: 80,
    color: false,
};

/// The instant at which all tests run.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap()
}

/// Runs a command line in a folder.
pub fn run_on<S: AsRef<str>>(folder: &Path, screen: Screen, arguments: &[S]) -> Run {
    run_world(folder, screen, None, arguments)
}

/// Runs a command line in a folder with an as-of day from the environment.
pub fn run_world<S: AsRef<str>>(
    folder: &Path,
    screen: Screen,
    as_of: Option<&str>,
    arguments: &[S],
) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line: Vec<OsString> = std::iter::once("ismsctl")
        .chain(arguments.iter().map(AsRef::as_ref))
        .map(OsString::from)
        .collect();
    let status = cli::run(
        &line,
        &mut World {
            now: now(),
            as_of: as_of.map(str::to_owned),
            cwd: folder.to_owned(),
            out: &mut out,
            err: &mut err,
            color: screen.color,
            width: screen.width,
        },
    );
    Run {
        status: status.code(),
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
}

/// A temporary folder outside git, removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("ismsctl-cli-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    /// A copy of a workspace of `examples/`.
    pub fn example(name: &str) -> Self {
        let folder = Self::new();
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(name);
        for entry in walkdir::WalkDir::new(&source) {
            let entry = entry.unwrap();
            let target = folder.0.join(entry.path().strip_prefix(&source).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(target).unwrap();
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
        folder
    }

    /// A workspace of these files beside the smallest isms.toml.
    pub fn workspace<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let folder = Self::new();
        folder.write("isms.toml", CONFIG);
        for (path, content) in files {
            folder.write(path, content);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, with its folders.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs a command line here, at 80 columns without colour.
    pub fn run<S: AsRef<str>>(&self, arguments: &[S]) -> Run {
        run_on(&self.0, PLAIN, arguments)
    }

    /// Runs a command line given as words, as of a day.
    pub fn at(&self, day: &str, words: &str) -> Run {
        let mut arguments: Vec<&str> = words.split_whitespace().collect();
        arguments.extend(["--as-of", day]);
        self.run(&arguments)
    }

    /// All files with what they hold, sorted by path.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        walkdir::WalkDir::new(&self.0)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let content = std::fs::read(entry.path()).unwrap();
                (entry.into_path(), content)
            })
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Text for a snapshot: the tool's version scrubbed, escape characters visible.
pub fn scrub(text: &str) -> String {
    text.replace(
        &format!("ismsctl {}", env!("CARGO_PKG_VERSION")),
        "ismsctl VERSION",
    )
    .replace('\u{1b}', "␛")
}

/// Compares text with its committed snapshot.
macro_rules! snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($name, $crate::harness::scrub(&$text));
        })
    };
}
pub(crate) use snapshot;
