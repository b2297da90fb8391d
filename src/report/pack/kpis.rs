//! The KPI dashboard (clause 9.3.2 d 2).

use super::Pack;
use crate::assess::kpi::Verdict;
use crate::assess::kpi::{AnswerKind, answers};
use crate::report::charts;
use crate::report::document::{Document, Line, Table};
use crate::report::kpi::KpiRow;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("kpis", "KPI dashboard");
    let titles = [
        "KPI",
        "Owner",
        "Period",
        ">Value",
        ">Target",
        "Verdict",
        "Trend",
        "Last 12 periods",
    ];
    let mut table = Table::new(&titles);
    for kpi in &pack.kpis {
        table.row(cells(kpi));
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

fn cells(kpi: &KpiRow) -> [Line; 8] {
    let current = kpi.current.as_ref();
    let verdict = kpi.verdict();
    let verdict = match verdict {
        Some(Verdict::Missed) => Line::default().strong(kpi.verdict_words()),
        _ => kpi.verdict_words().into(),
    };
    [
        format!("{} ({})", kpi.title, kpi.id).into(),
        kpi.owner.clone().into(),
        current
            .map_or("none is over yet", |point| &point.period)
            .into(),
        kpi.value_words().into(),
        kpi.target_words().into(),
        verdict,
        kpi.trend_words().into(),
        kpi.sparkline().into(),
    ]
}

/// What a reader of the table needs to know besides.
fn remark(pack: &Pack<'_>, kpi: &KpiRow) -> Option<Line> {
    let current = kpi.current.as_ref()?;
    let mut sentences = Vec::new();
    if let Some(signal) = kpi.signal_words() {
        sentences.push(signal.to_owned());
    }
    match current.verdict {
        Some(Verdict::Missed | Verdict::Near) => {
            let responses = responses(pack, kpi);
            sentences.push(match responses.as_slice() {
                [] => "no finding or action answers it".to_owned(),
                responses => format!("answered by {}", responses.join(", ")),
            });
            if let Some(decide) = &kpi.decide {
                sentences.push(format!("to be decided by it: {decide}"));
            }
        }
        Some(Verdict::NoData) => sentences.push(match &kpi.reason {
            Some(reason) => format!("no data: {reason}"),
            None => "no data".to_owned(),
        }),
        Some(Verdict::Waived) => sentences.push(match &kpi.waiver {
            Some(waiver) => format!("the target is missed, under an approved deviation: {waiver}"),
            None => "the target is missed, under an approved deviation".to_owned(),
        }),
        _ => {}
    }
    if let Some(share) = kpi.share_words() {
        sentences.push(share);
    }
    if let Some(late) = current.open_late.filter(|late| *late > 0) {
        sentences.push(format!("{late} still open and beyond the target already"));
    }
    if sentences.is_empty() {
        return None;
    }
    Some(
        Line::default()
            .strong(kpi.id.clone())
            .plain(format!(": {}.", sentences.join("; "))),
    )
}

/// Findings and actions that answer the run of misses.
fn responses(pack: &Pack<'_>, kpi: &KpiRow) -> Vec<String> {
    let Some(since) = kpi.off_target_since else {
        return Vec::new();
    };
    let answers = answers(pack.basis.view, &kpi.id, since).into_iter();
    answers
        .filter(|answer| answer.kind != AnswerKind::Deviation)
        .map(|answer| answer.id)
        .collect()
}
