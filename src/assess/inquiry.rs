//! Asks questions of all records of a day, and keeps those that nobody can answer: nothing is dropped silently.

use super::expr::Shapes;
use super::facts::field;
use super::queries::Query;
use super::{Seen, View};
use crate::records::Moment;
use crate::records::spelling::SpellingError;
use crate::text::pointer::child;
use crate::text::{NodeKind, NodeRef};
use std::cell::OnceCell;
use std::ops::Range;

/// A record of which nobody can tell whether it is meant, or a question that cannot be asked at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The record that asks, an activity; none for isms.toml.
    pub asked_by: Option<String>,
    /// What it is asked for: id of an activity, name of a type of review or of a register.
    pub subject: String,
    /// JSON pointer to the condition or the date, in the record that asks or in isms.toml.
    pub pointer: String,
    /// Bytes of the text of the scalar at `pointer`; empty for the whole.
    pub range: Range<usize>,
    /// The record it fails on; none where the question itself is at fault, so that it concerns all of them.
    pub record: Option<String>,
    /// JSON pointer into that record, where the value at fault can be named.
    pub field: Option<String>,
    /// What went wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    /// The record; none for isms.toml.
    pub record: Option<&'a str>,
    /// What it is about.
    pub subject: &'a str,
}

/// The questions asked of the records of a day.
pub(super) struct Inquiry<'v> {
    view: &'v View<'v>,
    shapes: OnceCell<Shapes>,
    unclear: Vec<Unclear>,
}

impl<'v> Inquiry<'v> {
    /// Nothing asked yet.
    pub fn of(view: &'v View<'v>) -> Self {
        Self {
            view,
            shapes: OnceCell::new(),
            unclear: Vec::new(),
        }
    }

    /// What nobody can tell, in the order in which it was asked.
    pub fn into_unclear(self) -> Vec<Unclear> {
        self.unclear
    }

    /// The records for which the condition of a question holds, in their order. `among` leaves out records before
    /// they are asked.
    pub fn ask(
        &mut self,
        asker: Asker<'_>,
        query: &Query<'_>,
        among: impl Fn(Seen<'v>) -> bool,
    ) -> Vec<Seen<'v>> {
        let view = self.view;
        let shapes = self
            .shapes
            .get_or_init(|| Shapes::of_snapshot(view.snapshot()));
        let question = match query.compile(view.snapshot(), shapes) {
            Ok(question) => question,
            Err(problems) => {
                // `check` tells them all; one is enough to say that nothing can be asked.
                let first = problems.into_iter().next();
                self.unclear.extend(first.map(|problem| Unclear {
                    range: problem.range.unwrap_or_default(),
                    help: problem.help,
                    ..unclear(asker, problem.pointer, problem.message)
                }));
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for seen in view.collection(&question.collection) {
            if !among(seen) {
                continue;
            }
            match question.holds(view, shapes, seen) {
                Ok(true) => found.push(seen),
                Ok(false) => {}
                Err(failure) => {
                    let part = question.text().get(failure.range.clone());
                    let at_fault = part.and_then(|part| field_read(part, seen));
                    self.unclear.push(Unclear {
                        range: failure.range,
                        record: Some(seen.id().to_owned()),
                        field: at_fault,
                        help: failure.help,
                        ..unclear(asker, child(&query.base, "where"), failure.message)
                    });
                }
            }
        }
        found
    }

    /// The date of a record at the path that a question names under a key; none where there is none. What is there
    /// and cannot be read as a date is unclear.
    pub fn moment(
        &mut self,
        asker: Asker<'_>,
        query: &Query<'_>,
        key: &str,
        seen: Seen<'v>,
    ) -> Option<Moment> {
        let (_, path) = query.dates.iter().find(|(name, _)| *name == key)?;
        let node = field(seen.node(), path)?;
        self.date(asker, query, key, seen, (&path.replace('.', "/"), node))
    }

    /// The date that a node of a record holds, given with its place in the record; none where it is empty.
    pub fn date(
        &mut self,
        asker: Asker<'_>,
        query: &Query<'_>,
        key: &str,
        seen: Seen<'v>,
        (place, node): (&str, NodeRef<'v>),
    ) -> Option<Moment> {
        if node.is_null() || (node.kind() == NodeKind::Text && node.text().is_empty()) {
            return None;
        }
        let read: Result<Moment, SpellingError> = node.text().parse();
        match read {
            Ok(moment) => Some(moment),
            Err(error) => {
                let pointer = child(&query.base, key);
                let message = format!("`{place}` is no date: {}", error.message);
                self.unclear.push(Unclear {
                    record: Some(seen.id().to_owned()),
                    field: Some(format!("/{place}")),
                    help: Some(error.help),
                    ..unclear(asker, pointer, message)
                });
                None
            }
        }
    }
}

/// What is unclear, before it is known for which record.
fn unclear(asker: Asker<'_>, pointer: String, message: String) -> Unclear {
    Unclear {
        asked_by: asker.record.map(str::to_owned),
        subject: asker.subject.to_owned(),
        pointer,
        range: 0..0,
        record: None,
        field: None,
        message,
        help: None,
    }
}

/// The field that the failing part of a condition reads, as a pointer, if the record has it.
fn field_read(part: &str, seen: Seen<'_>) -> Option<String> {
    let path = part.trim().strip_prefix("r.")?;
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let there = path.bytes().all(is_path) && field(seen.node(), path).is_some();
    there.then(|| format!("/{}", path.replace('.', "/")))
}
