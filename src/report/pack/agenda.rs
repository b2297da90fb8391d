//! The inputs of clause 9.3.2, a to g, from the records.

use super::{Pack, counted, long, risks};
use crate::assess::Seen;
use crate::assess::kpi::Verdict;
use crate::assess::obligations::{ObligationKind, State};
use crate::records::action::{Action, ActionType};
use crate::records::audit::Audit;
use crate::records::context::{Context, ContextType};
use crate::records::finding::{Finding, FindingType};
use crate::records::objective::Objective;
use crate::records::review::{Input, Inputs, Review};
use crate::records::{Day, Kind};
use crate::report::document::{Document, Line, Table};

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.heading(2, "Agenda (9.3.2)");
    section(
        pack,
        document,
        "a",
        "Status of actions from previous reviews",
        |it| it.a.as_ref(),
        previous_actions,
    );
    section(
        pack,
        document,
        "b",
        "Changes in external and internal issues",
        |it| it.b.as_ref(),
        issues,
    );
    section(
        pack,
        document,
        "c",
        "Changes in needs and expectations of interested parties",
        |it| it.c.as_ref(),
        needs,
    );
    section(
        pack,
        document,
        "d1",
        "Nonconformities and corrective actions",
        |it| it.d1.as_ref(),
        nonconformities,
    );
    section(
        pack,
        document,
        "d2",
        "Monitoring and measurement results",
        |it| it.d2.as_ref(),
        monitoring,
    );
    section(
        pack,
        document,
        "d3",
        "Audit results",
        |it| it.d3.as_ref(),
        audits,
    );
    section(
        pack,
        document,
        "d4",
        "Fulfilment of objectives",
        |it| it.d4.as_ref(),
        objectives,
    );
    section(
        pack,
        document,
        "e",
        "Feedback from interested parties",
        |it| it.e.as_ref(),
        feedback,
    );
    section(
        pack,
        document,
        "f",
        "Risk assessment and treatment",
        |it| it.f.as_ref(),
        risks::write,
    );
    section(
        pack,
        document,
        "g",
        "Opportunities for continual improvement",
        |it| it.g.as_ref(),
        opportunities,
    );
}

/// One input: its heading, what was noted in the review record, and what the records say.
fn section(
    pack: &Pack<'_>,
    document: &mut Document,
    letter: &str,
    title: &str,
    noted: fn(&Inputs) -> Option<&Input>,
    write: fn(&Pack<'_>, &mut Document),
) {
    document.heading(3, format!("{letter}) {title}"));
    let input = pack
        .subject
        .review
        .and_then(|review| review.inputs.as_ref())
        .and_then(noted);
    if let Some(input) = input {
        let parts = [
            ("State", &input.state),
            ("Trend", &input.trend),
            ("Proposed", &input.proposed),
        ];
        let lines = parts.iter().filter_map(|(name, text)| {
            let text = text.as_ref()?;
            Some(Line::default().strong(*name).plain(format!(": {text}")))
        });
        document.list(lines.collect());
    }
    write(pack, document);
}

/// Whether an action comes from a management review.
fn is_from_review(pack: &Pack<'_>, seen: Seen<'_>, action: &Action) -> bool {
    let from_source = pack
        .view
        .get(&action.source)
        .is_some_and(|source| source.typed::<Review>().is_some());
    let decided = pack.view.typed::<Review>(Kind::Review).any(|(_, review)| {
        let actions = review
            .decisions
            .iter()
            .filter_map(|decision| decision.action.as_deref());
        actions.into_iter().any(|id| id == seen.id())
    });
    action.r#type == ActionType::Review || from_source || decided
}

fn is_open(action: &Action) -> bool {
    action.completed.is_none() && action.cancelled.is_none()
}

/// Actions of earlier reviews that are open or were finished in the period.
fn previous_actions(pack: &Pack<'_>, document: &mut Document) {
    let as_of = pack.as_of();
    let all: Vec<_> = pack
        .view
        .typed::<Action>(Kind::Action)
        .filter(|(seen, action)| is_from_review(pack, *seen, action))
        .collect();
    let finished = all
        .iter()
        .filter(|(_, action)| action.completed.is_some_and(|day| pack.in_period(day.0)));
    let open = || all.iter().filter(|(_, action)| is_open(action));
    let overdue = open().filter(|(_, action)| action.due.0 < as_of).count();
    document.paragraph(format!(
        "{} closed in the period, {} open, {overdue} of them overdue.",
        finished.clone().count(),
        open().count()
    ));
    let mut table = Table::new(&["Action", "Owner", "Due", "State"]);
    for (seen, action) in finished.chain(open()) {
        table.row(action_cells(pack, *seen, action));
    }
    document.table_or(
        table,
        "No action of an earlier review is open or was closed in the period.",
    );
}

fn action_cells(pack: &Pack<'_>, seen: Seen<'_>, action: &Action) -> [Line; 4] {
    let late = (pack.as_of() - action.due.0).num_days();
    let state = match (&action.completed, &action.verification) {
        (Some(day), Some(check)) if check.effective => {
            format!("completed {}, verified", long(day.0)).into()
        }
        (Some(day), Some(_)) => {
            Line::default().strong(format!("completed {}, not effective", long(day.0)))
        }
        (Some(day), None) => format!("completed {}", long(day.0)).into(),
        (None, _) if late > 0 => Line::default().strong(format!("overdue, {late} d")),
        (None, _) => match action.extensions.len() {
            0 => "open".into(),
            count => format!(
                "open, extended {}",
                if count == 1 {
                    "once".to_owned()
                } else {
                    format!("{count} times")
                }
            )
            .into(),
        },
    };
    [
        format!("{} ({})", seen.title(), seen.id()).into(),
        seen.owner().unwrap_or_default().into(),
        long(action.due.0).into(),
        state,
    ]
}

/// Open actions of earlier reviews, for the minutes.
pub fn carried_over(pack: &Pack<'_>) -> Table {
    let mut table = Table::new(&["Action", "Owner", "Due", "State"]);
    for (seen, action) in pack.view.typed::<Action>(Kind::Action) {
        if is_open(action) && is_from_review(pack, seen, action) {
            table.row(action_cells(pack, seen, action));
        }
    }
    table
}

fn issues(pack: &Pack<'_>, document: &mut Document) {
    context(
        pack,
        document,
        &[ContextType::ExternalIssue, ContextType::InternalIssue],
        "issue",
    );
}

fn needs(pack: &Pack<'_>, document: &mut Document) {
    context(
        pack,
        document,
        &[ContextType::PartyNeed],
        "need or expectation",
    );
}

fn feedback(pack: &Pack<'_>, document: &mut Document) {
    context(pack, document, &[ContextType::Feedback], "feedback");
}

/// Context records that arose in the period; when there are none, since when there have been none.
fn context(pack: &Pack<'_>, document: &mut Document, wanted: &[ContextType], word: &str) {
    let records = || {
        pack.view
            .typed::<Context>(Kind::Context)
            .filter(|(_, it)| wanted.contains(&it.r#type))
    };
    let mut current: Vec<_> = records()
        .filter(|(_, it)| pack.in_period(it.date.0))
        .collect();
    current.sort_by_key(|(seen, it)| (it.date, seen.id()));
    let mut table = Table::new(&["Date", "What", "Party or topic", "What it means"]);
    for (seen, it) in &current {
        table.row([
            long(it.date.0),
            format!("{} ({})", seen.title(), seen.id()),
            it.party
                .as_deref()
                .or(it.topic.as_deref())
                .unwrap_or_default()
                .to_owned(),
            it.impact.as_deref().unwrap_or_default().to_owned(),
        ]);
    }
    let latest = records().map(|(_, it)| it.date).max();
    let nothing = match latest {
        Some(day) => format!("No {word} recorded since {}.", long(day.0)),
        None => format!("No {word} recorded."),
    };
    document.table_or(table, nothing);
}

fn type_words(kind: FindingType) -> &'static str {
    match kind {
        FindingType::Major => "major nonconformity",
        FindingType::Minor => "minor nonconformity",
        FindingType::Observation => "observation",
        FindingType::Opportunity => "opportunity",
    }
}

/// Whether a finding still asks for something.
pub fn is_open_finding(finding: &Finding) -> bool {
    finding.closed.is_none()
        && !finding
            .disposition
            .as_ref()
            .is_some_and(|decision| decision.declined)
}

fn nonconformities(pack: &Pack<'_>, document: &mut Document) {
    let all: Vec<_> = pack
        .view
        .typed::<Finding>(Kind::Finding)
        .filter(|(_, finding)| finding.r#type != FindingType::Opportunity)
        .collect();
    let raised = all
        .iter()
        .filter(|(_, finding)| pack.in_period(finding.raised.0))
        .count();
    let closed = all
        .iter()
        .filter(|(_, finding)| finding.closed.is_some_and(|day| pack.in_period(day.0)))
        .count();
    let mut open: Vec<_> = all
        .iter()
        .filter(|(_, finding)| is_open_finding(finding))
        .collect();
    open.sort_by_key(|(seen, finding)| (finding.raised, seen.id()));
    document.paragraph(format!(
        "{raised} raised and {closed} closed in the period, {} open.",
        open.len()
    ));
    let mut table = Table::new(&[
        "Finding",
        "Type",
        "Source",
        "Owner",
        ">Age",
        "Root cause",
        "Actions",
    ]);
    for (seen, finding) in open {
        let cause = if finding.root_cause.is_some() {
            "found"
        } else {
            "not yet"
        };
        let actions: Vec<&str> = finding.actions.iter().map(|id| &**id).collect();
        table.row([
            format!("{} ({})", seen.title(), seen.id()),
            type_words(finding.r#type).to_owned(),
            finding.source.to_string(),
            seen.owner().unwrap_or_default().to_owned(),
            format!("{} d", (pack.as_of() - finding.raised.0).num_days()),
            cause.to_owned(),
            if actions.is_empty() {
                "none".to_owned()
            } else {
                actions.join(", ")
            },
        ]);
    }
    document.table_or(table, "No finding is open.");
}

/// How much of the monitoring that fell due in the period was done in time.
fn monitoring(pack: &Pack<'_>, document: &mut Document) {
    let watched = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
    ];
    let judged: Vec<_> = pack
        .obligations
        .iter()
        .filter(|it| watched.contains(&it.kind) && it.judged() && pack.in_period(it.due))
        .collect();
    let late = judged
        .iter()
        .filter(|it| it.state == State::DoneLate)
        .count();
    let missing = judged
        .iter()
        .filter(|it| it.state == State::Overdue)
        .count();
    document.paragraph(format!(
        "{} fell due in the period: {} done in time, {late} done late, {missing} not done. The figures are in the KPI \
         dashboard above.",
        counted(judged.len(), "monitoring activity").replace("activitys", "activities"),
        judged.iter().filter(|it| it.on_time()).count(),
    ));
    let missed: Vec<String> = pack
        .kpis
        .iter()
        .filter(|kpi| kpi.verdict() == Some(Verdict::Missed))
        .map(|kpi| {
            format!(
                "{} ({}): {} against {}",
                kpi.title,
                kpi.id,
                kpi.value_words(),
                kpi.target_words()
            )
        })
        .collect();
    if !missed.is_empty() {
        document.paragraph("Targets that were missed:");
        document.list(missed.into_iter().map(Line::from).collect());
    }
}

fn audits(pack: &Pack<'_>, document: &mut Document) {
    let mut audits: Vec<_> = pack
        .view
        .typed::<Audit>(Kind::Audit)
        .filter(|(_, audit)| match audit.performed {
            Some(Day(day)) => pack.in_period(day),
            None => true,
        })
        .collect();
    audits.sort_by_key(|(seen, audit)| (audit.performed.unwrap_or(audit.planned), seen.id()));
    let mut table = Table::new(&["Audit", "Type", "Scope", "State", ">Findings"]);
    for (seen, audit) in audits {
        let findings = pack.view.typed::<Finding>(Kind::Finding);
        let findings = findings
            .filter(|(_, finding)| &*finding.source == seen.id())
            .count();
        let state = match audit.performed {
            Some(day) => format!("performed {}", long(day.0)),
            None if audit.planned.0 < pack.as_of() => {
                format!("planned for {}, not done", long(audit.planned.0))
            }
            None => format!("planned for {}", long(audit.planned.0)),
        };
        table.row([
            format!("{} ({})", seen.title(), seen.id()),
            audit.r#type.to_string(),
            audit.scope.to_string(),
            state,
            findings.to_string(),
        ]);
    }
    document.table_or(
        table,
        "No audit was performed in the period, and none is planned.",
    );
}

/// An objective is achieved when all its KPIs are met; no data if one is.
fn objectives(pack: &Pack<'_>, document: &mut Document) {
    let mut table = Table::new(&["Objective", "Owner", "Due", "KPIs", "State"]);
    for (seen, objective) in pack.view.typed::<Objective>(Kind::Objective) {
        if objective.until.is_some_and(|until| until.0 < pack.as_of()) {
            continue;
        }
        let verdicts: Vec<Option<Verdict>> = objective
            .kpis
            .iter()
            .map(|id| {
                pack.kpis
                    .iter()
                    .find(|kpi| kpi.id == **id)
                    .and_then(|kpi| kpi.verdict())
            })
            .collect();
        let unknown = |verdict: &Option<Verdict>| {
            matches!(verdict, None | Some(Verdict::NoData | Verdict::Pending))
        };
        let state = if verdicts.iter().any(unknown) {
            "no data"
        } else if verdicts
            .iter()
            .all(|verdict| *verdict == Some(Verdict::Met))
        {
            "achieved"
        } else {
            "not achieved"
        };
        let words = objective.kpis.iter().map(|id| {
            let kpi = pack.kpis.iter().find(|kpi| kpi.id == **id);
            format!(
                "{} {}",
                &**id,
                kpi.map_or("no data", |kpi| kpi.verdict_words())
            )
        });
        table.row([
            format!("{} ({})", seen.title(), seen.id()),
            seen.owner().unwrap_or_default().to_owned(),
            objective.due.map_or_else(String::new, |day| long(day.0)),
            words.collect::<Vec<_>>().join(", "),
            state.to_owned(),
        ]);
    }
    document.table_or(table, "No objective is set (objectives/).");
}

fn opportunities(pack: &Pack<'_>, document: &mut Document) {
    let mut table = Table::new(&["Opportunity", "Owner", "Since", "State"]);
    for (seen, finding) in pack.view.typed::<Finding>(Kind::Finding) {
        if finding.r#type == FindingType::Opportunity && is_open_finding(finding) {
            table.row([
                format!("{} ({})", seen.title(), seen.id()),
                seen.owner().unwrap_or_default().to_owned(),
                long(finding.raised.0),
                if finding.actions.is_empty() {
                    "no action yet"
                } else {
                    "under way"
                }
                .to_owned(),
            ]);
        }
    }
    for (seen, action) in pack.view.typed::<Action>(Kind::Action) {
        if action.r#type == ActionType::Improvement && is_open(action) {
            table.row([
                format!("{} ({})", seen.title(), seen.id()),
                seen.owner().unwrap_or_default().to_owned(),
                long(action.opened.0),
                format!("due {}", long(action.due.0)),
            ]);
        }
    }
    document.table_or(table, "No opportunity for improvement is open.");
}
