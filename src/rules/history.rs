//! Rules on what commits did to records: every commit between the merge base and the files at hand is judged by what
//! held at the merge base, so that a change cannot approve itself.
//!
//! A merge is judged only on what is an offence against each of its parents.

use super::retained::Retained;
use super::sink::Sink;
use crate::diagnostics::{Diagnostic, Location, Rule, catalogue, settle};
use crate::records::{Calendar, Config};
use crate::text::pointer;
use crate::workspace::Snapshot;
use crate::workspace::git::{AllowedSigners, CommitId, Mailmap};
use crate::workspace::history::{Former, RecordChange, Step, Version, standing};
use chrono::NaiveDate;
use std::sync::{Arc, OnceLock};

/// What the rules on history may look at.
pub struct HistoryContext<'h> {
    /// The records and settings at the merge base; none when it had no workspace.
    pub base: Option<&'h Snapshot>,
    /// The settings at the merge base.
    pub config: &'h Config,
    /// Which addresses are one person's, at the merge base.
    pub mailmap: &'h Mailmap,
    /// Whose keys sign, at the merge base.
    pub signers: &'h AllowedSigners,
    /// The records at hand, to which places are told where they can be.
    pub present: &'h Snapshot,
    /// What each commit did, in their order, and last what is not committed.
    pub steps: &'h [Step],
    /// Records that commits took away, up to the merge base and since, whose ids the range uses again: by id, each in
    /// the order in which they went.
    pub former: &'h [Former],
    /// The calendar of the workspace.
    pub calendar: Calendar,
    /// The day that is looked at.
    pub as_of: NaiveDate,
    /// What several changes are judged by.
    pub memo: Memo,
}

/// What is computed once for all changes, when first asked for.
#[derive(Default)]
pub struct Memo {
    /// How long records must be kept, as it stood at the merge base.
    pub(super) retained: OnceLock<Retained>,
}

/// One record before and after a commit, against one of its parents.
pub struct Pair<'p> {
    /// What the commit did.
    pub step: &'p Step,
    /// The record in the parent; none where it was not there, or disposed of.
    pub before: Option<&'p Version>,
    /// The record in the commit; none where it is no more.
    pub after: Option<&'p Version>,
    /// What the parent has of a record that was disposed of.
    pub stub_before: Option<&'p Version>,
    /// What the commit leaves of a record that was disposed of.
    pub stub: Option<&'p Version>,
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

use HistoryCheck::{OfChange, OfStep};

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
        OfChange(super::acceptance_widened::check),
    ),
    (
        &catalogue::APPROVAL_BY_OTHER,
        OfStep(super::approval_by_other::check),
    ),
    (
        &catalogue::APPROVAL_UNSIGNED,
        OfStep(super::approval_unsigned::check),
    ),
    (&catalogue::BACKFILLED, OfChange(super::backfilled::check)),
    (
        &catalogue::DELETED_BEFORE_RETENTION,
        OfChange(super::deleted_before_retention::check),
    ),
    (
        &catalogue::DUE_DATE_MOVED,
        OfChange(super::due_date_moved::check),
    ),
    (
        &catalogue::FUTURE_DATED,
        OfChange(super::future_dated::check),
    ),
    (&catalogue::ID_REUSED, OfChange(super::id_reused::check)),
    (
        &catalogue::ILLEGAL_TRANSITION,
        OfChange(super::illegal_transition::check),
    ),
    (
        &catalogue::LOG_REWRITTEN,
        OfChange(super::log_rewritten::check),
    ),
    (
        &catalogue::RESULT_REWRITTEN,
        OfChange(super::result_rewritten::check),
    ),
    (
        &catalogue::REVIEW_REWRITTEN,
        OfChange(super::review_rewritten::check),
    ),
    (
        &catalogue::TARGET_WEAKENED,
        OfChange(super::target_weakened::check),
    ),
    (
        &catalogue::TRUST_CHANGED,
        OfStep(super::trust_changed::check),
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
        OfStep(judge) => judge(context, step),
        OfChange(judge) => {
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
            before: standing(before.as_ref()).map(Arc::as_ref),
            after: standing(change.after.as_ref()).map(Arc::as_ref),
            stub_before: before.as_deref().filter(|version| version.is_stub()),
            stub: change.after.as_deref().filter(|version| version.is_stub()),
        })
    });
    let mut offences = of_parents.next().unwrap_or_default();
    for others in of_parents {
        offences.retain(|offence| others.iter().any(|other| other.pointer == offence.pointer));
    }
    offences
}

impl HistoryContext<'_> {
    /// The day on which a step was entered: for what is not committed the day that is looked at.
    pub fn day(&self, step: &Step) -> NaiveDate {
        step.day(&self.calendar).unwrap_or(self.as_of)
    }

    /// The steps after one of them.
    pub fn later(&self, step: &Step) -> &[Step] {
        let mut steps = self.steps.iter();
        let position = steps.position(|other| std::ptr::eq(other, step));
        let later = position.and_then(|at| self.steps.get(at + 1..));
        later.unwrap_or_default()
    }

    /// The record that had the id of one before a step gave it that id, as it was when it was taken away.
    pub fn former(&self, step: &Step, named: &Version) -> Option<&Former> {
        let mut steps = self.steps.iter();
        let position = steps.position(|other| std::ptr::eq(other, step))?;
        let first = self
            .former
            .partition_point(|former| former.last.id() < named.id());
        let known = self.former.get(first..)?.iter();
        let known = known.take_while(|former| former.last.id() == named.id());
        let is_earlier = |former: &&Former| match former.step {
            None => true,
            // In one step a record can become one of another kind.
            Some(at) if at == position => former.last.collection() != named.collection(),
            Some(at) => at < position,
        };
        known.filter(is_earlier).last()
    }

    /// A record before a change: in the parent, or, of one that was taken away and is back, when it went.
    pub fn earlier<'p>(&'p self, pair: &Pair<'p>) -> Option<&'p Version> {
        let back = || self.before_it_went(pair.step, pair.after?);
        pair.before.or_else(back)
    }

    /// A record in all parents of a step, or, of one that was taken away and is back, when it went.
    pub fn earlier_versions<'c>(
        &'c self,
        step: &Step,
        change: &'c RecordChange,
    ) -> Vec<&'c Version> {
        let before = change.before.iter().map(Option::as_ref);
        let mut before: Vec<&Version> = before.filter_map(standing).map(Arc::as_ref).collect();
        let after = standing(change.after.as_ref());
        if let (true, Some(after)) = (before.is_empty(), after) {
            before.extend(self.before_it_went(step, after));
        }
        before
    }

    fn before_it_went(&self, step: &Step, back: &Version) -> Option<&Version> {
        let former = self.former(step, back)?;
        let is_same = former.last.collection() == back.collection();
        is_same.then_some(&*former.last)
    }

    /// An offence at its place: in the files at hand where the record still has it, else in the commit.
    pub(super) fn diagnostic(
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
        let now = now.next().map(|entry| (entry.node(), entry.at(at)));
        let stub = || self.present.stub(&change.id);
        let now = now.or_else(|| stub().map(|stub| (stub.node(), stub.at(at))));
        if let (Some(after), Some((now, location))) = (&change.after, now) {
            let (then, here) = (pointer::find(after.node(), at), pointer::find(now, at));
            if let (Some(then), Some(here)) = (then, here)
                && then.same_as(here)
            {
                return (location, None);
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
