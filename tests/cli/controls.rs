//! `controls`: every status and its reason, shares, filters, the public view, the statement of applicability.

use crate::harness::{Folder, JUNE, MARCH, snapshot};
use serde_json::Value;

const CONFIG: &str =
    "[isms]\nname = \"Test\"\nsince = 2026-04-01\n\n[roles]\nciso = \"Security\"\n";

fn control(id: &str, more: &str) -> String {
    format!(
        "- id: {id}\n  title: Control\n  owner: ciso\n  category: access\n  statement: We do.\n{more}"
    )
}

/// A workspace with these controls, activities, KPIs and results.
fn workspace(controls: &str, activities: &str, kpis: &str, results: &str) -> Folder {
    let folder = Folder::new();
    folder.write("isms.toml", CONFIG);
    for (path, text) in [
        ("controls/c.yaml", controls),
        ("activities/a.yaml", activities),
        ("kpis/k.yaml", kpis),
        ("results/r.yaml", results),
    ] {
        if !text.is_empty() {
            folder.write(path, text);
        }
    }
    folder
}

fn activity(id: &str, controls: &str, more: &str) -> String {
    format!(
        "- id: {id}\n  title: Work\n  owner: ciso\n  cadence: monthly\n  method: manual\n  controls: [{controls}]\n{more}"
    )
}

fn kpi(id: &str, controls: &str, more: &str) -> String {
    format!(
        "- id: {id}\n  title: Figure\n  owner: ciso\n  area: access\n  unit: percent\n  cadence: monthly\n  target: '>= 90%'\n  measure: recorded\n  controls: [{controls}]\n{more}"
    )
}

fn result(subject: &str, period: &str, more: &str) -> String {
    format!("- {{{subject}, period: {period}, date: {period}-28, {more}}}\n")
}

/// Status and reasons of a control.
#[track_caller]
fn stands(folder: &Folder, day: &str, id: &str) -> (String, String) {
    let json = folder.at(day, "controls --format json").json();
    let all = json["controls"].as_array().unwrap();
    let control = all.iter().find(|control| control["id"] == id).unwrap();
    let reasons: Vec<&str> = control["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    (
        control["status"].as_str().unwrap().to_owned(),
        reasons.join("; "),
    )
}

#[test]
fn a_result_decides_until_the_next_one() {
    let may = result("activity: ACTV", "2026-05", "outcome: fail");
    let april = result("activity: ACTV", "2026-04", "outcome: pass");
    let june = result("activity: ACTV", "2026-06", "outcome: pass");
    let controls = control("CTL", "");
    let activities = activity("ACTV", "CTL", "");
    let folder = |results: &str| workspace(&controls, &activities, "", results);
    let failing = folder(&format!("{may}{april}"));
    assert_eq!(
        stands(&failing, "2026-06-15", "CTL"),
        (
            "failing".into(),
            "the result ACTV/2026-05/2026-05-28 of 2026-05-28 fails".into()
        )
    );
    // The day before the failure it passed, and the file has not changed.
    assert_eq!(stands(&failing, "2026-05-27", "CTL").0, "passing");
    let mended = folder(&format!("{june}{april}{may}"));
    assert_eq!(stands(&mended, "2026-06-28", "CTL").0, "passing");
    // A result that was corrected counts nowhere.
    let superseded = format!(
        "{april}{may}{}",
        "- {id: R2, activity: ACTV, period: 2026-05, date: 2026-06-01, outcome: pass, supersedes: ACTV/2026-05/2026-05-28}\n"
    );
    assert_eq!(
        stands(&folder(&superseded), "2026-06-05", "CTL").0,
        "passing"
    );
    // What came late about an earlier month does not hide the latest one.
    let late = format!(
        "{april}{}{}",
        result("activity: ACTV", "2026-06", "outcome: fail").replace("06-28", "06-29"),
        "- {activity: ACTV, period: 2026-05, date: 2026-06-30, outcome: pass}\n"
    );
    assert_eq!(stands(&folder(&late), "2026-06-30", "CTL").0, "failing");
}

#[test]
fn a_result_that_names_a_control_tells_about_no_other() {
    let controls = format!("{}{}", control("CTL-1", ""), control("CTL-2", ""));
    let activities = activity("ACTV", "CTL-1, CTL-2", "");
    let results = format!(
        "{}{}",
        result("activity: ACTV", "2026-04", "outcome: pass"),
        result("activity: ACTV, control: CTL-2", "2026-05", "outcome: fail")
    );
    let folder = workspace(&controls, &activities, "", &results);
    assert_eq!(stands(&folder, "2026-05-31", "CTL-1").0, "passing");
    assert_eq!(stands(&folder, "2026-05-31", "CTL-2").0, "failing");
}

#[test]
fn a_kpi_decides_by_its_latest_verdict() {
    let controls = control("CTL", "");
    let folder = |value: &str, more: &str| {
        let results = format!(
            "{}{}",
            result("kpi: KPI", "2026-04", "value: 95%"),
            result("kpi: KPI", "2026-05", value)
        );
        workspace(&controls, "", &kpi("KPI", "CTL", more), &results)
    };
    let missed = folder("value: 80%", "");
    assert_eq!(
        stands(&missed, "2026-05-31", "CTL"),
        ("failing".into(), "KPI missed its target in 2026-05".into())
    );
    // June is not over: its verdict is pending, and May stands.
    assert_eq!(stands(&missed, "2026-06-15", "CTL").0, "failing");
    assert_eq!(stands(&missed, "2026-05-15", "CTL").0, "passing");
    let near = folder("value: 85%", "  near: '>= 80%'\n");
    assert_eq!(
        stands(&near, "2026-05-31", "CTL"),
        ("passing".into(), "KPI near in 2026-05".into())
    );
    // One that has ended says nothing any more.
    let ended = folder("value: 80%", "  until: 2026-05-31\n");
    assert_eq!(stands(&ended, "2026-05-31", "CTL").0, "failing");
    assert_eq!(stands(&ended, "2026-06-01", "CTL").0, "not-monitored");
}

#[test]
fn an_overdue_duty_makes_it_stale() {
    let activities = activity("ACTV", "CTL", "");
    let results = result("activity: ACTV", "2026-04", "outcome: pass");
    let folder = workspace(&control("CTL", ""), &activities, "", &results);
    // May was due on the 31st; ten days of grace are the last in time.
    assert_eq!(stands(&folder, "2026-06-10", "CTL").0, "passing");
    let (status, reasons) = stands(&folder, "2026-06-11", "CTL");
    assert_eq!(status, "stale");
    assert!(
        reasons.starts_with("ACTV 2026-05 was due on 2026-05-31; "),
        "{reasons}"
    );
    // Its own review counts as well.
    let review = control("CTL", "  review: {every: 1mo}\n");
    let folder = workspace(&review, &activities, "", &results);
    assert_eq!(stands(&folder, "2026-05-01", "CTL").0, "passing");
    assert_eq!(stands(&folder, "2026-05-02", "CTL").0, "stale");
}

#[test]
fn what_nothing_proves_is_unknown() {
    let monitored = control("CTL", "  monitor: {cadence: quarterly, method: manual}\n");
    let folder = workspace(&monitored, "", "", "");
    assert_eq!(
        stands(&folder, JUNE, "CTL"),
        ("unknown".into(), "CTL has had no result so far".into())
    );
    // Results of a quarter may come fifteen days late.
    assert_eq!(stands(&folder, "2026-07-15", "CTL").0, "unknown");
    assert_eq!(stands(&folder, "2026-07-16", "CTL").0, "stale");
    // A KPI with nothing to measure proves nothing, and does not spoil what something else proves.
    let counted = "- id: KPI\n  title: Figure\n  owner: ciso\n  area: access\n  unit: h\n  cadence: monthly\n  target: <= 4h\n  controls: [CTL]\n  measure: {over: incidents, at: resolved, from: detected, until: resolved, aggregate: mean}\n";
    let folder = workspace(&control("CTL", ""), "", counted, "");
    assert_eq!(
        stands(&folder, "2026-05-31", "CTL"),
        (
            "unknown".into(),
            "KPI had nothing to measure in 2026-05".into()
        )
    );
    let with_activity = workspace(
        &control("CTL", ""),
        &activity("ACTV", "CTL", ""),
        counted,
        &result("activity: ACTV", "2026-04", "outcome: pass"),
    );
    assert_eq!(stands(&with_activity, "2026-05-31", "CTL").0, "passing");
}

#[test]
fn what_rows_say_was_done_proves_a_control() {
    let triggered = "- id: ACTV\n  title: Work\n  owner: ciso\n  method: manual\n  controls: [CTL]\n  \
                     trigger: {over: joiners, from: start, within: 14d, done: screened}\n";
    let folder = workspace(&control("CTL", ""), triggered, "", "");
    folder.write(
        "registers/joiners/j.yaml",
        "- {id: A, start: 2026-04-10, screened: 2026-04-12}\n- {id: B, start: 2026-05-10, screened: 2026-05-20}\n\
         - {id: C, start: 2026-06-20}\n",
    );
    assert_eq!(
        stands(&folder, "2026-04-11", "CTL"),
        ("unknown".into(), "ACTV has had no result so far".into())
    );
    assert_eq!(
        stands(&folder, JUNE, "CTL"),
        ("passing".into(), "done for joiners/B on 2026-05-20".into())
    );
    // Fourteen days after 20 June.
    assert_eq!(stands(&folder, "2026-07-04", "CTL").0, "passing");
    assert_eq!(stands(&folder, "2026-07-05", "CTL").0, "stale");
}

#[test]
fn what_cannot_be_read_is_unknown_and_never_passing() {
    let results = result("activity: ACTV", "2026-04", "outcome: pass");
    let folder = workspace(
        &format!("{}{}", control("CTL", ""), control("CTL-ALONE", "")),
        &activity("ACTV", "CTL", ""),
        "",
        &results,
    );
    assert_eq!(stands(&folder, "2026-05-15", "CTL").0, "passing");
    folder.write("results/broken.yaml", "activity: ACTV\noutcome: [\n");
    let (status, reasons) = stands(&folder, "2026-05-15", "CTL");
    assert_eq!(status, "unknown");
    assert!(
        reasons.starts_with("results/broken.yaml cannot be read"),
        "{reasons}"
    );
    // What cannot be read may be what monitors it.
    assert_eq!(stands(&folder, "2026-05-15", "CTL-ALONE").0, "unknown");
    // What is known to fail fails.
    folder.write(
        "results/fail.yaml",
        result("activity: ACTV", "2026-05", "outcome: fail")
            .replace("- ", "")
            .replace("05-28", "05-10"),
    );
    assert_eq!(stands(&folder, "2026-05-15", "CTL").0, "failing");
}

#[test]
fn a_kpi_that_cannot_be_computed_is_unknown() {
    let broken = "- id: KPI\n  title: Figure\n  owner: ciso\n  area: access\n  unit: count\n  cadence: monthly\n  target: 0\n  controls: [CTL]\n  measure: {over: incidents, at: resolved, where: r.nothing, aggregate: count}\n";
    let results = result("activity: ACTV", "2026-04", "outcome: pass");
    let folder = workspace(
        &control("CTL", ""),
        &activity("ACTV", "CTL", ""),
        broken,
        &results,
    );
    assert_eq!(stands(&folder, "2026-05-15", "CTL").0, "unknown");
}

#[test]
fn what_is_not_claimed_is_told_apart_and_not_counted() {
    let line = |applicable, implemented| {
        format!(
            "  applicability: {{applicable: {applicable}, justification: Because., implemented: {implemented}}}\n"
        )
    };
    let controls = [
        control("CTL-1", &line(false, false)),
        control("CTL-2", &line(true, false)),
        control("CTL-3", &line(true, true)),
        control(
            "CTL-4",
            "  until: 2026-05-31\n  monitor: {cadence: monthly, method: manual}\n",
        ),
        control("CTL-5", ""),
    ];
    let results = result("control: CTL-4", "2026-04", "outcome: pass");
    let folder = workspace(
        &controls.concat(),
        &activity("ACTV", "CTL-3", ""),
        "",
        &format!(
            "{results}{}",
            result("activity: ACTV", "2026-05", "outcome: pass")
        ),
    );
    let all = |day: &str| -> Vec<String> {
        (1..=5)
            .map(|number| stands(&folder, day, &format!("CTL-{number}")).0)
            .collect()
    };
    assert_eq!(
        all("2026-05-31"),
        [
            "not-applicable",
            "not-implemented",
            "stale",
            "passing",
            "not-monitored"
        ]
    );
    assert_eq!(all("2026-06-01")[3], "ended");
    assert_eq!(
        stands(&folder, "2026-06-01", "CTL-4").1,
        "claimed until 2026-05-31"
    );
    let json = folder.at("2026-06-01", "controls --format json").json();
    assert_eq!(json["total"]["claimed"], 3);
    assert_eq!(json["total"]["monitored"], 1);
}

#[test]
fn shares_do_not_depend_on_the_filter() {
    let folder = Folder::example("management-review");
    let json = |words: &str| {
        folder
            .at(JUNE, &format!("controls --format json {words}"))
            .json()
    };
    let (all, failing) = (json(""), json("--status failing"));
    assert_eq!(all["total"], failing["total"]);
    assert_eq!(all["categories"], failing["categories"]);
    let wanted: Vec<Value> = all["controls"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["status"] == "failing")
        .cloned()
        .collect();
    assert!(!wanted.is_empty());
    assert_eq!(failing["controls"].as_array().unwrap(), &wanted);
    let both = json("--status failing --status stale")["controls"]
        .as_array()
        .unwrap()
        .len();
    assert!(both > wanted.len());
    let access = json("--category Access");
    assert!(
        access["controls"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["category"] == "Access")
    );
    assert_eq!(access["total"]["claimed"], 3);
    let err = folder.at(JUNE, "controls --category Acces").refused();
    assert!(err.contains("did you mean `Access`?"), "{err}");
    let err = folder.at(JUNE, "controls --status fail").refused();
    assert!(err.contains("did you mean `failing`?"), "{err}");
    assert_eq!(folder.at(JUNE, "controls --soa --public").status, 2);
}

#[test]
fn controls_of_the_example() {
    let folder = Folder::example("management-review");
    for day in [JUNE, MARCH] {
        snapshot!(
            format!("management-review-{day}"),
            folder.at(day, "controls").fine()
        );
    }
    snapshot!(
        "management-review-markdown",
        folder.at(JUNE, "controls --format markdown").fine()
    );
    snapshot!(
        "management-review-soa",
        folder.at(JUNE, "controls --soa").fine()
    );
    snapshot!(
        "management-review-soa-markdown",
        folder.at(JUNE, "controls --soa --format markdown").fine()
    );
    let soa = folder.at(JUNE, "controls --soa --format json").json();
    assert_eq!(soa["references"].as_array().unwrap().len(), 93);
}

#[test]
fn the_statement_of_applicability_tells_what_contradicts_and_what_does_not_exist() {
    let line = |applicable| {
        format!(
            "  applicability: {{applicable: {applicable}, justification: Because., implemented: {applicable}}}\n"
        )
    };
    let names =
        |references: &str| format!("  frameworks: {{iso27001: [{references}], soc2: [CC6.1]}}\n");
    let controls = [
        control("CTL-1", &(names("A.5.1, A.5.2") + &line(true))),
        control("CTL-2", &(names("A.5.2, A.7.1") + &line(false))),
        control("CTL-3", &names("A.5.3, A.9.2.1")),
        control(
            "CTL-4",
            &(names("A.5.4") + &line(true) + "  until: 2026-05-31\n"),
        ),
    ];
    let folder = workspace(&controls.concat(), "", "", "");
    let json = folder.at(JUNE, "controls --soa --format json").json();
    let state = |id: &str| {
        let all = json["references"].as_array().unwrap();
        all.iter().find(|it| it["id"] == id).unwrap()["state"].clone()
    };
    for (id, wanted) in [
        ("A.5.1", "implemented"),
        ("A.5.2", "contradictory"),
        ("A.5.3", "unjustified"),
        ("A.5.4", "unaddressed"),
        ("A.7.1", "excluded"),
        ("A.8.34", "unaddressed"),
    ] {
        assert_eq!(state(id), wanted, "{id}");
    }
    assert_eq!(
        json["unknown"],
        serde_json::json!([{ "reference": "A.9.2.1", "control": "CTL-3" }])
    );
    let text = folder.at(JUNE, "controls --soa").fine();
    assert!(
        text.contains("CTL-3 names A.9.2.1, which Annex A of 2022 does not have"),
        "{text}"
    );
}
