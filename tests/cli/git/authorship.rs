//! Which commit a change is put down to, on repositories built in code.

use super::repository::{AUDITOR, CONFIG, History, SECURITY, TECHNOLOGY};
use serde_json::Value;

const RISK: &str = "id: RISK-1\ntitle: Lost keys\nowner: cto\ncategory: access\nidentified: 2026-01-01\nlikelihood: 3\nimpact: 3\nstatus: open\n";

/// The changes of a diff as `kind id change: subject of the commit`.
fn told(history: &History, words: &str) -> Vec<String> {
    let diff = history.run(&format!("diff {words} --format json")).json();
    let changes = diff["changes"].as_array().unwrap().iter();
    let line = |change: &Value| {
        let [kind, id, word] = ["kind", "id", "change"].map(|key| change[key].as_str().unwrap());
        let subject = change["commit"]["subject"].as_str().unwrap_or("no commit");
        format!("{kind} {id} {word}: {subject}")
    };
    changes.map(line).collect()
}

/// The commits that did something to a record, newest first.
fn lives(history: &History, id: &str) -> Vec<String> {
    let log = history.run(&format!("log {id} --format json")).json();
    let entries = log["entries"].as_array().unwrap().iter();
    let subject = |entry: &Value| entry["commit"]["subject"].as_str().unwrap().to_owned();
    entries.map(subject).collect()
}

#[test]
fn comments_and_other_fields_do_not_count() {
    let history = History::of(&[("risks/a.yaml", RISK)]);
    history.replace("risks/a.yaml", "impact: 3", "impact: 4");
    history.replace("isms.toml", "name = \"Test\"", "name = \"Probe\"");
    history.commit(
        TECHNOLOGY,
        "2026-02-01",
        "Rate the keys anew, and rename the ISMS",
    );
    history.replace("risks/a.yaml", "Lost keys", "Keys");
    history.replace("isms.toml", "[isms]", "# What this is.\n[isms]");
    history.commit(SECURITY, "2026-02-02", "Try another title, and comment");
    history.replace(
        "risks/a.yaml",
        "title: Keys",
        "title: \"Lost keys\" # as before",
    );
    history.commit(SECURITY, "2026-02-03", "Leave it as it was");
    assert_eq!(
        told(&history, "HEAD~3 HEAD"),
        [
            "risk RISK-1 escalated: Rate the keys anew, and rename the ISMS",
            "isms.toml isms.toml changed: Rate the keys anew, and rename the ISMS",
        ]
    );
}

#[test]
fn what_came_as_a_whole_is_touched_by_its_parts() {
    let history = History::of(&[("risks/a.yaml", RISK)]);
    let treated = |treatment: &str| format!("{RISK}treatment: {treatment}\n");
    history.write(
        "risks/a.yaml",
        &treated("{option: mitigate, plan: Chip cards}"),
    );
    history.commit(TECHNOLOGY, "2026-02-01", "Treat the loss of keys");
    history.write("risks/a.yaml", &treated("{option: mitigate, plan: Cards}"));
    history.commit(AUDITOR, "2026-02-02", "Reword");
    history.write(
        "risks/a.yaml",
        &treated("{plan: \"Cards\", option: mitigate}"),
    );
    history.commit(SECURITY, "2026-02-03", "Put the option last");
    assert_eq!(
        told(&history, "HEAD~3 HEAD"),
        ["risk RISK-1 changed: Reword"]
    );
    // Nobody has committed what the work tree says.
    history.write("risks/a.yaml", &treated("{option: mitigate, plan: Locks}"));
    assert_eq!(told(&history, "HEAD~3"), ["risk RISK-1 changed: no commit"]);
}

/// Two branches that neither reach each other: the later of their commits, from whichever side one looks.
#[test]
fn branches_beside_each_other_tell_the_same_from_both_sides() {
    let history = History::of(&[("risks/a.yaml", RISK)]);
    history.tag("start", "HEAD");
    history.branch("ours");
    history.replace("risks/a.yaml", "impact: 3", "impact: 4");
    history.commit(TECHNOLOGY, "2026-02-01", "Rate it higher");
    history.check_out("start").branch("theirs");
    history.replace("risks/a.yaml", "impact: 3", "impact: 2");
    history.commit(AUDITOR, "2026-03-01", "Rate it lower");
    assert_eq!(
        told(&history, "ours theirs"),
        ["risk RISK-1 de-escalated: Rate it lower"]
    );
    assert_eq!(
        told(&history, "theirs ours"),
        ["risk RISK-1 escalated: Rate it lower"]
    );
}

#[test]
fn a_merge_is_named_only_for_what_it_did_itself() {
    let history = History::of(&[("risks/a.yaml", RISK)]);
    history.tag("start", "HEAD");
    history.branch("work");
    history.replace("risks/a.yaml", "impact: 3", "impact: 4");
    let work = history.commit(TECHNOLOGY, "2026-02-01", "Rate it higher");
    history.check_out("main");
    history.replace("risks/a.yaml", "Lost keys", "Keys");
    let main = history.commit(AUDITOR, "2026-02-02", "Rename it");
    let both = RISK
        .replace("impact: 3", "impact: 4")
        .replace("Lost keys", "Keys");
    history.write("risks/a.yaml", &both);
    history.commit_on(&[main, work], SECURITY, "2026-02-03", "Merge");
    // Both fields came as they were on one side or the other.
    assert_eq!(
        told(&history, "start main"),
        ["risk RISK-1 escalated: Rename it"]
    );
    assert_eq!(
        lives(&history, "RISK-1"),
        ["Rename it", "Rate it higher", "Begin"]
    );
    history.write(
        "risks/a.yaml",
        &both.replace("status: open", "status: in-treatment"),
    );
    history.commit_on(&[main, work], SECURITY, "2026-02-03", "Merge, and more");
    assert_eq!(
        told(&history, "start main"),
        ["risk RISK-1 escalated: Merge, and more"]
    );
    assert_eq!(
        lives(&history, "RISK-1"),
        ["Merge, and more", "Rename it", "Rate it higher", "Begin"]
    );
}

/// A result without an id is named by what it says: by another date it has another name.
#[test]
fn a_result_that_got_another_name_is_followed() {
    let kpi = "id: KPI-1\ntitle: Share\nowner: cto\narea: it\nunit: percent\ncadence: monthly\nmeasure: recorded\n";
    let config = format!("{CONFIG}[areas.it]\ntitle = \"IT\"\nowner = \"cto\"\n");
    let result = "kpi: KPI-1\nperiod: 2026-01\ndate: 2026-02-01\nvalue: 90\n";
    let history = History::new();
    history
        .write("isms.toml", &config)
        .write("kpis/k.yaml", kpi);
    history.write("results/r.yaml", result);
    history.commit(SECURITY, "2026-02-01", "January");
    history.replace("results/r.yaml", "date: 2026-02-01", "date: 2026-02-03");
    history.commit(SECURITY, "2026-02-03", "It was on the third");
    let (old, new) = ("KPI-1/2026-01/2026-02-01", "KPI-1/2026-01/2026-02-03");
    assert_eq!(
        told(&history, "HEAD~1 HEAD"),
        [
            format!("result {old} removed: It was on the third"),
            format!("result {new} added: It was on the third"),
        ]
    );
    for id in [old, new] {
        let life = lives(&history, id);
        assert_eq!(life, ["It was on the third", "January"], "{id}");
    }
}
