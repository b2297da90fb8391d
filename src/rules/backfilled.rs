//! `backfilled`: proof of what was done on a day that was entered long after it.

use super::dated_facts::{DatedField, Entered, entered};
use super::history::{HistoryContext, Offence, Pair};
use crate::records::{Day, Duration, Kind};
use crate::workspace::CONFIG_FILE;
use crate::workspace::history::Step;
use chrono::NaiveDate;

/// What counts as done because a record has its date: field, date within it, and what was done. Risks, findings and
/// incidents may well be registered late.
const PROOFS: &[(Kind, &str, &str, &str)] = &[
    (Kind::Policy, "review_log", "date", "the review"),
    (Kind::Control, "review_log", "date", "the review"),
    (Kind::Kpi, "deviations", "on", "the deviation"),
    (Kind::Result, "date", "", "the result"),
    (Kind::Action, "verification", "on", "the verification"),
    (Kind::Risk, "assessments", "date", "the assessment"),
    (Kind::Risk, "review_log", "date", "the review"),
    (Kind::Risk, "acceptance.by", "on", "the acceptance"),
    (Kind::Review, "signed_off", "on", "the sign-off"),
];

/// Compares the dates that a commit entered with the day on which it was made.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let kind = pair.after.and_then(|after| after.kind());
    let Some(kind) = kind.filter(|_| !is_beginning(pair.step)) else {
        return Vec::new();
    };
    let today = context.day(pair.step);
    let proofs = PROOFS.iter().filter(|(of, ..)| *of == kind);
    let dates = proofs.flat_map(|(_, field, date, what)| {
        let entered = entered(context, pair, DatedField { field, date });
        entered.into_iter().map(move |date| (date, *what))
    });
    let late = dates.filter(|(date, _)| is_late(context, date.day, today));
    let allowed = context.config.git.backfill;
    late.map(|(date, what)| offence(date, what, today, allowed))
        .collect()
}

fn offence(date: Entered, what: &str, today: NaiveDate, allowed: Duration) -> Offence {
    let days = (today - date.day).num_days();
    Offence {
        pointer: date.pointer,
        message: format!(
            "{what} of {} was entered on {}, {days} days later",
            Day(date.day),
            Day(today)
        ),
        label: "entered late".to_owned(),
        help: format!(
            "within {allowed} nobody asks; now say in `notes` why it is late, and name evidence from that day"
        ),
    }
}

/// Whether a commit is the first of all, or the one that made the workspace: what was there before came with it.
fn is_beginning(step: &Step) -> bool {
    let is_first = step
        .commit
        .as_ref()
        .is_some_and(|commit| commit.parents.is_empty());
    let mut files = step.trusted.iter();
    is_first
        || files.any(|file| {
            file.path == CONFIG_FILE
                && file.after.is_some()
                && file.before.iter().all(Option::is_none)
        })
}

fn is_late(context: &HistoryContext<'_>, day: NaiveDate, today: NaiveDate) -> bool {
    // Where the range made the workspace, what it says itself stands in for the merge base.
    let config = match context.base {
        Some(_) => context.config,
        None => context.present.config(),
    };
    let since = config.isms.since;
    let is_judged = since.is_none_or(|since| since.0 <= day);
    is_judged && today - day > context.config.git.backfill.to_delta()
}
