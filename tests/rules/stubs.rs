//! What is left of a record that was disposed of: its id stays taken, and it is no record.

use super::support::{PEOPLE, action, found, lines, valid};
use ismsctl::rules::Scope;

const STUB: &str = "disposed: {on: 2026-05-04, by: ceo, basis: Retention of five years}\n";

#[test]
fn what_named_the_record_still_finds_its_id() {
    let stub = format!("id: CTX-1\n{STUB}");
    let refers = action("ACT-1", "");
    let there = valid(&[("context/a.yaml", &stub), ("actions/a.yaml", &refers)]);
    assert!(there.is_empty(), "{:?}", lines(&there));
    // A list may hold both, and a title may be kept.
    let mixed = format!(
        "- id: CTX-1\n  title: An issue\n  {STUB}- id: CTX-2\n  title: An issue\n  owner: ceo\n  type: feedback\n  date: 2026-02-01\n"
    );
    let there = valid(&[("context/a.yaml", &mixed), ("actions/a.yaml", &refers)]);
    assert!(there.is_empty(), "{:?}", lines(&there));
}

#[test]
fn a_reference_to_one_of_another_kind_is_still_wrong() {
    let stub = format!("id: RISK-1\n{STUB}");
    let result = "{kpi: RISK-1, period: 2026-01, date: 2026-02-01, value: 1}\n";
    let told = lines(&valid(&[
        ("risks/r.yaml", &stub),
        ("results/r.yaml", result),
    ]));
    assert_eq!(
        told,
        ["wrong-kind-reference results/r.yaml:1:7 `RISK-1` is a risk, not a KPI"]
    );
}

#[test]
fn its_id_stays_taken() {
    let stub = format!("- id: CTX-1\n  {STUB}");
    let record = "id: CTX-1\ntitle: An issue\nowner: ceo\ntype: external-issue\ndate: 2026-02-01\n";
    let told = lines(&valid(&[
        ("context/a.yaml", record),
        ("context/b.yaml", &stub),
    ]));
    assert_eq!(
        told,
        [
            "duplicate-id context/b.yaml:1:7 `CTX-1` was disposed of, and there is a record of this id"
        ]
    );
    let twice = format!("{stub}{stub}");
    assert_eq!(
        lines(&valid(&[("context/b.yaml", &twice)])),
        ["duplicate-id context/b.yaml:3:7 the id `CTX-1` is taken"]
    );
}

#[test]
fn mistakes_are_those_of_a_stub() {
    let told = |text: &str| lines(&valid(&[("risks/r.yaml", text)]));
    assert_eq!(
        told("id: RISK-1\nowner: ceo\ndisposed: {on: 2026-05-04, by: cso}\n"),
        [
            "schema risks/r.yaml:2:1 there is no field `owner` here",
            "schema risks/r.yaml:3:12 the field `basis` is missing",
        ]
    );
    assert_eq!(
        told("id: RISK-1\ndisposed: {on: 2026-05-04, by: cso, basis: Erased on request}\n"),
        ["unknown-person risks/r.yaml:2:32 no person or role has the id `cso`"]
    );
    assert_eq!(
        told("id: RISK-1\ndisposed: 2026-05-04\n"),
        ["schema risks/r.yaml:2:11 expected a mapping, found the text `2026-05-04`"]
    );
    // A register has columns of its own.
    let row = "id: laptop-1\ndisposed: 2026-05-04\n";
    assert!(valid(&[("registers/assets/a.yaml", row)]).is_empty());
}

#[test]
fn nothing_is_asked_of_it_and_nothing_counts_it() {
    let retention =
        format!("{PEOPLE}[[retention]]\nover = \"context\"\nfrom = \"date\"\nkeep = \"1d\"\n");
    let record = "id: CTX-1\ntitle: An issue\nowner: ceo\ntype: external-issue\ndate: 2026-02-01\n";
    let told = |text: &str| {
        let files = [("context/a.yaml", text)];
        lines(&found(&retention, &files, "2026-06-30", Scope::Timely)).len()
    };
    assert_eq!(told(record), 1, "due for disposal");
    assert_eq!(told(&format!("id: CTX-1\n{STUB}")), 0, "disposed of");
}
