//! Rules on what commits did to records: every commit between the merge base and the files at hand is judged by what
//! held at the merge base, so that a change cannot approve itself.
//!
//! A merge is judged only on what is an offence against each of its parents.

use super::sink::Sink;
use super::{acceptance_widened, due_date_moved, illegal_transition, log_rewritten};
use super::{result_rewritten, review_rewritten, target_weakened};
use crate::diagnostics::{Diagnostic, Location, Rule, catalogue, settle};
use crate::records::{Calendar, Config};
use crate::text::pointer;
use crate::workspace::Snapshot;
use crate::workspace::git::CommitId;
use crate::workspace::history::{Former, RecordChange, Step, Version};
use chrono::NaiveDate;

/// What the rules on history may look at.
pub struct HistoryContext<'h> {
    /// The records and settings at the merge base; none when it had no workspace.
    pub base: Option<&'h Snapshot>,
    /// The settings at the merge base.
    pub config: &'h Config,
    /// The records at hand, to which places are told where they can be.
    pub present: &'h Snapshot,
    /// What each commit did, in their order, and last what is not committed.
    pub steps: &'h [Step],
    /// Records that commits up to the merge base took away, among those that the range adds.
    pub former: &'h [Former],
    /// The calendar of the workspace.
    pub calendar: Calendar,
    /// The day that is looked at.
    pub as_of: NaiveDate,
}

/// One record before and after a commit, against one of its parents.
pub struct Pair<'p> {
    /// What the commit did.
    pub step: &'p Step,
    /// The record in the parent; none where it was not there.
    pub before: Option<&'p Version>,
    /// The record in the commit; none where it is no more.
    pub after: Option<&'p Version>,
}

impl<'p> Pair<'p> {
    /// Both versions, when the record was there before and is there after.
    pub fn both(&self) -> Option<(&'p Version, &'p Version)> {
        Some((self.before?, self.after?))
    }
}

/// What is wrong with a change, at a JSON pointer into the record as it is after it (before it, when it is no more).
pub struct Offence {
    /// Where.
    pub pointer: String,
    /// What, in one line.
    pub message: String,
    /// A few words under the place.
    pub label: String,
    /// How to mend it.
    pub help: String,
}

/// A rule on history.
pub enum HistoryCheck {
    /// Judges each change of a record by itself.
    OfChange(fn(&HistoryContext<'_>, &Pair<'_>) -> Vec<Offence>),
    /// Judges a commit as a whole.
    OfStep(fn(&HistoryContext<'_>, &Step) -> Vec<Diagnostic>),
}

const CHECKS: &[(&Rule, HistoryCheck)] = &[
    (
        &catalogue::ACCEPTANCE_WIDENED,
        HistoryCheck::OfChange(acceptance_widened::check),
    ),
    (
        &catalogue::DUE_DATE_MOVED,
        HistoryCheck::OfChange(due_date_moved::check),
    ),
    (
        &catalogue::ILLEGAL_TRANSITION,
        HistoryCheck::OfChange(illegal_transition::check),
    ),
    (
        &catalogue::LOG_REWRITTEN,
        HistoryCheck::OfChange(log_rewritten::check),
    ),
    (
        &catalogue::RESULT_REWRITTEN,
        HistoryCheck::OfChange(result_rewritten::check),
    ),
    (
        &catalogue::REVIEW_REWRITTEN,
        HistoryCheck::OfChange(review_rewritten::check),
    ),
    (
        &catalogue::TARGET_WEAKENED,
        HistoryCheck::OfChange(target_weakened::check),
    ),
];

/// Everything there is to say about the commits of a range, sorted; levels and `ignore` are those of the merge base.
pub fn check(context: &HistoryContext<'_>) -> Vec<Diagnostic> {
    let settings = context.base.unwrap_or(context.present);
    let mut sink = Sink::new(settings, context.as_of);
    if context.base.is_none() {
        sink.use_defaults();
    }
    for (rule, check) in CHECKS {
        if !sink.is_on(rule) {
            continue;
        }
        for step in context.steps {
            for mut found in of_step(context, rule, check, step) {
                found.commit = step.reference(&context.calendar);
                sink.add(found);
            }
        }
    }
    let mut found = sink.finish();
    settle(&mut found);
    found
}

fn of_step(
    context: &HistoryContext<'_>,
    rule: &'static Rule,
    check: &HistoryCheck,
    step: &Step,
) -> Vec<Diagnostic> {
    match check {
        HistoryCheck::OfStep(judge) => judge(context, step),
        HistoryCheck::OfChange(judge) => {
            let changes = step.changes.iter();
            let offences = changes.flat_map(|change| {
                let offences = against_all(step, change, |pair| judge(context, pair));
                offences.into_iter().map(move |offence| (change, offence))
            });
            offences
                .map(|(change, offence)| context.diagnostic(rule, step, change, offence))
                .collect()
        }
    }
}

/// The offences that are ones against each parent that has the record, or against none where it is new.
fn against_all(
    step: &Step,
    change: &RecordChange,
    judge: impl Fn(&Pair<'_>) -> Vec<Offence>,
) -> Vec<Offence> {
    let is_new = change.is_addition();
    let parents = change.before.iter();
    let parents = parents.filter(|before| is_new || before.is_some());
    let mut of_parents = parents.map(|before| {
        judge(&Pair {
            step,
            before: before.as_deref(),
            after: change.after.as_deref(),
        })
    });
    let mut offences = of_parents.next().unwrap_or_default();
    for others in of_parents {
        offences.retain(|offence| others.iter().any(|other| other.pointer == offence.pointer));
    }
    offences
}

impl HistoryContext<'_> {
    /// An offence at its place: in the files at hand where the record still has it, else in the commit.
    fn diagnostic(
        &self,
        rule: &'static Rule,
        step: &Step,
        change: &RecordChange,
        offence: Offence,
    ) -> Diagnostic {
        let (location, revision) = self.place(step, change, &offence.pointer);
        let mut diagnostic = Diagnostic::new(rule, location, offence.message)
            .help(offence.help)
            .label(offence.label)
            .about(&*change.id);
        diagnostic.revision = revision;
        diagnostic
    }

    /// The place of a pointer into a record, and the revision it is read in; none for the files at hand.
    pub fn place(
        &self,
        step: &Step,
        change: &RecordChange,
        at: &str,
    ) -> (Location, Option<String>) {
        let now = self.present.with_id(&change.id);
        let mut now = now.filter(|entry| *entry.collection() == change.collection);
        if let (Some(after), Some(now)) = (&change.after, now.next()) {
            let (then, here) = (
                pointer::find(after.node(), at),
                pointer::find(now.node(), at),
            );
            if let (Some(then), Some(here)) = (then, here)
                && then.same_as(here)
            {
                return (now.at(at), None);
            }
        }
        let short = |id: &CommitId| id.short();
        match (&change.after, change.before.iter().flatten().next()) {
            (Some(after), _) => {
                let commit = step.commit.as_ref();
                (after.at(at), commit.map(|commit| commit.id.short()))
            }
            (None, Some(before)) => {
                let parent = step
                    .commit
                    .as_ref()
                    .and_then(|commit| commit.parents.first());
                (before.at(at), parent.map(short))
            }
            (None, None) => (Location::file(""), None),
        }
    }
}
