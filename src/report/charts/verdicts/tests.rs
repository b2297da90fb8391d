//! What is said of verdicts, and which periods share columns.

use super::*;
use crate::records::Unit;

fn row(id: &str, missed_in_a_row: usize, verdicts: &[Option<Verdict>]) -> KpiRow {
    let point = |(index, verdict): (usize, &Option<Verdict>)| PointRow {
        period: format!("2026-{:02}", index + 1),
        last: format!("2026-{:02}-28", index + 1).parse().unwrap(),
        value: None,
        numerator: None,
        denominator: None,
        count: None,
        open_late: None,
        target: None,
        target_spelling: None,
        verdict: *verdict,
        trend: None,
        signal: None,
        provisional: false,
    };
    let series: Vec<PointRow> = verdicts.iter().enumerate().map(point).collect();
    KpiRow {
        id: id.to_owned(),
        title: id.to_owned(),
        owner: String::new(),
        path: String::new(),
        unit: Unit::Count,
        direction: None,
        current: series.last().cloned(),
        series,
        share_met: None,
        left_out: Vec::new(),
        reason: None,
        waiver: None,
        off_target_since: None,
        missed_in_a_row,
        since: None,
        until: None,
        decide: None,
    }
}

const MET: Option<Verdict> = Some(Verdict::Met);
const MISSED: Option<Verdict> = Some(Verdict::Missed);

fn said(rows: &[KpiRow]) -> String {
    finding(&rows.iter().collect::<Vec<_>>())
}

#[test]
fn what_is_not_met_is_named() {
    let rows = [
        row("KPI-A", 0, &[MET]),
        row("KPI-B", 3, &[MISSED]),
        row("KPI-C", 1, &[MISSED]),
        row("KPI-D", 0, &[None]),
        row("KPI-E", 0, &[Some(Verdict::NoData)]),
    ];
    assert_eq!(
        said(&rows),
        "1 of 5 KPIs is met, 2 missed (KPI-B and KPI-C), 1 no data (KPI-E), 1 without a target (KPI-D); KPI-B has been \
         missed for 3 periods in a row."
    );
    assert_eq!(said(&rows[2..3]), "KPI-C is missed.");
    assert_eq!(said(&rows[3..4]), "KPI-D has no target.");
}

#[test]
fn all_met_is_said_plainly() {
    let rows = [row("KPI-A", 0, &[MET]), row("KPI-B", 0, &[MET])];
    assert_eq!(said(&rows), "All 2 KPIs are met.");
    assert_eq!(said(&rows[..1]), "KPI-A is met.");
}

#[test]
fn what_was_not_measured_yet_leaves_its_column_empty() {
    let until = "2026-03-28".parse().unwrap();
    let (old, new) = (
        row("KPI-A", 0, &[MET, MET, MISSED, MET]),
        row("KPI-B", 0, &[]),
    );
    let mut late = row("KPI-C", 0, &[None, None, MET]);
    late.series.remove(0);
    let group = by_period(&[&old, &new, &late], Cadence::Monthly, until);
    assert_eq!(group.periods, ["2026-01", "2026-02", "2026-03"]);
    let verdicts: Vec<_> = group.rows.iter().map(|row| row.verdicts.clone()).collect();
    assert_eq!(
        verdicts,
        [
            vec![Some(MET), Some(MET), Some(MISSED)],
            vec![None, None, None],
            vec![None, Some(None), Some(MET)]
        ]
    );
}
