//! `audit`: the audit programme (clause 9.2): what was planned and performed, by whom, what it covered, what it found.

use super::{Cell, Report, Section};
use crate::assess::coverage::{CoverageState, TypeCoverage, programme};
use crate::assess::independence::Estate;
use crate::assess::obligations::{ObligationKind, State};
use crate::records::Kind;
use crate::records::audit::Audit;
use crate::records::finding::{Finding, FindingType};
use crate::report::pack::{finding_words, is_open_finding};

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let programme = programme(report.basis.view);
    vec![
        types(report, &programme),
        audits(report),
        coverage(&programme),
        findings(report),
    ]
}

/// The programme: types, how often, by whom, and whether they were held.
fn types(report: &Report<'_>, programme: &[TypeCoverage<'_>]) -> Section {
    let rows = programme.iter().map(|it| {
        let overdue = report.basis.survey.list.iter().filter(|duty| {
            duty.kind == ObligationKind::Audit
                && duty.subject == it.name
                && duty.state == State::Overdue
        });
        let approved = it.r#type.approved.as_ref();
        [
            Cell::text(it.name),
            Cell::text(&*it.r#type.title),
            Cell::text(
                it.r#type
                    .cadence
                    .map_or_else(String::new, |it| it.to_string()),
            ),
            Cell::text(it.r#type.scope.as_deref().unwrap_or_default()),
            Cell::List(it.r#type.by.iter().map(|who| who.to_string()).collect()),
            Cell::text(approved.map_or("", |approval| &approval.by)),
            Cell::day(approved.map(|approval| approval.on.0)),
            Cell::day(it.last.map(|audit| audit.day)),
            Cell::day(it.planned.map(|audit| audit.day)),
            Cell::alarm_count(overdue.count()),
        ]
    });
    Section::new(
        "programme",
        "Audit programme",
        &[
            ("type", "Type"),
            ("title", "Title"),
            ("cadence", "How often"),
            ("scope", "Scope"),
            ("by", "By"),
            ("approved_by", "Approved by"),
            ("approved_on", "On"),
            ("last", "Last"),
            ("next", "Next planned"),
            ("overdue", ">Overdue"),
        ],
    )
    .rows(rows)
    .or("isms.toml declares no type of audit ([audits]).")
}

/// Audits performed since the period began, so that none falls between two reports, and those still to come.
fn audits(report: &Report<'_>) -> Section {
    let view = report.basis.view;
    let mut audits: Vec<_> = view
        .typed::<Audit>(Kind::Audit)
        .filter(|(_, audit)| match audit.performed {
            Some(day) => report.from <= day.0,
            None => true,
        })
        .collect();
    audits.sort_by_key(|(seen, audit)| (audit.performed.unwrap_or(audit.planned), seen.id()));
    let estate = Estate::of(view.snapshot());
    let rows = audits.into_iter().map(|(seen, audit)| {
        let of_type = |wanted: fn(FindingType) -> bool| {
            let findings = view.typed::<Finding>(Kind::Finding);
            let from = findings.filter(|(_, finding)| &*finding.source == seen.id());
            Cell::count(from.filter(|(_, finding)| wanted(finding.r#type)).count())
        };
        let late = audit.performed.is_none() && audit.planned.0 < report.basis.as_of();
        let conflicts = estate.conflicts(audit);
        let owned = conflicts
            .iter()
            .map(|it| format!("{} {}", it.what.word(), it.id));
        [
            Cell::id(seen.id()),
            Cell::text(seen.title()),
            Cell::text(&*audit.r#type),
            Cell::List(audit.auditors.iter().map(|who| who.to_string()).collect()),
            Cell::Day(audit.planned.0),
            match audit.performed {
                Some(day) => Cell::Day(day.0),
                None => Cell::alarm_if(late, "not yet"),
            },
            Cell::day(audit.reported.as_ref().map(|reported| reported.on.0)),
            of_type(|it| matches!(it, FindingType::Major | FindingType::Minor)),
            of_type(|it| it == FindingType::Observation),
            of_type(|it| it == FindingType::Opportunity),
            match owned.collect::<Vec<_>>().join(", ") {
                none if none.is_empty() => Cell::text("yes"),
                owned => Cell::alarm(format!("no: {owned}")),
            },
        ]
    });
    Section::new(
        "audits",
        "Audits since the period began, and those to come",
        &[
            ("audit", "Audit"),
            ("title", "Title"),
            ("type", "Type"),
            ("auditors", "Auditors"),
            ("planned", "Planned"),
            ("performed", "Performed"),
            ("reported", "Reported"),
            ("nonconformities", ">Nonconformities"),
            ("observations", ">Observations"),
            ("opportunities", ">Opportunities"),
            ("independent", "Independent"),
        ],
    )
    .rows(rows)
    .or("No audit was performed since the period began, and none is planned.")
}

/// What the types with a cycle have covered, and what they have not.
fn coverage(programme: &[TypeCoverage<'_>]) -> Section {
    let mut rows = Vec::new();
    for kind in programme {
        for dimension in &kind.dimensions {
            let count = |state| dimension.with(state).count();
            let ids = |state| {
                let items = dimension.with(state);
                Cell::List(items.map(|item| item.id.to_owned()).collect())
            };
            rows.push([
                Cell::text(kind.name),
                Cell::text(dimension.scope.word()),
                Cell::text(dimension.cycle.to_string()),
                Cell::count(dimension.items.len()),
                Cell::count(count(CoverageState::Covered)),
                ids(CoverageState::Open),
                match count(CoverageState::Overdue) {
                    0 => Cell::Absent,
                    _ => ids(CoverageState::Overdue),
                },
            ]);
        }
    }
    Section::new(
        "coverage",
        "Coverage of the cycle so far",
        &[
            ("type", "Type"),
            ("what", "What"),
            ("cycle", "Within"),
            ("total", ">Total"),
            ("covered", ">Covered"),
            ("open", "Still to be covered"),
            ("overdue", "Not covered in time"),
        ],
    )
    .rows(rows)
    .or("No type of audit has a cycle (`cycle` in [audits]).")
}

/// Findings of audits that are open, whenever they were raised.
fn findings(report: &Report<'_>) -> Section {
    let view = report.basis.view;
    let of_audit = |finding: &Finding| {
        let source = view.get(&finding.source);
        source.is_some_and(|source| source.entry().kind() == Some(Kind::Audit))
    };
    let mut open: Vec<_> = view
        .typed::<Finding>(Kind::Finding)
        .filter(|(_, finding)| is_open_finding(finding) && of_audit(finding))
        .collect();
    open.sort_by_key(|(seen, finding)| (finding.raised, seen.id()));
    let rows = open.iter().map(|(seen, finding)| {
        [
            Cell::id(seen.id()),
            Cell::text(seen.title()),
            Cell::text(finding_words(finding.r#type)),
            report.basis.reference(&finding.source).into(),
            Cell::text(finding.clause.as_deref().unwrap_or_default()),
            Cell::text(seen.owner().unwrap_or_default()),
            Cell::Day(finding.raised.0),
            Cell::number((report.basis.as_of() - finding.raised.0).num_days()),
            Cell::List(finding.actions.iter().map(|id| id.to_string()).collect()),
        ]
    });
    Section::new(
        "findings",
        "Open findings of audits",
        &[
            ("finding", "Finding"),
            ("title", "Title"),
            ("type", "Type"),
            ("audit", "Audit"),
            ("clause", "Clause"),
            ("owner", "Owner"),
            ("raised", "Raised"),
            ("age_days", ">Age (d)"),
            ("actions", "Actions"),
        ],
    )
    .rows(rows)
    .or("No finding of an audit is open.")
}
