//! What comes from outside: the clock, the folder, the terminal. Nothing else reads them.

use chrono::{DateTime, Utc};
use std::io::Write;
use std::path::PathBuf;

/// The outside world, as `main` found it or a test made it.
pub struct World<'w> {
    /// The instant now.
    pub now: DateTime<Utc>,
    /// The as-of day set from outside (`ISMSCTL_AS_OF`).
    pub as_of: Option<String>,
    /// The current folder.
    pub cwd: PathBuf,
    /// Where output goes.
    pub out: &'w mut dyn Write,
    /// Where errors of the tool itself go.
    pub err: &'w mut dyn Write,
    /// Whether output may use colour.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Fine,
    /// The records are at fault, or a threshold that was asked for is crossed.
    Fault,
    /// The tool could not do its work.
    Unable,
}

impl Status {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Status::Fine => 0,
            Status::Fault => 1,
            Status::Unable => 2,
        }
    }
}
