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
const FIELDS: [&str; 9] = [
    "value",
    "numerator",
    "denominator",
    "count",
    "open_late",
    "verdict",
    "trend",
    "signal",
    "provisional",
];

/// Period and fields.
type Point = (String, [String; 9]);
/// Points, oldest first, by KPI.
type Series = BTreeMap<String, Vec<Point>>;

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
        let fields: [&str; 9] = fields.try_into().unwrap();
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
fn differences(expected: &[Point], actual: &[Point]) -> Vec<String> {
    let mut found = Vec::new();
    for (period, fields) in expected {
        let Some((_, own)) = actual.iter().find(|(own, _)| own == period) else {
            found.push(format!("{period}: only in the table"));
            continue;
        };
        for (index, field) in FIELDS.iter().enumerate() {
            let (expected, actual) = (&fields[index], &own[index]);
            if !agree(field, expected, actual) {
                found.push(format!("{period} {field}: `{actual}`, but `{expected}`"));
            }
        }
    }
    let known = |period: &String| expected.iter().any(|(own, _)| own == period);
    let unknown = actual.iter().filter(|(period, _)| !known(period));
    found.extend(unknown.map(|(period, _)| format!("{period}: not in the table")));
    if found.is_empty()
        && !expected
            .iter()
            .map(|it| &it.0)
            .eq(actual.iter().map(|it| &it.0))
    {
        found.push("points in another order".to_owned());
    }
    found
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

#[test]
fn every_figure_of_the_examples_agrees() {
    let mut wrong = Vec::new();
    let table = table();
    let folders = std::fs::read_dir(examples()).unwrap();
    let names = folders.map(|it| it.unwrap().file_name().into_string().unwrap());
    wrong.extend(
        names
            .filter(|name| !table.contains_key(name))
            .map(|name| format!("{name}: not in the table")),
    );
    for (workspace, expected) in table {
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
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_difference_is_seen() {
    let point = |period: &str, value: &str, verdict: &str| {
        let fields = [value, "", "", "3", "", verdict, "", "", "false"];
        (period.to_owned(), fields.map(str::to_owned))
    };
    let one = [point("2026-01", "2.5", "met")];
    let two = [point("2026-01", "", ""), point("2026-02", "", "")];
    let turned = [two[1].clone(), two[0].clone()];
    assert_eq!(differences(&two, &turned).len(), 1);
    assert_eq!(differences(&[], &two).len(), 2);
    assert!(differences(&one, &one).is_empty());
    assert!(differences(&one, &[point("2026-01", "2.5000000001", "met")]).is_empty());
    for other in [
        point("2026-01", "2.50001", "met"),
        point("2026-01", "", "met"),
        point("2026-01", "2.5", "missed"),
    ] {
        assert_eq!(differences(&one, &[other]).len(), 1);
    }
    assert_eq!(differences(&one, &[]).len(), 1);
}
