use super::*;
use crate::records::Kind;
use crate::text::{Source, Tree, yaml};
use std::sync::Arc;

fn tree(text: &str) -> Tree {
    let (tree, errors) = yaml::read(Arc::new(Source::new("a.yaml", text)));
    assert!(errors.is_empty(), "{errors:?} in {text}");
    tree
}

/// The differences as `path: from → to`; both directions must tell the same.
fn between(kind: Option<Kind>, before: &str, after: &str) -> Vec<String> {
    let (before, after) = (tree(before), tree(after));
    let (before, after) = (
        before.documents().next().unwrap(),
        after.documents().next().unwrap(),
    );
    let form = kind.map_or(&crate::assess::delta::form::ANY, Form::of_kind);
    let there = differences(before, after, form, "id");
    let mut back = differences(after, before, form, "id");
    for change in &mut back {
        std::mem::swap(&mut change.from, &mut change.to);
    }
    assert_eq!(there, back);
    there.iter().map(line).collect()
}

fn line(change: &FieldChange) -> String {
    let value = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
    format!(
        "{}: {} → {}",
        change.path,
        value(&change.from),
        value(&change.to)
    )
}

#[test]
fn spelling_is_no_difference() {
    let cases = [
        (None, "a: 1\nb: x", "b: 'x'   # said\na: 1"),
        (None, "a: 5", "a: 5.0"),
        (None, "a: +5", "a: 5"),
        (None, "a: [x, y]", "a:\n  - \"y\"\n  - x\n"),
        (None, "a: {b: 1, c: 2}", "a:\n  c: 2\n  b: 1\n"),
        (None, "a: 1\nb: ~", "a: 1"),
        (None, "a: 1\nb: []", "a: 1\nb:"),
        (None, "a: true", "a: True"),
        (None, "a: |\n  one\n  two\n", "a: >\n  one\n  two\n"),
        (None, "a: |\n  one\n", "a: one"),
        (Some(Kind::Policy), "version: 1.10", "version: '1.10'"),
        (
            Some(Kind::Risk),
            "review: {every: 12 months}",
            "review: {every: 1y}",
        ),
        (Some(Kind::Kpi), "grace: 24h", "grace: 1 day"),
        (Some(Kind::Kpi), "target: ≥ 95 %", "target: '>= 95%'"),
        (
            Some(Kind::Kpi),
            "target: '<= 2d'",
            "target: [{target: ≤ 48 h}]",
        ),
        (Some(Kind::Kpi), "target: 0", "target: '0'"),
        (Some(Kind::Result), "value: 5.0", "value: 5"),
        (Some(Kind::Result), "exceptions: none", "exceptions: [none]"),
        (
            Some(Kind::Incident),
            "detected: 2026-06-03T08:10:00+02:00",
            "detected: 2026-06-03T06:10:00Z",
        ),
        (
            Some(Kind::Activity),
            "alert: {when: '> 1d'}",
            "alert: {when: '>24 h'}",
        ),
    ];
    for (kind, before, after) in cases {
        assert_eq!(between(kind, before, after), [""; 0], "{before} | {after}");
    }
}

#[test]
fn what_is_another_value_is_a_difference() {
    let cases = [
        (None, "a: 5", "a: '5'", r#"a: 5 → "5""#),
        (None, "a: x", "a: X", r#"a: "x" → "X""#),
        (None, "a: 'x  y'", "a: x y", r#"a: "x  y" → "x y""#),
        (None, "b: 1", "a: 1\nb: 1", "a: - → 1"),
        (
            None,
            "a: {b: 1}",
            "a: {b: 1, c: {d: 2}}",
            r#"a.c: - → {"d":2}"#,
        ),
        (None, "a: {b: 1}", "a: 2", r#"a: {"b":1} → 2"#),
        (None, "a: false", "a: ~", "a: false → -"),
        (
            Some(Kind::Policy),
            "version: 1.10",
            "version: 1.1",
            r#"version: "1.10" → "1.1""#,
        ),
        (
            Some(Kind::Policy),
            "version: 2026",
            "version: '2027'",
            r#"version: "2026" → "2027""#,
        ),
        (
            Some(Kind::Kpi),
            "grace: 24 hours",
            "grace: 2 days",
            r#"grace: "24h" → "2d""#,
        ),
        (
            Some(Kind::Kpi),
            "target: 95 %",
            "target: ≥ 95 %",
            r#"target: "= 95%" → ">= 95%""#,
        ),
        (
            Some(Kind::Result),
            "value: 5",
            "value: 5 h",
            r#"value: 5 → "5h""#,
        ),
        (
            Some(Kind::Incident),
            "detected: 2026-06-03",
            "detected: 2026-06-03T00:00:00Z",
            r#"detected: "2026-06-03" → "2026-06-03T00:00:00Z""#,
        ),
        (
            Some(Kind::Kpi),
            "cadence: monthly",
            "cadence: {max_age: 2d}",
            r#"cadence: "monthly" → {"max_age":"2d"}"#,
        ),
        (
            Some(Kind::Kpi),
            "cadence: {every: 6w, anchor: 2026-01-05}",
            "cadence: {every: 8w, anchor: 2026-01-05}",
            r#"cadence.every: "6w" → "8w""#,
        ),
    ];
    for (kind, before, after, expected) in cases {
        assert_eq!(
            between(kind, before, after),
            [expected],
            "{before} | {after}"
        );
    }
}

#[test]
fn an_entry_that_is_added_is_one_difference_wherever_it_stands() {
    let first = "{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}";
    let second = "{date: 2026-05-12, by: ciso, likelihood: 5, impact: 4}";
    let before = format!("assessments: [{first}]");
    for after in [
        format!("assessments: [{first}, {second}]"),
        format!("assessments: [{second}, {first}]"),
    ] {
        let expected = r#"assessments[2026-05-12]: - → {"date":"2026-05-12","by":"ciso","likelihood":5,"impact":4}"#;
        assert_eq!(between(Some(Kind::Risk), &before, &after), [expected]);
    }
    let rewritten =
        "assessments: [{date: 2026-01-10, by: ciso, likelihood: 2, impact: 4, note: Better}]";
    assert_eq!(
        between(Some(Kind::Risk), &before, rewritten),
        [
            "assessments[2026-01-10].likelihood: 3 → 2",
            "assessments[2026-01-10].note: - → \"Better\"",
        ]
    );
    // The same entry under another day is another entry.
    let moved = before.replace("2026-01-10", "2026-01-11");
    let paths: Vec<String> = between(Some(Kind::Risk), &before, &moved)
        .iter()
        .map(|line| line[..line.find(':').unwrap()].to_owned())
        .collect();
    assert_eq!(
        paths,
        ["assessments[2026-01-10]", "assessments[2026-01-11]"]
    );
}

#[test]
fn two_entries_of_one_day_are_told_apart_by_what_they_say() {
    let before = "progress: [{date: 2026-02-01, note: a}, {date: 2026-02-01, note: b}]";
    let after = "progress: [{date: 2026-02-01, note: b}, {date: 2026-02-01, note: c}, {date: 2026-02-01, note: a}]";
    assert_eq!(
        between(Some(Kind::Action), before, after),
        [r#"progress[2026-02-01]: - → {"date":"2026-02-01","note":"c"}"#]
    );
}

#[test]
fn entries_are_known_by_what_names_them() {
    let cases = [
        (
            Kind::Kpi,
            "target: '>= 97%'",
            "target: [{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}]",
            vec![r#"target[2026-04-01]: - → ">= 95%""#],
        ),
        (
            Kind::Kpi,
            "target: [{from: 2026-04-01, target: '>= 95%'}]",
            "target: [{from: 2026-04-01, target: '>= 90%'}]",
            vec![r#"target[2026-04-01]: ">= 95%" → ">= 90%""#],
        ),
        (
            Kind::Kpi,
            "target: '>= 97%'",
            "target: [{from: 2026-04-01, target: '>= 95%'}]",
            vec![
                r#"target: ">= 97%" → -"#,
                r#"target[2026-04-01]: - → ">= 95%""#,
            ],
        ),
        (
            Kind::Action,
            "extensions: [{from: 2026-04-01, to: 2026-05-01, by: cto, on: 2026-03-30, reason: a}]",
            "extensions: [{from: 2026-04-01, to: 2026-06-01, by: cto, on: 2026-03-30, reason: a}]",
            vec![r#"extensions[2026-03-30].to: "2026-05-01" → "2026-06-01""#],
        ),
        (
            Kind::Risk,
            "acceptance: {by: [{who: cto, on: 2026-01-01}, {who: ceo, on: 2026-01-01}]}",
            "acceptance: {by: [{who: ceo, on: 2026-02-01}, {who: cto, on: 2026-01-01}]}",
            vec![r#"acceptance.by[ceo].on: "2026-01-01" → "2026-02-01""#],
        ),
        (
            Kind::Review,
            "delegates: [{of: cto, who: ciso}]",
            "delegates: [{of: cto, who: ceo}]",
            vec![r#"delegates[cto].who: "ciso" → "ceo""#],
        ),
        (
            Kind::Review,
            "decisions: [{text: Buy, kind: resource}, {text: Train, kind: improvement}]",
            "decisions: [{text: Train all, kind: improvement}, {text: Buy, kind: resource}]",
            vec![r#"decisions[].text: "Train" → "Train all""#],
        ),
        (
            Kind::Risk,
            "evidence: [{path: evidence/a.pdf}]",
            "evidence: [{path: evidence/a.pdf, valid_until: 2027-01-01}]",
            vec![r#"evidence[evidence/a.pdf].valid_until: - → "2027-01-01""#],
        ),
        (
            Kind::Risk,
            "controls: [C-1, C-2]",
            "controls: [C-3, C-2]",
            vec![r#"controls[]: "C-1" → -"#, r#"controls[]: - → "C-3""#],
        ),
        (
            Kind::Result,
            "exceptions: two hosts",
            "exceptions: [three hosts]",
            vec![r#"exceptions: "two hosts" → "three hosts""#],
        ),
        (
            Kind::Control,
            "frameworks: {iso27001: [A.5.1]}",
            "frameworks: {iso27001: [A.5.2, A.5.1], soc2: [CC1]}",
            vec![
                r#"frameworks.iso27001[]: - → "A.5.2""#,
                r#"frameworks.soc2[]: - → "CC1""#,
            ],
        ),
    ];
    for (kind, before, after, expected) in cases {
        assert_eq!(between(Some(kind), before, after), expected, "{before}");
    }
}

#[test]
fn fields_come_in_the_order_of_the_schema_and_the_rest_by_name() {
    let lines = between(
        Some(Kind::Risk),
        "zeta: 1\nstatus: open\nowner: cto\ntitle: A\nalpha: 1",
        "alpha: 2\ntitle: B\nowner: ceo\nzeta: 2\nstatus: closed",
    );
    let names: Vec<&str> = lines
        .iter()
        .map(|line| &line[..line.find(':').unwrap()])
        .collect();
    assert_eq!(names, ["title", "owner", "status", "alpha", "zeta"]);
}

#[test]
fn what_names_the_record_is_no_field() {
    assert_eq!(between(None, "id: A\na: 1", "id: B\na: 1"), [""; 0]);
    let record = tree("id: A\nb: 1\na: [2]\nc: ~");
    let fields = fields_of(
        record.documents().next().unwrap(),
        &crate::assess::delta::form::ANY,
        "id",
    );
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn a_path_holds_what_stands_within_it() {
    let change = FieldChange::computed("target[2026-04-01]", None, None);
    assert!(change.is_at("target"));
    assert!(!change.is_at("targ"));
    assert!(!change.is_at("target[2026-04-01].target"));
    assert!(change.meets("target[2026-04-01].target"));
    assert!(!change.meets("target[2026-05-01]"));
}
