//! References, and what cannot be said of them.

use super::support::{CONTEXT, action, found, lines, valid};
use ismsctl::rules::Scope;

#[test]
fn suggestions_name_ids_of_the_right_kind_only() {
    let actions = action("ACT-014", "") + &action("ACT-042", "");
    let context = "id: CTX-1\ntitle: An issue\nowner: security-officer\ntype: external-issue\ndate: 2026-02-01\nactions: [ACT-041]\n";
    let incident =
        "id: ACT-141\ntitle: An incident\nowner: ceo\nseverity: sev1\ndetected: 2026-02-01\n";
    let found = valid(&[
        ("context/a.yaml", context),
        ("actions/a.yaml", &actions),
        ("incidents/a.yaml", incident),
    ]);
    assert_eq!(
        lines(&found),
        ["unknown-reference context/a.yaml:6:11 no action has the id `ACT-041`"]
    );
    assert_eq!(
        found[0].help.as_deref(),
        Some("did you mean `ACT-014` or `ACT-042`?")
    );
    assert_eq!(found[0].record.as_deref(), Some("CTX-1"));
}

#[test]
fn what_cannot_be_read_is_not_unknown() {
    let refers = "id: CTX-2\ntitle: An issue\nowner: ceo\ntype: feedback\ndate: 2026-02-01\nactions: [ACT-1]\n";
    // A record with a mistake keeps its id; a file that is no YAML may hold any.
    let broken = "id: ACT-1\ntitle: Something\nowner: ceo\n";
    let rules = |files: &[(&str, &str)]| -> Vec<&str> {
        let mut rules: Vec<&str> = valid(files).iter().map(|found| found.rule.id).collect();
        rules.dedup();
        rules
    };
    assert_eq!(
        rules(&[("context/b.yaml", refers), ("actions/a.yaml", broken)]),
        ["schema"]
    );
    assert_eq!(
        rules(&[("context/b.yaml", refers), ("actions/a.yaml", "id: [\n")]),
        ["yaml-syntax"]
    );
    // A broken file of another kind excuses nothing.
    let both = rules(&[("context/b.yaml", refers), ("policies/a.yaml", "id: [\n")]);
    assert_eq!(both, ["unknown-reference", "yaml-syntax"]);
}

#[test]
fn register_rows_may_stand_where_any_record_may() {
    let source = |id: &str| action("ACT-1", "").replace("CTX-1", id);
    let row = ("registers/vendors/acme.yaml", "id: acme\n");
    assert!(valid(&[("actions/a.yaml", &source("vendors/acme")), row]).is_empty());
    let found = lines(&valid(&[("actions/a.yaml", &source("vendors/acne")), row]));
    assert_eq!(
        found,
        ["unknown-reference actions/a.yaml:5:11 no record has the id `vendors/acne`"]
    );
    let context = CONTEXT.1.to_owned() + "actions: [vendors/acme]\n";
    let found = lines(&valid(&[("context/a.yaml", &context), row]));
    assert_eq!(
        found,
        [
            "wrong-kind-reference context/a.yaml:6:11 `vendors/acme` is a row of the register `vendors`, not an action"
        ]
    );
}

#[test]
fn areas_are_checked_only_where_they_are_declared() {
    let kpi = "id: KPI-1\ntitle: Incidents\narea: incidents\nowner: ceo\nunit: count\ncadence: monthly\nmeasure: {over: incidents, at: detected, aggregate: count}\n";
    assert!(valid(&[("kpis/a.yaml", kpi)]).is_empty());
    let config = format!(
        "{}\n[areas.incident]\ntitle = \"Incidents\"\n",
        super::support::PEOPLE
    );
    let found = found(&config, &[("kpis/a.yaml", kpi)], "2026-06-30", Scope::Valid);
    assert_eq!(
        lines(&found),
        ["unknown-reference kpis/a.yaml:3:7 no area has the id `incidents`"]
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `incident`?"));
}

#[test]
fn the_owner_column_of_a_register_names_somebody() {
    let config = format!(
        "{}\n[registers.vendors]\nowner = \"owner\"\n",
        super::support::PEOPLE
    );
    let files = [(
        "registers/vendors/a.yaml",
        "id: acme\nowner: securty-officer\n",
    )];
    let found = found(&config, &files, "2026-06-30", Scope::Valid);
    assert_eq!(
        lines(&found),
        [
            "unknown-person registers/vendors/a.yaml:2:8 no person or role has the id `securty-officer`"
        ]
    );
}
