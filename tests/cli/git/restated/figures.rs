//! Figures of KPIs.

use super::{FEBRUARY, RESULTS, Story, told};
use crate::git::repository::{SECURITY, TECHNOLOGY};

#[test]
fn nothing_changed_says_so() {
    let story = Story::told();
    let part = story.part("");
    assert_eq!(
        part,
        format!(
            "## Figures restated since the pack of 24 Mar 2026

The last signed pack is that of the quarterly review of 24 Mar 2026, REV-1, made from revision {}. Its figures as of 20 Mar 2026 are held against what the records say of the same periods now.

> Nothing was restated: every figure of a period that was over on 20 Mar 2026 is what it was.",
            &story.presented.to_string()[..7]
        )
    );
    assert!(!story.pack("").contains("Restated since"));
}

#[test]
fn a_result_rewritten_in_place_shows_both_figures_and_the_commit() {
    let story = Story::told();
    story.history.replace(
        "results/2026.yaml",
        FEBRUARY,
        "numerator: 49, denominator: 50",
    );
    let commit = story
        .history
        .commit(TECHNOLOGY, "2026-05-04", "Correct | February");
    let rows = story.rows("");
    assert_eq!(
        rows,
        [[
            "Trained staff (KPI-TRAINED)",
            "2026-02",
            "90 % (45 of 50), missed",
            "98 % (49 of 50), met",
            "KPI-TRAINED/2026-02/2026-03-02: numerator 45 → 49",
            &format!("{} Correct \\| February", &commit.to_string()[..7]),
            "Technology officer",
            "4 May 2026",
        ]]
    );
    let summary = story.pack("");
    assert!(
        summary.contains(
            "**Restated since the pack of 24 Mar 2026:** 1 figure (KPI-TRAINED). Old and new values stand under “Figures restated”."
        ),
        "{summary}"
    );
}

#[test]
fn a_correction_names_the_result_that_supersedes() {
    let story = Story::told();
    let corrected = "- {id: RES-9, kpi: KPI-TRAINED, period: 2026-02, date: 2026-04-20, numerator: 46, denominator: 50, supersedes: KPI-TRAINED/2026-02/2026-03-02}\n";
    story.history.write("results/corrected.yaml", corrected);
    let commit = story.commit("2026-04-20", "Correct February");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "Trained staff (KPI-TRAINED) · 2026-02 · 90 % (45 of 50), missed · 92 % (46 of 50), missed · correction: RES-9 supersedes KPI-TRAINED/2026-02/2026-03-02; all of it dated after 20 Mar 2026 · {commit} Correct February"
        )]
    );
}

#[test]
fn a_result_that_came_late_is_told_and_one_in_time_is_not() {
    // January is late on 20 March; February is not yet.
    let february = RESULTS.lines().nth(1).unwrap();
    let story = Story::with(&[("results/2026.yaml", &format!("{february}\n"))]);
    let january = "- {kpi: KPI-TRAINED, period: 2026-01, date: 2026-05-02, numerator: 93, denominator: 100}\n";
    story.history.write("results/late.yaml", january);
    let commit = story.commit("2026-05-02", "January at last");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "Trained staff (KPI-TRAINED) · 2026-01 · no data · 93 % (93 of 100), missed · KPI-TRAINED/2026-01/2026-05-02 entered; all of it dated after 20 Mar 2026 · {commit} January at last"
        )]
    );
    let in_time = Story::with(&[
        ("results/2026.yaml", RESULTS.lines().next().unwrap()),
        (
            "kpis/trained.yaml",
            &format!("{}grace: 40d\n", super::TRAINED),
        ),
    ]);
    in_time.history.write("results/2026.yaml", RESULTS);
    in_time.commit("2026-04-02", "February in its grace");
    assert_eq!(in_time.rows(""), Vec::<Vec<String>>::new());
}

#[test]
fn records_deleted_entered_and_moved_between_periods_are_told() {
    let story = Story::told();
    story.history.remove("incidents/INC-2.yaml");
    let deleted = story.commit("2026-04-02", "Forget the mail");
    let rows = story.rows("");
    assert_eq!(
        told(&rows)[0],
        format!(
            "Time to restore (KPI-RESTORED) · 2026-02 · 2 h, met · no data · INC-2 deleted · {deleted} Forget the mail"
        )
    );
    let story = Story::told();
    story.history.replace(
        "incidents/INC-2.yaml",
        "resolved: 2026-02-10T10:00",
        "resolved: 2026-01-30T10:00",
    );
    story.history.replace(
        "incidents/INC-2.yaml",
        "detected: 2026-02-10T08:00",
        "detected: 2026-01-30T05:00",
    );
    let moved = story.commit("2026-04-02", "It was in January");
    let rows = told(&story.rows(""));
    assert_eq!(
        rows[..2],
        [
            format!(
                "Time to restore (KPI-RESTORED) · 2026-01 · 3 h, met · 4 h, met · INC-2: detected 2026-02-10T08:00:00Z → 2026-01-30T05:00:00Z, resolved 2026-02-10T10:00:00Z → 2026-01-30T10:00:00Z · {moved} It was in January"
            ),
            format!(
                "Time to restore (KPI-RESTORED) · 2026-02 · 2 h, met · no data · INC-2: detected 2026-02-10T08:00:00Z → 2026-01-30T05:00:00Z, resolved 2026-02-10T10:00:00Z → 2026-01-30T10:00:00Z · {moved} It was in January"
            ),
        ]
    );
}

#[test]
fn a_changed_definition_restates_every_period_and_its_fields_are_named() {
    let story = Story::told();
    story
        .history
        .replace("kpis/restored.yaml", "aggregate: mean", "aggregate: count");
    story.history.replace(
        "kpis/restored.yaml",
        "  value: r.resolved - r.detected\n",
        "",
    );
    story
        .history
        .replace("kpis/restored.yaml", "unit: h", "unit: count");
    story
        .history
        .replace("kpis/restored.yaml", "\"<= 4h\"", "\"<= 4\"");
    let commit = story.commit("2026-04-02", "Count them");
    let rows = told(&story.rows(""));
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].starts_with("Time to restore (KPI-RESTORED) · 2026-01 · 3 h against ≤ 4 h, met · 1 against ≤ 4, met · definition: unit h → count, measure"), "{rows:?}");
    assert!(
        rows[0].ends_with(&format!("{commit} Count them")),
        "{rows:?}"
    );
}

#[test]
fn what_only_reads_otherwise_is_no_restatement() {
    let story = Story::told();
    story
        .history
        .remove("kpis/trained.yaml")
        .remove("results/2026.yaml");
    story
        .history
        .remove("incidents/INC-1.yaml")
        .remove("incidents/INC-2.yaml");
    story.history.write(
        "kpis/all/people.yaml",
        "# moved\n- {measure: recorded, target: ≥ 95 %, cadence: monthly, unit: percent, area: access, owner: ciso, title: Trained staff, id: KPI-TRAINED}\n",
    );
    let turned: Vec<&str> = RESULTS.lines().rev().collect();
    story
        .history
        .write("results/moved.yaml", &format!("{}\n", turned.join("\n")));
    story.history.write(
        "incidents/all.yaml",
        &format!("{}---\n{}", super::INC_2, super::INC_1),
    );
    story.commit("2026-05-04", "Tidy up");
    assert!(
        story.part("").contains("Nothing was restated"),
        "{}",
        story.part("")
    );
}

#[test]
fn a_target_changed_for_old_periods_is_told_and_a_dated_one_is_not() {
    let story = Story::told();
    story
        .history
        .replace("kpis/trained.yaml", "\">= 95%\"", "\">= 90%\"");
    let commit = story.commit("2026-04-02", "Ask for less");
    assert_eq!(
        told(&story.rows(""))[1],
        format!(
            "Trained staff (KPI-TRAINED) · 2026-02 · 90 % (45 of 50) against ≥ 95 %, missed · 90 % (45 of 50) against ≥ 90 %, met · target ≥ 95 % → ≥ 90 % · {commit} Ask for less"
        )
    );
    let dated = Story::told();
    let list = "[{from: 2026-01-01, target: \">= 95%\"}, {from: 2026-04-01, target: \">= 90%\"}]";
    dated
        .history
        .replace("kpis/trained.yaml", "\">= 95%\"", list);
    dated.commit("2026-04-02", "Ask for less from April");
    assert!(
        dated.part("").contains("Nothing was restated"),
        "{}",
        dated.part("")
    );
}

#[test]
fn a_deviation_approved_afterwards_is_told_as_such() {
    let story = Story::told();
    let deviation = "deviations:\n- {target: \">= 85%\", on: 2026-02-01, until: 2026-06-30, approved_by: cto, reason: Moving.}\n";
    story.history.write(
        "kpis/trained.yaml",
        &format!("{}{deviation}", super::TRAINED),
    );
    let commit = story.commit("2026-04-02", "Approve a deviation");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "Trained staff (KPI-TRAINED) · 2026-02 · 90 % (45 of 50), missed · 90 % (45 of 50), waived · waived by a deviation from 1 Feb 2026, approved by cto · {commit} Approve a deviation"
        )]
    );
}

#[test]
fn a_kpi_that_is_gone_or_has_another_id_is_told() {
    let story = Story::told();
    story.history.remove("kpis/restored.yaml");
    let removed = story.commit("2026-04-02", "Drop it");
    assert_eq!(
        told(&story.rows("")),
        [format!(
            "Time to restore (KPI-RESTORED) · 2026-01 to 2026-02 (2) · 2 h, met · not shown · the KPI was removed · {removed} Drop it"
        )]
    );
    let story = Story::told();
    story
        .history
        .replace("kpis/restored.yaml", "KPI-RESTORED", "KPI-BACK");
    let renamed = story.commit("2026-04-02", "Call it so");
    let rows = told(&story.rows(""));
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("the KPI is KPI-BACK now"), "{rows:?}");
    assert!(
        rows[0].ends_with(&format!("{renamed} Call it so")),
        "{rows:?}"
    );
}

#[test]
fn of_several_commits_the_last_that_led_to_the_figure_is_named() {
    let story = Story::told();
    story.history.replace(
        "results/2026.yaml",
        FEBRUARY,
        "numerator: 47, denominator: 50",
    );
    story.commit("2026-04-02", "First");
    story
        .history
        .replace("results/2026.yaml", "numerator: 47", "numerator: 49");
    let last = story.commit("2026-04-09", "Second");
    // It touches the record, and not the figure.
    story.history.replace(
        "results/2026.yaml",
        "numerator: 49,",
        "notes: Counted twice., numerator: 49,",
    );
    story.commit("2026-04-16", "A note");
    let rows = story.rows("");
    assert_eq!(rows[0][5], format!("{last} Second"));
    // Put back as it was, nothing is restated; changed again and not committed, nobody is named.
    story
        .history
        .replace("results/2026.yaml", "numerator: 49", "numerator: 45");
    story.commit("2026-04-23", "Put it back");
    assert_eq!(story.rows(""), Vec::<Vec<String>>::new());
    story
        .history
        .replace("results/2026.yaml", "numerator: 45", "numerator: 48");
    let rows = story.rows("");
    assert!(rows[0][5].contains("not committed yet"), "{rows:?}");
    assert_eq!(story.rows("--rev HEAD"), Vec::<Vec<String>>::new());
}

#[test]
fn changes_of_two_branches_are_put_down_to_what_brought_them_together() {
    let story = Story::told();
    let base = story
        .history
        .repository
        .head()
        .unwrap()
        .peel_to_commit()
        .unwrap()
        .id();
    story.history.branch("other");
    story.history.write(
        "incidents/INC-3.yaml",
        &super::INC_2
            .replace("INC-2", "INC-3")
            .replace("T10:00", "T14:00"),
    );
    let side = story.history.commit(TECHNOLOGY, "2026-04-02", "A third");
    story.history.check_out("main");
    assert_eq!(
        base,
        story
            .history
            .repository
            .head()
            .unwrap()
            .peel_to_commit()
            .unwrap()
            .id()
    );
    story
        .history
        .replace("incidents/INC-2.yaml", "T10:00", "T12:00");
    let main = story
        .history
        .commit(SECURITY, "2026-04-03", "It took longer");
    story.history.write(
        "incidents/INC-3.yaml",
        &super::INC_2
            .replace("INC-2", "INC-3")
            .replace("T10:00", "T14:00"),
    );
    let merge = story
        .history
        .commit_on(&[main, side], SECURITY, "2026-04-04", "Merge");
    let rows = story.rows("");
    assert_eq!(rows[0][3], "5 h, missed", "{rows:?}");
    assert_eq!(rows[0][5], format!("{} Merge", &merge.to_string()[..7]));
}
