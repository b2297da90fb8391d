//! The KPI dashboard (clause 9.3.2 d 2).

use super::Pack;
use crate::assess::kpi::AnswerKind;
use crate::assess::kpi::Verdict;
use crate::report::charts;
use crate::report::document::{Cell, Document, Line, Table, Tone};
use crate::report::kpi::{KpiRow, signal_words};
use chrono::NaiveDate;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("kpis", "KPI dashboard");
    let mut table = Table::keyed(&[
        ("kpi", "KPI"),
        ("owner", "Owner"),
        ("period", "Period"),
        ("value", ">Value"),
        ("target", ">Target"),
        ("verdict", "Verdict"),
        ("trend", "Trend"),
        ("series", "Last 12 periods"),
    ]);
    for kpi in &pack.kpis {
        table.row(cells(pack, kpi));
    }
    document.table_or(table, "No KPI is defined (kpis/).");
    document.list(
        pack.kpis
            .iter()
            .filter_map(|kpi| remark(pack, kpi))
            .collect(),
    );
    let rows = pack.kpis.iter().copied();
    charts::write_kpis(pack.basis, rows, pack.basis.as_of(), document);
}

fn cells(pack: &Pack<'_>, kpi: &KpiRow) -> [Cell; 8] {
    let period = match &kpi.current {
        // Of a KPI that judges case by case the period is a record.
        Some(point) => pack.basis.reference(&point.period).into(),
        None => Cell::mark(Tone::Muted, "none is over yet"),
    };
    [
        Cell::record(&kpi.title, &kpi.id),
        Cell::text(&kpi.owner),
        period,
        kpi.value_cell(),
        Cell::text(kpi.target_words()),
        kpi.verdict_cell(),
        Cell::text(kpi.trend_words()),
        Cell::text(kpi.sparkline()),
    ]
}

/// What a reader of the table needs to know besides.
fn remark(pack: &Pack<'_>, kpi: &KpiRow) -> Option<Line> {
    let current = kpi.current.as_ref()?;
    let mut sentences: Vec<Line> = Vec::new();
    let series = pack.series(&kpi.id);
    if let Some(signal) = series.and_then(|it| signal_words(it, it.current?)) {
        sentences.push(signal.into());
    }
    match current.verdict {
        Some(Verdict::Missed | Verdict::Near) => {
            let responses = responses(pack, kpi);
            sentences.push(match responses.as_slice() {
                [] => "no finding or action answers it".into(),
                responses => {
                    let ids = responses.iter().map(String::as_str);
                    Line::from("answered by ").then(pack.basis.references(ids))
                }
            });
            if let Some(decide) = &kpi.decide {
                let decide = decide.trim().trim_end_matches('.');
                sentences.push(format!("agreed consequence: {decide}").into());
            }
        }
        Some(Verdict::NoData) => sentences.push(match &kpi.reason {
            Some(reason) => format!("no data: {reason}").into(),
            None => "no data".into(),
        }),
        Some(Verdict::Waived) => sentences.push(match &kpi.waiver {
            Some(waiver) => {
                format!("the target is missed, under an approved deviation: {waiver}").into()
            }
            None => "the target is missed, under an approved deviation".into(),
        }),
        _ => {}
    }
    if let Some(share) = kpi.share_words() {
        sentences.push(share.into());
    }
    if let Some(late) = current.open_late.filter(|late| *late > 0) {
        sentences.push(format!("{late} still open and beyond the target already").into());
    }
    if sentences.is_empty() {
        return None;
    }
    Some(
        Line::default()
            .record(&kpi.id)
            .plain(": ")
            .then(Line::joined(sentences, "; "))
            .plain("."),
    )
}

/// Findings and actions that answer the run of misses.
pub fn responses(pack: &Pack<'_>, kpi: &KpiRow) -> Vec<String> {
    let since = kpi.off_target_since;
    since.map_or_else(Vec::new, |since| answered(pack, &kpi.id, since))
}

/// Findings and actions that answer a run of misses which began on a day.
pub fn answered(pack: &Pack<'_>, kpi: &str, since: NaiveDate) -> Vec<String> {
    let answers = pack.answers.to(kpi, since).into_iter();
    answers
        .filter(|answer| answer.kind != AnswerKind::Deviation)
        .map(|answer| answer.id)
        .collect()
}
