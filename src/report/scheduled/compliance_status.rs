//! `compliance-status`: how each group of requirements stands, what is missed and what answers it, open findings and
//! overdue work.

use super::figures::{Standing, answered_by, standings, tally};
use super::{Cell, Report, Section};
use crate::assess::controls::{ControlStatus, statuses};
use crate::assess::kpi::Verdict;
use crate::assess::obligations::{ObligationKind, State};
use crate::assess::risk::{self, Assessed};
use crate::records::Kind;
use crate::records::finding::Finding;
use crate::report::basis::counted;
use crate::report::charts::{self, Scope, Watched};
use crate::report::controls::status_words;
use crate::report::due::kind_words;
use crate::report::kpi::verdict_word;
use crate::report::pack::{finding_words, is_open_finding};
use crate::report::risk::acceptance_words;
use crate::report::status::bands;
use std::collections::BTreeMap;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let standings = standings(report);
    vec![
        groups(report, &standings),
        attention(report, &standings),
        controls(report),
        risks(report),
        findings(report),
        overdue(report),
    ]
}

/// KPIs by category, or by area where they have none: how many stand how.
fn groups(report: &Report<'_>, standings: &[Standing<'_>]) -> Section {
    let mut groups: BTreeMap<&str, Vec<&Standing<'_>>> = BTreeMap::new();
    for it in standings {
        groups.entry(it.group()).or_default().push(it);
    }
    let count = |members: &[&Standing<'_>], wanted: Verdict| {
        let with = members.iter().filter(|it| it.verdict() == Some(wanted));
        Cell::count(with.count())
    };
    let section = Section::new(
        "groups",
        "Requirements by group",
        &[
            ("group", "Group"),
            ("kpis", ">KPIs"),
            ("met", ">Met"),
            ("near", ">Near"),
            ("missed", ">Missed"),
            ("waived", ">Waived"),
            ("no_data", ">No data"),
            ("pending", ">Pending"),
        ],
    )
    .or("No KPI is judged in the period.");
    let section = match standings.is_empty() {
        true => section,
        false => section.say(format!("{}.", tally(standings.iter()))),
    };
    let rows = standings.iter().map(|it| it.row);
    let mut section = section;
    section.charts = charts::timelines(report.basis, rows, report.to);
    section.rows(groups.iter().map(|(group, members)| {
        [
            Cell::text(*group),
            Cell::count(members.len()),
            count(members, Verdict::Met),
            count(members, Verdict::Near),
            count(members, Verdict::Missed),
            count(members, Verdict::Waived),
            count(members, Verdict::NoData),
            count(members, Verdict::Pending),
        ]
    }))
}

/// What does not meet its target, or cannot be told.
fn attention(report: &Report<'_>, standings: &[Standing<'_>]) -> Section {
    let wanted = standings.iter().filter(|it| {
        matches!(
            it.verdict(),
            Some(Verdict::Missed | Verdict::Near | Verdict::Waived | Verdict::NoData)
        )
    });
    Section::new(
        "attention",
        "What needs attention",
        &[
            ("kpi", "KPI"),
            ("title", "Title"),
            ("group", "Group"),
            ("period", "Period"),
            ("value", ">Value"),
            ("target", ">Target"),
            ("verdict", "Verdict"),
            ("owner", "Owner"),
            ("answered_by", "Answered by"),
        ],
    )
    .rows(wanted.map(|it| {
        let point = it.point.or(it.row.series.last());
        let value = point.and_then(|point| {
            let value = point.value?;
            Some(Cell::Figure(value, point.value_words(it.row.unit)))
        });
        let missed = it.verdict() == Some(Verdict::Missed);
        [
            Cell::id(&it.row.id),
            Cell::text(&it.row.title),
            Cell::text(it.group()),
            Cell::text(point.map_or("", |point| &point.period)),
            value.unwrap_or(Cell::Absent),
            Cell::text(point.and_then(|it| it.target.as_deref()).unwrap_or("")),
            Cell::alarm_if(missed, verdict_word(it.verdict())),
            Cell::text(&it.row.owner),
            match answered_by(report, it) {
                none if none.is_empty() && missed => Cell::alarm("nothing".to_owned()),
                ids => Cell::List(ids),
            },
        ]
    }))
    .or("Every target is met.")
}

/// How many controls stand how.
fn controls(report: &Report<'_>) -> Section {
    let basis = report.basis;
    let states = statuses(basis.view, basis.survey, basis.series);
    let rows = ControlStatus::ALL.into_iter().filter_map(|status| {
        let members = states.iter().filter(|state| state.status == status);
        let ids: Vec<String> = members.map(|state| state.seen.id().to_owned()).collect();
        let alarming = matches!(status, ControlStatus::Failing | ControlStatus::Stale);
        (!ids.is_empty()).then(|| {
            [
                Cell::text(status_words(status)),
                match alarming {
                    true => Cell::alarm_count(ids.len()),
                    false => Cell::count(ids.len()),
                },
                match alarming {
                    true => Cell::List(ids),
                    false => Cell::Absent,
                },
            ]
        })
    });
    Section::new(
        "controls",
        "Controls",
        &[
            ("status", "Status"),
            ("controls", ">Controls"),
            ("which", "Which"),
        ],
    )
    .rows(rows)
    .or("No control is on record (controls/).")
}

/// Open risks that nobody has an answer to, and acceptances that do not hold.
fn risks(report: &Report<'_>) -> Section {
    let view = report.basis.view;
    let mut risks = risk::assess(view);
    risks.retain(Assessed::is_open);
    let bands: Vec<String> = bands(view, &risks)
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let asking = risks
        .iter()
        .filter(|it| it.is_unanswered() || it.acceptance.state.fails());
    let rows = asking.map(|it| {
        [
            Cell::id(it.seen.id()),
            Cell::text(it.seen.title()),
            Cell::text(it.seen.owner().unwrap_or_default()),
            it.score
                .map_or(Cell::Absent, |score| Cell::number(score.into())),
            Cell::text(it.band.map_or("", |band| &band.name)),
            Cell::alarm_if(
                it.is_unanswered(),
                if it.is_unanswered() { "yes" } else { "" },
            ),
            Cell::alarm_if(
                it.acceptance.state.fails(),
                acceptance_words(it.acceptance.state, it.acceptance.until),
            ),
        ]
    });
    Section::new(
        "risks",
        "Risks that need an answer",
        &[
            ("risk", "Risk"),
            ("title", "Title"),
            ("owner", "Owner"),
            ("score", ">Score"),
            ("band", "Band"),
            ("unanswered", "Above the appetite without an answer"),
            ("acceptance", "Acceptance"),
        ],
    )
    .say(format!(
        "{} open: {}.",
        counted(risks.len(), "risk"),
        bands.join(", ")
    ))
    .rows(rows)
    .or("Every risk above the appetite is under treatment or validly accepted.")
}

fn findings(report: &Report<'_>) -> Section {
    let as_of = report.basis.as_of();
    let mut open: Vec<_> = report
        .basis
        .view
        .typed::<Finding>(Kind::Finding)
        .filter(|(_, finding)| is_open_finding(finding))
        .collect();
    open.sort_by_key(|(seen, finding)| (finding.raised, seen.id()));
    let late = |id: &str| {
        report.basis.survey.list.iter().any(|it| {
            it.kind == ObligationKind::Finding && it.subject == id && it.state == State::Overdue
        })
    };
    Section::new(
        "findings",
        "Open findings",
        &[
            ("finding", "Finding"),
            ("title", "Title"),
            ("type", "Type"),
            ("source", "Source"),
            ("owner", "Owner"),
            ("raised", "Raised"),
            ("age_days", ">Age (d)"),
            ("in_time", "In time"),
        ],
    )
    .rows(open.iter().map(|(seen, finding)| {
        [
            Cell::id(seen.id()),
            Cell::text(seen.title()),
            Cell::text(finding_words(finding.r#type)),
            report.basis.reference(&finding.source).into(),
            Cell::text(seen.owner().unwrap_or_default()),
            Cell::Day(finding.raised.0),
            Cell::number((as_of - finding.raised.0).num_days()),
            match late(seen.id()) {
                true => Cell::alarm("no".to_owned()),
                false => Cell::text("yes"),
            },
        ]
    }))
    .or("No finding is open.")
    .chart(charts::ageing(report.basis, Scope::All))
}

/// How much work is overdue, by kind.
fn overdue(report: &Report<'_>) -> Section {
    let mut kinds: BTreeMap<ObligationKind, (usize, i64)> = BTreeMap::new();
    let overdue = |state| state == State::Overdue;
    for it in report
        .basis
        .survey
        .list
        .iter()
        .filter(|it| overdue(it.state))
    {
        let (count, longest) = kinds.entry(it.kind).or_default();
        *count += 1;
        *longest = (*longest).max(it.days(report.basis.as_of()));
    }
    Section::new(
        "overdue",
        "Overdue work",
        &[
            ("kind", "Kind"),
            ("overdue", ">Overdue"),
            ("longest_days", ">Longest (d)"),
        ],
    )
    .rows(kinds.iter().map(|(kind, (count, longest))| {
        [
            Cell::text(kind_words(*kind)),
            Cell::count(*count),
            Cell::number(*longest),
        ]
    }))
    .or("Nothing is overdue.")
    .chart(charts::duties(report.basis, Watched::All, report.to))
}
