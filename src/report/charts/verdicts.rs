//! Verdict timelines: a row of periods for every KPI.

use super::are;
use super::course::some;
use crate::assess::kpi::Verdict;
use crate::records::kpi::Kpi;
use crate::records::{Cadence, Kind};
use crate::report::basis::Basis;
use crate::report::document::{Chart, Figure, Timeline, Timelines};
use crate::report::kpi::{KpiRow, PointRow, verdict_word};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How many columns a timeline has.
const COLUMNS: usize = 13;
/// How many KPIs one chart shows.
const ROWS: usize = 30;

/// The timelines of all KPIs, in as many charts as keep each of them readable.
pub fn timelines<'r>(
    basis: &Basis<'_>,
    rows: impl IntoIterator<Item = &'r KpiRow>,
    until: NaiveDate,
) -> Vec<Chart> {
    let kpis = basis.view.typed::<Kpi>(Kind::Kpi);
    let cadences: BTreeMap<&str, Cadence> =
        kpis.map(|(seen, kpi)| (seen.id(), kpi.cadence)).collect();
    let cadence = |row: &KpiRow| cadences.get(row.id.as_str()).copied();
    let mut rows: Vec<&KpiRow> = rows.into_iter().collect();
    rows.retain(|row| {
        row.series
            .iter()
            .any(|point| point.last <= until || point.provisional)
    });
    rows.sort_by_key(|row| rank(cadence(row)));
    let pages = rows.len().div_ceil(ROWS);
    let charts = rows.chunks(ROWS).enumerate().map(|(page, rows)| {
        let numbered = match pages {
            1 => (String::new(), String::new()),
            _ => (
                format!("-{}", page + 1),
                format!(", {} of {pages}", page + 1),
            ),
        };
        Chart {
            name: format!("verdicts{}", numbered.0),
            title: format!("Verdicts period by period{}", numbered.1),
            finding: finding(rows),
            figure: Figure::Verdicts(groups(rows, &cadence, until)),
        }
    });
    charts.collect()
}

/// Fine cadences first.
fn rank(cadence: Option<Cadence>) -> (u8, String) {
    let words = cadence.map_or_else(String::new, |cadence| cadence.to_string());
    let rank = match cadence {
        Some(Cadence::Daily) => 0,
        Some(Cadence::Weekly) => 1,
        Some(Cadence::Monthly) => 2,
        Some(Cadence::Quarterly) => 3,
        Some(Cadence::SemiAnnual) => 4,
        Some(Cadence::Annual) => 5,
        Some(Cadence::Every { .. } | Cadence::Continuous { .. }) => 6,
        Some(Cadence::Each) | None => 7,
    };
    (rank, words)
}

/// KPIs of a cadence share their columns.
fn groups(
    rows: &[&KpiRow],
    cadence: &dyn Fn(&KpiRow) -> Option<Cadence>,
    until: NaiveDate,
) -> Vec<Timelines> {
    let same = |one: &&KpiRow, other: &&KpiRow| cadence(one) == cadence(other);
    let groups = rows.chunk_by(same).map(|rows| {
        let cadence = cadence(rows[0]);
        match cadence {
            Some(Cadence::Each) | None => by_record(rows, until),
            Some(cadence) => by_period(rows, cadence, until),
        }
    });
    groups.collect()
}

fn points(row: &KpiRow, until: NaiveDate) -> impl DoubleEndedIterator<Item = &PointRow> {
    let newest = row
        .series
        .iter()
        .all(|point| point.provisional || point.last <= until);
    row.series
        .iter()
        .filter(move |point| point.last <= until || (newest && point.provisional))
}

fn by_period(rows: &[&KpiRow], cadence: Cadence, until: NaiveDate) -> Timelines {
    let all = rows.iter().flat_map(|row| points(row, until));
    let columns: BTreeSet<(NaiveDate, &str)> = all
        .map(|point| (point.last, point.period.as_str()))
        .collect();
    let left_out = columns.len().saturating_sub(COLUMNS);
    let periods: Vec<&str> = columns
        .into_iter()
        .skip(left_out)
        .map(|(_, it)| it)
        .collect();
    let row = |row: &&KpiRow| {
        let known: BTreeMap<&str, Option<Verdict>> = points(row, until)
            .map(|point| (point.period.as_str(), point.verdict))
            .collect();
        Timeline {
            kpi: row.id.clone(),
            verdicts: periods.iter().map(|it| known.get(it).copied()).collect(),
        }
    };
    Timelines {
        title: cadence.to_string(),
        rows: rows.iter().map(row).collect(),
        periods: periods.into_iter().map(str::to_owned).collect(),
    }
}

/// Where every record is judged by itself, columns have nothing in common but their order.
fn by_record(rows: &[&KpiRow], until: NaiveDate) -> Timelines {
    let rows = rows.iter().map(|row| {
        let mut verdicts: Vec<_> = points(row, until).rev().take(COLUMNS).collect();
        verdicts.reverse();
        Timeline {
            kpi: row.id.clone(),
            verdicts: verdicts
                .into_iter()
                .map(|point| Some(point.verdict))
                .collect(),
        }
    });
    Timelines {
        title: "record by record".to_owned(),
        periods: Vec::new(),
        rows: rows.collect(),
    }
}

/// How many stand how now, and which have been off target for long.
fn finding(rows: &[&KpiRow]) -> String {
    const ORDER: [Option<Verdict>; 6] = [
        Some(Verdict::Missed),
        Some(Verdict::Near),
        Some(Verdict::Waived),
        Some(Verdict::NoData),
        Some(Verdict::Pending),
        None,
    ];
    let all = rows.len();
    let of = |verdict| rows.iter().filter(move |row| row.verdict() == verdict);
    let met = of(Some(Verdict::Met)).count();
    if met == all {
        return match rows {
            [only] => format!("{} is met.", only.id),
            _ => format!("All {all} KPIs are met."),
        };
    }
    if let [only] = rows {
        return match only.verdict() {
            None => format!("{} has no target.", only.id),
            Some(Verdict::NoData) => format!("{} has no data.", only.id),
            verdict => {
                let word = verdict_word(verdict);
                format!("{} is {word}{}.", only.id, only.run_words())
            }
        };
    }
    let mut parts = vec![format!("{met} of {all} KPIs {} met", are(met))];
    for verdict in ORDER {
        let ids: Vec<String> = of(verdict).map(|row| row.id.clone()).collect();
        let word = match verdict {
            None => "without a target",
            verdict => verdict_word(verdict),
        };
        match ids.len() {
            0 => {}
            count => parts.push(format!("{count} {word} ({})", some(&ids))),
        }
    }
    let longest = rows.iter().rev().max_by_key(|row| row.missed_in_a_row);
    let longest = longest.filter(|row| row.missed_in_a_row > 1).map(|row| {
        let count = row.missed_in_a_row;
        format!("; {} has been missed for {count} periods in a row", row.id)
    });
    format!("{}{}.", parts.join(", "), longest.unwrap_or_default())
}

#[cfg(test)]
mod tests;
