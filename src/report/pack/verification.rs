//! What came of verifying a pack: whether it is what the records give, and what is otherwise.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// What came of verifying a pack.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The day the pack looks at.
    pub as_of: Option<NaiveDate>,
    /// What it was compared with.
    pub against: Against,
    /// Version of the tool that made it.
    pub recorded_version: Option<String>,
    /// Version of this tool.
    pub own_version: &'static str,
    /// How many files it has.
    pub files: usize,
    /// What is otherwise, gravest first.
    pub differences: Vec<Difference>,
    /// What is as well worth knowing.
    pub notes: Vec<String>,
}

/// What a pack was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The records of this commit, in full.
    Revision(String),
    /// The files on disk.
    WorkTree,
    /// Nothing: it does not say what it was made from.
    Nothing,
}

/// Something that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Why.
    pub cause: Cause,
    /// A file of the pack, or of the records.
    pub path: Option<String>,
    /// The records in that file that are other ones, or that may be.
    pub records: Vec<String>,
    /// What, in a sentence.
    pub message: String,
}

/// Why a pack is not what the records give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The commit it was made from is not to be found.
    Revision,
    /// A file of the pack is not what was written.
    Pack,
    /// A file that records were read from is another one.
    Input,
    /// A template of the workspace is another one.
    Template,
    /// Another version of the tool made it.
    Tool,
    /// The records have errors, and the pack is no draft.
    Errors,
    /// A page is not what the records give.
    Output,
}

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is what the records give, byte for byte.
    Identical,
    /// Something is otherwise.
    Differs,
    /// Nobody can tell here.
    Unverified,
}

impl Verification {
    /// The verdict.
    pub fn outcome(&self) -> Outcome {
        let cannot = |it: &Difference| it.cause == Cause::Revision;
        match self.differences.as_slice() {
            [] => Outcome::Identical,
            // What is wrong with the pack itself is so whatever the records are.
            found if found.iter().any(|it| it.cause == Cause::Pack) => Outcome::Differs,
            found if self.against == Against::Nothing && found.iter().any(cannot) => {
                Outcome::Unverified
            }
            _ => Outcome::Differs,
        }
    }

    /// Adds something that is otherwise.
    pub fn differs(&mut self, cause: Cause, path: Option<&str>, message: impl Into<String>) {
        self.differences.push(Difference {
            cause,
            path: path.map(str::to_owned),
            records: Vec::new(),
            message: message.into(),
        });
    }
}
