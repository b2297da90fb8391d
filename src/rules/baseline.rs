//! What a change made worse: what is said about the records at hand and was not said about them at the merge base.
//!
//! The same matter is recognised by its rule, its record (or file), its field and the offending text; positions in
//! lists do not count, nor do lines. Of several alike as many are new as there are more of.

use crate::diagnostics::{Diagnostic, Location};
use crate::text::pointer::child;
use crate::text::{NodeKind, NodeRef, Span};
use crate::workspace::Snapshot;
use foldhash::HashMap;

/// What makes two diagnostics the same matter.
#[derive(PartialEq, Eq, Hash)]
struct Matter {
    rule: &'static str,
    /// Id of the record, or path of the file.
    about: String,
    /// JSON pointer with `*` for positions in lists.
    field: String,
    text: String,
}

impl Matter {
    fn of(snapshot: &Snapshot, diagnostic: &Diagnostic) -> Self {
        let location = &diagnostic.location;
        let about = match &diagnostic.record {
            Some(record) => record.clone(),
            None => location.path().to_owned(),
        };
        let (field, text) = field(snapshot, diagnostic).unwrap_or_else(|| {
            let text = location.text();
            (String::new(), text.to_owned())
        });
        Self {
            rule: diagnostic.rule.id,
            about,
            field,
            text,
        }
    }
}

/// Marks what was there before: found at hand in `present`, and `before` in the records of the merge base.
pub fn mark_existing(
    found: &mut [Diagnostic],
    present: &Snapshot,
    before: &[Diagnostic],
    base: &Snapshot,
) {
    let mut known: HashMap<Matter, usize> = HashMap::default();
    for diagnostic in before {
        *known.entry(Matter::of(base, diagnostic)).or_default() += 1;
    }
    for diagnostic in found {
        if let Some(count) = known.get_mut(&Matter::of(present, diagnostic))
            && *count > 0
        {
            *count -= 1;
            diagnostic.existing = true;
        }
    }
}

/// The field a diagnostic points at and its text; of a list or mapping only the field, since anything in it may have
/// changed.
fn field(snapshot: &Snapshot, diagnostic: &Diagnostic) -> Option<(String, String)> {
    let location = &diagnostic.location;
    let root = match &diagnostic.record {
        Some(record) => {
            let mut entries = snapshot.with_id(record);
            let holds = |node: NodeRef<'_>| contains(node, location.span);
            entries
                .find(|entry| entry.path() == location.path() && holds(entry.node()))
                .map(|entry| entry.node())
        }
        None => None,
    };
    let root = root.or_else(|| document(snapshot, location))?;
    Some(descend(root, location))
}

/// The document of a file that holds a place.
fn document<'s>(snapshot: &'s Snapshot, location: &Location) -> Option<NodeRef<'s>> {
    let mut roots = snapshot.documents(location.path());
    roots.find(|root| contains(*root, location.span))
}

fn contains(node: NodeRef<'_>, span: Span) -> bool {
    node.span().start <= span.start && span.end <= node.span().end
}

fn descend(root: NodeRef<'_>, location: &Location) -> (String, String) {
    let (mut node, mut field) = (root, String::new());
    loop {
        let next = match node.kind() {
            NodeKind::List => {
                let item = node.items().find(|item| contains(*item, location.span));
                item.map(|item| (item, child(&field, "*")))
            }
            NodeKind::Map => node.entries().find_map(|(key, value)| {
                if contains(value, location.span) {
                    Some((value, child(&field, key.text())))
                } else if contains(key, location.span) {
                    Some((key, child(&field, key.text())))
                } else {
                    None
                }
            }),
            _ => None,
        };
        match next {
            Some((inner, path)) => (node, field) = (inner, path),
            None => break,
        }
    }
    let text = match node.kind() {
        NodeKind::List | NodeKind::Map => String::new(),
        _ => location.text().to_owned(),
    };
    (field, text)
}
