//! Clause 9.1: what is monitored and measured, how, when and by whom, and who makes what of it when.

use super::{Ground, Sheet};
use crate::assess::controls::ControlStatus;
use crate::assess::kpi::{KpiSeries, NoFigure, Point, Verdict, answers};
use crate::assess::obligations::{Obligation, ObligationKind, unclear};
use crate::assess::reviews::asked;
use crate::assess::{Seen, earliest_result};
use crate::records::activity::{Activity, Method};
use crate::records::config::InputName;
use crate::records::kpi::{Kpi, Measure};
use crate::records::objective::Objective;
use crate::records::result::Result as Outcome;
use crate::records::review::Review;
use crate::records::{Day, Kind};
use chrono::NaiveDate;
use foldhash::HashMap;
use std::collections::BTreeMap;

const MONITORING: [ObligationKind; 3] = [
    ObligationKind::Activity,
    ObligationKind::Measurement,
    ObligationKind::Control,
];

pub(super) fn write(ground: &Ground<'_>, sheets: &mut Vec<Sheet>) {
    sheets.push(what(ground));
    sheets.push(methods(ground));
    sheets.push(when(ground));
    sheets.push(who(ground));
    sheets.push(analysed(ground));
    sheets.push(evaluated(ground));
}

fn in_force(since: Option<Day>, until: Option<Day>, day: NaiveDate) -> bool {
    since.is_none_or(|since| since.0 <= day) && until.is_none_or(|until| day <= until.0)
}

/// The KPIs in force.
fn kpis<'v>(ground: &Ground<'v>) -> impl Iterator<Item = (Seen<'v>, &'v Kpi)> {
    let day = ground.day();
    let all = ground.view.typed::<Kpi>(Kind::Kpi);
    all.filter(move |(_, kpi)| in_force(kpi.since, kpi.until, day))
}

/// The activities in force.
fn activities<'v>(ground: &Ground<'v>) -> impl Iterator<Item = (Seen<'v>, &'v Activity)> {
    let day = ground.day();
    let all = ground.view.typed::<Activity>(Kind::Activity);
    all.filter(move |(_, it)| in_force(it.since, it.until, day))
}

/// The series of KPIs in force.
fn series<'g>(ground: &'g Ground<'_>) -> impl Iterator<Item = &'g KpiSeries> {
    let ids: Vec<&str> = kpis(ground).map(|(seen, _)| seen.id()).collect();
    ground
        .series
        .iter()
        .filter(move |series| ids.contains(&series.id.as_str()))
}

fn what(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.1 a",
        "what needs to be monitored and measured is determined, controls included",
    );
    for (seen, _) in kpis(ground) {
        sheet.proof(seen.id(), format_args!("KPI: {}", seen.title()), None);
    }
    for (seen, _) in activities(ground) {
        sheet.proof(seen.id(), format_args!("activity: {}", seen.title()), None);
    }
    for (seen, objective) in ground.view.typed::<Objective>(Kind::Objective) {
        if objective.kpis.is_empty() && in_force(None, objective.until, ground.day()) {
            sheet.gap_of(
                seen.id(),
                format!("no KPI measures the objective {}", seen.id()),
            );
        }
    }
    for state in ground.controls {
        if state.status == ControlStatus::NotMonitored {
            let id = state.seen.id();
            sheet.gap_of(id, format!("nothing monitors the control {id}"));
        }
    }
    if sheet.is_unproved() {
        sheet.gap("nothing is monitored: there is no KPI and no activity");
    }
    sheet
}

fn methods(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.1 b",
        "methods give figures that can be compared and made again",
    );
    for (seen, kpi) in kpis(ground) {
        let recorded = match &kpi.measure {
            Measure::Recorded => true,
            Measure::Parts(parts) => parts.recorded.is_some(),
        };
        let how = if recorded {
            "recorded"
        } else {
            "computed from records"
        };
        sheet.proof(seen.id(), format_args!("figure {how}"), None);
    }
    for (seen, activity) in activities(ground) {
        let how = match activity.method {
            Method::Automated => "automated",
            Method::Manual => "by hand",
            Method::Audit => "by audit",
        };
        sheet.proof(seen.id(), how, None);
    }
    for series in series(ground) {
        let (id, current) = (&series.id, series.current());
        if !series.problems.is_empty() {
            sheet.gap_of(id, format!("{id} cannot be computed as it is defined"));
        } else if let Some(point) = current.filter(|point| point.reason == Some(NoFigure::Failed)) {
            sheet.gap_of(
                id,
                format!("{id} could not be computed for {}", point.period),
            );
        }
    }
    if sheet.is_unproved() {
        sheet.gap("no method: there is no KPI and no activity");
    }
    sheet
}

fn when(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.1 c",
        "monitoring and measuring are done when they are planned",
    );
    let kept = ground
        .obligations
        .list
        .iter()
        .filter(|it| MONITORING.contains(&it.kind));
    let mut latest: HashMap<&str, &Obligation> = HashMap::default();
    for obligation in kept.filter(|it| it.done.is_some()) {
        let last = latest.entry(&obligation.subject).or_insert(obligation);
        if last.done < obligation.done {
            *last = obligation;
        }
    }
    let mut latest: Vec<(&str, &Obligation)> = latest.into_iter().collect();
    latest.sort_unstable_by_key(|(subject, _)| *subject);
    for (subject, obligation) in latest {
        let text = match obligation.period {
            Some(period) => format!("done for {period}"),
            None => "done".to_owned(),
        };
        sheet.proof(subject, text, obligation.done);
    }
    for obligation in ground.overdue(&MONITORING) {
        sheet.gap_of(&obligation.subject, not_done(obligation));
    }
    for it in unclear(ground.view) {
        if let Some(activity) = it.asked_by {
            sheet.gap_of(
                &activity,
                format!("nobody can tell for what {activity} is due: {}", it.message),
            );
        }
    }
    if sheet.is_unproved() {
        sheet.gap("no monitoring that was planned has been done so far");
    }
    sheet
}

fn not_done(obligation: &Obligation) -> String {
    let (subject, due) = (&obligation.subject, obligation.due);
    match (obligation.period, &obligation.r#for) {
        (Some(period), _) => format!("{subject} was not done for {period}, due on {due}"),
        (None, Some(record)) => format!("{subject} was not done for {record}, due on {due}"),
        (None, None) => format!("{subject} was not done, due on {due}"),
    }
}

/// Owners are named by every KPI and activity; results show who did it, or which tool.
fn who(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet("9.1 d", "it is settled who monitors and measures");
    let owners = kpis(ground)
        .map(|(seen, _)| seen)
        .chain(activities(ground).map(|(seen, _)| seen));
    for seen in owners {
        sheet.proof(
            seen.id(),
            format_args!("by {}", seen.owner().unwrap_or_default()),
            None,
        );
    }
    let mut anonymous: BTreeMap<&str, (usize, NaiveDate)> = BTreeMap::new();
    for (_, result) in ground.view.typed::<Outcome>(Kind::Result) {
        let named = result.performed_by.is_some() || result.source.is_some();
        let subject = result.subjects().next();
        if let (false, Some(subject), true) = (named, subject, ground.is_recent(result.date.0)) {
            let entry = anonymous.entry(subject).or_insert((0, result.date.0));
            *entry = (entry.0 + 1, entry.1.max(result.date.0));
        }
    }
    for (subject, (count, last)) in anonymous {
        let what = match count {
            1 => format!("a result of {subject} does not say who did it (of {last})"),
            count => format!(
                "{count} results of {subject} of the last year do not say who did it (the last of {last})"
            ),
        };
        sheet.gap_of(subject, what);
    }
    if sheet.is_unproved() {
        sheet.gap("nobody: there is no KPI and no activity");
    }
    sheet
}

/// Reviews held that considered measurements, by day.
fn considered<'v>(ground: &Ground<'v>) -> Vec<(Seen<'v>, &'v Review, NaiveDate)> {
    let reviews = ground.view.typed::<Review>(Kind::Review);
    let held = reviews.filter_map(|(seen, review)| Some((seen, review, review.held?.0)));
    let config = ground.view.config();
    let mut held: Vec<_> = held
        .filter(|(_, review, _)| asked(config, review).contains(&InputName::D2))
        .collect();
    held.sort_by_key(|(seen, _, day)| (*day, seen.id()));
    held
}

fn analysed(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.1 e",
        "results are analysed and evaluated when it is planned",
    );
    let reviews = considered(ground);
    for (seen, _, held) in &reviews {
        if ground.is_recent(*held) {
            sheet.proof(seen.id(), "review of measurements", Some(*held));
        }
    }
    let last = reviews.last().map(|(_, _, held)| *held);
    for obligation in ground.overdue(&[ObligationKind::KpiAnalysis]) {
        let id = &obligation.subject;
        let done = ground
            .obligations
            .list
            .iter()
            .filter(|it| it.kind == ObligationKind::KpiAnalysis && it.subject == *id);
        let since = done.filter_map(|it| it.done).max();
        let start = ground
            .view
            .config()
            .isms
            .since
            .map(|day| day.0)
            .or_else(|| earliest_result(ground.view));
        let text = match (since, start) {
            (Some(since), _) => format!("no analysis of {id} since {since}"),
            (None, Some(start)) => format!("no analysis of {id} since the beginning on {start}"),
            (None, None) => format!("no analysis of {id} so far"),
        };
        sheet.gap_of(id, text);
    }
    let unplanned: Vec<&str> = kpis(ground)
        .filter(|(_, kpi)| kpi.analysis.is_none())
        .map(|(seen, _)| seen.id())
        .collect();
    if sheet.is_unproved() && !unplanned.is_empty() {
        sheet.gap(match last {
            Some(last) => format!("no management review has considered measurements since {last}"),
            None => "no management review has considered measurements so far".to_owned(),
        });
    }
    sheet
}

/// Who analyses is named by the KPI, else it is the review; what they made of misses is on record. A miss that may still
/// be answered in time is neither shown nor missing.
fn evaluated(ground: &Ground<'_>) -> Sheet {
    let mut sheet = ground.sheet(
        "9.1 f",
        "it is settled who analyses and evaluates results, and misses are answered",
    );
    for (seen, kpi) in kpis(ground) {
        if let Some(analysis) = &kpi.analysis {
            sheet.proof(
                seen.id(),
                format_args!("analysed by {}", &*analysis.by),
                None,
            );
        }
    }
    for (seen, review, held) in considered(ground) {
        if ground.is_recent(held) {
            let chair = review.chair.as_deref().or(seen.owner()).unwrap_or_default();
            sheet.proof(
                seen.id(),
                format_args!("evaluated in a review led by {chair}"),
                Some(held),
            );
        }
    }
    let respond = ground
        .view
        .config()
        .kpi
        .respond_within
        .seconds()
        .div_euclid(86_400);
    for series in series(ground) {
        let is_judged = |point: &&Point| !matches!(point.verdict, None | Some(Verdict::Pending));
        let Some(index) = series.points.iter().rposition(|point| is_judged(&point)) else {
            continue;
        };
        let (id, point) = (&series.id, &series.points[index]);
        if point.verdict != Some(Verdict::Missed) {
            continue;
        }
        let began = series.began(index).unwrap_or(point.last);
        match answers(ground.view, id, began).first() {
            Some(answer) => sheet.proof(
                &answer.id,
                format_args!("answers the miss of {id} in {}", point.period),
                Some(answer.begun),
            ),
            None if (ground.day() - point.last).num_days() > respond => {
                let text = format!(
                    "{id} missed its target in {} and nobody has answered it",
                    point.period
                );
                sheet.gap_of(id, text);
            }
            None => {}
        }
    }
    if sheet.is_unproved() {
        sheet.gap("nobody has analysed a result: no KPI has `analysis`, and no review has considered measurements");
    }
    sheet
}
