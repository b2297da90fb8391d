//! The packs that the story's reviews had before them: each review since the annual one of 2025 records the commit its
//! pack was made from, and the digest of the records there.
//!
//! Both are known only while the history is written, so the example cannot have them: its review files are the only ones
//! that end otherwise in the demonstration.

use super::past;
use super::state::{Commit, Files};
use crate::edit::yaml::{Place, Value, set};
use crate::text::{NodeKind, NodeRef, Source, yaml};
use crate::workspace::{Origin, load};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of the reviews that had a pack before them; each holds one review.
pub const PRESENTED: [&str; 2] = ["reviews/2025-annual.yaml", "reviews/2026-Q1.yaml"];

/// Such a review.
const WHOLE: Place = Place {
    document: 0,
    item: None,
};

/// What was written so far: the files of every commit with the packs recorded, and its id.
#[derive(Default)]
pub struct Written {
    files: Vec<Files>,
    ids: Vec<String>,
    digests: BTreeMap<usize, String>,
}

impl Written {
    /// The files of the next commit, with the packs that its reviews had before them.
    ///
    /// # Errors
    /// A review without an earlier commit, or whose file is not what the story says.
    pub fn files(&mut self, commits: &[Commit], at: usize) -> Result<&Files, String> {
        let mut files = commits[at].files.clone();
        for path in PRESENTED {
            let Some(text) = files.get_mut(path) else {
                continue;
            };
            let held = held(text).ok_or_else(|| format!("{path}: no review that was held"))?;
            let presented = presented(commits, at, held)
                .ok_or_else(|| format!("{path}: no commit before {held}"))?;
            let digest = self.digest(presented)?;
            // As `review close` records it.
            let pack = Value::map([
                ("revision", Value::text(&self.ids[presented])),
                ("sha256", Value::text(digest)),
            ]);
            *text = set(text, WHOLE, &["pack"], &pack).map_err(|error| error.to_string())?;
        }
        self.files.push(files);
        Ok(&self.files[at])
    }

    /// Takes note of the id that the commit got.
    pub fn note(&mut self, id: String) {
        self.ids.push(id);
    }

    /// The digest of the records of a commit.
    fn digest(&mut self, at: usize) -> Result<String, String> {
        if let Some(known) = self.digests.get(&at) {
            return Ok(known.clone());
        }
        let files = self.files[at].iter();
        let files = files
            .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
            .collect();
        let snapshot = load(&Origin::Memory(&files)).map_err(|error| error.to_string())?;
        let digest = snapshot.digest().to_string();
        self.digests.insert(at, digest.clone());
        Ok(digest)
    }
}

/// The day on which the only review of a file was held.
fn held(text: &str) -> Option<NaiveDate> {
    let (tree, _) = yaml::read(Arc::new(Source::new("", text)));
    let review: NodeRef<'_> = tree.documents().next()?;
    let is_one = review.kind() == NodeKind::Map && tree.documents().len() == 1;
    past::day_of(review.get("held").filter(|_| is_one)?)
}

/// The last commit before the day of a meeting, on the line of first parents.
fn presented(commits: &[Commit], from: usize, held: NaiveDate) -> Option<usize> {
    let parent = |at: &usize| commits[*at].parents.first().copied();
    std::iter::successors(Some(from), parent).find(|at| commits[*at].when.date_naive() < held)
}
