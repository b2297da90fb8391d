//! From what is wrong with a KPI or trigger to a place in its record, down to a word inside an expression.

use super::{Context, Sink};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::{Diagnostic, Location, Rule};
use crate::text::pointer::find;
use crate::text::{NodeRef, Span, content_offset};
use crate::workspace::EntryRef;
use std::ops::Range;

/// Reports the problems of one rule in all KPIs and triggers.
pub fn report(context: &Context<'_>, sink: &mut Sink<'_>, kind: ProblemRule, rule: &'static Rule) {
    for (entry, problems) in context.problems() {
        for problem in problems.iter().filter(|problem| problem.rule == kind) {
            let location = place(*entry, &problem.pointer, problem.range.clone());
            sink.add(
                Diagnostic::new(rule, location, problem.message.clone())
                    .maybe_help(problem.help.clone())
                    .about(entry.id()),
            );
        }
    }
}

/// The place of a value, or of a part of its text.
pub fn place(entry: EntryRef<'_>, pointer: &str, range: Option<Range<usize>>) -> Location {
    let part = within(Some(entry.node()), pointer, range);
    part.map_or_else(
        || entry.at(pointer),
        |span| Location::new(entry.source(), span),
    )
}

/// The bytes of a part of the text of a value; none for the whole value, or where there is none.
pub fn within(
    root: Option<NodeRef<'_>>,
    pointer: &str,
    range: Option<Range<usize>>,
) -> Option<Span> {
    let (node, range) = (find(root?, pointer)?, range?);
    if range.is_empty() && range.start < node.text().len() {
        return None;
    }
    let start = content_offset(node, range.start);
    let end = content_offset(node, range.end).max(start);
    Some(Span::new(start, end))
}
