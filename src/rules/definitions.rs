//! From what is wrong with a KPI to a place in its record, down to a word inside an expression.

use super::{Context, Sink};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::{Diagnostic, Location, Rule};
use crate::text::pointer::find;
use crate::text::{Span, content_offset};
use crate::workspace::EntryRef;
use std::ops::Range;

/// Reports the problems of one rule in all definitions of KPIs.
pub fn report(context: &Context<'_>, sink: &mut Sink<'_>, kind: ProblemRule, rule: &'static Rule) {
    for (entry, problems) in context.kpi_problems() {
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
    let (Some(node), Some(range)) = (find(entry.node(), pointer), range) else {
        return entry.at(pointer);
    };
    if range.is_empty() && range.start < node.text().len() {
        return entry.at(pointer);
    }
    let start = content_offset(node, range.start);
    let end = content_offset(node, range.end).max(start);
    Location::new(entry.source(), Span::new(start, end))
}
