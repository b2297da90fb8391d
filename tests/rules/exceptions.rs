//! Entries of `ignore`: what they silence, and when they are told.

use super::support::{CONTEXT, PEOPLE, action, found, lines};
use ismsctl::diagnostics::Severity;
use ismsctl::rules::Scope;

fn with(ignore: &str, evidence: &str, config: &str) -> Vec<String> {
    let record = format!(
        "id: CTX-1\ntitle: An issue\nowner: security-officer\ntype: external-issue\ndate: 2026-02-01\n{evidence}ignore:\n  - {ignore}\n"
    );
    let config = format!("{config}{PEOPLE}");
    lines(&found(
        &config,
        &[("context/a.yaml", &record)],
        "2026-06-30",
        Scope::Valid,
    ))
}

const MISSING: &str = "evidence: [{path: evidence/none.txt}]\n";

#[test]
fn an_entry_silences_its_rule_until_its_last_day() {
    let silent = with(
        "{rule: evidence-missing, reason: Scan, until: 2026-06-30}",
        MISSING,
        "",
    );
    assert!(silent.is_empty(), "{silent:?}");
    let back = with(
        "{rule: evidence-missing, reason: Scan, until: 2026-06-29}",
        MISSING,
        "",
    );
    assert_eq!(
        back,
        ["evidence-missing context/a.yaml:6:19 there is no file `evidence/none.txt`"]
    );
    let endless = with("{rule: evidence-missing, reason: Scan}", MISSING, "");
    assert_eq!(
        endless,
        [
            "evidence-missing context/a.yaml:6:19 there is no file `evidence/none.txt`",
            "ignore-without-end context/a.yaml:8:12 this exception from `evidence-missing` has no end",
        ]
    );
}

#[test]
fn an_entry_that_ended_is_shown_beside_what_came_back() {
    let record = format!(
        "id: CTX-1\ntitle: An issue\nowner: ceo\ntype: feedback\ndate: 2026-02-01\n{MISSING}ignore: [{{rule: evidence-missing, reason: Scan, until: 2026-05-31}}]\n"
    );
    let found = found(
        PEOPLE,
        &[("context/a.yaml", &record)],
        "2026-06-30",
        Scope::Valid,
    );
    assert_eq!(
        found[0].related[0].message,
        "it was silenced until 2026-05-31"
    );
}

#[test]
fn an_entry_that_silences_nothing_is_told_if_its_rule_ran() {
    let unused = with(
        "{rule: evidence-missing, reason: Scan, until: 2026-12-31}",
        "",
        "",
    );
    assert_eq!(
        unused,
        [
            "ignore-unused context/a.yaml:7:12 `evidence-missing` has nothing to say about this record"
        ]
    );
    let ended = with(
        "{rule: evidence-missing, reason: Scan, until: 2026-01-31}",
        "",
        "",
    );
    assert_eq!(ended, unused);
    let off = "[rules]\nevidence-missing = \"off\"\n";
    assert!(
        with(
            "{rule: evidence-missing, reason: Scan, until: 2026-12-31}",
            "",
            off
        )
        .is_empty()
    );
    let timely = "{rule: missed-without-finding, reason: Known, until: 2026-12-31}";
    assert!(with(timely, "", "").is_empty(), "it did not run");
    let misspelt = with(
        "{rule: evidence-mising, reason: Scan, until: 2026-12-31}",
        "",
        "",
    );
    assert_eq!(
        misspelt,
        ["ignore-unused context/a.yaml:7:12 there is no rule `evidence-mising`"]
    );
    let at_load = with("{rule: schema, reason: Ours, until: 2026-12-31}", "", "");
    assert_eq!(
        at_load,
        ["ignore-unused context/a.yaml:7:12 `schema` cannot be silenced for one record"]
    );
}

#[test]
fn levels_of_isms_toml_are_applied() {
    let config = "[rules]\nsince-missing = \"error\"\nevidence-missing = \"note\"\n";
    let record = format!(
        "id: CTX-1\ntitle: An issue\nowner: ceo\ntype: feedback\ndate: 2026-02-01\n{MISSING}"
    );
    let found = found(
        &format!("{config}{PEOPLE}"),
        &[("context/a.yaml", &record)],
        "2026-06-30",
        Scope::Valid,
    );
    let levels: Vec<_> = found
        .iter()
        .map(|found| (found.rule.id, found.level.word()))
        .collect();
    assert_eq!(levels, [("evidence-missing", "note")]);
}

#[test]
fn a_rule_that_nobody_knows_is_told_however_far_its_name_is() {
    let of =
        |rule: &str, until: &str| with(&format!("{{rule: {rule}, reason: Ours{until}}}"), "", "");
    let told = |message: &str| vec![format!("ignore-unused context/a.yaml:7:12 {message}")];
    for until in [", until: 2026-12-31", ", until: 2026-01-31", ""] {
        let found = of("zebra", until);
        assert!(
            found.contains(&told("there is no rule `zebra`")[0]),
            "{found:?}"
        );
    }
    // Whether a rule on history has anything to say is known only where a history is looked at.
    assert_eq!(of("backfilled", ", until: 2026-12-31"), [""; 0]);
}

#[test]
fn levels_are_those_of_rules_that_there_are() {
    let config = |rule: &str| {
        with(
            "{rule: evidence-missing, reason: Scan, until: 2026-06-30}",
            MISSING,
            &format!("[rules]\n{rule} = \"error\"\n"),
        )
    };
    assert_eq!(config("result-rewritten"), [""; 0]);
    let unknown = config("zebra");
    assert!(unknown[0].starts_with("config isms.toml:"), "{unknown:?}");
    assert!(
        unknown[0].ends_with("there is no rule `zebra`"),
        "{unknown:?}"
    );
}

#[test]
fn a_rule_that_was_made_an_error_is_one_of_those_that_find_errors() {
    let errors = |levels: &str, scope: Scope| {
        let config = format!("{PEOPLE}\n[rules]\n{levels}\n");
        let record = action(
            "ACT-1",
            "  ignore: [{rule: id-prefix, reason: none, until: 2026-12-31}]\n",
        );
        let files = [CONTEXT, ("actions/a.yaml", record.as_str())];
        let mut found = found(&config, &files, "2026-06-30", scope);
        found.retain(|it| it.level == Severity::Error);
        lines(&found)
    };
    let both = |levels: &str| {
        let alone = errors(levels, Scope::Errors);
        assert_eq!(alone, errors(levels, Scope::Valid));
        alone
    };
    let before = both("");
    let after = both("ignore-unused = \"error\"");
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
    assert!(after.iter().any(|line| line.starts_with("ignore-unused ")));
}
