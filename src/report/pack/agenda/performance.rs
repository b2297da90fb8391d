//! Performance: nonconformities, measurements, audits, objectives (clause 9.3.2 d).

use super::corrective;
use crate::assess::Seen;
use crate::assess::kpi::Verdict;
use crate::assess::obligations::{ObligationKind, State};
use crate::records::audit::Audit;
use crate::records::finding::{Finding, FindingType};
use crate::records::objective::Objective;
use crate::records::{Day, Kind};
use crate::report::charts::{self, Scope, Watched};
use crate::report::document::{Cell, Document, Line, Table, Tone};
use crate::report::pack::since::{News, Place, Told, objective_state};
use crate::report::pack::summary::window_words;
use crate::report::pack::{Pack, counted, long, named};

/// What people call a type of finding.
pub fn finding_words(kind: FindingType) -> &'static str {
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

/// Whether a finding asks for correction: all but opportunities.
pub fn is_nonconformity(finding: &Finding) -> bool {
    finding.r#type != FindingType::Opportunity
}

/// What is open, by the words of point d 1 and of point g: `3 nonconformities and observations open (1 of them major), 1
/// opportunity`.
pub fn open_findings(pack: &Pack<'_>) -> String {
    let all = pack.basis.view.typed::<Finding>(Kind::Finding);
    let open = all.filter(|(_, it)| is_open_finding(it)).map(|(_, it)| it);
    let (corrective, others): (Vec<_>, Vec<_>) = open.partition(|it| is_nonconformity(it));
    let majors = corrective
        .iter()
        .filter(|it| it.r#type == FindingType::Major);
    let words = match (corrective.as_slice(), majors.count()) {
        ([], _) if others.is_empty() => "No finding is open".to_owned(),
        ([], _) => "No nonconformity or observation is open".to_owned(),
        ([only], _) => format!("1 {} open", finding_words(only.r#type)),
        (all, 0) => format!("{} nonconformities and observations open", all.len()),
        (all, majors) => format!(
            "{} nonconformities and observations open ({majors} of them major)",
            all.len()
        ),
    };
    match others.len() {
        0 => words,
        count => format!("{words}, {}", counted(count, "opportunity")),
    }
}

pub fn nonconformities(pack: &Pack<'_>, document: &mut Document) {
    let all: Vec<_> = pack
        .basis
        .view
        .typed::<Finding>(Kind::Finding)
        .filter(|(_, finding)| is_nonconformity(finding))
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
        "{raised} raised and {closed} closed {}, {} open.",
        pack.when(),
        open.len()
    ));
    let changes = pack.changes.as_ref();
    let ids: Vec<&str> = open.iter().map(|(seen, _)| seen.id()).collect();
    let told = Told::of(changes, |it| it.findings(Place::Corrective), &ids);
    let mut table = told.table(&[
        ("finding", "Finding"),
        ("type", "Type"),
        ("source", "Source"),
        ("owner", "Owner"),
        ("age_days", ">Age"),
        ("root_cause", "Root cause"),
        ("actions", "Actions"),
    ]);
    for (seen, finding) in open {
        let cells = finding_cells(pack, *seen, finding).into_iter();
        table.row(cells.chain(told.cell(seen.id())));
    }
    document.table_or(table, "No nonconformity or observation is open.");
    document.chart(charts::ageing(pack.basis, Scope::Corrective));
    corrective::write(pack, document);
    told.list_others(document, "Findings closed");
    if let Some(changes) = changes {
        let news = changes.actions(Place::Corrective);
        if told.is_empty() && news.is_empty() {
            changes.remark_unchanged(document);
        }
        let lines = news.into_iter().map(|news| news.line()).collect();
        changes.list(document, "Corrective and preventive actions", lines);
    }
}

fn finding_cells(pack: &Pack<'_>, seen: Seen<'_>, finding: &Finding) -> [Cell; 7] {
    let actions = pack.known(&finding.actions);
    [
        named(seen).into(),
        Cell::text(finding_words(finding.r#type)),
        pack.basis.reference(&finding.source).into(),
        Cell::text(seen.owner().unwrap_or_default()),
        Cell::days((pack.basis.as_of() - finding.raised.0).num_days()),
        match finding.root_cause {
            Some(_) => Cell::text("found"),
            None => Cell::mark(Tone::Muted, "not yet"),
        },
        match actions.is_empty() {
            true => Cell::mark(Tone::Muted, "none"),
            false => pack.basis.references(actions).into(),
        },
    ]
}

/// How much of the monitoring that fell due in the period was done in time.
pub fn monitoring(pack: &Pack<'_>, document: &mut Document) {
    let watched = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
    ];
    let fell_due: Vec<_> = pack
        .basis
        .survey
        .list
        .iter()
        .filter(|it| watched.contains(&it.kind) && pack.in_period(it.due))
        .collect();
    let judged: Vec<_> = fell_due.iter().filter(|it| it.judged()).collect();
    let open = match fell_due.len() - judged.len() {
        0 => String::new(),
        open => format!(", {open} still open"),
    };
    let late = judged
        .iter()
        .filter(|it| it.state == State::DoneLate)
        .count();
    let missing = judged
        .iter()
        .filter(|it| it.state == State::Overdue)
        .count();
    document.paragraph(format!(
        "{} fell due {}: {} done in time, {late} done late, {missing} not done{open}. The figures are in the KPI \
         dashboard above.",
        counted(fell_due.len(), "monitoring activity"),
        pack.when(),
        judged.iter().filter(|it| it.on_time()).count(),
    ));
    let until = pack.basis.as_of();
    document.chart(charts::duties(pack.basis, Watched::Monitoring, until));
    let missed: Vec<Line> = pack
        .kpis
        .iter()
        .flat_map(|kpi| kpi.series.iter().map(move |point| (kpi, point)))
        .filter(|(_, point)| point.verdict == Some(Verdict::Missed) && pack.in_period(point.last))
        .map(|(kpi, point)| {
            let series = pack.series(&kpi.id);
            let window = series.and_then(|it| window_words(it, it.position(&point.period)?));
            let value = window.unwrap_or_else(|| point.value_words(kpi.unit));
            let target = point.target.as_deref().unwrap_or_default();
            let period = pack.basis.reference(&point.period);
            let line = Line::naming(&kpi.title, &kpi.id).plain(", ").then(period);
            line.plain(format!(": {value} against {target}"))
        })
        .collect();
    if !missed.is_empty() {
        document.paragraph(format!("Targets that were missed {}:", pack.when()));
        document.list(missed);
    }
    match &pack.changes {
        Some(changes) if changes.kpis.is_empty() => changes.remark_unchanged(document),
        Some(changes) => {
            let lines = changes.kpis.iter().map(News::line).collect();
            changes.list(document, "Verdicts and targets that changed", lines);
        }
        None => {}
    }
}

pub fn audits(pack: &Pack<'_>, document: &mut Document) {
    let mut audits: Vec<_> = pack
        .basis
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
        let findings = pack.basis.view.typed::<Finding>(Kind::Finding);
        let findings = findings
            .filter(|(_, finding)| &*finding.source == seen.id())
            .count();
        let planned = long(audit.planned.0);
        let state = match audit.performed {
            Some(day) => Cell::mark(Tone::Good, format!("performed {}", long(day.0))),
            None if audit.planned.0 < pack.basis.as_of() => {
                Cell::alarm(format!("planned for {planned}, not done"))
            }
            None => Cell::text(format!("planned for {planned}")),
        };
        table.row([
            named(seen).into(),
            Cell::text(&*audit.r#type),
            Cell::text(&*audit.scope),
            state,
            // What has not taken place has no result yet, not none.
            match audit.performed.is_some() || findings > 0 {
                true => Cell::count(findings),
                false => Cell::Absent,
            },
        ]);
    }
    let nothing = format!(
        "No audit was performed {}, and none is planned.",
        pack.when()
    );
    document.table_or(table, nothing);
}

/// An objective is achieved when all its KPIs are met; no data if one is.
pub fn objectives(pack: &Pack<'_>, document: &mut Document) {
    let pursued: Vec<_> = pack
        .basis
        .view
        .typed::<Objective>(Kind::Objective)
        .filter(|(_, it)| it.until.is_none_or(|until| until.0 >= pack.basis.as_of()))
        .collect();
    let ids: Vec<&str> = pursued.iter().map(|(seen, _)| seen.id()).collect();
    let changes = pack.changes.as_ref();
    let told = Told::of(changes, |it| it.objectives.iter().collect(), &ids);
    let mut table = told.table(&[
        ("objective", "Objective"),
        ("owner", "Owner"),
        ("due", "Due"),
        ("kpis", "KPIs"),
        ("state", "State"),
    ]);
    for (seen, objective) in pursued {
        let cells = objective_cells(pack, seen, objective).into_iter();
        table.row(cells.chain(told.cell(seen.id())));
    }
    document.table_or(table, "No objective is set (objectives/).");
    told.list_others(document, "Objectives ended");
    if let Some(changes) = changes.filter(|_| told.is_empty()) {
        changes.remark_unchanged(document);
    }
}

fn objective_cells(pack: &Pack<'_>, seen: Seen<'_>, objective: &Objective) -> [Cell; 5] {
    let verdicts: Vec<_> = objective.kpis.iter().map(|id| pack.verdict(id)).collect();
    let words = objective.kpis.iter().map(|id| {
        let kpi = pack.kpis.iter().find(|kpi| kpi.id == **id);
        let words = kpi.map_or("no data", |kpi| kpi.verdict_words());
        pack.basis.reference(id).plain(format!(" {words}"))
    });
    let state = objective_state(&verdicts);
    let tone = match state {
        "achieved" => Tone::Good,
        "no data" => Tone::Muted,
        _ => Tone::Bad,
    };
    [
        named(seen).into(),
        Cell::text(seen.owner().unwrap_or_default()),
        Cell::day(objective.due.map(|day| day.0)),
        Line::joined(words, ", ").into(),
        Cell::mark(tone, state),
    ]
}
