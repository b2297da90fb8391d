//! `compliance-status`: how each group of requirements stands, what is missed and what answers it, open findings and
//! overdue work.

use super::figures::{Standing, answered_by, standings, tally};
use super::{Cell, Report, Section};
use crate::assess::kpi::Verdict;
use crate::assess::obligations::{ObligationKind, State};
use crate::records::Kind;
use crate::records::finding::Finding;
use crate::report::due::kind_words;
use crate::report::kpi::verdict_word;
use crate::report::pack::{finding_words, is_open_finding};
use std::collections::BTreeMap;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let standings = standings(report);
    vec![
        groups(&standings),
        attention(report, &standings),
        findings(report),
        overdue(report),
    ]
}

/// KPIs by category, or by area where they have none: how many stand how.
fn groups(standings: &[Standing<'_>]) -> Section {
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
            Cell::text(&it.row.id),
            Cell::text(&it.row.title),
            Cell::text(it.group()),
            Cell::text(point.map_or("", |point| &point.period)),
            value.unwrap_or(Cell::Absent),
            Cell::text(point.and_then(|it| it.target.as_deref()).unwrap_or("")),
            Cell::alarm_if(missed, verdict_word(it.verdict())),
            Cell::text(&it.row.owner),
            match answered_by(report, it) {
                none if none.is_empty() && missed => Cell::Alarm("nothing".to_owned()),
                ids => Cell::List(ids),
            },
        ]
    }))
    .or("Every target is met.")
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
        report.basis.obligations.iter().any(|it| {
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
            Cell::text(seen.id()),
            Cell::text(seen.title()),
            Cell::text(finding_words(finding.r#type)),
            Cell::text(&*finding.source),
            Cell::text(seen.owner().unwrap_or_default()),
            Cell::Day(finding.raised.0),
            Cell::Count((as_of - finding.raised.0).num_days()),
            match late(seen.id()) {
                true => Cell::Alarm("no".to_owned()),
                false => Cell::text("yes"),
            },
        ]
    }))
    .or("No finding is open.")
}

/// How much work is overdue, by kind.
fn overdue(report: &Report<'_>) -> Section {
    let mut kinds: BTreeMap<ObligationKind, (usize, i64)> = BTreeMap::new();
    let overdue = |state| state == State::Overdue;
    for it in report
        .basis
        .obligations
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
            Cell::Count(*longest),
        ]
    }))
    .or("Nothing is overdue.")
}
