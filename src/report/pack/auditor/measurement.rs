//! Questions on monitoring and measurement (clauses 9.1 and 10.2 a).

use super::Questions;
use crate::assess::controls::{ControlState, ControlStatus};
use crate::assess::kpi::{KpiSeries, NoFigure, Verdict};
use crate::assess::obligations::{ObligationKind, State};
use crate::report::document::Line;
use crate::report::kpi::KpiRow;
use crate::report::pack::summary::figure_words;
use crate::report::pack::{Pack, long, named};
use std::cmp::Reverse;

pub(super) fn ask(pack: &Pack<'_>, questions: &mut Questions) {
    unanswered(pack, questions);
    without_data(pack, questions);
    late(pack, questions);
    controls(pack, questions);
}

fn unanswered(pack: &Pack<'_>, questions: &mut Questions) {
    let missed = pack.kpis.iter().copied();
    let missed = missed.filter(|kpi| kpi.verdict() == Some(Verdict::Missed));
    let mut missed: Vec<&KpiRow> = missed
        .filter(|kpi| {
            let since = kpi.off_target_since;
            since.is_none_or(|since| pack.answers.to(&kpi.id, since).is_empty())
        })
        .collect();
    missed.sort_by_key(|kpi| Reverse(kpi.missed_in_a_row));
    let about = missed.into_iter().map(|kpi| {
        let since = kpi.off_target_since.map(long).unwrap_or_default();
        Line::naming(&kpi.title, &kpi.id).plain(format!(
            ", {} against {}, off target since {since}",
            figure_words(pack, kpi),
            kpi.target_words()
        ))
    });
    questions.ask(
        90,
        "10.2 a",
        "The target is missed, and no finding, action or approved deviation answers it: what was done, and who decided?",
        about,
    );
}

fn without_data(pack: &Pack<'_>, questions: &mut Questions) {
    let silent = pack.kpis.iter().copied();
    let silent = silent.filter(|kpi| kpi.verdict() == Some(Verdict::NoData));
    let (idle, silent): (Vec<&KpiRow>, Vec<&KpiRow>) = silent.partition(|kpi| {
        let current = pack.series(&kpi.id).and_then(KpiSeries::current);
        current.is_some_and(|point| point.reason == Some(NoFigure::NothingToMeasure))
    });
    let line = |kpi: &KpiRow| {
        let period = kpi.current.as_ref().map_or("", |point| &point.period);
        let line = Line::naming(&kpi.title, &kpi.id).plain(format!(", {period}"));
        match &kpi.reason {
            Some(reason) => line.plain(format!(": {reason}")),
            None => line,
        }
    };
    questions.ask(
        60,
        "9.1",
        "There is no figure for the last period: how is it known whether the target is met?",
        silent.into_iter().map(line),
    );
    questions.ask(
        15,
        "9.1",
        "There was nothing to measure in the last period: did nothing happen, or was nothing recorded?",
        idle.into_iter().map(line),
    );
}

/// Monitoring that was done, but after its deadline.
fn late(pack: &Pack<'_>, questions: &mut Questions) {
    let watched = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
    ];
    let all = pack.basis.survey.list.iter();
    let late = all.filter(|it| {
        it.state == State::DoneLate && watched.contains(&it.kind) && pack.in_period(it.due)
    });
    let about = late.collect::<Vec<_>>().into_iter().map(|it| {
        let period = it.period.map(|period| format!(" {period}"));
        let done = it.done.map(long).unwrap_or_default();
        let line = pack.basis.reference(&it.subject);
        let due = long(it.due);
        line.plain(format!(
            "{} (due {due}, done {done})",
            period.unwrap_or_default()
        ))
    });
    questions.ask(
        35,
        "9.1 c",
        "The result came after its deadline: why, and what was decided without it?",
        about,
    );
}

fn controls(pack: &Pack<'_>, questions: &mut Questions) {
    let all = &pack.controls;
    let of = |wanted: ControlStatus| {
        let found = all.iter().filter(move |it| it.status == wanted);
        let found: Vec<_> = found.collect();
        found.into_iter().map(|it| because(pack, it))
    };
    questions.ask(
        75,
        "8.1",
        "The control fails: what is exposed meanwhile, and is the risk assessment still right?",
        of(ControlStatus::Failing),
    );
    questions.ask(
        50,
        "9.1 c",
        "The control is stale, since what proves it is overdue: how do you know that it works today?",
        of(ControlStatus::Stale),
    );
    questions.ask(
        45,
        "9.1 a",
        "Nothing proves the control: how do you know that it works?",
        of(ControlStatus::Unknown),
    );
}

/// A control with what decides on its status.
fn because(pack: &Pack<'_>, it: &ControlState<'_>) -> Line {
    let deciding = it.reasons.iter();
    let mut deciding = deciding.filter(|reason| reason.decides(it.status));
    let line = named(it.seen);
    match deciding
        .next()
        .filter(|reason| reason.record != it.seen.id())
    {
        Some(reason) if !reason.record.is_empty() => {
            let by = pack.basis.reference(&reason.record);
            line.plain(", by ").then(by)
        }
        _ => line,
    }
}
