//! Compares every figure of every KPI of the examples with a table that Python made on its own (tests/oracle/README.md).

use chrono::{TimeZone, Utc};
use ismsctl::cli::{self, World};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("oracle/kpis.csv");
const AS_OF: &str = "2026-06-30";
/// Columns after workspace, kpi and period: keys of a point in the output of `kpi --format json`.
const FIELDS: [&str; 8] = [
    "value",
    "numerator",
    "denominator",
    "count",
    "verdict",
    "trend",
    "signal",
    "provisional",
];

/// Differences that stand until it is decided who is right. A computed figure has no grace, so its deadline is the
/// last day of its period; on that very day the deadline is not past, and a missing value is pending by product.md §4.
/// ismsctl calls it no data, since nobody will deliver it.
const CONTESTED: [&str; 3] = [
    "management-review KPI-BREACH-NOTICE 2026-Q2 verdict: `no-data`, but `pending`",
    "starter KPI-ACCESS-REVIEW 2026-Q2 verdict: `no-data`, but `pending`",
    "starter KPI-INCIDENT-TIME 2026-06 verdict: `no-data`, but `pending`",
];

/// Period and fields of each point, oldest first, by KPI.
type Series = BTreeMap<String, Vec<(String, [String; 8])>>;

/// The table, by workspace.
fn table() -> BTreeMap<String, Series> {
    let mut lines = TABLE.lines();
    let header = format!("workspace,kpi,period,{}", FIELDS.join(","));
    assert_eq!(lines.next(), Some(header.as_str()));
    let mut found: BTreeMap<String, Series> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let [workspace, kpi, period, fields @ ..] = cells.as_slice() else {
            panic!("too short: {line}");
        };
        let fields: [&str; 8] = fields.try_into().unwrap();
        found
            .entry((*workspace).to_owned())
            .or_default()
            .entry((*kpi).to_owned())
            .or_default()
            .push(((*period).to_owned(), fields.map(str::to_owned)));
    }
    found
}

/// The KPIs of a workspace as ismsctl sees them.
fn answers(workspace: &Path) -> Series {
    let line = [
        "ismsctl",
        "kpi",
        "--format",
        "json",
        "--as-of",
        AS_OF,
        "--periods",
        "12",
    ];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    cli::run(
        &line.map(OsString::from),
        &mut World {
            now: Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap(),
            as_of: None,
            cwd: workspace.to_owned(),
            out: &mut out,
            err: &mut err,
            color: false,
            width: 80,
        },
    );
    let output: Value = serde_json::from_slice(&out)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&err)));
    let kpis = output["kpis"].as_array().unwrap().iter();
    kpis.map(|kpi| {
        let series = kpi["series"].as_array().unwrap().iter();
        let points = series.map(|point| {
            let fields = FIELDS.map(|field| spelled(&point[field]));
            (spelled(&point["period"]), fields)
        });
        (spelled(&kpi["id"]), points.collect())
    })
    .collect()
}

/// As the table spells it: null is empty, text without quotes.
fn spelled(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Values may differ in the last digits, because sums are added up in another order; all else is exact.
fn agree(field: &str, expected: &str, actual: &str) -> bool {
    if !["value", "numerator", "denominator"].contains(&field) || expected.is_empty() {
        return expected == actual;
    }
    let expected: f64 = expected.parse().unwrap();
    let close = |actual: f64| (actual - expected).abs() <= 1e-9 * actual.abs().max(expected.abs());
    actual.parse().is_ok_and(close)
}

/// What differs between the points of one KPI.
fn differences(
    expected: &[(String, [String; 8])],
    actual: &[(String, [String; 8])],
) -> Vec<String> {
    let periods = |points: &[(String, [String; 8])]| -> Vec<String> {
        points.iter().map(|point| point.0.clone()).collect()
    };
    if periods(expected) != periods(actual) {
        let (expected, actual) = (periods(expected), periods(actual));
        return vec![format!("points {actual:?}, but {expected:?} in the table")];
    }
    let mut found = Vec::new();
    for ((period, expected), (_, actual)) in expected.iter().zip(actual) {
        for (index, field) in FIELDS.iter().enumerate() {
            if !agree(field, &expected[index], &actual[index]) {
                let (expected, actual) = (&expected[index], &actual[index]);
                found.push(format!("{period} {field}: `{actual}`, but `{expected}`"));
            }
        }
    }
    found
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

#[test]
fn every_figure_of_the_examples_agrees() {
    let mut wrong = Vec::new();
    for (workspace, expected) in table() {
        let actual = answers(&examples().join(&workspace));
        for (kpi, points) in &expected {
            let Some(own) = actual.get(kpi) else {
                wrong.push(format!("{workspace} {kpi}: not in the output"));
                continue;
            };
            let differing = differences(points, own);
            wrong.extend(differing.iter().map(|it| format!("{workspace} {kpi} {it}")));
        }
        for kpi in actual.keys().filter(|kpi| !expected.contains_key(*kpi)) {
            wrong.push(format!("{workspace} {kpi}: not in the table"));
        }
    }
    wrong.sort();
    assert_eq!(wrong, CONTESTED, "\n{}", wrong.join("\n"));
}

#[test]
fn a_difference_is_seen() {
    let point = |period: &str, value: &str, verdict: &str| {
        let fields = [value, "", "", "3", verdict, "", "", "false"];
        (period.to_owned(), fields.map(str::to_owned))
    };
    let one = [point("2026-01", "2.5", "met")];
    assert!(differences(&one, &one).is_empty());
    assert!(differences(&one, &[point("2026-01", "2.5000000001", "met")]).is_empty());
    for other in [
        point("2026-02", "2.5", "met"),
        point("2026-01", "2.50001", "met"),
        point("2026-01", "", "met"),
        point("2026-01", "2.5", "missed"),
    ] {
        assert_eq!(differences(&one, &[other]).len(), 1);
    }
    assert_eq!(differences(&one, &[]).len(), 1);
}
