//! KPIs over registers in CSV: cells have the types of the schema, and a row means what it means in YAML. Custom fields
//! typed by a schema of the workspace.

use super::{Workspace, day, name};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::check;
use ismsctl::workspace::Snapshot;

const REGISTER: &str = "[registers.flaws]\nschema = \"schemas/flaws.json\"\nopened = \"found\"\nclosed = \"fixed\"\nfacts = [\"confirmed\"]\nowner = \"owner\"\n";
const SCHEMA: &str = r#"{
    "type": "object",
    "additionalProperties": false,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "severity": {"enum": ["high", "low"]},
        "found": {"type": "string", "format": "date"},
        "confirmed": {"type": "string", "format": "date"},
        "fixed": {"type": "string", "format": "date-time"},
        "due": {"type": "string", "format": "date"},
        "cost": {"type": "number"},
        "hosts": {"type": "integer"},
        "exploited": {"type": "boolean"},
        "owner": {"type": "string"},
        "note": {"type": "string"}
    }
}"#;
const TABLE: &str = "\
id,severity,found,confirmed,fixed,due,cost,hosts,exploited,owner,note
A,high,2026-01-05,2026-01-06,2026-01-15T10:00:00Z,2026-02-05,10.5,2,TRUE,ciso,\"one,
two\"
B,low,2026-01-20,2026-02-02,,2026-03-20,0.25,10,false,ciso,12
C,high,2026-02-03,,2026-03-01T08:30:00+01:00,2026-03-03,,,,,
D,low,2026-03-09,2026-03-10,,,-3,1,,ceo,true
";
/// The same rows.
const ROWS: &str = "\
- {id: A, severity: high, found: 2026-01-05, confirmed: 2026-01-06, fixed: 2026-01-15T10:00:00Z, due: 2026-02-05, cost: 10.5, hosts: 2, exploited: true, owner: ciso, note: \"one,\\ntwo\"}
- {id: B, severity: low, found: 2026-01-20, confirmed: 2026-02-02, due: 2026-03-20, cost: 0.25, hosts: 10, exploited: false, owner: ciso, note: '12'}
- {id: C, severity: high, found: 2026-02-03, fixed: 2026-03-01T08:30:00+01:00, due: 2026-03-03}
- {id: D, severity: low, found: 2026-03-09, confirmed: 2026-03-10, cost: -3, hosts: 1, owner: ceo, note: 'true'}
";

fn table(text: &str) -> Workspace {
    Workspace::with(REGISTER)
        .file("schemas/flaws.json", SCHEMA)
        .file("registers/flaws.csv", text)
}

fn rows() -> Workspace {
    Workspace::with(REGISTER)
        .file("schemas/flaws.json", SCHEMA)
        .file("registers/flaws/all.yaml", ROWS)
}

fn found(snapshot: &Snapshot) -> Vec<String> {
    let wrong = check(snapshot);
    let problems = wrong.iter().flat_map(|(_, problems)| problems);
    problems
        .map(|problem| {
            format!(
                "{} ({})",
                problem.message,
                problem.help.as_deref().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn cells_are_dates_numbers_and_booleans() {
    let cases = [
        (
            "unit: count",
            "at: found, aggregate: count",
            ["2", "1", "1"],
        ),
        (
            "unit: count",
            "at: found, where: r.exploited, aggregate: count",
            ["1", "0", "0"],
        ),
        (
            "unit: count",
            "at: found, where: has(r.cost) && r.cost > 0 && r.hosts >= 2, aggregate: count",
            ["2", "0", "0"],
        ),
        (
            "unit: count",
            "at: found, where: r.note == '12' || r.note == 'true', aggregate: count",
            ["1", "0", "1"],
        ),
        (
            "unit: count",
            "at: found, where: r.severity == 'high', aggregate: count",
            ["1", "1", "0"],
        ),
        (
            "unit: ratio",
            "at: found, value: r.cost * r.hosts, where: r.cost != null, aggregate: sum",
            ["23.5", "0", "-3"],
        ),
        (
            "unit: d",
            "at: found, value: r.due - r.found, where: r.due != null, aggregate: max",
            ["59", "28", "-"],
        ),
        (
            "unit: d",
            "at: found, value: days(age(r.found)), aggregate: min",
            ["80", "66", "32"],
        ),
        (
            "unit: count",
            "at: fixed, where: r.fixed - r.found > days(11), aggregate: count",
            ["0", "0", "1"],
        ),
    ];
    for (unit, measure, expected) in cases {
        let kpi = format!("{unit}\ncadence: monthly\nmeasure: {{over: flaws, {measure}}}");
        let series = table(TABLE).kpi(&kpi).series("2026-04-10");
        assert_eq!(series.failures, [], "{measure}");
        let values: Vec<String> = series.points[..3]
            .iter()
            .map(|point| super::number(point.figure.value))
            .collect();
        assert_eq!(values, expected, "{measure}");
    }
}

#[test]
fn a_row_means_the_same_in_csv_and_in_yaml() {
    let measures = [
        "unit: count\ncadence: monthly\nmeasure: {over: flaws, state: true, aggregate: count}",
        "unit: d\ncadence: monthly\nmeasure: {over: flaws, state: true, value: days(age(r.found)), aggregate: max}",
        "unit: count\ncadence: monthly\nmeasure: {over: flaws, where: r.confirmed != null, aggregate: count}",
        "unit: percent\ncadence: monthly\nmeasure: {over: flaws, pass: r.owner == 'ciso', aggregate: share}",
        "unit: h\ncadence: monthly\ntarget: <= 48h\nmeasure: {over: flaws, at: fixed, from: found, until: fixed, aggregate: mean}",
        "unit: d\ncadence: each\ntarget: <= 14d\nmeasure: {over: flaws, from: found, until: fixed}",
        "unit: count\ncadence: monthly\nmeasure: {over: flaws, at: found, where: get('flaws/A').cost > 10, aggregate: count}",
    ];
    for kpi in measures {
        for as_of in [
            "2026-01-10",
            "2026-01-31",
            "2026-02-28",
            "2026-03-09",
            "2026-04-30",
        ] {
            let (one, other) = (table(TABLE).kpi(kpi), rows().kpi(kpi));
            assert_eq!(one.points(as_of), other.points(as_of), "{kpi} on {as_of}");
        }
    }
}

#[test]
fn rows_are_seen_as_they_were_on_the_day() {
    let kpi = "unit: count\ncadence: monthly\nmeasure: {over: flaws, where: r.confirmed != null, aggregate: count}";
    let workspace = table(TABLE).kpi(kpi);
    for (as_of, expected) in [
        ("2026-01-05", 0.0),
        ("2026-01-06", 1.0),
        ("2026-02-01", 1.0),
        ("2026-02-02", 2.0),
        ("2026-03-10", 3.0),
    ] {
        let series = workspace.series(as_of);
        let last = series.points.last().unwrap();
        assert_eq!(last.figure.value, Some(expected), "{as_of}");
    }
    // C was fixed on 1 March; D did not exist before 9 March.
    let open = "unit: count\ncadence: monthly\nmeasure: {over: flaws, state: true, where: r.fixed == null, aggregate: count}";
    let workspace = table(TABLE).kpi(open);
    let points = workspace.points("2026-03-31");
    assert_eq!(points[..3], ["2026-01 1 -", "2026-02 2 -", "2026-03 2 -"]);
}

#[test]
fn expressions_are_checked_against_the_columns() {
    let schemaless = "[registers.flaws]\nopened = \"found\"\n";
    let cases = [
        (
            REGISTER,
            "where: r.severty == 'high', at: found",
            "did you mean `severity`",
        ),
        (REGISTER, "where: r.severity == 'hihg', at: found", "`high`"),
        (REGISTER, "where: r.exploited > 3, at: found", ""),
        (REGISTER, "at: fund", "`found`"),
        (
            schemaless,
            "where: r.severty == 'high', at: found",
            "did you mean `severity`",
        ),
        // Without a schema a cell is text.
        (schemaless, "where: r.cost > 3, at: found", ""),
        (schemaless, "at: due", "format: date"),
    ];
    for (register, measure, expected) in cases {
        let kpi = format!(
            "unit: count\ncadence: monthly\nmeasure: {{over: flaws, {measure}, aggregate: count}}"
        );
        let workspace = Workspace::with(register)
            .file("schemas/flaws.json", SCHEMA)
            .file("registers/flaws.csv", TABLE)
            .kpi(&kpi);
        let found = found(&workspace.load());
        assert_eq!(found.len(), 1, "{measure}: {found:?}");
        assert!(found[0].contains(expected), "{measure}: {found:?}");
    }
    let kpi = "unit: count\ncadence: monthly\nmeasure: {over: flaws, where: \"r.cost == '10.5' && age(r.found) > 3\", at: found, aggregate: count}";
    let workspace = Workspace::with(schemaless)
        .file("registers/flaws.csv", TABLE)
        .kpi(kpi);
    assert_eq!(
        workspace.series("2026-02-15").points[0].figure.value,
        Some(1.0)
    );
}

#[test]
fn rows_that_could_not_be_read_make_no_figure_and_are_named() {
    let kpi = "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: flaws, at: found, aggregate: count}";
    let csv = "registers/flaws.csv";
    let cases = [
        (
            TABLE.replace("-3,1", "x,1"),
            vec![format!("flaws/D ({csv})")],
        ),
        (
            TABLE.replace(",12\n", "\n"),
            vec![format!("flaws/B ({csv})")],
        ),
        (
            TABLE.replace("C,high", "C,\"high"),
            vec![csv.to_owned(), format!("flaws/C ({csv})")],
        ),
        (TABLE.replace("severity,", "severty,"), vec![csv.to_owned()]),
        (TABLE.replace(',', ";"), vec![csv.to_owned()]),
        (String::new(), vec![csv.to_owned()]),
    ];
    for (text, expected) in cases {
        let series = table(&text).kpi(kpi).series_of("K", "2026-01-31");
        assert_eq!(series.unreadable, expected, "{text}");
        assert_eq!(series.points[0].figure.value, None);
        assert_eq!(name(series.points[0].verdict), "no-data");
    }
    // No rows are a figure: there are none.
    let series = table("id,found,confirmed,fixed,owner\n")
        .kpi(kpi)
        .series("2026-01-31");
    assert_eq!(series.points[0].figure.value, Some(0.0));
    // The same key twice: which of the two counts?
    let text = format!("{TABLE}A,low,2026-01-07,,,,,,,,\n");
    let series = table(&text).kpi(kpi).series_of("K", "2026-01-31");
    assert_eq!(series.points[0].figure.value, None);
    assert!(!series.failures.is_empty());
}

#[test]
fn a_register_may_stand_in_a_folder_and_a_table() {
    let more = "- {id: E, severity: low, found: 2026-01-30}\n";
    let workspace = table(TABLE)
        .file("registers/flaws/more.yaml", more)
        .kpi("unit: count\ncadence: monthly\nmeasure: {over: flaws, at: found, aggregate: count}");
    assert_eq!(
        workspace.series("2026-01-31").points[0].figure.value,
        Some(3.0)
    );
}

#[test]
fn typed_custom_fields_are_fields() {
    let config = "[custom.risk]\nschema = \"schemas/risk.json\"\n";
    let schema = r#"{"type": "object", "additionalProperties": false, "properties": {
        "exposure": {"type": "number"}, "seen": {"type": "string", "format": "date"},
        "class": {"enum": ["a", "b"]}, "deep": {"type": "object", "properties": {"flag": {"type": "boolean"}}}}}"#;
    let risk = |id: &str, custom: &str| {
        format!(
            "- id: {id}\n  title: A risk\n  owner: ciso\n  category: a\n  identified: 2026-01-05\n  likelihood: 1\n  impact: 1\n  status: open\n{custom}"
        )
    };
    let risks = [
        risk(
            "R1",
            "  custom: {exposure: 2.5, seen: 2026-01-20, class: a, deep: {flag: true}}\n",
        ),
        risk("R2", ""),
        risk("R3", "  custom: {exposure: 4}\n"),
    ]
    .concat();
    let workspace = |config: &str, measure: &str| {
        Workspace::with(config)
            .file("schemas/risk.json", schema)
            .file("risks/all.yaml", &risks)
            .kpi(&format!("unit: count\ncadence: monthly\nmeasure: {{over: risks, {measure}, aggregate: count}}"))
    };
    for (measure, expected) in [
        (
            "at: identified, where: has(r.custom.exposure) && r.custom.exposure > 2",
            2.0,
        ),
        (
            "at: custom.seen, where: has(r.custom.seen) && age(r.custom.seen) > 5",
            1.0,
        ),
        (
            "at: identified, where: r.custom.deep.flag && r.custom.class == 'a'",
            1.0,
        ),
        ("at: identified, where: r.custom.exposure == null", 1.0),
    ] {
        let series = workspace(config, measure).series("2026-01-31");
        assert_eq!(series.points[0].figure.value, Some(expected), "{measure}");
    }
    for (measure, expected) in [
        (
            "at: identified, where: r.custom.exposur > 2",
            "did you mean `exposure`",
        ),
        ("at: identified, where: r.custom.class == 'c'", "`c`"),
        ("at: identified, where: r.custom.exposure == 'high'", ""),
        ("at: custom.sen", "`custom.seen`"),
    ] {
        let found = found(&workspace(config, measure).load());
        assert_eq!(found.len(), 1, "{measure}: {found:?}");
        assert!(found[0].contains(expected), "{measure}: {found:?}");
    }
    // Untyped custom fields may be any.
    let snapshot = workspace("", "at: identified, where: r.custom.exposur > 2").load();
    assert!(found(&snapshot).is_empty());
    let timeline = Timeline::of(&snapshot);
    assert_eq!(
        timeline
            .at(day("2026-01-31"))
            .kind(ismsctl::records::Kind::Risk)
            .count(),
        3
    );
}
