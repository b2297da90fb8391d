//! The KPIs of examples/management-review against figures worked out by hand and by a program that shares
//! nothing with ismsctl: for every period the records counted, what each brings, and the result.
//!
//! Columns: period, records with what they bring (and numerator / denominator, or sum / count), value at two
//! decimals, verdict, trend, signal, records open and late. `*` is not looked at, `-` is null.

use chrono::NaiveDate;
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{Account, KpiSeries, Point, evaluate, explain};
use ismsctl::assess::obligations::obligations;
use ismsctl::records::quantity::format_number;
use ismsctl::workspace::{Origin, Snapshot, load};
use serde::Serialize;
use std::path::Path;

/// Share of the obligations judged that were on time.
const ACCESS_REVIEW: &str = "
2025-Q1 | * | 100 | met | * | *
2025-Q2 | * | 100 | met | * | *
2025-Q3 | ACTV-ACCESS-PROD passes, ACTV-ACCESS-CODE passes, ACTV-ACCESS-BUSINESS passes = 3 / 3 | 100 | met | steady | -
2025-Q4 | ACTV-ACCESS-PROD passes, ACTV-ACCESS-CODE passes, ACTV-ACCESS-BUSINESS fails = 2 / 3 | 66.67 | missed | worsening | -
2026-Q1 | ACTV-ACCESS-PROD passes, ACTV-ACCESS-CODE passes, ACTV-ACCESS-BUSINESS passes = 3 / 3 | 100 | met | improving | -
2026-Q2 | ACTV-ACCESS-PROD passes, ACTV-ACCESS-CODE passes, ACTV-ACCESS-BUSINESS passes = 3 / 3 | 100 | met | steady | none
";

/// Mean of fixed − found in whole days, high and critical, by `fixed`.
const VULN_HIGH: &str = "
2025-01 | * | 5 | met | * | *
2025-02 | * | 6 | met | * | *
2025-03 | * | 4.5 | met | * | *
2025-04 | * | 5.5 | met | * | *
2025-05 | * | 6 | met | * | *
2025-06 | * | 5 | met | * | *
2025-07 | VULN-019 6, VULN-020 7, VULN-021 5 = 18 / 3 | 6 | met | worsening | none
2025-08 | VULN-023 4, VULN-024 7 = 11 / 2 | 5.5 | met | improving | none
2025-09 | VULN-025 6, VULN-026 8 = 14 / 2 | 7 | met | worsening | none
2025-10 | VULN-029 5, VULN-030 8, VULN-031 6 = 19 / 3 | 6.33 | met | improving | none
2025-11 | VULN-032 7, VULN-033 5 = 12 / 2 | 6 | met | improving | none
2025-12 | VULN-035 5, VULN-036 6 = 11 / 2 | 5.5 | met | improving | none
2026-01 | VULN-037 6, VULN-038 7 = 13 / 2 | 6.5 | met | worsening | none
2026-02 | VULN-040 5, VULN-041 7, VULN-042 6 = 18 / 3 | 6 | met | improving | none
2026-03 | VULN-043 6, VULN-044 8, VULN-045 6 = 20 / 3 | 6.67 | met | worsening | none
2026-04 | VULN-047 7, VULN-048 8 = 15 / 2 | 7.5 | missed | worsening | none
2026-05 | VULN-050 8, VULN-051 9, VULN-052 8 = 25 / 3 | 8.33 | missed | worsening | outside-limits | VULN-053 8
2026-06 | VULN-053 11, VULN-054 9, VULN-057 8, VULN-059 9 = 37 / 4 | 9.25 | missed | worsening | outside-limits | VULN-058 18, VULN-060 12
";

/// Mean of resolved − detected in hours, by the day of `resolved` in Zurich.
const MTTR_SEV1: &str = "
2025-01 | * | - | no-data | * | *
2025-02 | * | 3.5 | met | * | *
2025-03 | * | - | no-data | * | *
2025-04 | * | 5 | near | * | *
2025-05 | * | - | no-data | * | *
2025-06 | * | 2.75 | met | * | *
2025-07 | none | - | no-data | - | -
2025-08 | INC-013 7.25 = 7.25 / 1 | 7.25 | missed | worsening | -
2025-09 | INC-015 3.25 = 3.25 / 1 | 3.25 | met | improving | -
2025-10 | none | - | no-data | - | -
2025-11 | INC-018 4 = 4 / 1 | 4 | met | worsening | none
2025-12 | none | - | no-data | - | -
2026-01 | INC-021 3 = 3 / 1 | 3 | met | improving | none
2026-02 | none | - | no-data | - | -
2026-03 | INC-024 3.1, INC-025 2.6667 = 5.7667 / 2 | 2.88 | met | improving | none
2026-04 | none | - | no-data | - | -
2026-05 | INC-028 6.5, INC-029 4 = 10.5 / 2 | 5.25 | near | worsening | none
2026-06 | INC-032 4 = 4 / 1 | 4 | met | improving | none
";

/// Recorded fractions.
const BACKUP: &str = "
2025-01 | * | 100 | met | * | *
2025-02 | * | 100 | met | * | *
2025-03 | * | 100 | met | * | *
2025-04 | * | 100 | met | * | *
2025-05 | * | 100 | met | * | *
2025-06 | * | 100 | met | * | *
2025-07 | 25 / 25 | 100 | met | steady | none
2025-08 | 25 / 25 | 100 | met | steady | none
2025-09 | 26 / 26 | 100 | met | steady | none
2025-10 | 25 / 26 | 96.15 | missed | worsening | outside-limits
2025-11 | 26 / 26 | 100 | met | improving | none
2025-12 | 26 / 26 | 100 | met | steady | none
2026-01 | 26 / 26 | 100 | met | steady | none
2026-02 | 27 / 27 | 100 | met | steady | none
2026-03 | 27 / 27 | 100 | met | steady | none
2026-04 | 27 / 27 | 100 | met | steady | none
2026-05 | 26 / 27 | 96.3 | waived | worsening | outside-limits
2026-06 | 26 / 27 | 96.3 | waived | steady | outside-limits
";

/// Recorded fractions; the target rises in February 2026.
const TRAINING: &str = "
2025-01 | * | 88 | missed | * | *
2025-02 | * | 90 | near | * | *
2025-03 | * | 92 | met | * | *
2025-04 | * | 92.31 | met | * | *
2025-05 | * | 92.31 | met | * | *
2025-06 | * | 96.15 | met | * | *
2025-07 | 51 / 53 | 96.23 | met | improving | outside-limits
2025-08 | 51 / 54 | 94.44 | met | worsening | none
2025-09 | 52 / 55 | 94.55 | met | improving | none
2025-10 | 52 / 56 | 92.86 | met | worsening | none
2025-11 | 54 / 58 | 93.1 | met | improving | none
2025-12 | 55 / 58 | 94.83 | met | improving | none
2026-01 | 56 / 59 | 94.92 | met | improving | none
2026-02 | 54 / 60 | 90 | near | worsening | none
2026-03 | 53 / 60 | 88.33 | missed | worsening | outside-limits
2026-04 | 54 / 60 | 90 | near | improving | none
2026-05 | 55 / 60 | 91.67 | near | improving | none
2026-06 | 56 / 60 | 93.33 | near | improving | none
";

/// Count of risks open and critical on the last day.
const CRITICAL_RISKS: &str = "
2025-01 | * | 0 | pending | * | *
2025-02 | * | 0 | pending | * | *
2025-03 | * | 0 | met | * | *
2025-04 | * | 0 | met | * | *
2025-05 | * | 0 | met | * | *
2025-06 | * | 0 | met | * | *
2025-07 | none | 0 | met | steady | none
2025-08 | none | 0 | met | steady | none
2025-09 | none | 0 | met | steady | none
2025-10 | none | 0 | met | steady | none
2025-11 | none | 0 | met | steady | none
2025-12 | none | 0 | met | steady | none
2026-01 | RISK-003 | 1 | missed | worsening | outside-limits
2026-02 | RISK-003 | 1 | missed | steady | outside-limits
2026-03 | none | 0 | missed | improving | none
2026-04 | none | 0 | missed | steady | none
2026-05 | none | 0 | met | steady | none
2026-06 | none | 0 | met | steady | none
";

/// Count of nonconformities of internal audits, open and older than 90 days on the last day.
const AUDIT_NC_90D: &str = "
2025-01 | * | 0 | met | * | *
2025-02 | * | 0 | met | * | *
2025-03 | * | 0 | met | * | *
2025-04 | * | 0 | met | * | *
2025-05 | * | 0 | met | * | *
2025-06 | * | 0 | met | * | *
2025-07 | none | 0 | met | steady | none
2025-08 | none | 0 | met | steady | none
2025-09 | none | 0 | met | steady | none
2025-10 | none | 0 | met | steady | none
2025-11 | none | 0 | met | steady | none
2025-12 | none | 0 | met | steady | none
2026-01 | none | 0 | met | steady | none
2026-02 | FND-001 | 1 | missed | worsening | outside-limits
2026-03 | FND-001 | 1 | missed | steady | outside-limits
2026-04 | none | 0 | met | improving | none
2026-05 | none | 0 | met | steady | none
2026-06 | none | 0 | met | steady | none
";

/// Count by the day of `detected`.
const CUSTOMER_INCIDENTS: &str = "
2025-Q1 | * | 4 | pending | * | *
2025-Q2 | * | 3 | pending | * | *
2025-Q3 | INC-011, INC-012, INC-015 | 3 | pending | steady | -
2025-Q4 | INC-016, INC-019 | 2 | met | improving | -
2026-Q1 | INC-020, INC-023 | 2 | met | steady | -
2026-Q2 | INC-031 | 1 | met | improving | none
";

/// First notification − aware in hours, the longest of the quarter in which the organisation became aware.
const BREACH_NOTICE: &str = "
2025-Q1 | none | - | no-data | - | -
2025-Q2 | INC-008 29.6667 = 29.6667 / 1 | 29.67 | met | - | -
2025-Q3 | none | - | no-data | - | -
2025-Q4 | none | - | no-data | - | -
2026-Q1 | none | - | no-data | - | -
2026-Q2 | none | - | no-data | - | -
";

/// The eight of the review procedure, and one more that has nothing to measure in most quarters.
const TABLES: [(&str, &str); 9] = [
    ("KPI-ACCESS-REVIEW", ACCESS_REVIEW),
    ("KPI-VULN-HIGH", VULN_HIGH),
    ("KPI-MTTR-SEV1", MTTR_SEV1),
    ("KPI-BACKUP", BACKUP),
    ("KPI-TRAINING", TRAINING),
    ("KPI-CRITICAL-RISKS", CRITICAL_RISKS),
    ("KPI-AUDIT-NC-90D", AUDIT_NC_90D),
    ("KPI-CUSTOMER-INCIDENTS", CUSTOMER_INCIDENTS),
    ("KPI-BREACH-NOTICE", BREACH_NOTICE),
];

/// What was current on 31 March 2026. ACTV-ACCESS-BUSINESS was done on 9 April and is not judged yet; the backup
/// result is dated 2 April.
const MARCH: [(&str, &str); 8] = [
    (
        "KPI-ACCESS-REVIEW",
        "2026-Q1 | ACTV-ACCESS-PROD passes, ACTV-ACCESS-CODE passes = 2 / 2 | 100 | met | improving | -",
    ),
    (
        "KPI-VULN-HIGH",
        "2026-03 | VULN-043 6, VULN-044 8, VULN-045 6 = 20 / 3 | 6.67 | met | worsening | none",
    ),
    (
        "KPI-MTTR-SEV1",
        "2026-03 | INC-024 3.1, INC-025 2.6667 = 5.7667 / 2 | 2.88 | met | improving | none",
    ),
    ("KPI-BACKUP", "2026-03 | none | - | pending | - | -"),
    (
        "KPI-TRAINING",
        "2026-03 | 53 / 60 | 88.33 | missed | worsening | outside-limits",
    ),
    (
        "KPI-CRITICAL-RISKS",
        "2026-03 | none | 0 | missed | improving | none",
    ),
    (
        "KPI-AUDIT-NC-90D",
        "2026-03 | FND-001 | 1 | missed | steady | outside-limits",
    ),
    (
        "KPI-CUSTOMER-INCIDENTS",
        "2026-Q1 | INC-020, INC-023 | 2 | met | steady | -",
    ),
];

/// Limits of ordinary variation at the last point, on 30 June 2026.
const LIMITS: [(&str, &str); 7] = [
    ("KPI-ACCESS-REVIEW", "58.98…129.91"),
    ("KPI-VULN-HIGH", "4.02…8.48"),
    ("KPI-BACKUP", "97.59…101.16"),
    ("KPI-TRAINING", "88.52…96.48"),
    ("KPI-CRITICAL-RISKS", "-0.2…0.42"),
    ("KPI-AUDIT-NC-90D", "-0.2…0.42"),
    ("KPI-CUSTOMER-INCIDENTS", "0.9…4.1"),
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn example() -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    load(&Origin::Worktree(&root)).unwrap()
}

fn name(value: Option<impl Serialize>) -> String {
    match value.map(|value| serde_json::to_value(value).unwrap()) {
        Some(value) => value.as_str().unwrap().to_owned(),
        None => "-".to_owned(),
    }
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or("-".to_owned(), |value| format_number(value, decimals))
}

/// The records counted and what each brings, and what they come to.
fn working(account: &Account, point: &Point) -> String {
    let figure = &point.figure;
    let fraction = match (figure.numerator, figure.denominator, figure.sum) {
        (Some(upper), Some(lower), _) => Some(format!("{upper} / {lower}")),
        (_, _, Some(sum)) => Some(format!(
            "{} / {}",
            format_number(sum, 4),
            figure.count.unwrap()
        )),
        _ => None,
    };
    let recorded = |name: &str| {
        let mut operands = account.counted.iter().flat_map(|record| &record.operands);
        operands.any(|(operand, _)| operand == name)
    };
    let mut counted: Vec<String> = account
        .counted
        .iter()
        .map(|record| {
            // An obligation is told with its period, a row with its register.
            let id = record.record.split(' ').next().unwrap();
            let id = id.rsplit('/').next().unwrap();
            match (record.passes, record.value) {
                (Some(true), _) => format!("{id} passes"),
                (Some(false), _) => format!("{id} fails"),
                (None, Some(value)) => format!("{id} {}", format_number(value, 4)),
                (None, None) => id.to_owned(),
            }
        })
        .collect();
    let order = [
        "ACTV-ACCESS-PROD",
        "ACTV-ACCESS-CODE",
        "ACTV-ACCESS-BUSINESS",
    ];
    counted.sort_by_key(|text| order.iter().position(|id| text.starts_with(id)));
    match (counted.is_empty(), fraction) {
        (true, _) => "none".to_owned(),
        (false, Some(fraction)) if recorded("numerator") => fraction,
        (false, Some(fraction)) => format!("{} = {fraction}", counted.join(", ")),
        (false, None) => counted.join(", "),
    }
}

/// The row of a period as the tables tell it, with `*` where the table has one.
fn row(snapshot: &Snapshot, as_of: NaiveDate, kpi: &str, period: &str, expected: &str) -> String {
    let timeline = Timeline::of(snapshot);
    let explanation = explain(&timeline, as_of, &obligations, kpi, Some(period)).unwrap();
    let (account, point) = (&explanation.account, explanation.point().unwrap());
    let late: Vec<String> = account
        .late
        .iter()
        .map(|(id, time)| {
            let id = id.rsplit('/').next().unwrap();
            format!("{id} {}", format_number(*time, 2))
        })
        .collect();
    let expected_late = point.figure.open_late.unwrap_or_default();
    assert_eq!(late.len(), expected_late, "{kpi} {period}");
    let mut columns = vec![
        point.period.clone(),
        working(account, point),
        number(point.figure.value, 2),
        name(point.verdict),
        name(point.trend),
        name(point.signal),
    ];
    if !late.is_empty() {
        columns.push(late.join(", "));
    }
    for (column, expected) in columns.iter_mut().zip(expected.split(" | ")) {
        if expected == "*" {
            *column = "*".to_owned();
        }
    }
    columns.join(" | ")
}

fn series<'s>(all: &'s [KpiSeries], id: &str) -> &'s KpiSeries {
    all.iter().find(|series| series.id == id).unwrap()
}

#[test]
fn every_period_as_of_the_end_of_june() {
    let snapshot = example();
    let as_of = day(2026, 6, 30);
    let all = evaluate(&Timeline::of(&snapshot), as_of, &obligations);
    assert_eq!(all.len(), TABLES.len());
    for (kpi, table) in TABLES {
        let series = series(&all, kpi);
        assert_eq!(
            (&series.problems, &series.failures),
            (&vec![], &vec![]),
            "{kpi}"
        );
        assert_eq!(series.unreadable, Vec::<String>::new());
        let rows: Vec<&str> = table.trim().lines().collect();
        assert_eq!(series.points.len(), rows.len(), "{kpi}");
        // A period that ends on the as-of day is over.
        assert_eq!(series.current, Some(rows.len() - 1));
        for expected in rows {
            let period = expected.split(" | ").next().unwrap();
            assert_eq!(
                row(&snapshot, as_of, kpi, period, expected),
                expected,
                "{kpi}"
            );
        }
    }
}

#[test]
fn what_was_current_at_the_end_of_march() {
    let snapshot = example();
    let as_of = day(2026, 3, 31);
    let all = evaluate(&Timeline::of(&snapshot), as_of, &obligations);
    for (kpi, expected) in MARCH {
        let current = series(&all, kpi).current().unwrap();
        let period = expected.split(" | ").next().unwrap();
        assert_eq!(current.period, period, "{kpi}");
        assert_eq!(
            row(&snapshot, as_of, kpi, period, expected),
            expected,
            "{kpi}"
        );
    }
}

#[test]
fn limits_of_ordinary_variation() {
    let snapshot = example();
    let timeline = Timeline::of(&snapshot);
    for (kpi, expected) in LIMITS {
        let explanation = explain(&timeline, day(2026, 6, 30), &obligations, kpi, None).unwrap();
        let limits = explanation.limits.unwrap();
        let found = format!(
            "{}…{}",
            format_number(limits.lower, 2),
            format_number(limits.upper, 2)
        );
        assert_eq!(found, expected, "{kpi}");
    }
    // 18 months of values: sum 112.5833, moving ranges 14.25.
    let high = explain(
        &timeline,
        day(2026, 6, 30),
        &obligations,
        "KPI-VULN-HIGH",
        None,
    )
    .unwrap();
    let limits = high.limits.unwrap();
    assert_eq!(limits.values, 18);
    assert_eq!(format_number(limits.mean * 18.0, 4), "112.5833");
    assert_eq!(
        format_number((limits.upper - limits.mean) / 2.66 * 17.0, 4),
        "14.25"
    );
}

#[test]
fn every_figure_tells_what_it_left_out() {
    let snapshot = example();
    let timeline = Timeline::of(&snapshot);
    let high = explain(
        &timeline,
        day(2026, 6, 30),
        &obligations,
        "KPI-VULN-HIGH",
        None,
    )
    .unwrap();
    assert_eq!(
        high.formula,
        "mean of the time from found to fixed over vulnerabilities \
         where r.severity in [\"high\", \"critical\"], by fixed"
    );
    let open: Vec<(&str, Option<f64>)> = high
        .account
        .left_out
        .iter()
        .filter(|left| left.reason == ismsctl::assess::kpi::Reason::Open)
        .map(|left| (left.record.as_str(), left.running))
        .collect();
    assert_eq!(
        open,
        [
            ("vulnerabilities/VULN-058", Some(18.0)),
            ("vulnerabilities/VULN-060", Some(12.0)),
            ("vulnerabilities/VULN-061", Some(4.0)),
        ]
    );
    assert_eq!(
        high.account.counted[0].operands,
        [
            ("found".to_owned(), "2026-05-23".to_owned()),
            ("fixed".to_owned(), "2026-06-03".to_owned()),
        ]
    );
    let off = high.off_target.unwrap();
    // Three months in a row beyond 7 d, the first of them April: 30 April to 30 June.
    assert_eq!(
        (off.since.as_str(), off.points, off.days),
        ("2026-04", 3, 61)
    );
}

#[test]
fn a_time_zone_decides_on_the_month() {
    // INC-024 ended on 28 February 23:16 UTC, on 1 March in Zurich.
    let snapshot = example();
    let timeline = Timeline::of(&snapshot);
    let march = explain(
        &timeline,
        day(2026, 6, 30),
        &obligations,
        "KPI-MTTR-SEV1",
        Some("2026-03"),
    );
    let counted: Vec<String> = march
        .unwrap()
        .account
        .counted
        .into_iter()
        .map(|record| record.record)
        .collect();
    assert_eq!(counted, ["INC-024", "INC-025"]);
}
