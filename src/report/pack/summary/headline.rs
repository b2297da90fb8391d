//! The verdict on the whole: how many KPIs meet their targets, and what is open.

use super::super::{Pack, agenda, counted, incidents, long};
use crate::assess::kpi::{KpiSeries, Prepared, Verdict};
use crate::assess::obligations::obligations_from;
use crate::assess::risk::Assessed;
use crate::assess::{Seen, View};
use crate::records::kpi::Kpi;
use crate::report::document::{Document, Line};
use chrono::NaiveDate;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.paragraph(figures(pack));
    document.paragraph(standing(pack));
}

/// How many KPIs with a target meet it, and what the others do.
fn figures(pack: &Pack<'_>) -> Line {
    let verdicts: Vec<Verdict> = pack.kpis.iter().filter_map(|kpi| kpi.verdict()).collect();
    let count = |wanted: Verdict| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == wanted)
            .count()
    };
    let met = count(Verdict::Met);
    let lead = match (met, verdicts.len()) {
        (_, 0) if pack.kpis.is_empty() => format!("No KPI is judged {}", pack.when()),
        (_, 0) => "No KPI has a target".to_owned(),
        (1, 1) => "The only KPI meets its target".to_owned(),
        (_, 1) => "The only KPI does not meet its target".to_owned(),
        (met, all) if met == all => format!("All {all} KPIs meet their targets"),
        (0, all) => format!("None of {all} KPIs meets its target"),
        (met, all) => format!("{met} of {all} KPIs meet their targets"),
    };
    let others = [
        (Verdict::Missed, "missed"),
        (Verdict::Near, "near"),
        (Verdict::Waived, "missed under an approved deviation"),
        (Verdict::NoData, "without data"),
        (Verdict::Pending, "pending"),
    ];
    let others = others
        .into_iter()
        .filter(|(verdict, _)| count(*verdict) > 0);
    let others: Vec<String> = others
        .map(|(verdict, words)| format!("{} {words}", count(verdict)))
        .collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!("; {}", others.join(", ")),
    };
    let line = Line::default().strong(lead).plain(format!("{others}."));
    match earlier(pack) {
        Some(words) => line.then(words),
        None => line,
    }
}

/// How many did at the last review: by the records of that time where they are compared with, else by those of today
/// as of its day.
fn earlier(pack: &Pack<'_>) -> Option<Line> {
    if let Some(changes) = pack.changes.as_ref().filter(|it| it.since.is_sound()) {
        let side = &changes.since.side;
        let (met, all) = tally(side.series?, side.view, side.view.day())?;
        let label = &changes.since.label;
        return Some(format!(" At {label}, {met} of {all} did.").into());
    }
    let (id, day) = pack.subject.last?;
    let view = pack.basis.view;
    let then = view.timeline().at(day);
    let prepared = Prepared::of(&then, &|id| has_verdict(id, view, day))?;
    let prepared = prepared.of_latest();
    let from = prepared.first_due();
    let series = prepared.evaluate(&|view: &View<'_>| obligations_from(view, from));
    let (met, all) = tally(&series, view, day)?;
    let line = Line::from(" As of the last review (").record(id);
    Some(line.plain(format!(", {}), {met} of {all} did.", long(day))))
}

/// How many KPIs met their targets on a day, of how many that were judged: by the points that `ismsctl kpi` shows as of
/// that day, as today's are.
fn tally(series: &[KpiSeries], view: &View<'_>, day: NaiveDate) -> Option<(usize, usize)> {
    let judged = series.iter().filter(|it| has_verdict(&it.id, view, day));
    let verdicts = judged.filter_map(|it| it.current().or(it.points.last())?.verdict);
    let verdicts: Vec<Verdict> = verdicts.collect();
    let met = verdicts.iter().filter(|it| **it == Verdict::Met).count();
    (!verdicts.is_empty()).then_some((met, verdicts.len()))
}

/// Whether a KPI is in force on a day, and has a target.
fn has_verdict(id: &str, view: &View<'_>, day: NaiveDate) -> bool {
    let kpi = view.get(id).and_then(Seen::typed::<Kpi>);
    kpi.is_some_and(|kpi| {
        let begun = kpi.since.is_none_or(|since| since.0 <= day);
        let is_in_force = begun && kpi.until.is_none_or(|until| day <= until.0);
        is_in_force && kpi.target.is_some()
    })
}

/// What is open: risks, findings, incidents.
fn standing(pack: &Pack<'_>) -> Line {
    let open = &pack.risks;
    let over = open.iter().filter(|it| it.over_appetite).count();
    let above = match (open.is_empty(), pack.basis.view.config().risk.appetite) {
        (true, _) | (_, None) => String::new(),
        (false, Some(appetite)) if over == 0 => format!(", none above the appetite of {appetite}"),
        (false, Some(appetite)) => format!(", {over} above the appetite of {appetite}"),
    };
    let line = Line::from(format!(
        "{} open{}{above}. {}. {}. ",
        counted(open.len(), "risk"),
        gravest(pack),
        agenda::open_findings(pack),
        incidents::counts(pack),
    ));
    line.then(history(pack))
}

/// How many of the open risks are in the gravest band: `, 1 of them critical`.
fn gravest(pack: &Pack<'_>) -> String {
    let bands = &pack.basis.view.config().risk.bands;
    let Some(band) = bands.last().filter(|_| !pack.risks.is_empty()) else {
        return String::new();
    };
    let is_in = |it: &&Assessed<'_>| it.band.is_some_and(|own| own.name == band.name);
    match pack.risks.iter().filter(is_in).count() {
        0 => format!(", none {}", band.name),
        count => format!(", {count} of them {}", band.name),
    }
}

/// When this review was held, if it was, and which one came before; of one that is to come, which was the last.
fn history(pack: &Pack<'_>) -> Line {
    let own = pack.subject.held;
    let own_words = own.map(|day| format!("This review was held on {}. ", long(day)));
    let line = Line::from(own_words.unwrap_or_default());
    let before = match own {
        Some(_) => "The one of this type before it",
        None => "The last review of this type",
    };
    match (pack.subject.last, &pack.changes) {
        (Some((id, day)), Some(_)) => {
            let line = line.plain(format!("{before} was held on {} (", long(day)));
            line.record(id).plain(").")
        }
        (Some(_), None) => line,
        (None, _) if own.is_some() => line.plain("None of this type was held before it."),
        (None, _) => line.plain("No review of this type has been held yet."),
    }
}
