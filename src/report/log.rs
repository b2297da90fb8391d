//! The life of one record: what each commit did to it, through edits, renames and moves between files.

use crate::assess::delta::{Change, ChangeKind};
use crate::diagnostics::CommitRef;
use chrono::NaiveDate;

/// The life of one record.
#[derive(Debug)]
pub struct LogReport {
    /// The day from which it is told.
    pub as_of: NaiveDate,
    /// Its kind or register.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its latest title.
    pub title: String,
    /// What happened to it, newest first.
    pub steps: Vec<LogStep>,
}

/// What one commit did to it.
#[derive(Debug, Clone, PartialEq)]
pub struct LogStep {
    /// The commit; none for what is not committed.
    pub commit: Option<CommitRef>,
    /// The file in which it stands after, or stood before it was removed.
    pub path: String,
    /// The file in which it stood before, where that is another one.
    pub moved_from: Option<String>,
    /// What differs; none where it was only moved.
    pub change: Option<Change>,
}

impl LogStep {
    /// A step, unless it neither moved the record nor changed what it says. `paths` are the files before and after.
    pub fn new(
        commit: Option<CommitRef>,
        paths: (Option<&str>, Option<&str>),
        change: Option<Change>,
    ) -> Option<Self> {
        let path = paths.1.or(paths.0)?;
        let moved_from = paths
            .0
            .filter(|before| paths.1.is_some() && *before != path);
        (moved_from.is_some() || change.is_some()).then(|| Self {
            commit,
            path: path.to_owned(),
            moved_from: moved_from.map(str::to_owned),
            change,
        })
    }

    /// What a commit did itself, by what it did against each of its parents: against the first that had the record. None
    /// where a merge only brought together what its parents have.
    pub fn of_commit(parents: Vec<Self>) -> Option<Self> {
        let (first, others) = parents.split_first()?;
        let touches = |step: &Self, path: &str| {
            let fields = step.change.iter().flat_map(|change| &change.fields);
            fields.into_iter().any(|field| field.meets(path))
        };
        let mut fields = first.change.iter().flat_map(|change| &change.fields);
        let changed = fields.any(|field| others.iter().all(|step| touches(step, &field.path)));
        let moved = parents.iter().all(|step| step.moved_from.is_some());
        let is_addition = |step: &Self| step.kind() == Some(ChangeKind::Added);
        let base = parents.iter().position(|step| !is_addition(step));
        (changed || moved).then(|| parents.into_iter().nth(base.unwrap_or_default()))?
    }

    /// What kind of change it is; none where the record was only moved.
    pub fn kind(&self) -> Option<ChangeKind> {
        self.change.as_ref().map(Change::kind)
    }
}
