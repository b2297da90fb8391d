//! Walks through a history: what one commit reaches and another does not, where two histories part, what came first.
//!
//! Parents are those that a commit names, so that the edge of a shallow clone is met as a commit that is not there and
//! never taken for the beginning.

use super::GitError;
use super::commit::{Commit, CommitId};
use super::objects::Objects;
use chrono::{DateTime, FixedOffset};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

/// What reaches a commit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Reached {
    ours: bool,
    theirs: bool,
}

impl Reached {
    fn by_both(self) -> bool {
        self.ours && self.theirs
    }

    fn with(self, other: Self) -> Self {
        Self {
            ours: self.ours || other.ours,
            theirs: self.theirs || other.theirs,
        }
    }
}

/// How two histories stand to each other.
pub struct Parting {
    /// Commits that the first reaches and the second does not, every commit after its parents.
    pub ours: Vec<Arc<Commit>>,
    /// Commits that the second reaches and the first does not, every commit after its parents.
    pub theirs: Vec<Arc<Commit>>,
    /// The best common ancestors, the latest first; several when branches were merged crosswise.
    pub bases: Vec<CommitId>,
}

impl Parting {
    /// The commits that one of the two reaches and the other does not, every commit after its parents; in the same
    /// order whichever of the two comes first.
    pub fn commits(self) -> Vec<Arc<Commit>> {
        in_order(self.ours.into_iter().chain(self.theirs))
    }
}

struct Painter<'o, 'r> {
    objects: &'o Objects<'r>,
    seen: HashMap<CommitId, (Arc<Commit>, Reached)>,
    /// Commits to go on from, the latest first.
    queue: BinaryHeap<(DateTime<FixedOffset>, CommitId)>,
    /// Commits in the queue that not both reach.
    open: usize,
    queued: BTreeSet<CommitId>,
}

/// How the histories of two commits part.
///
/// # Errors
/// A history that is not all there where it matters.
pub fn part(objects: &Objects<'_>, ours: CommitId, theirs: CommitId) -> Result<Parting, GitError> {
    let mut painter = Painter {
        objects,
        seen: HashMap::default(),
        queue: BinaryHeap::new(),
        open: 0,
        queued: BTreeSet::new(),
    };
    let only = |ours| Reached {
        ours,
        theirs: !ours,
    };
    painter.reach(ours, only(true), None)?;
    painter.reach(theirs, only(false), None)?;
    painter.run()?;
    let side = |wanted: Reached| {
        let commits = painter.seen.values();
        let commits = commits.filter(|(_, reached)| *reached == wanted);
        in_order(commits.map(|(commit, _)| Arc::clone(commit)))
    };
    Ok(Parting {
        ours: side(only(true)),
        theirs: side(only(false)),
        bases: painter.bases()?,
    })
}

impl Painter<'_, '_> {
    /// Notes what reaches a commit; `from` is the commit that names it.
    fn reach(&mut self, id: CommitId, by: Reached, from: Option<CommitId>) -> Result<(), GitError> {
        let Some((_, before)) = self.seen.get(&id) else {
            let Some(commit) = self.objects.commit_if_there(id)? else {
                return match from {
                    // Below what both reach nothing is asked for.
                    Some(_) if by.by_both() => Ok(()),
                    Some(from) => Err(GitError::Shallow(from)),
                    None => Err(GitError::Missing {
                        id: id.full(),
                        what: "a commit".to_owned(),
                    }),
                };
            };
            let time = commit.committer.time;
            self.seen.insert(id, (Arc::new(commit), by));
            self.queued.insert(id);
            self.open += usize::from(!by.by_both());
            self.queue.push((time, id));
            return Ok(());
        };
        let after = before.with(by);
        if after != *before {
            self.repaint(id, after);
        }
        Ok(())
    }

    /// Notes what more reaches a commit, and everything behind it that was seen already.
    fn repaint(&mut self, id: CommitId, with: Reached) {
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            let Some((commit, reached)) = self.seen.get_mut(&id) else {
                continue;
            };
            let after = reached.with(with);
            if after == *reached {
                continue;
            }
            let closes = after.by_both() && !reached.by_both() && self.queued.contains(&id);
            self.open -= usize::from(closes);
            *reached = after;
            stack.extend(&commit.parents);
        }
    }

    fn run(&mut self) -> Result<(), GitError> {
        while self.open > 0
            && let Some((_, id)) = self.queue.pop()
        {
            self.queued.remove(&id);
            let Some((commit, reached)) = self.seen.get(&id) else {
                continue;
            };
            let (commit, reached) = (Arc::clone(commit), *reached);
            self.open -= usize::from(!reached.by_both());
            for parent in &commit.parents {
                self.reach(*parent, reached, Some(id))?;
            }
        }
        Ok(())
    }

    /// Of the commits that both reach, those that no other of them reaches.
    fn bases(&self) -> Result<Vec<CommitId>, GitError> {
        let both = |id: &CommitId| {
            let seen = self.seen.get(id);
            seen.is_some_and(|(_, reached)| reached.by_both())
        };
        let mut behind: BTreeSet<CommitId> = BTreeSet::new();
        let mut candidates: Vec<&Arc<Commit>> = Vec::new();
        for (commit, reached) in self.seen.values() {
            if reached.by_both() {
                candidates.push(commit);
                behind.extend(commit.parents.iter().filter(|id| both(id)));
            }
        }
        candidates.retain(|commit| !behind.contains(&commit.id));
        candidates.sort_by_key(|commit| (commit.committer.time, commit.id));
        candidates.reverse();
        // A candidate may lie behind another along commits that were never looked at.
        let mut bases: Vec<CommitId> = Vec::new();
        for (index, commit) in candidates.iter().enumerate() {
            let others = candidates.iter().enumerate();
            let others = others.filter(|(other, _)| *other != index);
            let mut is_behind = false;
            for (_, other) in others {
                is_behind |= reaches(self.objects, other.id, commit.id)?;
            }
            if !is_behind {
                bases.push(commit.id);
            }
        }
        Ok(bases)
    }
}

/// Whether a commit reaches another, as far as the history is there.
fn reaches(objects: &Objects<'_>, from: CommitId, to: CommitId) -> Result<bool, GitError> {
    let mut seen = BTreeSet::from([from]);
    let mut stack = vec![from];
    while let Some(id) = stack.pop() {
        if id == to {
            return Ok(true);
        }
        let Some(commit) = objects.commit_if_there(id)? else {
            continue;
        };
        stack.extend(commit.parents.iter().filter(|id| seen.insert(**id)));
    }
    Ok(false)
}

/// Everything a commit reaches, every commit after its parents.
///
/// # Errors
/// A history that is not all there.
pub fn all(objects: &Objects<'_>, from: CommitId) -> Result<Vec<Arc<Commit>>, GitError> {
    let mut seen = BTreeMap::new();
    let mut stack = vec![(from, None)];
    while let Some((id, child)) = stack.pop() {
        if seen.contains_key(&id) {
            continue;
        }
        let commit = match (objects.commit_if_there(id)?, child) {
            (Some(commit), _) => Arc::new(commit),
            (None, Some(child)) => return Err(GitError::Shallow(child)),
            (None, None) => objects.commit(id).map(Arc::new)?,
        };
        stack.extend(commit.parents.iter().map(|parent| (*parent, Some(id))));
        seen.insert(id, commit);
    }
    Ok(in_order(seen.into_values()))
}

/// Commits so that each stands after its parents, and otherwise by the time they were entered.
fn in_order(commits: impl Iterator<Item = Arc<Commit>>) -> Vec<Arc<Commit>> {
    let commits: BTreeMap<CommitId, Arc<Commit>> =
        commits.map(|commit| (commit.id, commit)).collect();
    let mut waits: HashMap<CommitId, usize> = HashMap::default();
    let mut children: HashMap<CommitId, Vec<CommitId>> = HashMap::default();
    let mut ready = BinaryHeap::new();
    let rank = |commit: &Commit| std::cmp::Reverse((commit.committer.time, commit.id));
    for commit in commits.values() {
        let parents: BTreeSet<_> = commit.parents.iter().collect();
        let within = parents.into_iter().filter(|id| commits.contains_key(id));
        let count = within
            .map(|id| children.entry(*id).or_default().push(commit.id))
            .count();
        waits.insert(commit.id, count);
        if count == 0 {
            ready.push(rank(commit));
        }
    }
    let mut ordered = Vec::with_capacity(commits.len());
    while let Some(std::cmp::Reverse((_, id))) = ready.pop() {
        let Some(commit) = commits.get(&id) else {
            continue;
        };
        ordered.push(Arc::clone(commit));
        for child in children.remove(&id).unwrap_or_default() {
            let Some(count) = waits.get_mut(&child) else {
                continue;
            };
            *count -= 1;
            if let (0, Some(commit)) = (*count, commits.get(&child)) {
                ready.push(rank(commit));
            }
        }
    }
    ordered
}

/// The line of first parents from a commit backwards.
pub struct FirstParents<'o, 'r> {
    objects: &'o Objects<'r>,
    next: Option<(CommitId, Option<CommitId>)>,
}

impl<'o, 'r> FirstParents<'o, 'r> {
    /// The line that ends with a commit.
    pub fn of(objects: &'o Objects<'r>, from: CommitId) -> Self {
        Self {
            objects,
            next: Some((from, None)),
        }
    }
}

impl Iterator for FirstParents<'_, '_> {
    /// A history that is cut gives an error at the cut.
    type Item = Result<Commit, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (id, child) = self.next.take()?;
        Some(match (self.objects.commit_if_there(id), child) {
            (Ok(Some(commit)), _) => {
                let parent = commit.parents.first();
                self.next = parent.map(|parent| (*parent, Some(id)));
                Ok(commit)
            }
            (Ok(None), Some(child)) => Err(GitError::Shallow(child)),
            (Ok(None), None) => self.objects.commit(id),
            (Err(error), _) => Err(error),
        })
    }
}
