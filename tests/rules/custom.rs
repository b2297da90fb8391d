//! `custom:` typed by a schema of the workspace: a wrong value is located like any other.

use super::support::{PEOPLE, found, lines};
use ismsctl::diagnostics::Diagnostic;
use ismsctl::rules::Scope;

const SCHEMA: &str = r#"{
    "type": "object",
    "additionalProperties": false,
    "required": ["class"],
    "properties": {
        "class": {"enum": ["a", "b"]},
        "exposure": {"type": "number", "minimum": 0},
        "seen": {"type": "string", "format": "date"},
        "people": {"type": "array", "items": {"type": "string"}}
    }
}"#;
const RISK: &str = "id: RISK-1\ntitle: A risk\nowner: ceo\ncategory: a\nidentified: 2026-02-01\nlikelihood: 1\nimpact: 1\nstatus: open\n";

fn said(config: &str, files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut all = vec![("schemas/c.json", SCHEMA)];
    all.extend(files);
    found(
        &format!("{PEOPLE}\n{config}"),
        &all,
        "2026-06-30",
        Scope::Valid,
    )
}

fn of(risk: &str) -> Vec<String> {
    let config = "[custom.risk]\nschema = \"schemas/c.json\"\n";
    lines(&said(config, &[("risks/r.yaml", risk)]))
}

#[test]
fn wrong_values_are_told_where_they_stand() {
    assert_eq!(of(RISK), [""; 0]);
    let sound = "custom: {class: a, exposure: 2.5, seen: 2026-02-01, people: [x]}\n";
    assert_eq!(of(&format!("{RISK}{sound}")), [""; 0]);
    let custom =
        "custom:\n  class: c\n  exposure: -1\n  seen: 2026-02-30\n  people: [x, 3]\n  clas: a\n";
    assert_eq!(
        of(&format!("{RISK}{custom}")),
        [
            "schema risks/r.yaml:10:10 `c` is not a value of this field",
            "schema risks/r.yaml:11:13 the number `-1` is below 0",
            "date-invalid risks/r.yaml:12:9 `2026-02-30` is not a date: 2026-02 has 28 days",
            "schema risks/r.yaml:13:15 expected text, found the number `3`",
            "schema risks/r.yaml:14:3 there is no field `clas` here",
        ]
    );
    let missing = of(&format!("{RISK}custom:\n  exposure: 1\n"));
    assert_eq!(
        missing,
        ["schema risks/r.yaml:10:3 the field `class` is missing"]
    );
}

/// A record that is wrong elsewhere goes another way through the reader; its custom fields are looked at all the same.
#[test]
fn other_mistakes_hide_none_of_custom() {
    let custom = "custom: {class: c}\n";
    let wrong = RISK.replace("status: open", "status: opne");
    let expected = "schema risks/r.yaml:9:17 `c` is not a value of this field";
    assert_eq!(of(&format!("{RISK}{custom}")), [expected]);
    let both = of(&format!("{wrong}{custom}"));
    assert_eq!(both[1], expected);
    assert!(
        both[0].starts_with("schema risks/r.yaml:8:9 `opne`"),
        "{both:?}"
    );
    let of_usage = of(&format!("{RISK}{custom}")
        .replace("impact: 1\n", "")
        .replace(":9:", ":8:"));
    assert_eq!(
        of_usage,
        [
            "schema risks/r.yaml:1:1 the field `impact` is missing",
            "schema risks/r.yaml:8:17 `c` is not a value of this field",
        ]
    );
    let doubled = of(&format!("{RISK}custom: {{class: a, class: c}}\n"));
    assert_eq!(doubled.len(), 1, "{doubled:?}");
}

#[test]
fn a_record_with_wrong_custom_fields_makes_no_figure() {
    let kpi = "id: K\ntitle: Figure\narea: a\nowner: ceo\nunit: count\ncadence: monthly\nmeasure: {over: risks, at: identified, aggregate: count}\n";
    let config =
        "[areas.a]\ntitle = \"A\"\nowner = \"ceo\"\n[custom.risk]\nschema = \"schemas/c.json\"\n";
    let risk = format!("{RISK}custom: {{class: c}}\n");
    let found = said(config, &[("risks/r.yaml", &risk), ("kpis/k.yaml", kpi)]);
    assert_eq!(found.len(), 1, "{:?}", lines(&found));
    assert_eq!(found[0].record.as_deref(), Some("RISK-1"));
}

#[test]
fn every_kind_may_have_a_schema_and_only_kinds_may() {
    let config = "[custom.rsk]\nschema = \"schemas/c.json\"\n[custom.incident]\nschema = \"schemas/none.json\"\n[custom.action]\nschema = \"schemas/bad.json\"\n";
    let found = said(config, &[("schemas/bad.json", "{\"type\": 3}")]);
    let told: Vec<(&str, &str)> = found
        .iter()
        .map(|found| (found.location.text(), found.message.as_str()))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(told[0], ("rsk", "there is no kind of record `rsk`"));
    assert_eq!(found[0].help.as_deref(), Some("did you mean `risk`?"));
    assert_eq!(told[1].0, "\"schemas/none.json\"");
    assert!(
        told[1]
            .1
            .starts_with("the schema `schemas/none.json` cannot be used: ")
    );
    assert_eq!(told[2].0, "\"schemas/bad.json\"");
    assert!(found.iter().all(|found| found.rule.id == "config"));
}
