//! `improvement`: the register of improvements, findings step by step, and what was learned from incidents and audits
//! (clauses 10.1 and 10.2).

use super::{Cell, Report, Section};
use crate::assess::chain::{Chain, Improvement, Source, Step, StepState, evaluate};
use crate::report::basis::counted;
use crate::report::charts::{self, Scope};
use crate::report::pack::finding_words;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let chain = evaluate(report.basis.view, &report.basis.survey.list);
    vec![
        register(report, &chain),
        findings(&chain),
        lessons(report, &chain),
    ]
}

/// Actions that are open, and those that ended since the period began.
fn register(report: &Report<'_>, chain: &Chain<'_>) -> Section {
    let ended = |status: &str| matches!(status, "completed" | "verified" | "cancelled");
    let open = chain.improvements.iter().filter(|it| !ended(it.status));
    let overdue = open.clone().filter(|it| it.overdue.is_some()).count();
    let since = |it: &&Improvement<'_>| {
        let action = it.action;
        let verified = action.verification.as_ref().map(|it| it.on);
        let cancelled = action.cancelled.as_ref().map(|it| it.on);
        let last = action.completed.max(verified).max(cancelled);
        last.is_none_or(|day| report.from <= day.0)
    };
    let mut shown: Vec<_> = chain.improvements.iter().filter(since).collect();
    shown.sort_by_key(|it| (ended(it.status), it.deadline, it.seen.id()));
    let rows = shown.into_iter().map(|it| {
        [
            Cell::id(it.seen.id()),
            Cell::text(it.seen.title()),
            source(&it.source),
            Cell::text(it.source.kind.unwrap_or_default()),
            Cell::text(it.seen.owner().unwrap_or_default()),
            Cell::text(it.status),
            Cell::Day(it.deadline),
            match it.overdue {
                Some(days) => Cell::alarm(format!("{days} d")),
                None => Cell::Absent,
            },
            Cell::count(it.extensions()),
            Cell::day(it.action.completed.map(|day| day.0)),
            match it.verification_due {
                Some((_, true)) => Cell::alarm("overdue".to_owned()),
                Some((due, false)) => Cell::Day(due),
                None => Cell::Absent,
            },
        ]
    });
    Section::new(
        "improvements",
        "Register of improvements",
        &[
            ("action", "Action"),
            ("title", "What"),
            ("source", "From"),
            ("source_kind", "Kind of source"),
            ("owner", "Owner"),
            ("status", "Status"),
            ("deadline", "Deadline"),
            ("overdue", ">Overdue"),
            ("extensions", ">Extensions"),
            ("completed", "Completed"),
            ("verify_by", "Verify by"),
        ],
    )
    .say(format!(
        "{} open, {overdue} of them overdue.",
        counted(open.count(), "action")
    ))
    .rows(rows)
    .or("No action is open, and none ended since the period began.")
    .chart(charts::ageing(report.basis, Scope::All))
}

/// Open findings, and the step of the chain each waits for.
fn findings(chain: &Chain<'_>) -> Section {
    let mut open: Vec<_> = chain
        .findings
        .iter()
        .filter(|it| it.next().is_some())
        .collect();
    open.sort_by_key(|it| (it.finding.raised, it.seen.id()));
    let rows = open.into_iter().map(|it| {
        let done = it.steps.iter();
        let done = done.filter(|(_, state)| matches!(state, StepState::Done(_)));
        let next = it.next();
        [
            Cell::id(it.seen.id()),
            Cell::text(it.seen.title()),
            Cell::text(finding_words(it.finding.r#type)),
            source(&it.source),
            Cell::Day(it.finding.raised.0),
            Cell::number(it.age),
            Cell::List(done.map(|(step, _)| step_words(*step).to_owned()).collect()),
            Cell::text(next.map_or("", step_words)),
            Cell::List(
                it.actions
                    .iter()
                    .map(|it| it.seen.id().to_owned())
                    .collect(),
            ),
        ]
    });
    Section::new(
        "findings",
        "Corrective action, step by step",
        &[
            ("finding", "Finding"),
            ("title", "What"),
            ("type", "Type"),
            ("source", "From"),
            ("raised", "Raised"),
            ("age_days", ">Age (d)"),
            ("done", "Done"),
            ("next", "Next step"),
            ("actions", "Actions"),
        ],
    )
    .rows(rows)
    .or("No finding waits for a step.")
}

/// Where something comes from: a reference where there is such a record.
fn source(source: &Source<'_>) -> Cell {
    match source.kind {
        Some(_) => Cell::id(source.id),
        None => Cell::text(source.id),
    }
}

fn step_words(step: Step) -> &'static str {
    match step {
        Step::Consequences => "consequences",
        Step::Similar => "similar cases",
        Step::RootCause => "root cause",
        Step::Actions => "actions",
        Step::Completion => "completion",
        Step::Evidence => "evidence",
        Step::Verification => "verification",
        Step::Effectiveness => "effectiveness",
        Step::Closure => "closure",
    }
}

/// Incidents and audits of which steps of learning are missing or were done since the period began.
fn lessons(report: &Report<'_>, chain: &Chain<'_>) -> Section {
    let shown = chain.lessons.iter().filter(|it| {
        let done = it.steps.iter().filter_map(|step| step.done);
        let lately = done
            .map(|(day, _)| day)
            .max()
            .is_some_and(|day| day >= report.from);
        lately || !it.missing().is_empty()
    });
    let rows = shown.map(|it| {
        let missing = it.missing();
        let late = it.steps.iter().any(|step| {
            let due = step.due.filter(|_| step.done.is_none());
            due.is_some_and(|due| due < report.basis.as_of())
        });
        let words = missing.join(", ");
        let mut row = vec![
            Cell::id(it.seen.id()),
            Cell::text(it.seen.title()),
            Cell::day(it.ended),
        ];
        row.extend(
            it.steps
                .iter()
                .map(|step| Cell::day(step.done.map(|(day, _)| day))),
        );
        row.push(Cell::alarm_if(late, words));
        row
    });
    Section::new(
        "lessons",
        "Lessons from incidents and audits",
        &[
            ("subject", "Incident or audit"),
            ("title", "What"),
            ("ended", "Ended"),
            ("document", "Document"),
            ("analyse", "Analyse"),
            ("identify", "Identify"),
            ("implement", "Implement"),
            ("verify", "Verify"),
            ("missing", "Missing"),
        ],
    )
    .rows(rows)
    .or("Nothing is left to learn from incidents and audits of the period.")
}
