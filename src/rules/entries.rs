//! Lists that only grow: which of their entries are gone or say something else, and which are new.

use super::rewriting::{means_the_same, text, top, words};
use crate::assess::delta::{FieldChange, Form, fields};
use crate::text::{NodeKind, NodeRef};

/// A list before and after a commit. The order of entries means nothing.
pub struct Entries<'n> {
    /// Entries that are not there any more.
    pub lost: Vec<Lost<'n>>,
    /// Places of the entries that were not there.
    pub new: Vec<usize>,
}

/// An entry that is not there any more.
pub struct Lost<'n> {
    /// As it was.
    pub was: NodeRef<'n>,
    /// The place of the entry that it became; none when it is gone.
    pub is: Option<usize>,
    /// What that one says otherwise.
    pub change: Option<FieldChange>,
}

impl Lost<'_> {
    /// Which field says what now, as the end of a sentence.
    pub fn difference(&self) -> String {
        let Some(change) = &self.change else {
            return String::new();
        };
        let said = match (&change.from, &change.to) {
            (Some(from), Some(to)) => format!("was {} and is now {}", words(from), words(to)),
            (Some(from), None) => format!("was {} and is now gone", words(from)),
            (None, Some(to)) => format!("was not given and is now {}", words(to)),
            (None, None) => return String::new(),
        };
        format!(": `{}` {said}", change.path)
    }
}

/// A list whose entries stay as they are.
pub struct AppendOnly<'r> {
    /// The form of the list.
    pub form: &'r Form,
    /// Fields of an entry that may be added later.
    pub later: &'r [&'r str],
    /// Fields by which one knows an entry again that was changed.
    pub known_by: &'r [&'r str],
}

impl AppendOnly<'_> {
    /// Compares a list before and after a commit.
    pub fn compare<'n>(
        &self,
        before: Option<NodeRef<'n>>,
        after: Option<NodeRef<'n>>,
    ) -> Entries<'n> {
        let mut old: Vec<NodeRef<'n>> = items(before).collect();
        let mut new: Vec<(usize, NodeRef<'n>)> = items(after).enumerate().collect();
        take(&mut old, &mut new, |was, is| {
            means_the_same(was, is, self.form.entry())
        });
        take(&mut old, &mut new, |was, is| self.is_completed(was, is));
        let mut found = Entries {
            lost: Vec::new(),
            new: Vec::new(),
        };
        let known = take(&mut old, &mut new, |was, is| self.is_known(was, is));
        let others = match old.len() == new.len() {
            true => old.drain(..).zip(new.drain(..)).collect(),
            false => Vec::new(),
        };
        found
            .lost
            .extend(known.into_iter().chain(others).map(|(was, (at, is))| Lost {
                was,
                is: Some(at),
                change: self.first_change(was, is),
            }));
        found.lost.extend(old.into_iter().map(|was| Lost {
            was,
            is: None,
            change: None,
        }));
        found.new.extend(new.into_iter().map(|(at, _)| at));
        found
    }

    /// Whether an entry only gained what may be added later.
    fn is_completed(&self, was: NodeRef<'_>, is: NodeRef<'_>) -> bool {
        let are_mappings = was.kind() == NodeKind::Map && is.kind() == NodeKind::Map;
        let is_later =
            |change: &FieldChange| change.from.is_none() && self.later.contains(&top(change));
        are_mappings
            && fields::differences(was, is, self.form.entry(), "")
                .iter()
                .all(is_later)
    }

    fn is_known(&self, was: NodeRef<'_>, is: NodeRef<'_>) -> bool {
        let mut names = self.known_by.iter();
        names.any(|name| text(was, name).is_some_and(|value| text(is, name) == Some(value)))
    }

    fn first_change(&self, was: NodeRef<'_>, is: NodeRef<'_>) -> Option<FieldChange> {
        let changes = fields::differences(was, is, self.form.entry(), "");
        let mut offending = changes
            .into_iter()
            .filter(|change| change.from.is_some() || !self.later.contains(&top(change)));
        offending.next()
    }
}

fn items<'n>(list: Option<NodeRef<'n>>) -> impl Iterator<Item = NodeRef<'n>> {
    let items = list.into_iter().flat_map(NodeRef::items);
    items.filter(|entry| !entry.is_null())
}

type Placed<'n> = (usize, NodeRef<'n>);

/// Takes out of both lists what belongs together.
fn take<'n>(
    old: &mut Vec<NodeRef<'n>>,
    new: &mut Vec<Placed<'n>>,
    belong: impl Fn(NodeRef<'n>, NodeRef<'n>) -> bool,
) -> Vec<(NodeRef<'n>, Placed<'n>)> {
    let mut taken = Vec::new();
    old.retain(
        |was| match new.iter().position(|(_, is)| belong(*was, *is)) {
            Some(at) => {
                taken.push((*was, new.remove(at)));
                false
            }
            None => true,
        },
    );
    taken
}
