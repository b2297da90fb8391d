//! What records say otherwise of the time before the pack, besides figures of KPIs.

use super::{Story, told};

/// What the rows say after one file was changed.
#[track_caller]
fn after(path: &str, from: &str, to: &str) -> (Vec<String>, String) {
    let story = Story::told();
    story.history.replace(path, from, to);
    let commit = story.commit("2026-04-02", "Change it");
    (told(&story.rows("")), format!("{commit} Change it"))
}

#[test]
fn a_risk_assessed_for_an_earlier_day_is_told_and_a_new_assessment_is_not() {
    let first = "impact: 4}\n";
    let backdated = "impact: 4}\n- {date: 2026-03-01, by: ciso, likelihood: 5, impact: 5}\n";
    let (rows, commit) = after("risks/RISK-1.yaml", first, backdated);
    assert_eq!(
        rows,
        [format!(
            "Stolen keys (RISK-1) ·  · score 12 · score 25 · score changed · {commit}"
        )]
    );
    let new = backdated.replace("2026-03-01", "2026-04-01");
    let (rows, _) = after("risks/RISK-1.yaml", first, &new);
    assert_eq!(rows, Vec::<String>::new());
}

#[test]
fn an_incident_whose_severity_or_dates_are_others_is_told() {
    let (rows, commit) = after("incidents/INC-1.yaml", "severity: sev1", "severity: sev2");
    assert_eq!(
        rows[1..],
        [format!(
            "Portal down (INC-1) ·  · severity sev1 · severity sev2 · severity changed · {commit}"
        )]
    );
    let from = "detected: 2026-02-10T08:00:00Z\nresolved: 2026-02-10T10:00:00Z";
    let to = "detected: 2026-05-10T08:00:00Z\nresolved: 2026-05-10T10:00:00Z";
    let (rows, commit) = after("incidents/INC-2.yaml", from, to);
    assert_eq!(
        rows[1..],
        [format!(
            "Mail down (INC-2) ·  · detected 2026-02-10T08:00:00Z; resolved 2026-02-10T10:00:00Z · detected 2026-05-10T08:00:00Z; resolved 2026-05-10T10:00:00Z · detected, resolved changed · {commit}"
        )]
    );
}

#[test]
fn dates_of_findings_and_actions_are_told_and_extensions_are_not() {
    let open = "status: open\n";
    let closed = "status: closed\nclosed: 2026-03-02\nclosed_by: auditor\n";
    let (rows, commit) = after("findings/FND-1.yaml", open, closed);
    assert_eq!(
        rows,
        [format!(
            "Rights of two leavers (FND-1) ·  · closed – · closed 2026-03-02 · closed changed · {commit}"
        )]
    );
    let later = closed.replace("2026-03-02", "2026-04-01");
    let (rows, _) = after("findings/FND-1.yaml", open, &later);
    assert_eq!(rows, Vec::<String>::new());
    let (rows, commit) = after("actions/ACT-1.yaml", "due: 2026-04-30", "due: 2026-07-31");
    assert_eq!(
        rows,
        [format!(
            "Rotate the keys (ACT-1) ·  · due 2026-04-30 · due 2026-07-31 · due changed · {commit}"
        )]
    );
    let agreed = "due: 2026-07-31\nextensions:\n- {from: 2026-04-30, to: 2026-07-31, by: ciso, on: 2026-04-01, reason: Stock.}";
    let (rows, _) = after("actions/ACT-1.yaml", "due: 2026-04-30", agreed);
    assert_eq!(rows, Vec::<String>::new());
}

#[test]
fn records_that_came_or_went_are_told_by_the_day_they_give() {
    let story = Story::told();
    story.history.remove("findings/FND-1.yaml");
    story.history.write(
        "risks/RISK-2.yaml",
        &super::RISK
            .replace("RISK-1", "RISK-2")
            .replace("Stolen", "Lost"),
    );
    story.history.write(
        "incidents/INC-4.yaml",
        &super::INC_1
            .replace("INC-1", "INC-4")
            .replace("2026-01-10", "2026-03-25")
            .replace("sev1", "sev2"),
    );
    let commit = story.commit("2026-04-02", "Change them");
    let rows = told(&story.rows(""));
    assert_eq!(
        rows,
        [
            format!(
                "Lost keys (RISK-2) ·  · not on record · score 12; identified 2026-01-05 · entered afterwards · {commit} Change them"
            ),
            format!(
                "Rights of two leavers (FND-1) ·  · type minor; raised 2026-02-15 · not on record · deleted · {commit} Change them"
            ),
        ]
    );
}

#[test]
fn a_result_that_feeds_no_kpi_is_told_as_a_record() {
    let activity = "id: ACTV-1\ntitle: Restore a backup\nowner: cto\ncadence: monthly\nmethod: manual\narea: access\n";
    let result =
        "- {id: RES-1, activity: ACTV-1, period: 2026-01, date: 2026-02-02, outcome: fail}\n";
    let files = [
        ("activities/ACTV-1.yaml", activity),
        ("results/restores.yaml", result),
    ];
    let story = Story::with(&files);
    story
        .history
        .replace("results/restores.yaml", "fail", "pass");
    let commit = story.commit("2026-04-02", "It passed");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "RES-1 ·  · outcome fail · outcome pass · outcome changed · {commit} It passed"
        )]
    );
    let story = Story::with(&files);
    let better = "- {id: RES-2, activity: ACTV-1, period: 2026-01, date: 2026-04-02, outcome: pass, supersedes: RES-1}\n";
    story.history.write("results/again.yaml", better);
    let commit = story.commit("2026-04-02", "It passed");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "RES-1 ·  · outcome fail · outcome pass · correction: RES-2 supersedes it · {commit} It passed"
        )]
    );
}

#[test]
fn another_method_of_scoring_is_put_down_to_isms_toml() {
    let story = Story::told();
    let config = format!("{}{}", super::CONFIG, super::REVIEWS);
    let method = "\n[risk]\nscore = \"sum\"\nappetite = 6\n";
    story
        .history
        .write("isms.toml", &format!("{config}{method}"));
    let commit = story.commit("2026-04-02", "Add instead");
    let rows = told(&story.rows(""));
    assert_eq!(
        rows,
        [format!(
            "Stolen keys (RISK-1) ·  · score 12 · score 7 · score changed · {commit} Add instead"
        )]
    );
}
